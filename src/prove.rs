//! Content proves itself: what it says that Node does is run, and what does not hold is a problem of the content.
//!
//! A [`Unit`] is what is proven as a whole: an exercise, a quiz, a topic's page, a rule. It makes *claims* (a solution
//! passes, the starter does not, …) and has [`Key`]s: programs with the orders that are accepted for them. A key is run
//! many times and what was seen is counted: seen but not accepted is a problem, accepted but never seen a note. The model of
//! the event loop says every order of a program that it knows: possible but not accepted is a problem as well, although it
//! may be too rare to be seen.
//!
//! What could not be run is trouble, and not proven. This room does not know where content comes from.
//!
//! To add a kind of unit, add it to [`Unit`], with its file under `prove/` that makes its keys.

mod answer_printer;
mod exercise;
mod generated;
mod kept;
mod key;
mod load;
mod model;
mod page;
mod plan;
mod question;
mod rule;
mod told;

use std::ops::Range;

use crate::course::{Course, Exercise, Page, Quiz};
use crate::node::Node;
use crate::problem::Problem;
use crate::program;
use crate::rules::{self, Rule};

pub use exercise::Claim;
pub use generated::generated;
pub use kept::Kept;
pub use key::{Claimed, Key, Seen};
pub use model::{Predicted, also_prints};
pub use plan::{Job, Plan};
pub use told::{Told, told};

/// What is proven as a whole.
#[derive(Debug, Clone, Copy)]
pub enum Unit<'a> {
    /// An exercise, with all its programs.
    Exercise(&'a Exercise),
    /// A quiz: its questions with programs.
    Quiz(&'a Quiz),
    /// A topic's page.
    Page(&'a Page),
    /// A rule.
    Rule(&'static Rule),
}

/// Everything of a course, and the rules.
pub fn units(course: &Course) -> Vec<Unit<'_>> {
    let exercises = course.exercises.iter().map(Unit::Exercise);
    let quizzes = course.quizzes.iter().map(Unit::Quiz);
    let pages = course.pages.iter().map(Unit::Page);
    let rules = rules::all().map(Unit::Rule);
    exercises.chain(quizzes).chain(pages).chain(rules).collect()
}

impl<'a> Unit<'a> {
    /// Where it stands: `exercises/topic/slug`, `quizzes/topic/slug.yaml`, `quizzes/topic/README.md`, `rules/id`.
    pub fn name(&self) -> String {
        match self {
            Unit::Exercise(exercise) => format!("exercises/{}", exercise.id),
            Unit::Quiz(quiz) => format!("quizzes/{}.yaml", quiz.id),
            Unit::Page(page) => format!("quizzes/{}/README.md", page.topic),
            Unit::Rule(rule) => format!("rules/{}", rule.id),
        }
    }

    /// What else it claims than its keys.
    pub fn claims(&self) -> Vec<Claim<'a>> {
        match self {
            Unit::Exercise(exercise) => Claim::all(exercise),
            Unit::Quiz(_) | Unit::Page(_) | Unit::Rule(_) => Vec::new(),
        }
    }

    /// Its keys on a Node; an error says why they cannot be had.
    pub fn keys(&self, node: &Node) -> Result<Vec<Key>, String> {
        let keys = match self {
            Unit::Exercise(exercise) => exercise::keys(exercise, node),
            Unit::Quiz(quiz) => Ok(question::keys(quiz, node)),
            Unit::Page(page) => page::keys(page, node),
            Unit::Rule(rule) => rule::keys(rule, node),
        };
        keys.map_err(|why| format!("{}: {why}", self.name()))
    }

    /// For each claim about some versions of Node only: what it is and which versions.
    pub fn claimed_for(&self) -> Vec<(String, program::Range)> {
        match self {
            Unit::Exercise(exercise) => {
                let tests = exercise.tests.iter();
                tests.map(|test| (test.name.clone(), test.node)).collect()
            }
            Unit::Quiz(quiz) => question::claimed_for(quiz),
            Unit::Page(page) => page::claimed_for(page),
            Unit::Rule(rule) => vec![(rule.id.to_owned(), rule.node)],
        }
    }
}

/// What came of a unit on one Node.
#[derive(Debug, Clone, Default)]
pub struct Proof {
    /// What was seen of each key.
    pub seen: Vec<Seen>,
    /// What does not hold.
    pub problems: Vec<Problem>,
    /// What could not be run.
    pub trouble: Vec<String>,
}

impl Proof {
    /// That something could not be run.
    pub fn trouble(why: String) -> Self {
        Proof {
            trouble: vec![why],
            ..Proof::default()
        }
    }

    /// Whether everything was run and holds.
    pub fn holds(&self) -> bool {
        self.problems.is_empty() && self.trouble.is_empty()
    }

    /// What the other found out about the same unit on the same Node, added.
    pub fn and(mut self, other: Proof) -> Self {
        self.problems.extend(other.problems);
        self.trouble.extend(other.trouble);
        for seen in other.seen {
            match self.seen.iter_mut().find(|known| known.key == seen.key) {
                Some(known) => known.add(seen),
                None => self.seen.push(seen),
            }
        }
        self
    }
}

/// Runs each key of a unit on a Node for these of its runs.
pub fn keys(unit: &Unit<'_>, node: &Node, runs: Range<u32>) -> Proof {
    match unit.keys(node) {
        Err(why) => Proof::trouble(why),
        Ok(keys) => {
            let proofs = keys.iter().map(|key| key.observe(node, runs.clone()));
            proofs.fold(Proof::default(), Proof::and)
        }
    }
}
