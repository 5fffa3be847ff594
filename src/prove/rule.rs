//! A rule's programs show it: each prints one of its accepted orders, every time.

use super::key::Key;
use crate::course;
use crate::node::Node;
use crate::program::{Files, RelPath};
use crate::rules::{Rule, Shown};
use crate::sandbox::Program;
use crate::trace::{Expectation, Extra};
use crate::words;

/// The keys of a rule on a Node; none if it is not for that.
pub(super) fn keys(rule: &Rule, node: &Node) -> Result<Vec<Key>, String> {
    if !rule.node.holds(node.version) {
        return Ok(Vec::new());
    }
    let key = |shown: &Shown| {
        let program = program(shown)?;
        match node.module_system(&program.files, &program.entry) {
            Ok(module) if module == shown.module => {}
            Ok(module) => return Err(format!("its program is loaded as {module}")),
            Err(trouble) => return Err(trouble.to_string()),
        }
        Ok(Key {
            name: shown.module.to_string(),
            file: format!("rules/{}", rule.id),
            expected: expected(shown, node)?,
            programs: vec![program],
            extra: Extra::Fail,
            exit: Some(shown.exit),
        })
    };
    rule.shown.iter().map(key).collect()
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
