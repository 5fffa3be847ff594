//! A run with limits and nothing more: a program of this machine's user, in a folder of its own.

use std::ffi::OsString;
use std::io;
use std::process::{Child, Command, ExitStatus};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Instant;

use super::client::{self, Client, Effort, Watched};
use super::folder::Folder;
use super::group::Group;
use super::permission::{self, Permissions};
use super::registry::{Entered, Listed};
use super::runner::Runner;
use super::streams::{self, Allowance, Reading};
use super::system::{self, Before, Tree};
use super::{Ended, LOOK, PORT, Program, Trouble};
use crate::node::search_path;
use crate::program::{Limit, Limits, Spent};

/// What happens while a program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// It printed more than it may.
    Overdrawn,
    /// Its first process has ended.
    Ended,
}

/// Runs the program and waits for its end.
pub(super) fn run(
    program: &Program,
    runner: &Runner,
    with_permissions: bool,
    entered: &Entered,
) -> Result<Ended, Trouble> {
    let folder = Folder::new(&program.files)?;
    let permissions = (with_permissions && permission::is_for(program))
        .then(|| Permissions::of(&folder))
        .transpose()?;
    let options = permissions.as_ref().map(Permissions::options);
    let command = command(program, runner, options.unwrap_or_default(), &folder);
    let mut running = Running::start(program, runner, command, &folder, entered)?;
    let stopped = running.watch(&program.limits);
    running.tree.kill();
    let mut ended = running.end()?;
    ended.stopped = stopped?;
    if let Some(permissions) = permissions {
        permissions.check([&ended.stdout.bytes, &ended.stderr.bytes])?;
    }
    for read in [&mut ended.stdout, &mut ended.stderr] {
        read.bytes = folder.unnamed(std::mem::take(&mut read.bytes));
    }
    Ok(ended)
}

/// A program that runs. Dropping it kills it.
struct Running {
    listed: Option<Listed>,
    child: Child,
    before: Before,
    tree: Tree,
    allowance: Arc<Allowance>,
    events: Receiver<Event>,
    started: Instant,
    /// Who asks it, if it is a server.
    client: Option<Client>,
    reading: Option<[Reading; 2]>,
    spent: Spent,
    reaped: bool,
}

impl Running {
    fn start(
        program: &Program,
        runner: &Runner,
        mut command: Command,
        folder: &Folder,
        entered: &Entered,
    ) -> Result<Self, Trouble> {
        let (out, stdout) = streams::pipe()?;
        let (err, stderr) = streams::pipe()?;
        let client = Client::of(program, client::free_port);
        let client = client.map_err(Trouble::Streams)?;
        if let Some(client) = &client {
            command.env(PORT, client.port().to_string());
        }
        command
            .stdin(streams::input(&program.input.stdin)?)
            .stdout(stdout)
            .stderr(stderr);
        let before = Before::look();
        let started = Instant::now();
        let (listed, (group, child)) = entered.start(|| {
            let started = Group::start(&mut command).map_err(|source| Trouble::Start {
                node: runner.path().to_owned(),
                source,
            })?;
            let group = started.0.clone();
            Ok((Box::new(move || group.kill()), started))
        })?;
        // Our ends to print on: while they are open, the pipes do not end.
        drop(command);
        let (send, events) = mpsc::channel();
        let mut tree = Tree::new(group.clone(), folder, &before);
        if program.looks.threads {
            tree.watch_threads();
        }
        let mut running = Running {
            listed: Some(listed),
            child,
            tree,
            before,
            allowance: Allowance::new(program.limits.output.min(Limits::MOST_OUTPUT)),
            events,
            started,
            client,
            reading: None,
            spent: Spent::default(),
            reaped: false,
        };
        system::rein_in(&group, &program.limits);
        let too_much = || {
            let send = send.clone();
            // Nobody listens any more once the run was ended for another reason.
            move || send.send(Event::Overdrawn).unwrap_or_default()
        };
        running.reading = Some([
            out.read(running.allowance.clone(), too_much())?,
            err.read(running.allowance.clone(), too_much())?,
        ]);
        group.announce_end(send).map_err(Trouble::Follow)?;
        Ok(running)
    }

    /// Follows the program until it ends or has used up a limit.
    fn watch(&mut self, limits: &Limits) -> Result<Option<Limit>, Trouble> {
        let mut looked = Instant::now();
        loop {
            // Nothing else says that an answer came.
            let pace = self
                .client
                .as_ref()
                .map(|client| client.pace().min(client::KNOCK));
            let pace = pace.unwrap_or(LOOK);
            match self.events.recv_timeout(pace) {
                Ok(Event::Ended) => break self.hear_the_rest(),
                Ok(Event::Overdrawn) => break Ok(Some(Limit::Output)),
                Err(RecvTimeoutError::Timeout) => {}
                // Whoever would announce the end is gone.
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(pace),
            }
            if self.ask()? {
                break Ok(None);
            }
            if looked.elapsed() < LOOK {
                continue;
            }
            looked = Instant::now();
            if system::has_ended(&mut self.child).map_err(Trouble::Follow)? {
                // Nothing else may have looked since.
                let limit = self.used_up(limits)?;
                break Ok(limit.or(self.hear_the_rest()?));
            }
            if let Some(limit) = self.used_up(limits)? {
                break Ok(Some(limit));
            }
        }
    }

    /// Asks what is to be asked now; whether that was all.
    fn ask(&mut self) -> Result<bool, Trouble> {
        self.with_client(|client, program| client.turn(program))
    }

    /// Takes what it answered before it ended.
    fn hear_the_rest(&mut self) -> Result<Option<Limit>, Trouble> {
        self.with_client(|client, program| client.finish(program))?;
        Ok(None)
    }

    fn with_client(
        &mut self,
        act: impl FnOnce(&mut Client, &mut Asked<'_>) -> io::Result<()>,
    ) -> Result<bool, Trouble> {
        let Some(client) = &mut self.client else {
            return Ok(false);
        };
        let mut program = Asked {
            leader: self.child.id(),
            tree: &mut self.tree,
        };
        act(client, &mut program).map_err(Trouble::Follow)?;
        Ok(client.is_over())
    }

    /// Looks at what is used, and answers which limit that is too much for.
    fn used_up(&mut self, limits: &Limits) -> Result<Option<Limit>, Trouble> {
        let used = self.tree.look();
        self.spent.memory = self.spent.memory.max(used.memory);
        used.used_up(limits, self.started.elapsed(), || self.tree.kept_waiting())
    }

    /// Collects what is left of it, once it was killed.
    fn end(mut self) -> Result<Ended, Trouble> {
        self.spent.cpu = self.tree.look().cpu;
        self.spent.wall = self.started.elapsed();
        let status = self.reap().map_err(Trouble::Follow)?;
        self.allowance.close();
        let Some([out, err]) = self.reading.take() else {
            return Err(Trouble::Follow(io::ErrorKind::NotFound.into()));
        };
        Ok(Ended {
            status,
            stopped: None,
            stdout: out.end()?,
            stderr: err.end()?,
            overdrawn: self.allowance.is_overdrawn(),
            starved: self.before.machine_ended_one(),
            spent: self.spent,
            // Nobody looks.
            refused: Vec::new(),
            threads: self.tree.threads(),
            // Nobody hears its calls.
            turns: None,
            calls: None,
            loaded: None,
            served: self.client.take().map(Client::served),
        })
    }

    /// Lets the system forget its first process, whose number others may have from then on.
    fn reap(&mut self) -> io::Result<ExitStatus> {
        self.reaped = true;
        self.listed = None;
        self.child.wait()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.reaped {
            self.tree.kill();
            self.allowance.close();
            // Nobody is left to tell.
            let _ = self.reap();
        }
    }
}

/// The program while it is asked.
struct Asked<'a> {
    leader: u32,
    tree: &'a mut Tree,
}

impl Watched for Asked<'_> {
    fn effort(&mut self) -> Effort {
        let (main, main_waited, main_runs) = self.tree.first_thread();
        Effort {
            cpu: self.tree.look().cpu,
            main,
            main_waited,
            main_runs,
            waited: self.tree.kept_waiting(),
        }
    }

    fn terminate(&mut self) -> io::Result<()> {
        system::terminate(self.leader)
    }
}

/// How it is started: by its own path, in the program's folder, with an environment that holds only this.
fn command(program: &Program, runner: &Runner, options: Vec<OsString>, folder: &Folder) -> Command {
    let mut command = Command::new(runner.path());
    command
        .args(options)
        .args(runner.arguments(program))
        .current_dir(folder.program())
        .env_clear()
        .envs(environment(runner, folder))
        .envs(program.input.env.iter().map(|(name, value)| (name, value)));
    command
}

/// The few variables that every program gets.
fn environment(runner: &Runner, folder: &Folder) -> Vec<(&'static str, OsString)> {
    let tmp = folder.tmp().into_os_string();
    let mut environment = Vec::from(super::environment(search_path(runner.path()), tmp.clone()));
    if cfg!(windows) {
        // Without the first, Windows cannot even make random numbers.
        environment.extend(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        environment.extend(["USERPROFILE", "TEMP", "TMP"].map(|name| (name, tmp.clone())));
    }
    environment
}
