//! What a program did that it should not, in sentences.

use super::ending::bytes;
use crate::grading::Misbehaved;

/// What it did, and what to think of.
pub fn text(misbehaved: &Misbehaved) -> String {
    match misbehaved {
        Misbehaved::Memory(excess) => format!(
            "at its peak it needed about {} more memory than an idle program, and {} more is allowed: does it hold \
             everything at once? Who reads, works and lets go piece by piece needs little, however much there is",
            bytes(rough(excess.needed)),
            bytes(excess.most)
        ),
    }
}

/// The same in a few words.
pub fn in_few_words(misbehaved: &Misbehaved) -> String {
    match misbehaved {
        Misbehaved::Memory(excess) => format!(
            "about {} more memory than an idle program, where {} is allowed",
            bytes(rough(excess.needed)),
            bytes(excess.most)
        ),
    }
}

/// To two digits, since no two runs need the same.
fn rough(number: u64) -> u64 {
    let digits = number.checked_ilog10().unwrap_or_default();
    let unit = 10_u64.pow(digits.saturating_sub(1));
    (number + unit / 2) / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_are_kept() {
        let roughly = [0, 7, 99, 104, 105, 994, 995, 214_748_364].map(rough);
        assert_eq!(roughly, [0, 7, 99, 100, 110, 990, 1000, 210_000_000]);
    }
}
