//! A line of text while it is typed.

use super::Key;
use super::draft::Pressed;
use crate::report::{Line, Style};

/// A line and the place in it where the next character goes.
#[derive(Debug, Clone, Default)]
pub struct Editor {
    before: String,
    after: String,
}

impl Editor {
    /// This text, to be gone on with at its end.
    pub fn at_end(text: &str) -> Self {
        Editor {
            before: text.to_owned(),
            after: String::new(),
        }
    }

    /// What stands there.
    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// Whether nothing stands there.
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// Whether nothing stands before the cursor.
    pub fn is_at_start(&self) -> bool {
        self.before.is_empty()
    }

    /// Whether nothing stands behind the cursor.
    pub fn is_at_end(&self) -> bool {
        self.after.is_empty()
    }

    /// Adds a text at the cursor; what is no character to be seen or a blank is left out.
    pub fn insert(&mut self, text: &str) {
        self.before.extend(text.chars().filter(|c| !c.is_control()));
    }

    /// What stands behind the cursor is no longer there.
    pub fn split(&mut self) -> Editor {
        Editor {
            before: String::new(),
            after: std::mem::take(&mut self.after),
        }
    }

    /// The other text stands behind this one; the cursor is between them.
    pub fn join(&mut self, other: &Editor) {
        self.before.push_str(&self.after);
        self.after = other.text();
    }

    /// A key that changes this line or moves in it; whether it was one.
    pub fn press(&mut self, key: &Key) -> Pressed {
        match key {
            Key::Char(c) => {
                self.insert(c.encode_utf8(&mut [0; 4]));
                Pressed::Changed
            }
            Key::Left => self.moved(|line| {
                if let Some(c) = line.before.pop() {
                    line.after.insert(0, c);
                }
            }),
            Key::Right => self.moved(|line| {
                if !line.after.is_empty() {
                    line.before.push(line.after.remove(0));
                }
            }),
            Key::Home => self.moved(|line| {
                line.before.push_str(&line.after);
                line.after = std::mem::take(&mut line.before);
            }),
            Key::End => self.moved(|line| {
                line.before.push_str(&std::mem::take(&mut line.after));
            }),
            Key::Backspace => {
                self.before.pop();
                Pressed::Changed
            }
            Key::Delete => {
                if !self.after.is_empty() {
                    self.after.remove(0);
                }
                Pressed::Changed
            }
            Key::Up
            | Key::Down
            | Key::CarryUp
            | Key::CarryDown
            | Key::Next
            | Key::Back
            | Key::Enter
            | Key::Tab
            | Key::Escape
            | Key::Paste(_) => Pressed::Ignored,
        }
    }

    fn moved(&mut self, change: impl FnOnce(&mut Self)) -> Pressed {
        change(self);
        Pressed::Moved
    }

    /// The line with its cursor at its end.
    pub fn show_with_cursor(&self, line: Line) -> Line {
        let mut after = self.after.chars();
        let under = after.next().unwrap_or(' ');
        line.exactly(Style::Plain, &self.before)
            .exactly(Style::Cursor, under.encode_utf8(&mut [0; 4]))
            .exactly(Style::Plain, after.as_str())
    }

    /// The line without a cursor.
    pub fn show(&self, line: Line) -> Line {
        line.exactly(Style::Plain, &self.text())
    }
}
