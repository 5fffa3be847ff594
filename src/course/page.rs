//! A topic's page, `quizzes/topic/README.md`: Markdown that teaches, with programs that say what they print.
//!
//! A program is one or more fenced blocks whose info strings are a language and a file's name, the entry first. One or
//! more blocks behind it say what it prints: literal lines, or a trace as in an exercise, for all versions or for some.
//!
//! ````text
//! ```js main.cjs
//! console.log('hello')
//! ```
//! ```text prints
//! hello
//! ```
//! ```yaml prints on 22+
//! - any-order: [a, b]
//! ```
//! ````
//!
//! Every other block is shown and not run.

use super::exercise::When;
use super::values;
use crate::problem::{Line, Place, Problem};
use crate::program::{Files, Range, RelPath};
use crate::trace::{Expectation, Step, lines_of};
use crate::words;

/// The page of a topic.
#[derive(Debug, Clone)]
pub struct Page {
    /// The topic.
    pub topic: String,
    /// The page, Markdown.
    pub text: String,
    /// Its programs, in their order.
    pub snippets: Vec<Snippet>,
}

/// A program of a page.
#[derive(Debug, Clone)]
pub struct Snippet {
    /// The line of the page on which it begins, from 1.
    pub line: usize,
    /// Its files.
    pub files: Files,
    /// The one that is started.
    pub entry: RelPath,
    /// What it prints, by version; at least one.
    pub prints: Vec<(Range, Expectation<When>)>,
}

/// Reads the page of a topic; it is there whatever is wrong with its programs.
pub(super) fn read(topic: &str, file: &str, bytes: &[u8]) -> (Option<Page>, Vec<Problem>) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let problem = Problem::new("this page is not UTF-8").help("save it as UTF-8");
        return (None, vec![problem.at(whole(file))]);
    };
    let mut reader = Reader {
        file,
        lines: text.lines().collect(),
        snippets: Vec::new(),
        open: None,
        problems: Vec::new(),
    };
    reader.read();
    let page = Page {
        topic: topic.to_owned(),
        text: text.to_owned(),
        snippets: reader.snippets,
    };
    (Some(page), reader.problems)
}

fn whole(file: &str) -> Place {
    Place {
        file: file.to_owned(),
        line: None,
    }
}

struct Reader<'t> {
    file: &'t str,
    lines: Vec<&'t str>,
    snippets: Vec<Snippet>,
    /// The program whose blocks are being read.
    open: Option<Snippet>,
    problems: Vec<Problem>,
}

/// A fenced block.
struct Block<'t> {
    /// The place of its first fence among the lines.
    fence: usize,
    info: &'t str,
    content: &'t [&'t str],
}

impl<'t> Reader<'t> {
    fn read(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        self.lines.clone_from(&lines);
        let mut at = 0;
        while at < lines.len() {
            let fence = lines[at].len() - lines[at].trim_start_matches('`').len();
            if fence < 3 {
                at += 1;
                continue;
            }
            let closes = |line: &&str| line.trim_end() == "`".repeat(fence);
            let length = lines[at + 1..]
                .iter()
                .take_while(|line| !closes(line))
                .count();
            self.block(&Block {
                fence: at,
                info: lines[at][fence..].trim(),
                content: &lines[at + 1..at + 1 + length],
            });
            at += length + 2;
        }
        self.close();
    }

    fn block(&mut self, block: &Block<'_>) {
        let words: Vec<&str> = block.info.split_whitespace().collect();
        match words.as_slice() {
            [language, "prints"] => self.prints(block, language, Range::ALL),
            [language, "prints", "on", versions] => match values::versions(versions) {
                Some(range) => self.prints(block, language, range),
                None => self.say(
                    block.fence,
                    format!("{} are no versions of Node", words::code(versions)),
                    "write `22`, `18-20` or `22+`",
                ),
            },
            [_, "prints", ..] => self.say(
                block.fence,
                "this block says more than what is printed, and on which versions".to_owned(),
                "write `text prints` or `text prints on 22+`",
            ),
            [_, path] if path.contains('.') => self.program_file(block, path),
            _ => {}
        }
    }

    fn program_file(&mut self, block: &Block<'_>, path: &str) {
        if self
            .open
            .as_ref()
            .is_some_and(|open| !open.prints.is_empty())
        {
            self.close();
        }
        let Ok(path) = RelPath::new(path) else {
            let message = format!(
                "{} is no path inside the program's folder",
                words::code(path)
            );
            return self.say(block.fence, message, "write a name such as `main.cjs`");
        };
        let content: String = block
            .content
            .iter()
            .map(|line| format!("{line}\n"))
            .collect();
        let open = self.open.get_or_insert_with(|| Snippet {
            line: block.fence + 1,
            files: Files::default(),
            entry: path.clone(),
            prints: Vec::new(),
        });
        let before = open.files.insert(path.clone(), content.into_bytes());
        if before.is_some() {
            let message = format!("{} is here twice", words::code(path.as_str()));
            self.say(
                block.fence,
                message,
                "say what the first program prints, or give the file another name",
            );
        }
    }

    fn prints(&mut self, block: &Block<'_>, language: &str, range: Range) {
        let content = block.content.join("\n");
        let expected = match language {
            "text" => Ok(Expectation::new(Step::Text(lines_of(&content)))),
            "yaml" => super::read_trace(&content),
            _ => {
                return self.say(
                    block.fence,
                    format!(
                        "what is printed cannot be written as {}",
                        words::code(language)
                    ),
                    "write `text prints` for its lines, `yaml prints` for a trace",
                );
            }
        };
        match (expected, &mut self.open) {
            (Ok(expected), Some(open)) => open.prints.push((range, expected)),
            (Ok(_), None) => self.say(
                block.fence,
                "no program stands before what is printed".to_owned(),
                "put its file before it: `js main.cjs` behind the backticks",
            ),
            (Err(problems), _) => {
                let here = problems
                    .into_iter()
                    .map(|problem| self.moved(problem, block));
                let here: Vec<Problem> = here.collect();
                self.problems.extend(here);
            }
        }
    }

    /// A problem of a trace, at its place in the page.
    fn moved(&self, problem: Problem, block: &Block<'_>) -> Problem {
        let line = problem.place.as_ref().and_then(|place| place.line.clone());
        Problem {
            place: Some(Place {
                file: self.file.to_owned(),
                line: line.map(|line| Line {
                    number: line.number + block.fence + 1,
                    ..line
                }),
            }),
            ..problem
        }
    }

    /// The program that was open is whole.
    fn close(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        if open.prints.is_empty() {
            self.say(
                open.line - 1,
                "it is not said what this program prints".to_owned(),
                "put a block `text prints` behind it, or leave its name out if it is not to be run",
            );
        } else {
            self.snippets.push(open);
        }
    }

    fn say(&mut self, line: usize, message: String, help: &str) {
        let source = self.lines[line];
        let place = Place {
            file: self.file.to_owned(),
            line: Some(Line {
                number: line + 1,
                column: 1,
                width: source.chars().count().max(1),
                source: source.to_owned(),
            }),
        };
        self.problems
            .push(Problem::new(message).help(help).at(place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> (Page, String) {
        let (page, problems) = read("loop", "quizzes/loop/README.md", text.as_bytes());
        (page.unwrap(), words::lines(&problems))
    }

    #[test]
    fn programs_and_what_they_print_are_found() {
        let text = "# Loop\n\n```js main.mjs\nimport './a.mjs'\n```\n\n```js a.mjs\nconsole.log('a')\n```\nprints\n\
                    ```text prints on 18-20\na\n```\n```yaml prints on 22+\n- any-order: [a, b]\n```\n\n```js\nx\n```\n\
                    ````js main.cjs\nconsole.log('```')\n````\n```text prints\n\\`\\`\\`\n```\n";
        let (page, problems) = page(text);
        assert_eq!(problems, "");
        let [first, second] = page.snippets.as_slice() else {
            panic!("{:?}", page.snippets);
        };
        assert_eq!((first.line, first.entry.as_str()), (3, "main.mjs"));
        assert_eq!((first.files.len(), first.prints.len()), (2, 2));
        assert_eq!(
            &**second.files.get("main.cjs").unwrap(),
            b"console.log('```')\n"
        );
    }

    #[test]
    fn what_cannot_be_meant_is_a_problem_at_its_place() {
        let text = "```js main.mjs\n```\n\n```js main.mjs\n```\n```html prints\n```\n```text prints on 5x\n```\n";
        let (page_of, problems) = page(text);
        assert!(page_of.snippets.is_empty());
        for said in [
            "README.md:4:1: `main.mjs` is here twice",
            "README.md:6:1: what is printed cannot be written as `html`",
            "README.md:8:1: `5x` are no versions of Node",
            "README.md:1:1: it is not said what this program prints",
        ] {
            assert!(problems.contains(said), "{problems}");
        }
        let (_, problems) = page(
            "```text prints\na\n```\n```js a.mjs\n```\n```yaml prints\n- any_order: [a]\n```\n",
        );
        assert!(
            problems.contains("README.md:1:1: no program stands before"),
            "{problems}"
        );
        assert!(problems.contains("README.md:7:3: "), "{problems}");
    }
}
