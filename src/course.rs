//! Quizzes and exercises as authors wrote them and as we trust them; every problem in them, with its line.
//!
//! This room does not know the disk: it is handed a folder's files and answers with a [`Course`] and all problems.

mod exercise;

pub use exercise::{Exercise, ExerciseId, Exit, Expected, Need, Test, When, Wrong};

/// A course: its exercises, by id.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// Sorted by id.
    pub exercises: Vec<Exercise>,
}

impl Course {
    /// The exercise with the id.
    pub fn exercise(&self, id: &str) -> Option<&Exercise> {
        self.exercises
            .iter()
            .find(|exercise| exercise.id.as_str() == id)
    }
}
