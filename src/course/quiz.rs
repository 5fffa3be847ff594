//! A quiz as we trust it: everything in it was checked.

use std::fmt;
use std::sync::Arc;

use crate::program::{ModuleSystem, Range};
use crate::scoring::Points;
use crate::trace::{Expectation, PartialOrder, Reason};

/// A quiz's path in the course: `topic/slug`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuizId(pub(super) Arc<str>);

impl QuizId {
    /// `topic/slug`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QuizId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One quiz.
#[derive(Debug, Clone)]
pub struct Quiz {
    /// Its path in the course.
    pub id: QuizId,
    /// Its title, one line.
    pub title: String,
    /// Its questions, in the author's order; ids are unique, and there is at least one.
    pub questions: Vec<Question>,
}

/// One question of a quiz.
#[derive(Debug, Clone)]
pub struct Question {
    /// Unique in the quiz.
    pub id: String,
    /// What is asked, Markdown.
    pub ask: String,
    /// What it is worth.
    pub points: Points,
    /// What kind of answer it wants.
    pub kind: Kind,
    /// The author's hint, Markdown.
    pub hint: Option<String>,
    /// Why the answer is what it is.
    pub reason: Option<Reason>,
}

/// The kinds of question.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Choose what is right.
    Choose {
        /// Whether one or several are asked for.
        asked: Asked,
        /// What is right; exactly one where one is asked for.
        right: Vec<Choice>,
        /// What is not; at least one.
        wrong: Vec<Choice>,
    },
    /// Put the items in order.
    Order {
        /// The items, at least two; `order.lines` are their texts, in the same order.
        items: Vec<Item>,
        /// The orders that are right.
        order: PartialOrder,
        /// Texts that are no items.
        distractors: Vec<String>,
    },
    /// Say what a program prints, and whether it always prints it in this order.
    Predict {
        /// How the program is loaded.
        modules: Modules,
        /// The versions it is about, which are shown.
        node: Option<Range>,
        /// The program.
        program: String,
        /// What it prints.
        trace: Expectation,
        /// Whether that is one order only.
        only: bool,
    },
    /// Fill the blanks.
    Fill {
        /// The text with its blanks: `[[1]].answer = 42`.
        text: String,
        /// What each blank accepts, trimmed, by the blank's name, in the order of the text.
        blanks: Vec<(String, Vec<String>)>,
    },
    /// Find what belongs to each.
    Match {
        /// Each with what belongs to it; at least two.
        pairs: Vec<(String, String)>,
        /// Texts that belong to none.
        distractors: Vec<String>,
    },
}

impl Kind {
    /// What there is to choose from, in the author's order: first what is right or belongs in the order, then the rest.
    ///
    /// An answer names each by its place here; in a file, by its name. Questions without options have none.
    pub fn options(&self) -> Vec<Choosable<'_>> {
        match self {
            Kind::Choose { right, wrong, .. } => {
                let all = right.iter().chain(wrong);
                all.map(|choice| Choosable::of(&choice.text)).collect()
            }
            Kind::Order {
                items, distractors, ..
            } => {
                let items = items.iter().map(|item| Choosable {
                    name: &item.id,
                    text: &item.text,
                });
                items.chain(distractors.iter().map(Choosable::of)).collect()
            }
            Kind::Match { pairs, distractors } => {
                let mut options: Vec<Choosable<'_>> = Vec::new();
                for text in pairs.iter().map(|(_, right)| right).chain(distractors) {
                    if options.iter().all(|option| option.text != text) {
                        options.push(Choosable::of(text));
                    }
                }
                options
            }
            Kind::Predict { .. } | Kind::Fill { .. } => Vec::new(),
        }
    }

    /// What is answered one by one: the names of the blanks, or the texts to which something belongs.
    pub fn parts(&self) -> Vec<&str> {
        match self {
            Kind::Fill { blanks, .. } => blanks.iter().map(|(name, _)| name.as_str()).collect(),
            Kind::Match { pairs, .. } => pairs.iter().map(|(left, _)| left.as_str()).collect(),
            Kind::Choose { .. } | Kind::Order { .. } | Kind::Predict { .. } => Vec::new(),
        }
    }
}

/// One of the options of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choosable<'a> {
    /// What a file of answers calls it.
    pub name: &'a str,
    /// What it says, Markdown.
    pub text: &'a str,
}

impl<'a> Choosable<'a> {
    fn of(text: &'a String) -> Self {
        Choosable { name: text, text }
    }
}

/// How many choices are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Exactly one.
    One,
    /// All that are right.
    Several,
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its text, Markdown.
    pub text: String,
    /// What is to be said to who chose it, Markdown.
    pub because: Option<String>,
}

/// Something to put in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What an answer names it by: its id, or its text where it has none.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// How the program of a question is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modules {
    /// As one of them.
    One(ModuleSystem),
    /// Either way, with the same answer.
    Both,
}
