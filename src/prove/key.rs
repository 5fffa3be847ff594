//! A key: a program and the orders that are accepted for it; run many times, and counted.

use std::collections::BTreeMap;
use std::ops::Range;

use super::exercise::why;
use super::{Predicted, Proof};
use crate::course::Behaviour;
use crate::grading;
use crate::node::Node;
use crate::problem::{Place, Problem};
use crate::program::{Ending, Run};
use crate::report;
use crate::sandbox::{self, Program};
use crate::trace::{self, Answer, Expectation, Extra, Printed};
use crate::words;

/// What is claimed to be printed.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its name in its unit.
    pub name: String,
    /// Programs that are claimed to print it, at least one; they take turns.
    pub programs: Vec<Claimed>,
    /// The accepted orders.
    pub expected: Expectation,
    /// What an extra line costs.
    pub extra: Extra,
    /// What else it does.
    pub behaviour: Vec<Behaviour>,
    /// The exit code it ends with; `None` for any end of its own.
    pub exit: Option<i32>,
}

/// A program that is claimed to print something.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The file or folder that claims it.
    pub file: String,
    /// The program.
    pub program: Program,
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
    /// What the model says, once it was asked.
    pub predicted: Option<Predicted>,
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
        self.predicted = self.predicted.take().or(other.predicted);
    }
}

impl Key {
    /// Adds it to the others: what several programs are claimed to print is one key, by its name.
    pub(super) fn join(self, keys: &mut Vec<Key>) {
        match keys.iter_mut().find(|key| key.name == self.name) {
            Some(key) => key.programs.extend(self.programs),
            None => keys.push(self),
        }
    }

    /// Runs it for these of its runs; the first run that is not as claimed is a problem, and ends it. After the first of all
    /// runs the model is asked.
    pub fn observe(&self, node: &Node, runs: Range<u32>) -> Proof {
        let mut proof = Proof::default();
        let mut seen = Seen {
            key: self.name.clone(),
            orders: BTreeMap::new(),
            accepted: trace::orders(&self.expected, LISTED),
            predicted: None,
        };
        let is_first = runs.start == 0;
        for run in runs {
            let (claimed, pool) = self.turn(run);
            let run = sandbox::run(&with_pool(&claimed.program, pool), node);
            let run = run.map_err(|trouble| words::with_causes(&trouble));
            let judged = run.and_then(|run| Ok((self.problem(&run, &claimed.program, node)?, run)));
            match judged {
                Err(why) => {
                    let which = self.which(claimed);
                    proof
                        .trouble
                        .push(format!("{}: {which}: {why}", claimed.file));
                    break;
                }
                Ok((Some(problem), _)) => {
                    proof.problems.push(self.at(problem, claimed, node));
                    break;
                }
                Ok((None, run)) => {
                    let printed = Printed::from_bytes(&run.stdout);
                    let order = trace::order_of(&self.expected, &printed);
                    *seen.orders.entry(order).or_default() += 1;
                }
            }
        }
        if is_first && proof.holds() {
            match self.predict(node) {
                Ok(predicted) => seen.predicted = Some(predicted),
                Err(problem) => proof.problems.push(problem),
            }
        }
        proof.seen.push(seen);
        proof
    }

    /// Whose turn it is in a run, and with which size of the thread pool.
    fn turn(&self, run: u32) -> (&Claimed, &'static str) {
        let programs = self.programs.len() as u32;
        (
            &self.programs[(run % programs) as usize],
            POOLS[(run / programs) as usize % POOLS.len()],
        )
    }

    /// Its name, with that of the program where there are several.
    fn which(&self, claimed: &Claimed) -> String {
        match self.programs.len() {
            1 => self.name.clone(),
            _ => format!("{} ({})", self.name, claimed.program.entry),
        }
    }

    /// What is not as claimed in a run; the error says why that cannot be told.
    fn problem(
        &self,
        run: &Run,
        program: &Program,
        node: &Node,
    ) -> Result<Option<Problem>, String> {
        if let Some(problem) = self.ended_or_printed_otherwise(run) {
            return Ok(Some(problem));
        }
        // A driver, whose own this is, never stands beside what asks for it.
        let module = node.module_system(&program.files, &program.entry);
        let module = module.map_err(|trouble| words::with_causes(&trouble))?;
        let misbehaved = grading::misbehaved(&self.behaviour, run, module, node);
        let misbehaved = misbehaved.map_err(why)?;
        Ok(misbehaved.first().map(|one| {
            let what = report::misbehaved(one);
            Problem::new(format!("its program behaves otherwise: {what}"))
        }))
    }

    fn ended_or_printed_otherwise(&self, run: &Run) -> Option<Problem> {
        let ended_itself = match &run.ending {
            Ending::Finished { exit } | Ending::Threw { exit, .. } => Some(*exit),
            Ending::NotStarted { exit, .. } => Some(*exit).filter(|_| self.exit.is_some()),
            // What it has not answered until then is told by its behaviour.
            Ending::Dismissed => Some(self.exit.unwrap_or_default()),
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

    pub(super) fn at(&self, problem: Problem, claimed: &Claimed, node: &Node) -> Problem {
        let place = Place {
            file: claimed.file.clone(),
            line: None,
        };
        let which = self.which(claimed);
        Problem {
            message: format!("{which}: {} (Node {})", problem.message, node.version),
            ..problem.at(place)
        }
    }
}

/// The program with this size of Node's thread pool, unless it has one of its own.
fn with_pool(program: &Program, size: &str) -> Program {
    let mut program = program.clone();
    let name = "UV_THREADPOOL_SIZE";
    if program.input.env.iter().all(|(known, _)| known != name) {
        program.input.env.push((name.to_owned(), size.to_owned()));
    }
    program
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
