//! The mistakes we know by Node's own words, and one sentence of advice for each.
//!
//! One table, [`MISTAKES`], read from the top: the first that fits says the advice. To add a mistake, add an entry
//! and a case to `tests/running.rs`, which makes the mistake on every Node.

use std::sync::LazyLock;

use regex::Regex;

use crate::program::{Files, Range, RelPath};
use crate::words;

/// When an error comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// While Node loads the program.
    Load,
    /// While it runs.
    Run,
}

/// An error to be advised on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case<'a> {
    /// Its text from its first line on, without stack.
    pub(super) text: &'a str,
    /// Node's code for it, else nothing.
    pub(super) code: &'a str,
    /// The student's file that Node names first, else nothing.
    pub(super) file: &'a str,
    /// The release line of the Node.
    pub(super) node: u32,
    /// All the program's files.
    pub(super) files: &'a Files,
    /// The file it was started with.
    pub(super) entry: &'a RelPath,
    /// When it can have come at the earliest.
    pub(super) stage: Stage,
}

struct Mistake {
    /// What its text matches.
    text: &'static str,
    /// What its file's name ends with; any for nothing.
    file: &'static str,
    /// On which Nodes.
    node: Range,
    stage: Stage,
    advice: Advice,
}

enum Advice {
    /// A sentence; `$1` stands for the first group of the text's pattern.
    Say(&'static str),
    /// A sentence that depends on the program's files, and on the first group.
    Ask(fn(&Case<'_>, &str) -> String),
}

const fn upto(to: u32) -> Range {
    Range {
        from: 0,
        to: Some(to),
    }
}

const fn since(from: u32) -> Range {
    Range { from, to: None }
}

const fn load(text: &'static str, advice: &'static str) -> Mistake {
    Mistake {
        text,
        file: "",
        node: Range::ALL,
        stage: Stage::Load,
        advice: Advice::Say(advice),
    }
}

const fn asking(text: &'static str, advice: fn(&Case<'_>, &str) -> String) -> Mistake {
    Mistake {
        advice: Advice::Ask(advice),
        ..load(text, "")
    }
}

const fn running(text: &'static str, advice: &'static str) -> Mistake {
    Mistake {
        stage: Stage::Run,
        ..load(text, advice)
    }
}

const fn on(node: Range, mistake: Mistake) -> Mistake {
    Mistake { node, ..mistake }
}

const fn within(file: &'static str, mistake: Mistake) -> Mistake {
    Mistake { file, ..mistake }
}

/// A file in CommonJS that holds something only ES modules have.
const MODULE_SYNTAX: &str = "Cannot use import statement outside a module|Unexpected token 'export'|\
    Cannot use 'import\\.meta' outside a module";

/// An `await` that may not stand where it does.
const AWAIT: &str = "await is only valid in async functions and the top level bodies";

const MISTAKES: &[Mistake] = &[
    // What is not found.
    asking(
        r"Cannot find module '/program/(.+?)'(?: imported from|$)",
        missing_file,
    ),
    asking(r"Cannot find module '(\.{1,2}/.*?|\.{1,2})'", missing_file),
    asking(r"Cannot find (?:package|module) '(.+?)'", missing_package),
    load(
        r"ERR_UNSUPPORTED_DIR_IMPORT",
        "an `import` cannot name a folder: name a file in it with its ending, such as `index.mjs`",
    ),
    load(
        r"Named export '(.+?)' not found",
        "Node cannot see `$1` among the exports of this CommonJS module: import the whole module (`import all from …`) \
         and take `all.$1`, or assign `exports.$1` in it",
    ),
    load(
        r"does not provide an export named 'default'",
        "the module has no default export: import by name (`import { name } from …`), or write `export default` in it",
    ),
    load(
        r"does not provide an export named '(.+?)'",
        "the module exports nothing called `$1`: check the spelling, and that it says `export`",
    ),
    load(
        r"ERR_PACKAGE_PATH_NOT_EXPORTED",
        "the package's `exports` does not list this path: import a path that it lists",
    ),
    load(
        r"ERR_PACKAGE_IMPORT_NOT_DEFINED",
        "a name that begins with `#` must stand under `imports` in the nearest package.json",
    ),
    load(
        r"ERR_UNSUPPORTED_ESM_URL_SCHEME",
        "Node imports files and its own modules only: nothing from the network",
    ),
    load(
        r"ERR_UNKNOWN_BUILTIN_MODULE: (.+)|No such built-in module: (.+)",
        "Node has no module of this name: check the spelling after `node:`",
    ),
    // The wrong module system.
    within(
        ".mjs",
        load(
            "^SyntaxError: Unexpected reserved word",
            "a reserved word stands here: an `await` needs an `async` function around it, so make that function `async`",
        ),
    ),
    load(
        AWAIT,
        "`await` may stand in an `async` function, and at the top of an ES module: make the function around it `async`, \
         or, if there is none, rename the file to `.mjs`",
    ),
    load(
        r"ERR_AMBIGUOUS_MODULE_SYNTAX|Cannot determine intended module format",
        "this file has both `require` and an `await` at its top: use `import` instead of `require`, or put the `await` \
         into an `async` function",
    ),
    within(
        ".mjs",
        load(
            MODULE_SYNTAX,
            "`import` and `export` may stand at the top of a file only, outside every block and function",
        ),
    ),
    within(
        ".cjs",
        load(
            MODULE_SYNTAX,
            "a file that ends in `.cjs` is always CommonJS: rename it to `.mjs` to use `import` and `export`, \
             or use `require` and `module.exports`",
        ),
    ),
    asking(MODULE_SYNTAX, taken_for_commonjs),
    within(
        ".mjs",
        load(
            r"^ReferenceError: require is not defined",
            "a file that ends in `.mjs` is an ES module, which has no `require`: use `import`, or rename it to `.cjs`",
        ),
    ),
    load(
        r"^ReferenceError: require is not defined in ES module scope",
        "this file is an ES module, which has no `require`: use `import`, or rename it to `.cjs`",
    ),
    load(
        r"^ReferenceError: (module|exports) is not defined in ES module scope",
        "this file is an ES module, which has no `$1`: use `export`, or rename it to `.cjs`",
    ),
    on(
        upto(19),
        load(
            r"^ReferenceError: (__dirname|__filename) is not defined in ES module scope",
            "an ES module has no `$1`: make it from `import.meta.url` with `fileURLToPath` of `node:url`",
        ),
    ),
    load(
        r"^ReferenceError: __(dirname|filename) is not defined in ES module scope",
        "an ES module has no `__$1`: use `import.meta.$1` (Node 20.11 and later)",
    ),
    load(
        r"ERR_REQUIRE_ESM",
        "this Node cannot `require` an ES module: load it with `await import(…)`, or make it CommonJS (`.cjs`)",
    ),
    load(
        r"ERR_REQUIRE_ASYNC_MODULE",
        "a module that awaits at its top cannot be had with `require`: load it with `await import(…)`",
    ),
    load(
        r"ERR_REQUIRE_CYCLE_MODULE",
        "an ES module and a CommonJS module load each other: take out one of the two",
    ),
    // Other files.
    load(
        r"ERR_IMPORT_(?:ASSERTION_TYPE|ATTRIBUTE)_MISSING",
        "importing JSON needs to be said: `import data from './data.json' with { type: 'json' }`",
    ),
    on(
        since(22),
        load(
            r"^SyntaxError: Unexpected identifier 'assert'",
            "write `with { type: 'json' }`: the older word `assert` is gone since Node 22",
        ),
    ),
    load(
        r"ERR_INVALID_PACKAGE_CONFIG|^SyntaxError: Error parsing .*package\.json",
        "package.json must be JSON: double quotes around names and texts, no comma after the last entry, no comments",
    ),
    load(
        r"^SyntaxError: \S*\.json: ",
        "the file must be JSON: double quotes around names and texts, no comma after the last entry, no comments",
    ),
    load(
        r"ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX",
        "Node only takes types away; what makes code (`enum`, `namespace`, parameter properties) it cannot run",
    ),
    within(
        ".ts",
        on(
            upto(21),
            load(
                r"^SyntaxError|ERR_UNKNOWN_FILE_EXTENSION",
                "Node before 22 does not run TypeScript: hand in JavaScript",
            ),
        ),
    ),
    load(
        r"ERR_UNKNOWN_FILE_EXTENSION",
        "Node does not know how to load a file with this ending: use `.mjs`, `.cjs` or `.js`",
    ),
    // What Node cannot read.
    load(
        r"^SyntaxError: Unexpected end of input",
        "something that was opened is never closed: look for a missing `}`, `)` or `]`",
    ),
    load(
        r"^SyntaxError: missing \) after argument list",
        "a `)` is missing, or a comma between two arguments, here or just before",
    ),
    load(
        r"^SyntaxError: Invalid or unexpected token",
        "a quote is not closed on its line, or a character here is not JavaScript's, such as a curly quote",
    ),
    load(
        r"^SyntaxError: Identifier '(exports|require|module|__filename|__dirname)' has already been declared",
        "CommonJS gives every file its own `$1`: choose another name",
    ),
    load(
        r"^SyntaxError: Identifier '(.+?)' has already been declared",
        "`$1` is declared twice in the same block: rename one, or assign to it without `let` or `const`",
    ),
    load(
        r"^SyntaxError: Missing initializer in const declaration",
        "a `const` needs its value at once: give it one, or use `let`",
    ),
    load(
        r"^SyntaxError: Unexpected reserved word",
        "`await` may only stand in an `async` function or at the top of an ES module",
    ),
    load(
        r"^SyntaxError: ",
        "Node cannot read the program from here on: the mistake is here or just before",
    ),
    // What comes at run time.
    running(
        r"^ReferenceError: Cannot access '(.+?)' before initialization",
        "`$1` is used before its declaration has run: use it later; between modules that import each other, only from \
         inside a function that is called later",
    ),
    running(
        r"^ReferenceError: (.+?) is not defined",
        "there is no `$1` here: check the spelling, or declare or import it",
    ),
    running(
        r"^TypeError: Assignment to constant variable",
        "a `const` and an imported name cannot be assigned to: use `let`, or let the module that exports it change it",
    ),
    running(
        r"^TypeError: (.+?) is not a function",
        "what stands before the parentheses is no function: check what it is (`console.log(typeof …)`) and, if it was \
         imported, that it was exported under that name",
    ),
    running(
        r"^TypeError: Cannot read propert(?:y|ies) of (undefined|null)",
        "what stands before the dot is `$1` at that moment: it was never given a value, or not yet",
    ),
    running(
        r"^RangeError: Maximum call stack size exceeded",
        "a function calls itself without end: check the condition that should stop it",
    ),
    running(
        r"EADDRINUSE",
        "something listens on that port already: listen on port 0, and Node chooses a free one",
    ),
    running(
        r"ENOENT: no such file or directory",
        "a path is looked up from the folder the program was started in, and there is no such file",
    ),
    running(
        r"ERR_UNHANDLED_REJECTION",
        "a promise was rejected with something that is no Error, and nothing caught it: add `catch`, and reject with \
         `new Error(…)`",
    ),
    running(
        r"ERR_UNHANDLED_ERROR",
        "an `error` event had no listener, which ends the program: add `on('error', …)`",
    ),
    running(
        r"^SyntaxError: .*JSON",
        "the text that was to be read as JSON is none: print it and look at it",
    ),
    running(
        r"--trace-uncaught",
        "something that is no Error was thrown, so Node cannot say where: throw `new Error(…)`",
    ),
];

/// The patterns of [`MISTAKES`], in its order.
static PATTERNS: LazyLock<Vec<Option<Regex>>> = LazyLock::new(|| {
    let pattern = |mistake: &Mistake| Regex::new(&format!("(?m){}", mistake.text)).ok();
    MISTAKES.iter().map(pattern).collect()
});

/// When an error comes, if its words say so, and one sentence of advice.
pub(super) fn advice(case: &Case<'_>) -> Option<(Stage, String)> {
    let subject = format!("{}\n{}", case.text, case.code);
    MISTAKES
        .iter()
        .zip(PATTERNS.iter())
        .filter(|(mistake, _)| mistake.fits(case))
        .find_map(|(mistake, pattern)| {
            let found = pattern.as_ref()?.captures(&subject)?;
            let group = found.get(1).map_or("", |group| group.as_str());
            let advice = match mistake.advice {
                Advice::Say(words) => words.replace("$1", group),
                Advice::Ask(words) => words(case, group),
            };
            Some((mistake.stage, words::visible(&advice)))
        })
}

impl Mistake {
    fn fits(&self, case: &Case<'_>) -> bool {
        let in_time = match case.stage {
            Stage::Load => true,
            Stage::Run => self.stage == Stage::Run,
        };
        in_time
            && case.file.ends_with(self.file)
            && self.node.from <= case.node
            && self.node.to.is_none_or(|to| case.node <= to)
    }
}

/// A file that is not there: `named` as it was asked for, or where it was looked for.
fn missing_file(case: &Case<'_>, named: &str) -> String {
    if named == case.entry.as_str() {
        return format!("the program must have a file called `{named}`");
    }
    let name = named.rsplit('/').next().unwrap_or(named);
    let paths = || case.files.paths().map(RelPath::name);
    let with_ending = paths().find(|path| {
        path.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('.'))
    });
    match (with_ending, words::nearest(name, paths())) {
        (Some(full), _) => format!("write the whole name with its ending: `{full}`"),
        (None, Some(near)) if near == name => {
            format!("there is a `{name}`, in another folder: check the path before it")
        }
        (None, Some(near)) => format!("there is no `{name}`: did you mean `{near}`?"),
        (None, None) if name.contains('.') => {
            format!("there is no `{name}`: check its name, and that it was handed in")
        }
        (None, None) => {
            format!(
                "there is no `{name}`: check its name and its ending, and that it was handed in"
            )
        }
    }
}

/// A `.js` with something in it that only ES modules have, and that this Node takes for CommonJS all the same.
fn taken_for_commonjs(case: &Case<'_>, _: &str) -> String {
    format!(
        "Node {} takes this file as CommonJS: rename it to `.mjs`, or say \"type\": \"module\" in the package.json \
         beside it",
        case.node
    )
}

/// A package that is not there.
fn missing_package(case: &Case<'_>, named: &str) -> String {
    let own = case.files.paths().find(|path| {
        path.as_str()
            .strip_prefix(named)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    match own {
        Some(own) => format!("a file of one's own is named with `./` before it: `./{own}`"),
        None => format!(
            "`{named}` is not part of Node, and no packages are installed here: use what Node brings, or a file of \
             your own"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_one() {
        for (mistake, pattern) in MISTAKES.iter().zip(PATTERNS.iter()) {
            assert!(pattern.is_some(), "{}", mistake.text);
        }
    }

    #[test]
    fn advice_is_one_sentence_in_the_voice_of_the_house() {
        for mistake in MISTAKES {
            let Advice::Say(words) = mistake.advice else {
                continue;
            };
            assert!(!words.ends_with('.') && !words.contains('\n'), "{words}");
        }
    }
}
