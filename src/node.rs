//! Node runtimes: which are here, how one is started, how it loads a file, and what its error texts mean.
//!
//! It does not know exercises.

use std::path::PathBuf;

use crate::program::Version;

/// A Node on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its binary, absolute.
    pub path: PathBuf,
    /// What it says it is.
    pub version: Version,
}
