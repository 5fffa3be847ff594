//! The answer to a question while it is being given, whatever kind it is.
//!
//! A draft knows one question. Which question comes next, and what an answer is worth, are not known here.

use std::fmt::Debug;

use super::choose::Choose;
use super::fill::Fill;
use super::matching::Matching;
use super::options::Shuffled;
use super::order::Order;
use super::predict::Predict;
use super::{Hint, Key};
use crate::course::{Answer, Kind, Modules, Question};
use crate::program::ModuleSystem;
use crate::report::{self, Line, Style, Text};

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// Nothing: it may mean something to whoever asks.
    Ignored,
    /// Something else is pointed at.
    Moved,
    /// Something else would be answered.
    Changed,
    /// It is to be the answer.
    Ready,
}

/// What a line did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It is to be the answer.
    Ready,
    /// More is to be said.
    More,
    /// It was not understood: why.
    No(String),
}

/// Whether an answer can still be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// It can: with a pointer.
    Open,
    /// It cannot.
    Closed,
}

/// An answer while it is being given.
pub trait Draft: Debug {
    /// A key was pressed.
    fn press(&mut self, key: &Key) -> Pressed;
    /// What would be answered, to be changed by keys.
    fn show(&self, shown: Shown) -> Text;
    /// The keys that work now.
    fn keys(&self) -> Vec<Hint>;
    /// What would be answered; nothing is `None`.
    fn answer(&self) -> Option<Answer>;
    /// What is missing where nothing would be answered.
    fn wants(&self) -> String;
    /// What is to be said before this is taken for an answer.
    fn doubt(&self) -> Option<String>;
    /// This was answered before.
    fn take(&mut self, answer: &Answer);

    /// What there is to choose from, to be answered by lines.
    fn tell(&self) -> Text;
    /// What was answered, in the words of such lines.
    fn told(&self) -> Text;
    /// What the next line is to say.
    fn prompt(&self) -> String;
    /// A line was said.
    fn hear(&mut self, line: &str) -> Said;
    /// The next line is the first again.
    fn begin(&mut self);
}

/// The draft for a question, its options in this order.
pub fn of(question: &Question, options: Vec<Shuffled>) -> Box<dyn Draft> {
    match &question.kind {
        Kind::Choose { asked, .. } => Box::new(Choose::new(*asked, options)),
        Kind::Order { distractors, .. } => Box::new(Order::new(options, distractors.len())),
        Kind::Predict { program, .. } => Box::new(Predict::new(report::texts(program))),
        Kind::Fill { .. } => Box::new(Fill::new(&question.kind.parts())),
        Kind::Match { .. } => Box::new(Matching::new(&question.kind.parts(), options)),
    }
}

/// What belongs to a question beside its words.
pub fn given(kind: &Kind) -> Text {
    match kind {
        Kind::Predict {
            modules,
            node,
            program,
            ..
        } => {
            let on = node.map(|range| format!(", on Node {range}"));
            let how = format!("{}{}:", loaded(*modules), on.unwrap_or_default());
            let mut text = Text::new();
            text.push(Line::words(Style::Dim, &how));
            text.gap();
            text.append(report::program(program), 0);
            text
        }
        Kind::Fill { text, .. } => report::program(text),
        Kind::Choose { .. } | Kind::Order { .. } | Kind::Match { .. } => Text::new(),
    }
}

fn loaded(modules: Modules) -> &'static str {
    match modules {
        Modules::One(ModuleSystem::CommonJs) => "as CommonJS",
        Modules::One(ModuleSystem::Esm) => "as an ES module",
        Modules::Both => "the same as CommonJS and as an ES module",
    }
}

/// The keys for going to another question, where no text is typed.
pub fn other_questions() -> Hint {
    Hint::new("←→", "question")
}

/// The keys for going to another question, while a text is typed.
pub fn other_questions_from_text() -> Hint {
    Hint::new("ctrl-p/n", "question")
}

/// A line that says what to do, before what it is done with.
pub fn task(words: &str) -> Text {
    let mut text = Text::new();
    text.push(Line::words(Style::Dim, words));
    text
}

/// A sentence.
pub fn say(sentence: &str) -> Text {
    let mut text = Text::new();
    text.push(Line::words(Style::Plain, sentence));
    text
}
