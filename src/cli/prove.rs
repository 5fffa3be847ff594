//! `tickmark prove`: does Node do what the content says?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Common, Exit, Failure, STOP, problems_of, say};
use crate::batch::Event;
use crate::event_loop;
use crate::library::{Opened, Origin};
use crate::node::Node;
use crate::problem::Problem;
use crate::program::{self, Version};
use crate::prove::{self, Job, Kept, Plan, Proof, Told, Unit};
use crate::report::{Line, Style, Text};
use crate::ui::{self, Terminal};
use crate::words;

/// Prove what the course says by running it
///
/// Every solution must pass, every starter run and pass nothing, every program under `wrong/` lose what it says and be told what it says, and printing the visible tests' lines must lose points. Every key (a test's trace, the answer to a question with a program, what a page or a rule says is printed) is run many times on every Node found: half of the runs with a core each, half with all cores busy; half with a thread pool of 1, half of 4. Programs that are claimed to print the same, a solution in CommonJS and one in ES modules, share the runs of their key. What is seen and not accepted is a problem; what is accepted and never seen is noted.
///
/// What holds is remembered, and is not run again until the content, the Node or this program changes.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark prove                                   everything, and the rules
  tickmark prove event-loop                        one topic
  tickmark prove exercises/event-loop              its exercises alone
  tickmark prove quizzes/modules/two-systems.yaml rules/esm-cycle
  tickmark prove --runs 200 --fresh event-loop/five-ways
  tickmark prove --node ~/node-20 --node ~/node-24

Exit codes: 0 everything holds, 2 something does not, 3 something could not be run.")]
pub(super) struct Prove {
    /// What to prove: files or folders of the course, topics, ids, or `rules/ID`; left out: everything
    path: Vec<String>,
    /// How often each key is run on each Node
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    runs: u32,
    /// Run again what was proven before
    #[arg(long)]
    fresh: bool,
}

/// What is known of a unit on a Node.
struct Known<'a> {
    job: Job<'a>,
    proof: Option<Proof>,
}

impl Prove {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        let opened = common.open()?;
        let units = self.units(&opened)?;
        let nodes = common.nodes()?;
        let kept = kept();
        let usable = kept.as_ref().filter(|_| !self.fresh);
        let on_each = |unit| nodes.iter().map(move |node| Job { unit, node });
        let mut known: Vec<Known<'_>> = units
            .iter()
            .copied()
            .flat_map(on_each)
            .map(|job| Known {
                job,
                proof: usable.and_then(|kept| kept.get(&job, self.runs)),
            })
            .collect();
        let before = known.iter().filter(|known| known.proof.is_some()).count();
        self.prove(&mut known, kept.as_ref());
        let (told, missed) = told(known);
        self.report(&opened, &told, &nodes, before)?;
        Terminal::Stdout.show(&not_here(&units, &nodes))?;
        if !opened.problems.is_empty() {
            say(words::lines(&opened.problems));
        }
        if missed > 0 {
            say(format_args!(
                "broken off: {} not proven",
                words::count(missed, "unit")
            ));
        }
        let proofs = || {
            told.iter()
                .flat_map(|told| &told.on)
                .map(|(_, proof)| proof)
        };
        let trouble = missed > 0 || proofs().any(|proof| !proof.trouble.is_empty());
        let problems =
            !opened.problems.is_empty() || proofs().any(|proof| !proof.problems.is_empty());
        Ok(match (trouble, problems) {
            (true, _) => Exit::Trouble,
            (false, true) => Exit::Problem,
            (false, false) => Exit::Clean,
        })
    }

    /// The units that the paths name.
    fn units<'a>(&self, opened: &'a Opened) -> Result<Vec<Unit<'a>>, Failure> {
        let all = prove::units(&opened.course);
        if self.path.is_empty() {
            return Ok(all);
        }
        let mut problems = Vec::new();
        let mut named: Vec<Unit<'_>> = Vec::new();
        for path in &self.path {
            let inside = inside(path, opened);
            let found: Vec<&Unit<'_>> = all
                .iter()
                .filter(|unit| means(&inside, &unit.name()))
                .collect();
            if found.is_empty() {
                let broken = problems_of(opened, |file| means(&inside, file));
                match broken.is_empty() {
                    true => problems.push(nothing_is(path, &inside, &all)),
                    false => problems.extend(broken),
                }
            }
            for unit in found {
                if named.iter().all(|known| known.name() != unit.name()) {
                    named.push(*unit);
                }
            }
        }
        match problems.is_empty() {
            true => Ok(named),
            false => Err(Failure::Problems(problems)),
        }
    }

    /// Proves what is not proven yet, and keeps what is proven as it comes.
    fn prove(&self, units: &mut [Known<'_>], kept: Option<&Kept>) {
        let mut open: Vec<&mut Known<'_>> = units
            .iter_mut()
            .filter(|known| known.proof.is_none())
            .collect();
        let jobs: Vec<Job<'_>> = open.iter().map(|known| known.job).collect();
        let plan = Plan::new(&jobs, self.runs);
        let progress = ui::Progress::new(plan.pieces());
        let name = |at: usize| {
            let Job { unit, node } = &jobs[at];
            format!("{} on {}", unit.name(), node.version.major)
        };
        plan.carry_out(
            &STOP,
            |event| match event {
                Event::Started(at) => progress.started(&name(at)),
                Event::Finished(at) => progress.finished(&name(at)),
            },
            |at, proof| {
                if let Some(kept) = kept {
                    kept.put(&jobs[at], self.runs, &proof);
                }
                open[at].proof = Some(proof);
            },
        );
        progress.end();
    }

    fn report(
        &self,
        opened: &Opened,
        told: &[Told],
        nodes: &[Node],
        before: usize,
    ) -> Result<(), Failure> {
        for one in told {
            Terminal::Stdout.show(&prove::told(one))?;
        }
        let mut text = Text::new();
        text.push(Line::words(Style::Plain, ""));
        let hold = told.iter().filter(|told| told.holds()).count();
        let runs: u32 = told.iter().map(Told::runs).sum();
        let on = words::and(nodes.iter().map(|node| node.version.to_string()));
        let holds = if told.len() == 1 { "holds" } else { "hold" };
        let line = format!(
            "{hold} of {} {holds} on Node {on}",
            words::count(told.len(), "unit")
        );
        let more = format!(
            "; {} of {}",
            words::count(runs as usize, "run"),
            opened.origin
        );
        text.push(Line::words(Style::Strong, &line).and(Style::Plain, &more));
        if before > 0 {
            let of = told.iter().map(|told| told.on.len()).sum::<usize>();
            let line =
                format!("{before} of {of} proofs were given before: --fresh gives them again");
            text.push(Line::words(Style::Dim, &line));
        }
        text.push(Line::words(Style::Dim, &rules_out(self.runs)));
        let (every, all) = told
            .iter()
            .map(Told::predicted)
            .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        if all > 0 {
            let line = format!(
                "the model of the event loop knows every order of {every} of {}, taken that no callback lasts longer than {} ms; the others rest on runs alone",
                words::count(all, "key"),
                event_loop::USUAL_CALLBACK
            );
            text.push(Line::words(Style::Dim, &line));
        }
        Ok(Terminal::Stdout.show(&text)?)
    }
}

/// What so many runs can miss.
fn rules_out(runs: u32) -> String {
    let missed = (5.0_f64 / 6.0).powi(runs as i32);
    let tries = 1.0 / missed;
    let once = match tries {
        few if few < 10.0 => format!("once in {few:.1} tries"),
        some if some < 1e9 => format!("once in {some:.0} tries"),
        _ => "less than once in 1000000000 tries".to_owned(),
    };
    format!(
        "{runs} runs of a program miss an order that comes one time in six {once}; where programs share a key, each has a share of its runs"
    )
}

/// The folder in which proofs are kept, as far as there is one.
fn kept() -> Option<Kept> {
    use etcetera::BaseStrategy;
    let base = etcetera::choose_base_strategy().ok()?;
    Kept::in_folder(&base.cache_dir().join("tickmark").join("proofs"))
}

/// A path as units are named: inside the course's folder, with `/`.
fn inside(path: &str, opened: &Opened) -> String {
    let folder = match &opened.origin {
        Origin::Folder { path, .. } => path.canonicalize().ok(),
        Origin::BuiltIn => None,
    };
    let real = Path::new(path).canonicalize().ok();
    let below = folder.zip(real).and_then(|(folder, real)| {
        let below: PathBuf = real.strip_prefix(folder).ok()?.into();
        Some(below)
    });
    let below = below.unwrap_or_else(|| PathBuf::from(path));
    let parts = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    let parts: Vec<_> = parts.filter(|part| part != ".").collect();
    parts.join("/")
}

/// Whether a path means a unit: it is its name or its id, a topic or folder above it, or a file in it.
fn means(path: &str, unit: &str) -> bool {
    let id = unit.split_once('/').map_or(unit, |(_, id)| id);
    let is = |name: &str| name == path || name.strip_suffix(".yaml") == Some(path);
    let above = |above: &str, below: &str| {
        below
            .strip_prefix(above)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    let is_above = above(path, unit) || above(path, id);
    path.is_empty() || is(unit) || is(id) || is_above || above(unit, path)
}

fn nothing_is(path: &str, inside: &str, all: &[Unit<'_>]) -> Problem {
    let names: Vec<String> = all.iter().map(Unit::name).collect();
    let ids = names
        .iter()
        .filter_map(|name| name.split_once('/').map(|(_, id)| id));
    let known = names.iter().map(String::as_str).chain(ids);
    let problem = Problem::new(format!("nothing in the course is {}", words::code(path)));
    match words::nearest(inside, known) {
        Some(near) => problem.help(format!("did you mean {}?", words::code(near))),
        None => {
            problem.help("name a file or a folder of the course, a topic, an id, or `rules/ID`")
        }
    }
}

/// What came of each unit, and how many proofs were not begun.
fn told(known: Vec<Known<'_>>) -> (Vec<Told>, usize) {
    let mut told: Vec<Told> = Vec::new();
    let mut missed = 0;
    for Known { job, proof } in known {
        let Some(proof) = proof else {
            missed += 1;
            continue;
        };
        let unit = job.unit.name();
        let on = (job.node.version, proof);
        match told.last_mut().filter(|last| last.unit == unit) {
            Some(last) => last.on.push(on),
            None => told.push(Told { unit, on: vec![on] }),
        }
    }
    (told, missed)
}

/// The release lines of Node that courses are made for.
const LINES: [u32; 5] = [18, 20, 22, 24, 26];

/// What is claimed for versions that are not here.
fn not_here(units: &[Unit<'_>], nodes: &[Node]) -> Text {
    let here = |major: u32| nodes.iter().any(|node| node.version.major == major);
    let missing: Vec<u32> = LINES.into_iter().filter(|line| !here(*line)).collect();
    let mut text = Text::new();
    if missing.is_empty() {
        return text;
    }
    let mut claims: BTreeMap<u32, usize> = BTreeMap::new();
    let mut nowhere = Vec::new();
    for unit in units {
        for (name, range) in unit.claimed_for() {
            let holds = |major: &u32| range_holds(range, *major);
            for line in missing.iter().filter(|line| holds(line)) {
                *claims.entry(*line).or_default() += 1;
            }
            if !LINES.iter().any(|line| here(*line) && holds(line)) {
                nowhere.push(format!("{}: {name} (Node {range})", unit.name()));
            }
        }
    }
    for (line, n) in claims {
        let line = format!(
            "not proven here: {} for Node {line}",
            words::count(n, "claim")
        );
        text.push(Line::words(Style::Warn, &line));
    }
    for name in nowhere {
        let line = format!("not proven on any Node here: {name}");
        text.push(Line::words(Style::Warn, &line));
    }
    text
}

fn range_holds(range: program::Range, major: u32) -> bool {
    range.holds(Version {
        major,
        minor: 0,
        patch: 0,
    })
}
