//! A test's own files: written down, or made of lines after one pattern, the same for the same seed on every machine.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write as _;
use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use fastrand::Rng;

use super::reading::{Field, Key, Reading, Table};
use super::shape::Shape;
use crate::program::{Files, RelPath};
use crate::trace;
use crate::words;

const FIRST: Key = Key::optional(
    "first",
    Shape::Line,
    "one line",
    "The line above all others, as it is. Left out: none.",
);
const LINE: Key = Key::needed(
    "line",
    Shape::Line,
    "one line such as `{row},{tea|coffee},{1..99}`",
    "\"{row},{1..99}\"",
    "How each line is made: `{row}` is its number from 1 on, `{1..99}` a whole number from 1 to 99, `{tea|coffee}` one of \
     these texts; everything else stays.",
);
const LINES: Key = Key::needed(
    "lines",
    Shape::Count,
    "a whole number from 1 to 5000000",
    "1000",
    "How many such lines there are.",
);
const SEED: Key = Key::optional(
    "seed",
    Shape::Count,
    "a whole number from 1 to 5000000",
    "With another seed, chance decides otherwise. Left out: 1.",
);

pub(super) static MADE: Table = Table::of(
    "a file that is made",
    "A file of many lines that need not be stored. It is the same for the same keys, on every machine.",
    &[FIRST, LINE, LINES, SEED],
);

/// What can be counted to.
const COUNT: RangeInclusive<u32> = 1..=5_000_000;

/// Half of what a program's folder holds: who copies the file has room for it.
const MOST_BYTES: usize = 32_000_000;

/// Longer numbers are of no use, and make every line long.
const MOST_DIGITS: usize = 15;

/// Files for one test alone.
#[derive(Debug, Clone, Default)]
pub struct OwnFiles {
    written: Files,
    made: BTreeMap<RelPath, Made>,
}

impl OwnFiles {
    pub(super) fn write(&mut self, path: RelPath, text: &str) {
        self.written.insert(path, text.as_bytes());
    }

    pub(super) fn make(&mut self, path: RelPath, made: Made) {
        self.made.insert(path, made);
    }

    /// Their paths.
    pub fn paths(&self) -> impl Iterator<Item = &RelPath> {
        self.written.paths().chain(self.made.keys())
    }

    /// Lays them over other files.
    pub fn lay_over(&self, files: &mut Files) {
        files.overlay(&self.written);
        for (path, made) in &self.made {
            files.insert(path.clone(), made.content());
        }
    }
}

/// A file that is made when it is needed, and kept from then on.
#[derive(Debug, Clone)]
pub(super) struct Made {
    first: Option<String>,
    line: Vec<Piece>,
    lines: u32,
    seed: u64,
    content: Content,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// As it is.
    Text(String),
    /// The number of the line.
    Row,
    /// A whole number.
    Number(RangeInclusive<u64>),
    /// One of these.
    OneOf(Vec<String>),
}

/// What was made; nothing of it is worth a line where the rest is shown.
#[derive(Clone, Default)]
struct Content(OnceLock<Arc<[u8]>>);

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl Made {
    fn content(&self) -> Arc<[u8]> {
        let made = self.content.0.get_or_init(|| self.make().into());
        made.clone()
    }

    fn make(&self) -> Vec<u8> {
        let mut chance = Rng::with_seed(self.seed);
        let mut made = Vec::with_capacity(self.longest());
        if let Some(first) = &self.first {
            made.extend_from_slice(first.as_bytes());
            made.push(b'\n');
        }
        for row in 1..=self.lines {
            for piece in &self.line {
                // Nothing fails in memory.
                let _ = match piece {
                    Piece::Text(text) => made.write_all(text.as_bytes()),
                    Piece::Row => write!(made, "{row}"),
                    Piece::Number(range) => write!(made, "{}", chance.u64(range.clone())),
                    Piece::OneOf(texts) => {
                        // Not as `usize`, which is not the same everywhere.
                        let one = chance.u64(..texts.len() as u64) as usize;
                        made.write_all(texts[one].as_bytes())
                    }
                };
            }
            made.push(b'\n');
        }
        made
    }

    /// The most bytes it can have.
    fn longest(&self) -> usize {
        let digits = |number: u64| number.max(1).ilog10() as usize + 1;
        let longest = |piece: &Piece| match piece {
            Piece::Text(text) => text.len(),
            Piece::Row => digits(self.lines.into()),
            Piece::Number(range) => digits(*range.end()),
            Piece::OneOf(texts) => texts.iter().map(String::len).max().unwrap_or_default(),
        };
        let line = self.line.iter().map(longest).sum::<usize>() + 1;
        let first = self.first.as_ref().map_or(0, |first| first.len() + 1);
        line.saturating_mul(self.lines as usize)
            .saturating_add(first)
    }
}

pub(super) fn read(reading: &mut Reading<'_>, field: Field<'_>) -> Option<Made> {
    let fields = reading.fields(field, &MADE)?;
    let first = fields.get(&FIRST).map(|field| line(reading, field));
    let pattern = fields.get(&LINE).and_then(|field| {
        let written = line(reading, field)?;
        match pieces(&written) {
            Ok(pieces) => Some(pieces),
            Err(name) => {
                reading.say_help(
                    &field.node.span,
                    format!("{} cannot be made", words::code(&format!("{{{name}}}"))),
                    "what is made is `{row}`, a number such as `{1..99}`, or one of some texts such as `{tea|coffee}`",
                );
                None
            }
        }
    });
    let lines = fields
        .get(&LINES)
        .and_then(|field| reading.whole(field, &COUNT));
    let seed = fields.get(&SEED).map(|field| reading.whole(field, &COUNT));
    let made = Made {
        first: first.map_or(Some(None), |first| first.map(Some))?,
        line: pattern?,
        lines: lines?,
        seed: seed.unwrap_or(Some(1))?.into(),
        content: Content::default(),
    };
    if made.longest() > MOST_BYTES {
        reading.say_help(
            &field.node.span,
            format!("{} can be longer than 32 MB", field.name),
            "let it have fewer lines",
        );
        return None;
    }
    Some(made)
}

fn line(reading: &mut Reading<'_>, field: Field<'_>) -> Option<String> {
    let lines = trace::lines_of(reading.exact(field)?);
    match &lines[..] {
        [line] => Some(line.clone()),
        _ => {
            reading.wrong_text(field, None);
            None
        }
    }
}

/// The parts of a line; the error is what stands in braces and means nothing.
fn pieces(line: &str) -> Result<Vec<Piece>, &str> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('}') {
        match before.rsplit_once('{') {
            // Nobody means something by nothing.
            Some((before, inside)) if !inside.is_empty() => {
                pieces.push(Piece::Text(std::mem::take(&mut text) + before));
                pieces.push(hole(inside).ok_or(inside)?);
            }
            Some(_) | None => text = text + before + "}",
        }
        rest = after;
    }
    pieces.push(Piece::Text(text + rest));
    Ok(pieces)
}

fn hole(inside: &str) -> Option<Piece> {
    if inside == "row" {
        return Some(Piece::Row);
    }
    if inside.contains('|') {
        return Some(Piece::OneOf(inside.split('|').map(str::to_owned).collect()));
    }
    let (from, to) = inside.split_once("..")?;
    let number = |text: &str| {
        let is_number = text.len() <= MOST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| is_number)
    };
    let range: RangeInclusive<u64> = number(from)?..=number(to)?;
    (!range.is_empty()).then_some(Piece::Number(range))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(line: &str, lines: u32, seed: u64) -> Made {
        Made {
            first: Some("day,what,sold".to_owned()),
            line: pieces(line).unwrap(),
            lines,
            seed,
            content: Content::default(),
        }
    }

    /// What a key was computed from must stay the same for ever.
    #[test]
    fn it_is_the_same_for_the_same_seed() {
        let file = made("{row},{tea|café|milk},{1..99}", 4, 7);
        let text = "day,what,sold\n1,milk,23\n2,milk,48\n3,tea,17\n4,milk,10\n";
        assert_eq!(String::from_utf8_lossy(&file.content()), text);
        let other = made("{row},{tea|café|milk},{1..99}", 4, 8).content();
        assert_ne!(*other, *file.content());
    }

    #[test]
    fn it_is_never_longer_than_it_says() {
        for line in ["", "{row}", "a{0..0}b", "{é|e}{1..1000}", "{|x}{row}}{row}"] {
            let file = made(line, 1234, 1);
            assert!(file.content().len() <= file.longest(), "{line}");
        }
    }

    #[test]
    fn what_cannot_be_made_is_found() {
        for inside in [
            "rows",
            "tea",
            "9..1",
            "-1..1",
            "1..",
            "1...2",
            "+1..2",
            "1..99999999999999999",
        ] {
            let line = format!("{{row}} {{{inside}}}");
            assert_eq!(pieces(&line), Err(inside));
        }
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(pieces("{"), Ok(vec![text("{")]));
        assert_eq!(pieces("a}b{}{"), Ok(vec![text("a}b{}{")]));
        let json = pieces("{\"id\":{row},\"what\":\"{tea|milk}\"}");
        let what = Piece::OneOf(vec!["tea".to_owned(), "milk".to_owned()]);
        let json_pieces = [
            text("{\"id\":"),
            Piece::Row,
            text(",\"what\":\""),
            what,
            text("\"}"),
        ];
        assert_eq!(json.as_deref(), Ok(&json_pieces[..]));
    }
}
