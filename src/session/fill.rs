//! Filling blanks.

use super::draft::{
    Draft, Pressed, Said, Shown, other_questions, other_questions_from_text, say, task,
};
use super::editor::Editor;
use super::{Hint, Key};
use crate::course::Answer;
use crate::report::{Line, Style, Text};
use crate::words;

/// What stands in the blanks.
#[derive(Debug)]
pub struct Fill {
    /// By name, in the order of the text; at least one.
    blanks: Vec<(String, Editor)>,
    at: usize,
}

impl Fill {
    /// Nothing stands in them.
    pub fn new(names: &[&str]) -> Self {
        let blank = |name: &&str| (format!("[[{name}]]"), Editor::default());
        Fill {
            blanks: names.iter().map(blank).collect(),
            at: 0,
        }
    }

    fn here(&mut self) -> &mut Editor {
        &mut self.blanks[self.at].1
    }

    fn is_untyped(&self) -> bool {
        self.blanks.iter().all(|(_, typed)| typed.is_empty())
    }

    fn is_last(&self) -> bool {
        self.at + 1 == self.blanks.len()
    }

    fn lead(&self, name: &str) -> String {
        let names = self.blanks.iter().map(|(name, _)| name.chars().count());
        let width = names.max().unwrap_or(0);
        format!("  {name:width$} │ ")
    }

    fn empty(&self) -> Vec<String> {
        let empty = self.blanks.iter().filter(|(_, text)| is_blank(text));
        empty.map(|(name, _)| words::code(name)).collect()
    }
}

fn is_blank(text: &Editor) -> bool {
    text.text().trim().is_empty()
}

impl Draft for Fill {
    fn press(&mut self, key: &Key) -> Pressed {
        match key {
            Key::Enter if self.is_last() => Pressed::Ready,
            Key::Enter | Key::Down | Key::Tab => {
                self.at = (self.at + 1).min(self.blanks.len() - 1);
                Pressed::Moved
            }
            Key::Up => {
                self.at = self.at.saturating_sub(1);
                Pressed::Moved
            }
            Key::Paste(text) => {
                let line = text.lines().collect::<Vec<_>>().join(" ");
                self.here().insert(&line);
                Pressed::Changed
            }
            // Where nothing is typed there is nothing to move in.
            Key::Left | Key::Right if self.is_untyped() => Pressed::Ignored,
            Key::Char(_)
            | Key::Left
            | Key::Right
            | Key::Home
            | Key::End
            | Key::CarryUp
            | Key::CarryDown
            | Key::Next
            | Key::Back
            | Key::Escape
            | Key::Backspace
            | Key::Delete => self.here().press(key),
        }
    }

    fn show(&self, shown: Shown) -> Text {
        let mut text = match shown {
            Shown::Open => task("type what belongs in each blank"),
            Shown::Closed => Text::new(),
        };
        for (at, (name, typed)) in self.blanks.iter().enumerate() {
            let line = Line::verbatim().led_by(Style::Code, &self.lead(name));
            text.push(match (shown, at == self.at) {
                (Shown::Open, true) => typed.show_with_cursor(line),
                (Shown::Open | Shown::Closed, _) => typed.show(line),
            });
        }
        text
    }

    fn keys(&self) -> Vec<Hint> {
        let enter = match self.is_last() {
            true => Hint::new("enter", "answer"),
            false => Hint::new("enter", "next blank"),
        };
        let mut keys = vec![enter];
        if self.blanks.len() > 1 {
            keys.insert(0, Hint::new("↑↓", "move"));
        }
        keys.push(match self.is_untyped() {
            true => other_questions(),
            false => other_questions_from_text(),
        });
        keys
    }

    fn answer(&self) -> Option<Answer> {
        let texts = self.blanks.iter().map(|(_, text)| {
            let filled = !is_blank(text);
            filled.then(|| text.text())
        });
        let texts: Vec<Option<String>> = texts.collect();
        let any = texts.iter().any(Option::is_some);
        any.then_some(Answer::Blanks(texts))
    }

    fn wants(&self) -> String {
        "nothing is typed yet".to_owned()
    }

    fn doubt(&self) -> Option<String> {
        let empty = self.empty();
        let are = match empty.len() {
            0 => return None,
            1 => "is empty; enter again if it",
            _ => "are empty; enter again if they",
        };
        Some(format!("{} {are} may stay so", words::and(empty)))
    }

    fn take(&mut self, answer: &Answer) {
        if let Answer::Blanks(texts) = answer {
            for ((_, typed), text) in self.blanks.iter_mut().zip(texts) {
                *typed = Editor::at_end(text.as_deref().unwrap_or_default());
            }
        }
    }

    fn tell(&self) -> Text {
        Text::new()
    }

    fn told(&self) -> Text {
        let mut text = say("you answered");
        text.append(self.show(Shown::Closed), 0);
        text
    }

    fn prompt(&self) -> String {
        format!("what belongs in {}", self.blanks[self.at].0)
    }

    fn hear(&mut self, line: &str) -> Said {
        *self.here() = Editor::default();
        self.here().insert(line);
        if !self.is_last() {
            self.at += 1;
            return Said::More;
        }
        match self.answer() {
            Some(_) => Said::Ready,
            None => {
                self.at = 0;
                Said::No("all blanks are empty".to_owned())
            }
        }
    }

    fn begin(&mut self) {
        self.at = 0;
    }
}
