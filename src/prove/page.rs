//! A page's programs print what the page says that they print.

use super::key::{Claimed, Key};
use crate::course::{Page, When};
use crate::node::Node;
use crate::program::Range;
use crate::sandbox::Program;
use crate::trace::Extra;
use crate::words;

/// The keys of a page on a Node.
pub(super) fn keys(page: &Page, node: &Node) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    for snippet in &page.snippets {
        let mut prints = snippet.prints.iter();
        let Some((_, trace)) = prints.find(|(range, _)| range.holds(node.version)) else {
            continue;
        };
        let module = node
            .module_system(&snippet.files, &snippet.entry)
            .map_err(|trouble| words::with_causes(&trouble))?;
        let fits = |when: &When| when.fits(module, node.version);
        let expected = trace.in_force(&fits).ok_or_else(|| {
            format!(
                "line {}: no variant of its trace fits Node {}",
                snippet.line, node.version
            )
        })?;
        keys.push(Key {
            name: format!("line {}", snippet.line),
            programs: vec![Claimed {
                file: format!("quizzes/{}/README.md", page.topic),
                program: Program::new(snippet.files.clone(), snippet.entry.clone()),
            }],
            expected,
            extra: Extra::Fail,
            behaviour: Vec::new(),
            exit: None,
        });
    }
    Ok(keys)
}

/// The programs, and the versions of which is said what they print.
pub(super) fn claimed_for(page: &Page) -> Vec<(String, Range)> {
    let of = |snippet: &crate::course::Snippet| {
        let name = format!("line {}", snippet.line);
        let ranges = snippet.prints.iter().map(|(range, _)| *range);
        ranges
            .map(|range| (name.clone(), range))
            .collect::<Vec<_>>()
    };
    page.snippets.iter().flat_map(of).collect()
}
