//! `json`: everything, for other programs; format number 1, with a published schema.
//!
//! The types here are twins of the domain's at the edge: a change to a name or a meaning needs another format number.
//! Text from programs is made safe to show before it is written, as everywhere.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use crate::grading::{Failure, Outcome, Tried, Verdict};
use crate::program::{RanOn, Run};
use crate::report::verbatim::{self, Mark, Part};
use crate::report::{Item, Options, Results, Row, Spending, Tally, Work, difference, feedback};
use crate::trace;
use crate::words;

use super::Format;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "everything, for other programs (`tickmark schema results`)",
    write,
};

const NUMBER: u32 = 1;

fn write(results: &Results, options: &Options) -> String {
    let document = Document::of(results, options);
    let json = serde_json::to_string_pretty(&document).expect("strings and numbers are JSON");
    // The same string to every reader of JSON, and no command to a CI system that reads our output.
    json.replace("##[", "##\\u005b") + "\n"
}

/// The JSON Schema (draft 2020-12) of this format.
pub fn schema() -> serde_json::Value {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Document>()
        .to_value()
}

/// Results of Tickmark, format 1.
///
/// Points are decimal numbers written as strings, `"2.5"`. In all text that comes from programs, characters that
/// cannot be seen are made visible (`␛`, `\u{202e}`).
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Results")]
struct Document {
    /// The format number: 1.
    format: u32,
    /// Which course it was.
    course: Course,
    /// The version of Node everything ran on; null where no Node did it, or there were answers to quizzes only.
    node: Option<String>,
    /// The release line of Node whose event loop was modelled, where everything was judged on that model; else null.
    model: Option<u32>,
    /// Why verdicts on programs are provisional: they were judged on a model, without a Node; else null.
    provisional: Option<String>,
    /// How much programs were closed off: `full` or `limits`; null where there were answers to quizzes only.
    sandbox: Option<&'static str>,
    /// All rows together.
    total: Counts,
    /// One for each submission, by student and exercise.
    rows: Vec<Submission>,
    /// What was handed in and belongs to no exercise: problems to mend, not zeros.
    unplaced: Vec<Unplaced>,
}

/// Which course it was.
#[derive(Serialize, JsonSchema)]
struct Course {
    /// Where it was found.
    from: String,
    /// A hash of its content.
    hash: String,
}

/// Numbers of tests and questions by verdict, and points.
#[derive(Serialize, JsonSchema)]
struct Counts {
    /// Points earned, as a decimal number.
    points: String,
    /// Points that could be earned, as a decimal number.
    most: String,
    /// Points of the tests that were not judged: in `most`, and neither earned nor lost.
    open: String,
    /// Tests that passed.
    passed: usize,
    /// Tests that failed.
    failed: usize,
    /// Tests whose runs disagreed.
    racy: usize,
    /// Tests that were not judged. They say nothing about the program.
    not_judged: usize,
    /// Tests that are not for this Node; they are not in `most`.
    left_out: usize,
    /// Hidden tests of which the reader of this report may know no more.
    hidden: usize,
    /// What those are worth, as a decimal number; not in `most`.
    hidden_points: String,
}

/// One submission to one exercise, or a student's answers to one quiz.
#[derive(Serialize, JsonSchema)]
struct Submission {
    /// Whose it is; null where one student checks one program.
    student: Option<String>,
    /// The exercise's id: `topic/slug`; null where it is a quiz.
    exercise: Option<String>,
    /// The quiz's id: `topic/slug`; null where it is an exercise.
    quiz: Option<String>,
    /// The student's entry file; null if there is not exactly one.
    entry: Option<Entry>,
    /// What concerns the submission as a whole, one sentence each.
    notes: Vec<String>,
    /// Its tests counted.
    total: Counts,
    /// Why it lost its first test, in a few words; null if it lost none.
    reason: Option<String>,
    /// Its tests, or the questions of the quiz, in the author's order.
    tests: Vec<Test>,
}

/// The student's entry file.
#[derive(Serialize, JsonSchema)]
struct Entry {
    /// Its path in the submission.
    file: String,
    /// How Node loads it.
    #[schemars(extend("enum" = ["commonjs", "esm"]))]
    module: &'static str,
}

/// What became of one test, or of the answer to one question.
#[derive(Serialize, JsonSchema)]
struct Test {
    /// Its name; a question's id.
    name: String,
    /// Whether students see only that it exists.
    hidden: bool,
    /// The verdict; `left-out` if it is not for this Node. An answer passed if it earned all its points.
    #[schemars(extend("enum" = ["passed", "failed", "racy", "not-judged", "left-out"]))]
    verdict: &'static str,
    /// Points earned, as a decimal number.
    points: String,
    /// Points that could be earned, as a decimal number.
    most: String,
    /// Why it did not pass, in a few words; null if it passed.
    reason: Option<String>,
    /// What a student is told, line by line, without the difference's rows marked up.
    feedback: Vec<String>,
    /// The author's hint; null if there is none or the test was not lost.
    hint: Option<String>,
    /// How the run ended that decides; null if there was none.
    run: Option<Ran>,
    /// How often it was run and was right, or how many orders the model knows and how many of them are right; null unless it
    /// is racy.
    runs: Option<Runs>,
    /// How stdout differs from the nearest accepted order; null if it does not.
    difference: Option<Difference>,
    /// How stderr differs, where the exercise expects something there; null if it does not.
    stderr_difference: Option<Difference>,
    /// Printed lines that nothing in the expectation matches, the first 100.
    extra: Vec<String>,
}

/// How a run ended.
#[derive(Serialize, JsonSchema)]
struct Ran {
    /// How it ended; `dismissed` is a server that was ended when it had been asked everything.
    #[schemars(extend("enum" = ["finished", "threw", "not-started", "signal", "wall-time", "cpu-time", "memory", "output", "processes", "dismissed"]))]
    ending: &'static str,
    /// Its exit code; null if it was stopped.
    exit: Option<i32>,
    /// The uncaught error that ended it; null if none did.
    error: Option<Thrown>,
    /// What it was refused: more space, files, descriptors or threads than programs get, other sockets, or children.
    refused: Vec<&'static str>,
    /// What it used; only where that was asked for, since it differs from run to run.
    #[serde(skip_serializing_if = "Option::is_none")]
    spent: Option<Spent>,
}

/// An uncaught error.
#[derive(Serialize, JsonSchema)]
struct Thrown {
    /// Its first line, as Node prints it.
    line: String,
    /// Node's code for it: `ERR_MODULE_NOT_FOUND`.
    code: Option<String>,
    /// The student's file; null if Node did not say.
    file: Option<String>,
    /// The line in that file, from 1.
    at_line: Option<usize>,
    /// The column in that line, from 1.
    at_column: Option<usize>,
    /// What to do about it.
    advice: Option<String>,
}

/// What a run used.
#[derive(Serialize, JsonSchema)]
struct Spent {
    /// Processor time in milliseconds.
    cpu_ms: u64,
    /// Wall time in milliseconds.
    wall_ms: u64,
    /// The most memory, in bytes.
    memory: u64,
}

/// How often a racy test was run, or in how many orders its program can print its lines.
#[derive(Serialize, JsonSchema)]
struct Runs {
    /// What is counted: runs on Node, or orders that the model of the event loop knows.
    #[schemars(extend("enum" = ["runs", "orders"]))]
    of: &'static str,
    /// So many were right.
    passed: u32,
    /// So many there were.
    all: u32,
    /// What a right one printed, its first 100 lines; null if none was right.
    right: Option<Vec<String>>,
}

/// How a trace differs from the nearest accepted order.
#[derive(Serialize, JsonSchema)]
struct Difference {
    /// The least number of lines to insert and delete.
    distance: usize,
    /// Whether `distance` is known exactly; if not, it is this or more.
    exact: bool,
    /// Whether other orders than the one in `rows` are accepted too.
    has_others: bool,
    /// What is wrong, most telling first, at most 100.
    findings: Vec<Finding>,
    /// The two traces side by side, shortened where they do not differ.
    rows: Vec<DifferenceRow>,
    /// The same as text: `-` expected, `+` printed, `?` extra.
    text: String,
}

/// One thing that is wrong with a trace.
#[derive(Serialize, JsonSchema)]
struct Finding {
    /// What kind it is.
    #[schemars(extend("enum" = ["out-of-order", "not-between", "misplaced", "missing", "surplus", "extra"]))]
    kind: &'static str,
    /// The line it is about.
    line: String,
    /// The lines it is held against: for `out-of-order` the one that must come first, for `not-between` the two around it.
    against: Vec<String>,
    /// How many times it is missing, was printed more than it may be (`surplus`), or was printed (`extra`); 1 for the others.
    times: usize,
    /// Why; null if no reason was given.
    reason: Option<Reason>,
}

/// Why an order is demanded.
#[derive(Serialize, JsonSchema)]
struct Reason {
    /// The id of the rule of Node; null if the author gave own words.
    rule: Option<String>,
    /// The rule's sentence, or the author's own words.
    words: String,
}

/// A row of a difference.
#[derive(Serialize, JsonSchema)]
struct DifferenceRow {
    /// What kind it is; `left-out` stands for rows that are not shown.
    #[schemars(extend("enum" = ["same", "expected", "printed", "extra", "left-out"]))]
    kind: &'static str,
    /// The line in pieces; a long one is cut around what differs.
    pieces: Vec<Piece>,
    /// How many rows it stands for: 1 unless rows are left out.
    count: usize,
}

/// A piece of a line.
#[derive(Serialize, JsonSchema)]
struct Piece {
    /// Its text; blanks are `·` where they differ or end the line, a tab is `→`.
    text: String,
    /// Whether it is only in this line.
    changed: bool,
}

/// Something that belongs to no exercise.
#[derive(Serialize, JsonSchema)]
struct Unplaced {
    /// Whose it is.
    student: Option<String>,
    /// What is wrong.
    problem: String,
    /// How to mend it.
    help: Option<String>,
}

impl Document {
    fn of(results: &Results, options: &Options) -> Self {
        Document {
            format: NUMBER,
            course: Course {
                from: words::visible(&results.course().from),
                hash: words::visible(&results.course().hash),
            },
            node: results.on().and_then(|on| match on.ran {
                RanOn::Node(version) => Some(version.to_string()),
                RanOn::Model(_) => None,
            }),
            model: results.on().and_then(|on| match on.ran {
                RanOn::Node(_) => None,
                RanOn::Model(line) => Some(line),
            }),
            provisional: results.on().and_then(|on| feedback::unsettled(on.ran)),
            sandbox: results.on().map(|on| on.tier.word()),
            total: Counts::of(&Tally::of_all(results.rows(), options.reader)),
            rows: results
                .rows()
                .iter()
                .map(|row| Submission::of(row, options))
                .collect(),
            unplaced: results.unplaced().iter().map(Unplaced::of).collect(),
        }
    }
}

impl Counts {
    fn of(tally: &Tally) -> Self {
        Counts {
            points: tally.earned.to_string(),
            most: tally.most.to_string(),
            open: tally.open.to_string(),
            passed: tally.passed,
            failed: tally.failed,
            racy: tally.racy,
            not_judged: tally.not_judged,
            left_out: tally.left_out,
            hidden: tally.hidden,
            hidden_points: tally.hidden_points.to_string(),
        }
    }
}

impl Submission {
    fn of(row: &Row, options: &Options) -> Self {
        let (exercise, quiz) = match &row.work {
            Work::Exercise(graded) => (Some(graded.exercise.to_string()), None),
            Work::Quiz(marked) => (None, Some(marked.quiz.id.to_string())),
        };
        Submission {
            student: row.student.as_deref().map(words::visible),
            exercise,
            quiz,
            entry: row.entry().map(|(file, module)| Entry {
                file: file.to_string(),
                module: module.word(),
            }),
            notes: row
                .notes()
                .iter()
                .map(|note| words::visible(note))
                .collect(),
            total: Counts::of(&Tally::of(row, options.reader)),
            reason: feedback::first_reason(row, options.reader),
            tests: row
                .items(options.reader)
                .map(|item| Test::of(item, options.spending))
                .collect(),
        }
    }
}

impl Test {
    fn of(item: Item<'_>, spending: Spending) -> Self {
        let judged = Judged::of(item);
        let differs = |judgement: Option<&trace::Judgement>| match &judgement?.answer {
            trace::Answer::Rejected(difference) => Some(Difference::of(difference, judged.extra)),
            trace::Answer::Accepted | trace::Answer::Undecided => None,
        };
        Test {
            name: words::visible(item.name()),
            hidden: item.is_hidden(),
            verdict: item.standing().word(),
            points: item.earned().to_string(),
            most: item.most().to_string(),
            reason: item.in_few_words(),
            feedback: item.body().plain().lines().map(str::to_owned).collect(),
            hint: item.hint().map(visible_lines),
            run: item.run().map(|run| Ran::of(run, spending)),
            runs: match item {
                Item::Test(test) => Runs::of(&test.outcome),
                Item::Question(_) => None,
            },
            difference: differs(judged.stdout),
            stderr_difference: differs(judged.stderr),
            extra: extra(item.run(), judged.stdout),
        }
    }
}

/// What the judge of traces said.
struct Judged<'a> {
    stdout: Option<&'a trace::Judgement>,
    stderr: Option<&'a trace::Judgement>,
    extra: trace::Extra,
}

impl<'a> Judged<'a> {
    fn of(item: Item<'a>) -> Self {
        match item {
            Item::Test(test) => {
                let (stdout, stderr) = match &test.outcome {
                    Outcome::Judged(Verdict::Passed { stdout, .. }) => (Some(stdout), None),
                    Outcome::Judged(
                        Verdict::Failed(Failure::Run { stdout, stderr, .. })
                        | Verdict::Racy {
                            wrong: Failure::Run { stdout, stderr, .. },
                            ..
                        },
                    ) => (stdout.as_ref(), stderr.as_ref()),
                    Outcome::Judged(
                        Verdict::Failed(Failure::Submission { .. })
                        | Verdict::Racy {
                            wrong: Failure::Submission { .. },
                            ..
                        }
                        | Verdict::NotJudged(_),
                    )
                    | Outcome::LeftOut { .. } => (None, None),
                };
                Judged {
                    stdout,
                    stderr,
                    extra: test.extra,
                }
            }
            Item::Question(marked) => Judged {
                stdout: marked.judgement(),
                stderr: None,
                extra: trace::Extra::Fail,
            },
        }
    }
}

/// No more lines or findings are written in one list: who prints without end fills no disk.
const MOST: usize = 100;

fn extra(run: Option<&Run>, judgement: Option<&trace::Judgement>) -> Vec<String> {
    let (Some(run), Some(judgement)) = (run, judgement) else {
        return Vec::new();
    };
    let lines = trace::Printed::from_bytes(&run.stdout).lines;
    judgement
        .extra
        .iter()
        .filter_map(|at| lines.get(*at))
        .take(MOST)
        .map(|line| line_text(line))
        .collect()
}

/// One line of a program as text, cut if it is long.
fn line_text(line: &str) -> String {
    let whole = Part {
        text: line,
        mark: Mark::Same,
    };
    verbatim::shown(&[whole])
        .into_iter()
        .map(|(text, _)| text)
        .collect()
}

fn visible_lines(text: &str) -> String {
    let lines: Vec<String> = text.trim_end().lines().map(words::visible).collect();
    lines.join("\n")
}

impl Ran {
    fn of(run: &Run, spending: Spending) -> Self {
        Ran {
            ending: run.ending.word(),
            exit: run.ending.exit(),
            error: run.ending.error().map(|error| Thrown {
                line: line_text(&error.line),
                code: error.code.as_deref().map(words::visible),
                file: error
                    .place
                    .as_ref()
                    .map(|place| words::visible(&place.file)),
                at_line: error.place.as_ref().map(|place| place.line),
                at_column: error.place.as_ref().and_then(|place| place.column),
                advice: error.advice.as_deref().map(words::visible),
            }),
            refused: run.refused.iter().map(|refused| refused.word()).collect(),
            spent: match spending {
                Spending::Without => None,
                Spending::With => Some(Spent {
                    cpu_ms: run.spent.cpu.as_millis() as u64,
                    wall_ms: run.spent.wall.as_millis() as u64,
                    memory: run.spent.memory,
                }),
            },
        }
    }
}

impl Runs {
    fn of(outcome: &Outcome) -> Option<Self> {
        match outcome {
            Outcome::Judged(Verdict::Racy {
                passed,
                tried,
                other,
                wrong: _,
            }) => {
                let (of, all) = match *tried {
                    Tried::Runs(all) => ("runs", all),
                    Tried::Orders(all) => ("orders", all),
                };
                Some(Runs {
                    of,
                    passed: *passed,
                    all,
                    right: (*passed > 0).then(|| right_order(other)),
                })
            }
            Outcome::LeftOut { .. }
            | Outcome::Judged(
                Verdict::Passed { .. } | Verdict::Failed(_) | Verdict::NotJudged(_),
            ) => None,
        }
    }
}

/// What a right run printed.
fn right_order(run: &Run) -> Vec<String> {
    let lines = trace::Printed::from_bytes(&run.stdout).lines;
    lines
        .iter()
        .take(MOST)
        .map(|line| line_text(line))
        .collect()
}

impl Difference {
    fn of(difference: &trace::Difference, extra: trace::Extra) -> Self {
        let (distance, exact) = match difference.distance {
            trace::Distance::Exactly(lines) => (lines, true),
            trace::Distance::AtLeast(lines) => (lines, false),
        };
        Difference {
            distance,
            exact,
            has_others: difference.has_others,
            findings: difference
                .findings
                .iter()
                .take(MOST)
                .map(Finding::of)
                .collect(),
            rows: difference::shown(difference, extra)
                .iter()
                .map(DifferenceRow::of)
                .collect(),
            text: difference::text(difference, extra, "the difference").plain(),
        }
    }
}

impl Finding {
    fn of(finding: &trace::Finding) -> Self {
        let (kind, line, against, times, reason) = match finding {
            trace::Finding::OutOfOrder {
                later,
                earlier,
                reason,
            } => ("out-of-order", later, vec![earlier], 1, reason.as_ref()),
            trace::Finding::NotBetween {
                line,
                first,
                then,
                reason,
            } => ("not-between", line, vec![first, then], 1, reason.as_ref()),
            trace::Finding::Misplaced { line } => ("misplaced", line, Vec::new(), 1, None),
            trace::Finding::Missing { line, times } => ("missing", line, Vec::new(), *times, None),
            trace::Finding::Surplus { line, times } => ("surplus", line, Vec::new(), *times, None),
            trace::Finding::Extra { line, times } => ("extra", line, Vec::new(), *times, None),
        };
        Finding {
            kind,
            line: line_text(line),
            against: against.into_iter().map(|line| line_text(line)).collect(),
            times,
            reason: reason.map(|reason| Reason {
                rule: reason.rule.as_deref().map(words::visible),
                words: words::visible(&reason.words),
            }),
        }
    }
}

impl DifferenceRow {
    fn of(shown: &difference::Shown<'_>) -> Self {
        let row = |kind, parts: &[Part<'_>]| DifferenceRow {
            kind,
            pieces: verbatim::shown(parts).into_iter().map(Piece::of).collect(),
            count: 1,
        };
        let whole = |line| {
            [Part {
                text: line,
                mark: Mark::Same,
            }]
        };
        match shown {
            difference::Shown::Row(trace::Row::Same(line)) => row("same", &whole(line)),
            difference::Shown::Row(trace::Row::Extra(pieces)) => row("extra", &parts(pieces)),
            difference::Shown::Row(trace::Row::Expected(pieces)) => row("expected", &parts(pieces)),
            difference::Shown::Row(trace::Row::Printed(pieces)) => row("printed", &parts(pieces)),
            difference::Shown::LeftOut(left) => DifferenceRow::left_out(left.rows()),
        }
    }

    fn left_out(count: usize) -> Self {
        DifferenceRow {
            kind: "left-out",
            pieces: Vec::new(),
            count,
        }
    }
}

fn parts(pieces: &[trace::Piece]) -> Vec<Part<'_>> {
    pieces.iter().map(difference::part).collect()
}

impl Piece {
    fn of((text, mark): (String, Mark)) -> Self {
        Piece {
            text,
            changed: mark == Mark::Changed,
        }
    }
}

impl Unplaced {
    fn of(one: &crate::report::Unplaced) -> Self {
        Unplaced {
            student: one.student.as_deref().map(words::visible),
            problem: words::visible(&one.problem.message),
            help: one.problem.help.as_deref().map(words::visible),
        }
    }
}
