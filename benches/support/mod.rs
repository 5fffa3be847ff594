//! What the benches have in common: which Nodes they measure, and a spawn with nothing around it.

#[path = "../../tests/support/mod.rs"]
mod tests;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tickmark::sandbox::Program;

pub use tests::nodes;

/// What every program gets in the sandbox: reading it costs Node some time.
pub const ENVIRONMENT: [(&str, &str); 5] = [
    ("PATH", "/usr/bin:/bin"),
    ("HOME", "/tmp"),
    ("TMPDIR", "/tmp"),
    ("TZ", "UTC"),
    ("LANG", "C.UTF-8"),
];

/// A program that lies in a folder of its own.
pub struct Laid {
    folder: tempfile::TempDir,
    program: Program,
}

impl Laid {
    /// Lays it there: its files in `program`, its input in `stdin`.
    pub fn new(program: Program) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let laid = Laid { folder, program };
        for (path, content) in laid.program.files.iter() {
            let path = laid.folder().join(path.as_str());
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, content).expect("a file");
        }
        fs::write(laid.stdin(), &laid.program.input.stdin).expect("a file");
        laid
    }

    /// The program's own folder.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("program")
    }

    fn stdin(&self) -> PathBuf {
        self.folder.path().join("stdin")
    }

    /// Runs it with nothing around it but the pipes that its output needs, in a clean environment; answers what it
    /// printed.
    pub fn spawn(&self, node: &Path) -> Vec<u8> {
        let input = &self.program.input;
        let output = Command::new(node)
            .arg(format!("./{}", self.program.entry))
            .args(&input.args)
            .current_dir(self.folder())
            .env_clear()
            .envs(ENVIRONMENT)
            .envs(input.env.iter().map(|(name, value)| (name, value)))
            .stdin(File::open(self.stdin()).expect("a file"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .output();
        output.expect("it ran").stdout
    }
}
