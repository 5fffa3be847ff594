//! `module`: what the entry is as a module, for whoever loads it.
//!
//! A program of ours loads it in place of starting it, in the same box, and tells what it gives in a way that the program
//! cannot imitate; so it does not matter what is printed, or who says that all is well.

use super::super::manifest::TRUTH_WORDS;
use super::super::reading::{Field, Fields, Key, Reading, Table};
use super::super::shape::Shape;
use super::super::yaml::{Entry, Kind};
use super::Behaviour;
use crate::program::{ExportKind, Limits, Loading, ModuleSystem};
use crate::words;

/// What is asked of a module.
#[derive(Debug, Clone)]
pub struct Module {
    /// The module system that Node must give the entry.
    pub is: Option<ModuleSystem>,
    /// What is loaded, as a file in the entry's place would name it; `None` for the entry.
    pub load: Option<String>,
    /// What `require` must give.
    pub require: Option<Required>,
    /// What `import` must give by name.
    pub import: Option<Vec<(String, Export)>>,
    /// What both must give as one instance.
    pub same: Option<Same>,
    /// Whether loading it has no side effects: nothing is printed, and nothing left to wait for.
    pub quiet: bool,
}

/// What `require` must give.
#[derive(Debug, Clone)]
pub enum Required {
    /// A value of this kind.
    Itself(ExportKind),
    /// Something that has these by name.
    Names(Vec<(String, Export)>),
}

/// What must be found by a name.
#[derive(Debug, Clone)]
pub enum Export {
    /// Nothing.
    Missing,
    /// A value of this kind.
    Kind(ExportKind),
    /// This value.
    Value(serde_json::Value),
}

/// What `require` and `import` must give as one instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Same {
    /// All of it.
    Whole,
    /// What has these names.
    Names(Vec<String>),
}

impl Module {
    /// How it is loaded for that.
    pub(in super::super) fn loading(&self) -> Loading {
        let require = self.require.is_some() || self.same.is_some();
        let import = self.import.is_some() || self.same.is_some();
        Loading {
            specifier: self.load.clone(),
            require,
            // Both module systems know it.
            import: import || !require,
            rests: self.quiet,
        }
    }
}

pub(in super::super) const KEY: Key = Key::optional(
    "module",
    Shape::Module,
    "a mapping of keys such as `is`, `require` and `import`",
    "What the program is as a module. It is loaded in place of being started: `require.main` is another module, and Node's \
     warnings are not printed. `trace` is what it prints meanwhile; left out: anything.",
);

const IS: Key = Key::optional(
    "is",
    Shape::System,
    "`commonjs` or `esm`",
    "The module system that Node gives the student's entry, by its ending, its `package.json` or its syntax.",
);
const LOAD: Key = Key::optional(
    "load",
    Shape::Specifier,
    "the name of a package such as `thermo`, or a path such as `./lib/convert.cjs`",
    "What is loaded in place of the entry, as a file beside the entry would name it: a path, or the name of the student's \
     own package or of one of its doors. Left out: the entry.",
);
const REQUIRE: Key = Key::optional(
    "require",
    Shape::Required,
    "a kind such as `function`, or a mapping of names",
    "What `require` gives, which loads it first: of which kind it is itself, or what it has by which name, of its own or \
     by its class. More names are allowed. Node 18 cannot load an ES module so: then limit the test by `node: 20+`.",
);
const IMPORT: Key = Key::optional(
    "import",
    Shape::Exports,
    "a mapping of names",
    "What `import()` gives by name; `default` is a name like any other. More names are allowed. Of a CommonJS module only \
     those names are there that Node finds in its source.",
);
const SAME: Key = Key::optional(
    "same",
    Shape::Same,
    "`true` or a list of names",
    "What `require` and `import` both give as one instance: what has these names is the same function or object on both \
     sides. `true`: what `require` gives is all that `import` gives, or its `default`.",
);
const QUIET: Key = Key::optional(
    "quiet",
    Shape::Truth,
    "`true` or `false`",
    "Whether to load it has no side effects: it prints nothing, on stderr neither, and when it is loaded its event loop has \
     nothing to wait for. What is done within one turn or two of the loop is not seen.",
);

pub(in super::super) static MODULE: Table = Table::of(
    "`module`",
    "What a program is as a module.",
    &[IS, LOAD, REQUIRE, IMPORT, SAME, QUIET],
);

const TEXT: Key = Key::optional(
    "text",
    Shape::Text,
    "a text",
    "It is a string of exactly these characters.",
);
const JSON: Key = Key::optional(
    "json",
    Shape::SomeText,
    "a JSON text",
    "It is this value, given as JSON, of no more than 1000 characters: a number, `true`, `null`, a list or an object.",
);

pub(in super::super) static EXPORT: Table = Table {
    kinds: &[TEXT, JSON],
    ..Table::of("a value", "What an export must be.", &[TEXT, JSON])
};

pub(in super::super) const SYSTEM_WORDS: &[(&str, ModuleSystem)] = &[
    ("commonjs", ModuleSystem::CommonJs),
    ("esm", ModuleSystem::Esm),
];

/// The kinds by their words.
pub(in super::super) const KIND_WORDS: &[(&str, ExportKind)] = &[
    ("function", ExportKind::Function),
    ("class", ExportKind::Class),
    ("object", ExportKind::Object),
    ("array", ExportKind::Array),
    ("promise", ExportKind::Promise),
    ("string", ExportKind::String),
    ("number", ExportKind::Number),
    ("boolean", ExportKind::Boolean),
    ("bigint", ExportKind::Bigint),
    ("symbol", ExportKind::Symbol),
    ("null", ExportKind::Null),
    ("undefined", ExportKind::Undefined),
];

/// The word for a name that must not be there.
pub(in super::super) const MISSING: &str = "missing";

/// More characters of a value as JSON are not told.
const LONGEST_VALUE: usize = 1000;

/// More names are not told, nor more characters of one.
const MOST_NAMES: usize = 100;
const LONGEST_NAME: usize = 100;

pub(super) fn read(
    reading: &mut Reading<'_>,
    field: Field<'_>,
    _limits: &Limits,
) -> Option<Behaviour> {
    let before = reading.count();
    let fields = reading.fields(field, &MODULE)?;
    let module = Module {
        is: fields
            .get(&IS)
            .and_then(|field| reading.choice(field, SYSTEM_WORDS)),
        load: fields.get(&LOAD).and_then(|field| load(reading, field)),
        require: fields
            .get(&REQUIRE)
            .and_then(|field| required(reading, field)),
        import: fields.get(&IMPORT).and_then(|field| names(reading, field)),
        same: fields.get(&SAME).and_then(|field| same(reading, field)),
        quiet: is_quiet(reading, &fields),
    };
    if reading.count() > before {
        return None;
    }
    let asks = module.is.is_some() || module.require.is_some() || module.import.is_some();
    if !asks && module.same.is_none() && !module.quiet {
        reading.say_help(
            &field.node.span,
            "`module` asks for nothing",
            "add what it must be: `is`, `require`, `import`, `same` or `quiet: true`",
        );
        return None;
    }
    Some(Behaviour::Module(module))
}

fn is_quiet(reading: &mut Reading<'_>, fields: &Fields<'_>) -> bool {
    let field = fields.get(&QUIET);
    field.and_then(|field| reading.choice(field, TRUTH_WORDS)) == Some(true)
}

/// The package name or path.
fn load(reading: &mut Reading<'_>, field: Field<'_>) -> Option<String> {
    let written = reading.title(field)?;
    let is_letter = |c: char| c.is_ascii_alphanumeric() || "@-_./".contains(c);
    let parts = written.strip_prefix("./").unwrap_or(written).split('/');
    let stays = parts
        .clone()
        .all(|part| !part.is_empty() && part != "." && part != "..");
    if !written.chars().all(is_letter) || !stays {
        let help = "only what belongs to the student can be loaded; from beside the entry, a path begins with `./`";
        reading.wrong_text(field, Some(help));
        return None;
    }
    Some(written.to_owned())
}

fn required(reading: &mut Reading<'_>, field: Field<'_>) -> Option<Required> {
    match field.node.kind {
        Kind::Map(_) => names(reading, field).map(Required::Names),
        Kind::Text(_) => reading.choice(field, KIND_WORDS).map(Required::Itself),
        Kind::List(_) => reading.wrong_kind(field),
    }
}

fn names(reading: &mut Reading<'_>, field: Field<'_>) -> Option<Vec<(String, Export)>> {
    let entries = reading.map(field)?;
    if entries.is_empty() || entries.len() > MOST_NAMES {
        let message = format!(
            "`{}` names something, and no more than {MOST_NAMES}",
            field.name
        );
        reading.say(&field.node.span, message);
        return None;
    }
    let names = entries
        .iter()
        .filter_map(|entry| Some((name(reading, entry)?, export(reading, entry)?)));
    Some(names.collect())
}

fn name(reading: &mut Reading<'_>, entry: &Entry) -> Option<String> {
    let name = &entry.key;
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let message = format!("the name of an export has 1 to {LONGEST_NAME} characters");
        reading.say(&entry.at, message);
        return None;
    }
    Some(name.clone())
}

fn export(reading: &mut Reading<'_>, entry: &Entry) -> Option<Export> {
    let field = Field {
        name: &format!("the export {}", words::code(&entry.key)),
        holds: "a kind such as `function`, `missing`, or a mapping of `text` or `json`",
        node: &entry.value,
    };
    match field.node.kind {
        Kind::Map(_) => value(reading, field).map(Export::Value),
        Kind::Text(_) => {
            let kinds = KIND_WORDS
                .iter()
                .map(|(word, kind)| (*word, Export::Kind(*kind)));
            let words: Vec<_> = kinds.chain([(MISSING, Export::Missing)]).collect();
            reading.choice(field, &words)
        }
        Kind::List(_) => reading.wrong_kind(field),
    }
}

fn value(reading: &mut Reading<'_>, field: Field<'_>) -> Option<serde_json::Value> {
    let fields = reading.fields(field, &EXPORT)?;
    let kind = reading.kind(&fields, &EXPORT, "this value is none")?;
    let field = fields.get(kind)?;
    let written = reading.exact(field)?;
    let value = match *kind {
        TEXT => written.into(),
        _ => json(reading, field, written)?,
    };
    if serde_json::to_string(&value).map_or(0, |text| text.chars().count()) > LONGEST_VALUE {
        let message =
            format!("as JSON this has more than {LONGEST_VALUE} characters, and is not told");
        reading.say_help(&field.node.span, message, "ask for its kind");
        return None;
    }
    Some(value)
}

fn json(reading: &mut Reading<'_>, field: Field<'_>, written: &str) -> Option<serde_json::Value> {
    match serde_json::from_str(written) {
        Ok(value) => Some(value),
        Err(error) => {
            let message = format!("this is no JSON: {error}");
            let help = "write it as JSON in quotes: `json: '{\"n\": 3}'`; a string as `text: …`";
            reading.say_help(&field.node.span, message, help);
            None
        }
    }
}

fn same(reading: &mut Reading<'_>, field: Field<'_>) -> Option<Same> {
    match &field.node.kind {
        Kind::Text(_) => {
            let whole = [(TRUTH_WORDS[0].0, Same::Whole)];
            reading.choice(field, &whole)
        }
        Kind::List(members) if !members.is_empty() => {
            let mut names = Vec::new();
            for node in members {
                let one = Field {
                    name: "a member of `same`",
                    holds: "the name of an export",
                    node,
                };
                let Some(name) = reading.title(one).map(str::to_owned) else {
                    continue;
                };
                if names.contains(&name) {
                    reading.say(&node.span, "this stands in `same` twice");
                }
                names.push(name);
            }
            Some(Same::Names(names))
        }
        Kind::List(_) => {
            reading.wrong_text(field, None);
            None
        }
        Kind::Map(_) => reading.wrong_kind(field),
    }
}
