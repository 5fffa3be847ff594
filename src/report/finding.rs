//! What is wrong with a trace, one sentence each, and the rule of Node that says so.
//!
//! It does not know how the difference was found, nor the rules: a reason carries its words.

use crate::trace::{Difference, Finding, Piece, Reason, Row};
use crate::words;

use super::text::{Line, Style, Text};
use super::verbatim::code;

/// No more findings are told one by one.
const MOST: usize = 5;

/// What is wrong, most telling first, each reason once.
pub fn text(difference: &Difference) -> Text {
    let mut text = Text::new();
    let mut told: Vec<&Reason> = Vec::new();
    let mistakes = mistakes(difference);
    for mistake in mistakes.iter().take(MOST) {
        text.push(Line::words(Style::Plain, &mistake.sentence));
        if let Some(reason) = mistake.reason
            && !told.contains(&reason)
        {
            told.push(reason);
            text.append(because(reason), 2);
        }
    }
    if mistakes.len() > MOST {
        let more = format!("and {} more like these", mistakes.len() - MOST);
        text.push(Line::words(Style::Dim, &more));
    }
    text
}

/// The most telling thing that is wrong, in one sentence.
pub fn first(difference: &Difference) -> Option<String> {
    let first = mistakes(difference).into_iter().next()?;
    Some(first.sentence)
}

/// The lines that the findings tell as nearly right, so that nobody tells them again as extra.
pub fn nearly_right(difference: &Difference) -> Vec<&str> {
    difference
        .findings
        .iter()
        .filter_map(|finding| match finding {
            Finding::Missing { line } => near(line, difference).map(|(printed, _)| printed),
            Finding::OutOfOrder { .. }
            | Finding::NotBetween { .. }
            | Finding::Surplus { .. }
            | Finding::Extra { .. } => None,
        })
        .collect()
}

struct Mistake<'a> {
    sentence: String,
    reason: Option<&'a Reason>,
}

fn mistakes(difference: &Difference) -> Vec<Mistake<'_>> {
    let nearly = nearly_right(difference);
    difference
        .findings
        .iter()
        .filter(|finding| !matches!(finding, Finding::Extra { line } if nearly.contains(&line.as_str())))
        .map(|finding| mistake(finding, difference))
        .collect()
}

fn mistake<'a>(finding: &'a Finding, difference: &Difference) -> Mistake<'a> {
    let (sentence, reason) = match finding {
        Finding::OutOfOrder {
            later,
            earlier,
            reason,
        } => (
            format!("{} must come after {}", code(later), code(earlier)),
            reason.as_ref(),
        ),
        Finding::NotBetween {
            line,
            first,
            then,
            reason,
        } => (
            format!(
                "{} may not come between {} and {}",
                code(line),
                code(first),
                code(then)
            ),
            reason.as_ref(),
        ),
        Finding::Missing { line } => (missing(line, difference), None),
        Finding::Surplus { line } => (
            format!("{} was printed more often than it may be", code(line)),
            None,
        ),
        Finding::Extra { line } => (format!("{} should not be printed", code(line)), None),
    };
    Mistake { sentence, reason }
}

fn missing(line: &str, difference: &Difference) -> String {
    match near(line, difference) {
        Some((printed, how)) => format!(
            "{} was printed where {} is expected: they differ only in {how}",
            code(printed),
            code(line)
        ),
        None => format!("{} is missing", code(line)),
    }
}

/// The reason's words; where it is a rule, its name and how to read more.
pub fn because(reason: &Reason) -> Text {
    let mut text = Text::new();
    match &reason.rule {
        None => text.push(Line::words(Style::Plain, &reason.words).led_by(Style::Dim, "why: ")),
        Some(rule) => {
            let sentence = format!("rule {}: {}", words::code(rule), reason.words);
            text.push(Line::words(Style::Plain, &sentence).led_by(Style::Dim, "why: "));
            let more = format!("more about it: `tickmark rules {}`", words::visible(rule));
            text.push(Line::words(Style::Dim, &more).led_by(Style::Dim, "     "));
        }
    }
    text
}

/// A line that was printed in place of the missing one, and in what alone they differ.
fn near<'a>(missing: &str, difference: &'a Difference) -> Option<(&'a str, &'static str)> {
    difference
        .rows
        .iter()
        .filter_map(|row| match row {
            Row::Extra(line) => Some(line.as_str()),
            Row::Printed(pieces) => match pieces.as_slice() {
                [Piece::Same(line) | Piece::Changed(line)] => Some(line.as_str()),
                _ => None,
            },
            Row::Same(_) | Row::Expected(_) => None,
        })
        .find_map(|printed| Some((printed, how_they_differ(missing, printed)?)))
}

/// In what alone two different lines differ, if it is easily overlooked.
fn how_they_differ(expected: &str, printed: &str) -> Option<&'static str> {
    let alike = |fold: fn(&str) -> String| {
        let folded = fold(expected);
        !folded.is_empty() && folded == fold(printed)
    };
    if expected == printed {
        None
    } else if alike(|line| line.trim_end().to_owned()) {
        Some("blanks at the end of the line")
    } else if alike(|line| line.split_whitespace().collect()) {
        Some("blanks or tabs")
    } else if alike(|line| line.to_lowercase()) {
        Some("upper and lower case")
    } else if alike(|line| line.chars().filter(char::is_ascii_graphic).collect())
        && printed.contains('\u{fffd}')
    {
        Some("bytes that are not UTF-8: save the file as UTF-8")
    } else if alike(without_unseen) {
        Some("characters that cannot be seen")
    } else if alike(|line| line.chars().filter(|c| c.is_alphanumeric()).collect()) {
        Some("punctuation")
    } else {
        None
    }
}

/// The line without terminal escapes and without characters that show nothing.
fn without_unseen(line: &str) -> String {
    console::strip_ansi_codes(line)
        .chars()
        .filter(|c| words::visible(c.encode_utf8(&mut [0; 4])) == c.to_string())
        .collect()
}
