//! How much a program is closed off, and by what.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a program is closed off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Its time, memory, processes and output are limited, and no more: it runs as whoever grades.
    Limits,
    /// It sees no file, process or network but its own.
    Full,
}

impl Tier {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Tier::Full => "full",
            Tier::Limits => "limits",
        }
    }

    /// What it means for a program, for people.
    pub fn means(self) -> &'static str {
        match self {
            Tier::Full => "programs see no file, process or network but their own",
            Tier::Limits if cfg!(target_os = "linux") => {
                "time, memory, processes and output are limited, files and network are not closed off"
            }
            Tier::Limits => {
                "waiting and output are limited; processor time, memory, files and network are not"
            }
        }
    }
}

/// One thing that closes a program off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// Why it is off, in the system's words; `None` if it is on.
    pub off: Option<String>,
}

impl Layer {
    /// A layer that is on.
    pub(super) fn on(name: &str) -> Self {
        Layer {
            name: name.to_owned(),
            off: None,
        }
    }

    /// A layer that is off, and why.
    pub(super) fn off(name: &str, why: String) -> Self {
        Layer {
            name: name.to_owned(),
            off: Some(why),
        }
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
