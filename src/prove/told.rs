//! What proving a unit came to, as an author reads it.

use super::key::lines;
use super::{Predicted, Proof, Seen};
use crate::program::Version;
use crate::report::{Line, Style, Text};
use crate::words;

/// What came of a unit.
#[derive(Debug)]
pub struct Told {
    /// The unit's name.
    pub unit: String,
    /// What came of it on each Node.
    pub on: Vec<(Version, Proof)>,
}

impl Told {
    /// Whether it holds on every Node.
    pub fn holds(&self) -> bool {
        self.on.iter().all(|(_, proof)| proof.holds())
    }

    /// How many keys the model knows every order of, on how many of all Nodes, and of how many it does not.
    pub fn predicted(&self) -> (usize, usize) {
        let seen = self.on.iter().flat_map(|(_, proof)| &proof.seen);
        let every = |seen: &&Seen| matches!(seen.predicted, Some(Predicted::Every { .. }));
        (seen.clone().filter(every).count(), seen.count())
    }

    /// How many programs were run.
    pub fn runs(&self) -> u32 {
        let seen = self.on.iter().flat_map(|(_, proof)| &proof.seen);
        seen.map(Seen::runs).sum()
    }
}

/// A headline, what was seen of every key that has more than one order, and what does not hold.
pub fn told(told: &Told) -> Text {
    let mut text = Text::new();
    let names = names(told);
    let (sign, style) = match told.holds() {
        true => ("✓ ", Style::Good),
        false => ("✗ ", Style::Bad),
    };
    let varying: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| varies(told, name))
        .collect();
    let same = names.len() - varying.len();
    let mut what = vec![words::count(names.len(), "key")];
    if same > 0 && !varying.is_empty() {
        what.push(format!("{same} always in one order"));
    } else if same > 0 {
        what.push("always in one order".to_owned());
    }
    let what = match names.is_empty() {
        true => "no program to run here".to_owned(),
        false => what.join(", "),
    };
    text.push(
        Line::words(Style::Strong, &told.unit)
            .led_by(style, sign)
            .and(Style::Plain, &format!(": {what}")),
    );
    for name in varying {
        text.push(Line::words(Style::Plain, name).indented(4));
        for (version, proof) in &told.on {
            if let Some(seen) = proof.seen.iter().find(|seen| seen.key == name) {
                text.append(seen_on(*version, seen), 6);
            }
        }
    }
    for (_, proof) in &told.on {
        for problem in &proof.problems {
            let shown = problem.to_string();
            for line in shown.lines() {
                text.push(Line::words(Style::Bad, line).indented(4));
            }
        }
        for trouble in &proof.trouble {
            let line = format!("not proven: {trouble}");
            text.push(Line::words(Style::Warn, &line).indented(4));
        }
    }
    text
}

/// The names of the keys, in their order.
fn names(told: &Told) -> Vec<&str> {
    let mut names = Vec::new();
    for seen in told.on.iter().flat_map(|(_, proof)| &proof.seen) {
        if !names.contains(&seen.key.as_str()) {
            names.push(seen.key.as_str());
        }
    }
    names
}

/// Whether more than one order of a key was seen or is accepted.
fn varies(told: &Told, name: &str) -> bool {
    let seen = told.on.iter().flat_map(|(_, proof)| &proof.seen);
    let mut of = seen.filter(|seen| seen.key == name);
    of.any(|seen| seen.orders.len() > 1 || seen.accepted.as_ref().is_none_or(|all| all.len() != 1))
}

fn seen_on(version: Version, seen: &Seen) -> Text {
    let mut text = Text::new();
    let runs = words::count(seen.runs() as usize, "run");
    text.push(Line::words(Style::Dim, &format!("Node {version}, {runs}")));
    let mut orders: Vec<(&Vec<String>, &u32)> = seen.orders.iter().collect();
    orders.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    for (order, times) in orders {
        let line = Line::words(Style::Plain, &lines(order))
            .led_by(Style::Plain, &format!("{times:>4} × "));
        text.push(line);
    }
    match seen.unseen() {
        None => {
            let note = format!(
                "more than {} orders are accepted: those not seen are not listed",
                super::key::LISTED
            );
            text.push(Line::words(Style::Dim, &note).led_by(Style::Dim, "note: "));
        }
        Some(unseen) => {
            for order in unseen {
                let never = match &seen.predicted {
                    Some(Predicted::Every { impossible }) if impossible.contains(order) => {
                        "accepted, and impossible"
                    }
                    Some(Predicted::Every { .. }) => "accepted and possible, and never seen",
                    Some(Predicted::Some | Predicted::Outside(_)) | None => {
                        "accepted, and never seen"
                    }
                };
                let note = format!("{never}: {}", lines(order));
                text.push(Line::words(Style::Plain, &note).led_by(Style::Warn, "note: "));
            }
        }
    }
    text
}
