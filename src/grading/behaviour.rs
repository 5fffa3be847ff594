//! What a program did, whatever it printed, held against what it should do.

use super::NotJudged;
use crate::course::Behaviour;
use crate::node::Node;
use crate::program::Run;
use crate::sandbox;

/// How a program did not behave as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misbehaved {
    /// It needed more memory than an idle program and what is allowed beyond that.
    Memory {
        /// What it needed, in bytes beyond what an idle program needs.
        needed: u64,
        /// What is allowed of it.
        most: u64,
    },
}

impl Misbehaved {
    /// Whether it may be chance: what Node has not collected yet counts too.
    pub(super) fn is_near(self) -> bool {
        match self {
            Misbehaved::Memory { needed, most } => needed < 2 * most,
        }
    }
}

/// What a program should have done otherwise in a run on this Node.
pub fn misbehaved(
    asked: &[Behaviour],
    run: &Run,
    node: &Node,
) -> Result<Vec<Misbehaved>, NotJudged> {
    let one = |asked: &Behaviour| match asked {
        Behaviour::Memory { most } => memory(run.spent.memory, *most, node),
    };
    asked
        .iter()
        .filter_map(|asked| one(asked).transpose())
        .collect()
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
