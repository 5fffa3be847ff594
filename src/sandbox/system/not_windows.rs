//! Systems that are neither Linux nor Windows: we know no more of a run than its group.

use super::super::folder::Folder;
use super::super::group::Group;
use super::{Before, Use};
use crate::program::Limits;

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

    /// Kills the group.
    pub(in super::super) fn kill(&mut self) {
        self.0.kill();
    }
}

/// There is nothing to set here.
pub(in super::super) fn rein_in(_group: &Group, _limits: &Limits) {}
