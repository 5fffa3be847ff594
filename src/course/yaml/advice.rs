//! What an author probably meant where YAML reads something else.

use std::ops::Range;

use super::Source;
use crate::problem::Problem;

/// A problem for what `granit-parser` could not read.
pub(super) fn syntax(source: &Source, at: usize, said: &str) -> Problem {
    if let Some(problem) = uneven_block(source) {
        return problem;
    }
    let said = said.trim().trim_end_matches('.');
    let place = source.place(at..at + 1);
    let line = source.line_number(at);
    // The reader often notices only in the next line.
    let near = [line, line.saturating_sub(1)];
    let help = near
        .iter()
        .filter(|line| **line > 0)
        .find_map(|line| line_advice(&source.text()[source.line(*line)]));
    let problem = Problem::new(format!("this is not YAML: {said}")).at(place);
    match help {
        Some(help) => problem.help(help),
        None => problem
            .help("a text with special characters needs quotes, and what belongs together the same indentation"),
    }
}

/// What is probably wrong with a line.
fn line_advice(line: &str) -> Option<&'static str> {
    let trimmed = line.trim_start();
    if line[..line.len() - trimmed.len()].contains('\t') || trimmed.starts_with('\t') {
        return Some("indent with spaces: YAML allows no tabs there");
    }
    let value = value_of(trimmed);
    if value.starts_with('{') {
        return Some("put quotes around a text that begins with `{`: `like: \"{number} ms\"`");
    }
    if value.starts_with(['@', '`', '%', '*', '&', '!', '|', '>', '[', ']', '}', ',']) {
        return Some("put quotes around a text that begins with a special character");
    }
    if value.starts_with(['"', '\'']) {
        return Some(
            "close the quotes at the end of the text, and write a quote within single quotes twice: `'it''s'`",
        );
    }
    if value.contains(": ") || value.ends_with(':') {
        return Some("put quotes around a text with `: ` in it");
    }
    None
}

/// What stands behind the dashes and the key of a line.
fn value_of(line: &str) -> &str {
    let line = past_dashes(line);
    match line.split_once(": ") {
        Some((key, value)) if !key.contains(['"', '\'', '[', '{']) => value.trim(),
        _ => line.trim(),
    }
}

fn past_dashes(mut line: &str) -> &str {
    while let Some(rest) = line.strip_prefix("- ") {
        line = rest.trim_start();
    }
    line
}

/// A block whose first line is indented deeper than a later one, which ends the block early.
fn uneven_block(source: &Source) -> Option<Problem> {
    (1..=source.lines()).find_map(|header| {
        let (first, uneven) = uneven_line(source, header)?;
        let first = source.line_number(first.start);
        Some(
            Problem::new(format!(
                "this line is indented less than line {first}, so YAML ends the text before it"
            ))
            .at(source.place(uneven))
            .help(EVEN),
        )
    })
}

const EVEN: &str = "indent every line as deep as the first; if the first line is to begin with spaces, write `|2`, \
                    where 2 is how much deeper than its key the text stands";

/// Comment lines directly behind a block that stand deeper than its key: probably lines of the text.
pub(crate) fn swallowed_lines(source: &Source, block: &Range<usize>) -> Option<Problem> {
    let first = source.line_number(block.start);
    let header = (first.saturating_sub(2)..first)
        .filter(|number| *number > 0)
        .rev()
        .find(|number| is_header(&source.text()[source.line(*number)]))?;
    let (_, uneven) = uneven_line(source, header)?;
    source.text()[uneven.clone()].starts_with('#').then(|| {
        Problem::new(
            "this line is indented less than the text before it, so YAML takes it for a comment",
        )
        .at(source.place(uneven))
        .help(EVEN)
    })
}

/// The first line of the block that begins behind the header, and the line that stands between it and the key.
fn uneven_line(source: &Source, header: usize) -> Option<(Range<usize>, Range<usize>)> {
    let line = |number: usize| &source.text()[source.line(number)];
    if !is_header(line(header)) {
        return None;
    }
    let key = key_column(line(header));
    let mut first: Option<(usize, Range<usize>)> = None;
    for number in header + 1..=source.lines() {
        let text = line(number);
        let indent = text.len() - text.trim_start_matches(' ').len();
        if text.trim().is_empty() {
            continue;
        }
        let at = source.line(number);
        let at = at.start + indent..at.end;
        match &first {
            _ if indent <= key => return None,
            None => first = Some((indent, at)),
            Some((deep, first)) if indent < *deep => return Some((first.clone(), at)),
            Some(_) => {}
        }
    }
    None
}

/// Whether a block without an indentation of its own begins behind this line.
fn is_header(line: &str) -> bool {
    let line = match line.split_once(" #") {
        Some((line, _)) => line.trim_end(),
        None => line.trim_end(),
    };
    let line = line.trim_end_matches(['+', '-']);
    ["|", ">"].iter().any(|mark| {
        line.strip_suffix(mark)
            .is_some_and(|before| before.trim_start().is_empty() || before.ends_with([' ', '-']))
    })
}

/// The column that a block behind this line must be deeper than.
fn key_column(line: &str) -> usize {
    let trimmed = line.trim_start();
    let item = past_dashes(trimmed);
    let dash = trimmed.len() - item.len();
    let indent = line.len() - trimmed.len();
    match item.starts_with(['|', '>']) {
        // The text of an item itself: deeper than its dash.
        true => indent + dash.saturating_sub(2),
        false => indent + dash,
    }
}
