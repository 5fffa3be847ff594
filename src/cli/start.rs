//! `tickmark start`: a folder to solve an exercise in.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Common, Exit, Failure, exercise};
use crate::course::Exercise;
use crate::problem::Problem;
use crate::program::{Files, RelPath};
use crate::words;

/// Copy the starter of an exercise into a new folder
///
/// The folder gets the task, the program to start from and the files that it works on. Nothing that exists is
/// overwritten.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark start event-loop/five-ways           into the new folder `five-ways`
  tickmark start event-loop/five-ways homework  into the new folder `homework`")]
pub(super) struct Start {
    /// The exercise, as `tickmark list` names it
    exercise: String,
    /// The folder to make; left out: named like the exercise
    dir: Option<PathBuf>,
}

impl Start {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        let opened = common.open()?;
        let exercise = exercise(&opened, &self.exercise)?;
        let slug = exercise.id.as_str().rsplit('/').next().unwrap_or_default();
        let dir = self.dir.unwrap_or_else(|| PathBuf::from(slug));
        make_room(&dir)?;
        copy(&to_start_from(exercise), &dir)?;
        let (name, id) = (dir.display(), &exercise.id);
        writeln!(
            io::stdout(),
            "{name}: the task is in task.md\ncheck it with: tickmark check {id} {name}"
        )?;
        Ok(Exit::Clean)
    }
}

/// The starter, the files every run gets, and the task.
fn to_start_from(exercise: &Exercise) -> Files {
    let mut files = exercise.files.clone();
    files.overlay(&exercise.starter);
    if let Ok(task) = RelPath::new("task.md") {
        files.insert(task, exercise.task.as_bytes());
    }
    files
}

/// The folder, if nothing is in it.
fn make_room(dir: &Path) -> Result<(), Failure> {
    fs::create_dir_all(dir).map_err(|error| trouble("make", dir, error))?;
    let mut entries = fs::read_dir(dir).map_err(|error| trouble("read", dir, error))?;
    if entries.next().is_some() {
        let shown = words::code(&dir.to_string_lossy());
        return Err(
            Problem::new(format!("{shown} is not empty, and nothing is overwritten"))
                .help("name another folder: `tickmark start <exercise> <dir>`")
                .into(),
        );
    }
    Ok(())
}

fn copy(files: &Files, dir: &Path) -> Result<(), Failure> {
    for (path, content) in files.iter() {
        let target = dir.join(path.as_str());
        let folder = target.parent().unwrap_or(dir);
        fs::create_dir_all(folder).map_err(|error| trouble("make", folder, error))?;
        fs::write(&target, content).map_err(|error| trouble("write", &target, error))?;
    }
    Ok(())
}

fn trouble(what: &str, path: &Path, error: io::Error) -> Failure {
    Failure::Trouble(format!(
        "could not {what} {}: {error}",
        words::code(&path.to_string_lossy())
    ))
}
