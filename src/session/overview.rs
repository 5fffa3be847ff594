//! What stands behind the last question: all questions and what became of them, and the way out.

use super::draft;
use super::options::{self, Pointer};
use super::{At, Feedback, Hint, Key, Session, Then};
use crate::report::{self, Item, Line, Span, Style, Text};
use crate::scoring::Points;
use crate::words;

/// Where the pointer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overview {
    /// At what is done next.
    #[default]
    Action,
    /// At a question, from 0.
    Question(usize),
}

impl Overview {
    /// The questions, and below them what is done next.
    pub fn body(self, session: &Session) -> Text {
        let mut text = questions(session, Some(self));
        text.gap();
        if let Some(points) = points(session) {
            text.push(Line::words(Style::Strong, &points));
            text.gap();
        }
        let pointer = match self {
            Overview::Action => Pointer::Here,
            Overview::Question(_) => Pointer::Elsewhere,
        };
        text.append_behind(vec![pointer.span()], draft::say(&action(session)));
        text
    }

    fn up(self, questions: usize) -> Self {
        match self {
            Overview::Action => Overview::Question(questions - 1),
            Overview::Question(at) => Overview::Question(at.saturating_sub(1)),
        }
    }

    fn down(self, questions: usize) -> Self {
        match self {
            Overview::Question(at) if at + 1 < questions => Overview::Question(at + 1),
            Overview::Question(_) | Overview::Action => Overview::Action,
        }
    }
}

/// The quiz's title.
pub fn title(session: &Session) -> Line {
    Line::words(Style::Strong, &session.quiz.title)
}

/// The keys that work now.
pub fn keys(session: &Session) -> Vec<Hint> {
    let enter = match session.overview {
        Overview::Action => Hint::new("enter", does(session)),
        Overview::Question(_) => Hint::new("enter", "go there"),
    };
    vec![
        Hint::new("↑↓", "move"),
        enter,
        Hint::new("←", "question"),
        Hint::new("ctrl-c", "stop"),
    ]
}

/// A key was pressed.
pub fn press(session: &mut Session, key: &Key) -> Then {
    let questions = session.asked.len();
    match key {
        Key::Up => session.overview = session.overview.up(questions),
        Key::Down => session.overview = session.overview.down(questions),
        Key::Left | Key::Back => session.at = At::Question(questions - 1),
        Key::Enter => match session.overview {
            Overview::Question(at) => session.at = At::Question(at),
            Overview::Action => return session.finish(),
        },
        Key::Right
        | Key::Next
        | Key::Home
        | Key::End
        | Key::CarryUp
        | Key::CarryDown
        | Key::Tab
        | Key::Escape
        | Key::Backspace
        | Key::Delete
        | Key::Char(_)
        | Key::Paste(_) => {}
    }
    Then::GoOn
}

/// All questions, one a line, and the points so far; to be answered by a line.
pub fn tell(session: &Session) -> Text {
    let mut text = questions(session, None);
    if let Some(points) = points(session) {
        text.push(Line::words(Style::Strong, &points));
    }
    text
}

/// What the next line is to say.
pub fn prompt(session: &Session) -> String {
    format!("`done` to {}, or a number to go there", does(session))
}

/// All questions, one a line, with a pointer or without.
fn questions(session: &Session, pointer: Option<Overview>) -> Text {
    let ids = session.quiz.questions.iter().map(|question| &question.id);
    let width = ids.map(|id| id.chars().count()).max().unwrap_or(0);
    let mut text = Text::new();
    for (at, (asked, question)) in session
        .asked
        .iter()
        .zip(&session.quiz.questions)
        .enumerate()
    {
        let pointer = match pointer {
            Some(Overview::Question(pointed)) => Pointer::at(at, Some(pointed)),
            Some(Overview::Action) | None => Pointer::Elsewhere,
        };
        let (sign, style, became) = match (&asked.marked, &asked.answer) {
            (Some(marked), _) => {
                let item = Item::Question(marked);
                (item.standing().sign(), item.standing().style(), item.came())
            }
            (None, Some(_)) => ("•", Style::Plain, "answered".to_owned()),
            (None, None) if asked.changed => ("·", Style::Plain, "begun, not answered".to_owned()),
            (None, None) => ("·", Style::Plain, "not answered".to_owned()),
        };
        let number = options::number(at, session.asked.len());
        let name = format!("{:width$}  ", question.id);
        let lead = vec![
            pointer.span(),
            Span::new(style, sign),
            Span::new(Style::Plain, &format!(" {number}{name}")),
        ];
        text.append_behind(lead, draft::say(&became));
    }
    text
}

/// `3 of 11 points`, as soon as any were told.
fn points(session: &Session) -> Option<String> {
    let marked = session
        .asked
        .iter()
        .filter_map(|asked| asked.marked.as_ref());
    let marked: Vec<_> = marked.collect();
    let earned: Points = marked.iter().map(|marked| marked.earned).sum();
    let most: Points = marked.iter().map(|marked| marked.question.points).sum();
    let so_far = match marked.len() {
        0 => return None,
        all if all == session.asked.len() => "",
        _ => " so far",
    };
    Some(format!("{earned} of {}{so_far}", report::points(most)))
}

/// What is done next, in a sentence.
fn action(session: &Session) -> String {
    let open = session.asked.iter().filter(|asked| asked.answer.is_none());
    let open = match open.count() {
        0 => String::new(),
        1 => ": 1 question is not answered".to_owned(),
        open => format!(": {} are not answered", words::count(open, "question")),
    };
    format!("{}{open}", does(session))
}

/// What is done next, in a word or two.
fn does(session: &Session) -> &'static str {
    match is_marking(session) {
        true => "mark the answers",
        false => "end",
    }
}

fn is_marking(session: &Session) -> bool {
    session.feedback == Feedback::End && session.asked.iter().any(|asked| asked.marked.is_none())
}
