//! JavaScript as a reader's eye wants it: keywords, quoted texts and comments told apart from the rest.
//!
//! It splits a program into words and knows no grammar: a program that is none is shown as well as any other. It is
//! written by hand, since what can be had is either built for half a minute or colours `console` and not `async`.

use super::text::{Line, Style, Text};

/// What a piece of a program is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A word of the language.
    Keyword,
    /// A text in quotes, a piece of a template, or a regular expression.
    Quoted,
    /// A comment.
    Comment,
    /// Anything else.
    Other,
}

const KEYWORDS: &[&str] = &[
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "from",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "of",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// Keywords that stand for a value: a `/` behind them divides.
const VALUES: &[&str] = &["false", "null", "super", "this", "true"];

/// The program's lines, each as it is, in the styles of its pieces.
pub fn lines(program: &str) -> Text {
    let mut text = Text::new();
    let mut line = Line::code();
    for (piece, written) in pieces(program) {
        for (at, part) in written.split('\n').enumerate() {
            if at > 0 {
                text.push(std::mem::replace(&mut line, Line::code()));
            }
            let mut part = part.trim_end_matches('\r');
            if line.is_blank() {
                // What is wrapped goes on below the line's first word.
                let words = part.trim_start_matches(' ');
                line = line.led_by(Style::Plain, &part[..part.len() - words.len()]);
                part = words;
            }
            if !part.is_empty() {
                line = line.exactly(style(piece), part);
            }
        }
    }
    if !program.is_empty() && !program.ends_with('\n') {
        text.push(line);
    }
    text
}

/// The texts that the program names in quotes, each once, in their order; not those with holes or escapes in them.
pub fn texts(program: &str) -> Vec<&str> {
    let mut texts = Vec::new();
    for (piece, written) in pieces(program) {
        let quote = written.chars().next().filter(|c| "'\"`".contains(*c));
        let (Piece::Quoted, Some(quote)) = (piece, quote) else {
            continue;
        };
        let inside = written[1..].strip_suffix(quote);
        let inside = inside.filter(|text| !text.contains(['\\', '\n']));
        texts.extend(inside.filter(|text| !texts.contains(text)));
    }
    texts
}

fn style(piece: Piece) -> Style {
    match piece {
        Piece::Keyword => Style::Keyword,
        Piece::Quoted => Style::Quoted,
        Piece::Comment => Style::Comment,
        Piece::Other => Style::Plain,
    }
}

/// The whole program, piece by piece.
fn pieces(program: &str) -> Vec<(Piece, &str)> {
    let mut words = Words {
        rest: program,
        holes: Vec::new(),
        before: Before::Operator,
    };
    let mut pieces: Vec<(Piece, &str)> = Vec::new();
    let mut end = 0;
    while let Some((piece, written)) = words.next() {
        let start = end;
        end += written.len();
        match pieces.last_mut() {
            Some((Piece::Other, last)) if piece == Piece::Other => {
                *last = &program[start - last.len()..end];
            }
            Some(_) | None => pieces.push((piece, written)),
        }
    }
    pieces
}

/// A program from which words are taken one by one.
struct Words<'a> {
    rest: &'a str,
    /// For each hole of a template that is open, how many braces are open in it.
    holes: Vec<usize>,
    before: Before,
}

/// What stands before the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Something that ends a value: a `/` divides.
    Value,
    /// A dot: what follows is a name.
    Dot,
    /// Anything else: a `/` begins a regular expression.
    Operator,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<(Piece, &'a str)> {
        let first = self.rest.chars().next()?;
        let (piece, length) = match first {
            '/' if self.rest.starts_with("//") => (Piece::Comment, until(self.rest, "\n", 0)),
            '/' if self.rest.starts_with("/*") => (Piece::Comment, until(self.rest, "*/", 2)),
            '/' if self.before == Before::Operator => match expression(self.rest) {
                Some(length) => (Piece::Quoted, length),
                None => (Piece::Other, 1),
            },
            '\'' | '"' => (Piece::Quoted, quoted(self.rest, first)),
            '`' => (Piece::Quoted, self.template()),
            '}' if self.holes.last() == Some(&0) => {
                self.holes.pop();
                (Piece::Quoted, self.template())
            }
            _ if is_of_name(first) => self.name(),
            _ => (Piece::Other, first.len_utf8()),
        };
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.count_braces(piece, word);
        self.before = match piece {
            Piece::Comment => self.before,
            Piece::Quoted if word.ends_with("${") => Before::Operator,
            Piece::Quoted => Before::Value,
            Piece::Keyword if VALUES.contains(&word) => Before::Value,
            Piece::Keyword => Before::Operator,
            Piece::Other if word.trim().is_empty() => self.before,
            Piece::Other if word == "." => Before::Dot,
            Piece::Other if word.ends_with(|c| is_of_name(c) || ")]}".contains(c)) => Before::Value,
            Piece::Other => Before::Operator,
        };
        Some((piece, word))
    }

    fn count_braces(&mut self, piece: Piece, word: &str) {
        if let (Piece::Other, Some(open)) = (piece, self.holes.last_mut()) {
            match word {
                "{" => *open += 1,
                "}" => *open -= 1,
                _ => {}
            }
        }
    }

    /// A piece of a template, up to its end or to its next hole.
    fn template(&mut self) -> usize {
        let mut escaped = false;
        for (at, c) in self.rest.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '`' => return at + 1,
                '$' if self.rest[at..].starts_with("${") => {
                    self.holes.push(0);
                    return at + 2;
                }
                _ => {}
            }
        }
        self.rest.len()
    }

    fn name(&self) -> (Piece, usize) {
        let length = self.rest.find(|c| !is_of_name(c));
        let length = length.unwrap_or(self.rest.len());
        let keyword = self.before != Before::Dot && KEYWORDS.contains(&&self.rest[..length]);
        match keyword {
            true => (Piece::Keyword, length),
            false => (Piece::Other, length),
        }
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$' || c == '#'
}

/// How far it goes up to the end that is looked for, so much of which belongs to it.
fn until(text: &str, end: &str, belongs: usize) -> usize {
    text.find(end).map_or(text.len(), |at| at + belongs)
}

/// The length of a text in quotes; one that is not closed ends with its line.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return at,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a regular expression, if it is closed on its line.
fn expression(text: &str) -> Option<usize> {
    let (mut escaped, mut in_class) = (false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The program with its keywords as `<k …>`, its quoted texts as `<q …>` and its comments as `<c …>`.
    fn marked(program: &str) -> String {
        let mark = |(piece, written): &(Piece, &str)| match piece {
            Piece::Keyword => format!("<k {written}>"),
            Piece::Quoted => format!("<q {written}>"),
            Piece::Comment => format!("<c {written}>"),
            Piece::Other => (*written).to_owned(),
        };
        pieces(program).iter().map(mark).collect()
    }

    #[test]
    fn keywords_texts_and_comments_are_told_apart() {
        for (program, expected) in [
            (
                "import fs from 'node:fs' // why",
                "<k import> fs <k from> <q 'node:fs'> <c // why>",
            ),
            (
                "p.catch(() => { throw x })",
                "p.catch(() => { <k throw> x })",
            ),
            ("a /* one\ntwo */ b", "a <c /* one\ntwo */> b"),
            (
                "x = `a ${b ? `in ${{}}` : 'c'} d`",
                "x = <q `a ${>b ? <q `in ${>{}<q }`> : <q 'c'><q } d`>",
            ),
            (
                "r = /['/]\\//g; q = a / b / 'c'",
                "r = <q /['/]\\//>g; q = a / b / <q 'c'>",
            ),
            ("'open\nlet x", "<q 'open>\n<k let> x"),
            ("'it\\'s'", "<q 'it\\'s'>"),
        ] {
            assert_eq!(marked(program), expected);
        }
    }

    #[test]
    fn the_texts_of_a_program_are_named_once_and_as_they_are_printed() {
        let program = "log('b'); log(\"a\"); log('b'); log(`c`); log(`d ${e}`); log('f\\n')";
        assert_eq!(texts(program), ["b", "a", "c"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(program in "[-a /*'\"`${}\\\\\n.;é]{0,40}") {
            let all: String = pieces(&program).iter().map(|(_, written)| *written).collect();
            prop_assert_eq!(&all, &program);
            let ended = program.strip_suffix('\n').unwrap_or(&program);
            let lines = lines(&program).lines().len();
            prop_assert_eq!(lines, if program.is_empty() { 0 } else { ended.split('\n').count() });
        }
    }
}
