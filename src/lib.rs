#![doc = include_str!("ARCHITECTURE.md")]

// The order of these lines is the architecture: a room imports only rooms listed before it.
// `tests/house.rs` reads this list and holds every import against it.
pub mod course;
pub mod grading;
pub mod node;
pub mod problem;
pub mod program;
pub mod report;
pub mod rules;
pub mod sandbox;
pub mod scoring;
pub mod trace;
pub mod ui;
pub mod words;
