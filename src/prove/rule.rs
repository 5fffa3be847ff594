//! A rule's programs show it: each prints one of its accepted orders, every time.

use super::key::{Claimed, Key};
use crate::course;
use crate::node::Node;
use crate::program::{Files, RelPath};
use crate::rules::{Rule, Shown};
use crate::sandbox::Program;
use crate::trace::{Expectation, Extra};
use crate::words;

/// The keys of a rule on a Node; none if it is not for that. Programs with the same trace have one key.
pub(super) fn keys(rule: &Rule, node: &Node) -> Result<Vec<Key>, String> {
    if !rule.node.holds(node.version) {
        return Ok(Vec::new());
    }
    let mut keys: Vec<Key> = Vec::new();
    for shown in rule.shown {
        let program = program(shown)?;
        match node.module_system(&program.files, &program.entry) {
            Ok(module) if module == shown.module => {}
            Ok(module) => return Err(format!("its program is loaded as {module}")),
            Err(trouble) => return Err(trouble.to_string()),
        }
        let alike = rule.shown.iter().filter(|other| is_alike(other, shown));
        let key = Key {
            name: words::and(alike.map(|other| other.module.to_string())),
            programs: vec![Claimed {
                file: format!("rules/{}", rule.id),
                program,
            }],
            expected: expected(shown, node)?,
            extra: Extra::Fail,
            behaviour: Vec::new(),
            exit: Some(shown.exit),
        };
        key.join(&mut keys);
    }
    Ok(keys)
}

/// Whether two programs are said to do the same.
fn is_alike(one: &Shown, other: &Shown) -> bool {
    one.trace == other.trace && one.exit == other.exit
}

/// What a rule's program prints on a Node.
pub(super) fn expected(shown: &Shown, node: &Node) -> Result<Expectation, String> {
    let written = course::read_trace(shown.trace).map_err(|problems| words::lines(&problems))?;
    let fits = |when: &course::When| when.fits(shown.module, node.version);
    written
        .in_force(&fits)
        .ok_or_else(|| "no variant of its trace fits".to_owned())
}

/// A rule's program.
pub(super) fn program(shown: &Shown) -> Result<Program, String> {
    let path =
        |path: &str| RelPath::new(path).map_err(|bad| format!("{} {bad}", words::code(path)));
    let file = |(name, text): &(&str, &str)| Ok((path(name)?, text.as_bytes().into()));
    let files = shown.files.iter().map(file);
    let (entry, _) = shown.files.first().ok_or("it has no program")?;
    let files = files.collect::<Result<Files, String>>()?;
    Ok(Program::new(files, path(entry)?))
}
