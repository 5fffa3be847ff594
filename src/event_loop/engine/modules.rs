//! The program's modules: which file a name means, and its source for the engine.

use std::cell::{Cell, Ref, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rquickjs::function::Func;
use rquickjs::loader::ImportAttributes;
use rquickjs::module::Declared;
use rquickjs::{Ctx, Error, Module};

use super::{ROOT, imports};
use crate::event_loop::state::{Over, State};
use crate::event_loop::{Fault, Outside, Program};
use crate::program::{Files, ModuleSystem, Place, RelPath, Version};

/// The modules of Node's that there are.
pub(super) const BUILTIN: &[&str] = &[
    "assert",
    "async_hooks",
    "buffer",
    "child_process",
    "cluster",
    "console",
    "constants",
    "crypto",
    "dgram",
    "diagnostics_channel",
    "dns",
    "domain",
    "events",
    "fs",
    "fs/promises",
    "http",
    "http2",
    "https",
    "inspector",
    "module",
    "net",
    "os",
    "path",
    "path/posix",
    "perf_hooks",
    "process",
    "punycode",
    "querystring",
    "readline",
    "readline/promises",
    "repl",
    "stream",
    "stream/promises",
    "stream/web",
    "string_decoder",
    "sys",
    "test",
    "timers",
    "timers/promises",
    "tls",
    "trace_events",
    "tty",
    "url",
    "util",
    "util/types",
    "v8",
    "vm",
    "wasi",
    "worker_threads",
    "zlib",
];

/// What a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// A module of Node's, without `node:`.
    Builtin(String),
    /// A file of the program.
    File(RelPath),
    /// Nothing.
    Nothing,
    /// What is not modelled.
    Outside(String),
}

/// Who asks for modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The main ES module.
    Main,
    /// A `require` of an ES module.
    Require,
    /// An `import()`.
    Import,
}

/// A name that a module imports, and its `type`, if that is stated.
pub(super) type Request = (String, Option<String>);

/// A module that the engine has.
#[derive(Debug)]
pub(super) struct Compiled {
    /// Who asked for it first.
    pub by: By,
    /// What it imports, as it is written there.
    pub requests: Vec<Request>,
    /// The addresses of those that there are.
    imports: Vec<String>,
}

/// What a module that is not there is for the engine: `import()` says itself that it is missing.
const MISSING: &str = "\u{1}missing";

/// The program's files, as modules.
#[derive(Debug)]
pub(super) struct Modules {
    /// The run, which ends where something is not modelled.
    state: Rc<RefCell<State>>,
    /// Modules are being linked; whatever else asks for one is an `import()` that was not seen in the source.
    linking: Cell<Option<By>>,
    /// What the engine has, by address.
    compiled: RefCell<BTreeMap<String, Compiled>>,
    /// The main ES module, or one that it imports, imports a CommonJS module.
    bridged: Cell<bool>,
    files: Files,
    entry: RelPath,
    module: ModuleSystem,
    node: Version,
    fault: Option<Fault>,
}

impl Modules {
    pub fn new(program: &Program<'_>, fault: Option<Fault>, state: &Rc<RefCell<State>>) -> Self {
        Modules {
            state: state.clone(),
            linking: Cell::new(None),
            compiled: RefCell::new(BTreeMap::new()),
            bridged: Cell::new(false),
            files: program.files.clone(),
            entry: program.entry.clone(),
            module: program.module,
            node: program.node,
            fault,
        }
    }

    /// Ends the run, because this is not modelled.
    pub fn outside(&self, what: String, place: Option<Place>) {
        self.state
            .borrow_mut()
            .end(Over::Outside(Outside { what, place }));
    }

    /// The first line of the file with that text in it.
    fn place_of(&self, file: &RelPath, text: &str) -> Option<Place> {
        let source = self.text(file);
        let line = source.lines().position(|line| line.contains(text))?;
        Some(Place {
            file: file.to_string(),
            line: line + 1,
            column: None,
            source: None,
        })
    }

    /// The file's source for the engine, every line where it was; nothing, and the run is over, where the engine would not
    /// do with it as that Node's does.
    pub fn source(&self, file: &RelPath) -> Option<String> {
        let text = self.text(file);
        if file.name().ends_with("ts") {
            self.outside("TypeScript".to_owned(), None);
            return None;
        }
        // QuickJS forgets who waits for an async generator that has ended.
        let steers = [".throw(", ".return("]
            .iter()
            .any(|call| text.contains(call));
        let generates = text.contains("async function*")
            || text.contains("async function *")
            || text.contains("async *");
        if steers && generates {
            self.outside("`throw` or `return` of an async generator".to_owned(), None);
            return None;
        }
        // Node 18 takes a step more for each value that an async generator hands on.
        let hands_on = self
            .place_of(file, "yield*")
            .filter(|_| text.contains("async"));
        if let Some(place) = hands_on.filter(|_| self.node.major < 20) {
            self.outside(
                "`yield*` in an async generator on Node 18".to_owned(),
                Some(place),
            );
            return None;
        }
        let text = match text.strip_prefix("#!") {
            Some(rest) => format!("//{rest}"),
            None => text,
        };
        let text = match self.fault {
            Some(fault) => fault.rewrite(&text),
            None => text.as_str().into(),
        };
        let prefix = match self.system(file) {
            Some(ModuleSystem::Esm) => "import.meta.",
            _ => "",
        };
        Some(imports::called(&text, prefix))
    }

    /// Does what links modules.
    pub fn linking<T>(&self, by: By, link: impl FnOnce() -> T) -> T {
        let before = self.linking.replace(Some(by));
        let linked = link();
        self.linking.set(before);
        linked
    }

    /// What the engine has, by address.
    pub fn compiled(&self) -> Ref<'_, BTreeMap<String, Compiled>> {
        self.compiled.borrow()
    }

    /// Whether the main ES module, or one that it imports, imports a CommonJS module.
    pub fn bridged(&self) -> bool {
        self.bridged.get()
    }

    /// The main file.
    pub fn entry(&self) -> &RelPath {
        &self.entry
    }

    /// The file at an absolute path.
    pub fn file(&self, path: &str) -> Option<RelPath> {
        let path = path.strip_prefix(ROOT)?.strip_prefix('/')?;
        RelPath::new(path)
            .ok()
            .filter(|path| self.files.contains(path.as_str()))
    }

    /// The bytes of the file.
    pub fn bytes(&self, file: &RelPath) -> Option<&[u8]> {
        self.files.get(file.as_str()).map(|bytes| &**bytes)
    }

    /// Every module that is evaluated with the one at the address, with itself.
    pub fn graph(&self, url: &str) -> BTreeSet<String> {
        let compiled = self.compiled();
        let mut graph = BTreeSet::new();
        let mut left = vec![url.to_owned()];
        while let Some(url) = left.pop() {
            let imports = compiled.get(&url).map(|compiled| &compiled.imports);
            let imports = imports.into_iter().flatten();
            left.extend(imports.filter(|import| !graph.contains(*import)).cloned());
            graph.insert(url);
        }
        graph
    }

    /// Whether one of these modules may wait at its top level, by the letters of its source.
    pub fn may_wait(&self, graph: &BTreeSet<String>) -> bool {
        let mut files = graph.iter().filter_map(|url| self.file(url));
        files.any(|file| self.text(&file).contains("await"))
    }

    /// Whether Node finds other names in the CommonJS module at the address than [`exported`] does.
    pub fn hides_names(&self, url: &str) -> bool {
        const HIDE: [&str; 5] = [
            "exports[",
            "defineProperty",
            "...require",
            "__esModule",
            "module.exports=require",
        ];
        let of_commonjs = |file: &RelPath| self.system(file) == Some(ModuleSystem::CommonJs);
        let file = self.file(url).filter(of_commonjs);
        file.is_some_and(|file| {
            let joined: String = self.text(&file).split_whitespace().collect();
            HIDE.iter().any(|hides| joined.contains(hides))
        })
    }

    /// The text of the file.
    pub fn text(&self, file: &RelPath) -> String {
        let text = self.bytes(file).map(String::from_utf8_lossy);
        let text = text.unwrap_or_default();
        text.trim_start_matches('\u{feff}').to_owned()
    }

    /// What the folder at the path holds, if there is one.
    pub fn folder(&self, path: &str) -> Option<Vec<String>> {
        let inside = path.strip_prefix(ROOT)?.trim_matches('/');
        let below = if inside.is_empty() {
            self.files.clone()
        } else {
            self.files.below(inside)
        };
        let mut names: Vec<String> = below
            .paths()
            .filter_map(|path| path.as_str().split('/').next())
            .map(str::to_owned)
            .collect();
        names.dedup();
        (!names.is_empty()).then_some(names)
    }

    /// The module system of the file; `None` where only Node could say it.
    pub fn system(&self, file: &RelPath) -> Option<ModuleSystem> {
        if *file == self.entry {
            return Some(self.module);
        }
        ModuleSystem::stated(&self.files, file, self.node)
    }

    /// Whether its name or a `package.json` says that, whatever is in it.
    pub fn is_named(&self, file: &RelPath) -> bool {
        ModuleSystem::named(&self.files, file, self.node).is_some()
    }

    /// What the name means to the file at the path, as `require` or as `import` understands it.
    pub fn find(&self, from: &str, name: &str, by: ModuleSystem) -> Found {
        let bare = name.strip_prefix("node:").unwrap_or(name);
        if BUILTIN.contains(&bare) {
            return Found::Builtin(bare.to_owned());
        }
        if let Some(url) = name.strip_prefix("file://") {
            return self.exact(url);
        }
        if let Some((scheme, _)) = name.split_once(':') {
            return Found::Outside(format!("a module's address with `{scheme}:`"));
        }
        if !name.starts_with("./")
            && !name.starts_with("../")
            && !name.starts_with('/')
            && name != "."
            && name != ".."
        {
            if name.starts_with('#') {
                return Found::Outside("`imports` of a `package.json`".to_owned());
            }
            let is_of_packages = |path: &RelPath| {
                path.name() == "package.json" || path.as_str().contains("node_modules/")
            };
            return match self.files.paths().any(is_of_packages) {
                true => Found::Outside(format!("the package `{name}`")),
                false => Found::Nothing,
            };
        }
        let path = joined(from, name);
        match by {
            ModuleSystem::Esm => self.exact(&path),
            ModuleSystem::CommonJs => self.guessed(&path),
        }
    }

    fn exact(&self, path: &str) -> Found {
        if path.contains(['?', '#', '%']) {
            return Found::Outside("a module's address with `?`, `#` or `%`".to_owned());
        }
        if self.folder(path.trim_end_matches('/')).is_some() {
            return Found::Outside("an import of a folder".to_owned());
        }
        let Some(file) = self.file(path) else {
            return Found::Nothing;
        };
        match file.name().rsplit_once('.') {
            Some((_, "js" | "mjs" | "cjs" | "json" | "ts" | "mts" | "cts")) => Found::File(file),
            _ => Found::Outside("an import of a file with another ending".to_owned()),
        }
    }

    /// The file, with `.js` or `.json`, or the folder's `index.js`.
    fn guessed(&self, path: &str) -> Found {
        let tries = ["", ".js", ".json", ".node"];
        let folder = path.ends_with('/');
        let as_file = tries
            .iter()
            .find_map(|ending| self.file(&format!("{path}{ending}")));
        if let Some(file) = as_file.filter(|_| !folder) {
            return Found::File(file);
        }
        let path = path.trim_end_matches('/');
        if self.file(&format!("{path}/package.json")).is_some() {
            return Found::Outside("`main` of a `package.json`".to_owned());
        }
        let index = ["/index.js", "/index.json"];
        let index = index
            .iter()
            .find_map(|index| self.file(&format!("{path}{index}")));
        index.map_or(Found::Nothing, Found::File)
    }
}

/// The path that a relative name means in the file's folder.
fn joined(from: &str, name: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = if name.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let end = if name.ends_with('/') { "/" } else { "" };
    format!("/{}{end}", parts.join("/"))
}

/// Finds what the program's ES modules import.
pub(super) struct Resolver(pub Rc<Modules>);

impl rquickjs::loader::Resolver for Resolver {
    fn resolve<'js>(
        &mut self,
        _: &Ctx<'js>,
        base: &str,
        name: &str,
        attributes: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<String> {
        let outside = |what: String| {
            self.0.outside(what, None);
            Error::new_resolving(base, name)
        };
        let Some(by) = self.0.linking.get() else {
            return Err(outside(
                "`import()` where it was not seen in the source".to_owned(),
            ));
        };
        if let Some(json) = attributes
            .as_ref()
            .and_then(|with| with.get_type().ok().flatten())
            && json != "json"
        {
            return Err(outside(format!("an import of type `{json}`")));
        }
        let with_type = attributes.is_some();
        if let Some(importer) = self.0.compiled.borrow_mut().get_mut(base) {
            let of_type = with_type.then(|| "json".to_owned());
            importer.requests.push((name.to_owned(), of_type));
        }
        let address = match self.0.find(base, name, ModuleSystem::Esm) {
            Found::File(file) if file.name().ends_with(".json") && !with_type => {
                return Err(outside("an import of JSON without its type".to_owned()));
            }
            Found::Builtin(bare) => format!("node:{bare}"),
            Found::File(file) => format!("{ROOT}/{file}"),
            Found::Nothing if by == By::Import => return Ok(MISSING.to_owned()),
            Found::Nothing => return Err(Error::new_resolving(base, name)),
            Found::Outside(what) => return Err(outside(what)),
        };
        if let Some(importer) = self.0.compiled.borrow_mut().get_mut(base) {
            importer.imports.push(address.clone());
        }
        Ok(address)
    }
}

/// Gives the engine their sources.
pub(super) struct Loader(pub Rc<Modules>);

impl rquickjs::loader::Loader for Loader {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<Module<'js, Declared>> {
        declare(ctx, &self.0, name)
    }
}

/// The module of the name that a [`Resolver`] gave.
pub(super) fn declare<'js>(
    ctx: &Ctx<'js>,
    modules: &Modules,
    name: &str,
) -> rquickjs::Result<Module<'js, Declared>> {
    if name == MISSING {
        return Module::declare(ctx.clone(), name, "");
    }
    let by = modules.linking.get().unwrap_or(By::Import);
    let compiled = Compiled {
        by,
        requests: Vec::new(),
        imports: Vec::new(),
    };
    modules
        .compiled
        .borrow_mut()
        .insert(name.to_owned(), compiled);
    if let Some(bare) = name.strip_prefix("node:") {
        return Module::declare(ctx.clone(), name, builtin(ctx, bare)?);
    }
    let Some(file) = modules.file(name) else {
        return Err(Error::new_loading(name));
    };
    let Some(system) = modules.system(&file) else {
        modules.outside(format!("the module system of `{file}`"), None);
        return Err(Error::new_loading(name));
    };
    let is_json = file.as_str().ends_with(".json");
    if is_json || system == ModuleSystem::CommonJs {
        modules.bridged.set(modules.bridged.get() || by == By::Main);
        let mut names = Vec::new();
        if !is_json {
            names = exported(&without_comments(&modules.text(&file)));
        }
        if !is_json && modules.node.major >= 24 {
            names.push("module.exports".to_owned());
        }
        let call = format!("load({name:?})");
        return Module::declare(ctx.clone(), name, bridge(&call, &names));
    }
    let source = modules
        .source(&file)
        .ok_or_else(|| Error::new_loading(name))?;
    let module = Module::declare(ctx.clone(), name, source)?;
    // In the order in which Node has them: by the alphabet.
    let meta = module.meta()?;
    if modules.node.major >= 20 {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        meta.set("dirname", folder)?;
        meta.set("filename", name)?;
    }
    if modules.node.major >= 22 {
        meta.set("main", file == modules.entry)?;
    }
    let state = modules.state.clone();
    let refused = move || -> rquickjs::Result<()> {
        let what = "`import.meta.resolve`".to_owned();
        state
            .borrow_mut()
            .end(Over::Outside(Outside { what, place: None }));
        Err(Error::new_loading("nothing"))
    };
    meta.set("resolve", Func::from(refused))?;
    meta.set("url", format!("file://{name}"))?;
    let entries: rquickjs::Object = ctx.globals().get(super::ENTRIES)?;
    let imports: rquickjs::Function = entries.get("imports")?;
    let called: rquickjs::Value = imports.call((name,))?;
    meta.prop(imports::CALLED, rquickjs::object::Property::from(called))?;
    Ok(module)
}

/// An ES module for one of Node's own.
fn builtin(ctx: &Ctx<'_>, bare: &str) -> rquickjs::Result<String> {
    let entries: rquickjs::Object = ctx.globals().get(super::ENTRIES)?;
    let builtin: rquickjs::Function = entries.get("builtin")?;
    let value: rquickjs::Value = builtin.call((bare,))?;
    let names: Vec<String> = value
        .as_object()
        .map(|object| object.keys::<String>().filter_map(Result::ok).collect())
        .unwrap_or_default();
    Ok(bridge(&format!("builtin({bare:?})"), &names))
}

/// An ES module whose default export is what the entry gives, with its properties of these names.
fn bridge(call: &str, names: &[String]) -> String {
    let entries = format!("globalThis[{:?}]", super::ENTRIES);
    let mut source = format!("const it = {entries}.{call};\nexport default it;\n");
    for (at, name) in names.iter().filter(|name| *name != "default").enumerate() {
        let value = match name.as_str() {
            "module.exports" => "it".to_owned(),
            name => format!("it[{name:?}]"),
        };
        source.push_str(&format!(
            "const n{at} = {value};\nexport {{ n{at} as {name:?} }};\n"
        ));
    }
    source
}

/// The source without what surely is a comment; of a line with `//` in a text, the rest is lost.
fn without_comments(source: &str) -> String {
    let mut rest = source;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    let lines = kept
        .lines()
        .map(|line| line.split("//").next().unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// The names that an ES module can import from this CommonJS source, as Node finds them without running it
/// (<https://github.com/nodejs/cjs-module-lexer>): `exports.a =`, `module.exports.a =`, and the names at the head of
/// `module.exports = { … }`.
fn exported(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let name = |text: &str| {
        let is_part = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '$');
        text.chars().take_while(is_part).collect::<String>()
    };
    for (at, _) in source.match_indices("exports.") {
        let rest = &source[at + "exports.".len()..];
        let found = name(rest);
        let after = rest[found.len()..].trim_start();
        if after.starts_with('=') && !after.starts_with("==") && !found.is_empty() {
            names.push(found);
        }
    }
    for (at, assigned) in source.match_indices("module.exports") {
        let rest = source[at + assigned.len()..].trim_start();
        let Some(rest) = rest.strip_prefix('=').map(str::trim_start) else {
            continue;
        };
        let Some(mut rest) = rest.strip_prefix('{') else {
            continue;
        };
        loop {
            rest = rest.trim_start();
            let found = name(rest);
            if found.is_empty() {
                break;
            }
            rest = rest[found.len()..].trim_start();
            if let Some(value) = rest.strip_prefix(':') {
                let value = value.trim_start();
                let bare = name(value);
                let after = value[bare.len()..].trim_start();
                let is_bare = !bare.is_empty()
                    && !bare.starts_with(|c: char| c.is_ascii_digit())
                    && after.starts_with([',', '}']);
                if !is_bare {
                    break;
                }
                names.push(found);
                rest = after;
            } else {
                names.push(found);
            }
            match rest.strip_prefix(',') {
                Some(more) => rest = more,
                None => break,
            }
        }
    }
    names.sort();
    names.dedup();
    names
}
