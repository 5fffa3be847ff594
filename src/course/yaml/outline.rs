//! What stands where in a file, as `granit-parser` sees it, and everything we do not allow.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Marker, Parser, ScalarStyle, Span, Tag};

use super::{MOST_DEPTH, Source, Style, advice};
use crate::problem::Problem;
use crate::words;

/// After so many problems of its structure a file is not read further.
const MOST_PROBLEMS: usize = 50;

/// A node and where it stands.
#[derive(Debug)]
pub(super) struct Outline {
    pub span: Range<usize>,
    pub kind: Kind,
}

/// What it is.
#[derive(Debug)]
pub(super) enum Kind {
    Text(String, Style),
    List(Vec<Outline>),
    Map(Vec<(Outline, Outline)>),
}

/// The outline of the only document of a file, and every problem of its structure.
///
/// There is none where something stands in the file that we do not decode.
pub(super) fn of(source: &Source) -> (Option<Outline>, Vec<Problem>) {
    let mut builder = Builder {
        source,
        open: Vec::new(),
        root: None,
        documents: 0,
        refused: false,
        problems: Vec::new(),
    };
    let options = granit_parser::options! {
        block_scalar_eof_without_line_feed: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
    };
    for event in Parser::new_from_str_with_options(source.text(), options) {
        match event {
            Ok((event, span)) => builder.take(event, span),
            Err(error) => {
                let at = offset(source, error.marker());
                match error.kind() {
                    ErrorKind::RecursionLimitExceeded => builder.too_deep(at),
                    _ => builder.refuse(advice::syntax(source, at, &error.info())),
                }
            }
        }
        if builder.is_lost() {
            break;
        }
    }
    builder.finish()
}

struct Builder<'s> {
    source: &'s Source,
    open: Vec<Open>,
    root: Option<Outline>,
    documents: usize,
    /// Whether the file holds something that may not be decoded.
    refused: bool,
    problems: Vec<Problem>,
}

/// A list or mapping whose end has not been seen.
struct Open {
    start: usize,
    members: Vec<Outline>,
    collection: Collection,
}

enum Collection {
    List,
    Map,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) {
        let at = range(self.source, &span);
        match event {
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            Event::DocumentStart(..) => self.document(at),
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.alias(at),
            Event::Anchor(..) => self.refuse(
                Problem::new("an anchor is not allowed here")
                    .at(self.source.place(at))
                    .help("write the value out where it is needed; a text that begins with `&` needs quotes"),
            ),
            Event::Scalar(value, style, _, tag) => {
                self.tag(tag.as_deref(), &span);
                let nothing = style == ScalarStyle::Plain && at.is_empty();
                let kind = match nothing {
                    true => Kind::Text(String::new(), Style::Absent),
                    false => Kind::Text(value.into_owned(), style_of(style)),
                };
                self.add(Outline { span: at, kind });
            }
            Event::SequenceStart(_, _, tag) => {
                self.tag(tag.as_deref(), &span);
                self.open(at, Collection::List);
            }
            Event::MappingStart(_, _, tag) => {
                self.tag(tag.as_deref(), &span);
                self.open(at, Collection::Map);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(at),
            // Comments and what else is no node.
            _ => {}
        }
    }

    fn document(&mut self, at: Range<usize>) {
        self.documents += 1;
        if self.documents > 1 {
            self.refuse(
                Problem::new("a second document begins here")
                    .at(self.source.place(at))
                    .help("keep one document to a file: leave out the `---`"),
            );
        }
    }

    fn alias(&mut self, at: Range<usize>) {
        self.refuse(
            Problem::new("an alias is not allowed here")
                .at(self.source.place(at.clone()))
                .help("write the value out; a text that begins with `*` needs quotes"),
        );
        // A node stands here, so that keys and values stay in step.
        self.add(Outline {
            span: at,
            kind: Kind::Text(String::new(), Style::Plain),
        });
    }

    fn tag(&mut self, tag: Option<&Tag>, span: &Span) {
        if tag.is_none() {
            return;
        }
        let at = match span.tag_span() {
            Some(tag) => range(self.source, &tag),
            None => range(self.source, span),
        };
        self.refuse(
            Problem::new("a tag is not allowed here")
                .at(self.source.place(at))
                .help("leave it out; a text that begins with `!` needs quotes"),
        );
    }

    fn open(&mut self, at: Range<usize>, collection: Collection) {
        if self.open.len() == MOST_DEPTH {
            self.too_deep(at.start);
        }
        self.open.push(Open {
            start: at.start,
            members: Vec::new(),
            collection,
        });
    }

    fn too_deep(&mut self, at: usize) {
        let place = self.source.place(at..at + 1);
        let message = format!("this stands deeper than {MOST_DEPTH} levels");
        self.refuse(Problem::new(message).at(place));
    }

    fn close(&mut self, at: Range<usize>) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let last = open.members.last().map_or(open.start, |node| node.span.end);
        // Only `]` and `}` have a width; a block ends with what stands last in it.
        let end = if at.is_empty() { last } else { at.end };
        let span = open.start..end.max(open.start);
        let kind = match open.collection {
            Collection::List => Kind::List(open.members),
            Collection::Map => Kind::Map(self.pairs(open.members)),
        };
        self.add(Outline { span, kind });
    }

    fn pairs(&mut self, members: Vec<Outline>) -> Vec<(Outline, Outline)> {
        let mut pairs = Vec::with_capacity(members.len() / 2);
        let mut lines: HashMap<String, usize> = HashMap::new();
        let mut members = members.into_iter();
        while let (Some(key), Some(value)) = (members.next(), members.next()) {
            if let Some(text) = self.key(&key) {
                let line = self.source.line_number(key.span.start);
                match lines.get(text) {
                    Some(other) => self.twin(&key, text, *other),
                    None => {
                        lines.insert(text.to_owned(), line);
                    }
                }
            }
            pairs.push((key, value));
        }
        pairs
    }

    /// The text of a key that may stand in a mapping.
    fn key<'k>(&mut self, key: &'k Outline) -> Option<&'k str> {
        let (message, help) = match &key.kind {
            Kind::List(_) | Kind::Map(_) => (
                "a key must be a text",
                "put quotes around a text that begins with `[` or `{`",
            ),
            Kind::Text(_, Style::Absent) => (
                "a key is missing before this `:`",
                "put quotes around a text that begins with `:`",
            ),
            Kind::Text(text, Style::Plain) if text == "<<" => (
                "a merge key is not allowed here",
                "write the keys out where they are needed",
            ),
            Kind::Text(text, _) => return Some(text),
        };
        let place = self.source.place(key.span.clone());
        self.refuse(Problem::new(message).at(place).help(help));
        None
    }

    fn twin(&mut self, key: &Outline, text: &str, other: usize) {
        // Who repeats more than this has seen what is meant.
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(
                Problem::new(format!("{} stands here twice", words::code(text)))
                    .at(self.source.place(key.span.clone()))
                    .help(format!("keep one of them; the other is in line {other}")),
            );
        }
    }

    fn add(&mut self, node: Outline) {
        match self.open.last_mut() {
            Some(open) => open.members.push(node),
            None if self.root.is_none() => self.root = Some(node),
            // The root of a second document, which was refused.
            None => {}
        }
    }

    fn refuse(&mut self, problem: Problem) {
        self.refused = true;
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Whether what follows would only repeat what is wrong.
    fn is_lost(&self) -> bool {
        self.documents > 1 || self.open.len() > MOST_DEPTH || self.problems.len() >= MOST_PROBLEMS
    }

    fn finish(mut self) -> (Option<Outline>, Vec<Problem>) {
        let is_empty = match &self.root {
            None => true,
            Some(root) => matches!(root.kind, Kind::Text(_, Style::Absent)),
        };
        if is_empty && self.problems.is_empty() {
            self.refuse(Problem::new("this file is empty").at(self.source.whole()));
        }
        let root = self.root.filter(|_| !self.refused);
        (root, self.problems)
    }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

fn range(source: &Source, span: &Span) -> Range<usize> {
    let start = offset(source, &span.start);
    start..offset(source, &span.end).max(start)
}

fn offset(source: &Source, marker: &Marker) -> usize {
    marker.byte_offset().unwrap_or_else(|| {
        let line = source.line(marker.line());
        let mut characters = source.text()[line.clone()].char_indices();
        let within = characters.nth(marker.col()).map(|(within, _)| within);
        line.start + within.unwrap_or(line.len())
    })
}
