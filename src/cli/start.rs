//! `tickmark start`: a folder to solve an exercise in.

use std::io::{self, Write};
use std::path::PathBuf;

use super::{Common, Exit, Failure, exercise, folder};
use crate::course::Exercise;
use crate::program::{Files, RelPath};

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
        folder::make_room(
            &dir,
            "name another folder: `tickmark start <exercise> <dir>`",
        )?;
        folder::write(&dir, &to_start_from(exercise))?;
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
