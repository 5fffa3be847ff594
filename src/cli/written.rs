//! How and where a report is written: `--format` and `--output`.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::{Failure, could_not};
use crate::problem::Problem;
use crate::report::{self, Format, Options, Reader, Results, Spending, Text};
use crate::ui::Terminal;
use crate::words;

/// How and where a report is written.
#[derive(Debug, clap::Args)]
pub(super) struct Written {
    /// How to write the report; left out: for people
    #[arg(long, value_parser = format())]
    format: Option<Format>,
    /// Write the report to this file, and what is for people to the terminal
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The formats, as the command line takes them.
fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(
        report::FORMATS
            .iter()
            .map(|format| PossibleValue::new(format.name).help(format.about)),
    )
    .try_map(|name| name.parse::<Format>())
}

/// A table that no terminal bounds is as wide as this.
const WIDE: usize = 120;

/// For this reader, as wide as the terminal.
pub(super) fn options(reader: Reader, spending: Spending) -> Options {
    Options {
        reader,
        spending,
        columns: Terminal::Stdout.columns().unwrap_or(WIDE),
    }
}

impl Written {
    /// Whether there is none but what people read on the terminal.
    pub(super) fn is_for_people(&self) -> bool {
        self.format.is_none() && self.output.is_none()
    }

    /// Whether there is a place for the report, before anything is done that takes long.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            return Ok(());
        };
        let problem = |path: &Path, what: &str, help: &str| {
            let shown = words::code(&path.to_string_lossy());
            Err(Problem::new(format!("{what} {shown}")).help(help).into())
        };
        if path.is_dir() {
            return problem(path, "there is a folder", "name a file for `--output`");
        }
        match folder_of(path) {
            folder if folder.is_dir() => Ok(()),
            folder => problem(
                folder,
                "there is no folder",
                "make it, or name another file for `--output`",
            ),
        }
    }

    /// Writes the report: in the format that was asked for, else `for_people`.
    ///
    /// Where it goes to a file, the terminal shows what is for people, also if the file cannot be written.
    pub(super) fn write(
        &self,
        results: &Results,
        options: &Options,
        for_people: &Text,
    ) -> Result<(), Failure> {
        let report = |format: &Format| format.write(results, options);
        match (&self.output, &self.format) {
            (None, None) => Terminal::Stdout.show(for_people)?,
            (None, Some(format)) if *format == report::FORMATS[0] => {
                Terminal::Stdout.show(&report::table(results, options))?;
            }
            (None, Some(format)) => Terminal::Stdout.write(&report(format))?,
            (Some(path), format) => {
                let report = format.as_ref().map_or_else(|| for_people.plain(), report);
                let written = to_file(&report, path);
                Terminal::Stdout.show(for_people)?;
                written?;
            }
        }
        Ok(())
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// The file that is meant, also by a link, and also if it is not there yet.
fn behind(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| match fs::read_link(path) {
        Ok(target) => folder_of(path).join(target),
        Err(_) => path.to_owned(),
    })
}

/// Writes the file, whole or not at all.
///
/// Only a regular file is replaced; a device or a pipe is written to, and a link is followed.
pub(super) fn to_file(text: &str, path: &Path) -> Result<(), Failure> {
    write(text, path).map_err(|error| could_not("write", path, &error))
}

fn write(report: &str, path: &Path) -> io::Result<()> {
    let path = behind(path);
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        return fs::write(&path, report);
    }
    // Made by the standard library, others may read it as far as the user's own settings allow.
    let mut beside =
        tempfile::Builder::new().make_in(folder_of(&path), |path| File::create_new(path))?;
    beside.write_all(report.as_bytes())?;
    beside.persist(&path).map_err(|error| error.error)?;
    Ok(())
}
