//! How many tests came out how, and the points, over one submission or many.
//!
//! It does not know what tests are about.

use std::ops::Add;

use crate::grading::{Outcome, TestResult, Verdict};
use crate::scoring::Points;

use super::{Reader, Row};

/// Numbers of tests by verdict, and their points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed.
    pub failed: usize,
    /// Tests whose runs disagreed.
    pub racy: usize,
    /// Tests that were not judged.
    pub not_judged: usize,
    /// Tests that are not for this Node.
    pub left_out: usize,
    /// What was earned.
    pub earned: Points,
    /// What could be earned.
    pub most: Points,
    /// What the tests are worth that were not judged.
    pub open: Points,
    /// Hidden tests that the reader may not know more of.
    pub hidden: usize,
    /// What those are worth.
    pub hidden_points: Points,
}

impl Tally {
    /// The tests of one submission, as far as the reader may know them.
    pub fn of(row: &Row, reader: Reader) -> Self {
        let known = row.tests(reader).map(Tally::of_test);
        let kept_back = row
            .graded
            .tests
            .iter()
            .filter(|test| match reader {
                Reader::Student => test.hidden,
                Reader::Teacher => false,
            })
            .map(|test| Tally {
                hidden: 1,
                hidden_points: test.most(),
                ..Tally::default()
            });
        known.chain(kept_back).fold(Tally::default(), Add::add)
    }

    /// The tests of all submissions.
    pub fn of_all(rows: &[Row], reader: Reader) -> Self {
        rows.iter()
            .map(|row| Tally::of(row, reader))
            .fold(Tally::default(), Add::add)
    }

    fn of_test(test: &TestResult) -> Self {
        let mut tally = Tally {
            earned: test.earned,
            most: test.most(),
            ..Tally::default()
        };
        match &test.outcome {
            Outcome::LeftOut { .. } => tally.left_out = 1,
            Outcome::Judged(Verdict::Passed { .. }) => tally.passed = 1,
            Outcome::Judged(Verdict::Failed(_)) => tally.failed = 1,
            Outcome::Judged(Verdict::Racy { .. }) => tally.racy = 1,
            Outcome::Judged(Verdict::NotJudged(_)) => {
                tally.not_judged = 1;
                tally.open = test.points;
            }
        }
        tally
    }
}

impl Add for Tally {
    type Output = Tally;

    fn add(self, other: Tally) -> Tally {
        Tally {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            racy: self.racy + other.racy,
            not_judged: self.not_judged + other.not_judged,
            left_out: self.left_out + other.left_out,
            earned: self.earned + other.earned,
            most: self.most + other.most,
            open: self.open + other.open,
            hidden: self.hidden + other.hidden,
            hidden_points: self.hidden_points + other.hidden_points,
        }
    }
}
