//! The judge: is a trace accepted, and if not, how far is it and why.

use super::accept::{Accepted, accepts};
use super::align::align;
use super::explain;
use super::tree::Tree;
use super::{
    Answer, Difference, Distance, Expectation, Extra, Finding, Judgement, Piece, Printed, Row,
};

/// How many states a search may visit. Where it ends before the answer is found, it took one to four seconds and 80 to
/// 240 MB (`the_end_of_the_budget` in the benches, on a slow machine).
pub const BUDGET: usize = 200_000;

/// Judges a printed trace.
pub fn judge(expectation: &Expectation, printed: &Printed, extra: Extra) -> Judgement {
    judge_within(expectation, printed, extra, BUDGET)
}

/// Judges a printed trace, visiting at most `budget` states for each of the two questions.
pub fn judge_within(
    expectation: &Expectation,
    printed: &Printed,
    extra: Extra,
    budget: usize,
) -> Judgement {
    let tree = Tree::new(expectation);
    let all = printed.lines.iter().map(String::as_str).enumerate();
    let (matched, others): (Vec<_>, Vec<_>) =
        all.partition(|(_, line)| !tree.accepting(line).is_empty());
    let (at, lines): (Vec<usize>, Vec<&str>) = matched.into_iter().unzip();
    let costly = match extra {
        Extra::Fail => others.len(),
        Extra::Warn | Extra::Ignore => 0,
    };
    let answer = match accepts(&tree, &lines, budget) {
        Accepted::Undecided => Answer::Undecided,
        Accepted::Yes if costly == 0 => Answer::Accepted,
        Accepted::Yes | Accepted::No => {
            let alignment = align(&tree, &lines, budget);
            let difference = explain::difference(&tree, &alignment, &lines, &at, &others);
            Answer::Rejected(with_extra(with_pieces(difference), &others[..costly]))
        }
    };
    Judgement {
        answer,
        extra: others.into_iter().map(|(at, _)| at).collect(),
    }
}

/// The difference, with the extra lines that fail the test, each once and in the order in which they first came.
fn with_extra(mut difference: Difference, extra: &[(usize, &str)]) -> Difference {
    difference.distance = match difference.distance {
        Distance::Exactly(n) => Distance::Exactly(n + extra.len()),
        Distance::AtLeast(n) => Distance::AtLeast(n + extra.len()),
    };
    let counted = explain::counted(extra.iter().map(|(_, line)| *line));
    let counted = counted.into_iter();
    let findings = counted.map(|(line, times)| Finding::Extra { line, times });
    difference.findings.extend(findings);
    difference
}

/// The difference, with pieces where an expected line and an extra one beside it are nearly the same.
fn with_pieces(mut difference: Difference) -> Difference {
    for at in 1..difference.rows.len() {
        let (before, after) = difference.rows.split_at_mut(at);
        if let (Some(a), Some(b)) = (before.last_mut(), after.first_mut())
            && let Some((expected, extra)) = pair(a, b)
            && let ([Piece::Same(left)], [Piece::Same(right)]) =
                (expected.as_slice(), extra.as_slice())
            && let Some((left, right)) = explain::pieces(left, right)
        {
            (*expected, *extra) = (left, right);
        }
    }
    difference
}

/// An expected line and an extra one beside it.
fn pair<'a>(a: &'a mut Row, b: &'a mut Row) -> Option<(&'a mut Vec<Piece>, &'a mut Vec<Piece>)> {
    match (a, b) {
        (Row::Expected(expected), Row::Extra(extra))
        | (Row::Extra(extra), Row::Expected(expected)) => Some((expected, extra)),
        (Row::Same(_) | Row::Expected(_) | Row::Printed(_) | Row::Extra(_), _) => None,
    }
}
