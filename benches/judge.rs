//! What judging costs, in time and memory: long sequences, interleaving chains, large partial orders.
//!
//! `cargo bench --bench judge`. The aim is below 100 ms where a trace is accepted, below 1 s elsewhere, and below 256 MB.

use divan::{AllocProfiler, Bencher};
use fastrand::Rng;
use tickmark::trace::{Before, Expectation, Extra, PartialOrder, Printed, Step, Times, judge};

#[global_allocator]
static MEMORY: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
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
    let chance = &mut Rng::with_seed(7);
    chains.iter_mut().for_each(|chain| chain.reverse());
    let mut lines = Vec::new();
    while chains.iter().any(|chain| !chain.is_empty()) {
        let at = chance.usize(..chains.len());
        lines.extend(chains[at].pop());
    }
    exchanged(lines, swaps)
}

/// So many pairs of lines exchanged.
fn exchanged(mut lines: Vec<String>, swaps: usize) -> Vec<String> {
    let chance = &mut Rng::with_seed(9);
    for _ in 0..swaps {
        let a = chance.usize(..lines.len());
        let b = chance.usize(..lines.len());
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
    let chance = &mut Rng::with_seed(11);
    let lines = numbered("line", 500);
    let before = (1..500).flat_map(|then| {
        let firsts = [chance.usize(..then), chance.usize(..then)];
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
        let line = printed.remove(chance.usize(..printed.len()));
        printed.insert(chance.usize(..printed.len() + 1), line);
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

/// How what was printed differs from an accepted order.
const HOW: [&str; 5] = [
    "accepted",
    "3 swaps",
    "10 swaps",
    "every second line first",
    "reversed",
];

fn disordered(lines: Vec<String>, how: &str) -> Vec<String> {
    match how {
        "3 swaps" => exchanged(lines, 3),
        "10 swaps" => exchanged(lines, 10),
        "every second line first" => {
            let odd = lines.iter().skip(1).step_by(2);
            odd.chain(lines.iter().step_by(2)).cloned().collect()
        }
        "reversed" => lines.into_iter().rev().collect(),
        _ => lines,
    }
}

/// Blocks in any order between `start` and `end`; each ends with `done`, and some of its lines stand in others too.
fn blocks_in_any_order(bencher: Bencher<'_, '_>, (blocks, lines): (usize, usize), how: &str) {
    let line = |block: usize, at: usize| match at {
        at if at + 1 == lines => "done".to_owned(),
        1 | 2 => format!("step {}", (block + at) % 3),
        _ => format!("block {block} line {at}"),
    };
    let blocks: Vec<Vec<String>> = (0..blocks)
        .map(|block| (0..lines).map(|at| line(block, at)).collect())
        .collect();
    let expectation = Expectation::new(Step::Sequence(vec![
        text(vec!["start".into()]),
        Expectation::new(Step::AnyOrder(blocks.iter().cloned().map(text).collect())),
        text(vec!["end".into()]),
    ]));
    let (start, end) = (vec!["start".to_owned()], vec!["end".to_owned()]);
    let printed = [start, blocks.into_iter().rev().flatten().collect(), end].concat();
    judged(bencher, &expectation, disordered(printed, how));
}

#[divan::bench(args = HOW, sample_count = 5)]
fn six_blocks_of_five_lines(bencher: Bencher<'_, '_>, how: &str) {
    blocks_in_any_order(bencher, (6, 5), how);
}

#[divan::bench(args = HOW, sample_count = 5)]
fn nine_blocks_of_ten_lines(bencher: Bencher<'_, '_>, how: &str) {
    blocks_in_any_order(bencher, (9, 10), how);
}

/// A line any number of times between two others, which come last.
#[divan::bench(args = [20, 60, 390, 1000], sample_count = 10)]
fn a_step_repeated(bencher: Bencher<'_, '_>, rounds: usize) {
    let any = Times {
        least: 1,
        most: None,
    };
    let line = |line: &str| text(vec![line.to_owned()]);
    let members = vec![
        line("start"),
        Expectation::new(Step::Repeat(Box::new(line("tick")), any)),
        line("end"),
    ];
    let mut printed = vec!["tick".to_owned(); rounds];
    printed.extend(["start".to_owned(), "end".to_owned()]);
    judged(bencher, &Expectation::new(Step::Sequence(members)), printed);
}

/// Three lines, any number of times, beside chains of which two print one of these lines too: two hundred lines.
#[divan::bench(args = HOW, sample_count = 5)]
fn a_repeat_beside_three_chains(bencher: Bencher<'_, '_>, how: &str) {
    let chain = |chain: usize| -> Vec<String> {
        let line = |at: usize| match (chain, at % 6) {
            (0 | 1, 3) => "round 1".to_owned(),
            _ => format!("chain {chain} line {at}"),
        };
        (0..20).map(line).collect()
    };
    let chains: Vec<Vec<String>> = (0..3).map(chain).collect();
    let any = Times {
        least: 1,
        most: None,
    };
    let body = numbered("round", 3);
    let repeat = Step::Repeat(Box::new(text(body.clone())), any);
    let members = chains.iter().cloned().map(text);
    let members = members.chain([Expectation::new(repeat)]).collect();
    let rounds = (0..47).flat_map(|_| body.clone()).collect();
    let printed = mixed([chains, vec![rounds]].concat(), 0);
    judged(
        bencher,
        &Expectation::new(Step::Interleave(members)),
        disordered(printed, how),
    );
}

/// Ten optional lines beside ten chains with repeated texts, some of which are the optional ones, and then `end`.
#[divan::bench(args = HOW, sample_count = 5)]
fn ten_optional_lines_beside_ten_chains(bencher: Bencher<'_, '_>, how: &str) {
    let line = |at: usize| match at {
        0..4 => format!("repeated {at}"),
        _ => format!("maybe {at}"),
    };
    let optional = |at: usize| Expectation::new(Step::Optional(Box::new(text(vec![line(at)]))));
    let members = chains(4).into_iter().map(text);
    let members = members.chain((0..10).map(optional)).collect();
    let expectation = Expectation::new(Step::Sequence(vec![
        Expectation::new(Step::Interleave(members)),
        text(vec!["end".into()]),
    ]));
    let came = (0..10).filter(|at| at % 3 != 0).map(|at| vec![line(at)]);
    let mut printed = mixed([chains(4), came.collect()].concat(), 0);
    printed.push("end".into());
    judged(bencher, &expectation, disordered(printed, how));
}

/// What judging costs where the budget ends before the nearest order is found.
#[divan::bench(args = ["chains, reversed", "a partial order, shuffled"], sample_count = 3)]
fn the_end_of_the_budget(bencher: Bencher<'_, '_>, what: &str) {
    if what == "chains, reversed" {
        let line = |chain: usize, at: usize| match at % 5 {
            4 => format!("repeated {}", at % 2),
            _ => format!("chain {chain} line {at}"),
        };
        let chain = |chain: usize| (0..20).map(|at| line(chain, at)).collect();
        let chains: Vec<Vec<String>> = (0..10).map(chain).collect();
        let members = chains.iter().cloned().map(text).collect();
        return judged(
            bencher,
            &Expectation::new(Step::Interleave(members)),
            disordered(mixed(chains, 0), "reversed"),
        );
    }
    let line = |at: usize| match at % 5 {
        0 => format!("same {}", at % 3),
        _ => format!("line {at}"),
    };
    let lines: Vec<String> = (0..100).map(line).collect();
    let chance = &mut Rng::with_seed(13);
    let before = (1..100).map(|then| Before {
        first: chance.usize(..then),
        then,
        reason: None,
    });
    let order = PartialOrder {
        lines: lines.clone(),
        before: before.collect(),
    };
    judged(
        bencher,
        &Expectation::new(Step::Lines(order)),
        exchanged(lines, 1_000),
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
