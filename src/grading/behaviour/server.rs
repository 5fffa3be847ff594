//! What a server answered, held against what it should have.

use std::time::Duration;

use serde_json::Value;

use super::super::NotJudged;
use crate::course::{Ask, Body};
use crate::program::{Answer, Due, Exchange, Listening, Moment, Request, Response, Served};
use crate::sandbox::WORK;
use crate::trace::{self, Extra, Judgement, Printed};

/// What is wrong with a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It did not listen on the port that it was given, but on these, as far as that can be seen.
    DidNotListen {
        /// The ports.
        elsewhere: Vec<u16>,
    },
    /// A request got no answer, or none that could be read.
    NotAnswered {
        /// Which.
        request: Request,
        /// Why not.
        why: Unanswered,
    },
    /// An answer has another status.
    Status {
        /// To which request.
        request: Request,
        /// What it should be.
        expected: u16,
        /// What it is.
        came: u16,
    },
    /// The body of an answer has other lines.
    Lines {
        /// To which request.
        request: Request,
        /// What differs.
        judgement: Judgement,
    },
    /// The body of an answer is another value, or no JSON.
    Json {
        /// To which request.
        request: Request,
        /// The value that it should be.
        expected: Value,
        /// The body.
        body: Vec<u8>,
    },
    /// A request that was sent while the server was at work on another had to wait for it.
    Held {
        /// Which request had to wait.
        request: Request,
        /// For which.
        by: Request,
        /// Whether it was answered only after that.
        after: bool,
        /// Whether it may be chance: the loop was not seen at work for long meanwhile.
        near: bool,
    },
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// None came until the end.
    None,
    /// The program's end came before it was sent.
    NotSent,
    /// The connection ended too early.
    CutShort,
    /// What came is no HTTP.
    NotHttp,
    /// It is longer than anybody reads.
    TooLong,
}

impl Fault {
    /// Whether it may be chance.
    pub(super) fn is_near(&self) -> bool {
        matches!(self, Fault::Held { near: true, .. })
    }
}

/// The processor time of the thread of the event loop for which a request may wait.
const HELD: Duration = WORK.saturating_mul(2);

/// The time for which it may wait, though the machine gave the program its processor.
const GIVEN: Duration = Duration::from_millis(200);

/// What is wrong with what it answered; of one request, the first thing that is.
pub(super) fn faults(asks: &[Ask], served: &Served) -> Result<Vec<Fault>, NotJudged> {
    if let Listening::Never(elsewhere) = &served.listening {
        let elsewhere = elsewhere.clone();
        return Ok(vec![Fault::DidNotListen { elsewhere }]);
    }
    let of = |place| -> Vec<&Exchange> {
        let exchanges = served.exchanges.iter();
        exchanges
            .filter(|exchange| exchange.request == place)
            .collect()
    };
    let fault = |(place, ask): (usize, &Ask)| {
        let exchanges = of(place);
        if let (true, Due::After(other) | Due::While(other)) =
            (exchanges.is_empty(), ask.request.due)
            && unexpected(&asks[other], &of(other))?.is_some()
        {
            // The other tells why.
            return Ok(None);
        }
        let held = || held(asks, served, ask, &exchanges);
        Ok(unexpected(ask, &exchanges)?.or_else(held))
    };
    let faults = asks.iter().enumerate().map(fault);
    faults.filter_map(Result::transpose).collect()
}

/// What came for a request that should not.
fn unexpected(ask: &Ask, exchanges: &[&Exchange]) -> Result<Option<Fault>, NotJudged> {
    let not_answered = |why| {
        let request = ask.request.clone();
        Ok(Some(Fault::NotAnswered { request, why }))
    };
    if exchanges.is_empty() {
        return not_answered(Unanswered::NotSent);
    }
    if ask.request.leaves {
        return Ok(None);
    }
    let fault = |exchange: &&Exchange| match &exchange.came {
        None => not_answered(Unanswered::None),
        Some((Answer::CutShort, _)) => not_answered(Unanswered::CutShort),
        Some((Answer::NotHttp, _)) => not_answered(Unanswered::NotHttp),
        Some((Answer::TooLong, _)) => not_answered(Unanswered::TooLong),
        Some((Answer::Nothing, _)) => Ok(None),
        Some((Answer::Whole(response), _)) => otherwise(ask, response),
    };
    let mut faults = exchanges.iter().map(fault).filter_map(Result::transpose);
    faults.next().transpose()
}

/// How an answer is not the expected one.
fn otherwise(ask: &Ask, response: &Response) -> Result<Option<Fault>, NotJudged> {
    let request = ask.request.clone();
    if response.status != ask.status {
        return Ok(Some(Fault::Status {
            request,
            expected: ask.status,
            came: response.status,
        }));
    }
    let body = &response.body;
    Ok(match &ask.body {
        None => None,
        Some(Body::Lines(expected)) => {
            let judgement = trace::judge(expected, &Printed::from_bytes(body), Extra::Fail);
            match judgement.answer {
                trace::Answer::Accepted => None,
                trace::Answer::Undecided => return Err(NotJudged::Undecided),
                trace::Answer::Rejected(_) => Some(Fault::Lines { request, judgement }),
            }
        }
        Some(Body::Json(expected)) => {
            let came = serde_json::from_slice(body);
            let is_it = came.is_ok_and(|came| is_same(&came, expected));
            (!is_it).then(|| Fault::Json {
                request,
                expected: expected.clone(),
                body: body.clone(),
            })
        }
    })
}

/// Whether JavaScript takes both for the same value: it has one kind of number, and the order of keys says nothing.
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |(key, value)| other.get(key).is_some_and(|other| is_same(value, other));
            one.len() == other.len() && one.iter().all(has)
        }
        (one, other) => one == other,
    }
}

/// Whether a request that was sent while the server was at work on another had to wait for a free loop, whichever was
/// answered first: for so long was the thread of the loop at work, or did nothing though it could, beyond twice what the
/// same request takes alone. That counts up to a half of it, so that nobody hides behind it.
fn held(asks: &[Ask], served: &Served, ask: &Ask, exchanges: &[&Exchange]) -> Option<Fault> {
    let Due::While(other) = ask.request.due else {
        return None;
    };
    let of_other = |exchange: &&Exchange| exchange.request == other;
    let came = |exchange: &Exchange| Some(exchange.came.as_ref()?.1);
    let done = served.exchanges.iter().filter(of_other).filter_map(came);
    let done = done.map(|done| done.place).max()?;
    let (meanwhile, alone): (Vec<_>, Vec<_>) = exchanges
        .iter()
        .filter_map(|exchange| Some((exchange.sent, came(exchange)?)))
        .partition(|(sent, _)| sent.place < done);
    let waited = |time: fn(Moment, Moment) -> Duration, most: Duration| {
        let alone = alone.iter().map(|(sent, came)| time(*sent, *came)).max();
        let alone = (2 * alone.unwrap_or_default()).min(most / 2);
        let longest = meanwhile
            .iter()
            .max_by_key(|(sent, came)| time(*sent, *came))?;
        let waited = time(longest.0, longest.1).saturating_sub(alone);
        (waited >= most).then_some((waited, longest.1))
    };
    let at_work = waited(Moment::main_worked_until, HELD);
    let surely = at_work.filter(|(worked, _)| *worked >= 2 * HELD);
    let (_, came) = at_work.or_else(|| waited(Moment::given_until, GIVEN))?;
    Some(Fault::Held {
        request: ask.request.clone(),
        by: asks[other].request.clone(),
        after: came.place > done,
        near: surely.is_none(),
    })
}
