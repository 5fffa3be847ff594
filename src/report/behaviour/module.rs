//! What is wrong with a module that was loaded, in sentences.

use crate::grading::{By, ModuleFault as Fault};
use crate::program::{ExportKind, ModuleSystem};
use crate::words;

use super::super::text::{Line, Style, Text};
use super::super::verbatim;

/// What is wrong, and what to think of.
pub(super) fn text(faults: &[&Fault]) -> Text {
    let mut text = Text::new();
    let mut rest = faults;
    while let [first, ..] = rest {
        let alike = rest.iter().take_while(|other| are_alike(first, other));
        let (together, others) = rest.split_at(alike.count().max(1));
        let mut sentence = in_one(together);
        if let Some(advice) = advice(first) {
            sentence = format!("{sentence}: {advice}");
        }
        text.push(Line::words(Style::Plain, &sentence));
        rest = others;
    }
    text
}

/// Whether the same way has found neither, for the same reason.
fn are_alike(one: &Fault, other: &Fault) -> bool {
    match (one, other) {
        (
            Fault::Missing {
                by,
                near: None,
                only_required,
                ..
            },
            Fault::Missing {
                by: other,
                near: None,
                only_required: also,
                ..
            },
        ) => (by, only_required) == (other, also),
        (_, _) => false,
    }
}

/// What is wrong with several that are alike; there is at least one.
fn in_one(faults: &[&Fault]) -> String {
    let names = faults.iter().filter_map(|fault| match fault {
        Fault::Missing { name, .. } => Some(verbatim::code(name)),
        _ => None,
    });
    match faults {
        [Fault::Missing { by, .. }, _, ..] => {
            format!("{} finds no {} in it", word(*by), words::or(names))
        }
        _ => faults.iter().map(|fault| in_few_words(fault)).collect(),
    }
}

fn advice(fault: &Fault) -> Option<&'static str> {
    match fault {
        Fault::System { .. } => Some(
            "the ending decides for `.mjs` and `.cjs`, for `.js` the `type` of the nearest `package.json`, and after that \
             its syntax",
        ),
        Fault::NotLoaded => Some(
            "does it call `process.exit`, or wait with a top-level `await` for what never comes?",
        ),
        Fault::Missing {
            only_required: true,
            ..
        } => Some(
            "`require` does. Of a CommonJS module `import` finds only the names that Node sees in its source, as in \
             `exports.name = …` or `module.exports = { name }`",
        ),
        Fault::NotSame { .. } => Some(
            "whatever it keeps, it keeps twice. Let both ways lead to one file, or let one of the files load the other",
        ),
        Fault::WentOn { .. } => {
            Some("whoever loads it has to wait for that. Let a function begin it")
        }
        Fault::Forged
        | Fault::Itself { .. }
        | Fault::Missing { .. }
        | Fault::Unwanted { .. }
        | Fault::Kind { .. }
        | Fault::Value { .. }
        | Fault::Printed { .. } => None,
    }
}

/// The same in a few words.
pub(super) fn in_few_words(fault: &Fault) -> String {
    match fault {
        Fault::System { expected, found } => format!(
            "Node takes it for {}, and it should be {}",
            system(*found),
            system(*expected)
        ),
        Fault::NotLoaded => "it ended before it was loaded".to_owned(),
        Fault::Forged => {
            "it says itself what it exports, where only who loads it can: nothing of that is believed".to_owned()
        }
        Fault::Itself { expected, found } => {
            format!("`require` gives {}, and should give {}", kind(*found), kind(*expected))
        }
        Fault::Missing {
            by, name, near, ..
        } => {
            let meant = near.as_ref().map(|near| format!(", but {}", verbatim::code(near)));
            let (by, name) = (word(*by), verbatim::code(name));
            format!("{by} finds no {name} in it{}", meant.unwrap_or_default())
        }
        Fault::Unwanted { by, name } => format!(
            "{} finds {} in it, which should not be there",
            word(*by),
            verbatim::code(name)
        ),
        Fault::Kind {
            by,
            name,
            found: ExportKind::Throws,
            ..
        }
        | Fault::Value {
            by,
            name,
            found: Err(ExportKind::Throws),
            ..
        } => format!(
            "{} finds {} in it, and whoever reads that gets an error",
            word(*by),
            verbatim::code(name)
        ),
        Fault::Kind {
            by,
            name,
            expected,
            found,
        } => format!(
            "{} finds {} in it, which is {} and should be {}",
            word(*by),
            verbatim::code(name),
            kind(*found),
            kind(*expected)
        ),
        Fault::Value {
            by,
            name,
            expected,
            found,
        } => {
            let found = match found {
                Ok(json) => verbatim::code(json),
                Err(of) => kind(*of).to_owned(),
            };
            format!(
                "{} finds {} in it, which is {found} and should be {}",
                word(*by),
                verbatim::code(name),
                verbatim::code(expected)
            )
        }
        Fault::NotSame { name: Some(name) } => {
            format!("`require` and `import` give two different {}", verbatim::code(name))
        }
        Fault::NotSame { name: None } => "`require` and `import` give two different modules".to_owned(),
        Fault::Printed { line } => format!(
            "it prints {} when it is loaded, and should print nothing",
            verbatim::code(line)
        ),
        Fault::WentOn { left } => format!(
            "when it was loaded, something kept the program alive{}",
            of_what(left)
        ),
    }
}

fn word(by: By) -> &'static str {
    match by {
        By::Require => "`require`",
        By::Import => "`import`",
    }
}

fn system(system: ModuleSystem) -> &'static str {
    match system {
        ModuleSystem::CommonJs => "CommonJS",
        ModuleSystem::Esm => "an ES module",
    }
}

fn kind(kind: ExportKind) -> &'static str {
    match kind {
        ExportKind::Function => "a function",
        ExportKind::Class => "a class",
        ExportKind::Object => "an object",
        ExportKind::Array => "an array",
        ExportKind::Promise => "a promise",
        ExportKind::String => "a string",
        ExportKind::Number => "a number",
        ExportKind::Boolean => "a boolean",
        ExportKind::Bigint => "a bigint",
        ExportKind::Symbol => "a symbol",
        ExportKind::Null => "`null`",
        ExportKind::Undefined => "`undefined`",
        ExportKind::Throws => "nothing that can be read",
    }
}

/// What Node calls it, in words, where that is certain.
const LEFT: [(&str, &str); 8] = [
    ("Timeout", "a timer"),
    ("Immediate", "an immediate"),
    ("TCPServerWrap", "a server"),
    ("MessagePort", "a message port"),
    ("FSEventWrap", "a watched file"),
    ("ProcessWrap", "a child process"),
    ("FSReqCallback", "a file"),
    ("FSReqPromise", "a file"),
];

fn of_what(left: &[String]) -> String {
    let what = LEFT
        .iter()
        .filter(|(name, _)| left.iter().any(|of| of == name));
    let mut what: Vec<&str> = what.map(|(_, words)| *words).collect();
    what.dedup();
    match what.is_empty() {
        true => String::new(),
        false => format!(" ({})", words::and(what)),
    }
}
