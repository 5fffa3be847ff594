//! What a server is asked, and what comes of it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Something that a server is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What.
    pub what: Sent,
    /// When it is sent.
    pub due: Due,
    /// How often it is sent then, at once.
    pub times: u32,
    /// Whether whoever asks leaves when the server is at work on it, and waits for no answer.
    pub leaves: bool,
}

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sent {
    /// A request, on a connection of its own.
    Http {
        /// `GET`.
        method: String,
        /// The path and what is behind it: `/heavy?n=30`.
        target: String,
        /// Headers beside those that every request has: `Host`, `Connection: close`, and `Content-Length` where it has a
        /// body.
        headers: Vec<(String, String)>,
        /// The body; it may be empty.
        body: String,
    },
    /// These bytes, on a connection of their own.
    Bytes(String),
    /// The signal `SIGTERM`, which asks the program to end. Nothing comes for it.
    Terminate,
}

/// When a request is sent; requests are named by their places in the list, and come after those that they name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Due {
    /// As soon as the server listens, in the order of the list.
    AtOnce,
    /// As soon as nothing is to be expected of that request any more: it was answered, or cannot be.
    After(usize),
    /// While the server is at work on that request: over and over, one after another, as long as that has no answer; and
    /// once more after it. A signal is sent once.
    While(usize),
}

impl Sent {
    /// What goes over its connection.
    pub fn bytes(&self) -> Vec<u8> {
        let (method, target, headers, body) = match self {
            Sent::Http {
                method,
                target,
                headers,
                body,
            } => (method, target, headers, body),
            Sent::Bytes(bytes) => return bytes.clone().into_bytes(),
            Sent::Terminate => return Vec::new(),
        };
        let mut head =
            format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        head += "\r\n";
        head += body;
        head.into_bytes()
    }

    /// Whether its answer has a body, if that has a status that allows it.
    pub fn wants_a_body(&self) -> bool {
        !matches!(self, Sent::Http { method, .. } if method == "HEAD")
    }
}

/// What came of asking a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    /// What it was to be asked.
    pub requests: Vec<Request>,
    /// Whether it listened where it should.
    pub listening: Listening,
    /// Whether everything was asked, and nothing is to be expected any more; then the program was ended.
    pub over: bool,
    /// Every request that was sent, in the order in which they were.
    pub exchanges: Vec<Exchange>,
}

/// Whether a server listened where it should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Listening {
    /// It did.
    Yes,
    /// It did not, but on these ports, as far as that can be seen.
    Never(Vec<u16>),
}

/// A request that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// Which one, by its place in the list.
    pub request: usize,
    /// When it was sent.
    pub sent: Moment,
    /// What came, and when all of it had; `None` if nothing to be made out did until the end.
    pub came: Option<(Answer, Moment)>,
}

/// A moment of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// How long after the program was started.
    pub at: Duration,
    /// How much processor time the program had used.
    pub cpu: Duration,
    /// How much of it its first process's first thread had, where its event loop runs; nothing where that cannot be seen.
    pub main: Duration,
    /// For how much of `at` the machine had kept it waiting, though it was ready to run.
    pub waited: Duration,
    /// How late it may be: whoever asks had last been ready to look so long before, and the machine kept it waiting.
    pub late: Duration,
    /// What comes later has a higher number.
    pub place: u32,
}

impl Moment {
    /// The processor time that the program used from here until then.
    pub fn worked_until(self, then: Moment) -> Duration {
        then.cpu.saturating_sub(self.cpu)
    }

    /// What of it the thread of its event loop surely had before somebody could hear of the later moment.
    pub fn main_worked_until(self, then: Moment) -> Duration {
        then.main
            .saturating_sub(self.main)
            .saturating_sub(then.late)
    }

    /// The time from here until then in which the machine did not keep the program waiting, nor who hears of it.
    pub fn given_until(self, then: Moment) -> Duration {
        let waited = then.waited.saturating_sub(self.waited);
        let all = then.at.saturating_sub(self.at);
        all.saturating_sub(waited).saturating_sub(then.late)
    }
}

/// What came for a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// An answer, whole.
    Whole(Response),
    /// Nothing was to come.
    Nothing,
    /// The connection ended before there was a whole answer.
    CutShort,
    /// What came is no HTTP.
    NotHttp,
    /// It is longer than [`Response::MOST`].
    TooLong,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// Its status: 200.
    pub status: u16,
    /// Its headers, as they came.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Response {
    /// The most bytes of an answer, as they come.
    pub const MOST: usize = 1 << 20;
}
