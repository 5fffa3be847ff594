//! A view laid out on so many columns and rows: what is in sight of it, and where the cursor is.
//!
//! It does not know the terminal.

use crate::report::{Line, Span, Style, Text};
use crate::session::{Hint, Look, View};

use super::wrap;

/// Nothing is laid out wider, since long lines are hard to read.
const WIDEST: usize = 100;
/// With so few rows, none is left empty.
const LOW: usize = 12;

/// What is scrolled out of sight above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scrolled {
    /// None before the first.
    page: Option<usize>,
    rows: usize,
}

/// Rows to be drawn from the top, and the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// At most as many as there is room for.
    pub rows: Vec<Vec<Span>>,
    /// Its row and column, if it is in sight.
    pub cursor: Option<(usize, usize)>,
    /// How many rows of the body are in sight at once.
    pub height: usize,
    /// What is out of sight above it.
    pub scrolled: Scrolled,
}

/// Why a page is laid out anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// Something else may be shown: what matters of it comes into sight.
    OfTheView,
    /// The same is scrolled by so many rows.
    OfScrolling(isize),
}

/// Lays out a view.
pub fn lay_out(
    view: &View,
    (columns, rows): (usize, usize),
    before: Scrolled,
    because: Because,
) -> Page {
    let columns = columns.clamp(1, WIDEST);
    let mut head = wrap::rows(&view.title, Some(columns));
    // However small the screen, something of the body is in sight.
    head.truncate((rows / 4).max(1));
    if rows >= LOW {
        head.push(Vec::new());
    }
    let mut foot = keys(&view.keys, columns);
    foot.truncate((rows / 4).max(1));
    if let Some(message) = &view.message {
        let mut said = wrap::rows(&Line::words(Style::Warn, message), Some(columns));
        said.truncate(rows / 4);
        foot.splice(0..0, said);
    }
    let body = wrapped(&view.body, columns);
    let all = body.len();
    let room = rows.saturating_sub(head.len() + foot.len()).max(1);
    // Where not all is in sight, a row says so.
    let height = match all <= room || room == 1 {
        true => room,
        false => room - 1,
    };
    let cursor = place_of_cursor(&body);
    let out = match because {
        Because::OfTheView if before.page != Some(view.page) => 0,
        Because::OfTheView => in_sight(
            before.rows,
            cursor.map(|(row, _)| row),
            view.look,
            all,
            height,
        ),
        Because::OfScrolling(by) => before.rows.saturating_add_signed(by),
    };
    let out = out.min(all.saturating_sub(height));
    let shown = body.into_iter().skip(out).take(height);
    let top = head.len();
    let mut page: Vec<Vec<Span>> = head.into_iter().chain(shown).collect();
    page.resize(top + height, Vec::new());
    if room > height {
        page.push(more(out, height, all, columns));
    }
    page.extend(foot);
    page.truncate(rows.max(1));
    page.iter_mut().for_each(|row| cut(row, columns));
    let in_body = cursor.filter(|(row, _)| (out..out + height).contains(row));
    let cursor = in_body.map(|(row, column)| (top + row - out, column.min(columns - 1)));
    Page {
        cursor: cursor.filter(|(row, _)| *row < page.len()),
        rows: page,
        height,
        scrolled: Scrolled {
            page: Some(view.page),
            rows: out,
        },
    }
}

fn wrapped(text: &Text, columns: usize) -> Vec<Vec<Span>> {
    let lines = text.lines().iter();
    lines
        .flat_map(|line| wrap::rows(line, Some(columns)))
        .collect()
}

fn place_of_cursor(rows: &[Vec<Span>]) -> Option<(usize, usize)> {
    rows.iter().enumerate().find_map(|(at, row)| {
        let before = row.iter().position(|span| span.style() == Style::Cursor)?;
        let before = row[..before].iter().map(Span::text);
        Some((at, before.map(console::measure_text_width).sum()))
    })
}

/// How many rows are out of sight above, changed as little as what must be in sight demands.
fn in_sight(before: usize, cursor: Option<usize>, look: Look, all: usize, height: usize) -> usize {
    let Some(cursor) = cursor else {
        return before;
    };
    let last = match look {
        Look::AtCursor => cursor,
        Look::FromCursor => all.saturating_sub(1).min(cursor + height - 1),
    };
    before.max((last + 1).saturating_sub(height)).min(cursor)
}

/// Takes from a row what the screen would put on the next one.
fn cut(row: &mut Vec<Span>, columns: usize) {
    let mut left = columns;
    row.retain_mut(|span| {
        let text = console::truncate_str(span.text(), left, "").into_owned();
        left -= console::measure_text_width(&text);
        *span = Span::new(span.style(), &text);
        !text.is_empty()
    });
}

/// Says which rows are in sight.
fn more(out: usize, height: usize, all: usize, columns: usize) -> Vec<Span> {
    let shown = format!("{}-{} of {all}", out + 1, (out + height).min(all));
    let whole = format!("lines {shown}: page up, page down");
    let fits = console::measure_text_width(&whole) <= columns;
    vec![Span::new(Style::Dim, if fits { &whole } else { &shown })]
}

/// The keys, as many in a row as fit.
fn keys(hints: &[Hint], columns: usize) -> Vec<Vec<Span>> {
    let mut rows: Vec<(Vec<Span>, usize)> = Vec::new();
    for hint in hints {
        let pieces = [
            Span::new(Style::Code, &hint.keys),
            Span::new(Style::Plain, &format!(" {}", hint.does)),
        ];
        let width: usize = pieces
            .iter()
            .map(|piece| console::measure_text_width(piece.text()))
            .sum();
        match rows.last_mut() {
            Some((row, used)) if *used + 2 + width <= columns => {
                row.push(Span::new(Style::Plain, "  "));
                row.extend(pieces);
                *used += 2 + width;
            }
            Some(_) | None => rows.push((pieces.into(), width)),
        }
    }
    rows.into_iter().map(|(row, _)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn view(lines: usize, at: Option<usize>, look: Look) -> View {
        let mut body = Text::new();
        for line in 0..lines {
            let style = match at {
                Some(at) if at == line => Style::Cursor,
                Some(_) | None => Style::Plain,
            };
            body.push(Line::verbatim().exactly(style, &format!("line {line}")));
        }
        View {
            title: Line::words(Style::Strong, "a title of several words"),
            body,
            look,
            message: Some("a message of several words".to_owned()),
            keys: vec![Hint {
                keys: "enter".to_owned(),
                does: "answer".to_owned(),
            }],
            page: 0,
        }
    }

    fn seen(page: &Page) -> Vec<String> {
        let rows = page.rows.iter();
        rows.map(|row| row.iter().map(Span::text).collect())
            .collect()
    }

    #[test]
    fn another_page_is_seen_from_its_top_and_then_where_the_cursor_is() {
        let view = view(30, Some(20), Look::AtCursor);
        let first = lay_out(&view, (40, 12), Scrolled::default(), Because::OfTheView);
        assert_eq!(first.cursor, None);
        assert_eq!(seen(&first)[2], "line 0");
        let then = lay_out(&view, (40, 12), first.scrolled, Because::OfTheView);
        let (row, column) = then.cursor.unwrap();
        assert_eq!((seen(&then)[row].as_str(), column), ("line 20", 0));
    }

    #[test]
    fn what_begins_at_the_cursor_comes_into_sight_as_a_whole() {
        let view = view(30, Some(20), Look::FromCursor);
        let first = lay_out(&view, (40, 20), Scrolled::default(), Because::OfTheView);
        let then = lay_out(&view, (40, 20), first.scrolled, Because::OfTheView);
        assert!(seen(&then).contains(&"line 29".to_owned()));
        assert!(then.cursor.is_some());
    }

    proptest! {
        #[test]
        fn it_fits_whatever_the_size_and_all_of_it_can_be_seen(
            columns in 1..120_usize,
            rows in 1..50_usize,
            lines in 0..60_usize,
            at in prop::option::of(0..60_usize),
        ) {
            let view = view(lines, at, Look::AtCursor);
            let mut page = lay_out(&view, (columns, rows), Scrolled::default(), Because::OfTheView);
            let all = wrapped(&view.body, columns.min(WIDEST)).len();
            let mut last = None;
            while last != Some(page.scrolled) {
                prop_assert!(page.rows.len() <= rows);
                for row in seen(&page) {
                    prop_assert!(console::measure_text_width(&row) <= columns, "{:?}", row);
                }
                if let Some((row, column)) = page.cursor {
                    prop_assert!(row < rows && column < columns);
                }
                last = Some(page.scrolled);
                page = lay_out(&view, (columns, rows), page.scrolled, Because::OfScrolling(1));
            }
            prop_assert_eq!(page.scrolled.rows + page.height.min(all), all);
        }
    }
}
