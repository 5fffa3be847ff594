//! What a program in the box may still have and use: limits, privileges, files; decided by the process that is about to
//! become it.

use std::io;
use std::path::PathBuf;

use landlock::{
    ABI, Access, AccessFs, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetError, Scope,
};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::thread::{CapabilitySet, CapabilitySets, set_capabilities, set_no_new_privs};

/// How many descriptors each of its processes may have open.
pub(super) const DESCRIPTORS: u64 = 1024;

/// How many threads all of them may have together.
pub(super) const THREADS: u64 = 512;

/// The limits that the system holds by itself; of processor time only a backstop.
///
/// Threads are counted for each user, so they are bounded only where the program is a user of its own.
pub(super) fn rein_in(cpu_seconds: u64, own_user: bool) -> io::Result<()> {
    let threads = own_user.then_some((Resource::Nproc, THREADS));
    let resources = [
        (Resource::Nofile, DESCRIPTORS),
        (Resource::Memlock, 0),
        (Resource::Msgqueue, 0),
        (Resource::Nice, 0),
        (Resource::Rtprio, 0),
        (Resource::Sigpending, 256),
    ];
    let backstops = super::super::backstops(cpu_seconds);
    for (resource, most) in backstops.into_iter().chain(resources).chain(threads) {
        // Where whoever grades may have less, so may the program.
        let most = Some(
            getrlimit(resource)
                .maximum
                .map_or(most, |own| own.min(most)),
        );
        let most = Rlimit {
            current: most,
            maximum: most,
        };
        setrlimit(resource, most)?;
    }
    Ok(())
}

/// No privilege, and none to be had from any file.
pub(super) fn give_up_privileges() -> io::Result<()> {
    let none = CapabilitySets {
        effective: CapabilitySet::empty(),
        permitted: CapabilitySet::empty(),
        inheritable: CapabilitySet::empty(),
    };
    set_capabilities(None, none)?;
    set_no_new_privs(true)?;
    Ok(())
}

/// Which files may be used, and how.
#[derive(Debug)]
pub(super) struct Usable {
    pub(super) read: Vec<PathBuf>,
    /// Those that may also be written.
    pub(super) write: Vec<PathBuf>,
    /// Those that may be started.
    pub(super) start: Vec<PathBuf>,
}

/// How sure a guard must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    /// It says once more what the mounts say: as much as the kernel has of it.
    Second,
    /// There is no other: with all that reads and writes files.
    Only,
}

impl Guard {
    fn ruleset(self) -> Result<Ruleset, RulesetError> {
        let all = ABI::V6;
        let rules = match self {
            Guard::Second => Ruleset::default(),
            // The first that also knows the cutting of files, without opening them.
            Guard::Only => Ruleset::default()
                .set_compatibility(CompatLevel::HardRequirement)
                .handle_access(AccessFs::from_all(ABI::V3))?,
        };
        rules
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(all))?
            .scope(Scope::from_all(all))
    }

    /// Whether the kernel has it.
    pub(super) fn can_be_had(self) -> Result<(), RulesetError> {
        let first = Ruleset::default().set_compatibility(CompatLevel::HardRequirement);
        first.handle_access(AccessFs::Execute)?.create()?;
        self.ruleset()?.create()?;
        Ok(())
    }

    /// Lets this process, and those that it starts, use no other files than these.
    pub(super) fn put_on(self, files: &Usable) -> Result<(), RulesetError> {
        let abi = ABI::V6;
        let read = AccessFs::from_read(abi) & !AccessFs::Execute;
        // No device is ever made.
        let write = AccessFs::from_write(abi) & !(AccessFs::MakeChar | AccessFs::MakeBlock);
        let device = AccessFs::WriteFile | AccessFs::ReadFile;
        let all = [
            (&files.read, read),
            (&files.write, read | write),
            (&files.start, AccessFs::Execute.into()),
            (&vec!["/dev/null".into()], device),
        ];
        let mut rules = self.ruleset()?.create()?;
        for (paths, access) in all {
            // What is not there needs no rule.
            let there = paths.iter().filter_map(|path| PathFd::new(path).ok());
            let of_each = there.map(|fd| Ok::<_, RulesetError>(PathBeneath::new(fd, access)));
            rules = rules.add_rules(of_each)?;
        }
        rules.restrict_self()?;
        Ok(())
    }
}
