//! What a student reads about a program: for every test what was expected, what came, where, and which rule says so.
//!
//! It does not know how wide the page is.

use std::collections::HashSet;

use crate::course::Need;
use crate::grading::{Failure, Graded, NotJudged, Outcome, TestResult, Tried, Unmodelled, Verdict};
use crate::node::Missing;
use crate::program::{Ending, Limit, ModuleSystem, RanOn, Run};
use crate::sandbox::Tier;
use crate::scoring::Points;
use crate::trace::{Answer, Difference, Extra, Judgement, Printed};
use crate::words;

use super::finding::Mistakes;
use super::text::{Line, Style, Text};
use super::verbatim::code;
use super::{
    CourseName, Item, On, Reader, Results, Row, Standing, Tally, Work, behaviour, difference,
    ending,
};

/// The feedback on every submission, one after another, and at the end which course it was.
pub fn feedback(results: &Results, reader: Reader) -> Text {
    let mut text = Text::new();
    for row in results.rows() {
        text.gap();
        text.append(submission(row, reader), 0);
    }
    for one in results.unplaced() {
        text.gap();
        text.append(unplaced(one), 0);
    }
    text.gap();
    text.append(course(results.course()), 0);
    text.append(sandbox(results), 0);
    text.append(provisional(results), 0);
    text
}

/// How much programs were closed off, where there were any.
pub(super) fn sandbox(results: &Results) -> Text {
    match results.on() {
        None => Text::new(),
        Some(On { tier, .. }) => {
            let of = match tier {
                Tier::Full => "sandbox: full".to_owned(),
                Tier::Partial => "sandbox: partial; see `tickmark doctor`".to_owned(),
                Tier::Limits => "sandbox: limits only; see `tickmark doctor`".to_owned(),
            };
            one_line(Style::Dim, &of)
        }
    }
}

/// That verdicts are provisional, and how they come to be more, where programs ran on the model.
pub(super) fn provisional(results: &Results) -> Text {
    let mut text = Text::new();
    if let Some(what) = results.on().and_then(|on| unsettled(on.ran)) {
        text.push(Line::words(Style::Warn, &format!("provisional: {what}")));
        let help = Missing::Everywhere.advice();
        text.push(Line::words(Style::Plain, help).led_by(Style::Dim, "help: "));
    }
    text
}

/// Why verdicts are provisional, if they are.
pub(super) fn unsettled(ran: RanOn) -> Option<String> {
    match ran {
        RanOn::Node(_) => None,
        RanOn::Model(_) => Some(format!("judged on {ran}'s event loop, without a Node")),
    }
}

/// Which course it was.
pub fn course(course: &CourseName) -> Text {
    let of = format!(
        "course: {} ({})",
        words::visible(&course.from),
        course.hash.chars().take(12).collect::<String>()
    );
    one_line(Style::Dim, &of)
}

/// The feedback on one test or question.
pub fn item(item: Item<'_>) -> Text {
    let mut text = Text::new();
    text.push(headline(item));
    text.append(item.body(), 2);
    text.append(hint(item), 2);
    text
}

/// The feedback on one submission.
pub fn submission(row: &Row, reader: Reader) -> Text {
    let mut text = title(row);
    let mut told: Vec<(&str, Text)> = Vec::new();
    for item in row.items(reader) {
        text.gap();
        text.push(headline(item));
        let body = item.body();
        match told.iter().find(|(_, before)| *before == body) {
            Some((name, before)) if before.lines().len() > 1 => {
                let same = format!("the same as in {} above", code(name));
                text.append(one_line(Style::Plain, &same), 2);
            }
            Some(_) | None => {
                text.append(body.clone(), 2);
                told.push((item.name(), body));
            }
        }
        text.append(hint(item), 2);
    }
    text.gap();
    text.append(totals(&Tally::of(row, reader)), 0);
    text
}

fn title(row: &Row) -> Text {
    let whose = row
        .student
        .as_deref()
        .map(|student| format!("{}, ", words::visible(student)));
    let what = match &row.work {
        Work::Exercise(graded) => how_it_ran(graded),
        Work::Quiz(marked) => format!(": {}", marked.quiz.title),
    };
    let title = format!("{}{}", whose.unwrap_or_default(), row.name());
    let mut text = Text::new();
    text.push(Line::words(Style::Strong, &title).and(Style::Plain, &what));
    for note in row.notes() {
        text.push(Line::words(Style::Plain, note).led_by(Style::Warn, "note: "));
    }
    text
}

fn how_it_ran(graded: &Graded) -> String {
    match &graded.entry {
        Some((file, module)) => format!(
            ": {} as {}, on {}",
            code(file.as_str()),
            match module {
                ModuleSystem::CommonJs => "CommonJS",
                ModuleSystem::Esm => "an ES module",
            },
            graded.on
        ),
        None => format!(" on {}", graded.on),
    }
}

/// `✓ other files: 3 of 3 points`
pub fn headline(item: Item<'_>) -> Line {
    let hidden = if item.is_hidden() { " (hidden)" } else { "" };
    let standing = item.standing();
    Line::words(Style::Strong, "")
        .led_by(standing.style(), &format!("{} ", standing.sign()))
        .exactly(Style::Strong, &format!("{}{hidden}", item.name()))
        .exactly(standing.style(), &format!(": {}", item.came()))
}

/// `1 point`, `2.5 points`
pub fn points(points: Points) -> String {
    let noun = if points == Points::ONE {
        "point"
    } else {
        "points"
    };
    format!("{points} {noun}")
}

/// Everything below a test's headline but the hint.
pub fn body(result: &TestResult) -> Text {
    match &result.outcome {
        Outcome::LeftOut { node } => one_line(
            Style::Dim,
            &format!("it is for Node {node}, so it counts neither for you nor against you"),
        ),
        Outcome::Judged(Verdict::Passed { run, stdout }) => extra_lines(run, stdout, result.extra),
        Outcome::Judged(Verdict::Failed(failure)) => failed(failure, result),
        Outcome::Judged(Verdict::Racy {
            passed,
            tried,
            wrong,
            other,
        }) => racy(*passed, *tried, wrong, other, result),
        Outcome::Judged(Verdict::NotJudged(why)) => not_judged(why),
    }
}

/// The author's hint, if it is one to be told.
pub fn hint(item: Item<'_>) -> Text {
    let mut text = Text::new();
    for (at, line) in item.hint().unwrap_or_default().lines().enumerate() {
        let lead = if at == 0 { "hint: " } else { "      " };
        text.push(Line::words(Style::Plain, line).led_by(Style::Dim, lead));
    }
    text
}

fn failed(failure: &Failure, result: &TestResult) -> Text {
    match failure {
        Failure::Submission { message, help } => {
            let mut text = one_line(Style::Plain, message);
            if let Some(help) = help {
                text.push(Line::words(Style::Plain, help).led_by(Style::Dim, "help: "));
            }
            text
        }
        Failure::Run {
            run,
            ended,
            stdout,
            stderr,
            misbehaved,
        } => {
            let mut text = Text::new();
            if let Some(ended) = ended {
                text.append(ending::text(ended, &run.ending, &result.limits), 0);
            }
            text.append(behaviour::text(misbehaved, run), 0);
            text.append(ending::refused(&run.refused), 0);
            if let Some(stdout) = stdout {
                let until = ended.as_ref().map(|_| &run.ending);
                text.append(judged(&run.stdout, stdout, result.extra, until), 0);
                text.append(extra_lines(run, stdout, result.extra), 0);
            }
            if let Some(stderr) = stderr {
                text.push(Line::words(Style::Plain, "on stderr:"));
                text.append(judged(&run.stderr, stderr, result.extra, None), 2);
            }
            text
        }
    }
}

/// What is wrong with what was printed, and the difference; `until` what ended it, if that was wrong.
fn judged(printed: &[u8], judgement: &Judgement, extra: Extra, until: Option<&Ending>) -> Text {
    let mut text = Text::new();
    match &judgement.answer {
        Answer::Accepted => {}
        Answer::Undecided => text.push(Line::words(
            Style::Plain,
            "whether what it printed is in an accepted order could not be decided",
        )),
        Answer::Rejected(difference) => {
            let mistakes = Mistakes::of(difference);
            let cut_short = until.is_some_and(|ending| !matches!(ending, Ending::Finished { .. }));
            let title = match cut_short {
                true => "the difference up to then",
                false => "the difference",
            };
            match (printed.is_empty(), cut_short) {
                (true, false) => text.push(Line::words(Style::Plain, "it printed nothing")),
                (true, true) => text.push(Line::words(
                    Style::Plain,
                    "until then it had printed nothing",
                )),
                (false, _) => {}
            }
            if !(mistakes.only_missing() && (cut_short || printed.is_empty())) {
                text.append(mistakes.text(), 0);
            }
            text.append(difference::text(difference, extra, title), 0);
        }
    }
    text
}

/// No more extra lines are named.
const NAMED: usize = 3;

/// `` 1 extra line that costs nothing: `debug` ``; not those that are told as nearly right.
fn extra_lines(run: &Run, judgement: &Judgement, extra: Extra) -> Text {
    match extra {
        Extra::Ignore | Extra::Fail => return Text::new(),
        Extra::Warn => {}
    }
    let told = match &judgement.answer {
        Answer::Rejected(difference) => Mistakes::of(difference).nearly_right,
        Answer::Accepted | Answer::Undecided => HashSet::new(),
    };
    let printed = Printed::from_bytes(&run.stdout);
    let lines: Vec<&str> = judgement
        .extra
        .iter()
        .filter_map(|at| printed.lines.get(*at))
        .map(String::as_str)
        .filter(|line| !told.contains(*line))
        .collect();
    if lines.is_empty() {
        return Text::new();
    }
    let mut named: Vec<String> = lines.iter().take(NAMED).map(|line| code(line)).collect();
    if lines.len() > NAMED {
        named.push(format!("{} more", lines.len() - NAMED));
    }
    let costs = if lines.len() == 1 { "costs" } else { "cost" };
    let sentence = format!(
        "{} that {costs} nothing: {}",
        words::count(lines.len(), "extra line"),
        words::and(named)
    );
    one_line(Style::Warn, &sentence)
}

/// No more lines of an accepted order are shown.
const SHOWN: usize = 20;

fn racy(passed: u32, tried: Tried, wrong: &Failure, other: &Run, result: &TestResult) -> Text {
    let mut text = Text::new();
    for sentence in chance(passed, tried, wrong) {
        text.push(Line::words(Style::Plain, &sentence));
    }
    text.gap();
    let went = match (passed, tried) {
        (0, _) => "another of the runs printed:".to_owned(),
        (_, Tried::Runs(_)) => format!("right in {}:", times(passed)),
        (_, Tried::Orders(_)) => "it can print this, which is right:".to_owned(),
    };
    text.push(Line::words(Style::Plain, &went));
    text.append(orders(other, wrong), 2);
    text.gap();
    let mistaken = match (passed, tried) {
        (0, _) => "one of the runs:".to_owned(),
        (_, Tried::Runs(runs)) => format!("wrong in {}:", times(runs.saturating_sub(passed))),
        (_, Tried::Orders(_)) => "it can also print another order, which is wrong:".to_owned(),
    };
    text.push(Line::words(Style::Plain, &mistaken));
    text.append(failed(wrong, result), 2);
    text
}

/// What a run printed, where another one was wrong: on stdout, unless that was right, and on stderr if that was wrong.
fn orders(run: &Run, wrong: &Failure) -> Text {
    let mut text = Text::new();
    let [stdout, stderr] = wrong.differences().map(|difference| difference.is_some());
    if stdout || !stderr {
        text.append(order(&run.stdout), 0);
    }
    if stderr {
        text.push(Line::words(Style::Plain, "on stderr:"));
        text.append(order(&run.stderr), 2);
    }
    text
}

/// The lines that were printed, shortened.
fn order(printed: &[u8]) -> Text {
    let mut text = Text::new();
    let lines = Printed::from_bytes(printed).lines;
    for line in lines.iter().take(SHOWN) {
        text.push(difference::same(line));
    }
    if lines.len() > SHOWN {
        let more = format!("… {} …", words::count(lines.len() - SHOWN, "more line"));
        text.push(Line::words(Style::Dim, &more).led_by(Style::Dim, "  ┆ "));
    }
    text
}

fn chance(passed: u32, tried: Tried, wrong: &Failure) -> Vec<String> {
    let mut differences = wrong.differences().into_iter().flatten().peekable();
    let order = differences.peek().is_some() && differences.all(Difference::is_order_alone);
    let what = if order {
        "the order is left to chance"
    } else {
        "what comes of it is left to chance"
    };
    let mut sentences = vec![match (passed, tried) {
        (0, Tried::Runs(runs)) => {
            format!("{runs} runs of it differed, and none was right: {what}")
        }
        (_, Tried::Runs(runs)) => format!("of {runs} runs {passed} {} right: {what}", was(passed)),
        (_, Tried::Orders(orders)) => format!(
            "of {orders} orders in which it can print its lines {passed} {} right: {what}",
            is(passed)
        ),
    }];
    if order {
        sentences.push(
            "let what must come later wait for what must come first, and it is right every time"
                .to_owned(),
        );
    }
    sentences
}

fn was(n: u32) -> &'static str {
    if n == 1 { "was" } else { "were" }
}

fn is(n: u32) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

fn times(n: u32) -> String {
    words::count(n as usize, "run")
}

fn not_judged(why: &NotJudged) -> Text {
    let sentences: [String; 2] = match why {
        NotJudged::Undecided => [
            "whether this order is accepted could not be decided: too many orders are possible to try them all".into(),
            "that is the exercise's doing, not yours: your teacher can see it".into(),
        ],
        NotJudged::Needs(need) => [
            format!(
                "this test needs {}, which this machine cannot give",
                needed(*need)
            ),
            "that says nothing about your program".into(),
        ],
        NotJudged::NoVariant => [
            "the exercise does not say what is right for this module system on this Node".into(),
            "that is its author's to mend, and says nothing about your program".into(),
        ],
        NotJudged::Unmodelled(why) => [
            format!("it takes Node to judge this: {}", unmodelled(why)),
            "that says nothing about your program".into(),
        ],
        NotJudged::Trouble(what) => [
            format!("something on this machine failed, twice: {what}"),
            "that says nothing about your program: try again".into(),
        ],
        NotJudged::Interrupted => [
            "the grading was broken off before this was done".into(),
            "that says nothing about your program".into(),
        ],
    };
    sentences.iter().fold(Text::new(), |mut text, sentence| {
        text.push(Line::words(Style::Plain, sentence));
        text
    })
}

/// No more characters are told of what is outside the model.
const NAME: usize = 200;

/// What the model of the event loop cannot say, in the middle of a sentence.
fn unmodelled(why: &Unmodelled) -> String {
    match why {
        Unmodelled::Outside(outside) => {
            let place = outside.place.as_ref();
            let at =
                place.map(|place| format!(" ({}:{})", words::visible(&place.file), place.line));
            // A program names what it wants, in as many words as it likes.
            let what: String = outside.what.chars().take(NAME).collect();
            let what = words::visible(&what);
            format!("outside the model is {what}{}", at.unwrap_or_default())
        }
        Unmodelled::ModuleSystem(file) => format!(
            "only Node can say which module system {} has: a file called `.mjs` or `.cjs` says it itself",
            code(file.as_str())
        ),
        Unmodelled::Need(need) => format!("outside the model is {}", shown_by_runs(*need)),
        Unmodelled::Stderr => "outside the model is what programs print on stderr".to_owned(),
        Unmodelled::Words => {
            "the model may have other words than Node for the error that is thrown".to_owned()
        }
        Unmodelled::Bound(bound) => {
            format!("the model does not follow it to the end: {}", bound.words())
        }
        Unmodelled::Stopped(limit) => format!(
            "the model does not follow it to the end: it needs more {} than it is given",
            match limit {
                Limit::WallTime | Limit::CpuTime => "time",
                Limit::Memory => "memory",
                Limit::Output => "room for orders",
                Limit::Processes => "processes",
            }
        ),
        Unmodelled::Broke => "the model broke".to_owned(),
    }
}

/// What only a run shows.
fn shown_by_runs(need: Need) -> &'static str {
    match need {
        Need::Loopback => "the network",
        Need::Children => "that programs start others",
        Need::Watching => "what memory and which threads programs use",
        Need::Calls => "which functions programs call",
        Need::Telling => "what a module gives to whoever loads it",
        Need::Hearing => "for how long a program holds the event loop",
    }
}

fn needed(need: Need) -> &'static str {
    match need {
        Need::Loopback => "the loopback network (127.0.0.1)",
        Need::Children => "child processes",
        Need::Watching => "to see what memory and which threads programs use",
        Need::Calls => "a sandbox that hears which functions programs call",
        Need::Telling => "a sandbox that hears what a module gives to whoever loads it",
        Need::Hearing => "a sandbox that hears when the event loop turns",
    }
}

/// `5 of 8 points`, and what is not in it.
fn totals(tally: &Tally) -> Text {
    let mut text = Text::new();
    text.push(Line::words(
        Style::Strong,
        &format!("{} of {}", tally.earned, points(tally.most)),
    ));
    if tally.not_judged > 0 {
        let (were, are) = if tally.not_judged == 1 {
            ("was", "is")
        } else {
            ("were", "are")
        };
        text.push(Line::words(
            Style::Warn,
            &format!(
                "{} {were} not judged, so {} of these {are} still open",
                words::count(tally.not_judged, "test"),
                points(tally.open)
            ),
        ));
    }
    if tally.hidden > 0 {
        text.push(Line::words(
            Style::Plain,
            &format!(
                "and {}, worth {}, that only your teacher sees",
                words::count(tally.hidden, "hidden test"),
                points(tally.hidden_points)
            ),
        ));
    }
    text
}

/// A problem of something that belongs to no exercise, and whose it is.
pub fn unplaced(one: &super::Unplaced) -> Text {
    let whose = one
        .student
        .as_deref()
        .map(|student| format!("{}: ", words::visible(student)));
    let mut text = Text::new();
    for (at, line) in one.problem.to_string().lines().enumerate() {
        let line = match (at, &whose) {
            (0, Some(whose)) => format!("{whose}{line}"),
            (_, _) => line.to_owned(),
        };
        text.push(Line::words(Style::Plain, &line));
    }
    text
}

/// One sentence.
pub fn one_line(style: Style, sentence: &str) -> Text {
    let mut text = Text::new();
    text.push(Line::words(style, sentence));
    text
}

/// Why a test did not pass, in a few words; `None` if it passed or is left out.
pub fn in_few_words(result: &TestResult) -> Option<String> {
    match &result.outcome {
        Outcome::LeftOut { .. } | Outcome::Judged(Verdict::Passed { .. }) => None,
        Outcome::Judged(Verdict::Failed(failure)) => Some(failed_in_few_words(failure, result)),
        Outcome::Judged(Verdict::Racy { passed, tried, .. }) => Some(match tried {
            Tried::Runs(runs) => format!("racy: right in {passed} of {runs} runs"),
            Tried::Orders(orders) => {
                format!("racy: right in {passed} of {orders} orders that it can print")
            }
        }),
        Outcome::Judged(Verdict::NotJudged(why)) => Some(format!(
            "not judged: {}",
            match why {
                NotJudged::Undecided => "its order could not be decided".to_owned(),
                NotJudged::Needs(need) => format!("it needs {}", needed(*need)),
                NotJudged::NoVariant => "the exercise does not say what is right here".to_owned(),
                NotJudged::Unmodelled(why) => unmodelled(why),
                NotJudged::Trouble(what) => words::visible(what),
                NotJudged::Interrupted => "the grading was broken off".to_owned(),
            }
        )),
    }
}

fn failed_in_few_words(failure: &Failure, result: &TestResult) -> String {
    match failure {
        Failure::Submission { message, .. } => words::visible(message),
        Failure::Run {
            run,
            ended,
            stdout,
            stderr,
            misbehaved,
        } => match ended {
            Some(ended) => ending::in_few_words(ended, &run.ending, &result.limits),
            None if run.stdout.is_empty() && stdout.is_some() => "it printed nothing".to_owned(),
            None => [stdout, stderr]
                .into_iter()
                .flatten()
                .find_map(|judgement| match &judgement.answer {
                    Answer::Rejected(difference) => Mistakes::of(difference).first(),
                    Answer::Accepted | Answer::Undecided => None,
                })
                .or_else(|| misbehaved.first().map(behaviour::in_few_words))
                .unwrap_or_else(|| "not as expected".to_owned()),
        },
    }
}

/// The first thing that cost the submission a test, in a few words; else why a test was not judged.
pub fn first_reason(row: &Row, reader: Reader) -> Option<String> {
    let judged = |item: &Item<'_>| item.standing() != Standing::NotJudged;
    row.items(reader)
        .filter(judged)
        .find_map(Item::in_few_words)
        .or_else(|| row.items(reader).find_map(Item::in_few_words))
}
