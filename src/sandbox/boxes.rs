//! Which Nodes have which box here: tried out once for each, with everything that grading does.

use std::collections::BTreeMap;
use std::env;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use super::registry::{self, Entered};
use super::runner::Runner;
use super::{Layer, Program, Tier, Trouble, model, permission, system};
use crate::node::Node;
use crate::problem::Problem;
use crate::program::{Ending, Limits, RelPath};
use crate::words;

/// The file that launchers are started from.
pub(super) static LAUNCHER: OnceLock<PathBuf> = OnceLock::new();

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

/// Serves as a launcher, or as the model in a box, if this process was started as one, and then does not return; else
/// lets them be started from this program. To be called first in `main`, before anything is read.
pub fn serve_launchers() {
    system::serve();
    model::serve();
    start_launchers_from("/proc/self/exe".into());
}

/// Lets launchers and the model be started from a program whose `main` begins with [`serve_launchers`]. The first who says so is
/// heard.
pub fn start_launchers_from(program: PathBuf) {
    // Whoever came first has said it.
    let _ = LAUNCHER.set(program);
}

/// How much programs of this Node are closed off here, and by which layers; those that are off are what it lacks.
///
/// Where that cannot be found out, one layer says why, and programs are not run either.
pub fn tier(node: &Node) -> (Tier, Vec<Layer>) {
    tier_of(&node.into())
}

/// The same of whatever runs programs.
pub(super) fn tier_of(runner: &Runner) -> (Tier, Vec<Layer>) {
    let found = registry::enter().and_then(|entered| find(Tier::Full, runner, &entered));
    match found {
        Ok(Found {
            boxed: Some(boxed),
            lacking,
            ..
        }) => (boxed.tier(), [lacking, boxed.layers().to_vec()].concat()),
        Ok(Found {
            boxed: None,
            lacking,
            permissions,
        }) => (
            Tier::Limits,
            [lacking, permissions.into_iter().collect()].concat(),
        ),
        Err(trouble) => no_box(&trouble),
    }
}

/// What is said where it cannot be found out.
pub(super) fn no_box(trouble: &Trouble) -> (Tier, Vec<Layer>) {
    let why = words::with_causes(trouble);
    (Tier::Limits, vec![Layer::off("box", why)])
}

/// What was found out about a Node, or the model.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The box that closes its programs off most, if there is any.
    pub(super) boxed: Option<Arc<system::Boxed>>,
    /// What is lacking for those that would close them off more.
    lacking: Vec<Layer>,
    /// What there is instead, if it is none: Node's permission model, on or off.
    permissions: Option<Layer>,
}

impl Found {
    /// Whether Node's permission model closes its programs off a little, where no box does.
    pub(super) fn has_permissions(&self) -> bool {
        self.permissions
            .as_ref()
            .is_some_and(|layer| layer.off.is_none())
    }
}

/// Why a box is not had.
#[derive(Debug)]
pub(super) enum NoBox {
    /// It never is, here: what is off.
    Off(Layer),
    /// Now; less must not be done with instead, or whoever makes trouble could have others run without a box.
    Trouble(Trouble),
}

/// The box of this Node, or of the model, of this tier at most.
pub(super) fn find(most: Tier, runner: &Runner, entered: &Entered) -> Result<Found, Trouble> {
    static KNOWN: Mutex<BTreeMap<(Tier, PathBuf), Found>> = Mutex::new(BTreeMap::new());
    // Held while it is tried out, so that whoever asks at the same moment waits for the same answer.
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let of = (most, runner.path().to_owned());
    if let Some(found) = known.get(&of) {
        return Ok(found.clone());
    }
    let found = tried(most, runner, entered)?;
    known.insert(of, found.clone());
    Ok(found)
}

fn tried(most: Tier, runner: &Runner, entered: &Entered) -> Result<Found, Trouble> {
    let mut lacking = Vec::new();
    for tier in [Tier::Full, Tier::Partial] {
        if tier > most {
            continue;
        }
        match open(tier, runner, entered) {
            Ok(boxed) => {
                let boxed = Some(Arc::new(boxed));
                return Ok(Found {
                    boxed,
                    lacking,
                    permissions: None,
                });
            }
            Err(NoBox::Trouble(trouble)) => return Err(trouble),
            Err(NoBox::Off(off)) if lacking.contains(&off) => {}
            Err(NoBox::Off(off)) => lacking.push(off),
        }
    }
    Ok(Found {
        boxed: None,
        lacking,
        permissions: match runner {
            Runner::Node(node) => Some(permission::layer(node, entered)?),
            Runner::Model(_) => None,
        },
    })
}

fn open(tier: Tier, runner: &Runner, entered: &Entered) -> Result<system::Boxed, NoBox> {
    let off = |why: String| NoBox::Off(Layer::off("box", why));
    let program = LAUNCHER
        .get()
        .ok_or_else(|| off("the program that grades cannot start launchers".to_owned()))?;
    let most = at_most().map_err(|problem| off(problem.message))?;
    if tier > most {
        return Err(off(format!("`{AT_MOST}` is `{}`", most.word())));
    }
    let boxed = system::Boxed::open(tier, runner, program)?;
    match tried_out(&boxed, runner, entered).map_err(NoBox::Trouble)? {
        None => Ok(boxed),
        Some(why) => Err(NoBox::Off(Layer::off("self-test", why))),
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

/// Runs a program in the box that tries to get out of it; answers what it could do, or could not and must.
fn tried_out(
    boxed: &system::Boxed,
    runner: &Runner,
    entered: &Entered,
) -> Result<Option<String>, Trouble> {
    let here = |error: io::Error| Trouble::Box {
        why: format!("self-test: {error}"),
        passing: true,
    };
    // Files that are there anyway: we may be killed at any moment, and would leave one of our own.
    let outside = OUTSIDE.iter().filter(|path| Path::new(path).exists());
    let outside: Vec<String> = outside.map(|path| (*path).to_owned()).collect();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(here)?;
    let port = listener.local_addr().map_err(here)?.port();
    let entry = RelPath::new("self-test.cjs").map_err(|bad| here(io::Error::other(bad)))?;
    let told = [boxed.tier().word().to_owned(), port.to_string()];
    let program = Program {
        children: false,
        limits: Limits {
            cpu: Duration::from_secs(5),
            ..Limits::default()
        },
        ..runner.self_test(told.into_iter().chain(outside).collect(), entry)
    };
    let ended = match boxed.run(&program, entered) {
        Err(Trouble::Box {
            why,
            passing: false,
        }) => return Ok(Some(why)),
        ended => ended?,
    };
    let run = ended.judge(&program, runner)?;
    let said = String::from_utf8_lossy(&run.stdout);
    Ok(match (said.lines().next(), run.ending) {
        (None, Ending::Finished { exit: 0 }) => None,
        (Some(wrong), _) => Some(wrong.to_owned()),
        (None, Ending::Stopped(_)) => return Err(Trouble::Overloaded),
        (None, _) => {
            let said = String::from_utf8_lossy(&run.stderr);
            let line = said.lines().find(|line| !line.trim().is_empty());
            Some(line.unwrap_or("it did not run to its end").to_owned())
        }
    })
}
