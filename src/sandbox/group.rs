//! The group of processes a run consists of: how it is started, killed and waited for.

use std::io;
use std::process::{Child, Command};
use std::sync::mpsc::Sender;

use super::limited::Event;
use super::system;

/// A group of processes, named by its leader. The name is good until the leader is reaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group(u32);

impl Group {
    /// Starts the command as the leader of a new group.
    pub(super) fn start(command: &mut Command) -> io::Result<(Group, Child)> {
        system::lead_a_group(command);
        let child = command.spawn()?;
        Ok((Group(child.id()), child))
    }

    /// The leader's number.
    pub(super) fn leader(self) -> u32 {
        self.0
    }

    /// Kills every process in it.
    pub(super) fn kill(self) {
        system::kill(self.leader());
    }

    /// Sends [`Event::Ended`] when the leader has ended, and leaves it unreaped.
    pub(super) fn announce_end(self, events: Sender<Event>) -> io::Result<()> {
        system::announce_end(self.leader(), move || {
            // Nobody listens any more once the run was ended from here.
            let _ = events.send(Event::Ended);
        })
    }
}
