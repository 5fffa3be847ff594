//! Rules of CommonJS and ES modules.

use super::Rule;

/// The rules of this topic.
pub(super) const RULES: &[Rule] = &[];
