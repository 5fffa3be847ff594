//! Which Nodes have which box here: tried out once for each, with everything that grading does.

use std::collections::BTreeMap;
use std::env;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use super::registry::{self, Entered};
use super::{Layer, Program, Tier, system};
use crate::node::Node;
use crate::problem::Problem;
use crate::program::{Ending, Files, Input, Limits, RelPath};
use crate::words;

/// The file that launchers are started from.
static LAUNCHER: OnceLock<PathBuf> = OnceLock::new();

/// A variable that says how much programs are to be closed off at most; for looking into what goes wrong in a box.
const AT_MOST: &str = "TICKMARK_SANDBOX";

/// How much programs may be closed off at most, as the environment asks.
pub fn at_most() -> Result<Tier, Problem> {
    let Some(asked) = env::var_os(AT_MOST) else {
        return Ok(Tier::Full);
    };
    let known = Tier::ALL.into_iter().find(|tier| asked == tier.word());
    known.ok_or_else(|| {
        let words = Tier::ALL.map(|tier| words::code(tier.word()));
        Problem::new(format!(
            "`{AT_MOST}` is {}",
            words::code(&asked.to_string_lossy())
        ))
        .help(format!("it can be {}", words::or(words)))
    })
}

/// Serves as a launcher if this process was started as one, and then does not return; else lets launchers be started
/// from this program. To be called first in `main`, before anything is read.
pub fn serve_launchers() {
    system::serve();
    start_launchers_from("/proc/self/exe".into());
}

/// Lets launchers be started from a program whose `main` begins with [`serve_launchers`]. The first who says so is
/// heard.
pub fn start_launchers_from(program: PathBuf) {
    // Whoever came first has said it.
    let _ = LAUNCHER.set(program);
}

/// How much programs of this Node are closed off here, and by which layers; those that are off are what it lacks.
pub fn tier(node: &Node) -> (Tier, Vec<Layer>) {
    let found = match registry::enter() {
        Ok(entered) => find(Tier::Full, node, &entered),
        Err(trouble) => Found {
            boxed: None,
            lacking: vec![Layer::off("launcher", trouble.to_string())],
        },
    };
    match found.boxed {
        Some(boxed) => (
            boxed.tier(),
            [found.lacking, boxed.layers().to_vec()].concat(),
        ),
        None => (Tier::Limits, found.lacking),
    }
}

/// What was found out about a Node.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The box that closes its programs off most, if there is any.
    pub(super) boxed: Option<Arc<system::Boxed>>,
    /// What is lacking for those that would close them off more.
    lacking: Vec<Layer>,
}

/// The box of this Node, of this tier at most.
pub(super) fn find(most: Tier, node: &Node, entered: &Entered) -> Found {
    static KNOWN: Mutex<BTreeMap<(Tier, PathBuf), Found>> = Mutex::new(BTreeMap::new());
    // Held while it is tried out, so that whoever asks at the same moment waits for the same answer.
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let found = known
        .entry((most, node.path.clone()))
        .or_insert_with(|| tried(most, node, entered));
    found.clone()
}

fn tried(most: Tier, node: &Node, entered: &Entered) -> Found {
    let mut lacking = Vec::new();
    for tier in [Tier::Full, Tier::Partial] {
        if tier > most {
            continue;
        }
        match open(tier, node, entered) {
            Ok(boxed) => {
                let boxed = Some(Arc::new(boxed));
                return Found { boxed, lacking };
            }
            Err(off) if lacking.contains(&off) => {}
            Err(off) => lacking.push(off),
        }
    }
    Found {
        boxed: None,
        lacking,
    }
}

fn open(tier: Tier, node: &Node, entered: &Entered) -> Result<system::Boxed, Layer> {
    let program = LAUNCHER.get().ok_or_else(|| {
        let why = "the program that grades cannot start launchers".to_owned();
        Layer::off("launcher", why)
    })?;
    match at_most() {
        Ok(most) if tier <= most => {}
        Ok(most) => {
            let why = format!("`{AT_MOST}` is `{}`", most.word());
            return Err(Layer::off("box", why));
        }
        Err(problem) => return Err(Layer::off("box", problem.message)),
    }
    let boxed = system::Boxed::open(tier, node, program)?;
    match tried_out(&boxed, node, entered) {
        Ok(()) => Ok(boxed),
        Err(why) => Err(Layer::off("self-test", why)),
    }
}

/// Files and folders that most systems have, and no program in a box sees.
const OUTSIDE: [&str; 7] = [
    "/etc/machine-id",
    "/etc/hostname",
    "/etc/fstab",
    "/etc/shells",
    "/home",
    "/root",
    "/var",
];

/// Runs a program in the box that tries to get out of it; the error says what it could do.
fn tried_out(boxed: &system::Boxed, node: &Node, entered: &Entered) -> Result<(), String> {
    let here = |error: io::Error| format!("it cannot be made: {error}");
    // Files that are there anyway: we may be killed at any moment, and would leave one of our own.
    let outside = OUTSIDE.iter().filter(|path| Path::new(path).exists());
    let outside: Vec<String> = outside.map(|path| (*path).to_owned()).collect();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(here)?;
    let port = listener.local_addr().map_err(here)?.port();
    let entry = RelPath::new("self-test.cjs").map_err(|bad| bad.to_string())?;
    let text = include_bytes!("boxes/self-test.cjs").as_slice();
    let program = Program {
        input: Input {
            args: [boxed.tier().word().to_owned(), port.to_string()]
                .into_iter()
                .chain(outside)
                .collect(),
            ..Input::default()
        },
        children: false,
        limits: Limits {
            cpu: Duration::from_secs(5),
            ..Limits::default()
        },
        ..Program::new(Files::from_iter([(entry.clone(), text.into())]), entry)
    };
    let ended = boxed.run(&program, entered);
    let run = ended.and_then(|ended| ended.judge(&program, node));
    let run = run.map_err(|trouble| words::with_causes(&trouble))?;
    let said = String::from_utf8_lossy(&run.stdout);
    match (said.lines().next(), run.ending) {
        (None, Ending::Finished { exit: 0 }) => Ok(()),
        (Some(wrong), _) => Err(wrong.to_owned()),
        (None, _) => {
            let said = String::from_utf8_lossy(&run.stderr);
            let line = said.lines().find(|line| !line.trim().is_empty());
            Err(line.unwrap_or("it did not run to its end").to_owned())
        }
    }
}
