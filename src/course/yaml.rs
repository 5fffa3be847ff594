//! One YAML file: from bytes to a tree of texts, lists and mappings that knows where each of them stands.
//!
//! Two readers look at every file. `granit-parser` says what stands where and refuses what we do not allow
//! (anchors, aliases, tags, merge keys, duplicate keys, several documents, deep nesting), so nothing is ever
//! expanded. `serde_yaml` then decodes, walking beside that outline: where a scalar stands it is asked for a text,
//! so scalars count as they are written (`no`, `1.10`, `~` and `0x10` are those texts). Where the two disagree,
//! that is a problem as well.
//!
//! It does not know what any key means.

mod advice;
mod decode;
mod outline;
mod source;

use std::ops::Range;

use crate::problem::Problem;

pub(super) use advice::swallowed_lines;
pub(super) use source::Source;

/// A YAML file may have this many bytes.
pub(super) const MOST_BYTES: usize = 256 * 1024;
/// Lists and mappings may stand this deep in each other.
pub(super) const MOST_DEPTH: usize = 64;

/// A file that both readers could read.
#[derive(Debug)]
pub(super) struct Document {
    /// Its text.
    pub source: Source,
    /// Its only document.
    pub root: Node,
}

/// Something in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    /// Where it stands, in bytes of the source.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What can stand in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A scalar, as it is written.
    Text(Text),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping.
    Map(Vec<Entry>),
}

/// A scalar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    /// After the escapes and the folding of its style.
    pub value: String,
    /// How it is written.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Not at all: `key:` and nothing behind it.
    Absent,
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// A block after `|`.
    Literal,
    /// A block after `>`.
    Folded,
}

/// A key and what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key stands.
    pub at: Range<usize>,
    /// What it has.
    pub value: Node,
}

/// Reads a file. There is a document unless a problem keeps it from being read at all.
pub(super) fn read(file: &str, bytes: &[u8]) -> (Option<Document>, Vec<Problem>) {
    let source = match Source::new(file, bytes) {
        Ok(source) => source,
        Err(problem) => return (None, vec![*problem]),
    };
    let (outline, mut problems) = outline::of(&source);
    let Some(outline) = outline else {
        return (None, problems);
    };
    match decode::beside(&outline, &source) {
        Ok(root) => (Some(Document { source, root }), problems),
        Err(problem) => {
            problems.push(*problem);
            (None, problems)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(yaml: &str) -> Node {
        let (document, problems) = read("a.yaml", yaml.as_bytes());
        assert_eq!(problems, []);
        document.expect("a document").root
    }

    fn problems(bytes: &[u8]) -> String {
        let shown: Vec<String> = read("a.yaml", bytes)
            .1
            .iter()
            .map(Problem::to_string)
            .collect();
        shown.join("\n")
    }

    fn texts(node: &Node) -> Vec<&str> {
        match &node.kind {
            Kind::Text(text) => vec![&text.value],
            Kind::List(members) => members.iter().flat_map(texts).collect(),
            Kind::Map(entries) => entries
                .iter()
                .flat_map(|entry| [vec![entry.key.as_str()], texts(&entry.value)].concat())
                .collect(),
        }
    }

    #[test]
    fn scalars_count_as_they_are_written() {
        let node =
            root("[no, 1.10, ~, 0x10, null, true, 1_000, .inf, 0o7, 2026-01-01, '', \"a\\tb\", y]");
        assert_eq!(
            texts(&node),
            [
                "no",
                "1.10",
                "~",
                "0x10",
                "null",
                "true",
                "1_000",
                ".inf",
                "0o7",
                "2026-01-01",
                "",
                "a\tb",
                "y"
            ]
        );
        assert_eq!(
            texts(&root("1: a\n~: b\nno: c\n")),
            ["1", "a", "~", "b", "no", "c"]
        );
    }

    #[test]
    fn blocks_keep_their_lines_and_nothing_is_the_empty_text() {
        let node = root("a: |\n  x\n   y\n\nb: >-\n  p\n  q\nc:\nd: |+\n  z\n\n");
        assert_eq!(
            texts(&node),
            ["a", "x\n y\n", "b", "p q", "c", "", "d", "z\n\n"]
        );
        assert_eq!(
            texts(&root("a: |\n  no newline at the end")),
            ["a", "no newline at the end"]
        );
        assert_eq!(
            texts(&root("\u{feff}a: b\r\nc: |\r\n  d\r\n")),
            ["a", "b", "c", "d\n"]
        );
    }

    #[test]
    fn an_alias_is_refused_before_anything_is_expanded() {
        let mut bomb = String::from("a: &a [x, x]\n");
        for (name, last) in ('b'..='z').zip('a'..='y') {
            bomb += &format!(
                "{name}: &{name} [*{last}, *{last}, *{last}, *{last}, *{last}, *{last}]\n"
            );
        }
        let started = std::time::Instant::now();
        assert!(problems(bomb.as_bytes()).starts_with("a.yaml:1:4: an anchor is not allowed here"));
        assert!(started.elapsed() < std::time::Duration::from_secs(1));
    }

    #[test]
    fn depth_size_and_encoding_have_their_limits() {
        assert!(problems("[".repeat(200_000).as_bytes()).contains("deeper than 64"));
        assert!(problems(&vec![b'#'; MOST_BYTES + 1]).contains("262,145 bytes"));
        assert_eq!(
            problems(b"a: b\ntitle: gr\xfc\xdfe\n"),
            "a.yaml:2:10: this is not UTF-8\n   2 | title: gr\u{fffd}\u{fffd}e\n     |          ^\n\
             help: save the file as UTF-8; from here on it is probably in an older encoding such as Latin-1"
        );
        assert!(problems(b"\xff\xfea\0").contains("UTF-16"));
        let deep = format!("{}{}", "[".repeat(MOST_DEPTH), "]".repeat(MOST_DEPTH));
        assert!(problems(deep.as_bytes()).is_empty());
    }
}
