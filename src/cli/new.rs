//! `tickmark new`: templates for authors, which work as they stand.
//!
//! The templates are the files under `new/`; each key of the reader stands in one of them, with a comment. What goes
//! with them into the course's folder `.tickmark` are the schemas to which their first lines point an editor.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use rust_embed::RustEmbed;
use serde_json::Value;

use super::{Common, Exit, Failure, could_not, folder};
use crate::course;
use crate::library::{self, How, Origin};
use crate::problem::Problem;
use crate::program::{Files, RelPath};
use crate::words;

/// Write a template: an exercise, a quiz or a whole course
///
/// Each works as it stands, explains itself in comments, and is to be changed into yours. Nothing that exists is
/// overwritten, but the schemas in the course's folder `.tickmark` are kept up to date.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark new course my-course                   a course with an exercise and a quiz in it
  tickmark new exercise event-loop/read-both --course my-course
  tickmark new quiz event-loop/phases --course my-course")]
pub(super) struct New {
    /// What to write
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write an exercise into the course
    #[command(after_help = "\
Examples:
  tickmark new exercise event-loop/read-both
  tickmark new exercise event-loop/read-both --course my-course")]
    Exercise {
        /// Its topic and its name
        #[arg(value_name = "TOPIC/NAME")]
        id: String,
    },
    /// Write a quiz into the course
    #[command(after_help = "\
Examples:
  tickmark new quiz event-loop/phases
  tickmark new quiz event-loop/phases --course my-course")]
    Quiz {
        /// Its topic and its name
        #[arg(value_name = "TOPIC/NAME")]
        id: String,
    },
    /// Make a course, with an exercise and a quiz in it
    #[command(after_help = "\
Examples:
  tickmark new course my-course")]
    Course {
        /// The folder to make
        dir: PathBuf,
    },
}

#[derive(RustEmbed)]
#[folder = "src/cli/new/exercise/"]
struct ExerciseTemplate;

const QUIZ: &str = include_str!("new/quiz.yaml");
const COURSE: &str = include_str!("new/course.md");

/// What a new course begins with.
const FIRST_EXERCISE: &str = "event-loop/now-and-later";
const FIRST_QUIZ: &str = "event-loop/one-of-each-kind";

impl New {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        match self.what {
            What::Exercise { id } => exercise(&id, &Place::of(common)?)?,
            What::Quiz { id } => quiz(&id, &Place::of(common)?)?,
            What::Course { dir } => new_course(&dir)?,
        }
        Ok(Exit::Clean)
    }
}

/// The course to write into.
struct Place {
    /// Its folder.
    folder: PathBuf,
    /// What makes other commands find it from here: nothing, or ` --course …`.
    option: String,
}

impl Place {
    fn of(common: &Common) -> Result<Place, Failure> {
        let origin = library::meant(common.course.as_deref())?;
        if let Some(problem) = origin.problem() {
            return Err(problem.into());
        }
        match origin {
            Origin::Folder { path, how } => Ok(Place {
                option: match how {
                    How::Named => format!(" --course {}", shown(&path)),
                    How::Variable | How::Nearest => String::new(),
                },
                folder: path,
            }),
            Origin::BuiltIn => Err(Problem::new(
                "there is no course here, and nothing can be written into the built-in one",
            )
            .help("make one with `tickmark new course <DIR>`, or name one with `--course <DIR>`")
            .into()),
        }
    }
}

fn exercise(id: &str, place: &Place) -> Result<(), Failure> {
    refuse(course::bad_exercise_id(id))?;
    let dir = place.folder.join("exercises").join(id);
    folder::make_room(&dir, "give the exercise another name")?;
    folder::write(&dir, &exercise_files())?;
    keep_schemas(&place.folder)?;
    let (dir, option) = (shown(&dir), &place.option);
    Ok(writeln!(
        io::stdout(),
        "{dir}: an exercise that works, to be changed into yours; begin with exercise.yaml\n\
         see it as students do: tickmark show {id}{option}\n\
         check its solution: tickmark check {id} {dir}/solution-cjs{option}\n\
         prove all that it says: tickmark prove exercises/{id}{option}"
    )?)
}

fn quiz(id: &str, place: &Place) -> Result<(), Failure> {
    refuse(course::bad_quiz_id(id))?;
    let path = format!("quizzes/{id}.yaml");
    folder::write(&place.folder, &file(&path, QUIZ))?;
    keep_schemas(&place.folder)?;
    let (file, option) = (shown(&place.folder.join(path)), &place.option);
    Ok(writeln!(
        io::stdout(),
        "{file}: a quiz with one question of each kind, to be changed into yours\n\
         see what is wrong in it: tickmark list{option}\n\
         prove all that it says: tickmark prove quizzes/{id}.yaml{option}"
    )?)
}

fn new_course(dir: &Path) -> Result<(), Failure> {
    folder::make_room(dir, "name another folder: `tickmark new course <DIR>`")?;
    let mut files = file("README.md", COURSE);
    files.overlay(&file(&format!("quizzes/{FIRST_QUIZ}.yaml"), QUIZ));
    if let Ok(first) = RelPath::new(&format!("exercises/{FIRST_EXERCISE}")) {
        let exercise = exercise_files();
        let inside = exercise.iter();
        let inside = inside.map(|(path, content)| (path.inside(&first), content.clone()));
        files.overlay(&inside.collect());
    }
    folder::write(dir, &files)?;
    keep_schemas(dir)?;
    let dir = shown(dir);
    Ok(writeln!(
        io::stdout(),
        "{dir}: a course with an exercise and a quiz in it; README.md says where everything is\n\
         see what it has: tickmark list --course {dir}\n\
         prove all that it says: tickmark prove exercises quizzes --course {dir}"
    )?)
}

fn refuse(problem: Option<Problem>) -> Result<(), Failure> {
    problem.map_or(Ok(()), |problem| Err(problem.into()))
}

fn exercise_files() -> Files {
    let files = ExerciseTemplate::iter().filter_map(|path| {
        let content = ExerciseTemplate::get(&path)?.data;
        Some((RelPath::new(&path).ok()?, content.as_ref().into()))
    });
    files.collect()
}

fn file(path: &str, text: &str) -> Files {
    let path = RelPath::new(path).into_iter();
    path.map(|path| (path, text.as_bytes().into())).collect()
}

/// Writes the schemas that the course has not, or has from another tickmark.
fn keep_schemas(course: &Path) -> Result<(), Failure> {
    let dir = course.join(".tickmark");
    folder::make(&dir)?;
    let schemas: [(&str, Value); 2] = [
        ("exercise.schema.json", course::exercise_schema()),
        ("quiz.schema.json", course::quiz_schema()),
    ];
    for (name, schema) in schemas {
        let (path, text) = (dir.join(name), format!("{schema:#}\n"));
        if fs::read(&path).is_ok_and(|there| there == text.as_bytes()) {
            continue;
        }
        fs::write(&path, text).map_err(|error| could_not("write", &path, &error))?;
    }
    Ok(())
}

/// A path as it would be named from here.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    words::visible(&below.as_deref().unwrap_or(path).to_string_lossy())
}
