//! A problem: something to mend in what an author wrote or on the command line, with its place and the mend.
//!
//! Problems are collected, never thrown one at a time. This room knows how one is shown, not what can be wrong.

use std::fmt;

use crate::words;

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands; `None` for the command line and for whole folders.
    pub place: Option<Place>,
    /// What is wrong: lowercase, no full stop, names in backticks.
    pub message: String,
    /// How to mend it, in the same voice.
    pub help: Option<String>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as the reader would name it.
    pub file: String,
    /// The line and what stands on it; `None` for the file as a whole.
    pub line: Option<Line>,
}

/// A stretch of one line of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// From 1.
    pub number: usize,
    /// In characters, from 1.
    pub column: usize,
    /// How many characters the caret underlines; at least 1.
    pub width: usize,
    /// The line itself, without its end.
    pub source: String,
}

impl Problem {
    /// A problem without a place in a file.
    pub fn new(message: impl Into<String>) -> Self {
        Problem {
            place: None,
            message: message.into(),
            help: None,
        }
    }

    /// The same problem, at a place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same problem, with the mend.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// No more of a source line is shown than this many characters, around what is meant.
const SHOWN: usize = 100;

impl fmt::Display for Problem {
    /// The whole problem, several lines, without a newline at the end:
    ///
    /// ```text
    /// quizzes/promises.yaml:7:13: `points` must be a whole number, not "five"
    ///    7 |     points: five
    ///      |             ^^^^
    /// help: write digits: `points: 5`
    /// ```
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            None => write!(f, "{}", self.message)?,
            Some(Place { file, line: None }) => {
                write!(f, "{}: {}", words::visible(file), self.message)?
            }
            Some(Place {
                file,
                line: Some(line),
            }) => {
                write!(
                    f,
                    "{}:{}:{}: {}",
                    words::visible(file),
                    line.number,
                    line.column,
                    self.message
                )?;
                line.underlined(f)?;
            }
        }
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

impl Line {
    fn underlined(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = (self.column - 1).saturating_sub(SHOWN / 2);
        let source: Vec<char> = self.source.chars().skip(start).take(SHOWN).collect();
        let (before, rest) = source.split_at((self.column - 1 - start).min(source.len()));
        let (meant, after) = rest.split_at(self.width.min(rest.len()));
        let [before, meant, after] =
            [before, meant, after].map(|part| words::visible(&String::from_iter(part)));
        let cut = if start > 0 { "…" } else { "" };
        let indent = console::measure_text_width(cut) + console::measure_text_width(&before);
        let carets = console::measure_text_width(&meant).max(1);
        write!(f, "\n{:4} | {cut}{before}{meant}{after}", self.number)?;
        write!(f, "\n     | {:indent$}{:^<carets$}", "", "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_shows_its_line_and_what_is_meant() {
        let line = Line {
            number: 7,
            column: 13,
            width: 4,
            source: "    points: five".into(),
        };
        let place = Place {
            file: "quizzes/promises.yaml".into(),
            line: Some(line),
        };
        let problem = Problem::new("`points` must be a whole number, not \"five\"")
            .at(place)
            .help("write digits: `points: 5`");
        assert_eq!(
            problem.to_string(),
            "quizzes/promises.yaml:7:13: `points` must be a whole number, not \"five\"\n   \
             7 |     points: five\n     |             ^^^^\nhelp: write digits: `points: 5`"
        );
    }
}
