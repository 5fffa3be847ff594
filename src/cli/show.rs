//! `tickmark show`: an exercise as its students see it, and how to answer a quiz.

use std::io;

use super::{Common, Exit, Failure, exercise};
use crate::course::{Exercise, Quiz, Test};
use crate::report::{Line, Style, Text, prose};
use crate::scoring::Points;
use crate::ui::Terminal;
use crate::words;

/// Show the task of an exercise and its tests, or what a quiz is about
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark show event-loop/five-ways")]
pub(super) struct Show {
    /// The exercise or quiz, as `tickmark list` names it
    id: String,
}

impl Show {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        let opened = common.open()?;
        match (
            opened.course.exercise(&self.id),
            opened.course.quiz(&self.id),
        ) {
            (None, Some(quiz)) => print_quiz(quiz)?,
            (Some(_), _) | (None, None) => print(exercise(&opened, &self.id)?)?,
        }
        Ok(Exit::Clean)
    }
}

fn print(exercise: &Exercise) -> io::Result<()> {
    let mut text = Text::new();
    text.push(Line::words(Style::Strong, &exercise.title));
    text.gap();
    text.append(prose(&exercise.task), 0);
    text.gap();
    text.push(Line::words(Style::Strong, "Tests"));
    let visible = exercise.tests.iter().filter(|test| !test.hidden);
    let visible = visible.map(|test| format!("{} ({})", test.name, worth(test.points)));
    for test in visible.chain(hidden(exercise.tests.iter())) {
        text.push(Line::words(Style::Plain, &test).led_by(Style::Plain, "- "));
    }
    text.gap();
    text.push(Line::words(
        Style::Plain,
        &format!("Start with: tickmark start {}", exercise.id),
    ));
    Terminal::Stdout.show(&text)
}

/// The questions themselves are shown one by one, when they are answered.
fn print_quiz(quiz: &Quiz) -> io::Result<()> {
    let points: Points = quiz.questions.iter().map(|question| question.points).sum();
    let questions = words::count(quiz.questions.len(), "question");
    let mut text = Text::new();
    text.push(Line::words(Style::Strong, &quiz.title));
    text.gap();
    for sentence in [
        format!("A quiz: {questions}, {}", worth(points)),
        format!("Answer it with: tickmark quiz {}", quiz.id),
    ] {
        text.push(Line::words(Style::Plain, &sentence));
    }
    Terminal::Stdout.show(&text)
}

/// What a student is told of the hidden tests: that there are some.
pub(super) fn hidden<'a>(tests: impl Iterator<Item = &'a Test>) -> Option<String> {
    let hidden: Vec<Points> = tests
        .filter(|test| test.hidden)
        .map(|test| test.points)
        .collect();
    let worth = worth(hidden.iter().copied().sum::<Points>());
    (!hidden.is_empty()).then(|| format!("{} ({worth})", words::count(hidden.len(), "hidden test")))
}

/// `1 point`, `2.5 points`.
pub(super) fn worth(points: impl std::fmt::Display) -> String {
    match points.to_string() {
        one if one == "1" => "1 point".to_owned(),
        points => format!("{points} points"),
    }
}
