//! `tickmark list`: what a course has.

use std::io::{self, Write};

use serde::Serialize;

use super::{Common, Exit, Failure, say};
use crate::course::Course;
use crate::scoring::Points;
use crate::words;

/// List the exercises and quizzes of the course
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark list
  tickmark list --format json
  tickmark list --course my-course")]
pub(super) struct List {
    /// How to write the list
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
}

/// The list as JSON; `format` is its version.
#[derive(Serialize)]
struct Listed<'a> {
    format: u32,
    exercises: Vec<ListedExercise<'a>>,
    quizzes: Vec<ListedQuiz<'a>>,
}

#[derive(Serialize)]
struct ListedExercise<'a> {
    id: &'a str,
    title: &'a str,
    tests: usize,
    points: String,
}

#[derive(Serialize)]
struct ListedQuiz<'a> {
    id: &'a str,
    title: &'a str,
    questions: usize,
}

impl List {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        let opened = common.open()?;
        let listed = listed(&opened.course);
        match self.format {
            Format::Table => table(&listed)?,
            Format::Json => writeln!(
                io::stdout(),
                "{}",
                serde_json::to_string(&listed).map_err(io::Error::from)?
            )?,
        }
        if opened.problems.is_empty() {
            return Ok(Exit::Clean);
        }
        say(words::lines(&opened.problems));
        Ok(Exit::Problem)
    }
}

fn listed(course: &Course) -> Listed<'_> {
    let exercises = course.exercises.iter().map(|exercise| ListedExercise {
        id: exercise.id.as_str(),
        title: &exercise.title,
        tests: exercise.tests.len(),
        points: exercise
            .tests
            .iter()
            .map(|test| test.points)
            .sum::<Points>()
            .to_string(),
    });
    let quizzes = course.quizzes.iter().map(|quiz| ListedQuiz {
        id: quiz.id.as_str(),
        title: &quiz.title,
        questions: quiz.questions.len(),
    });
    Listed {
        format: 1,
        exercises: exercises.collect(),
        quizzes: quizzes.collect(),
    }
}

fn table(listed: &Listed<'_>) -> io::Result<()> {
    let mut out = anstream::stdout();
    let ids = listed
        .exercises
        .iter()
        .map(|exercise| exercise.id)
        .chain(listed.quizzes.iter().map(|quiz| quiz.id));
    let width = ids.map(|id| id.chars().count()).max().unwrap_or(0);
    for ListedExercise {
        id, title, points, ..
    } in &listed.exercises
    {
        writeln!(out, "{id:width$}  {title} ({points} points)")?;
    }
    for ListedQuiz {
        id,
        title,
        questions,
    } in &listed.quizzes
    {
        writeln!(
            out,
            "{id:width$}  {title} ({})",
            words::count(*questions, "question")
        )?;
    }
    Ok(())
}
