//! What an author expects: a tree of steps that denotes a set of accepted orders.

/// Part of what a program should print.
#[derive(Debug, Clone)]
pub struct Expectation<When = Never> {
    /// What it accepts.
    pub step: Step<When>,
    /// Why what comes after it may come only then; for a [`Step::Text`], also why its lines come in this order.
    pub reason: Option<Reason>,
}

/// Nothing is ever of this type: an `Expectation<Never>` has no variants left to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Never {}

/// The kinds of step.
#[derive(Debug, Clone)]
pub enum Step<When = Never> {
    /// These lines, in this order.
    Text(Vec<String>),
    /// One line of a shape (`like:` and `matches:`).
    Pattern(Pattern),
    /// One after another.
    Sequence(Vec<Expectation<When>>),
    /// In any order, each whole.
    AnyOrder(Vec<Expectation<When>>),
    /// Lines mixed, the order of each member kept.
    Interleave(Vec<Expectation<When>>),
    /// One of them.
    Either(Vec<Expectation<When>>),
    /// It or nothing.
    Optional(Box<Expectation<When>>),
    /// It, several times.
    Repeat(Box<Expectation<When>>, Times),
    /// Lines that come in every order that keeps the chains.
    Lines(PartialOrder),
    /// That of the first key that fits.
    Variants(Vec<(When, Expectation<When>)>),
}

/// How often a repeated step comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// At least.
    pub least: u32,
    /// At most; `None` for any number.
    pub most: Option<u32>,
}

/// Lines and which must come before which.
#[derive(Debug, Clone)]
pub struct PartialOrder {
    /// The lines, in the author's order.
    pub lines: Vec<String>,
    /// Pairs of places in `lines`; without cycles.
    pub before: Vec<Before>,
}

/// One demand of a [`PartialOrder`].
#[derive(Debug, Clone)]
pub struct Before {
    /// This line
    pub first: usize,
    /// comes before this one
    pub then: usize,
    /// because of this.
    pub reason: Option<Reason>,
}

/// Why an order is demanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The id of the rule that says so, if it is one.
    pub rule: Option<String>,
    /// The rule's sentence, or the author's own words.
    pub words: String,
}

/// The shape of one line.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// As the author wrote it, to be shown.
    pub written: String,
    /// What matches a whole line.
    pub regex: regex::Regex,
}

impl PartialOrder {
    /// For each line, whether each other must come after it, directly or not.
    pub(super) fn implied(&self) -> Vec<Vec<bool>> {
        let lines = self.lines.len();
        let mut before = vec![vec![false; lines]; lines];
        for demand in &self.before {
            before[demand.first][demand.then] = true;
        }
        for middle in 0..lines {
            for first in 0..lines {
                if before[first][middle] {
                    let through = before[middle].clone();
                    let known = before[first].iter_mut().zip(through);
                    known.for_each(|(known, more)| *known |= more);
                }
            }
        }
        before
    }

    /// All pairs of places of which the first must come before the second, directly or not.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        let places = |(first, after): (usize, Vec<bool>)| {
            let then = after.into_iter().enumerate().filter(|(_, after)| *after);
            then.map(move |(then, _)| (first, then)).collect::<Vec<_>>()
        };
        self.implied()
            .into_iter()
            .enumerate()
            .flat_map(places)
            .collect()
    }
}

impl<When> Expectation<When> {
    /// The step, without a reason.
    pub fn new(step: Step<When>) -> Self {
        Expectation { step, reason: None }
    }

    /// Its lines, if it is literal lines in one order.
    pub fn only_order(&self) -> Option<Vec<String>> {
        match &self.step {
            Step::Text(lines) => Some(lines.clone()),
            Step::Sequence(members) => {
                let orders = members
                    .iter()
                    .map(Expectation::only_order)
                    .collect::<Option<Vec<_>>>()?;
                Some(orders.concat())
            }
            Step::Pattern(_)
            | Step::AnyOrder(_)
            | Step::Interleave(_)
            | Step::Either(_)
            | Step::Optional(_)
            | Step::Repeat(..)
            | Step::Lines(_)
            | Step::Variants(_) => None,
        }
    }

    /// Whether there is something to choose in it.
    pub fn has_variants(&self) -> bool {
        let any = |members: &[Expectation<When>]| members.iter().any(Expectation::has_variants);
        match &self.step {
            Step::Text(_) | Step::Pattern(_) | Step::Lines(_) => false,
            Step::Sequence(members)
            | Step::AnyOrder(members)
            | Step::Interleave(members)
            | Step::Either(members) => any(members),
            Step::Optional(body) | Step::Repeat(body, _) => body.has_variants(),
            Step::Variants(_) => true,
        }
    }

    /// The expectation in force: of all variants, that of the first key that fits.
    ///
    /// `None` if somewhere none fits.
    pub fn in_force(&self, fits: &impl Fn(&When) -> bool) -> Option<Expectation> {
        let all = |members: &[Expectation<When>]| -> Option<Vec<Expectation>> {
            members.iter().map(|member| member.in_force(fits)).collect()
        };
        let step = match &self.step {
            Step::Text(lines) => Step::Text(lines.clone()),
            Step::Pattern(pattern) => Step::Pattern(pattern.clone()),
            Step::Sequence(members) => Step::Sequence(all(members)?),
            Step::AnyOrder(members) => Step::AnyOrder(all(members)?),
            Step::Interleave(members) => Step::Interleave(all(members)?),
            Step::Either(members) => Step::Either(all(members)?),
            Step::Optional(body) => Step::Optional(Box::new(body.in_force(fits)?)),
            Step::Repeat(body, times) => Step::Repeat(Box::new(body.in_force(fits)?), *times),
            Step::Lines(order) => Step::Lines(order.clone()),
            Step::Variants(variants) => {
                let (_, chosen) = variants.iter().find(|(when, _)| fits(when))?;
                // The reason of the step that chose stays, unless the chosen one has its own.
                let chosen = chosen.in_force(fits)?;
                return Some(Expectation {
                    reason: chosen.reason.or_else(|| self.reason.clone()),
                    ..chosen
                });
            }
        };
        Some(Expectation {
            step,
            reason: self.reason.clone(),
        })
    }
}
