//! `responsive`: how long the event loop is held.
//!
//! Node asks the system for events once in every turn of the loop, and that is heard from outside: what the main thread
//! works between two such calls, nothing else can happen in. It is counted in processor time and held against what this
//! Node needs to start on this machine, so a slow or busy machine does not matter.

use std::ops::RangeInclusive;

use super::super::reading::{Field, Key, Reading};
use super::super::shape::Shape;
use super::Behaviour;
use crate::program::Limits;

pub(in super::super) const KEY: Key = Key::optional(
    "responsive",
    Shape::Many,
    "a whole number from 2 to 100 such as `3`",
    "Its event loop is never held for longer than so many times what the main thread of an idle program works in all: \
     for Node's start, some 30 ms. Processor time counts, in one turn of the loop, with all callbacks, microtasks and \
     ticks in it; the main script is the first turn, without Node's start, and Node's end belongs to the last. Whoever \
     only sleeps, as in `Atomics.wait`, is not seen. Let a turn that is right do a third of what is allowed or less, and \
     what is wrong three times as much or more; to load TypeScript, or much of Node for the first time, takes as long as \
     one start.",
);

/// What can be asked for.
const TIMES: RangeInclusive<u32> = 2..=100;

pub(super) fn read(
    reading: &mut Reading<'_>,
    field: Field<'_>,
    _limits: &Limits,
) -> Option<Behaviour> {
    let most = reading.whole(field, &TIMES)?;
    Some(Behaviour::Responsive { most })
}
