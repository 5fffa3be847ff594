//! `tickmark show`: a topic's page, an exercise or a quiz, as students see it.

use super::{Common, Exit, Failure, exercise};
use crate::course::{Exercise, Quiz, Test};
use crate::report::{Line, Style, Text, prose};
use crate::scoring::Points;
use crate::ui::Terminal;
use crate::words;

/// Show the page of a topic, the task of an exercise and its tests, or what a quiz is about
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark show event-loop              the page that teaches it
  tickmark show event-loop/five-ways    an exercise")]
pub(super) struct Show {
    /// The topic, exercise or quiz, as `tickmark list` names it
    what: String,
}

impl Show {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        let opened = common.open()?;
        let course = &opened.course;
        let text = match (course.page(&self.what), course.quiz(&self.what)) {
            (Some(page), _) => prose(&page.text),
            // An exercise may have the name of a quiz, and is more to look at.
            (None, Some(quiz)) if course.exercise(&self.what).is_none() => about(quiz),
            (None, _) => task(exercise(&opened, &self.what)?),
        };
        Terminal::Stdout.show(&text)?;
        Ok(Exit::Clean)
    }
}

fn about(quiz: &Quiz) -> Text {
    let mut text = Text::new();
    let questions = words::count(quiz.questions.len(), "question");
    let points = quiz.questions.iter().map(|question| question.points);
    let worth = worth(points.sum::<Points>());
    text.push(
        Line::words(Style::Strong, &quiz.title)
            .and(Style::Plain, &format!(": {questions}, {worth}")),
    );
    text.gap();
    text.push(Line::words(
        Style::Plain,
        &format!("Answer it with: tickmark quiz {}", quiz.id),
    ));
    text
}

fn task(exercise: &Exercise) -> Text {
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
    text
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
