//! How much room there is for the programs' folders.

use std::fmt;
use std::path::PathBuf;

use super::Trouble;

/// The place of the programs' folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TempSpace {
    /// The folder that they are made in.
    pub path: PathBuf,
    /// Free bytes, where the system tells.
    pub free: Option<u64>,
}

impl TempSpace {
    /// Less than this is little.
    const LITTLE: u64 = 200_000_000;

    /// Whether a class may run out of it.
    pub fn is_little(&self) -> bool {
        self.free.is_some_and(|free| free < Self::LITTLE)
    }
}

impl fmt::Display for TempSpace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        match self.free {
            Some(free) => write!(f, ", {} MB free", free / 1_000_000),
            None => Ok(()),
        }
    }
}

/// Makes a folder where the programs' folders are made, and says how much room there is.
pub fn temp_space() -> Result<TempSpace, Trouble> {
    super::folder::Folder::new(&crate::program::Files::default())?;
    let path = std::env::temp_dir();
    let free = free(&path);
    Ok(TempSpace { path, free })
}

#[cfg(unix)]
fn free(path: &std::path::Path) -> Option<u64> {
    let space = rustix::fs::statvfs(path).ok()?;
    Some(space.f_bavail.saturating_mul(space.f_frsize))
}

#[cfg(not(unix))]
fn free(_: &std::path::Path) -> Option<u64> {
    None
}
