//! What a launcher puts around every program that it starts.

use std::path::{Path, PathBuf};

use super::confine::{Files, Filters, Guard, LIBRARIES};
use super::network::Network;
use super::root::{NODE, WRITABLE};
use super::wire::Request;
use crate::sandbox::Tier;

/// What is the same for all of a launcher's programs.
#[derive(Debug)]
pub(super) struct Around {
    /// `full` or `partial`.
    pub(super) tier: Tier,
    /// Where Node is, as its programs see it.
    pub(super) node: PathBuf,
    pub(super) filters: Filters,
    /// In the tier `full`.
    pub(super) network: Option<Network>,
}

/// Files of the system that Node and its programs read; nothing in them is anybody's own. `/proc/self` is only of the
/// process that asks for this.
const OF_THE_SYSTEM: [&str; 26] = [
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib64",
    "/nix/store",
    "/gnu/store",
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/etc/ssl/openssl.cnf",
    "/etc/pki/tls/openssl.cnf",
    "/etc/passwd",
    "/etc/group",
    "/etc/hosts",
    "/etc/nsswitch.conf",
    "/dev/zero",
    "/dev/full",
    "/dev/random",
    "/dev/urandom",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/loadavg",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/uptime",
    "/proc/version",
];

impl Around {
    /// Guards the files from this process and those that it starts.
    pub(super) fn guard(&self, request: &Request) -> Result<(), landlock::RulesetError> {
        match self.tier {
            Tier::Full => {
                let start = match request.children {
                    true => vec!["/".into()],
                    false => self.node_and_libraries(),
                };
                let files = Files {
                    read: vec!["/".into()],
                    write: WRITABLE.map(PathBuf::from).into(),
                    start,
                };
                Guard::Second.put_on(&files)
            }
            Tier::Partial | Tier::Limits => {
                let read = OF_THE_SYSTEM.map(PathBuf::from).into_iter();
                let read = read.chain([self.node.clone()]);
                // Above the program's folder, the search for a `package.json` ends.
                let above = request.program.parent().map(Path::to_owned);
                let files = Files {
                    read: read.chain(above).collect(),
                    write: vec![request.program.clone(), request.tmp.clone()],
                    start: self.node_and_libraries(),
                };
                Guard::Only.put_on(&files)
            }
        }
    }

    /// Without children, only Node itself is ever started, and the loader that it needs.
    fn node_and_libraries(&self) -> Vec<PathBuf> {
        let libraries = LIBRARIES.map(PathBuf::from).into_iter();
        libraries.chain([self.node.clone()]).collect()
    }

    /// Where Node is for programs of this tier.
    pub(super) fn node(tier: Tier, outside: &Path) -> PathBuf {
        match tier {
            Tier::Full => NODE.into(),
            Tier::Partial | Tier::Limits => outside.to_owned(),
        }
    }
}
