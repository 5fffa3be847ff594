//! The judge's answer, as plain data.

use super::Reason;

/// What a printed line costs that nothing in the expectation matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extra {
    /// Nothing, but it is shown.
    #[default]
    Warn,
    /// Nothing.
    Ignore,
    /// The test.
    Fail,
}

/// What the judge says of a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The answer.
    pub answer: Answer,
    /// Printed lines that nothing in the expectation matches, by their place in the trace (from 0); whatever the policy.
    pub extra: Vec<usize>,
}

/// Whether a trace is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is one of the accepted orders.
    Accepted,
    /// It is not.
    Rejected(Difference),
    /// The search's budget ended before it was known.
    Undecided,
}

/// How a rejected trace differs from the nearest accepted order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The least number of lines to insert and delete, extra lines not counted (unless they fail the test).
    pub distance: Distance,
    /// What is wrong, most telling first.
    pub findings: Vec<Finding>,
    /// The two traces side by side, in order: reading `Same` and `Expected` gives the nearest accepted order,
    /// reading `Same`, `Printed` and `Extra` what was printed.
    pub rows: Vec<Row>,
    /// Whether other orders than that one are accepted too.
    pub has_others: bool,
}

/// A number of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Distance {
    /// Exactly.
    Exactly(usize),
    /// The search's budget ended; it is this or more.
    AtLeast(usize),
}

/// One thing that is wrong with a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A line that was printed too early: `later` must come after `earlier`.
    OutOfOrder {
        /// The line that came too early, as printed.
        later: String,
        /// The line that must come first, as printed.
        earlier: String,
        /// Why.
        reason: Option<Reason>,
    },
    /// A line inside a block that comes whole: `line` may not come between `first` and `then`.
    NotBetween {
        /// The line in between, as printed.
        line: String,
        /// The line of the block before it.
        first: String,
        /// The line of the block after it.
        then: String,
        /// Why.
        reason: Option<Reason>,
    },
    /// A line that was printed where no accepted order has it, though no single demand says so.
    Misplaced {
        /// The line, as printed.
        line: String,
    },
    /// A line that was expected and not printed, or not as often.
    Missing {
        /// The line, or the pattern, as the author wrote it.
        line: String,
        /// How many times; at least once.
        times: usize,
    },
    /// A line that is right but was printed more often than it may be.
    Surplus {
        /// The line.
        line: String,
        /// How many times more; at least once.
        times: usize,
    },
    /// A line that nothing in the expectation matches, where that fails the test.
    Extra {
        /// The line.
        line: String,
        /// How many times it was printed; at least once.
        times: usize,
    },
}

/// One row of the difference. Lines are raw: whoever shows them makes them visible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Printed as expected.
    Same(String),
    /// Expected and not printed here. In pieces where the extra line beside it is nearly the same.
    Expected(Vec<Piece>),
    /// Printed and not expected here: a line that is right elsewhere, or was printed too often.
    Printed(Vec<Piece>),
    /// Printed, and matched by nothing in the expectation. In pieces where the expected line beside it is nearly the same.
    Extra(Vec<Piece>),
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The same in the line it is compared with (or there is none to compare with).
    Same(String),
    /// Only in this line.
    Changed(String),
}

impl Judgement {
    /// How the trace differs from the nearest accepted order, if it was rejected.
    pub fn difference(&self) -> Option<&Difference> {
        match &self.answer {
            Answer::Rejected(difference) => Some(difference),
            Answer::Accepted | Answer::Undecided => None,
        }
    }
}

impl Difference {
    /// Whether the order alone is wrong: nothing is missing, nothing too much.
    pub fn is_order_alone(&self) -> bool {
        !self.findings.is_empty()
            && self.findings.iter().all(|finding| match finding {
                Finding::OutOfOrder { .. }
                | Finding::NotBetween { .. }
                | Finding::Misplaced { .. } => true,
                Finding::Missing { .. } | Finding::Surplus { .. } | Finding::Extra { .. } => false,
            })
    }
}

impl Finding {
    /// The finding in one sentence, without its reason; `code` shows a line.
    pub fn sentence(&self, code: impl Fn(&str) -> String) -> String {
        match self {
            Finding::OutOfOrder { later, earlier, .. } => {
                format!("{} must come after {}", code(later), code(earlier))
            }
            Finding::NotBetween {
                line, first, then, ..
            } => {
                format!(
                    "{} may not come between {} and {}",
                    code(line),
                    code(first),
                    code(then)
                )
            }
            Finding::Misplaced { line } => format!("{} is in the wrong place", code(line)),
            Finding::Missing { line, times: 1 } => format!("{} is missing", code(line)),
            Finding::Missing { line, times } => format!("{} is missing {times} times", code(line)),
            Finding::Surplus { line, times: 1 } => {
                format!("{} was printed once more than it may be", code(line))
            }
            Finding::Surplus { line, times } => {
                format!(
                    "{} was printed {times} times more than it may be",
                    code(line)
                )
            }
            Finding::Extra { line, times: 1 } => format!("{} should not be printed", code(line)),
            Finding::Extra { line, times } => format!(
                "{} was printed {times} times and should not be printed",
                code(line)
            ),
        }
    }

    /// Why, where it has a reason.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Finding::OutOfOrder { reason, .. } | Finding::NotBetween { reason, .. } => {
                reason.as_ref()
            }
            Finding::Misplaced { .. }
            | Finding::Missing { .. }
            | Finding::Surplus { .. }
            | Finding::Extra { .. } => None,
        }
    }
}
