//! Rules of the loop's phases and of the two queues between its callbacks.

use super::Rule;

/// The rules of this topic.
pub(super) const RULES: &[Rule] = &[];
