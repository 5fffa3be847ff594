//! The catalogue of Node's rules: what learners are told when their order breaks one.
//!
//! One table, [`ALL`]. To add a rule, add an entry to its list under `rules/`; the tests run its programs on each Node
//! it claims. This room knows no exercises and runs nothing.

mod errors;
mod modules;
mod promises;
mod queues;
mod streams;
mod workers;

use crate::program::{ModuleSystem, Range};

/// One rule of Node.
#[derive(Debug)]
pub struct Rule {
    /// What `rule:` names: lowercase words with hyphens.
    pub id: &'static str,
    /// One sentence that a student understands, lowercase, no full stop.
    pub sentence: &'static str,
    /// A longer text, Markdown.
    pub text: &'static str,
    /// Where it is written down: Node's documentation, libuv, ECMAScript.
    pub source: &'static str,
    /// The versions it holds for.
    pub node: Range,
    /// Programs that show it.
    pub shown: &'static [Shown],
}

/// A short program that shows a rule.
#[derive(Debug)]
pub struct Shown {
    /// How the program is loaded; one entry per module system.
    pub module: ModuleSystem,
    /// The program, and the other files it needs: path and text, the entry first.
    pub files: &'static [(&'static str, &'static str)],
    /// What it prints: a trace as in an exercise (YAML).
    pub trace: &'static str,
    /// The exit code that it ends with.
    pub exit: i32,
}

/// Every rule, by topic.
pub const ALL: &[&[Rule]] = &[
    modules::RULES,
    queues::RULES,
    promises::RULES,
    errors::RULES,
    workers::RULES,
    streams::RULES,
];

/// Every rule, one after another.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    ALL.iter().copied().flatten()
}

/// The rule with the id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
