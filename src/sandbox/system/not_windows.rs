//! Systems that are neither Linux nor Windows: we know no more of a run than its group.

use std::time::Duration;

use super::super::folder::Folder;
use super::super::group::Group;
use super::{Before, Use};
use crate::program::{Limits, Threads};

/// The group.
#[derive(Debug)]
pub(in super::super) struct Tree(Group);

impl Tree {
    /// The group's.
    pub(in super::super) fn new(group: Group, _folder: &Folder, _before: &Before) -> Self {
        Tree(group)
    }

    /// Not known here.
    pub(in super::super) fn look(&mut self) -> Use {
        Use::default()
    }

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

    /// Kills the group.
    pub(in super::super) fn kill(&mut self) {
        self.0.kill();
    }
}

/// There is nothing to set here.
pub(in super::super) fn rein_in(_group: &Group, _limits: &Limits) {}
