//! Results written down for somebody, and every sentence a student reads.
//!
//! [`Results`] are plain data; everything here is a function of them: [`feedback()`] says what happened in words,
//! [`FORMATS`] are the ways to write a whole class down. The same results make the same bytes.
//!
//! It does not know where the text goes, nor how grades come about.
//!
//! To add a format, add a file under `report/format/` and its line to [`FORMATS`].

mod behaviour;
mod difference;
mod ending;
mod feedback;
mod finding;
mod format;
mod item;
mod javascript;
mod marks;
mod prose;
mod tally;
mod text;
mod verbatim;

use crate::grading::Graded;
use crate::marking::Marked;
use crate::problem::Problem;
use crate::program::{ModuleSystem, RanOn, RelPath};
use crate::sandbox::Tier;

pub use behaviour::in_few_words as misbehaved;
pub use ending::{how as ending, refused};
pub use feedback::{course, feedback, item, points, submission};
pub use format::{FORMATS, Format, Unknown, schema, table};
pub use item::{Item, Standing};
pub use javascript::texts;
pub use prose::{program, prose};
pub use tally::Tally;
pub use text::{Flow, Line, Span, Style, Text, unlike_a_command};

/// What became of everything that was handed in.
#[derive(Debug, Clone)]
pub struct Results {
    course: CourseName,
    on: Option<On>,
    rows: Vec<Row>,
    unplaced: Vec<Unplaced>,
}

/// What everything ran on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct On {
    /// A Node, or the model of one; then all of it is provisional.
    pub ran: RanOn,
    /// How much programs were closed off.
    pub tier: Tier,
}

/// Which course it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseName {
    /// Where it was found: its folder, or that it is the built-in one.
    pub from: String,
    /// A hash of its content, in hexadecimal digits.
    pub hash: String,
}

/// What became of one submission. A student who handed nothing in for an exercise has no row for it.
#[derive(Debug, Clone)]
pub struct Row {
    /// Whose it is; `None` where one student checks one program.
    pub student: Option<String>,
    /// The folder it lies in, or the file of answers, as the reader would name it; for formats that point at files.
    pub folder: Option<String>,
    /// What it is, and what became of it.
    pub work: Work,
}

/// What was handed in, graded.
#[derive(Debug, Clone)]
pub enum Work {
    /// A program for an exercise.
    Exercise(Graded),
    /// Answers to a quiz.
    Quiz(Marked),
}

/// Something that was handed in and belongs to no exercise: a problem to mend, not a zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// Whose it is.
    pub student: Option<String>,
    /// Why it belongs nowhere.
    pub problem: Problem,
}

/// Who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A student: of hidden tests only that there are some, and what they are worth.
    Student,
    /// A teacher: everything.
    Teacher,
}

/// Whether a report says how much time and memory a run took; these differ from run to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spending {
    /// It does not.
    #[default]
    Without,
    /// It does.
    With,
}

/// How to write results down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// For whom.
    pub reader: Reader,
    /// Whether with what runs used.
    pub spending: Spending,
    /// How many columns a table may take.
    pub columns: usize,
}

impl Results {
    /// All results, sorted by student and exercise whatever order they came in.
    pub fn new(
        course: CourseName,
        on: Option<On>,
        mut rows: Vec<Row>,
        mut unplaced: Vec<Unplaced>,
    ) -> Self {
        rows.sort_by_cached_key(|row| (alphabetical(&row.student), row.name(), row.folder.clone()));
        unplaced.sort_by_cached_key(|one| (alphabetical(&one.student), one.problem.to_string()));
        Results {
            course,
            on,
            rows,
            unplaced,
        }
    }

    /// Which course it was.
    pub fn course(&self) -> &CourseName {
        &self.course
    }

    /// What everything ran on; `None` where nothing was to be run.
    pub fn on(&self) -> Option<On> {
        self.on
    }

    /// The submissions, by student and exercise.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What belongs to no exercise, by student.
    pub fn unplaced(&self) -> &[Unplaced] {
        &self.unplaced
    }
}

impl Row {
    /// What it is of: the exercise's id, or that of the quiz behind `answers/`, as in what students hand in.
    pub fn name(&self) -> String {
        match &self.work {
            Work::Exercise(graded) => graded.exercise.to_string(),
            Work::Quiz(marked) => format!("answers/{}", marked.quiz.id),
        }
    }

    /// All its tests or questions, in the author's order.
    pub fn all(&self) -> impl Iterator<Item = Item<'_>> {
        let (tests, questions): (&[_], &[_]) = match &self.work {
            Work::Exercise(graded) => (&graded.tests, &[]),
            Work::Quiz(marked) => (&[], &marked.questions),
        };
        let tests = tests.iter().map(Item::Test);
        tests.chain(questions.iter().map(Item::Question))
    }

    /// Those that the reader may know.
    pub fn items(&self, reader: Reader) -> impl Iterator<Item = Item<'_>> {
        self.all().filter(move |item| match reader {
            Reader::Student => !item.is_hidden(),
            Reader::Teacher => true,
        })
    }

    /// The program's entry file and how Node loads it, if there is exactly one.
    pub fn entry(&self) -> Option<&(RelPath, ModuleSystem)> {
        match &self.work {
            Work::Exercise(graded) => graded.entry.as_ref(),
            Work::Quiz(_) => None,
        }
    }

    /// What the reader should know about it as a whole, one sentence each.
    pub fn notes(&self) -> &[String] {
        match &self.work {
            Work::Exercise(graded) => &graded.notes,
            Work::Quiz(_) => &[],
        }
    }
}

/// Where a name stands in a list of names: without regard to case, and then with it.
fn alphabetical(name: &Option<String>) -> Option<(String, String)> {
    name.as_ref()
        .map(|name| (name.to_lowercase(), name.clone()))
}
