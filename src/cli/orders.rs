//! `tickmark orders`: every order in which a program can print its lines, without running it on Node.

use std::io::{self, Write};
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Common, Exit, Failure, files_at};
use crate::event_loop::{self, Happening, Order, Orders as Found, Outside, Program, Search};
use crate::node;
use crate::problem::Problem;
use crate::program::{Files, Input, ModuleSystem, Place, RelPath, Version};
use crate::report::{Line, Style, Text};
use crate::trace;
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
  tickmark orders main.cjs --assume callbacks=5ms
  tickmark orders main.cjs --format json > orders.json")]
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
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// One JSON object, format 1
    Json,
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
/// How many are shown to a person.
const SHOWN: usize = 24;

/// The newest Node that the model was held against; of a line, its last.
const NEWEST: Version = Version {
    major: 26,
    minor: u32::MAX,
    patch: 0,
};

impl Orders {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        let (files, entry) = files_at(&self.path)?;
        let (node, module) = loaded(common, &files, &entry)?;
        let program = Program {
            files: &files,
            entry: &entry,
            input: &Input::default(),
            module,
            node,
        };
        let search = Search {
            callbacks_within: self.assume,
            stories: self.story,
            ..Search::default()
        };
        let found = event_loop::orders(&program, &search);
        match self.format {
            Some(Format::Json) => {
                let told = self.told(&found, &program);
                writeln!(io::stdout(), "{told:#}")?;
            }
            None => Terminal::Stdout.show(&self.shown(&found, &program))?,
        }
        Ok(match found {
            Ok(_) => Exit::Clean,
            Err(_) => Exit::Trouble,
        })
    }

    fn assumptions(&self) -> Vec<String> {
        let within = self.assume.iter();
        within.map(|ms| format!("callbacks={ms}ms")).collect()
    }

    fn told(&self, found: &Result<Found, Outside>, program: &Program<'_>) -> Value {
        let mut told = json!({
            "format": 1,
            "node": program.node.major,
            "module": program.module.word(),
            "assumptions": self.assumptions(),
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
                told["count"] = json!(found.orders.len());
                told["runs"] = json!(found.runs);
                let orders = found.orders.iter().take(WRITTEN);
                told["orders"] = orders
                    .clone()
                    .map(|order| json!(trace::lines_of(&order.printed)))
                    .collect();
                told["exit-codes"] = orders.clone().map(|order| json!(order.exit)).collect();
                if self.story {
                    told["stories"] = orders.map(story_told).collect();
                }
            }
        }
        told
    }

    fn shown(&self, found: &Result<Found, Outside>, program: &Program<'_>) -> Text {
        let mut text = Text::new();
        let on = format!("Node {}, {}", program.node.major, program.module);
        match found {
            Err(outside) => {
                let at = outside.place.as_ref().map(at).unwrap_or_default();
                let what = format!("outside the model: {}{at}", outside.what);
                text.push(Line::words(Style::Bad, &what));
                let help = "nothing is guessed; `tickmark run` says what one run prints";
                text.push(Line::words(Style::Dim, help));
            }
            Ok(found) => {
                let count = words::count(found.orders.len(), "order");
                let more = if found.bound.is_some() {
                    "at least "
                } else {
                    ""
                };
                text.push(Line::words(
                    Style::Strong,
                    &format!("{more}{count} on {on}"),
                ));
                for order in found.orders.iter().take(SHOWN) {
                    text.gap();
                    order_shown(&mut text, order);
                }
                text.gap();
                if found.orders.len() > SHOWN {
                    let left = words::count(found.orders.len() - SHOWN, "more order");
                    text.push(Line::words(
                        Style::Dim,
                        &format!("and {left}: `--format json`"),
                    ));
                }
                if let Some(bound) = found.bound {
                    let why = format!("there may be more: {}", bound.words());
                    text.push(Line::words(Style::Warn, &why));
                }
                for assumption in self.assumptions() {
                    let taken = format!("only the usual orders: taken for granted is {assumption}");
                    text.push(Line::words(Style::Warn, &taken));
                }
            }
        }
        text
    }
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
        (Some(major), _) => Version { major, ..NEWEST },
        (None, Some(node)) => node.version,
        (None, None) => NEWEST,
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
    for happening in &order.story {
        let place = happening.place.as_ref().map(at).unwrap_or_default();
        let when = format!("  {} {}: ", happening.turn, happening.phase.word());
        let printed = words::visible(happening.printed.trim_end());
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
