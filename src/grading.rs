//! One submission, from its files to a verdict for every test.
//!
//! It does not know how many other submissions there are, nor how verdicts are shown.

mod attempt;
mod behaviour;
mod entry;
mod model;
mod verdict;

pub use attempt::Prepared;
use attempt::{Attempt, Stage, attempt};
use behaviour::at_any_end;
pub use behaviour::module::{By, Fault as ModuleFault};
pub use behaviour::server::{Fault, Unanswered};
pub use behaviour::{Misbehaved, misbehaved};
pub use model::Unmodelled;
pub use verdict::{Ended, Failure, Graded, NotJudged, Outcome, TestResult, Tried, Verdict};

use crate::course::{Exercise, Need, Test};
use crate::node::Node;
use crate::problem::Problem;
use crate::program::{Files, ModuleSystem, RanOn, RelPath, Run, Version};
use crate::sandbox;
use crate::scoring::Points;
use crate::words;

/// How a grader wants it done.
#[derive(Debug, Clone, Copy, Default)]
pub struct Policy {
    /// How often each test is run.
    pub runs: Runs,
    /// What a racy test earns.
    pub racy: Racy,
    /// What becomes of a test that was passed by luck.
    pub luck: Luck,
    /// Which tests are run.
    pub scope: Scope,
}

/// How often each test is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Runs {
    /// Once, and [`AGAIN`] times more where the order alone was wrong.
    #[default]
    AsNeeded,
    /// This often.
    Each(u32),
}

/// What a racy test earns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Racy {
    /// Nothing: a program that is right only sometimes is not right.
    #[default]
    Fails,
    /// Its points, if at least one run was as expected.
    Passes,
}

/// What becomes of a test that was passed on Node although its program can print an order that is not accepted, as far as
/// the model of the event loop knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Luck {
    /// It was passed.
    #[default]
    Passes,
    /// It is racy.
    IsRacy,
}

/// Which tests are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// All.
    #[default]
    All,
    /// Those that students may see.
    Visible,
}

/// How often a test is run again whose order alone was wrong.
pub const AGAIN: u32 = 4;

/// Tries once more what failed on this machine.
pub fn tried_twice<T, Trouble>(attempt: impl Fn() -> Result<T, Trouble>) -> Result<T, Trouble> {
    attempt().or_else(|_trouble| attempt())
}

/// The one file that is started, called so but for its ending; the problem says what was probably meant.
pub fn entry(files: &Files, stem: &str) -> Result<RelPath, Problem> {
    entry::find(files, stem).map_err(|failure| match failure {
        Failure::Submission { message, help } => Problem {
            help,
            ..Problem::new(message)
        },
        // Nothing was run.
        Failure::Run { .. } => Problem::new("nothing can be started"),
    })
}

/// Grades a student's files.
pub fn grade(exercise: &Exercise, submitted: &Files, node: &Node, policy: Policy) -> Graded {
    graded(exercise, submitted, &On::Node(node), policy)
}

/// Grades a student's files without a Node, on the model of the event loop of this release line. The verdicts are
/// provisional.
pub fn grade_on_model(exercise: &Exercise, submitted: &Files, line: u32, policy: Policy) -> Graded {
    graded(exercise, submitted, &On::Model(line), policy)
}

/// What programs are run on.
enum On<'a> {
    Node(&'a Node),
    /// The model of this release line.
    Model(u32),
}

impl On<'_> {
    fn ran(&self) -> RanOn {
        match self {
            On::Node(node) => RanOn::Node(node.version),
            On::Model(line) => RanOn::Model(*line),
        }
    }

    fn version(&self) -> Version {
        self.ran().version()
    }

    fn module_system(&self, files: &Files, entry: &RelPath) -> Result<ModuleSystem, NotJudged> {
        match self {
            On::Node(node) => tried_twice(|| node.module_system(files, entry))
                .map_err(|trouble| NotJudged::Trouble(words::with_causes(&trouble))),
            On::Model(_) => model::module_system(files, entry, self.version()),
        }
    }

    /// What the test needs and is not given.
    fn lacks(&self, test: &Test) -> Option<NotJudged> {
        match self {
            On::Node(node) => not_given(test, node).map(NotJudged::Needs),
            On::Model(_) => model::asked(test).map(NotJudged::Unmodelled),
        }
    }

    fn judge(&self, test: &Test, stage: &Stage<'_>, policy: Policy) -> Result<Verdict, NotJudged> {
        match self {
            On::Node(node) => {
                let verdict = judge(test, stage, node, policy.runs);
                Ok(match policy.luck {
                    Luck::Passes => verdict,
                    Luck::IsRacy => model::without_luck(test, stage, verdict),
                })
            }
            On::Model(_) => model::judged(test, stage),
        }
    }
}

fn graded(exercise: &Exercise, submitted: &Files, on: &On<'_>, policy: Policy) -> Graded {
    let mut staged = submitted.clone();
    let replaced = staged.overlay(&exercise.files);
    let entry = entry::find(submitted, &exercise.entry);
    let tests = exercise
        .tests
        .iter()
        .filter(|test| policy.scope == Scope::All || !test.hidden);
    let tests = tests.map(|test| {
        let outcome = match &entry {
            _ if !test.node.holds(on.version()) => Outcome::LeftOut { node: test.node },
            Err(failure) => Outcome::Judged(Verdict::Failed(failure.clone())),
            Ok(entry) => Outcome::Judged(match on.lacks(test) {
                Some(why) => Verdict::NotJudged(why),
                None => staged_and_judged(test, &staged, entry, on, policy),
            }),
        };
        result(test, outcome, policy.racy)
    });
    Graded {
        exercise: exercise.id.clone(),
        on: on.ran(),
        tests: tests.collect(),
        notes: replaced_note(&replaced).into_iter().collect(),
        entry: entry.ok().and_then(|entry| {
            let module = on.module_system(&staged, &entry).ok()?;
            Some((entry, module))
        }),
    }
}

/// What the test needs and this machine does not give.
fn not_given(test: &Test, node: &Node) -> Option<Need> {
    let is_given = |need: &Need| match need {
        Need::Loopback => sandbox::gives_loopback(node),
        Need::Children => sandbox::gives_children(node),
        Need::Watching => sandbox::SHOWS_USE,
        Need::Hearing => sandbox::hears(node),
        Need::Calls | Need::Telling => sandbox::hears_calls(node),
    };
    test.needs.iter().copied().find(|need| !is_given(need))
}

/// Judges a test with the student's files.
fn staged_and_judged(
    test: &Test,
    staged: &Files,
    entry: &RelPath,
    on: &On<'_>,
    policy: Policy,
) -> Verdict {
    on_stage(test, staged, entry, on, |stage| {
        on.judge(test, stage, policy)
    })
    .unwrap_or_else(Verdict::NotJudged)
}

/// Lays the test's own files over the others, sees how the entry is loaded then, and does something with it.
fn on_stage<T>(
    test: &Test,
    staged: &Files,
    entry: &RelPath,
    on: &On<'_>,
    act: impl FnOnce(&Stage<'_>) -> Result<T, NotJudged>,
) -> Result<T, NotJudged> {
    let mut files = staged.clone();
    test.files.lay_over(&mut files);
    let module = on.module_system(&files, entry)?;
    act(&Stage {
        files: &files,
        entry,
        module,
        version: on.version(),
    })
}

/// What the tests for this Node would run with these files, in the author's order.
///
/// Nothing, if there is not exactly one entry.
pub fn prepared<'a>(
    exercise: &'a Exercise,
    submitted: &Files,
    node: &Node,
) -> Result<Vec<Prepared<'a>>, NotJudged> {
    let mut staged = submitted.clone();
    staged.overlay(&exercise.files);
    let Ok(entry) = entry::find(submitted, &exercise.entry) else {
        return Ok(Vec::new());
    };
    let tests = exercise
        .tests
        .iter()
        .filter(|test| test.node.holds(node.version));
    let prepare = |test| {
        on_stage(test, &staged, &entry, &On::Node(node), |stage| {
            attempt::prepare(test, stage)
        })
    };
    tests.map(prepare).collect()
}

/// What becomes of a submission that could not be looked at, and why: nothing of it is judged.
pub fn not_judged(exercise: &Exercise, on: RanOn, why: &NotJudged) -> Graded {
    let tests = exercise.tests.iter().map(|test| {
        let outcome = match test.node.holds(on.version()) {
            true => Outcome::Judged(Verdict::NotJudged(why.clone())),
            false => Outcome::LeftOut { node: test.node },
        };
        result(test, outcome, Racy::Fails)
    });
    Graded {
        exercise: exercise.id.clone(),
        on,
        tests: tests.collect(),
        notes: Vec::new(),
        entry: None,
    }
}

fn result(test: &Test, outcome: Outcome, racy: Racy) -> TestResult {
    let counts = match &outcome {
        Outcome::Judged(Verdict::Passed { .. }) => true,
        Outcome::Judged(Verdict::Racy { passed, .. }) => racy == Racy::Passes && *passed > 0,
        Outcome::Judged(Verdict::Failed(_) | Verdict::NotJudged(_)) | Outcome::LeftOut { .. } => {
            false
        }
    };
    TestResult {
        name: test.name.clone(),
        hidden: test.hidden,
        points: test.points,
        hint: test.hint.clone(),
        limits: test.limits,
        extra: test.extra,
        earned: if counts { test.points } else { Points::ZERO },
        outcome,
    }
}

fn replaced_note(replaced: &[RelPath]) -> Option<String> {
    let names = words::and(replaced.iter().map(|path| words::code(path.as_str())));
    match replaced.len() {
        0 => None,
        1 => Some(format!("{names} was replaced by the exercise's own file")),
        _ => Some(format!("{names} were replaced by the exercise's own files")),
    }
}

/// The verdict of one test.
fn judge(test: &Test, stage: &Stage<'_>, node: &Node, runs: Runs) -> Verdict {
    let first = match attempt(test, stage, node) {
        Ok(first) => first,
        Err(reason) => return Verdict::NotJudged(reason),
    };
    let more = match runs {
        Runs::AsNeeded if first.is_wrong_by_order_alone() => AGAIN,
        Runs::AsNeeded => 0,
        Runs::Each(times) => times.saturating_sub(1),
    };
    let mut attempts = vec![first];
    for _ in 0..more {
        match attempt(test, stage, node) {
            Ok(again) => attempts.push(again),
            Err(reason) => return Verdict::NotJudged(reason),
        }
    }
    together(attempts)
}

/// What several attempts say together; there is at least one.
fn together(attempts: Vec<Attempt>) -> Verdict {
    let tried = Tried::Runs(attempts.len() as u32);
    let (right, wrong): (Vec<Attempt>, Vec<Attempt>) =
        attempts.into_iter().partition(Attempt::is_right);
    let passed = right.len() as u32;
    let mut right = right.into_iter().filter_map(Attempt::right);
    let mut wrong = wrong.into_iter().filter_map(Attempt::wrong);
    match (right.next(), wrong.next()) {
        (Some((run, stdout)), None) => Verdict::Passed { run, stdout },
        (Some((other, _)), Some(wrong)) => Verdict::Racy {
            passed,
            tried,
            wrong,
            other,
        },
        (None, Some(first)) => match wrong.find_map(|again| otherwise(&first, &again)) {
            Some(other) => Verdict::Racy {
                passed,
                tried,
                wrong: first,
                other,
            },
            None => Verdict::Failed(first),
        },
        (None, None) => unreachable!("a test has at least one attempt"),
    }
}

/// The run of `again`, if something else was wrong with it than with the first.
fn otherwise(first: &Failure, again: &Failure) -> Option<Run> {
    (wrong_with(first) != wrong_with(again)).then(|| again.run().cloned())?
}

/// What is wrong with a run, without what may differ from run to run in lines that are right.
fn wrong_with(failure: &Failure) -> impl PartialEq {
    let ending = failure
        .run()
        .map(|run| (run.ending.word(), run.ending.exit()));
    let findings = failure
        .differences()
        .map(|difference| difference.map(|difference| difference.findings.as_slice()));
    let behaved = failure.misbehaved().is_empty();
    (ending, findings, behaved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Ending;
    use crate::trace::{Answer, Difference, Distance, Finding, Judgement};

    #[test]
    fn trouble_is_tried_once_more_and_no_more() {
        let tries = std::cell::Cell::new(0);
        let right_at = |at: u32| {
            tries.set(0);
            let attempt = || {
                tries.set(tries.get() + 1);
                if tries.get() < at {
                    Err("trouble")
                } else {
                    Ok("right")
                }
            };
            (tried_twice(attempt), tries.get())
        };
        assert_eq!(right_at(1), (Ok("right"), 1));
        assert_eq!(right_at(2), (Ok("right"), 2));
        assert_eq!(right_at(3), (Err("trouble"), 2));
    }

    /// A run that failed with these findings on stdout and on stderr.
    fn wrong(exit: i32, findings: [Option<&str>; 2]) -> Attempt {
        let [stdout, stderr] = findings.map(|line| {
            let line = line?.to_owned();
            let answer = Answer::Rejected(Difference {
                distance: Distance::Exactly(2),
                findings: vec![Finding::Misplaced { line }],
                rows: Vec::new(),
                has_others: false,
            });
            let extra = Vec::new();
            Some(Judgement { answer, extra })
        });
        Attempt::Wrong(Failure::Run {
            run: Run::new(Vec::new(), Ending::Finished { exit }),
            ended: None,
            stdout,
            stderr,
            misbehaved: Vec::new(),
        })
    }

    #[test]
    fn runs_disagree_where_their_endings_or_their_findings_on_either_stream_differ() {
        let disagree = |a, b| match together(vec![a, b]) {
            Verdict::Racy { passed: 0, .. } => true,
            Verdict::Failed(_) => false,
            Verdict::Racy { .. } | Verdict::Passed { .. } | Verdict::NotJudged(_) => {
                panic!("neither run was right")
            }
        };
        let same = || wrong(0, [Some("a"), Some("b")]);
        assert!(!disagree(same(), same()));
        assert!(disagree(same(), wrong(0, [Some("b"), Some("b")])));
        assert!(disagree(same(), wrong(0, [Some("a"), Some("a")])));
        assert!(disagree(same(), wrong(0, [Some("a"), None])));
        assert!(disagree(
            wrong(0, [None, Some("a")]),
            wrong(0, [Some("a"), None])
        ));
        assert!(disagree(same(), wrong(1, [Some("a"), Some("b")])));
    }
}
