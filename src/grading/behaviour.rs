//! What a program did, whatever it printed, held against what it should do.

pub mod server;

use super::NotJudged;
use crate::course::Behaviour;
use crate::node::Node;
use crate::program::Run;
use crate::sandbox;

/// How a program did not behave as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misbehaved {
    /// It needed more memory than an idle program and what is allowed beyond that.
    Memory {
        /// What it needed, in bytes beyond what an idle program needs.
        needed: u64,
        /// What is allowed of it.
        most: u64,
    },
    /// It is no such server.
    Server(server::Fault),
}

impl Misbehaved {
    /// Whether it may be chance: what Node has not collected yet counts too.
    pub(super) fn is_near(&self) -> bool {
        match self {
            Misbehaved::Memory { needed, most } => *needed < 2 * most,
            Misbehaved::Server(fault) => fault.is_near(),
        }
    }
}

/// What a program should have done otherwise in a run on this Node.
pub fn misbehaved(
    asked: &[Behaviour],
    run: &Run,
    node: &Node,
) -> Result<Vec<Misbehaved>, NotJudged> {
    let mut misbehaved = misserved(asked, run);
    for one in asked {
        match one {
            Behaviour::Memory { most } => {
                misbehaved.extend(memory(run.spent.memory, *most, node)?);
            }
            Behaviour::Server(_) => {}
        }
    }
    Ok(misbehaved)
}

/// What a server should have done otherwise in a run, however that ended.
pub(super) fn misserved(asked: &[Behaviour], run: &Run) -> Vec<Misbehaved> {
    let faults = asked.iter().flat_map(|one| match (one, &run.served) {
        (Behaviour::Server(asked), Some(served)) => server::faults(asked, served),
        (Behaviour::Server(_), None) | (Behaviour::Memory { .. }, _) => Vec::new(),
    });
    faults.map(Misbehaved::Server).collect()
}

fn memory(peak: u64, most: u64, node: &Node) -> Result<Option<Misbehaved>, NotJudged> {
    let beyond = |idle: Result<u64, _>| idle.map(|idle| peak.saturating_sub(idle));
    let needed = super::tried_twice(|| beyond(sandbox::idle_memory(node)));
    if needed.map_err(NotJudged::of)? <= most {
        return Ok(None);
    }
    // Nobody loses points because the idle program was seen badly.
    let needed = super::tried_twice(|| beyond(sandbox::idle_memory_again(node)));
    let needed = needed.map_err(NotJudged::of)?;
    Ok((needed > most).then_some(Misbehaved::Memory { needed, most }))
}
