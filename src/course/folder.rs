//! An exercise's folder: which files belong into it, and the exercise they make.
//!
//! To add a kind of file, add its name to [`KNOWN`] and read it in [`Folder::exercise`].

use std::collections::BTreeSet;

use super::exercise::{Exercise, ExerciseId, Test, Wrong};
use super::manifest::{ENDINGS, Manifest, is_entry};
use super::mistake;
use super::reading::one_of_the;
use super::yaml;
use crate::problem::{Place, Problem};
use crate::program::{Files, RelPath};
use crate::words;

/// What may lie in an exercise's folder; a folder ends in `/`.
const KNOWN: [&str; 6] = [
    "exercise.yaml",
    "task.md",
    "starter/",
    "solution/",
    "wrong/",
    "files/",
];

/// Reads the exercise in a folder; it is there if nothing is wrong with it.
pub(super) fn read(id: &str, path: &str, files: &Files) -> (Option<Exercise>, Vec<Problem>) {
    let mut folder = Folder {
        path,
        files,
        problems: Vec::new(),
    };
    let exercise = folder.exercise(id);
    let exercise = exercise.filter(|_| folder.problems.is_empty());
    (exercise, folder.problems)
}

struct Folder<'f> {
    /// Its path in the course.
    path: &'f str,
    /// Its files, by their path inside it.
    files: &'f Files,
    problems: Vec<Problem>,
}

impl Folder<'_> {
    fn exercise(&mut self, id: &str) -> Option<Exercise> {
        self.check_names();
        let task = self.task();
        let beside = self.files.below("files");
        let manifest = self.manifest(&beside)?;
        let entry = manifest.entry.clone()?;
        self.check_beside(&beside, &manifest.tests, &entry);
        let starter = self.program("starter", &entry);
        let solutions = self.solutions(&entry);
        let wrong = self.wrong(&entry, manifest.all_names());
        self.check_starter(starter.as_ref(), &solutions);
        Some(Exercise {
            id: ExerciseId(id.into()),
            title: manifest.title?,
            task: task?,
            entry,
            tests: manifest.tests,
            starter: starter?,
            solutions,
            wrong,
            files: beside,
        })
    }

    fn say(&mut self, path: &str, problem: Problem) {
        let file = match path {
            "" => self.path.to_owned(),
            path => format!("{}/{path}", self.path),
        };
        self.problems.push(problem.at(Place { file, line: None }));
    }

    /// Everything directly in the folder: files by name, folders with a `/` behind it.
    fn names(&self, below: &str) -> BTreeSet<String> {
        let files = match below {
            "" => self.files.clone(),
            folder => self.files.below(folder),
        };
        files
            .paths()
            .map(|path| match path.as_str().split_once('/') {
                Some((folder, _)) => format!("{folder}/"),
                None => path.as_str().to_owned(),
            })
            .collect()
    }

    fn check_names(&mut self) {
        for name in self.names("") {
            // The missing `exercise.yaml` says what to do with an `exercise.yml`.
            let is_said = name == "exercise.yml" && !self.files.contains("exercise.yaml");
            if KNOWN.contains(&name.as_str()) || is_solution(&name) || is_said {
                continue;
            }
            let bare = name.trim_end_matches('/');
            let folder = format!("{bare}/");
            let (message, help) = if KNOWN.contains(&bare) {
                (format!("`{bare}` must be a file, not a folder"), None)
            } else if KNOWN.contains(&folder.as_str()) || is_solution(&folder) {
                (format!("`{bare}` must be a folder, not a file"), None)
            } else {
                let help = match name.starts_with("solution-") {
                    true => "name it with lowercase words: `solution-esm/`".to_owned(),
                    false => one_of_the(KNOWN.into_iter(), &name, "parts of an exercise"),
                };
                (
                    "this does not belong into an exercise".to_owned(),
                    Some(help),
                )
            };
            let mut problem = Problem::new(message);
            problem.help = help;
            self.say(bare, problem);
        }
    }

    fn task(&mut self) -> Option<String> {
        let Some(bytes) = self.files.get("task.md") else {
            let problem = Problem::new("an exercise needs `task.md`")
                .help("write into it what students are to do, in Markdown");
            self.say("", problem);
            return None;
        };
        let text = match yaml::Source::new(&format!("{}/task.md", self.path), bytes) {
            Ok(source) => source.text().to_owned(),
            Err(problem) => {
                self.problems.push(*problem);
                return None;
            }
        };
        if text.trim().is_empty() {
            self.say(
                "task.md",
                Problem::new("this file is empty").help("write into it what students are to do"),
            );
            return None;
        }
        Some(text)
    }

    fn manifest(&mut self, beside: &Files) -> Option<Manifest> {
        let Some(bytes) = self.files.get("exercise.yaml") else {
            let problem = Problem::new("an exercise needs `exercise.yaml`");
            let problem = match self.files.contains("exercise.yml") {
                true => problem.help("rename `exercise.yml`"),
                false => problem.help("write its title, its entry and its tests into it"),
            };
            self.say("", problem);
            return None;
        };
        let (document, problems) = yaml::read(&format!("{}/exercise.yaml", self.path), bytes);
        self.problems.extend(problems);
        let (manifest, problems) = Manifest::read(&document?, beside);
        self.problems.extend(problems);
        Some(manifest)
    }

    /// What is laid over the student's files must leave their program alone, also together with a test's own files.
    fn check_beside(&mut self, beside: &Files, tests: &[Test], entry: &str) {
        let replaced = beside.paths().find(|path| is_entry(path.as_str(), entry));
        if let Some(path) = replaced {
            let problem = Problem::new("this would replace the student's program")
                .help("give it another name, and say with `run:` which tests start it");
            self.say(&format!("files/{path}"), problem);
        }
        for test in tests {
            let clash = test.files.paths().find_map(|own| {
                let above: Vec<&str> = own.folders().collect();
                let clash = beside.paths().find(|path| {
                    above.contains(&path.as_str())
                        || path.folders().any(|folder| folder == own.as_str())
                })?;
                Some((own, clash))
            });
            if let Some((own, clash)) = clash {
                let problem = Problem::new(format!(
                    "the test {} has a file {}, and both cannot be there at once",
                    words::code(&test.name),
                    words::code(own.as_str())
                ))
                .help("give one of them another name");
                self.say(&format!("files/{clash}"), problem);
            }
        }
    }

    /// The program in a folder, which has exactly one entry.
    fn program(&mut self, folder: &str, entry: &str) -> Option<Files> {
        let files = self.files.below(folder);
        let entries: Vec<&RelPath> = files
            .paths()
            .filter(|path| is_entry(path.as_str(), entry))
            .collect();
        let wanted = words::or(ENDINGS.map(|ending| format!("`{entry}{ending}`")));
        let problem = match entries.as_slice() {
            [_] => return Some(files),
            [] if files.is_empty() => Problem::new(format!("an exercise needs `{folder}/`"))
                .help(format!("make it with {wanted} in it")),
            [] => {
                let candidates: Vec<String> =
                    ENDINGS.iter().map(|ending| format!("{entry}{ending}")).collect();
                let near = files.paths().find_map(|path| {
                    words::nearest(path.name(), candidates.iter().map(String::as_str))
                        .map(|_| path.as_str().to_owned())
                });
                let problem = Problem::new(format!("there is no {wanted} in it"));
                match near {
                    Some(near) => problem.help(format!("rename or move {}", words::code(&near))),
                    None => problem,
                }
            }
            several => Problem::new(format!(
                "{} are in it, and only one can be the entry",
                words::and(several.iter().map(|path| words::code(path.as_str())))
            ))
            .help("keep one of them; give each way of solving it a folder of its own: `solution-cjs/`, `solution-esm/`"),
        };
        let place = if files.is_empty() { "" } else { folder };
        self.say(place, problem);
        None
    }

    fn solutions(&mut self, entry: &str) -> Vec<(String, Files)> {
        let names: Vec<String> = self
            .names("")
            .into_iter()
            .filter(|name| is_solution(name))
            .map(|name| name.trim_end_matches('/').to_owned())
            .collect();
        if names.is_empty() {
            let problem = Problem::new("an exercise needs `solution/`").help(
                "make it with a program that passes; several are `solution-cjs/`, `solution-esm/`",
            );
            self.say("", problem);
        }
        names
            .into_iter()
            .filter_map(|name| {
                let files = self.program(&name, entry)?;
                Some((name, files))
            })
            .collect()
    }

    fn wrong(&mut self, entry: &str, tests: Option<&[String]>) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        for name in self.names("wrong") {
            let Some(name) = name.strip_suffix('/') else {
                let problem = Problem::new("a wrong program needs a folder of its own")
                    .help("make a folder named after the mistake, and move it there");
                self.say(&format!("wrong/{name}"), problem);
                continue;
            };
            let folder = format!("wrong/{name}");
            if let Some(problem) = bad_name(name) {
                self.say(&folder, problem);
            }
            let Some(files) = self.program(&folder, entry) else {
                continue;
            };
            wrong.extend(self.mistake(name, files, entry, tests));
        }
        wrong
    }

    fn mistake(
        &mut self,
        name: &str,
        files: Files,
        entry: &str,
        tests: Option<&[String]>,
    ) -> Option<Wrong> {
        let (path, program) = files
            .iter()
            .find(|(path, _)| is_entry(path.as_str(), entry))?;
        let file = format!("{}/wrong/{name}/{path}", self.path);
        let (claims, problems) = mistake::claims(&file, program, tests);
        self.problems.extend(problems);
        Some(Wrong {
            name: name.to_owned(),
            loses: claims.loses,
            says: claims.says,
            files,
        })
    }

    fn check_starter(&mut self, starter: Option<&Files>, solutions: &[(String, Files)]) {
        let same = solutions.iter().find(|(_, files)| Some(files) == starter);
        if let Some((name, _)) = same {
            let problem = Problem::new(format!("the starter is the same as `{name}/`"))
                .help("take out of it what students are to write");
            self.say("starter", problem);
        }
    }
}

/// Whether the name with its `/` is a solution's: `solution/`, `solution-esm/`.
fn is_solution(name: &str) -> bool {
    let Some(name) = name.strip_suffix('/') else {
        return false;
    };
    match name.strip_prefix("solution") {
        Some("") => true,
        Some(rest) => rest
            .strip_prefix('-')
            .is_some_and(|rest| bad_name(rest).is_none()),
        None => false,
    }
}

/// What is wrong with the name of a topic, an exercise, a quiz or a mistake.
pub(super) fn bad_name(name: &str) -> Option<Problem> {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if name.split('-').all(is_word) && name.len() <= 60 {
        return None;
    }
    Some(
        Problem::new(format!("{} is no name that a course can use", words::code(name))).help(
            "use lowercase letters and digits, with a hyphen between words and at most 60 characters: `read-both`",
        ),
    )
}
