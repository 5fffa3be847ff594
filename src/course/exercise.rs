//! An exercise as we trust it: everything in it was checked.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::behaviour::{Ask, Behaviour, Module};
use super::made::OwnFiles;
use crate::program::{BadPath, Files, Input, Limits, Looks, ModuleSystem, Range, RelPath, Version};
use crate::scoring::Points;
use crate::trace::{Expectation, Extra, Pattern};

/// An exercise's path in the course: `topic/slug`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExerciseId(pub(super) Arc<str>);

impl ExerciseId {
    /// `topic/slug`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ExerciseId {
    type Err = BadPath;

    /// `topic/slug`: a path that stays in its folder.
    fn from_str(text: &str) -> Result<Self, BadPath> {
        let path = RelPath::new(text)?;
        match path.as_str().split_once('/') {
            Some((_, slug)) if !slug.contains('/') => Ok(ExerciseId(path.as_str().into())),
            Some(_) | None => Err(BadPath::Empty),
        }
    }
}

impl fmt::Display for ExerciseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One exercise.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// Its path in the course.
    pub id: ExerciseId,
    /// Its title, one line.
    pub title: String,
    /// `task.md`, Markdown.
    pub task: String,
    /// The name of the entry file without its ending: exactly one of `.mjs`, `.cjs`, `.js` must be handed in.
    pub entry: String,
    /// Its tests, in the author's order; names are unique.
    pub tests: Vec<Test>,
    /// What a student starts from.
    pub starter: Files,
    /// Programs that pass, by the name of their folder (`solution`, `solution-esm`).
    pub solutions: Vec<(String, Files)>,
    /// Programs that lose points, by the name of their folder.
    pub wrong: Vec<Wrong>,
    /// Put beside the student's files for every run.
    pub files: Files,
}

/// A program under `wrong/`.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// The folder's name: the mistake.
    pub name: String,
    /// The program.
    pub files: Files,
    /// The names of the tests it loses; at least one.
    pub loses: Vec<String>,
    /// Words that stand in the feedback.
    pub says: Vec<String>,
}

/// One test of an exercise.
#[derive(Debug, Clone)]
pub struct Test {
    /// Unique in the exercise.
    pub name: String,
    /// What it is worth.
    pub points: Points,
    /// Whether students see only that it exists.
    pub hidden: bool,
    /// A program from `files/` to start instead of the student's entry.
    pub driver: Option<RelPath>,
    /// What the program is given.
    pub input: Input,
    /// Files for this test alone, laid over all others.
    pub files: OwnFiles,
    /// The versions of Node that it is for.
    pub node: Range,
    /// What the box must be able to give.
    pub needs: Vec<Need>,
    /// What the program may use.
    pub limits: Limits,
    /// What must come out.
    pub expected: Expected,
    /// What a line costs that nothing in the trace matches.
    pub extra: Extra,
    /// The author's hint for who fails it.
    pub hint: Option<String>,
}

/// What must come out of a run.
#[derive(Debug, Clone)]
pub struct Expected {
    /// The trace on stdout.
    pub trace: Expectation<When>,
    /// The trace on stderr; `None` accepts anything.
    pub stderr: Option<Expectation<When>>,
    /// How the program must end.
    pub exit: Exit,
    /// What else it must do, whatever it prints.
    pub behaviour: Vec<Behaviour>,
}

impl Expected {
    /// What must be seen of a run.
    pub fn looks(&self) -> Looks {
        let mut looks = Looks::default();
        for behaviour in &self.behaviour {
            match behaviour {
                Behaviour::Threads { .. } => looks.threads = true,
                Behaviour::Responsive { .. } => looks.turns = true,
                Behaviour::Never(functions) => looks.calls.extend_from_slice(functions),
                Behaviour::Module(module) => looks.loading = Some(module.loading()),
                Behaviour::Memory { .. } | Behaviour::Server(_) => {}
            }
        }
        looks
    }

    /// What it must answer, where it is a server.
    pub fn asks(&self) -> Option<&[Ask]> {
        self.behaviour.iter().find_map(|behaviour| match behaviour {
            Behaviour::Server(asks) => Some(asks.as_slice()),
            Behaviour::Memory { .. }
            | Behaviour::Threads { .. }
            | Behaviour::Responsive { .. }
            | Behaviour::Never(_)
            | Behaviour::Module(_) => None,
        })
    }

    /// What it must be, where it is loaded as a module.
    pub fn module(&self) -> Option<&Module> {
        self.behaviour.iter().find_map(|behaviour| match behaviour {
            Behaviour::Module(module) => Some(module),
            Behaviour::Memory { .. }
            | Behaviour::Threads { .. }
            | Behaviour::Responsive { .. }
            | Behaviour::Never(_)
            | Behaviour::Server(_) => None,
        })
    }
}

/// How a program must end.
#[derive(Debug, Clone)]
pub enum Exit {
    /// By itself, with this code.
    Code(i32),
    /// With an uncaught error whose first line matches, and this code.
    Throws(Pattern, i32),
}

/// What a test needs of the box it runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Connections on 127.0.0.1.
    Loopback,
    /// Child processes.
    Children,
    /// That it is seen what a program uses.
    Watching,
    /// That it is heard when its event loop turns.
    Hearing,
    /// That it is heard which functions it calls.
    Calls,
    /// That it can be told what a module gives, so that the module cannot tell it itself.
    Telling,
}

/// The key of a variant: `commonjs`, `esm 18-20`, `20+`, `otherwise`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The module system of the student's entry; `None` for both.
    pub module: Option<ModuleSystem>,
    /// The versions of Node.
    pub node: Range,
}

impl When {
    /// Whether the key fits a student's entry and a Node.
    pub fn fits(&self, module: ModuleSystem, node: Version) -> bool {
        self.module.is_none_or(|wanted| wanted == module) && self.node.holds(node)
    }
}
