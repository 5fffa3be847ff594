//! What a launcher puts around every program that it starts.

use std::path::{Path, PathBuf};

use super::confine::{Guard, Usable};
use super::filters::Filters;
use super::network::Network;
use super::root::{NODE, SYSTEM, WRITABLE};
use super::wire::{Request, Walls};

/// What is the same for all of a launcher's programs.
#[derive(Debug)]
pub(super) struct Around {
    pub(super) walls: Walls,
    /// Where Node is, as its programs see it.
    pub(super) node: PathBuf,
    pub(super) filters: Filters,
    /// Where it has one of its own.
    pub(super) network: Option<Network>,
}

/// Files beside [`SYSTEM`] that Node and its programs read; nothing in them is anybody's own. `/proc/self` is only of the
/// process that asks for this.
const READ: [&str; 19] = [
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

/// Where the loader is that Node needs, and its libraries.
const LIBRARIES: [&str; 6] = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/nix", "/gnu"];

impl Around {
    /// Guards the files from this process, which is about to become the Node at this path, and those that it starts.
    pub(super) fn guard(
        &self,
        request: &Request,
        node: &Path,
    ) -> Result<(), landlock::RulesetError> {
        let node = node.to_owned();
        match self.walls {
            Walls::Namespaces => {
                let start = match request.children {
                    true => vec!["/".into(), node.clone()],
                    false => node_and_libraries(&node),
                };
                let files = Usable {
                    read: vec!["/".into(), node],
                    write: WRITABLE.map(PathBuf::from).into(),
                    start,
                };
                Guard::Second.put_on(&files)
            }
            Walls::Guards => {
                let system = SYSTEM.map(|folder| Path::new("/").join(folder));
                let read = READ.map(PathBuf::from).into_iter().chain(system);
                let read = read.chain([node.clone()]);
                // Above the program's folder, the search for a `package.json` ends.
                let above = request.program.parent().map(Path::to_owned);
                let files = Usable {
                    read: read.chain(above).collect(),
                    write: vec![request.program.clone(), request.tmp.clone()],
                    start: node_and_libraries(&node),
                };
                Guard::Only.put_on(&files)
            }
        }
    }

    /// Where Node is for programs within these walls.
    pub(super) fn node(walls: Walls, outside: &Path) -> PathBuf {
        match walls {
            Walls::Namespaces => NODE.into(),
            Walls::Guards => outside.to_owned(),
        }
    }
}

/// Without children, only Node itself is ever started, and the loader that it needs.
fn node_and_libraries(node: &Path) -> Vec<PathBuf> {
    let libraries = LIBRARIES.map(PathBuf::from).into_iter();
    libraries.chain([node.to_owned()]).collect()
}
