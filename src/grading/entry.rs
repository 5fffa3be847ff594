//! The one file of a submission that is started.

use super::Failure;
use crate::program::{Files, RelPath};
use crate::words;

/// The endings an entry may have: that Node decides the module system by it.
const ENDINGS: [&str; 3] = ["mjs", "cjs", "js"];

/// The submission's entry; if there is not exactly one, why, and what was probably meant.
pub(super) fn find(files: &Files, stem: &str) -> Result<RelPath, Failure> {
    let wanted = ENDINGS.map(|ending| format!("{stem}.{ending}"));
    let mut found = files
        .paths()
        .filter(|path| wanted.iter().any(|name| name == path.as_str()));
    match (found.next(), found.next()) {
        (Some(entry), None) => Ok(entry.clone()),
        (Some(first), Some(second)) => Err(two(first, second)),
        (None, _) => Err(none(files, &wanted)),
    }
}

fn two(first: &RelPath, second: &RelPath) -> Failure {
    Failure::Submission {
        message: format!(
            "there are {} and {}, and only one can be the answer",
            code(first),
            code(second)
        ),
        help: Some("delete the one that is not your answer".to_owned()),
    }
}

fn none(files: &Files, wanted: &[String]) -> Failure {
    if files.is_empty() {
        return Failure::Submission {
            message: "there are no files".to_owned(),
            help: None,
        };
    }
    Failure::Submission {
        message: format!(
            "there is no {}",
            words::or(wanted.iter().map(|name| words::code(name)))
        ),
        help: meant(files, wanted),
    }
}

/// What was probably meant to be the entry.
fn meant(files: &Files, wanted: &[String]) -> Option<String> {
    let wanted = || wanted.iter().map(String::as_str);
    if let Some(path) = files
        .paths()
        .find(|path| wanted().any(|name| name == path.name()))
    {
        return Some(format!(
            "{} is in a folder: hand in the files themselves, without the folder",
            code(path)
        ));
    }
    let near = |path: &RelPath| {
        let stem = path
            .as_str()
            .strip_suffix(".txt")
            .unwrap_or(path.as_str())
            .to_owned();
        words::nearest(&stem, wanted()).map(str::to_owned)
    };
    let top = files.paths().filter(|path| path.folders().next().is_none());
    let mut likely = top.filter_map(|path| near(path).map(|name| (path, name)));
    let (path, name) = likely.next()?;
    Some(format!(
        "did you mean {}? rename it to {}",
        code(path),
        words::code(&name)
    ))
}

fn code(path: &RelPath) -> String {
    words::code(path.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(names: &[&str]) -> String {
        let files = names
            .iter()
            .map(|name| (RelPath::new(name).unwrap(), b"".as_slice().into()))
            .collect();
        match find(&files, "main") {
            Ok(entry) => entry.to_string(),
            Err(Failure::Submission { message, help }) => {
                format!("{message}; {}", help.unwrap_or_default())
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn exactly_one_entry_is_an_answer() {
        assert_eq!(said(&["main.mjs", "lib/main.js", "notes.txt"]), "main.mjs");
        assert_eq!(said(&[]), "there are no files; ");
        assert_eq!(
            said(&["main.cjs", "main.mjs"]),
            "there are `main.cjs` and `main.mjs`, and only one can be the answer; delete the one that is not your answer"
        );
        let none = "there is no `main.mjs`, `main.cjs` or `main.js`; ";
        assert_eq!(
            said(&["Main.mjs"]),
            format!("{none}did you mean `Main.mjs`? rename it to `main.mjs`")
        );
        assert_eq!(
            said(&["main.mjs.txt"]),
            format!("{none}did you mean `main.mjs.txt`? rename it to `main.mjs`")
        );
        assert_eq!(
            said(&["homework/main.mjs"]),
            format!(
                "{none}`homework/main.mjs` is in a folder: hand in the files themselves, without the folder"
            )
        );
        assert_eq!(said(&["something-else.py"]), none);
    }
}
