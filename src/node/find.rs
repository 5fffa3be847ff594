//! Where Nodes are: what the user named, what is on the `PATH`, and the folders of the usual version managers.
//!
//! A place counts only if what stands there says what version it is. To add a version manager, add a line to
//! [`FOLDERS`].

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Node;
use crate::program::Version;

/// The variable that names a Node for the whole session.
pub const VARIABLE: &str = "TICKMARK_NODE";

/// The binary's name.
const BINARY: &str = if cfg!(windows) { "node.exe" } else { "node" };

/// How long a Node may take to say its version: far longer than any does, so that a loaded machine hides none.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where version managers and installers put Nodes. What begins with `$` is a variable, `~` the user's home, `*` any
/// folder; a place whose variable is not set is none.
const FOLDERS: &[&str] = if cfg!(windows) {
    &[
        "$NVM_SYMLINK",
        "$NVM_HOME/*",
        "$APPDATA/nvm/*",
        "$FNM_DIR/node-versions/*/installation",
        "$APPDATA/fnm/node-versions/*/installation",
        "$LOCALAPPDATA/Volta/tools/image/node/*",
        "$ProgramFiles/nodejs",
    ]
} else {
    &[
        "$NVM_DIR/versions/node/*/bin",
        "~/.nvm/versions/node/*/bin",
        "$FNM_DIR/node-versions/*/installation/bin",
        "~/.local/share/fnm/node-versions/*/installation/bin",
        "~/Library/Application Support/fnm/node-versions/*/installation/bin",
        "$VOLTA_HOME/tools/image/node/*/bin",
        "~/.volta/tools/image/node/*/bin",
        "$ASDF_DATA_DIR/installs/nodejs/*/bin",
        "~/.asdf/installs/nodejs/*/bin",
        "$MISE_DATA_DIR/installs/node/*/bin",
        "~/.local/share/mise/installs/node/*/bin",
        "$N_PREFIX/bin",
        "$N_PREFIX/n/versions/node/*/bin",
        "~/n/bin",
        "/usr/local/n/versions/node/*/bin",
        "/opt/homebrew/bin",
        "/opt/homebrew/opt/node@*/bin",
        "/home/linuxbrew/.linuxbrew/bin",
        "/usr/local/opt/node@*/bin",
        "/usr/local/bin",
        "/usr/bin",
    ]
};

/// There is no Node to run programs with.
#[derive(Debug, thiserror::Error)]
pub enum Missing {
    /// The one that was named is none.
    #[error("{by} names `{}`, which is no Node", path.display())]
    Named {
        /// Who named it: `--node` or the variable.
        by: &'static str,
        /// What was named.
        path: PathBuf,
        /// What is wrong with it.
        source: NotNode,
    },
    /// There is none in any place where one is looked for.
    #[error(
        "there is no Node.js on this machine's PATH or in the folders of the usual version managers"
    )]
    Everywhere,
}

impl Missing {
    /// What to do about it: one sentence, lowercase, no full stop.
    pub fn advice(&self) -> &'static str {
        match self {
            Missing::Named { .. } => {
                "name the `node` binary itself or the folder of its installation, which holds `bin/node`"
            }
            Missing::Everywhere => {
                "install Node.js 20 or later from https://nodejs.org, or name one with `--node PATH`"
            }
        }
    }
}

/// Why a file is no Node.
#[derive(Debug, thiserror::Error)]
pub enum NotNode {
    /// It is not there, or may not be started.
    #[error("cannot start it")]
    Start(#[source] io::Error),
    /// It did not end in time.
    #[error("it did not answer `--version` within {} seconds", PATIENCE.as_secs())]
    Slow,
    /// It says something else.
    #[error("it answers `--version` with {0}, not with a version like `v22.1.0`")]
    Answer(String),
}

/// The Node to run programs with: the one that was named (a binary, or a folder with `bin/node`), else that of
/// `TICKMARK_NODE`, else the first on the `PATH`, else the newest in the usual folders.
///
/// One that is named but is none is an error, never passed over. An old one is found too:
/// see [`Node::is_supported`].
pub fn find(named: Option<&Path>) -> Result<Node, Missing> {
    let variable = env::var_os(VARIABLE).filter(|path| !path.is_empty());
    let named = named.map(|path| ("`--node`", path.to_owned()));
    let named = named.or(variable.map(|path| ("`TICKMARK_NODE`", path.into())));
    if let Some((by, path)) = named {
        return Node::from_path(&path).map_err(|source| Missing::Named { by, path, source });
    }
    first(on_path())
        .or_else(|| all_of(installed()).into_iter().next())
        .ok_or(Missing::Everywhere)
}

/// Every Node that is found, the newest first.
pub fn all() -> Vec<Node> {
    let named = env::var_os(VARIABLE).map(PathBuf::from);
    all_of(named.into_iter().chain(on_path()).chain(installed()))
}

fn first(places: impl Iterator<Item = PathBuf>) -> Option<Node> {
    places
        .filter(|place| place.is_file())
        .find_map(|place| Node::from_path(&place).ok())
}

fn all_of(places: impl Iterator<Item = PathBuf>) -> Vec<Node> {
    let binaries: BTreeSet<PathBuf> = places
        .filter_map(|place| fs::canonicalize(binary(&place)).ok())
        .collect();
    let mut nodes: Vec<Node> = binaries
        .iter()
        .filter_map(|path| Node::from_path(path).ok())
        .collect();
    nodes.sort_by(|a, b| b.version.cmp(&a.version).then_with(|| a.path.cmp(&b.path)));
    nodes.dedup();
    nodes
}

fn on_path() -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    // An empty entry would mean the working directory, where a student's `node` may lie.
    folders
        .into_iter()
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(BINARY))
}

fn installed() -> impl Iterator<Item = PathBuf> {
    FOLDERS
        .iter()
        .flat_map(|pattern| places(pattern))
        .map(|folder| folder.join(BINARY))
}

/// The folders that a line of [`FOLDERS`] stands for.
fn places(pattern: &str) -> Vec<PathBuf> {
    let (start, rest) = match pattern.split_once('/') {
        Some((start, rest)) => (start, rest),
        None => (pattern, ""),
    };
    let root = match start {
        "" => Some(PathBuf::from("/")),
        "~" => env::home_dir(),
        variable => env::var_os(variable.trim_start_matches('$')).map(PathBuf::from),
    };
    let roots = root.filter(|root| root.is_absolute()).into_iter().collect();
    rest.split('/')
        .filter(|part| !part.is_empty())
        .fold(roots, |folders: Vec<PathBuf>, part| {
            folders
                .iter()
                .flat_map(|folder| match part.strip_suffix('*') {
                    None => vec![folder.join(part)],
                    Some(prefix) => folders_in(folder, prefix),
                })
                .collect()
        })
}

fn folders_in(folder: &Path, prefix: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .map(|entry| entry.path())
        .collect()
}

/// The binary that is meant: the file itself, or that of an installation's folder.
fn binary(named: &Path) -> PathBuf {
    [
        named.to_owned(),
        named.join("bin").join(BINARY),
        named.join(BINARY),
    ]
    .into_iter()
    .find(|path| path.is_file())
    .unwrap_or_else(|| named.to_owned())
}

impl Node {
    /// The Node at this path: its binary, or the folder of its installation. It is asked for its version.
    ///
    /// Version managers put a program of their own in Node's place, a *shim* that starts the real one as the user's
    /// environment says. It is asked for the real one, once, so that all runs are of one Node, without the shim.
    pub fn from_path(path: &Path) -> Result<Node, NotNode> {
        let named = binary(path);
        let path = fs::canonicalize(&named).map_err(NotNode::Start)?;
        Node::at(path).or_else(|wrong| {
            let behind = behind_shim(&named).ok_or(wrong)?;
            Node::at(fs::canonicalize(behind).map_err(NotNode::Start)?)
        })
    }

    fn at(path: PathBuf) -> Result<Node, NotNode> {
        let mut command = Command::new(&path);
        command
            .arg("--version")
            .env_clear()
            .envs(env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        let answer = answer(&mut command)?;
        let version = answer
            .strip_prefix('v')
            .and_then(|version| version.parse::<Version>().ok())
            .ok_or_else(|| NotNode::Answer(crate::words::code(shortened(&answer))))?;
        Ok(Node { path, version })
    }

    /// Whether it is one of the versions that everything here is proven on: 18 and later.
    pub fn is_supported(&self) -> bool {
        self.version.major >= 18
    }
}

fn shortened(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    let end = line.char_indices().nth(60).map_or(line.len(), |(at, _)| at);
    &line[..end]
}

/// The real Node that a shim starts here.
fn behind_shim(shim: &Path) -> Option<PathBuf> {
    let mut command = Command::new(shim);
    command
        .args(["-p", "process.execPath"])
        .env_remove("NODE_OPTIONS");
    let path = PathBuf::from(answer(&mut command).ok()?.trim_end());
    Some(path).filter(|path| path.is_absolute() && path.is_file())
}

/// What the command prints, if it ends in time.
fn answer(command: &mut Command) -> Result<String, NotNode> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(NotNode::Start)?;
    let deadline = Instant::now() + PATIENCE;
    while child.try_wait().map_err(NotNode::Start)?.is_none() {
        if Instant::now() > deadline {
            // Whatever comes of it, nothing more is wanted from it.
            let _ = child.kill();
            let _ = child.wait();
            return Err(NotNode::Slow);
        }
        thread::sleep(Duration::from_millis(1));
    }
    let mut printed = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        stdout
            .take(4096)
            .read_to_end(&mut printed)
            .map_err(NotNode::Start)?;
    }
    Ok(String::from_utf8_lossy(&printed).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_folder() {
        let home = tempfile::tempdir().unwrap();
        for version in ["v18.0.0", "v20.0.0"] {
            fs::create_dir_all(home.path().join("versions").join(version).join("bin")).unwrap();
        }
        let mut found = places(&format!("{}/versions/v*/bin", home.path().display()));
        found.sort();
        let expected =
            ["v18.0.0", "v20.0.0"].map(|v| home.path().join("versions").join(v).join("bin"));
        assert_eq!(found, expected);
        assert!(places("$TICKMARK_NO_SUCH_VARIABLE/bin").is_empty());
    }

    #[test]
    fn what_is_named_and_is_no_node_is_said_so() {
        let missing = find(Some(Path::new("/no/such/node"))).unwrap_err();
        assert_eq!(
            missing.to_string(),
            "`--node` names `/no/such/node`, which is no Node"
        );
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(
            Node::from_path(folder.path()),
            Err(NotNode::Start(_))
        ));
    }
}
