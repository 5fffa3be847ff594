//! A test judged on the model: it says every order in which the program can print its lines, and the verdict is of all of
//! them. So a test is judged where there is no Node, or doubted that was passed on one.
//!
//! What the model does not know is not judged, with its name. A test is failed only for an order that is surely possible,
//! and passed only where there is no other.

use std::cmp::Reverse;

use super::attempt::{self, Attempt, Prepared, Stage, is_rejected, judge, otherwise, thrown};
use super::{Ended, Failure, NotJudged, Tried, Verdict};
use crate::course::{Exit, Need, Test};
use crate::event_loop::{self, Bound, Order, Orders, Outside, Search};
use crate::program::{
    Ending, Files, Limit, ModuleSystem, RelPath, Run, Thrown as Uncaught, Version,
};
use crate::sandbox::{self, Unknown};
use crate::trace::{Answer, Difference, Distance};

/// What the model cannot say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmodelled {
    /// The program does what is not modelled.
    Outside(Outside),
    /// The test asks for something that only a run shows.
    Need(Need),
    /// Only Node can say which module system this file has.
    ModuleSystem(RelPath),
    /// The test asks for what is printed on stderr.
    Stderr,
    /// The test asks for an error in words that V8 or Node has, and the model may have others.
    Words,
    /// There may be more orders than were looked at.
    Bound(Bound),
    /// The model has used up a limit of its own.
    Stopped(Limit),
    /// The model broke.
    Broke,
}

/// Enough for programs whose orders people can think of; a class must not wait for one of its programs.
fn search() -> Search {
    Search {
        runs: 5_000,
        callbacks: 100_000,
        orders: 2_000,
        ..Search::usual()
    }
}

/// How the Node that is modelled loads the file, as far as that can be known without it.
pub(super) fn module_system(
    files: &Files,
    entry: &RelPath,
    version: Version,
) -> Result<ModuleSystem, NotJudged> {
    let unknown = || NotJudged::Unmodelled(Unmodelled::ModuleSystem(entry.clone()));
    ModuleSystem::stated(files, entry, version).ok_or_else(unknown)
}

/// The verdict of one test.
pub(super) fn judged(test: &Test, stage: &Stage<'_>) -> Result<Verdict, NotJudged> {
    let prepared = attempt::prepare(test, stage)?;
    let found = orders(&prepared, stage)?;
    let attempts = found.orders.iter().map(|order| held(&prepared, order));
    let attempts: Result<Vec<Attempt>, NotJudged> = attempts.collect();
    together(attempts?, found.bound)
}

/// The verdict on Node; racy, if that was luck.
pub(super) fn without_luck(test: &Test, stage: &Stage<'_>, verdict: Verdict) -> Verdict {
    let may_be_luck = matches!(verdict, Verdict::Passed { .. }) && asked(test).is_none();
    match may_be_luck.then(|| judged(test, stage)) {
        Some(Ok(racy @ Verdict::Racy { .. })) => racy,
        // What Node has printed is possible, whatever the model says.
        Some(Ok(Verdict::Passed { .. } | Verdict::Failed(_) | Verdict::NotJudged(_)) | Err(_))
        | None => verdict,
    }
}

/// What the test asks for and the model does not know, whatever the program.
pub(super) fn asked(test: &Test) -> Option<Unmodelled> {
    let need = test.needs.first().copied().map(Unmodelled::Need);
    let stderr = test.expected.stderr.as_ref().map(|_| Unmodelled::Stderr);
    need.or(stderr)
}

fn orders(prepared: &Prepared<'_>, stage: &Stage<'_>) -> Result<Orders, NotJudged> {
    let (entry, version) = (&prepared.program.entry, stage.version);
    let program = event_loop::Program {
        files: &prepared.program.files,
        entry,
        input: &prepared.program.input,
        // A driver may have another than the student's entry.
        module: module_system(&prepared.program.files, entry, version)?,
        node: version,
    };
    let found = super::tried_twice(|| sandbox::orders(&program, &search()));
    let found = found.map_err(NotJudged::of)?;
    found.map_err(|unknown| {
        NotJudged::Unmodelled(match unknown {
            Unknown::Outside(outside) => Unmodelled::Outside(outside),
            Unknown::Stopped(limit) => Unmodelled::Stopped(limit),
            Unknown::Broke => Unmodelled::Broke,
        })
    })
}

/// One order, held against what is expected, as a run would be that printed it.
fn held(prepared: &Prepared<'_>, order: &Order) -> Result<Attempt, NotJudged> {
    let test = prepared.test;
    if order.printed.len() as u64 > test.limits.output {
        // Where exactly Node would be stopped is not known.
        return Err(NotJudged::Unmodelled(Unmodelled::Bound(Bound::Printed)));
    }
    let run = run(order);
    let ended = otherwise(&test.expected.exit, &run.ending);
    if matches!(
        (&ended, &test.expected.exit),
        (Some(Ended::Throws { .. }), Exit::Throws(..))
    ) && order.threw.is_some()
    {
        return Err(NotJudged::Unmodelled(Unmodelled::Words));
    }
    let stdout = match judge(&prepared.trace, &run.stdout, test.extra) {
        Err(NotJudged::Undecided) if ended.is_some() => None,
        judged => Some(judged?),
    };
    Ok(match stdout {
        Some(stdout) if ended.is_none() && !is_rejected(&stdout) => Attempt::Right(run, stdout),
        stdout => Attempt::Wrong(Failure::Run {
            ended: ended.or_else(|| thrown(&test.expected.exit, &run.ending)),
            stdout: stdout.filter(is_rejected),
            stderr: None,
            misbehaved: Vec::new(),
            run,
        }),
    })
}

fn run(order: &Order) -> Run {
    let exit = order.exit;
    let ending = match &order.threw {
        None => Ending::Finished { exit },
        Some(line) => Ending::Threw {
            error: Uncaught {
                line: line.lines().next().unwrap_or_default().to_owned(),
                code: None,
                place: None,
                advice: None,
            },
            exit,
        },
    };
    Run::new(order.printed.clone().into_bytes(), ending)
}

/// What the orders say together; there may be more where a bound was met.
fn together(attempts: Vec<Attempt>, bound: Option<Bound>) -> Result<Verdict, NotJudged> {
    let tried = Tried::Orders(attempts.len() as u32);
    let (right, wrong): (Vec<Attempt>, Vec<Attempt>) =
        attempts.into_iter().partition(Attempt::is_right);
    let passed = right.len() as u32;
    let right = right.into_iter().find_map(Attempt::right);
    let wrong = wrong.into_iter().filter_map(Attempt::wrong);
    let nearest = wrong.min_by_key(how_far);
    match (right, nearest, bound) {
        (Some((other, _)), Some(wrong), _) => Ok(Verdict::Racy {
            passed,
            tried,
            wrong,
            other,
        }),
        (None, Some(wrong), _) => Ok(Verdict::Failed(wrong)),
        (_, None, Some(bound)) => Err(NotJudged::Unmodelled(Unmodelled::Bound(bound))),
        (Some((run, stdout)), None, None) => Ok(Verdict::Passed { run, stdout }),
        // No order was found, and none is missing: that cannot be.
        (None, None, None) => Err(NotJudged::Unmodelled(Unmodelled::Broke)),
    }
}

/// How far a wrong order is from right: first by its ending, then by what it printed.
fn how_far(wrong: &Failure) -> (bool, usize, Reverse<usize>) {
    let Failure::Run {
        run, ended, stdout, ..
    } = wrong
    else {
        return (true, usize::MAX, Reverse(0));
    };
    let answer = stdout.as_ref().map(|judgement| &judgement.answer);
    let distance = match answer {
        Some(Answer::Rejected(Difference { distance, .. })) => match distance {
            Distance::Exactly(lines) | Distance::AtLeast(lines) => *lines,
        },
        Some(Answer::Accepted | Answer::Undecided) | None => 0,
    };
    (ended.is_some(), distance, Reverse(run.stdout.len()))
}
