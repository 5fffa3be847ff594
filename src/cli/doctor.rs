//! `tickmark doctor`: what this machine gives us, one line each.

use std::io::Write;

use super::{Common, Exit, Failure};
use crate::library;
use crate::node::{self, Missing};
use crate::sandbox::{self, Tier};
use crate::ui::Terminal;
use crate::words;

/// Say what is here: Node and its versions, the course, the terminal, temporary space, the sandbox
///
/// Every line begins with `ok`, `warn` or `fail`. The exit code is 3 if one begins with `fail`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark doctor
  tickmark doctor --node ~/node-22/bin/node")]
pub(super) struct Doctor {}

/// What one look found.
enum Found {
    Good(String),
    Poor(String),
    Bad(String),
}

impl Doctor {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        let mut looks = vec![("node", node_found(common))];
        looks.extend(other_nodes(common).map(|found| ("nodes", found)));
        looks.extend([
            ("course", course_found(common)),
            ("terminal", Found::Good(Terminal::describe())),
            ("temp", temp_found()),
        ]);
        looks.extend(box_found(common));
        looks.extend(loopback_found(common).map(|found| ("loopback", found)));
        looks.extend(children_found(common).map(|found| ("children", found)));
        let mut out = anstream::stdout();
        let mut exit = Exit::Clean;
        for (what, found) in looks {
            let (sign, text) = match found {
                Found::Good(text) => ("ok  ", text),
                Found::Poor(text) => ("warn", text),
                Found::Bad(text) => ("fail", text),
            };
            exit = if sign == "fail" { Exit::Trouble } else { exit };
            writeln!(out, "{sign}  {what:8}  {text}")?;
        }
        Ok(exit)
    }
}

/// The Node that programs would be run with.
fn node_found(common: &Common) -> Found {
    match node::find(common.named()) {
        Ok(node) if node.is_supported() => {
            Found::Good(format!("{} at {}", node.version, node.path.display()))
        }
        Ok(node) => Found::Bad(format!(
            "{} at {} is too old: take 18 or later",
            node.version,
            node.path.display()
        )),
        Err(missing @ Missing::Everywhere) => Found::Poor(format!(
            "{missing}; `check` and `grade` go on with the model of a Node's event loop, and what they say is provisional; {}",
            missing.advice()
        )),
        Err(missing @ Missing::Named { .. }) => Found::Bad(missing.to_string()),
    }
}

/// The other Nodes on this machine.
fn other_nodes(common: &Common) -> impl Iterator<Item = Found> {
    let used = node::find(common.named()).ok();
    let others = node::all()
        .into_iter()
        .filter(move |node| Some(node) != used.as_ref());
    others.map(|node| Found::Good(format!("{} at {}", node.version, node.path.display())))
}

fn course_found(common: &Common) -> Found {
    match library::open(common.course.as_deref()) {
        Ok(opened) => {
            let exercises = words::count(opened.course.exercises.len(), "exercise");
            let quizzes = match opened.course.quizzes.len() {
                1 => "1 quiz".to_owned(),
                n => format!("{n} quizzes"),
            };
            let (origin, hash) = (&opened.origin, &opened.hash);
            let text = format!("{origin}, hash {hash}: {exercises}, {quizzes}");
            match opened.problems.len() {
                0 => Found::Good(text),
                n => Found::Bad(format!(
                    "{text}, {}: see `tickmark list`",
                    words::count(n, "problem")
                )),
            }
        }
        Err(trouble) => Found::Bad(trouble.to_string()),
    }
}

/// Where the programs' folders are made.
fn temp_found() -> Found {
    match sandbox::temp_space() {
        Ok(space) if space.free < sandbox::TempSpace::LITTLE => Found::Poor(space.to_string()),
        Ok(space) => Found::Good(space.to_string()),
        Err(trouble) => Found::Bad(trouble.to_string()),
    }
}

/// How much programs are closed off, and by what; nothing where the Node that was named is none.
fn box_found(common: &Common) -> Vec<(&'static str, Found)> {
    let (tier, layers) = match node::find(common.named()) {
        Ok(node) => sandbox::tier(&node),
        Err(Missing::Everywhere) => sandbox::model_tier(),
        Err(Missing::Named { .. }) => return Vec::new(),
    };
    let text = format!("{}: {}", tier.word(), tier.means());
    let found = match tier {
        Tier::Full => Found::Good(text),
        Tier::Partial | Tier::Limits => Found::Poor(text),
    };
    let layers = layers.into_iter().map(|layer| match &layer.off {
        None => Found::Good(layer.to_string()),
        Some(_) => Found::Poor(match layer.mend() {
            Some(mend) => format!("{layer}; {mend}"),
            None => layer.to_string(),
        }),
    });
    let layers = layers.map(|found| ("layer", found));
    std::iter::once(("sandbox", found)).chain(layers).collect()
}

/// Nothing where there is no Node to ask.
fn loopback_found(common: &Common) -> Option<Found> {
    let node = node::find(common.named()).ok()?;
    Some(match sandbox::gives_loopback(&node) {
        true => Found::Good("programs can connect on 127.0.0.1".to_owned()),
        false => Found::Poor(
            "programs cannot connect on 127.0.0.1, so tests with `needs: [loopback]` are not judged"
                .to_owned(),
        ),
    })
}

/// Nothing where there is no Node to ask.
fn children_found(common: &Common) -> Option<Found> {
    let node = node::find(common.named()).ok()?;
    Some(match sandbox::gives_children(&node) {
        true => Found::Good("programs can start others".to_owned()),
        false => Found::Poor(
            "programs cannot start others, so tests with `needs: [children]` are not judged"
                .to_owned(),
        ),
    })
}
