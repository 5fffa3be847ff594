//! `memory`: how much more a program needs than an idle Node.
//!
//! The baseline is a program of the same Node on the same machine, in the same box, that waits and does nothing; so the
//! bound does not depend on how much Node itself needs, which differs from version to version.

use std::ops::RangeInclusive;

use super::super::reading::{Field, Key, Reading};
use super::super::shape::Shape;
use super::super::values;
use super::Behaviour;
use crate::program::Limits;

pub(in super::super) const KEY: Key = Key::optional(
    "memory",
    Shape::Size,
    "a size from 10 MB to 1 GB such as `50 MB`",
    "How much more memory all its processes may need at their peak, as it is seen every 10 ms, than an idle program of \
     the same Node. Who reads files piece by piece needs up to 50 MB, since Node collects what is let go only now and \
     then; whatever holds everything at once should need at least twice what is allowed here.",
);

/// What can be asked for: Node itself needs some MB more or less from run to run.
const BOUNDS: RangeInclusive<u64> = 10_000_000..=1_000_000_000;

/// So much is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// In bytes, beyond what an idle program needs.
    pub most: u64,
}

/// More than is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excess {
    /// What was needed, in bytes beyond what an idle program needs.
    pub needed: u64,
    /// What is allowed of it.
    pub most: u64,
}

impl Bound {
    /// Judges a run by its peak and that of an idle program, both in bytes.
    pub fn judge(self, peak: u64, idle: u64) -> Result<(), Excess> {
        let needed = peak.saturating_sub(idle);
        match needed <= self.most {
            true => Ok(()),
            false => Err(Excess {
                needed,
                most: self.most,
            }),
        }
    }
}

pub(super) fn read(
    reading: &mut Reading<'_>,
    field: Field<'_>,
    limits: &Limits,
) -> Option<Behaviour> {
    let size = values::size(reading.word(field)?);
    let Some(most) = size.filter(|size| BOUNDS.contains(size)) else {
        reading.wrong_text(field, Some(values::BYTES));
        return None;
    };
    if most >= limits.memory {
        reading.say_help(
            &field.node.span,
            "nobody can need so much: the limit of `memory` ends the program before",
            "allow less here, or more in `limits`",
        );
    }
    Some(Behaviour::Memory(Bound { most }))
}
