//! The parts of Node's own, compiled once for all runs: reading their text takes ten times as long as making them anew
//! from what it compiles to.

use std::sync::OnceLock;

use rquickjs::module::WriteOptions;
use rquickjs::{Context, Ctx, Error, Function, Module, Runtime};

/// A file under `engine/`, an expression whose value is a function.
pub(super) struct Part {
    name: &'static str,
    source: &'static str,
    compiled: OnceLock<Option<Vec<u8>>>,
}

/// Every part. What every program has is `core`.
static PARTS: [Part; 12] = [
    Part::new("abort", include_str!("abort.js")),
    Part::new("buffer", include_str!("buffer.js")),
    Part::new("core", include_str!("core.js")),
    Part::new("events", include_str!("events.js")),
    Part::new("faults", include_str!("faults.js")),
    Part::new("fs", include_str!("fs.js")),
    Part::new("import", include_str!("import.js")),
    Part::new("inspect", include_str!("inspect.js")),
    Part::new("path", include_str!("path.js")),
    Part::new("timers", include_str!("timers.js")),
    Part::new("url", include_str!("url.js")),
    Part::new("util", include_str!("util.js")),
];

/// The function that a part is, made anew for this run.
pub(super) fn part<'js>(ctx: &Ctx<'js>, name: &str) -> rquickjs::Result<Function<'js>> {
    let part = PARTS.iter().find(|part| part.name == name);
    let part = part.ok_or_else(|| Error::new_loading(name))?;
    let compiled = part.compiled.get_or_init(|| part.compile().ok());
    let compiled = compiled.as_ref().ok_or_else(|| Error::new_loading(name))?;
    let (module, evaluated) = load(ctx, compiled)?.eval()?;
    evaluated.finish::<()>()?;
    module.get("default")
}

impl Part {
    const fn new(name: &'static str, source: &'static str) -> Part {
        Part {
            name,
            source,
            compiled: OnceLock::new(),
        }
    }

    fn compile(&self) -> rquickjs::Result<Vec<u8>> {
        let runtime = Runtime::new()?;
        Context::full(&runtime)?.with(|ctx| {
            let source = format!("export default {}", self.source);
            // No module that a program can import is called so.
            let name = format!("node:part {}", self.name);
            let module = Module::declare(ctx, name, source)?;
            module.write(WriteOptions::default())
        })
    }
}

#[allow(unsafe_code)]
fn load<'js>(
    ctx: &Ctx<'js>,
    compiled: &[u8],
) -> rquickjs::Result<Module<'js, rquickjs::module::Declared>> {
    // SAFETY: the engine believes what it is given to be what it wrote itself. It is: it comes from `Part::compile` in this
    // very process, and nobody else has it.
    unsafe { Module::load(ctx.clone(), compiled) }
}
