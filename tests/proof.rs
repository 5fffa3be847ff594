//! The course's content does what it claims, on every Node at hand.
//!
//! `TICKMARK_NODES` names the Nodes, with `:` between them; without it, the one that would be used is.

mod support;

use std::collections::BTreeSet;
use std::env;
use std::path::Path;

use tickmark::batch::{Event, Stop};
use tickmark::course::{self, Asked, Course, Kind};
use tickmark::library;
use tickmark::node::Node;
use tickmark::problem::Problem;
use tickmark::program::RelPath;
use tickmark::prove::{self, Job, Kept, Plan, Proof, Seen, Unit};

fn course() -> Course {
    let opened = library::open(Some(Path::new("."))).unwrap();
    assert!(opened.problems.is_empty(), "{}", lines(&opened.problems));
    opened.course
}

fn lines(problems: &[Problem]) -> String {
    tickmark::words::lines(problems)
}

/// How often each key is run here; `tickmark prove` runs it more often.
fn runs() -> u32 {
    match env::var_os("TICKMARK_LONG") {
        Some(_) => 20,
        None => 2,
    }
}

/// Holds units to what they claim on every Node, and answers with how many programs were run.
fn prove(units: &[Unit<'_>]) -> u32 {
    tickmark::sandbox::start_launchers_from(env!("CARGO_BIN_EXE_tickmark").into());
    let nodes = support::nodes();
    let on_each = |unit| nodes.iter().map(move |node| Job { unit, node });
    let jobs: Vec<Job<'_>> = units.iter().copied().flat_map(on_each).collect();
    let plan = Plan::new(&jobs, runs());
    let mut pieces = 0;
    let mut proofs: Vec<Proof> = Vec::new();
    plan.carry_out(
        &Stop::new(),
        |event| pieces += usize::from(matches!(event, Event::Finished(_))),
        |_, proof| proofs.push(proof),
    );
    assert_eq!((proofs.len(), pieces), (jobs.len(), plan.pieces()));
    let wrong = |proof: &Proof| [lines(&proof.problems), proof.trouble.join("\n")].join("\n");
    let wrong: Vec<String> = proofs
        .iter()
        .filter(|proof| !proof.holds())
        .map(wrong)
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    proofs
        .iter()
        .flat_map(|proof| &proof.seen)
        .map(Seen::runs)
        .sum()
}

/// Who is sent to a rule finds it.
#[test]
fn the_rules_that_texts_name_are_there() {
    let course = course();
    let tasks = course.exercises.iter().map(|one| &one.task);
    let texts = tasks.chain(course.pages.iter().map(|page| &page.text));
    let mut named = 0;
    for id in texts.flat_map(|text| text.split("tickmark rules ").skip(1)) {
        let is_id = |c: char| c.is_ascii_lowercase() || c == '-';
        let id = id.split(|c| !is_id(c)).next().unwrap_or_default();
        // `tickmark rules --try …` has options before it.
        if !id.is_empty() && !id.starts_with('-') {
            assert!(tickmark::rules::find(id).is_some(), "no rule {id}");
            named += 1;
        }
    }
    assert!(named > 30, "{named}");
}

#[test]
fn the_course_is_whole_and_no_guess_pays() {
    let course = course();
    let questions = course.quizzes.iter().flat_map(|quiz| &quiz.questions);
    assert!(questions.clone().count() >= 80);
    assert!(course.exercises.len() >= 16);
    assert!(tickmark::rules::all().count() >= 40);

    let topic = |id: String| id.split('/').next().unwrap_or_default().to_owned();
    let exercises = course.exercises.iter().map(|one| topic(one.id.to_string()));
    let exercises: BTreeSet<String> = exercises.collect();
    let quizzes = course.quizzes.iter().map(|one| topic(one.id.to_string()));
    let pages = course.pages.iter().map(|page| page.topic.clone());
    assert_eq!(exercises, quizzes.collect(), "quizzes of the same topics");
    assert_eq!(exercises, pages.collect(), "a page for each topic");
    for topic in &exercises {
        let worth: BTreeSet<String> = course
            .quizzes
            .iter()
            .filter(|quiz| quiz.id.to_string().starts_with(&format!("{topic}/")))
            .flat_map(|quiz| &quiz.questions)
            .map(|question| question.points.to_string())
            .collect();
        let levels = ["1", "2", "3"].map(str::to_owned);
        assert_eq!(
            worth,
            levels.into(),
            "{topic}, from first contact to expert"
        );
    }
    for page in &course.pages {
        assert!(!page.snippets.is_empty(), "{} shows nothing", page.topic);
    }
    for exercise in &course.exercises {
        assert!(exercise.wrong.len() >= 3, "{}", exercise.id);
        for wrong in &exercise.wrong {
            let name = format!("{}: {}", exercise.id, wrong.name);
            assert!(!wrong.says.is_empty(), "{name} teaches nothing");
        }
    }
    for question in questions {
        let Kind::Choose {
            asked,
            right,
            wrong,
        } = &question.kind
        else {
            continue;
        };
        for choice in wrong {
            let why = choice.because.as_ref();
            assert!(
                why.is_some(),
                "{}: {} says not why",
                question.id,
                choice.text
            );
        }
        let all_earns_nothing = *asked == Asked::One || wrong.len() >= right.len();
        assert!(all_earns_nothing, "{} pays for choosing all", question.id);
    }
}

#[test]
fn everything_that_the_course_claims_holds() {
    let course = course();
    let units = prove::units(&course);
    let (rules, content): (Vec<_>, Vec<_>) = units
        .into_iter()
        .partition(|unit| matches!(unit, Unit::Rule(_)));
    assert!(
        prove(&content) >= 8 * runs(),
        "the exercises' programs were not found"
    );
    assert!(
        prove(&rules) >= 40 * runs(),
        "the rules' programs were not found"
    );
}

#[test]
fn what_does_not_hold_is_a_problem() {
    let files = [
        (
            "quizzes/loop/README.md",
            "```js main.cjs\nconsole.log('b')\n```\n```text prints\na\n```\n",
        ),
        (
            "quizzes/loop/quiz.yaml",
            "format: 1\ntitle: T\nquestions:\n  - id: a\n    ask: What?\n    module: both\n    program: console.log('a')\n    \
             trace: { any-order: [a, b] }\n  - id: race\n    ask: What?\n    module: commonjs\n    program: |\n      \
             console.log(process.env.UV_THREADPOOL_SIZE)\n    trace: { either: ['1', '4', '8'] }\n",
        ),
    ];
    let files = files.map(|(path, text)| (RelPath::new(path).unwrap(), text.as_bytes().into()));
    let (course, problems) = course::read(&files.into_iter().collect());
    assert!(problems.is_empty(), "{}", lines(&problems));
    let node = &support::nodes()[0];
    let [quiz, page] = [Unit::Quiz(&course.quizzes[0]), Unit::Page(&course.pages[0])]
        .map(|unit| prove::keys(&unit, node, 0..8));
    let told = lines(&quiz.problems);
    // Both programs of the key are at fault, and the first to be run is told.
    let second = prove::keys(&Unit::Quiz(&course.quizzes[0]), node, 1..2);
    for (entry, told) in [("main.cjs", &told), ("main.mjs", &lines(&second.problems))] {
        let said =
            format!("quizzes/loop/quiz.yaml: a ({entry}): its program prints what is not accepted");
        assert!(told.contains(&said), "{told}");
    }
    let race = &quiz.seen.last().unwrap();
    let times = |order: &str| race.orders.get(&vec![order.to_owned()]).copied();
    assert_eq!((times("1"), times("4")), (Some(4), Some(4)), "{race:?}");
    assert_eq!(race.unseen(), Some(vec![&vec!["8".to_owned()]]));
    let told = lines(&page.problems);
    assert!(
        told.contains("quizzes/loop/README.md: line 1: its program prints"),
        "{told}"
    );
    assert!(told.contains("help: it printed `b`"), "{told}");
}

/// A sound exercise, file by file: to print one line, and then as many as are asked for.
const SOUND: [(&str, &str); 5] = [
    (
        "exercise.yaml",
        "format: 1\ntitle: Count\nentry: main\ntests:\n  - name: one\n    args: ['1']\n    trace: line 1\n  \
         - name: two\n    hidden: true\n    args: ['2']\n    trace: \"line 1\\nline 2\"\n",
    ),
    ("task.md", "Print lines."),
    ("starter/main.cjs", "console.log('nothing yet')\n"),
    (
        "solution/main.cjs",
        "for (let n = 1; n <= process.argv[2]; n++) console.log('line ' + n)\n",
    ),
    (
        "wrong/always-one/main.cjs",
        "// loses: two\n// says: line 2\nconsole.log('line 1')\n",
    ),
];

/// What does not hold of the exercise where one of its files is another.
fn said_of_an_exercise(changed: Option<(&str, &str)>) -> String {
    let files = SOUND.map(|(path, sound)| {
        let text = changed.filter(|(name, _)| *name == path);
        let path = RelPath::new(&format!("exercises/loop/count/{path}")).unwrap();
        (path, text.map_or(sound, |(_, text)| text).as_bytes().into())
    });
    let (course, problems) = course::read(&files.into_iter().collect());
    assert!(problems.is_empty(), "{}", lines(&problems));
    let node = &support::nodes()[0];
    let unit = Unit::Exercise(&course.exercises[0]);
    let proofs = unit.claims().into_iter().map(|claim| claim.observe(node));
    let problems: Vec<Problem> = proofs.flat_map(|proof| proof.problems).collect();
    lines(&problems)
}

#[test]
fn what_does_not_hold_of_an_exercise_is_a_problem() {
    assert_eq!(said_of_an_exercise(None), "");
    let yaml = SOUND[0].1;
    let all_is_shown = yaml.replace("    hidden: true\n", "");
    let cases = [
        (
            "solution/main.cjs",
            "console.log('line 1')\n",
            "exercises/loop/count/solution: does not pass every test",
        ),
        (
            "starter/main.cjs",
            "console.log('line 1')\n",
            "exercises/loop/count/starter: passes `one`",
        ),
        (
            "starter/main.cjs",
            "console.log(\n",
            "exercises/loop/count/starter: does not run in `one`",
        ),
        (
            "wrong/always-one/main.cjs",
            "// loses: one\n// loses: two\nconsole.log('line 1')\n",
            "exercises/loop/count/wrong/always-one: does not lose `one`",
        ),
        (
            "wrong/always-one/main.cjs",
            "// loses: one\nconsole.log('line')\n",
            "wrong/always-one: loses, without a `// loses:` line that says so, `two`",
        ),
        (
            "wrong/always-one/main.cjs",
            "// loses: two\n// says: a wise word\nconsole.log('line 1')\n",
            "wrong/always-one: is told nothing of `a wise word`",
        ),
        (
            "exercise.yaml",
            &all_is_shown,
            "exercises/loop/count/exercise.yaml: a program that prints the visible tests' lines for their inputs loses \
             no points",
        ),
    ];
    for (file, text, says) in cases {
        let said = said_of_an_exercise(Some((file, text)));
        assert!(said.contains(says), "{says:?} is not in:\n{said}");
    }
}

#[test]
fn a_proof_is_kept_until_something_changes() {
    let course = course();
    let node = &support::nodes()[0];
    let folder = tempfile::tempdir().unwrap();
    let kept = Kept::in_folder(&folder.path().join("proofs")).unwrap();
    let on = |unit| Job { unit, node };
    let [one, other] = [0, 1].map(|at| on(Unit::Exercise(&course.exercises[at])));
    let rule = Unit::Rule(tickmark::rules::find("timeout-or-immediate").unwrap());
    let proof = prove::keys(&rule, node, 0..2);
    assert_eq!(proof.seen.len(), 2);
    assert!(kept.get(&one, 2).is_none());
    kept.put(&one, 2, &proof);
    let again = kept.get(&one, 2).expect("it was proven");
    assert_eq!(again.seen, proof.seen);
    let mut changed = course.exercises[0].clone();
    changed.title.push('!');
    assert!(kept.get(&on(Unit::Exercise(&changed)), 2).is_none());
    let [known, changed] = [b"1", b"2"].map(|byte| {
        let mut exercise = course.exercises[0].clone();
        let beside = RelPath::new("beside.txt").unwrap();
        exercise.solutions[0].1.insert(beside, *byte);
        exercise
    });
    kept.put(&on(Unit::Exercise(&known)), 2, &proof);
    assert!(kept.get(&on(Unit::Exercise(&known)), 2).is_some());
    assert!(kept.get(&on(Unit::Exercise(&changed)), 2).is_none());
    let elsewhere = Node {
        path: node.path.with_extension("other"),
        version: node.version,
    };
    let on_another = Job {
        node: &elsewhere,
        ..one
    };
    kept.put(&one, 2, &proof);
    assert!(kept.get(&on_another, 2).is_none());
    assert!(kept.get(&one, 3).is_none());
    assert!(kept.get(&other, 2).is_none());
    let broken = Proof {
        trouble: vec!["x".into()],
        ..proof
    };
    kept.put(&other, 2, &broken);
    assert!(kept.get(&other, 2).is_none(), "only what holds is kept");
}
