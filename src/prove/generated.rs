//! A generated question's program prints what its key says.

use super::Proof;
use super::key::{Claimed, Key};
use crate::generate::{self, Generated};
use crate::node::Node;
use crate::program::{Files, RelPath};
use crate::sandbox::Program;
use crate::trace::{Expectation, Extra, Step};

/// Runs a generated question's program so often on the Node.
pub fn generated(question: &Generated, node: &Node, runs: u32) -> Proof {
    let entry = match RelPath::new(generate::entry(question.module)) {
        Ok(entry) => entry,
        Err(bad) => return Proof::trouble(bad.to_string()),
    };
    let mut files = Files::default();
    files.insert(entry.clone(), question.source.as_bytes());
    let key = Key {
        name: question.rule.to_owned(),
        programs: vec![Claimed {
            file: format!("question {}", question.number),
            program: Program::new(files, entry),
        }],
        expected: Expectation::new(Step::Text(question.printed.clone())),
        extra: Extra::Fail,
        behaviour: Vec::new(),
        exit: Some(0),
    };
    key.observe(node, 0..runs)
}
