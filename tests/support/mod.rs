//! What several tests need: the Nodes to test on, many programs at once, and a voice that is heard.

// Each test takes what it needs.
#![allow(dead_code)]

use std::env;
use std::fs;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use tickmark::batch::{self, Stop};
use tickmark::node::{self, Node};
use tickmark::program::{Files, RelPath};
use tickmark::sandbox::{self, Tier};

/// The Nodes that `TICKMARK_NODES` names, as a `PATH` does; without it, the one that is found.
pub fn nodes() -> Vec<Node> {
    match env::var_os("TICKMARK_NODES") {
        Some(paths) => env::split_paths(&paths)
            .map(|path| Node::from_path(&path).unwrap())
            .collect(),
        None => vec![node::find(None).unwrap()],
    }
}

/// Where what is said now differs from the file, which `TICKMARK_ACCEPT=1` writes anew.
pub fn differs(file: &Path, now: &str) -> Option<String> {
    if env::var_os("TICKMARK_ACCEPT").is_some() {
        fs::write(file, now).unwrap();
    }
    let before = fs::read_to_string(file).unwrap();
    let mut lines = before.lines().zip(now.lines());
    let differs = lines.find(|(before, now)| before != now);
    let what = match (before == now, differs) {
        (true, _) => return None,
        (false, Some((before, now))) => format!("`{before}` is now `{now}`"),
        (false, None) => "is now longer or shorter".to_owned(),
    };
    Some(format!("{}: {what}", file.display()))
}

/// Says what could not be tested here, past the harness, which swallows what a test says that passes.
pub fn not_tested(what: &str) {
    let mut stderr = std::io::stderr();
    writeln!(stderr, "NOT TESTED: {what}").unwrap();
}

/// Whether programs of this Node have a full box here; where they have none, that is said.
pub fn has_a_full_box(node: &Node) -> bool {
    match sandbox::tier(node) {
        (Tier::Full, _) => true,
        (Tier::Partial | Tier::Limits, lacking) => {
            not_tested(&format!(
                "the full box of Node {}: {}",
                node.version, lacking[0]
            ));
            false
        }
    }
}

/// Tries so many jobs at once; what is wrong with any of them fails the test, all of it together.
pub fn hold<Job: Sync>(
    jobs: &[Job],
    at_once: usize,
    wrong: impl Fn(&Job) -> Option<String> + Sync,
) {
    let workers = NonZeroUsize::new(at_once).unwrap();
    let wrong = batch::run(jobs, workers, &Stop::new(), wrong, |_event| ());
    let wrong: Vec<String> = wrong.into_iter().flatten().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// These files, by their paths.
pub fn files<T: AsRef<[u8]>>(files: &[(&str, T)]) -> Files {
    files
        .iter()
        .map(|(path, text)| (RelPath::new(path).unwrap(), text.as_ref().into()))
        .collect()
}

/// Does the work while so many threads do nothing but keep cores busy; they end also if it panics.
pub fn beside_spinning<T>(threads: usize, work: impl FnOnce() -> T) -> T {
    struct Over<'o>(&'o AtomicBool);
    impl Drop for Over<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }
    let over = AtomicBool::new(false);
    let spin = || {
        while !over.load(Ordering::SeqCst) {
            std::hint::spin_loop();
        }
    };
    thread::scope(|scope| {
        let _over = Over(&over);
        for _ in 0..threads {
            scope.spawn(spin);
        }
        work()
    })
}
