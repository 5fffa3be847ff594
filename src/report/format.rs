//! The ways to write results down: one table, [`FORMATS`], from which parsing, help and writing all read.
//!
//! A format is a function from results to text; it opens no file and prints nothing. To add a format, add its file
//! under `format/` and its line to the table.

mod csv;
mod github;
mod json;
mod junit;
mod table;

use std::str::FromStr;

use crate::words;

use super::{Options, Results};

pub use json::schema;
pub use table::table;

/// Every format, the one for people first.
pub const FORMATS: &[Format] = &[
    table::FORMAT,
    json::FORMAT,
    junit::FORMAT,
    csv::FORMAT,
    github::FORMAT,
];

/// A way to write results down.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    write: fn(&Results, &Options) -> String,
}

/// No format has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", unknown(name))]
pub struct Unknown {
    name: String,
}

fn unknown(name: &str) -> String {
    let names = || FORMATS.iter().map(|format| format.name);
    let meant = words::nearest(name, names())
        .map(|near| format!(" (did you mean `{near}`?)"))
        .unwrap_or_default();
    let all = words::or(names().map(words::code));
    format!(
        "there is no format {}: it is {all}{meant}",
        words::code(name)
    )
}

impl Format {
    /// The results in this format, each line ended. The same results make the same text.
    pub fn write(&self, results: &Results, options: &Options) -> String {
        (self.write)(results, options)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl FromStr for Format {
    type Err = Unknown;

    fn from_str(name: &str) -> Result<Self, Unknown> {
        FORMATS
            .iter()
            .find(|format| format.name == name)
            .copied()
            .ok_or_else(|| Unknown {
                name: name.to_owned(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in FORMATS {
            assert_eq!(format.name.parse(), Ok(*format));
        }
        let error = "jsn".parse::<Format>().unwrap_err().to_string();
        assert_eq!(
            error,
            "there is no format `jsn`: it is `table`, `json`, `junit`, `csv` or `github` (did you mean `json`?)"
        );
    }
}
