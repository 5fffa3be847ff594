//! How questions are found: programs are made by chance until one is a question, and each is looked at once.

use std::collections::{HashMap, HashSet};
use std::num::NonZero;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::chance::Chance;
use super::offer::Offer;
use super::proof::{self, Subject};
use super::{Belief, Generated, TooFew, Wanted, scene, told};
use crate::program::ModuleSystem;

/// Wrong answers that a question has.
const WRONG: std::ops::RangeInclusive<usize> = 2..=3;

/// One more wrong answer is looked for among so many beliefs.
const LOOKED: usize = 6;

/// Programs that are tried for one question.
const TRIES: u32 = 400;

/// The questions that are wanted, all different.
pub(super) fn questions(wanted: &Wanted) -> Result<Vec<Generated>, TooFew> {
    let hunt = Hunt {
        wanted,
        looked_at: Mutex::default(),
    };
    let mut known = HashSet::new();
    let mut questions = Vec::new();
    // Each question is looked for alone, several side by side; one that is there already is then looked for again.
    for (number, first) in (1..).zip(hunt.first_questions()) {
        let mut found = first;
        while let Some((attempt, question)) = &found {
            if known.insert(question.source.clone()) {
                break;
            }
            found = hunt.question(number, attempt + 1, &known);
        }
        let (_, question) = found.ok_or(TooFew {
            rule: hunt.offer(number).rule,
            found: number - 1,
        })?;
        questions.push(question);
    }
    Ok(questions)
}

/// What comes of a program is a function of the program and the rule, so it is remembered.
struct Hunt<'a> {
    wanted: &'a Wanted,
    looked_at: Mutex<HashMap<(&'static str, String), Option<Generated>>>,
}

impl Hunt<'_> {
    /// What is found first for each number, whatever the others are; with the attempt at which it was.
    fn first_questions(&self) -> Vec<Option<(u32, Generated)>> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let next = AtomicU32::new(1);
        let work = || {
            let mut found = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number > self.wanted.count {
                    return found;
                }
                found.push((number, self.question(number, 0, &HashSet::new())));
            }
        };
        let mut all: Vec<_> = thread::scope(|scope| {
            let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut all = work();
            for helper in helpers {
                match helper.join() {
                    Ok(found) => all.extend(found),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            all
        });
        all.sort_by_key(|(number, _)| *number);
        all.into_iter().map(|(_, found)| found).collect()
    }

    /// The rule whose turn it is.
    fn offer(&self, number: u32) -> &'static Offer {
        let rules = &self.wanted.rules;
        rules[(number as usize - 1) % rules.len()]
    }

    /// The first that is found from this attempt on and is not known, with its attempt.
    fn question(
        &self,
        number: u32,
        from: u32,
        known: &HashSet<String>,
    ) -> Option<(u32, Generated)> {
        let offer = self.offer(number);
        let Wanted { rules, level, .. } = self.wanted;
        (from..TRIES).find_map(|attempt| {
            let mut chance = self.chance(number, attempt, offer);
            let (source, module) = scene::program(&mut chance, offer, rules, *level)?;
            if known.contains(&source) {
                return None;
            }
            let question = self.look_at(offer, source, module)?;
            Some((attempt, Generated { number, ..question }))
        })
    }

    fn chance(&self, number: u32, attempt: u32, offer: &Offer) -> Chance {
        let rules: Vec<&str> = self.wanted.rules.iter().map(|offer| offer.rule).collect();
        Chance::of(&[
            b"question",
            &self.wanted.seed.to_le_bytes(),
            &[self.wanted.level.number()],
            rules.join(",").as_bytes(),
            offer.rule.as_bytes(),
            &number.to_le_bytes(),
            &attempt.to_le_bytes(),
        ])
    }

    fn look_at(
        &self,
        offer: &'static Offer,
        source: String,
        module: ModuleSystem,
    ) -> Option<Generated> {
        let looked_at = || {
            self.looked_at
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        let key = (offer.rule, source);
        if let Some(known) = looked_at().get(&key) {
            return known.clone();
        }
        let question = question_of(offer, &key.1, module);
        looked_at().insert(key, question.clone());
        question
    }
}

/// The question about the program, without its number; if it is one: it has one order, which needs the rule.
fn question_of(offer: &'static Offer, source: &str, module: ModuleSystem) -> Option<Generated> {
    let mut subject = Subject::new(source, module)?;
    let printed = subject.printed()?;
    let beliefs = beliefs(&subject, offer, source, &printed)?;
    if !subject.is_the_same_everywhere(&printed) {
        return None;
    }
    Some(Generated {
        number: 0,
        rule: offer.rule,
        module,
        because: told::because(&subject.story()?, offer.rule),
        source: source.to_owned(),
        printed,
        beliefs,
    })
}

/// Wrong answers, the first by somebody who has this rule wrong; nothing, if there are too few.
fn beliefs(
    subject: &Subject,
    offer: &Offer,
    source: &str,
    printed: &[String],
) -> Option<Vec<Belief>> {
    let mut chance = Chance::of(&[b"beliefs", source.as_bytes()]);
    let others = chance.shuffled(&proof::other_beliefs(offer, source));
    let mut beliefs: Vec<Belief> = Vec::new();
    for (at, fault) in offer.faults.iter().chain(&others).enumerate() {
        if at == offer.faults.len() && beliefs.is_empty() {
            return None;
        }
        let is_enough = beliefs.len() == *WRONG.end()
            || WRONG.contains(&beliefs.len()) && at >= offer.faults.len() + LOOKED;
        if is_enough {
            break;
        }
        let believed = subject.believed(*fault, printed);
        let is_new = |one: &Belief| beliefs.iter().all(|other| other.printed != one.printed);
        beliefs.extend(believed.filter(is_new));
    }
    WRONG.contains(&beliefs.len()).then_some(beliefs)
}
