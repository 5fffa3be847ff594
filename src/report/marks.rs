//! What a student reads about an answer to a question: what is right and wrong about it, what that costs, and why.
//!
//! It does not know how marks come about.

use std::collections::HashSet;

use crate::course::{Answer as Given, Asked, Choice, Kind, Question};
use crate::marking::{Certainty, Mark, MarkedQuestion};
use crate::trace::{Answer, Extra, Judgement, PartialOrder};
use crate::words;

use super::finding::{Mistakes, because};
use super::text::{Line, Style, Text};
use super::verbatim::code;
use super::{difference, feedback, prose};

/// No more pairs in the wrong order are named.
const NAMED: usize = 3;

/// What is to be said about an answer, below its headline.
pub fn body(marked: &MarkedQuestion) -> Text {
    let question = &marked.question;
    let mut text = match &marked.mark {
        Mark::Unanswered => say("it was not answered"),
        Mark::Choices {
            right,
            missed,
            wrong,
        } => choices(question, right, missed, wrong),
        Mark::Order {
            pairs,
            broken,
            missing,
            distractors,
            ..
        } => order(question, *pairs, broken, missing, distractors),
        Mark::Prediction { judgement, only } => prediction(question, judgement, *only),
        Mark::Parts(parts) => self::parts(marked, parts),
    };
    let answered = marked.answer.is_some();
    if let Some(reason) = question.reason.as_ref().filter(|_| answered) {
        text.append(because(reason), 0);
    }
    text
}

/// Why an answer did not earn everything, in a few words.
pub fn in_few_words(marked: &MarkedQuestion) -> Option<String> {
    if marked.is_right {
        return None;
    }
    let wrong_of = |wrong: usize, all: usize, noun: &str| {
        format!("{wrong} of {} wrong", words::count(all, noun))
    };
    Some(match &marked.mark {
        Mark::Unanswered => "not answered".to_owned(),
        Mark::Choices {
            right,
            missed,
            wrong,
        } => match asked(&marked.question) {
            Asked::One => "a wrong choice".to_owned(),
            Asked::Several => format!(
                "{} of {} chosen, and {}",
                right.len(),
                words::count(right.len() + missed.len(), "right choice"),
                words::count(wrong.len(), "wrong one")
            ),
        },
        Mark::Order { pairs, kept, .. } => wrong_of(pairs - kept, *pairs, "pair"),
        Mark::Prediction { judgement, .. } => match &judgement.answer {
            Answer::Rejected(difference) => Mistakes::of(difference)
                .first()
                .unwrap_or_else(|| "not an order that it prints".to_owned()),
            Answer::Accepted => "not certain whether that is the only order".to_owned(),
            Answer::Undecided => "its order could not be decided".to_owned(),
        },
        Mark::Parts(parts) => {
            let wrong = parts.iter().filter(|right| !**right).count();
            wrong_of(wrong, parts.len(), "part")
        }
    })
}

fn asked(question: &Question) -> Asked {
    match &question.kind {
        Kind::Choose { asked, .. } => *asked,
        Kind::Order { .. } | Kind::Predict { .. } | Kind::Fill { .. } | Kind::Match { .. } => {
            Asked::Several
        }
    }
}

fn choices(question: &Question, right: &[usize], missed: &[usize], wrong: &[usize]) -> Text {
    let Kind::Choose {
        right: rights,
        wrong: wrongs,
        asked,
    } = &question.kind
    else {
        return Text::new();
    };
    let mut text = Text::new();
    if let (Asked::Several, false) = (asked, missed.is_empty() && wrong.is_empty()) {
        let all = right.len() + missed.len();
        text.append(say(&several(right.len(), wrong.len(), all)), 0);
    }
    for at in wrong {
        let choice = &wrongs[at - rights.len()];
        text.append(option("wrong: ", Style::Bad, choice), 0);
    }
    let missed_is = match asked {
        Asked::One => "right: ",
        Asked::Several => "missed: ",
    };
    let told = missed.iter().map(|at| (missed_is, at));
    let explained = right.iter().filter(|at| rights[**at].because.is_some());
    for (lead, at) in told.chain(explained.map(|at| ("right: ", at))) {
        text.append(option(lead, Style::Good, &rights[*at]), 0);
    }
    text
}

/// `2 of 3 right choices, less 1 wrong one: 1 of 3 parts`
fn several(right: usize, wrong: usize, all: usize) -> String {
    let less = match wrong {
        0 => String::new(),
        _ => format!(", less {}", words::count(wrong, "wrong one")),
    };
    format!(
        "{right} of {}{less}: {} of {} earned",
        words::count(all, "right choice"),
        right.saturating_sub(wrong),
        words::count(all, "part")
    )
}

/// A choice behind what it is, and below it the author's reason.
fn option(lead: &str, style: Style, choice: &Choice) -> Text {
    let mut text = Text::new();
    for (at, line) in choice.text.lines().enumerate() {
        let lead = match at {
            0 => lead.to_owned(),
            _ => " ".repeat(lead.len()),
        };
        text.push(Line::words(Style::Plain, line).led_by(style, &lead));
    }
    let because = choice.because.as_deref().map(prose);
    text.append(because.unwrap_or_default(), lead.len());
    text
}

fn order(
    question: &Question,
    pairs: usize,
    broken: &[(usize, usize)],
    missing: &[usize],
    distractors: &[usize],
) -> Text {
    let Kind::Order { items, order, .. } = &question.kind else {
        return Text::new();
    };
    let options = question.kind.options();
    let named = |places: &[usize]| words::and(places.iter().map(|at| quoted(options[*at].text)));
    let mut text = Text::new();
    if !broken.is_empty() {
        let all = words::count(pairs, "pair");
        let are = match broken.len() {
            1 => "is",
            _ => "are",
        };
        text.append(
            say(&format!(
                "{} of {all} that must be in order {are} not: that many are taken from those in order",
                broken.len()
            )),
            0,
        );
        for (first, then) in telling(order, broken).into_iter().take(NAMED) {
            let sentence = format!(
                "{} must come after {}",
                quoted(options[*then].text),
                quoted(options[*first].text)
            );
            text.append(say(&sentence), 2);
            if let Some(reason) = demand(order, *first, *then) {
                text.append(because(reason), 4);
            }
        }
    }
    if !missing.is_empty() {
        let sentence = format!("left out, so none of its pairs is kept: {}", named(missing));
        text.append(say(&sentence), 0);
    }
    if !distractors.is_empty() {
        let sentence = format!(
            "not part of it, which takes as many pairs as an item has on average: {}",
            named(distractors)
        );
        text.append(say(&sentence), 0);
    }
    if !text.is_empty() {
        text.append(say("a right order:"), 0);
        for item in in_order(order, items.len()) {
            text.append(prose(&format!("- {}", items[item].text)), 2);
        }
    }
    text
}

/// Those pairs that the author demanded directly; all, if none.
fn telling<'a>(order: &PartialOrder, broken: &'a [(usize, usize)]) -> Vec<&'a (usize, usize)> {
    let demands = order.before.iter();
    let demanded: HashSet<_> = demands.map(|before| (before.first, before.then)).collect();
    let direct: Vec<_> = broken
        .iter()
        .filter(|pair| demanded.contains(pair))
        .collect();
    match direct.is_empty() {
        true => broken.iter().collect(),
        false => direct,
    }
}

fn demand(order: &PartialOrder, first: usize, then: usize) -> Option<&crate::trace::Reason> {
    let before = order.before.iter();
    let mut of = before.filter(|before| (before.first, before.then) == (first, then));
    of.find_map(|before| before.reason.as_ref())
}

/// The items in one of the right orders: each after all that must come before it, else as the author wrote them.
fn in_order(order: &PartialOrder, items: usize) -> Vec<usize> {
    let pairs = order.pairs();
    let mut sorted: Vec<usize> = (0..items).collect();
    sorted.sort_by_key(|item| pairs.iter().filter(|(_, then)| then == item).count());
    sorted
}

fn prediction(question: &Question, judgement: &Judgement, certainty: Certainty) -> Text {
    let Kind::Predict { only, .. } = &question.kind else {
        return Text::new();
    };
    let mut text = Text::new();
    match &judgement.answer {
        Answer::Accepted => {}
        Answer::Undecided => text.append(say("whether it can print this could not be decided"), 0),
        Answer::Rejected(difference) => {
            text.append(say("it does not print that"), 0);
            text.append(Mistakes::of(difference).text(), 0);
            text.append(
                difference::text(difference, Extra::Fail, "the difference"),
                0,
            );
        }
    }
    let accepted = judgement.answer == Answer::Accepted;
    let truth = match only {
        true => "it is the only order",
        false => "it is not the only order: another run may print another",
    };
    let sentence = match (certainty, accepted) {
        (Certainty::Right, _) => return text,
        (Certainty::Wrong, true) => format!("it can print that, but {truth}: two thirds"),
        (Certainty::LeftOut, true) => {
            format!(
                "it can print that; whether that is the only order was not said ({truth}): two thirds"
            )
        }
        (Certainty::Wrong | Certainty::LeftOut, false) => match only {
            true => "it prints in one order only".to_owned(),
            false => "it can print in more than one order".to_owned(),
        },
    };
    text.append(say(&sentence), 0);
    text
}

fn parts(marked: &MarkedQuestion, parts: &[bool]) -> Text {
    let names = marked.question.kind.parts();
    let mut text = Text::new();
    for (at, name) in names.iter().enumerate().filter(|(at, _)| !parts[*at]) {
        let sentence = match (&marked.question.kind, &marked.answer) {
            (Kind::Fill { blanks, .. }, Some(Given::Blanks(given))) => format!(
                "in {} belongs {}, not {}",
                code(&format!("[[{name}]]")),
                words::or(blanks[at].1.iter().map(|text| code(text))),
                given_text(given[at].as_deref()),
            ),
            (Kind::Match { pairs, .. }, Some(Given::Matches(given))) => format!(
                "to {} belongs {}, not {}",
                quoted(name),
                quoted(&pairs[at].1),
                given_text(given[at].map(|option| marked.question.kind.options()[option].text))
            ),
            _ => continue,
        };
        text.append(say(&sentence), 0);
    }
    text
}

fn given_text(given: Option<&str>) -> String {
    given
        .filter(|text| !text.trim().is_empty())
        .map_or_else(|| "nothing".to_owned(), quoted)
}

/// A text of the author's inside a sentence: as code, unless it is Markdown with code in it.
fn quoted(markdown: &str) -> String {
    match markdown.contains('`') {
        true => markdown.to_owned(),
        false => code(markdown),
    }
}

fn say(sentence: &str) -> Text {
    feedback::one_line(Style::Plain, sentence)
}
