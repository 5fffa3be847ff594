//! How a program ended, in sentences: Node's own words, the student's own line, and what to do about it.
//!
//! It does not know what the program printed.

use std::time::Duration;

use crate::grading::Ended;
use crate::program::{Ending, Limit, Limits, Place, Refused, Thrown};
use crate::words;

use super::text::{Line, Style, Text};
use super::verbatim::{self, Mark, Part};

/// How a run ended.
pub fn how(ending: &Ending, limits: &Limits) -> Text {
    let mut text = Text::new();
    text.push(Line::words(Style::Plain, &happened(ending, limits)));
    if let Some(error) = ending.error() {
        text.append(thrown(error), 0);
    }
    text
}

/// What a program was refused meanwhile.
pub fn refused(refused: &[Refused]) -> Text {
    let mut text = Text::new();
    if !refused.is_empty() {
        let what = words::and(refused.iter().map(|one| match one {
            Refused::Space => "more space for its files (`ENOSPC`)",
            Refused::Files => "more files (`ENOSPC`)",
            Refused::Descriptors => "more open files and sockets (`EMFILE`)",
            Refused::Sockets => "a socket of this kind (`EPERM`)",
            Refused::Threads => "more threads (`EAGAIN`)",
            Refused::Children => "to start another program (`EAGAIN`)",
        }));
        text.push(Line::words(Style::Plain, &format!("it was refused {what}")));
    }
    text
}

/// What ended a run that should have ended otherwise, or printed something else.
pub fn text(ended: &Ended, ending: &Ending, limits: &Limits) -> Text {
    let mut text = how(ending, limits);
    for sentence in known_code(ending).into_iter().chain(should(ended)) {
        text.push(Line::words(Style::Plain, &sentence));
    }
    text
}

/// The same in a few words.
pub fn in_few_words(ended: &Ended, ending: &Ending, limits: &Limits) -> String {
    match (ending, ended) {
        (Ending::Finished { exit }, Ended::Throws { .. }) => {
            format!("ended with exit code {exit} instead of an error")
        }
        (Ending::Finished { exit }, Ended::Thrown) => format!("exit code {exit}"),
        (Ending::Finished { exit }, Ended::Exit { expected } | Ended::Otherwise { expected }) => {
            format!("exit code {exit} instead of {expected}")
        }
        (
            Ending::Threw { error, .. },
            Ended::Exit { .. } | Ended::Throws { .. } | Ended::Thrown | Ended::Otherwise { .. },
        ) => verbatim::code(&error.line),
        (Ending::NotStarted { error, .. }, _) => {
            format!("did not start: {}", verbatim::code(&error.line))
        }
        (Ending::Signal { name }, _) => format!("ended by {}", words::code(name)),
        (Ending::Dismissed, _) => "it was ended when it had answered everything".to_owned(),
        (Ending::Stopped(limit), _) => match limit {
            Limit::WallTime => format!("still waiting after {}", time(limits.wall())),
            Limit::CpuTime => format!("did not end in {} of processor time", time(limits.cpu)),
            Limit::Memory => format!("used more than {} of memory", bytes(limits.memory)),
            Limit::Output => format!("printed more than {}", bytes(limits.output)),
            Limit::Processes => format!("had more than {}", processes(limits)),
        },
    }
}

/// How it should have ended, unless that goes without saying.
fn should(ended: &Ended) -> Option<String> {
    match ended {
        Ended::Throws { expected } => Some(format!(
            "it should have ended with the error {}",
            verbatim::code(expected)
        )),
        Ended::Exit { expected } => Some(format!("it should have ended with exit code {expected}")),
        Ended::Thrown | Ended::Otherwise { expected: 0 } => None,
        Ended::Otherwise { expected } => Some(format!(
            "it should have ended by itself, with exit code {expected}"
        )),
    }
}

fn happened(ending: &Ending, limits: &Limits) -> String {
    match ending {
        Ending::Finished { exit } => format!("it ended with exit code {exit}"),
        Ending::Threw { exit: 1, .. } => "an error ended it that nothing caught:".to_owned(),
        Ending::Threw { exit, .. } => {
            format!("an error ended it that nothing caught, with exit code {exit}:")
        }
        Ending::NotStarted { .. } => "Node could not start it:".to_owned(),
        Ending::Signal { name } => format!(
            "the signal {} ended it, and the grader did not send that",
            words::code(name)
        ),
        Ending::Stopped(limit) => stopped(*limit, limits),
        Ending::Dismissed => "it was ended when it had answered everything".to_owned(),
    }
}

fn stopped(limit: Limit, limits: &Limits) -> String {
    match limit {
        Limit::WallTime => format!(
            "it was still waiting after {} and was stopped: what is it waiting for? A timer, a server or a connection \
             that stays open keeps Node alive",
            time(limits.wall())
        ),
        Limit::CpuTime => format!(
            "it ran for {} of processor time without ending and was stopped: an endless loop?",
            time(limits.cpu)
        ),
        Limit::Memory => format!(
            "it used more than {} of memory and was stopped: does something grow without end?",
            bytes(limits.memory)
        ),
        Limit::Output => format!(
            "it printed more than {} and was stopped: an endless loop that prints?",
            bytes(limits.output)
        ),
        Limit::Processes => format!(
            "it had more than {} at once and was stopped: does one start another without end?",
            processes(limits)
        ),
    }
}

/// What an exit code means that Node chooses itself: <https://nodejs.org/api/process.html#exit-codes>.
fn known_code(ending: &Ending) -> Option<String> {
    match ending {
        Ending::Finished { exit: 13 } => Some(
            "13 is Node's own code for a top-level `await` that was never settled: nothing was left that could settle it"
                .to_owned(),
        ),
        Ending::Finished { .. }
        | Ending::Threw { .. }
        | Ending::NotStarted { .. }
        | Ending::Signal { .. }
        | Ending::Stopped(_)
        | Ending::Dismissed => None,
    }
}

/// Node's first line, where in the student's files, and advice.
pub fn thrown(error: &Thrown) -> Text {
    let mut text = Text::new();
    text.push(quoted("  │ ", &error.line));
    if let Some(place) = &error.place {
        text.append(at(place), 0);
    }
    if let Some(advice) = &error.advice {
        text.push(Line::words(Style::Plain, advice).led_by(Style::Dim, "help: "));
    }
    text
}

/// The file and line, with the source below it and a caret where the column is known.
fn at(place: &Place) -> Text {
    let mut text = Text::new();
    let column = place.column.map(|column| format!(":{column}"));
    let named = format!(
        "in `{}:{}{}`",
        words::visible(&place.file),
        place.line,
        column.unwrap_or_default()
    );
    text.push(Line::words(Style::Plain, &named));
    if let Some(source) = &place.source {
        text.push(quoted(&format!("{:4} │ ", place.line), source));
        if let Some(column) = place
            .column
            .filter(|column| *column <= source.chars().count())
        {
            text.push(caret(source, column));
        }
    }
    text
}

/// No source line is shown with a caret further to the right: what stands there is cut.
const CARET: usize = 100;

fn caret(source: &str, column: usize) -> Line {
    let before: String = source.chars().take(column.saturating_sub(1)).collect();
    let shown = verbatim::shown(&[Part {
        text: &before,
        mark: Mark::Same,
    }]);
    let width: usize = shown
        .iter()
        .map(|(piece, _)| console::measure_text_width(piece))
        .sum();
    let line = Line::verbatim().led_by(Style::Dim, "     │ ");
    if width < CARET {
        line.exactly(Style::Bad, &format!("{}^", " ".repeat(width)))
    } else {
        line.exactly(Style::Dim, &format!("at column {column}"))
    }
}

fn quoted(lead: &str, line: &str) -> Line {
    let part = Part {
        text: line.trim_end(),
        mark: Mark::Same,
    };
    verbatim::shown(&[part]).iter().fold(
        Line::verbatim().led_by(Style::Dim, lead),
        |line, (piece, _)| line.exactly(Style::Plain, piece),
    )
}

/// `2 s`, `1.5 s`, `250 ms`
pub fn time(time: Duration) -> String {
    let ms = time.as_millis();
    match (ms / 1000, ms % 1000) {
        (0, ms) => format!("{ms} ms"),
        (s, 0) => format!("{s} s"),
        (s, ms) => format!("{s}.{} s", format!("{ms:03}").trim_end_matches('0')),
    }
}

/// `256 MB`, `64 KB`, `100 bytes`
pub fn bytes(bytes: u64) -> String {
    match bytes {
        _ if bytes >= 1_000_000 && bytes.is_multiple_of(100_000) => tenths(bytes / 100_000, "MB"),
        _ if bytes >= 1_000 && bytes.is_multiple_of(100) => tenths(bytes / 100, "KB"),
        _ => format!("{bytes} bytes"),
    }
}

fn tenths(tenths: u64, unit: &str) -> String {
    match tenths % 10 {
        0 => format!("{} {unit}", tenths / 10),
        part => format!("{}.{part} {unit}", tenths / 10),
    }
}

fn processes(limits: &Limits) -> String {
    match limits.processes {
        1 => "1 process".to_owned(),
        n => format!("{n} processes"),
    }
}
