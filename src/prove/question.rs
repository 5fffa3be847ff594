//! A question's program prints what the question says that it prints.

use super::key::{Claimed, Key};
use crate::course::{Kind, Modules, Quiz};
use crate::node::Node;
use crate::program::{Files, ModuleSystem, Range, RelPath};
use crate::sandbox::Program;
use crate::trace::Extra;

/// The keys of a quiz on a Node: one for each question with a program, whichever ways it is loaded.
pub(super) fn keys(quiz: &Quiz, node: &Node) -> Vec<Key> {
    let mut keys = Vec::new();
    for question in &quiz.questions {
        let Kind::Predict {
            modules,
            node: range,
            program,
            trace,
            ..
        } = &question.kind
        else {
            continue;
        };
        if !range.unwrap_or(Range::ALL).holds(node.version) {
            continue;
        }
        let claimed = |module: &ModuleSystem| {
            Some(Claimed {
                file: format!("quizzes/{}.yaml", quiz.id),
                program: program_of(program, *module)?,
            })
        };
        keys.push(Key {
            name: question.id.clone(),
            programs: systems(*modules).iter().filter_map(claimed).collect(),
            expected: trace.clone(),
            extra: Extra::Fail,
            behaviour: Vec::new(),
            exit: None,
        });
    }
    keys
}

/// The questions with programs, and the versions each is for.
pub(super) fn claimed_for(quiz: &Quiz) -> Vec<(String, Range)> {
    let questions = quiz.questions.iter();
    let predicted = questions.filter_map(|question| match &question.kind {
        Kind::Predict { node, .. } => Some((question.id.clone(), node.unwrap_or(Range::ALL))),
        Kind::Choose { .. } | Kind::Order { .. } | Kind::Fill { .. } | Kind::Match { .. } => None,
    });
    predicted.collect()
}

fn systems(modules: Modules) -> &'static [ModuleSystem] {
    match modules {
        Modules::One(ModuleSystem::CommonJs) => &[ModuleSystem::CommonJs],
        Modules::One(ModuleSystem::Esm) => &[ModuleSystem::Esm],
        Modules::Both => &[ModuleSystem::CommonJs, ModuleSystem::Esm],
    }
}

fn program_of(source: &str, module: ModuleSystem) -> Option<Program> {
    let entry = RelPath::new(match module {
        ModuleSystem::CommonJs => "main.cjs",
        ModuleSystem::Esm => "main.mjs",
    });
    let entry = entry.ok()?;
    let mut files = Files::default();
    files.insert(entry.clone(), source.as_bytes());
    Some(Program::new(files, entry))
}
