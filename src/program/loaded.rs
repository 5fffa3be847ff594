//! A module that was loaded in place of being started, as it was looked at from inside.

use serde::{Deserialize, Serialize};

/// How a program is loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loading {
    /// What is asked for from beside the entry, such as `thermo`; `None` for the entry itself.
    pub specifier: Option<String>,
    /// Whether by `require`, before `import`.
    pub require: bool,
    /// Whether by `import()`.
    pub import: bool,
    /// Whether its event loop must not go on when it is loaded; if it does, it is ended.
    pub rests: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Loaded {
    /// It never was loaded to its end, so nobody looked.
    Not,
    /// Somebody else than who looks has told something: nothing of it is believed.
    Forged,
    /// This was found.
    Found(Found),
}

impl Loaded {
    /// Whether its event loop went on when it was loaded.
    pub fn went_on(&self) -> bool {
        match self {
            Loaded::Found(found) => found.went_on,
            Loaded::Not | Loaded::Forged => false,
        }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Found {
    /// What `require` gives, where it was asked for.
    pub required: Option<Exports>,
    /// What `import()` gives, where it was asked for.
    pub imported: Option<Exports>,
    /// Whether both give one instance: what one gives is what the other does, or its `default`, or has the same values by
    /// the same names.
    pub is_same: bool,
    /// The names by which both give the same.
    pub same: Vec<String>,
    /// What was left to do at once, by Node's names such as `Timeout`; what keeps nothing alive may be among it.
    pub left: Vec<String>,
    /// Whether its event loop went on afterwards, since it had something to wait for or to do.
    #[serde(default)]
    pub went_on: bool,
}

/// What a module gives to somebody who loads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exports {
    /// Of which kind it is itself.
    pub kind: ExportKind,
    /// What it has by name; of more than [`Exports::MOST`], the first.
    pub names: Vec<Export>,
}

impl Exports {
    /// No more names are looked at.
    pub const MOST: usize = 200;

    /// What it has by this name.
    pub fn named(&self, name: &str) -> Option<&Export> {
        self.names.iter().find(|export| export.name == name)
    }
}

/// What a module gives by a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The name.
    pub name: String,
    /// Of which kind it is.
    pub kind: ExportKind,
    /// Its value as JSON, where it has one that is not long.
    pub json: Option<String>,
}

/// What kind of value something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExportKind {
    /// A function that is no class.
    Function,
    /// A class.
    Class,
    /// An object of no other kind.
    Object,
    /// An array.
    Array,
    /// A promise.
    Promise,
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A bigint.
    Bigint,
    /// A symbol.
    Symbol,
    /// `null`
    Null,
    /// `undefined`
    Undefined,
    /// None: whoever asks for it gets an error.
    Throws,
}
