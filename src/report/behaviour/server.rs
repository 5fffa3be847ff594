//! What is wrong with a server, in sentences, and a picture of who was answered when.

use std::time::Duration;

use crate::grading::{Fault, Unanswered};
use crate::program::{Answer, Exchange, Request, Response, Sent, Served};
use crate::trace::Extra;
use crate::words;

use super::super::difference;
use super::super::ending::{bytes, time};
use super::super::text::{Line, Style, Text};
use super::super::verbatim;

/// What is wrong, and what to think of.
pub(super) fn text(fault: &Fault) -> Text {
    let mut text = Text::new();
    match fault {
        Fault::Lines { request, judgement } => {
            let sentence = format!("the answer to {} is another:", name(request));
            text.push(Line::words(Style::Plain, &sentence));
            if let Some(difference) = judgement.difference() {
                let title = "the difference";
                text.append(difference::text(difference, Extra::Fail, title), 0);
            }
        }
        Fault::Json {
            request,
            expected,
            body,
        } => {
            let sentence = format!(
                "the answer to {} should be the JSON value {}, and is {}",
                name(request),
                verbatim::code(&expected.to_string()),
                body_in_few_words(body)
            );
            text.push(Line::words(Style::Plain, &sentence));
        }
        Fault::DidNotListen { .. }
        | Fault::NotAnswered { .. }
        | Fault::Status { .. }
        | Fault::Held { .. } => {
            let mut sentence = in_few_words(fault);
            if let Some(advice) = advice(fault) {
                sentence = format!("{sentence}: {advice}");
            }
            text.push(Line::words(Style::Plain, &sentence));
        }
    }
    text
}

fn advice(fault: &Fault) -> Option<&'static str> {
    match fault {
        Fault::DidNotListen { .. } => Some("listen on `process.env.PORT`"),
        Fault::NotAnswered {
            why: Unanswered::None,
            ..
        } => Some("does every way through its handler end the response?"),
        Fault::Held { .. } => Some(
            "while JavaScript runs, the event loop stands still and nobody else is served. Let a worker or another process \
             do the work, or do it in slices with `setImmediate` between them",
        ),
        Fault::NotAnswered { .. }
        | Fault::Status { .. }
        | Fault::Lines { .. }
        | Fault::Json { .. } => None,
    }
}

/// The same in a few words.
pub(super) fn in_few_words(fault: &Fault) -> String {
    match fault {
        Fault::DidNotListen { elsewhere } if elsewhere.is_empty() => {
            "it did not listen on the port that it was given".to_owned()
        }
        Fault::DidNotListen { elsewhere } => {
            let ports = words::and(elsewhere.iter().map(u16::to_string));
            format!("it did not listen on the port that it was given, but on {ports}")
        }
        Fault::NotAnswered { request, why } => {
            let request = name(request);
            match why {
                Unanswered::None => format!("{request} got no answer"),
                Unanswered::NotSent => format!("it ended before {request} could be sent"),
                Unanswered::CutShort => {
                    format!("the connection of {request} ended before its answer was whole")
                }
                Unanswered::NotHttp => format!("what came for {request} is no HTTP"),
                Unanswered::TooLong => format!(
                    "the answer to {request} is longer than {}",
                    bytes(Response::MOST as u64)
                ),
            }
        }
        Fault::Status {
            request,
            expected,
            came,
        } => format!(
            "{} was answered with status {came} instead of {expected}",
            name(request)
        ),
        Fault::Lines { request, .. } | Fault::Json { request, .. } => {
            format!("the answer to {} is another", name(request))
        }
        Fault::Held {
            request, by, after, ..
        } => format!(
            "{} came while it was at work on {}, and {}",
            name(request),
            name(by),
            match after {
                true => "was answered only after that",
                false => "had to wait until its loop was free",
            }
        ),
    }
}

fn name(request: &Request) -> String {
    verbatim::code(&in_own_words(request))
}

fn in_own_words(request: &Request) -> String {
    match &request.what {
        Sent::Http { method, target, .. } => format!("{method} {target}"),
        Sent::Bytes(bytes) => bytes.lines().next().unwrap_or_default().to_owned(),
        Sent::Terminate => "SIGTERM".to_owned(),
    }
}

fn body_in_few_words(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    match text.trim() {
        "" => "empty".to_owned(),
        text => verbatim::code(&text.chars().take(200).collect::<String>()),
    }
}

/// No more requests are drawn.
const DRAWN: usize = 8;
/// How wide the time is drawn, in columns.
const WIDE: usize = 18;
/// No more columns of a request's name are shown.
const NAMED: usize = 16;

/// A line for each request, from when it was sent to when it was answered; nothing of a single one.
pub(super) fn picture(served: &Served) -> Text {
    let mut text = Text::new();
    let exchanges = &served.exchanges;
    if exchanges.len() < 2 {
        return text;
    }
    let moments = exchanges.iter().flat_map(|exchange| {
        let came = exchange.came.as_ref().map(|(_, came)| came.at);
        [Some(exchange.sent.at), came]
    });
    let moments: Vec<u128> = moments.flatten().map(|at| at.as_micros()).collect();
    let first = moments.iter().min().copied().unwrap_or_default();
    let last = moments.iter().max().copied().unwrap_or_default();
    let column =
        |micros: u128| ((micros - first) * (WIDE as u128 - 1) / (last - first).max(1)) as usize;
    let label = |exchange: &Exchange| {
        served
            .requests
            .get(exchange.request)
            .map_or_else(String::new, label)
    };
    let widest = exchanges
        .iter()
        .map(|exchange| label(exchange).chars().count())
        .max();
    for exchange in exchanges.iter().take(DRAWN) {
        let from = column(exchange.sent.at.as_micros());
        let to = exchange
            .came
            .as_ref()
            .map(|(_, came)| column(came.at.as_micros()));
        let mut bar = " ".repeat(from);
        bar += "├";
        bar += &"─".repeat(to.unwrap_or(WIDE - 1).saturating_sub(from));
        bar += if to.is_some() { "┤" } else { "┄" };
        let label = format!(
            "{:<width$} ",
            label(exchange),
            width = widest.unwrap_or_default()
        );
        let came = match &exchange.came {
            None => "no answer".to_owned(),
            Some((Answer::Nothing, _)) => String::new(),
            Some((Answer::Whole(response), came)) => {
                let took = came.at.saturating_sub(exchange.sent.at);
                format!("{} after {}", response.status, time(roughly(took)))
            }
            Some(_) => "broke off".to_owned(),
        };
        let line = Line::verbatim()
            .led_by(Style::Dim, &label)
            .exactly(Style::Plain, &format!("{bar:<width$} ", width = WIDE + 1))
            .exactly(Style::Dim, &came);
        text.push(line);
    }
    if exchanges.len() > DRAWN {
        let more = format!(
            "… {} …",
            words::count(exchanges.len() - DRAWN, "more request")
        );
        text.push(Line::words(Style::Dim, &more));
    }
    text
}

/// Of more than a second, hundredths.
fn roughly(time: Duration) -> Duration {
    let ms = time.as_millis() as u64;
    Duration::from_millis(if ms < 1000 { ms } else { ms / 10 * 10 })
}

fn label(request: &Request) -> String {
    let whole = words::visible(&in_own_words(request));
    match whole.chars().count() > NAMED {
        true => whole.chars().take(NAMED - 1).chain(['…']).collect(),
        false => whole,
    }
}
