//! A folder's files held in memory, under paths that cannot leave it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::words;

/// A path of a file inside a folder: `/` between its parts, never empty, never leaving the folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(String);

/// Why a text is no [`RelPath`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPath {
    /// Nothing, or nothing between two `/`.
    #[error("has an empty part")]
    Empty,
    /// It starts at the root of the disk or names a drive.
    #[error("is absolute")]
    Absolute,
    /// A part is `.` or `..`.
    #[error("has `.` or `..` in it")]
    Dots,
    /// A character that some system keeps out of file names (`\`, `:`, `*`, …) or that cannot be seen.
    #[error("has a character that not every system allows in a file name")]
    Character,
    /// Longer than any system allows.
    #[error("is too long")]
    TooLong,
}

impl RelPath {
    /// The path that the text says.
    pub fn new(text: &str) -> Result<Self, BadPath> {
        if text.starts_with('/') || text.as_bytes().get(1) == Some(&b':') {
            return Err(BadPath::Absolute);
        }
        if text.len() > 1024 || text.split('/').any(|part| part.len() > 255) {
            return Err(BadPath::TooLong);
        }
        if text.split('/').any(str::is_empty) {
            return Err(BadPath::Empty);
        }
        if text.split('/').any(|part| part == "." || part == "..") {
            return Err(BadPath::Dots);
        }
        if text.contains(['\\', ':', '*', '?', '"', '<', '>', '|']) || words::visible(text) != text
        {
            return Err(BadPath::Character);
        }
        Ok(RelPath(text.to_owned()))
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its last part.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The folders above it, nearest first: `a/b`, `a` for `a/b/c.js`.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(self.0.rsplit_once('/'), |(folder, _)| {
            folder.rsplit_once('/')
        })
        .map(|(folder, _)| folder)
    }

    /// The path below the folder, if it is below it.
    pub fn below(&self, folder: &str) -> Option<RelPath> {
        let rest = self.0.strip_prefix(folder)?.strip_prefix('/')?;
        Some(RelPath(rest.to_owned()))
    }

    /// This path inside a folder.
    pub fn inside(&self, folder: &RelPath) -> RelPath {
        RelPath(format!("{}/{}", folder.0, self.0))
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The files of a folder and of the folders in it, sorted by path. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<RelPath, Arc<[u8]>>);

impl Files {
    /// Adds a file, in place of one at the same path.
    pub fn insert(&mut self, path: RelPath, content: impl Into<Arc<[u8]>>) -> Option<Arc<[u8]>> {
        self.0.insert(path, content.into())
    }

    /// The file at the path.
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.0.get(&RelPath(path.to_owned()))
    }

    /// Whether there is a file at the path.
    pub fn contains(&self, path: &str) -> bool {
        self.get(path).is_some()
    }

    /// Every file, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&RelPath, &Arc<[u8]>)> {
        self.0.iter()
    }

    /// Every path, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &RelPath> {
        self.0.keys()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The files below a folder, by their path inside it.
    pub fn below(&self, folder: &str) -> Files {
        Files(
            self.0
                .iter()
                .filter_map(|(path, content)| Some((path.below(folder)?, content.clone())))
                .collect(),
        )
    }

    /// Lays the other files over these; answers which of these they replaced by something else.
    pub fn overlay(&mut self, over: &Files) -> Vec<RelPath> {
        let mut replaced = Vec::new();
        for (path, content) in over.iter() {
            if let Some(before) = self.insert(path.clone(), content.clone())
                && before != *content
            {
                replaced.push(path.clone());
            }
        }
        replaced
    }
}

impl FromIterator<(RelPath, Arc<[u8]>)> for Files {
    fn from_iter<I: IntoIterator<Item = (RelPath, Arc<[u8]>)>>(files: I) -> Self {
        Files(files.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_leave_its_folder() {
        for bad in [
            "",
            "/a",
            "a//b",
            "../a",
            "a/..",
            "./a",
            "a/./b",
            "c:/a",
            "a\\b",
            "a\0b",
            "a/",
            "a\u{202e}b",
        ] {
            assert!(RelPath::new(bad).is_err(), "{bad:?}");
        }
        for good in ["a", "a/b.mjs", "..a", "über uns/größe.js", "-x"] {
            assert_eq!(RelPath::new(good).unwrap().as_str(), good);
        }
    }

    #[test]
    fn folders_are_named_nearest_first() {
        let path = RelPath::new("a/b/c.js").unwrap();
        assert_eq!(path.folders().collect::<Vec<_>>(), ["a/b", "a"]);
        assert_eq!(path.below("a").unwrap().as_str(), "b/c.js");
        assert_eq!(path.below("a/b/c.js"), None);
    }
}
