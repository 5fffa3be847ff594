//! One submission, from its files to a verdict for every test.
//!
//! It does not know how many other submissions there are, nor how verdicts are shown.

mod verdict;

pub use verdict::{Ended, Failure, Graded, NotJudged, Outcome, TestResult, Verdict};
