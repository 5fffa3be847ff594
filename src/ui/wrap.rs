//! Breaking a line of text into rows of a terminal, by the width of what is shown.
//!
//! It does not know styles beyond carrying them along.

use crate::report::{Flow, Line, Span, Style};

use super::hanging;

/// A character, how many columns it takes, and its style.
type Cell = (char, usize, Style);

/// The rows that a line takes; one if there are no columns to keep to.
pub fn rows(line: &Line, columns: Option<usize>) -> Vec<Vec<Span>> {
    let mut first = vec![Span::new(Style::Plain, &" ".repeat(line.indent()))];
    first.extend_from_slice(line.lead());
    let Some(columns) = columns else {
        first.extend_from_slice(line.spans());
        return vec![first];
    };
    let cells: Vec<Cell> = line.spans().iter().flat_map(cells).collect();
    let hanging = hanging(line);
    let mut rows = Vec::new();
    let mut rest = cells.as_slice();
    loop {
        let lead = if rows.is_empty() { &first } else { &hanging };
        let room = columns.saturating_sub(width(lead)).max(1);
        let fits = fitting(rest, room);
        let (row, next) = match line.flow() {
            Flow::Words if fits < rest.len() => split_between_words(rest, fits),
            Flow::Code if fits < rest.len() => split_code(rest, fits),
            Flow::Words | Flow::Code | Flow::Verbatim => rest.split_at(fits),
        };
        rows.push(lead.iter().cloned().chain(spans(row)).collect());
        rest = next;
        if rest.is_empty() {
            return rows;
        }
    }
}

fn cells(span: &Span) -> impl Iterator<Item = Cell> {
    span.text().chars().map(|c| {
        let width = console::measure_text_width(c.encode_utf8(&mut [0; 4]));
        (c, width, span.style())
    })
}

fn width(spans: &[Span]) -> usize {
    spans
        .iter()
        .map(|span| console::measure_text_width(span.text()))
        .sum()
}

/// How many of the cells fit into the room; at least one, so that there is always progress.
fn fitting(cells: &[Cell], room: usize) -> usize {
    let mut used = 0;
    let fits = cells
        .iter()
        .take_while(|(_, width, _)| {
            used += width;
            used <= room
        })
        .count();
    fits.max(1).min(cells.len())
}

/// Splits at the last blank that fits, which is left out; a word longer than a row is broken.
fn split_between_words(cells: &[Cell], fits: usize) -> (&[Cell], &[Cell]) {
    let blank = cells[..=fits.min(cells.len() - 1)]
        .iter()
        .rposition(|(c, _, _)| *c == ' ')
        .filter(|at| *at > 0);
    match blank {
        Some(at) => (&cells[..at], &cells[at + 1..]),
        None => cells.split_at(fits),
    }
}

/// Splits behind the last blank or opening that fits, of which nothing is left out; unless little would be left then.
fn split_code(cells: &[Cell], fits: usize) -> (&[Cell], &[Cell]) {
    let end = |(c, _, _): &Cell| matches!(c, ' ' | '(' | '[' | '{' | ',' | ';');
    let end = cells[..fits].iter().rposition(end).map(|at| at + 1);
    cells.split_at(end.filter(|at| at * 2 > fits).unwrap_or(fits))
}

/// The cells as pieces, one for each stretch of one style.
fn spans(cells: &[Cell]) -> Vec<Span> {
    cells
        .chunk_by(|a, b| a.2 == b.2)
        .map(|chunk| {
            let text: String = chunk.iter().map(|(c, _, _)| c).collect();
            Span::new(chunk[0].2, &text)
        })
        .collect()
}
