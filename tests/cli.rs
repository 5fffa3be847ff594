//! The program as its users meet it: a student, a teacher and a CI job, each in a folder of their own.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tickmark::node::{self, Node};
use tickmark::report;

/// The program.
fn tickmark() -> PathBuf {
    assert_cmd::cargo::cargo_bin!("tickmark").to_owned()
}

/// Tickmark in an empty folder, as somebody who installed it has it.
struct Desk(tempfile::TempDir, Option<&'static str>);

impl Desk {
    fn new() -> Self {
        Desk(tempfile::tempdir().unwrap(), None)
    }

    /// One whose programs have limits and no box, so that they can tell us here what they see.
    fn without_a_box() -> Self {
        Desk::at_most("limits")
    }

    /// One whose programs are closed off no more than so much.
    fn at_most(tier: &'static str) -> Self {
        Desk(tempfile::tempdir().unwrap(), Some(tier))
    }

    /// Whether they are; else it is said that this was not tested.
    fn has(&self, tier: &str) -> bool {
        let doctor = self.run(&["doctor"]).out;
        let has = doctor.contains(&format!("sandbox   {tier}: "));
        if !has {
            support::not_tested(&format!("the tier `{tier}`: {doctor}"));
        }
        has
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    /// A shell script that can be started.
    #[cfg(unix)]
    fn write_script(&self, name: &str, text: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        self.write(name, &format!("#!/bin/sh\n{text}\n"));
        let script = self.path(name);
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        script
    }

    fn run(&self, arguments: &[&str]) -> Told {
        let mut command = self.command(&tickmark());
        Told::of(command.args(arguments).output().unwrap())
    }

    /// A program that is started at this desk.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.0);
        command.env_remove("TICKMARK_COURSE").env_remove("NO_COLOR");
        command.envs(self.1.map(|most| ("TICKMARK_SANDBOX", most)));
        if let Some(node) = nodes().first() {
            command.env("TICKMARK_NODE", node);
        }
        command
    }

    /// A course of one exercise, `box/needs`, to print `ok`, and an answer in `mine`.
    fn write_a_course(&self, exercise: &str) {
        let entry = "console.log('ok')\n";
        self.write("quizzes/README.md", "");
        for (path, text) in [
            ("exercise.yaml", exercise),
            ("task.md", "Print `ok`."),
            ("starter/main.cjs", "console.log()\n"),
            ("solution/main.cjs", entry),
        ] {
            self.write(&format!("exercises/box/needs/{path}"), text);
        }
        self.write("mine/main.cjs", entry);
    }
}

/// What the program told.
struct Told {
    exit: i32,
    out: String,
    err: String,
}

impl Told {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Told {
            exit: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    #[track_caller]
    fn exits(self, exit: i32) -> Self {
        assert_eq!(self.exit, exit, "{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    fn says(self, words: &str) -> Self {
        assert!(
            self.out.contains(words),
            "{words:?} is not in:\n{}",
            self.out
        );
        self
    }

    #[track_caller]
    fn shows_nothing(self) {
        assert_eq!(self.out, "");
    }

    #[track_caller]
    fn complains(self, words: &str) -> Self {
        assert!(
            self.err.contains(words),
            "{words:?} is not in:\n{}",
            self.err
        );
        self
    }
}

fn nodes() -> Vec<PathBuf> {
    std::env::var_os("TICKMARK_NODES")
        .map(|paths| std::env::split_paths(&paths).collect())
        .unwrap_or_default()
}

/// The first of them, or the one that is found.
fn node() -> Node {
    node::find(nodes().first().map(PathBuf::as_path)).unwrap()
}

fn class() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/class")
        .to_string_lossy()
        .into_owned()
}

const RIGHT: &str = "const [one, two, three, four, five, six] = process.argv.slice(2)\n\
    console.log(one)\nsetTimeout(() => console.log(two), 0)\n";

#[test]
fn a_student_starts_checks_and_is_told_why() {
    let desk = Desk::new();
    desk.run(&["list"]).exits(0).says("event-loop/five-ways");
    desk.run(&["show", "event-loop/five-ways"])
        .exits(0)
        .says("1 hidden test (2 points)");
    desk.run(&["start", "event-loop/five-ways"])
        .exits(0)
        .says("tickmark check event-loop/five-ways five-ways");
    assert!(desk.path("five-ways/task.md").is_file());
    desk.run(&["check", "event-loop/five-ways", "five-ways"])
        .exits(1)
        .says("0 of 3 points");
    // Nothing that exists is overwritten.
    desk.run(&["start", "event-loop/five-ways"])
        .exits(2)
        .complains("nothing is overwritten");
    desk.write("mine/main.cjs", RIGHT);
    let told = desk
        .run(&["check", "event-loop/five-ways", "mine/main.cjs"])
        .exits(1);
    told.says("are missing")
        .says("hidden test (2 points), part of your teacher's grading");
}

#[test]
fn every_solution_passes_its_check() {
    let desk = Desk::new();
    let exercise = Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises/modules/live-score");
    for solution in ["solution-cjs", "solution-esm"] {
        let folder = exercise.join(solution);
        desk.run(&["check", "modules/live-score", folder.to_str().unwrap()])
            .exits(0);
    }
}

#[test]
fn what_is_wrong_on_the_command_line_is_said_with_a_mend() {
    let desk = Desk::new();
    desk.run(&["show", "event-loop/five-way"])
        .exits(2)
        .complains("did you mean `event-loop/five-ways`?");
    desk.run(&["show", "five-ways"])
        .exits(2)
        .complains("did you mean `event-loop/five-ways`?");
    desk.run(&["start", "workers"])
        .exits(2)
        .complains("this is a topic, with `workers/a-pool-of-two`, `workers/doubling-worker`, `workers/off-the-loop` and `workers/soft-pictures`");
    desk.run(&["check", "event-loop/five-ways", "nowhere"])
        .exits(2)
        .complains("there is no file or folder `nowhere`");
    desk.run(&["grade", "nowhere"])
        .exits(2)
        .complains("`nowhere` is no folder");
    desk.run(&["grade", "."])
        .exits(2)
        .complains("there is nothing to grade");
    desk.run(&["grade", ".", "--format", "xml"])
        .exits(2)
        .complains("junit");
    desk.run(&["list", "--course", "nowhere"])
        .exits(2)
        .complains("there is no folder `nowhere`");
    desk.run(&["rules", "next-tick-frist"])
        .exits(2)
        .complains("there is no rule");
    desk.run(&["chekc"]).exits(2).complains("check");
    desk.run(&["check", "event-loop/five-ways", ".", "--node", "nowhere"])
        .exits(3)
        .complains("nowhere");
}

#[test]
fn a_broken_exercise_is_told_and_the_others_go_on() {
    let desk = Desk::new();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises/event-loop/five-ways");
    copy(&example, &desk.path("exercises/event-loop/five-ways"));
    desk.write("quizzes/README.md", "");
    desk.write(
        "exercises/event-loop/broken/exercise.yaml",
        "format: 1\ntitel: A\n",
    );
    let told = desk.run(&["list"]).exits(2).says("event-loop/five-ways");
    told.complains("exercises/event-loop/broken/exercise.yaml:2:1")
        .complains("did you mean `title`?");
    desk.run(&["show", "event-loop/broken"])
        .exits(2)
        .complains("titel");
}

#[test]
fn a_list_for_programs_is_just_what_was_promised() {
    let desk = Desk::new();
    let list = || -> Value {
        let told = desk.run(&["list", "--format", "json"]).exits(0);
        serde_json::from_str(&told.out).unwrap()
    };
    let built_in = list();
    assert_eq!(built_in["format"], 1);
    assert_eq!(built_in["exercises"][0]["id"], "event-loop/busy-server");
    assert_eq!(built_in["exercises"][0]["points"], "7");
    assert!(built_in["quizzes"].is_array());
    desk.write_a_course(ORDER);
    desk.write(
        "quizzes/box/asked.yaml",
        "format: 1\ntitle: Asked\nquestions:\n  - { id: a, ask: What?, right: This, wrong: [That] }\n",
    );
    let promised = serde_json::json!({
        "format": 1,
        "exercises": [{ "id": "box/needs", "title": "Order", "tests": 1, "points": "2" }],
        "quizzes": [{ "id": "box/asked", "title": "Asked", "questions": 1 }],
    });
    assert_eq!(list(), promised);
}

#[test]
fn programs_can_read_what_we_write() {
    let desk = Desk::new();
    let schema = desk.run(&["schema", "results"]).exits(0).out;
    assert!(serde_json::from_str::<Value>(&schema).unwrap().is_object());
    desk.run(&["completions", "bash"])
        .exits(0)
        .says("_tickmark");
    desk.run(&["doctor"])
        .exits(0)
        .says("ok    node ")
        .says("built-in")
        .says("ok    terminal ")
        .says("ok    temp ");
    let program = "      process.nextTick(() => console.log('tick'))\n";
    let printed = "    timeout\n    tick\n    promise\n";
    for arguments in [
        &["rules", "next-tick-first"][..],
        &["rules", "--try", "next-tick-first"],
    ] {
        desk.run(arguments).exits(0).says(program).says(printed);
    }
    desk.run(&["rules", "--try", "next-tick-first"])
        .says("in 10 runs as CommonJS and ES module on Node ")
        .says("it printed\n  10 times\n    timeout\n    tick\n    promise\n");
    for rule in desk.run(&["rules"]).exits(0).out.lines() {
        let id = rule.split_whitespace().next().unwrap();
        desk.run(&["rules", id])
            .exits(0)
            .says("source:")
            .says("it prints");
    }
}

#[test]
fn a_ci_job_fails_on_lost_points_and_keeps_its_report() {
    let desk = Desk::new();
    desk.write("class/ann/main.cjs", "console.log(1)");
    let grade = ["grade", "event-loop/five-ways", "class"];
    desk.run(&grade).exits(0).says("ann");
    desk.run(&[&grade[..], &["--fail-on", "lost-points"]].concat())
        .exits(1);
    let told = desk
        .run(
            &[
                &grade[..],
                &["--format", "junit", "--output", "results.xml"],
            ]
            .concat(),
        )
        .exits(0);
    told.says("ann");
    assert!(
        fs::read_to_string(desk.path("results.xml"))
            .unwrap()
            .starts_with("<?xml")
    );
    desk.run(&[&grade[..], &["--format", "github"]].concat())
        .exits(0)
        .says("::error file=class/ann/main.cjs");
}

const NEEDS: &str = "\
format: 1
title: What a machine gives
entry: main
tests:
  - name: asks for nothing
    trace: ok
  - name: listens
    needs: [loopback]
    trace: ok
  - name: starts another
    needs: [children]
    trace: ok
";

#[test]
fn what_a_machine_gives_is_judged() {
    let desk = Desk::new();
    desk.write_a_course(NEEDS);
    desk.run(&["check", "box/needs", "mine"])
        .exits(0)
        .says("3 of 3 points");
    desk.run(&["doctor"])
        .exits(0)
        .says("ok    loopback")
        .says("ok    children");
}

/// An uncaught error ends with the code that the test wants: the error is named all the same.
#[test]
fn an_error_is_named_though_its_exit_code_is_right() {
    let desk = Desk::new();
    desk.write_a_course(
        "format: 1\ntitle: Fails\nentry: main\ntests:\n  - name: fails\n    trace: ok\n    exit: 1\n",
    );
    let check = |program: &str| {
        desk.write("mine/main.cjs", program);
        desk.run(&["check", "box/needs", "mine"])
    };
    check("console.log('ok')\nprocess.exitCode = 1\n").exits(0);
    check("console.log('ok')\nundefined.length\n").exits(0);
    check("undefined.length\nconsole.log('ok')\n")
        .exits(1)
        .says("an error ended it that nothing caught:")
        .says("TypeError: Cannot read properties of undefined (reading 'length')")
        .says("until then it had printed nothing");
}

/// A Node that stands for a machine on which no program may start another.
#[test]
#[cfg(unix)]
fn a_test_that_needs_children_is_not_judged_where_there_are_none() {
    let desk = Desk::new();
    desk.write_a_course(NEEDS);
    let real = node();
    desk.write(
        "deny.cjs",
        "const deny = () => { throw new Error('denied') }\n\
         Object.assign(require('child_process'), { spawn: deny, spawnSync: deny })\n",
    );
    let denied = desk.path("deny.cjs");
    let (real, denied) = (real.path.display(), denied.display());
    desk.write_script("node", &format!("exec '{real}' -r '{denied}' \"$@\""));
    desk.run(&["check", "box/needs", "mine", "--node", "./node"])
        .exits(3)
        .says("✓ listens: 1 of 1 point")
        .says("? starts another: not judged, 1 point open")
        .says("this test needs child processes, which this machine cannot give")
        .says("2 of 3 points");
    desk.run(&["doctor", "--node", "./node"])
        .says("warn  children  programs cannot start others");
}

/// A Node that fails to say how it loads a file, as often as `times` says, and writes down each time it is asked.
#[cfg(target_os = "linux")]
fn write_a_node_that_fails(desk: &Desk, times: u32) {
    // Node 18 looks into no file, so nobody asks it.
    let real = nodes().into_iter().find(|path| {
        let node = Node::from_path(path).unwrap();
        node.version.major > 18
    });
    let real = real.unwrap_or_else(|| node().path);
    let (real, asked) = (real.display(), desk.path("asked"));
    let asked = asked.display();
    desk.write("asked", "");
    desk.write_script(
        "node",
        &format!(
            "case \"$*\" in *--expose-internals*)\n  echo >> '{asked}'\n  \
             [ \"$(wc -l < '{asked}')\" -gt {times} ] || exit 1\nesac\nexec '{real}' \"$@\""
        ),
    );
}

#[test]
#[cfg(target_os = "linux")]
fn what_fails_on_this_machine_is_tried_once_more_and_is_never_a_zero() {
    let desk = Desk::without_a_box();
    desk.write_a_course(ORDER);
    fs::remove_file(desk.path("mine/main.cjs")).unwrap();
    // Only Node itself knows how it loads this one.
    desk.write(
        "mine/main.js",
        "import fs from 'fs'\nconsole.log(fs ? 'first\\nsecond' : '')\n",
    );
    let check = || desk.run(&["check", "box/needs", "mine", "--node", "./node"]);
    write_a_node_that_fails(&desk, 1);
    check().exits(0).says("2 of 2 points");
    write_a_node_that_fails(&desk, 99);
    check()
        .exits(3)
        .says("? prints both: not judged, 2 points open")
        .says("something on this machine failed, twice");
    // Without a folder for temporary files nothing can be run at all.
    desk.write("mine/main.js", "console.log()\n");
    let mut command = desk.command(&tickmark());
    command.env("TMPDIR", desk.path("nowhere"));
    Told::of(
        command
            .args(["check", "box/needs", "mine"])
            .output()
            .unwrap(),
    )
    .exits(3)
    .says("not judged, 2 points open");
}

/// An exercise whose order is all that matters.
const ORDER: &str = "format: 1\ntitle: Order\nentry: main\ntests:\n  - name: prints both\n    points: 2\n    \
    trace: |\n      first\n      second\n";

#[test]
fn a_failure_by_order_alone_is_run_again_and_runs_that_disagree_are_racy() {
    let desk = Desk::without_a_box();
    desk.write_a_course(ORDER);
    let count = desk.path("count");
    let shown = serde_json::to_string(&count).unwrap();
    let runs = || fs::read(&count).unwrap_or_default().len();
    // Each program counts its runs, and `turn` is the number of this one.
    let hand_in = |program: &str| {
        let _ = fs::remove_file(&count);
        let counting = format!(
            "const fs = require('fs')\nfs.appendFileSync({shown}, '.')\n\
             const turn = fs.statSync({shown}).size\n{program}\n"
        );
        desk.write("mine/main.cjs", &counting);
    };
    let grade = |options: &[&str]| {
        let _ = fs::remove_dir_all(desk.path("class"));
        desk.write(
            "class/amy/main.cjs",
            &fs::read_to_string(desk.path("mine/main.cjs")).unwrap(),
        );
        desk.run(&[&["grade", "box/needs", "class"], options].concat())
            .exits(0)
    };
    let lucky = "console.log(turn > 1 ? 'first\\nsecond' : 'second\\nfirst')";
    hand_in(lucky);
    desk.run(&["check", "box/needs", "mine"])
        .exits(1)
        .says("~ prints both: racy, 0 of 2 points")
        .says("of 5 runs 4 were right");
    assert_eq!(runs(), 5, "once, and four times more");
    hand_in(lucky);
    grade(&["--racy", "points"]).says("2 of 2 points");
    hand_in("console.log('second\\nfirst')");
    grade(&[]).says("0 of 2 points");
    assert_eq!(runs(), 5, "wrong each time");
    hand_in("console.log('first')");
    grade(&[]).says("0 of 2 points");
    assert_eq!(
        runs(),
        1,
        "no other run makes up for a line that is missing"
    );
    hand_in("console.log('first\\nsecond')");
    grade(&["--runs", "3"]).says("2 of 2 points");
    assert_eq!(runs(), 3);
}

#[test]
fn extra_lines_are_shown_ignored_or_fail_as_the_exercise_says() {
    let desk = Desk::new();
    let check = |extra: &str| {
        desk.write_a_course(&format!("{ORDER}    extra: {extra}\n"));
        desk.write(
            "mine/main.cjs",
            "console.log('first\\nhere I am\\nsecond')\n",
        );
        desk.run(&["check", "box/needs", "mine"])
    };
    check("warn")
        .exits(0)
        .says("2 of 2 points")
        .says("here I am");
    let told = check("ignore").exits(0).says("2 of 2 points");
    assert!(!told.out.contains("here I am"), "{}", told.out);
    check("fail")
        .exits(1)
        .says("0 of 2 points")
        .says("here I am");
}

/// What is right, marked so that it can be found wherever it should not be.
const MARKED: &str = "\
format: 1
title: Only what is given
entry: main
tests:
  - name: reads its file
    args: [x.txt]
    trace: MARK-of-the-trace
    hint: MARK-of-the-hint
";

#[test]
fn a_run_sees_what_was_handed_in_and_what_the_exercise_gives_and_nothing_else() {
    let desk = Desk::without_a_box();
    desk.write_a_course(MARKED);
    let dump = desk.path("dump.json");
    desk.write("exercises/box/needs/files/x.txt", "of the exercise");
    desk.write(
        "exercises/box/needs/solution/main.cjs",
        "console.log('MARK-of-the-trace')\n",
    );
    desk.write(
        "exercises/box/needs/wrong/early/main.cjs",
        "// loses: reads its file\nconsole.log('MARK-of-the-mistake')\n",
    );
    desk.write("mine/x.txt", "of the student");
    desk.write(
        "mine/main.cjs",
        &format!(
            "const fs = require('fs')\n\
             const files = fs.readdirSync('.', {{ recursive: true, withFileTypes: true }})\n  \
             .filter(one => one.isFile()).map(one => [one.name, fs.readFileSync(one.name, 'utf8')])\n\
             fs.writeFileSync({}, JSON.stringify({{ files, told: [process.argv, process.execArgv, process.env] }}))\n",
            serde_json::to_string(&dump).unwrap()
        ),
    );
    desk.run(&["check", "box/needs", "mine"])
        .exits(1)
        .says("`x.txt` was replaced by the exercise's own file");
    let seen = fs::read_to_string(dump).unwrap();
    assert!(!seen.contains("MARK"), "{seen}");
    let seen: Value = serde_json::from_str(&seen).unwrap();
    let mut names: Vec<&str> = Vec::new();
    for file in seen["files"].as_array().unwrap() {
        names.extend(file[0].as_str());
        if file[0] == "x.txt" {
            assert_eq!(file[1], "of the exercise");
        }
    }
    names.sort_unstable();
    assert_eq!(names, ["main.cjs", "x.txt"]);
}

/// A network of its own, in which not even the loopback is up.
#[test]
#[cfg(target_os = "linux")]
fn a_test_that_needs_the_loopback_is_not_judged_where_there_is_none() {
    let desk = Desk::without_a_box();
    desk.write_a_course(NEEDS);
    let within = |how: &str, program: &Path| {
        let mut command = desk.command(Path::new("unshare"));
        command.args([how, "--"]).arg(program);
        command
    };
    let works = |how: &&str| {
        let tried = within(how, Path::new("true")).output();
        tried.is_ok_and(|tried| tried.status.success())
    };
    let Some(how) = ["-n", "-rn"].into_iter().find(|how| works(how)) else {
        eprintln!("skipped: `unshare` may not make a network here");
        return;
    };
    let run = |arguments: &[&str]| {
        let mut command = within(how, &tickmark());
        Told::of(command.args(arguments).output().unwrap())
    };
    run(&["check", "box/needs", "mine"])
        .exits(3)
        .says("? listens: not judged, 1 point open")
        .says("this test needs the loopback network (127.0.0.1), which this machine cannot give")
        .says("✓ starts another: 1 of 1 point")
        .says("2 of 3 points");
    run(&["doctor"]).says("warn  loopback  programs cannot connect on 127.0.0.1");
}

/// The verdicts of the class and the words that its students get, on every Node at hand.
///
/// Accept a changed answer with `TICKMARK_ACCEPT=1 cargo test --test cli`.
#[test]
fn a_class_gets_the_verdicts_it_should() {
    let desk = Desk::new();
    for node in nodes()
        .iter()
        .map(|node| node.to_str().unwrap())
        .chain(nodes().is_empty().then_some(""))
    {
        let mut arguments = vec!["grade", "--format", "json", "--output", "results.json"];
        let class = class();
        arguments.push(&class);
        if !node.is_empty() {
            arguments.extend(["--node", node]);
        }
        // One folder of the class is named like no exercise.
        desk.run(&arguments).exits(2).says("46 students");
        let results = fs::read_to_string(desk.path("results.json")).unwrap();
        let verdicts = verdicts(&serde_json::from_str(&results).unwrap());
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/class.verdicts.txt");
        if std::env::var_os("TICKMARK_ACCEPT").is_some() {
            fs::write(&golden, &verdicts).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap();
        for (expected, verdict) in expected.split("\n\n").zip(verdicts.split("\n\n")) {
            assert_eq!(expected, verdict, "on {node}");
        }
        assert_eq!(expected, verdicts, "on {node}");
    }
}

/// A class's results as a person reads them: what is the same in every run.
fn verdicts(results: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut told = String::new();
    for row in results["rows"].as_array().unwrap() {
        let student = text(&row["student"]);
        let exercise = match &row["quiz"] {
            Value::Null => text(&row["exercise"]),
            quiz => format!("answers to {}", text(quiz)),
        };
        // A true race: whether it is right is left to chance.
        if student == "Luca Ferrari" && exercise == "event-loop/no-luck" {
            continue;
        }
        let (points, most) = (text(&row["total"]["points"]), text(&row["total"]["most"]));
        told += &format!("{student}, {exercise}: {points} of {most}\n");
        for note in row["notes"].as_array().unwrap() {
            told += &format!("  note: {}\n", text(note));
        }
        for test in row["tests"].as_array().unwrap() {
            told += &format!("  {}: {}\n", text(&test["verdict"]), text(&test["name"]));
            let words = test["feedback"].as_array().unwrap().iter().map(text);
            let words = words.take_while(|line| {
                !line.trim().starts_with("the difference") && !line.contains("extra line")
            });
            words.for_each(|line| told += &format!("    {}\n", without_times(&line)));
        }
        told.push('\n');
    }
    told
}

/// The line with a `#` for what differs from run to run: the numbers of `2 lines in 5 ms`.
fn without_times(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let follows = |at: usize, next: &[&str]| {
        words[at + 1..]
            .iter()
            .zip(next)
            .filter(|(word, next)| word.starts_with(*next))
            .count()
            == next.len()
    };
    let varies = |at: usize| follows(at, &["ms"]) || follows(at, &["lines", "in"]);
    let masked = words
        .iter()
        .enumerate()
        .map(|(at, word)| match word.strip_prefix('`') {
            Some(_) if varies(at) => "`#",
            None if varies(at) => "#",
            Some(_) | None => word,
        });
    masked.collect::<Vec<_>>().join(" ").trim_end().to_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

/// The blocks of README.md whose first line is this, without fences.
fn blocks(kind: &str) -> Vec<String> {
    let readme = fs::read_to_string("README.md").unwrap();
    let parts = readme.split("```").skip(1).step_by(2);
    parts
        .filter_map(|block| Some(block.strip_prefix(kind)?.strip_prefix('\n')?.to_owned()))
        .collect()
}

#[test]
fn what_the_readme_shows_is_what_happens() {
    let desk = Desk::new();
    for program in blocks("js") {
        let (path, _) = program
            .strip_prefix("// ")
            .unwrap()
            .split_once('\n')
            .unwrap();
        desk.write(path, &program);
        if path.starts_with("five-ways/") {
            desk.write("class/bob/event-loop/five-ways/main.cjs", &program);
        }
    }
    let solution =
        fs::read_to_string("exercises/event-loop/five-ways/solution-esm/main.mjs").unwrap();
    desk.write("class/ann/event-loop/five-ways/main.mjs", &solution);
    let transcripts = blocks("console");
    assert!(transcripts.len() >= 2);
    for transcript in transcripts {
        let (command, shown) = transcript
            .strip_prefix("$ tickmark ")
            .unwrap()
            .split_once('\n')
            .unwrap();
        let told = desk.run(&command.split(' ').collect::<Vec<_>>());
        assert_eq!(steady(shown), steady(&told.out), "{}", told.err);
    }
}

/// What was told, without what depends on the machine: which Node it is, which of two free lines came first, the hash
/// of the course, and how much programs are closed off.
fn steady(told: &str) -> Vec<String> {
    let cut = |line: &str, at: &str| line.split(at).next().unwrap().trim_end().to_owned();
    let mut lines: Vec<String> = told
        .replace(
            "sandbox: limits only; see `tickmark doctor`",
            "sandbox: full",
        )
        .lines()
        .map(|line| cut(&cut(line, " on Node"), " (").to_owned())
        .collect();
    if let Some(at) = lines.windows(2).position(|pair| {
        pair.iter()
            .all(|line| line.ends_with("two") || line.ends_with("three"))
    }) {
        lines[at..at + 2].sort();
    }
    lines
}

#[test]
fn who_passes_by_luck_is_told_so() {
    let desk = Desk::new();
    desk.write("mine/quizzes/README.md", "");
    let exercise = "mine/exercises/loop/late";
    desk.write(&format!("{exercise}/task.md"), "Read, then be late.");
    desk.write(&format!("{exercise}/starter/main.cjs"), "");
    desk.write(
        &format!("{exercise}/solution/main.cjs"),
        "console.log('read\\nlate')\n",
    );
    desk.write(
        &format!("{exercise}/exercise.yaml"),
        "format: 1\ntitle: Late\nentry: main\ntests:\n  - name: in order\n    trace: [read, late]\n",
    );
    let late =
        "setTimeout(() => console.log('late'), 300)\nconst read = () => console.log('read')\n";
    desk.write(
        "one/main.cjs",
        &format!("{late}require('fs').readFile(__filename, read)\n"),
    );
    desk.write("two/main.cjs", &format!("{late}setImmediate(read)\n"));
    let check = |folder: &str| desk.run(&["check", "--course", "mine", "loop/late", folder]);
    check("one")
        .exits(0)
        .says("`in order` passed by luck: your program can also print `late`, `read`");
    let told = check("two").exits(0);
    assert!(!told.out.contains("luck"), "{}", told.out);
}

/// Who is right only where a timer of no time is due at once.
const LUCKY: &str =
    "setTimeout(() => console.log('timeout'), 0)\nsetImmediate(() => console.log('immediate'))\n";

/// Who is right every time.
const SURE: &str = "setTimeout(() => {\n  console.log('timeout')\n  setImmediate(() => console.log('immediate'))\n}, 0)\n";

impl Desk {
    /// A course of one exercise, `loop/race`, and a class of two.
    fn write_a_race(&self) {
        self.write("mine/quizzes/README.md", "");
        let exercise = "mine/exercises/loop/race";
        self.write(&format!("{exercise}/task.md"), "Print both.");
        self.write(&format!("{exercise}/starter/main.cjs"), "");
        self.write(&format!("{exercise}/solution/main.cjs"), SURE);
        self.write(
            &format!("{exercise}/exercise.yaml"),
            "format: 1\ntitle: Race\nentry: main\ntests:\n  - name: in order\n    trace: [timeout, immediate]\n",
        );
        self.write("class/lou/main.cjs", LUCKY);
        self.write("class/sue/main.cjs", SURE);
        self.write(
            "class/tim/main.cjs",
            "console.log(Date.now())\nconsole.log('timeout')\n",
        );
    }
}

const RACE: [&str; 5] = ["grade", "--course", "mine", "loop/race", "class"];

#[test]
fn the_model_judges_where_that_is_asked_for() {
    let desk = Desk::new();
    desk.write_a_race();
    let grade = |more: &[&str]| desk.run(&[&RACE[..], more].concat());
    grade(&["--node", "model"])
        .exits(3)
        .says("loop/race on the model of Node 26")
        .says("lou      0/1     ~  racy: right in 1 of 2 orders that it can print")
        .says("sue      1/1     ✓\n")
        .says("tim      0/1 ?   ?  not judged: outside the model is `Date.now` (main.cjs:1)")
        .says("provisional: judged on the model of Node 26's event loop, without a Node");
    grade(&["--node", "model-20", "--racy", "points"])
        .exits(3)
        .says("loop/race on the model of Node 20")
        .says("lou      1/1     ~");
    let told = grade(&["--node", "model-20", "--format", "json"]).exits(3);
    let told: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(told["node"], Value::Null);
    assert_eq!(told["model"], 20);
    assert!(told["provisional"].is_string());
    grade(&["--node", "model-19"])
        .exits(2)
        .complains("there is no model of Node 19\nhelp: it can be `model-18`, `model-20`,");
    let check = |whose: &str| {
        let folder = format!("class/{whose}");
        let node = ["--node", "model"];
        desk.run(
            &[
                &["check", "--course", "mine", "loop/race", &folder],
                &node[..],
            ]
            .concat(),
        )
    };
    check("lou")
        .exits(1)
        .says("of 2 orders in which it can print its lines 1 is right: the order is left to chance")
        .says("it can also print another order, which is wrong:");
    check("sue")
        .exits(0)
        .says("provisional: judged on the model");
    check("tim")
        .exits(3)
        .says("it takes Node to judge this: outside the model is `Date.now` (main.cjs:1)")
        .says("1 test was not judged, so 1 point of these is still open");
}

#[test]
fn the_model_is_closed_off_as_a_node_is() {
    for tier in ["full", "partial", "limits"] {
        let desk = Desk::at_most(tier);
        if !desk.has(tier) {
            continue;
        }
        desk.write_a_race();
        let required = match tier {
            "limits" => "",
            tier => &format!("--require-sandbox={tier}"),
        };
        let more = ["--node", "model", "--format", "json", required];
        let more = more.into_iter().filter(|one| !one.is_empty());
        let told = desk.run(&RACE.into_iter().chain(more).collect::<Vec<_>>());
        let told: Value = serde_json::from_str(&told.exits(3).out).unwrap();
        assert_eq!(told["sandbox"], tier);
        let verdicts: Vec<&Value> = (0..3)
            .map(|row| &told["rows"][row]["tests"][0]["verdict"])
            .collect();
        assert_eq!(verdicts, ["racy", "passed", "not-judged"], "{told}");
    }
    let desk = Desk::at_most("limits");
    desk.write_a_race();
    desk.run(&[&RACE[..], &["--node", "model", "--require-sandbox"]].concat())
        .exits(3)
        .complains("programs cannot be closed off here as --require-sandbox asks");
}

#[test]
fn a_teacher_who_wants_no_luck_is_told_of_it() {
    let desk = Desk::new();
    desk.write_a_race();
    // The timer is due long before the read is done, and the model knows that it need not be.
    let late = "setTimeout(() => console.log('timeout'), 0)\n\
        require('fs').readFile(__filename, () => setTimeout(() => console.log('immediate'), 50))\n";
    desk.write("class/lou/main.cjs", late);
    let lou = "lou      0/1     ~  racy: right in ";
    let grade = |more: &[&str]| desk.run(&[&RACE[..], more].concat());
    grade(&[]).says("lou      1/1     ✓");
    let told = grade(&["--luck"]);
    assert!(
        !told.out.contains(lou),
        "it is right every time: {}",
        told.out
    );
    desk.write(
        "class/lou/main.cjs",
        "setTimeout(() => console.log('immediate'), 300)\n\
        require('fs').readFile(__filename, () => console.log('timeout'))\n",
    );
    grade(&[]).says("lou      1/1     ✓");
    grade(&["--luck"]).says(lou).says("sue      1/1     ✓");
    grade(&["--luck", "--racy", "points"]).says("lou      1/1     ~");
}

/// Where nothing that is found is a Node: each lies under something else.
#[cfg(target_os = "linux")]
const WITHOUT_NODE: &str = "for node in $NODES; do mount --bind /dev/null \"$node\" || exit 99; done; PATH=/nowhere exec \"$@\"";

#[test]
#[cfg(target_os = "linux")]
fn where_there_is_no_node_the_model_judges_and_every_report_says_so() {
    let desk = Desk::new();
    desk.write_a_race();
    let nodes = node::all().into_iter().map(|node| node.path);
    let nodes: Vec<String> = nodes
        .map(|path| path.to_str().unwrap().to_owned())
        .collect();
    let run = |arguments: &[&str]| {
        let mut command = desk.command(Path::new("unshare"));
        command.args(["--map-root-user", "--mount", "sh", "-c", WITHOUT_NODE, "sh"]);
        command.arg(tickmark()).args(arguments);
        command
            .env_remove("TICKMARK_NODE")
            .env("NODES", nodes.join(" "));
        Told::of(command.output().unwrap())
    };
    let doctor = run(&["doctor"]);
    if !doctor.out.contains("there is no Node.js on this machine") {
        support::not_tested(&format!("a machine without Node: {}", doctor.err));
        return;
    }
    doctor
        .exits(0)
        .says("warn  node      there is no Node.js")
        .says("`check` and `grade` go on with the model")
        .says("install Node.js 20 or later")
        .says("sandbox ");
    run(&["check", "--course", "mine", "loop/race", "class/sue"])
        .exits(0)
        .complains("going on with the model of Node 26's event loop")
        .says("✓ in order: 1 of 1 point")
        .says("provisional: judged on the model of Node 26's event loop, without a Node")
        .says("help: install Node.js 20 or later");
    for format in report::FORMATS {
        run(&[&RACE[..], &["--format", format.name]].concat())
            .exits(3)
            .says("provisional")
            .says("the model of Node 26");
    }
    // What needs Node says so, and what was named and is none is no reason to go on.
    run(&["run", "class/sue/main.cjs"])
        .exits(3)
        .complains("there is no Node.js on this machine");
    run(&[
        "check",
        "--course",
        "mine",
        "loop/race",
        "class/sue",
        "--node",
        "nowhere",
    ])
    .exits(3)
    .complains("`--node` names `nowhere`, which is no Node");
}

#[test]
fn the_model_is_of_the_node_that_most_tests_are_for() {
    let desk = Desk::new();
    desk.write_a_race();
    let path = "mine/exercises/loop/race/exercise.yaml";
    let yaml = fs::read_to_string(desk.path(path)).unwrap();
    let more = "  - name: older\n    node: 18-22\n    trace: [timeout, immediate]\n";
    desk.write(path, &format!("{yaml}{more}"));
    desk.run(&[&RACE[..], &["--node", "model"]].concat())
        .says("on the model of Node 22");
}

#[test]
fn every_order_is_said_without_node() {
    let desk = Desk::new();
    let race = "setTimeout(() => console.log('t'), 0)\nsetImmediate(() => console.log('i'))\nconsole.log('m')\n";
    desk.write("race.cjs", race);
    desk.write("race.mjs", race);
    desk.write("given.cjs", "console.log(process.argv.slice(2).join())\n");
    desk.run(&["orders", "given.cjs", "--node", "20", "--", "a", "b"])
        .exits(0)
        .says("│ a,b");
    desk.write("endless.cjs", "while (true) {}\n");
    desk.run(&["orders", "endless.cjs", "--node", "20", "--format", "yaml"])
        .exits(3)
        .complains("no order was found: there may be more: the program computes for longer");
    desk.write("clock.cjs", "console.log('a')\n\nconst now = Date.now()\n");
    let json = |file: &str, node: &str| -> serde_json::Value {
        let told = desk.run(&["orders", file, "--node", node, "--format", "json"]);
        serde_json::from_str(&told.out).unwrap()
    };
    let told = json("race.cjs", "20");
    assert_eq!(
        told["orders"],
        serde_json::json!([["m", "t", "i"], ["m", "i", "t"]])
    );
    assert_eq!(
        told["expectation"],
        serde_json::json!([{ "text": "m", "rule": "run-to-completion" }, { "any-order": ["t", "i"] }])
    );
    assert_eq!(
        (&told["complete"], &told["count"]),
        (&true.into(), &2.into())
    );
    assert_eq!(
        json("race.mjs", "20")["orders"],
        serde_json::json!([["m", "i", "t"]])
    );
    assert_eq!(json("race.mjs", "24")["count"], 2);
    let outside = json("clock.cjs", "24");
    let what = serde_json::json!({ "what": "`Date.now`", "file": "clock.cjs", "line": 3 });
    assert_eq!(outside["outside"], what);
    assert_eq!(
        (&outside["complete"], &outside["count"]),
        (&false.into(), &0.into())
    );
    desk.run(&["orders", "clock.cjs", "--node", "24"])
        .exits(3)
        .says("outside the model: `Date.now` (clock.cjs:3)");
    desk.run(&["orders", "race.cjs", "--node", "19"])
        .exits(3)
        .says("outside the model: Node 19");
    desk.run(&[
        "orders",
        "race.cjs",
        "--node",
        "20",
        "--format",
        "yaml",
        "--assume",
        "callbacks=0ms",
    ])
    .exits(0)
    .says("# only the usual orders: taken for granted is callbacks=0ms")
    .says("trace:");
    desk.run(&["orders", "race.mjs", "--node", "18", "--story"])
        .says("1 check: immediate (race.mjs:2) → i");
    desk.run(&["orders", "nowhere.mjs"])
        .exits(2)
        .complains("there is no file or folder");
}

/// A class of two, one of whom is right.
fn write_a_class(desk: &Desk) {
    let solution =
        fs::read_to_string("exercises/event-loop/five-ways/solution-esm/main.mjs").unwrap();
    desk.write("class/ann/event-loop/five-ways/main.mjs", &solution);
    desk.write("class/bob/event-loop/five-ways/main.cjs", RIGHT);
}

/// Students of one exercise that wants [`ORDER`], each with a program of their own.
fn write_students(desk: &Desk, programs: &[(&str, &str)]) {
    desk.write_a_course(ORDER);
    for (student, program) in programs {
        desk.write(&format!("class/{student}/main.cjs"), program);
    }
}

#[test]
fn the_same_class_gives_the_same_bytes_however_many_are_graded_at_once() {
    let desk = Desk::new();
    let programs = [
        ("amy", "console.log('first\\nsecond')"),
        ("ben", "console.log('first')"),
        ("cleo", "console.log('first')\nthrow new TypeError('no')\n"),
        ("dan", "console.log(\n"),
        ("eve", "while (true) console.log('on and on')\n"),
    ];
    write_students(&desk, &programs);
    for format in ["table", "json", "junit", "csv", "github"] {
        let graded = |jobs: &str| {
            let grade = [
                "grade",
                "box/needs",
                "class",
                "--format",
                format,
                "--jobs",
                jobs,
            ];
            desk.run(&grade).exits(0).out
        };
        assert_eq!(graded("1"), graded("8"), "{format}");
    }
}

#[test]
fn several_are_graded_at_once_without_being_asked_for() {
    let desk = Desk::without_a_box();
    // Each waits until the other has begun.
    let waiting = |mine: &str, other: &str| {
        let path = |name| serde_json::to_string(&desk.path(name)).unwrap();
        format!(
            "const fs = require('fs')\nfs.writeFileSync({}, '')\n\
             const wait = setInterval(() => {{\n  if (!fs.existsSync({})) return\n  clearInterval(wait)\n  \
             console.log('first\\nsecond')\n}}, 9)\n",
            path(mine),
            path(other)
        )
    };
    let programs = [
        ("amy", waiting("amy.begun", "ben.begun")),
        ("ben", waiting("ben.begun", "amy.begun")),
    ];
    let programs = programs
        .each_ref()
        .map(|(name, program)| (*name, program.as_str()));
    write_students(&desk, &programs);
    let grade = ["grade", "box/needs", "class", "--format", "json"];
    let results: Value = serde_json::from_str(&desk.run(&grade).exits(0).out).unwrap();
    for row in results["rows"].as_array().unwrap() {
        assert_eq!(row["total"]["points"], "2", "{row}");
    }
}

/// A Node for who only asks for its version.
#[cfg(unix)]
fn write_a_node(desk: &Desk, path: &str, version: &str) -> PathBuf {
    desk.write_script(path, &format!("echo {version}"))
}

#[test]
#[cfg(unix)]
fn a_node_and_a_course_are_looked_for_in_their_order() {
    let desk = Desk::new();
    // Newer than any, so that it is the newest of all that are installed here.
    write_a_node(&desk, "home/.nvm/versions/node/v99.0.1/bin/node", "v99.0.1");
    write_a_node(&desk, "path/node", "v98.0.2");
    let variable = write_a_node(&desk, "variable/node", "v97.0.3");
    write_a_node(&desk, "named/node", "v96.0.4");
    let doctor = |variables: &[(&str, &Path)], arguments: &[&str]| {
        let mut command = desk.command(&tickmark());
        command.env("HOME", desk.path("home")).env("PATH", "");
        command.env_remove("TICKMARK_NODE").env_remove("NVM_DIR");
        command.envs(variables.iter().copied());
        Told::of(command.arg("doctor").args(arguments).output().unwrap())
    };
    let path = ("PATH", &*desk.path("path"));
    let variable = ("TICKMARK_NODE", &*variable);
    doctor(&[], &[]).says("node      99.0.1 at ");
    doctor(&[path], &[]).says("node      98.0.2 at ");
    doctor(&[path, variable], &[]).says("node      97.0.3 at ");
    doctor(&[path, variable], &["--node", "named"]).says("node      96.0.4 at ");

    let elsewhere = Desk::new();
    elsewhere.write_a_course(ORDER);
    let mut list = desk.command(&tickmark());
    list.env("TICKMARK_COURSE", elsewhere.path("")).arg("list");
    Told::of(list.output().unwrap()).exits(0).says("box/needs");
}

#[test]
fn answers_alone_are_graded_without_a_node() {
    let desk = Desk::new();
    desk.write(
        "class/Ada/answers/event-loop/phases.yaml",
        "format: 1\nquiz: event-loop/phases\nanswers: {}\n",
    );
    let grade = ["grade", "class", "--node", "nowhere", "--format", "json"];
    let told = desk.run(&grade).exits(0);
    let results: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(results["node"], Value::Null);
    assert_eq!(results["rows"][0]["student"], "Ada");
    let github = desk.run(&["grade", "class", "--format", "github"]).out;
    let is_error = |line: &&str| line.starts_with("::error ");
    let errors: Vec<&str> = github.lines().filter(is_error).collect();
    let [one] = errors[..] else {
        panic!("{github}")
    };
    let title = "title=Ada%2C answers/event-loop/phases%3A 12 questions not answered%3A 0 of ";
    assert!(one.contains(title), "{one}");
    assert_eq!(one.matches('`').count(), 2 * 12, "{one}");
    desk.write("class/Ada/event-loop/five-ways/main.mjs", "");
    desk.run(&grade).exits(3).complains("nowhere");
}

#[test]
fn a_check_is_written_in_every_format_without_what_is_hidden() {
    let desk = Desk::new();
    desk.write("mine/main.cjs", RIGHT);
    let check = |more: &[&str]| {
        let arguments = [&["check", "event-loop/five-ways", "mine"], more].concat();
        desk.run(&arguments).exits(1)
    };
    let json: Value = serde_json::from_str(&check(&["--format", "json"]).out).unwrap();
    let tests = json["rows"][0]["tests"].as_array().unwrap();
    assert!(tests.iter().all(|test| test["hidden"] == false));
    assert_eq!(json["total"]["most"], "3");
    let github = check(&["--format", "github"]);
    github.says("::error file=mine/main.cjs");
    check(&["--format", "table"]).says("five-ways");
    let told = check(&["--format", "junit", "--output", "results.xml"]);
    told.says("are missing").says("hidden test (2 points)");
    let junit = fs::read_to_string(desk.path("results.xml")).unwrap();
    assert!(junit.starts_with("<?xml") && junit.contains("<failure"));
    check(&["--output", "feedback.txt"]);
    let feedback = fs::read_to_string(desk.path("feedback.txt")).unwrap();
    assert_eq!(feedback, check(&[]).out);
}

#[test]
fn a_report_goes_where_output_says() {
    let desk = Desk::new();
    write_a_class(&desk);
    let grade = |output: &str| desk.run(&["grade", "class", "--format", "csv", "--output", output]);
    grade("no/such/folder/points.csv")
        .exits(2)
        .complains("there is no folder `no/such/folder`\nhelp: make it")
        .shows_nothing();
    grade("class")
        .exits(2)
        .complains("there is a folder `class`\nhelp: name a file")
        .shows_nothing();
    // What was there before is replaced as a whole.
    desk.write("points.csv", &"x".repeat(100_000));
    grade("points.csv").exits(0).says("ann");
    let report = fs::read_to_string(desk.path("points.csv")).unwrap();
    assert!(report.starts_with("student,") && report.lines().count() == 3);
    let left = fs::read_dir(desk.path("")).unwrap().count();
    assert_eq!(left, 2, "nothing else is left beside it");
}

#[test]
#[cfg(unix)]
fn a_report_follows_links_and_is_written_to_devices() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::new();
    write_a_class(&desk);
    let grade = |output: &str| desk.run(&["grade", "class", "--format", "csv", "--output", output]);
    desk.write("kept/points.csv", "old");
    symlink("kept/points.csv", desk.path("link")).unwrap();
    symlink("kept/new.csv", desk.path("dangling")).unwrap();
    for (link, file) in [("link", "kept/points.csv"), ("dangling", "kept/new.csv")] {
        grade(link).exits(0);
        assert!(desk.path(link).is_symlink(), "{link}");
        let report = fs::read_to_string(desk.path(file)).unwrap();
        assert!(report.starts_with("student,"), "{link}");
        // As if the user had made it himself.
        let mode = fs::metadata(desk.path(file)).unwrap().permissions().mode();
        desk.write("made", "");
        let made = fs::metadata(desk.path("made"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode, made);
    }
    let told = grade("/dev/stdout").exits(0);
    told.says("student,").says("2 submissions of 2 students");
    grade("/dev/null").exits(0).says("2 submissions");
}

/// `/dev/full` is a disk without room.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said_once_and_the_table_is_still_shown() {
    let desk = Desk::new();
    write_a_class(&desk);
    let told = desk
        .run(&[
            "grade",
            "class",
            "--format",
            "json",
            "--output",
            "/dev/full",
        ])
        .exits(3)
        .says("2 submissions of 2 students");
    assert_eq!(
        told.err,
        "tickmark: could not write `/dev/full`: No space left on device (os error 28)\n"
    );
    let stdout = fs::File::create("/dev/full").unwrap();
    let mut command = desk.command(&tickmark());
    command.args(["grade", "class"]).stdout(stdout);
    let told = Told::of(command.output().unwrap()).exits(3);
    assert_eq!(
        told.err,
        "tickmark: could not write: No space left on device (os error 28)\n"
    );
}

/// Every command of the help of every command, without what it is for.
fn examples(desk: &Desk) -> Vec<String> {
    let help = desk.run(&["--help"]).exits(0).out;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    // A command's name stands two columns in; what it is for may go on in the rows below.
    let names = commands.lines().take_while(|line| !line.is_empty());
    let names = names.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let commands: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    assert!(commands.len() >= 9);
    let mut helps = vec![help.clone()];
    for command in commands.into_iter().filter(|command| *command != "help") {
        let told = desk.run(&[command, "--help"]).exits(0);
        helps.push(told.says("Examples:\n").out);
    }
    let mut examples = Vec::new();
    for line in helps.iter().flat_map(|help| help.lines()) {
        let Some(rest) = line.strip_prefix("  tickmark ") else {
            continue;
        };
        let command = format!("tickmark {}", rest.split("  ").next().unwrap());
        if !examples.contains(&command) {
            examples.push(command);
        }
    }
    examples
}

/// They are tried where the things lie that they speak of; the exercises are those of the built-in course.
#[test]
#[cfg(unix)]
fn every_example_of_the_help_does_what_it_says() {
    let desk = Desk::new();
    write_a_class(&desk);
    desk.write(
        "answers/event-loop/phases.yaml",
        "format: 1\nquiz: event-loop/phases\nanswers: {}\n",
    );
    for folder in [
        "node-22/bin",
        ".local/share/bash-completion/completions",
        ".zfunc",
        ".config/fish/completions",
    ] {
        fs::create_dir_all(desk.path(folder)).unwrap();
    }
    for name in ["main.mjs", "my-answer/main.cjs", "names.txt"] {
        desk.write(name, "console.log('ok')\n");
    }
    let node = node();
    std::os::unix::fs::symlink(node.path, desk.path("node-22/bin/node")).unwrap();
    let boxed = desk.run(&["doctor"]).out.contains("sandbox   full");
    let program = tickmark();
    let here = program.parent().unwrap();
    let path = std::env::var_os("PATH").unwrap();
    let path = [here.to_owned()]
        .into_iter()
        .chain(std::env::split_paths(&path));
    let path = std::env::join_paths(path).unwrap();
    let examples = examples(&desk);
    assert!(examples.len() >= 20, "{examples:?}");
    // What `prove` does takes long, and has a test of its own.
    let quick = |example: &String| !example.starts_with("tickmark prove");
    for example in examples.into_iter().filter(quick) {
        let mut command = desk.command(Path::new("sh"));
        command.args(["-c", &example]);
        command.env("HOME", desk.path("")).env("PATH", &path);
        let told = Told::of(command.output().unwrap());
        let exit = match example.as_str() {
            // Without a terminal no quiz can be chosen.
            "tickmark quiz" => 2,
            refused if refused.contains("--require-sandbox") && !boxed => 3,
            check if check.starts_with("tickmark check") => 1,
            lost if lost.contains("--fail-on lost-points") || lost.contains("--answers") => 1,
            _ => 0,
        };
        assert_eq!(told.exit, exit, "{example}\n{}", told.err);
    }
}

#[test]
fn an_author_proves_what_the_course_says() {
    let desk = Desk::new();
    desk.write(
        "mine/quizzes/loop/README.md",
        "# Loop\n\n```js main.cjs\nconsole.log('b')\n```\n```text prints\na\n```\n",
    );
    desk.write("mine/exercises/README.md", "");
    let cache = desk.path("cache");
    let prove = |arguments: &[&str]| {
        let mut command = desk.command(&tickmark());
        command
            .env("XDG_CACHE_HOME", &cache)
            .arg("prove")
            .args(arguments);
        let node = node();
        command.args(["--runs", "2", "--node"]).arg(node.path);
        Told::of(command.output().unwrap())
    };
    prove(&["rules/six-phases", "event-loop/five-ways"])
        .exits(0)
        .says("✓ rules/six-phases: ")
        .says("✓ exercises/event-loop/five-ways: ")
        .says("2 of 2 units hold on Node");
    prove(&["rules/six-phases"])
        .exits(0)
        .says("were given before");
    let told = prove(&["rules/six-phases", "--fresh"]).exits(0);
    assert!(!told.out.contains("given before"), "{}", told.out);
    let told = prove(&["rules/sixphases"]).exits(2);
    assert!(
        told.err.contains("did you mean `rules/six-phases`?"),
        "{}",
        told.err
    );
    prove(&["--course", "mine", "quizzes"])
        .exits(2)
        .says("✗ quizzes/loop/README.md")
        .says("it printed `b`");
    desk.write("mine/quizzes/loop/broken.yaml", "format: 1\ntitel: T\n");
    for named in ["loop/broken", "mine/quizzes/loop/broken.yaml"] {
        let told = prove(&["--course", "mine", named]).exits(2);
        assert!(told.err.contains("did you mean `title`?"), "{}", told.err);
    }
    prove(&["--course", "mine", "loop"])
        .exits(2)
        .says("✗ quizzes/loop/README.md");
}

/// A quiz with one program, which sees whether its cores are kept busy while it runs.
const BUSY_OR_QUIET: &str = "\
format: 1
title: Busy or quiet
questions:
  - id: cores
    ask: What does it print?
    module: commonjs
    program: |
      const fs = require('fs')
      const threads = `/proc/${process.ppid}/task`
      const isBusy = id => {
        // A thread may have ended since the folder was read.
        try { return fs.readFileSync(`${threads}/${id}/comm`, 'utf8') === 'busy core\\n' } catch { return false }
      }
      console.log(fs.readdirSync(threads).some(isBusy) ? 'busy' : 'quiet')
    trace: { either: [busy, quiet, never] }
  - id: later
    ask: What does it print?
    module: commonjs
    node: ABSENT
    program: console.log('a')
    trace: a
";

#[test]
#[cfg(target_os = "linux")]
fn a_proof_says_what_was_seen_how_often_and_what_was_not_proven() {
    let desk = Desk::without_a_box();
    desk.write("mine/exercises/README.md", "");
    let mut command = desk.command(&tickmark());
    command
        .env("XDG_CACHE_HOME", desk.path("cache"))
        .args(["prove", "--course", "mine", "quizzes"]);
    // On two Nodes, and of a version that neither is.
    let mut here = Vec::new();
    let two = nodes().into_iter().take(2);
    let two: Vec<Node> = two.map(|path| Node::from_path(&path).unwrap()).collect();
    for node in if two.is_empty() { vec![node()] } else { two } {
        here.push(node.version.major);
        command.arg("--node").arg(node.path);
    }
    let absent = [18, 20, 22].into_iter().find(|line| !here.contains(line));
    let absent = absent.unwrap().to_string();
    desk.write(
        "mine/quizzes/loop/quiz.yaml",
        &BUSY_OR_QUIET.replace("ABSENT", &absent),
    );
    let told = Told::of(command.output().unwrap())
        .exits(0)
        .says("20 runs of a program miss an order that comes one time in six once in 38 tries")
        .says(&format!("not proven here: 2 claims for Node {absent}"));
    for seen in [
        ", 20 runs",
        "  10 × `busy`",
        "  10 × `quiet`",
        "note: accepted, and never seen: `never`",
    ] {
        let times = told.out.matches(seen).count();
        assert_eq!(times, here.len(), "{seen:?} in:\n{}", told.out);
    }
}

#[test]
fn a_program_is_run_as_grading_would_and_it_is_said_how_it_ended() {
    let desk = Desk::new();
    desk.write(
        "one.cjs",
        "console.log(require('fs').readFileSync(0, 'utf8'), process.argv.slice(2), require('fs').readdirSync('.'))\n\
         console.error('\\x1b[31mred')\nprocess.exitCode = 4\n",
    );
    desk.write("input.txt", "what it is given");
    let told = |arguments: &[&str], exit: i32| -> Value {
        let out = desk
            .run(&[&["run", "--format", "json"], arguments].concat())
            .exits(exit)
            .out;
        serde_json::from_str(&out).unwrap()
    };
    let one = told(&["one.cjs", "--stdin", "input.txt", "--", "a", "--b"], 0);
    assert_eq!(one["format"], 1);
    assert_eq!(one["ending"], "finished");
    assert_eq!(one["exit-code"], 4);
    assert_eq!(one["signal"], Value::Null);
    assert_eq!(
        one["stdout"],
        "what it is given [ 'a', '--b' ] [ 'one.cjs' ]\n"
    );
    assert_eq!(one["stderr"], "\u{1b}[31mred\n");
    assert_eq!(one["refused"], serde_json::json!([]));
    for number in ["wall-ms", "cpu-ms", "peak-memory-bytes"] {
        assert!(one[number].is_u64(), "{number}");
    }
    let tier = one["tier"].as_str().unwrap();
    assert!(!one["layers"].as_array().unwrap().is_empty());
    desk.run(&["run", "one.cjs"])
        .exits(0)
        .says("  │ ␛[31mred")
        .says("exit code 4")
        .says(&format!("sandbox: {tier}"));

    desk.write(
        "folder/main.mjs",
        "import { x } from './x.mjs'\nconsole.log(x)\nfor (;;);\n",
    );
    desk.write("folder/x.mjs", "export const x = 7\n");
    let stopped = told(&["folder", "--limits", "cpu=200ms,memory=128MB"], 1);
    assert_eq!(
        (&stopped["ending"], &stopped["stdout"]),
        (&"cpu-time".into(), &"7\n".into())
    );
    desk.write(
        "signal.cjs",
        "process.kill(process.pid, 'SIGUSR2')\nsetTimeout(() => {}, 9000)\n",
    );
    let signal = told(&["signal.cjs"], 0);
    assert_eq!(
        (&signal["ending"], &signal["signal"]),
        (&"signal".into(), &"SIGUSR2".into())
    );

    let parent = "console.log(require('child_process').spawnSync('/bin/sh', ['-c', 'echo ok']).stdout + '')\n";
    desk.write("parent.cjs", parent);
    assert_eq!(told(&["parent.cjs", "--children"], 0)["stdout"], "ok\n\n");
    if tier == "full" {
        desk.run(&["doctor"])
            .exits(0)
            .says("ok    sandbox   full: ")
            .says("ok    layer     own network\n");
        let childless = told(&["parent.cjs"], 0);
        assert_eq!(childless["stdout"], "null\n");
        assert_eq!(childless["refused"], serde_json::json!(["children"]));
        desk.run(&["run", "parent.cjs"])
            .exits(0)
            .says("it was refused to start another program (`EAGAIN`)");
        // JavaScript itself knows no other sockets than the box does.
        if Path::new("/usr/bin/perl").exists() {
            let perl = "['-e', 'socket(S, 17, 3, 0) or print $!']";
            let spawned = format!("require('child_process').spawnSync('perl', {perl})");
            desk.write(
                "packets.cjs",
                &format!("console.log({spawned}.stdout + '')\n"),
            );
            let packets = told(&["packets.cjs", "--children"], 0);
            assert_eq!(packets["stdout"], "Operation not permitted\n");
            assert_eq!(packets["refused"], serde_json::json!(["sockets"]));
        }
        for (name, wanted, text) in [
            (
                "space.cjs",
                "space",
                "for (;;) fs.appendFileSync('x' + i++, Buffer.alloc(4e6))",
            ),
            (
                "files.cjs",
                "files",
                "for (;;) fs.writeFileSync('x' + i++, '')",
            ),
            (
                "open.cjs",
                "descriptors",
                "for (;;) fs.openSync('/dev/null')",
            ),
        ] {
            // It goes on for a moment, so that somebody who looks now and then sees it.
            let text = format!(
                "const fs = require('fs')\nlet i = 0\ntry {{ {text} }} catch (e) {{ console.log(e.code) }}\n\
                 setTimeout(() => {{}}, 200)\n"
            );
            desk.write(name, &text);
            let refused = told(&[name], 0);
            assert_eq!(refused["refused"], serde_json::json!([wanted]), "{refused}");
            assert_eq!(refused["ending"], "finished");
        }
        desk.run(&["run", "open.cjs"])
            .exits(0)
            .says("it was refused more open files and sockets (`EMFILE`)");
        desk.write_a_course(ORDER);
        fs::copy(desk.path("open.cjs"), desk.path("mine/main.cjs")).unwrap();
        desk.run(&["check", "box/needs", "mine"])
            .exits(1)
            .says("it was refused more open files and sockets (`EMFILE`)");
    }

    for (arguments, wrong) in [
        (
            vec!["run", "nowhere.cjs"],
            "there is no file or folder `nowhere.cjs`",
        ),
        (
            vec!["run", "."],
            "there is no `main.mjs`, `main.cjs` or `main.js`",
        ),
        (
            vec!["run", "one.cjs", "--limits", "cpu=2"],
            "cpu is written like `cpu=2s`",
        ),
        (
            vec!["run", "one.cjs", "--limits", "time=2s"],
            "the limits are `cpu`, `memory`",
        ),
        (
            vec!["run", "one.cjs", "--limits", "output=2MB"],
            "from 1KB to 1000KB",
        ),
        (
            vec!["run", "one.cjs", "--limits", "cpu=2h"],
            "cpu is written like `cpu=2s`",
        ),
        (
            vec!["run", "one.cjs", "--limits", "memory=8GB"],
            "from 64MB to 2000MB",
        ),
    ] {
        let told = desk.run(&arguments).exits(2);
        assert!(told.err.contains(wrong), "{}", told.err);
    }
    desk.run(&["run", "one.cjs", "--stdin", "nowhere.txt"])
        .exits(3);
}

#[test]
fn a_sandbox_that_is_required_and_not_there_is_trouble_and_nothing_runs() {
    let desk = Desk::without_a_box();
    desk.write_a_course(ORDER);
    let ran = desk.path("ran");
    let program = format!("require('fs').writeFileSync({ran:?}, '')\n");
    desk.write("mine/main.cjs", &program);
    desk.write("class/amy/main.cjs", &program);
    for command in [
        ["check", "box/needs", "mine", "--require-sandbox"],
        ["grade", "box/needs", "class", "--require-sandbox=full"],
    ] {
        let told = desk.run(&command).exits(3);
        let why = "cannot be closed off here as --require-sandbox asks: box: `TICKMARK_SANDBOX`";
        assert!(told.err.contains(why), "{}", told.err);
        assert!(!ran.exists());
    }
    desk.run(&["check", "box/needs", "mine"])
        .exits(1)
        .says("sandbox: limits only; see `tickmark doctor`");
    assert!(ran.exists());
    desk.run(&["doctor"])
        .exits(0)
        .says("warn  sandbox   limits: ")
        .says("warn  layer     box: `TICKMARK_SANDBOX` is `limits`")
        .says("warn  layer     Node's permission model: nobody asks for it");
    // It is no part of the box, so no tier lacks it.
    let told = desk
        .run(&["check", "box/needs", "mine", "--require-sandbox"])
        .exits(3);
    assert!(!told.err.contains("permission model"), "{}", told.err);
}

#[test]
fn nodes_permission_model_is_asked_for_in_words_that_are_known() {
    let desk = Desk::without_a_box();
    let asked = |word: &str, arguments: &[&str]| {
        let mut command = desk.command(&tickmark());
        command
            .env("TICKMARK_NODE_PERMISSION", word)
            .args(arguments);
        Told::of(command.output().unwrap())
    };
    let wrong = "`TICKMARK_NODE_PERMISSION` is `yes`\nhelp: it can be `on` or `off`";
    let told = asked("yes", &["list"]).exits(2);
    assert!(told.err.contains(wrong), "{}", told.err);
    for (word, says) in [("on", false), ("off", true)] {
        let told = asked(word, &["doctor"]);
        assert_eq!(
            told.out.contains("nobody asks for it"),
            says,
            "{}",
            told.out
        );
    }
}

#[test]
#[cfg(target_os = "linux")]
fn without_namespaces_what_needs_them_is_not_judged() {
    let desk = Desk::at_most("partial");
    if !desk.has("partial") {
        return;
    }
    desk.write_a_course(NEEDS);
    desk.run(&["check", "box/needs", "mine", "--require-sandbox=partial"])
        .exits(3)
        .says("this test needs the loopback network (127.0.0.1), which this machine cannot give")
        .says("? starts another: not judged, 1 point open")
        .says("1 of 3 points")
        .says("sandbox: partial; see `tickmark doctor`");
    let told = desk
        .run(&["check", "box/needs", "mine", "--require-sandbox"])
        .exits(3);
    let why = "as --require-sandbox asks: box: `TICKMARK_SANDBOX` is `partial`\n";
    assert!(told.err.contains(why), "{}", told.err);
    desk.run(&["doctor"])
        .says("ok    layer     guarded files\n")
        .says("warn  children  programs cannot start others");

    // What a program asks for says it as well as a test does.
    desk.write_a_course(ORDER);
    let server = "const server = require('http').createServer().listen(0, '127.0.0.1', () => {\n  \
                  console.log('first\\nsecond')\n  server.close()\n})\n";
    desk.write("mine/main.cjs", server);
    let run = desk.run(&["run", "mine", "--format", "json"]).exits(0).out;
    let run: Value = serde_json::from_str(&run).unwrap();
    assert_eq!(run["refused"], serde_json::json!(["sockets"]));
    desk.run(&["check", "box/needs", "mine"])
        .exits(3)
        .says("this test needs the loopback network (127.0.0.1), which this machine cannot give");
    // Nobody gives other programs unless the test says so.
    let parent = "console.log(require('child_process').spawnSync('true').error.code)\n";
    desk.write("mine/main.cjs", parent);
    desk.run(&["check", "box/needs", "mine"])
        .exits(1)
        .says("EAGAIN")
        .says("it was refused to start another program (`EAGAIN`)");
}

#[test]
fn an_unknown_tier_is_a_problem() {
    let told = Desk::at_most("ful").run(&["list"]).exits(2);
    let wrong = "`TICKMARK_SANDBOX` is `ful`\nhelp: it can be `limits`, `partial` or `full`";
    assert!(told.err.contains(wrong), "{}", told.err);
}

/// What students hand in that leads out of their folder, waits, is no file, is too much, or speaks to Node.
#[test]
#[cfg(target_os = "linux")]
fn a_hostile_submission_is_graded_without_what_leads_out() {
    use std::os::unix::fs::{MetadataExt, chown, symlink};
    let desk = Desk::new();
    desk.write_a_course(ORDER);
    desk.write("secret", "a secret");
    for student in ["eve", "kim"] {
        desk.write(
            &format!("class/{student}/main.cjs"),
            "const { readdirSync, readFileSync } = require('fs')
             const all = readdirSync('.', { recursive: true, withFileTypes: true })
             const named = all.filter((entry) => !entry.isDirectory()).map((entry) => entry.name).sort()
             console.log(process.env.STOLEN ?? 'ok', named.join())
             for (const name of ['file', 'hard']) {
               try { console.log(readFileSync(name, 'utf8')) } catch {}
             }",
        );
    }
    let at = |name: &str| desk.path(&format!("class/eve/{name}"));
    symlink(desk.path("secret"), at("file")).unwrap();
    symlink("/", at("root")).unwrap();
    symlink("..", at("up")).unwrap();
    fs::hard_link(desk.path("secret"), at("hard")).unwrap();
    for (kind, name) in [("p", "pipe"), ("c", "device")] {
        let numbers = ["1", "3"].iter().filter(|_| kind == "c");
        let mut mknod = Command::new("mknod");
        mknod.arg(at(name)).arg(kind).args(numbers);
        let made = mknod.stderr(Stdio::null()).status().unwrap();
        assert!(kind == "c" || made.success());
    }
    // As whoever unpacks it may have it: of the student, but not what it leads to.
    let root = desk.path("secret").metadata().unwrap().uid() == 0;
    match root {
        true => chown(desk.path("class/eve"), Some(61_499), None).unwrap(),
        false => support::not_tested(
            "hard links to files of others, since these tests are not run as root",
        ),
    }
    for (name, text) in [
        (".npmrc", "node-options=--require ./stolen.cjs\n"),
        (".env", "STOLEN=env\nNODE_OPTIONS=--require ./stolen.cjs\n"),
        (".noderc", "--require ./stolen.cjs\n"),
        (
            "node.config.json",
            "{ \"nodeOptions\": { \"require\": \"./stolen.cjs\" } }\n",
        ),
        (
            "package.json",
            "{ \"main\": \"stolen.cjs\", \"imports\": { \"#fs\": \"./stolen.cjs\" }, \"scripts\": { \"start\": \"node stolen.cjs\" } }\n",
        ),
        ("stolen.cjs", "process.env.STOLEN = 'required'\n"),
    ] {
        desk.write(&format!("class/kim/{name}"), text);
    }
    let told = desk.run(&["grade", "box/needs", "class", "--format", "json"]);
    let results: Value = serde_json::from_str(&told.out).unwrap();
    let text = results.to_string();
    assert!(!text.contains("a secret") || !root, "{text}");
    for said in [
        "`file` was left out: this is a link, and links are not followed",
        "`root` was left out: this is a link, and links are not followed",
        "`up` was left out: this is a link, and links are not followed",
        "`pipe` was left out: this is neither a file nor a folder",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    if root {
        for said in [
            "`hard` was left out: this is a hard link to a file of somebody else",
            "`device` was left out: this is neither a file nor a folder",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
    let printed = "ok .env,.noderc,.npmrc,main.cjs,node.config.json,package.json,stolen.cjs";
    assert!(text.contains(printed), "{text}");
}

/// The living processes that were started from this file.
#[cfg(target_os = "linux")]
fn processes_from(program: &Path) -> Vec<String> {
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let of_it = entries
        .filter(|entry| fs::read_link(entry.path().join("exe")).is_ok_and(|exe| exe == program));
    of_it
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}

#[test]
#[cfg(target_os = "linux")]
fn when_the_grader_is_killed_nothing_is_left() {
    for tier in ["full", "partial"] {
        let desk = Desk::at_most(tier);
        if desk.has(tier) {
            killed_again_and_again(&desk);
            let mounts = fs::read_to_string("/proc/self/mounts").unwrap();
            assert!(!mounts.contains("tickmark"), "{mounts}");
            if tier == "full" {
                assert_eq!(fs::read_dir(desk.path("temp")).unwrap().count(), 0);
            }
        }
    }
}

#[cfg(target_os = "linux")]
fn killed_again_and_again(desk: &Desk) {
    desk.write_a_course(ORDER);
    fs::create_dir(desk.path("temp")).unwrap();
    // Of its own, so that what runs from it is known.
    let program = desk.path("tickmark");
    fs::copy(tickmark(), &program).unwrap();
    let running = desk.path("node");
    fs::copy(node().path, &running).unwrap();
    for student in 0..4 {
        desk.write(
            &format!("class/student-{student}/main.cjs"),
            "require('fs').writeFileSync('file', 'x')\nsetInterval(() => {}, 1000)\n",
        );
    }
    let mut chance = fastrand::Rng::with_seed(5);
    for _ in 0..50 {
        let mut child = desk
            .command(&program)
            .args(["grade", "box/needs", "class", "--node"])
            .arg(&running)
            .env("TMPDIR", desk.path("temp"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(chance.u64(1..500)));
        child.kill().unwrap();
        child.wait().unwrap();
        let left = || [processes_from(&program), processes_from(&running)].concat();
        // The kernel takes a moment to end them all.
        let until = std::time::Instant::now() + Duration::from_secs(20);
        while !left().is_empty() && std::time::Instant::now() < until {
            thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(left(), Vec::<String>::new());
    }
}

/// Starts grading a class whose second student never ends, and answers once that one runs.
#[cfg(target_os = "linux")]
fn grading_that_never_ends(desk: &Desk) -> Child {
    let endless = "\
const { writeFileSync } = require('fs')
writeFileSync(STARTED, '')
setInterval(() => {}, 9)
";
    let started = desk.path("started");
    fs::create_dir(desk.path("temp")).unwrap();
    write_a_class(desk);
    for student in ["bob", "cid", "dan"] {
        let endless = endless.replace("STARTED", &format!("{started:?}"));
        desk.write(
            &format!("class/{student}/event-loop/five-ways/main.cjs"),
            &endless,
        );
    }
    let mut command = desk.command(&tickmark());
    command
        .args(["grade", "class", "--jobs", "1"])
        .args(["--format", "csv", "--output", "points.csv"])
        .env("TMPDIR", desk.path("temp"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    while !started.exists() {
        thread::sleep(Duration::from_millis(10));
    }
    child
}

/// The living processes whose environment names the folder.
#[cfg(target_os = "linux")]
fn processes_of(folder: &Path) -> usize {
    let folder = folder.to_str().unwrap();
    let names_it = |entry: &fs::DirEntry| {
        let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
        String::from_utf8_lossy(&environment).contains(folder)
    };
    let entries = fs::read_dir("/proc").unwrap().flatten();
    entries.filter(names_it).count()
}

#[test]
#[cfg(target_os = "linux")]
fn ctrl_c_ends_what_runs_and_what_is_known_is_written_down() {
    use rustix::process::{Pid, Signal, kill_process};
    for signal in [Signal::INT, Signal::TERM] {
        let desk = Desk::without_a_box();
        let child = grading_that_never_ends(&desk);
        kill_process(Pid::from_child(&child), signal).unwrap();
        let told = Told::of(child.wait_with_output().unwrap());
        assert_eq!(
            told.err.lines().last(),
            Some("broken off: what was not done by then is not judged")
        );
        told.exits(3).says("the grading was broken off");
        let report = fs::read_to_string(desk.path("points.csv")).unwrap();
        let rows = report.lines().skip(1);
        let points: Vec<&str> = rows.map(|row| row.split(',').nth(2).unwrap()).collect();
        assert_eq!(points, ["5", "", "", ""], "{report}");
        assert_eq!(fs::read_dir(desk.path("temp")).unwrap().count(), 0);
        assert_eq!(processes_of(&desk.path("temp")), 0);
    }
}
