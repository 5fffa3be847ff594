//! `tickmark schema`: the JSON Schemas of what we write.

use std::io::{self, Write};

use super::{Exit, Failure};
use crate::report;

/// Print the JSON Schema of a format
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark schema results > results.schema.json")]
pub(super) struct Schema {
    /// The format
    of: Of,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Of {
    /// What `tickmark grade --format json` writes
    Results,
}

impl Schema {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let schema = match self.of {
            Of::Results => report::schema(),
        };
        writeln!(io::stdout(), "{schema:#}")?;
        Ok(Exit::Clean)
    }
}
