//! Markdown as authors write it, as text for a page of any width: paragraphs, lists, headings and code.
//!
//! Marks inside a line stay as they are: they read well in plain text.

use super::text::{Line, Style, Text};

/// The Markdown's paragraphs as lines that may be wrapped, its code as lines that may not.
pub fn prose(markdown: &str) -> Text {
    let mut text = Text::new();
    let mut paragraph = Paragraph::default();
    let mut code = false;
    for line in markdown.trim().lines() {
        if line.trim_start().starts_with("```") {
            paragraph.end(&mut text);
            code = !code;
        } else if code {
            text.append(one(Line::verbatim().exactly(Style::Code, line)), CODE);
        } else if line.trim().is_empty() {
            paragraph.end(&mut text);
            text.gap();
        } else if let Some(heading) = heading(line) {
            paragraph.end(&mut text);
            text.push(Line::words(Style::Strong, heading));
        } else {
            paragraph.take(line, &mut text);
        }
    }
    paragraph.end(&mut text);
    text
}

/// Code is so far to the right.
const CODE: usize = 4;

fn one(line: Line) -> Text {
    let mut text = Text::new();
    text.push(line);
    text
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    (rest.len() < line.len())
        .then(|| rest.strip_prefix(' '))
        .flatten()
}

/// Lines that belong together: they are told as one, with what a list puts before them.
#[derive(Default)]
struct Paragraph {
    mark: String,
    words: String,
}

impl Paragraph {
    fn take(&mut self, line: &str, text: &mut Text) {
        let (mark, words) = item(line);
        if !mark.is_empty() {
            self.end(text);
            self.mark = mark.to_owned();
        }
        if !self.words.is_empty() {
            self.words.push(' ');
        }
        self.words.push_str(words);
    }

    fn end(&mut self, text: &mut Text) {
        let Paragraph { mark, words } = std::mem::take(self);
        if words.is_empty() {
            return;
        }
        let line = Line::words(Style::Plain, &words);
        text.push(if mark.is_empty() {
            line
        } else {
            line.led_by(Style::Plain, &mark)
        });
    }
}

/// What a list puts before its item, and the item: `- a`, `1. a`.
fn item(line: &str) -> (&str, &str) {
    let line = line.trim();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = if digits > 0 && line[digits..].starts_with(". ") {
        digits + 2
    } else if line.starts_with("- ") || line.starts_with("* ") {
        2
    } else {
        0
    };
    line.split_at(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_one_line_and_code_is_kept() {
        let markdown = "# A task\n\nPrint it\non a line.\n\n1. first,\n   then\n2. second\n\n```js\na\n  b\n```\nend";
        let expected =
            "A task\n\nPrint it on a line.\n\n1. first, then\n2. second\n\n    a\n      b\nend\n";
        assert_eq!(prose(markdown).plain(), expected);
    }
}
