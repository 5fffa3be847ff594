//! The command line: arguments, what is wired to what, and exit codes. One file per command.
//!
//! To add a command, write its file under `cli/` and add its line to the list of commands.

mod check;
mod completions;
mod doctor;
mod folder;
mod generate;
mod generated;
mod grade;
mod list;
mod new;
mod orders;
mod prove;
mod quiz;
mod rules;
mod run;
mod runtime;
mod schema;
mod show;
mod start;
mod written;

use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::batch::Stop;
use crate::course::{Course, Exercise, Quiz};
use crate::grading;
use crate::intake;
use crate::library::{self, Opened};
use crate::node::{self, Node};
use crate::problem::Problem;
use crate::program::{Files, RelPath};
use crate::report::CourseName;
use crate::sandbox::{self, Tier};
use crate::ui;
use crate::words;
use runtime::Runtime;

/// Teaches and grades Node.js's module systems and event loop.
///
/// Node's output order is often only partly determined. Tickmark knows every order that a program may print, and says
/// which rule of Node a wrong order breaks.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXAMPLES, after_long_help = LONG)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// What both the short and the long help begin their end with.
macro_rules! examples {
    () => {
        "\
Examples:
  tickmark list                                  what there is to learn and to solve
  tickmark quiz                                  answer a quiz in the terminal
  tickmark quiz --generate all                   answer fresh questions about the order of callbacks
  tickmark start event-loop/five-ways            copy the starter of an exercise
  tickmark check event-loop/five-ways five-ways  check your answer
  tickmark grade class                           grade a whole class
  tickmark new course my-course                  begin a course of your own
  tickmark prove                                 run everything that the course claims
"
    };
}

const EXAMPLES: &str = concat!(
    examples!(),
    "\nSee `tickmark help <command>` for more about each."
);

const LONG: &str = concat!(
    examples!(),
    "
Exit codes, the highest that applies:
  3  something on this machine failed, or something was not judged
  2  a problem in what was given: the course, the class, the command line
  1  points were lost (`check`, `quiz`, and `grade --fail-on lost-points`)
  0  otherwise"
);

/// What every command takes.
#[derive(Debug, Clone, clap::Args)]
struct Common {
    /// The course: a folder with `exercises` and `quizzes`
    ///
    /// Left out: the one that TICKMARK_COURSE names, else the nearest folder upwards from here that holds both, else the course built into this program.
    #[arg(long, value_name = "DIR", global = true)]
    course: Option<PathBuf>,

    /// The Node to run programs with: its binary, or a folder with `bin/node`
    ///
    /// Left out: the one that TICKMARK_NODE names, else the one in PATH, else one that a version manager keeps. `prove` takes several, and left out all that it finds; `orders` also takes a release line, as in `--node 20`, of a Node that need not be here. `check` and `grade` also take `model`, or `model-20`: no Node, but the model of its event loop, on which they go on by themselves where there is no Node; what they say then is provisional.
    #[arg(long, value_name = "PATH", global = true)]
    node: Vec<PathBuf>,

    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value_t, global = true)]
    color: ui::Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Show(show::Show),
    Start(start::Start),
    Check(check::Check),
    Quiz(quiz::Quiz),
    Generate(generate::Generate),
    Grade(grade::Grade),
    Rules(rules::Rules),
    New(new::New),
    Prove(prove::Prove),
    Orders(orders::Orders),
    Run(run::Run),
    Doctor(doctor::Doctor),
    Schema(schema::Schema),
    Completions(completions::Completions),
}

/// How a command ended that did what it was asked; the highest wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// Nothing to complain of.
    Clean = 0,
    /// Points were lost.
    LostPoints = 1,
    /// A problem in what was given.
    Problem = 2,
    /// Something on this machine failed, or was not judged.
    Trouble = 3,
}

/// Why a command could not do what it was asked.
#[derive(Debug)]
enum Failure {
    /// Something to mend in what was given.
    Problems(Vec<Problem>),
    /// Something on this machine failed: what we were doing, and what the system said.
    Trouble(String),
    /// Whoever read our output has gone; there is nobody left to tell.
    NobodyReads,
}

impl Failure {
    fn trouble(error: &dyn std::error::Error) -> Self {
        Failure::Trouble(words::with_causes(error))
    }
}

/// Trouble with a file or a folder: `could not make …`.
fn could_not(what: &str, path: &Path, error: &io::Error) -> Failure {
    let shown = words::code(&path.to_string_lossy());
    Failure::Trouble(format!("could not {what} {shown}: {error}"))
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Failure::Problems(vec![problem])
    }
}

impl From<library::Trouble> for Failure {
    fn from(trouble: library::Trouble) -> Self {
        Failure::trouble(&trouble)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::NobodyReads,
            _ => Failure::Trouble(format!("could not write: {error}")),
        }
    }
}

/// The whole program.
pub fn main() -> ExitCode {
    let Arguments { command, common } = Arguments::parse();
    ui::choose(common.color);
    let begun = end_children_on_interrupt().and_then(|()| {
        let asked = sandbox::at_most().and_then(|_| sandbox::asks_for_permissions());
        asked.map_err(|problem| Failure::Problems(vec![problem]))
    });
    let ended = begun.and_then(|_| match command {
        Command::List(list) => list.run(&common),
        Command::Show(show) => show.run(&common),
        Command::Start(start) => start.run(&common),
        Command::Check(check) => check.run(&common),
        Command::Quiz(quiz) => quiz.run(&common),
        Command::Generate(generate) => generate.run(&common),
        Command::Grade(grade) => grade.run(&common),
        Command::New(new) => new.run(&common),
        Command::Rules(rules) => rules.run(&common),
        Command::Prove(prove) => prove.run(&common),
        Command::Orders(orders) => orders.run(&common),
        Command::Run(run) => run.run(&common),
        Command::Doctor(doctor) => doctor.run(&common),
        Command::Schema(schema) => schema.run(),
        Command::Completions(completions) => completions.run(),
    });
    ExitCode::from(ended.unwrap_or_else(tell) as u8)
}

/// Tells on stderr why a command could not do what it was asked.
fn tell(failure: Failure) -> Exit {
    match failure {
        Failure::Problems(problems) => {
            say(words::lines(&problems));
            Exit::Problem
        }
        Failure::Trouble(message) => {
            say(format_args!("tickmark: {message}"));
            Exit::Trouble
        }
        Failure::NobodyReads => Exit::Trouble,
    }
}

/// Says something beside the output, on stderr. If that is closed, nobody wants to hear it.
fn say(text: impl Display) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Asked for by Ctrl-C and by whoever ends us: nothing new is begun.
static STOP: Stop = Stop::new();

/// From now on Ctrl-C ends the programs we started, and what was found out so far is still written down.
///
/// A second Ctrl-C ends us at once.
fn end_children_on_interrupt() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        if STOP.is_asked() {
            ui::give_back();
            std::process::exit(130);
        }
        STOP.ask();
        sandbox::end_all();
    })
    .map_err(|error| Failure::Trouble(format!("could not listen for Ctrl-C: {error}")))
}

impl Common {
    /// The course, whatever problems it has.
    fn open(&self) -> Result<Opened, Failure> {
        Ok(library::open(self.course.as_deref())?)
    }

    /// The Node to run programs with.
    fn node(&self) -> Result<Node, Failure> {
        node::find(self.one_named()?).map_err(|missing| Failure::trouble(&missing))
    }

    /// The Node that was named, if one was, and no more.
    fn one_named(&self) -> Result<Option<&Path>, Failure> {
        match self.node.len() > 1 {
            true => {
                let problem = Problem::new("only `prove` takes more than one `--node`");
                Err(problem.help("name one Node").into())
            }
            false => Ok(self.named()),
        }
    }

    /// The Node that was named, if one was.
    fn named(&self) -> Option<&Path> {
        self.node.first().map(PathBuf::as_path)
    }

    /// All Nodes that were named, else all that are found: one of each version, the oldest first.
    fn nodes(&self) -> Result<Vec<Node>, Failure> {
        let named = self.node.iter().map(|path| node::find(Some(path)));
        let named: Result<Vec<Node>, _> = named.collect();
        let mut nodes = named.map_err(|missing| Failure::trouble(&missing))?;
        if nodes.is_empty() {
            nodes = node::all();
        }
        nodes.sort_by_key(|node| node.version);
        nodes.dedup_by_key(|node| node.version);
        match nodes.is_empty() {
            true => Err(Failure::trouble(&node::Missing::Everywhere)),
            false => Ok(nodes),
        }
    }
}

/// The files of a program and the one that is started: of a folder, the one called `main`; or a file with no other beside
/// it.
fn files_at(path: &Path) -> Result<(Files, RelPath), Failure> {
    if !path.exists() {
        let shown = words::code(&path.to_string_lossy());
        let missing = Problem::new(format!("there is no file or folder {shown}"));
        let help = "name a file to run, or a folder with `main.mjs`";
        return Err(missing.help(help).into());
    }
    if path.is_file() {
        return alone(path);
    }
    let (files, _) = intake::read(path)?;
    let entry = grading::entry(&files, "main")?;
    Ok((files, entry))
}

/// A file, with no other beside it.
fn alone(path: &Path) -> Result<(Files, RelPath), Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let entry = RelPath::new(&name).map_err(|bad| {
        let shown = words::code(&name);
        Problem::new(format!("a program cannot be called {shown}: {bad}")).help("rename it")
    })?;
    let content = fs::read(path).map_err(|error| could_not("read", path, &error))?;
    Ok((Files::from_iter([(entry.clone(), content.into())]), entry))
}

/// The exercise with the id; if there is none, or it is broken, what was meant or what to mend.
fn exercise<'a>(opened: &'a Opened, id: &str) -> Result<&'a Exercise, Failure> {
    let folder = format!("exercises/{id}/");
    let found = opened.course.exercise(id);
    found.ok_or_else(|| broken_or(opened, &[folder], || no_exercise(&opened.course, id)))
}

/// The quiz with the id; if there is none, or it is broken, what was meant or what to mend.
fn quiz<'a>(opened: &'a Opened, id: &str) -> Result<&'a Quiz, Failure> {
    let file = format!("quizzes/{id}.yaml");
    let found = opened.course.quiz(id);
    found.ok_or_else(|| broken_or(opened, &[file], || no_quiz(&opened.course, id)))
}

/// The problems of what lies at the paths; if there are none, the other one.
fn broken_or(opened: &Opened, paths: &[String], other: impl FnOnce() -> Problem) -> Failure {
    let own = problems_of(opened, |file| paths.iter().any(|path| file.contains(path)));
    match own.is_empty() {
        true => Failure::from(other()),
        false => Failure::Problems(own),
    }
}

/// The problems in the files that are meant.
fn problems_of(opened: &Opened, is_meant: impl Fn(&str) -> bool) -> Vec<Problem> {
    let places = opened.problems.iter().filter(|problem| {
        let place = problem.place.as_ref();
        place.is_some_and(|place| is_meant(&place.file))
    });
    places.cloned().collect()
}

fn no_exercise(course: &Course, id: &str) -> Problem {
    let problem = Problem::new(format!("there is no exercise {}", words::code(id)));
    if Path::new(id).is_dir() {
        return problem.help("this is a folder: the exercise comes first, then the folder");
    }
    if course.quiz(id).is_some() {
        return problem.help(format!("this is a quiz: `tickmark quiz {id}`"));
    }
    let ids: Vec<&str> = course.exercises.iter().map(|one| one.id.as_str()).collect();
    problem.help(meant(id, &ids, "exercises"))
}

fn no_quiz(course: &Course, id: &str) -> Problem {
    let problem = Problem::new(format!("there is no quiz {}", words::code(id)));
    if course.exercise(id).is_some() {
        return problem.help(format!("this is an exercise: `tickmark start {id}`"));
    }
    if Path::new(id).is_file() {
        return problem.help("this is a file: `tickmark quiz --answers FILE` marks one");
    }
    let ids: Vec<&str> = course.quizzes.iter().map(|one| one.id.as_str()).collect();
    problem.help(meant(id, &ids, "quizzes"))
}

/// Which of the ids was probably meant, or how to see all of them.
fn meant(id: &str, ids: &[&str], nouns: &str) -> String {
    let ids = || ids.iter().copied();
    let is_of_topic = |known: &&str| known.split_once('/').is_some_and(|(topic, _)| topic == id);
    let of_topic: Vec<String> = ids().filter(is_of_topic).map(words::code).collect();
    if !of_topic.is_empty() {
        return format!("this is a topic, with {}", words::and(of_topic));
    }
    // Whoever leaves the topic out means the only one of that name.
    let by_slug = ids().find(|known| known.split_once('/').is_some_and(|(_, slug)| slug == id));
    match by_slug.or_else(|| words::nearest(id, ids())) {
        Some(near) => format!("did you mean {}?", words::code(near)),
        None => format!("`tickmark list` names all {nouns}"),
    }
}

/// How much programs must be closed off; else nothing is run.
#[derive(Debug, clap::Args)]
struct Require {
    /// Run nothing unless programs are closed off so much; left out: as much as can be here
    #[arg(
        long,
        value_enum,
        value_name = "TIER",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "full"
    )]
    require_sandbox: Option<Required>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Required {
    /// Programs see no file, process or network but their own
    Full,
    /// Programs can read and write no file but their own, have no network, and start no other program
    Partial,
}

impl Require {
    /// Trouble where it is not met.
    fn check(&self, runtime: &Runtime) -> Result<(), Failure> {
        let least = match self.require_sandbox {
            None => return Ok(()),
            Some(Required::Full) => Tier::Full,
            Some(Required::Partial) => Tier::Partial,
        };
        let (tier, layers) = runtime.tier();
        if tier >= least {
            return Ok(());
        }
        let lacking = layers
            .iter()
            .filter(|layer| layer.off.is_some() && !layer.is_extra());
        let lacking = words::and(lacking.map(ToString::to_string));
        Err(Failure::Trouble(format!(
            "programs cannot be closed off here as --require-sandbox asks: {lacking}\n\
             help: `tickmark doctor` says which layers are on, and what to do about the one that is off"
        )))
    }
}

fn course_name(opened: &Opened) -> CourseName {
    CourseName {
        from: opened.origin.to_string(),
        hash: opened.hash.clone(),
    }
}
