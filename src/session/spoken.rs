//! A session by whole lines, one after another: for screen readers, dumb terminals and pipes.
//!
//! Nothing that was said is said anew or changed.

use super::draft::{self, Said};
use super::{At, Feedback, Session, Then, options, overview};
use crate::report::{Text, prose};

/// Something that is played by lines.
pub trait Listener {
    /// What is said at the start.
    fn begin(&mut self) -> Text;
    /// What the next line is to say.
    fn prompt(&self) -> String;
    /// A line was said.
    fn hear(&mut self, line: &str) -> Heard;
}

/// What a line led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// What is said to it.
    pub says: Text,
    /// What is to be done then.
    pub then: Then,
}

/// A session by lines.
#[derive(Debug)]
pub struct Spoken {
    session: Session,
    /// Whether the answer to the question has begun.
    begun: bool,
}

/// A line that is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Command {
    Back,
    Skip,
    Done,
    Help,
    Quit,
}

/// Every word that is a command.
const COMMANDS: &[(&str, Command)] = &[
    ("back", Command::Back),
    ("skip", Command::Skip),
    ("done", Command::Done),
    ("?", Command::Help),
    ("help", Command::Help),
    ("quit", Command::Quit),
];

impl Command {
    fn of(line: &str) -> Option<Self> {
        let word = line.trim().to_lowercase();
        let of = |(known, command): &(&str, Command)| (*known == word).then_some(*command);
        COMMANDS.iter().find_map(of)
    }
}

/// The line as an answer: a command behind a backslash is a text.
fn unescaped(line: &str) -> &str {
    match line.strip_prefix('\\') {
        Some(rest) if Command::of(rest).is_some() => rest,
        Some(_) | None => line,
    }
}

impl Spoken {
    /// The session, by lines.
    pub fn new(session: Session) -> Self {
        Spoken {
            session,
            begun: false,
        }
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The session, when it is over.
    pub fn into_session(self) -> Session {
        self.session
    }

    /// What is said of where the student is, after an empty line.
    fn place(&mut self) -> Text {
        self.begun = false;
        let mut text = draft::say("");
        match self.session.at {
            At::Question(at) => {
                let session = &mut self.session;
                text.push(session.title(at));
                let (asked, question) = (&mut session.asked[at], &session.quiz.questions[at]);
                if let Some(answer) = &asked.answer {
                    asked.draft.take(answer);
                }
                let parts = [
                    prose(&question.ask),
                    draft::given(&question.kind),
                    asked.draft.tell(),
                    match asked.answer {
                        Some(_) => asked.draft.told(),
                        None => Text::new(),
                    },
                    asked.below(),
                ];
                for part in parts {
                    text.gap();
                    text.append(part, 0);
                }
                asked.draft.begin();
            }
            At::Overview => {
                text.push(overview::title(&self.session));
                text.append(overview::tell(&self.session), 0);
            }
        }
        text.gap();
        text
    }

    fn answer(&mut self, at: usize, line: &str) -> Heard {
        let asked = &mut self.session.asked[at];
        let first = !std::mem::replace(&mut self.begun, true);
        match (&asked.marked, &asked.answer, line.trim().is_empty()) {
            (Some(_), _, true) | (None, Some(_), true) if first => return self.go_on(at),
            (Some(_), _, _) => {
                self.begun = false;
                return says("this is marked already; an empty line goes on");
            }
            (None, _, _) => {}
        }
        match asked.draft.hear(unescaped(line)) {
            Said::More => Heard::quietly(),
            Said::No(why) => says(&why),
            Said::Ready => {
                self.session.settle(at);
                let mut text = self.session.asked[at].below();
                let on = self.go_on(at);
                text.append(on.says, 0);
                let then = match on.then {
                    Then::GoOn | Then::Save => Then::Save,
                    Then::End | Then::Stop => on.then,
                };
                Heard { says: text, then }
            }
        }
    }

    fn go_on(&mut self, at: usize) -> Heard {
        self.session.forward(at);
        let all_told = self
            .session
            .asked
            .iter()
            .all(|asked| asked.marked.is_some());
        match self.session.at {
            At::Overview if all_told => self.finish(),
            At::Overview | At::Question(_) => self.here(),
        }
    }

    fn here(&mut self) -> Heard {
        Heard {
            says: self.place(),
            then: Then::GoOn,
        }
    }

    fn back(&mut self) -> Heard {
        let before = match self.session.at {
            At::Question(at) => at.checked_sub(1),
            At::Overview => Some(self.session.asked.len() - 1),
        };
        match before {
            None => says("this is the first question"),
            Some(at) => self.go_to(at),
        }
    }

    fn go_to(&mut self, at: usize) -> Heard {
        self.session.at = At::Question(at);
        self.here()
    }

    fn done(&mut self) -> Heard {
        match self.session.at {
            At::Question(_) => {
                self.session.at = At::Overview;
                self.here()
            }
            At::Overview => self.finish(),
        }
    }

    /// It is over; what was not told so far is told.
    fn finish(&mut self) -> Heard {
        let told_before = self
            .session
            .asked
            .iter()
            .any(|asked| asked.marked.is_some());
        self.session.finish();
        let says = match (self.session.feedback, told_before) {
            (Feedback::End, false) => self.all_marks(),
            (Feedback::Now | Feedback::End | Feedback::Never, _) => Text::new(),
        };
        Heard {
            says,
            then: Then::End,
        }
    }

    fn all_marks(&self) -> Text {
        let mut text = Text::new();
        for asked in &self.session.asked {
            text.gap();
            text.append(asked.below(), 0);
        }
        text.gap();
        text
    }

    fn help(&self) -> Heard {
        let sentences = [
            format!("what is asked for now: {}", self.prompt()),
            "`back`: the question before".to_owned(),
            "`skip`: the next question".to_owned(),
            "`done`: all questions, and the end".to_owned(),
            "`quit`: stop; what was answered is kept".to_owned(),
            "an answer that is one of these words: with a `\\` before it".to_owned(),
        ];
        let mut text = Text::new();
        for sentence in sentences {
            text.append(draft::say(&sentence), 0);
        }
        Heard {
            says: text,
            then: Then::GoOn,
        }
    }
}

impl Listener for Spoken {
    fn begin(&mut self) -> Text {
        let mut text = Text::new();
        if let Some(message) = self.session.message.take() {
            text.append(draft::say(&message), 0);
        }
        text.append(draft::say("`?` says what can be done"), 0);
        text.append(self.place(), 0);
        text
    }

    fn prompt(&self) -> String {
        match self.session.at {
            At::Overview => overview::prompt(&self.session),
            At::Question(at) => {
                let asked = &self.session.asked[at];
                match (&asked.marked, &asked.answer) {
                    (Some(_), _) => "an empty line goes on".to_owned(),
                    (None, Some(_)) if !self.begun => {
                        format!("{}; an empty line keeps it", asked.draft.prompt())
                    }
                    (None, _) => asked.draft.prompt(),
                }
            }
        }
    }

    fn hear(&mut self, line: &str) -> Heard {
        match (Command::of(line), self.session.at) {
            (Some(Command::Quit), _) => Heard {
                says: Text::new(),
                then: Then::Stop,
            },
            (Some(Command::Help), _) => self.help(),
            (Some(Command::Back), _) => self.back(),
            (Some(Command::Skip), At::Question(at)) => self.go_on(at),
            (Some(Command::Done), _) => self.done(),
            (Some(Command::Skip), At::Overview) => self.here(),
            (None, At::Question(at)) => self.answer(at, line),
            (None, At::Overview) => match options::named(line, self.session.asked.len()) {
                Ok(numbers) if numbers.len() == 1 => self.go_to(numbers[0]),
                Ok(_) => says(&overview::prompt(&self.session)),
                Err(why) => says(&why),
            },
        }
    }
}

impl Heard {
    fn quietly() -> Self {
        Heard {
            says: Text::new(),
            then: Then::GoOn,
        }
    }
}

/// A sentence, and everything stays as it is.
fn says(sentence: &str) -> Heard {
    Heard {
        says: draft::say(sentence),
        then: Then::GoOn,
    }
}
