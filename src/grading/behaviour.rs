//! What a program did, whatever it printed, held against what it should do.

use super::NotJudged;
use super::verdict::Misbehaved;
use crate::course::{Behaviour, Need};
use crate::node::Node;
use crate::program::Run;
use crate::sandbox;

/// What it should have done otherwise in a run on this Node.
pub fn judge(asked: &[Behaviour], run: &Run, node: &Node) -> Result<Vec<Misbehaved>, NotJudged> {
    let mut misbehaved = Vec::new();
    for asked in asked {
        match asked {
            Behaviour::Memory(bound) => {
                let idle = super::tried_twice(|| sandbox::idle_memory(node));
                let idle = idle.map_err(NotJudged::of)?;
                if idle == 0 {
                    return Err(NotJudged::Needs(Need::Memory));
                }
                let judged = bound.judge(run.spent.memory, idle);
                misbehaved.extend(judged.err().map(Misbehaved::Memory));
            }
        }
    }
    Ok(misbehaved)
}
