//! A key: a program and the orders that are accepted for it; run many times, and counted.

use std::collections::BTreeMap;

use super::Proof;
use crate::node::Node;
use crate::problem::{Place, Problem};
use crate::program::{Ending, Run};
use crate::sandbox::{self, Program};
use crate::trace::{self, Answer, Expectation, Extra, Printed};
use crate::words;

/// What is claimed to be printed.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its name in its unit.
    pub name: String,
    /// The file that claims it.
    pub file: String,
    /// Programs that are claimed to print it, at least one; they take turns.
    pub programs: Vec<Program>,
    /// The accepted orders.
    pub expected: Expectation,
    /// What an extra line costs.
    pub extra: Extra,
    /// The exit code it ends with; `None` for any end of its own.
    pub exit: Option<i32>,
}

/// What was seen of a key on one Node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The key's name.
    pub key: String,
    /// The orders that were seen, and how often.
    pub orders: BTreeMap<Vec<String>, u32>,
    /// Every accepted order, if there are few.
    pub accepted: Option<Vec<Vec<String>>>,
}

/// No more accepted orders are listed one by one.
pub const LISTED: usize = 24;

/// The sizes of Node's thread pool that runs take turns with: the smallest, and Node's own.
const POOLS: [&str; 2] = ["1", "4"];

impl Seen {
    /// How many runs there were.
    pub fn runs(&self) -> u32 {
        self.orders.values().sum()
    }

    /// Accepted orders that were not seen; `None` if there are too many to list.
    pub fn unseen(&self) -> Option<Vec<&Vec<String>>> {
        let accepted = self.accepted.as_ref()?.iter();
        Some(
            accepted
                .filter(|order| !self.orders.contains_key(*order))
                .collect(),
        )
    }

    pub(super) fn add(&mut self, other: Seen) {
        for (order, times) in other.orders {
            *self.orders.entry(order).or_default() += times;
        }
    }
}

impl Key {
    /// Runs it for these of its runs; the first run that is not as claimed is a problem, and ends it.
    pub(super) fn observe(&self, node: &Node, runs: std::ops::Range<u32>, proof: &mut Proof) {
        let mut seen = Seen {
            key: self.name.clone(),
            orders: BTreeMap::new(),
            accepted: trace::orders(&self.expected, LISTED),
        };
        for run in runs {
            match sandbox::run(&self.program(run), node) {
                Err(trouble) => {
                    let why = words::with_causes(&trouble);
                    proof
                        .trouble
                        .push(format!("{}: {}: {why}", self.file, self.name));
                    break;
                }
                Ok(run) => match self.problem(&run) {
                    Some(problem) => {
                        proof.problems.push(self.at(problem, node));
                        break;
                    }
                    None => {
                        let printed = Printed::from_bytes(&run.stdout);
                        let order = trace::order_of(&self.expected, &printed);
                        *seen.orders.entry(order).or_default() += 1;
                    }
                },
            }
        }
        proof.seen.push(seen);
    }

    fn program(&self, run: u32) -> Program {
        let programs = self.programs.len() as u32;
        let mut program = self.programs[(run % programs) as usize].clone();
        let pool = POOLS[(run / programs) as usize % POOLS.len()];
        let name = "UV_THREADPOOL_SIZE";
        if program.input.env.iter().all(|(known, _)| known != name) {
            program.input.env.push((name.to_owned(), pool.to_owned()));
        }
        program
    }

    /// What is not as claimed in a run.
    fn problem(&self, run: &Run) -> Option<Problem> {
        let ended_itself = match &run.ending {
            Ending::Finished { exit } | Ending::Threw { exit, .. } => Some(*exit),
            Ending::NotStarted { exit, .. } => Some(*exit).filter(|_| self.exit.is_some()),
            Ending::Signal { .. } | Ending::Stopped(_) => None,
        };
        if ended_itself.is_none_or(|exit| self.exit.is_some_and(|wanted| wanted != exit)) {
            let code = ended_itself.map(|exit| format!(" with exit code {exit}"));
            let message = format!(
                "its program ends otherwise: {}{}",
                run.ending.word(),
                code.unwrap_or_default()
            );
            let error = run.ending.error().map(|error| error.line.clone());
            let problem = Problem::new(message);
            return Some(match error {
                Some(error) => problem.help(format!("it says {}", words::code(&error))),
                None => problem,
            });
        }
        let printed = Printed::from_bytes(&run.stdout);
        match trace::judge(&self.expected, &printed, self.extra).answer {
            Answer::Accepted => None,
            Answer::Undecided => Some(
                Problem::new("whether what its program prints is accepted cannot be decided")
                    .help("give the lines different texts"),
            ),
            Answer::Rejected(_) => Some(
                Problem::new("its program prints what is not accepted")
                    .help(format!("it printed {}", lines(&printed.lines))),
            ),
        }
    }

    fn at(&self, problem: Problem, node: &Node) -> Problem {
        let place = Place {
            file: self.file.clone(),
            line: None,
        };
        Problem {
            message: format!("{}: {} (Node {})", self.name, problem.message, node.version),
            ..problem.at(place)
        }
    }
}

/// The lines in one: `` `a`, `b` ``, or that there are none.
pub(super) fn lines(lines: &[String]) -> String {
    match lines {
        [] => "nothing".to_owned(),
        lines => lines
            .iter()
            .map(|line| words::code(line))
            .collect::<Vec<_>>()
            .join(", "),
    }
}
