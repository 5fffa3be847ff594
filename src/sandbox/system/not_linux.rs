//! Systems that have no box.

use std::io::PipeWriter;
use std::path::Path;
use std::time::Duration;

use super::super::registry::Entered;
use super::super::runner::Runner;
use super::super::{Ended, Layer, NoBox, Program, Tier, Trouble};
use super::Tree;
use crate::program::Threads;

/// What a pipe holds at least, where nobody says how much it is: macOS begins with this.
const PIPE: usize = 16 << 10;

/// There is no such call here. Of a pipe left as it is, Node on Linux loses all that is over at `process.exit()`; until
/// there is proof that it is otherwise here, it is said rather than judged.
pub(in super::super) fn enlarge(_pipe: &PipeWriter) -> Option<usize> {
    Some(PIPE)
}

/// Nobody tells it here.
pub(in super::super) const SHOWS_USE: bool = false;

/// Nothing is remembered from before.
#[derive(Debug)]
pub(in super::super) struct Before;

impl Before {
    /// Nothing.
    pub(in super::super) fn look() -> Self {
        Before
    }

    /// Never known here.
    pub(in super::super) fn machine_ended_one(&self) -> bool {
        false
    }
}

impl Tree {
    /// Not known here.
    pub(in super::super) fn first_thread(&self) -> (Duration, Duration, bool) {
        Default::default()
    }

    /// Not known here.
    pub(in super::super) fn watch_threads(&mut self) {}

    /// Not known here.
    pub(in super::super) fn threads(&mut self) -> Option<Threads> {
        None
    }

    /// Nobody tells.
    pub(in super::super) fn kept_waiting(&self) -> Duration {
        Duration::ZERO
    }
}

/// There is no box here, so there is never one of these.
#[derive(Debug)]
pub(in super::super) enum Boxed {}

impl Boxed {
    /// Answers that there is none.
    pub(in super::super) fn open(_: Tier, _: &Runner, _: &Path) -> Result<Self, NoBox> {
        let why = "this system is not Linux".to_owned();
        Err(NoBox::Off(Layer::off("box", why)))
    }

    /// How much it closes its programs off.
    pub(in super::super) fn tier(&self) -> Tier {
        match *self {}
    }

    /// What closes its programs off.
    pub(in super::super) fn layers(&self) -> &[Layer] {
        match *self {}
    }

    /// Never asked for.
    pub(in super::super) fn run(&self, _: &Program, _: &Entered) -> Result<Ended, Trouble> {
        match *self {}
    }
}

/// No process is started as a launcher here.
pub(in super::super) fn serve() {}

/// There is no box to get out of.
pub(in super::super) fn get_out(_told: &[String]) -> Vec<String> {
    Vec::new()
}

/// Not known here.
pub(in super::super) fn kept_us_waiting() -> Duration {
    Duration::ZERO
}
