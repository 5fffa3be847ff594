//! The shapes of `like:` and `matches:`.

use regex::{Regex, RegexBuilder};

use super::Pattern;

/// Why a text is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPattern {
    /// A hole that we do not know.
    #[error("there is no hole `{{{0}}}`")]
    Hole(String),
    /// Not a regular expression, or too large a one.
    #[error("it is no regular expression that can be read: {0}")]
    Regex(String),
}

/// The holes of `like:`, and what fits into each.
const HOLES: [(&str, &str); 4] = [
    ("number", r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"),
    ("word", r"\S+"),
    ("path", r"[^\x00\n]+"),
    ("any", r"[^\n]*"),
];

/// How large a regular expression may become, in bytes.
const LARGEST: usize = 1 << 20;

impl Pattern {
    /// One line with holes: `took {number} ms`. A `{` that opens no lowercase word in braces is itself.
    pub fn like(written: &str) -> Result<Self, BadPattern> {
        let mut regex = String::new();
        let mut rest = written;
        while let Some(open) = rest.find('{') {
            let name = rest[open + 1..].split_once('}').map(|(name, _)| name);
            let name = name.filter(|name| {
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase())
            });
            regex.push_str(&regex::escape(&rest[..open]));
            match name {
                Some(name) => {
                    let (_, fits) = HOLES
                        .iter()
                        .find(|(hole, _)| *hole == name)
                        .ok_or_else(|| BadPattern::Hole(name.to_owned()))?;
                    regex.push_str(fits);
                    rest = &rest[open + name.len() + 2..];
                }
                None => {
                    regex.push_str(r"\{");
                    rest = &rest[open + 1..];
                }
            }
        }
        regex.push_str(&regex::escape(rest));
        Ok(Pattern {
            written: written.to_owned(),
            regex: whole_line(&regex)?,
        })
    }

    /// One line that the regular expression matches as a whole.
    pub fn matches(written: &str) -> Result<Self, BadPattern> {
        Ok(Pattern {
            written: written.to_owned(),
            regex: whole_line(written)?,
        })
    }

    /// The holes that `like:` knows.
    pub fn holes() -> impl Iterator<Item = &'static str> {
        HOLES.iter().map(|(hole, _)| *hole)
    }
}

fn whole_line(regex: &str) -> Result<Regex, BadPattern> {
    // First alone, so that it cannot close our group.
    let built = |text: &str| RegexBuilder::new(text).size_limit(LARGEST).build();
    built(regex)
        .and_then(|_| built(&format!(r"\A(?:{regex})\z")))
        .map_err(|error| BadPattern::Regex(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_hold_what_they_say() {
        let cases = [
            ("took {number} ms", "took 12.5 ms", true),
            ("took {number} ms", "took  ms", false),
            ("took {number} ms", "it took 1 ms", false),
            ("{word} ran", "a b ran", false),
            ("{any}", "", true),
            ("{ a: {number} }", "{ a: 1 }", true),
            ("f() {}", "f() {}", true),
            ("at {path}", "at /tmp/a b.js", true),
        ];
        for (like, line, fits) in cases {
            assert_eq!(
                Pattern::like(like).unwrap().regex.is_match(line),
                fits,
                "{like} / {line}"
            );
        }
        assert_eq!(
            Pattern::like("{nmber} ms").unwrap_err(),
            BadPattern::Hole("nmber".into())
        );
        assert!(Pattern::matches("a)|(b").is_err());
        assert!(!Pattern::matches("a|b").unwrap().regex.is_match("ab"));
    }
}
