//! A program as values: its files, what it is given, the limits it runs in, and how its run went.
//!
//! These cross the house: authors and students write [`Files`], an exercise says [`Input`] and [`Limits`],
//! the machine answers with a [`Run`]. This room reads no disk and starts nothing.

mod files;
mod limits;
mod loaded;
mod package;
mod ran_on;
mod run;
mod served;
mod stated;
mod version;

pub use files::{BadPath, Files, RelPath};
pub use limits::Limits;
pub use loaded::{Export, ExportKind, Exports, Found, Loaded, Loading};
pub use ran_on::RanOn;
pub use run::{
    Call, Calls, Ending, Functions, Limit, Looks, Loops, Place, Refused, Run, SaidCall, Spent,
    Threads, Thrown, Turns,
};
pub use served::{Answer, Due, Exchange, Listening, Moment, Request, Response, Sent, Served};
pub use version::{ModuleSystem, Range, Version};

/// What a program is given beside its files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// Arguments after the entry file.
    pub args: Vec<String>,
    /// Exact bytes on its standard input; nothing is an empty input that has ended.
    pub stdin: Vec<u8>,
    /// Environment variables beside the few that every program gets.
    pub env: Vec<(String, String)>,
}
