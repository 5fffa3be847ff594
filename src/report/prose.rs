//! Markdown as authors write it, as text for a page of any width: paragraphs, lists, headings and code.
//!
//! Marks inside a line stay as they are: they read well in plain text.

use super::javascript;
use super::text::{Line, Style, Text};

/// The Markdown's paragraphs as lines that may be wrapped, its code as lines that may not.
pub fn prose(markdown: &str) -> Text {
    let mut text = Text::new();
    let mut paragraph = Paragraph::default();
    let mut open: Option<Block> = None;
    for line in markdown.trim().lines() {
        let fence = line.trim_start().strip_prefix("```");
        if let (Some(_), Some(block)) = (fence, &open) {
            text.append(block.text(), CODE);
            open = None;
        } else if let Some(info) = fence {
            paragraph.end(&mut text);
            if let Some(caption) = caption(info) {
                text.push(Line::words(Style::Dim, &caption));
            }
            open = Some(Block::of(info));
        } else if let Some(block) = &mut open {
            block.code.push_str(line);
            block.code.push('\n');
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
    if let Some(block) = open {
        text.append(block.text(), CODE);
    }
    text
}

/// A program in the text, as it stands in a block of code.
pub fn program(code: &str) -> Text {
    let mut text = Text::new();
    text.append(javascript::lines(code), CODE);
    text
}

/// What a block of a page is: the file it holds, or that it is what the program before it prints.
fn caption(info: &str) -> Option<String> {
    let words: Vec<&str> = info.split_whitespace().collect();
    match words.as_slice() {
        [_, "prints"] => Some("prints".to_owned()),
        [_, "prints", "on", versions] => Some(format!("prints on Node {versions}")),
        [_, file] if file.contains('.') => Some(format!("{file}:")),
        _ => None,
    }
}

/// Code is so far to the right.
const CODE: usize = 4;

/// What a block of code calls JavaScript, or what looks like it.
const JAVASCRIPT: &[&str] = &["js", "javascript", "mjs", "cjs", "ts", "typescript"];

/// A block of code.
struct Block {
    javascript: bool,
    code: String,
}

impl Block {
    fn of(language: &str) -> Self {
        let language = language.split_whitespace().next();
        Block {
            javascript: language.is_some_and(|language| JAVASCRIPT.contains(&language)),
            code: String::new(),
        }
    }

    fn text(&self) -> Text {
        if self.javascript {
            return javascript::lines(&self.code);
        }
        let lines = self.code.lines();
        lines.fold(Text::new(), |mut text, line| {
            text.push(Line::code().exactly(Style::Code, line));
            text
        })
    }
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
        assert_eq!(prose("a\n```\nb\n\nc").plain(), "a\n    b\n\n    c\n");
    }

    #[test]
    fn a_block_says_which_file_it_is_and_that_it_is_printed() {
        let page =
            "```js main.cjs\nlet x\n```\n```text prints on 22+\n1\n```\n```yaml prints\na\n```";
        let expected = "main.cjs:\n    let x\nprints on Node 22+\n    1\nprints\n    a\n";
        assert_eq!(prose(page).plain(), expected);
    }

    #[test]
    fn javascript_has_its_keywords_told_and_other_code_has_not() {
        let styles = |markdown: &str| {
            let text = prose(markdown);
            let spans = text.lines().iter().flat_map(|line| line.spans());
            spans.map(|span| span.style()).collect::<Vec<_>>()
        };
        assert_eq!(styles("```js\nlet x\n```"), [Style::Keyword, Style::Plain]);
        assert_eq!(styles("```text\nlet x\n```"), [Style::Code]);
    }
}
