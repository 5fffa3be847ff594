//! Small words: plurals, lists, "did you mean", and text made safe to show.
//!
//! Every sentence of the program is put together with these, so that all of them sound alike.
//! It does not know what the sentences are about.

/// `1 line`, `2 lines`.
///
/// The plural is the noun with an `s`, so take nouns that have one.
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {noun}s")
    }
}

/// `a`, `a or b`, `a, b or c`.
pub fn or<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    list(items, "or")
}

/// `a`, `a and b`, `a, b and c`.
pub fn and<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    list(items, "and")
}

fn list<T: AsRef<str>>(items: impl IntoIterator<Item = T>, last: &str) -> String {
    let items: Vec<T> = items.into_iter().collect();
    let Some((end, start)) = items.split_last() else {
        return String::new();
    };
    if start.is_empty() {
        return end.as_ref().to_owned();
    }
    let start: Vec<&str> = start.iter().map(AsRef::as_ref).collect();
    format!("{} {last} {}", start.join(", "), end.as_ref())
}

/// One after another, each on lines of its own.
pub fn lines<T: std::fmt::Display>(items: &[T]) -> String {
    items
        .iter()
        .map(T::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// What went wrong, and what made it go wrong: `cannot make a folder: No such file or directory`.
pub fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// The text in backticks, made safe to show: `` `tick` ``.
pub fn code(text: &str) -> String {
    format!("`{}`", visible(text))
}

/// The candidate that was probably meant, if one is near enough.
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let folded = written.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count().max(3) / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The text with everything that a terminal, a log or an eye could misread made visible:
/// control characters as their pictures (`␛`, `␀`), characters that turn or hide text as `\u{202e}`.
///
/// A newline is one of them, so what comes out is always one line.
pub fn visible(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut shown, c| {
            match c {
                '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + c as u32)),
                '\u{7f}' => shown.push('\u{2421}'),
                _ if is_unseen(c) => shown.push_str(&format!("\\u{{{:x}}}", c as u32)),
                _ => shown.push(c),
            }
            shown
        })
}

/// C1 controls, zero-width and bidirectional characters, separators that break lines, and what is no character.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_counts_read_as_sentences() {
        assert_eq!(count(1, "line"), "1 line");
        assert_eq!(count(0, "line"), "0 lines");
        assert_eq!(or(["a", "b", "c"]), "a, b or c");
        assert_eq!(and(["a", "b"]), "a and b");
        assert_eq!(and::<&str>([]), "");
    }

    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(nearest("point", ["points", "name"]), Some("points"));
        assert_eq!(nearest("nmae", ["points", "name"]), Some("name"));
        assert_eq!(nearest("zebra", ["points", "name"]), None);
    }

    #[test]
    fn nothing_shown_can_steer_a_terminal() {
        assert_eq!(visible("\x1b[31mred\0"), "␛[31mred␀");
        assert_eq!(visible("a\u{202e}b\u{200b}"), "a\\u{202e}b\\u{200b}");
        assert_eq!(visible("zwölf\t"), "zwölf␉");
    }
}
