//! What an exercise claims by the places of its programs.
//!
//! - A solution passes every test.
//! - The starter runs, and passes no test.
//! - A program under `wrong/` loses exactly the tests that it says, and the words that it says are in the feedback.
//! - A program that prints what the visible tests want, for their inputs, loses points.

use super::key::{Claimed, Key};
use super::{Proof, answer_printer};
use crate::course::{Exercise, Exit, Wrong};
use crate::grading::{self, Graded, NotJudged, Outcome, Policy, Runs, TestResult, Verdict};
use crate::node::Node;
use crate::problem::{Place, Problem};
use crate::program::{Ending, Files};
use crate::report::{self, Reader, Row, Work};
use crate::words;

/// A test that a wrong program loses only sometimes is given this many runs to be lost in.
const CHANCES: u32 = 20;

/// What an exercise claims by the place of its programs.
#[derive(Debug, Clone, Copy)]
pub enum Claim<'a> {
    /// Its solutions pass every test, and printing their lines does not.
    Solutions(&'a Exercise),
    /// Its starter runs, and passes no test.
    Starter(&'a Exercise),
    /// A wrong program loses exactly the tests that it says, and is told what it says.
    Wrong(&'a Exercise, &'a Wrong),
}

impl Claim<'_> {
    /// All of an exercise.
    pub(super) fn all(exercise: &Exercise) -> Vec<Claim<'_>> {
        let wrong = exercise.wrong.iter();
        [Claim::Solutions(exercise), Claim::Starter(exercise)]
            .into_iter()
            .chain(wrong.map(|wrong| Claim::Wrong(exercise, wrong)))
            .collect()
    }

    /// Holds it against a Node.
    pub fn observe(self, node: &Node) -> Proof {
        let problems = match self {
            Claim::Solutions(exercise) => solutions(exercise, node),
            Claim::Starter(exercise) => starter(exercise, node),
            Claim::Wrong(exercise, wrong) => mistake(exercise, wrong, node),
        };
        Proof {
            problems,
            ..Proof::default()
        }
    }
}

/// The tests' traces, each to be printed by the solutions; where the module system decides, by each apart.
pub(super) fn keys(exercise: &Exercise, node: &Node) -> Result<Vec<Key>, String> {
    let mut keys: Vec<Key> = Vec::new();
    for (folder, files) in &exercise.solutions {
        for prepared in grading::prepared(exercise, files, node).map_err(why)? {
            let test = prepared.test;
            let name = match test.expected.trace.has_variants() {
                true => format!("{} ({folder})", test.name),
                false => test.name.clone(),
            };
            let key = Key {
                name,
                programs: vec![Claimed {
                    file: format!("exercises/{}/{folder}", exercise.id),
                    program: prepared.program,
                }],
                expected: prepared.trace,
                extra: test.extra,
                behaviour: test.expected.behaviour.clone(),
                exit: Some(match &test.expected.exit {
                    Exit::Code(code) | Exit::Throws(_, code) => *code,
                }),
            };
            key.join(&mut keys);
        }
    }
    Ok(keys)
}

/// Why nothing can be said of a program.
pub(super) fn why(not_judged: NotJudged) -> String {
    match not_judged {
        NotJudged::NoVariant => "no variant of its trace fits".to_owned(),
        NotJudged::Trouble(trouble) => trouble,
        NotJudged::Needs(_) => "this machine does not give what it needs".to_owned(),
        NotJudged::Undecided | NotJudged::Interrupted | NotJudged::Unmodelled(_) => {
            "it could not be run".to_owned()
        }
    }
}

fn solutions(exercise: &Exercise, node: &Node) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, (folder, files)) in exercise.solutions.iter().enumerate() {
        let solved = graded(exercise, files, node, Runs::AsNeeded);
        problems.extend(solution(exercise, folder, &solved, node));
        if at == 0 {
            problems.extend(answer_printer::prove(exercise, &solved, node));
        }
    }
    problems
}

fn solution(exercise: &Exercise, folder: &str, graded: &Graded, node: &Node) -> Option<Problem> {
    let lost = graded
        .tests
        .iter()
        .any(|test| !test.is_passed() && !is_left_out(test));
    lost.then(|| problem(exercise, folder, node, "does not pass every test", graded))
}

fn starter(exercise: &Exercise, node: &Node) -> Vec<Problem> {
    let graded = graded(exercise, &exercise.starter, node, Runs::Each(1));
    let passed = graded.tests.iter().find(|test| test.is_passed());
    let broken = graded
        .tests
        .iter()
        .find(|test| !runs(test) && !is_left_out(test));
    let claim = |test: &TestResult, what: &str| {
        problem(
            exercise,
            "starter",
            node,
            &format!("{what} {}", words::code(&test.name)),
            &graded,
        )
    };
    passed
        .map(|test| claim(test, "passes"))
        .into_iter()
        .chain(broken.map(|test| claim(test, "does not run in")))
        .collect()
}

/// What does not hold of a wrong program: one run shows most of them, but a test may be lost or its words said only
/// sometimes.
fn mistake(exercise: &Exercise, wrong: &Wrong, node: &Node) -> Vec<Problem> {
    let mut problems = Vec::new();
    for runs in [Runs::Each(1), Runs::AsNeeded, Runs::Each(CHANCES)] {
        let graded = graded(exercise, &wrong.files, node, runs);
        problems = unlike_said(exercise, wrong, &graded, node);
        if problems.is_empty() {
            break;
        }
    }
    problems
}

/// What a graded program does otherwise than its `// loses:` and `// says:` lines say.
fn unlike_said(exercise: &Exercise, wrong: &Wrong, graded: &Graded, node: &Node) -> Vec<Problem> {
    let folder = format!("wrong/{}", wrong.name);
    let mut problems = Vec::new();
    for test in graded.tests.iter().filter(|test| !is_left_out(test)) {
        let claimed = wrong.loses.contains(&test.name);
        if claimed == test.is_passed() {
            let what = if claimed {
                "does not lose"
            } else {
                "loses, without a `// loses:` line that says so,"
            };
            problems.push(problem(
                exercise,
                &folder,
                node,
                &format!("{what} {}", words::code(&test.name)),
                graded,
            ));
        }
    }
    let feedback = feedback(graded);
    // Of tests that are not for this Node nothing is said.
    let is_judged = graded
        .tests
        .iter()
        .any(|test| wrong.loses.contains(&test.name) && !is_left_out(test));
    let says = wrong.says.iter().filter(|_| is_judged);
    for said in says.filter(|said| !feedback.contains(said.as_str())) {
        let what = format!("is told nothing of {}", words::code(said));
        problems.push(problem(exercise, &folder, node, &what, graded));
    }
    problems
}

pub(super) fn graded(exercise: &Exercise, files: &Files, node: &Node, runs: Runs) -> Graded {
    grading::grade(
        exercise,
        files,
        node,
        Policy {
            runs,
            ..Policy::default()
        },
    )
}

pub(super) fn problem(
    exercise: &Exercise,
    folder: &str,
    node: &Node,
    what: &str,
    graded: &Graded,
) -> Problem {
    let file = format!("exercises/{}/{folder}", exercise.id);
    let feedback = feedback(graded);
    Problem::new(format!("{what} on Node {}", node.version))
        .at(Place { file, line: None })
        .help(format!("this is its feedback:\n{feedback}"))
}

/// What the reader of the teacher's report is told.
fn feedback(graded: &Graded) -> String {
    let row = Row {
        student: None,
        folder: None,
        work: Work::Exercise(graded.clone()),
    };
    report::submission(&row, Reader::Teacher).plain()
}

fn is_left_out(test: &TestResult) -> bool {
    match &test.outcome {
        Outcome::LeftOut { .. } => true,
        Outcome::Judged(_) => false,
    }
}

/// Whether the program ran to an end of its own.
fn runs(test: &TestResult) -> bool {
    let run = match &test.outcome {
        Outcome::Judged(Verdict::Passed { run, .. }) => Some(run),
        Outcome::Judged(Verdict::Failed(failure) | Verdict::Racy { wrong: failure, .. }) => {
            failure.run()
        }
        Outcome::Judged(Verdict::NotJudged(_)) | Outcome::LeftOut { .. } => None,
    };
    run.is_some_and(|run| match run.ending {
        Ending::Finished { .. } | Ending::Threw { .. } | Ending::Dismissed => true,
        Ending::NotStarted { .. } | Ending::Signal { .. } | Ending::Stopped(_) => false,
    })
}
