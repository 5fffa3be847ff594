//! What a program needs that does nothing: what others need is measured from there.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::{Program, Trouble, run};
use crate::node::Node;
use crate::program::{Ending, Files, RelPath};

/// It waits until it was looked at often enough, also where somebody else has the core for a while.
const IDLE: &str = "setTimeout(() => {}, 300)\n";

/// So often it is run at first, since two runs differ by some 100 KB.
const RUNS: u32 = 3;

/// What is known of each Node, by its path.
static MEASURED: Mutex<BTreeMap<PathBuf, u64>> = Mutex::new(BTreeMap::new());

/// The most memory that a program of this Node needs which does nothing, in bytes, as [`run`] sees it. It is measured
/// once.
pub fn idle_memory(node: &Node) -> Result<u64, Trouble> {
    // Held while it is measured, so that whoever asks at the same moment waits for the same answer.
    let mut measured = MEASURED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = measured.get(&node.path) {
        return Ok(*known);
    }
    let mut most = 0;
    for _ in 0..RUNS {
        most = most.max(measure(node)?);
    }
    measured.insert(node.path.clone(), most);
    Ok(most)
}

/// The same, after it was measured once more.
pub fn idle_memory_again(node: &Node) -> Result<u64, Trouble> {
    let again = measure(node)?;
    let mut measured = MEASURED.lock().unwrap_or_else(PoisonError::into_inner);
    let most = measured.entry(node.path.clone()).or_default();
    *most = again.max(*most);
    Ok(*most)
}

fn measure(node: &Node) -> Result<u64, Trouble> {
    let entry = RelPath::new("idle.cjs").map_err(|_| Trouble::Idle)?;
    let files = Files::from_iter([(entry.clone(), IDLE.as_bytes().into())]);
    let idle = run(&Program::new(files, entry), node)?;
    match idle.ending {
        Ending::Finished { exit: 0 } if idle.spent.memory > 0 => Ok(idle.spent.memory),
        _ => Err(Trouble::Idle),
    }
}
