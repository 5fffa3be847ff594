#![doc = include_str!("ARCHITECTURE.md")]

// The order of these lines is the architecture: a room imports only rooms listed before it.
// `tests/house.rs` reads this list and holds every import against it.
// An empty line between them keeps rustfmt from sorting them.

pub mod words;

pub mod problem;

pub mod program;

pub mod trace;

pub mod event_loop;

pub mod rules;

pub mod scoring;

pub mod course;

pub mod marking;

pub mod generate;

pub mod node;

pub mod sandbox;

pub mod library;

pub mod grading;

pub mod intake;

pub mod batch;

pub mod report;

pub mod session;

pub mod ui;

pub mod prove;

pub mod cli;
