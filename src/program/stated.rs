//! Which module system a file gets, as far as its name, a `package.json` and the letters of its source say it.
//!
//! The ending decides for `.mjs` and `.cjs`. For any other, the `type` of the nearest `package.json` does, and one
//! without `type` ends the search. Without a `type`, Node 18 takes the file as CommonJS; later ones look at the
//! source (<https://nodejs.org/api/packages.html#determining-module-system>): what cannot be compiled as CommonJS for
//! one of a few reasons is an ES module. Those reasons are V8's own error texts, which are not guessed here.

use super::{Files, ModuleSystem, RelPath, Version, package};

impl ModuleSystem {
    /// The module system that this Node gives the file, which need not be there; `None` where only that Node can say it,
    /// by compiling the source.
    pub fn stated(files: &Files, entry: &RelPath, node: Version) -> Option<ModuleSystem> {
        if let Some(fixed) = Self::named(files, entry, node) {
            return Some(fixed);
        }
        let source = files.get(entry.as_str()).map_or(&[][..], |source| source);
        let source = String::from_utf8_lossy(source);
        (!detects(node) || !may_be_detected(&source)).then_some(ModuleSystem::CommonJs)
    }

    /// The one that the file's ending or a `package.json` names, whatever the source.
    pub fn named(files: &Files, entry: &RelPath, node: Version) -> Option<ModuleSystem> {
        by_ending(entry).or_else(|| by_package(files, entry, node))
    }
}

fn by_ending(entry: &RelPath) -> Option<ModuleSystem> {
    let (_, ending) = entry.name().rsplit_once('.')?;
    match ending {
        "mjs" | "mts" => Some(ModuleSystem::Esm),
        "cjs" | "cts" => Some(ModuleSystem::CommonJs),
        _ => None,
    }
}

/// What the nearest `package.json` says, if it says anything.
fn by_package(files: &Files, entry: &RelPath, node: Version) -> Option<ModuleSystem> {
    let nearest = entry
        .folders()
        .map(|folder| format!("{folder}/package.json"))
        .chain(["package.json".to_owned()])
        .find_map(|path| files.get(&path))?;
    package::module_system(nearest, node)
}

/// Whether this Node looks at the source: without a flag since 20.19.0 and 22.7.0.
fn detects(version: Version) -> bool {
    match version.major {
        ..20 | 21 => false,
        20 => version.minor >= 19,
        22 => version.minor >= 7,
        23.. => true,
    }
}

/// Whether the source can be an ES module by its syntax: `false` only if it surely is none, without asking.
///
/// Node finds one by `import`, `export` or `await`, and by a `const`, `let` or `class` that takes one of the names
/// every CommonJS module is given. Those names are in every CommonJS module, so uses of them that cannot be a
/// declaration do not count: `module.exports`, `require(…)`, `__dirname)`.
fn may_be_detected(source: &str) -> bool {
    const NAMES: [&str; 5] = ["exports", "require", "module", "__filename", "__dirname"];
    // A name may be written with escapes.
    source.contains("\\u")
        || source.contains("import")
        || source.contains("await")
        || uses(source, "export").next().is_some()
        || NAMES
            .iter()
            .any(|name| uses(source, name).any(|(before, after)| may_declare(before, after)))
}

/// Every use of a word, as what stands before and after it.
fn uses<'a>(source: &'a str, word: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    source
        .match_indices(word)
        .map(move |(at, _)| (&source[..at], &source[at + word.len()..]))
        .filter(move |(before, after)| !before.ends_with(is_part) && !after.starts_with(is_part))
}

/// Whether a name between these can be one that is declared.
fn may_declare(before: &str, after: &str) -> bool {
    // `a.exports`, but `[...exports]` declares.
    let is_property = before.ends_with('.') && !before.ends_with("..");
    let is_used = after
        .trim_start_matches([' ', '\t'])
        .starts_with(['(', ')', '.']);
    !is_property && !is_used
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Files {
        files
            .iter()
            .map(|(path, text)| (RelPath::new(path).unwrap(), text.as_bytes().into()))
            .collect()
    }

    #[test]
    fn the_nearest_package_decides() {
        let package = |text| files(&[("package.json", text)]);
        let main = RelPath::new("main.js").unwrap();
        let deep = RelPath::new("a/b/main.js").unwrap();
        let module = package(r#"{"type":"module"}"#);
        let by_package = |files, entry| by_package(files, entry, "22.7.0".parse().unwrap());
        assert_eq!(by_package(&module, &main), Some(ModuleSystem::Esm));
        assert_eq!(by_package(&module, &deep), Some(ModuleSystem::Esm));
        let mut reset = module.clone();
        reset.insert(RelPath::new("a/package.json").unwrap(), *b"{}");
        assert_eq!(by_package(&reset, &deep), None);
    }

    #[test]
    fn ordinary_commonjs_is_known_without_asking() {
        let ordinary = "const fs = require('fs')\nmodule.exports = { a: 1 }\nexports.b = __dirname.length\n\
            console.log(require.main === module.parent, path.join(__dirname))\nconst reexported = 1";
        assert!(!may_be_detected(ordinary));
        for asked in [
            "import 'a'",
            "export const a = 1",
            "await null",
            "const require = 1",
            "let a, module = 1",
            "let { exports } = a",
            "let [...exports] = a",
            "class module {}",
            "let require\n(1)",
            "let \\u0072equire = 1",
            "const/**/__dirname/**/= 1",
        ] {
            assert!(may_be_detected(asked), "{asked}");
        }
    }
}
