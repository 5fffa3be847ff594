//! The options of a question in the order in which this student sees them.

use crate::course::Question;
use crate::report::{Span, Style, Text, prose};
use crate::words;

/// An option as it is shown.
#[derive(Debug, Clone)]
pub struct Shuffled {
    /// Its place among the question's options, by which answers name it.
    pub at: usize,
    /// What it says, Markdown.
    pub text: String,
}

/// The options, shuffled: the same for the same seed and the same number of the question, whatever was seen before.
pub fn shuffled(question: &Question, seed: u64, number: usize) -> Vec<Shuffled> {
    let options = question.kind.options();
    let options = options.iter().enumerate().map(|(at, option)| Shuffled {
        at,
        text: option.text.to_owned(),
    });
    let mut options: Vec<Shuffled> = options.collect();
    fastrand::Rng::with_seed(seed.wrapping_add(number as u64).wrapping_mul(SPREAD))
        .shuffle(&mut options);
    options
}

/// Seeds that are near to each other make generators that begin alike; an odd number of many bits spreads them.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// `› 3 close callbacks`: an option, or anything else in a list, behind its marks.
pub fn line(pointer: Pointer, marks: &str, text: &str) -> Text {
    let mut line = Text::new();
    line.append_behind(
        vec![pointer.span(), Span::new(Style::Plain, marks)],
        prose(text),
    );
    line
}

/// All options with their numbers.
pub fn numbered(options: &[Shuffled]) -> Text {
    let mut text = Text::new();
    for (at, option) in options.iter().enumerate() {
        let number = number(at, options.len());
        text.append_behind(vec![Span::new(Style::Plain, &number)], prose(&option.text));
    }
    text
}

/// Whether a list's pointer is at a line of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    /// It is.
    Here,
    /// It is, and the line goes where the pointer goes.
    Carrying,
    /// It is not.
    Elsewhere,
}

impl Pointer {
    /// At a line, if it is the one.
    pub fn at(line: usize, pointed: Option<usize>) -> Self {
        match pointed {
            Some(at) if at == line => Pointer::Here,
            Some(_) | None => Pointer::Elsewhere,
        }
    }

    /// How it looks.
    pub fn span(self) -> Span {
        match self {
            Pointer::Here => Span::new(Style::Cursor, "› "),
            Pointer::Carrying => Span::new(Style::Cursor, "↕ "),
            Pointer::Elsewhere => Span::new(Style::Plain, "  "),
        }
    }
}

/// The line that a digit names, from 0.
pub fn digit(c: char, lines: usize) -> Option<usize> {
    let at = (c.to_digit(10)? as usize).checked_sub(1)?;
    (at < lines).then_some(at)
}

/// `1-4`: the digits that name so many lines.
pub fn digits(lines: usize) -> String {
    format!("1-{}", lines.min(9))
}

/// Numbers from 1, each as wide as the widest.
pub fn number(at: usize, lines: usize) -> String {
    let width = lines.to_string().len();
    format!("{:>width$} ", at + 1)
}

/// The numbers that a line of words names, from 0: digits, or letters from `a`.
///
/// Errors with what is wrong with it.
pub fn named(line: &str, lines: usize) -> Result<Vec<usize>, String> {
    split(line).map(|word| one_named(word, lines)).collect()
}

/// The number that a word names, from 0.
pub fn one_named(word: &str, lines: usize) -> Result<usize, String> {
    let at = place(word).filter(|at| *at < lines);
    at.ok_or_else(|| {
        let word = words::code(word);
        format!("there is no {word}: the numbers go from 1 to {lines}")
    })
}

/// The words of a line, between blanks or commas.
pub fn split(line: &str) -> impl Iterator<Item = &str> {
    let words = line.split(|c: char| c.is_whitespace() || c == ',');
    words.filter(|word| !word.is_empty())
}

fn place(word: &str) -> Option<usize> {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => {
            Some(usize::from(letter.to_ascii_lowercase() as u8 - b'a'))
        }
        _ => word.parse::<usize>().ok()?.checked_sub(1),
    }
}

/// The first number that is named twice.
pub fn twice(named: &[usize]) -> Option<usize> {
    let before = |at: usize| named[..at].contains(&named[at]);
    (0..named.len()).find(|at| before(*at)).map(|at| named[at])
}
