//! The rules that an expectation names.
//!
//! `reasons.txt` has programs, `### name (ending version)`, and after each the trace as an author would write it.
//! `TICKMARK_ACCEPT=1` writes the traces anew.

use std::collections::BTreeSet;
use std::path::Path;

use tickmark::course;
use tickmark::event_loop::{self, Search};
use tickmark::program::Version;
use tickmark::rules;
use tickmark::trace;

use super::{accepted, case, support};

const FILE: &str = "tests/event_loop/reasons.txt";

/// The program with its trace, which accepts what the model says and names rules that there are.
fn explained(head: &str, text: &str) -> String {
    let (ending, major) = head.split_once(" (").unwrap().1.split_once(' ').unwrap();
    let node = Version::last_of(major.trim_end_matches(')').parse().unwrap());
    let cases = case::cases_of(Path::new(FILE), &format!("it ({ending})"), text);
    let search = Search::default();
    let found = cases[0].orders_by(node, &search).unwrap();
    let expectation = cases[0].with_program(node, |program| {
        event_loop::explained(program, &search, &found)
    });
    let written = course::written(&expectation.unwrap());
    let yaml = serde_yaml::to_string(&written).unwrap();
    let orders = found.orders.iter();
    let orders: BTreeSet<_> = orders
        .map(|order| trace::lines_of(&order.printed))
        .collect();
    assert_eq!(accepted(&yaml), orders, "{head}: {yaml}");
    for rule in yaml
        .lines()
        .filter_map(|line| line.trim().strip_prefix("rule: "))
    {
        assert!(rules::find(rule).is_some(), "{head}: {rule}");
    }
    format!("### {head}\n{text}\n--- trace\n{yaml}\n")
}

#[test]
fn an_expectation_names_the_rules_it_rests_on() {
    let programs = case::programs(Path::new(FILE));
    let now: String = programs
        .iter()
        .map(|(head, text)| explained(head, text))
        .collect();
    assert_eq!(support::differs(Path::new(FILE), &now), None);
}
