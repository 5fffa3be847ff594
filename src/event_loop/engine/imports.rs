//! Where a source has `import(…)`: the engine would load in its own way, so Node's way is put in its place.

/// What is called instead, in a CommonJS module; an ES module has it in its `import.meta`.
pub(super) const CALLED: &str = "__tickmark_import";

/// The source, every `import(` of it a call of what the prefix and [`CALLED`] name, every line where it was.
pub(super) fn called(source: &str, prefix: &str) -> String {
    let mut kept = String::with_capacity(source.len());
    let mut from = 0;
    for at in calls(source) {
        kept.push_str(&source[from..at]);
        kept.push_str(prefix);
        kept.push_str(CALLED);
        from = at + "import".len();
    }
    kept.push_str(&source[from..]);
    kept
}

/// Where each `import` stands that is a call, not a declaration, `import.meta`, or somebody's method.
fn calls(source: &str) -> Vec<usize> {
    if !source.contains("import") {
        return Vec::new();
    }
    let tokens = tokens(source);
    let at = |index: usize| tokens.get(index).map(|token| &source[token.clone()]);
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let is_call = at(index) == Some("import") && at(index + 1) == Some("(");
        let before = |back: usize| index.checked_sub(back).and_then(at);
        // Not `...import('a')`.
        let is_member = before(1) == Some("?.") || before(1) == Some(".") && before(2) != Some(".");
        if is_call && !is_member && !is_method(source, &tokens, index + 1) {
            found.push(token.start);
        }
    }
    found
}

/// Whether a body follows what the parenthesis opens, as in `{ import(name) { … } }`.
fn is_method(source: &str, tokens: &[std::ops::Range<usize>], open: usize) -> bool {
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match &source[token.clone()] {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let next = tokens.get(index + 1).map(|token| &source[token.clone()]);
            return next == Some("{");
        }
    }
    false
}

/// Words, numbers and marks of the source, without comments, texts and patterns, of which a mark stands for each.
fn tokens(source: &str) -> Vec<std::ops::Range<usize>> {
    let bytes = source.as_bytes();
    let mut tokens: Vec<std::ops::Range<usize>> = Vec::new();
    // For each `${` that is open, how many braces are open in it.
    let mut templates: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &source[at..];
        let end = match bytes[at] {
            b if b.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            b'/' if rest.starts_with("//") => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            b'/' if rest.starts_with("/*") => {
                at += rest.find("*/").map_or(rest.len(), |end| end + 2);
                continue;
            }
            b'/' if begins_pattern(source, tokens.last()) => at + pattern(rest),
            quote @ (b'"' | b'\'') => at + text(rest, quote),
            b'`' => {
                let (length, open) = template(&rest[1..]);
                templates.extend(open.then_some(0));
                at + 1 + length
            }
            b'}' if templates.last() == Some(&0) => {
                let (length, open) = template(&rest[1..]);
                if !open {
                    templates.pop();
                }
                at + 1 + length
            }
            b'?' if rest.starts_with("?.") => at + 2,
            b => {
                match (b, templates.last_mut()) {
                    (b'{', Some(depth)) => *depth += 1,
                    (b'}', Some(depth)) => *depth -= 1,
                    _ => {}
                }
                at + word(rest)
            }
        };
        tokens.push(at..end);
        at = end;
    }
    tokens
}

/// How long the word is, or the one character that is no part of a word.
fn word(rest: &str) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '#');
    let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(1, char::len_utf8);
    length.max(first)
}

/// How long the text between quotes is; one that does not end, ends with its line.
fn text(rest: &str, quote: u8) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'\n' => return at,
            b if b == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    rest.len()
}

/// How much of a template comes before its end or before `${`, both with it, and whether that was `${`.
fn template(rest: &str) -> (usize, bool) {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'`' => return (at + 1, false),
            b'$' if bytes.get(at + 1) == Some(&b'{') => return (at + 2, true),
            _ => {}
        }
        at += 1;
    }
    (rest.len(), false)
}

/// Whether a `/` after this token begins a pattern rather than divides.
fn begins_pattern(source: &str, last: Option<&std::ops::Range<usize>>) -> bool {
    const BEFORE_VALUES: [&str; 13] = [
        "return",
        "typeof",
        "case",
        "in",
        "of",
        "delete",
        "void",
        "throw",
        "new",
        "instanceof",
        "do",
        "else",
        "await",
    ];
    let Some(last) = last else { return true };
    let last = &source[last.clone()];
    let ends_value = |c: char| {
        c.is_alphanumeric() || matches!(c, '_' | '$' | ')' | ']' | '}' | '"' | '\'' | '`')
    };
    BEFORE_VALUES.contains(&last) || !last.ends_with(ends_value)
}

/// How long the pattern is, without its flags; one that does not end, ends with its line.
fn pattern(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut in_class = false;
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' if !in_class => return at + 1,
            b'\n' => return at,
            _ => {}
        }
        at += 1;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called_in(source: &str) -> String {
        called(source, "").replace(CALLED, "load")
    }

    #[test]
    fn calls_are_found() {
        let found = [
            ("import('./a.mjs').then(f)", "load('./a.mjs').then(f)"),
            ("await import ( name )", "await load ( name )"),
            ("[import('a'), import('b')]", "[load('a'), load('b')]"),
            ("`${import('a')}`", "`${load('a')}`"),
            ("`${{ a: `${import('a')}` }}`", "`${{ a: `${load('a')}` }}`"),
            ("a / 2; import('a') / 2", "a / 2; load('a') / 2"),
            (
                "x => /[/'\"`]/.test(x); import('a')",
                "x => /[/'\"`]/.test(x); load('a')",
            ),
            ("async () => { import('a') }", "async () => { load('a') }"),
            ("if (import('a')) { b() }", "if (load('a')) { b() }"),
            ("f(...import('a'))", "f(...load('a'))"),
        ];
        for (source, expected) in found {
            assert_eq!(called_in(source), expected);
        }
    }

    #[test]
    fn what_is_none_is_left_alone() {
        let left = [
            "import a from 'a'; import { b } from 'b'; import 'c';",
            "import.meta.url",
            "loader.import('a'); loader?.import('a')",
            "({ import(name) { return name } })",
            "class Loader { async import(name) { return name } }",
            "'import(1)' + \"import(2)\" + `import(3) ${1} import(4)`",
            "// import('a')\n/* import('b') */",
            "/import('a')/.test(b)",
            "reimport('a'); $import('a'); import$('a')",
        ];
        for source in left {
            assert_eq!(called_in(source), source);
        }
    }
}
