//! `tickmark grade`: a teacher's whole class.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use super::runtime::Runtime;
use super::written::{self, Written};
use super::{Common, Exit, Failure, Require, STOP, course_name, exercise, say};
use crate::batch::{self, Event};
use crate::course::{Course, Exercise, Quiz};
use crate::grading::{self, Graded, Luck, NotJudged, Policy, Racy, Runs, Scope};
use crate::intake::{self, Sheet, Submission};
use crate::marking;
use crate::problem::Problem;
use crate::report::{self, Reader, Results, Row, Spending, Tally, Unplaced, Work};
use crate::ui;
use crate::words;

/// Grade a class
///
/// CLASS holds a folder for each student, and that holds `<topic>/<slug>/` with the files of a submission, and
/// `answers/<topic>/<slug>.yaml` with the answers to a quiz. When one exercise is named, a student's folder may also
/// hold the files themselves.
///
/// A class graded in full is a success (exit code 0), whatever the points are: see --fail-on.
#[derive(Debug, clap::Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  tickmark grade class                                  every exercise that somebody handed in
  tickmark grade event-loop/five-ways class             one exercise
  tickmark grade class --format csv --output points.csv
  tickmark grade class --format json --output results.json --fail-on lost-points
  tickmark grade class --runs 20                        find who is right only by luck
  tickmark grade class --luck --racy points             the same from every order, and told only
  tickmark grade class --require-sandbox                only where programs are closed off
  tickmark grade class --node model                     without Node, from every order that a program can print"
)]
pub(super) struct Grade {
    /// The exercise to grade; left out: all
    exercise: Option<String>,
    /// The folder with the students' folders
    class: PathBuf,
    #[command(flatten)]
    written: Written,
    /// Run every test this often; left out: once, and 4 times more where the order alone was wrong
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    runs: Option<u32>,
    /// What a test earns whose runs disagree
    #[arg(long, value_enum, value_name = "HOW", default_value_t)]
    racy: RacyEarns,
    /// A test is racy too if it was passed by luck: its program can print an order that is not accepted, as the model of the event loop knows
    #[arg(long)]
    luck: bool,
    /// How many submissions are graded at once; left out: twice as many as there are cores
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Write also how much time and memory each run took; these differ from run to run
    #[arg(long)]
    times: bool,
    /// What else, beside problems and trouble, is a failure (exit code 1)
    #[arg(long, value_enum, value_name = "WHAT")]
    fail_on: Option<FailOn>,
    #[command(flatten)]
    require: Require,
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
        self.written.check()?;
        let opened = common.open()?;
        let only = self
            .exercise
            .as_deref()
            .map(|id| exercise(&opened, id))
            .transpose()?;
        let class = self.class(&opened.course, only)?;
        // Answers alone need no Node.
        let runtime = match class.submissions.is_empty() {
            true => None,
            false => {
                let handed_in = opened.course.exercises.iter().filter(|exercise| {
                    let submissions = &class.submissions;
                    submissions.iter().any(|one| one.exercise == exercise.id)
                });
                Some(Runtime::find(common, handed_in)?)
            }
        };
        if let Some(runtime) = &runtime {
            self.require.check(runtime)?;
        }
        let mut rows = match &runtime {
            Some(runtime) => self.graded(class.submissions, &opened.course, runtime),
            None => Vec::new(),
        };
        rows.extend(marked(&opened.course, class.sheets));
        let unplaced = class.unplaced.into_iter();
        let unplaced = unplaced.map(|(student, problem)| Unplaced {
            student: Some(student),
            problem,
        });
        let on = runtime.as_ref().map(Runtime::on);
        let results = Results::new(course_name(&opened), on, rows, unplaced.collect());
        let reported = self.report(&results);
        if STOP.is_asked() {
            say("broken off: what was not done by then is not judged");
        }
        if !opened.problems.is_empty() {
            say(words::lines(&opened.problems));
        }
        reported?;
        Ok(self.exit(&results).max(if opened.problems.is_empty() {
            Exit::Clean
        } else {
            Exit::Problem
        }))
    }

    fn class(&self, course: &Course, only: Option<&Exercise>) -> Result<intake::Class, Failure> {
        let shown = words::code(&self.class.to_string_lossy());
        if !self.class.is_dir() {
            let problem = Problem::new(format!("{shown} is no folder"));
            return Err(problem
                .help("name the folder that holds the students' folders")
                .into());
        }
        let class = intake::class(&self.class, course, only)?;
        if class.submissions.is_empty() && class.sheets.is_empty() {
            let nothing = Problem::new(format!("there is nothing to grade in {shown}"))
                .help("a class is laid out as `<class>/<student>/<topic>/<slug>/main.mjs`");
            return Err(Failure::Problems(
                class
                    .unplaced
                    .into_iter()
                    .map(|(_, problem)| problem)
                    .chain([nothing])
                    .collect(),
            ));
        }
        Ok(class)
    }

    /// Runs the programs.
    fn graded(&self, submissions: Vec<Submission>, course: &Course, runtime: &Runtime) -> Vec<Row> {
        let jobs: Vec<(Submission, &Exercise)> = submissions
            .into_iter()
            .filter_map(|submission| {
                let exercise = course.exercise(submission.exercise.as_str())?;
                Some((submission, exercise))
            })
            .collect();
        let progress = ui::Progress::new(jobs.len());
        let name = |at: usize| format!("{} {}", jobs[at].0.student, jobs[at].0.exercise);
        let workers = self.jobs.unwrap_or_else(batch::workers);
        let grade = |(submission, exercise): &(Submission, &Exercise)| {
            one(submission, exercise, runtime, self.policy())
        };
        let graded = batch::run(&jobs, workers, &STOP, grade, |event| match event {
            Event::Started(at) => progress.started(&name(at)),
            Event::Finished(at) => progress.finished(&name(at)),
        });
        progress.end();
        let rows = jobs.into_iter().zip(graded);
        rows.map(|((submission, exercise), graded)| Row {
            student: Some(submission.student),
            folder: Some(submission.folder.to_string_lossy().into_owned()),
            work: Work::Exercise(graded.unwrap_or_else(|| {
                grading::not_judged(exercise, runtime.ran(), &NotJudged::Interrupted)
            })),
        })
        .collect()
    }

    fn policy(&self) -> Policy {
        Policy {
            runs: self.runs.map_or(Runs::AsNeeded, Runs::Each),
            racy: match self.racy {
                RacyEarns::Nothing => Racy::Fails,
                RacyEarns::Points => Racy::Passes,
            },
            luck: match self.luck {
                true => Luck::IsRacy,
                false => Luck::Passes,
            },
            scope: Scope::All,
        }
    }

    fn report(&self, results: &Results) -> Result<(), Failure> {
        let spending = match self.times {
            true => Spending::With,
            false => Spending::Without,
        };
        let options = written::options(Reader::Teacher, spending);
        let table = report::table(results, &options);
        self.written.write(results, &options, &table)
    }

    fn exit(&self, results: &Results) -> Exit {
        let tally = Tally::of_all(results.rows(), Reader::Teacher);
        let lost = match self.fail_on {
            Some(FailOn::LostPoints) if tally.earned < tally.most => Exit::LostPoints,
            Some(FailOn::LostPoints) | None => Exit::Clean,
        };
        let problem = if results.unplaced().is_empty() {
            Exit::Clean
        } else {
            Exit::Problem
        };
        let trouble = if tally.not_judged == 0 {
            Exit::Clean
        } else {
            Exit::Trouble
        };
        lost.max(problem).max(trouble)
    }
}

/// Grades one submission; what cannot be read is not judged.
fn one(submission: &Submission, exercise: &Exercise, runtime: &Runtime, policy: Policy) -> Graded {
    match grading::tried_twice(|| submission.read()) {
        Ok((files, notes)) => {
            let mut graded = runtime.grade(exercise, &files, policy);
            graded.notes.splice(0..0, notes);
            graded
        }
        Err(trouble) => grading::not_judged(
            exercise,
            runtime.ran(),
            &NotJudged::Trouble(words::with_causes(&trouble)),
        ),
    }
}

/// Marks the answers to quizzes.
fn marked(course: &Course, sheets: Vec<Sheet>) -> Vec<Row> {
    let quizzes: Vec<Arc<Quiz>> = course.quizzes.iter().cloned().map(Arc::new).collect();
    let rows = sheets.into_iter().filter_map(|sheet| {
        let quiz = quizzes.iter().find(|quiz| quiz.id == sheet.answers.quiz)?;
        Some(Row {
            student: Some(sheet.student),
            folder: Some(sheet.file.to_string_lossy().into_owned()),
            work: Work::Quiz(marking::mark(quiz, &sheet.answers)),
        })
    });
    rows.collect()
}
