//! Content on disk: which course is meant, and a folder's files read into memory.
//!
//! It hands files to `course` and does not know what they mean. Links are never followed.

mod built_in;
mod folder;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::course::{self, Course};
use crate::problem::{Place, Problem};
use crate::program::{Files, RelPath};
use crate::words;

pub use folder::{Caps, Folder, LeftOut, Trouble, Why, read_folder};

/// The variable that names a course.
pub const VARIABLE: &str = "TICKMARK_COURSE";

/// The folders of a course.
const PARTS: [&str; 2] = ["exercises", "quizzes"];

/// What a course may hold.
const CAPS: Caps = Caps {
    file: 1_000_000,
    files: 20_000,
    total: 100_000_000,
    depth: 16,
    skipped: &[],
};

/// A course that was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Where it was found.
    pub origin: Origin,
    /// A hash of everything in it: the same for the same content wherever it lies; 16 hexadecimal digits.
    pub hash: String,
    /// What is right in it.
    pub course: Course,
    /// What is not.
    pub problems: Vec<Problem>,
}

/// Where a course was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// In a folder.
    Folder {
        /// The folder.
        path: PathBuf,
        /// How it was found.
        how: How,
    },
    /// In the program itself.
    BuiltIn,
}

/// How a course's folder was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It was named on the command line.
    Named,
    /// The environment variable [`VARIABLE`] names it.
    Variable,
    /// It is the nearest folder upwards that holds a course.
    Nearest,
}

/// Which course is meant: the named one, else that of `TICKMARK_COURSE`, else the nearest upwards from the current
/// folder, else the one built into the program.
pub fn meant(named: Option<&Path>) -> Result<Origin, Trouble> {
    let variable = std::env::var_os(VARIABLE).filter(|value| !value.is_empty());
    let here = std::env::current_dir().map_err(|cause| Trouble::Here { cause })?;
    Ok(find(named, variable.as_deref().map(Path::new), &here))
}

/// Opens the course that is [`meant`].
///
/// A named folder that is no course is a problem of an otherwise empty course.
pub fn open(named: Option<&Path>) -> Result<Opened, Trouble> {
    match meant(named)? {
        Origin::BuiltIn => Ok(Opened::of(Origin::BuiltIn, &built_in::files(), Vec::new())),
        Origin::Folder { path, how } => open_folder(path, how),
    }
}

fn find(named: Option<&Path>, variable: Option<&Path>, here: &Path) -> Origin {
    let folder = |path: &Path, how| Origin::Folder {
        path: path.to_owned(),
        how,
    };
    let nearest = || here.ancestors().find(|folder| holds_course(folder));
    match (named, variable) {
        (Some(path), _) => folder(path, How::Named),
        (None, Some(path)) => folder(path, How::Variable),
        (None, None) => match nearest() {
            Some(path) => folder(path, How::Nearest),
            None => Origin::BuiltIn,
        },
    }
}

fn holds_course(folder: &Path) -> bool {
    PARTS.iter().all(|part| folder.join(part).is_dir())
}

fn open_folder(path: PathBuf, how: How) -> Result<Opened, Trouble> {
    let origin = Origin::Folder {
        path: path.clone(),
        how,
    };
    if let Some(problem) = origin.problem() {
        return Ok(Opened::of(origin, &Files::default(), vec![problem]));
    }
    let mut files = Files::default();
    let mut problems = Vec::new();
    for part in PARTS {
        let inside = path.join(part);
        if is_link(&inside) {
            problems.push(left_out(part, &Why::Link));
            continue;
        }
        if !inside.exists() {
            continue;
        }
        let folder = read_folder(&inside, &CAPS)?;
        files.overlay(&below(part, &folder.files));
        let beside = folder.left_out.iter();
        problems.extend(beside.map(|left| left_out(&format!("{part}/{}", left.path), &left.why)));
    }
    Ok(Opened::of(origin, &files, problems))
}

/// The files, put into a folder.
fn below(folder: &str, files: &Files) -> Files {
    let Ok(folder) = RelPath::new(folder) else {
        return Files::default();
    };
    let inside = files.iter();
    inside
        .map(|(path, content)| (path.inside(&folder), content.clone()))
        .collect()
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|file| file.is_symlink())
}

/// Why a folder that somebody named is no course.
fn no_course(path: &Path, how: How) -> Option<Problem> {
    let shown = words::code(&path.display().to_string());
    let by = match how {
        How::Named => "",
        How::Variable => ", which `TICKMARK_COURSE` names,",
        How::Nearest => return None,
    };
    if !path.exists() {
        return Some(
            Problem::new(format!("there is no folder {shown}")).help(match how {
                How::Variable => "mend or unset `TICKMARK_COURSE`, which names it",
                How::Named | How::Nearest => "check the path, or leave `--course` out",
            }),
        );
    }
    if !PARTS.iter().any(|part| path.join(part).is_dir()) {
        return Some(
            Problem::new(format!("{shown}{by} is no course"))
                .help("a course is a folder with `exercises/` and `quizzes/` in it"),
        );
    }
    None
}

fn left_out(path: &str, why: &Why) -> Problem {
    let place = Place {
        file: path.to_owned(),
        line: None,
    };
    let problem = Problem::new(why.to_string()).at(place);
    match why {
        Why::Link | Why::Anothers => problem.help("put the file itself in its place"),
        Why::Special => problem.help("a course holds files and folders only"),
        Why::Name => problem.help("use letters, digits, `-`, `_` and `.`"),
        Why::Size { .. } => {
            problem.help("make it smaller, or let the program make it while it runs")
        }
        Why::Files { .. } | Why::Total { .. } | Why::Depth { .. } => {
            problem.help("keep what does not belong to the course out of its folder")
        }
        Why::Unreadable { .. } => problem.help("give yourself the right to read it"),
    }
}

impl Origin {
    /// Why there is no course, if there is none.
    pub fn problem(&self) -> Option<Problem> {
        match self {
            Origin::BuiltIn => None,
            Origin::Folder { path, how } => no_course(path, *how),
        }
    }
}

impl fmt::Display for Origin {
    /// As a reader would name it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::BuiltIn => f.write_str("built-in"),
            Origin::Folder { path, .. } => f.write_str(&words::visible(&path.to_string_lossy())),
        }
    }
}

impl Opened {
    fn of(origin: Origin, files: &Files, mut problems: Vec<Problem>) -> Self {
        let (course, found) = course::read(files);
        problems.extend(found);
        problems.sort_by(|a, b| a.place.cmp(&b.place));
        Opened {
            origin,
            hash: hash(files),
            course,
            problems,
        }
    }
}

/// Everything in the files, in their order, with lengths between so that no two courses are written down alike.
fn hash(files: &Files) -> String {
    let mut hasher = blake3::Hasher::new();
    for (path, content) in files.iter() {
        for part in [path.as_str().as_bytes(), content] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn the_named_course_goes_before_the_variable_and_that_before_the_nearest() {
        let course = folder(&[
            ("exercises/README.md", ""),
            ("quizzes/README.md", ""),
            ("a/b/c", ""),
        ]);
        let (one, two) = (Path::new("one"), Path::new("two"));
        let deep = course.path().join("a/b");
        let how = |named, variable, here: &Path| match find(named, variable, here) {
            Origin::Folder { path, how } => Some((path, how)),
            Origin::BuiltIn => None,
        };
        assert_eq!(
            how(Some(one), Some(two), &deep),
            Some((one.into(), How::Named))
        );
        assert_eq!(
            how(None, Some(two), &deep),
            Some((two.into(), How::Variable))
        );
        assert_eq!(
            how(None, None, &deep),
            Some((course.path().into(), How::Nearest))
        );
        let empty = folder(&[("exercises/README.md", "")]);
        assert_eq!(how(None, None, empty.path()), None);
    }

    #[test]
    fn a_named_folder_that_is_no_course_is_a_problem() {
        let empty = folder(&[]);
        let opened = open(Some(empty.path())).unwrap();
        assert!(
            opened.problems[0]
                .to_string()
                .contains("is no course\nhelp: a course is a folder")
        );
        let gone = open(Some(&empty.path().join("gone"))).unwrap();
        assert!(
            gone.problems[0]
                .to_string()
                .starts_with("there is no folder")
        );
        assert!(gone.course.exercises.is_empty());
    }

    #[test]
    fn the_hash_is_of_the_content_alone() {
        let files = [
            ("exercises/README.md", "a"),
            ("quizzes/README.md", "b"),
            ("other", "c"),
        ];
        let hash = |folder: &tempfile::TempDir| open(Some(folder.path())).unwrap().hash;
        let one = hash(&folder(&files));
        assert_eq!(one.len(), 16);
        assert_eq!(one, hash(&folder(&files)));
        assert_eq!(one, hash(&folder(&files[..2])));
        assert_ne!(
            one,
            hash(&folder(&[
                ("exercises/README.md", "ab"),
                ("quizzes/README.md", "")
            ]))
        );
    }

    #[test]
    fn the_built_in_course_has_no_problems() {
        let opened = Opened::of(Origin::BuiltIn, &built_in::files(), Vec::new());
        let shown: Vec<String> = opened.problems.iter().map(Problem::to_string).collect();
        assert_eq!(shown, [""; 0]);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_course_are_problems() {
        let course = folder(&[("exercises/README.md", ""), ("quizzes/README.md", "")]);
        std::os::unix::fs::symlink("/etc/passwd", course.path().join("exercises/x")).unwrap();
        let opened = open(Some(course.path())).unwrap();
        assert_eq!(
            opened.problems[0].to_string(),
            "exercises/x: this is a link, and links are not followed\nhelp: put the file itself in its place"
        );
    }
}
