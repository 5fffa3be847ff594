//! Versions of Node, ranges of them, and the two module systems.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A version of Node: `20.20.2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version {
    /// The release line.
    pub major: u32,
    /// The minor release.
    pub minor: u32,
    /// The patch.
    pub patch: u32,
}

impl Version {
    /// The last of a release line, whichever that will be.
    pub fn last_of(major: u32) -> Version {
        Version {
            major,
            minor: u32::MAX,
            patch: u32::MAX,
        }
    }
}

impl FromStr for Version {
    type Err = ();

    /// As Node prints it, with or without its `v`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim().trim_start_matches('v');
        let mut parts = text
            .split('-')
            .next()
            .unwrap_or(text)
            .splitn(3, '.')
            .map(|part| part.parse().map_err(|_| ()));
        let mut next = || parts.next().ok_or(())?;
        Ok(Version {
            major: next()?,
            minor: next()?,
            patch: next()?,
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// Release lines of Node: `20`, `18-20` or `20+`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Range {
    /// The first line.
    pub from: u32,
    /// The last line; `None` for all later ones.
    pub to: Option<u32>,
}

impl Range {
    /// Every version.
    pub const ALL: Range = Range { from: 0, to: None };

    /// Whether the version is one of them.
    pub fn holds(&self, version: Version) -> bool {
        self.from <= version.major && self.to.is_none_or(|to| version.major <= to)
    }
}

impl FromStr for Range {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let number = |text: &str| {
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse::<u32>().ok()).flatten().ok_or(())
        };
        let range = if let Some(from) = text.strip_suffix('+') {
            Range {
                from: number(from)?,
                to: None,
            }
        } else if let Some((from, to)) = text.split_once('-') {
            Range {
                from: number(from)?,
                to: Some(number(to)?),
            }
        } else {
            Range {
                from: number(text)?,
                to: Some(number(text)?),
            }
        };
        if range.to.is_some_and(|to| to < range.from) {
            Err(())
        } else {
            Ok(range)
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            None if self.from == 0 => f.write_str("any version"),
            None => write!(f, "{}+", self.from),
            Some(to) if to == self.from => write!(f, "{to}"),
            Some(to) => write!(f, "{}-{to}", self.from),
        }
    }
}

/// How Node loads a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ModuleSystem {
    /// As a CommonJS module: `require`, `module.exports`.
    CommonJs,
    /// As an ES module: `import`, `export`.
    Esm,
}

impl ModuleSystem {
    /// The word for it in files and reports.
    pub fn word(self) -> &'static str {
        match self {
            ModuleSystem::CommonJs => "commonjs",
            ModuleSystem::Esm => "esm",
        }
    }
}

impl fmt::Display for ModuleSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ModuleSystem::CommonJs => "CommonJS",
            ModuleSystem::Esm => "ES module",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_ranges_are_read_as_they_are_written() {
        let version: Version = "v20.20.2\n".parse().unwrap();
        assert_eq!(version.to_string(), "20.20.2");
        for (text, holds) in [
            ("20", true),
            ("18-20", true),
            ("20+", true),
            ("22+", false),
            ("18", false),
        ] {
            let range: Range = text.parse().unwrap();
            assert_eq!(range.holds(version), holds, "{text}");
            assert_eq!(range.to_string(), text);
        }
        for bad in [
            "", "+", "20-", "-20", "22-18", "20.1", "x", ">=20", "+20", "20++",
        ] {
            assert!(bad.parse::<Range>().is_err(), "{bad}");
        }
    }
}
