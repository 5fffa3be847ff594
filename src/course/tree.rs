//! The folders of a course: topics, and the exercises and quizzes in them.

use std::collections::{BTreeMap, BTreeSet};

use super::Course;
use super::folder::{self, bad_name};
use super::{page, questions};
use crate::problem::{Place, Problem};
use crate::program::{Files, RelPath};
use crate::words;

/// Reads everything below `exercises/` and `quizzes/`.
pub(super) fn read(files: &Files) -> (Course, Vec<Problem>) {
    let mut tree = Tree {
        course: Course::default(),
        problems: Vec::new(),
        topics: BTreeSet::new(),
    };
    tree.check_capitals(files);
    tree.exercises(&files.below("exercises"));
    tree.quizzes(&files.below("quizzes"));
    (tree.course, tree.problems)
}

struct Tree {
    course: Course,
    problems: Vec<Problem>,
    /// The topics whose names were looked at, with the folder above them.
    topics: BTreeSet<String>,
}

impl Tree {
    fn say(&mut self, file: String, problem: Problem) {
        self.problems.push(problem.at(Place { file, line: None }));
    }

    /// Two names that are one on a system that does not tell capitals apart.
    fn check_capitals(&mut self, files: &Files) {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        let mut said = BTreeSet::new();
        let of_course = |path: &&RelPath| {
            ["exercises/", "quizzes/"]
                .iter()
                .any(|folder| path.as_str().starts_with(folder))
        };
        for path in files.paths().filter(of_course) {
            let mut parts: Vec<&str> = path.folders().collect();
            parts.reverse();
            for part in parts.into_iter().chain([path.as_str()]) {
                let before = *seen.entry(part.to_lowercase()).or_insert(part);
                let above = part.rsplit_once('/').map(|(above, _)| above);
                let differs_here =
                    before != part && before.rsplit_once('/').map(|(above, _)| above) == above;
                if differs_here && said.insert(part) {
                    self.say(
                        part.to_owned(),
                        Problem::new(format!(
                            "only capitals tell this from {}",
                            words::code(before)
                        ))
                        .help("rename one of them: not every system can have both"),
                    );
                }
            }
        }
    }

    fn exercises(&mut self, files: &Files) {
        for (topic, slug) in self.folders("exercises", files) {
            self.check_topic("exercises", &topic);
            let id = format!("{topic}/{slug}");
            let path = format!("exercises/{id}");
            let name_is_bad = bad_name(&slug);
            let is_named = name_is_bad.is_none() && bad_topic("exercises", &topic).is_none();
            if let Some(problem) = name_is_bad {
                self.say(path.clone(), problem);
            }
            let (exercise, problems) = folder::read(&id, &path, &files.below(&id));
            self.problems.extend(problems);
            self.course.exercises.extend(exercise.filter(|_| is_named));
        }
    }

    /// The folders of exercises; files that lie beside them are problems.
    fn folders(&mut self, root: &str, files: &Files) -> BTreeSet<(String, String)> {
        let mut folders = BTreeSet::new();
        for path in files.paths() {
            let parts: Vec<&str> = path.as_str().split('/').collect();
            match parts.as_slice() {
                [topic, slug, _, ..] => {
                    folders.insert(((*topic).to_owned(), (*slug).to_owned()));
                }
                _ if path.name() == "README.md" => {}
                _ => self.say(
                    format!("{root}/{path}"),
                    Problem::new("this file does not belong here").help(format!(
                        "an exercise is a folder `{root}/topic/name/`; only `README.md` may lie above it"
                    )),
                ),
            }
        }
        folders
    }

    fn quizzes(&mut self, files: &Files) {
        for (path, bytes) in files.iter() {
            let file = format!("quizzes/{path}");
            let parts: Vec<&str> = path.as_str().split('/').collect();
            let (topic, name) = match parts.as_slice() {
                ["README.md"] => continue,
                [topic, "README.md"] => {
                    let (page, problems) = page::read(topic, &file, bytes);
                    self.course.pages.extend(page);
                    self.problems.extend(problems);
                    continue;
                }
                [topic, name] if name.ends_with(".yaml") => {
                    (*topic, name.trim_end_matches(".yaml"))
                }
                _ => {
                    let help = match path.as_str().strip_suffix(".yml") {
                        Some(stem) => format!("rename it to {}", words::code(&format!("{stem}.yaml"))),
                        None => "a quiz is a file `quizzes/topic/name.yaml`; only `README.md` may lie beside it".into(),
                    };
                    self.say(
                        file,
                        Problem::new("this file does not belong here").help(help),
                    );
                    continue;
                }
            };
            self.check_topic("quizzes", topic);
            let name_is_bad = bad_name(name);
            let is_named = name_is_bad.is_none() && bad_topic("quizzes", topic).is_none();
            if let Some(problem) = name_is_bad {
                self.say(file.clone(), problem);
            }
            let (quiz, problems) = questions::read(&format!("{topic}/{name}"), &file, bytes);
            self.problems.extend(problems);
            self.course.quizzes.extend(quiz.filter(|_| is_named));
        }
    }

    /// Looks at a topic's name, once.
    fn check_topic(&mut self, root: &str, topic: &str) {
        let path = format!("{root}/{topic}");
        if self.topics.insert(path.clone())
            && let Some(problem) = bad_topic(root, topic)
        {
            self.say(path, problem);
        }
    }
}

/// What is wrong with an id for a new exercise, if something is.
pub fn bad_exercise_id(id: &str) -> Option<Problem> {
    bad_id("exercises", "an exercise", id)
}

/// What is wrong with an id for a new quiz, if something is.
pub fn bad_quiz_id(id: &str) -> Option<Problem> {
    bad_id("quizzes", "a quiz", id)
}

fn bad_id(root: &str, what: &str, id: &str) -> Option<Problem> {
    match id.split('/').collect::<Vec<_>>().as_slice() {
        [topic, name] => bad_topic(root, topic).or_else(|| bad_name(name)),
        _ => Some(
            Problem::new(format!("{} is no id of {what}", words::code(id)))
                .help("write its topic and its name: `event-loop/read-both`"),
        ),
    }
}

fn bad_topic(root: &str, topic: &str) -> Option<Problem> {
    if root == "exercises" && topic == "answers" {
        return Some(
            Problem::new("`answers` cannot be a topic").help(
                "rename it: in what students hand in, `answers/` holds the answers to quizzes",
            ),
        );
    }
    bad_name(topic)
}
