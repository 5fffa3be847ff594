//! One student at one quiz: keys or lines in, what is to be seen out.
//!
//! A [`Session`] is played by keys and shown as [`View`]s; a [`Spoken`] session is the same one by whole lines, for
//! screen readers, dumb terminals and pipes. Both only compute: they know no terminal, no file, no clock and no chance
//! (the seed is given).
//!
//! To add a kind of question, write its draft under `session/` and add its line to `draft::of`.

mod choose;
mod draft;
mod editor;
mod fill;
mod matching;
mod options;
mod order;
mod overview;
mod pick;
mod predict;
mod spoken;

use std::sync::Arc;

use crate::course::{Answer, Answers, Question, Quiz};
use crate::marking::{self, Marked, MarkedQuestion};
use crate::report::{self, Item, Line, Span, Style, Text, prose};

use draft::{Draft, Pressed, Shown};
use overview::Overview;

pub use pick::Pick;
pub use spoken::{Heard, Listener, Spoken};

/// A key, as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// To the line above.
    Up,
    /// To the line below.
    Down,
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// To the beginning of the line.
    Home,
    /// To the end of the line.
    End,
    /// Carry the line up.
    CarryUp,
    /// Carry the line down.
    CarryDown,
    /// On to the next question, from wherever.
    Next,
    /// Back to the question before, from wherever.
    Back,
    /// Enter.
    Enter,
    /// Tab.
    Tab,
    /// Escape.
    Escape,
    /// Remove what stands left.
    Backspace,
    /// Remove what stands right.
    Delete,
    /// A character; a space is one.
    Char(char),
    /// A text, pasted at once.
    Paste(String),
}

/// What is to be seen.
#[derive(Debug, Clone)]
pub struct View {
    /// What it is about; stays in sight.
    pub title: Line,
    /// May be longer than the screen. At most one piece of it is in [`Style::Cursor`].
    pub body: Text,
    /// What should be in sight of it.
    pub look: Look,
    /// Something to be said once.
    pub message: Option<String>,
    /// The keys that work now.
    pub keys: Vec<Hint>,
    /// Which page it is: another one is seen from its top.
    pub page: usize,
}

/// What should be in sight of a body that is longer than the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Where the cursor is.
    AtCursor,
    /// As much as possible of what begins at the cursor.
    FromCursor,
}

/// Keys, and what they do: `enter` `answer`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The keys.
    pub keys: String,
    /// What they do.
    pub does: String,
}

impl Hint {
    fn new(keys: &str, does: &str) -> Self {
        Hint {
            keys: keys.to_owned(),
            does: does.to_owned(),
        }
    }
}

/// What is to be done after a key or a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Nothing.
    GoOn,
    /// Keep the answers: one was added or changed.
    Save,
    /// It is over.
    End,
    /// Whoever plays wants to leave in the middle.
    Stop,
}

/// Something that is played by keys.
pub trait Player {
    /// What is to be seen now.
    fn view(&self) -> View;
    /// A key was pressed.
    fn press(&mut self, key: &Key) -> Then;
    /// Whoever plays leaves in the middle.
    fn leave(&mut self);
}

/// When a student is told what an answer is worth, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feedback {
    /// After each question; then it is too late to change the answer.
    Now,
    /// After the last question.
    End,
    /// Not here.
    Never,
}

/// A student's way through a quiz.
#[derive(Debug)]
pub struct Session {
    quiz: Arc<Quiz>,
    feedback: Feedback,
    asked: Vec<Asked>,
    at: At,
    overview: Overview,
    message: Option<String>,
    /// Something was said against the answer, and the same key again means it.
    doubted: bool,
    ended: bool,
}

/// Where the student is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// At a question, from 0.
    Question(usize),
    /// Behind the last one, where all are listed.
    Overview,
}

/// A question as it stands.
#[derive(Debug)]
struct Asked {
    draft: Box<dyn Draft>,
    /// Whether the draft is another than the answer.
    changed: bool,
    answer: Option<Answer>,
    marked: Option<MarkedQuestion>,
}

impl Session {
    /// A session that goes on where the answers end.
    ///
    /// The options stand in an order that the seed decides. Where feedback comes at once, what is answered is marked.
    pub fn new(quiz: Arc<Quiz>, answers: &Answers, feedback: Feedback, seed: u64) -> Self {
        let given = answers.given.iter().cloned().chain(std::iter::repeat(None));
        let questions = quiz.questions.iter().zip(given).enumerate();
        let asked: Vec<Asked> = questions
            .map(|(at, (question, answer))| Asked::new(question, answer, feedback, seed, at))
            .collect();
        let open = asked.iter().position(|asked| asked.answer.is_none());
        Session {
            at: open.map_or(At::Overview, At::Question),
            quiz,
            feedback,
            asked,
            overview: Overview::default(),
            message: None,
            doubted: false,
            ended: false,
        }
    }

    /// The same, with something to be said at its start.
    pub fn saying(mut self, message: String) -> Self {
        self.message = Some(message);
        self
    }

    /// The quiz.
    pub fn quiz(&self) -> &Arc<Quiz> {
        &self.quiz
    }

    /// What was answered so far.
    pub fn answers(&self) -> Answers {
        let given = self.asked.iter().map(|asked| asked.answer.clone());
        Answers {
            quiz: self.quiz.id.clone(),
            given: given.collect(),
        }
    }

    /// Which question it is at, from 1; none behind the last.
    pub fn number(&self) -> Option<usize> {
        match self.at {
            At::Question(at) => Some(at + 1),
            At::Overview => None,
        }
    }

    /// All marks, once the student has come to the end and is told them.
    pub fn marked(&self) -> Option<Marked> {
        let told = match self.feedback {
            Feedback::Now | Feedback::End => self.ended,
            Feedback::Never => false,
        };
        told.then(|| marking::mark(&self.quiz, &self.answers()))
    }

    /// Whether it came to its end.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// Whether points were lost in what the student was told.
    pub fn lost_points(&self) -> bool {
        let told = self.asked.iter().filter_map(|asked| asked.marked.as_ref());
        let at_the_end = self.marked();
        let mut all = told.chain(at_the_end.iter().flat_map(|marked| &marked.questions));
        all.any(|marked| !marked.is_right)
    }

    fn press_at(&mut self, at: usize, key: &Key, doubted: bool) -> Then {
        if self.asked[at].marked.is_some() {
            return match key {
                Key::Enter | Key::Right | Key::Next => self.go_on(at),
                Key::Left | Key::Back => self.go_back(at),
                Key::Up
                | Key::Down
                | Key::Home
                | Key::End
                | Key::CarryUp
                | Key::CarryDown
                | Key::Tab
                | Key::Escape
                | Key::Backspace
                | Key::Delete
                | Key::Char(_)
                | Key::Paste(_) => Then::GoOn,
            };
        }
        match (key, self.asked[at].draft.press(key)) {
            (Key::Next, Pressed::Ignored) | (Key::Right, Pressed::Ignored) => self.go_on(at),
            (Key::Back, Pressed::Ignored) | (Key::Left, Pressed::Ignored) => self.go_back(at),
            (_, Pressed::Ignored | Pressed::Moved) => Then::GoOn,
            (_, Pressed::Changed) => {
                self.asked[at].changed = true;
                Then::GoOn
            }
            (_, Pressed::Ready) => self.ready(at, doubted),
        }
    }

    /// The draft is to be the answer; unless there is something to be said against it that was not said just before.
    fn ready(&mut self, at: usize, doubted: bool) -> Then {
        let draft = &self.asked[at].draft;
        if draft.answer().is_none() {
            self.message = Some(draft.wants());
            return Then::GoOn;
        }
        let doubt = draft.doubt();
        if let (Some(doubt), false) = (doubt, doubted) {
            self.message = Some(doubt);
            self.doubted = true;
            return Then::GoOn;
        }
        self.settle(at);
        match self.feedback {
            Feedback::Now => {}
            Feedback::End | Feedback::Never => self.forward(at),
        }
        Then::Save
    }

    /// The draft is the answer.
    fn settle(&mut self, at: usize) {
        let feedback = self.feedback;
        let asked = &mut self.asked[at];
        asked.answer = asked.draft.answer();
        asked.changed = false;
        if feedback == Feedback::Now {
            asked.mark(&self.quiz.questions[at]);
        }
    }

    /// Whoever leaves a question has answered it, where that can be changed later.
    fn settle_if_free(&mut self, at: usize) -> Then {
        let asked = &self.asked[at];
        let free = match self.feedback {
            Feedback::Now => false,
            Feedback::End | Feedback::Never => asked.marked.is_none(),
        };
        if !(free && asked.changed && asked.draft.answer().is_some()) {
            return Then::GoOn;
        }
        self.settle(at);
        Then::Save
    }

    fn go_on(&mut self, at: usize) -> Then {
        let then = self.settle_if_free(at);
        self.forward(at);
        then
    }

    fn go_back(&mut self, at: usize) -> Then {
        let then = self.settle_if_free(at);
        match at.checked_sub(1) {
            Some(before) => self.at = At::Question(before),
            None => self.message = Some("this is the first question".to_owned()),
        }
        then
    }

    fn forward(&mut self, at: usize) {
        if at + 1 < self.asked.len() {
            self.at = At::Question(at + 1);
        } else {
            self.at = At::Overview;
            self.overview = Overview::default();
        }
    }

    /// Does what is to be done at the end.
    fn finish(&mut self) -> Then {
        self.ended = true;
        match self.feedback {
            Feedback::End if self.asked.iter().any(|asked| asked.marked.is_none()) => {
                for (asked, question) in self.asked.iter_mut().zip(&self.quiz.questions) {
                    asked.mark(question);
                }
                Then::GoOn
            }
            Feedback::Now | Feedback::End | Feedback::Never => Then::End,
        }
    }

    fn page(&self) -> usize {
        match self.at {
            At::Question(at) => at,
            At::Overview => self.asked.len(),
        }
    }
}

impl Player for Session {
    fn view(&self) -> View {
        let (title, body, keys) = match self.at {
            At::Question(at) => {
                let asked = &self.asked[at];
                let mut body = asked.body(&self.quiz.questions[at]);
                body.gap();
                body.append(asked.below(), 0);
                (self.title(at), body, self.keys(at))
            }
            At::Overview => (
                overview::title(self),
                self.overview.body(self),
                overview::keys(self),
            ),
        };
        let look = match self.at {
            At::Question(at) if self.asked[at].marked.is_some() => Look::FromCursor,
            At::Question(_) | At::Overview => Look::AtCursor,
        };
        View {
            title,
            body,
            look,
            message: self.message.clone(),
            keys,
            page: self.page(),
        }
    }

    fn press(&mut self, key: &Key) -> Then {
        self.message = None;
        let doubted = std::mem::take(&mut self.doubted);
        match self.at {
            At::Question(at) => self.press_at(at, key, doubted),
            At::Overview => overview::press(self, key),
        }
    }

    fn leave(&mut self) {
        match self.at {
            At::Question(at) => {
                self.settle_if_free(at);
            }
            At::Overview => {}
        }
    }
}

impl Session {
    fn title(&self, at: usize) -> Line {
        let question = &self.quiz.questions[at];
        let number = format!("question {} of {}: ", at + 1, self.asked.len());
        let worth = format!(" ({})", report::points(question.points));
        Line::words(Style::Plain, &number)
            .exactly(Style::Strong, &question.id)
            .and(Style::Plain, &worth)
    }

    fn keys(&self, at: usize) -> Vec<Hint> {
        let asked = &self.asked[at];
        let mut keys = match &asked.marked {
            Some(_) => vec![Hint::new("enter", "go on"), draft::other_questions()],
            None => asked.draft.keys(),
        };
        keys.push(Hint::new("ctrl-c", "stop"));
        keys
    }
}

impl Asked {
    fn new(
        question: &Question,
        answer: Option<Answer>,
        feedback: Feedback,
        seed: u64,
        at: usize,
    ) -> Self {
        let mut draft = draft::of(question, options::shuffled(question, seed, at));
        if let Some(answer) = &answer {
            draft.take(answer);
        }
        let mut asked = Asked {
            draft,
            changed: false,
            answer,
            marked: None,
        };
        if feedback == Feedback::Now && asked.answer.is_some() {
            asked.mark(question);
        }
        asked
    }

    fn mark(&mut self, question: &Question) {
        self.marked = Some(MarkedQuestion::new(question, self.answer.clone()));
    }

    /// What is asked, and the draft of the answer.
    fn body(&self, question: &Question) -> Text {
        let mut text = prose(&question.ask);
        text.gap();
        text.append(draft::given(&question.kind), 0);
        text.gap();
        let shown = match self.marked {
            Some(_) => Shown::Closed,
            None => Shown::Open,
        };
        text.append(self.draft.show(shown), 0);
        text
    }

    /// What it is worth and why, if that is told.
    fn below(&self) -> Text {
        let Some(marked) = &self.marked else {
            return Text::new();
        };
        let mut text = Text::new();
        text.append_behind(
            vec![Span::new(Style::Cursor, "")],
            report::item(Item::Question(marked)),
        );
        text
    }
}
