//! Finding what belongs to each.

use super::draft::{Draft, Pressed, Said, Shown, other_questions, say, task};
use super::options::{self, Pointer, Shuffled};
use super::{Hint, Key};
use crate::course::Answer;
use crate::report::Text;
use crate::words;

/// What was found for each.
#[derive(Debug)]
pub struct Matching {
    /// At least two.
    lefts: Vec<String>,
    options: Vec<Shuffled>,
    /// For each of `lefts` a place among the options as they are shown.
    found: Vec<Option<usize>>,
    at: usize,
}

impl Matching {
    /// Nothing was found yet.
    pub fn new(lefts: &[&str], options: Vec<Shuffled>) -> Self {
        Matching {
            lefts: lefts.iter().map(|left| (*left).to_owned()).collect(),
            options,
            found: vec![None; lefts.len()],
            at: 0,
        }
    }

    fn point(&mut self, at: usize) -> Pressed {
        self.at = at.min(self.lefts.len() - 1);
        Pressed::Moved
    }

    fn find(&mut self, found: Option<usize>) -> Pressed {
        self.found[self.at] = found;
        Pressed::Changed
    }

    /// The next option, and after the last none.
    fn find_next(&mut self) -> Pressed {
        let next = self.found[self.at].map_or(0, |at| at + 1);
        self.find((next < self.options.len()).then_some(next))
    }

    fn open(&self) -> Vec<usize> {
        let open = self.found.iter().enumerate();
        let open = open.filter(|(_, found)| found.is_none());
        open.map(|(at, _)| at).collect()
    }

    fn found(&self, at: usize) -> String {
        match self.found[at] {
            Some(found) => format!("{} {}", found + 1, self.options[found].text),
            None => "…".to_owned(),
        }
    }
}

impl Draft for Matching {
    fn press(&mut self, key: &Key) -> Pressed {
        match key {
            Key::Up => self.point(self.at.saturating_sub(1)),
            Key::Down | Key::Tab => self.point(self.at + 1),
            Key::Home => self.point(0),
            Key::End => self.point(usize::MAX),
            Key::Char(' ') => self.find_next(),
            Key::Char('0') | Key::Backspace | Key::Delete => self.find(None),
            Key::Char(c) => match options::digit(*c, self.options.len()) {
                Some(at) => {
                    self.find(Some(at));
                    self.point(self.at + 1);
                    Pressed::Changed
                }
                None => Pressed::Ignored,
            },
            Key::Enter => Pressed::Ready,
            Key::Left
            | Key::Right
            | Key::CarryUp
            | Key::CarryDown
            | Key::Next
            | Key::Back
            | Key::Escape
            | Key::Paste(_) => Pressed::Ignored,
        }
    }

    fn show(&self, shown: Shown) -> Text {
        let mut text = match shown {
            Shown::Open => task("find what belongs to each"),
            Shown::Closed => Text::new(),
        };
        let pointed = (shown == Shown::Open).then_some(self.at);
        for (at, left) in self.lefts.iter().enumerate() {
            let line = format!("{left}: {}", self.found(at));
            text.append(options::line(Pointer::at(at, pointed), "", &line), 0);
        }
        if shown == Shown::Open {
            text.gap();
            text.append(options::numbered(&self.options), 2);
        }
        text
    }

    fn keys(&self) -> Vec<Hint> {
        let choose = match self.options.len() {
            0..=9 => options::digits(self.options.len()),
            _ => "space".to_owned(),
        };
        vec![
            Hint::new("↑↓", "move"),
            Hint::new(&choose, "choose"),
            Hint::new("enter", "answer"),
            other_questions(),
        ]
    }

    fn answer(&self) -> Option<Answer> {
        let found = self.found.iter();
        let found: Vec<Option<usize>> = found
            .map(|found| found.map(|at| self.options[at].at))
            .collect();
        let any = found.iter().any(Option::is_some);
        any.then_some(Answer::Matches(found))
    }

    fn wants(&self) -> String {
        "nothing is chosen yet: press a digit".to_owned()
    }

    fn doubt(&self) -> Option<String> {
        match self.open().as_slice() {
            [] => None,
            [_] => Some("one is still open; enter again if it may stay so".to_owned()),
            more => Some(format!(
                "{} are still open; enter again if they may stay so",
                more.len()
            )),
        }
    }

    fn take(&mut self, answer: &Answer) {
        if let Answer::Matches(found) = answer {
            let place = |at: &usize| self.options.iter().position(|option| option.at == *at);
            let found = found.iter().map(|at| at.as_ref().and_then(place));
            self.found = found.collect();
        }
    }

    fn tell(&self) -> Text {
        let mut text = Text::new();
        for left in &self.lefts {
            text.append(say(left), 2);
        }
        text.gap();
        text.append(options::numbered(&self.options), 0);
        text
    }

    fn told(&self) -> Text {
        let mut text = say("you answered");
        text.append(self.show(Shown::Closed), 0);
        text
    }

    fn prompt(&self) -> String {
        let each = words::count(self.lefts.len(), "number");
        format!("{each}, one for each in turn, 0 for none")
    }

    fn hear(&mut self, line: &str) -> Said {
        let each = options::split(line).map(|word| match word {
            "0" | "-" => Ok(None),
            word => options::one_named(word, self.options.len()).map(Some),
        });
        let found: Vec<Option<usize>> = match each.collect() {
            Ok(found) => found,
            Err(why) => return Said::No(why),
        };
        if found.len() != self.lefts.len() {
            let wanted = words::count(self.lefts.len(), "number");
            return Said::No(format!("{wanted} are wanted, not {}", found.len()));
        }
        if found.iter().all(Option::is_none) {
            return Said::No("nothing is chosen yet".to_owned());
        }
        self.found = found;
        Said::Ready
    }

    fn begin(&mut self) {}
}
