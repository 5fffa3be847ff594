//! Proofs that were given before: what has not changed is not proven again.
//!
//! A proof counts for the same content as we understand it, the same Node, the same program and as many runs. Only
//! what holds is kept. Each unit has one file for each Node, so that nothing piles up.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Job, Predicted, Proof, Seen};

/// The folder of proofs.
#[derive(Debug)]
pub struct Kept {
    folder: PathBuf,
    /// A hash of this program.
    program: String,
}

/// What is kept of a proof.
#[derive(Serialize, Deserialize)]
struct Record {
    /// A hash of all that it depends on.
    of: String,
    seen: Vec<SeenRecord>,
}

/// What is kept of what was seen of a key.
#[derive(Serialize, Deserialize)]
struct SeenRecord {
    key: String,
    orders: Vec<(Vec<String>, u32)>,
    accepted: Option<Vec<Vec<String>>>,
    predicted: Option<Predicted>,
}

impl From<Seen> for SeenRecord {
    fn from(seen: Seen) -> Self {
        SeenRecord {
            key: seen.key,
            orders: seen.orders.into_iter().collect(),
            accepted: seen.accepted,
            predicted: seen.predicted,
        }
    }
}

impl From<SeenRecord> for Seen {
    fn from(record: SeenRecord) -> Self {
        Seen {
            key: record.key,
            orders: record.orders.into_iter().collect(),
            accepted: record.accepted,
            predicted: record.predicted,
        }
    }
}

impl Kept {
    /// The proofs kept in a folder, by this program; `None` if the program cannot be read.
    pub fn in_folder(folder: &Path) -> Option<Self> {
        let program = fs::read(std::env::current_exe().ok()?).ok()?;
        Some(Kept {
            folder: folder.to_owned(),
            program: blake3::hash(&program).to_hex().to_string(),
        })
    }

    /// The proof of a unit on a Node, if one with as many runs is kept.
    pub fn get(&self, job: &Job<'_>, runs: u32) -> Option<Proof> {
        let record = fs::read(self.file(job)).ok()?;
        let record: Record = serde_json::from_slice(&record).ok()?;
        (record.of == self.all_of(job, runs)).then(|| Proof {
            seen: record.seen.into_iter().map(Seen::from).collect(),
            ..Proof::default()
        })
    }

    /// Keeps a proof that holds. Where that fails, it is given again the next time.
    pub fn put(&self, job: &Job<'_>, runs: u32, proof: &Proof) {
        if !proof.holds() {
            return;
        }
        let record = Record {
            of: self.all_of(job, runs),
            seen: proof.seen.iter().cloned().map(SeenRecord::from).collect(),
        };
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(&self.folder)?;
            let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
            serde_json::to_writer(&mut file, &record)?;
            file.persist(self.file(job))?;
            Ok(())
        };
        // It is only a proof's shortcut.
        let _ = write();
    }

    fn file(&self, Job { unit, node }: &Job<'_>) -> PathBuf {
        let name = format!("{} {}", unit.name(), node.path.display());
        let name = blake3::hash(name.as_bytes()).to_hex();
        self.folder.join(format!("{}.json", &name[..32]))
    }

    /// A hash of all that a proof depends on: what is read of the content, the Node, the program, the runs.
    fn all_of(&self, Job { unit, node }: &Job<'_>, runs: u32) -> String {
        let all = format!("{unit:?}\n{node:?}\n{}\n{runs}", self.program);
        blake3::hash(all.as_bytes()).to_hex().to_string()
    }
}
