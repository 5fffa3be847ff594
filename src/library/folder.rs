//! One folder read into memory: regular files only, never through a link, never more than the caps allow.

use std::fmt;
use std::fs::{self, DirEntry};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::program::{Files, RelPath};
use crate::sandbox;
use crate::words;

/// How much of a folder is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// The most bytes of one file.
    pub file: u64,
    /// The most files.
    pub files: usize,
    /// The most bytes of all files together.
    pub total: u64,
    /// How many folders deep a file may lie; those directly in the folder have depth 1.
    pub depth: usize,
    /// Names of files and folders that are passed over without a word.
    pub skipped: &'static [&'static str],
}

/// A folder's files, and what is not among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    /// What was read.
    pub files: Files,
    /// What was not, sorted by path.
    pub left_out: Vec<LeftOut>,
}

/// Something in a folder that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its path inside the folder, made safe to show.
    pub path: String,
    /// Why.
    pub why: Why,
}

/// Why something was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It is a symbolic link.
    Link,
    /// It is a hard link to a file of somebody else.
    Anothers,
    /// It is a pipe, a socket, a device.
    Special,
    /// Not every system could have a file of this name.
    Name,
    /// It is larger than a file may be.
    Size {
        /// The most bytes.
        most: u64,
    },
    /// There were enough files before it; nothing after it was read either.
    Files {
        /// The most files.
        most: usize,
    },
    /// The files before it were large enough; nothing after it was read either.
    Total {
        /// The most bytes.
        most: u64,
    },
    /// It lies too deep.
    Depth {
        /// The most folders.
        most: usize,
    },
    /// The system does not let us read it.
    Unreadable {
        /// What the system said.
        said: String,
    },
}

impl fmt::Display for Why {
    /// A sentence about the file: lowercase, no full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Link => f.write_str("this is a link, and links are not followed"),
            Why::Anothers => f.write_str("this is a hard link to a file of somebody else"),
            Why::Special => f.write_str("this is neither a file nor a folder"),
            Why::Name => f.write_str("not every system allows this name"),
            Why::Size { most } => write!(f, "this file has more than {most} bytes"),
            Why::Files { most } => {
                write!(
                    f,
                    "here and after it nothing was read: there are more than {most} files"
                )
            }
            Why::Total { most } => write!(
                f,
                "here and after it nothing was read: the files have more than {most} bytes together"
            ),
            Why::Depth { most } => write!(
                f,
                "this lies more than {} deep",
                words::count(*most, "folder")
            ),
            Why::Unreadable { said } => write!(f, "this cannot be read: {said}"),
        }
    }
}

/// What kept us from reading a folder at all.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The folder itself cannot be listed.
    #[error("cannot read the folder {}", words::code(&path.display().to_string()))]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// Where we are is not known.
    #[error("cannot tell the current folder")]
    Here {
        /// What the system said.
        #[source]
        cause: io::Error,
    },
}

/// Reads all files of a folder and of the folders in it.
///
/// What cannot or may not be read is left out and reported; the same folder gives the same answer. The folder itself
/// may be named through a link; nothing inside is read through one.
pub fn read_folder(path: &Path, caps: &Caps) -> Result<Folder, Trouble> {
    let mut reader = Reader {
        caps,
        total: 0,
        state: State::Reading,
        folder: Folder::default(),
    };
    let entries = list(path).map_err(|cause| Trouble::Folder {
        path: path.to_owned(),
        cause,
    })?;
    reader.entries(entries, "", 1);
    Ok(reader.folder)
}

struct Reader<'c> {
    caps: &'c Caps,
    total: u64,
    state: State,
    folder: Folder,
}

#[derive(PartialEq, Eq)]
enum State {
    Reading,
    Full,
}

/// The entries of a folder, by name.
fn list(path: &Path) -> io::Result<Vec<DirEntry>> {
    let mut entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}

impl Reader<'_> {
    fn entries(&mut self, entries: Vec<DirEntry>, above: &str, depth: usize) {
        for entry in entries {
            if self.state == State::Full {
                return;
            }
            let name = entry.file_name();
            if self.caps.skipped.iter().any(|skipped| name == *skipped) {
                continue;
            }
            let shown = format!("{above}{}", words::visible(&name.to_string_lossy()));
            let path = match name.to_str().map(|name| format!("{above}{name}")) {
                Some(path) => path,
                None => {
                    self.leave_out(shown, Why::Name);
                    continue;
                }
            };
            if let Err(why) = self.entry(&entry, &path, depth) {
                if matches!(why, Why::Files { .. } | Why::Total { .. }) {
                    self.state = State::Full;
                }
                self.leave_out(shown, why);
            }
        }
    }

    fn entry(&mut self, entry: &DirEntry, path: &str, depth: usize) -> Result<(), Why> {
        let kind = entry.file_type().map_err(|cause| unreadable(&cause))?;
        if kind.is_symlink() {
            return Err(Why::Link);
        }
        let relative = RelPath::new(path).map_err(|_| Why::Name)?;
        if kind.is_dir() {
            if depth > self.caps.depth {
                return Err(Why::Depth {
                    most: self.caps.depth,
                });
            }
            let entries = list(&entry.path()).map_err(|cause| unreadable(&cause))?;
            self.entries(entries, &format!("{path}/"), depth + 1);
            return Ok(());
        }
        if !kind.is_file() {
            return Err(Why::Special);
        }
        self.file(&entry.path(), relative)
    }

    fn file(&mut self, on_disk: &Path, path: RelPath) -> Result<(), Why> {
        let Caps {
            file, files, total, ..
        } = *self.caps;
        if self.folder.files.len() == files {
            return Err(Why::Files { most: files });
        }
        let content = read_file(on_disk, file)?;
        self.total += content.len() as u64;
        if self.total > total {
            return Err(Why::Total { most: total });
        }
        self.folder.files.insert(path, content);
        Ok(())
    }

    fn leave_out(&mut self, path: String, why: Why) {
        self.folder.left_out.push(LeftOut { path, why });
    }
}

/// Reads a regular file of at most so many bytes, also if it grows meanwhile.
fn read_file(path: &Path, most: u64) -> Result<Vec<u8>, Why> {
    let file = sandbox::open(path).map_err(|cause| unreadable(&cause))?;
    let found = file.metadata().map_err(|cause| unreadable(&cause))?;
    if !found.is_file() {
        return Err(Why::Special);
    }
    let folder = path.parent().unwrap_or(path);
    if sandbox::is_anothers(&found, folder).map_err(|cause| unreadable(&cause))? {
        return Err(Why::Anothers);
    }
    let mut content = Vec::new();
    file.take(most + 1)
        .read_to_end(&mut content)
        .map_err(|cause| unreadable(&cause))?;
    match content.len() as u64 > most {
        true => Err(Why::Size { most }),
        false => Ok(content),
    }
}

fn unreadable(cause: &io::Error) -> Why {
    Why::Unreadable {
        said: cause.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPS: Caps = Caps {
        file: 10,
        files: 100,
        total: 100,
        depth: 2,
        skipped: &["node_modules"],
    };

    fn left_out(folder: &Folder) -> Vec<(&str, &Why)> {
        let left = folder.left_out.iter();
        left.map(|left| (left.path.as_str(), &left.why)).collect()
    }

    #[cfg(unix)]
    #[test]
    fn only_regular_files_of_this_folder_are_read() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir_all(path("a/b/c")).unwrap();
        fs::write(path("a/b/two"), "2").unwrap();
        fs::write(path("a/b/c/three"), "3").unwrap();
        fs::write(path("large"), "12345678901").unwrap();
        fs::write(path("größe"), "1234567890").unwrap();
        fs::write(path("back\\slash"), "").unwrap();
        fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"\xff")), "").unwrap();
        std::os::unix::fs::symlink(path("large"), path("link")).unwrap();
        std::os::unix::fs::symlink("/", path("root")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(path("socket")).unwrap();
        let read = read_folder(folder.path(), &CAPS).unwrap();
        let files: Vec<&str> = read.files.paths().map(RelPath::as_str).collect();
        assert_eq!(files, ["a/b/two", "größe"]);
        assert_eq!(
            left_out(&read),
            [
                ("a/b/c", &Why::Depth { most: 2 }),
                ("back\\slash", &Why::Name),
                ("large", &Why::Size { most: 10 }),
                ("link", &Why::Link),
                ("root", &Why::Link),
                ("socket", &Why::Special),
                ("\u{fffd}", &Why::Name),
            ]
            .map(|(path, why)| (path, why))
        );
    }

    #[test]
    fn a_folder_has_its_fill() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b", "c"] {
            fs::write(folder.path().join(name), "12345").unwrap();
        }
        let few = read_folder(folder.path(), &Caps { files: 1, ..CAPS }).unwrap();
        assert_eq!(
            (few.files.len(), left_out(&few)),
            (1, vec![("b", &Why::Files { most: 1 })])
        );
        let small = read_folder(folder.path(), &Caps { total: 12, ..CAPS }).unwrap();
        assert_eq!(
            (small.files.len(), left_out(&small)),
            (2, vec![("c", &Why::Total { most: 12 })])
        );
        assert!(read_folder(&folder.path().join("gone"), &CAPS).is_err());
    }
}
