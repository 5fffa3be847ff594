//! What Node says of a program that failed: from its exit code and stderr to an [`Ending`].
//!
//! An uncaught error ends with a report on stderr. Its shape is the same in Node 18 to 26:
//!
//! ```text
//! /program/main.cjs:3                 where, which may be in Node itself (`node:internal/…:288`)
//!   throw new TypeError('no')         the source line
//!   ^                                 a caret under it
//!
//! TypeError: no                       the error; what is no Error is printed as it is
//!     at f (/program/main.cjs:3:9)    its stack, and its properties if it has some
//!
//! Node.js v20.20.2                    only in such reports
//! ```
//!
//! The last line tells an uncaught error from a program that prints an error and exits with 1, which is finished.
//! It is all text, and a program can print the same. That gains it nothing: what is read here only turns *finished*
//! into *threw* or *not started*, and a test that expects an error is passed as cheaply by throwing it.
//!
//! What it cannot tell: when a program starts another, lets it print on its own stderr and exits with an error code,
//! the other's uncaught error is taken for its own.

use std::sync::LazyLock;

use regex::Regex;

use super::Node;
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

/// No more of a source line is kept than this many characters.
const SOURCE: usize = 500;

impl Node {
    /// How a program ended that no signal and no limit ended.
    ///
    /// It was *not started* if the error is one of loading and nothing was printed.
    pub fn ending(&self, report: &Report<'_>) -> Ending {
        let exit = report.exit;
        match self.thrown(report) {
            None => Ending::Finished { exit },
            Some((Stage::Load, error)) if report.stdout.is_empty() => {
                Ending::NotStarted { error, exit }
            }
            Some((Stage::Load | Stage::Run, error)) => Ending::Threw { error, exit },
        }
    }

    fn thrown(&self, report: &Report<'_>) -> Option<(Stage, Thrown)> {
        if report.exit == 0 {
            return None;
        }
        let signature = format!("Node.js v{}", self.version);
        let lines: Vec<&str> = report.stderr.lines().collect();
        let end = lines.iter().rposition(|line| *line == signature)?;
        let said = Said::read(&lines[..end], report);
        let place = said.place();
        let text = said.error.join("\n");
        let code = said.code().unwrap_or_default();
        let case = Case {
            text: &text,
            code: &code,
            file: place.as_ref().map_or("", |place| &place.file),
            node: self.version.major,
            files: report.files,
            entry: report.entry,
            stage: said.earliest_stage(),
        };
        let (stage, advice) = mistakes::advice(&case).unzip();
        let thrown = Thrown {
            line: said.first_line(),
            code: said.code(),
            place,
            advice,
        };
        Some((stage.unwrap_or(Stage::Run), thrown))
    }
}

/// Whether Node said on stderr that it ended because memory ran out.
pub fn ran_out_of_memory(stderr: &[u8]) -> bool {
    let stderr = String::from_utf8_lossy(stderr);
    ["out of memory", "bad_alloc", "Allocation failed"]
        .iter()
        .any(|words| stderr.contains(words))
}

/// The parts of a report.
struct Said<'a> {
    header: Option<Header<'a>>,
    /// The error's own lines.
    error: &'a [&'a str],
    /// Its stack and properties.
    rest: &'a [&'a str],
    report: &'a Report<'a>,
}

/// The top of a report.
struct Header<'a> {
    /// What it points into: a file, `node:internal/…`, or what `eval` and `JSON.parse` read.
    path: &'a str,
    /// Where, if that is one of the program's files.
    spot: Option<Spot>,
    source: &'a str,
    caret: &'a str,
}

/// A line of one of the program's files.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Spot {
    file: String,
    line: usize,
    column: Option<usize>,
}

/// What an error's first line looks like.
static ERROR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\[?[\w$.]*(?:Error|Exception|Rejection)\b").ok());

fn is_error(line: &str) -> bool {
    ERROR.as_ref().is_some_and(|error| error.is_match(line))
}

impl<'a> Header<'a> {
    /// The header at the start of these lines: a place, its source, a caret. The caret is blank at the end of a line,
    /// and there is neither at the end of a file.
    fn read(lines: &[&'a str], files: &Files) -> Option<Self> {
        let [place, source, caret, ..] = *lines else {
            return None;
        };
        let (path, line) = place.rsplit_once(':')?;
        let line = counted(line)?;
        let marks = caret.chars().all(|c| c == '^' || c.is_whitespace());
        if path.starts_with(char::is_whitespace) || !marks || caret.is_empty() != source.is_empty()
        {
            return None;
        }
        let own = own(path);
        // What looks like one inside a message names what is not there, or no file at all.
        let is_real = own
            .as_ref()
            .map_or(!source.is_empty(), |file| files.contains(file));
        if !is_real {
            return None;
        }
        Some(Header {
            path,
            spot: own.map(|file| Spot {
                file,
                line,
                column: (!caret.is_empty())
                    .then(|| caret.chars().take_while(|c| *c != '^').count() + 1),
            }),
            source,
            caret,
        })
    }
}

impl<'a> Said<'a> {
    fn read(lines: &'a [&'a str], report: &'a Report<'a>) -> Self {
        let header = (0..lines.len())
            .rev()
            .find_map(|at| Some((at, Header::read(&lines[at..], report.files)?)));
        let from = match &header {
            Some((at, _)) => at + 3,
            None => lines.iter().rposition(|line| is_error(line)).unwrap_or(0),
        };
        let after = lines.get(from..).unwrap_or_default();
        let blank = after
            .iter()
            .take_while(|line| line.trim().is_empty())
            .count();
        let after = &after[blank..];
        let error = after
            .iter()
            .position(|line| line.starts_with("    at ") || line.starts_with("  code: "))
            .unwrap_or(after.len());
        let (error, rest) = after.split_at(error);
        Said {
            header: header.map(|(_, header)| header),
            error,
            rest,
            report,
        }
    }

    /// The error's first line, as Node prints it. Some errors it prints in brackets, on some versions: without them.
    fn first_line(&self) -> String {
        let line = self.error.first().copied().unwrap_or_default();
        let inner = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix("] {").or_else(|| line.strip_suffix(']')))
            .filter(|line| is_error(line));
        inner.unwrap_or(line).to_owned()
    }

    /// Node's code for it: `Error [ERR_X]: …`, or among its properties.
    fn code(&self) -> Option<String> {
        let is_code = |code: &&str| {
            !code.is_empty()
                && code
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        };
        let line = self.error.first().copied().unwrap_or_default();
        let in_line = line
            .split_once(": ")
            .and_then(|(name, _)| name.strip_suffix(']')?.split_once(" ["))
            .map(|(_, code)| code)
            .filter(is_code);
        let property = || {
            self.rest.iter().chain(self.error).find_map(|line| {
                let code = line.strip_prefix("  code: '")?;
                code.trim_end_matches(',').strip_suffix('\'')
            })
        };
        in_line
            .or_else(|| property().filter(is_code))
            .map(str::to_owned)
    }

    fn frames(&self) -> impl Iterator<Item = Spot> {
        self.rest.iter().filter_map(|line| frame(line))
    }

    /// When it can have come at the earliest: a syntax error of a file is pointed at and thrown by nobody,
    /// one of `JSON.parse` or `eval` comes while the program runs.
    fn earliest_stage(&self) -> Stage {
        let line = self.error.first().copied().unwrap_or_default();
        let is_syntax =
            line.starts_with("SyntaxError") && !line.starts_with("SyntaxError: /program/");
        let while_running = self
            .header
            .as_ref()
            .is_some_and(|header| match &header.spot {
                Some(spot) => self.at(spot).is_some(),
                None => !header.path.starts_with("node:"),
            });
        if is_syntax && while_running {
            Stage::Run
        } else {
            Stage::Load
        }
    }

    /// The frame at this line.
    fn at(&self, spot: &Spot) -> Option<Spot> {
        self.frames()
            .find(|frame| frame.file == spot.file && frame.line == spot.line)
    }

    /// The place in the program's files that is to blame: where Node points, else the first frame in them, else the
    /// line that names what was not found. Files of packages come last.
    fn place(&self) -> Option<Place> {
        let is_package =
            |file: &str| file.starts_with("node_modules/") || file.contains("/node_modules/");
        let header = || self.header_place();
        let frames = || self.frames().map(|spot| self.with_source(spot));
        let places = || header().into_iter().chain(frames());
        places()
            .find(|place| !is_package(&place.file))
            .or_else(|| self.importing_place())
            .or_else(|| places().next())
    }

    fn header_place(&self) -> Option<Place> {
        let header = self.header.as_ref()?;
        Some(Place {
            source: Some(cut(header.source)).filter(|_| !header.caret.is_empty()),
            ..self.with_source(header.spot.clone()?)
        })
    }

    /// The line that imports what Node could not load, where Node names only the files.
    fn importing_place(&self) -> Option<Place> {
        let text = self.error.join("\n");
        let (wanted, file) = match text.split_once(" imported from ") {
            Some((before, importer)) => (before, own(importer.lines().next()?)?),
            // It does not say who imports it; mostly it is the entry.
            None if text.contains(": Module \"") => (text.as_str(), self.report.entry.to_string()),
            None => return None,
        };
        let name = wanted.split(['\'', '"']).nth(1)?.rsplit('/').next()?;
        let source = self.report.files.get(&file)?;
        let line = String::from_utf8_lossy(source)
            .lines()
            .position(|line| line.contains(name) && line.contains(['\'', '"', '`']))?;
        Some(self.with_source(Spot {
            file,
            line: line + 1,
            column: None,
        }))
    }

    fn with_source(&self, spot: Spot) -> Place {
        let source = self.report.files.get(&spot.file).and_then(|source| {
            let source = String::from_utf8_lossy(source);
            source.lines().nth(spot.line.checked_sub(1)?).map(cut)
        });
        Place {
            file: spot.file,
            line: spot.line,
            column: spot.column,
            source,
        }
    }
}

/// The frame on a line of a stack, if it is in one of the program's files.
fn frame(line: &str) -> Option<Spot> {
    let call = line.trim_start().strip_prefix("at ")?.split(" {").next()?;
    let place = match call.split_once(" (") {
        Some((_, place)) => place.strip_suffix(')')?,
        None => call.strip_prefix("async ").unwrap_or(call),
    };
    let (rest, column) = place.rsplit_once(':')?;
    let (path, line) = rest.rsplit_once(':')?;
    Some(Spot {
        file: own(path)?,
        line: counted(line)?,
        column: Some(counted(column)?),
    })
}

/// A number of a line or a column, which Node counts from 1.
fn counted(text: &str) -> Option<usize> {
    text.parse().ok().filter(|number| *number > 0)
}

/// The path inside the program's folder, if Node names one of its files: by path or by URL.
fn own(path: &str) -> Option<String> {
    let Some(url) = path.strip_prefix("file://") else {
        return path.strip_prefix("/program/").map(str::to_owned);
    };
    url.strip_prefix("/program/").map(decoded)
}

/// A URL's path without percent signs.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let byte = after.get(..2).map(|hex| u8::from_str_radix(hex, 16));
        rest = match byte {
            Some(Ok(byte)) => {
                bytes.push(byte);
                &after[2..]
            }
            Some(Err(_)) | None => {
                bytes.push(b'%');
                after
            }
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The line, or its beginning.
fn cut(line: &str) -> String {
    line.chars().take(SOURCE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ending(stdout: &str, stderr: &str) -> Ending {
        let node = Node {
            path: "/node".into(),
            version: "20.1.0".parse().unwrap(),
        };
        node.ending(&Report {
            exit: 1,
            stdout: stdout.as_bytes(),
            stderr,
            files: &Files::default(),
            entry: &RelPath::new("main.mjs").unwrap(),
        })
    }

    #[test]
    fn an_error_that_is_only_printed_is_not_thrown() {
        let stack = "TypeError: no\n    at f (/program/main.cjs:3:9)\n";
        assert_eq!(ending("", stack), Ending::Finished { exit: 1 });
        assert_eq!(
            ending("", &format!("{stack}\nNode.js v18.0.0\n")),
            Ending::Finished { exit: 1 }
        );
        assert_eq!(
            ending("", &format!("{stack}\nNode.js v20.1.0\n")).word(),
            "threw"
        );
    }

    #[test]
    fn files_are_found_in_paths_and_urls() {
        for (line, file) in [
            ("    at f (/program/main.cjs:3:9)", "main.cjs"),
            (
                "    at async file:///program/gr%C3%B6%20%C3%9Fe.mjs:3:9 {",
                "grö ße.mjs",
            ),
            (
                "    at Object.<anonymous> (/program/a (1)/b.js:3:9)",
                "a (1)/b.js",
            ),
            ("    at new A (file:///program/100%.mjs:3:9)", "100%.mjs"),
        ] {
            let spot = frame(line).map(|spot| (spot.file, spot.line, spot.column));
            assert_eq!(spot, Some((file.to_owned(), 3, Some(9))), "{line}");
        }
        assert_eq!(frame("    at f (node:internal/x:3:9)"), None);
        assert_eq!(frame("    at f (/etc/passwd:3:9)"), None);
    }

    #[test]
    fn any_text_is_read_without_panic() {
        for text in ["", ":1\n\n", "a:1\n\n\n", "/program/:1\n^\n^", "[", "'"] {
            ending("", &format!("{text}\nNode.js v20.1.0"));
        }
    }
}
