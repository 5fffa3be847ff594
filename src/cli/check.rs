//! `tickmark check`: a student's own answer.

use std::path::{Path, PathBuf};

use super::runtime::Runtime;
use super::written::{self, Written};
use super::{Common, Exit, Failure, Require, course_name, exercise, show};
use crate::course::Exercise;
use crate::grading::{self, Graded, Policy, Runs, Scope};
use crate::intake;
use crate::node::Node;
use crate::problem::Problem;
use crate::program::Files;
use crate::prove;
use crate::report::{self, Line, Reader, Results, Row, Spending, Style, Text, Work};
use crate::ui::Terminal;
use crate::words;

/// Check your answer to an exercise
///
/// Runs your program for every test that you may see, and says what differs, which rule of Node says so, and gives a
/// hint. The exit code is 0 when nothing is wrong, and 1 when points would be lost.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark check event-loop/five-ways five-ways            the folder with your answer
  tickmark check event-loop/five-ways five-ways/main.cjs   the same
  tickmark check event-loop/five-ways five-ways --runs 20  is it right every time?
  tickmark check event-loop/five-ways five-ways --node model
                                                           is every order right that it can print?
  tickmark check event-loop/five-ways five-ways --format junit --output results.xml")]
pub(super) struct Check {
    /// The exercise, as `tickmark list` names it
    exercise: String,
    /// The folder with your answer, or the file in it that is started
    path: PathBuf,
    /// Run every test this often; left out: once, and 4 times more where the order alone was wrong
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    runs: Option<u32>,
    #[command(flatten)]
    written: Written,
    #[command(flatten)]
    require: Require,
}

impl Check {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        self.written.check()?;
        let opened = common.open()?;
        let exercise = exercise(&opened, &self.exercise)?;
        let runtime = Runtime::find(common, std::iter::once(exercise))?;
        self.require.check(&runtime)?;
        let folder = folder(&self.path)?;
        let (files, notes) = intake::read(folder)?;
        let runs = self.runs.map_or(Runs::AsNeeded, Runs::Each);
        let policy = Policy {
            runs,
            scope: Scope::Visible,
            ..Policy::default()
        };
        let mut graded = runtime.grade(exercise, &files, policy);
        graded.notes.splice(0..0, notes);
        let exit = exit(&graded);
        let passed = graded.tests.iter().filter(|test| test.is_passed());
        let passed: Vec<String> = passed.map(|test| test.name.clone()).collect();
        let row = Row {
            student: None,
            folder: Some(folder.to_string_lossy().into_owned()),
            work: Work::Exercise(graded),
        };
        let results = Results::new(
            course_name(&opened),
            Some(runtime.on()),
            vec![row],
            Vec::new(),
        );
        let mut feedback = report::feedback(&results, Reader::Student);
        if let Some(hidden) = show::hidden(exercise.tests.iter()) {
            let more = format!("not run here: {hidden}, part of your teacher's grading");
            feedback.push(Line::words(Style::Plain, &more));
        }
        let options = written::options(Reader::Student, Spending::Without);
        self.written.write(&results, &options, &feedback)?;
        if let (Runtime::Node(node), true) = (&runtime, self.written.is_for_people()) {
            let mut text = Text::new();
            for line in lucky(exercise, &files, node, &passed) {
                text.push(Line::words(Style::Warn, &line));
            }
            Terminal::Stdout.show(&text)?;
        }
        Ok(exit)
    }
}

/// Tests that passed with an order that came by luck: what the program can print as well, as far as the model knows.
fn lucky(exercise: &Exercise, files: &Files, node: &Node, passed: &[String]) -> Vec<String> {
    let prepared = grading::prepared(exercise, files, node).unwrap_or_default();
    let prepared = prepared
        .iter()
        .filter(|one| passed.contains(&one.test.name));
    let lucky = prepared.filter_map(|one| {
        let other = prove::also_prints(&one.program, &one.trace, one.test.extra, node)?;
        let name = words::code(&one.test.name);
        Some(format!(
            "{name} passed by luck: your program can also print {other}"
        ))
    });
    lucky.collect()
}

fn exit(graded: &Graded) -> Exit {
    match (graded.not_judged(), graded.earned() < graded.most()) {
        (0, false) => Exit::Clean,
        (0, true) => Exit::LostPoints,
        _ => Exit::Trouble,
    }
}

/// The folder with the answer.
fn folder(path: &Path) -> Result<&Path, Failure> {
    if path.is_dir() {
        return Ok(path);
    }
    if path.is_file() {
        return Ok(path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new(".")));
    }
    let shown = words::code(&path.to_string_lossy());
    Err(Problem::new(format!("there is no file or folder {shown}"))
        .help("name the folder with your answer; `tickmark start` makes one")
        .into())
}
