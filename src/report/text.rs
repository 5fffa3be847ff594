//! Text for people: lines of styled pieces that a terminal colours, a report writes plain and a page makes HTML of.
//!
//! Everything that gets into a [`Text`] passes [`words::visible`], and no line of it can be read as a command by
//! a system that watches our output. It does not know widths: whoever shows it wraps it.

use crate::words;

/// Several lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    lines: Vec<Line>,
}

/// One line, before it is wrapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    indent: usize,
    lead: Vec<Span>,
    spans: Vec<Span>,
    flow: Flow,
}

/// How a line may be broken where it is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Between words, and what follows begins below the first word.
    Words,
    /// Anywhere: blanks count.
    Verbatim,
    /// Where a reader of programs would; what follows is marked as belonging to it.
    Code,
}

/// A piece of a line in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    text: String,
    style: Style,
}

/// What a piece is, not how it looks. Nothing is said by style alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Words.
    Plain,
    /// What is right.
    Good,
    /// The very characters that should be there.
    GoodMark,
    /// What is wrong.
    Bad,
    /// The very characters that are wrong.
    BadMark,
    /// What deserves a look and costs nothing.
    Warn,
    /// What can be skipped.
    Dim,
    /// A title.
    Strong,
    /// Names, lines and commands inside a sentence.
    Code,
    /// A word of a programming language.
    Keyword,
    /// A text in a program.
    Quoted,
    /// A comment in a program.
    Comment,
    /// Where the next key has its effect; a text has at most one such piece.
    Cursor,
}

impl Text {
    /// No lines.
    pub fn new() -> Self {
        Text::default()
    }

    /// The lines, from the top.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Whether there are no lines.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Adds a line.
    pub fn push(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Adds all lines of another text, so much further to the right.
    pub fn append(&mut self, other: Text, indent: usize) {
        self.lines.extend(other.lines.into_iter().map(|line| Line {
            indent: line.indent + indent,
            ..line
        }));
    }

    /// Adds all lines of another text behind what stands before the first; the others begin where that ends.
    pub fn append_behind(&mut self, lead: Vec<Span>, other: Text) {
        let width = lead.iter().map(|span| span.text.chars().count()).sum();
        let mut lines = other.lines.into_iter();
        let first = lines.next();
        let mut first = first.unwrap_or_else(|| Line::words(Style::Plain, ""));
        let indent = Span::new(Style::Plain, &" ".repeat(first.indent));
        first.lead.splice(0..0, lead.into_iter().chain([indent]));
        self.push(Line { indent: 0, ..first });
        let others = Text {
            lines: lines.collect(),
        };
        self.append(others, width);
    }

    /// Adds an empty line, unless nothing or an empty line stands before it.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_blank()) {
            self.push(Line::words(Style::Plain, ""));
        }
    }

    /// The text without styles, each line ended.
    pub fn plain(&self) -> String {
        self.lines.iter().fold(String::new(), |mut text, line| {
            text.push_str(&line.plain());
            text.push('\n');
            text
        })
    }
}

impl Line {
    /// A sentence. What stands in backticks is [`Style::Code`].
    pub fn words(style: Style, sentence: &str) -> Self {
        let line = Line {
            indent: 0,
            lead: Vec::new(),
            spans: Vec::new(),
            flow: Flow::Words,
        };
        line.and(style, sentence)
    }

    /// A line of a program or of what it printed, without pieces yet.
    pub fn verbatim() -> Self {
        Line {
            indent: 0,
            lead: Vec::new(),
            spans: Vec::new(),
            flow: Flow::Verbatim,
        }
    }

    /// A line of a program to be read, without pieces yet.
    pub fn code() -> Self {
        Line {
            flow: Flow::Code,
            ..Line::verbatim()
        }
    }

    /// The same line with a piece before it that stays at the left where it is wrapped.
    pub fn led_by(mut self, style: Style, lead: &str) -> Self {
        self.lead.push(Span::new(style, lead));
        self
    }

    /// The same line with more of a sentence at its end.
    pub fn and(mut self, style: Style, sentence: &str) -> Self {
        let mut parts = sentence.split('`').peekable();
        let mut code = false;
        while let Some(part) = parts.next() {
            let more = parts.peek().is_some();
            if code && more {
                self.spans
                    .push(Span::new(Style::Code, &format!("`{part}`")));
            } else if code {
                self.spans.push(Span::new(style, &format!("`{part}")));
            } else if !part.is_empty() {
                self.spans.push(Span::new(style, part));
            }
            code = !code;
        }
        self
    }

    /// The same line with a piece at its end, taken as it is.
    pub fn exactly(mut self, style: Style, piece: &str) -> Self {
        self.spans.push(Span::new(style, piece));
        self
    }

    /// The same line, so much further to the right.
    pub fn indented(mut self, columns: usize) -> Self {
        self.indent += columns;
        self
    }

    /// How many columns it stands to the right.
    pub fn indent(&self) -> usize {
        self.indent
    }

    /// What stands before it and is not wrapped.
    pub fn lead(&self) -> &[Span] {
        &self.lead
    }

    /// Its pieces.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// How it may be broken.
    pub fn flow(&self) -> Flow {
        self.flow
    }

    /// Whether nothing stands on it.
    pub fn is_blank(&self) -> bool {
        self.lead
            .iter()
            .chain(&self.spans)
            .all(|span| span.text.is_empty())
    }

    /// The line without styles and without its end.
    pub fn plain(&self) -> String {
        let mut line = " ".repeat(self.indent);
        for span in self.lead.iter().chain(&self.spans) {
            line.push_str(&span.text);
        }
        unlike_a_command(line.trim_end())
    }
}

impl Span {
    /// A piece; what could not be seen in it is made visible.
    pub fn new(style: Style, text: &str) -> Self {
        Span {
            text: words::visible(text),
            style,
        }
    }

    /// What it says: never a control character, so never more than one line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it is.
    pub fn style(&self) -> Style {
        self.style
    }
}

/// The line, so that no CI system takes it for a command to itself.
///
/// GitHub's runner reads commands from whatever a step prints: `::name …::` at the start of a line, blanks aside, and
/// the older `##[name]` anywhere in it (`ActionCommand.cs` of actions/runner).
pub fn unlike_a_command(line: &str) -> String {
    let line = line.replace("##[", "##\\u{5b}");
    match line.trim_start().strip_prefix("::") {
        Some(rest) => {
            let indent = line.len() - line.trim_start().len();
            format!("{}\\u{{3a}}:{rest}", &line[..indent])
        }
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_in_a_sentence_is_a_piece_of_its_own() {
        let line = Line::words(Style::Plain, "`a` must come after `b`");
        let pieces: Vec<_> = line
            .spans()
            .iter()
            .map(|span| (span.text(), span.style()))
            .collect();
        let expected = [
            ("`a`", Style::Code),
            (" must come after ", Style::Plain),
            ("`b`", Style::Code),
        ];
        assert_eq!(pieces, expected);
        for odd in ["`", "a`b", "``", "`a`b`"] {
            assert_eq!(Line::words(Style::Plain, odd).plain(), odd);
        }
    }

    #[test]
    fn a_text_behind_a_piece_begins_where_the_piece_ends() {
        let mut other = Text::new();
        other.push(Line::words(Style::Plain, "one").led_by(Style::Plain, "- "));
        other.push(Line::words(Style::Plain, "two"));
        let mut text = Text::new();
        text.append_behind(vec![Span::new(Style::Plain, "12 ")], other);
        text.append_behind(vec![Span::new(Style::Plain, "13")], Text::new());
        assert_eq!(text.plain(), "12 - one\n   two\n13\n");
    }

    #[test]
    fn no_line_is_a_command() {
        let line = |pieces: &[&str]| {
            pieces
                .iter()
                .fold(Line::verbatim(), |line, piece| {
                    line.exactly(Style::Plain, piece)
                })
                .plain()
        };
        assert_eq!(line(&[" :", ":error::x"]), " \\u{3a}:error::x");
        assert_eq!(line(&["a ##", "[error]x"]), "a ##\\u{5b}error]x");
        assert_eq!(line(&["std::io"]), "std::io");
        assert_eq!(line(&["\u{3000}::error::x"]), "\u{3000}\\u{3a}:error::x");
    }
}
