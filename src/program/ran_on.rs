//! What programs ran on.

use std::fmt;

use super::Version;

/// What programs ran on: a Node, or the model of one's event loop where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RanOn {
    /// A Node of this version.
    Node(Version),
    /// The model, of this release line of Node. What is said of a program there is provisional.
    Model(u32),
}

impl RanOn {
    /// The version that it is, or is a model of.
    pub fn version(self) -> Version {
        match self {
            RanOn::Node(version) => version,
            RanOn::Model(line) => Version::last_of(line),
        }
    }
}

impl fmt::Display for RanOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RanOn::Node(version) => write!(f, "Node {version}"),
            RanOn::Model(line) => write!(f, "the model of Node {line}"),
        }
    }
}
