//! The `type` of a `package.json`, as the Node at hand reads it.
//!
//! Node 18 to 20 read it with `JSON.parse`, later ones with simdjson, and neither is a strict reader: a byte order
//! mark, numbers without end, halves of characters and bytes that are no UTF-8 are taken by some. So what stands here is
//! no reader either, but follows strings and brackets only. Where Node cannot read a file, it says so when it starts
//! the program, whatever is answered here.

use super::{ModuleSystem, Version};

/// The module system that the text says, if it says one.
pub(super) fn module_system(package: &[u8], node: Version) -> Option<ModuleSystem> {
    let text = String::from_utf8_lossy(package);
    // The later reader compares names as they are written.
    let is_type = |name: &str| match node.major {
        ..22 => decoded(name) == "type",
        22.. => name == "type",
    };
    let mut said = None;
    for (name, value) in members(&text) {
        if !is_type(name) {
            continue;
        }
        said = match (value.map(decoded).as_deref(), node.major) {
            (Some("module"), _) => Some(ModuleSystem::Esm),
            (Some("commonjs"), _) => Some(ModuleSystem::CommonJs),
            (Some(_) | None, ..22) => None,
            // The later reader passes over what it does not know.
            (Some(_) | None, 22..) => said,
        };
    }
    said
}

/// The members of the outermost object: each name, and its value if that is a string, both as they are written.
fn members(text: &str) -> Vec<(&str, Option<&str>)> {
    let mut members = Vec::new();
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(at) = rest.find(['"', '{', '}', '[', ']']) {
        let (_, from) = rest.split_at(at);
        rest = &from[1..];
        match from.as_bytes()[0] {
            b'"' => {
                let (name, after) = string(rest);
                rest = after;
                if depth != 1 {
                    continue;
                }
                let Some(value) = after.trim_start().strip_prefix(':') else {
                    continue;
                };
                let value = value.trim_start().strip_prefix('"').map(string);
                rest = value.map_or(rest, |(_, after)| after);
                members.push((name, value.map(|(value, _)| value)));
            }
            b'{' | b'[' => depth += 1,
            // What stands behind the object is not looked at.
            _ if depth == 1 => break,
            _ => depth = depth.saturating_sub(1),
        }
    }
    members
}

/// A string up to its closing quote, and what comes after that.
fn string(text: &str) -> (&str, &str) {
    let mut is_escaped = false;
    let end = text.find(|c| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    });
    match end {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (text, ""),
    }
}

/// The string without escapes; as it is where one of them is none.
fn decoded(written: &str) -> String {
    serde_json::from_str(&format!("\"{written}\"")).unwrap_or_else(|_| written.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_is_found_as_node_finds_it() {
        let said =
            |package: &str, node: &str| module_system(package.as_bytes(), node.parse().unwrap());
        for (package, old, new) in [
            (
                "{\"type\":\"module\"}",
                Some(ModuleSystem::Esm),
                Some(ModuleSystem::Esm),
            ),
            (
                "\u{feff}{\"type\" : \"module\"}",
                Some(ModuleSystem::Esm),
                Some(ModuleSystem::Esm),
            ),
            (
                r#"{"a":"\ud800","type":"module"}"#,
                Some(ModuleSystem::Esm),
                Some(ModuleSystem::Esm),
            ),
            (
                r#"{"a":1e999999,"type":"commonjs"}"#,
                Some(ModuleSystem::CommonJs),
                Some(ModuleSystem::CommonJs),
            ),
            (
                r#"{"type":"\u006dodule"}"#,
                Some(ModuleSystem::Esm),
                Some(ModuleSystem::Esm),
            ),
            (
                r#"{"a":"\"type\":\"module\"","b":{"type":"module"}}"#,
                None,
                None,
            ),
            (r#"{"a":["type","module"],"Type":"module"}"#, None, None),
            (r#"{"type":"Module"}"#, None, None),
            (r#"{"\u0074ype":"module"}"#, Some(ModuleSystem::Esm), None),
            (
                r#"{"type":"commonjs","type":"module"}"#,
                Some(ModuleSystem::Esm),
                Some(ModuleSystem::Esm),
            ),
            (
                r#"{"type":"module","type":null}"#,
                None,
                Some(ModuleSystem::Esm),
            ),
            (
                r#"{"type":"module"}{"type":"commonjs"}"#,
                Some(ModuleSystem::Esm),
                Some(ModuleSystem::Esm),
            ),
            ("{,}", None, None),
            ("", None, None),
        ] {
            assert_eq!(said(package, "20.19.0"), old, "{package}");
            assert_eq!(said(package, "22.7.0"), new, "{package}");
        }
    }
}
