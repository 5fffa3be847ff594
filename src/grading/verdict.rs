//! What became of a submission, as plain data.

use super::{Misbehaved, Unmodelled};
use crate::course::{ExerciseId, Need};
use crate::program::{Limits, ModuleSystem, RanOn, Range, RelPath, Run};
use crate::sandbox;
use crate::scoring::Points;
use crate::trace::{Difference, Extra, Judgement};
use crate::words;

/// A graded submission to one exercise.
#[derive(Debug, Clone)]
pub struct Graded {
    /// The exercise.
    pub exercise: ExerciseId,
    /// What it ran on.
    pub on: RanOn,
    /// The student's entry file and how Node loads it; `None` if there is not exactly one.
    pub entry: Option<(RelPath, ModuleSystem)>,
    /// What the reader should know about the submission as a whole, one sentence each.
    pub notes: Vec<String>,
    /// One for each test, in the author's order.
    pub tests: Vec<TestResult>,
}

/// What became of one test.
#[derive(Debug, Clone)]
pub struct TestResult {
    /// The test's name.
    pub name: String,
    /// Whether students see only that it exists.
    pub hidden: bool,
    /// What it is worth.
    pub points: Points,
    /// The author's hint.
    pub hint: Option<String>,
    /// What its program could use: which limit it was that stopped a run.
    pub limits: Limits,
    /// What a line costs that nothing in its trace matches.
    pub extra: Extra,
    /// What came of it.
    pub outcome: Outcome,
    /// What it earned.
    pub earned: Points,
}

/// Whether a test took part at all.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It is not for this Node: it leaves the maximum too.
    LeftOut {
        /// The versions it is for.
        node: Range,
    },
    /// It took part.
    Judged(Verdict),
}

/// The verdict of a test.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// As expected.
    Passed {
        /// The run.
        run: Run,
        /// What the judge said of its stdout: lines that cost nothing.
        stdout: Judgement,
    },
    /// Not as expected, in every run.
    Failed(Failure),
    /// Its runs disagreed, or it can print what is expected and what is not.
    Racy {
        /// How many of them were as expected.
        passed: u32,
        /// How many there were.
        tried: Tried,
        /// A run that was not as expected.
        wrong: Failure,
        /// A run that went otherwise: as expected, if one was.
        other: Run,
    },
    /// Nobody's fault but ours: it is neither right nor wrong.
    NotJudged(NotJudged),
}

/// How a racy program was seen to be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// It was run so often.
    Runs(u32),
    /// The model knows of so many orders in which it can print its lines.
    Orders(u32),
}

/// Why a run was not as expected; at least one of the reasons is there.
#[derive(Debug, Clone)]
pub enum Failure {
    /// The submission could not be run at all, for this reason (a sentence, and advice).
    Submission {
        /// What is wrong.
        message: String,
        /// What to do about it.
        help: Option<String>,
    },
    /// It ran.
    Run {
        /// The run.
        run: Run,
        /// Its ending, if that was not as expected, or may be why something else was not.
        ended: Option<Ended>,
        /// What differs on stdout, with extra lines.
        stdout: Option<Judgement>,
        /// What differs on stderr, where that is expected.
        stderr: Option<Judgement>,
        /// What it did that it should not, whatever it printed.
        misbehaved: Vec<Misbehaved>,
    },
}

/// An ending that was not as expected, or that may be why what was printed was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It should have finished with another exit code.
    Exit {
        /// The code it should have had.
        expected: i32,
    },
    /// It should have ended with this error.
    Throws {
        /// The error's first line as the author wrote it.
        expected: String,
    },
    /// An error ended it with the exit code that it should have, so that alone is no mistake.
    Thrown,
    /// It should have finished by itself with this exit code, and something else ended it (an error, a signal, a limit).
    Otherwise {
        /// The code it should have had.
        expected: i32,
    },
}

/// Why a test was not judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotJudged {
    /// Whether its trace is accepted was not known when the search's budget ended.
    Undecided,
    /// The box cannot give what the test needs.
    Needs(Need),
    /// No variant of the expectation fits: a problem of the content.
    NoVariant,
    /// There is no Node, and the model cannot say it.
    Unmodelled(Unmodelled),
    /// Something on this machine failed, twice; what, and what the system said.
    Trouble(String),
    /// Whoever grades broke off.
    Interrupted,
}

impl NotJudged {
    /// What failed on this machine.
    pub(super) fn of(trouble: sandbox::Trouble) -> Self {
        match trouble {
            sandbox::Trouble::Ended => NotJudged::Interrupted,
            other => NotJudged::Trouble(words::with_causes(&other)),
        }
    }
}

impl Failure {
    /// The differences on stdout and on stderr.
    pub fn differences(&self) -> [Option<&Difference>; 2] {
        match self {
            Failure::Submission { .. } => [None, None],
            Failure::Run { stdout, stderr, .. } => {
                [stdout, stderr].map(|judged| judged.as_ref().and_then(Judgement::difference))
            }
        }
    }

    /// What it did that it should not.
    pub fn misbehaved(&self) -> &[Misbehaved] {
        match self {
            Failure::Submission { .. } => &[],
            Failure::Run { misbehaved, .. } => misbehaved,
        }
    }

    /// The run, if there was one.
    pub fn run(&self) -> Option<&Run> {
        match self {
            Failure::Submission { .. } => None,
            Failure::Run { run, .. } => Some(run),
        }
    }
}

impl TestResult {
    /// Whether it was judged, and passed.
    pub fn is_passed(&self) -> bool {
        match &self.outcome {
            Outcome::Judged(Verdict::Passed { .. }) => true,
            Outcome::Judged(Verdict::Failed(_) | Verdict::Racy { .. } | Verdict::NotJudged(_))
            | Outcome::LeftOut { .. } => false,
        }
    }

    /// What it adds to the maximum.
    pub fn most(&self) -> Points {
        match self.outcome {
            Outcome::LeftOut { .. } => Points::ZERO,
            Outcome::Judged(_) => self.points,
        }
    }
}

impl Graded {
    /// What was earned in all.
    pub fn earned(&self) -> Points {
        self.tests.iter().map(|test| test.earned).sum()
    }

    /// What could be earned in all.
    pub fn most(&self) -> Points {
        self.tests.iter().map(TestResult::most).sum()
    }

    /// How many tests were not judged.
    pub fn not_judged(&self) -> usize {
        let not_judged =
            |test: &&TestResult| matches!(test.outcome, Outcome::Judged(Verdict::NotJudged(_)));
        self.tests.iter().filter(not_judged).count()
    }
}
