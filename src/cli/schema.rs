//! `tickmark schema`: the JSON Schemas of what we read and write.

use std::io::{self, Write};

use super::{Exit, Failure};
use crate::{course, report};

/// Print the JSON Schema of a format
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark schema results > results.schema.json
  tickmark schema exercise > exercise.schema.json

An editor with a YAML language server reads the schema of a file from its first line:
  # yaml-language-server: $schema=exercise.schema.json
`tickmark new` writes that line, and the schemas into the course's folder `.tickmark`.")]
pub(super) struct Schema {
    /// The format
    of: Of,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Of {
    /// An `exercise.yaml`
    Exercise,
    /// A quiz
    Quiz,
    /// The answers of a student to a quiz
    Answers,
    /// What `tickmark grade --format json` writes
    Results,
}

impl Schema {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let schema = match self.of {
            Of::Exercise => course::exercise_schema(),
            Of::Quiz => course::quiz_schema(),
            Of::Answers => course::answers_schema(),
            Of::Results => report::schema(),
        };
        writeln!(io::stdout(), "{schema:#}")?;
        Ok(Exit::Clean)
    }
}
