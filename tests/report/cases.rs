//! Results made by hand, one submission for each kind of thing that can happen to one.

use std::sync::Arc;
use std::time::Duration;

use tickmark::course::{self, Need};
use tickmark::event_loop::{Bound, Outside};
use tickmark::grading::{
    By, Ended, Failure, Fault, Graded, Misbehaved, ModuleFault, NotJudged, Outcome, TestResult,
    Tried, Unanswered, Unmodelled, Verdict,
};
use tickmark::marking;
use tickmark::problem::Problem;
use tickmark::program::{
    Answer as Came, Call, Due, Ending, Exchange, ExportKind, Files, Functions, Limit, Limits,
    Listening, ModuleSystem, Moment, Place, RanOn, RelPath, Request, Response, Run, SaidCall, Sent,
    Served, Spent, Thrown, Version,
};
use tickmark::report::{CourseName, On, Results, Row, Unplaced, Work};
use tickmark::sandbox::Tier;
use tickmark::trace::{
    self, Answer, Difference, Distance, Extra, Finding, Judgement, Piece, Reason, Times,
};

/// Every submission and the name of its text.
pub fn submissions() -> Vec<(&'static str, Row)> {
    vec![
        (
            "all-passed",
            row(vec![
                passed("prints in the order of the phases", "start\nend\n"),
                debugging("other files"),
            ]),
        ),
        (
            "wrong-order",
            row(vec![failed(
                "prints in the order of the phases",
                wrong_order(),
                "start\nimmediate\ntick\nend\n",
            )]),
        ),
        (
            "not-between",
            row(vec![failed(
                "each read is whole",
                not_between(),
                "x opened\ny opened\nx read\n",
            )]),
        ),
        (
            "missing-and-surplus",
            row(vec![failed(
                "prints each line once",
                missing_and_surplus(),
                "start\nstart\n",
            )]),
        ),
        (
            "nothing-printed",
            row(vec![failed("prints", all_missing(), "")]),
        ),
        (
            "nearly-right",
            row(vec![with_extra(
                &[0, 1, 2],
                "prints exactly",
                nearly_right(),
                "Tick\nend \ntook 5 s\n",
            )]),
        ),
        (
            "invisible",
            row(vec![with_extra(
                &[0, 1, 2],
                "prints exactly",
                invisible(),
                "a\tb\nzero\u{200b}width\n\u{1b}[31mred\u{1b}[0m\n",
            )]),
        ),
        ("extra-fails", row(vec![extra_fails()])),
        (
            "long-difference",
            row(vec![failed("counts to a hundred", long(), "1\n")]),
        ),
        (
            "long-line",
            row(vec![failed("prints one long line", long_line(), "x\n")]),
        ),
        (
            "nothing-in-common",
            row(vec![failed("prints", nothing_in_common(), "x\n")]),
        ),
        ("racy", row(vec![racy(3), racy_never(), racy_on_stderr()])),
        (
            "threw",
            row(vec![
                threw("prints in the order of the phases"),
                threw("other files"),
            ]),
        ),
        ("threw-before-printing", row(vec![threw_at_once()])),
        (
            "not-started",
            row(vec![not_started("prints"), not_started("other files")]),
        ),
        ("limits", row(limits())),
        ("exit-codes", row(exit_codes())),
        ("wrong-throws", row(wrong_throws())),
        ("stderr", row(vec![on_stderr()])),
        ("too-much-memory", row(vec![too_much_memory()])),
        ("threads", row(vec![on_the_main_thread()])),
        ("module", row(no_such_module())),
        ("held", row(vec![holds_the_loop()])),
        ("calls", row(vec![calls_what_it_must_not()])),
        ("server-held", row(vec![server_held()])),
        ("server-wrong", row(vec![server_wrong()])),
        ("no-entry", no_entry()),
        ("not-judged", row(not_judged())),
        ("left-out", row(vec![passed("prints", "a\n"), left_out()])),
    ]
}

/// What was judged where there is no Node.
pub fn on_model() -> Results {
    let ran = RanOn::Model(24);
    let mut lucky = racy(3);
    if let Outcome::Judged(Verdict::Racy { tried, .. }) = &mut lucky.outcome {
        *tried = Tried::Orders(24);
    }
    let mut row = row([vec![passed("prints", "a\n"), lucky], unmodelled()].concat());
    graded(&mut row).on = ran;
    let results = results(Vec::new(), Vec::new());
    Results::new(
        results.course().clone(),
        Some(On { ran, ..ON }),
        vec![row],
        Vec::new(),
    )
}

fn unmodelled() -> Vec<TestResult> {
    let not = |name: &str, why| {
        let why = NotJudged::Unmodelled(why);
        test(name, Outcome::Judged(Verdict::NotJudged(why)))
    };
    let outside = |place| {
        Unmodelled::Outside(Outside {
            what: "the module `stream`".into(),
            place,
        })
    };
    let place = Place {
        file: "main.mjs".into(),
        line: 3,
        column: Some(1),
        source: None,
    };
    vec![
        not("copies", outside(Some(place))),
        not("copies more", outside(None)),
        not("answers", Unmodelled::Need(Need::Loopback)),
        not("starts others", Unmodelled::Need(Need::Children)),
        not("its memory", Unmodelled::Need(Need::Watching)),
        not("its loop", Unmodelled::Need(Need::Hearing)),
        not("its calls", Unmodelled::Need(Need::Calls)),
        not("its exports", Unmodelled::Need(Need::Telling)),
        not(
            "is a module",
            Unmodelled::ModuleSystem(RelPath::new("main.js").expect("a path")),
        ),
        not("warns", Unmodelled::Stderr),
        not("fails", Unmodelled::Words),
        not("computes", Unmodelled::Bound(Bound::Work)),
        not("waits", Unmodelled::Stopped(Limit::CpuTime)),
        not("grows", Unmodelled::Stopped(Limit::Memory)),
        not("breaks", Unmodelled::Broke),
    ]
}

/// The results of these rows.
pub fn results(rows: Vec<Row>, unplaced: Vec<Unplaced>) -> Results {
    let course = CourseName {
        from: "built in".into(),
        hash: "3f2a9c51d0b87e64aa01".into(),
    };
    Results::new(course, Some(ON), rows, unplaced)
}

/// A class with one submission of each kind, over two exercises.
pub fn class() -> Results {
    let mut rows = Vec::new();
    for (name, mut row) in submissions() {
        row.student = Some(name.to_owned());
        row.folder = Some(format!("class/{name}/event-loop/phases"));
        rows.push(row);
    }
    for student in ["all-passed", "threw"] {
        let mut row = hidden();
        row.student = Some(student.to_owned());
        graded(&mut row).exercise = "modules/exports-and-their-aliases".parse().expect("an id");
        rows.push(row);
    }
    let mut row = quiz();
    row.student = Some("all-passed".into());
    row.folder = Some("class/all-passed/answers/loop/quiz.yaml".into());
    rows.push(row);
    results(rows, unplaced())
}

/// A class that handed in one exercise.
pub fn one_exercise() -> Results {
    let student = |name: &str, tests| Row {
        student: Some(name.into()),
        ..row(tests)
    };
    let three = |first, second, third| {
        [first, second, third]
            .into_iter()
            .zip([
                "prints in the order of the phases",
                "other files",
                "the module works with other input",
            ])
            .map(|(test, name)| TestResult {
                name: name.into(),
                ..test
            })
            .collect::<Vec<_>>()
    };
    results(
        vec![
            student(
                "zoë",
                three(passed("", "a\n"), passed("", "a\n"), passed("", "a\n")),
            ),
            student(
                "Müller, Jörg",
                three(failed("", wrong_order(), "a\n"), racy(3), passed("", "a\n")),
            ),
            student(
                "ada",
                three(
                    passed("", "a\n"),
                    threw(""),
                    test(
                        "",
                        Outcome::Judged(Verdict::NotJudged(NotJudged::Needs(Need::Loopback))),
                    ),
                ),
            ),
        ],
        Vec::new(),
    )
}

pub fn unplaced() -> Vec<Unplaced> {
    vec![Unplaced {
        student: Some("bob".into()),
        problem: Problem::new("there is no exercise `event-loop/fases`")
            .help("did you mean `event-loop/phases`?"),
    }]
}

const ON: On = On {
    ran: RanOn::Node(NODE),
    tier: Tier::Full,
};

const NODE: Version = Version {
    major: 20,
    minor: 20,
    patch: 2,
};

/// A submission with these tests.
pub fn row(tests: Vec<TestResult>) -> Row {
    Row {
        student: None,
        folder: None,
        work: Work::Exercise(Graded {
            exercise: "event-loop/phases".parse().expect("an id"),
            on: RanOn::Node(NODE),
            entry: Some((RelPath::new("main.mjs").expect("a path"), ModuleSystem::Esm)),
            notes: Vec::new(),
            tests,
        }),
    }
}

/// Answers to a quiz, some of them wrong.
pub fn quiz() -> Row {
    let mut files = Files::default();
    files.insert(
        RelPath::new("quizzes/loop/quiz.yaml").expect("a path"),
        &include_bytes!("../quiz/quiz.yaml")[..],
    );
    let (course, _) = course::read(&files);
    let (answers, _) = include_str!("../quiz/half-right.case")
        .split_once("--- says")
        .expect("a case");
    let answers = course::read_answers("answers.yaml", answers.as_bytes(), &course);
    let quiz = Arc::new(course.quiz("loop/quiz").expect("the quiz").clone());
    Row {
        student: None,
        folder: None,
        work: Work::Quiz(marking::mark(&quiz, &answers.expect("answers"))),
    }
}

/// The graded program of a row.
pub fn graded(row: &mut Row) -> &mut Graded {
    match &mut row.work {
        Work::Exercise(graded) => graded,
        Work::Quiz(_) => panic!("it is of a quiz"),
    }
}

/// A visible test that passed and a hidden one that did not.
pub fn hidden() -> Row {
    let mut secret = failed("y before x", wrong_order(), "start\nimmediate\ntick\nend\n");
    secret.hidden = true;
    let mut row = row(vec![
        passed("prints in the order of the phases", "start\n"),
        secret,
    ]);
    graded(&mut row).notes = vec!["`input.txt` is the exercise's own: yours was replaced".into()];
    row
}

pub fn run(stdout: &str, ending: Ending) -> Run {
    Run {
        spent: Spent {
            cpu: Duration::from_millis(31),
            wall: Duration::from_millis(45),
            memory: 42_000_000,
        },
        ..Run::new(stdout.into(), ending)
    }
}

fn finished(stdout: &str) -> Run {
    run(stdout, Ending::Finished { exit: 0 })
}

/// A test of two points, or what it earned of them.
pub fn test(name: &str, outcome: Outcome) -> TestResult {
    let points = "2".parse().expect("points");
    let earned = match &outcome {
        Outcome::Judged(Verdict::Passed { .. }) => points,
        Outcome::Judged(Verdict::Failed(_) | Verdict::Racy { .. } | Verdict::NotJudged(_))
        | Outcome::LeftOut { .. } => "0".parse().expect("points"),
    };
    TestResult {
        name: name.into(),
        hidden: false,
        points,
        hint: None,
        limits: Limits::default(),
        extra: Extra::Warn,
        outcome,
        earned,
    }
}

pub fn passed(name: &str, stdout: &str) -> TestResult {
    test(
        name,
        Outcome::Judged(Verdict::Passed {
            run: finished(stdout),
            stdout: Judgement {
                answer: Answer::Accepted,
                extra: Vec::new(),
            },
        }),
    )
}

fn debugging(name: &str) -> TestResult {
    let lines = "start\ndebug: 1\ndebug: 2\nend\ndebug: 3\ndebug: 4\n";
    test(
        name,
        Outcome::Judged(Verdict::Passed {
            run: finished(lines),
            stdout: Judgement {
                answer: Answer::Accepted,
                extra: vec![1, 2, 4, 5],
            },
        }),
    )
}

/// A test that finished and printed something else.
pub fn failed(name: &str, difference: Difference, stdout: &str) -> TestResult {
    let mut result = test(
        name,
        Outcome::Judged(Verdict::Failed(Failure::Run {
            run: finished(stdout),
            ended: None,
            stdout: Some(rejected(difference)),
            stderr: None,
            misbehaved: Vec::new(),
        })),
    );
    result.hint =
        Some("Which queue is emptied first?\nRead `show event-loop/phases` again.".into());
    result
}

fn with_extra(places: &[usize], name: &str, difference: Difference, stdout: &str) -> TestResult {
    let judgement = Judgement {
        extra: places.to_vec(),
        ..rejected(difference)
    };
    test(
        name,
        Outcome::Judged(Verdict::Failed(Failure::Run {
            run: finished(stdout),
            ended: None,
            stdout: Some(judgement),
            stderr: None,
            misbehaved: Vec::new(),
        })),
    )
}

fn ended(
    name: &str,
    stdout: &str,
    ending: Ending,
    ended: Ended,
    difference: Option<Difference>,
) -> TestResult {
    let stdout_judged = difference.map(rejected);
    test(
        name,
        Outcome::Judged(Verdict::Failed(Failure::Run {
            run: run(stdout, ending),
            ended: Some(ended),
            stdout: stdout_judged,
            stderr: None,
            misbehaved: Vec::new(),
        })),
    )
}

fn rejected(difference: Difference) -> Judgement {
    Judgement {
        answer: Answer::Rejected(difference),
        extra: Vec::new(),
    }
}

pub fn rule() -> Option<Reason> {
    Some(Reason {
        rule: Some("next-tick-first".into()),
        words: "after every callback Node empties the nextTick queue before it goes on".into(),
    })
}

fn own_words(words: &str) -> Option<Reason> {
    Some(Reason {
        rule: None,
        words: words.into(),
    })
}

fn same(line: &str) -> trace::Row {
    trace::Row::Same(line.into())
}
fn expected(line: &str) -> trace::Row {
    trace::Row::Expected(vec![Piece::Same(line.into())])
}
fn printed(line: &str) -> trace::Row {
    trace::Row::Printed(vec![Piece::Same(line.into())])
}
fn extra(line: &str) -> trace::Row {
    trace::Row::Extra(vec![Piece::Same(line.into())])
}
fn missing(line: &str) -> Finding {
    missing_times(line, 1)
}
fn missing_times(line: &str, times: usize) -> Finding {
    Finding::Missing {
        line: line.into(),
        times,
    }
}

fn pieces(pieces: &[(&str, bool)]) -> Vec<Piece> {
    pieces
        .iter()
        .map(|&(text, changed)| {
            if changed {
                Piece::Changed(text.into())
            } else {
                Piece::Same(text.into())
            }
        })
        .collect()
}

pub fn difference(lines: usize, findings: Vec<Finding>, rows: Vec<trace::Row>) -> Difference {
    Difference {
        distance: Distance::Exactly(lines),
        findings,
        rows,
        has_others: false,
    }
}

pub fn wrong_order() -> Difference {
    let finding = |later: &str, earlier: &str| Finding::OutOfOrder {
        later: later.into(),
        earlier: earlier.into(),
        reason: rule(),
    };
    difference(
        2,
        vec![finding("immediate", "tick"), finding("timeout", "tick")],
        vec![
            same("start"),
            expected("tick"),
            same("immediate"),
            same("timeout"),
            printed("tick"),
            same("end"),
        ],
    )
}

fn not_between() -> Difference {
    let finding = Finding::NotBetween {
        line: "y opened".into(),
        first: "x opened".into(),
        then: "x read".into(),
        reason: own_words("one file is read to its end before the next is opened"),
    };
    let found = difference(
        2,
        vec![finding],
        vec![
            same("x opened"),
            printed("y opened"),
            same("x read"),
            expected("y opened"),
            same("y read"),
        ],
    );
    Difference {
        has_others: true,
        ..found
    }
}

fn missing_and_surplus() -> Difference {
    let findings = vec![
        missing("tick"),
        missing("took {number} ms"),
        missing(""),
        missing("  "),
        Finding::Surplus {
            line: "start".into(),
            times: 2,
        },
        missing_times("end", 2),
        missing("bye"),
    ];
    difference(
        9,
        findings,
        vec![
            same("start"),
            printed("start"),
            expected("tick"),
            expected("took {number} ms"),
            expected(""),
            expected("  "),
            expected("end"),
            expected("end"),
            expected("bye"),
        ],
    )
}

fn all_missing() -> Difference {
    difference(
        3,
        vec![missing("start"), missing("tick"), missing("end")],
        vec![expected("start"), expected("tick"), expected("end")],
    )
}

fn nearly_right() -> Difference {
    difference(
        6,
        vec![missing("tick"), missing("end"), missing("took 5 ms")],
        vec![
            trace::Row::Expected(pieces(&[("t", true), ("ick", false)])),
            trace::Row::Extra(pieces(&[("T", true), ("ick", false)])),
            trace::Row::Expected(pieces(&[("end", false)])),
            trace::Row::Extra(pieces(&[("end", false), (" ", true)])),
            trace::Row::Expected(pieces(&[("took 5 ", false), ("ms", true)])),
            trace::Row::Extra(pieces(&[("took 5 ", false), ("s", true)])),
        ],
    )
}

fn invisible() -> Difference {
    difference(
        6,
        vec![missing("a b"), missing("zerowidth"), missing("red")],
        vec![
            trace::Row::Expected(pieces(&[("a", false), (" ", true), ("b", false)])),
            trace::Row::Extra(pieces(&[("a", false), ("\t", true), ("b", false)])),
            expected("zerowidth"),
            extra("zero\u{200b}width"),
            expected("red"),
            extra("\u{1b}[31mred\u{1b}[0m"),
        ],
    )
}

fn extra_fails() -> TestResult {
    let found = difference(
        1,
        vec![Finding::Extra {
            line: "debug".into(),
            times: 1,
        }],
        vec![same("start"), extra("debug"), same("end")],
    );
    let mut result = failed("prints nothing else", found, "start\ndebug\nend\n");
    result.extra = Extra::Fail;
    result.hint = None;
    result
}

fn long() -> Difference {
    let mut rows: Vec<_> = (1..=100).map(|n| same(&n.to_string())).collect();
    rows[49] = expected("50");
    rows.insert(10, extra("debug"));
    rows.insert(80, printed("50"));
    let finding = Finding::OutOfOrder {
        later: "79".into(),
        earlier: "50".into(),
        reason: None,
    };
    Difference {
        distance: Distance::AtLeast(2),
        findings: vec![finding],
        rows,
        has_others: true,
    }
}

fn long_line() -> Difference {
    let (start, end) = ("x".repeat(500), "y".repeat(500));
    let line = |middle: &str| pieces(&[(&start, false), (middle, true), (&end, false)]);
    difference(
        2,
        vec![missing(&format!("{start}1{end}"))],
        vec![
            trace::Row::Expected(line("1")),
            trace::Row::Extra(line("2")),
        ],
    )
}

fn nothing_in_common() -> Difference {
    let rows = (0..200)
        .map(|n| {
            if n < 100 {
                expected(&format!("right {n}"))
            } else {
                printed(&format!("wrong {n}"))
            }
        })
        .collect();
    difference(
        200,
        (0..100).map(|n| missing(&format!("right {n}"))).collect(),
        rows,
    )
}

/// Right in so many of five runs.
pub fn racy(passed: u32) -> TestResult {
    let finding = Finding::OutOfOrder {
        later: "end".into(),
        earlier: "read a".into(),
        reason: own_words("both reads are done before the end"),
    };
    let wrong = difference(
        2,
        vec![finding],
        vec![
            same("start"),
            same("read b"),
            expected("read a"),
            same("end"),
            printed("read a"),
        ],
    );
    let failure = Failure::Run {
        run: finished("start\nread b\nend\nread a\n"),
        ended: None,
        stdout: Some(rejected(wrong)),
        stderr: None,
        misbehaved: Vec::new(),
    };
    let other = finished(if passed > 0 {
        "start\nread a\nread b\nend\n"
    } else {
        "end\nstart\nread a\nread b\n"
    });
    test(
        "reads both files",
        Outcome::Judged(Verdict::Racy {
            passed,
            tried: Tried::Runs(5),
            other,
            wrong: failure,
        }),
    )
}

fn racy_never() -> TestResult {
    TestResult {
        name: "reads both files again".into(),
        ..racy(0)
    }
}

fn racy_on_stderr() -> TestResult {
    let on_stderr = |stderr: &str| Run {
        stderr: stderr.into(),
        ..finished("ok\n")
    };
    let finding = Finding::OutOfOrder {
        later: "closed".into(),
        earlier: "opened".into(),
        reason: None,
    };
    let wrong = difference(
        2,
        vec![finding],
        vec![expected("opened"), same("closed"), printed("opened")],
    );
    test(
        "logs on stderr",
        Outcome::Judged(Verdict::Racy {
            passed: 4,
            tried: Tried::Runs(5),
            other: on_stderr("opened\nclosed\n"),
            wrong: Failure::Run {
                run: on_stderr("closed\nopened\n"),
                ended: None,
                stdout: None,
                stderr: Some(rejected(wrong)),
                misbehaved: Vec::new(),
            },
        }),
    )
}

fn type_error() -> Thrown {
    Thrown {
        line: "TypeError: Cannot read properties of undefined (reading 'foo')".into(),
        code: None,
        place: Some(Place {
            file: "main.mjs".into(),
            line: 3,
            column: Some(5),
            source: Some("\tx.foo();".into()),
        }),
        advice: None,
    }
}

pub fn threw(name: &str) -> TestResult {
    let missing = difference(
        1,
        vec![missing("end")],
        vec![same("start"), expected("end")],
    );
    ended(
        name,
        "start\n",
        Ending::Threw {
            error: type_error(),
            exit: 1,
        },
        Ended::Otherwise { expected: 0 },
        Some(missing),
    )
}

fn threw_at_once() -> TestResult {
    let error = Thrown {
        line: "Error [ERR_UNHANDLED_REJECTION]: not an error at all".into(),
        code: Some("ERR_UNHANDLED_REJECTION".into()),
        place: None,
        advice: Some("throw an `Error`, so that Node can say where it comes from".into()),
    };
    ended(
        "prints",
        "",
        Ending::Threw { error, exit: 3 },
        Ended::Otherwise { expected: 0 },
        Some(all_missing()),
    )
}

fn not_started(name: &str) -> TestResult {
    let error = Thrown {
        line: "SyntaxError: Unexpected token '='".into(),
        code: None,
        place: Some(Place {
            file: "lib/größe.mjs".into(),
            line: 12,
            column: Some(7),
            source: Some("const = 5".into()),
        }),
        advice: Some("`const` needs a name: `const five = 5`".into()),
    };
    ended(
        name,
        "",
        Ending::NotStarted { error, exit: 1 },
        Ended::Otherwise { expected: 0 },
        None,
    )
}

fn limits() -> Vec<TestResult> {
    [
        ("waits", Limit::WallTime),
        ("loops", Limit::CpuTime),
        ("grows", Limit::Memory),
        ("prints on and on", Limit::Output),
        ("multiplies", Limit::Processes),
    ]
    .into_iter()
    .map(|(name, limit)| {
        ended(
            name,
            "start\n",
            Ending::Stopped(limit),
            Ended::Otherwise { expected: 0 },
            None,
        )
    })
    .chain([ended(
        "is killed",
        "",
        Ending::Signal {
            name: "SIGTERM".into(),
        },
        Ended::Otherwise { expected: 0 },
        None,
    )])
    .collect()
}

fn exit_codes() -> Vec<TestResult> {
    vec![
        ended(
            "fails as it should",
            "ok\n",
            Ending::Finished { exit: 0 },
            Ended::Exit { expected: 3 },
            None,
        ),
        ended(
            "settles",
            "",
            Ending::Finished { exit: 13 },
            Ended::Exit { expected: 0 },
            Some(all_missing()),
        ),
        ended(
            "leaves with 3",
            "ok\n",
            Ending::Threw {
                error: type_error(),
                exit: 1,
            },
            Ended::Otherwise { expected: 3 },
            None,
        ),
        ended(
            "leaves with 1",
            "",
            Ending::Threw {
                error: type_error(),
                exit: 1,
            },
            Ended::Thrown,
            Some(all_missing()),
        ),
        ended(
            "loops",
            "ok\n",
            Ending::Stopped(Limit::CpuTime),
            Ended::Otherwise { expected: 3 },
            None,
        ),
    ]
}

fn wrong_throws() -> Vec<TestResult> {
    let throws = || Ended::Throws {
        expected: "RangeError: {any}".into(),
    };
    vec![
        ended("throws", "", Ending::Finished { exit: 0 }, throws(), None),
        ended(
            "throws a RangeError",
            "",
            Ending::Threw {
                error: type_error(),
                exit: 1,
            },
            throws(),
            None,
        ),
        ended(
            "throws with code 7",
            "",
            Ending::Threw {
                error: type_error(),
                exit: 1,
            },
            Ended::Exit { expected: 7 },
            None,
        ),
    ]
}

fn on_stderr() -> TestResult {
    let found = difference(
        1,
        vec![missing("warning: low")],
        vec![expected("warning: low")],
    );
    test(
        "warns on stderr",
        Outcome::Judged(Verdict::Failed(Failure::Run {
            run: finished("ok\n"),
            ended: None,
            stdout: None,
            stderr: Some(rejected(found)),
            misbehaved: Vec::new(),
        })),
    )
}

/// It printed what it should, and kept all that it read.
fn too_much_memory() -> TestResult {
    let memory = Misbehaved::Memory {
        needed: 214_748_364,
        most: 100_000_000,
    };
    misbehaved("sums in little memory", vec![memory])
}

/// It does its work where the loop is.
fn on_the_main_thread() -> TestResult {
    let main = Misbehaved::MainThread {
        used: Duration::from_millis(843),
        most: Duration::from_millis(100),
    };
    let workers = |found, most| Misbehaved::Workers {
        found,
        expected: Times { least: 2, most },
        near: false,
    };
    misbehaved(
        "leaves the work to others",
        vec![
            main,
            workers(0, Some(2)),
            workers(1, Some(4)),
            workers(7, None),
        ],
    )
}

/// It does all of its work in one turn.
fn holds_the_loop() -> TestResult {
    misbehaved(
        "lets others in",
        vec![Misbehaved::Held {
            held: Duration::from_millis(843),
            most: Duration::from_millis(93),
            times: 3,
        }],
    )
}

/// It waits for the disk, here and there.
fn calls_what_it_must_not() -> TestResult {
    let call = |said, serving| {
        Misbehaved::Called(Call {
            of: Functions {
                names: "fs.*Sync".into(),
                serving,
            },
            said,
        })
    };
    let called = |line, serving| {
        let said = SaidCall {
            name: "fs.readFileSync".into(),
            file: "lib/pages.cjs".into(),
            line,
        };
        call(Some(said), serving)
    };
    let unsaid = call(None, true);
    let lines = (12..17).map(|line| called(line, true));
    misbehaved(
        "never waits for the disk",
        [called(7, false), unsaid]
            .into_iter()
            .chain(lines)
            .collect(),
    )
}

/// Two modules, of which nothing is as it should be.
fn no_such_module() -> Vec<TestResult> {
    let (by, name) = (By::Require, "toCelsius".to_owned());
    let missing = |name: &str, only_required| ModuleFault::Missing {
        by: By::Import,
        name: name.into(),
        near: None,
        only_required,
    };
    let faults = vec![
        ModuleFault::System {
            expected: ModuleSystem::Esm,
            found: ModuleSystem::CommonJs,
        },
        ModuleFault::Missing {
            by,
            name: "toFahrenheit".into(),
            near: Some("tofahrenheit".into()),
            only_required: false,
        },
        missing("asked", true),
        missing("toCelsius", true),
        missing("Scale", false),
        ModuleFault::Unwanted {
            by,
            name: "count".into(),
        },
        ModuleFault::Kind {
            by,
            name: name.clone(),
            expected: ExportKind::Function,
            found: ExportKind::Promise,
        },
        ModuleFault::Kind {
            by,
            name: name.clone(),
            expected: ExportKind::Null,
            found: ExportKind::Throws,
        },
        ModuleFault::Value {
            by: By::Import,
            name: "version".into(),
            expected: "\"1.0.0\"".into(),
            found: Ok("1".into()),
        },
        ModuleFault::Value {
            by: By::Import,
            name: "units".into(),
            expected: "[\"C\"]".into(),
            found: Err(ExportKind::Array),
        },
        ModuleFault::NotSame { name: Some(name) },
        ModuleFault::NotSame { name: None },
        ModuleFault::Printed {
            line: "thermo 1.0.0\u{1b}[0m".into(),
        },
        ModuleFault::WentOn {
            left: ["PipeWrap", "Timeout", "TCPServerWrap"]
                .map(str::to_owned)
                .into(),
        },
    ];
    let itself = ModuleFault::Itself {
        expected: ExportKind::Class,
        found: ExportKind::Function,
    };
    let others = [
        itself,
        ModuleFault::NotLoaded,
        ModuleFault::Forged,
        ModuleFault::WentOn { left: Vec::new() },
    ];
    let test = |name, faults: Vec<ModuleFault>| {
        misbehaved(name, faults.into_iter().map(Misbehaved::Module).collect())
    };
    vec![
        test("is a module", faults),
        test("is a module of another kind", others.into()),
    ]
}

/// It printed what it should, and did this.
fn misbehaved(name: &str, misbehaved: Vec<Misbehaved>) -> TestResult {
    test(
        name,
        Outcome::Judged(Verdict::Failed(Failure::Run {
            run: finished("done\n"),
            ended: None,
            stdout: None,
            stderr: None,
            misbehaved,
        })),
    )
}

fn ask(method: &str, target: &str, due: Due) -> Request {
    Request {
        what: Sent::Http {
            method: method.into(),
            target: target.into(),
            headers: Vec::new(),
            body: String::new(),
        },
        due,
        times: 1,
        leaves: false,
    }
}

/// A request that was sent after so many milliseconds, and answered or not.
fn exchange(request: usize, sent: u64, came: Option<(Came, u64)>) -> Exchange {
    let moment = |ms| Moment {
        at: Duration::from_millis(ms),
        cpu: Duration::ZERO,
        main: Duration::ZERO,
        waited: Duration::ZERO,
        late: Duration::ZERO,
        place: 0,
    };
    Exchange {
        request,
        sent: moment(sent),
        came: came.map(|(answer, ms)| (answer, moment(ms))),
    }
}

fn answered(status: u16, body: &str) -> Came {
    Came::Whole(Response {
        status,
        headers: Vec::new(),
        body: body.into(),
    })
}

fn server_test(name: &str, served: Served, faults: Vec<Fault>) -> TestResult {
    let mut run = run("", Ending::Dismissed);
    run.served = Some(served);
    test(
        name,
        Outcome::Judged(Verdict::Failed(Failure::Run {
            run,
            ended: None,
            stdout: None,
            stderr: None,
            misbehaved: faults.into_iter().map(Misbehaved::Server).collect(),
        })),
    )
}

/// It holds its loop.
fn server_held() -> TestResult {
    let heavy = ask("GET", "/heavy?n=1000000&precision=9", Due::AtOnce);
    let fast = ask("GET", "/fast", Due::While(0));
    let ok = || answered(200, "ok");
    let served = Served {
        requests: vec![heavy.clone(), fast.clone()],
        listening: Listening::Yes,
        over: true,
        exchanges: vec![
            exchange(0, 0, Some((ok(), 1240))),
            exchange(1, 61, Some((ok(), 1243))),
            exchange(1, 1243, Some((ok(), 1244))),
        ],
    };
    let held = Fault::Held {
        request: fast,
        by: heavy,
        after: true,
        near: false,
    };
    server_test("stays awake", served, vec![held])
}

/// It answers something else, or nothing.
fn server_wrong() -> TestResult {
    let requests = vec![
        ask("GET", "/", Due::AtOnce),
        ask("POST", "/jobs", Due::AtOnce),
        ask("GET", "/jobs/1", Due::AtOnce),
        ask("GET", "/never", Due::AtOnce),
    ];
    let status = Fault::Status {
        request: requests[0].clone(),
        expected: 200,
        came: 500,
    };
    let lines = Fault::Lines {
        request: requests[1].clone(),
        judgement: rejected(difference(
            2,
            vec![missing("queued")],
            vec![expected("queued"), printed("done")],
        )),
    };
    let json = Fault::Json {
        request: requests[2].clone(),
        expected: serde_json::json!({ "n": 30, "state": "done" }),
        body: "{\"n\":30}".into(),
    };
    let none = Fault::NotAnswered {
        request: requests[3].clone(),
        why: Unanswered::None,
    };
    let served = Served {
        requests,
        listening: Listening::Yes,
        over: false,
        exchanges: vec![
            exchange(0, 0, Some((answered(500, ""), 12))),
            exchange(1, 0, Some((answered(200, "done"), 14))),
            exchange(2, 0, Some((answered(200, "{\"n\":30}"), 15))),
            exchange(3, 0, None),
        ],
    };
    server_test("answers", served, vec![status, lines, json, none])
}

fn no_entry() -> Row {
    let submission = |name: &str| {
        test(
            name,
            Outcome::Judged(Verdict::Failed(Failure::Submission {
                message: "there is no `main.mjs`, `main.cjs` or `main.js`".into(),
                help: Some("rename `mian.mjs` to `main.mjs`".into()),
            })),
        )
    };
    let mut row = row(vec![submission("prints"), submission("other files")]);
    graded(&mut row).entry = None;
    row
}

fn not_judged() -> Vec<TestResult> {
    let not = |name: &str, why| test(name, Outcome::Judged(Verdict::NotJudged(why)));
    vec![
        passed("prints", "a\n"),
        not("two readers", NotJudged::Undecided),
        not("a server", NotJudged::Needs(Need::Loopback)),
        not("a child", NotJudged::Needs(Need::Children)),
        not("its memory", NotJudged::Needs(Need::Watching)),
        not("its loop", NotJudged::Needs(Need::Hearing)),
        not("its calls", NotJudged::Needs(Need::Calls)),
        not("its exports", NotJudged::Needs(Need::Telling)),
        not("both systems", NotJudged::NoVariant),
        not(
            "again",
            NotJudged::Trouble(
                "could not make a folder: No space left on device (os error 28)".into(),
            ),
        ),
    ]
}

fn left_out() -> TestResult {
    test(
        "loads an ES module with require",
        Outcome::LeftOut {
            node: "22+".parse().expect("a range"),
        },
    )
}
