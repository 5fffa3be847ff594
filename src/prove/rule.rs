//! A rule's programs show it: each prints one of its accepted orders, every time.

use crate::course;
use crate::node::Node;
use crate::problem::{Place, Problem};
use crate::program::{Files, Input, Limits, RelPath, Run};
use crate::rules::{Rule, Shown};
use crate::sandbox::{self, Program};
use crate::trace::{self, Answer, Expectation, Extra, Printed};
use crate::words;

/// How often each program is run.
const RUNS: usize = 3;

/// Runs a rule's programs on a Node that it holds for; a problem for each that does not show it.
pub fn rule(rule: &Rule, node: &Node) -> Vec<Problem> {
    let problems = rule.shown.iter().filter_map(|shown| {
        let wrong = (0..RUNS).find_map(|_| differs(shown, node))?;
        let place = Place {
            file: format!("rule {} ({})", rule.id, shown.module),
            line: None,
        };
        Some(Problem::new(format!("{wrong} on Node {}", node.version)).at(place))
    });
    problems.collect()
}

/// What is wrong with one run of the program, if something is.
fn differs(shown: &Shown, node: &Node) -> Option<String> {
    let expected = match expected(shown, node) {
        Ok(expected) => expected,
        Err(problem) => return Some(problem),
    };
    let program = match program(shown) {
        Ok(program) => program,
        Err(problem) => return Some(problem),
    };
    match node.module_system(&program.files, &program.entry) {
        Ok(module) if module == shown.module => {}
        Ok(module) => return Some(format!("its program is loaded as {module}")),
        Err(trouble) => return Some(trouble.to_string()),
    }
    match sandbox::run(&program, node) {
        Ok(run) => wrong(&expected, shown.exit, &run),
        Err(trouble) => Some(format!("not proven: {trouble}")),
    }
}

fn expected(shown: &Shown, node: &Node) -> Result<Expectation, String> {
    let written = course::read_trace(shown.trace).map_err(|problems| words::lines(&problems))?;
    let fits = |when: &course::When| when.fits(shown.module, node.version);
    written
        .in_force(&fits)
        .ok_or_else(|| "no variant of its trace fits".to_owned())
}

fn program(shown: &Shown) -> Result<Program, String> {
    let file = |(path, text): &(&str, &str)| {
        let path = RelPath::new(path).map_err(|bad| format!("{} {bad}", words::code(path)))?;
        Ok((path, text.as_bytes().into()))
    };
    let files: Files = shown
        .files
        .iter()
        .map(file)
        .collect::<Result<_, String>>()?;
    let (entry, _) = shown.files.first().ok_or("it has no program")?;
    let entry = RelPath::new(entry).map_err(|bad| format!("{} {bad}", words::code(entry)))?;
    Ok(Program {
        files,
        entry,
        input: Input::default(),
        limits: Limits::default(),
    })
}

fn wrong(expected: &Expectation, exit: i32, run: &Run) -> Option<String> {
    if run.ending.exit() != Some(exit) {
        return Some(format!("its program ends otherwise: {}", run.ending.word()));
    }
    let printed = Printed::from_bytes(&run.stdout);
    match trace::judge(expected, &printed, Extra::Fail).answer {
        Answer::Accepted => None,
        Answer::Rejected(_) => Some(format!(
            "its program prints {}",
            words::and(printed.lines.iter().map(|line| words::code(line)))
        )),
        Answer::Undecided => Some("its trace cannot be decided".to_owned()),
    }
}
