//! `tickmark show`: a topic's page, an exercise or a quiz, as students see it.

use super::{Common, Exit, Failure, broken_or, meant};
use crate::course::{Exercise, Quiz, Test};
use crate::library::Opened;
use crate::problem::Problem;
use crate::report::{Line, Style, Text, points, prose};
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
        let (course, what) = (&opened.course, &self.what);
        // An exercise may have the name of a quiz, and is more to look at.
        let page = course.page(what).map(|page| prose(&page.text));
        let text = page
            .or_else(|| course.exercise(what).map(task))
            .or_else(|| course.quiz(what).map(about))
            .ok_or_else(|| nothing(&opened, what))?;
        Terminal::Stdout.show(&text)?;
        Ok(Exit::Clean)
    }
}

/// What is said where nothing has this name.
fn nothing(opened: &Opened, what: &str) -> Failure {
    let course = &opened.course;
    let paths = [format!("exercises/{what}/"), format!("quizzes/{what}.yaml")];
    broken_or(opened, &paths, || {
        let topics = course.pages.iter().map(|page| page.topic.as_str());
        let exercises = course.exercises.iter().map(|one| one.id.as_str());
        let quizzes = course.quizzes.iter().map(|one| one.id.as_str());
        let known: Vec<&str> = topics.chain(exercises).chain(quizzes).collect();
        let problem = Problem::new(format!(
            "there is no topic, exercise or quiz {}",
            words::code(what)
        ));
        problem.help(meant(what, &known, "of them"))
    })
}

fn about(quiz: &Quiz) -> Text {
    let mut text = Text::new();
    let questions = words::count(quiz.questions.len(), "question");
    let worth = points(quiz.questions.iter().map(|question| question.points).sum());
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
    let visible = visible.map(|test| format!("{} ({})", test.name, points(test.points)));
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
    let worth = points(hidden.iter().copied().sum());
    (!hidden.is_empty()).then(|| format!("{} ({worth})", words::count(hidden.len(), "hidden test")))
}
