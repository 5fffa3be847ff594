//! What a program did, whatever it printed, held against what it should do.

pub mod module;
pub mod server;

use std::time::Duration;

use super::NotJudged;
use crate::course::{Behaviour, Need};
use crate::node::Node;
use crate::program::{Call, Loops, ModuleSystem, Run, Threads};
use crate::sandbox::{self, Idle};
use crate::trace::Times;
use crate::words;

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
    /// Its main thread worked more than that of an idle program and what is allowed beyond that.
    MainThread {
        /// How much beyond that.
        used: Duration,
        /// What is allowed of it.
        most: Duration,
    },
    /// Another number of its other threads did the work.
    Workers {
        /// How many did.
        found: u32,
        /// How many should.
        expected: Times,
        /// Whether it may be chance, since one did nearly as much as makes the difference.
        near: bool,
    },
    /// Its event loop was held for longer than so many times what an idle program's main thread works.
    Held {
        /// How long, in one turn.
        held: Duration,
        /// What is allowed of it.
        most: Duration,
        /// How many times.
        times: u32,
    },
    /// It called a function that it should not.
    Called(Call),
    /// It is no such server.
    Server(server::Fault),
    /// It is no such module.
    Module(module::Fault),
}

impl Misbehaved {
    /// Whether it may be chance: what Node has not collected yet counts too.
    pub(super) fn is_near(&self) -> bool {
        match self {
            Misbehaved::Memory { needed, most } => *needed < 2 * most,
            Misbehaved::MainThread { used, most } => *used < 2 * *most,
            Misbehaved::Called(_) | Misbehaved::Module(_) => false,
            Misbehaved::Held { held, most, .. } => *held < 2 * *most,
            Misbehaved::Workers { near, .. } => *near,
            Misbehaved::Server(fault) => fault.is_near(),
        }
    }
}

/// What a program, whose entry has this module system, should have done otherwise in a run on this Node.
pub fn misbehaved(
    asked: &[Behaviour],
    run: &Run,
    module: ModuleSystem,
    node: &Node,
) -> Result<Vec<Misbehaved>, NotJudged> {
    let mut misbehaved = at_any_end(asked, run, module)?;
    for one in asked {
        match one {
            Behaviour::Memory { most } => {
                misbehaved.extend(memory(run.spent.memory, *most, node)?);
            }
            Behaviour::Threads { main, workers } => {
                let Some(threads) = &run.threads else {
                    return Err(NotJudged::Needs(Need::Watching));
                };
                if let Some(most) = main {
                    misbehaved.extend(main_thread(threads.main, *most, node)?);
                }
                misbehaved.extend(workers.and_then(|expected| others(threads, expected)));
            }
            Behaviour::Responsive { most } => {
                let Some(turns) = &run.turns else {
                    return Err(NotJudged::Needs(Need::Hearing));
                };
                misbehaved.extend(held(turns, *most, node)?);
            }
            Behaviour::Never(functions) => {
                let Some(heard) = &run.calls else {
                    return Err(NotJudged::Needs(Need::Calls));
                };
                if let Some(unknown) = heard.unknown.iter().find(|of| functions.contains(of)) {
                    let names = words::code(&unknown.names);
                    return Err(NotJudged::Trouble(format!(
                        "this Node has no function {names}"
                    )));
                }
                let calls = heard
                    .calls
                    .iter()
                    .filter(|call| functions.contains(&call.of));
                misbehaved.extend(calls.cloned().map(Misbehaved::Called));
            }
            Behaviour::Server(_) => {}
            Behaviour::Module(module) => {
                let faults = module::faults(module, run)?;
                misbehaved.extend(faults.into_iter().map(Misbehaved::Module));
            }
        }
    }
    Ok(misbehaved)
}

/// What can be said of a run however that ended: what a server has answered, and which module system it is.
pub(super) fn at_any_end(
    asked: &[Behaviour],
    run: &Run,
    module: ModuleSystem,
) -> Result<Vec<Misbehaved>, NotJudged> {
    let mut misbehaved = Vec::new();
    for one in asked {
        match one {
            Behaviour::Server(asks) => {
                let served = run.served.as_ref();
                let faults = served.map(|served| server::faults(asks, served));
                let faults = faults.transpose()?.into_iter().flatten();
                misbehaved.extend(faults.map(Misbehaved::Server));
            }
            Behaviour::Module(wanted) => {
                let fault = module::system(wanted, module);
                misbehaved.extend(fault.map(Misbehaved::Module));
            }
            Behaviour::Memory { .. }
            | Behaviour::Threads { .. }
            | Behaviour::Responsive { .. }
            | Behaviour::Never(_) => {}
        }
    }
    Ok(misbehaved)
}

fn memory(peak: u64, most: u64, node: &Node) -> Result<Option<Misbehaved>, NotJudged> {
    compared(node, |idle| {
        let needed = peak.saturating_sub(idle.memory);
        (needed > most).then_some(Misbehaved::Memory { needed, most })
    })
}

fn main_thread(
    used: Duration,
    most: Duration,
    node: &Node,
) -> Result<Option<Misbehaved>, NotJudged> {
    compared(node, |idle| {
        let used = used.saturating_sub(idle.main);
        (used > most).then_some(Misbehaved::MainThread { used, most })
    })
}

fn held(loops: &Loops, times: u32, node: &Node) -> Result<Option<Misbehaved>, NotJudged> {
    let idle = super::tried_twice(|| sandbox::idle(node)).map_err(NotJudged::of)?;
    let turns = loops.at(idle.loop_at.ok_or(NotJudged::Needs(Need::Hearing))?);
    compared(node, |idle| {
        // In the first turn Node starts, as it does for an idle program.
        let held = turns.longest.max(turns.first.saturating_sub(idle.main));
        let most = times * idle.main;
        (held > most).then_some(Misbehaved::Held { held, most, times })
    })
}

/// What is wrong beside an idle program.
fn compared(
    node: &Node,
    wrong: impl Fn(Idle) -> Option<Misbehaved>,
) -> Result<Option<Misbehaved>, NotJudged> {
    let idle = super::tried_twice(|| sandbox::idle(node)).map_err(NotJudged::of)?;
    if wrong(idle).is_none() {
        return Ok(None);
    }
    // Nobody loses points because the idle program was seen badly.
    let idle = super::tried_twice(|| sandbox::idle_again(node)).map_err(NotJudged::of)?;
    Ok(wrong(idle))
}

/// How much processor time makes a thread one that does the work.
const WORKED: Duration = Duration::from_millis(50);

fn others(threads: &Threads, expected: Times) -> Option<Misbehaved> {
    let worked = |least| threads.others.iter().filter(|ran| **ran >= least).count() as u32;
    let fits = |found| found >= expected.least && expected.most.is_none_or(|most| found <= most);
    let found = worked(WORKED);
    let mut perhaps = worked(WORKED * 2)..=worked(WORKED / 2);
    (!fits(found)).then(|| Misbehaved::Workers {
        found,
        expected,
        near: perhaps.any(fits),
    })
}
