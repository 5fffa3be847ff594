//! What answers to a quiz are worth, and why. Pure: the same answer always earns the same.
//!
//! None of the ways to mark pays for guesses: choosing everything, or a random order, earns nothing on average, and a
//! program that prints in several orders cannot be answered by luck.
//!
//! It does not know how a mark is put into words.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::course::{Answer, Answers, Asked, Kind, Question, Quiz};
use crate::scoring::{Points, Share};
use crate::trace::{self, Extra, Judgement, PartialOrder, Printed};

/// A student's answers to a quiz, marked.
#[derive(Debug, Clone)]
pub struct Marked {
    /// The quiz.
    pub quiz: Arc<Quiz>,
    /// One for each question, in its order.
    pub questions: Vec<MarkedQuestion>,
}

/// An answer to one question, marked.
#[derive(Debug, Clone)]
pub struct MarkedQuestion {
    /// The question.
    pub question: Question,
    /// What was answered, if anything was.
    pub answer: Option<Answer>,
    /// What is right and wrong about it.
    pub mark: Mark,
    /// Whether nothing is wrong with it.
    pub is_right: bool,
    /// What it earned.
    pub earned: Points,
}

/// What is right and wrong about an answer.
#[derive(Debug, Clone)]
pub enum Mark {
    /// There is none.
    Unanswered,
    /// Choices, by their places among the options.
    Choices {
        /// Right and chosen.
        right: Vec<usize>,
        /// Right and not chosen.
        missed: Vec<usize>,
        /// Chosen and not right.
        wrong: Vec<usize>,
    },
    /// An order, held against the pairs of items of which one must come before the other.
    Order {
        /// How many pairs there are.
        pairs: usize,
        /// How many of them are kept.
        kept: usize,
        /// Pairs in the wrong order: what must come first, and what must come then.
        broken: Vec<(usize, usize)>,
        /// Items that were left out.
        missing: Vec<usize>,
        /// Options that are no items.
        distractors: Vec<usize>,
    },
    /// A prediction, held against the accepted orders.
    Prediction {
        /// What the judge of traces says.
        judgement: Judgement,
        /// What was said about whether it is the only order.
        only: Certainty,
    },
    /// For each blank or pair, whether it is right.
    Parts(Vec<bool>),
}

/// What was said about whether an order is the only one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It is so.
    Right,
    /// It is not so.
    Wrong,
    /// Nothing.
    LeftOut,
}

/// Marks all answers to a quiz.
pub fn mark(quiz: &Arc<Quiz>, answers: &Answers) -> Marked {
    let given = answers.given.iter().cloned().chain(std::iter::repeat(None));
    let questions = quiz.questions.iter().zip(given);
    Marked {
        questions: questions
            .map(|(question, answer)| MarkedQuestion::new(question, answer))
            .collect(),
        quiz: quiz.clone(),
    }
}

impl Marked {
    /// What was earned.
    pub fn earned(&self) -> Points {
        self.questions.iter().map(|marked| marked.earned).sum()
    }

    /// What could be earned.
    pub fn most(&self) -> Points {
        self.quiz
            .questions
            .iter()
            .map(|question| question.points)
            .sum()
    }
}

impl MarkedQuestion {
    /// Marks the answer to a question.
    pub fn new(question: &Question, answer: Option<Answer>) -> Self {
        let (mark, share) = answer
            .as_ref()
            .map_or((Mark::Unanswered, Share::NONE), |answer| {
                marked(&question.kind, answer)
            });
        MarkedQuestion {
            earned: question.points.share(share),
            is_right: share.is_all(),
            question: question.clone(),
            answer,
            mark,
        }
    }

    /// What the judge of traces says of a prediction.
    pub fn judgement(&self) -> Option<&Judgement> {
        match &self.mark {
            Mark::Prediction { judgement, .. } => Some(judgement),
            Mark::Unanswered | Mark::Choices { .. } | Mark::Order { .. } | Mark::Parts(_) => None,
        }
    }
}

/// What is right and wrong about an answer, and how much of the points that earns.
///
/// - One of several: all or nothing. Several: (right − wrong) / all that are right.
/// - Order: Kendall's tau over the pairs that must be kept, (kept − broken) / pairs. A pair of which an item was left
///   out is neither. An item stands in 2 × pairs / items pairs on average, and a distractor loses as many.
/// - Predict: an accepted order with the right certainty all, with another certainty two thirds.
/// - Fill and match: the share that is right.
fn marked(kind: &Kind, answer: &Answer) -> (Mark, Share) {
    match (kind, answer) {
        (Kind::Choose { asked, right, .. }, Answer::Choices(chosen)) => {
            choices(*asked, right.len(), chosen)
        }
        (Kind::Order { order, .. }, Answer::Order(given)) => in_order(order, given),
        (
            Kind::Predict { trace, only, .. },
            Answer::Prediction {
                trace: said,
                only: sure,
            },
        ) => {
            let judgement = trace::judge(trace, &Printed::from_bytes(said.as_bytes()), Extra::Fail);
            prediction(judgement, *sure, *only)
        }
        (Kind::Fill { blanks, .. }, Answer::Blanks(given)) => {
            let right = |((_, accepted), given): (&(String, Vec<String>), &Option<String>)| {
                let given = given.as_deref().unwrap_or_default().trim();
                accepted.iter().any(|text| text.trim() == given)
            };
            parts(blanks.iter().zip(given).map(right).collect())
        }
        (Kind::Match { pairs, .. }, Answer::Matches(given)) => {
            let options = kind.options();
            let right = |((_, right), given): (&(String, String), &Option<usize>)| {
                given.is_some_and(|at| options[at].text == right)
            };
            parts(pairs.iter().zip(given).map(right).collect())
        }
        // An answer is read against its question, so it is of its kind.
        _ => (Mark::Unanswered, Share::NONE),
    }
}

/// The right options stand before the wrong ones.
fn choices(asked: Asked, options: usize, chosen: &BTreeSet<usize>) -> (Mark, Share) {
    let (right, wrong): (Vec<usize>, Vec<usize>) = chosen.iter().partition(|at| **at < options);
    let share = match asked {
        Asked::One => Share {
            part: i64::from(wrong.is_empty()),
            of: 1,
        },
        Asked::Several => Share {
            part: right.len() as i64 - wrong.len() as i64,
            of: options as i64,
        },
    };
    let missed = (0..options).filter(|at| !chosen.contains(at)).collect();
    (
        Mark::Choices {
            right,
            missed,
            wrong,
        },
        share,
    )
}

/// The items stand before the distractors.
fn in_order(order: &PartialOrder, given: &[usize]) -> (Mark, Share) {
    let items = order.lines.len();
    let place = |item: usize| given.iter().position(|at| *at == item);
    let demanded = order.pairs();
    let mut kept = 0;
    let mut broken = Vec::new();
    for (first, then) in &demanded {
        match (place(*first), place(*then)) {
            (Some(a), Some(b)) if a < b => kept += 1,
            (Some(_), Some(_)) => broken.push((*first, *then)),
            (_, _) => {}
        }
    }
    let distractors: Vec<usize> = given.iter().copied().filter(|at| *at >= items).collect();
    let lost = items * broken.len() + 2 * demanded.len() * distractors.len();
    let share = Share {
        part: (items * kept) as i64 - lost as i64,
        of: (items * demanded.len()) as i64,
    };
    let missing = (0..items).filter(|item| place(*item).is_none()).collect();
    let mark = Mark::Order {
        pairs: demanded.len(),
        kept,
        broken,
        missing,
        distractors,
    };
    (mark, share)
}

fn prediction(judgement: Judgement, sure: Option<bool>, only: bool) -> (Mark, Share) {
    let certainty = match sure {
        None => Certainty::LeftOut,
        Some(sure) if sure == only => Certainty::Right,
        Some(_) => Certainty::Wrong,
    };
    let share = match (&judgement.answer, certainty) {
        (trace::Answer::Accepted, Certainty::Right) => Share::ALL,
        (trace::Answer::Accepted, Certainty::Wrong | Certainty::LeftOut) => {
            Share { part: 2, of: 3 }
        }
        (trace::Answer::Rejected(_) | trace::Answer::Undecided, _) => Share::NONE,
    };
    let only = certainty;
    (Mark::Prediction { judgement, only }, share)
}

fn parts(parts: Vec<bool>) -> (Mark, Share) {
    let share = Share {
        part: parts.iter().filter(|right| **right).count() as i64,
        of: parts.len() as i64,
    };
    (Mark::Parts(parts), share)
}
