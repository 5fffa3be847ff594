//! What runs the programs of a box: a Node, or this program itself, which serves as the model of one.
//!
//! To the box they are alike: a binary that is started with some arguments.

use std::path::{Path, PathBuf};

use super::{Program, model};
use crate::node::{Node, Report};
use crate::program::{Ending, Files, Input, RelPath};

/// What runs programs.
#[derive(Debug, Clone)]
pub(super) enum Runner {
    /// A Node: a program is JavaScript.
    Node(Node),
    /// The binary of this program: a program is what it is told to do (`model.rs`).
    Model(PathBuf),
}

impl From<&Node> for Runner {
    fn from(node: &Node) -> Self {
        Runner::Node(node.clone())
    }
}

impl Runner {
    /// Its binary, absolute.
    pub(super) fn path(&self) -> &Path {
        match self {
            Runner::Node(node) => &node.path,
            Runner::Model(path) => path,
        }
    }

    /// What it is started with. With `./`, a file that is called like an option is none.
    pub(super) fn arguments(&self, program: &Program) -> Vec<String> {
        let entry = match self {
            Runner::Node(_) => Some(format!("./{}", program.entry)),
            Runner::Model(_) => None,
        };
        let args = program.input.args.iter().cloned();
        entry.into_iter().chain(args).collect()
    }

    /// A program that tries to get out of its box, and is told so much about it. What it prints is what is wrong.
    pub(super) fn self_test(&self, told: Vec<String>, entry: RelPath) -> Program {
        let (args, text): (_, &[u8]) = match self {
            Runner::Node(_) => (told, include_bytes!("boxes/self-test.cjs")),
            Runner::Model(_) => {
                let test = std::iter::once(model::SELF_TEST.to_owned());
                (test.chain(told).collect(), &[])
            }
        };
        Program {
            input: Input {
                args,
                ..Input::default()
            },
            ..Program::new(Files::from_iter([(entry.clone(), text.into())]), entry)
        }
    }

    /// Whether what was printed can be lost at its end, where the pipe is small: the model waits until all of it is read.
    pub(super) fn may_lose_output(&self) -> bool {
        match self {
            Runner::Node(_) => true,
            Runner::Model(_) => false,
        }
    }

    /// How a program ended that no signal and no limit ended.
    pub(super) fn ending(&self, report: &Report<'_>) -> Ending {
        match self {
            Runner::Node(node) => node.ending(report),
            Runner::Model(_) => Ending::Finished { exit: report.exit },
        }
    }
}
