//! Answers to a quiz: read, marked, told and written (`tests/quiz/*.case`, all to the quiz beside them).
//!
//! `TICKMARK_ACCEPT=1 cargo test --test quiz` writes what is told anew; read it as the student would.
//!
//! And sessions, by whatever keys and lines; what is seen of them is in `tests/terminal.rs`.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use tickmark::course::{self, Answer, Answers, Asked, Course, Kind, Quiz};
use tickmark::marking::{self, Mark, MarkedQuestion};
use tickmark::program::{Files, RelPath};
use tickmark::report::{self, Reader, Row, Style, Work};
use tickmark::scoring::Points;
use tickmark::session::{Feedback, Key, Listener, Player, Session, Spoken, Then};
use tickmark::words;

fn course() -> &'static Course {
    static COURSE: LazyLock<Course> = LazyLock::new(|| {
        let mut files = Files::default();
        files.insert(
            RelPath::new("quizzes/loop/quiz.yaml").unwrap(),
            &include_bytes!("quiz/quiz.yaml")[..],
        );
        let (course, problems) = course::read(&files);
        assert!(problems.is_empty(), "{}", words::lines(&problems));
        course
    });
    &COURSE
}

fn quiz() -> Arc<Quiz> {
    static QUIZ: LazyLock<Arc<Quiz>> =
        LazyLock::new(|| Arc::new(course().quiz("loop/quiz").unwrap().clone()));
    QUIZ.clone()
}

/// What a student is told of a file of answers.
fn told(file: &str) -> String {
    match course::read_answers("answers.yaml", file.as_bytes(), course()) {
        Err(problems) => words::lines(&problems),
        Ok(answers) => {
            let row = Row {
                student: None,
                folder: None,
                work: Work::Quiz(marking::mark(&quiz(), &answers)),
            };
            report::submission(&row, Reader::Student).plain()
        }
    }
}

#[test]
fn every_file_of_answers_is_told_as_its_case_says() {
    let mut wrong = String::new();
    let mut cases = 0;
    for entry in std::fs::read_dir("tests/quiz").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "case") {
            continue;
        }
        cases += 1;
        let case = std::fs::read_to_string(&path).unwrap();
        let (file, says) = case.split_once("--- says\n").unwrap();
        let told = told(file);
        if std::env::var_os("TICKMARK_ACCEPT").is_some() {
            std::fs::write(&path, format!("{file}--- says\n{}\n", told.trim_end())).unwrap();
        } else if told.trim_end() != says.trim_end() {
            wrong += &format!("{}: it says\n{told}\n", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(cases >= 9, "the cases were not found");
}

fn points(kind: &str, answer: Answer) -> Points {
    let quiz = quiz();
    let question = quiz.questions.iter().find(|question| question.id == kind);
    MarkedQuestion::new(question.unwrap(), Some(answer)).earned
}

fn permutations(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let shorter = permutations(n - 1).into_iter();
    shorter
        .flat_map(|order| {
            (0..n).map(move |at| {
                let mut longer = order.clone();
                longer.insert(at, n - 1);
                longer
            })
        })
        .collect()
}

#[test]
fn of_all_orders_the_accepted_ones_earn_everything_and_chance_earns_nothing() {
    let quiz = quiz();
    for id in ["phases", "reads"] {
        let question = quiz.questions.iter().find(|question| question.id == id);
        let question = question.unwrap();
        let Kind::Order { items, order, .. } = &question.kind else {
            panic!("it is a question of order");
        };
        let demanded = order.pairs();
        let mut balance = 0;
        for given in permutations(items.len()) {
            let place = |item: usize| given.iter().position(|at| *at == item).unwrap();
            let broken = demanded
                .iter()
                .filter(|(first, then)| place(*first) > place(*then))
                .count();
            let marked = MarkedQuestion::new(question, Some(Answer::Order(given.clone())));
            let Mark::Order {
                kept, broken: told, ..
            } = &marked.mark
            else {
                panic!("an order is marked as one");
            };
            assert_eq!((told.len(), kept + told.len()), (broken, demanded.len()));
            assert_eq!(marked.is_right, broken == 0, "{given:?}");
            assert_eq!(marked.earned == Points::ONE, broken == 0, "{given:?}");
            balance += *kept as i64 - broken as i64;

            // One pair more in order never earns less.
            for at in 1..given.len() {
                let (first, then) = (given[at - 1], given[at]);
                let mut swapped = given.clone();
                swapped.swap(at - 1, at);
                let other = MarkedQuestion::new(question, Some(Answer::Order(swapped))).earned;
                if demanded.contains(&(first, then)) {
                    assert!(other <= marked.earned, "{given:?}");
                } else if !demanded.contains(&(then, first)) {
                    assert_eq!(other, marked.earned, "{given:?}");
                }
            }
            // Nothing that does not belong there makes it better, nor does leaving something out.
            let mut more = given.clone();
            more.push(items.len());
            if question.kind.options().len() > items.len() {
                let more = MarkedQuestion::new(question, Some(Answer::Order(more))).earned;
                assert!(more <= marked.earned && more < Points::ONE, "{given:?}");
            }
            if broken == 0 {
                let less = Answer::Order(given[1..].to_vec());
                assert!(MarkedQuestion::new(question, Some(less)).earned < Points::ONE);
            }
        }
        assert_eq!(balance, 0, "over all orders, as much is kept as is broken");
    }
}

#[test]
fn of_all_choices_only_the_right_ones_earn_everything_and_choosing_all_earns_least() {
    let all = 0..5_usize;
    let everything = points("alive", Answer::Choices(all.clone().collect()));
    for chosen in 0..32_u32 {
        let chosen: std::collections::BTreeSet<usize> =
            all.clone().filter(|at| chosen >> at & 1 == 1).collect();
        let earned = points("alive", Answer::Choices(chosen.clone()));
        let right = chosen.iter().all(|at| *at < 3) && chosen.len() == 3;
        assert_eq!(earned.to_string() == "2", right, "{chosen:?}");
        // Whoever leaves out something wrong that was chosen never loses by it.
        for wrong in chosen.iter().filter(|at| **at >= 3) {
            let mut fewer = chosen.clone();
            fewer.remove(wrong);
            assert!(points("alive", Answer::Choices(fewer)) >= earned);
        }
        if chosen.len() == 4 && chosen.contains(&3) != chosen.contains(&4) {
            assert!(earned >= everything);
        }
    }
}

#[test]
fn luck_does_not_answer_a_race() {
    let race = |trace: &str, only| {
        let trace = trace.to_owned();
        points("race", Answer::Prediction { trace, only }).to_string()
    };
    for order in ["timeout\nimmediate", "immediate\ntimeout\n"] {
        assert_eq!(race(order, Some(false)), "3");
        assert_eq!(race(order, Some(true)), "2");
        assert_eq!(race(order, None), "2");
    }
    for wrong in [
        "",
        "timeout",
        "timeout\nimmediate\ntimeout",
        "tick\nimmediate\ntimeout",
    ] {
        assert_eq!(race(wrong, Some(false)), "0");
    }
}

/// Any answer to any of the questions, as a terminal could give it.
fn answer(kind: &Kind) -> BoxedStrategy<Option<Answer>> {
    let options = kind.options().len();
    let some = move |least: usize| {
        prop::sample::subsequence((0..options).collect::<Vec<_>>(), least..=options)
    };
    let answer = match kind {
        Kind::Choose {
            asked: Asked::One, ..
        } => (0..options)
            .prop_map(|at| Answer::Choices([at].into()))
            .boxed(),
        Kind::Choose {
            asked: Asked::Several,
            ..
        } => some(0)
            .prop_map(|chosen| Answer::Choices(chosen.into_iter().collect()))
            .boxed(),
        Kind::Order { .. } => some(0).prop_shuffle().prop_map(Answer::Order).boxed(),
        Kind::Predict { .. } => ("[a-z: #'\"\\-\n]{0,30}", any::<Option<bool>>())
            .prop_map(|(trace, only)| Answer::Prediction { trace, only })
            .boxed(),
        Kind::Fill { blanks, .. } => {
            let text = prop::option::of("[a-z0-9:#'\"{}~ ]{1,12}");
            prop::collection::vec(text, blanks.len())
                .prop_map(Answer::Blanks)
                .boxed()
        }
        Kind::Match { pairs, .. } => {
            prop::collection::vec(prop::option::of(0..options), pairs.len())
                .prop_map(Answer::Matches)
                .boxed()
        }
    };
    prop::option::of(answer).boxed()
}

fn answers() -> impl Strategy<Value = Answers> {
    let quiz = quiz();
    let given: Vec<_> = quiz
        .questions
        .iter()
        .map(|question| answer(&question.kind))
        .collect();
    given.prop_map(move |given| Answers {
        quiz: quiz.id.clone(),
        given,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_is_written_is_read_as_it_was(answers in answers()) {
        let file = course::write_answers(&quiz(), &answers);
        let read = course::read_answers("answers.yaml", file.as_bytes(), course());
        prop_assert_eq!(read.map_err(|problems| words::lines(&problems)), Ok(answers), "{}", file);
    }

    #[test]
    fn no_answer_earns_less_than_nothing_or_more_than_everything(answers in answers()) {
        let marked = marking::mark(&quiz(), &answers);
        for question in &marked.questions {
            prop_assert!(question.earned <= question.question.points);
            prop_assert_eq!(question.is_right, question.earned == question.question.points);
        }
        prop_assert_eq!(marked.most().to_string(), "11");
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = course::read_answers("answers.yaml", &bytes, course());
    }
}

fn session(answers: &Answers, feedback: Feedback, seed: u64) -> Session {
    Session::new(quiz(), answers, feedback, seed)
}

fn feedback() -> impl Strategy<Value = Feedback> {
    prop_oneof![
        Just(Feedback::Now),
        Just(Feedback::End),
        Just(Feedback::Never)
    ]
}

/// Any key, those most often that lead somewhere.
fn key() -> impl Strategy<Value = Key> {
    let text = "[a-z \n\r\u{1b}é]{0,6}";
    prop_oneof![
        4 => Just(Key::Enter),
        4 => (b'0'..=b'9').prop_map(|c| Key::Char(c.into())),
        2 => prop::sample::select(vec![Key::Up, Key::Down, Key::Left, Key::Right]),
        2 => prop::sample::select(vec![Key::CarryUp, Key::CarryDown, Key::Next, Key::Back]),
        2 => prop::sample::select(vec![Key::Tab, Key::Escape, Key::Backspace, Key::Delete]),
        1 => prop::sample::select(vec![Key::Home, Key::End]),
        2 => prop::sample::select(vec![' ', 'y', 'n', 'x', '\u{202e}', '語']).prop_map(Key::Char),
        1 => text.prop_map(Key::Paste),
    ]
}

/// What is marked so far.
fn marks_in(session: &Session) -> Vec<String> {
    let text = session.view().body.plain();
    let marks = text.lines().filter(|line| line.starts_with(['✓', '✗']));
    marks.map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_keys_are_pressed_answers_are_kept_that_can_be_read(
        keys in prop::collection::vec(key(), 0..120),
        before in answers(),
        feedback in feedback(),
        seed in any::<u64>(),
    ) {
        let mut session = session(&before, feedback, seed);
        let mut kept = session.answers();
        prop_assert_eq!(&kept, &before);
        for key in keys {
            let view = session.view();
            let lines = view.body.lines().iter();
            let spans = lines.flat_map(|line| line.lead().iter().chain(line.spans()));
            prop_assert!(spans.filter(|span| span.style() == Style::Cursor).count() <= 1);
            let hints = view.keys.iter();
            let hints = hints.map(|hint| hint.keys.chars().count() + 1 + hint.does.chars().count());
            let status: usize = hints.map(|width| width + 2).sum();
            prop_assert!(status <= 62, "{:?} is wider than 60 columns", view.keys);
            let then = session.press(&key);
            let now = session.answers();
            if feedback == Feedback::Now {
                for (kept, now) in kept.given.iter().zip(&now.given) {
                    prop_assert!(kept.is_none() || kept == now, "what is marked was changed");
                }
            }
            prop_assert!(then != Then::GoOn || kept == now, "it was changed and not kept");
            if kept != now {
                let file = course::write_answers(&quiz(), &now);
                let read = course::read_answers("answers.yaml", file.as_bytes(), course());
                let read = read.map_err(|problems| words::lines(&problems));
                prop_assert_eq!(read.as_ref(), Ok(&now), "{}", file);
            }
            kept = now;
            if then == Then::End {
                break;
            }
        }
    }

    #[test]
    fn whatever_lines_are_said_answers_are_kept_that_can_be_read(
        lines in prop::collection::vec("(back|skip|done|\\?|[1-4]( [0-7]){0,6}|y|n|[a-z\\\\ \u{1b}]{0,6})", 0..60),
        before in answers(),
        feedback in feedback(),
        seed in any::<u64>(),
    ) {
        let mut spoken = Spoken::new(session(&before, feedback, seed));
        spoken.begin();
        let mut kept = before;
        for line in lines {
            prop_assert!(!spoken.prompt().is_empty());
            let then = spoken.hear(&line).then;
            let now = spoken.session().answers();
            prop_assert!(then != Then::GoOn || kept == now, "it was changed and not kept");
            if kept != now {
                let file = course::write_answers(&quiz(), &now);
                let read = course::read_answers("answers.yaml", file.as_bytes(), course());
                let read = read.map_err(|problems| words::lines(&problems));
                prop_assert_eq!(read.as_ref(), Ok(&now), "{}", file);
            }
            kept = now;
            if then == Then::End {
                break;
            }
        }
    }

    #[test]
    fn a_session_goes_on_with_what_was_answered_and_ends_with_the_marks_of_the_file(
        before in answers(),
        seed in any::<u64>(),
    ) {
        let mut session = session(&before, Feedback::Now, seed);
        let open = before.given.iter().position(Option::is_none);
        prop_assert_eq!(session.number(), open.map(|at| at + 1));
        // To the end, and there the way out.
        for _ in 0..before.given.len() {
            session.press(&Key::Next);
        }
        prop_assert_eq!(session.number(), None);
        prop_assert_eq!(session.press(&Key::Enter), Then::End);
        let marked = session.marked().unwrap();
        prop_assert_eq!(marked.earned(), marking::mark(&quiz(), &before).earned());
        let all_right = marked.questions.iter().all(|marked| marked.is_right);
        prop_assert_eq!(session.lost_points(), !all_right);
    }

    #[test]
    fn the_seed_alone_decides_how_options_stand(seed in any::<u64>(), first in 0..8_usize) {
        let nothing = Answers::none(&quiz());
        let bodies = |order: &mut dyn Iterator<Item = usize>| {
            let mut session = session(&nothing, Feedback::Never, seed);
            let mut bodies = std::collections::BTreeMap::new();
            for at in order {
                for _ in 0..8 {
                    session.press(&Key::Back);
                }
                for _ in 0..at {
                    session.press(&Key::Next);
                }
                bodies.insert(at, session.view().body.plain());
            }
            bodies
        };
        prop_assert_eq!(bodies(&mut (0..8)), bodies(&mut (first..8).rev().chain(0..first)));
    }
}

#[test]
fn nothing_is_told_before_it_is_time() {
    for (feedback, at_once, at_the_end) in [
        (Feedback::Now, 1, 8),
        (Feedback::End, 0, 8),
        (Feedback::Never, 0, 0),
    ] {
        let mut session = session(&Answers::none(&quiz()), feedback, 1);
        for key in [Key::Char('1'), Key::Enter, Key::Back] {
            session.press(&key);
        }
        assert_eq!(marks_in(&session).len(), at_once, "{feedback:?}");
        for _ in 0..8 {
            session.press(&Key::Next);
        }
        session.press(&Key::Enter);
        let marked = session.marked().map_or(0, |marked| marked.questions.len());
        assert_eq!(marked, at_the_end, "{feedback:?}");
    }
}

/// The keyed answer to a question, or one of them.
fn keyed(kind: &Kind) -> Vec<Answer> {
    match kind {
        Kind::Choose { right, .. } => vec![Answer::Choices((0..right.len()).collect())],
        Kind::Order { items, order, .. } => {
            let mut placed: Vec<usize> = Vec::new();
            while placed.len() < items.len() {
                let is_next = |item: &usize| {
                    let mut before = order.before.iter().filter(|pair| pair.then == *item);
                    !placed.contains(item) && before.all(|pair| placed.contains(&pair.first))
                };
                placed.push((0..items.len()).find(is_next).unwrap());
            }
            vec![Answer::Order(placed)]
        }
        Kind::Predict { trace, only, .. } => {
            let orders = tickmark::trace::orders(trace, 1_000).expect("so many orders at most");
            assert_eq!(orders.len() == 1, *only, "{orders:?}");
            let prediction = |order: &Vec<String>| Answer::Prediction {
                trace: order.join("\n"),
                only: Some(*only),
            };
            orders.iter().map(prediction).collect()
        }
        Kind::Fill { blanks, .. } => {
            let first = |(_, accepted): &(String, Vec<String>)| accepted.first().cloned();
            vec![Answer::Blanks(blanks.iter().map(first).collect())]
        }
        Kind::Match { pairs, .. } => {
            let options = kind.options();
            let option = |text: &String| options.iter().position(|option| option.text == text);
            let partners = pairs.iter().map(|(_, partner)| option(partner));
            vec![Answer::Matches(partners.collect())]
        }
    }
}

#[test]
fn whatever_the_course_keys_earns_everything() {
    let opened = tickmark::library::open(Some(std::path::Path::new("."))).unwrap();
    let mut asked = 0;
    for quiz in opened.course.quizzes {
        let quiz = Arc::new(quiz);
        for (at, question) in quiz.questions.iter().enumerate() {
            for answer in keyed(&question.kind) {
                let mut answers = Answers::none(&quiz);
                answers.given[at] = Some(answer);
                let marked = &marking::mark(&quiz, &answers).questions[at];
                assert!(marked.is_right, "{}#{}: {marked:#?}", quiz.id, question.id);
                assert_eq!(
                    marked.earned, question.points,
                    "{}#{}",
                    quiz.id, question.id
                );
            }
            asked += 1;
        }
    }
    assert!(asked >= 80, "the questions were not found");
}
