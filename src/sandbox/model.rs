//! The model of the event loop in a box: this program, started once more, runs a program of somebody's and says every
//! order.
//!
//! What the model runs is as strange as what Node runs, and its engine is written in C. So it is run by a process of its
//! own, closed off as Node is: the request stands on its standard input, the answer comes on its standard output, and
//! it needs no file. What the program prints is text in that answer. Nothing that is expected of the program is ever told
//! to this process.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use serde::{Deserialize, Serialize};

use super::boxes::{self, LAUNCHER};
use super::runner::Runner;
use super::{Layer, Program, Tier, Trouble, run_on, system};
use crate::event_loop::{self, Bound, Orders, Outside, Search};
use crate::program::{Ending, Files, Input, Limit, Limits, ModuleSystem, RelPath, Version};

/// The only argument of a process that says orders.
const ORDERS: &str = "tickmark-model";

/// The first argument of a process that tries to get out of its box.
pub(super) const SELF_TEST: &str = "tickmark-model-self-test";

/// What the model may use, whatever the program may on Node: it runs it many times.
const LIMITS: Limits = Limits {
    cpu: Duration::from_secs(10),
    memory: 512_000_000,
    output: Limits::MOST_OUTPUT,
    processes: 16,
};

/// So many bytes of orders are told; with what is around them that is less than may be printed.
const MOST_TOLD: usize = 900_000;

/// Why nothing is known of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// It does what is not modelled.
    Outside(Outside),
    /// The model has used up a limit of its own.
    Stopped(Limit),
    /// The model broke.
    Broke,
}

/// What is asked; what the program finds on its standard input and its files follow, one after another.
#[derive(Debug, Serialize, Deserialize)]
struct Asked {
    files: Vec<(String, usize)>,
    entry: String,
    args: Vec<String>,
    env: Vec<(String, String)>,
    stdin: usize,
    module: ModuleSystem,
    node: Version,
    search: Search,
}

type Said = Result<Orders, Outside>;

/// Every order of the program, as [`event_loop::orders`] finds them, in a process that is closed off as programs of a
/// Node are here.
pub fn orders(
    program: &event_loop::Program<'_>,
    search: &Search,
) -> Result<Result<Orders, Unknown>, Trouble> {
    let runner = runner()?;
    let stdin = request(program, search).map_err(Trouble::Streams)?;
    let input = Input {
        args: vec![ORDERS.to_owned()],
        stdin,
        env: Vec::new(),
    };
    let asked = Program {
        input,
        limits: LIMITS,
        children: false,
        ..Program::new(Files::default(), program.entry.clone())
    };
    let run = run_on(Tier::Full, &asked, &runner)?;
    Ok(match run.ending {
        Ending::Stopped(limit) => Err(Unknown::Stopped(limit)),
        Ending::Finished { exit: 0 } => match serde_json::from_slice::<Said>(&run.stdout) {
            Ok(Ok(orders)) => Ok(orders),
            Ok(Err(outside)) => Err(Unknown::Outside(outside)),
            Err(_) => Err(Unknown::Broke),
        },
        Ending::Finished { .. }
        | Ending::Threw { .. }
        | Ending::NotStarted { .. }
        | Ending::Signal { .. }
        | Ending::Dismissed => Err(Unknown::Broke),
    })
}

/// How much the model is closed off here, and by which layers, as [`tier`](super::tier) says it of a Node.
pub fn model_tier() -> (Tier, Vec<Layer>) {
    match runner() {
        Ok(runner) => boxes::tier_of(&runner),
        Err(trouble) => boxes::no_box(&trouble),
    }
}

/// This program, as one that can be started again.
fn runner() -> Result<Runner, Trouble> {
    let launcher = LAUNCHER.get().map_or(Path::new(""), PathBuf::as_path);
    // What a process says of itself here is a name that only it has.
    let own = || match launcher.starts_with("/proc") {
        true => env::current_exe(),
        false => Err(io::ErrorKind::NotFound.into()),
    };
    let path = fs::canonicalize(launcher).or_else(|_| own());
    let path = path.map_err(|source| Trouble::Start {
        node: launcher.to_owned(),
        source,
    });
    Ok(Runner::Model(path?))
}

fn request(program: &event_loop::Program<'_>, search: &Search) -> io::Result<Vec<u8>> {
    let files = || program.files.iter();
    let asked = Asked {
        files: files()
            .map(|(path, content)| (path.as_str().to_owned(), content.len()))
            .collect(),
        entry: program.entry.as_str().to_owned(),
        args: program.input.args.clone(),
        env: program.input.env.clone(),
        stdin: program.input.stdin.len(),
        module: program.module,
        node: program.node,
        search: search.clone(),
    };
    let mut request = serde_json::to_vec(&asked)?;
    request.push(b'\n');
    request.extend_from_slice(&program.input.stdin);
    for (_, content) in files() {
        request.extend_from_slice(content);
    }
    Ok(request)
}

/// If this process was started as the model, serves as it and never returns.
pub(super) fn serve() {
    let mut args = env::args().skip(1);
    let done = match (args.next().as_deref(), args.len()) {
        (Some(ORDERS), 0) => answer(),
        (Some(SELF_TEST), _) => say(&system::get_out(&args.collect::<Vec<_>>())),
        _ => return,
    };
    std::process::exit(i32::from(done.is_err()));
}

fn say(lines: &[String]) -> io::Result<()> {
    let lines = lines.iter().map(|line| format!("{line}\n"));
    io::stdout().write_all(lines.collect::<String>().as_bytes())
}

fn answer() -> io::Result<()> {
    let (asked, stdin, files) = read(&mut io::stdin().lock())?;
    let entry = RelPath::new(&asked.entry).map_err(io::Error::other)?;
    let input = Input {
        args: asked.args,
        stdin,
        env: asked.env,
    };
    let program = event_loop::Program {
        files: &files,
        entry: &entry,
        input: &input,
        module: asked.module,
        node: asked.node,
    };
    let said: Said = event_loop::orders(&program, &asked.search).map(as_much_as_is_told);
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &said)?;
    out.flush()
}

fn read(from: &mut impl BufRead) -> io::Result<(Asked, Vec<u8>, Files)> {
    let mut head = String::new();
    from.read_line(&mut head)?;
    let asked: Asked = serde_json::from_str(&head)?;
    let mut next = |length: usize| -> io::Result<Vec<u8>> {
        let mut content = vec![0; length];
        from.read_exact(&mut content)?;
        Ok(content)
    };
    let stdin = next(asked.stdin)?;
    let mut files = Files::default();
    for (path, length) in &asked.files {
        let path = RelPath::new(path).map_err(io::Error::other)?;
        files.insert(path, next(*length)?);
    }
    Ok((asked, stdin, files))
}

/// As many of the orders as can be told; where that is not all, it is said.
fn as_much_as_is_told(mut found: Orders) -> Orders {
    let mut told = 0;
    let fit = found.orders.iter().take_while(|order| {
        told += serde_json::to_string(order).map_or(MOST_TOLD, |text| text.len() + 1);
        told < MOST_TOLD
    });
    let fit = fit.count();
    if fit < found.orders.len() {
        found.orders.truncate(fit);
        found.bound = Some(Bound::Orders);
    }
    found
}
