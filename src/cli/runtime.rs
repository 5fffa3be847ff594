//! What `check` and `grade` run programs on: a Node; where there is none, or where that is asked for, the model of one.

use std::env;
use std::path::PathBuf;

use super::{Common, Failure, say};
use crate::course::Exercise;
use crate::event_loop;
use crate::grading::{self, Graded, Policy};
use crate::node::{self, Missing, Node};
use crate::problem::Problem;
use crate::program::{Files, RanOn, Version};
use crate::report::On;
use crate::sandbox::{self, Layer, Tier};
use crate::words;

/// What programs run on.
#[derive(Debug, Clone)]
pub(super) enum Runtime {
    Node(Node),
    /// The model of this release line.
    Model(u32),
}

/// What `--node` and `TICKMARK_NODE` call the model; with a release line behind it, that one.
const MODEL: &str = "model";

impl Runtime {
    /// What is asked for, else the Node that is found, else the model of the Node that fits these exercises best.
    pub(super) fn find<'e>(
        common: &Common,
        exercises: impl Iterator<Item = &'e Exercise>,
    ) -> Result<Self, Failure> {
        match asked(common)? {
            Some(Asked::Best) => return Ok(Runtime::Model(best_line(exercises))),
            Some(Asked::Line(line)) => return Ok(Runtime::Model(line)),
            None => {}
        }
        match node::find(common.one_named()?) {
            Ok(node) => Ok(Runtime::Node(node)),
            Err(missing @ Missing::Everywhere) => {
                let model = Runtime::Model(best_line(exercises));
                say(format_args!(
                    "{missing}: going on with {}'s event loop",
                    model.ran()
                ));
                Ok(model)
            }
            Err(missing @ Missing::Named { .. }) => Err(Failure::trouble(&missing)),
        }
    }

    pub(super) fn ran(&self) -> RanOn {
        match self {
            Runtime::Node(node) => RanOn::Node(node.version),
            Runtime::Model(line) => RanOn::Model(*line),
        }
    }

    /// What programs run on here, for reports.
    pub(super) fn on(&self) -> On {
        On {
            ran: self.ran(),
            tier: self.tier().0,
        }
    }

    /// How much programs are closed off, and by what.
    pub(super) fn tier(&self) -> (Tier, Vec<Layer>) {
        match self {
            Runtime::Node(node) => sandbox::tier(node),
            Runtime::Model(_) => sandbox::model_tier(),
        }
    }

    pub(super) fn grade(&self, exercise: &Exercise, files: &Files, policy: Policy) -> Graded {
        match self {
            Runtime::Node(node) => grading::grade(exercise, files, node, policy),
            Runtime::Model(line) => grading::grade_on_model(exercise, files, *line, policy),
        }
    }
}

/// The model that is asked for.
enum Asked {
    /// Of the Node that fits best.
    Best,
    /// Of this release line.
    Line(u32),
}

/// What is asked for, if that is the model.
fn asked(common: &Common) -> Result<Option<Asked>, Failure> {
    let named = common.one_named()?.map(PathBuf::from);
    let named = named.or_else(|| env::var_os(node::VARIABLE).map(PathBuf::from));
    let named = named.as_ref().and_then(|path| path.to_str());
    let Some(rest) = named.and_then(|named| named.strip_prefix(MODEL)) else {
        return Ok(None);
    };
    match rest.strip_prefix('-').map(str::parse::<u32>) {
        None if rest.is_empty() => Ok(Some(Asked::Best)),
        Some(Ok(line)) if event_loop::LINES.contains(&line) => Ok(Some(Asked::Line(line))),
        Some(Ok(line)) => {
            let lines = event_loop::LINES.map(|line| words::code(&format!("{MODEL}-{line}")));
            let problem = Problem::new(format!("there is no model of Node {line}"));
            Err(problem
                .help(format!("it can be {}", words::or(lines)))
                .into())
        }
        // A file or a folder whose name begins so.
        None | Some(Err(_)) => Ok(None),
    }
}

/// The release line that most tests are for; of several, the newest.
pub(super) fn best_line<'e>(exercises: impl Iterator<Item = &'e Exercise>) -> u32 {
    let tests: Vec<_> = exercises.flat_map(|exercise| &exercise.tests).collect();
    let fits = |line: u32| {
        let version = Version::last_of(line);
        tests.iter().filter(|test| test.node.holds(version)).count()
    };
    let lines = event_loop::LINES.into_iter();
    lines
        .max_by_key(|line| (fits(*line), *line))
        .unwrap_or_default()
}
