//! Generated questions: the same for the same seed, each with one order that needs its rule, and true of Node.

mod support;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tickmark::course::{self, Kind};
use tickmark::event_loop::{self, Orders, Program, Search};
use tickmark::generate::{self, Form, Generated, Level, Offer, Wanted};
use tickmark::node::Node;
use tickmark::program::{Files, Input, RelPath, Version};
use tickmark::prove;
use tickmark::{rules, trace};

fn wanted(rules: &[&str], level: u8, seed: u64, count: u32) -> Wanted {
    let offers = rules.iter().map(|rule| generate::offered(rule).unwrap());
    Wanted {
        rules: offers.collect(),
        seed,
        count,
        level: Level::new(level).unwrap(),
        form: None,
    }
}

fn levels() -> impl Iterator<Item = u8> {
    Level::RANGE
}

fn offers_at(level: u8) -> impl Iterator<Item = &'static Offer> {
    generate::OFFERS
        .iter()
        .filter(move |offer| offer.is_at(level))
}

/// One question of every rule at every level at which it is asked about.
fn one_of_each(seed: u64) -> Vec<(u8, Generated)> {
    let mut all = Vec::new();
    for level in levels() {
        let rules: Vec<&str> = offers_at(level).map(|offer| offer.rule).collect();
        let count = rules.len() as u32;
        let questions = wanted(&rules, level, seed, count).questions().unwrap();
        all.extend(questions.into_iter().map(|question| (level, question)));
    }
    all
}

/// The orders of its program on a line of Node.
fn orders(question: &Generated, line: u32, search: &Search) -> Orders {
    let (files, entry) = generate::files(&question.source, question.module).unwrap();
    let program = Program {
        files: &files,
        entry: &entry,
        input: &Input::default(),
        module: question.module,
        node: Version::last_of(line),
    };
    event_loop::orders(&program, search).unwrap()
}

fn within() -> Search {
    Search {
        callbacks_within: Some(event_loop::USUAL_CALLBACK),
        ..Search::default()
    }
}

#[test]
fn what_a_seed_gives_never_changes() {
    let all = ["next-tick-first", "await-gives-way", "immediate-after-io"];
    let mut text = String::new();
    for (level, form) in [(1, Form::Choose), (3, Form::Predict)] {
        let wanted = Wanted {
            form: Some(form),
            ..wanted(&all, level, 7, 3)
        };
        let questions = wanted.questions().unwrap();
        text += &format!("# {}\n", generate::id(&wanted));
        text += &generate::written(&wanted, &questions).unwrap();
    }
    let file = "tests/generate/seed-7.txt";
    assert_eq!(support::differs(Path::new(file), &text), None);
}

#[test]
fn more_questions_begin_with_the_same_ones() {
    let all = ["main-commonjs", "then-one-hop"];
    let few = wanted(&all, 3, 11, 3).questions().unwrap();
    let more = wanted(&all, 3, 11, 6).questions().unwrap();
    assert_eq!(few[..], more[..3]);
    let other = wanted(&all, 3, 12, 3).questions().unwrap();
    assert_ne!(few, other);
}

/// A key is its program's only order on every line, and each wrong answer is one that its belief gives.
#[test]
fn every_rule_gives_questions_at_every_level() {
    let all = one_of_each(3);
    let wrong = |(level, question): &(u8, Generated)| {
        let which = format!("{} at level {level}:\n{}", question.rule, question.source);
        for line in event_loop::LINES {
            let found = orders(question, line, &within());
            let printed: Vec<_> = found
                .orders
                .iter()
                .map(|one| trace::lines_of(&one.printed))
                .collect();
            if found.bound.is_some() || printed != [question.printed.clone()] {
                return Some(format!("{which}prints {printed:?} on {line}"));
            }
        }
        let said: BTreeSet<_> = question.beliefs.iter().map(|one| &one.printed).collect();
        if said.len() != question.beliefs.len() || said.contains(&question.printed) {
            return Some(format!(
                "{which}has an answer twice: {:?}",
                question.beliefs
            ));
        }
        let offer = generate::offered(question.rule).unwrap();
        if !offer.faults.contains(&question.beliefs[0].fault) {
            return Some(format!("{which}does not need its rule"));
        }
        let unsaid = question.beliefs.iter().find(|belief| {
            let search = Search {
                fault: Some(belief.fault),
                ..within()
            };
            let found = orders(question, 24, &search).orders;
            !found
                .iter()
                .any(|one| trace::lines_of(&one.printed) == belief.printed)
        });
        unsaid.map(|belief| format!("{which}{belief:?} is not believed"))
    };
    support::hold(&all, 2, wrong);
}

#[test]
fn a_level_is_harder_than_the_one_before() {
    let all = one_of_each(5);
    let mean = |level: u8| {
        let of = all.iter().filter(|(at, _)| *at == level);
        let lines: Vec<usize> = of.map(|(_, one)| one.printed.len()).collect();
        lines.iter().sum::<usize>() * 100 / lines.len()
    };
    let means: Vec<usize> = levels().map(mean).collect();
    assert!(means.is_sorted_by(|one, other| one < other), "{means:?}");
    let first = all.iter().filter(|(level, _)| *level == 1);
    for (_, question) in first {
        assert!(question.source.lines().count() <= 14, "{}", question.source);
    }
}

#[test]
fn programs_speak_in_different_words() {
    for (_, question) in one_of_each(8) {
        let printed: BTreeSet<&String> = question.printed.iter().collect();
        assert_eq!(printed.len(), question.printed.len(), "{}", question.source);
        assert!(!question.source.contains(['\u{1}', '\u{2}', '\u{3}']));
        assert!(
            question.source.lines().all(|line| line.len() <= 90),
            "{}",
            question.source
        );
        assert!(
            question.because.contains(question.rule),
            "{}",
            question.because
        );
    }
}

#[test]
fn what_is_written_is_a_quiz() {
    for level in levels() {
        for form in [Form::Choose, Form::Predict] {
            let rules: Vec<&str> = offers_at(level).map(|offer| offer.rule).collect();
            let wanted = Wanted {
                form: Some(form),
                ..wanted(&rules, level, 2, 6)
            };
            let questions = wanted.questions().unwrap();
            let yaml = generate::written(&wanted, &questions).unwrap();
            let id = generate::id(&wanted);
            let path = RelPath::new(&format!("quizzes/{id}.yaml")).unwrap();
            let files = Files::from_iter([(path, yaml.clone().into_bytes().into())]);
            let (course, problems) = course::read(&files);
            assert!(problems.is_empty(), "{yaml}\n{problems:?}");
            let quiz = course.quiz(&id).unwrap();
            assert_eq!(quiz.questions.len(), questions.len());
            for (question, generated) in quiz.questions.iter().zip(&questions) {
                match &question.kind {
                    Kind::Choose { right, wrong, .. } => {
                        assert_eq!(form, Form::Choose);
                        assert_eq!((right.len(), wrong.len()), (1, generated.beliefs.len()));
                        assert!(question.ask.contains(generated.source.trim_end()));
                    }
                    Kind::Predict {
                        program,
                        trace,
                        only,
                        ..
                    } => {
                        assert_eq!(form, Form::Predict);
                        assert_eq!(*program, generated.source);
                        let accepted = trace::orders(trace, 2).unwrap();
                        assert_eq!(accepted, std::slice::from_ref(&generated.printed));
                        assert!(only);
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
    }
}

#[test]
fn students_get_variants_of_their_own() {
    let seed = |name: &str| generate::seed_of_student(7, name);
    assert_eq!(seed("ann"), SEED_OF_ANN);
    assert_eq!(seed(" ann "), SEED_OF_ANN);
    assert_ne!(seed("ann"), seed("bob"));
    assert_ne!(seed("ann"), generate::seed_of_student(8, "ann"));
    let of = |name: &str| {
        let questions = wanted(&["queue-whole"], 3, seed(name), 3)
            .questions()
            .unwrap();
        questions
            .into_iter()
            .map(|one| one.source)
            .collect::<BTreeSet<_>>()
    };
    assert!(of("ann").is_disjoint(&of("bob")));
}

/// It is given out, and must stay.
const SEED_OF_ANN: u64 = 3_913_622_939;

#[test]
fn rules_are_those_of_the_catalogue() {
    let mut seen = BTreeSet::new();
    for offer in generate::OFFERS {
        assert!(rules::find(offer.rule).is_some(), "{}", offer.rule);
        assert!(seen.insert(offer.rule), "{} is there twice", offer.rule);
        assert!(!offer.faults.is_empty());
    }
}

#[test]
fn node_prints_what_the_key_says() {
    let nodes = support::nodes();
    let questions = one_of_each(13);
    // Of each question one Node, in turns; and each rule comes at several levels.
    let jobs: Vec<(&Generated, &Node)> = questions
        .iter()
        .enumerate()
        .filter(|(at, _)| at % 2 == 0)
        .filter_map(|(at, (_, question))| Some((question, nodes.get(at / 2 % nodes.len().max(1))?)))
        .collect();
    let wrong = |(question, node): &(&Generated, &Node)| {
        let proof = prove::generated(question, node, 1);
        assert!(proof.trouble.is_empty(), "{:?}", proof.trouble);
        let problem = proof.problems.first()?;
        Some(format!("{problem}\n{}", question.source))
    };
    support::hold(&jobs, 2, wrong);
}

/// What the command says, and its exit code.
fn tickmark(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickmark"));
    command.args(arguments).current_dir(folder);
    command.env_remove("TICKMARK_COURSE").env_remove("NO_COLOR");
    command.stdin(Stdio::null());
    if let Some(node) = support::nodes().first() {
        command.env("TICKMARK_NODE", &node.path);
    }
    let done = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        text(done.stdout),
        text(done.stderr),
        done.status.code().unwrap(),
    )
}

#[test]
fn a_class_gets_quizzes_that_hold_in_a_course() {
    let desk = tempfile::tempdir().unwrap();
    let here = desk.path();
    fs::create_dir_all(here.join("exercises")).unwrap();
    fs::write(here.join("names.txt"), "Ann Lee\n\nbob\n").unwrap();
    let generate = [
        "generate",
        "queue-whole,then-one-hop",
        "--level",
        "3",
        "--count",
        "2",
        "--seed",
        "7",
        "--students",
        "names.txt",
        "--output",
        "quizzes/generated",
    ];
    let (out, err, exit) = tickmark(here, &generate);
    assert_eq!(
        (out.as_str(), exit),
        ("2 variants of seed 7: quizzes/generated\n", 0),
        "{err}"
    );
    let read = |name: &str| fs::read_to_string(here.join("quizzes/generated").join(name)).unwrap();
    let (ann, bob) = (read("ann-lee.yaml"), read("bob.yaml"));
    assert_ne!(ann, bob);
    // The first line of each makes it again.
    let own = generate::seed_of_student(7, "Ann Lee").to_string();
    let alone = [
        "generate",
        "queue-whole,then-one-hop",
        "--seed",
        &own,
        "--count",
        "2",
        "--level",
        "3",
        "--no-run",
    ];
    assert_eq!(tickmark(here, &alone).0, ann);
    let student = [
        "generate",
        "queue-whole,then-one-hop",
        "--level=3",
        "--count=2",
        "--seed=7",
        "--student=Ann Lee",
    ];
    assert_eq!(tickmark(here, &student).0, ann);
    let prove = [
        "prove", "quizzes", "--runs", "2", "--fresh", "--course", ".",
    ];
    let (out, err, exit) = tickmark(here, &prove);
    assert_eq!(exit, 0, "{out}{err}");
    let list = tickmark(here, &["list", "--course", "."]).0;
    assert!(list.contains("generated/bob"), "{list}");
}

#[test]
fn generated_answers_are_marked_by_what_generated_them() {
    let desk = tempfile::tempdir().unwrap();
    let here = desk.path();
    let asked = wanted(&["main-commonjs"], 2, 3, 2);
    let questions = asked.questions().unwrap();
    let right: Vec<String> = questions[0]
        .printed
        .iter()
        .map(|line| format!("`{line}`"))
        .collect();
    let answers = format!(
        "format: 1\nquiz: {}\nanswers:\n  main-commonjs-1: \"{}\"\n",
        generate::id(&asked),
        right.join(", ")
    );
    fs::write(here.join("mine.yaml"), answers).unwrap();
    let mark = |more: &[&str]| {
        let quiz = ["quiz", "--answers", "mine.yaml"];
        tickmark(here, &[&quiz[..], more].concat())
    };
    let same = ["--generate", "main-commonjs", "--seed", "3", "--count", "2"];
    let (out, err, exit) = mark(&same);
    assert_eq!(exit, 1, "{err}");
    assert!(out.ends_with("1 of 2 points\n"), "{out}");
    let (_, err, exit) = mark(&["--generate", "main-commonjs", "--seed", "4", "--count", "2"]);
    assert!(exit == 2 && err.contains("there is no quiz"), "{err}");
    assert!(!err.contains("did you mean"), "{err}");
    let (_, err, exit) = mark(&[]);
    assert!(
        exit == 2 && err.contains("--generate RULE --seed N"),
        "{err}"
    );
    let (_, err, exit) = mark(&["--generate", "main-commonjs"]);
    assert!(exit == 2 && err.contains("without their seed"), "{err}");
}

#[test]
fn who_asks_for_what_cannot_be_is_told_what_can() {
    let desk = tempfile::tempdir().unwrap();
    let cases = [
        (
            &["generate", "thread-pool"][..],
            "no questions can be generated about the rule `thread-pool`\nhelp: they can be about `run-to-completion`",
        ),
        (
            &["generate", "next-tick-frist"],
            "there is no rule `next-tick-frist`\nhelp: did you mean `next-tick-first`?\n",
        ),
        (
            &["quiz", "--generate", "adopting-takes-jobs", "--level", "1"],
            "questions about `adopting-takes-jobs` are of level 3 to 5, not 1\nhelp: ask with `--level 3`\n",
        ),
        (
            &["quiz", "event-loop/phases", "--level", "1"],
            "`--level` is about generated questions\nhelp: add `--generate RULE`, or leave it out\n",
        ),
        (
            &["generate", "--students", "nobody.txt", "--output", "out"],
            "there is no file or folder `nobody.txt`\nhelp: name a file with a student's name on each line\n",
        ),
    ];
    for (arguments, said) in cases {
        let (_, err, exit) = tickmark(desk.path(), arguments);
        assert_eq!(exit, 2, "{arguments:?}: {err}");
        assert!(err.starts_with(said), "{arguments:?}: {err}");
    }
}

#[test]
fn questions_that_nobody_has_seen_are_asked_and_can_be_asked_again() {
    let desk = tempfile::tempdir().unwrap();
    let quiz = [
        "quiz",
        "--generate",
        "queue-whole",
        "--count",
        "1",
        "--plain",
    ];
    let (out, err, exit) = tickmark(desk.path(), &quiz);
    assert_eq!(exit, 0, "{err}");
    let (_, again) = err
        .split_once("the same questions come again with: tickmark ")
        .unwrap();
    let again: Vec<&str> = again.trim().split(' ').chain(["--plain"]).collect();
    let (same, ..) = tickmark(desk.path(), &again);
    let program = |out: &str| out.split("What does it print").nth(1).map(str::to_owned);
    assert!(program(&out).is_some());
    assert_eq!(program(&out), program(&same));
}

/// A Node whose ticks come late, which the model cannot know.
#[test]
#[cfg(unix)]
fn a_question_of_which_node_says_otherwise_is_left_out_aloud() {
    use std::os::unix::fs::PermissionsExt;

    let desk = tempfile::tempdir().unwrap();
    let path = |name: &str| desk.path().join(name);
    let late = "process.nextTick = (callback) => setImmediate(callback)\n";
    fs::write(path("late.cjs"), late).unwrap();
    let real = support::nodes().remove(0).path;
    let script = format!(
        "#!/bin/sh\nexec '{}' -r '{}' \"$@\"\n",
        real.display(),
        path("late.cjs").display()
    );
    fs::write(path("node"), script).unwrap();
    fs::set_permissions(path("node"), fs::Permissions::from_mode(0o755)).unwrap();
    let generate = |more: &[&str]| {
        let generate = ["generate", "--level", "1", "--count", "1", "--seed", "1"];
        tickmark(desk.path(), &[&generate[..], more].concat())
    };
    let (out, err, exit) = generate(&["main-commonjs", "--node", "./node"]);
    assert_eq!((out.as_str(), exit), ("", 3), "{err}");
    let told = "a question is left out, since Node does not do what the model says";
    assert!(err.starts_with(told), "{err}");
    assert!(
        err.contains("tickmark generate main-commonjs --seed 1"),
        "{err}"
    );
    let (out, err, exit) = generate(&["main-commonjs", "--node", "./node", "--no-run"]);
    assert!(out.contains("main-commonjs-1") && exit == 0, "{err}");
}

#[test]
fn without_node_the_model_is_trusted_and_that_is_said() {
    let desk = tempfile::tempdir().unwrap();
    let alone = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tickmark"));
        command.args(arguments).current_dir(desk.path());
        command.env("PATH", "").env("HOME", desk.path());
        command.env_remove("TICKMARK_NODE").env_remove("NVM_DIR");
        let done = command.output().unwrap();
        String::from_utf8(done.stderr).unwrap()
    };
    fs::write(desk.path().join("main.cjs"), "").unwrap();
    let missing = alone(&["run", "main.cjs"]);
    if !missing.contains("no Node.js on this machine") {
        support::not_tested(&format!("no Node at all: {missing}"));
        return;
    }
    let said = alone(&["generate", "queue-whole", "--count", "1"]);
    assert!(
        said.starts_with("no Node was found to run generated programs on"),
        "{said}"
    );
}
