//! Node's own permission model: an extra for programs that no box closes off, for whoever asks for it.
//!
//! With it Node refuses to read outside of the run's folder, to write outside of the program's two, to start other
//! programs and worker threads, to load machine code, and from version 25 on to use the network. It is a belt and no
//! wall: as Node says itself, it keeps a program that means no harm from doing some by mistake, and no other.
//!
//! It is not put there unasked, for it changes what honest programs print (seen on Node 20 to 26):
//!
//! - What it refuses is refused at once: the callback of `fs.readFile('/no/such/file', …)` is called before
//!   `readFile` returns, with `ERR_ACCESS_DENIED` where it should come later, with `ENOENT`; and `fs.existsSync` throws.
//! - No link can be made among files, not even in the program's own folder.
//! - Worker threads, and from version 25 on the network, can be allowed only together with a warning on standard error
//!   that no option takes away without others, and that a listener to `warning` hears.
//! - `process.binding` and `fs.fchmod` are gone, `path` is frozen, and there is a `process.permission`.
//!
//! Nobody must lose by it who means well. So where it is asked for, Node also says what it refused (`hear.cjs`), and such
//! a run is [`Trouble::Refused`]: not judged, with what it was, whether it was by mistake or not. A Node that cannot say so,
//! or that warns, does not get it; that is tried out. Programs that may start others and servers are run without: the
//! first would hand it on, and the others need the network.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::folder::Folder;
use super::registry::Entered;
use super::{Layer, Program, Trouble, limited};
use crate::node::Node;
use crate::problem::Problem;
use crate::program::{Ending, Files, RelPath};
use crate::words;

/// The name of the layer.
pub(super) const LAYER: &str = "Node's permission model";

/// A variable that asks for it.
const ASKS: &str = "TICKMARK_NODE_PERMISSION";

/// What Node says where it refuses something.
const DENIED: &[u8] = b"ERR_ACCESS_DENIED";

/// Whether the environment asks for Node's permission model where there is no box.
pub fn asks_for_permissions() -> Result<bool, Problem> {
    let Some(asked) = env::var_os(ASKS) else {
        return Ok(false);
    };
    match asked.to_str() {
        Some("on") => Ok(true),
        Some("off") => Ok(false),
        _ => {
            let asked = words::code(&asked.to_string_lossy());
            let problem = Problem::new(format!("`{ASKS}` is {asked}"));
            Err(problem.help("it can be `on` or `off`"))
        }
    }
}

/// Whether programs of this Node, which no box closes off, are run with it.
pub(super) fn layer(node: &Node, entered: &Entered) -> Result<Layer, Trouble> {
    let off = |why: String| Ok(Layer::off(LAYER, why));
    match asks_for_permissions() {
        Err(problem) => off(problem.message),
        Ok(false) => off("nobody asks for it, as it changes what honest programs print".to_owned()),
        Ok(true) => match tried_out(node, entered)? {
            Some(why) => off(why),
            None => Ok(Layer {
                name: LAYER.to_owned(),
                off: None,
            }),
        },
    }
}

/// Reads a file outside, and says nothing.
const READS: &str = "\
try {
  require('node:fs').readFileSync(process.execPath)
} catch {}
";

/// Whether it refuses and says so, and nothing else is to be seen; answers what was otherwise.
fn tried_out(node: &Node, entered: &Entered) -> Result<Option<String>, Trouble> {
    let here = |bad| Trouble::Follow(io::Error::other(bad));
    let entry = RelPath::new("reads.cjs").map_err(here)?;
    let files = Files::from_iter([(entry.clone(), READS.as_bytes().into())]);
    let program = Program {
        children: false,
        ..Program::new(files, entry)
    };
    match limited::run(&program, &node.into(), true, entered) {
        Err(Trouble::Refused { .. }) => Ok(None),
        Err(trouble) => Err(trouble),
        Ok(ended) => {
            let run = ended.judge(&program, &node.into())?;
            let said = String::from_utf8_lossy(&run.stderr);
            let line = said.lines().find(|line| !line.trim().is_empty());
            Ok(Some(match (line, run.ending) {
                (Some(line), _) => words::visible(line),
                (None, Ending::Finished { exit: 0 }) => {
                    format!("Node {} does not say what it refuses", node.version)
                }
                (None, Ending::Stopped(_)) => return Err(Trouble::Overloaded),
                (None, _) => format!("Node {} does not start with it", node.version),
            }))
        }
    }
}

/// Whether this program can be run with it.
pub(super) fn is_for(program: &Program) -> bool {
    !program.children && program.requests.is_empty()
}

/// The permission model of one run.
#[derive(Debug)]
pub(super) struct Permissions<'a> {
    folder: &'a Folder,
}

impl<'a> Permissions<'a> {
    /// Of the run that this folder is for.
    pub(super) fn of(folder: &'a Folder) -> Result<Self, Trouble> {
        let permissions = Permissions { folder };
        let text = include_str!("permission/hear.cjs");
        fs::write(permissions.listener(), text).map_err(|source| Trouble::Folder {
            within: folder.root().to_owned(),
            source,
        })?;
        Ok(permissions)
    }

    fn listener(&self) -> PathBuf {
        self.folder.root().join("hear.cjs")
    }

    fn said(&self) -> PathBuf {
        self.folder.root().join("refused")
    }

    /// The options that Node is to be started with.
    pub(super) fn options(&self) -> Vec<OsString> {
        // Of a folder, what is in it too.
        let within = |path: PathBuf| path.join("");
        let root = self.folder.root();
        let read = [
            within(root.to_owned()),
            "/dev/null".into(),
            "/dev/stdin".into(),
        ];
        let write = [
            within(self.folder.program()),
            within(self.folder.tmp()),
            self.said(),
            "/dev/null".into(),
            "/dev/stdout".into(),
            "/dev/stderr".into(),
        ];
        let mut options: Vec<OsString> = vec!["--permission".into()];
        options.extend(read.iter().map(|path| with("--allow-fs-read=", path)));
        options.extend(write.iter().map(|path| with("--allow-fs-write=", path)));
        options.push("--require".into());
        options.push(self.listener().into());
        options
    }

    /// Trouble where something was refused: it was said, or stands in what the program printed.
    pub(super) fn check(&self, printed: [&[u8]; 2]) -> Result<(), Trouble> {
        let what = match fs::read(self.said()) {
            Ok(said) => read(&self.folder.unnamed(said)),
            Err(_) if printed.iter().any(|text| is_in(text, DENIED)) => {
                "something (`ERR_ACCESS_DENIED`)".to_owned()
            }
            Err(_) => return Ok(()),
        };
        Err(Trouble::Refused { what })
    }
}

fn with(option: &str, path: &Path) -> OsString {
    let mut option = OsString::from(option);
    option.push(path);
    option
}

fn is_in(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// What was refused, out of what was said of it; the program may have written it.
fn read(said: &[u8]) -> String {
    #[derive(serde::Deserialize)]
    struct Said {
        permission: String,
        resource: String,
    }
    let Ok(Said {
        permission,
        resource,
    }) = serde_json::from_slice(said)
    else {
        return "something".to_owned();
    };
    let it = words::code(&resource);
    match permission.as_str() {
        "FileSystemRead" => format!("to read {it}"),
        "FileSystemWrite" => format!("to write {it}"),
        "FileSystem" => "to make a link".to_owned(),
        "ChildProcess" => format!("to start {it}"),
        "WorkerThreads" => "to start a worker thread".to_owned(),
        "Net" => "to use the network".to_owned(),
        other => words::code(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_refused_is_one_safe_line() {
        let said = br#"{"permission":"FileSystemRead","resource":"/etc/pass\nwd"}"#;
        assert_eq!(read(said), "to read `/etc/pass\u{240a}wd`");
        assert_eq!(
            read(br#"{"permission":"WorkerThreads","resource":""}"#),
            "to start a worker thread"
        );
        assert_eq!(read(br#"{"permission":"Wasi","resource":""}"#), "`Wasi`");
        assert_eq!(read(b"nonsense"), "something");
    }
}
