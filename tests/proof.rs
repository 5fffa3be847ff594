//! The course's content does what it claims, on every Node at hand.
//!
//! `TICKMARK_NODES` names the Nodes, with `:` between them; without it, the one that would be used is.

use std::env;
use std::path::Path;

use tickmark::batch::{self, Stop};
use tickmark::course::{Course, Exercise};
use tickmark::node::{self, Node};
use tickmark::problem::Problem;
use tickmark::{library, prove};

fn nodes() -> Vec<Node> {
    match env::var_os("TICKMARK_NODES") {
        Some(paths) => env::split_paths(&paths)
            .map(|path| Node::from_path(&path).unwrap())
            .collect(),
        None => vec![node::find(None).unwrap()],
    }
}

fn course() -> Course {
    let opened = library::open(Some(Path::new("."))).unwrap();
    assert!(opened.problems.is_empty(), "{}", lines(&opened.problems));
    assert!(opened.course.exercises.len() >= 8);
    opened.course
}

fn lines(problems: &[Problem]) -> String {
    tickmark::words::lines(problems)
}

#[test]
fn every_program_of_every_exercise_does_what_its_place_claims() {
    let (course, nodes) = (course(), nodes());
    let jobs: Vec<(&Exercise, &Node)> = course
        .exercises
        .iter()
        .flat_map(|exercise| nodes.iter().map(move |node| (exercise, node)))
        .collect();
    let prove = |(exercise, node): &(&Exercise, &Node)| prove::exercise(exercise, node);
    let found = batch::run(&jobs, batch::workers(), &Stop::new(), prove, |_| {});
    let found: Vec<Problem> = found.into_iter().flatten().flatten().collect();
    assert!(found.is_empty(), "{}", lines(&found));
}

#[test]
fn every_rule_is_shown_by_its_programs() {
    let mut shown = 0;
    for node in nodes() {
        for rule in tickmark::rules::all().filter(|rule| rule.node.holds(node.version)) {
            let found = prove::rule(rule, &node);
            assert!(found.is_empty(), "{}", lines(&found));
            shown += rule.shown.len();
        }
    }
    assert!(shown >= 20, "the rules' programs were not found");
}
