//! Why a program prints in its order: the model's schedule, in sentences.

use crate::event_loop::{Happening, Kind, Phase};
use crate::rules;
use crate::trace;
use crate::words;

/// A stretch of the schedule: a callback, or a queue that is emptied.
struct Stretch {
    by: By,
    turn: usize,
    printed: Vec<String>,
}

/// Who prints it.
#[derive(PartialEq, Eq)]
enum By {
    /// The main file.
    Main(String),
    /// A queue, which is one stretch however much is in it.
    Queue(&'static str),
    /// A callback of the loop, in this phase.
    Callback(String, &'static str),
}

/// The schedule, and the rule. Markdown.
pub(super) fn because(story: &[Happening], rule: &str) -> String {
    let mut stretches: Vec<Stretch> = Vec::new();
    for happening in story.iter().filter(|one| !one.printed.is_empty()) {
        let by = by(happening);
        let printed = trace::lines_of(&happening.printed);
        let is_more = |last: &&mut Stretch| matches!(by, By::Queue(_)) && last.by == by;
        match stretches.last_mut().filter(is_more) {
            Some(last) => last.printed.extend(printed),
            None => stretches.push(Stretch {
                by,
                turn: happening.turn,
                printed,
            }),
        }
    }
    let mut told: Vec<String> = Vec::new();
    let mut before: Option<(&str, usize)> = None;
    for stretch in &stretches {
        let lines = words::and(stretch.printed.iter().map(|line| words::code(line)));
        let by = match &stretch.by {
            By::Main(what) => what.clone(),
            By::Queue(what) => (*what).to_owned(),
            By::Callback(what, phase) => {
                let again =
                    before.is_some_and(|(known, turn)| known == *phase && turn < stretch.turn);
                before = Some((phase, stretch.turn));
                match again {
                    true => format!("{what} in {phase} of a later turn"),
                    false => format!("{what} in {phase}"),
                }
            }
        };
        told.push(match told.is_empty() {
            true => format!("First {by} prints {lines}."),
            false => format!("Then {by}: {lines}."),
        });
    }
    told.extend(rules::find(rule).map(|rule| {
        let id = words::code(rule.id);
        format!("The rule is {id}: {}.", rule.sentence)
    }));
    told.join(" ")
}

fn by(happening: &Happening) -> By {
    let phase = match happening.phase {
        Phase::Main => "the main file",
        Phase::Timers => "the timers phase",
        Phase::Poll => "the poll phase",
        Phase::Check => "the check phase",
        Phase::BeforeExit => "`beforeExit`",
        Phase::Exit => "`exit`",
    };
    let what = &happening.what;
    match happening.kind() {
        Kind::Jobs => By::Queue("the microtask queue"),
        Kind::Tick => By::Queue("the nextTick queue"),
        Kind::Main => By::Main(what.clone()),
        Kind::Immediate | Kind::Timer => {
            let article = if what.starts_with('i') { "an" } else { "a" };
            By::Callback(format!("{article} {what}"), phase)
        }
        Kind::Io => By::Callback(what.clone(), phase),
    }
}
