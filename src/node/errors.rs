//! What Node says of a program that failed.

use crate::program::{Ending, Files, RelPath};

/// What is known of a program that ended by itself.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// Its exit code.
    pub exit: i32,
    /// What it printed.
    pub stdout: &'a [u8],
    /// What it and Node printed on stderr.
    pub stderr: &'a str,
    /// The files in its folder, which is called `/program` in what Node prints.
    pub files: &'a Files,
    /// The file it was started with.
    pub entry: &'a RelPath,
}

impl super::Node {
    /// How the program ended.
    pub fn ending(&self, report: &Report<'_>) -> Ending {
        Ending::Finished { exit: report.exit }
    }
}

/// Whether Node said on stderr that it ended because memory ran out.
pub fn ran_out_of_memory(stderr: &[u8]) -> bool {
    let stderr = String::from_utf8_lossy(stderr);
    ["out of memory", "bad_alloc", "Allocation failed"]
        .iter()
        .any(|words| stderr.contains(words))
}
