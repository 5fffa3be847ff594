//! One run of one test, held against what was expected.

use super::{Ended, Failure, NotJudged};
use crate::course::{Exit, Need, Test, When};
use crate::node::Node;
use crate::program::{Ending, Files, Limit, ModuleSystem, Refused, RelPath, Run, Sent, Version};
use crate::sandbox::{self, Program};
use crate::trace::{self, Answer, Expectation, Extra, Judgement, Printed};

/// Where a test is run: the student's files, over them the exercise's, over them the test's.
pub(super) struct Stage<'a> {
    pub(super) files: &'a Files,
    pub(super) entry: &'a RelPath,
    pub(super) module: ModuleSystem,
    /// Of the Node that runs it, or of the one whose model does.
    pub(super) version: Version,
}

/// What one run came to.
pub(super) enum Attempt {
    /// As expected.
    Right(Run, Judgement),
    /// Not as expected.
    Wrong(Failure),
}

impl Attempt {
    pub(super) fn is_right(&self) -> bool {
        match self {
            Attempt::Right(..) => true,
            Attempt::Wrong(_) => false,
        }
    }

    pub(super) fn right(self) -> Option<(Run, Judgement)> {
        match self {
            Attempt::Right(run, stdout) => Some((run, stdout)),
            Attempt::Wrong(_) => None,
        }
    }

    pub(super) fn wrong(self) -> Option<Failure> {
        match self {
            Attempt::Right(..) => None,
            Attempt::Wrong(failure) => Some(failure),
        }
    }

    /// Whether nothing was wrong but what may be chance.
    fn is_near(&self) -> bool {
        let misbehaved = match self {
            Attempt::Right(..) => return false,
            Attempt::Wrong(failure) => failure.misbehaved(),
        };
        // Of a program that is wrong otherwise, nothing more was asked.
        !misbehaved.is_empty() && misbehaved.iter().all(|one| one.is_near())
    }

    /// Whether everything was right but the order: then another run may go otherwise.
    pub(super) fn is_wrong_by_order_alone(&self) -> bool {
        match self {
            Attempt::Right(..) | Attempt::Wrong(Failure::Submission { .. }) => false,
            Attempt::Wrong(Failure::Run {
                ended,
                stdout,
                stderr,
                misbehaved,
                run: _,
            }) => {
                let as_expected = matches!(ended, None | Some(Ended::Thrown));
                let as_expected = as_expected && misbehaved.is_empty();
                as_expected && [stdout, stderr].into_iter().flatten().all(is_order_alone)
            }
        }
    }
}

fn is_order_alone(judgement: &Judgement) -> bool {
    match &judgement.answer {
        Answer::Accepted | Answer::Undecided => true,
        Answer::Rejected(difference) => difference.is_order_alone(),
    }
}

/// A test's program with somebody's files, and what is expected of it.
#[derive(Debug, Clone)]
pub struct Prepared<'a> {
    /// The test.
    pub test: &'a Test,
    /// What is run.
    pub program: Program,
    /// What it should print.
    pub trace: Expectation,
}

/// The test on its stage, not run yet.
pub(super) fn prepare<'a>(test: &'a Test, stage: &Stage<'_>) -> Result<Prepared<'a>, NotJudged> {
    Ok(Prepared {
        test,
        program: program(test, stage),
        trace: in_force(&test.expected.trace, stage)?,
    })
}

fn in_force(written: &Expectation<When>, stage: &Stage<'_>) -> Result<Expectation, NotJudged> {
    written
        .in_force(&|when: &When| when.fits(stage.module, stage.version))
        .ok_or(NotJudged::NoVariant)
}

/// Runs the test once; some times more as long as nothing is wrong but what may be chance in a single run: then one that is
/// right is enough.
pub(super) fn attempt(test: &Test, stage: &Stage<'_>, node: &Node) -> Result<Attempt, NotJudged> {
    let first = once(test, stage, node)?;
    if first.is_near() {
        for _ in 0..super::AGAIN {
            let again = once(test, stage, node)?;
            if again.is_right() {
                return Ok(again);
            }
        }
    }
    Ok(first)
}

fn once(test: &Test, stage: &Stage<'_>, node: &Node) -> Result<Attempt, NotJudged> {
    let in_force = |written| in_force(written, stage);
    let expected = in_force(&test.expected.trace)?;
    let expected_stderr = test.expected.stderr.as_ref().map(in_force).transpose()?;
    let run = run(test, stage, node)?;
    if test.expected.module().is_some() && run.loaded.is_none() {
        // Whoever loads it could not tell anything.
        return Err(NotJudged::Needs(Need::Telling));
    }

    let ended = match test.expected.asks() {
        // What a module still waited for is told by its behaviour.
        None if run.ending == Ending::Dismissed => None,
        None => otherwise(&test.expected.exit, &run.ending),
        Some(asks) if asks.iter().any(|ask| ask.request.what == Sent::Terminate) => {
            otherwise(&test.expected.exit, &run.ending)
        }
        Some(_) => ended_serving(&run.ending),
    };
    // Where the ending alone fails the test, an order that cannot be decided changes nothing.
    let judge = |expected: &Expectation, printed: &[u8]| match judge(expected, printed, test.extra)
    {
        Err(NotJudged::Undecided) if ended.is_some() => Ok(None),
        judged => judged.map(Some),
    };
    let stdout = judge(&expected, &run.stdout)?;
    let stderr = expected_stderr
        .map(|expected| judge(&expected, &run.stderr))
        .transpose()?
        .flatten();
    let stderr = stderr.filter(is_rejected);
    match stdout {
        Some(stdout) if ended.is_none() && stderr.is_none() && !is_rejected(&stdout) => {
            let misbehaved = super::misbehaved(&test.expected.behaviour, &run, stage.module, node)?;
            Ok(match misbehaved.is_empty() {
                true => Attempt::Right(run, stdout),
                false => Attempt::Wrong(Failure::Run {
                    run,
                    ended: None,
                    stdout: None,
                    stderr: None,
                    misbehaved,
                }),
            })
        }
        _ if run.refused.contains(&Refused::Sockets) && !sandbox::gives_loopback(node) => {
            // Where there is a loopback, it might have been right.
            Err(NotJudged::Needs(Need::Loopback))
        }
        stdout => Ok(Attempt::Wrong(Failure::Run {
            ended: ended.or_else(|| thrown(&test.expected.exit, &run.ending)),
            stdout: stdout.filter(is_rejected),
            stderr,
            misbehaved: super::at_any_end(&test.expected.behaviour, &run, stage.module)?,
            run,
        })),
    }
}

/// Runs the program; what failed on this machine is tried once more.
fn run(test: &Test, stage: &Stage<'_>, node: &Node) -> Result<Run, NotJudged> {
    let program = program(test, stage);
    // Once the sandbox has ended, it ends the second try at once as well.
    super::tried_twice(|| sandbox::run(&program, node)).map_err(NotJudged::of)
}

fn program(test: &Test, stage: &Stage<'_>) -> Program {
    let mut input = test.input.clone();
    if test.driver.is_some() {
        input
            .env
            .push(("TICKMARK_ENTRY".to_owned(), format!("./{}", stage.entry)));
    }
    let requests = test.expected.asks().unwrap_or_default().iter();
    Program {
        files: stage.files.clone(),
        entry: test.driver.as_ref().unwrap_or(stage.entry).clone(),
        input,
        limits: test.limits,
        children: test.needs.contains(&Need::Children),
        looks: test.expected.looks(),
        requests: requests.map(|one| one.request.clone()).collect(),
    }
}

pub(super) fn judge(
    expected: &Expectation,
    printed: &[u8],
    extra: Extra,
) -> Result<Judgement, NotJudged> {
    let judgement = trace::judge(expected, &Printed::from_bytes(printed), extra);
    match judgement.answer {
        Answer::Accepted | Answer::Rejected(_) => Ok(judgement),
        Answer::Undecided => Err(NotJudged::Undecided),
    }
}

pub(super) fn is_rejected(judgement: &Judgement) -> bool {
    match judgement.answer {
        Answer::Rejected(_) => true,
        Answer::Accepted | Answer::Undecided => false,
    }
}

/// What is to be said of the ending where it is the expected one: that an error made it, if none was asked for.
pub(super) fn thrown(expected: &Exit, ending: &Ending) -> Option<Ended> {
    match (expected, ending) {
        (Exit::Code(_), Ending::Threw { .. } | Ending::NotStarted { .. }) => Some(Ended::Thrown),
        (Exit::Throws(..), _)
        | (
            _,
            Ending::Finished { .. }
            | Ending::Signal { .. }
            | Ending::Stopped(_)
            | Ending::Dismissed,
        ) => None,
    }
}

/// How the ending of a server is not as it should be: it serves until it is ended, or until nothing is asked any more.
///
/// That it was still waiting when its time was over is told by what it has not answered.
fn ended_serving(ending: &Ending) -> Option<Ended> {
    match ending {
        Ending::Dismissed | Ending::Finished { exit: 0 } | Ending::Stopped(Limit::WallTime) => None,
        Ending::Finished { .. }
        | Ending::Threw { .. }
        | Ending::NotStarted { .. }
        | Ending::Signal { .. }
        | Ending::Stopped(_) => Some(Ended::Otherwise { expected: 0 }),
    }
}

/// How the ending is not the expected one, if it is not.
pub(super) fn otherwise(expected: &Exit, ending: &Ending) -> Option<Ended> {
    match (expected, ending) {
        // The exit code alone decides: that an error was thrown is read from what Node printed.
        (Exit::Code(code), _) if ending.exit() == Some(*code) => None,
        (Exit::Code(code), Ending::Finished { .. }) => Some(Ended::Exit { expected: *code }),
        (
            Exit::Code(code),
            Ending::Threw { .. }
            | Ending::NotStarted { .. }
            | Ending::Signal { .. }
            | Ending::Stopped(_)
            | Ending::Dismissed,
        ) => Some(Ended::Otherwise { expected: *code }),
        (
            Exit::Throws(pattern, code),
            Ending::Threw { error, exit } | Ending::NotStarted { error, exit },
        ) => {
            if !pattern.regex.is_match(&error.line) {
                return Some(Ended::Throws {
                    expected: pattern.written.clone(),
                });
            }
            (code != exit).then_some(Ended::Exit { expected: *code })
        }
        (
            Exit::Throws(pattern, _),
            Ending::Finished { .. }
            | Ending::Signal { .. }
            | Ending::Stopped(_)
            | Ending::Dismissed,
        ) => Some(Ended::Throws {
            expected: pattern.written.clone(),
        }),
    }
}
