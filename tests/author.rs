//! What an author meets: templates that work as they stand, and schemas for an editor.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tickmark::batch::Stop;
use tickmark::course;
use tickmark::library::{self, Opened};
use tickmark::prove::{self, Job, Plan, Unit};
use tickmark::words;

const EXERCISE: &str = include_str!("../src/cli/new/exercise/exercise.yaml");
const QUIZ: &str = include_str!("../src/cli/new/quiz.yaml");

/// A folder of an author who has only installed Tickmark.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Desk(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs Tickmark in a folder on the desk: its exit code, and what it told.
    fn run_in(&self, folder: &str, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::cargo_bin("tickmark").unwrap();
        command.current_dir(self.path(folder)).args(arguments);
        command.env_remove("TICKMARK_COURSE").env_remove("NO_COLOR");
        command.env("XDG_CACHE_HOME", self.path("cache"));
        if let Some(paths) = std::env::var_os("TICKMARK_NODES") {
            command.env(
                "TICKMARK_NODE",
                std::env::split_paths(&paths).next().unwrap(),
            );
        }
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().unwrap();
        let told = [stdout, stderr].concat();
        (status.code().unwrap(), String::from_utf8(told).unwrap())
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        self.run_in("", arguments)
    }

    #[track_caller]
    fn does(&self, folder: &str, arguments: &[&str]) -> String {
        let (exit, told) = self.run_in(folder, arguments);
        assert_eq!(exit, 0, "{told}");
        told
    }
}

fn open(folder: &Path) -> Opened {
    let opened = library::open(Some(folder)).unwrap();
    assert!(
        opened.problems.is_empty(),
        "{}",
        words::lines(&opened.problems)
    );
    opened
}

#[test]
fn whatever_is_new_works_as_it_stands() {
    let desk = Desk::new();
    desk.does("", &["new", "course", "mine"]);
    desk.does("mine", &["new", "exercise", "modules/another"]);
    desk.does("mine/quizzes", &["new", "quiz", "modules/another"]);
    let course = open(&desk.path("mine")).course;
    assert_eq!((course.exercises.len(), course.quizzes.len()), (2, 2));
    let [first, another] = course.exercises.as_slice() else {
        panic!("two exercises");
    };
    assert_eq!(first.tests.len(), another.tests.len());
    let nodes = support::nodes();
    let units = prove::units(&course).into_iter();
    let jobs: Vec<Job<'_>> = units
        .filter(|unit| !matches!(unit, Unit::Rule(_)))
        .flat_map(|unit| nodes.iter().map(move |node| Job { unit, node }))
        .collect();
    let mut seen = 0;
    Plan::new(&jobs, 2).carry_out(
        &Stop::new(),
        |_| {},
        |_, proof| {
            assert!(proof.holds(), "{proof:?}");
            seen += proof.seen.len();
        },
    );
    assert!(seen >= 4, "the programs were not found");
}

#[test]
fn a_new_exercise_can_be_shown_and_checked_as_it_is_told() {
    let desk = Desk::new();
    desk.does("", &["new", "course", "mine"]);
    let told = desk.does("", &["new", "exercise", "loop/order", "--course", "mine"]);
    let mut commands = 0;
    for line in told.lines() {
        if let Some((_, command)) = line.split_once(": tickmark ") {
            let arguments: Vec<&str> = command.split(' ').collect();
            desk.does("", &arguments);
            commands += 1;
        }
    }
    assert_eq!(commands, 3, "{told}");
    let told = desk.does("mine/exercises", &["new", "quiz", "loop/order"]);
    assert!(told.contains(": tickmark list\n"), "{told}");
    assert!(
        told.ends_with(": tickmark prove quizzes/loop/order.yaml\n"),
        "{told}"
    );
}

#[test]
fn nothing_is_overwritten() {
    let desk = Desk::new();
    desk.does("", &["new", "course", "mine"]);
    let (exit, told) = desk.run(&["new", "course", "mine"]);
    assert_eq!(
        (exit, told.as_str()),
        (
            2,
            "`mine` is not empty, and nothing is overwritten\n\
             help: name another folder: `tickmark new course <DIR>`\n"
        )
    );
    fs::write(desk.path("file"), "mine").unwrap();
    assert_eq!(desk.run(&["new", "course", "file"]).0, 2);
    assert_eq!(desk.read("file"), "mine");

    let task = "mine/exercises/loop/order/task.md";
    fs::create_dir_all(desk.path("mine/exercises/loop/order")).unwrap();
    fs::write(desk.path(task), "mine").unwrap();
    let (exit, told) = desk.run_in("mine", &["new", "exercise", "loop/order"]);
    assert_eq!(exit, 2, "{told}");
    assert!(
        told.contains("is not empty, and nothing is overwritten"),
        "{told}"
    );
    assert_eq!(desk.read(task), "mine");
    assert!(!desk.path("mine/exercises/loop/order/starter").exists());

    let quiz = "mine/quizzes/loop/order.yaml";
    fs::create_dir_all(desk.path("mine/quizzes/loop")).unwrap();
    fs::write(desk.path(quiz), "mine").unwrap();
    let (exit, told) = desk.run_in("mine", &["new", "quiz", "loop/order"]);
    assert_eq!(exit, 2, "{told}");
    assert!(
        told.contains("is there already, and nothing is overwritten"),
        "{told}"
    );
    assert_eq!(desk.read(quiz), "mine");
}

#[test]
fn what_cannot_be_written_is_said_with_a_mend() {
    let desk = Desk::new();
    let says = |arguments: &[&str], message: &str, help: &str| {
        let (exit, told) = desk.run(arguments);
        assert_eq!((exit, told), (2, format!("{message}\nhelp: {help}\n")));
    };
    for what in ["exercise", "quiz"] {
        says(
            &["new", what, "loop/order"],
            "there is no course here, and nothing can be written into the built-in one",
            "make one with `tickmark new course <DIR>`, or name one with `--course <DIR>`",
        );
    }
    desk.does("", &["new", "course", "mine"]);
    says(
        &["new", "exercise", "order", "--course", "mine"],
        "`order` is no id of an exercise",
        "write its topic and its name: `event-loop/read-both`",
    );
    says(
        &["new", "quiz", "loop/a/b", "--course", "mine"],
        "`loop/a/b` is no id of a quiz",
        "write its topic and its name: `event-loop/read-both`",
    );
    says(
        &["new", "exercise", "answers/order", "--course", "mine"],
        "`answers` cannot be a topic",
        "rename it: in what students hand in, `answers/` holds the answers to quizzes",
    );
    says(
        &["new", "exercise", "../order", "--course", "mine"],
        "`..` is no name that a course can use",
        "use lowercase letters and digits, with a hyphen between words and at most 60 characters: `read-both`",
    );
    says(
        &["new", "exercise", "loop/order", "--course", "gone"],
        "there is no folder `gone`",
        "check the path, or leave `--course` out",
    );
}

#[test]
fn the_first_line_points_an_editor_at_the_schema_that_is_published() {
    let desk = Desk::new();
    desk.does("", &["new", "course", "mine"]);
    for (file, of) in [
        (
            "mine/exercises/event-loop/now-and-later/exercise.yaml",
            "exercise",
        ),
        ("mine/quizzes/event-loop/one-of-each-kind.yaml", "quiz"),
    ] {
        let text = desk.read(file);
        let first = text.lines().next().unwrap();
        let target = first
            .strip_prefix("# yaml-language-server: $schema=")
            .unwrap();
        let beside = desk.path(file).parent().unwrap().join(target);
        let schema = fs::read_to_string(&beside).unwrap();
        assert_eq!(schema, desk.does("", &["schema", of]));

        // One from another tickmark is renewed.
        fs::write(&beside, "{}").unwrap();
        desk.does("mine", &["new", of, "loop/order"]);
        assert_eq!(schema, fs::read_to_string(&beside).unwrap());
    }
}

#[test]
fn schemas_are_json() {
    let desk = Desk::new();
    for of in ["exercise", "quiz", "answers", "results"] {
        let schema: Value = serde_json::from_str(&desk.does("", &["schema", of])).unwrap();
        assert!(
            schema["$schema"].is_string() && schema["title"].is_string(),
            "{of}"
        );
    }
}

#[test]
fn every_key_is_explained_in_a_template() {
    for (schema, template) in [
        (course::exercise_schema(), EXERCISE),
        (course::quiz_schema(), QUIZ),
    ] {
        let definitions = schema["definitions"].as_object().unwrap().values();
        let objects = definitions.chain([&schema]);
        let keys = objects.flat_map(|object| object["properties"].as_object());
        let mut seen = 0;
        for key in keys.flat_map(|keys| keys.keys()) {
            // A question's trace is an exercise's, which explains its steps.
            let explained = names(template, key) || names(EXERCISE, key);
            assert!(explained, "no template explains `{key}`");
            seen += 1;
        }
        assert!(seen > 25, "the keys were not found");
    }
    for key in [
        "right", "order", "lines", "program", "fill", "match", "before", "rule",
    ] {
        assert!(names(QUIZ, key), "the template of a quiz has no `{key}`");
    }
}

/// Whether the key stands in the template, where a comment stands behind it, above it, or names it elsewhere.
fn names(template: &str, key: &str) -> bool {
    let (named, key) = (key, format!("{key}:"));
    let is_before = |text: &str| text.is_empty() || text.ends_with([' ', '{']);
    let lines: Vec<&str> = template.lines().collect();
    let is_comment = |line: &str| line.trim_start().starts_with('#');
    let mut comments = lines.iter().filter(|line| is_comment(line));
    let is_named = comments.any(|line| line.to_lowercase().contains(named));
    (0..lines.len()).any(|at| {
        let mut places = lines[at].match_indices(&key);
        let is_there = places.any(|(column, _)| is_before(&lines[at][..column]));
        let above = lines[at.saturating_sub(1)];
        is_there && (is_named || lines[at].contains('#') || is_comment(above))
    })
}

/// The lines of a template's comment that are YAML themselves.
fn commented(template: &str, heading: &str) -> String {
    let (_, rest) = template.split_once(heading).unwrap();
    let lines = rest.lines().skip(1);
    lines
        .take_while(|line| line.starts_with('#'))
        .filter_map(|line| line.strip_prefix("#   "))
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn what_stands_in_comments_can_be_taken_out_of_them() {
    let steps = commented(EXERCISE, "# The steps of a trace.");
    assert_eq!(steps.matches("\n- ").count(), 9, "{steps}");
    let problems = course::read_trace(&steps).err().unwrap_or_default();
    assert!(problems.is_empty(), "{}", words::lines(&problems));

    let more = commented(EXERCISE, "# What else a test may say.");
    assert!(more.matches(": ").count() > 9, "{more}");
    let more = more.lines().map(|line| format!("    {line}\n"));
    let more: String = more.collect();
    let hidden = "    hidden: true\n";
    assert!(EXERCISE.contains(hidden));
    let desk = Desk::new();
    desk.does("", &["new", "course", "mine"]);
    let file = desk.path("mine/exercises/event-loop/now-and-later/exercise.yaml");
    fs::write(&file, EXERCISE.replace(hidden, &format!("{hidden}{more}"))).unwrap();
    let course = open(&desk.path("mine")).course;
    let test = course.exercises[0].tests.last().unwrap();
    assert_eq!(test.input.stdin, b"first line\nsecond line\n");
    assert_eq!(test.files.paths().count(), 2);

    // It is loaded in place of being started, so it stands alone.
    let module = commented(EXERCISE, "# A module.");
    let module = module.lines().map(|line| format!("    {line}\n"));
    let module: String = module.collect();
    let loaded = format!("  - name: a module\n{module}");
    let (before, _) = EXERCISE
        .split_once("\n# What else a test may say.")
        .unwrap();
    fs::write(file, format!("{before}{loaded}")).unwrap();
    let course = open(&desk.path("mine")).course;
    let test = course.exercises[0].tests.last().unwrap();
    assert!(test.expected.module().is_some_and(|module| module.quiet));
}
