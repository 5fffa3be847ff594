//! `threads`: which threads do the work.
//!
//! The system counts what each thread runs; nothing depends on what a program says of itself, or on how long it takes.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::super::reading::{Field, Key, Reading, Table};
use super::super::shape::Shape;
use super::super::traces;
use super::super::values;
use super::Behaviour;
use crate::program::Limits;

pub(in super::super) const KEY: Key = Key::optional(
    "threads",
    Shape::Threads,
    "a mapping of `main` and `workers`",
    "Which threads do the work, as the system counts it, whatever the program prints.",
);

const MAIN: Key = Key::optional(
    "main",
    Shape::Time,
    "a time from 100 ms to 10 s such as `100 ms`",
    "How much more processor time its main thread, where the event loop runs, may use than that of an idle program of the \
     same Node. Left out: any.",
);
const WORKERS: Key = Key::optional(
    "workers",
    Shape::Times,
    "a number such as `3`, or `[1, 4]` or `[1, any]`",
    "How many other threads, of its other processes too, use 50 ms of processor time or more. To start a worker takes up \
     to 40 ms: let each that counts do 100 ms of work or more. Node's own threads count too, if they do so much: where \
     programs make much garbage, say `[2, any]`. Left out: any number.",
);

pub(in super::super) static THREADS: Table =
    Table::of("`threads`", "Which threads do the work.", &[MAIN, WORKERS]);

/// What can be asked for: what an idle program needs differs by some 10 ms from run to run.
const BOUNDS: RangeInclusive<Duration> = Duration::from_millis(100)..=Duration::from_secs(10);

pub(super) fn read(
    reading: &mut Reading<'_>,
    field: Field<'_>,
    _limits: &Limits,
) -> Option<Behaviour> {
    let before = reading.count();
    let fields = reading.fields(field, &THREADS)?;
    let main = fields.get(&MAIN).and_then(|field| main(reading, field));
    let workers = fields
        .get(&WORKERS)
        .and_then(|field| traces::times(reading, field));
    if reading.count() > before {
        return None;
    }
    if main.is_none() && workers.is_none() {
        reading.say_help(
            &field.node.span,
            "`threads` asks for nothing",
            "add `main`, `workers` or both",
        );
        return None;
    }
    Some(Behaviour::Threads { main, workers })
}

fn main(reading: &mut Reading<'_>, field: Field<'_>) -> Option<Duration> {
    let time = values::duration(reading.word(field)?);
    let time = time.filter(|time| BOUNDS.contains(time));
    if time.is_none() {
        reading.wrong_text(field, None);
    }
    time
}
