//! A set of orders as the smallest expectation that accepts it and nothing else.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::trace::{Before, Expectation, PartialOrder, Reason, Step};

/// A line, and which one of its text it is, from 1.
pub(super) type Line<'a> = (&'a str, usize);

/// The id of the rule because of which the one line comes before the other, where one is known.
pub(super) type Why<'w> = &'w dyn Fn(Line<'_>, Line<'_>) -> Option<&'static str>;

/// Of more lines no partial order is looked for.
const MOST_LINES: usize = 64;
/// Nor are orders counted where they have more different beginnings, as sets.
const MOST_BEGINNINGS: usize = 100_000;

/// What accepts exactly these orders: as a sequence, groups and a partial order where the set is that, else as
/// alternatives. Nothing, if there is no order.
pub fn expectation(orders: &[Vec<String>]) -> Option<Expectation> {
    with_reasons(orders, &|_, _| None)
}

/// The same, each step with its rule.
pub(super) fn with_reasons(orders: &[Vec<String>], why: Why<'_>) -> Option<Expectation> {
    let orders = once(orders.iter().map(|order| number(order)));
    (!orders.is_empty()).then(|| of(&orders, None, why))
}

/// What accepts these orders and those that keep all that they have in common, and how many orders that are; nothing where
/// they have not the same lines, or where that cannot be counted.
pub(super) fn in_common(orders: &[Vec<String>], why: Why<'_>) -> Option<(Expectation, usize)> {
    let orders = once(orders.iter().map(|order| number(order)));
    if !have_the_same_lines(&orders) {
        return None;
    }
    let parts = parts(&orders)?;
    let mut count = 1_usize;
    let mut made = Vec::new();
    for part in &parts {
        let (step, ways) = match part.as_slice() {
            [only] => (text(only, None, why), 1),
            some => mixed(some, why)?,
        };
        count = count.checked_mul(ways)?;
        made.push(step);
    }
    Some((joined(made.into_iter()), count))
}

/// Groups in any order, or chains, or pairs; and how many orders these have.
fn mixed<'a>(orders: &[Vec<Line<'a>>], why: Why<'_>) -> Option<(Expectation, usize)> {
    let before = before(orders)?;
    let groups = groups(orders)?;
    let lines = &orders[0];
    let place = |line: &Line<'a>| lines.iter().position(|known| known == line);
    let heads: Vec<usize> = groups.iter().filter_map(|group| place(&group[0])).collect();
    let is_free = |head: &usize| heads.iter().all(|other| before[*head] & (1 << other) == 0);
    if heads.iter().all(is_free) {
        let ways = (1..=groups.len()).try_fold(1_usize, usize::checked_mul)?;
        return Some((any_order(&groups, why), ways));
    }
    let ways = count(&before, MOST_BEGINNINGS)?;
    Some((pairs(lines, &before, why), ways))
}

/// Each once, in the order in which they come.
fn once<'a>(orders: impl Iterator<Item = Vec<Line<'a>>>) -> Vec<Vec<Line<'a>>> {
    let mut known = HashSet::new();
    orders.filter(|order| known.insert(order.clone())).collect()
}

/// Tells lines of the same text apart.
pub(super) fn number<'a>(order: &'a [String]) -> Vec<Line<'a>> {
    let mut known: HashMap<&str, usize> = HashMap::new();
    let numbered = order.iter().map(|line| {
        let times = known.entry(line).or_default();
        *times += 1;
        (line.as_str(), *times)
    });
    numbered.collect()
}

/// `next` is what comes after all of them.
fn of<'a>(orders: &[Vec<Line<'a>>], next: Option<Line<'a>>, why: Why<'_>) -> Expectation {
    match orders {
        [only] => text(only, next, why),
        // Nothing is no alternative that could be written down.
        _ if orders.iter().any(Vec::is_empty) => {
            let some = orders.iter().filter(|order| !order.is_empty());
            let some: Vec<_> = some.cloned().collect();
            Expectation::new(Step::Optional(Box::new(of(&some, None, why))))
        }
        _ => several(orders, next, why),
    }
}

/// Lines one after another: a text for each reason. The reason of a text says why its lines come in this order, and why
/// what comes after it does.
fn text<'a>(lines: &[Line<'a>], next: Option<Line<'a>>, why: Why<'_>) -> Expectation {
    let mut steps: Vec<(Vec<String>, Option<&'static str>)> = Vec::new();
    let after = lines.iter().skip(1).copied().map(Some).chain([next]);
    for (line, after) in lines.iter().zip(after) {
        let said = line.0.to_owned();
        let rule = after.map(|after| why(*line, after));
        match steps.last_mut() {
            Some((lines, known)) if rule.is_none_or(|rule| rule == *known) => lines.push(said),
            _ => steps.push((vec![said], rule.flatten())),
        }
    }
    let steps = steps.into_iter().map(|(lines, rule)| Expectation {
        step: Step::Text(lines),
        reason: rule.map(reason),
    });
    joined(steps)
}

fn reason(rule: &'static str) -> Reason {
    Reason {
        rule: Some(rule.to_owned()),
        words: String::new(),
    }
}

fn several<'a>(orders: &[Vec<Line<'a>>], next: Option<Line<'a>>, why: Why<'_>) -> Expectation {
    let of_the_same_lines = || {
        let same = have_the_same_lines(orders).then_some(orders)?;
        as_groups(same, why).or_else(|| as_partial_order(same, why))
    };
    let mut made = match in_sequence(orders, next, why) {
        Some(sequence) => return sequence,
        None => of_the_same_lines().unwrap_or_else(|| alternatives(orders, why)),
    };
    let last = orders.first().and_then(|order| order.last());
    let rule = last.zip(next).and_then(|(last, next)| why(*last, next));
    made.reason = made.reason.or(rule.map(reason));
    made
}

fn have_the_same_lines<'a>(orders: &[Vec<Line<'a>>]) -> bool {
    let mut sets = orders
        .iter()
        .map(|order| order.iter().collect::<BTreeSet<_>>());
    let first = sets.next();
    sets.all(|set| Some(set) == first)
}

/// One after another, where what comes in one part has nothing to do with what comes in the others.
fn in_sequence<'a>(
    orders: &[Vec<Line<'a>>],
    next: Option<Line<'a>>,
    why: Why<'_>,
) -> Option<Expectation> {
    let parts = parts(orders).filter(|parts| parts.len() > 1)?;
    let product = parts
        .iter()
        .fold(1_usize, |product, part| product.saturating_mul(part.len()));
    if product != orders.len() {
        return None;
    }
    let firsts = parts.iter().skip(1).map(|part| Some(part[0][0]));
    let made = parts.iter().zip(firsts.chain([next]));
    Some(joined(made.map(|(part, next)| of(part, next, why))))
}

/// What is printed before and after every place where all orders have had the same lines: for each part its orders, each
/// once.
fn parts<'a>(orders: &[Vec<Line<'a>>]) -> Option<Vec<Vec<Vec<Line<'a>>>>> {
    let first = orders.first()?;
    if orders.iter().any(|order| order.len() != first.len()) {
        return None;
    }
    let mut cuts = vec![0];
    for cut in 1..first.len() {
        let set = |order: &Vec<_>| order[..cut].iter().copied().collect::<BTreeSet<Line<'a>>>();
        let same = set(first);
        if orders.iter().all(|order| set(order) == same) {
            cuts.push(cut);
        }
    }
    cuts.push(first.len());
    let parts = cuts.windows(2).map(|cut| {
        let part = |order: &Vec<Line<'a>>| order[cut[0]..cut[1]].to_vec();
        once(orders.iter().map(part))
    });
    Some(parts.collect())
}

/// A sequence, in which texts that follow each other for the same reason are one.
fn joined(parts: impl Iterator<Item = Expectation>) -> Expectation {
    let mut steps: Vec<Expectation> = Vec::new();
    let flat = parts.flat_map(|part| match part {
        Expectation {
            step: Step::Sequence(steps),
            reason: None,
        } => steps,
        part => vec![part],
    });
    for part in flat {
        match (steps.last_mut(), part) {
            (
                Some(Expectation {
                    step: Step::Text(lines),
                    reason,
                }),
                Expectation {
                    step: Step::Text(more),
                    reason: again,
                },
            ) if *reason == again => lines.extend(more),
            (_, part) => steps.push(part),
        }
    }
    match steps.len() {
        1 => steps.remove(0),
        _ => Expectation::new(Step::Sequence(steps)),
    }
}

/// Runs of lines that always follow each other, in any order.
fn as_groups<'a>(orders: &[Vec<Line<'a>>], why: Why<'_>) -> Option<Expectation> {
    let groups = groups(orders)?;
    let factorial = (1..=groups.len()).try_fold(1_usize, usize::checked_mul)?;
    (factorial == orders.len()).then(|| any_order(&groups, why))
}

fn any_order(groups: &[Vec<Line<'_>>], why: Why<'_>) -> Expectation {
    let groups = groups.iter().map(|group| text(group, None, why)).collect();
    Expectation::new(Step::AnyOrder(groups))
}

/// Runs of lines that always follow each other.
fn groups<'a>(orders: &[Vec<Line<'a>>]) -> Option<Vec<Vec<Line<'a>>>> {
    let first = orders.first()?;
    let follows = |order: &Vec<Line<'a>>| {
        let pairs = order.windows(2).map(|pair| (pair[0], pair[1]));
        pairs.collect::<BTreeMap<_, _>>()
    };
    let follows: Vec<_> = orders.iter().map(follows).collect();
    let mut groups: Vec<Vec<Line<'a>>> = Vec::new();
    for line in first {
        let joins = groups
            .last()
            .and_then(|group| group.last())
            .is_some_and(|last| {
                follows
                    .iter()
                    .all(|follows| follows.get(last) == Some(line))
            });
        match groups.last_mut().filter(|_| joins) {
            Some(group) => group.push(*line),
            None => groups.push(vec![*line]),
        }
    }
    Some(groups)
}

/// Every order that keeps some pairs, if these are all of them.
fn as_partial_order<'a>(orders: &[Vec<Line<'a>>], why: Why<'_>) -> Option<Expectation> {
    let before = before(orders)?;
    let is_all = count(&before, orders.len()) == Some(orders.len());
    is_all.then(|| pairs(&orders[0], &before, why))
}

/// Pairs, as chains where they are nothing else.
fn pairs(lines: &[Line<'_>], before: &[u64], why: Why<'_>) -> Expectation {
    chains(lines, before, why).unwrap_or_else(|| partial_order(lines, before, why))
}

/// For each line of the first order, which of its lines come before it in all of them.
fn before<'a>(orders: &[Vec<Line<'a>>]) -> Option<Vec<u64>> {
    let lines = orders.first()?;
    if lines.len() > MOST_LINES {
        return None;
    }
    let places = |order: &Vec<Line<'a>>| {
        let places = order.iter().enumerate().map(|(place, line)| (*line, place));
        places.collect::<HashMap<_, _>>()
    };
    let places: Vec<_> = orders.iter().map(places).collect();
    let always =
        |first: &Line<'a>, then: &Line<'a>| places.iter().all(|order| order[first] < order[then]);
    let before = lines.iter().map(|then| {
        let firsts = lines
            .iter()
            .enumerate()
            .filter(|(_, first)| always(first, then));
        firsts.fold(0, |set, (place, _)| set | 1 << place)
    });
    Some(before.collect())
}

/// How many orders keep the pairs; nothing where they have more than so many different beginnings, as sets. There are at
/// least as many orders as of those.
fn count(before: &[u64], most: usize) -> Option<usize> {
    let mut sets: HashMap<u64, usize> = HashMap::from([(0, 1)]);
    for _ in before {
        let mut longer: HashMap<u64, usize> = HashMap::new();
        for (set, ways) in &sets {
            for (line, needs) in before.iter().enumerate() {
                if set & (1 << line) == 0 && needs & !set == 0 {
                    let known = longer.entry(set | 1 << line).or_default();
                    *known = known.saturating_add(*ways);
                }
            }
        }
        if longer.len() > most {
            return None;
        }
        sets = longer;
    }
    sets.into_values().next().filter(|ways| *ways < usize::MAX)
}

/// Chains that are mixed, if the pairs are nothing else.
fn chains<'a>(lines: &[Line<'a>], before: &[u64], why: Why<'_>) -> Option<Expectation> {
    let mut chains: Vec<Vec<usize>> = Vec::new();
    for (line, needs) in before.iter().enumerate() {
        let chain = chains
            .iter_mut()
            .find(|chain| chain.iter().fold(0, |set, place| set | 1 << place) == *needs);
        match chain {
            Some(chain) => chain.push(line),
            None if *needs == 0 => chains.push(vec![line]),
            None => return None,
        }
    }
    let members = chains.iter().map(|chain| {
        let chain: Vec<Line<'a>> = chain.iter().map(|line| lines[*line]).collect();
        text(&chain, None, why)
    });
    let members = members.collect();
    Some(Expectation::new(
        match chains.iter().all(|chain| chain.len() == 1) {
            true => Step::AnyOrder(members),
            false => Step::Interleave(members),
        },
    ))
}

fn partial_order<'a>(lines: &[Line<'a>], before: &[u64], why: Why<'_>) -> Expectation {
    let mut pairs = Vec::new();
    for (then, needs) in before.iter().enumerate() {
        for first in 0..lines.len() {
            let is_needed = needs & (1 << first) != 0;
            // What another one in between needs as well goes without saying.
            let between =
                |middle: usize| needs & (1 << middle) != 0 && before[middle] & (1 << first) != 0;
            if is_needed && !(0..lines.len()).any(between) {
                let reason = why(lines[first], lines[then]).map(reason);
                pairs.push(Before {
                    first,
                    then,
                    reason,
                });
            }
        }
    }
    Expectation::new(Step::Lines(PartialOrder {
        lines: lines.iter().map(|line| line.0.to_owned()).collect(),
        before: pairs,
    }))
}

/// One of them, between what they begin and end with alike.
fn alternatives<'a>(orders: &[Vec<Line<'a>>], why: Why<'_>) -> Expectation {
    let first = &orders[0];
    let shortest = orders.iter().map(Vec::len).min().unwrap_or_default();
    let alike = |same: &dyn Fn(&Vec<Line<'a>>, usize) -> bool, most: usize| {
        let mut places = 0..most;
        places
            .find(|place| !orders.iter().all(|order| same(order, *place)))
            .unwrap_or(most)
    };
    let head = alike(&|order, place| order[place] == first[place], shortest);
    let from_end = |order: &Vec<Line<'a>>, place: usize| order[order.len() - 1 - place].0;
    let tail = alike(
        &|order, place| from_end(order, place) == from_end(first, place),
        shortest - head,
    );
    if head + tail == 0 {
        return Expectation::new(Step::Either(
            orders.iter().map(|order| text(order, None, why)).collect(),
        ));
    }
    let middles = orders
        .iter()
        .map(|order| order[head..order.len() - tail].to_vec());
    let middles = once(middles);
    let parts = [
        text(&first[..head], None, why),
        of(&middles, None, why),
        text(&first[first.len() - tail..], None, why),
    ];
    joined(
        parts
            .into_iter()
            .filter(|part| !matches!(&part.step, Step::Text(lines) if lines.is_empty())),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace;

    fn orders(text: &[&str]) -> Vec<Vec<String>> {
        let order = |order: &&str| order.split(' ').map(str::to_owned).collect();
        text.iter().map(order).collect()
    }

    fn check(text: &[&str], is_kind: fn(&Step) -> bool) {
        let mut wanted = orders(text);
        let found = expectation(&wanted).unwrap();
        let mut accepted = trace::orders(&found, 1000).unwrap();
        accepted.sort();
        wanted.sort();
        assert_eq!(accepted, wanted, "{found:?}");
        assert!(is_kind(&found.step), "{found:?}");
    }

    #[test]
    fn what_some_orders_have_in_common_is_counted() {
        let common = |text: &[&str]| {
            let (found, count) = in_common(&orders(text), &|_, _| None)?;
            let accepted = trace::orders(&found, 1000).unwrap();
            assert_eq!(accepted.len(), count, "{found:?}");
            Some(count)
        };
        // x, then a, b and c in any order, of which each was first and last once.
        assert_eq!(common(&["x a b c", "x c b a", "x b a c"]), Some(6));
        assert_eq!(common(&["x a 1 b 2", "x b 2 a 1"]), Some(2));
        // a before b, c before d.
        assert_eq!(common(&["a b c d", "c d a b", "a c b d"]), Some(6));
        assert_eq!(common(&["a b", "a"]), None);
    }

    #[test]
    fn a_set_is_given_as_what_it_is() {
        check(&["a b c"], |step| matches!(step, Step::Text(_)));
        check(&["a b c", "a c b"], |step| {
            matches!(step, Step::Sequence(_))
        });
        check(&["a b", "b a"], |step| matches!(step, Step::AnyOrder(_)));
        check(&["a b c", "c a b"], |step| {
            matches!(step, Step::AnyOrder(_))
        });
        check(&["a b c", "a c b", "c a b"], |step| {
            matches!(step, Step::Interleave(_))
        });
        check(&["a b c d", "b a c d", "a b d c", "b a d c"], |step| {
            matches!(step, Step::Sequence(_))
        });
        // a before c, b before c and d.
        check(
            &["a b c d", "a b d c", "b a c d", "b a d c", "b d a c"],
            |step| matches!(step, Step::Lines(_)),
        );
        check(&["a b c", "b c a", "c a b"], |step| {
            matches!(step, Step::Either(_))
        });
        check(&["x a b c y", "x b c a y", "x c a b y"], |step| {
            matches!(step, Step::Sequence(_))
        });
        check(
            &["a", "a b"],
            |step| matches!(step, Step::Sequence(parts) if matches!(parts[1].step, Step::Optional(_))),
        );
        check(&["a b", "c b"], |step| matches!(step, Step::Sequence(_)));
        check(&["a b", "c d"], |step| matches!(step, Step::Either(_)));
        check(&["a a b", "a b a"], |step| {
            matches!(step, Step::Sequence(_))
        });
    }
}
