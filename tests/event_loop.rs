//! The model of the event loop, held against small programs as courses and interviews have them.
//!
//! A case in `event_loop/cases/` is a program and what the model says of it. A program begins with `### name (cjs mjs)`: with
//! which endings it is run, and from which Node on if not from 18. `@@@ file` begins another file of it. What follows
//! `---` is the model's answer: for which endings and versions, then its orders, or where there are many, their number and
//! the trace that an author would write. `TICKMARK_ACCEPT=1` writes the answers anew.
//!
//! Each program is also run on every Node of `TICKMARK_NODES`, and what it prints must be among them.

mod support;

#[path = "event_loop/case.rs"]
mod case;
#[path = "event_loop/fault.rs"]
mod fault;
#[path = "event_loop/reasons.rs"]
mod reasons;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use tickmark::course;
use tickmark::event_loop::{self, Order, Outside};
use tickmark::node::Node;
use tickmark::program::Version;
use tickmark::sandbox;
use tickmark::trace;

use case::{Case, case_files, cases_of, every_case, programs};

/// More orders are not listed.
const LISTED: usize = 6;

/// `cjs 18-20, mjs 18-26`: neighbours among the versions are a range.
fn named(of: &BTreeMap<&str, Vec<u32>>) -> String {
    let names = of.iter().map(|(ending, versions)| {
        let place = |version: &u32| {
            event_loop::LINES
                .iter()
                .position(|known| known == version)
                .unwrap()
        };
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for version in versions {
            match ranges.last_mut() {
                Some((_, to)) if place(to) + 1 == place(version) => *to = *version,
                _ => ranges.push((*version, *version)),
            }
        }
        let ranges = ranges.iter().map(|(from, to)| match from == to {
            true => from.to_string(),
            false => format!("{from}-{to}"),
        });
        format!("{ending} {}", ranges.collect::<Vec<_>>().join(" "))
    });
    names.collect::<Vec<_>>().join(", ")
}

fn order_text(order: &Order) -> String {
    let printed = order.printed.clone();
    match (&order.threw, order.exit) {
        (None, 0) => printed,
        (None, exit) => format!("{printed}[exit code {exit}]\n"),
        (Some(_), exit) => format!("{printed}[an uncaught error, exit code {exit}]\n"),
    }
}

/// What the model says: the orders, or what they are; or what is outside.
fn answer(orders: &Result<event_loop::Orders, Outside>) -> String {
    let found = match orders {
        Err(outside) => return format!("[outside: {}]\n", outside.what),
        Ok(found) => found,
    };
    let texts: BTreeSet<String> = found.orders.iter().map(order_text).collect();
    let bound = found
        .bound
        .map(|bound| format!("[there may be more: {}]\n", bound.words()));
    let bound = bound.unwrap_or_default();
    let lines: Vec<_> = found
        .orders
        .iter()
        .map(|order| trace::lines_of(&order.printed))
        .collect();
    let expected = event_loop::expectation(&lines).map(|expected| course::written(&expected));
    let written = serde_yaml::to_string(&expected).unwrap();
    if !lines.is_empty() {
        assert_eq!(accepted(&written), BTreeSet::from_iter(lines), "{written}");
    }
    if texts.len() <= LISTED {
        return texts.into_iter().collect::<Vec<_>>().join("--- or\n") + &bound;
    }
    format!("[{} orders]\n{written}{bound}", texts.len())
}

/// Every order that a trace accepts, read as authors' traces are.
fn accepted(written: &str) -> BTreeSet<Vec<String>> {
    let read = course::read_trace(written);
    let read = read.unwrap_or_else(|problems| panic!("{written}\n{problems:?}"));
    let read = read.in_force(&|_| false).unwrap();
    BTreeSet::from_iter(trace::orders(&read, 20_000).unwrap())
}

/// The case with the model's answers.
fn answered(file: &Path, head: &str, text: &str) -> String {
    let cases = cases_of(file, head, text);
    let mut answers: Vec<(String, BTreeMap<&str, Vec<u32>>)> = Vec::new();
    for case in &cases {
        for major in event_loop::LINES
            .into_iter()
            .filter(|major| *major >= case.least)
        {
            let text = answer(&case.orders(Version::last_of(major)));
            let known = answers.iter_mut().find(|(known, _)| *known == text);
            let of = match known {
                Some((_, of)) => of,
                None => {
                    answers.push((text, BTreeMap::new()));
                    &mut answers.last_mut().unwrap().1
                }
            };
            of.entry(&case.ending).or_default().push(major);
        }
    }
    let answers = answers
        .iter()
        .map(|(text, of)| format!("--- {}\n{text}", named(of)));
    format!("### {head}\n{text}\n{}\n", answers.collect::<String>())
}

#[test]
fn the_model_says_of_every_case_what_is_written_there() {
    let wrong = |file: &PathBuf| {
        let programs = programs(file);
        let now: String = programs
            .iter()
            .map(|(head, text)| answered(file, head, text))
            .collect();
        support::differs(file, &now)
    };
    support::hold(&case_files(), 2, wrong);
}

/// What is printed on a Node, and the exit code; nothing where that cannot be seen here.
fn seen(case: &Case, node: &Node) -> Option<(Vec<u8>, i32)> {
    let program = sandbox::Program::new(case.files.clone(), case.entry.clone());
    let run = sandbox::run(&program, node).unwrap();
    Some((run.stdout.clone(), run.ending.exit()?))
}

#[test]
fn what_node_prints_is_among_the_orders() {
    let nodes = support::nodes();
    let cases = every_case();
    let jobs: Vec<(&Case, &Node)> = cases
        .iter()
        .flat_map(|case| nodes.iter().map(move |node| (case, node)))
        .filter(|(case, node)| node.version.major >= case.least)
        .collect();
    let wrong = |(case, node): &(&Case, &Node)| {
        let found = case
            .orders(node.version)
            .ok()
            .filter(|found| found.bound.is_none())?;
        let (printed, exit) = seen(case, node)?;
        let is_among = found
            .orders
            .iter()
            .any(|order| order.exit == exit && order.printed.as_bytes() == printed);
        let printed = String::from_utf8_lossy(&printed);
        (!is_among).then(|| {
            let which = format!("{}: {}.{}", case.file.display(), case.name, case.ending);
            format!(
                "{which} on Node {} ends with {exit}, and prints\n{printed}",
                node.version
            )
        })
    };
    support::hold(&jobs, 2, wrong);
}
