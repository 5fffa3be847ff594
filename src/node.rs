//! Node runtimes: which are here, how one is started, how it loads a file, and what its error texts mean.
//!
//! It does not know exercises.

mod errors;
mod find;
mod mistakes;
mod module_system;

pub use errors::{Report, ran_out_of_memory};
pub use find::{Missing, NotNode, VARIABLE, all, find};
pub use module_system::Trouble;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::program::Version;

/// A Node on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its binary, absolute.
    pub path: PathBuf,
    /// What it says it is.
    pub version: Version,
}

impl Node {
    /// A `PATH` with this Node first and the system's own programs after it, and nothing of the user's.
    pub fn search_path(&self) -> OsString {
        search_path(&self.path)
    }
}

/// A `PATH` with the folder of this binary first and the system's own programs after it, and nothing of the user's.
pub fn search_path(binary: &Path) -> OsString {
    let system: &[&str] = if cfg!(windows) {
        &[r"C:\Windows\System32"]
    } else {
        &["/usr/bin", "/bin"]
    };
    let folders = binary.parent().into_iter().map(PathBuf::from);
    let system = system.iter().map(PathBuf::from);
    // It fails only where a folder's name holds the separator; such a binary is found by its full path alone.
    env::join_paths(folders.chain(system.clone()))
        .or_else(|_| env::join_paths(system))
        .unwrap_or_default()
}
