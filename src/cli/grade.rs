//! `tickmark grade`: a teacher's whole class.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use super::{Common, Exit, Failure, STOP, exercise, say, write};
use crate::batch::{self, Event};
use crate::course::{Course, Exercise};
use crate::grading::{self, Graded, Policy, Racy, Runs, Scope};
use crate::intake::{self, Submission};
use crate::library::Opened;
use crate::node::Node;
use crate::problem::Problem;
use crate::report::{self, CourseName, Format, Results, Row};
use crate::ui;
use crate::words;

/// Grade a class
///
/// CLASS holds a folder for each student, and that holds `<topic>/<slug>/` with the files of a submission. When one
/// exercise is named, a student's folder may also hold the files themselves.
///
/// A class graded in full is a success (exit code 0), whatever the points are: see --fail-on.
#[derive(Debug, clap::Args)]
#[command(allow_missing_positional = true, after_help = "\
Examples:
  tickmark grade class                                  every exercise that somebody handed in
  tickmark grade event-loop/drain class                 one exercise
  tickmark grade class --format csv --output points.csv
  tickmark grade class --format json --output results.json --fail-on lost-points
  tickmark grade class --runs 20                        find who is right only by luck")]
pub(super) struct Grade {
    /// The exercise to grade; left out: all
    exercise: Option<String>,
    /// The folder with the students' folders
    class: PathBuf,
    /// How to write the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write the report to this file, and the table to the terminal
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Run every test this often; left out: once, and 4 times more where the order alone was wrong
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    runs: Option<u32>,
    /// What a test earns whose runs disagree
    #[arg(long, value_enum, value_name = "HOW", default_value_t)]
    racy: RacyEarns,
    /// How many submissions are graded at once; left out: twice as many as there are cores
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// What else, beside problems and trouble, is a failure (exit code 1)
    #[arg(long, value_enum, value_name = "WHAT")]
    fail_on: Option<FailOn>,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum RacyEarns {
    /// Nothing
    #[default]
    Nothing,
    /// Its points, if at least one run was as expected
    Points,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum FailOn {
    /// Somebody lost points
    LostPoints,
}

impl Grade {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        let opened = common.open()?;
        let only = self.exercise.as_deref().map(|id| exercise(&opened, id)).transpose()?;
        let node = common.node()?;
        let class = self.class(&opened.course, only)?;
        let graded = self.grade(&class.submissions, &opened.course, &node);
        let problems: Vec<Problem> = class.problems.into_iter().chain(opened.problems.iter().cloned()).collect();
        let results = results(&opened, &node, class.submissions, graded, problems);
        self.report(&results)?;
        Ok(self.exit(&results))
    }

    fn class(&self, course: &Course, only: Option<&Exercise>) -> Result<intake::Class, Failure> {
        let shown = words::code(&self.class.to_string_lossy());
        if !self.class.is_dir() {
            let problem = Problem::new(format!("{shown} is no folder"));
            return Err(problem.help("name the folder that holds the students' folders").into());
        }
        let class = intake::class(&self.class, course, only)?;
        if class.submissions.is_empty() {
            let nothing = Problem::new(format!("there is nothing to grade in {shown}"))
                .help("a class is laid out as `<class>/<student>/<topic>/<slug>/main.mjs`");
            return Err(Failure::Problems(class.problems.into_iter().chain([nothing]).collect()));
        }
        Ok(class)
    }

    fn grade(&self, submissions: &[Submission], course: &Course, node: &Node) -> Vec<Option<Graded>> {
        let jobs: Vec<(&Submission, &Exercise)> = submissions
            .iter()
            .filter_map(|submission| Some((submission, course.exercise(submission.exercise.as_str())?)))
            .collect();
        let progress = ui::progress(jobs.len());
        let name = |at: usize| format!("{} {}", jobs[at].0.student, jobs[at].0.exercise);
        let workers = self.jobs.unwrap_or_else(batch::workers);
        let grade = |(submission, exercise): &(&Submission, &Exercise)| one(submission, exercise, node, self.policy());
        let graded = batch::run(&jobs, workers, &STOP, grade, |event| match event {
            Event::Started(at) => progress.started(&name(at)),
            Event::Finished(at) => progress.finished(&name(at)),
        });
        progress.end();
        graded
    }

    fn policy(&self) -> Policy {
        Policy {
            runs: self.runs.map_or(Runs::AsNeeded, Runs::Each),
            racy: match self.racy {
                RacyEarns::Nothing => Racy::Fails,
                RacyEarns::Points => Racy::Passes,
            },
            scope: Scope::All,
        }
    }

    fn report(&self, results: &Results) -> Result<(), Failure> {
        write(&report::write(results, self.format), self.output.as_deref())?;
        if self.output.is_some() {
            write(&report::write(results, Format::Table), None)?;
        }
        if !results.problems.is_empty() {
            say(words::lines(&results.problems));
        }
        Ok(())
    }

    fn exit(&self, results: &Results) -> Exit {
        let lost = match self.fail_on {
            Some(FailOn::LostPoints) if results.lost_points() => Exit::LostPoints,
            Some(FailOn::LostPoints) | None => Exit::Clean,
        };
        let problem = if results.problems.is_empty() { Exit::Clean } else { Exit::Problem };
        let trouble = if results.not_judged() == 0 { Exit::Clean } else { Exit::Trouble };
        lost.max(problem).max(trouble)
    }
}

/// Grades one submission; what cannot be read is not judged.
fn one(submission: &Submission, exercise: &Exercise, node: &Node, policy: Policy) -> Graded {
    match submission.read() {
        Ok((files, notes)) => {
            let mut graded = grading::grade(exercise, &files, node, policy);
            graded.notes.splice(0..0, notes);
            graded
        }
        Err(trouble) => grading::not_judged(exercise, node, &trouble.to_string()),
    }
}

fn results(
    opened: &Opened,
    node: &Node,
    submissions: Vec<Submission>,
    graded: Vec<Option<Graded>>,
    problems: Vec<Problem>,
) -> Results {
    let rows = submissions.into_iter().zip(graded).filter_map(|(submission, graded)| {
        let exercise = opened.course.exercise(submission.exercise.as_str())?;
        let graded = graded.unwrap_or_else(|| grading::not_judged(exercise, node, "the grader was interrupted"));
        Some(Row { student: Some(submission.student), graded })
    });
    Results { course: CourseName::of(opened), node: node.version, rows: rows.collect(), problems }
}
