//! A trace as an author would write it: the way back from what is read in `traces.rs`.

use serde_json::{Map, Value, json};

use crate::trace::{Expectation, PartialOrder, Reason, Step, Times};

/// The trace that is read as this expectation.
pub fn written(expectation: &Expectation) -> Value {
    let reason = expectation.reason.as_ref();
    match (&expectation.step, reason) {
        (Step::Text(lines), None) => Value::String(text(lines)),
        (Step::Sequence(parts), None) => parts.iter().map(written).collect(),
        (step, reason) => {
            let mut keys = step_of(step);
            if let Some(Reason { rule, words }) = reason {
                let (key, value) = match rule {
                    Some(rule) => ("rule", rule),
                    None => ("because", words),
                };
                keys.insert(key.to_owned(), json!(value));
            }
            Value::Object(keys)
        }
    }
}

/// Lines as a text: one final newline is not counted.
fn text(lines: &[String]) -> String {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    match lines {
        [only] if !only.is_empty() => only.clone(),
        _ => text,
    }
}

fn step_of(step: &Step) -> Map<String, Value> {
    let one = |key: &str, value: Value| Map::from_iter([(key.to_owned(), value)]);
    let all = |members: &[Expectation]| members.iter().map(written).collect();
    match step {
        Step::Text(lines) => one("text", json!(text(lines))),
        Step::Pattern(pattern) => one("matches", json!(pattern.regex.as_str())),
        // A sequence with a reason is an interleaving of one.
        Step::Sequence(parts) => one("interleave", json!([all(parts)])),
        Step::AnyOrder(members) => one("any-order", all(members)),
        Step::Interleave(members) => one("interleave", all(members)),
        Step::Either(members) => one("either", all(members)),
        Step::Optional(inner) => one("optional", written(inner)),
        Step::Repeat(inner, times) => {
            let mut keys = one("repeat", written(inner));
            keys.insert("times".to_owned(), times_of(*times));
            keys
        }
        Step::Lines(order) => partial_order(order),
        Step::Variants(variants) => match variants.first() {
            Some((never, _)) => match *never {},
            None => one("text", json!("")),
        },
    }
}

fn times_of(times: Times) -> Value {
    match times.most {
        Some(most) if most == times.least => json!(most),
        Some(most) => json!([times.least, most]),
        None => json!([times.least, "any"]),
    }
}

fn partial_order(order: &PartialOrder) -> Map<String, Value> {
    let id = |line: usize| format!("l{}", line + 1);
    let lines = order.lines.iter().enumerate();
    let lines: Map<String, Value> = lines.map(|(at, line)| (id(at), json!(line))).collect();
    let before = order.before.iter().map(|before| {
        let chain = json!([id(before.first), id(before.then)]);
        match &before.reason {
            None => chain,
            Some(Reason {
                rule: Some(rule), ..
            }) => json!({ "chain": chain, "rule": rule }),
            Some(Reason { rule: None, words }) => json!({ "chain": chain, "because": words }),
        }
    });
    Map::from_iter([
        ("lines".to_owned(), Value::Object(lines)),
        ("before".to_owned(), before.collect()),
    ])
}

#[cfg(test)]
mod tests {
    use super::super::read_trace;
    use super::*;
    use crate::trace;

    #[test]
    fn what_is_written_is_read_as_the_same() {
        for yaml in [
            "|\n  a\n  b\n",
            "\"\"",
            "\"\\n\"",
            "[a, {any-order: [b, \"c\\nd\"]}, e]",
            "{interleave: [\"a\\nb\", c], because: so}",
            "{lines: {x: a, y: b, z: a}, before: [[x, y], [x, z]]}",
            "{either: [a, [b, {optional: c}]]}",
            "{repeat: a, times: [1, 3]}",
        ] {
            let read = |yaml: &str| {
                let read = read_trace(yaml).unwrap();
                read.in_force(&|_| false).unwrap()
            };
            let before = read(yaml);
            let again = read(&serde_yaml::to_string(&written(&before)).unwrap());
            let orders = |expectation| {
                let mut orders = trace::orders(expectation, 100).unwrap();
                orders.sort();
                orders
            };
            assert_eq!(orders(&before), orders(&again), "{yaml}");
        }
    }
}
