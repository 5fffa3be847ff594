//! Generated questions as commands ask for them: made, run on the Node that is here, and read as every quiz is.

use super::{Common, Failure, STOP, say};
use crate::batch;
use crate::course::{self, Course};
use crate::generate::{self, Form, Generated, Level, Offer, TooFew, Wanted};
use crate::node::{self, Missing, Node};
use crate::problem::Problem;
use crate::program::{Files, RelPath};
use crate::prove;
use crate::rules;
use crate::words;

/// Which questions.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Which {
    /// How many questions to generate; left out: 5
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..=200))]
    count: Option<u32>,
    /// How hard generated questions are, from 1 to 5; left out: 2
    #[arg(long, value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(1..=5))]
    level: Option<u8>,
    /// What kind generated questions are; left out: `choose` at levels 1 and 2, `predict` from 3 on
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<Kind>,
    /// Do not run generated programs on Node: trust the model alone
    #[arg(long)]
    no_run: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Kind {
    /// Choose one of several orders
    Choose,
    /// Write the order down
    Predict,
}

/// How often a generated program is run before it is shown.
const RUNS: u32 = 2;

/// What is taken where nothing is said.
const COUNT: u32 = 5;
const LEVEL: u8 = 2;

/// What can be asked about, for the help.
pub(super) fn rules_help() -> String {
    let rules = generate::OFFERS.iter().map(|offer| {
        let (from, to) = offer.levels;
        format!("{} ({from}-{to})", offer.rule)
    });
    let rules: Vec<String> = rules.collect();
    format!(
        "The rules that fresh questions are about, with commas between them; or `all`\n\nWith the levels at which each is asked about: {}.",
        rules.join(", ")
    )
}

/// A seed that nobody chose: short enough to be written down.
pub(super) fn fresh_seed() -> u64 {
    fastrand::u64(1..1_000_000)
}

impl Which {
    /// A problem where something is said of questions that are not to be generated.
    pub(super) fn check_unused(&self) -> Result<(), Problem> {
        let said = [
            ("--count", self.count.is_some()),
            ("--level", self.level.is_some()),
            ("--kind", self.kind.is_some()),
            ("--no-run", self.no_run),
        ];
        let said = said.iter().find(|(_, is_said)| *is_said);
        match said {
            None => Ok(()),
            Some((name, _)) => {
                let problem = Problem::new(format!("`{name}` is about generated questions"));
                Err(problem.help("add `--generate RULE`, or leave it out"))
            }
        }
    }

    /// What is wanted.
    pub(super) fn wanted(&self, named: &[String], seed: u64) -> Result<Wanted, Failure> {
        let number = self.level.unwrap_or(LEVEL);
        let level = Level::new(number).ok_or_else(|| Problem::new("levels are 1 to 5"))?;
        Ok(Wanted {
            rules: offers(named, number).map_err(Failure::Problems)?,
            seed,
            count: self.count.unwrap_or(COUNT),
            level,
            form: self.kind.map(|kind| match kind {
                Kind::Choose => Form::Choose,
                Kind::Predict => Form::Predict,
            }),
        })
    }

    /// The Node that generated programs are run on, if they are to be run and there is one.
    pub(super) fn node(&self, common: &Common) -> Result<Option<Node>, Failure> {
        if self.no_run {
            return Ok(None);
        }
        if common.named().is_some() {
            return common.node().map(Some);
        }
        match node::find(None) {
            Ok(node) => Ok(Some(node)),
            Err(Missing::Everywhere) => {
                say(
                    "no Node was found to run generated programs on: their keys rest on the model of the event loop alone",
                );
                Ok(None)
            }
            Err(missing) => Err(Failure::trouble(&missing)),
        }
    }

    /// What of the command line asks for the same again.
    pub(super) fn again(&self, wanted: &Wanted) -> String {
        let mut again = format!(
            "--seed {} --count {} --level {}",
            wanted.seed,
            wanted.count,
            wanted.level.number()
        );
        match self.kind {
            None => {}
            Some(Kind::Choose) => again.push_str(" --kind choose"),
            Some(Kind::Predict) => again.push_str(" --kind predict"),
        }
        again
    }
}

/// The rules as the command line names them.
pub(super) fn named(wanted: &Wanted) -> String {
    let level = wanted.level.number();
    let all = generate::OFFERS.iter().filter(|offer| offer.is_at(level));
    if wanted.rules.len() == all.count() {
        return "all".to_owned();
    }
    let rules: Vec<&str> = wanted.rules.iter().map(|offer| offer.rule).collect();
    rules.join(",")
}

/// What can be asked about at the level: of nothing, or of `all`, everything.
fn offers(named: &[String], level: u8) -> Result<Vec<&'static Offer>, Vec<Problem>> {
    let at_level = generate::OFFERS.iter().filter(|offer| offer.is_at(level));
    if named.is_empty() || named.iter().any(|name| name == "all") {
        return Ok(at_level.collect());
    }
    let mut offers: Vec<&Offer> = Vec::new();
    let mut problems = Vec::new();
    for name in named {
        match offer(name, level) {
            Err(problem) => problems.push(problem),
            Ok(offer) if offers.iter().any(|known| known.rule == offer.rule) => {}
            Ok(offer) => offers.push(offer),
        }
    }
    match problems.is_empty() {
        true => Ok(offers),
        false => Err(problems),
    }
}

fn offer(name: &str, level: u8) -> Result<&'static Offer, Problem> {
    let shown = words::code(name);
    let offered = || generate::OFFERS.iter().map(|offer| offer.rule);
    let list = || words::and(offered().map(words::code));
    let Some(offer) = generate::offered(name) else {
        if rules::find(name).is_some() {
            let what = format!("no questions can be generated about the rule {shown}");
            return Err(Problem::new(what).help(format!("they can be about {}", list())));
        }
        let problem = Problem::new(format!("there is no rule {shown}"));
        return Err(problem.help(match words::nearest(name, offered()) {
            Some(near) => format!("did you mean {}?", words::code(near)),
            None => format!("questions can be generated about {}", list()),
        }));
    };
    if offer.is_at(level) {
        return Ok(offer);
    }
    let (from, to) = offer.levels;
    let what = format!("questions about {shown} are of level {from} to {to}, not {level}");
    let near = level.clamp(from, to);
    Err(Problem::new(what).help(format!("ask with `--level {near}`")))
}

/// Questions that were made, and of which Node did not print something else.
#[derive(Debug)]
pub(super) struct Made {
    pub questions: Vec<Generated>,
    /// What was left out because Node does not print what the model says; it was told why.
    pub left_out: usize,
}

/// Makes the questions and runs each on the Node, if there is one.
pub(super) fn make(wanted: &Wanted, node: Option<&Node>) -> Result<Made, Failure> {
    let questions = wanted.questions().map_err(|few| too_few(wanted, few))?;
    let Some(node) = node else {
        let left_out = 0;
        return Ok(Made {
            questions,
            left_out,
        });
    };
    let run = |question: &Generated| prove::generated(question, node, RUNS);
    let proofs = batch::run(&questions, batch::workers(), &STOP, run, |_| {});
    let mut kept = Vec::new();
    let mut left_out = 0;
    for (question, proof) in questions.into_iter().zip(proofs) {
        let Some(proof) = proof else {
            return Err(Failure::Trouble("broken off".to_owned()));
        };
        if let Some(why) = proof.trouble.first() {
            return Err(Failure::Trouble(why.clone()));
        }
        match proof.problems.first() {
            None => kept.push(question),
            Some(problem) => {
                left_out += 1;
                say(format_args!(
                    "a question is left out, since Node does not do what the model says: {}\n\
                     help: please report this, with the line `tickmark generate {} --seed {} --count {} --level {}` of tickmark {}",
                    problem.message,
                    named(wanted),
                    wanted.seed,
                    wanted.count,
                    wanted.level.number(),
                    env!("CARGO_PKG_VERSION"),
                ));
            }
        }
    }
    match kept.is_empty() {
        true => Err(Failure::Trouble("no question is left".to_owned())),
        false => Ok(Made {
            questions: kept,
            left_out,
        }),
    }
}

fn too_few(wanted: &Wanted, few: TooFew) -> Problem {
    let number = few.found + 1;
    let what = format!(
        "question {number} was not found: there are not so many different ones about {} at level {}",
        words::code(few.rule),
        wanted.level.number()
    );
    Problem::new(what).help("ask for fewer, about other rules, or at another level")
}

/// The quiz of the file, alone in a course.
pub(super) fn read(id: &str, yaml: &str) -> Result<Course, Failure> {
    let path = RelPath::new(&format!("quizzes/{id}.yaml"));
    let path = path.map_err(|bad| Failure::Trouble(bad.to_string()))?;
    let files = Files::from_iter([(path, yaml.as_bytes().to_vec().into())]);
    let (course, problems) = course::read(&files);
    match problems.is_empty() {
        true => Ok(course),
        false => Err(Failure::Problems(problems)),
    }
}

/// The file of the questions.
pub(super) fn written(wanted: &Wanted, questions: &[Generated]) -> Result<String, Failure> {
    generate::written(wanted, questions).map_err(Failure::Trouble)
}
