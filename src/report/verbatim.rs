//! Lines of programs as a reader sees them: blanks marked where they matter, long lines cut around what matters.
//!
//! Anything else that cannot be seen is left to [`words::visible`]. It does not know why a line is shown.

use crate::words;

/// No more characters of one line are shown in a difference.
const MOST: usize = 120;
/// So many of them stand before what matters.
const BEFORE: usize = 40;
/// No more characters of one line are shown inside a sentence.
const MOST_IN_SENTENCE: usize = 60;
/// Of two long lines in a sentence so many equal characters are shown.
const BEFORE_IN_SENTENCE: usize = 20;

/// A piece of a line to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// As it was printed or written.
    pub text: &'a str,
    /// Whether it is what differs.
    pub mark: Mark,
}

/// Whether a piece is what differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It is not.
    Same,
    /// It is: its blanks are shown.
    Changed,
}

/// The line that the parts make, as it is shown: blanks as `·` where they differ or end the line, a tab as `→`, other
/// blanks by their number; cut around what differs, with `…` where something was left out.
pub fn shown(parts: &[Part<'_>]) -> Vec<(String, Mark)> {
    let length: usize = parts.iter().map(|part| part.text.chars().count()).sum();
    let from = if length > MOST { start(parts) } else { 0 };
    let visible_end = end_of_words(parts);
    let mut out: Vec<(String, Mark)> = Vec::new();
    if from > 0 {
        out.push(("…".to_owned(), Mark::Same));
    }
    let all = parts
        .iter()
        .flat_map(|part| part.text.chars().map(|c| (c, part.mark)));
    for (at, (c, mark)) in all.enumerate().skip(from).take(MOST) {
        let glyph = glyph(c, mark == Mark::Changed || at >= visible_end);
        match out.last_mut() {
            Some((text, last)) if *last == mark => text.push_str(&glyph),
            Some(_) | None => out.push((glyph, mark)),
        }
    }
    if length > from + MOST {
        out.push((format!("… (of {length} characters)"), Mark::Same));
    }
    out
}

/// The line inside a sentence: `` `tick` ``; an empty one in words.
pub fn code(line: &str) -> String {
    match (line.chars().count(), line.trim().is_empty()) {
        (0, _) => return "an empty line".to_owned(),
        (_, true) => return format!("a line of blanks ({})", quoted(line, 0)),
        (_, false) => {}
    }
    quoted(line, 0)
}

/// Two lines inside a sentence; long ones from shortly before the place where they begin to differ.
pub fn code_pair(one: &str, other: &str) -> (String, String) {
    let same = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let long = [one, other]
        .iter()
        .any(|line| line.chars().count() > MOST_IN_SENTENCE);
    let from = if long {
        same.saturating_sub(BEFORE_IN_SENTENCE)
    } else {
        0
    };
    let shown = |line: &str| {
        if line.trim().is_empty() {
            code(line)
        } else {
            quoted(line, from)
        }
    };
    (shown(one), shown(other))
}

fn quoted(line: &str, from: usize) -> String {
    let visible_end = end_of_words(&[Part {
        text: line,
        mark: Mark::Same,
    }]);
    let length = line.chars().count();
    let shown: String = line
        .chars()
        .enumerate()
        .skip(from)
        .take(MOST_IN_SENTENCE)
        .map(|(at, c)| glyph(c, at >= visible_end))
        .collect();
    let before = if from > 0 { "…" } else { "" };
    let after = if length > from + MOST_IN_SENTENCE {
        "…"
    } else {
        ""
    };
    format!("`{before}{shown}{after}`")
}

/// Where a long line begins to be shown: a little before the first thing that differs.
fn start(parts: &[Part<'_>]) -> usize {
    let same = parts
        .iter()
        .take_while(|part| part.mark == Mark::Same)
        .map(|part| part.text.chars().count())
        .sum::<usize>();
    let differs = parts.iter().any(|part| part.mark == Mark::Changed);
    if differs {
        same.saturating_sub(BEFORE)
    } else {
        0
    }
}

/// How many characters there are up to the last that is no blank.
fn end_of_words(parts: &[Part<'_>]) -> usize {
    let line: String = parts.iter().map(|part| part.text).collect();
    line.trim_end().chars().count()
}

fn glyph(c: char, blanks_matter: bool) -> String {
    match c {
        ' ' if blanks_matter => "·".to_owned(),
        ' ' => " ".to_owned(),
        '\t' => "→".to_owned(),
        _ if c.is_whitespace() && !c.is_control() => format!("\\u{{{:x}}}", c as u32),
        _ => words::visible(c.encode_utf8(&mut [0; 4])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(parts: &[(&str, Mark)]) -> String {
        let parts: Vec<_> = parts
            .iter()
            .map(|&(text, mark)| Part { text, mark })
            .collect();
        shown(&parts).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn blanks_are_marked_where_they_matter() {
        assert_eq!(joined(&[("a b", Mark::Same)]), "a b");
        assert_eq!(joined(&[("a b ", Mark::Same)]), "a b·");
        assert_eq!(
            joined(&[("a", Mark::Same), ("  ", Mark::Changed), ("b", Mark::Same)]),
            "a··b"
        );
        assert_eq!(joined(&[("\ta\u{a0}b\0", Mark::Same)]), "→a\\u{a0}b␀");
        assert_eq!(code("end "), "`end·`");
        assert_eq!(code("  "), "a line of blanks (`··`)");
        assert_eq!(code(""), "an empty line");
    }

    #[test]
    fn a_long_line_is_cut_around_what_differs() {
        let long = "x".repeat(1000);
        let line = joined(&[
            (&long, Mark::Same),
            ("!", Mark::Changed),
            (&long, Mark::Same),
        ]);
        assert_eq!(
            line,
            format!(
                "…{}!{}… (of 2001 characters)",
                "x".repeat(40),
                "x".repeat(79)
            )
        );
        assert_eq!(code(&long), format!("`{}…`", "x".repeat(60)));
        let (a, b) = code_pair(&format!("{long}a"), &format!("{long}b"));
        assert_eq!(a, format!("`…{}a`", "x".repeat(20)));
        assert_eq!(b, format!("`…{}b`", "x".repeat(20)));
    }
}
