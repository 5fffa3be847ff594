//! `tickmark run`: one program in the box, just as grading would run it, and how it ended.

use std::fs;
use std::io::{self, Write};
use std::ops::RangeInclusive;
use std::path::PathBuf;

use serde_json::json;

use super::{Common, Exit, Failure, could_not, files_at};
use crate::course;
use crate::node::Node;
use crate::program::{Ending, Input, Limits, Run as Ran};
use crate::report::{self, Line, Style, Text};
use crate::sandbox::{self, Layer, Program, Tier, Trouble};
use crate::ui::Terminal;
use crate::words;

/// Run a program as grading would, and say how it ended
///
/// Of a folder, the file that is started is called `main`, as for most exercises; a file alone is run with no other
/// beside it. The exit code is 0 when the program came to an end of its own, and 1 when a limit stopped it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark run main.mjs
  tickmark run my-answer --stdin names.txt
  tickmark run main.mjs --limits cpu=500ms,memory=128MB
  tickmark run main.mjs --format json > run.json")]
pub(super) struct Run {
    /// The program: a file, or a folder with `main.mjs`, `main.cjs` or `main.js`
    path: PathBuf,
    /// Give the program the bytes of this file on its standard input; left out: nothing
    #[arg(long, value_name = "FILE")]
    stdin: Option<PathBuf>,
    /// What it may use: cpu=2s, memory=256MB, output=1000KB, processes=16, as many of them as differ from that
    #[arg(long, value_name = "LIMIT=VALUE", value_delimiter = ',', value_parser = limit)]
    limits: Vec<Limit>,
    /// Let it start other programs, as an exercise with `needs: [children]` does
    #[arg(long)]
    children: bool,
    /// How to write what came of it; left out: for people
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Arguments for the program
    #[arg(last = true, value_name = "ARGUMENT")]
    args: Vec<String>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// One JSON object, format 1
    Json,
}

/// One limit, set.
#[derive(Debug, Clone, Copy)]
enum Limit {
    Cpu(std::time::Duration),
    Memory(u64),
    Output(u64),
    Processes(u32),
}

fn limit(text: &str) -> Result<Limit, String> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| "a limit is written like `cpu=2s`".to_owned())?;
    let (read, shape) = match name {
        "cpu" => (
            within(course::duration(value), Limits::CPU, Limit::Cpu),
            "`cpu=2s`, from 100ms to 60s",
        ),
        "memory" => (
            within(course::size(value), Limits::MEMORY, Limit::Memory),
            "`memory=256MB`, from 64MB to 2000MB",
        ),
        "output" => (
            within(course::size(value), Limits::OUTPUT, Limit::Output),
            "`output=64KB`, from 1KB to 1000KB",
        ),
        "processes" => (
            within(value.parse().ok(), Limits::PROCESSES, Limit::Processes),
            "`processes=4`, from 1 to 64",
        ),
        _ => return Err("the limits are `cpu`, `memory`, `output` and `processes`".to_owned()),
    };
    read.ok_or_else(|| format!("{name} is written like {shape}"))
}

/// The limit that was read, if it is one that can be allowed.
fn within<T: PartialOrd>(
    read: Option<T>,
    bounds: RangeInclusive<T>,
    limit: impl FnOnce(T) -> Limit,
) -> Option<Limit> {
    read.filter(|value| bounds.contains(value)).map(limit)
}

impl Run {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        let node = common.node()?;
        let program = self.program()?;
        let (tier, layers) = sandbox::tier(&node);
        let ran = sandbox::run(&program, &node);
        match self.format {
            Some(Format::Json) => {
                let told = told(&ran, tier, &layers);
                writeln!(io::stdout(), "{told:#}")?;
            }
            None => self.show(&ran, &program.limits, &node, tier)?,
        }
        Ok(match ran {
            Ok(ran) if matches!(ran.ending, Ending::Stopped(_)) => Exit::LostPoints,
            Ok(_) => Exit::Clean,
            Err(_) => Exit::Trouble,
        })
    }

    fn program(&self) -> Result<Program, Failure> {
        let (files, entry) = files_at(&self.path)?;
        let stdin = match &self.stdin {
            Some(file) => fs::read(file).map_err(|error| could_not("read", file, &error))?,
            None => Vec::new(),
        };
        let mut limits = Limits::default();
        for limit in &self.limits {
            match *limit {
                Limit::Cpu(cpu) => limits.cpu = cpu,
                Limit::Memory(memory) => limits.memory = memory,
                Limit::Output(output) => limits.output = output,
                Limit::Processes(processes) => limits.processes = processes,
            }
        }
        Ok(Program {
            input: Input {
                args: self.args.clone(),
                stdin,
                ..Input::default()
            },
            limits,
            children: self.children,
            ..Program::new(files, entry)
        })
    }

    fn show(
        &self,
        ran: &Result<Ran, Trouble>,
        limits: &Limits,
        node: &Node,
        tier: Tier,
    ) -> Result<(), Failure> {
        let ran = match ran {
            Ok(ran) => ran,
            Err(trouble) => return Err(Failure::trouble(trouble)),
        };
        let mut text = Text::new();
        for (name, bytes) in [("stdout", &ran.stdout), ("stderr", &ran.stderr)] {
            let printed = String::from_utf8_lossy(bytes);
            match printed.is_empty() {
                true => text.push(Line::words(Style::Dim, &format!("nothing on {name}"))),
                false => text.push(Line::words(Style::Strong, name)),
            }
            for line in printed.lines() {
                text.push(Line::words(Style::Dim, "  │ ").and(Style::Plain, &words::visible(line)));
            }
        }
        text.gap();
        text.append(report::ending(&ran.ending, limits), 0);
        text.append(report::refused(&ran.refused), 0);
        let spent = &ran.spent;
        text.push(Line::words(
            Style::Dim,
            &format!(
                "{} ms, {} ms of processor time, {} MB at its peak; Node {}; sandbox: {}",
                spent.wall.as_millis(),
                spent.cpu.as_millis(),
                spent.memory / 1_000_000,
                node.version,
                tier.word()
            ),
        ));
        Terminal::Stdout.show(&text)?;
        Ok(())
    }
}

/// What came of it, for programs.
fn told(ran: &Result<Ran, Trouble>, tier: Tier, layers: &[Layer]) -> serde_json::Value {
    let layers: Vec<_> = layers
        .iter()
        .map(|layer| json!({ "name": layer.name, "on": layer.off.is_none(), "why": layer.off }))
        .collect();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match ran {
        Ok(ran) => {
            let signal = match &ran.ending {
                Ending::Signal { name } => Some(name),
                _ => None,
            };
            let refused: Vec<_> = ran.refused.iter().map(|refused| refused.word()).collect();
            json!({
                "format": 1,
                "tier": tier.word(),
                "layers": layers,
                "ending": ran.ending.word(),
                "refused": refused,
                "exit-code": ran.ending.exit(),
                "signal": signal,
                "stdout": text(&ran.stdout),
                "stderr": text(&ran.stderr),
                "wall-ms": ran.spent.wall.as_millis() as u64,
                "cpu-ms": ran.spent.cpu.as_millis() as u64,
                "peak-memory-bytes": ran.spent.memory,
            })
        }
        Err(trouble) => json!({
            "format": 1,
            "tier": tier.word(),
            "layers": layers,
            "ending": "trouble",
            "trouble": words::with_causes(trouble),
        }),
    }
}
