//! Whatever a program prints, whatever a student hands in and whatever it is called: nothing panics, and what is said
//! of it is true and steers no terminal.
//!
//! With `TICKMARK_LONG` set, there are ten times as many cases.

mod support;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use tickmark::course::{self, Course, Exercise};
use tickmark::grading::{self, Failure, Outcome, Policy, Verdict};
use tickmark::intake;
use tickmark::node::{self, Node, Report};
use tickmark::program::{Ending, Files, ModuleSystem, RelPath};
use tickmark::trace::{
    Answer, BUDGET, Before, Distance, Expectation, Extra, PartialOrder, Pattern, Piece, Printed,
    Reason, Row, Step, Times, judge, judge_within,
};

fn cases(number: u32) -> u32 {
    match env::var_os("TICKMARK_LONG") {
        Some(_) => number * 10,
        None => number,
    }
}

fn config(number: u32) -> ProptestConfig {
    ProptestConfig {
        cases: cases(number),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// A folder that no disk makes us wait for, where the system has such.
fn folder_in_memory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// A Node that is not there, so that nothing is run.
fn no_node(version: &str) -> Node {
    Node {
        path: "/no/such/node".into(),
        version: version.parse().unwrap(),
    }
}

/// Pieces put together, now and then with bytes of any kind between them.
fn thrown_together(
    pieces: &'static [&'static [u8]],
    most: usize,
) -> impl Strategy<Value = Vec<u8>> + Clone {
    let piece = prop_oneof![
        9 => one_of(pieces),
        1 => vec(any::<u8>(), 0..4),
    ];
    vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

fn one_of(pieces: &'static [&'static [u8]]) -> impl Strategy<Value = Vec<u8>> + Clone {
    select(pieces).prop_map(<[u8]>::to_vec)
}

fn is_harmless(text: &str) -> bool {
    !text.contains(|c: char| c.is_control() && c != '\n')
        && !text.contains(['\u{feff}', '\u{202e}'])
}

// --- What a program prints.

/// What an author may expect, and a program print.
const LINES: [&str; 10] = [
    "a",
    "b",
    "",
    "start",
    "\u{1b}[31mred\u{1b}[0m",
    "a\r",
    "\0",
    "\u{fffd}",
    "größe",
    "took 5 ms",
];

fn line() -> impl Strategy<Value = String> + Clone {
    select(&LINES[..]).prop_map(str::to_owned)
}

fn reason() -> impl Strategy<Value = Option<Reason>> + Clone {
    let reason = Reason {
        rule: Some("next-tick-first".into()),
        words: "because".into(),
    };
    prop::option::of(Just(reason))
}

fn pattern() -> impl Strategy<Value = Step> {
    const REGEXES: [&str; 5] = ["^(?:took [0-9]+ ms)$", "^(?s:.*)$", "^[^ ]+$", "^$", "^.$"];
    select(&REGEXES[..]).prop_map(|regex| {
        Step::Pattern(Pattern {
            written: regex.into(),
            regex: regex::Regex::new(regex).unwrap(),
        })
    })
}

fn partial_order() -> impl Strategy<Value = Step> {
    let before = vec((0..4usize, 0..4usize, reason()), 0..4);
    (vec(line(), 4), before).prop_map(|(lines, before)| {
        let before = before.into_iter().filter(|(first, then, _)| first < then);
        let before = before.map(|(first, then, reason)| Before {
            first,
            then,
            reason,
        });
        Step::Lines(PartialOrder {
            lines,
            before: before.collect(),
        })
    })
}

/// An expectation with every kind of step in it.
fn expectation() -> impl Strategy<Value = Expectation> {
    let with_reason = |(step, reason)| -> Expectation { Expectation { step, reason } };
    let leaf = prop_oneof![
        3 => vec(line(), 0..3).prop_map(Step::Text),
        1 => pattern(),
        1 => partial_order(),
    ];
    let leaf = (leaf, reason()).prop_map(with_reason);
    leaf.prop_recursive(3, 12, 3, move |inner| {
        let members = || vec(inner.clone(), 1..4);
        let times = (0..3u32, prop::option::of(0..3u32)).prop_map(|(least, more)| Times {
            least,
            most: more.map(|more| least + more),
        });
        let step = prop_oneof![
            members().prop_map(Step::Sequence),
            members().prop_map(Step::AnyOrder),
            members().prop_map(Step::Interleave),
            members().prop_map(Step::Either),
            inner
                .clone()
                .prop_map(|body| Step::Optional(Box::new(body))),
            (inner.clone(), times).prop_map(|(body, times)| Step::Repeat(Box::new(body), times)),
        ];
        (step, reason()).prop_map(with_reason)
    })
}

/// Marks of byte orders, pieces of characters, and commands to terminals.
const STRANGE: &[&[u8]] = &[
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xc3",
    b"\xf0\x9f\x98",
    b"\x1b]0;title\x07",
    b"\x9b2J",
];

/// What a program may print: lines that are expected, and everything that is none.
fn printed() -> impl Strategy<Value = Vec<u8>> {
    let end = select(&["\n", "\n", "\n", "\r\n", "\r", "", "\n\n"][..]);
    let piece = prop_oneof![
        12 => line().prop_map(String::into_bytes),
        3 => vec(any::<u8>(), 0..6),
        1 => one_of(STRANGE),
        1 => (any::<u8>(), 0..40_000usize).prop_map(|(byte, many)| vec![byte; many]),
        1 => (line(), 0..300usize).prop_map(|(line, many)| format!("{line}\n").repeat(many).into_bytes()),
    ];
    let lines = vec((piece, end), 0..12);
    lines.prop_map(|lines| {
        let lines = lines.into_iter();
        lines
            .flat_map(|(line, end)| [line, end.into()].concat())
            .collect()
    })
}

fn text_of(pieces: &[Piece]) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Same(text) | Piece::Changed(text) => text.clone(),
    };
    pieces.iter().map(text).collect()
}

/// The lines that a difference says were printed.
fn printed_in(rows: &[Row]) -> Vec<String> {
    let rows = rows.iter();
    let printed = rows.filter_map(|row| match row {
        Row::Same(line) => Some(line.clone()),
        Row::Printed(pieces) | Row::Extra(pieces) => Some(text_of(pieces)),
        Row::Expected(_) => None,
    });
    printed.collect()
}

/// How many lines a difference inserts and deletes.
fn changed_in(rows: &[Row], extra: Extra) -> usize {
    let is_changed = |row: &&Row| match row {
        Row::Same(_) => false,
        Row::Expected(_) | Row::Printed(_) => true,
        Row::Extra(_) => extra == Extra::Fail,
    };
    rows.iter().filter(is_changed).count()
}

/// The judge's own, and some so small that its searches end early now and then.
const BUDGETS: &[usize] = &[100, 3_000, BUDGET];

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn whatever_is_printed_is_judged(
        bytes in printed(),
        expected in expectation(),
        budget in select(BUDGETS),
    ) {
        let printed = Printed::from_bytes(&bytes);
        let mut answers = Vec::new();
        for extra in [Extra::Warn, Extra::Ignore, Extra::Fail] {
            let judgement = judge_within(&expected, &printed, extra, budget);
            prop_assert!(judgement.extra.iter().all(|at| *at < printed.lines.len()));
            prop_assert!(judgement.extra.is_sorted_by(|a, b| a < b));
            match &judgement.answer {
                Answer::Accepted => {
                    prop_assert!(extra != Extra::Fail || judgement.extra.is_empty());
                }
                Answer::Rejected(difference) => {
                    match difference.distance {
                        Distance::Exactly(lines) => {
                            prop_assert!(!difference.findings.is_empty());
                            prop_assert_eq!(changed_in(&difference.rows, extra), lines);
                        }
                        // Where the search was stopped, only what holds for every order is said.
                        Distance::AtLeast(lines) => {
                            prop_assert!(changed_in(&difference.rows, extra) >= lines);
                        }
                    }
                    prop_assert_eq!(printed_in(&difference.rows), &printed.lines[..]);
                }
                Answer::Undecided => {}
            }
            answers.push(judgement);
        }
        prop_assert_eq!(&answers[0], &answers[1]);
    }

    #[test]
    fn what_is_printed_is_accepted_where_just_that_is_expected(bytes in printed()) {
        let printed = Printed::from_bytes(&bytes);
        prop_assert!(printed.lines.iter().all(|line| !line.contains('\n')));
        let ends = bytes.iter().filter(|byte| **byte == b'\n').count();
        prop_assert!(printed.lines.len().abs_diff(ends) <= 1);
        let itself = Expectation::new(Step::Text(printed.lines.clone()));
        for extra in [Extra::Warn, Extra::Fail] {
            prop_assert_eq!(judge(&itself, &printed, extra).answer, Answer::Accepted);
        }
    }
}

// --- What Node says of a program that failed.

const SAID: &[&[u8]] = &[
    b"\n",
    b"\n",
    b"\n\n",
    b"\r\n",
    b"/program/main.mjs:1\n",
    b"/program/main.mjs:0\n",
    b"file:///program/main.mjs:3\n",
    b"/program/:1",
    b"/program/a/b.cjs:18446744073709551616\n",
    b"node:internal/modules/cjs/loader:1148\n",
    b"const a = \xc3\xa4 b\n",
    b"      ^^^^\n",
    b"^\n",
    b"SyntaxError: Unexpected token '}'\n",
    b"TypeError: x is not a function\n",
    b"Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/program/x.mjs' imported from /program/main.mjs\n",
    b"Error: Cannot find module './x'\n",
    b"[Error: a] {\n",
    b"    at f (/program/main.mjs:1:1)\n",
    b"    at file:///program/main%2.mjs:1:1\n",
    b"    at async file:///program/gr%C3%B6%FF.mjs:9:0 {\n",
    b"    at /program/main.mjs:0:0\n",
    b"    at /program/main.mjs:1:99999999999999999999\n",
    b"    at (::)\n",
    b"  code: 'ERR_X'\n",
    b"  code: '\n",
    b"}\n",
    b"'",
    b"\"",
    b"`",
    b"%",
    b" imported from ",
    b": Module \"",
    b"(Use `node --trace-uncaught ...` to show where the exception was thrown)\n",
    b"\x1b[2J",
    b"\xe2\x80\xae",
    b"\xff",
    b"\0",
];

fn program_files() -> Files {
    [
        ("main.mjs", &b"const a = \xff b\n\n\tx.foo('./x')\n"[..]),
        ("a/b.cjs", b""),
        ("gr\u{f6}\u{fffd}.mjs", b"\n"),
    ]
    .into_iter()
    .map(|(path, text)| (RelPath::new(path).unwrap(), text.into()))
    .collect()
}

/// What must be true of an ending, whatever stderr says.
fn holds_for_any(ending: &Ending) -> Result<(), TestCaseError> {
    prop_assert_eq!(ending.exit(), Some(1));
    let Some(error) = ending.error() else {
        return Ok(());
    };
    prop_assert!(!error.line.contains('\n'));
    prop_assert!(
        error
            .advice
            .as_deref()
            .is_none_or(|advice| is_harmless(advice) && !advice.contains('\n'))
    );
    if let Some(place) = &error.place {
        prop_assert!(place.line >= 1, "{:?}", place);
        prop_assert!(place.column != Some(0), "{:?}", place);
        let source = place.source.as_deref().unwrap_or_default();
        prop_assert!(source.chars().count() <= 500 && !source.contains('\n'));
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn whatever_stands_on_stderr_is_read(
        bytes in thrown_together(SAID, 24),
        stdout in select(&["", "x"][..]),
        entry in select(&["main.mjs", "gone.cjs"][..]),
        signed in prop::bool::weighted(0.9),
    ) {
        let node = no_node("22.1.0");
        let mut stderr = String::from_utf8_lossy(&bytes).into_owned();
        if signed {
            stderr += "\nNode.js v22.1.0\n";
        }
        let ending = node.ending(&Report {
            exit: 1,
            stdout: stdout.as_bytes(),
            stderr: &stderr,
            files: &program_files(),
            entry: &RelPath::new(entry).unwrap(),
        });
        prop_assert_eq!(ending.error().is_some(), signed);
        holds_for_any(&ending)?;
        node::ran_out_of_memory(&bytes);
    }
}

// --- What a student's files hold.

const SOURCE: &[&[u8]] = &[
    b"import",
    b"import ",
    b"export",
    b"export ",
    b"export default 1",
    b"await ",
    b"await",
    b"require",
    b"require(",
    b"module",
    b"module.exports",
    b"exports",
    b"...exports",
    b"__filename",
    b"__dirname",
    b"const ",
    b"let ",
    b"var ",
    b"class ",
    b"function ",
    b"async ",
    b"{",
    b"}",
    b"(",
    b")",
    b"[",
    b"]",
    b" = 1",
    b"=",
    b";",
    b",",
    b".",
    b"...",
    b"\n",
    b"\r",
    b" ",
    b"\t",
    b"/*",
    b"*/",
    b"//",
    b"'",
    b"\"",
    b"`",
    b"${",
    b"\\u0072",
    b"\\u{72}equire",
    b"\xe2\x80\xa8",
    b"\xef\xbb\xbf",
    b"#!x\n",
    b"\xff",
    b"\0",
    b"a",
    b"0",
    b"$",
    b"_",
    b"#",
    b"=>",
    b"import.meta",
    b"import(",
    b"'fs'",
    b" from ",
    b"return",
    b"<!--",
    b"-->",
    b"'use strict'\n",
];

const PACKAGE: &[&[u8]] = &[
    b"{",
    b"{\"type\":\"module\"}",
    b"{\"type\": \"commonjs\"}",
    b"{\"type\":\"module\"",
    b"{\"a\":{\"type\":\"module\"}}",
    b"\"type\"",
    b":",
    b"\"module\"",
    b"\"commonjs\"",
    b"\"Module\"",
    b",",
    b"}",
    b"[",
    b"]",
    b" ",
    b"\n",
    b"\t",
    b"null",
    b"1",
    b"1e999",
    b"-",
    b"\"",
    b"\\",
    b"\\u006d",
    b"\"\\u0074ype\"",
    b"\"\\ud800\"",
    b"\"name\":\"a\"",
    b"\"exports\":{}",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\0",
    b"//",
    b"type",
];

const KEYS: &[&[u8]] = &[
    b"\"type\"",
    b"\"type\"",
    b"\"\\u0074ype\"",
    b"\"Type\"",
    b"\"name\"",
    b"\"exports\"",
];

const VALUES: &[&[u8]] = &[
    b"\"module\"",
    b"\"module\"",
    b"\"commonjs\"",
    b"\"\\u006dodule\"",
    b"\"Module\"",
    b"\"module \"",
    b"\"\\ud800\"",
    b"\"\xff\"",
    b"\"a\\\"\\\"type\\\": \\\"module\\\"\"",
    b"null",
    b"1",
    b"1e999999",
    b"true",
    b"{}",
    b"[]",
    b"[\"type\",\"module\"]",
    b"{\"type\":\"module\"}",
];

const AROUND: &[&[u8]] = &[
    b"",
    b"",
    b"",
    b"",
    b"\n",
    b" ",
    b"\xef\xbb\xbf",
    b"//",
    b"\0",
    b",",
];

/// A `package.json` that is one, or nearly.
fn package() -> impl Strategy<Value = Vec<u8>> {
    let member = (one_of(KEYS), one_of(VALUES)).prop_map(|(key, value)| [key, value].join(&b':'));
    let members = vec(member, 0..4).prop_map(|members| members.join(&b','));
    let object = (one_of(AROUND), members, one_of(AROUND))
        .prop_map(|(before, members, after)| [&before[..], b"{", &members, b"}", &after].concat());
    prop_oneof![3 => object, 1 => thrown_together(PACKAGE, 8)]
}

fn one_file(path: &str, content: &[u8]) -> Files {
    [(RelPath::new(path).unwrap(), content.into())]
        .into_iter()
        .collect()
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn whatever_a_file_holds_its_module_system_is_known_or_asked_for(
        source in thrown_together(SOURCE, 12),
        package in package(),
        name in select(&["main.js", "main.mjs", "main.cjs", "main", "a/b/main.js", "main.js.txt"][..]),
    ) {
        let entry = RelPath::new(name).unwrap();
        let mut files = one_file(name, &source);
        let old = no_node("18.20.0");
        // The old one looks at no source, so nothing must be asked.
        prop_assert!(old.module_system(&files, &entry).is_ok());
        files.insert(RelPath::new("package.json").unwrap(), package);
        prop_assert!(old.module_system(&files, &entry).is_ok());
        let known = no_node("24.0.0").module_system(&files, &entry).ok();
        match entry.name().rsplit_once('.') {
            Some((_, "mjs")) => prop_assert_eq!(known, Some(ModuleSystem::Esm)),
            Some((_, "cjs")) => prop_assert_eq!(known, Some(ModuleSystem::CommonJs)),
            Some(_) | None => {}
        }
    }
}

/// So many values of a strategy: the same each time, so that what somebody else's reader makes of them is too.
fn some<T: std::fmt::Debug>(number: u32, strategy: impl Strategy<Value = T>) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    let value = |_| strategy.new_tree(&mut runner).unwrap().current();
    (0..cases(number)).map(value).collect()
}

/// Runs a script of ours on a Node, with this input, and answers with the lines it prints.
fn answers(
    node: &Node,
    arguments: &[&str],
    script: &str,
    input: &[u8],
    folder: &Path,
) -> Vec<String> {
    let mut child = Command::new(&node.path)
        .args(arguments)
        .args(["-e", script])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let told = String::from_utf8(output.stdout).unwrap();
    told.lines().map(str::to_owned).collect()
}

/// Where we are sure that a source is no ES module and ask no Node, every Node says the same.
#[test]
fn a_source_that_no_node_is_asked_about_is_no_es_module() {
    const ASK: &str = "\
const { internalBinding } = require('internal/test/binding');
const { containsModuleSyntax } = internalBinding('contextify');
for (const source of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
  console.log(containsModuleSyntax(source, '/program/main.js'));
}
";
    let sure = |source: &Vec<u8>| {
        let files = one_file("main.js", source);
        let entry = RelPath::new("main.js").unwrap();
        no_node("24.0.0").module_system(&files, &entry).is_ok()
    };
    let sources = some(4000, thrown_together(SOURCE, 8));
    let sources: Vec<String> = sources
        .iter()
        .filter(|source| sure(source))
        .map(|source| String::from_utf8_lossy(source).into_owned())
        .collect();
    assert!(sources.len() > 300, "{}", sources.len());
    let input = serde_json::to_vec(&sources).unwrap();
    for node in support::nodes()
        .iter()
        .filter(|node| node.version.major >= 22)
    {
        let told = answers(node, &["--expose-internals"], ASK, &input, Path::new("."));
        assert_eq!(told.len(), sources.len());
        for (source, told) in sources.iter().zip(told) {
            assert_eq!(told, "false", "{} {source:?}", node.version);
        }
    }
}

/// A `package.json` means to us what it means to Node, unless Node refuses it.
#[test]
fn a_package_is_read_as_node_reads_it() {
    const LOAD: &str = "\
(async () => {
  const folders = require('fs').readdirSync('.').sort((a, b) => a - b);
  for (const folder of folders) {
    try {
      await import(`${process.cwd()}/${folder}/main.js`);
      console.log(globalThis.seen);
    } catch {
      console.log('refused');
    }
  }
})();
";
    let packages = some(1000, package());
    let folder = folder_in_memory();
    // It is read as either, and tells which.
    let main = "globalThis.seen = this === undefined ? 'esm' : 'commonjs'\n";
    for (at, package) in packages.iter().enumerate() {
        let inside = folder.path().join(at.to_string());
        fs::create_dir(&inside).unwrap();
        fs::write(inside.join("main.js"), main).unwrap();
        fs::write(inside.join("package.json"), package).unwrap();
    }
    for node in support::nodes() {
        let told = answers(&node, &["--no-warnings"], LOAD, b"", folder.path());
        assert_eq!(told.len(), packages.len());
        let mut loaded = 0;
        for (package, told) in packages.iter().zip(told) {
            let mut files = one_file("main.js", main.as_bytes());
            files.insert(RelPath::new("package.json").unwrap(), package.as_slice());
            let ours = node
                .module_system(&files, &RelPath::new("main.js").unwrap())
                .unwrap();
            if told != "refused" {
                let shown = String::from_utf8_lossy(package);
                assert_eq!(ours.word(), told, "{} {shown:?}", node.version);
                loaded += 1;
            }
        }
        assert!(loaded > 150, "{} {loaded}", node.version);
    }
}

// --- What a student's files are called.

const NAMES: &[&[u8]] = &[
    b"main",
    b"main.mjs",
    b"main.cjs",
    b"main.js",
    b"Main.js",
    b"mian",
    b".mjs",
    b".txt",
    b"/",
    b"/",
    b"homework/",
    b".",
    b"..",
    b"../",
    b" ",
    b"\\",
    b":",
    b"*",
    b"\0",
    b"\n",
    b"\x1b[2J",
    b"\xc3\xbc",
    b"\xe2\x80\xae",
    b"`",
    b"node_modules",
    b"x",
    &[b'x'; 250],
];

static COURSE: LazyLock<Course> = LazyLock::new(course);

fn course() -> Course {
    let exercise = "\
format: 1
title: A
entry: main
tests:
  - name: prints
    trace: ok
";
    let quiz = "\
format: 1
title: B
questions:
  - id: first
    ask: Which?
    right: This
    wrong: [That]
";
    let texts = [
        ("exercises/loop/order/exercise.yaml", exercise),
        ("exercises/loop/order/task.md", "Do it."),
        ("exercises/loop/order/starter/main.cjs", ""),
        (
            "exercises/loop/order/solution/main.cjs",
            "console.log('ok')",
        ),
        ("quizzes/loop/which.yaml", quiz),
    ];
    let files = texts.map(|(path, text)| (RelPath::new(path).unwrap(), text.as_bytes().into()));
    let (course, problems) = course::read(&files.into_iter().collect());
    assert_eq!(problems, []);
    course
}

fn exercise() -> &'static Exercise {
    COURSE.exercise("loop/order").unwrap()
}

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn a_path_that_is_taken_stays_in_its_folder(name in thrown_together(NAMES, 6)) {
        let name = String::from_utf8_lossy(&name);
        if let Ok(path) = RelPath::new(&name) {
            prop_assert_eq!(path.as_str(), &*name);
            prop_assert!(is_harmless(&name) && !name.contains('\n'));
            let within = Path::new("/folder").join(path.as_str());
            prop_assert!(within.starts_with("/folder") && within.components().count() > 2);
            let plain = |part| matches!(part, std::path::Component::Normal(_));
            prop_assert!(Path::new(path.as_str()).components().all(plain));
            let folders: Vec<&str> = path.folders().collect();
            prop_assert_eq!(folders.len(), name.matches('/').count());
            for folder in folders {
                prop_assert!(path.below(folder).is_some());
            }
        }
    }

    #[test]
    fn exactly_one_entry_is_found_or_it_is_said_why_not(names in vec(thrown_together(NAMES, 4), 0..6)) {
        let files: Files = names
            .iter()
            .filter_map(|name| RelPath::new(&String::from_utf8_lossy(name)).ok())
            .map(|path| (path, b"".as_slice().into()))
            .collect();
        let entries: Vec<&RelPath> = files
            .paths()
            .filter(|path| ["main.mjs", "main.cjs", "main.js"].contains(&path.as_str()))
            .collect();
        let graded = grading::grade(exercise(), &files, &no_node("24.0.0"), Policy::default());
        match (entries.as_slice(), &graded.tests[0].outcome) {
            ([entry], Outcome::Judged(Verdict::NotJudged(_))) => {
                let (found, module) = graded.entry.unwrap();
                prop_assert_eq!(&found, *entry);
                let esm = entry.as_str() == "main.mjs";
                prop_assert_eq!(module == ModuleSystem::Esm, esm);
            }
            ([] | [_, _, ..], Outcome::Judged(Verdict::Failed(Failure::Submission { message, help }))) => {
                prop_assert!(graded.entry.is_none());
                let help = help.clone().unwrap_or_default();
                prop_assert!(is_harmless(message) && is_harmless(&help));
                prop_assert!(!message.is_empty() && !message.contains('\n') && !help.contains('\n'));
            }
            (_, outcome) => prop_assert!(false, "{:?}: {:?}", entries, outcome),
        }
    }
}

const FOLDERS: &[&[u8]] = &[
    b"loop",
    b"loop",
    b"order",
    b"order",
    b"ordre",
    b"answers",
    b"answers",
    b"which.yaml",
    b"main.mjs",
    b"node_modules",
    b".git",
    b" ",
    b"..",
    b"\\",
    b":",
    b"\n",
    b"\x1b[2J",
    b"\xc3\xbc",
    b"\xe2\x80\xae",
    b"\xff",
    b"x",
];

const ANSWERS: &[&[u8]] = &[
    b"format: 1\n",
    b"format: 2\n",
    b"quiz: loop/which\n",
    b"quiz: ",
    b"answers:\n",
    b"  first: This\n",
    b"  first: ",
    b"  second: That\n",
    b"[",
    b"]",
    b"{",
    b"}",
    b"- ",
    b"\n",
    b"&a ",
    b"*a",
    b"'",
    b"\xff",
    b"\x1b[2J",
    b"\0",
];

const STUDENTS: &[&[u8]] = &[b"ann", b"bob", b"c\xffd", b"e\x1b[2J"];

/// Something in a folder: where, and what.
#[derive(Debug, Clone)]
struct Thing {
    path: Vec<Vec<u8>>,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Folder,
    File(Vec<u8>),
    Link,
}

fn thing() -> impl Strategy<Value = Thing> {
    let name = prop_oneof![
        3 => one_of(FOLDERS),
        1 => thrown_together(FOLDERS, 3),
    ];
    let kind = prop_oneof![
        1 => Just(Kind::Folder),
        3 => thrown_together(ANSWERS, 6).prop_map(Kind::File),
        1 => Just(Kind::Link),
    ];
    let student = one_of(STUDENTS);
    (student, vec(name, 0..4), kind).prop_map(|(student, below, kind)| Thing {
        path: [vec![student], below].concat(),
        kind,
    })
}

impl Thing {
    /// Puts it there, if the system can have such a thing and nothing else stands in its place.
    #[cfg(unix)]
    fn make(&self, within: &Path) -> std::io::Result<()> {
        use std::os::unix::ffi::OsStrExt;
        let mut path = within.to_owned();
        for name in &self.path {
            if matches!(name.as_slice(), b"" | b"." | b"..")
                || name.contains(&b'/')
                || name.contains(&0)
            {
                return Ok(());
            }
            path.push(std::ffi::OsStr::from_bytes(name));
        }
        fs::create_dir_all(path.parent().unwrap())?;
        match &self.kind {
            Kind::Folder => fs::create_dir(path),
            Kind::File(content) => fs::write(path, content),
            Kind::Link => std::os::unix::fs::symlink("/etc", path),
        }
    }
}

#[cfg(unix)]
proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn whatever_a_class_holds_nobody_is_forgotten(things in vec(thing(), 0..8)) {
        let folder = folder_in_memory();
        for thing in &things {
            // What cannot be made is not there.
            let _ = thing.make(folder.path());
        }
        let students: BTreeSet<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(Result::unwrap)
            .filter(|entry| !entry.file_type().unwrap().is_file())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        for only in [None, Some(exercise())] {
            let class = intake::class(folder.path(), &COURSE, only).unwrap();
            let mut seen = BTreeSet::new();
            for submission in &class.submissions {
                seen.insert(submission.student.clone());
                let (files, notes) = submission.read().unwrap();
                for (path, content) in files.iter() {
                    prop_assert_eq!(&fs::read(submission.folder.join(path.as_str())).unwrap()[..], &content[..]);
                }
                prop_assert!(notes.iter().all(|note| is_harmless(note) && !note.contains('\n')));
            }
            for (student, problem) in &class.unplaced {
                seen.insert(student.clone());
                prop_assert!(is_harmless(&problem.to_string()), "{}", problem);
            }
            seen.extend(class.sheets.iter().map(|sheet| sheet.student.clone()));
            if only.is_none() {
                prop_assert_eq!(&seen, &students);
            }
        }
    }
}
