//! What Node says of a program that failed.
//!
//! It is read from stderr, where a program can print whatever it likes. So what is read here is told to people and
//! decides which words describe an ending; that a program failed is known from its exit code alone, and nothing that
//! is printed here makes a failure a success.

use std::sync::LazyLock;

use regex::Regex;

use super::mistakes::{self, Case, Stage};
use crate::program::{Ending, Files, Place, RelPath, Thrown};

/// What is known of a program that ended by itself.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// Its exit code.
    pub exit: i32,
    /// What it printed.
    pub stdout: &'a [u8],
    /// What it and Node printed on stderr.
    pub stderr: &'a str,
    /// The files in its folder, which is called `/program` in what Node prints.
    pub files: &'a Files,
    /// The file it was started with.
    pub entry: &'a RelPath,
}

impl super::Node {
    /// How the program ended.
    ///
    /// An uncaught error is one only if Node's own last line, `Node.js v…`, ends the report; whoever prints an error
    /// and calls `process.exit(1)` finished with that code.
    pub fn ending(&self, report: &Report<'_>) -> Ending {
        let exit = report.exit;
        let Some(text) = uncaught(report.stderr).filter(|_| exit != 0) else {
            return Ending::Finished { exit };
        };
        let (stage, error) = self.thrown(text, report);
        match stage {
            Some(Stage::Load) if report.stdout.is_empty() => Ending::NotStarted { error, exit },
            Some(Stage::Load | Stage::Run) | None => Ending::Threw { error, exit },
        }
    }

    fn thrown(&self, text: &str, report: &Report<'_>) -> (Option<Stage>, Thrown) {
        let from_first = from_first_line(text);
        let line = from_first.lines().next().unwrap_or_default().to_owned();
        let code = code(from_first);
        let place = place(text, report.files);
        let message = from_first.split("\n    at ").next().unwrap_or_default();
        let case = Case {
            text: message,
            code: code.as_deref().unwrap_or_default(),
            file: place.as_ref().map_or("", |place| &place.file),
            node: self.version.major,
            files: report.files,
            entry: report.entry,
        };
        let (stage, advice) = mistakes::advice(&case).unzip();
        let error = Thrown {
            line,
            code,
            place,
            advice,
        };
        (stage, error)
    }
}

/// The report of an uncaught error, without Node's last line, if stderr ends with one.
fn uncaught(stderr: &str) -> Option<&str> {
    let (report, last) = stderr.trim_end().rsplit_once('\n')?;
    last.starts_with("Node.js v").then_some(report)
}

/// From the error's first line on: `TypeError: …`, `Error [ERR_X]: …`, `[Error: ENOENT …`.
///
/// An error of another name is known by the stack that follows it; a thrown value that is no error stands last.
fn from_first_line(text: &str) -> &str {
    static FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?m)^(?:Uncaught )?\[?\w*(?:Error|Exception|Rejection)(?: \[\w+\])?(?::|$)")
            .ok()
    });
    static STACK: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?m)^\S.*\n    at ").ok());
    let find = |pattern: &Option<Regex>| Some(pattern.as_ref()?.find(text)?.start());
    let start = find(&FIRST)
        .or_else(|| find(&STACK))
        .unwrap_or_else(|| thrown_value(text));
    &text[start..]
}

/// Where the thrown value stands that is no error: after the caret, else at the start.
fn thrown_value(text: &str) -> usize {
    let after_caret = text.rfind("^\n").map_or(0, |at| at + 2);
    let skipped = text[after_caret..].len() - text[after_caret..].trim_start().len();
    after_caret + skipped
}

/// Node's code of an error: in brackets behind its name, or as its property.
fn code(error: &str) -> Option<String> {
    static CODE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\A\[?\w+ \[(\w+)\]|(?m)^  code: '(\w+)'").ok());
    let found = CODE.as_ref()?.captures(error)?;
    let code = found.get(1).or(found.get(2))?;
    Some(code.as_str().to_owned())
}

/// The first place in one of the program's own files that Node names, with the source line where Node shows it.
fn place(text: &str, files: &Files) -> Option<Place> {
    static PLACE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:file://)?/program/([^\n:()]+):(\d+)(?::(\d+))?(?:\n(.*)\n\s*\^)?").ok()
    });
    let found = PLACE
        .as_ref()?
        .captures_iter(text)
        .find(|found| files.contains(&found[1]))?;
    let number = |group: usize| found.get(group)?.as_str().parse().ok();
    Some(Place {
        file: found[1].to_owned(),
        line: number(2)?,
        column: number(3),
        source: found.get(4).map(|source| source.as_str().to_owned()),
    })
}

/// Whether Node said on stderr that it ended because memory ran out.
pub fn ran_out_of_memory(stderr: &[u8]) -> bool {
    let stderr = String::from_utf8_lossy(stderr);
    ["out of memory", "bad_alloc", "Allocation failed"]
        .iter()
        .any(|words| stderr.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::node::Node;
    use crate::program::Version;

    fn ending(exit: i32, stdout: &str, stderr: &str) -> Ending {
        let entry = RelPath::new("main.cjs").unwrap();
        let mut files = Files::default();
        files.insert(entry.clone(), *b"");
        let version = Version {
            major: 20,
            minor: 20,
            patch: 2,
        };
        let node = Node {
            path: "/node".into(),
            version,
        };
        node.ending(&Report {
            exit,
            stdout: stdout.as_bytes(),
            stderr,
            files: &files,
            entry: &entry,
        })
    }

    #[test]
    fn an_uncaught_error_is_told_with_its_place() {
        let stderr = "/program/main.cjs:3\n  x.y\n    ^\n\nTypeError: Cannot read properties of undefined (reading 'y')\n    \
            at Object.<anonymous> (/program/main.cjs:3:5)\n\nNode.js v20.20.2\n";
        let Ending::Threw { error, exit: 1 } = ending(1, "a\n", stderr) else {
            panic!("it threw");
        };
        assert_eq!(
            error.line,
            "TypeError: Cannot read properties of undefined (reading 'y')"
        );
        let place = error.place.unwrap();
        assert_eq!(
            (place.file.as_str(), place.line, place.source.as_deref()),
            ("main.cjs", 3, Some("  x.y"))
        );
    }

    #[test]
    fn other_things_are_thrown_too() {
        let thrown = |stderr: &str| {
            ending(1, "a", stderr)
                .error()
                .map(|error| error.line.clone())
        };
        let value = "/program/main.cjs:1\nthrow 'oops'\n^\noops\n(Use `node --trace-uncaught ...` to show)\n\nNode.js v20.20.2\n";
        assert_eq!(thrown(value).as_deref(), Some("oops"));
        let named = "/program/main.cjs:1\nthrow e\n^\n\nBoom: no\n    at f (/program/main.cjs:1:1)\n\nNode.js v20.20.2\n";
        assert_eq!(thrown(named).as_deref(), Some("Boom: no"));
    }

    #[test]
    fn printing_an_error_is_not_throwing_one() {
        assert_eq!(
            ending(1, "", "TypeError: no\n    at f\n"),
            Ending::Finished { exit: 1 }
        );
        assert_eq!(
            ending(0, "", "TypeError: no\n\nNode.js v20.20.2\n"),
            Ending::Finished { exit: 0 }
        );
    }
}
