//! The folder of one run: made with exactly the program's files, and gone afterwards.
//!
//! It looks like this, and is the same from every run:
//!
//! ```text
//! tickmark-x8Jd2k/            only for us: mode 700
//!   program/                  the program's folder and working directory: its files and nothing else
//!   tmp/                      HOME and TMPDIR, empty
//!   package.json              `{}`, only if a folder further up has one: see below
//! ```
//!
//! Node looks for a `package.json` upwards from a file, and would go on above the run's folder. Where one is found
//! there, its `type` would decide the module system of a student's `.js`. An empty object in between stops the
//! search and says nothing. It is not written where it is not needed: with it, later Nodes print the warning
//! `MODULE_TYPELESS_PACKAGE_JSON` for a `.js` in ES module syntax, which they do not where there is none at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::{Trouble, system};
use crate::program::Files;

/// A run's folder; dropping it removes it.
#[derive(Debug)]
pub(super) struct Folder {
    /// `None` only while it is being dropped.
    made: Option<TempDir>,
    root: PathBuf,
}

impl Folder {
    /// Makes the folder and writes the files into it.
    pub(super) fn new(files: &Files) -> Result<Self, Trouble> {
        let within = std::env::temp_dir();
        let folder = Folder::made(&within).map_err(|source| Trouble::Folder { within, source })?;
        folder.fill(files)?;
        Ok(folder)
    }

    fn made(within: &Path) -> io::Result<Self> {
        // What Node prints are real paths, and we look for this one in what it prints.
        let within = as_node_says_it(fs::canonicalize(within)?);
        let made = tempfile::Builder::new()
            .prefix("tickmark-")
            .tempdir_in(&within)?;
        let root = made.path().to_owned();
        let folder = Folder {
            made: Some(made),
            root,
        };
        fs::create_dir(folder.program())?;
        fs::create_dir(folder.tmp())?;
        if within
            .ancestors()
            .any(|up| up.join("package.json").exists())
        {
            fs::write(folder.root.join("package.json"), "{}")?;
        }
        Ok(folder)
    }

    fn fill(&self, files: &Files) -> Result<(), Trouble> {
        for (path, content) in files.iter() {
            self.write(path.as_str(), content)
                .map_err(|source| Trouble::Write {
                    file: path.clone(),
                    source,
                })?;
        }
        Ok(())
    }

    fn write(&self, path: &str, content: &[u8]) -> io::Result<()> {
        let path = self.program().join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, content)
    }

    /// The program's own folder, in which it starts.
    pub(super) fn program(&self) -> PathBuf {
        self.root.join("program")
    }

    /// Where it finds its home and its place for temporary files.
    pub(super) fn tmp(&self) -> PathBuf {
        self.root.join("tmp")
    }

    /// The whole of it.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The text without this folder's path, so that nothing shown differs from run to run: what stands in
    /// `program/` is called `/program/…`, also in URLs.
    pub(super) fn unnamed(&self, printed: Vec<u8>) -> Vec<u8> {
        let root = self.root().to_string_lossy();
        let url = root.replace('%', "%25").replace(' ', "%20");
        let url = match url.starts_with('/') {
            true => url,
            false => format!("/{}", url.replace('\\', "/")),
        };
        let printed = without(printed, root.as_bytes());
        if url == root {
            printed
        } else {
            without(printed, url.as_bytes())
        }
    }
}

/// A real path, as Node prints it: on Windows, without the characters before the drive by which the system is told to
/// take it as it is.
fn as_node_says_it(real: PathBuf) -> PathBuf {
    match real.to_str().and_then(|path| path.strip_prefix(r"\\?\")) {
        Some(path) if !path.starts_with("UNC") => path.into(),
        Some(_) | None => real,
    }
}

/// The text with every occurrence of the part left out.
fn without(text: Vec<u8>, part: &[u8]) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut rest = text.as_slice();
    while let Some(at) = find(rest, part) {
        kept.extend_from_slice(&rest[..at]);
        rest = &rest[at + part.len()..];
    }
    if kept.is_empty() && rest.len() == text.len() {
        return text;
    }
    kept.extend_from_slice(rest);
    kept
}

/// Where the part first stands in the text.
fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    let first = *part.first()?;
    let mut from = 0;
    while let Some(at) = text[from..].iter().position(|byte| *byte == first) {
        if text[from + at..].starts_with(part) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

impl Drop for Folder {
    fn drop(&mut self) {
        let Some(made) = self.made.take() else { return };
        if made.close().is_ok() {
            return;
        }
        // Either something in it resists, or a program that was just killed is not dead yet and still writes.
        for _ in 0..20 {
            if raze(&self.root).is_ok() {
                return;
            }
            thread::sleep(Duration::from_millis(25));
        }
    }
}

/// Removes a folder that resists: folders without permissions, and folders in folders, deeper than paths may be long
/// or files may be open. Each folder is emptied one level at a time, and what is in it moved up.
fn raze(root: &Path) -> io::Result<()> {
    let mut moved = 0_u64;
    loop {
        let mut folders = Vec::new();
        for entry in fs::read_dir(root)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                fs::remove_file(entry.path())?;
            }
        }
        if folders.is_empty() {
            return fs::remove_dir(root);
        }
        for folder in folders {
            system::open_up(&folder)?;
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    system::open_up(&entry.path())?;
                    moved += 1;
                    fs::rename(entry.path(), root.join(format!("razed-{moved}")))?;
                } else {
                    fs::remove_file(entry.path())?;
                }
            }
            fs::remove_dir(&folder)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::RelPath;

    #[test]
    fn a_folder_that_resists_is_removed() {
        let made = tempfile::tempdir().unwrap();
        let root = made.path().join("root");
        // Longer than any path may be.
        let mut deep = root.join("deep");
        for _ in 0..40 {
            fs::create_dir_all(deep.join("d".repeat(80))).unwrap();
            deep = deep.join("d".repeat(80));
            fs::write(deep.join("file"), "x").unwrap();
        }
        for _ in 0..40 {
            let above = root.join("above");
            fs::create_dir(&above).unwrap();
            fs::rename(root.join("deep"), above.join("deep")).unwrap();
            fs::rename(&above, root.join("deep")).unwrap();
        }
        let closed = root.join("closed");
        fs::create_dir_all(closed.join("inside")).unwrap();
        let outside = made.path().join("outside");
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("file"), "x").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::{PermissionsExt, symlink};
            symlink(&outside, root.join("link")).unwrap();
            symlink(&outside, closed.join("inside/link")).unwrap();
            let none = fs::Permissions::from_mode(0o0);
            fs::set_permissions(closed.join("inside"), none.clone()).unwrap();
            fs::set_permissions(&closed, none).unwrap();
        }
        raze(&root).unwrap();
        assert!(!root.exists());
        assert!(outside.join("file").exists());
    }

    #[test]
    fn a_path_is_as_node_says_it() {
        for (real, said) in [
            ("/tmp", "/tmp"),
            (r"\\?\C:\Temp", r"C:\Temp"),
            (r"\\?\UNC\host\share", r"\\?\UNC\host\share"),
        ] {
            assert_eq!(as_node_says_it(real.into()), PathBuf::from(said));
        }
    }

    #[test]
    fn it_holds_the_files_and_its_name_is_not_told() {
        let mut files = Files::default();
        files.insert(RelPath::new("a/b.txt").unwrap(), *b"text");
        let folder = Folder::new(&files).unwrap();
        let root = folder.root().to_owned();
        assert_eq!(fs::read(folder.program().join("a/b.txt")).unwrap(), b"text");
        let told = format!(
            "at {0}/program/a.js and file://{0}/program/b.mjs",
            root.display()
        );
        assert_eq!(
            folder.unnamed(told.into_bytes()),
            b"at /program/a.js and file:///program/b.mjs"
        );
        drop(folder);
        assert!(!root.exists());
    }
}
