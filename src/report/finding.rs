//! What is wrong with a trace, one sentence each, and the rule of Node that says so.
//!
//! It does not know how the difference was found, nor the rules: a reason carries its words.

use std::collections::{HashMap, HashSet};

use crate::trace::{Difference, Finding, Piece, Reason, Row};
use crate::words;

use super::text::{Line, Style, Text};
use super::verbatim::{self, code};

/// No more findings are told one by one.
const MOST: usize = 5;
/// No more missing lines are named.
const NAMED: usize = 3;

/// What is wrong with a trace, in sentences.
pub struct Mistakes<'a> {
    /// Most telling first.
    told: Vec<Mistake<'a>>,
    /// Printed lines that are told as nearly right, so that nobody tells them again as extra.
    pub nearly_right: HashSet<String>,
}

struct Mistake<'a> {
    sentence: String,
    reason: Option<&'a Reason>,
    kind: Kind,
}

#[derive(PartialEq, Eq)]
enum Kind {
    /// A line, or several, that the difference shows as well as a sentence does.
    Missing,
    /// Anything else.
    Telling,
}

impl<'a> Mistakes<'a> {
    /// The mistakes that make the difference.
    pub fn of(difference: &'a Difference) -> Self {
        let near = Near::of(&difference.rows);
        let lines = difference
            .findings
            .iter()
            .filter_map(|finding| match finding {
                Finding::Missing { line, .. } => Some(line),
                Finding::OutOfOrder { .. }
                | Finding::Misplaced { .. }
                | Finding::NotBetween { .. }
                | Finding::Surplus { .. }
                | Finding::Extra { .. } => None,
            });
        let mut mistakes = Mistakes {
            told: Vec::new(),
            nearly_right: lines
                .filter_map(|line| near.to(line))
                .map(str::to_owned)
                .collect(),
        };
        let mut missing = Vec::new();
        let mut place = None;
        for finding in &difference.findings {
            match finding {
                Finding::Missing { line, times } => match near.to(line) {
                    Some(printed) => mistakes.tell(instead(printed, line), None),
                    None => {
                        place.get_or_insert(mistakes.told.len());
                        missing.push((line.as_str(), *times));
                    }
                },
                Finding::OutOfOrder { .. }
                | Finding::NotBetween { .. }
                | Finding::Misplaced { .. }
                | Finding::Surplus { .. } => {
                    mistakes.tell(finding.sentence(code), finding.reason())
                }
                Finding::Extra { line, .. } if mistakes.nearly_right.contains(line) => {}
                Finding::Extra { .. } => mistakes.tell(finding.sentence(code), None),
            }
        }
        if let (Some(place), Some(mistake)) = (place, are_missing(&missing)) {
            mistakes.told.insert(place, mistake);
        }
        mistakes
    }

    fn tell(&mut self, sentence: String, reason: Option<&'a Reason>) {
        self.told.push(Mistake {
            sentence,
            reason,
            kind: Kind::Telling,
        });
    }

    /// Whether all that is wrong is that lines are missing.
    pub fn only_missing(&self) -> bool {
        self.told
            .iter()
            .all(|mistake| mistake.kind == Kind::Missing)
    }

    /// The most telling one, in one sentence.
    pub fn first(&self) -> Option<String> {
        self.told.first().map(|mistake| mistake.sentence.clone())
    }

    /// All of them, each reason once.
    pub fn text(&self) -> Text {
        let mut text = Text::new();
        let mut reasons: Vec<&Reason> = Vec::new();
        for mistake in self.told.iter().take(MOST) {
            text.push(Line::words(Style::Plain, &mistake.sentence));
            if let Some(reason) = mistake.reason
                && !reasons.contains(&reason)
            {
                reasons.push(reason);
                text.append(because(reason), 2);
            }
        }
        if self.told.len() > MOST {
            let more = format!("and {} more like these", self.told.len() - MOST);
            text.push(Line::words(Style::Dim, &more));
        }
        text
    }
}

/// `` `tick`, `end` (2 times) and 3 more are missing ``
fn are_missing(lines: &[(&str, usize)]) -> Option<Mistake<'static>> {
    let total = |lines: &[(&str, usize)]| lines.iter().map(|(_, times)| times).sum::<usize>();
    let name = |(line, times): &(&str, usize)| match times {
        1 => code(line),
        times => format!("{} ({times} times)", code(line)),
    };
    let sentence = match lines {
        [] => return None,
        [(line, times)] => {
            let (line, times) = ((*line).to_owned(), *times);
            Finding::Missing { line, times }.sentence(code)
        }
        lines => {
            let (named, others) = lines.split_at(lines.len().min(NAMED));
            let more = (!others.is_empty()).then(|| format!("{} more", total(others)));
            format!(
                "{} are missing",
                words::and(named.iter().map(name).chain(more))
            )
        }
    };
    Some(Mistake {
        sentence,
        reason: None,
        kind: Kind::Missing,
    })
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

/// Printed lines that were probably meant to be expected ones.
struct Near {
    /// How many lines are missing where they are expected.
    missing: usize,
    /// An expected line and the printed one beside it, where the judge found them alike.
    beside: HashMap<String, String>,
    /// Per way to overlook a difference: what is left of a printed line without it, and the line.
    folded: Vec<(&'static Overlooked, HashMap<String, String>)>,
}

/// A difference that is easily overlooked.
struct Overlooked {
    /// What the lines differ in.
    what: &'static str,
    /// The line without it.
    without: fn(&str) -> String,
}

/// Every such difference, the smallest first.
const OVERLOOKED: &[Overlooked] = &[
    Overlooked {
        what: "blanks at the end of the line",
        without: |line| line.trim_end().to_owned(),
    },
    Overlooked {
        what: "blanks or tabs",
        without: |line| line.split_whitespace().collect(),
    },
    Overlooked {
        what: "upper and lower case",
        without: str::to_lowercase,
    },
    Overlooked {
        what: "characters that cannot be seen",
        without: without_unseen,
    },
    Overlooked {
        what: "punctuation",
        without: |line| line.chars().filter(|c| c.is_alphanumeric()).collect(),
    },
];

impl Near {
    fn of(rows: &[Row]) -> Self {
        // A line that anything in the expectation matches was meant to be itself, wherever it was printed.
        let extra = |row: &Row| match row {
            Row::Extra(pieces) => Some(whole(pieces)),
            Row::Same(_) | Row::Expected(_) | Row::Printed(_) => None,
        };
        let folded = OVERLOOKED.iter().map(|overlooked| {
            let lines = rows.iter().filter_map(extra);
            let lines = lines.map(|line| ((overlooked.without)(&line), line));
            (
                overlooked,
                lines.filter(|(left, _)| !left.is_empty()).collect(),
            )
        });
        Near {
            missing: rows
                .iter()
                .filter(|row| matches!(row, Row::Expected(_)))
                .count(),
            beside: beside(rows),
            folded: folded.collect(),
        }
    }

    /// The printed line that is near to a missing one.
    ///
    /// One that stands beside it and has much in common with it is taken for it only where nothing else is missing.
    fn to(&self, missing: &str) -> Option<&str> {
        let folded = self.folded.iter().find_map(|(overlooked, lines)| {
            let printed = lines.get(&(overlooked.without)(missing))?;
            (printed.as_str() != missing).then_some(printed.as_str())
        });
        let beside = self.beside.get(missing).filter(|_| self.missing == 1);
        folded.or(beside.map(String::as_str))
    }
}

/// Pairs of an expected line and the printed one that the judge compared it with: what is the same in both is alike.
fn beside(rows: &[Row]) -> HashMap<String, String> {
    rows.windows(2)
        .filter_map(|pair| match pair {
            [Row::Expected(expected), Row::Extra(printed)]
            | [Row::Extra(printed), Row::Expected(expected)] => {
                let same = common(expected);
                let compared = [expected, printed].iter().any(|pieces| {
                    pieces
                        .iter()
                        .any(|piece| matches!(piece, Piece::Changed(_)))
                });
                (compared && !same.trim().is_empty() && same == common(printed))
                    .then(|| (whole(expected), whole(printed)))
            }
            _ => None,
        })
        .collect()
}

fn common(pieces: &[Piece]) -> String {
    let same = |piece: &Piece| match piece {
        Piece::Same(text) => Some(text.clone()),
        Piece::Changed(_) => None,
    };
    pieces.iter().filter_map(same).collect()
}

fn whole(pieces: &[Piece]) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Same(text) | Piece::Changed(text) => text.clone(),
    };
    pieces.iter().map(text).collect()
}

/// `` `Tick` was printed where `tick` is expected: they differ only in upper and lower case ``
fn instead(printed: &str, expected: &str) -> String {
    let (shown, wanted) = verbatim::code_pair(printed, expected);
    let only = how_they_differ(printed, expected)
        .map(|what| format!(": they differ only in {what}"))
        .unwrap_or_default();
    format!("{shown} was printed where {wanted} is expected{only}")
}

fn how_they_differ(printed: &str, expected: &str) -> Option<&'static str> {
    let graphic = |line: &str| {
        line.chars()
            .filter(char::is_ascii_graphic)
            .collect::<String>()
    };
    if printed.contains('\u{fffd}') && graphic(printed) == graphic(expected) {
        return Some("letters that are not UTF-8: save the file as UTF-8");
    }
    OVERLOOKED
        .iter()
        .find(|overlooked| {
            let left = (overlooked.without)(expected);
            !left.is_empty() && left == (overlooked.without)(printed)
        })
        .map(|overlooked| overlooked.what)
}

/// The line without terminal escapes and without characters that show nothing.
fn without_unseen(line: &str) -> String {
    console::strip_ansi_codes(line)
        .chars()
        .filter(|c| words::visible(c.encode_utf8(&mut [0; 4])) == c.to_string())
        .collect()
}
