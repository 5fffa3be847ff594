//! Choosing a quiz of the course.

use super::options::{self, Pointer};
use super::{Heard, Hint, Key, Listener, Look, Player, Then, View, draft};
use crate::course::Quiz;
use crate::report::{Line, Span, Style, Text};
use crate::words;

/// The quizzes to choose from; at least one.
#[derive(Debug)]
pub struct Pick<'a> {
    quizzes: Vec<&'a Quiz>,
    pointer: usize,
    picked: Option<usize>,
}

impl<'a> Pick<'a> {
    /// These quizzes, if there are any.
    pub fn of(quizzes: impl IntoIterator<Item = &'a Quiz>) -> Option<Self> {
        let quizzes: Vec<&Quiz> = quizzes.into_iter().collect();
        (!quizzes.is_empty()).then_some(Pick {
            quizzes,
            pointer: 0,
            picked: None,
        })
    }

    /// The one that was picked.
    pub fn picked(&self) -> Option<&'a Quiz> {
        self.picked.map(|at| self.quizzes[at])
    }

    fn title(&self) -> Line {
        Line::words(Style::Strong, "Which quiz?")
    }

    fn pick(&mut self, at: usize) -> Then {
        self.picked = Some(at);
        Then::End
    }

    fn rows(&self, pointed: Option<usize>) -> Text {
        let mut text = Text::new();
        let all = self.quizzes.len();
        for (at, quiz) in self.quizzes.iter().enumerate() {
            let questions = words::count(quiz.questions.len(), "question");
            let line = format!("{} ({}, {questions})", quiz.title, quiz.id);
            let pointer = pointed.map(|_| Pointer::at(at, pointed).span());
            let number = Span::new(Style::Plain, &options::number(at, all));
            let lead = pointer.into_iter().chain([number]);
            text.append_behind(lead.collect(), draft::say(&line));
        }
        text
    }
}

impl Player for Pick<'_> {
    fn view(&self) -> View {
        let digits = options::digits(self.quizzes.len());
        View {
            title: self.title(),
            body: self.rows(Some(self.pointer)),
            look: Look::AtCursor,
            message: None,
            keys: vec![
                Hint::new("↑↓", "move"),
                Hint::new(&format!("enter {digits}"), "choose"),
                Hint::new("ctrl-c", "stop"),
            ],
            page: 0,
        }
    }

    fn press(&mut self, key: &Key) -> Then {
        let last = self.quizzes.len() - 1;
        match key {
            Key::Up => self.pointer = self.pointer.saturating_sub(1),
            Key::Down => self.pointer = (self.pointer + 1).min(last),
            Key::Home => self.pointer = 0,
            Key::End => self.pointer = last,
            Key::Enter => return self.pick(self.pointer),
            Key::Char(c) => {
                if let Some(at) = options::digit(*c, self.quizzes.len()) {
                    return self.pick(at);
                }
            }
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
            | Key::Paste(_) => {}
        }
        Then::GoOn
    }

    fn leave(&mut self) {}
}

impl Listener for Pick<'_> {
    fn begin(&mut self) -> Text {
        let mut text = Text::new();
        text.push(self.title());
        text.append(self.rows(None), 0);
        text.gap();
        text
    }

    fn prompt(&self) -> String {
        format!("one number from 1 to {}, or `quit`", self.quizzes.len())
    }

    fn hear(&mut self, line: &str) -> Heard {
        let then = |then| Heard {
            says: Text::new(),
            then,
        };
        if line.trim() == "quit" {
            return then(Then::Stop);
        }
        match options::named(line, self.quizzes.len()) {
            Ok(numbers) if numbers.len() == 1 => then(self.pick(numbers[0])),
            Ok(_) => Heard {
                says: draft::say(&self.prompt()),
                then: Then::GoOn,
            },
            Err(why) => Heard {
                says: draft::say(&why),
                then: Then::GoOn,
            },
        }
    }
}
