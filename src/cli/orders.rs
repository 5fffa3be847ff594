//! `tickmark orders`: every order in which a program can print its lines, without running it on Node.

use std::io::{self, Write};
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Common, Exit, Failure, files_at};
use crate::course;
use crate::event_loop::{self, Happening, Order, Orders as Found, Outside, Program, Search};
use crate::node;
use crate::problem::Problem;
use crate::program::{Files, Input, ModuleSystem, Place, RelPath, Version};
use crate::report::{Line, Style, Text};
use crate::trace::{self, Expectation};
use crate::ui::Terminal;
use crate::words;

/// Say every order in which a program can print its lines
///
/// The program is run on a model of Node's event loop, once for everything that is open in it: which file is read first,
/// whether a timer is due yet. Of a folder, the file that is started is called `main`. What the model does not know is
/// named, and nothing is guessed; the exit code is then 3.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark orders main.mjs
  tickmark orders my-answer --node 18
  tickmark orders main.mjs --assume callbacks=5ms
  tickmark orders main.mjs --story
  tickmark orders main.mjs --format yaml >> exercise.yaml")]
pub(super) struct Orders {
    /// The program: a file, or a folder with `main.mjs`, `main.cjs` or `main.js`
    path: PathBuf,
    /// What to take for granted: callbacks=5ms, that no callback lasts longer; then only the usual orders are found
    #[arg(long, value_name = "WHAT=VALUE", value_parser = assumption)]
    assume: Option<u32>,
    /// Say of each order how it comes about
    #[arg(long)]
    story: bool,
    /// How to write it; left out: for people
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Arguments for the program
    #[arg(last = true, value_name = "ARGUMENT")]
    args: Vec<String>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// One JSON object, format 1
    Json,
    /// The trace to write into an exercise
    Yaml,
}

/// `callbacks=5ms`
fn assumption(text: &str) -> Result<u32, String> {
    let shape = "what can be taken for granted is written like `callbacks=5ms`, from 0ms to 1000ms";
    let ms = text
        .strip_prefix("callbacks=")
        .and_then(|value| value.strip_suffix("ms"));
    let ms = ms.and_then(|ms| ms.parse().ok()).filter(|ms| *ms <= 1000);
    ms.ok_or_else(|| shape.to_owned())
}

/// How many orders are written down.
const WRITTEN: usize = 1_000;
/// More are shown to a person as the trace that accepts them.
const SHOWN: usize = 6;
/// Of more orders, only what they have in common is said, as far as so many runs by chance show it.
const KEPT: usize = 2_000;
const SAMPLES: usize = 1_000;

impl Orders {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        let (files, entry) = files_at(&self.path)?;
        let (node, module) = loaded(common, &files, &entry)?;
        let input = Input {
            args: self.args.clone(),
            ..Input::default()
        };
        let program = Program {
            files: &files,
            entry: &entry,
            input: &input,
            module,
            node,
        };
        let search = Search {
            callbacks_within: self.assume,
            stories: self.story,
            orders: KEPT,
            samples: SAMPLES,
            ..Search::default()
        };
        let found = event_loop::orders(&program, &search);
        match self.format {
            Some(Format::Json) => {
                let told = self.told(&found, &program, &search);
                writeln!(io::stdout(), "{told:#}")?;
            }
            Some(Format::Yaml) => match &found {
                Ok(found) => {
                    let expected = Expected::of(found, Some((&program, &search)));
                    write!(io::stdout(), "{}", self.trace(found, &expected)?)?;
                }
                Err(outside) => return Err(Failure::Trouble(refusal(outside))),
            },
            None => Terminal::Stdout.show(&self.shown(&found, &program)?)?,
        }
        Ok(match found {
            Ok(_) => Exit::Clean,
            Err(_) => Exit::Trouble,
        })
    }

    /// What must be known of the orders before they are believed.
    fn reservations(&self, found: &Found, expected: &Expected) -> Vec<String> {
        let bound = found.bound.map(|bound| match expected.is_proven {
            true => format!("there may be more: {}", bound.words()),
            false => format!(
                "not proven: {}; this is what {} have in common, and {} have it",
                bound.words(),
                words::count(found.orders.len(), "order"),
                words::count(expected.count, "order"),
            ),
        });
        let taken = self.assumptions().into_iter();
        let taken =
            taken.map(|taken| format!("only the usual orders: taken for granted is {taken}"));
        bound.into_iter().chain(taken).collect()
    }

    /// The trace that an author would write, in YAML.
    fn trace(&self, found: &Found, expected: &Expected) -> Result<String, Failure> {
        let reservations = self.reservations(found, expected);
        let comments: String = reservations
            .iter()
            .map(|why| format!("# {why}\n"))
            .collect();
        let Some(expected) = &expected.trace else {
            let why = format!("no order was found: {}", reservations.join(", "));
            return Err(Failure::Trouble(why));
        };
        let trace = json!({ "trace": course::written(expected) });
        let yaml =
            serde_yaml::to_string(&trace).map_err(|error| Failure::Trouble(error.to_string()))?;
        Ok(comments + &yaml)
    }

    fn assumptions(&self) -> Vec<String> {
        let within = self.assume.iter();
        within.map(|ms| format!("callbacks={ms}ms")).collect()
    }

    fn told(
        &self,
        found: &Result<Found, Outside>,
        program: &Program<'_>,
        search: &Search,
    ) -> Value {
        let mut told = json!({
            "format": 1,
            "node": program.node.major,
            "module": program.module.word(),
            "assumptions": self.assumptions(),
            "expectation": null,
            "outside": null,
        });
        match found {
            Err(outside) => {
                told["complete"] = json!(false);
                told["count"] = json!(0);
                told["orders"] = json!([]);
                let place = outside.place.as_ref();
                told["outside"] = json!({
                    "what": outside.what,
                    "file": place.map(|place| &place.file),
                    "line": place.map(|place| place.line),
                });
            }
            Ok(found) => {
                told["complete"] = json!(found.bound.is_none());
                told["why-incomplete"] = json!(found.bound.map(|bound| bound.words()));
                let expected = Expected::of(found, Some((program, search)));
                told["count"] = json!(expected.count);
                told["runs"] = json!(found.runs);
                let orders = found.orders.iter().take(WRITTEN);
                told["orders"] = orders
                    .clone()
                    .map(|order| json!(trace::lines_of(&order.printed)))
                    .collect();
                if found.bound.is_none() || !expected.is_proven {
                    told["expectation"] = json!(expected.trace.as_ref().map(course::written));
                }
                told["exit-codes"] = orders.clone().map(|order| json!(order.exit)).collect();
                if self.story {
                    told["stories"] = orders.map(story_told).collect();
                }
            }
        }
        told
    }

    fn shown(
        &self,
        found: &Result<Found, Outside>,
        program: &Program<'_>,
    ) -> Result<Text, Failure> {
        let mut text = Text::new();
        let on = format!("Node {}, {}", program.node.major, program.module);
        match found {
            Err(outside) => {
                text.push(Line::words(Style::Bad, &refusal(outside)));
                let help = "nothing is guessed; `tickmark run` says what one run prints";
                text.push(Line::words(Style::Dim, help));
            }
            Ok(found) => {
                let count = match (found.orders.len(), found.bound) {
                    (0, _) => "no order was found".to_owned(),
                    (some, None) => words::count(some, "order"),
                    (some, Some(_)) => format!("at least {}", words::count(some, "order")),
                };
                text.push(Line::words(Style::Strong, &format!("{count} on {on}")));
                let expected = Expected::of(found, None);
                let is_whole = found.bound.is_none() || !expected.is_proven;
                if found.orders.len() > SHOWN && !self.story && is_whole {
                    text.gap();
                    for line in self.trace(found, &expected)?.lines() {
                        text.push(Line::words(Style::Plain, &words::visible(line)).indented(2));
                    }
                    return Ok(text);
                }
                let shown = if self.story { WRITTEN } else { SHOWN };
                for order in found.orders.iter().take(shown) {
                    text.gap();
                    order_shown(&mut text, order);
                }
                let reservations = self.reservations(found, &expected);
                if !reservations.is_empty() {
                    text.gap();
                }
                for why in reservations {
                    text.push(Line::words(Style::Warn, &why));
                }
            }
        }
        Ok(text)
    }
}

/// What an author would write of orders.
struct Expected {
    /// The trace that accepts them; nothing, if there is no order.
    trace: Option<Expectation>,
    /// How many orders it accepts.
    count: usize,
    /// It accepts those that were found, and no others.
    is_proven: bool,
}

impl Expected {
    /// With the rules that it rests on, where the program is given.
    fn of(found: &Found, explained: Option<(&Program<'_>, &Search)>) -> Expected {
        let in_common = found.bound.and_then(|_| event_loop::in_common(found));
        if let Some((trace, count)) = in_common {
            return Expected {
                trace: Some(trace),
                count,
                is_proven: false,
            };
        }
        let trace = match explained {
            Some((program, search)) => event_loop::explained(program, search, found),
            None => {
                let lines = found
                    .orders
                    .iter()
                    .map(|order| trace::lines_of(&order.printed));
                event_loop::expectation(&lines.collect::<Vec<_>>())
            }
        };
        Expected {
            trace,
            count: found.orders.len(),
            is_proven: true,
        }
    }
}

fn refusal(outside: &Outside) -> String {
    let at = outside.place.as_ref().map(at).unwrap_or_default();
    format!("outside the model: {}{at}", outside.what)
}

/// The version that is meant, and how it loads the file. A number means a version that need not be here; a path, or nothing,
/// the Node there.
fn loaded(
    common: &Common,
    files: &Files,
    entry: &RelPath,
) -> Result<(Version, ModuleSystem), Failure> {
    let number = common
        .named()
        .and_then(|named| named.to_str()?.parse::<u32>().ok());
    let here = match number {
        Some(_) => None,
        None if common.named().is_some() => Some(common.node()?),
        None => node::find(None).ok(),
    };
    let version = match (number, &here) {
        (Some(major), _) => Version::last_of(major),
        (None, Some(node)) => node.version,
        (None, None) => Version::last_of(event_loop::LINES[event_loop::LINES.len() - 1]),
    };
    let stated = ModuleSystem::stated(files, entry, version);
    let module = match (stated, &here) {
        (Some(module), _) => Some(module),
        (None, Some(node)) => node.module_system(files, entry).ok(),
        (None, None) => None,
    };
    let unknown = || {
        let problem = Problem::new(format!(
            "only Node itself can say which module system `{entry}` has"
        ));
        problem.help(
            "rename it to `.mjs` or `.cjs`, or write a `package.json` with a `type` beside it",
        )
    };
    Ok((version, module.ok_or_else(unknown)?))
}

fn at(place: &Place) -> String {
    format!(" ({}:{})", place.file, place.line)
}

fn order_shown(text: &mut Text, order: &Order) {
    for line in trace::lines_of(&order.printed) {
        text.push(Line::words(Style::Dim, "  │ ").and(Style::Plain, &words::visible(&line)));
    }
    let end = match (&order.threw, order.exit) {
        (Some(error), exit) => {
            let error = words::code(&words::visible(error));
            format!("  the uncaught {error} ends it, exit code {exit}")
        }
        (None, 0) => String::new(),
        (None, exit) => format!("  exit code {exit}"),
    };
    if !end.is_empty() {
        text.push(Line::words(Style::Dim, &end));
    }
    if !order.story.is_empty() {
        text.gap();
    }
    for happening in &order.story {
        let place = happening.place.as_ref().map(at).unwrap_or_default();
        let when = format!("  {} {}: ", happening.turn, happening.phase.word());
        let printed = words::visible(&trace::lines_of(&happening.printed).join(", "));
        let line =
            Line::words(Style::Dim, &when).and(Style::Plain, &format!("{}{place}", happening.what));
        text.push(match printed.is_empty() {
            true => line,
            false => line.and(Style::Strong, &format!(" → {printed}")),
        });
    }
}

fn story_told(order: &Order) -> Value {
    let told = |happening: &Happening| {
        let place = happening.place.as_ref();
        json!({
            "turn": happening.turn,
            "phase": happening.phase.word(),
            "what": happening.what,
            "file": place.map(|place| &place.file),
            "line": place.map(|place| place.line),
            "printed": happening.printed,
        })
    };
    order.story.iter().map(told).collect()
}
