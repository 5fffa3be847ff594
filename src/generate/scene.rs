//! How scenes are put together: what a scene may ask for, and a whole program out of several.

use super::Level;
use super::chance::Chance;
use super::offer::{self, Offer};
use super::program::{Asked, Block, Link, Program, Statement};
use super::vocabulary::{By, Says, Vocabulary};
use crate::program::ModuleSystem;

/// A program that is being made.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    chance: &'a mut Chance,
    level: Level,
    printed: usize,
    /// What the main file asks the loop for: two kinds of it would race.
    of_loop: Asked,
    /// Something is read already: of two reads, either may be done first.
    reads: bool,
}

/// What a level has: how much is printed, on how many lines, how many scenes there are besides the one that is asked about,
/// and how many other statements.
struct Size {
    printed: (usize, usize),
    lines: usize,
    scenes: usize,
    fillers: usize,
}

fn size(level: Level) -> Size {
    let of = |printed, lines, scenes, fillers| Size {
        printed,
        lines,
        scenes,
        fillers,
    };
    match level.number() {
        1 => of((3, 4), 14, 0, 1),
        2 => of((4, 5), 18, 0, 2),
        3 => of((5, 7), 26, 1, 1),
        4 => of((6, 9), 34, 2, 1),
        _ => of((8, 11), 42, 2, 2),
    }
}

/// Scenes that fit beside any other.
const BESIDE: [&str; 6] = [
    "next-tick-first",
    "tick-after-jobs",
    "executor-runs-now",
    "async-until-await",
    "await-gives-way",
    "then-one-hop",
];

/// A program about the rule, and perhaps about some of the others; nothing, if it came out too small or too large.
pub(super) fn program(
    chance: &mut Chance,
    offer: &Offer,
    others: &[&'static Offer],
    level: Level,
) -> Option<(String, ModuleSystem)> {
    let size = size(level);
    let kinds: &[Asked] = match offer.module {
        ModuleSystem::CommonJs => &[Asked::Timeout("0"), Asked::Immediate, Asked::Read],
        ModuleSystem::Esm => &[Asked::Timeout("0"), Asked::Immediate],
    };
    let of_loop = chance.one(kinds);
    let mut scene = Scene {
        chance,
        level,
        printed: 0,
        of_loop,
        reads: false,
    };
    let main = scene.whole(offer, others, &size);
    let printed = scene.printed;
    if !(size.printed.0..=size.printed.1).contains(&printed) {
        return None;
    }
    let plain = if level.number() < 3 { 55 } else { 20 };
    let vocabulary = match chance.percent(plain) {
        true => Vocabulary::plain(chance),
        false => Vocabulary::themed(chance),
    };
    let module = offer.module;
    let source = Program { module, main }.source(&vocabulary);
    let fits = source.lines().count() <= size.lines && printed <= vocabulary.most();
    fits.then_some((source, module))
}

impl Scene<'_> {
    fn whole(&mut self, offer: &Offer, others: &[&'static Offer], size: &Size) -> Block {
        let mut main = (offer.scene)(self);
        // From the fourth level on it may stand inside a callback.
        if self.level.number() > 3 && !offer.is_of_main() && self.percent(30) {
            let asked = self.of_loop();
            let mut body = vec![self.print_of(asked)];
            body.append(&mut main);
            main = vec![Statement::Ask(asked, body)];
        }
        for _ in 0..self.chance.below(size.scenes + 1) {
            let other = self.other(offer, others);
            let more = (other.scene)(self);
            main = self.mixed(main, more);
        }
        let mut fillers = self.chance.below(size.fillers + 1);
        while fillers > 0 || self.printed < size.printed.0 {
            let filler = self.filler();
            main = self.mixed(main, vec![filler]);
            fillers = fillers.saturating_sub(1);
        }
        say_where(&mut main, true);
        main
    }

    /// A scene beside the one that is asked about: of a rule that is asked for as well, if there is one.
    fn other(&mut self, offer: &Offer, others: &[&'static Offer]) -> &'static Offer {
        let is_other = |other: &&'static Offer| {
            other.rule != offer.rule
                && other.module == offer.module
                && other.rule != "rejection-after-drain"
        };
        let asked_for: Vec<&'static Offer> = others.iter().copied().filter(is_other).collect();
        let beside = BESIDE.iter().filter_map(|rule| offer::find(rule));
        let beside: Vec<&'static Offer> = beside.filter(|other| other.rule != offer.rule).collect();
        match asked_for.is_empty() || self.percent(40) {
            true => self.chance.one(&beside),
            false => self.chance.one(&asked_for),
        }
    }

    /// Both, each in its own order.
    fn mixed(&mut self, one: Block, other: Block) -> Block {
        let (mut one, mut other) = (one.into_iter().peekable(), other.into_iter().peekable());
        let mut mixed = Block::new();
        while one.peek().is_some() && other.peek().is_some() {
            let from = if self.percent(50) {
                &mut one
            } else {
                &mut other
            };
            mixed.extend(from.next());
        }
        mixed.extend(one);
        mixed.extend(other);
        mixed
    }

    fn filler(&mut self) -> Statement {
        match self.chance.below(5) {
            0 => {
                let of_loop = self.of_loop();
                self.leaf(of_loop)
            }
            1 => self.leaf(Asked::Tick),
            2 => self.leaf(Asked::Microtask),
            3 => Statement::Chain(vec![Link::Run(vec![self.print(By::Then)])]),
            _ => self.print(By::Main),
        }
    }

    /// From 1 to 5.
    pub fn level(&self) -> u8 {
        self.level.number()
    }

    /// True so many times of a hundred.
    pub fn percent(&mut self, times: u64) -> bool {
        self.chance.percent(times)
    }

    /// One of them.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        self.chance.one(of)
    }

    /// All of them, in some order.
    pub fn shuffled<T: Clone>(&mut self, all: &[T]) -> Vec<T> {
        self.chance.shuffled(all)
    }

    /// So many of them, in some order.
    pub fn some<T: Clone>(&mut self, all: &[T], many: usize) -> Vec<T> {
        let mut some = self.shuffled(all);
        some.truncate(many);
        some
    }

    /// Something new that is printed.
    pub fn says(&mut self, by: By) -> Says {
        self.printed += 1;
        Says {
            number: self.printed,
            by,
        }
    }

    /// `console.log` of something new.
    pub fn print(&mut self, by: By) -> Statement {
        Statement::Print(self.says(by))
    }

    /// The same, in such a callback.
    pub fn print_of(&mut self, asked: Asked) -> Statement {
        self.print(match asked {
            Asked::Timeout(_) => By::Timeout,
            Asked::Immediate => By::Immediate,
            Asked::Read => By::Read,
            Asked::Tick => By::Tick,
            Asked::Microtask => By::Microtask,
        })
    }

    /// Such a callback, which only prints.
    pub fn leaf(&mut self, asked: Asked) -> Statement {
        let body = vec![self.print_of(asked)];
        Statement::Ask(asked, body)
    }

    /// A tick or a microtask.
    pub fn queued(&mut self) -> Asked {
        self.one(&[Asked::Tick, Asked::Microtask])
    }

    /// This is what the program asks the loop for.
    pub fn asks(&mut self, of_loop: Asked) {
        self.of_loop = of_loop;
    }

    /// What this program asks the loop for.
    pub fn of_loop(&mut self) -> Asked {
        match self.of_loop {
            Asked::Read if self.reads => self.queued(),
            of_loop => {
                self.reads |= of_loop == Asked::Read;
                of_loop
            }
        }
    }

    /// The same, but nothing that is read: of two reads, either may be done first.
    pub fn of_timers_or_check(&mut self) -> Asked {
        if self.of_loop == Asked::Read {
            self.of_loop = self.one(&[Asked::Timeout("0"), Asked::Immediate]);
        }
        self.of_loop
    }
}

/// Only what comes first and last in the main file is called its start and its end.
fn say_where(block: &mut Block, is_main: bool) {
    let last = block.len().saturating_sub(1);
    for (at, statement) in block.iter_mut().enumerate() {
        match statement {
            Statement::Print(says) => {
                let is_there = is_main
                    && match says.by {
                        By::Start => at == 0,
                        By::End => at == last,
                        _ => true,
                    };
                if !is_there && matches!(says.by, By::Start | By::End) {
                    says.by = By::Main;
                }
            }
            Statement::Ask(_, body) => say_where(body, false),
            _ => {}
        }
    }
}
