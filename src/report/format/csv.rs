//! `csv`: one line for each submission, for a spreadsheet or a gradebook (RFC 4180: commas, CRLF, UTF-8).
//!
//! It does not know which gradebook: that of each system is a format of its own.

use crate::report::{On, Options, Results, Row, Tally, feedback};
use crate::words;

use super::Format;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "csv",
    about: "one line for each submission, for a spreadsheet",
    write,
};

const HEADER: [&str; 13] = [
    "student",
    "exercise",
    "points",
    "max",
    "percent",
    "passed",
    "failed",
    "racy",
    "not judged",
    "left out",
    "first reason",
    "sandbox",
    "provisional",
];

/// Where the first reason stands.
const REASON: usize = 10;

fn write(results: &Results, options: &Options) -> String {
    let mut csv = String::new();
    push(&mut csv, HEADER.map(str::to_owned));
    for row in results.rows() {
        push(&mut csv, submission(row, results.on(), options));
    }
    for one in results.unplaced() {
        let mut record: [String; HEADER.len()] = Default::default();
        record[0] = one.student.clone().unwrap_or_default();
        record[REASON] = format!("problem: {}", one.problem.message);
        push(&mut csv, record);
    }
    csv
}

/// The points are left empty while a test is not judged: they are not known yet, and a gradebook would keep them.
fn submission(row: &Row, on: Option<On>, options: &Options) -> [String; HEADER.len()] {
    let tally = Tally::of(row, options.reader);
    let reason = feedback::first_reason(row, options.reader).unwrap_or_default();
    let (points, percent, reason) = match tally.not_judged {
        0 => {
            let permille = tally.earned.permille_of(tally.most);
            let percent = format!("{}.{}", permille / 10, permille % 10);
            (tally.earned.to_string(), percent, reason)
        }
        n => {
            let open = format!(
                "{} not judged, {} so far; {reason}",
                words::count(n, "test"),
                feedback::points(tally.earned)
            );
            (String::new(), String::new(), open)
        }
    };
    [
        row.student.clone().unwrap_or_default(),
        row.name(),
        points,
        tally.most.to_string(),
        percent,
        tally.passed.to_string(),
        tally.failed.to_string(),
        tally.racy.to_string(),
        tally.not_judged.to_string(),
        tally.left_out.to_string(),
        reason,
        on.map(|on| on.tier.word().to_owned()).unwrap_or_default(),
        on.and_then(|on| feedback::unsettled(on.ran))
            .unwrap_or_default(),
    ]
}

fn push(csv: &mut String, record: [String; HEADER.len()]) {
    let cells: Vec<String> = record.iter().map(|cell| quoted(&harmless(cell))).collect();
    csv.push_str(&cells.join(","));
    csv.push_str("\r\n");
}

/// The text, so that no spreadsheet takes it for a formula and no CI system for a command.
///
/// A cell that begins with a [`DANGEROUS`] character is given a `'` before it (OWASP, "CSV Injection").
fn harmless(cell: &str) -> String {
    let cell = words::visible(&cell.replace("##[", "##\\u{5b}"));
    if cell.trim_start().starts_with(DANGEROUS) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// What may open a formula (the last four are wide forms that some spreadsheets take for the first), or a command.
const DANGEROUS: [char; 11] = [
    '=', '+', '-', '@', '␉', '␍', ':', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',']) || cell.trim() != cell {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
