//! Small values that authors write as one word: points, times, sizes, versions, keys of variants, patterns.
//!
//! Each is a function from a text to the value, or to what should have been written.

use std::time::Duration;

use regex::{Regex, RegexBuilder};

use super::exercise::When;
use crate::program::{ModuleSystem, Range};
use crate::trace::{Pattern, Times};
use crate::words;

/// The oldest Node that courses are made for.
pub(super) const OLDEST: u32 = 18;
/// Later release lines than this are not thought of yet.
pub(super) const LATEST: u32 = 63;

/// `2 s`, `500 ms`.
pub fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = amount(text)?;
    match unit {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_millis(number.checked_mul(1000)?)),
        _ => None,
    }
}

/// What the units of a size are, for whoever wrote a wrong one.
pub(super) const BYTES: &str = "1 KB is 1,000 bytes, 1 MB is 1,000 KB";

/// `64 KB`, `256 MB`: 1 KB is 1,000 bytes and 1 MB 1,000,000.
pub fn size(text: &str) -> Option<u64> {
    let (number, unit) = amount(text)?;
    let bytes = match unit {
        "KB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        _ => return None,
    };
    number.checked_mul(bytes)
}

/// Digits, at most one space, and a unit.
fn amount(text: &str) -> Option<(u64, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let unit = unit.strip_prefix(' ').unwrap_or(unit);
    Some((number.parse().ok()?, unit))
}

/// Release lines of Node that there are: `20`, `18-20`, `20+`.
pub(super) fn versions(text: &str) -> Option<Range> {
    let range: Range = text.parse().ok()?;
    let last = range.to.unwrap_or(LATEST);
    (range.from <= LATEST && (OLDEST..=LATEST).contains(&last)).then_some(range)
}

/// The key of a variant: `commonjs`, `esm 18-20`, `20+`, `otherwise`.
pub(super) fn when(text: &str) -> Option<When> {
    if text == "otherwise" {
        return Some(When {
            module: None,
            node: Range::ALL,
        });
    }
    let (word, range) = text.split_once(' ').unwrap_or((text, ""));
    let module = [ModuleSystem::CommonJs, ModuleSystem::Esm]
        .into_iter()
        .find(|module| module.word() == word);
    match (module, range) {
        (Some(_), "") if text.contains(' ') => None,
        (Some(_), "") => Some(When {
            module,
            node: Range::ALL,
        }),
        (Some(_), range) => Some(When {
            module,
            node: versions(range)?,
        }),
        (None, "") => Some(When {
            module: None,
            node: versions(word)?,
        }),
        (None, _) => None,
    }
}

/// The most that a step may be repeated.
pub(super) const MOST_TIMES: u32 = 10_000;

/// `3`, or the two ends of a range.
pub(super) fn times(least: &str, most: &str) -> Option<Times> {
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.then(|| text.parse::<u32>().ok()).flatten()?;
        (number <= MOST_TIMES).then_some(number)
    };
    let least = number(least)?;
    let most = match most {
        "any" => None,
        most => Some(number(most)?),
    };
    most.is_none_or(|most| most >= least && most > 0)
        .then_some(Times { least, most })
}

/// The holes of `like:` and what each accepts.
pub(super) const HOLES: &[(&str, &str)] = &[
    // As JavaScript prints numbers, without Infinity and NaN.
    ("number", r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?n?"),
    // A name, a plain word.
    ("word", r"[\p{L}\p{M}\p{N}_$-]+"),
    // A path or an address: no spaces and no quotes.
    ("path", r#"[^\s"'`]+"#),
    // Anything, nothing too.
    ("any", r"(?s:.*)"),
];

/// Why a text is no pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BadPattern {
    pub message: String,
    pub help: String,
}

/// Whether a pattern must have a hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holes {
    /// Without one, a plain text says the same.
    Needed,
    /// It may have none.
    Allowed,
}

/// One line with holes.
pub(super) fn like(text: &str, holes: Holes) -> Result<Pattern, BadPattern> {
    let mut regex = String::new();
    let mut rest = text;
    let mut found = 0;
    while let Some((before, name, after)) = next_hole(rest) {
        let Some((_, accepts)) = HOLES.iter().find(|(hole, _)| *hole == name) else {
            return Err(unknown_hole(name));
        };
        regex += &regex::escape(before);
        regex += accepts;
        rest = after;
        found += 1;
    }
    if found == 0 && holes == Holes::Needed {
        return Err(BadPattern {
            message: "`like` has no hole in it".into(),
            help: format!("write the line as a plain text, or use {}", all_holes()),
        });
    }
    regex += &regex::escape(rest);
    Ok(Pattern {
        written: text.to_owned(),
        regex: whole_line(&regex).map_err(|error| bad_regex(&error))?,
    })
}

/// What stands before, in and behind the first thing that looks like a hole: letters in braces.
fn next_hole(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices('{').find_map(|(open, _)| {
        let inside = &text[open + 1..];
        // No hole has a long name, and a long line may have many braces.
        let end = inside.bytes().take(32).position(|byte| byte == b'}')?;
        let name = &inside[..end];
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || c == '-');
        is_name.then(|| (&text[..open], name, &inside[name.len() + 1..]))
    })
}

fn unknown_hole(name: &str) -> BadPattern {
    let near = words::nearest(name, HOLES.iter().map(|(hole, _)| *hole));
    let help = match near {
        Some(near) => format!("did you mean `{{{near}}}`?"),
        None => format!(
            "the holes are {}; for these very characters write `matches:` and `\\{{{}\\}}`",
            all_holes(),
            words::visible(name)
        ),
    };
    BadPattern {
        message: format!("{} is no hole", words::code(&format!("{{{name}}}"))),
        help,
    }
}

fn all_holes() -> String {
    words::and(HOLES.iter().map(|(hole, _)| format!("`{{{hole}}}`")))
}

/// The names of the blanks in a text, `[[1]]`, each once, in its order.
pub(super) fn blanks(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for piece in text.split("[[").skip(1) {
        if let Some((name, _)) = piece.split_once("]]")
            && !name.is_empty()
            && name.chars().all(char::is_alphanumeric)
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// A regex that matches a whole line.
pub(super) fn matches(text: &str) -> Result<Pattern, BadPattern> {
    // Alone first: what is only right inside our brackets is wrong.
    sized(text)
        .and_then(|_| whole_line(text))
        .map(|regex| Pattern {
            written: text.to_owned(),
            regex,
        })
        .map_err(|error| bad_regex(&error))
}

fn whole_line(regex: &str) -> Result<Regex, regex::Error> {
    sized(&format!(r"\A(?:{regex})\z"))
}

fn sized(regex: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(regex).size_limit(1 << 20).build()
}

fn bad_regex(error: &regex::Error) -> BadPattern {
    if let regex::Error::CompiledTooBig(_) = error {
        return BadPattern {
            message: "this regular expression is too large".into(),
            help: "repeat less in it".into(),
        };
    }
    let said = error.to_string();
    let said = said.lines().last().unwrap_or_default().trim();
    BadPattern {
        message: format!(
            "this is no regular expression: {}",
            words::visible(said.strip_prefix("error: ").unwrap_or(said))
        ),
        help: "special characters that stand for themselves need a `\\`: `\\(`, `\\{`, `\\.`; \
               there is no look-around and no `\\1`"
            .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_a_unit() {
        assert_eq!(duration("2 s"), Some(Duration::from_secs(2)));
        assert_eq!(duration("500ms"), Some(Duration::from_millis(500)));
        assert_eq!(size("64 KB"), Some(64_000));
        assert_eq!(size("256 MB"), Some(256_000_000));
        for bad in [
            "",
            "2",
            "s",
            "2 m",
            "-2 s",
            "2  s",
            "99999999999999999999 s",
        ] {
            assert_eq!(duration(bad), None, "{bad}");
        }
        for bad in ["64 KiB", "64 kb", "64", "99999999999 GB"] {
            assert_eq!(size(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_variant_says_module_system_versions_or_both() {
        let both = when("esm 18-20").unwrap();
        assert_eq!(both.module, Some(ModuleSystem::Esm));
        assert_eq!((both.node.from, both.node.to), (18, Some(20)));
        assert_eq!(when("20+").unwrap().module, None);
        assert_eq!(when("otherwise").unwrap().node, Range::ALL);
        for bad in ["", "ESM", "esm ", "esm  20", "20 esm", "cjs", "99", "8"] {
            assert_eq!(when(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_repetition_has_two_ends() {
        assert_eq!(
            times("1", "any"),
            Some(Times {
                least: 1,
                most: None
            })
        );
        assert_eq!(
            times("3", "3"),
            Some(Times {
                least: 3,
                most: Some(3)
            })
        );
        for (least, most) in [
            ("0", "0"),
            ("5", "1"),
            ("any", "any"),
            ("-1", "2"),
            ("1", "20000"),
        ] {
            assert_eq!(times(least, most), None, "{least} {most}");
        }
    }

    #[test]
    fn holes_accept_what_they_say() {
        let accepts = |like_text: &str, line: &str| {
            like(like_text, Holes::Allowed)
                .unwrap()
                .regex
                .is_match(line)
        };
        assert!(accepts("took {number} ms", "took 1.5e+21 ms"));
        assert!(!accepts("took {number} ms", "took  ms"));
        assert!(!accepts("took {number} ms", "it took 5 ms"));
        assert!(accepts("{any}", ""));
        assert!(accepts("at {path}", "at file:///tmp/a.mjs"));
        assert!(accepts("{ a: {number} }", "{ a: 1 }"));
        assert!(accepts("a.b {word}", "a.b größe"));
        assert!(!accepts("a.b {word}", "axb größe"));
        assert!(like("{num}", Holes::Allowed).is_err());
    }

    #[test]
    fn a_regex_matches_the_whole_line() {
        let regex = matches("a|b").unwrap().regex;
        assert!(regex.is_match("a") && !regex.is_match("ab") && !regex.is_match("a\n"));
        assert!(matches("a)(b").is_err());
        assert!(matches("(?=a)").is_err());
        assert!(matches("a{1000}{1000}{1000}").is_err());
    }
}
