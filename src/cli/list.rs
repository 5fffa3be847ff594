//! `tickmark list`: what a course has.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::{Common, Exit, Failure, say};
use crate::course::Course;
use crate::report::{self, Line, Style, Text};
use crate::scoring::Points;
use crate::ui::Terminal;
use crate::words;

/// List the topics, exercises and quizzes of the course
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
    #[serde(serialize_with = "as_text")]
    points: Points,
}

#[derive(Serialize)]
struct ListedQuiz<'a> {
    id: &'a str,
    title: &'a str,
    questions: usize,
}

/// Points are no floating-point numbers for whoever reads them either.
fn as_text<S: Serializer>(points: &Points, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(points)
}

impl List {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        let opened = common.open()?;
        let listed = listed(&opened.course);
        match self.format {
            Format::Table => table(&opened.course, &listed)?,
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
        points: exercise.tests.iter().map(|test| test.points).sum(),
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

fn table(course: &Course, listed: &Listed<'_>) -> io::Result<()> {
    let pages = course.pages.iter().map(|page| {
        let title = page.text.lines().next().unwrap_or_default();
        (
            page.topic.as_str(),
            title.trim_start_matches(['#', ' ']).to_owned(),
        )
    });
    let exercises = listed.exercises.iter().map(|exercise| {
        let ListedExercise {
            id, title, points, ..
        } = exercise;
        (*id, format!("{title} ({})", report::points(*points)))
    });
    let quizzes = listed.quizzes.iter().map(|quiz| {
        let ListedQuiz {
            id,
            title,
            questions,
        } = quiz;
        (
            *id,
            format!("{title} ({})", words::count(*questions, "question")),
        )
    });
    let mut text = Text::new();
    let mut part = |title: &str, how: &str, rows: Vec<(&str, String)>| {
        if !rows.is_empty() {
            text.gap();
            let how = format!(": {how}");
            text.push(Line::words(Style::Strong, title).and(Style::Dim, &how));
            text.append(columns(&rows), 2);
        }
    };
    part(
        "Topics",
        "read one with `tickmark show <topic>`",
        pages.collect(),
    );
    part(
        "Exercises",
        "begin one with `tickmark start <exercise>`",
        exercises.collect(),
    );
    part(
        "Quizzes",
        "answer one with `tickmark quiz <quiz>`",
        quizzes.collect(),
    );
    Terminal::Stdout.show(&text)
}

/// A name and what it is on each line, the names below each other.
pub(super) fn columns(rows: &[(&str, String)]) -> Text {
    let width = rows
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0);
    let mut text = Text::new();
    for (name, what) in rows {
        text.push(Line::words(Style::Plain, what).led_by(Style::Code, &format!("{name:width$}  ")));
    }
    text
}
