//! One program, run once, inside limits, and how it ended.
//!
//! It does not know exercises, traces or points.
