//! The JSON Schemas of what authors and students write, made from the tables of keys by which it is read.
//!
//! They are draft 7, which is what editors understand (the YAML language server among them). Each table is one flat
//! object, so that an editor names the key that is wrong. A schema accepts whatever the reader accepts, and rejects as
//! much of the rest as can be told from one value: numbers, truth values and null stand where a text may, since
//! scalars count as they are written. `errorMessage` is no keyword of the standard; editors show it in place of
//! their own words, and others pass over it.
//!
//! To add a table, say in [`exercise`], [`quiz`] or [`answers`] where it is defined. To add a shape, say in [`shape`]
//! what may stand there.

use serde_json::{Map, Value, json};

use super::answers::{FILE, PREDICTION};
use super::behaviour::module::{EXPORT, KIND_WORDS, MISSING, MODULE, SYSTEM_WORDS};
use super::behaviour::server::{REQUEST, SIGNAL_WORDS};
use super::behaviour::threads::THREADS;
use super::made::MADE;
use super::manifest::{EXERCISE, EXTRA_WORDS, LIMITS_TABLE, NEED_WORDS, TEST};
use super::questions::{CHOICE, MODULE_WORDS, QUESTION, QUIZ};
use super::reading::{Key, Needed, Partner, Table};
use super::shape::Shape;
use super::traces::{BECAUSE, BEFORE_ENTRY, Dialect, NOT_ASKED, RULE, STEP};
use super::values::{HOLES, LATEST, MOST_TIMES, OLDEST};
use crate::program::ModuleSystem;
use crate::rules;
use crate::scoring::Points;
use crate::words;

/// The schema of `exercise.yaml`.
pub fn exercise() -> Value {
    file(
        "exercise",
        &EXERCISE,
        [
            ("test", object(&TEST)),
            ("file", object(&MADE)),
            ("limits", limits()),
            ("threads", object(&THREADS)),
            ("request", object(&REQUEST)),
            ("module", object(&MODULE)),
            ("value", object(&EXPORT)),
            ("trace", trace(Dialect::Test)),
            ("chain", chain()),
            ("rule", rule()),
        ],
    )
}

/// The schema of a quiz.
pub fn quiz() -> Value {
    file(
        "quiz",
        &QUIZ,
        [
            ("question", object(&QUESTION)),
            ("choice", choice()),
            ("trace", trace(Dialect::Question)),
            ("chain", chain()),
            ("rule", rule()),
        ],
    )
}

/// The schema of a file of answers. Which answers a quiz allows it does not know.
pub fn answers() -> Value {
    file("answers", &FILE, [("answer", answer())])
}

/// What a file holds that is a mapping of the table, with the definitions that its keys refer to.
fn file<const N: usize>(
    name: &str,
    table: &'static Table,
    definitions: [(&str, Map<String, Value>); N],
) -> Value {
    let mut schema = map(json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": format!("urn:tickmark:{name}:1"),
        "title": format!("Tickmark: {}", table.what),
    }));
    schema.extend(object(table));
    let definitions = definitions
        .into_iter()
        .map(|(name, definition)| (name.to_owned(), Value::Object(definition)));
    schema.insert("definitions".into(), definitions.collect());
    schema.into()
}

/// A mapping with the keys of a table.
fn object(table: &'static Table) -> Map<String, Value> {
    let mut schema = map(json!({ "description": table.about, "type": "object" }));
    schema.extend(keys(table, &[]));
    if !table.kinds.is_empty() {
        schema.insert("anyOf".into(), alternatives(table.kinds.iter()));
    }
    for key in table.keys {
        if let Needed::Without(_, others) = key.needed {
            let one_of = std::iter::once(&key.name).chain(others);
            let one_of: Value = one_of.map(|name| json!({ "required": [name] })).collect();
            schema.insert("anyOf".into(), one_of);
        }
    }
    schema
}

/// What is demanded of a mapping with the keys of a table, without some of its kinds.
fn keys(table: &'static Table, without: &[Key]) -> Map<String, Value> {
    let kinds: Vec<&Key> = left(table.kinds, without);
    let keys: Vec<&Key> = table
        .keys
        .iter()
        .filter(|key| !without.contains(key))
        .filter(|key| is_of_use(table, key, &kinds))
        .collect();
    let needed = keys.iter().filter(|key| match key.needed {
        Needed::Always(_) => true,
        Needed::Without(..) | Needed::No => false,
    });
    let required: Vec<&str> = needed.map(|key| key.name).collect();
    let properties = keys.iter().map(|key| (key.name.to_owned(), value(key)));
    let dependencies = keys.iter().filter_map(|key| {
        let demands = match beside(table, key, &kinds).as_slice() {
            [] => return None,
            [demand] => demand.clone(),
            demands => json!({ "allOf": demands }),
        };
        Some((key.name.to_owned(), demands))
    });
    let dependencies: Map<String, Value> = dependencies.collect();
    let mut schema = Map::new();
    schema.insert("properties".into(), properties.collect());
    schema.insert("additionalProperties".into(), false.into());
    if !required.is_empty() {
        schema.insert("required".into(), required.into());
    }
    if !dependencies.is_empty() {
        schema.insert("dependencies".into(), dependencies.into());
    }
    schema
}

fn left<'k>(keys: &'k [Key], without: &[Key]) -> Vec<&'k Key> {
    keys.iter().filter(|key| !without.contains(key)).collect()
}

/// Whether a key goes with all kinds, or with one that is left.
fn is_of_use(table: &Table, key: &Key, kinds: &[&Key]) -> bool {
    let partner = table.partners.iter().find(|(partner, ..)| partner == key);
    partner.is_none_or(|(_, with, _)| kinds.iter().any(|kind| with.contains(kind)))
}

/// What stands behind a key.
fn value(key: &Key) -> Value {
    let about = format!("{}\n\nIt must be {}.", key.about, key.holds);
    let mut schema = map(json!({ "description": about }));
    schema.extend(map(shape(key.shape)));
    // Where a key inside is wrong, that has to be said, and of a trace only its own schema knows what may stand there.
    if !schema.contains_key("properties") && !schema.contains_key("allOf") {
        let message = format!("must be {}", key.holds);
        schema.insert("errorMessage".into(), message.into());
    }
    schema.into()
}

/// What is demanded of the mapping by one of its keys: which others must stand beside it, and which cannot.
///
/// These are apart from each other, so that each has its own message.
fn beside(table: &Table, key: &Key, kinds: &[&Key]) -> Vec<Value> {
    let needs: Vec<&str> = table
        .partners
        .iter()
        .filter(|(_, with, partner)| with.contains(key) && *partner != Partner::Allowed)
        .map(|(partner, ..)| partner.name)
        .collect();
    let needs = (!needs.is_empty()).then(|| json!({ "required": needs }));
    let others = other_kinds(table, key, kinds);
    let others = (!others.is_empty()).then(|| {
        let (what, kind) = (table.what, words::code(key.name));
        forbid(
            &others,
            &format!("{what} with {kind} cannot have this as well"),
        )
    });
    let rule = (*key == BECAUSE && table.keys.contains(&RULE)).then(|| {
        let message = "keep one of `rule` and `because`: `because` is for what no rule says";
        forbid(&[&RULE], message)
    });
    [needs, others, rule].into_iter().flatten().collect()
}

/// Beside a key that says the kind: the kinds before it, and the keys that go with other kinds only.
fn other_kinds<'k>(table: &'k Table, key: &Key, kinds: &[&'k Key]) -> Vec<&'k Key> {
    let Some(at) = kinds.iter().position(|kind| *kind == key) else {
        return Vec::new();
    };
    let with_others = |(_, with, _): &&(Key, &[Key], Partner)| {
        !with.contains(key) && kinds.iter().any(|kind| with.contains(kind))
    };
    let partners = table.partners.iter().filter(with_others);
    let partners = partners.map(|(partner, ..)| partner);
    kinds[..at].iter().copied().chain(partners).collect()
}

/// One of the keys must be there.
fn alternatives<'k>(keys: impl Iterator<Item = &'k Key>) -> Value {
    keys.map(|key| json!({ "required": [key.name] })).collect()
}

/// None of the keys may be there.
fn forbid(keys: &[&Key], message: &str) -> Value {
    let keys = keys
        .iter()
        .map(|key| (key.name.to_owned(), Value::Bool(false)));
    let keys: Map<String, Value> = keys.collect();
    json!({ "properties": keys, "errorMessage": message })
}

/// What a program may use.
fn limits() -> Map<String, Value> {
    let mut schema = map(json!({ "$comment": LIMITS_TABLE.about, "type": "object" }));
    schema.extend(keys(&LIMITS_TABLE, &[]));
    schema
}

/// A trace, for what it is an expectation of.
fn trace(dialect: Dialect) -> Map<String, Value> {
    let without: &[Key] = match dialect {
        Dialect::Test | Dialect::Answer => &[],
        Dialect::Question => &NOT_ASKED,
    };
    let mut schema = map(json!({
        "$comment": STEP.about,
        "type": or_scalar(&["array", "object"]),
        "minItems": 1,
        "items": some_trace(),
    }));
    schema.extend(keys(&STEP, without));
    schema.insert("if".into(), json!({ "type": "object" }));
    let kinds = alternatives(left(STEP.kinds, without).into_iter());
    schema.insert("then".into(), json!({ "anyOf": kinds }));
    schema
}

/// A trace, but not `""`.
fn some_trace() -> Value {
    json!({ "allOf": [definition("trace")], "minLength": 1 })
}

/// An entry of `before`.
fn chain() -> Map<String, Value> {
    let mut schema = map(json!({
        "description": BEFORE_ENTRY.about,
        "type": ["array", "object"],
        "minItems": 2,
        "items": text(),
    }));
    schema.extend(keys(&BEFORE_ENTRY, &[]));
    schema
}

/// Something to choose.
fn choice() -> Map<String, Value> {
    let mut schema = map(json!({
        "description": CHOICE.about,
        "type": or_scalar(&["object"]),
        "pattern": PROSE,
    }));
    schema.extend(keys(&CHOICE, &[]));
    schema
}

/// The id of a rule, each with its sentence.
fn rule() -> Map<String, Value> {
    let ids: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    let sentences: Vec<&str> = rules::all().map(|rule| rule.sentence).collect();
    map(json!({
        "enum": ids,
        "enumDescriptions": sentences,
        "errorMessage": "there is no such rule; `tickmark rules` lists them, and own words belong behind `because`",
    }))
}

/// An answer to a question of any kind.
///
/// Blanks and texts to match have any names, also those of the keys of a prediction; so nothing is forbidden.
fn answer() -> Map<String, Value> {
    let keys = PREDICTION.keys.iter().map(|key| {
        let mut schema = map(text());
        schema.insert("description".into(), key.about.into());
        (key.name.to_owned(), schema.into())
    });
    let keys: Map<String, Value> = keys.collect();
    map(json!({
        "description": PREDICTION.about,
        "type": or_scalar(&["array", "object"]),
        "items": prose(),
        "properties": keys,
        "additionalProperties": text(),
    }))
}

/// What may stand for a value of the shape.
fn shape(shape: Shape) -> Value {
    match shape {
        Shape::Format => json!({ "enum": [1, "1"] }),
        Shape::Text => text(),
        Shape::SomeText => json!({ "type": SCALAR, "minLength": 1 }),
        Shape::Prose => prose(),
        Shape::Title => json!({ "type": SCALAR, "pattern": r"^\S(.*\S)?\n?$" }),
        Shape::Line => line(),
        Shape::Like => json!({ "type": "string", "pattern": like() }),
        Shape::Fill => json!({ "type": "string", "pattern": r"\[\[[^\]]+\]\]" }),
        Shape::Stem => json!({ "type": SCALAR, "pattern": r"^[A-Za-z0-9_][A-Za-z0-9_-]*\n?$" }),
        Shape::Driver => json!({ "type": "string", "pattern": r"^[^/].*\.[mc]?js\n?$" }),
        Shape::QuizId => json!({ "type": "string", "pattern": "^[a-z0-9-]+/[a-z0-9-]+$" }),
        Shape::Rule => refer("rule"),
        Shape::Truth => json!({ "type": ["boolean", "string"], "pattern": "^(true|false)$" }),
        Shape::Extra => one_of(EXTRA_WORDS),
        Shape::Modules => one_of(MODULE_WORDS),
        Shape::Points => json!({
            "type": ["number", "string"],
            "minimum": 0,
            "maximum": Points::MOST.hundredths() / 100,
            "pattern": r"^[0-9]{1,4}(\.[0-9]{1,2})?$",
        }),
        Shape::ExitCode => json!({
            "type": ["integer", "string"],
            "minimum": 0,
            "maximum": u8::MAX,
            "pattern": "^[0-9]+$",
        }),
        Shape::Versions => json!({
            "type": ["integer", "string"],
            "minimum": OLDEST,
            "maximum": LATEST,
            "pattern": format!("^{VERSIONS}$"),
        }),
        Shape::Times => json!({
            "type": ["integer", "string", "array"],
            "minimum": 1,
            "maximum": MOST_TIMES,
            "pattern": "^[0-9]+$",
            "minItems": 2,
            "maxItems": 2,
            "items": {
                "type": ["integer", "string"],
                "minimum": 0,
                "maximum": MOST_TIMES,
                "pattern": "^([0-9]+|any)$",
            },
        }),
        Shape::Time => json!({ "type": "string", "pattern": "^[0-9]+ ?(ms|s)$" }),
        Shape::Size => json!({ "type": "string", "pattern": "^[0-9]+ ?(KB|MB|GB)$" }),
        Shape::Limits => refer("limits"),
        Shape::Needs => list(0, one_of(NEED_WORDS)),
        Shape::Texts => list(0, text()),
        Shape::Variables => by_name(0, "^[A-Za-z_][A-Za-z0-9_]*$", text()),
        Shape::Files => by_name(
            0,
            FILE_PATH,
            json!({ "anyOf": [text(), definition("file")] }),
        ),
        Shape::Tests => list(1, definition("test")),
        Shape::Threads => refer("threads"),
        Shape::Requests => list(1, definition("request")),
        Shape::Ask => json!({ "type": "string", "pattern": r"^[A-Z]+ /[!-~]*\n?$" }),
        Shape::Signal => one_of(SIGNAL_WORDS),
        Shape::Many => whole(1, 100, "^[0-9]+$"),
        Shape::Calls => list(
            1,
            json!({ "type": "string", "pattern": r"^[a-z_/]+\.\*?[A-Za-z0-9_]+$" }),
        ),
        Shape::Module => refer("module"),
        Shape::System => one_of(SYSTEM_WORDS),
        Shape::Specifier => json!({
            "type": SCALAR,
            "pattern": r"^(\./)?[A-Za-z0-9@_.-]+(/[A-Za-z0-9@_.-]+)*\n?$",
        }),
        Shape::Required => json!({ "anyOf": [kinds(&[]), exports()] }),
        Shape::Exports => exports(),
        Shape::Same => json!({
            "anyOf": [{ "enum": [true, "true"] }, list(1, prose())],
        }),
        Shape::Count => whole(1, 5_000_000, "^[0-9]+$"),
        Shape::Status => whole(200, 599, "^[2-5][0-9][0-9]$"),
        Shape::Headers => by_name(0, "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", text()),
        Shape::Trace => refer("trace"),
        Shape::SomeTrace => some_trace(),
        Shape::Traces => list(2, some_trace()),
        Shape::Alternatives => list(2, definition("trace")),
        Shape::Lines => by_name(
            2,
            "",
            json!({ "type": SCALAR, "pattern": r"^([^\n]+\n?|\n)$" }),
        ),
        Shape::Chains => list(1, definition("chain")),
        Shape::Chain => list(2, text()),
        Shape::Variants => by_name(1, &variant(), definition("trace")),
        Shape::Questions => list(1, definition("question")),
        Shape::RightChoices => right(),
        Shape::Choices => list(1, definition("choice")),
        Shape::Order => list(2, prose()),
        Shape::Distractors => list(1, prose()),
        Shape::Blanks => by_name(
            1,
            "",
            json!({
                "type": or_scalar(&["array"]),
                "pattern": PROSE,
                "minItems": 1,
                "items": prose(),
            }),
        ),
        Shape::Pairs => by_name(2, "", prose()),
        Shape::Answers => by_name(0, "", definition("answer")),
    }
}

/// What a scalar may be for an editor: for us each counts as it is written.
const SCALAR: [&str; 4] = ["string", "number", "boolean", "null"];
/// A text with something in it.
const PROSE: &str = r"\S";
/// `20`, `18-20`, `20+`.
const VERSIONS: &str = r"[0-9]+(\+|-[0-9]+)?";
/// Parts with `/` between them, of characters that every system allows.
const FILE_PATH: &str = r#"^[^/\\:*?"<>|]+(/[^/\\:*?"<>|]+)*$"#;

/// What a module gives by name.
fn exports() -> Value {
    let export = json!({ "anyOf": [kinds(&[MISSING]), definition("value")] });
    by_name(1, "", export)
}

/// The kinds of values, and other words. An editor reads `null` where that word stands.
fn kinds(others: &[&str]) -> Value {
    let words = KIND_WORDS.iter().map(|(word, _)| word).chain(others);
    let words = words.map(|word| Value::from(*word));
    json!({ "enum": words.chain([Value::Null]).collect::<Value>() })
}

fn or_scalar(others: &[&str]) -> Value {
    SCALAR.iter().chain(others).copied().collect()
}

/// A whole number, or a text that is one.
fn whole(from: u32, to: u32, written: &str) -> Value {
    json!({
        "type": ["integer", "string"],
        "minimum": from,
        "maximum": to,
        "pattern": written,
    })
}

fn text() -> Value {
    json!({ "type": SCALAR })
}

fn prose() -> Value {
    json!({ "type": SCALAR, "pattern": PROSE })
}

fn line() -> Value {
    json!({ "type": SCALAR, "pattern": r"^[^\n]+\n?$" })
}

fn like() -> String {
    let holes: Vec<&str> = HOLES.iter().map(|(hole, _)| *hole).collect();
    format!(r"^[^\n]*\{{({})\}}[^\n]*\n?$", holes.join("|"))
}

fn variant() -> String {
    let [one, other] = [ModuleSystem::CommonJs, ModuleSystem::Esm].map(ModuleSystem::word);
    format!("^(otherwise|({one}|{other})( {VERSIONS})?|{VERSIONS})$")
}

/// One choice, or a list of them.
fn right() -> Value {
    let mut schema = choice();
    let _ = schema.remove("description");
    schema.insert("type".into(), or_scalar(&["array", "object"]));
    schema.insert("minItems".into(), 1.into());
    schema.insert("items".into(), definition("choice"));
    schema.into()
}

/// A word of a table.
fn one_of<T>(of: &[(&str, T)]) -> Value {
    let words: Vec<&str> = of.iter().map(|(word, _)| *word).collect();
    json!({ "enum": words })
}

/// A list of so many members at least.
fn list(least: usize, member: Value) -> Value {
    let mut schema = map(json!({ "type": "array", "items": member }));
    if least > 0 {
        schema.insert("minItems".into(), least.into());
    }
    schema.into()
}

/// A mapping with the author's own keys, so many at least; each name matches the pattern, if there is one.
fn by_name(least: usize, names: &str, value: Value) -> Value {
    let mut schema = map(json!({ "type": "object", "additionalProperties": value }));
    if least > 0 {
        schema.insert("minProperties".into(), least.into());
    }
    if !names.is_empty() {
        schema.insert("propertyNames".into(), json!({ "pattern": names }));
    }
    schema.into()
}

fn definition(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// The definition beside a description: beside a plain `$ref`, draft 7 takes no notice of anything.
///
/// Editors show the innermost description, so such a definition has none: that of the key says more.
fn refer(name: &str) -> Value {
    json!({ "allOf": [definition(name)] })
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_that_is_read_is_in_a_schema_and_no_other() {
        let (exercise, quiz, answers) = (exercise(), quiz(), answers());
        let tables: [(&Table, &Value, &str); 13] = [
            (&EXERCISE, &exercise, ""),
            (&TEST, &exercise, "/definitions/test"),
            (&MADE, &exercise, "/definitions/file"),
            (&LIMITS_TABLE, &exercise, "/definitions/limits"),
            (&MODULE, &exercise, "/definitions/module"),
            (&EXPORT, &exercise, "/definitions/value"),
            (&STEP, &exercise, "/definitions/trace"),
            (&BEFORE_ENTRY, &exercise, "/definitions/chain"),
            (&QUIZ, &quiz, ""),
            (&QUESTION, &quiz, "/definitions/question"),
            (&CHOICE, &quiz, "/definitions/choice"),
            (&FILE, &answers, ""),
            (&PREDICTION, &answers, "/definitions/answer"),
        ];
        for (table, schema, at) in tables {
            let object = schema.pointer(at).expect(table.what);
            let known = object["properties"].as_object().expect("keys");
            let known: Vec<&str> = known.keys().map(String::as_str).collect();
            let read: Vec<&str> = table.keys.iter().map(|key| key.name).collect();
            assert_eq!(known, read, "{}", table.what);
        }
        // What no question can have is in none of its traces.
        let step = quiz.pointer("/definitions/trace/properties");
        let step = step.and_then(Value::as_object).expect("keys");
        let left_out: Vec<&str> = STEP
            .keys
            .iter()
            .map(|key| key.name)
            .filter(|name| !step.contains_key(*name))
            .collect();
        assert_eq!(left_out, ["like", "matches", "repeat", "times", "variants"]);
    }

    #[test]
    fn every_key_says_what_it_is_for_in_sentences() {
        for table in [
            &EXERCISE,
            &TEST,
            &LIMITS_TABLE,
            &MODULE,
            &EXPORT,
            &STEP,
            &BEFORE_ENTRY,
            &QUIZ,
            &QUESTION,
            &CHOICE,
            &FILE,
            &PREDICTION,
        ] {
            let abouts = table.keys.iter().map(|key| (key.name, key.about));
            for (name, about) in abouts.chain([(table.what, table.about)]) {
                assert!(
                    about.ends_with('.') && !about.contains("  "),
                    "{name}: {about}"
                );
            }
        }
    }
}
