//! A file's text and the places in it.

use std::ops::Range;

use super::MOST_BYTES;
use crate::problem::{Line, Place, Problem};

/// The text of one file.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    file: String,
    text: String,
    /// Where each line begins, in bytes.
    starts: Vec<usize>,
}

impl Source {
    /// The text in the bytes, without its byte order mark.
    pub(crate) fn new(file: &str, bytes: &[u8]) -> Result<Source, Box<Problem>> {
        let whole = || Place {
            file: file.to_owned(),
            line: None,
        };
        if bytes.len() > MOST_BYTES {
            return Err(Box::new(
                Problem::new(format!(
                    "this file has {} bytes; {} are the most that is read",
                    grouped(bytes.len()),
                    grouped(MOST_BYTES)
                ))
                .at(whole())
                .help("split it, or move long texts into `files/`"),
            ));
        }
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return Err(Box::new(
                Problem::new("this is UTF-16, not UTF-8")
                    .at(whole())
                    .help("save the file as UTF-8"),
            ));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Source::of(file, text)),
            Err(error) => {
                let lossy = String::from_utf8_lossy(bytes);
                // What is valid stays as it is, so the first bad byte stands where it stood.
                let source = Source::of(file, &lossy);
                let bad = error.valid_up_to();
                Err(Box::new(
                    Problem::new("this is not UTF-8")
                        .at(source.place(bad..bad + 1))
                        .help("save the file as UTF-8; from here on it is probably in an older encoding such as Latin-1"),
                ))
            }
        }
    }

    fn of(file: &str, text: &str) -> Source {
        let bytes = text.as_bytes();
        let after_break = (1..=bytes.len()).filter(|&at| match bytes[at - 1] {
            b'\n' => true,
            b'\r' => bytes.get(at) != Some(&b'\n'),
            _ => false,
        });
        Source {
            file: file.to_owned(),
            starts: std::iter::once(0).chain(after_break).collect(),
            text: text.to_owned(),
        }
    }

    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The file as a whole.
    pub(crate) fn whole(&self) -> Place {
        Place {
            file: self.file.clone(),
            line: None,
        }
    }

    /// The place of a stretch of bytes: as much of it as stands on its first line.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        let number = self.line_number(span.start);
        let line = self.line(number);
        let start = self.floor(span.start.min(line.end));
        let end = self.floor(span.end.clamp(start, line.end));
        let meant = self.text[start..end].trim_end();
        Place {
            file: self.file.clone(),
            line: Some(Line {
                number,
                column: self.text[line.start..start].chars().count() + 1,
                width: meant.chars().count().max(1),
                source: self.text[line].to_owned(),
            }),
        }
    }

    /// The number of the line that holds the byte, from 1.
    pub(crate) fn line_number(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at).max(1)
    }

    /// Where a line stands, without its end; the last one where there is none of that number.
    pub(crate) fn line(&self, number: usize) -> Range<usize> {
        let index = number.clamp(1, self.starts.len()) - 1;
        let start = self.starts[index];
        let end = self
            .starts
            .get(index + 1)
            .map_or(self.text.len(), |next| *next);
        let length = self.text[start..end].trim_end_matches(['\n', '\r']).len();
        start..start + length
    }

    /// How many lines there are.
    pub(crate) fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The nearest place at or before the byte where a character begins.
    fn floor(&self, at: usize) -> usize {
        (0..=at.min(self.text.len()))
            .rev()
            .find(|&at| self.text.is_char_boundary(at))
            .unwrap_or(0)
    }
}

/// `262,144`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_characters_and_every_line_end_counts() {
        let source = Source::new("f", "äö x\r\nb\rc\n".as_bytes()).unwrap();
        let line = |span: Range<usize>| source.place(span).line.unwrap();
        assert_eq!((line(5..6).number, line(5..6).column), (1, 4));
        assert_eq!((line(8..9).number, line(8..9).source), (2, "b".into()));
        assert_eq!(line(10..11).number, 3);
        assert_eq!(line(99..100).number, 4);
        assert_eq!(line(0..99).width, 4);
    }
}
