//! `never` and `never-serving`: which functions of Node's modules are not called.
//!
//! It is seen when they are called, whatever names the program gives them, and not by searching its text; what Node does
//! for itself, as when it loads a module, does not count. Whoever gives scripts of its own the names of Node's, or
//! debugs itself (`node:inspector`), can call them unseen.

use super::super::reading::{Field, Key, Reading, one_of_the};
use super::super::shape::Shape;
use super::Behaviour;
use crate::program::{Functions, Limits};
use crate::words;

pub(in super::super) const KEY: Key = Key::optional(
    "never",
    Shape::Calls,
    "a list of functions such as `fs.readFileSync` or `fs.*Sync`",
    "Functions of Node's modules that the program never calls on its main thread: `fs.readFileSync`, or `fs.*Sync` for all \
     of the module whose names end so. What Node calls for itself, to load modules, does not count.",
);

pub(in super::super) const SERVING: Key = Key::optional(
    "never-serving",
    Shape::Calls,
    "a list of functions such as `fs.readFileSync` or `fs.*Sync`",
    "The same for a server, from the first turn of its loop on that begins when it listens: before, while it starts, it may \
     call them.",
);

/// Those whose functions are watched: Node calls them for itself in few places, which are known.
const MODULES: [&str; 6] = [
    "child_process",
    "crypto",
    "fs",
    "vm",
    "worker_threads",
    "zlib",
];

pub(super) fn read(
    reading: &mut Reading<'_>,
    field: Field<'_>,
    _limits: &Limits,
) -> Option<Behaviour> {
    functions(reading, field, false)
}

pub(super) fn read_serving(
    reading: &mut Reading<'_>,
    field: Field<'_>,
    _limits: &Limits,
) -> Option<Behaviour> {
    functions(reading, field, true)
}

fn functions(reading: &mut Reading<'_>, field: Field<'_>, serving: bool) -> Option<Behaviour> {
    let before = reading.count();
    let members = reading.list(field)?;
    if members.is_empty() {
        reading.wrong_text(field, None);
    }
    let functions: Vec<Functions> = members
        .iter()
        .filter_map(|node| {
            let one = Field {
                name: &format!("a function of {}", words::code(field.name)),
                holds: "a module and a function such as `fs.readFileSync` or `fs.*Sync`",
                node,
            };
            let names = names(reading, one)?;
            Some(Functions { names, serving })
        })
        .collect();
    (reading.count() == before).then_some(Behaviour::Never(functions))
}

fn names(reading: &mut Reading<'_>, field: Field<'_>) -> Option<String> {
    let written = reading.word(field)?;
    let function = |text: &str| {
        let name = text.strip_prefix('*').unwrap_or(text);
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        is_name && !name.is_empty()
    };
    match written.rsplit_once('.') {
        Some((module, name)) if function(name) => {
            if MODULES.contains(&module) {
                return Some(written.to_owned());
            }
            let message = format!(
                "{} is no module whose functions are watched",
                words::code(module)
            );
            let help = one_of_the(MODULES.into_iter(), module, "modules");
            reading.say_help(&field.node.span, message, help);
        }
        _ => reading.wrong_text(field, None),
    }
    None
}
