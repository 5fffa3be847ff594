//! How much a program is closed off, and by what.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::permission;

/// How much a program is closed off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Its time, memory, processes and output are limited, and no more: it runs as whoever grades.
    Limits,
    /// The same, and besides it can read no file but its own, has no network, and starts no other program.
    Partial,
    /// It sees no file, process or network but its own.
    Full,
}

impl Tier {
    /// All of them, the least first.
    pub const ALL: [Tier; 3] = [Tier::Limits, Tier::Partial, Tier::Full];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Tier::Full => "full",
            Tier::Partial => "partial",
            Tier::Limits => "limits",
        }
    }

    /// What it means for a program, for people.
    pub fn means(self) -> &'static str {
        match self {
            Tier::Full => "programs see no file, process or network but their own",
            Tier::Partial => {
                "programs can read and write no file but their own, have no network, and start no other program"
            }
            Tier::Limits if cfg!(any(target_os = "linux", windows)) => {
                "time, memory, processes and output are limited, files and network are not closed off"
            }
            Tier::Limits => {
                "waiting and output are limited; processor time, memory, files and network are not"
            }
        }
    }
}

/// What a program can be kept from, and in which tiers it is.
#[derive(Debug, Clone, Copy)]
pub struct Promise {
    /// What is promised.
    pub words: &'static str,
    /// The tiers that keep it.
    kept: &'static [Tier],
}

impl Promise {
    /// Whether the tier keeps it.
    pub fn is_kept(&self, tier: Tier) -> bool {
        self.kept.contains(&tier)
    }

    const fn by_all(words: &'static str) -> Self {
        let kept = &[Tier::Full, Tier::Partial, Tier::Limits];
        Promise { words, kept }
    }

    const fn in_partial(words: &'static str) -> Self {
        let kept = &[Tier::Full, Tier::Partial];
        Promise { words, kept }
    }

    const fn in_full(words: &'static str) -> Self {
        let kept = &[Tier::Full];
        Promise { words, kept }
    }
}

/// Every promise; `src/sandbox/SECURITY.md` shows the same.
pub const PROMISES: [Promise; 14] = [
    Promise::in_partial("no file can be read but the program's own, Node and the system's"),
    Promise::in_full("no other file can be seen to be there"),
    Promise::in_partial(
        "nothing of whoever grades can be reached: memory, environment, arguments, descriptors",
    ),
    Promise::in_partial(
        "what is judged are the bytes that it printed and how it ended, and nothing else can change that",
    ),
    Promise::in_partial("nothing is written but in its own two folders"),
    Promise::in_full("nothing that it wrote is left, also if whoever grades is killed"),
    Promise::in_partial("no network is reached but a loopback of its own, or none"),
    Promise::in_partial("no signal reaches anybody else"),
    Promise::in_full("no file that it wrote is started, or loaded as machine code"),
    Promise::by_all(
        "processor time, waiting, memory, output and processes end it at their limit, and what it had printed is kept",
    ),
    Promise::in_full(
        "space for files, descriptors and threads are refused beyond their limits, as any system would",
    ),
    Promise::in_partial(
        "no process that it started is left, whatever it does, and also if whoever grades is killed",
    ),
    Promise {
        words: "it finds what real programs need: its files, standard input, worker threads, a loopback, a temp folder",
        kept: &[Tier::Full, Tier::Limits],
    },
    Promise::by_all("what fails on this machine is never its fault: that is not judged"),
];

/// One thing that closes a program off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// Why it is off, in the system's words; `None` if it is on.
    pub off: Option<String>,
}

impl Layer {
    /// A layer that is off, and why.
    pub(super) fn off(name: &str, why: String) -> Self {
        Layer {
            name: name.to_owned(),
            off: Some(why),
        }
    }

    /// What can be done about it, if it is off.
    pub fn mend(&self) -> Option<&'static str> {
        let why = self.off.as_ref()?;
        match self.name.as_str() {
            // The system lets nobody mount a `/proc` that shows more than its own does.
            "self-test" if why.starts_with("mount: ") => Some(
                "start the container with `--security-opt systempaths=unconfined`, so that its `/proc` is whole",
            ),
            "user namespace" | "mount namespace" => Some(
                "let programs make user namespaces: set `user.max_user_namespaces` above 0, and on Ubuntu \
                 `kernel.apparmor_restrict_unprivileged_userns=0`; start a container with \
                 `--security-opt seccomp=unconfined --security-opt apparmor=unconfined`",
            ),
            "other user" => Some(
                "let it be an ordinary user, or give root what it has elsewhere (in a container: CAP_SETUID, CAP_SETGID)",
            ),
            "guarded files" => Some("Linux 6.2 or later with Landlock (`lsm=landlock,…` at boot)"),
            "self-test" => Some(
                "if this Node is a script or needs files beside it, name its binary with `--node`",
            ),
            // Where it was asked for, this Node cannot do it.
            permission::LAYER if why.starts_with("nobody asks") => Some(
                "`TICKMARK_NODE_PERMISSION=on` puts it there all the same: a program that it refuses something is then not judged",
            ),
            permission::LAYER => Some("take Node 24 or later"),
            _ => None,
        }
    }

    /// Whether it keeps no promise of any tier, so that no tier lacks it.
    pub fn is_extra(&self) -> bool {
        self.name == permission::LAYER
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.off {
            None => write!(f, "{}", self.name),
            Some(why) => write!(f, "{}: {why}", self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_shows_every_promise() {
        let sign = |kept| if kept { "yes" } else { "no" };
        let rows = PROMISES.iter().map(|promise| {
            let kept = |tier| sign(promise.is_kept(tier));
            format!(
                "| {} | {} | {} | {} |\n",
                promise.words,
                kept(Tier::Full),
                kept(Tier::Partial),
                kept(Tier::Limits)
            )
        });
        let table: String = rows.collect();
        let document = include_str!("SECURITY.md");
        assert!(document.contains(&table), "it should be\n{table}");
    }
}
