//! The judge against an oracle that enumerates every accepted order: acceptance and distance must be equal.

use std::collections::BTreeSet;

use fastrand::Rng;
use tickmark::trace::{
    Answer, Before, Difference, Distance, Expectation, Extra, Finding, PartialOrder, Pattern,
    Piece, Printed, Row, Step, Times, judge, judge_within,
};

use tickmark::words;

/// Lines as the oracle sees them: the alphabet is small, so that lines repeat.
const LETTERS: [&str; 6] = ["a", "b", "c", "d", "t1", "t2"];

/// So many texts that hardly any line repeats.
const MANY: usize = 1_000_000;

/// One of so many texts.
fn line(chance: &mut Rng, texts: usize) -> String {
    let at = chance.usize(..texts);
    LETTERS
        .get(at)
        .map_or_else(|| format!("line {at}"), |letter| (*letter).to_owned())
}

fn random(chance: &mut Rng, depth: usize, texts: usize) -> Expectation {
    let members = |chance: &mut Rng, least: usize| -> Vec<Expectation> {
        (0..least + chance.usize(..2))
            .map(|_| random(chance, depth - 1, texts))
            .collect()
    };
    let kind = if depth == 0 {
        chance.usize(..3)
    } else {
        chance.usize(..10)
    };
    Expectation::new(match kind {
        0 | 1 => Step::Text(
            (0..1 + chance.usize(..2))
                .map(|_| line(chance, texts))
                .collect(),
        ),
        2 if chance.usize(..2) == 0 => Step::Pattern(timer()),
        2 => Step::Pattern(wide()),
        3 => Step::Sequence(members(chance, 2)),
        4 => Step::AnyOrder(members(chance, 2)),
        5 => Step::Interleave(members(chance, 2)),
        6 => Step::Either(members(chance, 2)),
        7 => Step::Optional(Box::new(random(chance, depth - 1, texts))),
        8 => {
            let least = chance.usize(..2) as u32;
            let most = least + 1 + chance.usize(..2) as u32;
            let most = (chance.usize(..4) > 0).then_some(most);
            let times = Times { least, most };
            Step::Repeat(Box::new(random(chance, depth - 1, texts)), times)
        }
        _ => {
            let lines: Vec<String> = (0..2 + chance.usize(..2))
                .map(|_| line(chance, texts))
                .collect();
            let mut before = Vec::new();
            for then in 1..lines.len() {
                if chance.usize(..2) == 0 {
                    before.push(Before {
                        first: chance.usize(..then),
                        then,
                        reason: None,
                    });
                }
            }
            Step::Lines(PartialOrder { lines, before })
        }
    })
}

/// A line of two: `t1`, `t2`.
fn timer() -> Pattern {
    Pattern {
        written: "t{number}".to_owned(),
        regex: regex::Regex::new(r"\At\d+\z").unwrap(),
    }
}

/// A line of three: those of [`timer`], and `b`, which is a text as well.
fn wide() -> Pattern {
    Pattern {
        written: r"b|t\d".to_owned(),
        regex: regex::Regex::new(r"\A(?:b|t\d)\z").unwrap(),
    }
}

/// What one line of an accepted order is: a text, or a pattern, which stands for all lines that it matches.
type Word = Vec<&'static str>;

/// Any number of rounds is no more than this to the oracle: nothing that is printed has more lines.
const ANY: u32 = 6;

const TIMER: &str = "t#";
const WIDE: &str = "b|t#";

/// The word for a pattern.
fn shape(pattern: &Pattern) -> &'static str {
    match pattern.written == timer().written {
        true => TIMER,
        false => WIDE,
    }
}

/// A line that the pattern of this word matches; other words are lines themselves.
fn instance(chance: &mut Rng, word: &str) -> String {
    match word {
        TIMER => format!("t{}", 1 + chance.usize(..2)),
        WIDE => ["b", "t1", "t2"][chance.usize(..3)].to_owned(),
        line => line.to_owned(),
    }
}

fn letter(text: &str) -> &'static str {
    LETTERS.iter().find(|known| **known == text).unwrap()
}

/// Every accepted order; `None` where there are too many.
fn orders(expectation: &Expectation) -> Option<BTreeSet<Word>> {
    let set = match &expectation.step {
        Step::Text(lines) => BTreeSet::from([lines.iter().map(|line| letter(line)).collect()]),
        Step::Pattern(pattern) => BTreeSet::from([vec![shape(pattern)]]),
        Step::Sequence(members) => fold(members, concatenated)?,
        Step::Interleave(members) => fold(members, shuffled)?,
        Step::AnyOrder(members) => {
            let sets: Vec<BTreeSet<Word>> = members.iter().map(orders).collect::<Option<_>>()?;
            let mut all = BTreeSet::new();
            for permutation in permutations(sets.len()) {
                let mut words = BTreeSet::from([Vec::new()]);
                for at in permutation {
                    words = product(&words, &sets[at], concatenated)?;
                }
                all.extend(words);
            }
            all
        }
        Step::Either(members) => members
            .iter()
            .map(orders)
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect(),
        Step::Optional(body) => orders(body)?.into_iter().chain([Vec::new()]).collect(),
        Step::Repeat(body, times) => {
            let body = orders(body)?;
            let mut rounds = BTreeSet::from([Vec::new()]);
            let mut all = BTreeSet::new();
            for round in 0..=times.most.unwrap_or(ANY) {
                if round >= times.least {
                    all.extend(rounds.iter().cloned());
                }
                rounds = product(&rounds, &body, concatenated)?;
            }
            all
        }
        Step::Lines(order) => permutations(order.lines.len())
            .into_iter()
            .filter(|permutation| {
                let place = |line: usize| permutation.iter().position(|at| *at == line);
                order
                    .before
                    .iter()
                    .all(|pair| place(pair.first) < place(pair.then))
            })
            .map(|permutation| {
                permutation
                    .into_iter()
                    .map(|at| letter(&order.lines[at]))
                    .collect()
            })
            .collect(),
        Step::Variants(_) => unreachable!("none are generated"),
    };
    (set.len() <= 2_000).then_some(set)
}

fn fold(
    members: &[Expectation],
    join: fn(&Word, &Word) -> BTreeSet<Word>,
) -> Option<BTreeSet<Word>> {
    members
        .iter()
        .try_fold(BTreeSet::from([Vec::new()]), |words, member| {
            product(&words, &orders(member)?, join)
        })
}

fn product(
    a: &BTreeSet<Word>,
    b: &BTreeSet<Word>,
    join: fn(&Word, &Word) -> BTreeSet<Word>,
) -> Option<BTreeSet<Word>> {
    if a.len() * b.len() > 2_000 {
        return None;
    }
    Some(
        a.iter()
            .flat_map(|a| b.iter().flat_map(|b| join(a, b)).collect::<Vec<_>>())
            .collect(),
    )
}

fn concatenated(a: &Word, b: &Word) -> BTreeSet<Word> {
    BTreeSet::from([a.iter().chain(b).copied().collect()])
}

fn shuffled(a: &Word, b: &Word) -> BTreeSet<Word> {
    match (a.split_first(), b.split_first()) {
        (None, _) => BTreeSet::from([b.clone()]),
        (_, None) => BTreeSet::from([a.clone()]),
        (Some((x, rest_a)), Some((y, rest_b))) => {
            let before = |first: &&'static str, rest: BTreeSet<Word>| -> Vec<Word> {
                rest.into_iter()
                    .map(|word| [*first].into_iter().chain(word).collect())
                    .collect()
            };
            let left = before(x, shuffled(&rest_a.to_vec(), b));
            let right = before(y, shuffled(a, &rest_b.to_vec()));
            left.into_iter().chain(right).collect()
        }
    }
}

fn permutations(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let shorter = permutations(n - 1);
    (0..n)
        .flat_map(|at| {
            shorter.iter().map(move |rest| {
                let mut all = rest.clone();
                all.insert(at, n - 1);
                all
            })
        })
        .collect()
}

fn is(expected: &str, printed: &str) -> bool {
    match expected {
        TIMER => printed.starts_with('t'),
        WIDE => printed == "b" || printed.starts_with('t'),
        text => text == printed,
    }
}

/// The least number of insertions and deletions from one word to another.
fn apart(order: &Word, printed: &[String]) -> usize {
    let mut row: Vec<usize> = (0..=printed.len()).collect();
    for (i, expected) in order.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, line) in printed.iter().enumerate() {
            let kept = if is(expected, line) {
                row[j]
            } else {
                usize::MAX
            };
            next.push(kept.min(row[j + 1] + 1).min(next[j] + 1));
        }
        row = next;
    }
    row[printed.len()]
}

/// Something printed: an accepted order with a few changes, or anything.
fn printed(chance: &mut Rng, orders: &BTreeSet<Word>) -> Vec<String> {
    let order = orders.iter().nth(chance.usize(..orders.len())).unwrap();
    let mut lines: Vec<String> = order.iter().map(|word| instance(chance, word)).collect();
    for _ in 0..chance.usize(..4) {
        match chance.usize(..3) {
            0 if !lines.is_empty() => drop(lines.remove(chance.usize(..lines.len()))),
            1 if lines.len() > 1 => {
                let (a, b) = (chance.usize(..lines.len()), chance.usize(..lines.len()));
                lines.swap(a, b);
            }
            _ => lines.insert(chance.usize(..lines.len() + 1), line(chance, LETTERS.len())),
        }
    }
    lines
}

/// The least distance to any order, once lines that nothing matches are left out.
fn least(orders: &BTreeSet<Word>, leaves: &BTreeSet<&str>, printed: &[String]) -> usize {
    let lines: Vec<String> = printed
        .iter()
        .filter(|line| leaves.iter().any(|leaf| is(leaf, line)))
        .cloned()
        .collect();
    orders
        .iter()
        .map(|order| apart(order, &lines))
        .min()
        .unwrap()
}

fn leaves<'a>(expectation: &'a Expectation, found: &mut BTreeSet<&'a str>) {
    match &expectation.step {
        Step::Text(lines) => found.extend(lines.iter().map(String::as_str)),
        Step::Lines(order) => found.extend(order.lines.iter().map(String::as_str)),
        Step::Pattern(pattern) => drop(found.insert(shape(pattern))),
        Step::Sequence(members)
        | Step::AnyOrder(members)
        | Step::Interleave(members)
        | Step::Either(members) => {
            members.iter().for_each(|member| leaves(member, found));
        }
        Step::Optional(body) | Step::Repeat(body, _) => leaves(body, found),
        Step::Variants(_) => unreachable!("none are generated"),
    }
}

/// How many lines the longest accepted order has; `None` where there is none.
fn longest(expectation: &Expectation) -> Option<usize> {
    match &expectation.step {
        Step::Text(lines) => Some(lines.len()),
        Step::Pattern(_) => Some(1),
        Step::Sequence(members) | Step::AnyOrder(members) | Step::Interleave(members) => {
            members.iter().map(longest).sum()
        }
        Step::Either(members) => {
            let lengths: Option<Vec<usize>> = members.iter().map(longest).collect();
            lengths?.into_iter().max()
        }
        Step::Optional(body) => longest(body),
        Step::Repeat(body, times) => Some(longest(body)? * times.most? as usize),
        Step::Lines(order) => Some(order.lines.len()),
        Step::Variants(_) => unreachable!("none are generated"),
    }
}

/// The rows, read as the accepted order and as what was printed.
fn read(rows: &[Row]) -> (Vec<String>, Vec<String>) {
    let text = |pieces: &[Piece]| -> String {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Same(text) | Piece::Changed(text) => text.as_str(),
            })
            .collect()
    };
    let (mut order, mut printed) = (Vec::new(), Vec::new());
    for row in rows {
        match row {
            Row::Same(line) => {
                order.push(line.clone());
                printed.push(line.clone());
            }
            Row::Expected(pieces) => order.push(text(pieces)),
            Row::Printed(pieces) => printed.push(text(pieces)),
            Row::Extra(pieces) => printed.push(text(pieces)),
        }
    }
    (order, printed)
}

/// The rows of a difference, read downwards, are what was printed and one of the accepted orders.
fn leads_to_an_order(
    difference: &Difference,
    lines: &[String],
    orders: &BTreeSet<Word>,
    what: &str,
) {
    let (order, printed) = read(&difference.rows);
    assert_eq!(printed, lines, "{what}\n{difference:#?}");
    let order: Vec<String> = order
        .iter()
        .map(|line| line.replace("t{number}", "t1").replace(r"b|t\d", "t1"))
        .collect();
    assert!(
        orders.iter().any(|known| apart(known, &order) == 0),
        "{what}\n{difference:#?}"
    );
}

/// The same, with variants anywhere in it: of each the right one fits, and is not always the first that is written.
fn among_variants(chance: &mut Rng, expectation: &Expectation) -> Expectation<bool> {
    let mut all = |members: &[Expectation]| -> Vec<Expectation<bool>> {
        let members = members.iter();
        members
            .map(|member| among_variants(chance, member))
            .collect()
    };
    let mut one = |body: &Expectation| Box::new(all(std::slice::from_ref(body)).remove(0));
    let step = match &expectation.step {
        Step::Text(lines) => Step::Text(lines.clone()),
        Step::Pattern(pattern) => Step::Pattern(pattern.clone()),
        Step::Lines(order) => Step::Lines(order.clone()),
        Step::Optional(body) => Step::Optional(one(body)),
        Step::Repeat(body, times) => Step::Repeat(one(body), *times),
        Step::Sequence(members) => Step::Sequence(all(members)),
        Step::AnyOrder(members) => Step::AnyOrder(all(members)),
        Step::Interleave(members) => Step::Interleave(all(members)),
        Step::Either(members) => Step::Either(all(members)),
        Step::Variants(_) => unreachable!("none are generated"),
    };
    let right = Expectation::new(step);
    if chance.bool() {
        return right;
    }
    let other = |text: &str| Expectation::new(Step::Text(vec![text.to_owned()]));
    let mut variants = vec![(true, right), (true, other("later"))];
    if chance.bool() {
        variants.insert(0, (false, other("a")));
    }
    Expectation::new(Step::Variants(variants))
}

fn compare(seeds: std::ops::Range<u64>) -> usize {
    let mut compared = 0;
    for seed in seeds {
        let chance = &mut Rng::with_seed(seed);
        let depth = 1 + chance.usize(..2);
        let expectation = random(chance, depth, LETTERS.len());
        let Some(orders) = orders(&expectation) else {
            continue;
        };
        let mut known = BTreeSet::new();
        leaves(&expectation, &mut known);
        let lines = printed(chance, &orders);
        if longest(&expectation).is_none() && lines.len() > ANY as usize {
            continue;
        }
        let least = least(&orders, &known, &lines);
        let printed = Printed {
            lines: lines.clone(),
        };
        let what = || format!("seed {seed}: {expectation:#?}\nprinted {lines:?}");
        let chosen = among_variants(chance, &expectation).in_force(&|fits| *fits);
        let expectation = chosen.expect("one fits");
        compared += 1;
        match judge(&expectation, &printed, Extra::Warn).answer {
            Answer::Accepted => assert_eq!(least, 0, "{}", what()),
            Answer::Undecided => panic!("undecided: {}", what()),
            Answer::Rejected(difference) => {
                assert_eq!(difference.distance, Distance::Exactly(least), "{}", what());
                assert_ne!(least, 0, "{}", what());
                assert!(!difference.findings.is_empty(), "{}", what());
                leads_to_an_order(&difference, &lines, &orders, &what());
            }
        }
        // With hardly any budget the answer may be less, but never wrong.
        match judge_within(&expectation, &printed, Extra::Warn, 1 + chance.usize(..20)).answer {
            Answer::Accepted => assert_eq!(least, 0, "{}", what()),
            Answer::Undecided => {}
            Answer::Rejected(difference) => {
                assert_ne!(least, 0, "{}", what());
                match difference.distance {
                    Distance::Exactly(distance) => assert_eq!(distance, least, "{}", what()),
                    Distance::AtLeast(distance) => {
                        assert!(distance <= least, "{distance}: {}", what())
                    }
                }
                leads_to_an_order(&difference, &lines, &orders, &what());
            }
        }
        let costly = lines
            .iter()
            .filter(|line| !known.iter().any(|leaf| is(leaf, line)))
            .count();
        match judge(&expectation, &printed, Extra::Fail).answer {
            Answer::Accepted => assert_eq!(least + costly, 0, "{}", what()),
            Answer::Undecided => panic!("undecided: {}", what()),
            Answer::Rejected(difference) => {
                assert_eq!(
                    difference.distance,
                    Distance::Exactly(least + costly),
                    "{}",
                    what()
                );
            }
        }
    }
    compared
}

#[test]
fn acceptance_and_distance_equal_the_oracle() {
    let each: u64 = if std::env::var_os("TICKMARK_LONG").is_some() {
        150_000
    } else {
        15_000
    };
    let compared: usize = std::thread::scope(|scope| {
        let parts = [0, 1].map(|part| scope.spawn(move || compare(part * each..(part + 1) * each)));
        parts.into_iter().map(|part| part.join().unwrap()).sum()
    });
    assert!(
        compared >= 20_000,
        "only {compared} were small enough to compare"
    );
}

/// An accepted order, drawn at random.
fn drawn(chance: &mut Rng, expectation: &Expectation) -> Vec<String> {
    match &expectation.step {
        Step::Text(lines) => lines.clone(),
        Step::Pattern(pattern) => vec![instance(chance, shape(pattern))],
        Step::Sequence(members) => members
            .iter()
            .flat_map(|member| drawn(chance, member))
            .collect(),
        Step::AnyOrder(members) => {
            let mut blocks: Vec<_> = members.iter().map(|member| drawn(chance, member)).collect();
            chance.shuffle(&mut blocks);
            blocks.concat()
        }
        Step::Interleave(members) => {
            let mut chains: Vec<_> = members
                .iter()
                .map(|member| drawn(chance, member).into_iter())
                .collect();
            let mut order = Vec::new();
            while !chains.is_empty() {
                let at = chance.usize(..chains.len());
                match chains[at].next() {
                    Some(line) => order.push(line),
                    None => drop(chains.swap_remove(at)),
                }
            }
            order
        }
        Step::Either(members) => {
            let at = chance.usize(..members.len());
            drawn(chance, &members[at])
        }
        Step::Optional(body) => match chance.bool() {
            true => drawn(chance, body),
            false => Vec::new(),
        },
        Step::Repeat(body, times) => {
            let most = times.most.unwrap_or(times.least + 3);
            (0..chance.u32(times.least..=most))
                .flat_map(|_| drawn(chance, body))
                .collect()
        }
        Step::Lines(order) => {
            let mut left: Vec<usize> = (0..order.lines.len()).collect();
            let mut lines = Vec::new();
            while !left.is_empty() {
                let waits = |at: usize| {
                    let mut before = order.before.iter();
                    before.any(|pair| pair.then == at && left.contains(&pair.first))
                };
                let free: Vec<usize> = left.iter().copied().filter(|at| !waits(*at)).collect();
                let next = free[chance.usize(..free.len())];
                left.retain(|at| *at != next);
                lines.push(order.lines[next].clone());
            }
            lines
        }
        Step::Variants(_) => unreachable!("none are generated"),
    }
}

/// Far bigger than the oracle's: what is accepted is known from how it was made, and what is not from its length.
#[test]
fn every_order_that_is_drawn_is_accepted_and_printing_it_twice_is_not() {
    let mut twice = 0;
    for seed in 0..4_000 {
        let chance = &mut Rng::with_seed(seed);
        let texts = [LETTERS.len(), MANY][chance.usize(..2)];
        let depth = 2 + chance.usize(..3);
        let expectation = random(chance, depth, texts);
        let lines = drawn(chance, &expectation);
        let answer =
            |lines: Vec<String>| judge(&expectation, &Printed { lines }, Extra::Warn).answer;
        let what = || format!("seed {seed}: {expectation:#?}\nprinted {lines:?}");
        assert!(
            matches!(answer(lines.clone()), Answer::Accepted),
            "{}",
            what()
        );
        if longest(&expectation).is_some_and(|longest| 2 * lines.len() > longest) {
            twice += 1;
            let answer = answer([lines.clone(), lines.clone()].concat());
            assert!(matches!(answer, Answer::Rejected(_)), "{}", what());
        }
    }
    assert!(twice >= 2_000, "only {twice} could be printed twice");
}

fn text(lines: &[&str]) -> Expectation {
    Expectation::new(Step::Text(
        lines.iter().map(|line| (*line).to_owned()).collect(),
    ))
}

fn says(expectation: &Expectation, lines: &[&str]) -> Vec<String> {
    let printed = Printed {
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    };
    match judge(expectation, &printed, Extra::Warn).answer {
        Answer::Accepted => vec!["accepted".to_owned()],
        Answer::Undecided => vec!["undecided".to_owned()],
        Answer::Rejected(difference) => difference
            .findings
            .iter()
            .map(|finding| finding.sentence(words::code))
            .collect(),
    }
}

#[test]
fn what_is_out_of_order_is_said_once() {
    let reads = Step::AnyOrder(vec![text(&["read a"]), text(&["read b"])]);
    let both = Expectation::new(Step::Sequence(vec![
        text(&["start"]),
        Expectation::new(reads),
        text(&["end"]),
    ]));
    assert_eq!(
        says(&both, &["start", "read b", "read a", "end"]),
        ["accepted"]
    );
    assert_eq!(
        says(&both, &["start", "read b", "end", "read a"]),
        ["`end` must come after `read a`"]
    );
    assert_eq!(
        says(&both, &["start", "read b", "end"]),
        ["`read a` is missing"]
    );
    let twice = [
        "start", "read b", "read a", "end", "start", "read b", "read a", "end",
    ];
    assert_ne!(says(&both, &twice), ["accepted"]);
    let blocks = Expectation::new(Step::AnyOrder(vec![
        text(&["a1", "a2", "a3"]),
        text(&["b1"]),
    ]));
    assert_eq!(
        says(&blocks, &["a1", "b1", "a2", "a3"]),
        ["`b1` may not come between `a1` and `a2`"]
    );
}

/// The longest increasing run of numbers, by the patience of one who sorts cards.
fn longest_increasing(numbers: &[usize]) -> usize {
    let mut piles: Vec<usize> = Vec::new();
    for number in numbers {
        let at = piles.partition_point(|top| top < number);
        if at == piles.len() {
            piles.push(*number);
        } else {
            piles[at] = *number;
        }
    }
    piles.len()
}

#[test]
fn long_sequences_are_as_exact_as_short_ones() {
    let chance = &mut Rng::with_seed(5);
    for swaps in [0, 3, 300, 5_000] {
        let mut order: Vec<usize> = (0..3_000).collect();
        for _ in 0..swaps {
            let (a, b) = (chance.usize(..order.len()), chance.usize(..order.len()));
            order.swap(a, b);
        }
        let lines = |order: &[usize]| order.iter().map(|at| format!("line {at}")).collect();
        let expected: Vec<usize> = (0..order.len()).collect();
        let expectation = Expectation::new(Step::Text(lines(&expected)));
        let least = 2 * (order.len() - longest_increasing(&order));
        match judge(
            &expectation,
            &Printed {
                lines: lines(&order),
            },
            Extra::Warn,
        )
        .answer
        {
            Answer::Rejected(difference) => {
                assert_eq!(difference.distance, Distance::Exactly(least))
            }
            Answer::Accepted => assert_eq!(least, 0),
            Answer::Undecided => panic!("undecided"),
        }
    }
}

/// Only of some is it said which demand they break; the others are not forgotten.
#[test]
fn however_many_lines_are_moved_each_is_told() {
    let mut lines: Vec<String> = (0..300).map(|at| format!("line {at}")).collect();
    let expectation = Expectation::new(Step::Text(lines.clone()));
    lines.reverse();
    let judged = judge(&expectation, &Printed { lines }, Extra::Warn);
    let difference = judged.difference().unwrap();
    assert_eq!(difference.distance, Distance::Exactly(2 * 299));
    assert_eq!(difference.findings.len(), 299);
    assert!(difference.is_order_alone());
}

/// However many rounds there are, there is one way through them, and none is tried out as an order of its own.
#[test]
fn a_step_repeated_hundreds_of_times_is_judged_exactly() {
    let text = |line: &str| Expectation::new(Step::Text(vec![line.to_owned()]));
    let times = Times {
        least: 1,
        most: None,
    };
    let expected = Expectation::new(Step::Sequence(vec![
        text("start"),
        Expectation::new(Step::Repeat(
            Box::new(Expectation::new(Step::Pattern(timer()))),
            times,
        )),
        text("end"),
    ]));
    for rounds in [20, 60, 390, 1000] {
        let rounds = (0..rounds).map(|round| format!("t{}", 1 + round % 2));
        let lines = rounds
            .chain(["start".to_owned(), "end".to_owned()])
            .collect();
        let judgement = judge(&expected, &Printed { lines }, Extra::Warn);
        let distance = judgement.difference().map(|difference| difference.distance);
        assert_eq!(distance, Some(Distance::Exactly(2)));
    }
}

/// What is said of a case: the findings with their reasons, and the extra lines.
fn told(accepted: &str, printed: &str) -> String {
    let written =
        tickmark::course::read_trace(accepted).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let expectation = written.in_force(&|_| true).unwrap();
    let printed = Printed::from_bytes(printed.as_bytes());
    let judgement = judge(&expectation, &printed, Extra::Warn);
    let mut told = match judgement.answer {
        Answer::Accepted => "accepted\n".to_owned(),
        Answer::Undecided => "undecided\n".to_owned(),
        Answer::Rejected(difference) => difference.findings.iter().map(with_reason).collect(),
    };
    for at in judgement.extra {
        told += &format!("extra: `{}`\n", printed.lines[at]);
    }
    told
}

fn with_reason(finding: &Finding) -> String {
    let why = finding
        .reason()
        .map_or(String::new(), |reason| format!("  {}\n", reason.words));
    format!("{}\n{why}", finding.sentence(words::code))
}

/// Accept changed answers with `TICKMARK_ACCEPT=1 cargo test --test trace`.
#[test]
fn every_case_is_told_as_its_file_says() {
    let mut wrong = String::new();
    let mut cases = 0;
    for entry in std::fs::read_dir("tests/trace").unwrap() {
        let path = entry.unwrap().path();
        let case = std::fs::read_to_string(&path).unwrap();
        let (above, says) = case.split_once("--- says\n").unwrap();
        let (accepted, printed) = above.split_once("--- printed\n").unwrap();
        let (_, accepted) = accepted.split_once("--- accepted\n").unwrap();
        let told = told(accepted, printed);
        cases += 1;
        if std::env::var_os("TICKMARK_ACCEPT").is_some() {
            std::fs::write(&path, format!("{above}--- says\n{told}")).unwrap();
        } else if told != says {
            wrong += &format!("{}: it says\n{told}\n", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(cases >= 25, "the cases were not found");
}
