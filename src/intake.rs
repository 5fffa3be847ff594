//! A class as it comes: folders of students, each with submissions to exercises.
//!
//! It finds submissions and reads their files; it does not know how they are graded.

use std::fs;
use std::path::{Path, PathBuf};

use crate::course::{Course, Exercise, ExerciseId};
use crate::library::{self, Caps, Trouble};
use crate::problem::Problem;
use crate::program::Files;
use crate::words;

/// What one student handed in for one exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The name of the student's folder.
    pub student: String,
    /// The exercise.
    pub exercise: ExerciseId,
    /// The folder with the files.
    pub folder: PathBuf,
}

/// A class: what can be graded, sorted by student and exercise, and what is wrong with the rest.
#[derive(Debug, Default)]
pub struct Class {
    /// One for each student and exercise.
    pub submissions: Vec<Submission>,
    /// Folders that are no exercise of the course, each with the student it is of.
    pub unplaced: Vec<(String, Problem)>,
    /// Students whose folder holds answers to quizzes, which are not graded.
    pub with_answers: Vec<String>,
}

/// More than this is left out of a submission, and said.
const CAPS: Caps = Caps {
    file: 1_000_000,
    files: 200,
    total: 4_000_000,
    depth: 8,
    skipped: SKIPPED,
};

/// Folders and files that editors, systems and package managers leave behind.
const SKIPPED: &[&str] = &[
    "node_modules",
    ".git",
    ".DS_Store",
    "__MACOSX",
    "Thumbs.db",
    ".vscode",
    ".idea",
];

/// Answers to quizzes stand in this folder of a student; it is no topic.
const ANSWERS: &str = "answers";

/// Finds the submissions of a class to one exercise, or to all.
pub fn class(folder: &Path, course: &Course, only: Option<&Exercise>) -> Result<Class, Trouble> {
    let mut class = Class::default();
    for student in folders(folder)? {
        match only {
            Some(exercise) => class.of_one_exercise(&student, course, exercise)?,
            None => class.of_all_exercises(&student, course)?,
        }
    }
    Ok(class)
}

impl Class {
    /// A student's folder holds `topic/slug/…`, or the files themselves.
    fn of_one_exercise(
        &mut self,
        student: &Path,
        course: &Course,
        exercise: &Exercise,
    ) -> Result<(), Trouble> {
        let own = student.join(exercise.id.as_str());
        let has_topics = folders(student)?
            .iter()
            .any(|folder| topics(course).any(|topic| topic == name(folder)));
        if own.is_dir() {
            self.add(student, exercise, own);
        } else if !has_topics {
            self.add(student, exercise, student.to_owned());
        }
        Ok(())
    }

    /// A student's folder holds `topic/slug/…`.
    fn of_all_exercises(&mut self, student: &Path, course: &Course) -> Result<(), Trouble> {
        for topic in folders(student)? {
            if name(&topic) == ANSWERS {
                self.with_answers.push(name(student));
                continue;
            }
            for slug in folders(&topic)? {
                let id = format!("{}/{}", name(&topic), name(&slug));
                match course.exercise(&id) {
                    Some(exercise) => self.add(student, exercise, slug),
                    None => self
                        .unplaced
                        .push((name(student), unknown(student, &id, course))),
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, student: &Path, exercise: &Exercise, folder: PathBuf) {
        self.submissions.push(Submission {
            student: name(student),
            exercise: exercise.id.clone(),
            folder,
        });
    }
}

fn topics(course: &Course) -> impl Iterator<Item = &str> {
    course
        .exercises
        .iter()
        .filter_map(|exercise| exercise.id.as_str().split_once('/'))
        .map(|(topic, _)| topic)
}

fn unknown(student: &Path, id: &str, course: &Course) -> Problem {
    let shown = words::code(&format!("{}/{id}", name(student)));
    let problem = Problem::new(format!(
        "{shown} was not graded: there is no exercise {}",
        words::code(id)
    ));
    match words::nearest(
        id,
        course.exercises.iter().map(|exercise| exercise.id.as_str()),
    ) {
        Some(near) => problem.help(format!(
            "did you mean {}? rename the folder",
            words::code(near)
        )),
        None => problem.help("`tickmark list` names the exercises of the course"),
    }
}

impl Submission {
    /// Its files, and what of the folder was left out, one sentence each.
    pub fn read(&self) -> Result<(Files, Vec<String>), Trouble> {
        read(&self.folder)
    }
}

/// The files that a student's folder holds, and what of it was left out, one sentence each.
///
/// A single file is a submission too.
pub fn read(folder: &Path) -> Result<(Files, Vec<String>), Trouble> {
    let folder = library::read_folder(folder, &CAPS)?;
    let notes = folder
        .left_out
        .iter()
        .map(|left| format!("{} was left out: {}", words::code(&left.path), left.why));
    Ok((folder.files, notes.collect()))
}

/// The folders in a folder, by name; links and what systems leave behind are none.
fn folders(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let unreadable = |cause| Trouble::Folder {
        path: folder.to_owned(),
        cause,
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let skipped = SKIPPED.iter().any(|name| entry.file_name() == *name);
        if entry.file_type().map_err(unreadable)?.is_dir() && !skipped {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn name(folder: &Path) -> String {
    folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
