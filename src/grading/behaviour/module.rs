//! What a module gave to whoever loaded it, held against what it should.

use super::NotJudged;
use super::server::is_same;
use crate::course::{Export, Module, Need, Required, Same};
use crate::program::{ExportKind, Exports, Found, Loaded, ModuleSystem, Run};
use crate::words;

/// By what a module was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By `require`.
    Require,
    /// By `import()`.
    Import,
}

/// What is wrong with a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Node gives the entry another module system.
    System {
        /// The one it should be.
        expected: ModuleSystem,
        /// The one it is.
        found: ModuleSystem,
    },
    /// It was not loaded to its end, though no error ended it.
    NotLoaded,
    /// It has told something itself, so nothing is believed.
    Forged,
    /// What `require` gives is of another kind.
    Itself {
        /// The kind it should be.
        expected: ExportKind,
        /// The kind it is.
        found: ExportKind,
    },
    /// There is nothing by this name.
    Missing {
        /// By what it was looked for.
        by: By,
        /// The name.
        name: String,
        /// A name that may be meant.
        near: Option<String>,
        /// Whether `import` has not found what `require` has.
        only_required: bool,
    },
    /// There is something by this name, and should not be.
    Unwanted {
        /// By what it was found.
        by: By,
        /// The name.
        name: String,
    },
    /// What has this name is of another kind.
    Kind {
        /// By what it was found.
        by: By,
        /// The name.
        name: String,
        /// The kind it should be.
        expected: ExportKind,
        /// The kind it is.
        found: ExportKind,
    },
    /// What has this name is another value.
    Value {
        /// By what it was found.
        by: By,
        /// The name.
        name: String,
        /// The value it should be, as JSON.
        expected: String,
        /// The value it is, as JSON; its kind where that cannot be told.
        found: Result<String, ExportKind>,
    },
    /// What `require` and `import` give is not one instance.
    NotSame {
        /// By which name; `None` for all of it.
        name: Option<String>,
    },
    /// It printed something.
    Printed {
        /// The first line.
        line: String,
    },
    /// Its event loop went on when it was loaded.
    WentOn {
        /// What may be that, by Node's names.
        left: Vec<String>,
    },
}

/// That Node gives the entry another module system than it should.
pub(super) fn system(module: &Module, found: ModuleSystem) -> Option<Fault> {
    let expected = module.is.filter(|expected| *expected != found)?;
    Some(Fault::System { expected, found })
}

/// What else is wrong with it.
pub(super) fn faults(module: &Module, run: &Run) -> Result<Vec<Fault>, NotJudged> {
    let found = match &run.loaded {
        None => return Err(NotJudged::Needs(Need::Telling)),
        Some(Loaded::Not) => return Ok(vec![Fault::NotLoaded]),
        Some(Loaded::Forged) => return Ok(vec![Fault::Forged]),
        Some(Loaded::Found(found)) => found,
    };
    let mut faults = required(module, found);
    faults.extend(imported(module, found));
    for fault in not_same(module, found) {
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    if module.quiet {
        faults.extend(loud(run, found));
    }
    Ok(faults)
}

fn required(module: &Module, found: &Found) -> Vec<Fault> {
    match (&module.require, &found.required) {
        (Some(Required::Itself(expected)), Some(exports)) => {
            let (expected, found) = (*expected, exports.kind);
            let other = found != expected;
            let fault = other.then_some(Fault::Itself { expected, found });
            fault.into_iter().collect()
        }
        (Some(Required::Names(wanted)), Some(exports)) => by_name(By::Require, wanted, exports),
        (None, _) | (_, None) => Vec::new(),
    }
}

fn imported(module: &Module, found: &Found) -> Vec<Fault> {
    let (Some(wanted), Some(exports)) = (&module.import, &found.imported) else {
        return Vec::new();
    };
    let faults = by_name(By::Import, wanted, exports).into_iter();
    faults
        .map(|fault| with_the_other_side(fault, found))
        .collect()
}

/// What `import` does not find may be there by `require`.
fn with_the_other_side(fault: Fault, found: &Found) -> Fault {
    match fault {
        Fault::Missing { by, name, near, .. } => {
            let required = found.required.as_ref();
            let only_required = required.is_some_and(|exports| exports.named(&name).is_some());
            Fault::Missing {
                by,
                name,
                near,
                only_required,
            }
        }
        other => other,
    }
}

fn by_name(by: By, wanted: &[(String, Export)], exports: &Exports) -> Vec<Fault> {
    let faults = wanted.iter().filter_map(|(name, wanted)| {
        let name = name.clone();
        let found = exports.named(&name);
        match (wanted, found) {
            (Export::Missing, None) => None,
            (Export::Missing, Some(_)) => Some(Fault::Unwanted { by, name }),
            (_, None) => Some(missing(by, name, exports)),
            (Export::Kind(expected), Some(found)) => {
                let (expected, found) = (*expected, found.kind);
                (expected != found).then_some(Fault::Kind {
                    by,
                    name,
                    expected,
                    found,
                })
            }
            (Export::Value(expected), Some(found)) => {
                let value = found.json.as_deref();
                let value = value.and_then(|text| serde_json::from_str(text).ok());
                let is_it = value.is_some_and(|value| is_same(&value, expected));
                (!is_it).then(|| Fault::Value {
                    by,
                    name,
                    expected: expected.to_string(),
                    found: found.json.clone().ok_or(found.kind),
                })
            }
        }
    });
    faults.collect()
}

fn missing(by: By, name: String, exports: &Exports) -> Fault {
    let known = exports.names.iter().map(|export| export.name.as_str());
    let near = words::nearest(&name, known).map(str::to_owned);
    Fault::Missing {
        by,
        name,
        near,
        only_required: false,
    }
}

fn not_same(module: &Module, found: &Found) -> Vec<Fault> {
    let (Some(required), Some(imported)) = (&found.required, &found.imported) else {
        return Vec::new();
    };
    match &module.same {
        None => Vec::new(),
        Some(Same::Whole) if found.is_same => Vec::new(),
        Some(Same::Whole) => vec![Fault::NotSame { name: None }],
        Some(Same::Names(names)) => {
            let other = names.iter().filter(|name| !found.same.contains(name));
            let fault = |name: &String| {
                let sides = [(By::Require, required), (By::Import, imported)];
                let lacks = sides.iter().find(|(_, side)| side.named(name).is_none());
                match lacks {
                    Some((by, side)) => {
                        with_the_other_side(missing(*by, name.clone(), side), found)
                    }
                    None => Fault::NotSame {
                        name: Some(name.clone()),
                    },
                }
            };
            other.map(fault).collect()
        }
    }
}

/// What keeps a program alive for certain, by Node's names: on a busy machine it may be done before its loop is listened to.
const KEEP_ALIVE: [&str; 5] = [
    "Timeout",
    "Immediate",
    "TCPServerWrap",
    "FSReqCallback",
    "FSReqPromise",
];

/// What its loading did beside.
fn loud(run: &Run, found: &Found) -> Vec<Fault> {
    let printed = [&run.stdout, &run.stderr].into_iter().find_map(|printed| {
        let text = String::from_utf8_lossy(printed);
        let line = text.lines().next()?.to_owned();
        Some(Fault::Printed { line })
    });
    let keeps_alive = |name: &String| KEEP_ALIVE.contains(&name.as_str());
    let went_on = found.went_on || found.left.iter().any(keeps_alive);
    let went_on = went_on.then(|| Fault::WentOn {
        left: found.left.clone(),
    });
    [printed, went_on].into_iter().flatten().collect()
}
