//! Putting lines in order by carrying them.

use super::draft::{Draft, Pressed, Said, Shown, other_questions, say, task};
use super::options::{self, Pointer, Shuffled};
use super::{Hint, Key};
use crate::course::Answer;
use crate::report::Text;
use crate::words;

/// The lines as they stand.
#[derive(Debug)]
pub struct Order {
    options: Vec<Shuffled>,
    /// All options by their places in `options`: first those in order, then those left out.
    lines: Vec<usize>,
    /// How many are in order.
    placed: usize,
    leaving_out: LeavingOut,
    /// Among the lines.
    pointer: usize,
    hand: Hand,
    touched: Touched,
}

/// Whether lines may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LeavingOut {
    /// Some do not belong in the order.
    Allowed,
    /// All belong in it.
    Senseless,
}

/// Whether the line that is pointed at goes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hand {
    Empty,
    Carrying,
}

/// Whether the lines stand as they were shuffled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Touched {
    No,
    Yes,
}

impl Order {
    /// The lines as they were shuffled; so many of them do not belong in the order.
    pub fn new(options: Vec<Shuffled>, distractors: usize) -> Self {
        Order {
            lines: (0..options.len()).collect(),
            placed: options.len(),
            leaving_out: match distractors {
                0 => LeavingOut::Senseless,
                _ => LeavingOut::Allowed,
            },
            options,
            pointer: 0,
            hand: Hand::Empty,
            touched: Touched::No,
        }
    }

    fn point(&mut self, at: usize) -> Pressed {
        self.pointer = at.min(self.lines.len() - 1);
        Pressed::Moved
    }

    /// Carries the line one place up, where need be back into the order.
    fn carry_up(&mut self) -> Pressed {
        if self.pointer == self.placed {
            self.placed += 1;
        } else if self.pointer > 0 {
            self.lines.swap(self.pointer, self.pointer - 1);
            self.pointer -= 1;
        }
        self.touch()
    }

    /// Carries the line one place down, where need be out of the order.
    fn carry_down(&mut self) -> Pressed {
        if self.pointer + 1 == self.placed && self.leaving_out == LeavingOut::Allowed {
            self.placed -= 1;
        } else if self.pointer + 1 < self.lines.len() {
            self.lines.swap(self.pointer, self.pointer + 1);
            self.pointer += 1;
        }
        self.touch()
    }

    fn carry_to(&mut self, place: usize) -> Pressed {
        while self.pointer > place || self.pointer >= self.placed {
            self.carry_up();
        }
        while self.pointer < place && self.pointer + 1 < self.placed {
            self.carry_down();
        }
        self.touch()
    }

    fn touch(&mut self) -> Pressed {
        self.touched = Touched::Yes;
        Pressed::Changed
    }

    fn in_order(&self) -> impl Iterator<Item = &Shuffled> {
        let placed = self.lines.iter().take(self.placed);
        placed.map(|at| &self.options[*at])
    }

    /// The lines in order are these, by their places in `options`; the others are left out.
    fn put(&mut self, placed: Vec<usize>) {
        let out = (0..self.options.len()).filter(|at| !placed.contains(at));
        self.placed = placed.len();
        let out: Vec<usize> = out.collect();
        self.lines = placed.into_iter().chain(out).collect();
        self.touched = Touched::Yes;
    }
}

impl Draft for Order {
    fn press(&mut self, key: &Key) -> Pressed {
        match (key, self.hand) {
            (Key::CarryUp, _) | (Key::Up, Hand::Carrying) => self.carry_up(),
            (Key::CarryDown, _) | (Key::Down, Hand::Carrying) => self.carry_down(),
            (Key::Up, Hand::Empty) => self.point(self.pointer.saturating_sub(1)),
            (Key::Down, Hand::Empty) => self.point(self.pointer + 1),
            (Key::Home, Hand::Empty) => self.point(0),
            (Key::End, Hand::Empty) => self.point(usize::MAX),
            (Key::Char(' '), Hand::Empty) => {
                self.hand = Hand::Carrying;
                Pressed::Moved
            }
            (Key::Char(' ') | Key::Enter | Key::Escape, Hand::Carrying) => {
                self.hand = Hand::Empty;
                Pressed::Moved
            }
            (Key::Char(c), hand) => match (options::digit(*c, self.lines.len()), hand) {
                (None, _) => Pressed::Ignored,
                (Some(at), Hand::Empty) => self.point(at),
                (Some(at), Hand::Carrying) => self.carry_to(at),
            },
            (Key::Enter, Hand::Empty) => Pressed::Ready,
            (
                Key::Left
                | Key::Right
                | Key::Home
                | Key::End
                | Key::Next
                | Key::Back
                | Key::Tab
                | Key::Escape
                | Key::Backspace
                | Key::Delete
                | Key::Paste(_),
                _,
            ) => Pressed::Ignored,
        }
    }

    fn show(&self, shown: Shown) -> Text {
        let mut text = match (shown, self.leaving_out) {
            (Shown::Closed, _) => Text::new(),
            (Shown::Open, LeavingOut::Senseless) => task("put the lines in order"),
            (Shown::Open, LeavingOut::Allowed) => task(
                "put the lines in order; what does not belong goes to the end, below `left out`",
            ),
        };
        for (at, line) in self.lines.iter().enumerate() {
            if at == self.placed {
                text.append(task("left out:"), 2);
            }
            let pointer = match (shown, self.hand, at == self.pointer) {
                (Shown::Open, Hand::Carrying, true) => Pointer::Carrying,
                (Shown::Open, Hand::Empty, true) => Pointer::Here,
                (Shown::Open | Shown::Closed, _, _) => Pointer::Elsewhere,
            };
            let number = options::number(at, self.lines.len());
            let marks = match at < self.placed {
                true => number,
                false => " ".repeat(number.len()),
            };
            text.append(options::line(pointer, &marks, &self.options[*line].text), 0);
        }
        if self.placed == self.lines.len() && self.leaving_out == LeavingOut::Allowed {
            text.append(task("left out: nothing"), 2);
        }
        text
    }

    fn keys(&self) -> Vec<Hint> {
        match self.hand {
            Hand::Empty => vec![
                Hint::new("↑↓", "move"),
                Hint::new("space", "take"),
                Hint::new("enter", "answer"),
                other_questions(),
            ],
            Hand::Carrying => {
                let digits = options::digits(self.lines.len());
                vec![
                    Hint::new(&format!("↑↓ {digits}"), "carry it"),
                    Hint::new("space", "put down"),
                ]
            }
        }
    }

    fn answer(&self) -> Option<Answer> {
        let order: Vec<usize> = self.in_order().map(|option| option.at).collect();
        (!order.is_empty()).then_some(Answer::Order(order))
    }

    fn wants(&self) -> String {
        "everything is left out".to_owned()
    }

    fn doubt(&self) -> Option<String> {
        let sentence = "the lines stand as they were shuffled; enter again if that is your answer";
        (self.touched == Touched::No).then(|| sentence.to_owned())
    }

    fn take(&mut self, answer: &Answer) {
        if let Answer::Order(order) = answer {
            let place = |at: &usize| self.options.iter().position(|option| option.at == *at);
            self.put(order.iter().filter_map(place).collect());
        }
    }

    fn tell(&self) -> Text {
        options::numbered(&self.options)
    }

    fn told(&self) -> Text {
        let placed = self.lines.iter().take(self.placed);
        let numbers: Vec<String> = placed.map(|at| (at + 1).to_string()).collect();
        say(&format!("you answered {}", numbers.join(" ")))
    }

    fn prompt(&self) -> String {
        match self.leaving_out {
            LeavingOut::Senseless => "all the numbers, in order".to_owned(),
            LeavingOut::Allowed => "the numbers in order, without what does not belong".to_owned(),
        }
    }

    fn hear(&mut self, line: &str) -> Said {
        let named = match options::named(line, self.options.len()) {
            Ok(named) => named,
            Err(why) => return Said::No(why),
        };
        if let Some(twice) = options::twice(&named) {
            return Said::No(format!("{} is there twice", twice + 1));
        }
        let missing: Vec<String> = (0..self.options.len())
            .filter(|at| !named.contains(at))
            .map(|at| (at + 1).to_string())
            .collect();
        match (self.leaving_out, missing.is_empty()) {
            (LeavingOut::Senseless, false) => {
                let are = if missing.len() == 1 { "is" } else { "are" };
                return Said::No(format!("{} {are} missing", words::and(missing)));
            }
            (LeavingOut::Allowed, false) if named.is_empty() => {
                return Said::No("no number is there".to_owned());
            }
            (LeavingOut::Allowed | LeavingOut::Senseless, _) => {}
        }
        self.put(named);
        Said::Ready
    }

    fn begin(&mut self) {}
}
