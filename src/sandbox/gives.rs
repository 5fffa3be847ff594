//! What a program may need beside processor time and memory, and not every machine gives. Each is tried out, once.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use super::{Program, Tier, run, tier};
use crate::node::Node;
use crate::program::{Ending, Files, RelPath};

/// Whether programs of this Node can connect to each other on 127.0.0.1.
pub fn gives_loopback(node: &Node) -> bool {
    static GIVEN: OnceLock<bool> = OnceLock::new();
    match tier(node).0 {
        // It has one of its own, or it is none.
        Tier::Full => true,
        Tier::Partial => false,
        Tier::Limits => *GIVEN.get_or_init(|| connected().is_ok()),
    }
}

/// Whether it is heard when the event loop of programs of this Node turns, unless somebody around us hears the calls of
/// all programs already.
pub fn hears(node: &Node) -> bool {
    match tier(node).0 {
        Tier::Full | Tier::Partial => true,
        Tier::Limits => false,
    }
}

/// Whether it is heard which functions programs of this Node call, with the same exception.
pub fn hears_calls(node: &Node) -> bool {
    tier(node).0 == Tier::Full
}

/// A Linux lets one listen on a loopback network that is down; only who connects is told.
fn connected() -> io::Result<TcpStream> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    TcpStream::connect_timeout(&listener.local_addr()?, Duration::from_secs(5))
}

/// Starts a child and waits for it.
const PARENT: &str = "\
const { error, status } = require('child_process').spawnSync(process.execPath, ['--version'])
process.exit(error || status !== 0 ? 1 : 0)
";

/// Whether a program of this Node can start another.
///
/// Where something else kept us from finding out, it counts as given, and the test that needs it will meet the same.
pub fn gives_children(node: &Node) -> bool {
    static GIVEN: Mutex<BTreeMap<PathBuf, bool>> = Mutex::new(BTreeMap::new());
    // Held while it is tried out, so that whoever asks at the same moment waits for the same answer.
    let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = given.get(&node.path) {
        return *known;
    }
    let Some(answer) = started_a_child(node) else {
        return true;
    };
    given.insert(node.path.clone(), answer);
    answer
}

fn started_a_child(node: &Node) -> Option<bool> {
    let entry = RelPath::new("main.cjs").ok()?;
    let files = Files::from_iter([(entry.clone(), PARENT.as_bytes().into())]);
    let program = Program::new(files, entry);
    match run(&program, node).ok()?.ending {
        Ending::Finished { exit } => Some(exit == 0),
        // Where it is forbidden, asking for it throws.
        Ending::Threw { .. } => Some(false),
        Ending::NotStarted { .. }
        | Ending::Signal { .. }
        | Ending::Stopped(_)
        | Ending::Dismissed => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_tried_out_counts_as_given() {
        let nowhere = Node {
            path: "/no/such/node".into(),
            version: "22.0.0".parse().unwrap(),
        };
        assert!(gives_children(&nowhere));
    }
}
