//! Quizzes and exercises as authors wrote them and as we trust them; every problem in them, with its line.
//!
//! This room does not know the disk: it is handed a folder's files and answers with a [`Course`] and all problems.
//!
//! A file goes through three steps: `yaml` makes a tree of it that knows where everything stands, `reading` takes
//! typed values out of the tree by tables of keys, and `manifest`, `traces` and `questions` say what they mean. The same
//! tables make the schemas by which editors help with these files.

mod answers;
mod behaviour;
mod exercise;
mod folder;
mod made;
mod manifest;
mod mistake;
mod page;
mod questions;
mod quiz;
mod reach;
mod reading;
mod schema;
mod shape;
mod traces;
mod tree;
mod values;
mod written;
mod yaml;

use crate::problem::Problem;
use crate::program::{Files, Range};
use crate::trace::Expectation;

pub use answers::{Answer, Answers, read as read_answers, write as write_answers};
pub use behaviour::{Ask, Behaviour, Body, Export, Module, Required, Same};
pub use exercise::{Exercise, ExerciseId, Exit, Expected, Need, Test, When, Wrong};
pub use made::OwnFiles;
pub use page::{Page, Snippet};
pub use quiz::{Asked, Choice, Choosable, Item, Kind, Modules, Question, Quiz, QuizId};
pub use schema::{answers as answers_schema, exercise as exercise_schema, quiz as quiz_schema};
pub use tree::{bad_exercise_id, bad_quiz_id};
pub use values::{duration, size};
pub use written::written;

/// A course: its exercises, its quizzes and the pages of its topics.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// Sorted by id.
    pub exercises: Vec<Exercise>,
    /// Sorted by id.
    pub quizzes: Vec<Quiz>,
    /// The pages that teach a topic, sorted by it.
    pub pages: Vec<Page>,
}

impl Course {
    /// The exercise with the id.
    pub fn exercise(&self, id: &str) -> Option<&Exercise> {
        self.exercises
            .iter()
            .find(|exercise| exercise.id.as_str() == id)
    }

    /// The quiz with the id.
    pub fn quiz(&self, id: &str) -> Option<&Quiz> {
        self.quizzes.iter().find(|quiz| quiz.id.as_str() == id)
    }

    /// The page of the topic.
    pub fn page(&self, topic: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.topic == topic)
    }
}

/// Reads a course out of the files of its folder (`exercises/topic/slug/exercise.yaml`).
///
/// All problems of all files come at once, sorted by file and place. What has a problem is left out of the course;
/// everything else is there. Files outside `exercises/` and `quizzes/` do not belong to it.
pub fn read(files: &Files) -> (Course, Vec<Problem>) {
    let (mut course, mut problems) = tree::read(files);
    course.exercises.sort_by(|a, b| a.id.cmp(&b.id));
    course.quizzes.sort_by(|a, b| a.id.cmp(&b.id));
    course.pages.sort_by(|a, b| a.topic.cmp(&b.topic));
    sort(&mut problems);
    (course, problems)
}

/// Reads a trace alone, as it would stand behind `trace:`, for a program of either module system on any Node.
pub fn read_trace(yaml: &str) -> Result<Expectation<When>, Vec<Problem>> {
    let (document, mut problems) = yaml::read("trace", yaml.as_bytes());
    let Some(document) = document else {
        return Err(problems);
    };
    let mut reading = reading::Reading::of(&document);
    let field = reading::Field {
        name: "trace",
        holds: "a trace",
        node: &document.root,
    };
    let reach = reach::Reach::of(Range::ALL);
    let trace = traces::read(&mut reading, field, reach, traces::Dialect::Test);
    problems.extend(reading.into_problems());
    sort(&mut problems);
    match trace {
        Some(trace) if problems.is_empty() => Ok(trace),
        Some(_) | None => Err(problems),
    }
}

fn sort(problems: &mut [Problem]) {
    problems.sort_by(|a, b| a.place.cmp(&b.place));
}
