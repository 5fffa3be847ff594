//! Where one Node orders otherwise than another: one table, by version and by how the main file is loaded.
//!
//! Each line was found, and is held, by running programs on Node 18, 20, 22, 24 and 26: `tests/differential`.

use super::Fault;
use crate::program::{ModuleSystem, Version};

/// What a Node does, where not all do the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ways {
    /// Timers are looked at at the head of each turn (libuv before 1.45), not at its end.
    pub timers_open_the_turn: bool,
    /// Timers that became due while timers ran are run in the same phase (libuv before 1.48).
    pub timers_run_again: bool,
    /// An ES module is evaluated in the poll phase, after its files were read, not before the first turn.
    pub esm_starts_in_poll: bool,
    /// After how many steps more than it must Node looks at what became of a main ES module.
    pub main_steps: u32,
    /// In how many visits of the poll phase a file is read, while the loop does not wait there.
    pub read_visits: u32,
    /// In how many one is written.
    pub write_visits: u32,
    /// Ticks and promise jobs that a throw left over are run before immediates.
    pub check_drains_first: bool,
    /// The rule that is broken, if one is.
    pub fault: Option<Fault>,
}

impl Ways {
    /// Those of this Node, but for the rule that is broken.
    pub fn of(node: Version, module: ModuleSystem, fault: Option<Fault>) -> Ways {
        let is_kept = |rule: Fault| fault != Some(rule);
        Ways {
            timers_open_the_turn: node.major < 20,
            timers_run_again: node.major < 22 && is_kept(Fault::TimersRunOnce),
            esm_starts_in_poll: module == ModuleSystem::Esm
                && node.major < 22
                && is_kept(Fault::ModuleBeforeLoop),
            main_steps: if node.major < 22 { 2 } else { 3 },
            read_visits: if node.major < 26 { 4 } else { 1 },
            write_visits: if node.major < 26 { 3 } else { 1 },
            check_drains_first: node.major < 26,
            fault,
        }
    }

    /// Whether this rule is broken.
    pub fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }
}
