//! The programs of `event_loop/cases/`, as they are written there.

// Each who includes this takes what he needs.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};

use tickmark::event_loop::{self, Outside, Program, Search};
use tickmark::program::{Files, Input, ModuleSystem, RelPath, Version};

/// A program, with one ending.
pub struct Case {
    pub file: PathBuf,
    pub name: String,
    pub ending: String,
    pub least: u32,
    pub files: Files,
    pub entry: RelPath,
}

impl Case {
    fn module(&self) -> ModuleSystem {
        match self.ending.as_str() {
            "mjs" => ModuleSystem::Esm,
            _ => ModuleSystem::CommonJs,
        }
    }

    /// Its orders on the Node.
    pub fn orders(&self, node: Version) -> Result<event_loop::Orders, Outside> {
        self.orders_by(node, &Search::default())
    }

    /// Those that this search finds.
    pub fn orders_by(&self, node: Version, search: &Search) -> Result<event_loop::Orders, Outside> {
        self.with_program(node, |program| event_loop::orders(program, search))
    }

    /// What is done with it as a program on the Node.
    pub fn with_program<T>(&self, node: Version, work: impl FnOnce(&Program<'_>) -> T) -> T {
        work(&Program {
            files: &self.files,
            entry: &self.entry,
            input: &Input::default(),
            module: self.module(),
            node,
        })
    }
}

/// The files of cases.
pub fn case_files() -> Vec<PathBuf> {
    let files = fs::read_dir("tests/event_loop/cases").unwrap();
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// The program of each case as it is written there: its head, and its text without the answer.
pub fn programs(file: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(file).unwrap();
    let cases = text.split("### ").skip(1);
    cases
        .map(|case| {
            let (head, rest) = case.split_once('\n').unwrap();
            let program = rest.split("\n---").next().unwrap();
            (head.to_owned(), program.trim_end().to_owned())
        })
        .collect()
}

/// The case for each of its endings.
pub fn cases_of(file: &Path, head: &str, text: &str) -> Vec<Case> {
    let (name, of) = head.split_once(" (").unwrap();
    let of = of.trim_end_matches(')');
    let (endings, least) = of.split_once(", ").unwrap_or((of, "18+"));
    let case = |ending: &str| {
        let mut parts = text.split("\n@@@ ");
        let entry = RelPath::new(&format!("main.{ending}")).unwrap();
        let main = format!("{}\n", parts.next().unwrap());
        let mut files = Files::from_iter([(entry.clone(), main.into_bytes().into())]);
        for part in parts {
            let (path, text) = part.split_once('\n').unwrap_or((part, ""));
            let path = RelPath::new(path).unwrap();
            files.insert(path, format!("{text}\n").into_bytes());
        }
        Case {
            file: file.to_owned(),
            name: name.to_owned(),
            ending: ending.to_owned(),
            least: least.trim_end_matches('+').parse().unwrap(),
            files,
            entry,
        }
    };
    endings.split(' ').map(case).collect()
}

/// All of them.
pub fn every_case() -> Vec<Case> {
    let files = case_files();
    let heads = files.iter().flat_map(|file| {
        let programs = programs(file).into_iter();
        programs.flat_map(move |(head, text)| cases_of(file, &head, &text))
    });
    heads.collect()
}
