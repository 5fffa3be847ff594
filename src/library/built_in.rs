//! The course in the program itself: `exercises/` and `quizzes/` as they were when it was built.

use rust_embed::RustEmbed;

use crate::program::{Files, RelPath};

#[derive(RustEmbed)]
#[folder = "exercises/"]
#[prefix = "exercises/"]
#[allow_missing = true]
struct Exercises;

#[derive(RustEmbed)]
#[folder = "quizzes/"]
#[prefix = "quizzes/"]
#[allow_missing = true]
struct Quizzes;

/// Its files, as they would be read from a folder.
pub(super) fn files() -> Files {
    let exercises =
        Exercises::iter().filter_map(|path| Some((path.clone(), Exercises::get(&path)?)));
    let quizzes = Quizzes::iter().filter_map(|path| Some((path.clone(), Quizzes::get(&path)?)));
    exercises
        .chain(quizzes)
        .filter_map(|(path, file)| Some((RelPath::new(&path).ok()?, file.data.as_ref().into())))
        .collect()
}
