//! What a program needs that does nothing: what others need is measured from there.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::{Program, Trouble, run};
use crate::node::Node;
use crate::program::{Ending, Files, Looks, Loops, RelPath};

/// It waits until it was looked at often enough, also where somebody else has the core for a while.
const IDLE: &str = "setTimeout(() => {}, 300)\n";

/// So often it is run at first, since two runs differ by some 100 KB.
const RUNS: u32 = 3;

/// The most that a program needs which does nothing, as [`run`] sees it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Idle {
    /// Memory, in bytes.
    pub memory: u64,
    /// The processor time of its main thread.
    pub main: Duration,
    /// At which descriptor its event loop asks for events, where that is heard. It is opened before anything of a program
    /// is run, and so was the same in every program of one Node.
    pub loop_at: Option<u64>,
}

impl Idle {
    fn or_more(self, other: Idle) -> Idle {
        Idle {
            memory: self.memory.max(other.memory),
            main: self.main.max(other.main),
            loop_at: other.loop_at.or(self.loop_at),
        }
    }
}

/// What is known of each Node, by its path.
static MEASURED: Mutex<BTreeMap<PathBuf, Idle>> = Mutex::new(BTreeMap::new());

/// What a program of this Node needs that does nothing. It is measured once.
pub fn idle(node: &Node) -> Result<Idle, Trouble> {
    // Held while it is measured, so that whoever asks at the same moment waits for the same answer.
    let mut measured = MEASURED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = measured.get(&node.path) {
        return Ok(*known);
    }
    let mut most = Idle::default();
    for _ in 0..RUNS {
        most = most.or_more(measure(node)?);
    }
    measured.insert(node.path.clone(), most);
    Ok(most)
}

/// The same, after it was measured once more.
pub fn idle_again(node: &Node) -> Result<Idle, Trouble> {
    let again = measure(node)?;
    let mut measured = MEASURED.lock().unwrap_or_else(PoisonError::into_inner);
    let most = measured.entry(node.path.clone()).or_default();
    *most = again.or_more(*most);
    Ok(*most)
}

fn measure(node: &Node) -> Result<Idle, Trouble> {
    let entry = RelPath::new("idle.cjs").map_err(|_| Trouble::Idle)?;
    let files = Files::from_iter([(entry.clone(), IDLE.as_bytes().into())]);
    let program = Program {
        looks: Looks {
            threads: true,
            turns: true,
            ..Looks::default()
        },
        ..Program::new(files, entry)
    };
    let idle = run(&program, node)?;
    match (idle.ending, idle.threads) {
        (Ending::Finished { exit: 0 }, Some(threads)) if idle.spent.memory > 0 => Ok(Idle {
            memory: idle.spent.memory,
            main: threads.main,
            loop_at: idle.turns.as_ref().and_then(Loops::busiest),
        }),
        _ => Err(Trouble::Idle),
    }
}
