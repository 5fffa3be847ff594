//! Folders that a command makes and fills; what is there already is never overwritten.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::{Failure, could_not};
use crate::problem::Problem;
use crate::program::Files;
use crate::words;

/// The folder, if nothing is in it; the help says what to do otherwise.
pub(super) fn make_room(dir: &Path, help: &str) -> Result<(), Failure> {
    if dir.symlink_metadata().is_ok() && !dir.is_dir() {
        return Err(is_there(dir, "is no folder", help));
    }
    make(dir)?;
    let mut entries = fs::read_dir(dir).map_err(|error| could_not("read", dir, &error))?;
    match entries.next() {
        Some(_) => Err(is_there(dir, "is not empty", help)),
        None => Ok(()),
    }
}

/// Writes files that are not there yet, and the folders above them.
pub(super) fn write(dir: &Path, files: &Files) -> Result<(), Failure> {
    for (path, content) in files.iter() {
        let target = dir.join(path.as_str());
        make(target.parent().unwrap_or(dir))?;
        let mut file = File::create_new(&target).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => {
                is_there(&target, "is there already", "give it another name")
            }
            _ => could_not("write", &target, &error),
        })?;
        file.write_all(content)
            .map_err(|error| could_not("write", &target, &error))?;
    }
    Ok(())
}

/// Makes a folder and those above it.
pub(super) fn make(dir: &Path) -> Result<(), Failure> {
    fs::create_dir_all(dir).map_err(|error| could_not("make", dir, &error))
}

fn is_there(path: &Path, what: &str, help: &str) -> Failure {
    let shown = words::code(&path.to_string_lossy());
    Problem::new(format!("{shown} {what}, and nothing is overwritten"))
        .help(help)
        .into()
}
