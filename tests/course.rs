//! Content as authors write it: what is read from it, and what they are told where something is wrong.
//!
//! A case is a file under `problems/`: a line that says what it shows, then sections. `--- trace` is a trace alone,
//! `--- exercise.yaml` one file of the exercise `loop/order`, whose other files are right, `--- without task.md` takes
//! one of those away, and `--- quizzes/loop/phases.yaml` is a file of the course by its whole path. The last section,
//! `--- says`, holds the problems. `TICKMARK_ACCEPT=1 cargo test --test course` writes what is said now into all cases:
//! read them before you keep them.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tickmark::course::{self, Asked, Exit, Kind, Modules, Need};
use tickmark::problem::Problem;
use tickmark::program::{Files, ModuleSystem, RelPath};
use tickmark::trace::{Extra, Step, Times};

const EXERCISE: &str = "exercises/loop/order";

/// An exercise with nothing wrong in it.
const GOOD: &[(&str, &str)] = &[
    (
        "exercise.yaml",
        "format: 1\ntitle: In order\nentry: main\ntests:\n  - name: in order\n    trace: |\n      start\n      end\n",
    ),
    ("task.md", "Print `start`, then `end`.\n"),
    ("starter/main.mjs", "console.log('start')\n"),
    (
        "solution/main.mjs",
        "console.log('start')\nconsole.log('end')\n",
    ),
    (
        "wrong/backwards/main.cjs",
        "// loses: in order\nconsole.log('end')\nconsole.log('start')\n",
    ),
    (
        "files/driver.mjs",
        "await import(process.env.TICKMARK_ENTRY)\n",
    ),
];

struct Case {
    says: String,
    before: String,
    sections: Vec<(String, String)>,
}

impl Case {
    fn read(path: &Path) -> Case {
        let text = fs::read_to_string(path).expect("a case");
        let (before, says) = text
            .split_once("--- says\n")
            .unwrap_or_else(|| panic!("{} has no `--- says`", path.display()));
        let mut sections: Vec<(String, String)> = Vec::new();
        for line in before.lines() {
            match (line.strip_prefix("--- "), sections.last_mut()) {
                (Some(name), _) => sections.push((name.to_owned(), String::new())),
                (None, Some((_, text))) => *text += &format!("{line}\n"),
                (None, None) => {}
            }
        }
        Case {
            says: says.to_owned(),
            before: before.to_owned(),
            sections,
        }
    }

    fn said(&self) -> String {
        let problems = match self.sections.as_slice() {
            [(name, text)] if name == "trace" => course::read_trace(text).err().unwrap_or_default(),
            sections => course::read(&files(sections)).1,
        };
        let shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
        match shown.is_empty() {
            true => "nothing\n".to_owned(),
            false => format!("{}\n", shown.join("\n\n")),
        }
    }
}

fn files(sections: &[(String, String)]) -> Files {
    let mut files = Files::default();
    let mut insert = |path: &str, text: &str| {
        let path = RelPath::new(path).expect("a path");
        files.insert(path, text.as_bytes());
    };
    let without: Vec<&str> = sections
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("without "))
        .collect();
    let is_without = |path: &str| {
        let folder = path.split('/').next();
        without
            .iter()
            .any(|name| path == *name || folder == Some(*name))
    };
    for (path, text) in GOOD.iter().filter(|(path, _)| !is_without(path)) {
        insert(&format!("{EXERCISE}/{path}"), text);
    }
    for (name, text) in sections {
        if name.starts_with("exercises/") || name.starts_with("quizzes/") {
            insert(name, text);
        } else if !name.starts_with("without ") {
            insert(&format!("{EXERCISE}/{name}"), text);
        }
    }
    files
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/problems");
    let entries = fs::read_dir(folder).expect("the cases");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    cases
}

#[test]
fn every_problem_is_said_as_its_case_shows() {
    let accept = std::env::var_os("TICKMARK_ACCEPT").is_some();
    let mut differ = Vec::new();
    for path in cases() {
        let case = Case::read(&path);
        let said = case.said();
        if accept {
            fs::write(&path, format!("{}--- says\n{said}", case.before)).expect("written");
        } else if said != case.says {
            differ.push(format!("{}\nnow says\n{said}", path.display()));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// The example of the format, as it is documented.
const EXAMPLE: &str = r#"# yaml-language-server: $schema=exercise.schema.json
format: 1
title: Read both, then report
entry: main                    # exactly one of main.mjs, main.cjs, main.js; that Node decides the module system
tests:
  - name: prints in the order of the phases      # the simple case: literal lines, one accepted order
    points: 2                  # default 1
    trace: |
      start
      tick
      timeout
  - name: other files
    points: 3
    hidden: true               # students see only that it exists
    args: [x.txt, y.txt]       # also stdin:, env:, files: {x.txt: "text"} (exact bytes)
    stdin: "a\n"
    env: { GREETING: no }
    files: { x.txt: "text", data/y.txt: "more\n" }
    node: 20+                  # 18, 18-20, 20+
    needs: [loopback]          # loopback, children
    limits: { cpu: 2 s, memory: 256 MB, output: 64 KB }
    trace:
      - start
      - interleave: ["x opened\nx read", "y opened\ny read"]
        rule: thread-pool      # why the next thing may come only now
      - like: "took {number} ms"
    hint: Neither read waits for the other.
  - name: the module works with other input
    run: driver.mjs            # from files/
    trace: ok
    throws: "TypeError: {any}" # exit then 1 unless given
    stderr:
      repeat: { matches: ".*" }
      times: [1, any]
    extra: fail
"#;

fn with_exercise(yaml: &str) -> Files {
    files(&[
        ("exercise.yaml".into(), yaml.into()),
        (
            "wrong/backwards/main.cjs".into(),
            "// loses: other files\n// says: `start`\n".into(),
        ),
    ])
}

#[test]
fn the_documented_example_means_what_is_documented() {
    let (course, problems) = course::read(&with_exercise(EXAMPLE));
    assert_eq!(problems, []);
    let exercise = course.exercise("loop/order").expect("the exercise");
    assert_eq!(exercise.title, "Read both, then report");
    assert_eq!(exercise.entry, "main");
    let [simple, other, module] = exercise.tests.as_slice() else {
        panic!("three tests");
    };

    assert_eq!(simple.name, "prints in the order of the phases");
    assert_eq!(simple.points.to_string(), "2");
    assert!(!simple.hidden && simple.driver.is_none() && simple.hint.is_none());
    assert_eq!(simple.extra, Extra::Warn);
    assert!(matches!(&simple.expected.exit, Exit::Code(0)));
    assert!(simple.expected.stderr.is_none());
    let Step::Text(lines) = &simple.expected.trace.step else {
        panic!("a text");
    };
    assert_eq!(lines, &["start", "tick", "timeout"]);

    assert!(other.hidden);
    assert_eq!(other.input.args, ["x.txt", "y.txt"]);
    assert_eq!(other.input.stdin, b"a\n");
    assert_eq!(other.input.env, [("GREETING".into(), "no".into())]);
    let mut own = Files::default();
    other.files.lay_over(&mut own);
    assert_eq!(own.get("x.txt").map(|text| &**text), Some(&b"text"[..]));
    assert_eq!(
        own.get("data/y.txt").map(|text| &**text),
        Some(&b"more\n"[..])
    );
    assert_eq!((other.node.from, other.node.to), (20, None));
    assert_eq!(other.needs, [Need::Loopback]);
    assert_eq!(other.limits.cpu, std::time::Duration::from_secs(2));
    assert_eq!(
        (other.limits.memory, other.limits.output),
        (256_000_000, 64_000)
    );
    assert_eq!(
        other.hint.as_deref(),
        Some("Neither read waits for the other.")
    );
    let Step::Sequence(steps) = &other.expected.trace.step else {
        panic!("a sequence");
    };
    let [start, both, took] = steps.as_slice() else {
        panic!("three steps");
    };
    assert!(matches!(&start.step, Step::Text(lines) if lines == &["start"]));
    let Step::Interleave(members) = &both.step else {
        panic!("an interleaving");
    };
    assert!(matches!(&members[0].step, Step::Text(lines) if lines == &["x opened", "x read"]));
    assert!(matches!(&members[1].step, Step::Text(lines) if lines == &["y opened", "y read"]));
    let reason = both.reason.as_ref().expect("a reason");
    let rule = tickmark::rules::find("thread-pool").expect("the rule");
    assert_eq!(reason.rule.as_deref(), Some("thread-pool"));
    assert_eq!(reason.words, rule.sentence);
    assert!(matches!(&took.step, Step::Pattern(like) if like.regex.is_match("took 12 ms")));

    assert_eq!(
        module.driver.as_ref().map(RelPath::as_str),
        Some("driver.mjs")
    );
    assert_eq!(module.extra, Extra::Fail);
    let Exit::Throws(error, 1) = &module.expected.exit else {
        panic!("an error and exit code 1");
    };
    assert!(error.regex.is_match("TypeError: x is not a function"));
    let stderr = module.expected.stderr.as_ref().expect("a trace");
    let any_number = Times {
        least: 1,
        most: None,
    };
    assert!(matches!(&stderr.step, Step::Repeat(_, times) if *times == any_number));

    assert_eq!(exercise.wrong[0].name, "backwards");
    assert_eq!(exercise.wrong[0].loses, ["other files"]);
    assert_eq!(exercise.wrong[0].says, ["`start`"]);
    assert_eq!(exercise.solutions[0].0, "solution");
    assert!(exercise.files.contains("driver.mjs") && exercise.starter.contains("main.mjs"));
    assert_eq!(exercise.task, "Print `start`, then `end`.\n");
}

const QUIZ: &str = r#"format: 1
title: Phases and queues
questions:
  - id: drain
    ask: When does Node empty the microtask queue?
    right: After every callback          # a list: choose several
    wrong:
      - Only between phases
      - { text: Once per turn of the loop, because: Both queues are emptied far more often. }
    rule: drain-after-callback
  - id: phases
    ask: Put the phases in order.
    order: [timers, pending callbacks, "idle, prepare", poll, check, close callbacks]
    distractors: [microtasks]
    rule: six-phases
  - id: queues
    ask: What does it print?
    module: commonjs                     # or esm; or both: one answer, right in each
    node: 22+                            # shown; required where versions differ
    program: |
      Promise.resolve().then(() => console.log('micro'))
      process.nextTick(() => console.log('tick'))
    trace: |                             # no like, matches or repeat here
      tick
      micro
    rule: next-tick-first
  - id: exports
    ask: Complete it.
    fill: "[[1]].answer = 42"
    blanks: { 1: [module.exports, exports] }
    rule: exports-alias
  - id: systems
    ask: Match.
    match: { require: CommonJS, import: ES modules }
    distractors: [AMD]
    rule: two-systems
  - id: some-order
    points: 0.5
    ask: Put them in an order that Node keeps.
    lines: { a: the timer, b: its microtask, c: the check phase }
    before: [[a, b]]
"#;

#[test]
fn the_documented_quiz_means_what_is_documented() {
    let (course, problems) = course::read(&files(&[
        ("quizzes/loop/phases.yaml".into(), QUIZ.into()),
        ("quizzes/README.md".into(), "x".into()),
    ]));
    assert_eq!(problems, []);
    let quiz = course.quiz("loop/phases").expect("the quiz");
    assert_eq!(quiz.title, "Phases and queues");
    let kinds: Vec<&Kind> = quiz
        .questions
        .iter()
        .map(|question| &question.kind)
        .collect();
    let [
        Kind::Choose {
            asked: Asked::One,
            right,
            wrong,
        },
        Kind::Order {
            items,
            order,
            distractors,
        },
        Kind::Predict {
            modules: Modules::One(ModuleSystem::CommonJs),
            node: Some(node),
            program,
            trace,
            only: true,
        },
        Kind::Fill { blanks, .. },
        Kind::Match { pairs, .. },
        Kind::Order {
            items: by_id,
            order: some_order,
            ..
        },
    ] = kinds.as_slice()
    else {
        panic!("six kinds");
    };
    assert_eq!(right[0].text, "After every callback");
    assert_eq!(
        wrong[1].because.as_deref(),
        Some("Both queues are emptied far more often.")
    );
    assert_eq!((items.len(), order.before.len()), (6, 5));
    assert_eq!(
        (items[2].id.as_str(), distractors.as_slice()),
        ("idle, prepare", &["microtasks".to_owned()][..])
    );
    assert_eq!((node.from, program.lines().count()), (22, 2));
    assert!(matches!(&trace.step, Step::Text(lines) if lines == &["tick", "micro"]));
    assert_eq!(
        blanks,
        &[(
            "1".to_owned(),
            vec!["module.exports".to_owned(), "exports".to_owned()]
        )]
    );
    assert_eq!(pairs[0], ("require".to_owned(), "CommonJS".to_owned()));
    assert_eq!(
        (by_id[1].id.as_str(), by_id[1].text.as_str()),
        ("b", "its microtask")
    );
    assert_eq!(
        (some_order.before[0].first, some_order.before[0].then),
        (0, 1)
    );
    assert_eq!(quiz.questions[5].points.to_string(), "0.5");
    assert!(quiz.questions[0].reason.is_some());
}

#[test]
fn what_is_broken_is_left_out_and_what_is_right_stays() {
    let broken = files(&[
        (
            "exercises/loop/broken/exercise.yaml".into(),
            "format: 1\n".into(),
        ),
        ("quizzes/loop/good.yaml".into(), QUIZ.into()),
        ("quizzes/loop/broken.yaml".into(), "format: 1\n".into()),
    ]);
    let (course, problems) = course::read(&broken);
    let exercises: Vec<&str> = course
        .exercises
        .iter()
        .map(|exercise| exercise.id.as_str())
        .collect();
    let quizzes: Vec<&str> = course.quizzes.iter().map(|quiz| quiz.id.as_str()).collect();
    assert_eq!(
        (exercises, quizzes),
        (vec!["loop/order"], vec!["loop/good"])
    );
    let places: Vec<_> = problems
        .iter()
        .map(|problem| problem.place.clone())
        .collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some));
}

/// Bytes that come near what authors write: pieces of YAML and of our keys, thrown together.
fn nearly_yaml() -> impl Strategy<Value = Vec<u8>> {
    let pieces = [
        "trace:",
        "- ",
        "  ",
        "\n",
        "\n  ",
        "\n    ",
        "text: ",
        "like: ",
        "{any}",
        "{",
        "}",
        "[",
        "]",
        ", ",
        ": ",
        "|\n",
        ">",
        "'",
        "\"",
        "\\",
        "#",
        " #",
        "&a ",
        "*a",
        "!!str ",
        "<<: ",
        "? ",
        "---\n",
        "...\n",
        "~",
        "é",
        "\u{feff}",
        "\t",
        "\r",
        "\r\n",
        "\u{2028}",
        "\0",
        "variants: ",
        "esm 20+: ",
        "lines: ",
        "before: ",
        "[[a, b]]",
        "a: ",
        "times: ",
        "repeat: ",
        "matches: ",
        "(a",
        "rule: ",
        "%YAML 1.2\n",
        "|2\n",
        "- - ",
        "format: 1\n",
        "tests:\n",
        "name: x\n",
    ];
    let piece = prop_oneof![
        9 => proptest::sample::select(pieces.to_vec()).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..4),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in nearly_yaml(), mistake in any::<Vec<u8>>()) {
        let mut files = files(&[]);
        for path in ["exercise.yaml", "task.md"] {
            files.insert(RelPath::new(&format!("{EXERCISE}/{path}")).unwrap(), bytes.clone());
        }
        files.insert(RelPath::new("quizzes/loop/a.yaml").unwrap(), bytes.clone());
        files.insert(RelPath::new(&format!("{EXERCISE}/wrong/a/main.js")).unwrap(), mistake);
        for problem in course::read(&files).1 {
            // Showing a problem must not fail either, and shows nothing that steers a terminal.
            let shown = problem.to_string();
            prop_assert!(!shown.contains(['\0', '\u{1b}', '\r', '\u{feff}']), "{shown:?}");
        }
        if let Ok(text) = std::str::from_utf8(&bytes)
            && let Err(problems) = course::read_trace(text)
        {
            prop_assert!(!problems.is_empty());
        }
    }
}

#[test]
fn every_program_of_the_catalogue_has_a_trace_that_can_be_read() {
    let mut ids = std::collections::BTreeSet::new();
    for rule in tickmark::rules::all() {
        assert!(ids.insert(rule.id), "{} is there twice", rule.id);
        for shown in rule.shown {
            let problems = course::read_trace(shown.trace).err().unwrap_or_default();
            let said: Vec<String> = problems.iter().map(Problem::to_string).collect();
            assert!(said.is_empty(), "{}: {}", rule.id, said.join("\n"));
        }
    }
}
