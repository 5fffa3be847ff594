//! A class as it comes: folders of students, each with submissions to exercises and answers to quizzes.
//!
//! It finds submissions and reads their files; it does not know how they are graded.

use std::fs;
use std::path::{Path, PathBuf};

use crate::course::{self, Answers, Course, Exercise, ExerciseId};
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

/// What one student answered to one quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The name of the student's folder.
    pub student: String,
    /// The file that says so.
    pub file: PathBuf,
    /// What it says.
    pub answers: Answers,
}

/// A class: what can be graded, sorted by student and exercise, and what is wrong with the rest.
#[derive(Debug, Default)]
pub struct Class {
    /// One for each student and exercise.
    pub submissions: Vec<Submission>,
    /// Folders that are no exercise of the course, each with the student it is of.
    pub unplaced: Vec<(String, Problem)>,
    /// One for each student and quiz.
    pub sheets: Vec<Sheet>,
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
pub const ANSWERS: &str = "answers";

/// Finds the submissions of a class to one exercise, or to all.
///
/// Every folder of a student ends as a submission or as a problem, but for those of other exercises where one is named.
pub fn class(folder: &Path, course: &Course, only: Option<&Exercise>) -> Result<Class, Trouble> {
    let mut class = Class::default();
    let entries = entries(folder)?;
    for link in entries.iter().filter(|entry| entry.kind == Kind::Link) {
        class.misplaced(
            &link.path,
            link.name(),
            "it is a link, and links are not followed",
            "put the folder itself there",
        );
    }
    for student in entries.iter().filter(|entry| entry.kind == Kind::Folder) {
        if let Err(trouble) = class.of_student(&student.path, course, only) {
            let why = words::with_causes(&trouble);
            class.misplaced(
                &student.path,
                student.name(),
                &why,
                "give yourself the right to read it",
            );
        }
    }
    Ok(class)
}

impl Class {
    /// A student's folder holds `topic/slug/…`, or, where one exercise is named, its files themselves.
    fn of_student(
        &mut self,
        student: &Path,
        course: &Course,
        only: Option<&Exercise>,
    ) -> Result<(), Trouble> {
        let inside = entries(student)?;
        let mut found = Found::Nothing;
        for topic in inside.iter().filter(|entry| entry.kind == Kind::Folder) {
            if topic.name() == ANSWERS {
                if only.is_some()
                    || self.of_answers(student, &topic.path, course)? == Found::Something
                {
                    found = Found::Something;
                }
                continue;
            }
            for slug in entries(&topic.path)? {
                let id = format!("{}/{}", topic.name(), slug.name());
                if self.of_slug(student, &slug, &id, course, only) == Found::Something {
                    found = Found::Something;
                }
            }
        }
        match (found, only) {
            (Found::Something, _) => {}
            (Found::Nothing, Some(exercise)) => self.add(student, exercise, student.to_owned()),
            (Found::Nothing, None) => {
                let help = "lay it out as `<student>/<topic>/<slug>/main.mjs`, or name the exercise: `grade <exercise> <class>`";
                self.misplaced(
                    student,
                    name(student),
                    "there is no `<topic>/<slug>/` in it",
                    help,
                );
            }
        }
        Ok(())
    }

    /// The folder of answers holds `topic/slug.yaml`; everything else in it is a problem.
    fn of_answers(
        &mut self,
        student: &Path,
        folder: &Path,
        course: &Course,
    ) -> Result<Found, Trouble> {
        let read = library::read_folder(folder, &CAPS)?;
        let found = match read.files.is_empty() && read.left_out.is_empty() {
            true => Found::Nothing,
            false => Found::Something,
        };
        for (path, bytes) in read.files.iter() {
            let file = folder.join(path.as_str());
            match sheet(path.as_str(), &file, bytes, course) {
                Ok(answers) => self.sheets.push(Sheet {
                    student: name(student),
                    file,
                    answers,
                }),
                Err(problems) => {
                    let problems = problems.into_iter().map(|problem| (name(student), problem));
                    self.unplaced.extend(problems);
                }
            }
        }
        for left in read.left_out {
            let why = left.why.to_string();
            let help = "answers are files `<student>/answers/<topic>/<slug>.yaml`";
            self.misplaced(&folder.join(left.path), name(student), &why, help);
        }
        Ok(found)
    }

    /// What stands where the folder of a submission should be.
    fn of_slug(
        &mut self,
        student: &Path,
        slug: &Entry,
        id: &str,
        course: &Course,
        only: Option<&Exercise>,
    ) -> Found {
        let known = course.exercise(id);
        let wanted = |exercise: &&Exercise| only.is_none_or(|only| only.id == exercise.id);
        match (known.filter(wanted), slug.kind) {
            (Some(exercise), Kind::Folder) => self.add(student, exercise, slug.path.clone()),
            (Some(_), Kind::File) => {
                self.misplaced(
                    &slug.path,
                    name(student),
                    "it is a file",
                    "put the files of the submission into a folder of this name",
                );
            }
            (Some(_), Kind::Link) => {
                self.misplaced(
                    &slug.path,
                    name(student),
                    "it is a link, and links are not followed",
                    "put the folder itself there",
                );
            }
            // Of another exercise than the one that is graded.
            (None, _) if known.is_some() => {}
            (None, Kind::Folder)
                if only.is_none_or(|only| words::nearest(id, [only.id.as_str()]).is_some()) =>
            {
                self.unplaced
                    .push((name(student), unknown(student, id, course)));
            }
            (None, Kind::Folder | Kind::File | Kind::Link) => return Found::Nothing,
        }
        Found::Something
    }

    fn add(&mut self, student: &Path, exercise: &Exercise, folder: PathBuf) {
        self.submissions.push(Submission {
            student: name(student),
            exercise: exercise.id.clone(),
            folder,
        });
    }

    fn misplaced(&mut self, path: &Path, student: String, why: &str, help: &str) {
        let shown = words::code(&path.to_string_lossy());
        self.unplaced.push((
            student,
            Problem::new(format!("{shown} was not graded: {why}")).help(help),
        ));
    }
}

/// Whether anything of a student's folder has its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Something,
    Nothing,
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

/// The answers in a file at a path below `answers/`.
fn sheet(path: &str, file: &Path, bytes: &[u8], course: &Course) -> Result<Answers, Vec<Problem>> {
    let shown = file.to_string_lossy();
    let Some(id) = path
        .strip_suffix(".yaml")
        .filter(|id| id.matches('/').count() == 1)
    else {
        let message = format!(
            "{} was not graded: it is no file of answers",
            words::code(&shown)
        );
        let help = "answers are files `<student>/answers/<topic>/<slug>.yaml`";
        return Err(vec![Problem::new(message).help(help)]);
    };
    let answers = course::read_answers(&shown, bytes, course)?;
    if answers.quiz.as_str() != id {
        let quiz = words::code(answers.quiz.as_str());
        let message = format!("{} was not graded: it answers {quiz}", words::code(&shown));
        let help = format!("move it to `answers/{}.yaml`", answers.quiz);
        return Err(vec![Problem::new(message).help(help)]);
    }
    Ok(answers)
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

/// What stands in a folder.
struct Entry {
    path: PathBuf,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
    Link,
}

impl Entry {
    fn name(&self) -> String {
        name(&self.path)
    }
}

/// What stands in a folder, by name, without what systems leave behind.
fn entries(folder: &Path) -> Result<Vec<Entry>, Trouble> {
    let unreadable = |cause| Trouble::Folder {
        path: folder.to_owned(),
        cause,
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        let kind = match (kind.is_dir(), kind.is_symlink()) {
            (true, _) => Kind::Folder,
            (false, true) => Kind::Link,
            (false, false) => Kind::File,
        };
        if !SKIPPED.iter().any(|name| entry.file_name() == *name) {
            found.push(Entry {
                path: entry.path(),
                kind,
            });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn name(folder: &Path) -> String {
    folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course;
    use crate::program::RelPath;

    const ENTRY: &str = "format: 1\ntitle: A\nentry: main\ntests:\n  - name: a\n    trace: ok\n";

    fn course() -> Course {
        let mut files = Files::default();
        let texts = [
            "exercise.yaml",
            "task.md",
            "starter/main.cjs",
            "solution/main.cjs",
        ];
        for (path, text) in texts.iter().zip([ENTRY, "Do it.", "", "console.log('ok')"]) {
            files.insert(
                RelPath::new(&format!("exercises/loop/order/{path}")).unwrap(),
                text.as_bytes(),
            );
        }
        let (course, problems) = course::read(&files);
        assert!(problems.is_empty(), "{problems:?}");
        course
    }

    fn found(layout: &[&str], only: Option<&str>) -> (Vec<String>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        for path in layout {
            let path = folder.path().join(path);
            if path.extension().is_some() {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, "").unwrap();
            } else {
                fs::create_dir_all(path).unwrap();
            }
        }
        let course = course();
        let only = only.map(|id| course.exercise(id).unwrap());
        let class = class(folder.path(), &course, only).unwrap();
        let submissions = class
            .submissions
            .into_iter()
            .map(|one| one.student)
            .collect();
        (
            submissions,
            class
                .unplaced
                .into_iter()
                .map(|(student, _)| student)
                .collect(),
        )
    }

    #[test]
    fn every_student_ends_as_a_submission_or_as_a_problem() {
        let layout = [
            "ann/loop/order/main.cjs",
            "bob/main.cjs",
            "cid",
            "dan/loop/ordre/main.cjs",
            "eve/loop/order.js",
        ];
        let (submissions, problems) = found(&layout, None);
        assert_eq!(submissions, ["ann"]);
        assert_eq!(problems, ["bob", "cid", "dan", "eve"]);
    }

    #[test]
    fn where_one_exercise_is_named_a_folder_may_hold_its_files() {
        let layout = [
            "ann/loop/order/main.cjs",
            "bob/main.cjs",
            "cid",
            "dan/loop/ordre/main.cjs",
        ];
        let (submissions, problems) = found(&layout, Some("loop/order"));
        assert_eq!(submissions, ["ann", "bob", "cid"]);
        assert_eq!(problems, ["dan"]);
    }
}
