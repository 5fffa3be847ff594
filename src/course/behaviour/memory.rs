//! `memory`: how much more a program needs than an idle one.
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
    "a size from 50 MB to 1 GB such as `100 MB`",
    "How much more memory all its processes may need at their peak, as it is seen every 10 ms, than an idle program of \
     the same Node. Who reads files piece by piece needs up to 50 MB, since Node collects what is let go only now and \
     then; choose input so large that whoever holds all of it needs at least twice what is allowed.",
);

/// What can be asked for: what Node has not collected yet differs by some MB from run to run.
const BOUNDS: RangeInclusive<u64> = 50_000_000..=1_000_000_000;

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
    if most + Limits::MEMORY.start() > limits.memory {
        reading.say_help(
            &field.node.span,
            "nobody can need so much: with what Node itself needs, it is more than the program's `limits`",
            "allow less here, or more by `limits: { memory: … }`",
        );
    }
    Some(Behaviour::Memory { most })
}
