//! A generated question's program prints what its key says.

use super::Proof;
use super::key::{Claimed, Key};
use crate::generate::{self, Generated};
use crate::node::Node;
use crate::sandbox::Program;
use crate::trace::{Expectation, Extra, Step};

/// Runs a generated question's program so often on the Node.
pub fn generated(question: &Generated, node: &Node, runs: u32) -> Proof {
    let (files, entry) = match generate::files(&question.source, question.module) {
        Ok(program) => program,
        Err(bad) => return Proof::trouble(bad.to_string()),
    };
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
