//! Which module systems and versions of Node can come to a place of an expectation.
//!
//! It finds variants that can never be chosen, and cases for which there is none.

use super::exercise::When;
use super::values::{LATEST, OLDEST};
use crate::program::{ModuleSystem, Range};

/// A set of pairs of a module system and a release line of Node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    /// One bit for each release line under CommonJS,
    commonjs: u64,
    /// and as an ES module.
    esm: u64,
}

impl Reach {
    /// All of the versions, under both module systems.
    pub(super) fn of(versions: Range) -> Reach {
        let lines = lines(versions);
        Reach {
            commonjs: lines,
            esm: lines,
        }
    }

    /// What the key of a variant fits.
    pub(super) fn fits(when: &When) -> Reach {
        let all = Reach::of(when.node);
        match when.module {
            None => all,
            Some(ModuleSystem::CommonJs) => Reach { esm: 0, ..all },
            Some(ModuleSystem::Esm) => Reach { commonjs: 0, ..all },
        }
    }

    /// What is in both.
    pub(super) fn and(self, other: Reach) -> Reach {
        Reach {
            commonjs: self.commonjs & other.commonjs,
            esm: self.esm & other.esm,
        }
    }

    /// What is in this one alone.
    pub(super) fn without(self, other: Reach) -> Reach {
        Reach {
            commonjs: self.commonjs & !other.commonjs,
            esm: self.esm & !other.esm,
        }
    }

    /// Whether nothing is in it.
    pub(super) fn is_empty(self) -> bool {
        self.commonjs == 0 && self.esm == 0
    }

    /// One of them in words: `a CommonJS entry on Node 20`.
    pub(super) fn example(self) -> String {
        match (self.commonjs, self.esm) {
            (0, esm) => format!("an ES module on Node {}", esm.trailing_zeros()),
            (commonjs, _) => format!("a CommonJS entry on Node {}", commonjs.trailing_zeros()),
        }
    }
}

fn lines(versions: Range) -> u64 {
    let last = versions.to.unwrap_or(LATEST).min(LATEST);
    (versions.from.max(OLDEST)..=last).fold(0, |lines, line| lines | 1 << line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::values::when;

    #[test]
    fn keys_take_away_what_they_fit() {
        let fits = |key: &str| Reach::fits(&when(key).unwrap());
        let rest = Reach::of(Range::ALL).without(fits("commonjs"));
        assert_eq!(rest, fits("esm"));
        assert!(rest.and(fits("commonjs 20")).is_empty());
        let rest = rest.without(fits("18-20"));
        assert_eq!(rest.example(), "an ES module on Node 21");
        assert!(rest.without(fits("21+")).is_empty());
    }
}
