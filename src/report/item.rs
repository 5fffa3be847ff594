//! What a report has a line for: a test of a submission or a question of a quiz, behind one face.
//!
//! Formats read everything they write from here, so that tests and questions look alike in all of them.

use crate::grading::{Outcome, TestResult, Verdict};
use crate::marking::{Mark, MarkedQuestion};
use crate::program::Run;
use crate::scoring::Points;

use super::text::{Style, Text};
use super::{feedback, marks};

/// A test or a question, and what became of it.
#[derive(Debug, Clone, Copy)]
pub enum Item<'a> {
    /// A test of an exercise.
    Test(&'a TestResult),
    /// A question of a quiz.
    Question(&'a MarkedQuestion),
}

/// What became of it, without the details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// All its points were earned.
    Passed,
    /// They were not.
    Failed,
    /// Its runs disagreed.
    Racy,
    /// It was not judged.
    NotJudged,
    /// It is not for this Node.
    LeftOut,
}

impl Standing {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Passed => "passed",
            Standing::Failed => "failed",
            Standing::Racy => "racy",
            Standing::NotJudged => "not-judged",
            Standing::LeftOut => "left-out",
        }
    }

    /// The sign for it.
    pub fn sign(self) -> &'static str {
        match self {
            Standing::Passed => "✓",
            Standing::Failed => "✗",
            Standing::Racy => "~",
            Standing::NotJudged => "?",
            Standing::LeftOut => "-",
        }
    }

    /// The style of its sign.
    pub fn style(self) -> Style {
        match self {
            Standing::Passed => Style::Good,
            Standing::Failed => Style::Bad,
            Standing::Racy | Standing::NotJudged => Style::Warn,
            Standing::LeftOut => Style::Dim,
        }
    }
}

impl<'a> Item<'a> {
    /// The test's name, the question's id.
    pub fn name(self) -> &'a str {
        match self {
            Item::Test(test) => &test.name,
            Item::Question(marked) => &marked.question.id,
        }
    }

    /// Whether students see only that it exists.
    pub fn is_hidden(self) -> bool {
        match self {
            Item::Test(test) => test.hidden,
            Item::Question(_) => false,
        }
    }

    /// What became of it.
    pub fn standing(self) -> Standing {
        match self {
            Item::Test(test) => match &test.outcome {
                Outcome::LeftOut { .. } => Standing::LeftOut,
                Outcome::Judged(Verdict::Passed { .. }) => Standing::Passed,
                Outcome::Judged(Verdict::Failed(_)) => Standing::Failed,
                Outcome::Judged(Verdict::Racy { .. }) => Standing::Racy,
                Outcome::Judged(Verdict::NotJudged(_)) => Standing::NotJudged,
            },
            Item::Question(marked) if marked.is_right => Standing::Passed,
            Item::Question(_) => Standing::Failed,
        }
    }

    /// Whether it is a question without an answer.
    pub fn is_unanswered(self) -> bool {
        match self {
            Item::Test(_) => false,
            Item::Question(marked) => matches!(marked.mark, Mark::Unanswered),
        }
    }

    /// What it is worth, wherever it is judged.
    pub fn worth(self) -> Points {
        match self {
            Item::Test(test) => test.points,
            Item::Question(marked) => marked.question.points,
        }
    }

    /// What could be earned here.
    pub fn most(self) -> Points {
        match self {
            Item::Test(test) => test.most(),
            Item::Question(marked) => marked.question.points,
        }
    }

    /// What was earned.
    pub fn earned(self) -> Points {
        match self {
            Item::Test(test) => test.earned,
            Item::Question(marked) => marked.earned,
        }
    }

    /// What it brought: `2 of 3 points`; `not judged, 3 points open`.
    pub fn came(self) -> String {
        let share = format!("{} of {}", self.earned(), feedback::points(self.most()));
        match self.standing() {
            Standing::Passed | Standing::Failed => share,
            Standing::Racy => format!("racy, {share}"),
            Standing::NotJudged => {
                format!("not judged, {} open", feedback::points(self.worth()))
            }
            Standing::LeftOut => "left out".to_owned(),
        }
    }

    /// Everything below its headline but the hint.
    pub fn body(self) -> Text {
        match self {
            Item::Test(test) => feedback::body(test),
            Item::Question(marked) => marks::body(marked),
        }
    }

    /// The author's hint, for who lost it; in Markdown.
    pub fn hint(self) -> Option<&'a str> {
        let hint = match self {
            Item::Test(test) => test.hint.as_deref(),
            Item::Question(marked) => marked.question.hint.as_deref(),
        };
        match self.standing() {
            Standing::Failed | Standing::Racy => hint.map(str::trim_end),
            Standing::Passed | Standing::NotJudged | Standing::LeftOut => None,
        }
    }

    /// Why it did not pass, in a few words; `None` if it passed or is left out.
    pub fn in_few_words(self) -> Option<String> {
        match self {
            Item::Test(test) => feedback::in_few_words(test),
            Item::Question(marked) => marks::in_few_words(marked),
        }
    }

    /// The run that decides, if there was one.
    pub fn run(self) -> Option<&'a Run> {
        match self {
            Item::Test(test) => match &test.outcome {
                Outcome::LeftOut { .. } | Outcome::Judged(Verdict::NotJudged(_)) => None,
                Outcome::Judged(Verdict::Passed { run, .. }) => Some(run),
                Outcome::Judged(
                    Verdict::Failed(failure) | Verdict::Racy { wrong: failure, .. },
                ) => failure.run(),
            },
            Item::Question(_) => None,
        }
    }
}
