//! How many tests, or questions, came out how, and the points, over one submission or many.
//!
//! It does not know what tests are about.

use std::ops::Add;

use crate::scoring::Points;

use super::{Item, Reader, Row, Standing};

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
        let known = row.items(reader).map(Tally::of_item);
        let kept_back = row
            .all()
            .filter(|item| reader == Reader::Student && item.is_hidden())
            .map(|item| Tally {
                hidden: 1,
                hidden_points: item.most(),
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

    fn of_item(item: Item<'_>) -> Self {
        let mut tally = Tally {
            earned: item.earned(),
            most: item.most(),
            ..Tally::default()
        };
        match item.standing() {
            Standing::LeftOut => tally.left_out = 1,
            Standing::Passed => tally.passed = 1,
            Standing::Failed => tally.failed = 1,
            Standing::Racy => tally.racy = 1,
            Standing::NotJudged => {
                tally.not_judged = 1;
                tally.open = item.worth();
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
