//! Fresh questions about the order in which a program prints, for given rules of Node.
//!
//! A program is put together by chance out of scenes that show a rule, as a teacher would write it. It is kept only if the
//! model of the event loop says that it prints in one order, on every line of Node alike, and if somebody who has one of
//! the rules wrong would say another: such wrong answers are what there is to choose beside the right one. Why the
//! right one is right is told from the model's schedule.
//!
//! The same seed gives the same questions, in the same version of this program, on every system. Each question has chance of
//! its own, made of the seed, the level, the rules and its number; so more questions begin with the same ones.
//!
//! This room runs nothing on Node, and knows no files: whoever shows a question runs it before. It does not know
//! students but by their names.
//!
//! To add a rule, see `generate/offer.rs`; to add a kind of statement, `generate/program.rs`.

mod chance;
mod hunt;
mod offer;
mod program;
mod proof;
mod quiz;
mod scene;
mod told;
mod vocabulary;

use self::chance::seed_of;
use crate::event_loop::Fault;
use crate::program::{BadPath, Files, ModuleSystem, RelPath};

pub use offer::{ALL as OFFERS, Offer, find as offered};
pub use quiz::{id, written};

/// How hard questions are, from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(u8);

impl Level {
    /// The easiest and the hardest.
    pub const RANGE: std::ops::RangeInclusive<u8> = 1..=5;

    /// The level with the number, if there is one.
    pub fn new(number: u8) -> Option<Level> {
        Level::RANGE.contains(&number).then_some(Level(number))
    }

    /// From 1 to 5.
    pub fn number(self) -> u8 {
        self.0
    }
}

/// What kind of answer is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// To choose one of several orders.
    Choose,
    /// To write the order down.
    Predict,
}

/// Which questions are wanted.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The rules that they are about, at least one; they take turns.
    pub rules: Vec<&'static Offer>,
    /// Where chance begins.
    pub seed: u64,
    /// How many.
    pub count: u32,
    /// How hard.
    pub level: Level,
    /// What kind; left out: to choose at the first two levels, to predict from the third on.
    pub form: Option<Form>,
}

/// A question that came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// Its place among the others, from 1.
    pub number: u32,
    /// The id of the rule that it needs.
    pub rule: &'static str,
    /// How the program is loaded.
    pub module: ModuleSystem,
    /// The program.
    pub source: String,
    /// The lines that it prints, in the only order.
    pub printed: Vec<String>,
    /// What others say who have a rule wrong, each something else; the first have the question's own rule wrong.
    pub beliefs: Vec<Belief>,
    /// Why it prints so, Markdown.
    pub because: String,
}

/// What somebody says who has a rule wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belief {
    /// The rule that is wrong.
    pub fault: Fault,
    /// The lines that it would print then.
    pub printed: Vec<String>,
}

/// Why there are not as many questions as were wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFew {
    /// The rule of which no other question was found.
    pub rule: &'static str,
    /// How many questions there are.
    pub found: u32,
}

impl Wanted {
    /// What kind of answer is asked for.
    pub fn form(&self) -> Form {
        self.form.unwrap_or(match self.level.0 {
            1 | 2 => Form::Choose,
            _ => Form::Predict,
        })
    }

    /// The questions.
    ///
    /// # Errors
    ///
    /// There are not so many different ones.
    pub fn questions(&self) -> Result<Vec<Generated>, TooFew> {
        hunt::questions(self)
    }
}

/// What the program's file is called.
pub fn entry(module: ModuleSystem) -> &'static str {
    match module {
        ModuleSystem::CommonJs => "main.cjs",
        ModuleSystem::Esm => "main.mjs",
    }
}

/// A program as it is run: its one file, and what that is called.
pub fn files(source: &str, module: ModuleSystem) -> Result<(Files, RelPath), BadPath> {
    let entry = RelPath::new(entry(module))?;
    let mut files = Files::default();
    files.insert(entry.clone(), source.as_bytes());
    Ok((files, entry))
}

/// A student's own seed, out of that of the course: the first 32 bits of BLAKE3 over both.
pub fn seed_of_student(course: u64, student: &str) -> u64 {
    seed_of(&[b"student", &course.to_le_bytes(), student.trim().as_bytes()]) >> 32
}
