//! Which module system a file gets, as the Node at hand decides it.
//!
//! Mostly its name and a `package.json` say it ([`ModuleSystem::stated`]). Where the source decides, we do not guess: we
//! let that very Node compile it, which runs none of it.

use std::collections::HashMap;
use std::env;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};

use super::Node;
use crate::program::{Files, ModuleSystem, RelPath, Version};

/// What can go wrong when a Node is asked.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It could not be started, or did not listen.
    #[error("cannot ask `{}` for a file's module system", node.display())]
    Ask {
        /// Its binary.
        node: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It answered something else.
    #[error("Node {version} does not say which module system a file has")]
    Answer {
        /// Its version.
        version: Version,
    },
}

/// Compiles what stands on stdin as Node's loader does, and says whether it takes it as an ES module.
///
/// `containsModuleSyntax` is the function that Node's loaders call themselves (`lib/internal/modules/helpers.js`,
/// `src/node_contextify.cc`).
const QUESTION: &str = "\
const { internalBinding } = require('internal/test/binding');
const { containsModuleSyntax } = internalBinding('contextify');
const source = require('fs').readFileSync(0, 'utf8');
process.stdout.write(containsModuleSyntax(source, '/program/main.js') ? 'esm' : 'commonjs');
";

/// Answers that were given already, by the Node's binary and the source's hash.
type Answers = HashMap<(PathBuf, [u8; 32]), ModuleSystem>;

static ANSWERS: Mutex<Option<Answers>> = Mutex::new(None);

impl Node {
    /// The module system that this Node gives the file, which need not be there.
    ///
    /// Where Node cannot read a `package.json`, it fails at the start whatever is answered here.
    pub fn module_system(&self, files: &Files, entry: &RelPath) -> Result<ModuleSystem, Trouble> {
        if let Some(stated) = ModuleSystem::stated(files, entry, self.version) {
            return Ok(stated);
        }
        let source = files.get(entry.as_str()).map_or(&[][..], |source| source);
        let source = String::from_utf8_lossy(source);
        self.remember(&source)
    }

    fn remember(&self, source: &str) -> Result<ModuleSystem, Trouble> {
        let key = (
            self.path.clone(),
            *blake3::hash(source.as_bytes()).as_bytes(),
        );
        let answers = || ANSWERS.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = answers().as_ref().and_then(|answers| answers.get(&key)) {
            return Ok(*known);
        }
        let answer = self.ask(source)?;
        answers()
            .get_or_insert_with(HashMap::new)
            .insert(key, answer);
        Ok(answer)
    }

    fn ask(&self, source: &str) -> Result<ModuleSystem, Trouble> {
        let answer = self.answer(source).map_err(|source| Trouble::Ask {
            node: self.path.clone(),
            source,
        })?;
        match answer.stdout.as_slice() {
            b"esm" => Ok(ModuleSystem::Esm),
            b"commonjs" => Ok(ModuleSystem::CommonJs),
            _ => Err(Trouble::Answer {
                version: self.version,
            }),
        }
    }

    fn answer(&self, source: &str) -> io::Result<Output> {
        let child = Command::new(&self.path)
            .args(["--expose-internals", "-e", QUESTION])
            .env_clear()
            .envs(env::var_os("SystemRoot").map(|root| ("SystemRoot", root)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        told(child, source)
    }
}

/// What the child says to this source. It reads all of it before it says anything, so neither waits for the other.
fn told(mut child: Child, source: &str) -> io::Result<Output> {
    let written = match child.stdin.take() {
        Some(mut stdin) => stdin.write_all(source.as_bytes()),
        None => Ok(()),
    };
    let output = child.wait_with_output()?;
    written.map(|()| output)
}
