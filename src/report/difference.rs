//! The difference between what was expected and what was printed, as rows that fit on a page.
//!
//! `-` is expected and was not printed here, `+` was printed and is not expected here, `?` is extra. It does not know
//! which trace was nearest: the judge does.

use std::mem::discriminant;

use crate::trace::{Difference, Distance, Extra, Piece, Row};
use crate::words;

use super::text::{Line, Style, Text};
use super::verbatim::{self, Mark, Part};

/// So many equal rows are shown before and after one that differs.
const CONTEXT: usize = 3;
/// No more rows are shown.
const MOST: usize = 60;
/// Of so many or more rows of one kind in a row, the middle is left out.
const MANY: usize = 12;
/// So many of them are shown at each end.
const ENDS: usize = 4;

/// A row as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown<'a> {
    /// A row of the difference.
    Row(&'a Row),
    /// Rows left out.
    LeftOut(LeftOut),
}

/// How many rows of each kind are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    same: usize,
    expected: usize,
    printed: usize,
    extra: usize,
}

impl LeftOut {
    fn of(rows: &[&Row]) -> Self {
        rows.iter().fold(LeftOut::default(), |mut left, row| {
            match row {
                Row::Same(_) => left.same += 1,
                Row::Expected(_) => left.expected += 1,
                Row::Printed(_) => left.printed += 1,
                Row::Extra(_) => left.extra += 1,
            }
            left
        })
    }

    /// How many rows they are in all.
    pub fn rows(self) -> usize {
        self.same + self.expected + self.printed + self.extra
    }

    /// `… 37 equal lines …`
    fn words(self) -> String {
        let kinds = [
            (self.same, "equal line"),
            (self.expected, "expected line"),
            (self.printed, "printed line"),
            (self.extra, "extra line"),
        ];
        let kinds = kinds.iter().filter(|(n, _)| *n > 0);
        let kinds = kinds.map(|(n, kind)| words::count(*n, kind));
        format!("… {} …", words::and(kinds))
    }
}

/// The rows worth showing: those that differ, a few around each, and what was left out between them.
pub fn shown(difference: &Difference, extra: Extra) -> Vec<Shown<'_>> {
    let rows: Vec<&Row> = difference
        .rows
        .iter()
        .filter(|row| extra != Extra::Ignore || !matches!(row, Row::Extra(_)))
        .collect();
    let worth = worth_showing(&rows, extra);
    let mut out = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        if out.len() + 1 == MOST && at + 1 < rows.len() {
            out.push(Shown::LeftOut(LeftOut::of(&rows[at..])));
            break;
        }
        match worth[at..].iter().take_while(|worth| !**worth).count() {
            0 | 1 => {
                out.push(Shown::Row(rows[at]));
                at += 1;
            }
            n => {
                out.push(Shown::LeftOut(LeftOut::of(&rows[at..at + n])));
                at += n;
            }
        }
    }
    out
}

/// For each row, whether it differs or stands close to one that does, and is not in the middle of many alike.
fn worth_showing(rows: &[&Row], extra: Extra) -> Vec<bool> {
    let mut worth = vec![false; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        let differs = match row {
            Row::Same(_) => false,
            Row::Expected(_) | Row::Printed(_) => true,
            Row::Extra(_) => extra == Extra::Fail,
        };
        if differs {
            let end = (at + CONTEXT + 1).min(rows.len());
            worth[at.saturating_sub(CONTEXT)..end].fill(true);
        }
    }
    let mut start = 0;
    for alike in rows.chunk_by(|a, b| discriminant(*a) == discriminant(*b)) {
        let same = alike.iter().any(|row| matches!(row, Row::Same(_)));
        if alike.len() >= MANY && !same {
            worth[start + ENDS..start + alike.len() - ENDS].fill(false);
        }
        start += alike.len();
    }
    worth
}

/// The difference under a title that says what its signs mean.
pub fn text(difference: &Difference, extra: Extra, title: &str) -> Text {
    let mut text = Text::new();
    let shown = shown(difference, extra);
    text.push(Line::words(
        Style::Dim,
        &format!("{title} ({}):", legend(&shown)),
    ));
    for row in &shown {
        match row {
            Shown::Row(row) => push_row(&mut text, row),
            Shown::LeftOut(left) => {
                text.push(Line::words(Style::Dim, &left.words()).led_by(Style::Dim, "  ┆ "));
            }
        }
    }
    let note = match difference.distance {
        Distance::AtLeast(lines) => Some(format!(
            "the nearest accepted order is at least {} away; the search for it was stopped, so a smaller difference \
             than this one may exist",
            words::count(lines, "line")
        )),
        Distance::Exactly(_) => difference
            .has_others
            .then(|| "other orders are accepted too; this is the nearest".to_owned()),
    };
    if let Some(note) = note {
        text.push(Line::words(Style::Dim, &note));
    }
    text
}

/// What the signs mean, for those that occur.
fn legend(shown: &[Shown<'_>]) -> String {
    let any = |is: fn(&Row) -> bool| {
        shown
            .iter()
            .any(|row| matches!(row, Shown::Row(row) if is(row)))
    };
    let signs = [
        (any(|row| matches!(row, Row::Expected(_))), "`-` expected"),
        (any(|row| matches!(row, Row::Printed(_))), "`+` printed"),
        (any(|row| matches!(row, Row::Extra(_))), "`?` extra"),
    ];
    let signs: Vec<_> = signs
        .iter()
        .filter(|(occurs, _)| *occurs)
        .map(|(_, sign)| *sign)
        .collect();
    signs.join(", ")
}

fn push_row(text: &mut Text, row: &Row) {
    match row {
        Row::Same(line) => text.push(same(line)),
        Row::Expected(pieces) => push_pieces(text, "- │ ", Style::Good, Style::GoodMark, pieces),
        Row::Printed(pieces) => push_pieces(text, "+ │ ", Style::Bad, Style::BadMark, pieces),
        Row::Extra(pieces) => push_pieces(text, "? │ ", Style::Warn, Style::BadMark, pieces),
    }
}

/// A line on which nothing differs.
pub fn same(line: &str) -> Line {
    let part = Part {
        text: line,
        mark: Mark::Same,
    };
    verbatim::shown(&[part]).iter().fold(
        Line::verbatim().led_by(Style::Dim, "  │ "),
        |line, (piece, _)| line.exactly(Style::Plain, piece),
    )
}

fn push_pieces(text: &mut Text, lead: &str, style: Style, mark: Style, pieces: &[Piece]) {
    let parts: Vec<Part<'_>> = pieces.iter().map(part).collect();
    let shown = verbatim::shown(&parts);
    let partly = parts
        .iter()
        .any(|part| part.mark == Mark::Same && !part.text.is_empty());
    text.push(shown.iter().fold(
        Line::verbatim().led_by(style, lead),
        |line, (piece, changed)| match changed {
            Mark::Same => line.exactly(style, piece),
            Mark::Changed if partly => line.exactly(mark, piece),
            Mark::Changed => line.exactly(style, piece),
        },
    ));
    if partly && parts.iter().any(|part| part.mark == Mark::Changed) {
        text.push(carets(&shown));
    }
}

/// A part of a line to be shown, from a piece of the difference.
pub fn part(piece: &Piece) -> Part<'_> {
    match piece {
        Piece::Same(text) => Part {
            text,
            mark: Mark::Same,
        },
        Piece::Changed(text) => Part {
            text,
            mark: Mark::Changed,
        },
    }
}

/// `^` below what differs within a line, so that it can be seen without colour.
fn carets(shown: &[(String, Mark)]) -> Line {
    let carets: String = shown
        .iter()
        .map(|(piece, mark)| {
            let sign = match mark {
                Mark::Same => " ",
                Mark::Changed => "^",
            };
            sign.repeat(console::measure_text_width(&words::visible(piece)))
        })
        .collect();
    Line::verbatim()
        .led_by(Style::Dim, "  │ ")
        .exactly(Style::Dim, carets.trim_end())
}
