//! What judging costs, in time and memory: long sequences, interleaving chains, large partial orders.
//!
//! `cargo bench --bench judge`. The aim is below 100 ms where a trace is accepted, below 1 s elsewhere, and below 256 MB.

use divan::{AllocProfiler, Bencher};
use tickmark::trace::{Before, Expectation, Extra, PartialOrder, Printed, Step, Times, judge};

#[global_allocator]
static MEMORY: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// Numbers that are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % n
    }
}

fn text(lines: Vec<String>) -> Expectation {
    Expectation::new(Step::Text(lines))
}

fn judged(bencher: Bencher<'_, '_>, expectation: &Expectation, lines: Vec<String>) {
    let printed = Printed { lines };
    bencher.bench_local(|| judge(expectation, &printed, Extra::Warn));
}

const LONG: usize = 10_000;

fn numbered(what: &str, n: usize) -> Vec<String> {
    (0..n).map(|i| format!("{what} {i}")).collect()
}

#[divan::bench(args = ["equal", "ten places different", "nothing in common", "reversed"], sample_count = 10)]
fn ten_thousand_lines(bencher: Bencher<'_, '_>, how: &str) {
    let expected = numbered("line", LONG);
    let mut printed = expected.clone();
    match how {
        "ten places different" => (0..10).for_each(|i| printed[i * 997 + 3] = format!("other {i}")),
        "nothing in common" => printed = numbered("other", LONG),
        "reversed" => printed.reverse(),
        _ => {}
    }
    judged(bencher, &text(expected), printed);
}

/// Ten chains of twenty lines; with repeated texts, each of four stands in every second chain.
fn chains(repeated: usize) -> Vec<Vec<String>> {
    let line = |chain: usize, i: usize| match (i / 5, i % 5) {
        (of, 4) if of < repeated && chain.is_multiple_of(2) => format!("repeated {of}"),
        _ => format!("chain {chain} line {i}"),
    };
    (0..10)
        .map(|chain| (0..20).map(|i| line(chain, i)).collect())
        .collect()
}

/// The chains' lines mixed, and then so many pairs of lines exchanged.
fn mixed(mut chains: Vec<Vec<String>>, swaps: usize) -> Vec<String> {
    let chance = &mut Chance(7);
    chains.iter_mut().for_each(|chain| chain.reverse());
    let mut lines = Vec::new();
    while chains.iter().any(|chain| !chain.is_empty()) {
        let at = chance.below(chains.len());
        lines.extend(chains[at].pop());
    }
    for _ in 0..swaps {
        let a = chance.below(lines.len());
        let b = chance.below(lines.len());
        lines.swap(a, b);
    }
    lines
}

#[divan::bench(args = [(0, 0), (0, 3), (0, 10), (4, 0), (4, 3), (4, 10)], sample_count = 10)]
fn ten_chains(bencher: Bencher<'_, '_>, (repeated, swaps): (usize, usize)) {
    let members = chains(repeated).into_iter().map(text).collect();
    let expectation = Expectation::new(Step::Interleave(members));
    judged(bencher, &expectation, mixed(chains(repeated), swaps));
}

#[divan::bench(args = [0, 50], sample_count = 10)]
fn five_hundred_lines_in_a_partial_order(bencher: Bencher<'_, '_>, displaced: usize) {
    let chance = &mut Chance(11);
    let lines = numbered("line", 500);
    let before = (1..500).flat_map(|then| {
        let firsts = [chance.below(then), chance.below(then)];
        firsts.map(|first| Before {
            first,
            then,
            reason: None,
        })
    });
    let expectation = Expectation::new(Step::Lines(PartialOrder {
        lines: lines.clone(),
        before: before.collect(),
    }));
    let mut printed = lines;
    for _ in 0..displaced {
        let line = printed.remove(chance.below(printed.len()));
        printed.insert(chance.below(printed.len() + 1), line);
    }
    judged(bencher, &expectation, printed);
}

/// Ten chains and something to choose: an optional line, whole blocks in any order, a repeated line.
#[divan::bench(args = ["optional", "any-order of four", "any-order of eight", "repeat"], sample_count = 5)]
fn choices_beside_ten_chains(bencher: Bencher<'_, '_>, what: &str) {
    let blocks = |n: usize| {
        (0..n)
            .map(|block| text(numbered(&format!("block {block}"), 3)))
            .collect()
    };
    let (step, more) = match what {
        "optional" => (
            Step::Optional(Box::new(text(vec!["maybe".into()]))),
            vec!["maybe".to_owned()],
        ),
        "any-order of four" => (Step::AnyOrder(blocks(4)), numbered("block 2", 3)),
        "any-order of eight" => (Step::AnyOrder(blocks(8)), numbered("block 2", 3)),
        _ => {
            let any = Times {
                least: 1,
                most: None,
            };
            (
                Step::Repeat(Box::new(text(vec!["tick".into()])), any),
                vec!["tick".to_owned(); 30],
            )
        }
    };
    let mut members: Vec<Expectation> = chains(0).into_iter().map(text).collect();
    members.push(Expectation::new(step));
    let printed = [more, mixed(chains(0), 3)].concat();
    judged(
        bencher,
        &Expectation::new(Step::Interleave(members)),
        printed,
    );
}

/// What an endless loop prints until its output is at its limit.
#[divan::bench(args = ["one line", "two lines in turn", "lines that nothing matches"], sample_count = 5)]
fn a_flood(bencher: Bencher<'_, '_>, what: &str) {
    let lines: Vec<String> = (0..250_000)
        .map(|at| match what {
            "one line" => "a1".to_owned(),
            "two lines in turn" => format!("a{}", at % 2 + 1),
            _ => "other".to_owned(),
        })
        .collect();
    let reads = Step::AnyOrder(vec![
        text(vec!["a1".into(), "a2".into()]),
        text(vec!["b1".into(), "b2".into()]),
    ]);
    let steps = vec![
        text(vec!["start".into()]),
        Expectation::new(reads),
        text(vec!["end".into()]),
    ];
    judged(bencher, &Expectation::new(Step::Sequence(steps)), lines);
}
