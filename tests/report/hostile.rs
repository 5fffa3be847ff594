//! Whatever a program prints, throws or is called, no report is broken by it and none says what we did not.

use proptest::prelude::*;
use tickmark::course::Need;
use tickmark::event_loop::Outside;
use tickmark::grading::{
    Ended, Failure, NotJudged, Outcome, TestResult, Tried, Unmodelled, Verdict,
};
use tickmark::problem::Problem;
use tickmark::program::{Ending, Place, Run, Thrown};
use tickmark::report::{self, FORMATS, Reader, Results, Row, Standing, Unplaced};
use tickmark::trace::{
    self, Answer, Distance, Expectation, Extra, Finding, Judgement, Piece, Printed, Step,
};
use tickmark::ui;

use crate::cases;
use crate::formats::{TEACHER, validator, written};

/// What breaks terminals, CI systems, spreadsheets and XML, and anything else.
fn text() -> impl Strategy<Value = String> + Clone {
    let bits = prop::sample::select(vec![
        "::error::forged",
        "::",
        "##[error]x",
        "##",
        "[",
        "\n",
        "\r\n",
        "\r",
        "\u{1b}[2J",
        "\0",
        "\u{9b}",
        "\u{85}",
        "\u{2028}",
        "\u{202e}",
        "\u{feff}",
        "\u{fffe}",
        "\u{ffff}",
        "]]>",
        "<![CDATA[",
        "&",
        "<",
        "\"",
        "'",
        "=cmd()",
        "+",
        "-",
        "@",
        "\t",
        ",",
        ";",
        "%0A",
        "%",
        "`",
        " ",
        "日本",
        "é",
        "}",
        "{",
        "|",
        "│",
    ]);
    let piece = prop_oneof![4 => bits.prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// A text without line ends, as lines of a trace are.
fn line() -> impl Strategy<Value = String> + Clone {
    text().prop_map(|text| text.replace('\n', "␤"))
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    prop::collection::vec(
        prop_oneof![
            line().prop_map(Piece::Same),
            line().prop_map(Piece::Changed)
        ],
        0..4,
    )
}

fn difference() -> impl Strategy<Value = trace::Difference> {
    let row = prop_oneof![
        line().prop_map(trace::Row::Same),
        pieces().prop_map(trace::Row::Expected),
        pieces().prop_map(trace::Row::Printed),
        pieces().prop_map(trace::Row::Extra),
    ];
    let finding = prop_oneof![
        (line(), line()).prop_map(|(later, earlier)| Finding::OutOfOrder {
            later,
            earlier,
            reason: cases::rule()
        }),
        (line(), line(), line()).prop_map(|(line, first, then)| Finding::NotBetween {
            line,
            first,
            then,
            reason: None
        }),
        line().prop_map(|line| Finding::Misplaced { line }),
        (line(), 1..9_usize).prop_map(|(line, times)| Finding::Missing { line, times }),
        (line(), 1..9_usize).prop_map(|(line, times)| Finding::Surplus { line, times }),
        (line(), 1..9_usize).prop_map(|(line, times)| Finding::Extra { line, times }),
    ];
    (
        prop::collection::vec(finding, 1..5),
        prop::collection::vec(row, 0..8),
    )
        .prop_map(|(findings, rows)| trace::Difference {
            distance: Distance::AtLeast(1),
            findings,
            rows,
            has_others: true,
        })
}

fn ending() -> impl Strategy<Value = Ending> {
    let place = (text(), text(), 0..200usize).prop_map(|(file, source, column)| Place {
        file,
        line: 3,
        column: Some(column),
        source: Some(source),
    });
    let thrown = (text(), text(), prop::option::of(place), text())
        .prop_map(|(line, code, place, advice)| Thrown {
            line,
            code: Some(code),
            place,
            advice: Some(advice),
        })
        .boxed();
    prop_oneof![
        thrown
            .clone()
            .prop_map(|error| Ending::Threw { error, exit: 1 }),
        thrown.prop_map(|error| Ending::NotStarted { error, exit: 1 }),
        text().prop_map(|name| Ending::Signal { name }),
        Just(Ending::Finished { exit: 0 }),
    ]
}

/// What a program printed, as bytes: also such as are no text.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let strange = prop::sample::select(vec![
        &b"\xff"[..],
        b"\xc3",
        b"\xf0\x9f\x98",
        b"\x9b2J",
        b"\xef\xbb\xbf",
    ]);
    let piece = prop_oneof![
        4 => text().prop_map(String::into_bytes),
        1 => strange.prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..8),
        1 => (any::<u8>(), 0..3000usize).prop_map(|(byte, many)| vec![byte; many]),
        4 => Just(b"\n".to_vec()),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// What the judge itself says of such bytes on both streams, where some of their lines and others are expected.
fn judged() -> impl Strategy<Value = Verdict> {
    let expected = prop::collection::vec(prop_oneof![line().prop_map(Some), Just(None)], 0..6);
    let stream = || {
        (bytes(), expected.clone()).prop_map(|(bytes, expected)| {
            let printed = Printed::from_bytes(&bytes);
            let mut own = printed.lines.iter().rev();
            let lines = expected
                .into_iter()
                .filter_map(|line| line.or_else(|| own.next().cloned()));
            let expected = Expectation::new(Step::Text(lines.collect()));
            (bytes, trace::judge(&expected, &printed, Extra::Warn))
        })
    };
    (stream(), stream()).prop_map(|((stdout, on_stdout), (stderr, on_stderr))| {
        let run = Run {
            stdout,
            stderr,
            ..cases::run("", Ending::Finished { exit: 0 })
        };
        let rejected = |judgement: Judgement| judgement.difference().is_some().then_some(judgement);
        match (on_stdout.clone(), rejected(on_stdout), rejected(on_stderr)) {
            (stdout, None, None) => Verdict::Passed { run, stdout },
            (_, stdout, stderr) => Verdict::Failed(Failure::Run {
                run,
                ended: None,
                stdout,
                stderr,
                misbehaved: Vec::new(),
            }),
        }
    })
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let failure = (text(), ending(), difference(), text())
        .prop_map(|(stdout, ending, difference, expected)| {
            let judgement = Judgement {
                answer: Answer::Rejected(difference),
                extra: vec![0, 1, 7],
            };
            Failure::Run {
                run: cases::run(&stdout, ending),
                ended: Some(Ended::Throws { expected }),
                stdout: Some(judgement.clone()),
                stderr: Some(judgement),
                misbehaved: Vec::new(),
            }
        })
        .boxed();
    let submission = (text(), text()).prop_map(|(message, help)| Failure::Submission {
        message,
        help: Some(help),
    });
    prop_oneof![
        3 => judged(),
        1 => failure.clone().prop_map(Verdict::Failed),
        1 => submission.prop_map(Verdict::Failed),
        1 => (failure, text()).prop_map(|(wrong, stdout)| Verdict::Racy {
            passed: 2,
            tried: Tried::Runs(5),
            other: cases::run(&stdout, Ending::Finished { exit: 0 }),
            wrong
        }),
        1 => text().prop_map(|what| Verdict::NotJudged(NotJudged::Trouble(what))),
        1 => Just(Verdict::NotJudged(NotJudged::Needs(Need::Loopback))),
        1 => (text(), text()).prop_map(|(what, file)| {
            let place = Some(Place { file, line: 3, column: None, source: None });
            Verdict::NotJudged(NotJudged::Unmodelled(Unmodelled::Outside(Outside { what, place })))
        }),
        1 => text().prop_map(|stdout| Verdict::Passed {
            run: cases::run(&stdout, Ending::Finished { exit: 0 }),
            stdout: Judgement {
                answer: Answer::Accepted,
                extra: vec![0, 1, 2]
            },
        }),
    ]
}

fn results() -> impl Strategy<Value = Results> {
    let extra = prop::sample::select(vec![Extra::Warn, Extra::Ignore, Extra::Fail]);
    let test =
        (text(), verdict(), text(), extra).prop_map(|(name, verdict, hint, extra)| TestResult {
            hint: Some(hint),
            extra,
            ..cases::test(&name, Outcome::Judged(verdict))
        });
    let row = (
        prop::option::of(text()),
        prop::option::of(text()),
        text(),
        prop::collection::vec(test, 0..3),
    )
        .prop_map(|(student, folder, note, tests)| {
            let mut row = cases::row(tests);
            cases::graded(&mut row).notes = vec![note];
            Row {
                student,
                folder,
                ..row
            }
        });
    let unplaced =
        (prop::option::of(text()), text(), text()).prop_map(|(student, message, help)| Unplaced {
            student,
            problem: Problem::new(message).help(help),
        });
    (
        prop::collection::vec(row, 0..3),
        prop::collection::vec(unplaced, 0..2),
    )
        .prop_map(|(rows, unplaced)| cases::results(rows, unplaced))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_report_steers_a_terminal_or_a_ci_system(results in results()) {
        for format in FORMATS {
            let text = format.write(&results, &TEACHER);
            harmless(format.name, &text)?;
        }
        for reader in [Reader::Student, Reader::Teacher] {
            let feedback = report::feedback(&results, reader);
            harmless("feedback", &feedback.plain())?;
            for columns in [Some(20), Some(60), None] {
                let shown = ui::render(&feedback, columns);
                harmless("feedback", &anstream::adapter::strip_str(&shown).to_string())?;
                prop_assert!(ours_alone(&shown), "{}", shown);
            }
        }
    }

    #[test]
    fn junit_is_xml_whatever_is_in_it(results in results()) {
        let xml = written("junit", &results, &TEACHER);
        let read = roxmltree::Document::parse(&xml).map_err(|error| TestCaseError::fail(format!("{error}: {xml}")))?;
        let count = |tag: &str| read.descendants().filter(|node| node.has_tag_name(tag)).count();
        let said = |name: &str| read.root_element().attribute(name).and_then(|n| n.parse::<usize>().ok());
        prop_assert_eq!(said("tests"), Some(count("testcase")));
        prop_assert_eq!(said("failures"), Some(count("failure")));
        prop_assert_eq!(said("errors"), Some(count("error")));
    }

    #[test]
    fn no_cell_is_a_formula(results in results()) {
        let csv = written("csv", &results, &TEACHER);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
        let mut records = 0;
        for record in reader.records() {
            let record = record.map_err(|error| TestCaseError::fail(error.to_string()))?;
            records += 1;
            for cell in &record {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}", cell);
            }
        }
        prop_assert_eq!(records, 1 + results.rows().len() + results.unplaced().len());
        prop_assert_eq!(csv.matches("\r\n").count(), records);
    }

    #[test]
    fn every_line_for_github_is_ours(results in results()) {
        let text = written("github", &results, &TEACHER);
        let lines: Vec<_> = text.lines().collect();
        let (summary, commands) = lines.split_last().expect("a summary");
        prop_assert!(summary.starts_with("tickmark: "));
        for command in commands {
            let known = ["::error ", "::warning ", "::notice "].iter().any(|kind| command.starts_with(kind));
            prop_assert!(known, "{}", command);
        }
        let items = results.rows().iter().flat_map(Row::all);
        let lost = items.filter(|item| item.standing() != Standing::Passed).count();
        let notices = commands.iter().filter(|command| command.starts_with("::notice ")).count();
        prop_assert_eq!(commands.len() - notices, lost + results.unplaced().len());
    }
}

#[test]
fn json_keeps_its_schema_whatever_is_in_it() {
    let valid = validator();
    proptest!(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() }, |(results in results())| {
        let json = serde_json::from_str(&written("json", &results, &TEACHER)).expect("JSON");
        prop_assert_eq!(valid(&json), Ok(()));
    });
}

/// No control character but the ends of lines, and no command that is not ours.
fn harmless(format: &str, text: &str) -> Result<(), TestCaseError> {
    let text = match format {
        "csv" => text.replace("\r\n", "\n"),
        _ => text.to_owned(),
    };
    let control = text.chars().find(|c| c.is_control() && *c != '\n');
    prop_assert_eq!(control, None, "{}: {}", format, text);
    prop_assert!(!text.contains("##["), "{}: {}", format, text);
    for line in text.lines() {
        let command = line.trim_start().starts_with("::");
        prop_assert!(!command || format == "github", "{}: {}", format, line);
    }
    Ok(())
}

/// Whether every escape in it is one of our styles.
fn ours_alone(shown: &str) -> bool {
    shown.split('\u{1b}').skip(1).all(|rest| {
        let style = rest.strip_prefix('[').and_then(|rest| rest.split_once('m'));
        style.is_some_and(|(numbers, _)| {
            numbers
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b';')
        })
    })
}
