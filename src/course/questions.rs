//! Quizzes as authors write them.
//!
//! The key that is present says a question's kind. To add a kind, add its key to [`KINDS`], its own keys to
//! [`QUESTION`], and its reading to [`kind`].

use std::collections::BTreeSet;

use super::manifest::{
    FORMAT, HINT, NODE, POINTS, TITLE, is_our_format, node_versions, points, title,
};
use super::quiz::{Asked, Choice, Item, Kind, Modules, Question, Quiz, QuizId};
use super::reach::Reach;
use super::reading::{Field, Fields, Key, Partner, Reading, Table, one_of_the};
use super::shape::Shape;
use super::traces::{self, BECAUSE, BEFORE, Dialect, LINES, RULE};
use super::values;
use super::yaml::{self, Entry, Kind as Yaml, Node};
use crate::problem::Problem;
use crate::program::{ModuleSystem, Range};
use crate::trace::{self, Before, PartialOrder};
use crate::words;

const QUESTIONS: Key = Key::needed(
    "questions",
    Shape::Questions,
    "a list of questions",
    "questions: […]",
    "In the order in which they are asked.",
);

pub(super) static QUIZ: Table = Table::of(
    "a quiz",
    "A quiz: questions of several kinds.",
    &[FORMAT, TITLE, QUESTIONS],
);

const ID: Key = Key::needed(
    "id",
    Shape::Title,
    "an id",
    "id: drain",
    "Its name in a file of answers. No other question of the quiz has the same.",
);
const ASK: Key = Key::needed(
    "ask",
    Shape::Prose,
    "a question",
    "ask: What does it print?",
    "What is asked, in Markdown.",
);
const RIGHT: Key = Key::optional(
    "right",
    Shape::RightChoices,
    "a choice, or a list of choices",
    "Makes it a question of choice. One choice that is right; or a list of all that are, and then several are to be \
     chosen.",
);
const WRONG: Key = Key::optional(
    "wrong",
    Shape::Choices,
    "a list of choices",
    "The other choices. One may carry `because`: what to tell somebody who chose it.",
);
const ORDER: Key = Key::optional(
    "order",
    Shape::Order,
    "a list of texts",
    "Makes it a question of order: texts, the first first.",
);
const DISTRACTORS: Key = Key::optional(
    "distractors",
    Shape::Distractors,
    "a list of texts",
    "Texts to choose from that are in no right answer.",
);
const MODULE: Key = Key::optional(
    "module",
    Shape::Modules,
    "`commonjs`, `esm` or `both`",
    "How Node loads the program. `both`: the answer is right either way.",
);
const PROGRAM: Key = Key::optional(
    "program",
    Shape::Prose,
    "a program",
    "Makes it a question of prediction: the program, of which is asked what it prints, and whether it can print \
     nothing else.",
);
const TRACE: Key = Key::optional(
    "trace",
    Shape::Trace,
    "what the program prints",
    "What the program prints, in every order that is right: a text (its lines), a step, or a list of both, one after the \
     other. It has no `like`, `matches`, `repeat` or `variants`.",
);
const FILL: Key = Key::optional(
    "fill",
    Shape::Fill,
    "a text with blanks such as `[[1]]`",
    "Makes it a text with blanks to fill in: `[[1]]`, or with another name.",
);
const BLANKS: Key = Key::optional(
    "blanks",
    Shape::Blanks,
    "a mapping of blanks to what they accept",
    "What each blank accepts: a text or a list of texts. Spaces around an answer do not count; capitals do.",
);
const MATCH: Key = Key::optional(
    "match",
    Shape::Pairs,
    "a mapping of texts to what belongs to them",
    "Makes it a question of pairs: each text with what belongs to it.",
);

/// The keys that say the kind of a question; it has exactly one.
const KINDS: [Key; 6] = [RIGHT, ORDER, LINES, PROGRAM, FILL, MATCH];

pub(super) static QUESTION: Table = Table {
    kinds: &KINDS,
    partners: &[
        (
            WRONG,
            &[RIGHT],
            Partner::Needed("wrong: [Never, Sometimes]"),
        ),
        (BEFORE, &[LINES], Partner::Needed("before: [[a, b]]")),
        (DISTRACTORS, &[ORDER, LINES, MATCH], Partner::Allowed),
        (MODULE, &[PROGRAM], Partner::Needed("module: commonjs")),
        (NODE, &[PROGRAM], Partner::Allowed),
        (TRACE, &[PROGRAM], Partner::Needed("trace: |")),
        (BLANKS, &[FILL], Partner::Needed("blanks: { 1: text }")),
    ],
    ..Table::of(
        "a question",
        "A question. Which of `right`, `order`, `lines`, `program`, `fill` and `match` it has says what kind it is.",
        &[
            ID,
            ASK,
            POINTS,
            RIGHT,
            WRONG,
            ORDER,
            LINES,
            BEFORE,
            DISTRACTORS,
            MODULE,
            NODE,
            PROGRAM,
            TRACE,
            FILL,
            BLANKS,
            MATCH,
            RULE,
            BECAUSE,
            HINT,
        ],
    )
};

const TEXT: Key = Key::needed(
    "text",
    Shape::Prose,
    "a text",
    "text: Only between phases",
    "What there is to choose, in Markdown.",
);

const REPLY: Key = Key::optional(
    "because",
    Shape::Prose,
    "a text",
    "What to tell somebody who chose it, in Markdown.",
);

pub(super) static CHOICE: Table = Table::of(
    "a choice",
    "Something to choose: a text, or a text with what to tell somebody who chose it.",
    &[TEXT, REPLY],
);

pub(super) const MODULE_WORDS: &[(&str, Modules)] = &[
    ("commonjs", Modules::One(ModuleSystem::CommonJs)),
    ("esm", Modules::One(ModuleSystem::Esm)),
    ("both", Modules::Both),
];

/// Reads a quiz; it is there if nothing is wrong with it.
pub(super) fn read(id: &str, file: &str, bytes: &[u8]) -> (Option<Quiz>, Vec<Problem>) {
    let (document, mut problems) = yaml::read(file, bytes);
    let Some(document) = document else {
        return (None, problems);
    };
    let mut reading = Reading::of(&document);
    let quiz = quiz(&mut reading, id, &document.root);
    problems.extend(reading.into_problems());
    (quiz.filter(|_| problems.is_empty()), problems)
}

fn quiz(reading: &mut Reading<'_>, id: &str, root: &Node) -> Option<Quiz> {
    let whole = Field {
        name: "a quiz",
        holds: "a mapping of keys such as `title: …`",
        node: root,
    };
    if !is_our_format(reading, root) {
        return None;
    }
    let fields = reading.fields(whole, &QUIZ)?;
    let title = title(reading, &fields);
    let field = fields.get(&QUESTIONS)?;
    let nodes = reading.list(field)?;
    if nodes.is_empty() {
        reading.say(&field.node.span, "a quiz needs at least one question");
    }
    let mut ids = BTreeSet::new();
    let questions: Vec<_> = nodes
        .iter()
        .map(|node| question(reading, node, &mut ids))
        .collect();
    Some(Quiz {
        id: QuizId(id.into()),
        title: title?,
        questions: questions.into_iter().collect::<Option<_>>()?,
    })
}

fn question<'n>(
    reading: &mut Reading<'_>,
    node: &'n Node,
    ids: &mut BTreeSet<&'n str>,
) -> Option<Question> {
    let whole = Field {
        name: "a question",
        holds: "a mapping of keys such as `ask: …`",
        node,
    };
    let before = reading.count();
    let fields = reading.fields(whole, &QUESTION)?;
    if reading.count() > before && fields.present(&KINDS).is_empty() {
        // The unknown key was probably meant to say the kind.
        return None;
    }
    let id = fields
        .get(&ID)
        .and_then(|field| unique(reading, field, ids));
    let ask = fields.get(&ASK).and_then(|field| markdown(reading, field));
    let points = points(reading, &fields);
    let hint = fields.get(&HINT).and_then(|field| markdown(reading, field));
    let reason = traces::reason(reading, &fields);
    let kind = kind(reading, &fields);
    Some(Question {
        id: id?,
        ask: ask?,
        points,
        kind: kind?,
        hint,
        reason,
    })
}

fn unique<'n>(
    reading: &mut Reading<'_>,
    field: Field<'n>,
    ids: &mut BTreeSet<&'n str>,
) -> Option<String> {
    let id = reading.title(field)?;
    if !ids.insert(id) {
        reading.say_help(
            &field.node.span,
            format!("there is another question {}", words::code(id)),
            "give each question an id of its own",
        );
        return None;
    }
    Some(id.to_owned())
}

fn markdown(reading: &mut Reading<'_>, field: Field<'_>) -> Option<String> {
    Some(reading.prose(field)?.trim_end().to_owned())
}

fn kind(reading: &mut Reading<'_>, fields: &Fields<'_>) -> Option<Kind> {
    let nothing = "this question does not say what answer it wants";
    let kind = reading.kind(fields, &QUESTION, nothing)?;
    reading.check_partners(fields, &QUESTION, kind);
    check_needed(reading, fields, kind);
    let field = fields.get(kind)?;
    match *kind {
        RIGHT => choose(reading, fields, field),
        ORDER => in_order(reading, fields, field),
        LINES => in_some_order(reading, fields, field),
        PROGRAM => predict(reading, fields, field),
        FILL => fill(reading, fields, field),
        MATCH => pairs(reading, fields, field),
        _ => None,
    }
}

fn check_needed(reading: &mut Reading<'_>, fields: &Fields<'_>, kind: &Key) {
    for (key, kinds, partner) in QUESTION.partners {
        if let Partner::Needed(example) = partner
            && kinds.contains(kind)
            && fields.at(key).is_none()
        {
            let at = fields.at(kind).unwrap_or(fields.first.clone());
            reading.say_help(
                &at,
                format!("a question with `{}` needs `{}`", kind.name, key.name),
                format!("add {}: `{example}`", key.holds),
            );
        }
    }
}

fn choose(reading: &mut Reading<'_>, fields: &Fields<'_>, field: Field<'_>) -> Option<Kind> {
    let mut seen = BTreeSet::new();
    let (asked, right) = match &field.node.kind {
        Yaml::List(_) => (Asked::Several, choices(reading, field, &mut seen)),
        Yaml::Text(_) | Yaml::Map(_) => (
            Asked::One,
            choice(reading, field, &mut seen).map(|choice| vec![choice]),
        ),
    };
    let wrong = fields
        .get(&WRONG)
        .and_then(|field| choices(reading, field, &mut seen));
    let (right, wrong) = (right?, wrong?);
    Some(Kind::Choose {
        asked,
        right,
        wrong,
    })
}

fn choices(
    reading: &mut Reading<'_>,
    field: Field<'_>,
    seen: &mut BTreeSet<String>,
) -> Option<Vec<Choice>> {
    let nodes = members(reading, field)?;
    let choices: Vec<_> = nodes
        .iter()
        .map(|node| {
            let field = Field {
                name: "a choice",
                holds: "a text, or `text` and `because`",
                node,
            };
            choice(reading, field, seen)
        })
        .collect();
    choices.into_iter().collect()
}

fn choice(
    reading: &mut Reading<'_>,
    field: Field<'_>,
    seen: &mut BTreeSet<String>,
) -> Option<Choice> {
    let (text, because) = match &field.node.kind {
        Yaml::Map(_) => {
            let fields = reading.fields(field, &CHOICE)?;
            let because = fields
                .get(&REPLY)
                .and_then(|field| markdown(reading, field));
            (fields.get(&TEXT)?, because)
        }
        Yaml::Text(_) | Yaml::List(_) => (field, None),
    };
    Some(Choice {
        text: distinct(reading, text, seen)?,
        because,
    })
}

/// A text that no other choice has.
pub(super) fn distinct(
    reading: &mut Reading<'_>,
    field: Field<'_>,
    seen: &mut BTreeSet<String>,
) -> Option<String> {
    let text = markdown(reading, field)?.trim().to_owned();
    if !seen.insert(text.clone()) {
        reading.say_help(
            &field.node.span,
            format!("{} stands here twice", words::code(&text)),
            "an answer could not say which one it means: keep one of them",
        );
        return None;
    }
    Some(text)
}

fn texts(
    reading: &mut Reading<'_>,
    field: Field<'_>,
    seen: &mut BTreeSet<String>,
) -> Option<Vec<String>> {
    let nodes = members(reading, field)?;
    let texts: Vec<_> = nodes
        .iter()
        .map(|node| {
            let name = format!("a member of `{}`", field.name);
            let member = Field {
                name: &name,
                holds: "a text",
                node,
            };
            distinct(reading, member, seen)
        })
        .collect();
    texts.into_iter().collect()
}

/// The members of a list that has some.
fn members<'n>(reading: &mut Reading<'_>, field: Field<'n>) -> Option<&'n [Node]> {
    let nodes = reading.list(field)?;
    if nodes.is_empty() {
        reading.say(
            &field.node.span,
            format!("`{}` needs at least one member", field.name),
        );
        return None;
    }
    Some(nodes)
}

fn distractors(
    reading: &mut Reading<'_>,
    fields: &Fields<'_>,
    mut seen: BTreeSet<String>,
) -> Option<Vec<String>> {
    match fields.get(&DISTRACTORS) {
        None => Some(Vec::new()),
        Some(field) => texts(reading, field, &mut seen),
    }
}

fn in_order(reading: &mut Reading<'_>, fields: &Fields<'_>, field: Field<'_>) -> Option<Kind> {
    let mut seen = BTreeSet::new();
    let lines = texts(reading, field, &mut seen);
    let distractors = distractors(reading, fields, seen);
    let lines = lines?;
    if lines.len() < 2 {
        reading.say(&field.node.span, "`order` needs at least two members");
        return None;
    }
    let before = (1..lines.len()).map(|then| Before {
        first: then - 1,
        then,
        reason: None,
    });
    let items = lines.iter().map(|text| Item {
        id: text.clone(),
        text: text.clone(),
    });
    Some(Kind::Order {
        items: items.collect(),
        order: PartialOrder {
            before: before.collect(),
            lines,
        },
        distractors: distractors?,
    })
}

fn in_some_order(reading: &mut Reading<'_>, fields: &Fields<'_>, field: Field<'_>) -> Option<Kind> {
    let order = traces::partial_order(reading, fields, Dialect::Question)?;
    let entries = reading.map(field)?;
    let ids: BTreeSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    let distractors = distractors(reading, fields, ids)?;
    if order.before.is_empty() {
        return None;
    }
    let items = entries.iter().zip(&order.lines).map(|(entry, text)| Item {
        id: entry.key.clone(),
        text: text.clone(),
    });
    Some(Kind::Order {
        items: items.collect(),
        order,
        distractors,
    })
}

fn predict(reading: &mut Reading<'_>, fields: &Fields<'_>, field: Field<'_>) -> Option<Kind> {
    let program = reading.exact(field).map(str::to_owned);
    if program
        .as_ref()
        .is_some_and(|program| program.trim().is_empty())
    {
        reading.say(&field.node.span, "`program` is empty");
    }
    let modules = fields
        .get(&MODULE)
        .and_then(|field| reading.choice(field, MODULE_WORDS));
    let node = fields.get(&NODE).map(|_| node_versions(reading, fields));
    let trace = fields.get(&TRACE).and_then(|field| {
        let reach = Reach::of(node.unwrap_or(Range::ALL));
        traces::read(reading, field, reach, Dialect::Question)
    });
    // A question's trace has no variants.
    let trace = trace.and_then(|trace| trace.in_force(&|_| false))?;
    Some(Kind::Predict {
        modules: modules?,
        node,
        program: program?,
        only: trace::orders(&trace, 1).is_some(),
        trace,
    })
}

fn fill(reading: &mut Reading<'_>, fields: &Fields<'_>, field: Field<'_>) -> Option<Kind> {
    let text = reading.exact(field)?;
    let names = values::blanks(text);
    if names.is_empty() {
        reading.say_help(
            &field.node.span,
            "there is no blank in it",
            "write `[[1]]` where something is to be filled in",
        );
        return None;
    }
    let entries = reading.map(fields.get(&BLANKS)?)?;
    for entry in entries {
        if !names.contains(&entry.key.as_str()) {
            reading.say_help(
                &entry.at,
                format!(
                    "the text has no blank {}",
                    words::code(&format!("[[{}]]", entry.key))
                ),
                one_of_the(names.iter().copied(), &entry.key, "blanks"),
            );
        }
    }
    let blanks: Vec<_> = names
        .iter()
        .map(
            |name| match entries.iter().find(|entry| entry.key == *name) {
                Some(entry) => Some(((*name).to_owned(), blank(reading, entry)?)),
                None => {
                    reading.say_help(
                        &field.node.span,
                        format!(
                            "`blanks` does not say what {} accepts",
                            words::code(&format!("[[{name}]]"))
                        ),
                        format!("add it: `blanks: {{ {}: text }}`", words::visible(name)),
                    );
                    None
                }
            },
        )
        .collect();
    Some(Kind::Fill {
        text: text.to_owned(),
        blanks: blanks.into_iter().collect::<Option<_>>()?,
    })
}

fn blank(reading: &mut Reading<'_>, entry: &Entry) -> Option<Vec<String>> {
    let name = format!("the blank {}", words::code(&entry.key));
    let field = Field {
        name: &name,
        holds: "a text or a list of texts",
        node: &entry.value,
    };
    let mut seen = BTreeSet::new();
    match &entry.value.kind {
        Yaml::List(members) if members.is_empty() => {
            reading.say(&entry.value.span, format!("{name} accepts nothing"));
            None
        }
        Yaml::List(_) => texts(
            reading,
            Field {
                name: "blanks",
                ..field
            },
            &mut seen,
        ),
        Yaml::Text(_) | Yaml::Map(_) => Some(vec![distinct(reading, field, &mut seen)?]),
    }
}

fn pairs(reading: &mut Reading<'_>, fields: &Fields<'_>, field: Field<'_>) -> Option<Kind> {
    let entries = reading.map(field)?;
    if entries.len() < 2 {
        reading.say(&field.node.span, "`match` needs at least two pairs");
        return None;
    }
    let pairs: Vec<_> = entries
        .iter()
        .map(|entry| {
            let name = format!("what belongs to {}", words::code(&entry.key));
            let field = Field {
                name: &name,
                holds: "a text",
                node: &entry.value,
            };
            let text = markdown(reading, field)?.trim().to_owned();
            Some((entry.key.clone(), text))
        })
        .collect();
    let pairs: Vec<(String, String)> = pairs.into_iter().collect::<Option<_>>()?;
    let seen = pairs.iter().map(|(_, right)| right.clone()).collect();
    Some(Kind::Match {
        distractors: distractors(reading, fields, seen)?,
        pairs,
    })
}
