//! Choosing one of several, or all that are right.

use std::collections::BTreeSet;

use super::draft::{Draft, Pressed, Said, Shown, other_questions, say, task};
use super::options::{self, Pointer, Shuffled};
use super::{Hint, Key};
use crate::course::{Answer, Asked};
use crate::report::Text;
use crate::words;

/// What is chosen.
#[derive(Debug)]
pub struct Choose {
    asked: Asked,
    options: Vec<Shuffled>,
    /// Places among the options as they are shown.
    chosen: BTreeSet<usize>,
    /// Where one is asked for, the one pointed at is the one chosen.
    pointer: Option<usize>,
}

impl Choose {
    /// Nothing is chosen yet.
    pub fn new(asked: Asked, options: Vec<Shuffled>) -> Self {
        Choose {
            pointer: match asked {
                Asked::One => None,
                Asked::Several => Some(0),
            },
            asked,
            options,
            chosen: BTreeSet::new(),
        }
    }

    fn point(&mut self, at: usize) -> Pressed {
        self.pointer = Some(at);
        match self.asked {
            Asked::One => {
                self.chosen = [at].into();
                Pressed::Changed
            }
            Asked::Several => Pressed::Moved,
        }
    }

    fn toggle(&mut self, at: usize) -> Pressed {
        self.pointer = Some(at);
        match self.asked {
            Asked::One => self.chosen = [at].into(),
            Asked::Several => {
                if !self.chosen.remove(&at) {
                    self.chosen.insert(at);
                }
            }
        }
        Pressed::Changed
    }

    fn task(&self) -> &'static str {
        match self.asked {
            Asked::One => "choose one",
            Asked::Several => "choose all that are right",
        }
    }

    fn mark(&self, at: usize) -> &'static str {
        match (self.asked, self.chosen.contains(&at)) {
            (Asked::One, true) => "(•) ",
            (Asked::One, false) => "( ) ",
            (Asked::Several, true) => "[x] ",
            (Asked::Several, false) => "[ ] ",
        }
    }
}

impl Draft for Choose {
    fn press(&mut self, key: &Key) -> Pressed {
        let last = self.options.len() - 1;
        match key {
            Key::Up => self.point(self.pointer.map_or(last, |at| at.saturating_sub(1))),
            Key::Down => self.point(self.pointer.map_or(0, |at| (at + 1).min(last))),
            Key::Home => self.point(0),
            Key::End => self.point(last),
            Key::Char(' ') => self.toggle(self.pointer.unwrap_or(0)),
            Key::Char(c) => match options::digit(*c, self.options.len()) {
                Some(at) => self.toggle(at),
                None => Pressed::Ignored,
            },
            Key::Enter => Pressed::Ready,
            Key::Left
            | Key::Right
            | Key::CarryUp
            | Key::CarryDown
            | Key::Next
            | Key::Back
            | Key::Tab
            | Key::Escape
            | Key::Backspace
            | Key::Delete
            | Key::Paste(_) => Pressed::Ignored,
        }
    }

    fn show(&self, shown: Shown) -> Text {
        let pointed = self.pointer.filter(|_| shown == Shown::Open);
        let mut text = match shown {
            Shown::Open => task(self.task()),
            Shown::Closed => Text::new(),
        };
        for (at, option) in self.options.iter().enumerate() {
            let number = options::number(at, self.options.len());
            let marks = format!("{}{number}", self.mark(at));
            let pointer = Pointer::at(at, pointed);
            text.append(options::line(pointer, &marks, &option.text), 0);
        }
        text
    }

    fn keys(&self) -> Vec<Hint> {
        let mut keys = match self.asked {
            Asked::One => {
                let digits = options::digits(self.options.len());
                vec![Hint::new(&format!("↑↓ {digits}"), "choose")]
            }
            Asked::Several => vec![Hint::new("↑↓", "move"), Hint::new("space", "mark")],
        };
        keys.extend([Hint::new("enter", "answer"), other_questions()]);
        keys
    }

    fn answer(&self) -> Option<Answer> {
        let chosen = self.chosen.iter().map(|at| self.options[*at].at);
        (!self.chosen.is_empty()).then(|| Answer::Choices(chosen.collect()))
    }

    fn wants(&self) -> String {
        match self.asked {
            Asked::One => "nothing is chosen yet: press ↑, ↓ or a digit".to_owned(),
            Asked::Several => "nothing is chosen yet: press space or a digit".to_owned(),
        }
    }

    fn doubt(&self) -> Option<String> {
        None
    }

    fn take(&mut self, answer: &Answer) {
        if let Answer::Choices(chosen) = answer {
            let shown = self.options.iter().enumerate();
            let shown = shown.filter(|(_, option)| chosen.contains(&option.at));
            self.chosen = shown.map(|(at, _)| at).collect();
            if self.asked == Asked::One {
                self.pointer = self.chosen.first().copied();
            }
        }
    }

    fn tell(&self) -> Text {
        options::numbered(&self.options)
    }

    fn told(&self) -> Text {
        let numbers = self.chosen.iter().map(|at| (at + 1).to_string());
        say(&format!("you answered {}", words::and(numbers)))
    }

    fn prompt(&self) -> String {
        match self.asked {
            Asked::One => format!("one number from 1 to {}", self.options.len()),
            Asked::Several => format!(
                "all numbers that are right, from 1 to {}",
                self.options.len()
            ),
        }
    }

    fn hear(&mut self, line: &str) -> Said {
        let named = match options::named(line, self.options.len()) {
            Ok(named) => named,
            Err(why) => return Said::No(why),
        };
        match (self.asked, named.len()) {
            (_, 0) => Said::No("nothing is chosen yet".to_owned()),
            (Asked::One, 2..) => Said::No("only one is asked for".to_owned()),
            (Asked::One | Asked::Several, _) => {
                self.chosen = named.into_iter().collect();
                Said::Ready
            }
        }
    }

    fn begin(&mut self) {}
}
