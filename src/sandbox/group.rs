//! The group of processes a run consists of: how it is started, killed and waited for.

use std::io;
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::limited::Event;
use super::system::{self, Hold};

/// A group of processes, named by its leader. The name is good until the leader is reaped.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// The leader's number.
    pub(super) leader: u32,
    /// What holds its processes together.
    pub(super) hold: Arc<Hold>,
}

impl Group {
    /// Starts the command as the leader of a new group.
    pub(super) fn start(command: &mut Command) -> io::Result<(Group, Child)> {
        Hold::prepare(command);
        let mut child = command.spawn()?;
        match Hold::of(&child) {
            Ok(hold) => {
                let (leader, hold) = (child.id(), Arc::new(hold));
                Ok((Group { leader, hold }, child))
            }
            Err(error) => {
                // It has not begun yet, so that there is nobody else to end.
                let _ = child.kill().and_then(|()| child.wait());
                Err(error)
            }
        }
    }

    /// Kills every process in it.
    pub(super) fn kill(&self) {
        self.hold.kill();
    }

    /// Sends [`Event::Ended`] when the leader has ended, and leaves it unreaped.
    pub(super) fn announce_end(&self, events: Sender<Event>) -> io::Result<()> {
        system::announce_end(self.leader, move || {
            // Nobody listens any more once the run was ended from here.
            let _ = events.send(Event::Ended);
        })
    }
}
