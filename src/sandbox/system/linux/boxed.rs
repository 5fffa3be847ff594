//! The boxes of the tiers `full` and `partial`, for one program after another.
//!
//! # Theory of operation
//!
//! ```text
//! grader                  many threads; holds expected lines in its memory
//! └─ launcher             one for each run at a time: this program started anew, with one thread and no environment,
//!    │                    in new user, mount, network, IPC, host name and cgroup namespaces, on a root of its own
//!    └─ first process     one for each run: in new process and mount namespaces, and a network that was not used before;
//!       │                 mounts what is new, writes the files, watches, ends all
//!       └─ Node           the program: another session, no privileges, guarded files, filtered calls
//! ```
//!
//! In `partial` there are no namespaces, and the launcher does itself what the first process does else.
//!
//! **Memory.** No process is a copy of another: whoever starts one stands still and lends it its memory until it ends or
//! becomes another program (`raw.rs`). So a launcher makes one run at a time, and a run costs no copying.
//!
//! **Node.** From the seventeenth run on, a box of namespaces starts a copy of Node in large pages (`large_pages.rs`),
//! which one of its launchers has made; the grader holds it. What a run sees of it is not memory of the run.
//!
//! **Lines.** To a launcher goes one: what comes on it are orders, each with five descriptors: the request, the three
//! streams, and a line of that run's own, on which the launcher reports its end; and the copy of Node, if there is any.
//! A launcher ends when its line does, and with it, by the kernel, its runs: so nothing is left when the grader is killed.
//!
//! **Limits.** Whoever started Node looks every 10 ms at what all others use; output is counted by the grader, who breaks
//! the run's line when it is too much.
//!
//! **Refusals.** Whoever started Node also answers the calls for sockets and children that Node may not have (`heard.rs`),
//! and so knows of each. It never lets one pass.
//!
//! **What else is heard**, where somebody wants to see it ([`Looks`](crate::program::Looks)): calls by which loops ask for
//! events, which pass and guard nothing (`turns.rs`); and, in namespaces, calls for the priority of processes that cannot
//! be. With these, a few lines that Node loads before the program (`calls.cjs`) say which of some functions it calls: the
//! program can say more, and cannot unsay it (`said.rs`). In the same way, and with a key that the program does not know,
//! whoever loads a module in place of starting it (`module.cjs`) tells what it gives (`told.rs`).

mod around;
mod confine;
mod filters;
mod get_out;
mod heard;
mod init;
mod large_pages;
mod launcher;
mod network;
mod raw;
mod root;
mod said;
mod told;
mod turns;
mod wire;

use std::io::{self, Seek, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use rustix::fs::{MemfdFlags, SealFlags, fchown, fcntl_add_seals, memfd_create};
use rustix::net::{Shutdown, shutdown};
use rustix::process::{Gid, Resource, Rlimit, Uid, geteuid, getrlimit, setrlimit};

use crate::node::search_path;
use crate::program::{Files, Limits, Loading, RelPath};
use crate::sandbox::folder::Folder;
use crate::sandbox::registry::Entered;
use crate::sandbox::runner::Runner;
use crate::sandbox::streams::{self, Allowance};
use crate::sandbox::{Ended, Layer, NoBox, PORT, Program, Tier, Trouble, client, environment};
pub(in crate::sandbox) use get_out::get_out;
use wire::{Lacking, Ready, Report, Request, Setup, Walls};

/// How a launcher is called; nobody else is.
const NAME: &str = "tickmark-box";

/// The first of the users that programs run as where the grader may choose: neither distributions nor systemd give any
/// of these to anybody (<https://systemd.io/UIDS-GIDS>).
const FIRST_USER: u32 = 60_600;

/// How many such users there are.
const USERS: u32 = 500;

/// So many runs are made before Node is copied into large pages: copying takes the time that as many are shortened by.
const LARGE_NODE_PAYS: u32 = 16;

/// How long a launcher may take to be ready, and to report beyond the limits of a run.
const PATIENCE: Duration = Duration::from_secs(20);

/// If this process was started as a launcher, serves as one and never returns.
pub(in crate::sandbox) fn serve() {
    let mut args = std::env::args_os();
    if args.next().is_some_and(|name| name == NAME) && args.next().is_none() {
        let code = match launcher::serve() {
            Ok(()) => 0,
            Err(_) => 1,
        };
        std::process::exit(code);
    }
}

/// A box with one Node in it, or the model, for as many runs at a time as are asked for.
#[derive(Debug)]
pub(in crate::sandbox) struct Boxed {
    walls: Walls,
    runner: Runner,
    program: PathBuf,
    idle: Mutex<Vec<Launcher>>,
    layers: Vec<Layer>,
    /// How many programs it was asked to run.
    runs: AtomicU32,
    /// The copy of Node in large pages, once it was tried to have one.
    large_node: OnceLock<Option<OwnedFd>>,
}

impl Boxed {
    /// Opens a box of this tier for what runs programs, whose launchers are started from this file.
    pub(in crate::sandbox) fn open(
        tier: Tier,
        runner: &Runner,
        program: &Path,
    ) -> Result<Self, NoBox> {
        allow_many_descriptors();
        let walls = match tier {
            Tier::Full => Walls::Namespaces,
            Tier::Partial => Walls::Guards,
            Tier::Limits => {
                let why = "limits need none".to_owned();
                return Err(NoBox::Off(Layer::off("box", why)));
            }
        };
        let started = Launcher::start(walls, runner.path(), program, false);
        let (launcher, layers, _) = started.map_err(|lacking| match lacking.passing {
            true => NoBox::Trouble(trouble(lacking)),
            false => NoBox::Off(lacking.layer),
        })?;
        Ok(Boxed {
            walls,
            runner: runner.clone(),
            program: program.to_owned(),
            idle: Mutex::new(vec![launcher]),
            layers,
            runs: AtomicU32::new(0),
            large_node: OnceLock::new(),
        })
    }

    /// How much it closes its programs off.
    pub(in crate::sandbox) fn tier(&self) -> Tier {
        match self.walls {
            Walls::Namespaces => Tier::Full,
            Walls::Guards => Tier::Partial,
        }
    }

    /// What closes its programs off.
    pub(in crate::sandbox) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    fn launcher(&self) -> Result<Launcher, Trouble> {
        // One that somebody ended meanwhile is of no use.
        let serves = |launcher: &Launcher| matches!(wire::is_over(&launcher.line), Ok(false));
        let idle = std::iter::from_fn(|| self.idle().pop()).find(serves);
        match idle {
            Some(launcher) => Ok(launcher),
            None => {
                let started = Launcher::start(self.walls, self.runner.path(), &self.program, false);
                started.map(|(launcher, ..)| launcher).map_err(trouble)
            }
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Launcher>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs the program and waits for its end.
    pub(in crate::sandbox) fn run(
        &self,
        program: &Program,
        entered: &Entered,
    ) -> Result<Ended, Trouble> {
        let before = self.runs.fetch_add(1, Ordering::Relaxed);
        let may_be_large = matches!(self.runner, Runner::Node(_));
        if may_be_large && before == LARGE_NODE_PAYS && self.walls == Walls::Namespaces {
            let copied = self.copy_node(entered);
            self.large_node.get_or_init(|| copied);
        }
        self.run_with(
            program,
            entered,
            self.large_node.get().and_then(Option::as_ref),
        )
    }

    /// Has Node copied into large pages, unless that is too much for the machine or a program does not run so.
    fn copy_node(&self, entered: &Entered) -> Option<OwnedFd> {
        if !large_pages::there_is_room_for(self.runner.path()) {
            return None;
        }
        let started = Launcher::start(self.walls, self.runner.path(), &self.program, true);
        let (launcher, _, copied) = started.ok()?;
        self.idle().push(launcher);
        let nothing = RelPath::new("nothing.cjs").ok()?;
        let nothing = Program::new(Files::from_iter([(nothing.clone(), [].into())]), nothing);
        let ended = self.run_with(&nothing, entered, copied.as_ref()).ok()?;
        copied.filter(|_| ended.status.success())
    }

    fn run_with(
        &self,
        program: &Program,
        entered: &Entered,
        node: Option<&OwnedFd>,
    ) -> Result<Ended, Trouble> {
        let starved = super::ended_for_memory();
        let (out, stdout) = streams::pipe()?;
        let (err, stderr) = streams::pipe()?;
        let stdin = nameless(&program.input.stdin).map_err(Trouble::Streams)?;
        // Without mounts of its own, a program's files are on the disk.
        let folder = match self.walls {
            Walls::Namespaces => None,
            Walls::Guards => Some(Folder::new(&program.files)?),
        };
        let request = self.request(program, folder.as_ref());
        let request = request.map_err(Trouble::Streams)?;
        let (ours, theirs) = wire::line().map_err(Trouble::Streams)?;
        let launcher = self.launcher()?;
        let ours = Arc::new(ours);
        let order = [request, stdin, stdout.into(), stderr.into(), theirs];
        if self.walls == Walls::Namespaces {
            launcher.own(&order[2..4]).map_err(Trouble::Streams)?;
        }
        let beside: Vec<BorrowedFd<'_>> = order.iter().chain(node).map(AsFd::as_fd).collect();
        let (listed, ()) = entered.start(|| {
            let line = ours.clone();
            wire::send(&launcher.line, &(), &beside).map_err(Trouble::Follow)?;
            Ok((Box::new(move || end(&line)), ()))
        })?;
        // Our ends to print on: while they are open, the pipes do not end.
        drop(order);
        let allowance = Allowance::new(program.limits.output.min(Limits::MOST_OUTPUT));
        let too_much = || {
            let line = ours.clone();
            move || end(&line)
        };
        let out = out.read(allowance.clone(), too_much())?;
        let err = err.read(allowance.clone(), too_much())?;
        let report = report(&ours, program.limits.wall() * 4 + PATIENCE);
        drop(listed);
        allowance.close();
        let (mut stdout, mut stderr) = (out.end()?, err.end()?);
        if let Some(folder) = folder {
            stdout.bytes = folder.unnamed(stdout.bytes);
            stderr.bytes = folder.unnamed(stderr.bytes);
        }
        let report = report.map_err(Trouble::Follow)?;
        // Only a launcher whose run has come to its end is used again.
        self.idle().push(launcher);
        match report {
            Report::Overloaded => Err(Trouble::Overloaded),
            Report::Failed(lacking) => Err(trouble(lacking)),
            Report::Ended {
                status,
                stopped,
                spent,
                refused,
                threads,
                turns,
                calls,
                loaded,
                served,
                pieces: _,
            } => Ok(Ended {
                status: ExitStatus::from_raw(status),
                stopped,
                stdout,
                stderr,
                overdrawn: allowance.is_overdrawn(),
                starved: super::ended_for_memory() > starved,
                spent,
                refused,
                threads,
                turns,
                calls,
                loaded,
                served,
            }),
        }
    }

    /// The request, and behind it the program's files, unless they are in this folder already.
    fn request(&self, program: &Program, folder: Option<&Folder>) -> io::Result<OwnedFd> {
        let (files, folder, tmp, path) = match folder {
            Some(folder) => {
                let path = search_path(self.runner.path());
                let path = path.to_string_lossy().into_owned();
                (None, folder.program(), folder.tmp(), path)
            }
            None => {
                let [program_folder, tmp] = root::WRITABLE.map(PathBuf::from);
                let path = root::SEARCH_PATH.to_owned();
                (Some(&program.files), program_folder, tmp, path)
            }
        };
        let usual = environment(path, tmp.to_string_lossy().into_owned());
        let usual = usual.map(|(name, value)| (name.to_owned(), value));
        let own = program.input.env.iter().cloned();
        // Nobody else is in its network.
        let port = client::some_port();
        let port_for_it =
            (!program.requests.is_empty()).then(|| (PORT.to_owned(), port.to_string()));
        let calls = &program.looks.calls;
        let is_watched = !calls.is_empty() && self.walls == Walls::Namespaces;
        let first = is_watched.then(|| format!("--require={}", root::CALLS));
        let first = first.into_iter();
        let names: Vec<&str> = calls.iter().map(|of| of.names.as_str()).collect();
        let watched = is_watched.then(|| ("TICKMARK_CALLS".to_owned(), names.join(" ")));
        let loading = program.looks.loading.as_ref();
        let loading = loading.filter(|_| self.walls == Walls::Namespaces);
        let loaded = loading.map(|how| ("TICKMARK_MODULE".to_owned(), loads(how, &program.entry)));
        let args: Vec<String> = match loading {
            // What Node only warns of is printed by nobody, so it is no side effect.
            Some(_) => ["--no-warnings", root::MODULE]
                .map(str::to_owned)
                .into_iter()
                .chain(program.input.args.iter().cloned())
                .collect(),
            None => self.runner.arguments(program),
        };
        let files = || files.into_iter().flat_map(Files::iter);
        let head = Request {
            program: folder,
            tmp,
            files: files()
                .map(|(path, content)| (path.as_str().to_owned(), content.len()))
                .collect(),
            args: first.chain(args).collect(),
            env: usual
                .into_iter()
                .chain(own)
                .chain(port_for_it)
                .chain(watched)
                .chain(loaded)
                .collect(),
            limits: program.limits,
            children: program.children && self.walls == Walls::Namespaces,
            looks: program.looks.clone(),
            requests: program.requests.clone(),
            port,
        };
        let mut text = serde_json::to_vec(&head)?;
        text.push(b'\n');
        for (_, content) in files() {
            text.extend_from_slice(content);
        }
        nameless(&text)
    }
}

/// What is to be loaded, as `module.cjs` reads it.
fn loads(how: &Loading, entry: &RelPath) -> String {
    let own = || format!("./{entry}");
    serde_json::json!({
        "entry": entry.as_str(),
        "specifier": how.specifier.clone().unwrap_or_else(own),
        "require": how.require,
        "import": how.import,
    })
    .to_string()
}

/// Allows as many descriptors as can be.
///
/// A program can have some of its user's be on their way somewhere, and beyond this many nobody else of that user sends
/// any.
fn allow_many_descriptors() {
    let allowed = getrlimit(Resource::Nofile);
    let most = Rlimit {
        current: allowed.maximum,
        ..allowed
    };
    // Where it is refused, whoever then cannot send meets trouble.
    let _ = setrlimit(Resource::Nofile, most);
}

/// Breaks the line of a run, which ends it.
fn end(line: &OwnedFd) {
    // It fails only where the other end is gone.
    let _ = shutdown(line, Shutdown::Write);
}

/// Waits for what the launcher says at the end.
fn report(line: &OwnedFd, patience: Duration) -> io::Result<Report> {
    let report = wire::receive_report(line, patience)?;
    report.ok_or_else(|| io::Error::other("a launcher ended without a word"))
}

/// A file without a name that holds these bytes for ever.
fn nameless(bytes: &[u8]) -> io::Result<OwnedFd> {
    let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
    let mut file = std::fs::File::from(memfd_create("input", flags)?);
    file.write_all(bytes)?;
    file.rewind()?;
    let seals = SealFlags::WRITE | SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL;
    fcntl_add_seals(&file, seals)?;
    Ok(file.into())
}

fn trouble(Lacking { layer, passing }: Lacking) -> Trouble {
    let why = layer.to_string();
    Trouble::Box { why, passing }
}

/// A process that makes runs, one at a time.
#[derive(Debug)]
struct Launcher {
    line: OwnedFd,
    process: Child,
    /// The user that its programs run as, where the grader is root.
    user: u32,
}

impl Launcher {
    /// Starts one; answers its layers too, and the copy of Node that it made, if it was to make one and could.
    fn start(
        walls: Walls,
        node: &Path,
        program: &Path,
        copies_node: bool,
    ) -> Result<(Self, Vec<Layer>, Option<OwnedFd>), Lacking> {
        let failed = |error: io::Error| Lacking {
            passing: true,
            ..Lacking::new("launcher", &error)
        };
        let (line, theirs) = wire::line().map_err(failed)?;
        let process = Command::new(program)
            .arg0(NAME)
            .env_clear()
            .stdin(theirs)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .current_dir("/")
            // What the terminal sends to the grader is not for it.
            .process_group(0)
            .spawn()
            .map_err(|error| Lacking::new("launcher", &error))?;
        // Others who grade at the same time begin elsewhere.
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT
            .fetch_add(1, Ordering::Relaxed)
            .wrapping_add(std::process::id());
        let user = FIRST_USER + number % USERS;
        let launcher = Launcher {
            line,
            process,
            user,
        };
        let setup = Setup {
            walls,
            node: node.to_owned(),
            user,
            copies_node,
        };
        wire::send(&launcher.line, &setup, &[] as &[OwnedFd]).map_err(failed)?;
        let ready = wire::receive_within::<Ready>(&launcher.line, PATIENCE).map_err(failed)?;
        match ready {
            Some((Ok(layers), mut beside)) => Ok((launcher, layers, beside.pop())),
            Some((Err(lacking), _)) => Err(lacking),
            None => Err(failed(io::Error::other("it ended without a word"))),
        }
    }

    /// Gives streams to its programs' user, who may want to open them once more by their names (`/dev/stdout`).
    fn own(&self, streams: &[OwnedFd]) -> io::Result<()> {
        if geteuid().is_root() {
            for stream in streams {
                let (user, group) = (Uid::from_raw(self.user), Gid::from_raw(self.user));
                fchown(stream, Some(user), Some(group))?;
            }
        }
        Ok(())
    }
}

impl Drop for Launcher {
    fn drop(&mut self) {
        // It ends by itself when its line does, but it may be stuck.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
