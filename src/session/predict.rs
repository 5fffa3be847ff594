//! Saying what a program prints, and whether it always prints it in this order.
//!
//! The lines are typed, or picked out of the texts that the program names: all of them are offered, so that offering
//! them gives nothing away.

use super::draft::{
    Draft, Pressed, Said, Shown, other_questions, other_questions_from_text, say, task,
};
use super::editor::Editor;
use super::options::{self, Pointer};
use super::{Hint, Key};
use crate::course::Answer;
use crate::report::{Line, Span, Style, Text};
use crate::trace::Printed;

/// What was said so far.
#[derive(Debug)]
pub struct Predict {
    /// The texts that the program names.
    texts: Vec<String>,
    /// At least one. The last one counts only if something stands on it: it is where the next line would be typed.
    lines: Vec<Editor>,
    only: Option<bool>,
    at: At,
    /// Whether the last line heard was empty and none stood before it.
    said_nothing: bool,
}

/// Where the cursor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// On a line.
    Line(usize),
    /// On a line, with the texts of the program to choose from: on one of them.
    Texts(usize, usize),
    /// At whether it is the only order.
    Only,
}

impl Predict {
    /// Nothing was said yet.
    pub fn new(texts: Vec<&str>) -> Self {
        Predict {
            texts: texts.into_iter().map(str::to_owned).collect(),
            lines: vec![Editor::default()],
            only: None,
            at: At::Line(0),
            said_nothing: false,
        }
    }

    fn said(&self) -> &[Editor] {
        match self.lines.split_last() {
            Some((last, before)) if last.is_empty() => before,
            Some(_) | None => &self.lines,
        }
    }

    fn is_untyped(&self) -> bool {
        self.lines.iter().all(Editor::is_empty)
    }

    fn on_line(&mut self, at: usize, key: &Key) -> Pressed {
        let last = self.lines.len() - 1;
        match key {
            Key::Up => self.go_to_line(at.saturating_sub(1)),
            Key::Down if at == last => self.go(At::Only),
            Key::Down => self.go_to_line(at + 1),
            Key::Enter if at == last && self.lines[at].is_empty() => self.go(At::Only),
            Key::Enter => {
                let rest = self.lines[at].split();
                self.lines.insert(at + 1, rest);
                self.go_to_line(at + 1);
                Pressed::Changed
            }
            Key::Tab if !self.texts.is_empty() => self.go(At::Texts(at, 0)),
            Key::CarryUp if at > 0 => self.carry(at, at - 1),
            Key::CarryDown if at < last => self.carry(at, at + 1),
            Key::Backspace if self.lines[at].is_at_start() && at > 0 => self.join(at - 1),
            Key::Delete if self.lines[at].is_at_end() && at < last => self.join(at),
            Key::Paste(text) => self.paste(at, text),
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
            | Key::Tab
            | Key::Escape
            | Key::Backspace
            | Key::Delete => self.lines[at].press(key),
        }
    }

    fn go(&mut self, at: At) -> Pressed {
        self.at = at;
        Pressed::Moved
    }

    fn go_to_line(&mut self, at: usize) -> Pressed {
        self.go(At::Line(at))
    }

    fn carry(&mut self, from: usize, to: usize) -> Pressed {
        self.lines.swap(from, to);
        self.go_to_line(to);
        Pressed::Changed
    }

    /// Joins a line with the one below it.
    fn join(&mut self, at: usize) -> Pressed {
        let below = self.lines.remove(at + 1);
        self.lines[at].press(&Key::End);
        self.lines[at].join(&below);
        self.go_to_line(at);
        Pressed::Changed
    }

    fn paste(&mut self, at: usize, text: &str) -> Pressed {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let mut at = at;
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                let rest = self.lines[at].split();
                at += 1;
                self.lines.insert(at, rest);
            }
            self.lines[at].insert(line);
        }
        self.go_to_line(at);
        Pressed::Changed
    }

    fn among_texts(&mut self, at: usize, text: usize, key: &Key) -> Pressed {
        let last = self.texts.len() - 1;
        match key {
            Key::Up => self.go(At::Texts(at, text.saturating_sub(1))),
            Key::Down => self.go(At::Texts(at, (text + 1).min(last))),
            Key::Enter | Key::Char(' ') => self.pick(at, text),
            Key::Tab | Key::Escape => self.go_to_line(at),
            Key::Char(c) => match options::digit(*c, self.texts.len()) {
                Some(text) => self.pick(at, text),
                None => {
                    self.go_to_line(at);
                    self.on_line(at, key)
                }
            },
            Key::Left
            | Key::Right
            | Key::Home
            | Key::End
            | Key::CarryUp
            | Key::CarryDown
            | Key::Next
            | Key::Back
            | Key::Backspace
            | Key::Delete
            | Key::Paste(_) => {
                self.go_to_line(at);
                self.on_line(at, key)
            }
        }
    }

    /// Puts a text on a line of its own, and goes on below it.
    fn pick(&mut self, at: usize, text: usize) -> Pressed {
        let picked = Editor::at_end(&self.texts[text]);
        let at = match self.lines[at].is_empty() {
            true => at,
            false => {
                self.lines.insert(at + 1, Editor::default());
                at + 1
            }
        };
        self.lines[at] = picked;
        if at + 1 == self.lines.len() || !self.lines[at + 1].is_empty() {
            self.lines.insert(at + 1, Editor::default());
        }
        self.at = At::Texts(at + 1, text);
        Pressed::Changed
    }

    fn at_only(&mut self, key: &Key) -> Pressed {
        match key {
            Key::Up => self.go_to_line(self.lines.len() - 1),
            Key::Char('y' | 'Y') => self.certain(Some(true)),
            Key::Char('n' | 'N') => self.certain(Some(false)),
            Key::Char(' ') => self.certain(match self.only {
                None => Some(true),
                Some(true) => Some(false),
                Some(false) => None,
            }),
            Key::Backspace | Key::Delete => self.certain(None),
            Key::Enter => Pressed::Ready,
            Key::Down
            | Key::Left
            | Key::Right
            | Key::Home
            | Key::End
            | Key::CarryUp
            | Key::CarryDown
            | Key::Next
            | Key::Back
            | Key::Tab
            | Key::Escape
            | Key::Char(_)
            | Key::Paste(_) => Pressed::Ignored,
        }
    }

    fn certain(&mut self, only: Option<bool>) -> Pressed {
        self.only = only;
        Pressed::Changed
    }

    fn show_lines(&self, shown: Shown) -> Text {
        let lines = match (shown, self.at) {
            (Shown::Open, At::Line(_) | At::Texts(..)) => self.lines.as_slice(),
            (Shown::Open, At::Only) | (Shown::Closed, _) => self.said(),
        };
        let here = match (shown, self.at) {
            (Shown::Open, At::Line(at)) => Some(at),
            (Shown::Open, At::Texts(..) | At::Only) | (Shown::Closed, _) => None,
        };
        let mut text = Text::new();
        for (at, typed) in lines.iter().enumerate() {
            let number = options::number(at, lines.len());
            let line = Line::verbatim().led_by(Style::Dim, &format!("  {number}│ "));
            text.push(match here {
                Some(here) if here == at => typed.show_with_cursor(line),
                Some(_) | None => typed.show(line),
            });
        }
        if lines.is_empty() {
            text.append(say("nothing"), 2);
        }
        text
    }

    fn show_texts(&self, pointed: usize) -> Text {
        let mut text = task("pick a line: what the program has in quotes");
        for (at, named) in self.texts.iter().enumerate() {
            let number = options::number(at, self.texts.len());
            let lead = Pointer::at(at, Some(pointed)).span();
            let mut line = Text::new();
            line.push(Line::verbatim().exactly(Style::Plain, named));
            text.append_behind(vec![lead, Span::new(Style::Plain, &number)], line);
        }
        text
    }

    fn show_only(&self, shown: Shown) -> Text {
        let mark = |only| {
            if self.only == Some(only) {
                "(•)"
            } else {
                "( )"
            }
        };
        let (yes, no) = (mark(true), mark(false));
        let mut text = Text::new();
        let line = Line::words(Style::Plain, ONLY).exactly(Style::Plain, " ");
        let line = match (shown, self.at) {
            (Shown::Open, At::Only) => line.exactly(Style::Cursor, yes),
            (Shown::Open, At::Line(_) | At::Texts(..)) | (Shown::Closed, _) => {
                line.exactly(Style::Plain, yes)
            }
        };
        text.push(line.exactly(Style::Plain, &format!(" yes {no} no")));
        text
    }
}

const ONLY: &str = "is that the only order that it can print?";

impl Draft for Predict {
    fn press(&mut self, key: &Key) -> Pressed {
        match self.at {
            At::Line(at) => self.on_line(at, key),
            At::Texts(at, text) => self.among_texts(at, text, key),
            At::Only => self.at_only(key),
        }
    }

    fn show(&self, shown: Shown) -> Text {
        let mut text = match shown {
            Shown::Open => task("type what it prints, a line each; an empty line ends it"),
            Shown::Closed => task("you said that it prints"),
        };
        text.append(self.show_lines(shown), 0);
        text.append(self.show_only(shown), 0);
        match (shown, self.at) {
            (Shown::Open, At::Texts(_, pointed)) => {
                text.gap();
                text.append(self.show_texts(pointed), 0);
            }
            (Shown::Open, At::Line(_) | At::Only) | (Shown::Closed, _) => {}
        }
        text
    }

    fn keys(&self) -> Vec<Hint> {
        match self.at {
            At::Line(_) => {
                let mut keys = Vec::new();
                if self.said().len() < 2 {
                    keys.push(Hint::new("enter", "next line"));
                }
                if !self.texts.is_empty() {
                    keys.push(Hint::new("tab", "pick"));
                }
                if self.said().len() >= 2 {
                    keys.push(Hint::new("alt-↑↓", "carry"));
                }
                keys.push(match self.is_untyped() {
                    true => other_questions(),
                    false => other_questions_from_text(),
                });
                keys
            }
            At::Texts(..) => {
                let digits = options::digits(self.texts.len());
                vec![
                    Hint::new(&format!("↑↓ enter {digits}"), "pick"),
                    Hint::new("tab", "type"),
                ]
            }
            At::Only => vec![
                Hint::new("y", "yes"),
                Hint::new("n", "no"),
                Hint::new("enter", "answer"),
                Hint::new("↑", "lines"),
                other_questions(),
            ],
        }
    }

    fn answer(&self) -> Option<Answer> {
        let lines = self.said().iter().map(|line| line.text() + "\n");
        Some(Answer::Prediction {
            trace: lines.collect(),
            only: self.only,
        })
    }

    fn wants(&self) -> String {
        "nothing is typed yet".to_owned()
    }

    fn doubt(&self) -> Option<String> {
        match (self.said().is_empty(), self.only) {
            (true, _) => Some("that says that it prints nothing; enter again if so".to_owned()),
            (false, None) => {
                Some("say y or n: is it the only order? enter again leaves it open".to_owned())
            }
            (false, Some(_)) => None,
        }
    }

    fn take(&mut self, answer: &Answer) {
        if let Answer::Prediction { trace, only } = answer {
            let printed = Printed::from_bytes(trace.as_bytes());
            let lines = printed.lines.iter().map(|line| Editor::at_end(line));
            self.lines = lines.chain([Editor::default()]).collect();
            self.only = *only;
            self.at = At::Line(self.lines.len() - 1);
        }
    }

    fn tell(&self) -> Text {
        Text::new()
    }

    fn told(&self) -> Text {
        let mut text = task("you said that it prints");
        text.append(self.show_lines(Shown::Closed), 0);
        let only = match self.only {
            Some(true) => "and that this is the only order",
            Some(false) => "and that this is not the only order",
            None => "and not whether this is the only order",
        };
        text.append(say(only), 0);
        text
    }

    fn prompt(&self) -> String {
        match self.at {
            At::Line(0) => "what it prints, a line each; an empty line ends it".to_owned(),
            At::Line(_) | At::Texts(..) => "next line".to_owned(),
            At::Only => format!("{ONLY} y or n; empty leaves it open"),
        }
    }

    fn hear(&mut self, line: &str) -> Said {
        match self.at {
            At::Line(0) | At::Texts(0, _) if line.is_empty() && !self.said_nothing => {
                self.said_nothing = true;
                let sentence = "that would say that it prints nothing; an empty line again if so";
                Said::No(sentence.to_owned())
            }
            At::Line(_) | At::Texts(..) if line.is_empty() => {
                self.at = At::Only;
                Said::More
            }
            At::Line(at) | At::Texts(at, _) => {
                self.lines[at].insert(line);
                self.lines.push(Editor::default());
                self.at = At::Line(at + 1);
                Said::More
            }
            At::Only => {
                self.only = match line.trim().to_lowercase().as_str() {
                    "" => None,
                    "y" | "yes" => Some(true),
                    "n" | "no" => Some(false),
                    _ => return Said::No("say y for yes or n for no".to_owned()),
                };
                Said::Ready
            }
        }
    }

    fn begin(&mut self) {
        self.lines = vec![Editor::default()];
        self.only = None;
        self.at = At::Line(0);
        self.said_nothing = false;
    }
}
