//! The model with one rule broken: each fault changes the orders of a program.
//!
//! `faults.txt` has a program for each: `### fault (ending version)`, with how long a callback may last where that
//! matters, and after it what Node can print, and what who has
//! the rule wrong says that it prints. `TICKMARK_ACCEPT=1` writes both anew.

use std::collections::BTreeSet;
use std::path::Path;

use tickmark::event_loop::{Fault, Orders, Outside, Search};
use tickmark::program::Version;

use super::case::{self, Case};
use super::{answer, seen, support};

const FILE: &str = "tests/event_loop/faults.txt";

/// A fault, and a program whose orders it changes on this Node.
struct Shown {
    head: String,
    text: String,
    fault: Fault,
    case: Case,
    node: Version,
    within: Option<u32>,
}

impl Shown {
    fn all() -> Vec<Shown> {
        let programs = case::programs(Path::new(FILE));
        programs
            .into_iter()
            .map(|(head, text)| Shown::of(head, text))
            .collect()
    }

    fn of(head: String, text: String) -> Shown {
        let (name, of) = head.split_once(" (").unwrap();
        let (of, within) = of.split_once(" within ").unwrap_or((of, ""));
        let (ending, major) = of.trim_end_matches(')').split_once(' ').unwrap();
        let fault = Fault::ALL.iter().find(|fault| fault.id() == name);
        let case = case::cases_of(Path::new(FILE), &format!("{name} ({ending})"), &text);
        Shown {
            fault: *fault.unwrap_or_else(|| panic!("there is no fault `{name}`")),
            case: case.into_iter().next().unwrap(),
            node: Version::last_of(major.parse().unwrap()),
            within: within.split(' ').next().unwrap().parse().ok(),
            head,
            text,
        }
    }

    fn orders(&self, fault: Option<Fault>) -> Result<Orders, Outside> {
        let search = Search {
            callbacks_within: self.within,
            fault,
            ..Search::default()
        };
        self.case.orders_by(self.node, &search)
    }

    fn says(&self, fault: Option<Fault>) -> String {
        answer(&self.orders(fault))
    }

    fn written(&self) -> String {
        let Shown { head, text, .. } = self;
        let (right, wrong) = (self.says(None), self.says(Some(self.fault)));
        format!("### {head}\n{text}\n--- Node\n{right}--- who believes it\n{wrong}\n")
    }
}

#[test]
fn every_fault_changes_the_orders_of_a_program() {
    let all = Shown::all();
    let shown: BTreeSet<Fault> = all.iter().map(|shown| shown.fault).collect();
    assert_eq!(shown, Fault::ALL.iter().copied().collect());
    let now: String = all.iter().map(Shown::written).collect();
    assert_eq!(support::differs(Path::new(FILE), &now), None);
    for shown in &all {
        let wrong = shown.says(Some(shown.fault));
        assert_ne!(shown.says(None), wrong, "{}", shown.head);
        assert!(!wrong.contains("[outside"), "{}: {wrong}", shown.head);
    }
}

/// Whoever holds the model against Node sees a fault only where an order is missing.
#[test]
fn most_faults_lack_an_order_that_node_has() {
    let lacks = |shown: &Shown| {
        let orders = |fault| {
            let found = shown.orders(fault).unwrap();
            let printed = found.orders.into_iter().map(|order| order.printed);
            printed.collect::<BTreeSet<_>>()
        };
        !orders(None).is_subset(&orders(Some(shown.fault)))
    };
    let all = Shown::all();
    let unseen = all.iter().filter(|shown| !lacks(shown));
    let unseen: Vec<&str> = unseen.map(|shown| shown.fault.id()).collect();
    assert_eq!(unseen, ENLARGE);
}

/// Faults that only add orders.
const ENLARGE: &[&str] = &[
    "no-drain-between-timers",
    "no-drain-between-lists",
    "module-before-loop",
    "clock-moves-in-pass",
    "timers-after-poll",
];

#[test]
fn what_node_prints_is_what_is_written_there() {
    let nodes = support::nodes();
    let all = Shown::all();
    let jobs: Vec<_> = all
        .iter()
        .filter_map(|shown| {
            let mut nodes = nodes.iter();
            let node = nodes.find(|node| node.version.major == shown.node.major);
            node.map(|node| (shown, node))
        })
        .collect();
    let wrong = |(shown, node): &(&Shown, &_)| {
        let found = shown.case.orders(shown.node).unwrap();
        let (printed, exit) = seen(&shown.case, node)?;
        let is_known = found
            .orders
            .iter()
            .any(|order| order.exit == exit && order.printed.as_bytes() == printed);
        let printed = String::from_utf8_lossy(&printed);
        (!is_known).then(|| format!("{} prints\n{printed}", shown.head))
    };
    support::hold(&jobs, 2, wrong);
}
