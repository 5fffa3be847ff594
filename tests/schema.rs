//! The JSON Schemas of what authors and students write, held against the files themselves by somebody else's validator.
//!
//! `TICKMARK_ACCEPT=1 cargo test --test schema` writes the schemas anew into `tests/schema/`, without the list of
//! rules, which changes with every rule: read the difference before you keep it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tickmark::course;
use tickmark::program::{Files, RelPath};

const QUIZ: &str = include_str!("quiz/quiz.yaml");
const EXERCISE_TEMPLATE: &str = include_str!("../src/cli/new/exercise/exercise.yaml");
const QUIZ_TEMPLATE: &str = include_str!("../src/cli/new/quiz.yaml");

/// An exercise with every key that a test and a step can have.
const EVERYTHING: &str = r#"format: 1
title: In order
entry: main
extra: ignore
tests:
  - name: in order
    points: 2.5
    args: [1, no, ~, x]
    stdin: 12
    env: { A: 1, b_2: yes }
    files: { a/b.txt: "x", c: 1.10 }
    node: 20
    needs: [children, loopback]
    limits: { cpu: 2 s, memory: 256 MB, output: 64KB }
    trace:
      - start
      - 1
      - text: |
          a
          b
        rule: thread-pool
      - like: "took {number} ms"
        because: own words
      - matches: "a+"
      - any-order: [a, [b, c]]
      - interleave: ["a\nb", { optional: c }]
      - either: ["", x]
      - repeat: tick
        times: 3
      - repeat: { matches: "b" }
        times: [1, any]
      - lines: { a: 1, b: "two\n", 3: c }
        before: [[a, b], { chain: [b, 3], rule: thread-pool }]
    exit: 3
    stderr: ""
    extra: fail
    hint: This way.
  - name: driven
    hidden: true
    run: driver.mjs
    node: 18-20
    trace:
      variants: { commonjs: ~, esm 18-19: b, esm 20: c }
    throws: "TypeError: {any}"
  - name: loaded
    module:
      is: esm
      load: ./lib/a.mjs
      require: { a: function, b: null, c: { text: 1.0 }, d: { json: "[1]" } }
      import: { a: missing }
      same: [a, 1]
      quiet: true
"#;

const ANSWERS: &str = r#"format: 1
quiz: loop/quiz
answers:
  drain: After every callback
  alive: [an immediate, a timeout, an open socket]
  phases: [timers, pending callbacks, "idle, prepare", poll, check, close callbacks]
  reads: [start, b, a, end]
  queues: { trace: "tick\nmicro", only: true }
  race: { trace: 1 }
  exports: { 1: " exports ", own: console.log }
  systems: { require: CommonJS, import: ES modules, module.exports: CommonJS }
"#;

/// A schema, ready to hold files against.
struct Schema {
    schemas: boon::Schemas,
    index: boon::SchemaIndex,
}

impl Schema {
    fn of(schema: Value) -> Self {
        let mut schemas = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        compiler.add_resource("it.json", schema).expect("added");
        let index = compiler.compile("it.json", &mut schemas).expect("a schema");
        Schema { schemas, index }
    }

    fn exercise() -> Self {
        Schema::of(course::exercise_schema())
    }

    fn quiz() -> Self {
        Schema::of(course::quiz_schema())
    }

    /// What is wrong in a file, one line each: where, and what.
    fn wrong(&self, yaml: &str) -> Vec<String> {
        match self.schemas.validate(&as_editors_see(yaml), self.index) {
            Ok(()) => Vec::new(),
            Err(error) => {
                let mut lines = Vec::new();
                leaves(&error, &mut lines);
                lines
            }
        }
    }
}

fn leaves(error: &boon::ValidationError<'_, '_>, lines: &mut Vec<String>) {
    if error.causes.is_empty() {
        lines.push(format!("{}: {}", error.instance_location, error.kind));
    }
    for cause in &error.causes {
        leaves(cause, lines);
    }
}

/// The file as JSON: scalars are what YAML makes of them, and every key is a text.
fn as_editors_see(yaml: &str) -> Value {
    fn json_of(value: serde_yaml::Value) -> Value {
        match value {
            serde_yaml::Value::Sequence(members) => members.into_iter().map(json_of).collect(),
            serde_yaml::Value::Mapping(entries) => {
                let entries = entries
                    .into_iter()
                    .map(|(key, value)| (key_of(&key), json_of(value)));
                Value::Object(entries.collect())
            }
            scalar => serde_json::to_value(scalar).expect("a scalar"),
        }
    }
    json_of(serde_yaml::from_str(yaml).expect("YAML"))
}

fn key_of(key: &serde_yaml::Value) -> String {
    match key {
        serde_yaml::Value::String(text) => text.clone(),
        other => serde_yaml::to_string(other)
            .expect("a key")
            .trim()
            .to_owned(),
    }
}

fn files_below(folder: &str, name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop().filter(|folder| folder.is_dir()) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.to_string_lossy().ends_with(name) => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_published_schemas_are_kept() {
    let schemas = [
        ("exercise", course::exercise_schema()),
        ("quiz", course::quiz_schema()),
        ("answers", course::answers_schema()),
    ];
    for (name, mut schema) in schemas {
        if let Some(rule) = schema.pointer_mut("/definitions/rule") {
            let ids: Vec<&str> = tickmark::rules::all().map(|rule| rule.id).collect();
            assert_eq!(rule["enum"], json!(ids));
            assert_eq!(
                rule["enumDescriptions"].as_array().map(Vec::len),
                Some(ids.len())
            );
            rule["enum"] = json!(["…"]);
            rule["enumDescriptions"] = json!(["…"]);
        }
        let path = Path::new("tests/schema").join(format!("{name}.json"));
        let text = format!("{schema:#}\n");
        if std::env::var_os("TICKMARK_ACCEPT").is_some() {
            fs::write(&path, text).expect("written");
        } else {
            let kept = fs::read_to_string(&path).expect("a schema");
            assert_eq!(
                text,
                kept,
                "{} is no longer what is published",
                path.display()
            );
        }
    }
}

#[test]
fn every_key_is_documented() {
    let schemas = [
        course::exercise_schema(),
        course::quiz_schema(),
        course::answers_schema(),
    ];
    for schema in schemas {
        let definitions = schema["definitions"].as_object().expect("definitions");
        for object in definitions.values().chain([&schema]) {
            for (name, key) in object["properties"].as_object().into_iter().flatten() {
                assert!(key["description"].is_string(), "{name}");
            }
        }
    }
}

#[test]
fn what_is_right_is_right_for_editors() {
    let (exercise, quiz) = (Schema::exercise(), Schema::quiz());
    let exercises = files_below("exercises", "exercise.yaml");
    assert!(exercises.len() >= 8, "the course was not found");
    for path in exercises {
        let yaml = fs::read_to_string(&path).expect("an exercise");
        assert_eq!(exercise.wrong(&yaml), [""; 0], "{}", path.display());
    }
    let quizzes = files_below("quizzes", ".yaml");
    assert!(quizzes.len() >= 8, "the course was not found");
    for path in quizzes {
        let yaml = fs::read_to_string(&path).expect("a quiz");
        assert_eq!(quiz.wrong(&yaml), [""; 0], "{}", path.display());
    }
    for yaml in [EXERCISE_TEMPLATE, EVERYTHING] {
        assert_eq!(exercise.wrong(yaml), [""; 0]);
        assert_eq!(read_exercise(yaml), [""; 0]);
    }
    for yaml in [QUIZ_TEMPLATE, QUIZ] {
        assert_eq!(quiz.wrong(yaml), [""; 0]);
        assert_eq!(read_quiz(yaml), [""; 0]);
    }
    assert_eq!(Schema::of(course::answers_schema()).wrong(ANSWERS), [""; 0]);
    assert_eq!(read_answers(ANSWERS), [""; 0]);
}

/// What the reader says of an exercise.
fn read_exercise(yaml: &str) -> Vec<String> {
    read(&[
        ("exercises/loop/order/exercise.yaml", yaml),
        ("exercises/loop/order/task.md", "Do it.\n"),
        ("exercises/loop/order/starter/main.mjs", ""),
        (
            "exercises/loop/order/solution/main.mjs",
            "console.log('start')\n",
        ),
        (
            "exercises/loop/order/files/driver.mjs",
            "await import(process.env.TICKMARK_ENTRY)\n",
        ),
    ])
}

fn read_quiz(yaml: &str) -> Vec<String> {
    read(&[("quizzes/loop/quiz.yaml", yaml)])
}

fn read(files: &[(&str, &str)]) -> Vec<String> {
    let files = course_files(files);
    let problems = course::read(&files).1;
    problems.iter().map(ToString::to_string).collect()
}

fn course_files(files: &[(&str, &str)]) -> Files {
    let files = files.iter();
    files
        .map(|(path, text)| (RelPath::new(path).expect("a path"), text.as_bytes().into()))
        .collect()
}

fn read_answers(yaml: &str) -> Vec<String> {
    let (course, _) = course::read(&course_files(&[("quizzes/loop/quiz.yaml", QUIZ)]));
    let read = course::read_answers("answers.yaml", yaml.as_bytes(), &course);
    let problems = read.err().unwrap_or_default();
    problems.iter().map(ToString::to_string).collect()
}

/// The file of a case of `tests/problems/` that a schema is about, and that schema's name.
fn file_of(case: &str) -> Option<(&'static str, String)> {
    let text = fs::read_to_string(format!("tests/problems/{case}.case")).expect("a case");
    let (before, _) = text.split_once("--- says\n").expect("what it says");
    let section = |header: &str| {
        let (_, rest) = before.split_once(&format!("--- {header}\n"))?;
        Some(rest.split("\n--- ").next().unwrap_or(rest).to_owned())
    };
    let quiz = || section("quizzes/loop/phases.yaml").map(|yaml| ("quiz", yaml));
    let exercise = || section("exercise.yaml").map(|yaml| ("exercise", yaml));
    let trace = || {
        let lines: Vec<String> = section("trace")?
            .lines()
            .map(|line| format!("      {line}"))
            .collect();
        let head = "format: 1\ntitle: x\nentry: main\ntests:\n  - name: x\n    trace:\n";
        Some(("exercise", format!("{head}{}\n", lines.join("\n"))))
    };
    exercise().or_else(trace).or_else(quiz)
}

/// Cases of `tests/problems/` whose problems a schema can see: for each, where it sees one, and a word of what it says.
///
/// The validator says of a key's name no place, since it is no value of the file.
const SEEN: &[(&str, &[(&str, &str)])] = &[
    ("key-unknown", &[("/tests/0", "'point'")]),
    ("key-unknown-far", &[("/tests/0", "'weight'")]),
    ("key-unknown-top", &[("", "'tilte'"), ("", "'title'")]),
    (
        "key-missing",
        &[("/tests/0", "'trace'"), ("/tests/1", "'name'")],
    ),
    ("key-missing-top", &[("", "'tests'")]),
    ("kind-of-file", &[("", "object")]),
    ("tests-none", &[("/tests", "min")]),
    ("tests-mapping", &[("/tests", "array")]),
    ("format-newer", &[("/format", "")]),
    ("format-word", &[("/format", "")]),
    (
        "title-bad",
        &[("/title", ""), ("/tests/0/name", ""), ("/tests/0/hint", "")],
    ),
    ("name-blank", &[("/tests/0/name", "")]),
    (
        "module",
        &[
            ("/tests/1/module", "object"),
            ("/tests/2/module/is", ""),
            ("/tests/2/module", "'kind'"),
            ("/tests/3/module/load", ""),
            ("/tests/3/module/quiet", ""),
            ("/tests/5/module/import", "object"),
            ("/tests/6/module/import", "min"),
            ("/tests/7/module/require/sum", ""),
            ("/tests/8/module/same/2", ""),
            ("/tests/10/module/same", ""),
        ],
    ),
    ("entry-ending", &[("/entry", "")]),
    ("entry-path", &[("/entry", "")]),
    (
        "points",
        &[
            ("/tests/0/points", ""),
            ("/tests/1/points", ""),
            ("/tests/3/points", ""),
        ],
    ),
    ("hidden-yes", &[("/tests/0/hidden", "")]),
    ("extra-word", &[("/tests/0/extra", "")]),
    (
        "args-kind",
        &[("/tests/0/args", "array"), ("/tests/1/args/0", "")],
    ),
    ("env", &[("", "'1A'")]),
    ("files-paths", &[("", "'/y'"), ("", "'q?'")]),
    ("run-missing", &[("/tests/1/run", "")]),
    (
        "node",
        &[
            ("/tests/0/node", ""),
            ("/tests/1/node", ""),
            ("/tests/2/node", ""),
        ],
    ),
    (
        "needs",
        &[("/tests/0/needs/0", ""), ("/tests/0/needs/3", "")],
    ),
    (
        "limits",
        &[
            ("/tests/0/limits", "'time'"),
            ("/tests/0/limits/cpu", ""),
            ("/tests/0/limits/memory", ""),
        ],
    ),
    (
        "exit",
        &[
            ("/tests/0/exit", ""),
            ("/tests/1/exit", ""),
            ("/tests/2/exit", ""),
        ],
    ),
    (
        "throws",
        &[("/tests/1/throws", ""), ("/tests/2/throws", "")],
    ),
    (
        "rule-unknown",
        &[("/tests/0/trace/0/rule", ""), ("/tests/0/trace/1/rule", "")],
    ),
    (
        "rule-because",
        &[
            ("/tests/0/trace/0/rule", ""),
            ("/tests/0/trace/1/because", ""),
        ],
    ),
    (
        "trace-two-kinds",
        &[
            ("/tests/0/trace/0/text", ""),
            ("/tests/0/trace/1", ""),
            ("/tests/0/trace/2", ""),
        ],
    ),
    (
        "trace-partners",
        &[
            ("/tests/0/trace/0/times", ""),
            ("/tests/0/trace/1/times", ""),
            ("/tests/0/trace/2", "'repeat'"),
            ("/tests/0/trace/3", "'lines'"),
        ],
    ),
    (
        "trace-groups",
        &[
            ("/tests/0/trace/0/any-order", ""),
            ("/tests/0/trace/1/interleave", ""),
            ("/tests/0/trace/2/either", ""),
        ],
    ),
    (
        "trace-kinds",
        &[
            ("/tests/0/trace/0/optional/0/any-order/1/text", ""),
            ("/tests/0/trace/1/either/1/like", ""),
        ],
    ),
    (
        "trace-times",
        &[
            ("/tests/0/trace/0", "'times'"),
            ("/tests/0/trace/1/times", ""),
            ("/tests/0/trace/4/times", ""),
            ("/tests/0/trace/5/times", ""),
            ("/tests/0/trace/6/times", ""),
            ("/tests/0/trace/7/times", ""),
        ],
    ),
    (
        "trace-like",
        &[
            ("/tests/0/trace/0/like", ""),
            ("/tests/0/trace/1/like", ""),
            ("/tests/0/trace/4/like", ""),
            ("/tests/0/trace/5/like", ""),
        ],
    ),
    (
        "trace-empty-member",
        &[
            ("/tests/0/trace/1", ""),
            ("/tests/0/trace/2/any-order/1", ""),
            ("/tests/0/trace/3/text", ""),
            ("/tests/0/trace/4/optional", ""),
        ],
    ),
    ("trace-empty-list", &[("/tests/0/trace", "min")]),
    (
        "lines-shape",
        &[
            ("/tests/0/trace/0/before/0", ""),
            ("/tests/0/trace/1/before/1", "'chian'"),
            ("/tests/0/trace/2/before", ""),
            ("/tests/0/trace/3/lines", ""),
            ("/tests/0/trace/4/lines", ""),
        ],
    ),
    (
        "lines-one",
        &[
            ("/tests/0/trace/lines/a", ""),
            ("/tests/0/trace/lines/b", ""),
        ],
    ),
    ("variants-keys", &[("", "'ESM'")]),
    ("variants-none", &[("/tests/0/trace/variants", "min")]),
    (
        "yaml-step-slip",
        &[
            ("/tests/0/trace/0", "'any-oder'"),
            ("/tests/0/trace/1", "'anyorder'"),
            ("/tests/0/trace/2", "'becuase'"),
        ],
    ),
    ("yaml-step-unknown", &[("/tests/0/trace/1", "'slow'")]),
    ("yaml-hole", &[("/tests/0/trace/like", "string")]),
    ("quiz-none", &[("/questions", "array")]),
    (
        "quiz-kinds",
        &[
            ("/questions/0/right", ""),
            ("/questions/1", ""),
            ("/questions/2/ask", ""),
            ("/questions/2", "'worng'"),
            ("/questions/2", "'wrong'"),
        ],
    ),
    (
        "quiz-partners",
        &[
            ("/questions/0/module", ""),
            ("/questions/0", "'wrong'"),
            ("/questions/1", "'module'"),
            ("/questions/1", "'trace'"),
            ("/questions/2/before", ""),
        ],
    ),
    (
        "quiz-choices",
        &[
            ("/questions/1/right", "min"),
            ("/questions/1/wrong/0", "'becuase'"),
            ("/questions/1/wrong/1", "'text'"),
        ],
    ),
    (
        "quiz-order",
        &[("/questions/0/order", ""), ("/questions/3/order", "array")],
    ),
    (
        "quiz-fill",
        &[("/questions/0/fill", ""), ("/questions/1/blanks/1", "min")],
    ),
    ("quiz-match", &[("/questions/0/match", "min")]),
    ("quiz-rule", &[("/questions/0/rule", "")]),
    (
        "quiz-predict",
        &[
            ("/questions/0/program", ""),
            ("/questions/0/module", ""),
            ("/questions/0/trace/0", "'like'"),
            ("/questions/0/trace/1", "'matches'"),
            ("/questions/0/trace/2", "'repeat'"),
            ("/questions/1/trace", "'variants'"),
        ],
    ),
];

#[test]
fn what_is_wrong_is_underlined_where_it_is_wrong() {
    let (exercise, quiz) = (Schema::exercise(), Schema::quiz());
    for (case, places) in SEEN {
        let (schema, yaml) = file_of(case).unwrap_or_else(|| panic!("{case} has no such file"));
        let wrong = match schema {
            "quiz" => quiz.wrong(&yaml),
            _ => exercise.wrong(&yaml),
        };
        for (place, word) in *places {
            let is_said = |line: &&String| {
                line.split_once(": ")
                    .is_some_and(|(at, said)| at == *place && said.contains(word))
            };
            assert!(
                wrong.iter().any(|line| is_said(&line)),
                "{case}: nothing of {word} at {place:?} in\n{}",
                wrong.join("\n")
            );
        }
    }
}

#[test]
fn cases_without_a_problem_are_right_for_editors() {
    let exercise = Schema::exercise();
    let mut seen = 0;
    for path in files_below("tests/problems", ".case") {
        let text = fs::read_to_string(&path).expect("a case");
        let case = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if text.ends_with("--- says\nnothing\n")
            && let Some(("exercise", yaml)) = file_of(&case)
        {
            assert_eq!(exercise.wrong(&yaml), [""; 0], "{case}");
            seen += 1;
        }
    }
    assert!(seen >= 1, "the cases were not found");
}

/// Values of every kind, to put in the place of any other.
fn samples() -> Vec<serde_yaml::Value> {
    let samples = "[x, '', ' ', 'a b', \"a\\nb\\n\", \"\\n\", 1, 0, 1.5, 20, 300, true, null, '1', 20+, 18-22, main.mjs, \
        driver.mjs, '{any}', '[[1]]', 2 s, 256 MB, warn, esm, children, thread-pool, [], {}, [a], [a, b], [[a, b]], \
        [1, any], [{ text: a }, b], { a: b }, { a: b, c: d }, { text: a }, { like: '{any}' }, \
        { repeat: a, times: 2 }, { lines: { a: b, c: d }, before: [[a, c]] }, { chain: [a, b] }, \
        { commonjs: a, otherwise: b }, { trace: a, only: true }, { 1: [a, b] }]";
    match serde_yaml::from_str(samples).expect("samples") {
        serde_yaml::Value::Sequence(samples) => samples,
        _ => panic!("a list"),
    }
}

/// The file with each of its values replaced by each of the samples, left out, or given to another key.
fn changed(file: &serde_yaml::Value, samples: &[serde_yaml::Value]) -> Vec<serde_yaml::Value> {
    let mut all: Vec<serde_yaml::Value> = samples.to_vec();
    match file {
        serde_yaml::Value::Sequence(members) => {
            for at in 0..members.len() {
                let with = |member: Option<serde_yaml::Value>| {
                    let mut members = members.clone();
                    let _ = members.splice(at..=at, member).count();
                    serde_yaml::Value::Sequence(members)
                };
                all.push(with(None));
                let inside = changed(&members[at], samples);
                all.extend(inside.into_iter().map(|member| with(Some(member))));
            }
        }
        serde_yaml::Value::Mapping(entries) => {
            for (key, value) in entries {
                let mut without = entries.clone();
                without.remove(key);
                for other in [
                    "text", "x", "repeat", "because", "rule", "3", "esm", "hint", "only",
                ] {
                    let mut renamed = without.clone();
                    renamed.insert(other.into(), value.clone());
                    all.push(renamed.into());
                }
                all.push(without.into());
                for inside in changed(value, samples) {
                    let mut entries = entries.clone();
                    entries.insert(key.clone(), inside);
                    all.push(entries.into());
                }
            }
        }
        _ => {}
    }
    all
}

/// Whatever the reader accepts, an editor accepts; and of what it rejects, so many of a hundred are seen by an editor.
#[track_caller]
fn hold_against_the_reader(
    file: &str,
    schema: &Schema,
    seen_at_least: usize,
    read: impl Fn(&str) -> Vec<String>,
) {
    assert_eq!(read(file), [""; 0]);
    let file: serde_yaml::Value = serde_yaml::from_str(file).expect("YAML");
    let (mut right, mut seen, mut unseen) = (0, 0, 0);
    for changed in changed(&file, &samples()) {
        let yaml = serde_yaml::to_string(&changed).expect("YAML");
        let (problems, wrong) = (read(&yaml), schema.wrong(&yaml));
        match (problems.is_empty(), wrong.is_empty()) {
            (true, true) => right += 1,
            (true, false) => panic!(
                "{}\nis wrong for editors only, in\n{yaml}",
                wrong.join("\n")
            ),
            (false, false) => seen += 1,
            (false, true) => unseen += 1,
        }
    }
    let share = 100 * seen / (seen + unseen);
    assert!(
        right > 100 && share >= seen_at_least,
        "right {right}, seen {seen}, unseen {unseen}"
    );
}

#[test]
fn whatever_the_reader_accepts_in_an_exercise_an_editor_accepts() {
    hold_against_the_reader(EVERYTHING, &Schema::exercise(), 90, read_exercise);
}

#[test]
fn whatever_the_reader_accepts_in_a_quiz_an_editor_accepts() {
    hold_against_the_reader(QUIZ, &Schema::quiz(), 90, read_quiz);
}

#[test]
fn whatever_the_reader_accepts_in_answers_an_editor_accepts() {
    hold_against_the_reader(
        ANSWERS,
        &Schema::of(course::answers_schema()),
        40,
        read_answers,
    );
}
