//! What is open in a run, and what was taken: the run is done again, and again, until everything was.
//!
//! A run of a program is a function of its choices. They are taken depth first: each run repeats those of the one
//! before up to the last at which something is left, takes the next there, and the first of everything after it. Or they
//! are taken by chance.

use fastrand::Rng;

/// The choices of one run.
#[derive(Debug, Clone, Default)]
pub(super) struct Choices {
    /// What was taken, out of how many.
    made: Vec<(usize, usize)>,
    /// How many of them this run has come to.
    at: usize,
    /// What is new is taken by chance.
    chance: Option<Rng>,
}

impl Choices {
    /// By chance; the same for the same seed.
    pub fn by_chance(seed: u64) -> Choices {
        Choices {
            chance: Some(Rng::with_seed(seed)),
            ..Choices::default()
        }
    }

    /// Takes one of so many; they are numbered from 0.
    pub fn choose(&mut self, of: usize) -> usize {
        if of < 2 {
            return 0;
        }
        if self.at == self.made.len() {
            let taken = self.chance.as_mut().map_or(0, |chance| chance.usize(..of));
            self.made.push((taken, of));
        }
        let (taken, options) = self.made[self.at];
        debug_assert_eq!(options, of, "the same choices lead to the same run");
        self.at += 1;
        taken
    }

    /// The choices of the next run, if one is left.
    pub fn next(mut self) -> Option<Choices> {
        self.made.truncate(self.at);
        while let Some((taken, of)) = self.made.pop() {
            if taken + 1 < of {
                self.made.push((taken + 1, of));
                self.at = 0;
                return Some(self);
            }
        }
        None
    }

    /// The same run once more.
    pub fn again(mut self) -> Choices {
        self.at = 0;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_is_made_once() {
        let mut runs = Vec::new();
        let mut next = Some(Choices::default());
        while let Some(mut choices) = next {
            let first = choices.choose(2);
            let second = if first == 0 { choices.choose(3) } else { 9 };
            runs.push((first, second, choices.choose(2)));
            next = choices.next();
        }
        let expected = [
            (0, 0, 0),
            (0, 0, 1),
            (0, 1, 0),
            (0, 1, 1),
            (0, 2, 0),
            (0, 2, 1),
            (1, 9, 0),
            (1, 9, 1),
        ];
        assert_eq!(runs, expected);
    }
}
