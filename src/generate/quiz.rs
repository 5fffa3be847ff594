//! Generated questions as a quiz, in the words of an author: what is read is what everybody reads.

use serde_json::{Map, Value, json};

use super::chance::seed_of;
use super::{Belief, Form, Generated, Wanted, entry};
use crate::program::ModuleSystem;
use crate::words;

/// The name of such a quiz in a file of answers: it says the level and the seed, and a hash of all that was asked for and of
/// the version, so that answers to other questions are not taken for these.
pub fn id(wanted: &Wanted) -> String {
    let rules: Vec<&str> = wanted.rules.iter().map(|offer| offer.rule).collect();
    let form = match wanted.form() {
        Form::Choose => "choose",
        Form::Predict => "predict",
    };
    let hash = seed_of(&[
        b"quiz",
        env!("CARGO_PKG_VERSION").as_bytes(),
        &wanted.seed.to_le_bytes(),
        &wanted.count.to_le_bytes(),
        &[wanted.level.number()],
        rules.join(",").as_bytes(),
        form.as_bytes(),
    ]);
    let (level, seed) = (wanted.level.number(), wanted.seed);
    format!("generated/level-{level}-seed-{seed}-{:06x}", hash >> 40)
}

/// The file of the quiz.
///
/// # Errors
///
/// In the words of whoever writes YAML, which nothing here can cause.
pub fn written(wanted: &Wanted, questions: &[Generated]) -> Result<String, String> {
    let all = questions.iter().map(|question| match wanted.form() {
        Form::Choose => choose(question),
        Form::Predict => predict(question),
    });
    let title = format!(
        "{} of level {}, made with seed {}",
        words::count(questions.len(), "question"),
        wanted.level.number(),
        wanted.seed
    );
    let quiz = json!({ "format": 1, "title": title, "questions": all.collect::<Value>() });
    serde_yaml::to_string(&quiz).map_err(|error| error.to_string())
}

fn question(question: &Generated, ask: String) -> Map<String, Value> {
    let id = format!("{}-{}", question.rule, question.number);
    Map::from_iter([("id".to_owned(), json!(id)), ("ask".to_owned(), json!(ask))])
}

fn ask(generated: &Generated) -> String {
    let file = match generated.module {
        ModuleSystem::CommonJs => "as the main script",
        ModuleSystem::Esm => "as the main module",
    };
    format!("What does it print, {file} `{}`?", entry(generated.module))
}

fn choose(generated: &Generated) -> Value {
    let ask = format!("{}\n\n```js\n{}```\n", ask(generated), generated.source);
    let mut keys = question(generated, ask);
    keys.insert("right".to_owned(), json!(option(&generated.printed)));
    let wrong = generated.beliefs.iter().map(|belief| {
        json!({
            "text": option(&belief.printed),
            "because": format!("So {}", it_would_be(belief)),
        })
    });
    keys.insert("wrong".to_owned(), wrong.collect());
    keys.insert("because".to_owned(), json!(generated.because));
    Value::Object(keys)
}

fn predict(generated: &Generated) -> Value {
    let mut keys = question(generated, ask(generated));
    keys.insert("module".to_owned(), json!(generated.module.word()));
    keys.insert("program".to_owned(), json!(generated.source));
    let lines = generated.printed.iter().map(|line| format!("{line}\n"));
    keys.insert("trace".to_owned(), json!(lines.collect::<String>()));
    let others = generated.beliefs.iter().map(|belief| {
        let said = option(&belief.printed);
        format!("\n\n{said}: so {}", it_would_be(belief))
    });
    let because = generated.because.clone() + &others.collect::<String>();
    keys.insert("because".to_owned(), json!(because));
    Value::Object(keys)
}

/// The lines in one: `` `start`, `tick`, `end` ``.
fn option(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| words::code(line)).collect();
    lines.join(", ")
}

fn it_would_be(belief: &Belief) -> String {
    let believed = belief.fault.belief();
    format!("it would be if it were true that {believed}.")
}
