//! `server`: what a server is asked while it runs, and what it must answer.
//!
//! Nothing here is measured in seconds. Whether an answer came in time is said by other requests: one that is sent `while`
//! the server is at work on another must not wait for that, and how long it waits is counted in work that the server does.

use super::super::manifest::TRUTH_WORDS;
use super::super::reach::Reach;
use super::super::reading::{Field, Fields, Key, Partner, Reading, Table, one_of_the};
use super::super::shape::Shape;
use super::super::traces::{self, Dialect};
use super::super::yaml::Entry;
use super::Behaviour;
use crate::program::{Due, Limits, Range, Request, Sent};
use crate::trace::Expectation;
use crate::words;

/// A request, and what must come of it.
#[derive(Debug, Clone)]
pub struct Ask {
    /// What is sent, and when.
    pub request: Request,
    /// The status of the answer.
    pub status: u16,
    /// Its body, if it matters.
    pub body: Option<Body>,
}

/// What the body of an answer must be.
#[derive(Debug, Clone)]
pub enum Body {
    /// These lines.
    Lines(Expectation),
    /// This value, however it is written.
    Json(serde_json::Value),
}

pub(in super::super) const KEY: Key = Key::optional(
    "server",
    Shape::Requests,
    "a list of requests",
    "The program is a server. It finds the number of its port in the variable `PORT`, and when it listens there it is sent \
     these requests, each on a connection of its own. When all are answered it is ended, so it need not end itself.",
);

const ASK: Key = Key::optional(
    "ask",
    Shape::Ask,
    "a method and a path such as `GET /heavy?n=30`",
    "A request: its method and its path, with what is behind it.",
);
const BYTES: Key = Key::optional(
    "bytes",
    Shape::SomeText,
    "a text",
    "In place of a request these bytes, which may be no HTTP: `bytes: \"HELLO\\r\\n\\r\\n\"`.",
);
const SIGNAL: Key = Key::optional(
    "signal",
    Shape::Signal,
    "`SIGTERM`",
    "In place of a request the signal `SIGTERM`, by which a program is asked to end. Then it must end by itself, with the \
     test's `exit`, and answer before what it was asked before.",
);
const TIMES: Key = Key::optional(
    "times",
    Shape::Many,
    "a whole number from 1 to 100",
    "So many of them are sent at once, and each must be answered so. Left out: 1.",
);
const ID: Key = Key::optional(
    "id",
    Shape::SomeText,
    "a name of its own",
    "A name by which other requests in the list can say when they are sent.",
);
const HEADERS: Key = Key::optional(
    "headers",
    Shape::Headers,
    "a mapping of names to texts",
    "Headers of the request. `Host`, `Connection: close` and, where there is a body, `Content-Length` are sent anyway.",
);
const BODY: Key = Key::optional(
    "body",
    Shape::Text,
    "a text",
    "The body of the request, byte for byte. Left out: none.",
);
const LEAVES: Key = Key::optional(
    "leaves",
    Shape::Truth,
    "`true` or `false`",
    "Whether whoever asks does not wait for the answer: the connection is broken when the server is at work on it, as \
     `while` says.",
);
const AFTER: Key = Key::optional(
    "after",
    Shape::SomeText,
    "the `id` of a request before it",
    "It is sent when that one was answered. Left out, with `while` too: as soon as the server listens, after those before \
     it in the list and without waiting for their answers.",
);
const WHILE: Key = Key::optional(
    "while",
    Shape::SomeText,
    "the `id` of a request before it",
    "It is sent while the server is at work on that one, again and again until that is answered, and must not wait for it: \
     so nothing may hold the event loop for 100 ms of processor time, or for 200 ms in which it does nothing though it \
     could. At work means that the program used 50 ms of processor time since the last was sent, or did nothing for 300 ms \
     though it could. Let the work of that one take 400 ms of processor time or more, and this one next to none; and let \
     what is asked for not be guessed, since who has the answer already holds nothing. A signal is sent once.",
);
const STATUS: Key = Key::optional(
    "status",
    Shape::Status,
    "a status from 200 to 599",
    "The status of the answer. Left out: 200.",
);
const ANSWER: Key = Key::optional(
    "answer",
    Shape::Trace,
    "a trace",
    "The lines of the answer's body, as a trace. Left out: anything.",
);
const JSON: Key = Key::optional(
    "json",
    Shape::SomeText,
    "a JSON text",
    "The answer's body as JSON: it must be the same value, however it is written.",
);

/// The keys that say what is sent; each entry has exactly one.
const KINDS: [Key; 3] = [ASK, BYTES, SIGNAL];

pub(in super::super) static REQUEST: Table = Table {
    kinds: &KINDS,
    partners: &[
        (HEADERS, &[ASK], Partner::Allowed),
        (BODY, &[ASK], Partner::Allowed),
        (TIMES, &[ASK, BYTES], Partner::Allowed),
        (LEAVES, &[ASK, BYTES], Partner::Allowed),
        (STATUS, &[ASK, BYTES], Partner::Allowed),
        (ANSWER, &[ASK, BYTES], Partner::Allowed),
        (JSON, &[ASK, BYTES], Partner::Allowed),
    ],
    ..Table::of(
        "a request",
        "What the server is asked, and what it must answer.",
        &[
            ASK, BYTES, SIGNAL, ID, HEADERS, BODY, TIMES, LEAVES, AFTER, WHILE, STATUS, ANSWER,
            JSON,
        ],
    )
};

/// No list has more of them.
const MOST: usize = 100;

/// Headers that are sent anyway, or say where a body ends.
const OURS: [&str; 4] = ["host", "connection", "content-length", "transfer-encoding"];

pub(super) fn read(
    reading: &mut Reading<'_>,
    field: Field<'_>,
    _limits: &Limits,
) -> Option<Behaviour> {
    let nodes = reading.list(field)?;
    if nodes.is_empty() || nodes.len() > MOST {
        let message = format!("a server is asked something, and no more than {MOST} times");
        reading.say(&field.node.span, message);
        return None;
    }
    let mut script = Script::default();
    let before = reading.count();
    for node in nodes {
        let whole = Field {
            name: "a request",
            holds: "a mapping of keys such as `ask: GET /`",
            node,
        };
        if let Some(fields) = reading.fields(whole, &REQUEST) {
            script.request(reading, &fields);
        }
    }
    (reading.count() == before).then_some(Behaviour::Server(script.asks))
}

/// A script as far as it was read.
#[derive(Default)]
struct Script {
    asks: Vec<Ask>,
    /// The ids of those that have one, and their places.
    ids: Vec<(String, usize)>,
}

impl Script {
    fn request(&mut self, reading: &mut Reading<'_>, fields: &Fields<'_>) {
        let ask = self.ask(reading, fields);
        let id = fields
            .get(&ID)
            .and_then(|id| Some((id, reading.title(id)?)));
        if let Some((field, id)) = id {
            if self.ids.iter().any(|(other, _)| other == id) {
                let message = format!("another request has the id {} already", words::code(id));
                reading.say_help(&field.node.span, message, "give each an id of its own");
            }
            self.ids.push((id.to_owned(), self.asks.len()));
        }
        self.asks.extend(ask);
    }

    fn ask(&self, reading: &mut Reading<'_>, fields: &Fields<'_>) -> Option<Ask> {
        let kind = reading.kind(fields, &REQUEST, "this request does not say what is sent")?;
        reading.check_partners(fields, &REQUEST, kind);
        let field = fields.get(kind)?;
        let what = match *kind {
            ASK => http(reading, field, fields),
            BYTES => reading
                .exact(field)
                .map(|bytes| Sent::Bytes(bytes.to_owned())),
            _ => reading.choice(field, SIGNAL_WORDS),
        };
        let due = self.due(reading, fields);
        if let (SIGNAL, Some(Due::AtOnce)) = (*kind, due) {
            reading.say_help(
                &field.node.span,
                "a server may not hear a signal yet that comes as soon as it listens",
                "say when it is sent: `after` or `while` a request above it",
            );
        }
        let times = fields
            .get(&TIMES)
            .and_then(|field| reading.whole(field, &(1..=MOST as u32)));
        if let (Some(Due::While(_)), Some(at)) = (due, fields.at(&TIMES)) {
            let message =
                "what is sent `while` another is worked on is sent as often as that takes";
            reading.say_help(&at, message, "leave `times` out");
        }
        let leaves = fields
            .get(&LEAVES)
            .and_then(|field| reading.choice(field, TRUTH_WORDS));
        let leaves = leaves.unwrap_or(false);
        if leaves {
            for key in [WHILE, STATUS, ANSWER, JSON] {
                if let Some(at) = fields.at(&key) {
                    let message = format!("who `leaves` has no use for `{}`", key.name);
                    reading.say_help(&at, message, "leave one of them out");
                }
            }
        }
        let status = fields
            .get(&STATUS)
            .and_then(|field| reading.whole(field, &(200..=599)));
        let body = expected_body(reading, fields);
        Some(Ask {
            request: Request {
                what: what?,
                due: due?,
                times: times.unwrap_or(1),
                leaves,
            },
            status: status.unwrap_or(200),
            body,
        })
    }

    fn due(&self, reading: &mut Reading<'_>, fields: &Fields<'_>) -> Option<Due> {
        match (fields.get(&AFTER), fields.get(&WHILE)) {
            (None, None) => Some(Due::AtOnce),
            (Some(after), None) => self.named(reading, after).map(Due::After),
            (None, Some(field)) => {
                let other = self.named(reading, field)?;
                if let Some(Due::While(_)) = self.asks.get(other).map(|ask| ask.request.due) {
                    reading.say_help(
                        &field.node.span,
                        "that request is itself sent again and again while the server is at work on another",
                        "name the one that the server works on",
                    );
                    return None;
                }
                Some(Due::While(other))
            }
            (Some(_), Some(field)) => {
                reading.say_help(
                    &field.node.span,
                    "a request is sent `after` another or `while` it is worked on, not both",
                    "leave one of them out",
                );
                None
            }
        }
    }

    /// The place of the request before this one that has the id.
    fn named(&self, reading: &mut Reading<'_>, field: Field<'_>) -> Option<usize> {
        let written = reading.title(field)?;
        let found = self.ids.iter().find(|(id, _)| id == written);
        if found.is_none() {
            let ids = self.ids.iter().map(|(id, _)| id.as_str());
            let help = match self.ids.is_empty() {
                true => "give one above it an `id`".to_owned(),
                false => one_of_the(ids, written, "ids above it"),
            };
            let message = format!("no request above it has the id {}", words::code(written));
            reading.say_help(&field.node.span, message, help);
        }
        found.map(|(_, place)| *place)
    }
}

pub(in super::super) const SIGNAL_WORDS: &[(&str, Sent)] = &[("SIGTERM", Sent::Terminate)];

fn http(reading: &mut Reading<'_>, field: Field<'_>, fields: &Fields<'_>) -> Option<Sent> {
    let line = request_line(reading, field);
    let headers = fields.get(&HEADERS).map(|field| headers(reading, field));
    let body = fields.get(&BODY).and_then(|field| reading.exact(field));
    let (method, target) = line?;
    Some(Sent::Http {
        method,
        target,
        headers: headers.unwrap_or_default(),
        body: body.unwrap_or_default().to_owned(),
    })
}

/// `GET /heavy?n=30`
fn request_line(reading: &mut Reading<'_>, field: Field<'_>) -> Option<(String, String)> {
    let written = reading.title(field)?;
    let parts = written.split_once(' ').filter(|(method, target)| {
        let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_target =
            target.starts_with('/') && target.bytes().all(|byte| byte.is_ascii_graphic());
        is_method && is_target
    });
    let Some((method, target)) = parts else {
        let help = "such as `GET /` or `POST /jobs?id=3`: capitals, one space, and a path from `/` on without spaces";
        reading.wrong_text(field, Some(help));
        return None;
    };
    if method == "CONNECT" {
        reading.say(
            &field.node.span,
            "`CONNECT` asks for a tunnel, which has no answer to be judged",
        );
        return None;
    }
    Some((method.to_owned(), target.to_owned()))
}

fn headers(reading: &mut Reading<'_>, field: Field<'_>) -> Vec<(String, String)> {
    let entries = reading.map(field).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| header(reading, entry))
        .collect()
}

fn header(reading: &mut Reading<'_>, entry: &Entry) -> Option<(String, String)> {
    let name = &entry.key;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(fits) {
        let message = format!("{} is no name of a header", words::code(name));
        reading.say_help(&entry.at, message, "use letters, digits and `-`");
        return None;
    }
    if OURS.contains(&name.to_ascii_lowercase().as_str()) {
        let message = format!("{} is set by tickmark itself", words::code(name));
        reading.say_help(&entry.at, message, "leave it out");
        return None;
    }
    let named = format!("the header {}", words::code(name));
    let value = reading.title(Field {
        name: &named,
        holds: "a text",
        node: &entry.value,
    })?;
    Some((name.clone(), value.to_owned()))
}

fn expected_body(reading: &mut Reading<'_>, fields: &Fields<'_>) -> Option<Body> {
    match (fields.get(&ANSWER), fields.get(&JSON)) {
        (None, None) => None,
        (Some(lines), None) => {
            let lines = traces::read(reading, lines, Reach::of(Range::ALL), Dialect::Answer)?;
            // The dialect has none to choose from.
            lines.in_force(&|_| true).map(Body::Lines)
        }
        (None, Some(field)) => {
            let written = reading.exact(field)?;
            match serde_json::from_str(written) {
                Ok(value) => Some(Body::Json(value)),
                Err(error) => {
                    let message = format!("this is no JSON: {error}");
                    let help = "write it as JSON in quotes: `json: '{\"n\": 3}'`";
                    reading.say_help(&field.node.span, message, help);
                    None
                }
            }
        }
        (Some(_), Some(field)) => {
            reading.say_help(
                &field.node.span,
                "an answer is held against `answer` or `json`, not both",
                "leave one of them out",
            );
            None
        }
    }
}
