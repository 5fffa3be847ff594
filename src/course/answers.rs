//! Answers to a quiz, in the file in which a student hands them in: read with the same care as content, and written.
//!
//! What they are worth is not known here.

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};

use super::manifest::{FORMAT, is_our_format};
use super::questions::distinct;
use super::quiz::{Asked, Kind, Question, Quiz};
use super::reading::{Field, Key, Reading, Table, one_of_the};
use super::shape::Shape;
use super::yaml::{self, Entry, Kind as Yaml, Node};
use super::{Course, sort};
use crate::problem::Problem;
use crate::words;

/// The answers of one student to one quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The quiz's path in the course.
    pub quiz: super::QuizId,
    /// For each question of the quiz, in its order, what was answered.
    pub given: Vec<Option<Answer>>,
}

/// What was answered to one question; options are named by their place in [`Kind::options`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// These are right.
    Choices(BTreeSet<usize>),
    /// They come in this order.
    Order(Vec<usize>),
    /// What a program prints.
    Prediction {
        /// Its lines, as a text.
        trace: String,
        /// Whether it always prints them so; `None` if that was left out.
        only: Option<bool>,
    },
    /// What stands in each blank, in the order of the text.
    Blanks(Vec<Option<String>>),
    /// Which option belongs to each, in the order of the pairs.
    Matches(Vec<Option<usize>>),
}

impl Answers {
    /// Nothing is answered yet.
    pub fn none(quiz: &Quiz) -> Self {
        Answers {
            quiz: quiz.id.clone(),
            given: vec![None; quiz.questions.len()],
        }
    }
}

const QUIZ: Key = Key::needed(
    "quiz",
    Shape::QuizId,
    "a quiz's path in the course",
    "quiz: topic/name",
    "Which quiz is answered, as `tickmark list` names it.",
);
const ANSWERS: Key = Key::needed(
    "answers",
    Shape::Answers,
    "a mapping of questions to answers",
    "answers: { drain: Never }",
    "The answers by the ids of the questions; what is left out is not answered.",
);

pub(super) static FILE: Table = Table::of(
    "a file of answers",
    "What a student answers to one quiz.",
    &[FORMAT, QUIZ, ANSWERS],
);

const TRACE: Key = Key::optional(
    "trace",
    Shape::Text,
    "what the program prints",
    "Where a program is asked about: the lines that it prints, in one order that is right.",
);
const ONLY: Key = Key::optional(
    "only",
    Shape::Truth,
    "`true` or `false`",
    "Where a program is asked about: whether this order is the only one that it can print.",
);

pub(super) static PREDICTION: Table = Table::of(
    "an answer to what a program prints",
    "An answer: one of the choices or a list of them; the items in order; `trace` and `only`; or a mapping of blanks or \
     texts to what belongs there.",
    &[TRACE, ONLY],
);

/// Reads a file of answers; they are there if nothing is wrong with them.
///
/// A question or an option that the quiz does not have is a problem, not a wrong answer.
pub fn read(file: &str, bytes: &[u8], course: &Course) -> Result<Answers, Vec<Problem>> {
    let (document, mut problems) = yaml::read(file, bytes);
    let Some(document) = document else {
        return Err(problems);
    };
    let mut reading = Reading::of(&document);
    let answers = answers(&mut reading, &document.root, course);
    problems.extend(reading.into_problems());
    sort(&mut problems);
    answers.filter(|_| problems.is_empty()).ok_or(problems)
}

fn answers(reading: &mut Reading<'_>, root: &Node, course: &Course) -> Option<Answers> {
    let whole = Field {
        name: "a file of answers",
        holds: "a mapping of keys such as `quiz: topic/name`",
        node: root,
    };
    if !is_our_format(reading, root) {
        return None;
    }
    let fields = reading.fields(whole, &FILE)?;
    let quiz = quiz(reading, fields.get(&QUIZ)?, course)?;
    let mut answers = Answers::none(quiz);
    for entry in reading.map(fields.get(&ANSWERS)?)? {
        let at = quiz
            .questions
            .iter()
            .position(|question| question.id == entry.key);
        match at {
            Some(at) => answers.given[at] = answer(reading, &quiz.questions[at], entry),
            None => {
                let ids = quiz.questions.iter().map(|question| question.id.as_str());
                reading.say_help(
                    &entry.at,
                    format!("the quiz has no question {}", words::code(&entry.key)),
                    one_of_the(ids, &entry.key, "questions"),
                );
            }
        }
    }
    Some(answers)
}

fn quiz<'c>(reading: &mut Reading<'_>, field: Field<'_>, course: &'c Course) -> Option<&'c Quiz> {
    let id = reading.word(field)?;
    let found = course.quiz(id);
    if found.is_none() {
        let ids = course.quizzes.iter().map(|quiz| quiz.id.as_str());
        let message = format!("there is no quiz {}", words::code(id));
        match words::nearest(id, ids) {
            Some(near) => reading.say_help(
                &field.node.span,
                message,
                format!("did you mean {}?", words::code(near)),
            ),
            None => reading.say_help(
                &field.node.span,
                message,
                "`tickmark list` names the quizzes of the course",
            ),
        }
    }
    found
}

fn answer(reading: &mut Reading<'_>, question: &Question, entry: &Entry) -> Option<Answer> {
    let name = format!("the answer to {}", words::code(&entry.key));
    let field = |holds| Field {
        name: &name,
        holds,
        node: &entry.value,
    };
    match &question.kind {
        Kind::Choose { asked, .. } => choices(reading, question, *asked, field),
        Kind::Order { .. } => {
            let nodes = reading.list(field("a list of the items, the first first"))?;
            Some(Answer::Order(options(reading, question, nodes)?))
        }
        Kind::Predict { .. } => prediction(
            reading,
            field("a mapping of `trace: |` and `only: true` or `false`"),
        ),
        Kind::Fill { .. } => {
            let field = field("a mapping of the blanks to what stands in them");
            let given = by_name(reading, field, &question.kind.parts(), "blanks")?;
            let texts = given.into_iter().map(|given| {
                given.map_or(Some(None), |(name, node)| {
                    let text = reading.word(Field {
                        name: &name,
                        holds: "a text",
                        node,
                    })?;
                    Some(Some(text.to_owned()))
                })
            });
            Some(Answer::Blanks(texts.collect::<Option<_>>()?))
        }
        Kind::Match { .. } => {
            let field = field("a mapping of each to what belongs to it");
            let given = by_name(reading, field, &question.kind.parts(), "texts to match")?;
            let chosen = given.into_iter().map(|given| {
                given.map_or(Some(None), |(name, node)| {
                    Some(Some(option(reading, question, &name, node)?))
                })
            });
            Some(Answer::Matches(chosen.collect::<Option<_>>()?))
        }
    }
}

fn choices<'n>(
    reading: &mut Reading<'_>,
    question: &Question,
    asked: Asked,
    field: impl Fn(&'n str) -> Field<'n>,
) -> Option<Answer> {
    let one = field("one of the choices");
    let chosen = match (asked, &one.node.kind) {
        (Asked::Several, Yaml::List(nodes)) => options(reading, question, nodes)?,
        (Asked::Several, Yaml::Map(_)) => {
            return reading.wrong_kind(field("a list of choices"));
        }
        (Asked::One, Yaml::List(_) | Yaml::Map(_)) => return reading.wrong_kind(one),
        (Asked::One | Asked::Several, Yaml::Text(_)) => {
            vec![option(reading, question, one.name, one.node)?]
        }
    };
    Some(Answer::Choices(chosen.into_iter().collect()))
}

/// The options that a list names, each at most once.
fn options(reading: &mut Reading<'_>, question: &Question, nodes: &[Node]) -> Option<Vec<usize>> {
    let mut seen = BTreeSet::new();
    let name = "a member of the answer";
    let found: Vec<_> = nodes
        .iter()
        .map(|node| {
            let holds = "one of the options";
            distinct(reading, Field { name, holds, node }, &mut seen)?;
            option(reading, question, name, node)
        })
        .collect();
    found.into_iter().collect()
}

fn option(
    reading: &mut Reading<'_>,
    question: &Question,
    name: &str,
    node: &Node,
) -> Option<usize> {
    let holds = "one of the options";
    let written = reading.word(Field { name, holds, node })?;
    let options = question.kind.options();
    let at = options
        .iter()
        .position(|option| option.name == written.trim());
    if at.is_none() {
        let names = options.iter().map(|option| option.name);
        reading.say_help(
            &node.span,
            format!(
                "the question {} has no option {}",
                words::code(&question.id),
                words::code(written)
            ),
            one_of_the(names, written, "options"),
        );
    }
    at
}

fn prediction(reading: &mut Reading<'_>, field: Field<'_>) -> Option<Answer> {
    let fields = reading.fields(field, &PREDICTION)?;
    let Some(trace) = fields.get(&TRACE) else {
        reading.say_help(
            &fields.first,
            format!("{} needs `trace`", field.name),
            "add the lines that are printed: `trace: |`",
        );
        return None;
    };
    let trace = reading.exact(trace)?.to_owned();
    let only = match fields.get(&ONLY) {
        None => None,
        Some(field) => Some(reading.choice(field, &[("true", true), ("false", false)])?),
    };
    Some(Answer::Prediction { trace, only })
}

/// What a mapping says for each of the names, in their order; what else it holds is a problem.
fn by_name<'n>(
    reading: &mut Reading<'_>,
    field: Field<'n>,
    names: &[&str],
    nouns: &str,
) -> Option<Vec<Option<(String, &'n Node)>>> {
    let entries = reading.map(field)?;
    for entry in entries {
        if !names.contains(&entry.key.as_str()) {
            reading.say_help(
                &entry.at,
                format!("there is no {} in the question", words::code(&entry.key)),
                one_of_the(names.iter().copied(), &entry.key, nouns),
            );
        }
    }
    let of = |name: &&str| {
        let entry = entries.iter().find(|entry| entry.key == *name)?;
        Some((format!("the answer to {}", words::code(name)), &entry.value))
    };
    Some(names.iter().map(of).collect())
}

/// The file of these answers to the quiz; [`read`] reads the same out of it.
pub fn write(quiz: &Quiz, answers: &Answers) -> String {
    let mut given = Mapping::new();
    for (question, answer) in quiz.questions.iter().zip(&answers.given) {
        if let Some(answer) = answer {
            given.insert(question.id.as_str().into(), written(question, answer));
        }
    }
    let file: Mapping = [
        ("format", Value::from(1)),
        ("quiz", quiz.id.as_str().into()),
        ("answers", given.into()),
    ]
    .into_iter()
    .map(|(key, value)| (key.into(), value))
    .collect();
    serde_yaml::to_string(&file).expect("texts, lists and mappings are YAML")
}

fn written(question: &Question, answer: &Answer) -> Value {
    let options = question.kind.options();
    let name = |at: &usize| Value::from(options[*at].name);
    match answer {
        Answer::Choices(chosen) => match (&question.kind, chosen.first()) {
            (
                Kind::Choose {
                    asked: Asked::One, ..
                },
                Some(at),
            ) => name(at),
            _ => chosen.iter().map(name).collect(),
        },
        Answer::Order(order) => order.iter().map(name).collect(),
        Answer::Prediction { trace, only } => {
            let only = only.map(|only| ("only", Value::from(only)));
            let both = [("trace", Value::from(trace.as_str()))]
                .into_iter()
                .chain(only);
            both.map(|(key, value)| (key.into(), value))
                .collect::<Mapping>()
                .into()
        }
        Answer::Blanks(texts) => {
            let texts = texts.iter().map(|text| text.as_deref().map(Value::from));
            named(question, texts)
        }
        Answer::Matches(chosen) => named(question, chosen.iter().map(|at| at.as_ref().map(name))),
    }
}

fn named(question: &Question, values: impl Iterator<Item = Option<Value>>) -> Value {
    let names = question.kind.parts().into_iter().zip(values);
    let given = names.filter_map(|(name, value)| Some((name.into(), value?)));
    given.collect::<Mapping>().into()
}
