//! What a program needs that does nothing: what others need is measured from there.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::{Program, Trouble, run};
use crate::node::Node;
use crate::program::{Files, RelPath};

/// It waits until it was looked at often enough.
const IDLE: &str = "setTimeout(() => {}, 100)\n";

/// So often it is run, since two runs differ by some 100 KB.
const RUNS: u32 = 3;

/// The most memory that a program of this Node needs which does nothing, in bytes, as [`run`] sees it; 0 where memory
/// cannot be seen. It is measured once.
pub fn idle_memory(node: &Node) -> Result<u64, Trouble> {
    static MEASURED: Mutex<BTreeMap<PathBuf, u64>> = Mutex::new(BTreeMap::new());
    // Held while it is measured, so that whoever asks at the same moment waits for the same answer.
    let mut measured = MEASURED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = measured.get(&node.path) {
        return Ok(*known);
    }
    let mut most = 0;
    for _ in 0..RUNS {
        most = most.max(run(&idle(), node)?.spent.memory);
    }
    measured.insert(node.path.clone(), most);
    Ok(most)
}

fn idle() -> Program {
    let entry = RelPath::new("idle.cjs").unwrap_or_else(|_| unreachable!("it is a name"));
    Program::new(
        Files::from_iter([(entry.clone(), IDLE.as_bytes().into())]),
        entry,
    )
}
