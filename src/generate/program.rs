//! A program as a tree, and as a teacher would write it down.

use std::collections::BTreeMap;

use super::vocabulary::{Says, Vocabulary};
use crate::program::ModuleSystem;

/// Statements, one after another.
pub(super) type Block = Vec<Statement>;

/// A statement.
#[derive(Debug, Clone)]
pub(super) enum Statement {
    /// `console.log('…')`
    Print(Says),
    /// `setImmediate(() => …)`
    Ask(Asked, Block),
    /// `Promise.resolve().then(…).then(…)`
    Chain(Vec<Link>),
    /// A call of an async function, whose blocks have `await null` between them.
    Async(Vec<Block>),
    /// `new Promise((resolve) => …).then(…)`
    Executor(Block, Block),
    /// `emit`, with the listeners of the event.
    Emit(Vec<Block>),
    /// A timeout that is released.
    Released(Says),
    /// A rejected promise, which gets its `catch` in a tick, and what is printed where it is unhandled.
    Refused(Says, Says),
}

/// Whom the loop is to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// A timeout, with its delay as it is written.
    Timeout(&'static str),
    /// An immediate.
    Immediate,
    /// A file that is read.
    Read,
    /// A tick.
    Tick,
    /// A microtask.
    Microtask,
}

/// A `then`.
#[derive(Debug, Clone)]
pub(super) enum Link {
    /// It runs this.
    Run(Block),
    /// It gives a promise.
    Give,
}

/// A whole program.
#[derive(Debug, Clone)]
pub(super) struct Program {
    /// How it is loaded.
    pub module: ModuleSystem,
    /// Its statements, but for what stands above them all: imports and functions.
    pub main: Block,
}

impl Program {
    /// Its source.
    pub fn source(&self, vocabulary: &Vocabulary) -> String {
        let mut writing = Writing {
            vocabulary,
            functions: Vec::new(),
            above: Vec::new(),
            imports: BTreeMap::new(),
        };
        let main = writing.block(&self.main);
        let imports = writing
            .imports
            .iter()
            .map(|(module, name)| self.import(module, name));
        let imports: Vec<String> = imports.collect();
        let mut parts = vec![imports];
        parts.extend(writing.functions);
        parts.push(writing.above);
        parts.push(main);
        parts.retain(|part| !part.is_empty());
        let parts = parts.iter().map(|part| part.join("\n") + "\n");
        let written = parts.collect::<Vec<_>>().join("\n");
        vocabulary.spoken(&written)
    }

    fn import(&self, module: &str, name: &str) -> String {
        match self.module {
            ModuleSystem::CommonJs => format!("const {{ {name} }} = require('{module}')"),
            ModuleSystem::Esm => format!("import {{ {name} }} from '{module}'"),
        }
    }
}

/// A program that is being written down. Lines are not indented until they are part of something.
struct Writing<'a> {
    vocabulary: &'a Vocabulary,
    functions: Vec<Vec<String>>,
    above: Vec<String>,
    imports: BTreeMap<&'static str, &'static str>,
}

impl Writing<'_> {
    fn block(&mut self, block: &[Statement]) -> Vec<String> {
        block
            .iter()
            .flat_map(|statement| self.statement(statement))
            .collect()
    }

    fn statement(&mut self, statement: &Statement) -> Vec<String> {
        match statement {
            Statement::Print(says) => vec![print(*says)],
            Statement::Ask(asked, body) => self.ask(*asked, body),
            Statement::Chain(links) => self.chain(links),
            Statement::Async(blocks) => vec![self.call(blocks)],
            Statement::Executor(inside, then) => self.executor(inside, then),
            Statement::Emit(listeners) => vec![self.emit(listeners)],
            Statement::Released(says) => {
                vec![format!(
                    "setTimeout(() => {}, 60_000).unref()",
                    print(*says)
                )]
            }
            Statement::Refused(caught, unhandled) => {
                let listener = format!(
                    "process.on('unhandledRejection', () => {})",
                    print(*unhandled)
                );
                self.above.push(listener);
                let caught = print(*caught);
                vec![
                    "const refused = Promise.reject(new Error('refused'))".to_owned(),
                    format!("process.nextTick(() => refused.catch(() => {caught}))"),
                ]
            }
        }
    }

    fn ask(&mut self, asked: Asked, body: &[Statement]) -> Vec<String> {
        let body = self.block(body);
        match asked {
            Asked::Timeout(delay) => given("setTimeout(", &body, &format!(", {delay})")),
            Asked::Immediate => given("setImmediate(", &body, ")"),
            Asked::Tick => given("process.nextTick(", &body, ")"),
            Asked::Microtask => given("queueMicrotask(", &body, ")"),
            Asked::Read => {
                self.imports.insert("node:fs", "readFile");
                given("readFile(__filename, ", &body, ")")
            }
        }
    }

    fn chain(&mut self, links: &[Link]) -> Vec<String> {
        let then = |link: &Link, writing: &mut Self| match link {
            Link::Run(body) => given(".then(", &writing.block(body), ")"),
            Link::Give => vec![".then(() => Promise.resolve())".to_owned()],
        };
        let thens: Vec<Vec<String>> = links.iter().map(|link| then(link, self)).collect();
        match thens.as_slice() {
            [only] => {
                let mut lines = only.clone();
                lines[0].insert_str(0, "Promise.resolve()");
                lines
            }
            several => {
                let lines = several.iter().flatten().map(|line| indented(line));
                ["Promise.resolve()".to_owned()]
                    .into_iter()
                    .chain(lines)
                    .collect()
            }
        }
    }

    /// The function, above; and its call.
    fn call(&mut self, blocks: &[Block]) -> String {
        let name = self.vocabulary.function(self.functions.len());
        // Its own place, before those of the functions that its body calls.
        let place = self.functions.len();
        self.functions.push(Vec::new());
        let mut lines = vec![format!("async function {name}() {{")];
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                lines.push("  await null".to_owned());
            }
            lines.extend(self.block(block).iter().map(|line| indented(line)));
        }
        lines.push("}".to_owned());
        self.functions[place] = lines;
        format!("{name}()")
    }

    fn executor(&mut self, inside: &[Statement], then: &[Statement]) -> Vec<String> {
        let mut lines = vec!["new Promise((resolve) => {".to_owned()];
        lines.extend(self.block(inside).iter().map(|line| indented(line)));
        lines.push("  resolve()".to_owned());
        lines.extend(given("}).then(", &self.block(then), ")"));
        lines
    }

    fn emit(&mut self, listeners: &[Block]) -> String {
        self.imports.insert("node:events", "EventEmitter");
        let (emitter, event) = self.vocabulary.emitter();
        self.above
            .push(format!("const {emitter} = new EventEmitter()"));
        for listener in listeners {
            let body = self.block(listener);
            let on = format!("{emitter}.on('{event}', ");
            self.above.extend(given(&on, &body, ")"));
        }
        format!("{emitter}.emit('{event}')")
    }
}

fn print(says: Says) -> String {
    format!("console.log('{}')", says.unspoken())
}

fn indented(line: &str) -> String {
    format!("  {line}")
}

/// A function with this body, given to something: on one line if it is one.
fn given(before: &str, body: &[String], after: &str) -> Vec<String> {
    match body {
        [only] => vec![format!("{before}() => {only}{after}")],
        several => {
            let lines = several.iter().map(|line| indented(line));
            [format!("{before}() => {{")]
                .into_iter()
                .chain(lines)
                .chain([format!("}}{after}")])
                .collect()
        }
    }
}
