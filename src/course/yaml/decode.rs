//! `serde_yaml` decodes, led by the outline: it is asked for a text wherever a scalar stands.

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::outline::{self, Outline};
use super::{Entry, Kind, Node, Source, Text};
use crate::problem::Problem;

/// What ended a line in YAML 1.1, which `serde_yaml` reads, and does not any more in YAML 1.2.
const OLD_BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// The tree that both readers see.
pub(super) fn beside(outline: &Outline, source: &Source) -> Result<Node, Box<Problem>> {
    let differs = RefCell::new(None);
    let beside = Beside {
        outline,
        differs: &differs,
    };
    let decoder = serde_yaml::Deserializer::from_str(source.text());
    beside.deserialize(decoder).map_err(|error| {
        let at = match (differs.take(), error.location()) {
            (Some(span), _) => span,
            (None, Some(location)) => location.index()..location.index() + 1,
            (None, None) => 0..0,
        };
        let text = source.text().get(at.clone()).unwrap_or_default();
        let problem = Problem::new("this can be read in two ways").at(source.place(at));
        Box::new(match text.chars().find(|c| OLD_BREAKS.contains(c)) {
            Some(c) => problem.help(format!(
                "in double quotes, write the character U+{0:04X} as `\\u{0:04x}`",
                u32::from(c)
            )),
            None => problem
                .help("put texts with special characters into quotes, and indent with spaces"),
        })
    })
}

/// A node to decode, and what the outline says of it.
#[derive(Clone, Copy)]
struct Beside<'o> {
    outline: &'o Outline,
    /// Where the decoder saw something else.
    differs: &'o RefCell<Option<Range<usize>>>,
}

impl<'o> Beside<'o> {
    fn member(self, outline: &'o Outline) -> Self {
        Beside { outline, ..self }
    }

    fn node(self, kind: Kind) -> Node {
        Node {
            span: self.outline.span.clone(),
            kind,
        }
    }

    fn differs<E: Error>(self) -> E {
        self.differs
            .borrow_mut()
            .get_or_insert(self.outline.span.clone());
        E::custom("the readers differ")
    }
}

impl<'de> DeserializeSeed<'de> for Beside<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, decoder: D) -> Result<Node, D::Error> {
        match self.outline.kind {
            outline::Kind::Text(..) => decoder.deserialize_str(self),
            outline::Kind::List(_) => decoder.deserialize_seq(self),
            outline::Kind::Map(_) => decoder.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Beside<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what the outline says")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        let outline::Kind::Text(seen, style) = &self.outline.kind else {
            return Err(self.differs());
        };
        if seen != value {
            return Err(self.differs());
        }
        Ok(self.node(Kind::Text(Text {
            value: value.to_owned(),
            style: *style,
        })))
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        self.visit_str("")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let outline::Kind::List(outlines) = &self.outline.kind else {
            return Err(self.differs());
        };
        let mut members = Vec::with_capacity(outlines.len());
        for outline in outlines {
            let member = list.next_element_seed(self.member(outline))?;
            members.push(member.ok_or_else(|| self.differs())?);
        }
        match list.next_element::<serde::de::IgnoredAny>()? {
            None => Ok(self.node(Kind::List(members))),
            Some(_) => Err(self.differs()),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let outline::Kind::Map(outlines) = &self.outline.kind else {
            return Err(self.differs());
        };
        let mut entries = Vec::with_capacity(outlines.len());
        for (key, value) in outlines {
            let Some(Node {
                kind: Kind::Text(text),
                span,
            }) = map.next_key_seed(self.member(key))?
            else {
                return Err(self.differs());
            };
            entries.push(Entry {
                key: text.value,
                at: span,
                value: map.next_value_seed(self.member(value))?,
            });
        }
        match map.next_key::<serde::de::IgnoredAny>()? {
            None => Ok(self.node(Kind::Map(entries))),
            Some(_) => Err(self.differs()),
        }
    }
}
