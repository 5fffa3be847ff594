//! The first comment lines of a program under `wrong/`: which tests it loses and what the feedback says.

use super::manifest::meant_test;
use super::reading::one_of_the;
use crate::problem::{Line, Place, Problem};
use crate::words;

/// What the author claims of a wrong program.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Claims {
    /// The names of tests.
    pub loses: Vec<String>,
    /// Words of the feedback.
    pub says: Vec<String>,
}

const WORDS: [&str; 2] = ["loses", "says"];

/// Reads `// loses: name` and `// says: words` off the comment lines with which a program begins.
///
/// Other comments may stand among them. `tests` are the names of the exercise's tests, if all of them
/// are known.
pub(super) fn claims(
    file: &str,
    program: &[u8],
    tests: Option<&[String]>,
) -> (Claims, Vec<Problem>) {
    let text = String::from_utf8_lossy(program);
    let mut claims = Claims::default();
    let mut problems = Vec::new();
    let lines = text.strip_prefix('\u{feff}').unwrap_or(&text).lines();
    let comments = lines
        .enumerate()
        .take_while(|(_, line)| line.trim().is_empty() || line.trim_start().starts_with("//"));
    for (index, line) in comments {
        let comment = line.trim().trim_start_matches('/').trim();
        let Some((word, rest)) = comment.split_once(':') else {
            continue;
        };
        let place = || place(file, index + 1, line);
        if let Err(problem) = claims.add(word.trim(), rest.trim(), tests) {
            problems.push(problem.at(place()));
        }
    }
    if claims.loses.is_empty() && problems.is_empty() {
        let example = tests
            .and_then(<[String]>::first)
            .map_or("name of a test", String::as_str);
        let place = place(file, 1, text.lines().next().unwrap_or_default());
        problems.push(
            Problem::new("this wrong program does not say which tests it loses")
                .at(place)
                .help(format!(
                    "begin it with a line such as {}",
                    words::code(&format!("// loses: {example}"))
                )),
        );
    }
    (claims, problems)
}

impl Claims {
    fn add(&mut self, word: &str, rest: &str, tests: Option<&[String]>) -> Result<(), Problem> {
        match word {
            "loses" | "says" if rest.is_empty() => Err(Problem::new(format!("`{word}:` is empty"))),
            "loses" if self.loses.iter().any(|name| name == rest) => Err(Problem::new(format!(
                "{} stands here twice",
                words::code(rest)
            ))),
            "loses" => {
                self.loses.push(rest.to_owned());
                match tests.filter(|tests| !tests.iter().any(|name| name == rest)) {
                    None => Ok(()),
                    Some(tests) => Err(Problem::new(format!(
                        "the exercise has no test {}",
                        words::code(rest)
                    ))
                    .help(meant_test(tests, rest))),
                }
            }
            "says" => {
                self.says.push(rest.to_owned());
                Ok(())
            }
            // Any comment may have a colon in it; only what is nearly one of our words is a slip.
            other => match words::nearest(other, WORDS) {
                Some(_) => Err(
                    Problem::new(format!("{} is not known here", words::code(other)))
                        .help(one_of_the(WORDS.into_iter(), other, "words")),
                ),
                None => Ok(()),
            },
        }
    }
}

fn place(file: &str, number: usize, line: &str) -> Place {
    let indent = line.chars().take_while(|c| c.is_whitespace()).count();
    Place {
        file: file.to_owned(),
        line: Some(Line {
            number,
            column: indent + 1,
            width: line.trim().chars().count().max(1),
            source: line.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(program: &str) -> (Claims, Vec<String>) {
        let tests = ["in order".to_owned(), "with x".to_owned()];
        let (claims, problems) = claims("wrong/a/main.js", program.as_bytes(), Some(&tests));
        (
            claims,
            problems
                .iter()
                .map(|problem| problem.message.clone())
                .collect(),
        )
    }

    #[test]
    fn claims_stand_in_the_first_comment_lines() {
        let (claims, problems) = read(
            "// The classic mistake: no await\n//loses: in order\n\n//  loses: with x\n// says: `a` must come after `b`\nlet x\n// says: no\n",
        );
        assert_eq!(problems, [""; 0]);
        assert_eq!(claims.loses, ["in order", "with x"]);
        assert_eq!(claims.says, ["`a` must come after `b`"]);
    }

    #[test]
    fn slips_are_problems() {
        for (program, message) in [
            (
                "let x\n",
                "this wrong program does not say which tests it loses",
            ),
            (
                "// loses: in odrer\n",
                "the exercise has no test `in odrer`",
            ),
            (
                "// loses: in order\n// loses: in order\n",
                "`in order` stands here twice",
            ),
            ("// lose: in order\n", "`lose` is not known here"),
            ("// loses:\n", "`loses:` is empty"),
        ] {
            assert_eq!(read(program).1, [message], "{program}");
        }
    }
}
