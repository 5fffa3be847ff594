//! Where runs have their folders, and how much room there is.

use std::env;
use std::fmt;
use std::path::PathBuf;

use super::{Trouble, system};

/// The place for the runs' folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TempSpace {
    /// The folder they are made in.
    pub path: PathBuf,
    /// Bytes that may still be written there; the most there can be where the system does not say.
    pub free: u64,
}

impl TempSpace {
    /// Less than this is worth a warning: a few programs that write what they may would fill it.
    pub const LITTLE: u64 = 512 << 20;
}

impl fmt::Display for TempSpace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        match self.free {
            u64::MAX => Ok(()),
            free => write!(f, ", {} MB free", free / 1_000_000),
        }
    }
}

/// Looks at the temp folder, and that a folder can be made in it.
pub fn temp_space() -> Result<TempSpace, Trouble> {
    let path = env::temp_dir();
    let made = tempfile::Builder::new()
        .prefix("tickmark-")
        .tempdir_in(&path);
    let made = made.map_err(|source| Trouble::Folder {
        within: path.clone(),
        source,
    })?;
    let free = system::free(made.path());
    Ok(TempSpace { path, free })
}
