//! What programs print, the set of orders that is right, and how far a trace is from it.
//!
//! An [`Expectation`] denotes a set of traces, its *accepted orders*. [`judge`] answers two questions about a
//! [`Printed`] trace and keeps them apart: is it accepted (exactly), and, if not, how far is it from the nearest
//! accepted order and why.
//!
//! This room does not know Node, files or points: rules reach it as a [`Reason`], and what chooses between
//! variants is a type it never looks into.

mod accept;
mod align;
mod decide;
mod expectation;
mod explain;
mod judge;
mod judgement;
mod orders;
mod overlap;
mod printed;
mod relation;
mod tree;
mod view;

pub use decide::is_decidable;
pub use expectation::{Before, Expectation, Never, PartialOrder, Pattern, Reason, Step, Times};
pub use judge::{BUDGET, judge, judge_within};
pub use judgement::{Answer, Difference, Distance, Extra, Finding, Judgement, Piece, Row};
pub use orders::{order_of, orders};
pub use printed::{Printed, lines_of};
