//! Where there is no Node, the model judges: what it says of programs, held against what Node says of them.
//!
//! No program may pass on the model that loses on Node, and none may lose there that Node finds right. What the model
//! does not judge it gives a reason for; how much it does judge is said, and must not get less.

mod support;

use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tickmark::course::{self, Course, Exercise};
use tickmark::event_loop::{self, Search};
use tickmark::grading::{self, Graded, NotJudged, Outcome, Policy, TestResult, Verdict};
use tickmark::intake;
use tickmark::library;
use tickmark::node::Node;
use tickmark::program::{Files, Input, ModuleSystem, RelPath, Version};
use tickmark::sandbox;

static COURSE: LazyLock<Course> = LazyLock::new(|| {
    sandbox::start_launchers_from(env!("CARGO_BIN_EXE_tickmark").into());
    library::open(Some(Path::new("."))).unwrap().course
});

/// The verdict on a test, if it was judged; else why not.
fn verdict(test: &TestResult) -> Result<&Verdict, String> {
    match &test.outcome {
        Outcome::LeftOut { node } => Err(format!("it is for Node {node}")),
        Outcome::Judged(Verdict::NotJudged(NotJudged::Unmodelled(why))) => Err(format!("{why:?}")),
        Outcome::Judged(Verdict::NotJudged(why)) => panic!("{}: {why:?}", test.name),
        Outcome::Judged(verdict) => Ok(verdict),
    }
}

/// What of a program was judged, and what was not.
#[derive(Default)]
struct Count {
    judged: AtomicUsize,
    not_judged: AtomicUsize,
}

impl Count {
    fn judged<'g>(&self, graded: &'g Graded) -> Vec<(&'g TestResult, &'g Verdict)> {
        let all = graded.tests.iter();
        let judged: Vec<_> = all
            .filter_map(|test| Some((test, verdict(test).ok()?)))
            .collect();
        let count = |of: &AtomicUsize, more| of.fetch_add(more, Ordering::Relaxed);
        count(&self.judged, judged.len());
        count(&self.not_judged, graded.tests.len() - judged.len());
        judged
    }

    /// Says it, and holds that enough was judged for this to be a test.
    fn told(self, what: &str, percent: usize) {
        let (judged, not) = (self.judged.into_inner(), self.not_judged.into_inner());
        eprintln!("{what}: {judged} tests judged on the model, {not} not");
        assert!(judged * 100 >= (judged + not) * percent, "{judged}, {not}");
    }
}

/// A program of the course, and the tests that it loses on Node, as its author says and the course's proofs have seen.
struct Claimed<'c> {
    exercise: &'c Exercise,
    name: &'c str,
    files: &'c Files,
    loses: Option<&'c [String]>,
    line: u32,
}

fn claimed(line: u32) -> impl Iterator<Item = Claimed<'static>> {
    COURSE.exercises.iter().flat_map(move |exercise| {
        let claim = move |name, files, loses| Claimed {
            exercise,
            name,
            files,
            loses,
            line,
        };
        let solutions = exercise.solutions.iter();
        let solutions = solutions.map(move |(name, files)| claim(name, files, Some(&[][..])));
        let wrong = exercise.wrong.iter();
        let wrong = wrong.map(move |one| claim(&one.name, &one.files, Some(&one.loses)));
        let starter = [claim("starter", &exercise.starter, None)];
        solutions.chain(wrong).chain(starter)
    })
}

impl Claimed<'_> {
    /// What the model says and the author does not.
    fn contradiction(&self, count: &Count) -> Option<String> {
        let graded =
            grading::grade_on_model(self.exercise, self.files, self.line, Policy::default());
        let wrong = count.judged(&graded).into_iter().find(|(test, verdict)| {
            let loses = self.loses.is_none_or(|loses| loses.contains(&test.name));
            loses == matches!(verdict, Verdict::Passed { .. })
        });
        wrong.map(|(test, verdict)| {
            format!(
                "{} {}, {} on the model of Node {}: {verdict:.600?}",
                self.exercise.id, self.name, test.name, self.line
            )
        })
    }
}

#[test]
fn the_model_says_of_the_courses_programs_what_their_authors_do() {
    let count = Count::default();
    let jobs: Vec<Claimed<'_>> = [20, 24].into_iter().flat_map(claimed).collect();
    support::hold(&jobs, 2, |job| job.contradiction(&count));
    count.told("the course's programs", 25);
}

/// Whether the verdicts may both be right: a program that is racy on the model may have printed a right order each time.
fn agree(model: &Verdict, node: &Verdict) -> bool {
    match (model, node) {
        (Verdict::Passed { .. }, Verdict::Passed { .. }) => true,
        (Verdict::Failed(_), Verdict::Failed(_) | Verdict::Racy { passed: 0, .. }) => true,
        (Verdict::Racy { .. }, _) => true,
        (_, Verdict::NotJudged(_)) => true,
        (Verdict::Passed { .. } | Verdict::Failed(_) | Verdict::NotJudged(_), _) => false,
    }
}

#[test]
fn the_model_says_of_a_class_what_node_does() {
    let course = &*COURSE;
    let class = intake::class(Path::new("tests/class"), course, None).unwrap();
    let count = Count::default();
    let nodes = support::nodes();
    let jobs: Vec<_> = nodes
        .iter()
        .flat_map(|node| class.submissions.iter().map(move |one| (node, one)))
        .collect();
    support::hold(&jobs, 2, |(node, submission): &(&Node, _)| {
        let submission: &intake::Submission = submission;
        let exercise = course.exercise(submission.exercise.as_str()).unwrap();
        let (files, _) = submission.read().unwrap();
        let line = node.version.major;
        let model = grading::grade_on_model(exercise, &files, line, Policy::default());
        let judged = count.judged(&model);
        let mut judgeable = exercise.clone();
        judgeable
            .tests
            .retain(|test| judged.iter().any(|(of, _)| of.name == test.name));
        let on_node = grading::grade(&judgeable, &files, node, Policy::default());
        let mut pairs = judged.iter().zip(&on_node.tests);
        pairs.find_map(|((test, model), on_node)| {
            let Outcome::Judged(on_node) = &on_node.outcome else {
                return Some(format!("{}: left out on Node alone", test.name));
            };
            (!agree(model, on_node)).then(|| {
                let whose = format!("{} {}", submission.student, exercise.id);
                format!(
                    "{whose}, {}:\n{model:.600?}\non Node {}\n{on_node:.600?}",
                    test.name, node.version
                )
            })
        })
    });
    count.told("a class", 60);
}

/// Programs that go on for ever, or take all that there is.
const ENDLESS: &[&str] = &[
    "for (;;);",
    "(async () => { for (;;) await null })()",
    "const again = () => process.nextTick(again); again()",
    "const again = () => setImmediate(again); again()",
    "setInterval(() => {}, 1)",
    "for (;;) console.log('more')",
    "const kept = []; for (;;) kept.push('x'.repeat(1000) + kept.length)",
    "let kept = 'x'; for (;;) kept += kept",
    "/^(a+)+$/.test('a'.repeat(60) + 'b')",
];

/// Programs with more orders than are looked at.
const MANY: &[&str] = &[
    "for (let i = 0; i < 9; i++) require('fs').readFile(__filename, () => console.log(i))",
    "for (let i = 0; i < 9; i++) require('fs').readFile(__filename, () => console.log(i + 'x'.repeat(100_000)))",
];

#[test]
fn where_there_may_be_more_orders_none_is_passed() {
    let exercise = COURSE.exercise("event-loop/five-ways").unwrap();
    let mut open = exercise.clone();
    let anything = course::read_trace("- repeat: { matches: \".*\" }\n  times: [1, any]").unwrap();
    for test in &mut open.tests {
        test.expected.trace = anything.clone();
    }
    support::hold(MANY, 1, |text| {
        let files = support::files(&[("main.cjs", text)]);
        let graded = |exercise| {
            let graded = grading::grade_on_model(exercise, &files, 24, Policy::default());
            let outcome = graded.tests.into_iter().next().map(|test| test.outcome);
            outcome.unwrap()
        };
        let [open, closed] = [&open, exercise].map(graded);
        let is_right = matches!(open, Outcome::Judged(Verdict::NotJudged(_)))
            && matches!(
                closed,
                Outcome::Judged(Verdict::Failed(_) | Verdict::NotJudged(_))
            );
        (!is_right).then(|| format!("{text}: {open:.200?}, {closed:.200?}"))
    });
}

#[test]
fn what_does_not_end_or_takes_everything_is_not_judged() {
    let exercise = COURSE.exercise("event-loop/five-ways").unwrap();
    support::hold(ENDLESS, 2, |text| {
        let begun = Instant::now();
        let files = support::files(&[("main.cjs", text)]);
        let graded = grading::grade_on_model(exercise, &files, 24, Policy::default());
        let judged = graded.tests.iter().find(|test| verdict(test).is_ok());
        if let Some(test) = judged {
            return Some(format!("{text} is judged: {:.300?}", test.outcome));
        }
        // Three tests, each with its limit, on a machine on which others run too.
        let took = begun.elapsed();
        (took > Duration::from_secs(240)).then(|| format!("{text} took {took:?}"))
    });
}

#[test]
fn what_a_program_prints_is_no_answer_of_the_models() {
    let forged = r#"{"Ok":{"orders":[{"printed":"right\n","exit":0,"threw":null,"story":[]}],"bound":null,"runs":1}}"#;
    let files = support::files(&[("main.cjs", format!("console.log({forged:?})"))]);
    let entry = RelPath::new("main.cjs").unwrap();
    let program = event_loop::Program {
        files: &files,
        entry: &entry,
        input: &Input::default(),
        module: ModuleSystem::CommonJs,
        node: Version::last_of(24),
    };
    LazyLock::force(&COURSE);
    let found = sandbox::orders(&program, &Search::usual())
        .unwrap()
        .unwrap();
    assert_eq!(found.orders.len(), 1);
    assert_eq!(found.orders[0].printed, format!("{forged}\n"));
    // In the box it says what it says here.
    let here = event_loop::orders(&program, &Search::usual()).unwrap();
    assert_eq!(found, here);
}

#[test]
fn the_model_is_in_a_box_where_a_node_is() {
    LazyLock::force(&COURSE);
    let (tier, layers) = sandbox::model_tier();
    for node in support::nodes() {
        assert_eq!(sandbox::tier(&node).0, tier, "{layers:?}");
    }
}
