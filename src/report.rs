//! Results written down for somebody, and every sentence a student reads.
//!
//! [`Results`] are plain data; everything here is a function of them: [`feedback()`] says what happened in words,
//! [`FORMATS`] are the ways to write a whole class down. The same results make the same bytes.
//!
//! It does not know where the text goes, nor how grades come about.
//!
//! To add a format, add a file under `report/format/` and its line to [`FORMATS`].

mod difference;
mod ending;
mod feedback;
mod finding;
mod format;
mod prose;
mod tally;
mod text;
mod verbatim;

use crate::grading::{Graded, TestResult};
use crate::problem::Problem;
use crate::program::Version;

pub use feedback::{feedback, submission};
pub use format::{FORMATS, Format, Unknown, schema, table};
pub use prose::prose;
pub use tally::Tally;
pub use text::{Flow, Line, Span, Style, Text, unlike_a_command};

/// What became of everything that was handed in.
#[derive(Debug, Clone)]
pub struct Results {
    course: CourseName,
    node: Version,
    rows: Vec<Row>,
    unplaced: Vec<Unplaced>,
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
    /// The folder it lies in, as the reader would name it; for formats that point at files.
    pub folder: Option<String>,
    /// What became of it.
    pub graded: Graded,
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
        node: Version,
        mut rows: Vec<Row>,
        mut unplaced: Vec<Unplaced>,
    ) -> Self {
        rows.sort_by_cached_key(|row| {
            let exercise = row.graded.exercise.clone();
            (alphabetical(&row.student), exercise, row.folder.clone())
        });
        unplaced.sort_by_cached_key(|one| (alphabetical(&one.student), one.problem.to_string()));
        Results {
            course,
            node,
            rows,
            unplaced,
        }
    }

    /// Which course it was.
    pub fn course(&self) -> &CourseName {
        &self.course
    }

    /// The Node everything ran on.
    pub fn node(&self) -> Version {
        self.node
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
    /// The tests that the reader may know, in the author's order.
    pub fn tests(&self, reader: Reader) -> impl Iterator<Item = &TestResult> {
        self.graded.tests.iter().filter(move |test| match reader {
            Reader::Student => !test.hidden,
            Reader::Teacher => true,
        })
    }
}

/// Where a name stands in a list of names: without regard to case, and then with it.
fn alphabetical(name: &Option<String>) -> Option<(String, String)> {
    name.as_ref()
        .map(|name| (name.to_lowercase(), name.clone()))
}
