//! What it costs to make questions, and to know every order of their programs.
//!
//! `cargo bench --bench generate`. The aims: 1,000 questions, each proven by the model on every line of Node, within 30 s;
//! and every order of 95 of 100 of their programs within 100 ms.

use std::time::{Duration, Instant};

use tickmark::event_loop::{self, Program, Search};
use tickmark::generate::{self, Generated, Level, Wanted};
use tickmark::program::{Input, Version};

const QUESTIONS: u32 = 1_000;

fn main() {
    let started = Instant::now();
    let questions = questions();
    let taken = started.elapsed();
    println!(
        "{} questions made and proven in {taken:.1?}: {:.1?} each",
        questions.len(),
        taken / QUESTIONS
    );
    orders(&questions);
}

/// As many of each level, and each about a rule that is offered there.
fn questions() -> Vec<Generated> {
    let levels: Vec<u8> = Level::RANGE.collect();
    let count = QUESTIONS / levels.len() as u32;
    let mut all = Vec::new();
    for number in levels {
        let offers = generate::OFFERS.iter();
        let wanted = Wanted {
            rules: offers.filter(|offer| offer.is_at(number)).collect(),
            seed: 1,
            count,
            level: Level::new(number).unwrap(),
            form: None,
        };
        let started = Instant::now();
        all.extend(wanted.questions().unwrap());
        println!("  level {number}: {count} in {:.1?}", started.elapsed());
    }
    all
}

/// Every order of each program on each line of Node, as `tickmark orders` finds them.
fn orders(questions: &[Generated]) {
    let mut taken: Vec<Duration> = Vec::new();
    for question in questions {
        let (files, entry) = generate::files(&question.source, question.module).unwrap();
        for line in event_loop::LINES {
            let program = Program {
                files: &files,
                entry: &entry,
                input: &Input::default(),
                module: question.module,
                node: Version::last_of(line),
            };
            let started = Instant::now();
            event_loop::orders(&program, &Search::default()).unwrap();
            taken.push(started.elapsed());
        }
    }
    taken.sort();
    let at = |percent: usize| taken[(taken.len() - 1) * percent / 100];
    println!(
        "every order of {} programs on {} lines: half within {:.1?}, 95 of 100 within {:.1?}, all within {:.1?}",
        questions.len(),
        event_loop::LINES.len(),
        at(50),
        at(95),
        at(100)
    );
}
