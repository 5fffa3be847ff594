//! Chance that is the same for the same seed, for ever and on every system.
//!
//! What is drawn is drawn as `u64`, never as `usize`. Seeds are made of texts and numbers by BLAKE3.

use fastrand::Rng;

/// A source of chance.
#[derive(Debug)]
pub(super) struct Chance(Rng);

impl Chance {
    /// That of these parts.
    pub fn of(parts: &[&[u8]]) -> Self {
        Chance(Rng::with_seed(seed_of(parts)))
    }

    /// A number below this one, which is not 0.
    pub fn below(&mut self, most: usize) -> usize {
        self.0.u64(..most as u64) as usize
    }

    /// True so many times of a hundred.
    pub fn percent(&mut self, times: u64) -> bool {
        self.0.u64(..100) < times
    }

    /// One of them.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// All of them, in some order.
    pub fn shuffled<T: Clone>(&mut self, all: &[T]) -> Vec<T> {
        let mut all = all.to_vec();
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
        all
    }
}

/// The first eight bytes of the hash of the parts, each with its length before it.
pub(super) fn seed_of(parts: &[&[u8]]) -> u64 {
    let mut hash = blake3::Hasher::new();
    for part in parts {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize().as_bytes()[..8]);
    u64::from_le_bytes(first)
}
