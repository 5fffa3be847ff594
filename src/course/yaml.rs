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
    use proptest::prelude::*;

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
        assert!(problems(bomb.as_bytes()).starts_with("a.yaml:1:4: an anchor is not allowed here"));
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

    /// A document of every shape and style that authors can write.
    fn yaml() -> impl Strategy<Value = serde_yaml::Value> {
        let word = prop_oneof![
            "[ -~]{0,12}",
            "[a-z:#\\-?{}\\[\\]&*!|>'\"%@`, \n\t]{0,12}",
            Just("no".to_owned()),
            Just("1.10".to_owned()),
            Just("~".to_owned()),
            Just("\n".to_owned()),
            Just(" a\n  b\n".to_owned()),
            "\\PC{0,8}",
        ];
        // What ends a line in one version of YAML only is refused.
        let word = word.prop_map(|word| word.replace(['\u{85}', '\u{2028}', '\u{2029}'], ""));
        let text = word.prop_map(serde_yaml::Value::String);
        text.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4)
                    .prop_map(serde_yaml::Value::Sequence),
                proptest::collection::vec(("[a-z0-9 :#~-]{1,6}", inner), 0..4).prop_map(|pairs| {
                    let pairs = pairs.into_iter();
                    serde_yaml::Value::Mapping(
                        pairs
                            .map(|(key, value)| (serde_yaml::Value::String(key), value))
                            .collect(),
                    )
                }),
            ]
        })
    }

    fn same(node: &Node, value: &serde_yaml::Value) -> bool {
        match (&node.kind, value) {
            (Kind::Text(text), serde_yaml::Value::String(value)) => text.value == *value,
            // What serde_yaml takes for something else than a text is a text for us.
            (
                Kind::Text(_),
                serde_yaml::Value::Null | serde_yaml::Value::Bool(_) | serde_yaml::Value::Number(_),
            ) => true,
            (Kind::List(members), serde_yaml::Value::Sequence(values)) => {
                members.len() == values.len()
                    && members
                        .iter()
                        .zip(values)
                        .all(|(node, value)| same(node, value))
            }
            (Kind::Map(entries), serde_yaml::Value::Mapping(values)) => {
                entries.len() == values.len()
                    && entries
                        .iter()
                        .zip(values.values())
                        .all(|(entry, value)| same(&entry.value, value))
            }
            _ => false,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_serde_yaml_writes_is_read_as_it_was(value in yaml()) {
            let written = serde_yaml::to_string(&value).expect("written");
            let (document, problems) = read("a.yaml", written.as_bytes());
            prop_assert_eq!(&problems, &[], "{}", written);
            prop_assert!(same(&document.expect("a document").root, &value), "{}", written);
        }

        #[test]
        fn any_text_is_read_as_serde_yaml_reads_it_or_refused(
            text in "([a-c:#?{}\\[\\]|>'\", \n-]|  |\n  |: |- |\t|\r|é){0,40}",
        ) {
            let (document, problems) = read("a.yaml", text.as_bytes());
            match (document, serde_yaml::from_str::<serde_yaml::Value>(&text)) {
                (Some(document), Ok(value)) if problems.is_empty() => {
                    prop_assert!(same(&document.root, &value), "{:?} {:?}", document.root, value);
                }
                (Some(_), _) => {}
                (None, _) => prop_assert!(!problems.is_empty()),
            }
        }
    }
}
