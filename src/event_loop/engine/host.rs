//! The loop's side of a run, as `core.js` and the other parts see it: one function each.

use std::cell::{Cell, RefCell, RefMut};
use std::rc::Rc;

use rquickjs::context::EvalOptions;
use rquickjs::function::{Func, Opt};
use rquickjs::{Ctx, Exception, Function, Module, Object, Promise, Value};

use super::imports::CALLED;
use super::modules::{self, By, Found, Modules};
use super::parts::part;
use super::{ENTRIES, ROOT};
use crate::event_loop::state::{Immediate, Operation, Over, State};
use crate::event_loop::timers::Id;
use crate::event_loop::versions::Ways;
use crate::event_loop::{Fault, Outside, Phase, Program};
use crate::program::{ModuleSystem, Place};

/// What natives need.
#[derive(Debug, Clone)]
pub(super) struct Host {
    pub state: Rc<RefCell<State>>,
    pub modules: Rc<Modules>,
    pub ways: Ways,
}

impl Host {
    fn state(&self) -> RefMut<'_, State> {
        self.state.borrow_mut()
    }

    /// Ends the run, because this is not modelled; what runs now is left by an error.
    fn outside(&self, ctx: &Ctx<'_>, what: String, place: Option<Place>) -> rquickjs::Error {
        self.state().end(Over::Outside(Outside { what, place }));
        left(ctx)
    }

    /// The object that the parts are given.
    pub fn side<'js>(
        &self,
        ctx: &Ctx<'js>,
        program: &Program<'_>,
    ) -> rquickjs::Result<Object<'js>> {
        let side = Object::new(ctx.clone())?;
        side.set("major", program.node.major)?;
        side.set("root", ROOT)?;
        side.set("mainSteps", self.ways.main_steps)?;
        side.set("fault", self.ways.fault.map(Fault::id))?;
        side.set("args", program.input.args.clone())?;
        let env = program.input.env.clone();
        side.set(
            "env",
            Func::from(move |name: String| {
                let given = env.iter().rfind(|(known, _)| *known == name);
                given.map(|(_, value)| value.clone())
            }),
        )?;
        side.set("entry", format!("{ROOT}/{}", program.entry))?;
        self.set_run(&side)?;
        self.set_queues(&side)?;
        self.set_files(&side)?;
        let stdin = program.input.stdin.clone();
        side.set("stdin", Func::from(move || stdin.clone()))?;
        self.set_modules(&side)?;
        Self::set_values(&side)?;
        Ok(side)
    }

    /// How the run goes.
    fn set_run(&self, side: &Object<'_>) -> rquickjs::Result<()> {
        let host = self.clone();
        side.set(
            "outside",
            Func::from(
                move |ctx: Ctx<'_>,
                      what: String,
                      file: Opt<String>,
                      line: Opt<usize>,
                      column: Opt<usize>|
                      -> rquickjs::Result<()> {
                    Err(host.outside(&ctx, what, place(file, line, column)))
                },
            ),
        )?;
        side.set("tells", self.state().story.is_some())?;
        let host = self.clone();
        side.set(
            "tell",
            Func::from(
                move |what: String, file: Opt<String>, line: Opt<usize>, column: Opt<usize>| {
                    host.state().tell(&what, place(file, line, column));
                },
            ),
        )?;
        let host = self.clone();
        side.set(
            "exit",
            Func::from(move |ctx: Ctx<'_>, code: i32| -> rquickjs::Result<()> {
                host.state().end(Over::Ended(code));
                Err(left(&ctx))
            }),
        )?;
        let host = self.clone();
        side.set("printed", Func::from(move || host.state().printed.len()))?;
        let host = self.clone();
        side.set(
            "threw",
            Func::from(move |error: String| host.state().threw = Some(error)),
        )?;
        let host = self.clone();
        side.set("isOver", Func::from(move || host.state().is_over()))?;
        let host = self.clone();
        side.set(
            "atExit",
            Func::from(move || host.state().phase = Phase::Exit),
        )?;
        let host = self.clone();
        side.set(
            "print",
            Func::from(move |ctx: Ctx<'_>, text: String| -> rquickjs::Result<()> {
                if text.contains(ROOT) {
                    let what =
                        "the path of the program's folder, or an error's stack, in what is printed";
                    return Err(host.outside(&ctx, what.to_owned(), None));
                }
                host.state().print(&text);
                Ok(())
            }),
        )?;
        let host = self.clone();
        side.set(
            "roundHasEnded",
            Func::from(move || host.state().round_has_ended = true),
        )?;
        let host = self.clone();
        side.set(
            "rejections",
            Func::from(move |some: bool| host.state().rejections = some),
        )?;
        let host = self.clone();
        side.set(
            "mainIsDone",
            Func::from(move || host.state().main_is_done = true),
        )
    }

    /// Timers, ticks, immediates, and what `fs` is asked for.
    fn set_queues(&self, side: &Object<'_>) -> rquickjs::Result<()> {
        let host = self.clone();
        side.set(
            "nextTick",
            Func::from(move |id: Id| host.state().ticks.push_back(id)),
        )?;
        let host = self.clone();
        side.set(
            "setTimer",
            Func::from(move |id: Id, ms: f64, repeats: bool, refd: bool| {
                let mut state = host.state();
                let now = state.read_clock();
                state.last_set = Some(now);
                state.timers.set(id, ms as i64, repeats, refd, now);
            }),
        )?;
        let host = self.clone();
        side.set(
            "clearTimer",
            Func::from(move |id: Id| host.state().timers.clear(id)),
        )?;
        let host = self.clone();
        side.set(
            "refTimer",
            Func::from(move |id: Id, refd: bool| host.state().timers.set_refd(id, refd)),
        )?;
        let host = self.clone();
        side.set(
            "timerHasRef",
            Func::from(move |id: Id| host.state().timers.is_refd(id)),
        )?;
        let host = self.clone();
        side.set(
            "refreshTimer",
            Func::from(move |id: Id| {
                let mut state = host.state();
                let now = state.read_clock();
                state.last_set = Some(now);
                state.timers.refresh(id, now)
            }),
        )?;
        let host = self.clone();
        side.set(
            "setImmediate",
            Func::from(move |id: Id| {
                host.state().immediates.push(Immediate { id, refd: true });
            }),
        )?;
        let host = self.clone();
        side.set(
            "clearImmediate",
            Func::from(move |id: Id| {
                let mut state = host.state();
                state.immediates.retain(|immediate| immediate.id != id);
                state.outstanding.retain(|immediate| immediate.id != id);
            }),
        )?;
        let host = self.clone();
        side.set(
            "refImmediate",
            Func::from(move |id: Id, refd: bool| {
                let mut state = host.state();
                let State {
                    immediates,
                    outstanding,
                    ..
                } = &mut *state;
                let all = immediates.iter_mut().chain(outstanding);
                all.filter(|immediate| immediate.id == id)
                    .for_each(|immediate| immediate.refd = refd);
            }),
        )?;
        let host = self.clone();
        side.set(
            "immediateHasRef",
            Func::from(move |id: Id| {
                let state = host.state();
                let mut all = state.immediates.iter().chain(&state.outstanding);
                all.any(|immediate| immediate.id == id && immediate.refd)
            }),
        )?;
        let host = self.clone();
        side.set(
            "operation",
            Func::from(move |id: Id, kind: String| {
                let visits_left = match kind.as_str() {
                    "read" => host.ways.read_visits - 1,
                    "write" => host.ways.write_visits - 1,
                    _ => 0,
                };
                host.state().operations.push(Operation { id, visits_left });
            }),
        )
    }

    /// The program's own files.
    fn set_files(&self, side: &Object<'_>) -> rquickjs::Result<()> {
        let modules = self.modules.clone();
        side.set(
            "bytes",
            Func::from(move |path: String| {
                let file = modules.file(&path)?;
                modules.bytes(&file).map(<[u8]>::to_vec)
            }),
        )?;
        let modules = self.modules.clone();
        side.set(
            "text",
            Func::from(move |path: String| {
                let file = modules.file(&path)?;
                modules
                    .bytes(&file)
                    .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            }),
        )?;
        let modules = self.modules.clone();
        side.set(
            "folder",
            Func::from(move |path: String| modules.folder(&path)),
        )
    }

    /// Its modules.
    fn set_modules<'js>(&self, side: &Object<'js>) -> rquickjs::Result<()> {
        side.set(
            "part",
            Function::new(side.ctx().clone(), |ctx: Ctx<'js>, name: String| {
                part(&ctx, &name)
            })?,
        )?;
        let host = self.clone();
        side.set(
            "resolve",
            Function::new(
                side.ctx().clone(),
                move |ctx: Ctx<'js>, from: String, name: String| host.resolve(&ctx, &from, &name),
            )?,
        )?;
        let host = self.clone();
        side.set(
            "compile",
            Function::new(side.ctx().clone(), move |ctx: Ctx<'js>, path: String| {
                host.compile(&ctx, &path)
            })?,
        )?;
        let modules = self.modules.clone();
        side.set(
            "source",
            Func::from(move |path: String| modules.file(&path).map(|file| modules.text(&file))),
        )?;
        let modules = self.modules.clone();
        side.set(
            "isBridged",
            Func::from(move |path: String| {
                let file = modules.file(&path);
                file.is_some_and(|file| modules.system(&file) == Some(ModuleSystem::CommonJs))
            }),
        )?;
        let host = self.clone();
        side.set(
            "declareMain",
            Function::new(side.ctx().clone(), move |ctx: Ctx<'js>| {
                host.declare_main(&ctx)
            })?,
        )?;
        let host = self.clone();
        side.set(
            "evaluateMain",
            Function::new(side.ctx().clone(), move |ctx: Ctx<'js>| {
                host.evaluate_main(&ctx)
            })?,
        )?;
        let modules = self.modules.clone();
        side.set(
            "evaluateNow",
            Function::new(side.ctx().clone(), move |ctx: Ctx<'js>, path: String| {
                modules.linking(By::Require, || evaluate_now(&ctx, &path))
            })?,
        )?;
        self.set_imports(side)
    }

    /// What `import()` needs.
    fn set_imports<'js>(&self, side: &Object<'js>) -> rquickjs::Result<()> {
        side.set("called", CALLED)?;
        let host = self.clone();
        side.set(
            "findImported",
            Function::new(
                side.ctx().clone(),
                move |ctx: Ctx<'js>, from: String, name: String, with: Opt<Option<String>>| {
                    host.find_imported(&ctx, &from, &name, with.0.flatten())
                },
            )?,
        )?;
        let modules = self.modules.clone();
        side.set(
            "declareImported",
            Function::new(side.ctx().clone(), move |ctx: Ctx<'js>, url: String| {
                compiled(&ctx, &modules, By::Import, &url)?;
                let compiled = modules.compiled();
                let requests = compiled.get(&url).map(|compiled| compiled.requests.clone());
                let requests = requests.unwrap_or_default().into_iter();
                let requests = requests.map(|(name, with)| vec![Some(name), with]);
                Ok::<_, rquickjs::Error>(requests.collect::<Vec<_>>())
            })?,
        )?;
        let host = self.clone();
        let count = Cell::new(0);
        side.set(
            "evaluateImported",
            Function::new(side.ctx().clone(), move |ctx: Ctx<'js>, url: String| {
                count.set(count.get() + 1);
                let source = format!(
                    "import * as it from {url:?}{};\nglobalThis[{ENTRIES:?}].loaded({url:?}, it);",
                    attributes(&url)
                );
                host.evaluate(
                    &ctx,
                    By::Import,
                    &format!("node:import {}", count.get()),
                    source,
                )
            })?,
        )?;
        let modules = self.modules.clone();
        side.set(
            "graph",
            Function::new(side.ctx().clone(), move |ctx: Ctx<'js>, url: String| {
                // What is not compiled yet is asked for by `require`; the others compile first.
                compiled(&ctx, &modules, By::Require, &url)?;
                let graph = modules.graph(&url).into_iter();
                Ok::<_, rquickjs::Error>(graph.collect::<Vec<_>>())
            })?,
        )?;
        let modules = self.modules.clone();
        side.set(
            "mayWait",
            Func::from(move |url: String| modules.may_wait(&modules.graph(&url))),
        )?;
        let modules = self.modules.clone();
        side.set(
            "hidesNames",
            Func::from(move |url: String| modules.hides_names(&url)),
        )?;
        let modules = self.modules.clone();
        side.set(
            "declared",
            Func::from(move || modules.compiled().keys().cloned().collect::<Vec<_>>()),
        )?;
        let modules = self.modules.clone();
        side.set(
            "isRequired",
            Func::from(move |url: String| {
                let compiled = modules.compiled();
                compiled.get(&url).is_some_and(|it| it.by == By::Require)
            }),
        )?;
        let modules = self.modules.clone();
        side.set("isBridgeReady", Func::from(move || modules.bridged()))
    }

    /// Address, kind, and whether the file's name and folders alone say that kind; nothing where nothing is.
    fn find_imported<'js>(
        &self,
        ctx: &Ctx<'js>,
        from: &str,
        name: &str,
        with: Option<String>,
    ) -> rquickjs::Result<Option<Object<'js>>> {
        let outside = |what: String| Err(self.outside(ctx, what, None));
        if let Some(with) = with.as_ref().filter(|with| *with != "json") {
            return outside(format!("an import of type `{with}`"));
        }
        let found = Object::new(ctx.clone())?;
        match self.modules.find(from, name, ModuleSystem::Esm) {
            Found::Nothing => return Ok(None),
            Found::Outside(what) => return outside(what),
            Found::Builtin(bare) => {
                found.set("url", format!("node:{bare}"))?;
                found.set("kind", "builtin")?;
                found.set("isNamed", !name.starts_with("node:"))?;
            }
            Found::File(file) => {
                let is_json = file.as_str().ends_with(".json");
                if is_json != with.is_some() {
                    return outside("an import whose type is not that of its file".to_owned());
                }
                let Some(system) = self.modules.system(&file) else {
                    return outside(format!("the module system of `{file}`"));
                };
                found.set("url", format!("{ROOT}/{file}"))?;
                found.set("kind", if is_json { "json" } else { system.word() })?;
                found.set("isNamed", is_json || self.modules.is_named(&file))?;
            }
        }
        Ok(Some(found))
    }

    /// Evaluates the module that this source is.
    fn evaluate<'js>(
        &self,
        ctx: &Ctx<'js>,
        by: By,
        name: &str,
        source: String,
    ) -> rquickjs::Result<Promise<'js>> {
        let evaluated = self
            .modules
            .linking(by, || Module::evaluate(ctx.clone(), name, source));
        self.state().tell("promise jobs", None);
        evaluated
    }

    /// What the engine alone knows of values.
    fn set_values<'js>(side: &Object<'js>) -> rquickjs::Result<()> {
        side.set(
            "proxyParts",
            Function::new(side.ctx().clone(), |ctx: Ctx<'js>, value: Value<'js>| {
                proxy_parts(&ctx, value)
            })?,
        )?;
        side.set(
            "promiseState",
            Function::new(side.ctx().clone(), |ctx: Ctx<'js>, value: Value<'js>| {
                promise_state(&ctx, value)
            })?,
        )?;
        Ok(())
    }

    /// `{ builtin }`, `{ path, esm }`, or nothing.
    fn resolve<'js>(
        &self,
        ctx: &Ctx<'js>,
        from: &str,
        name: &str,
    ) -> rquickjs::Result<Option<Object<'js>>> {
        let found = Object::new(ctx.clone())?;
        match self.modules.find(from, name, ModuleSystem::CommonJs) {
            Found::Nothing => return Ok(None),
            Found::Outside(what) => return Err(self.outside(ctx, what, None)),
            Found::Builtin(bare) => found.set("builtin", bare)?,
            Found::File(file) => {
                let is_json = file.as_str().ends_with(".json");
                let Some(system) = self.modules.system(&file) else {
                    return Err(self.outside(ctx, format!("the module system of `{file}`"), None));
                };
                found.set("esm", !is_json && system == ModuleSystem::Esm)?;
                found.set("path", format!("{ROOT}/{file}"))?;
            }
        }
        Ok(Some(found))
    }

    /// The function around a CommonJS module.
    fn compile<'js>(&self, ctx: &Ctx<'js>, path: &str) -> rquickjs::Result<Function<'js>> {
        let source = self
            .modules
            .file(path)
            .and_then(|file| self.modules.source(&file));
        let source = source.ok_or_else(|| left(ctx))?;
        let mut options = EvalOptions::default();
        options.strict = false;
        options.filename = Some(path.to_owned());
        let around = format!(
            "({CALLED} => function (exports, require, module, __filename, __dirname) {{{source}\n}})"
        );
        ctx.eval_with_options(around, options)
    }

    /// Finds and compiles everything that the main module imports; nothing is evaluated yet.
    fn declare_main(&self, ctx: &Ctx<'_>) -> rquickjs::Result<()> {
        let entry = format!("{ROOT}/{}", self.modules.entry());
        self.modules
            .linking(By::Main, || modules::declare(ctx, &self.modules, &entry))?;
        let mut state = self.state();
        state.main_is_done = false;
        // Node 18 reads what an ES module imports in the poll phase, unless a CommonJS module is among it.
        state.starts_in_poll = self.ways.esm_starts_in_poll
            && !(self.ways.timers_open_the_turn && self.modules.bridged());
        Ok(())
    }

    fn evaluate_main<'js>(&self, ctx: &Ctx<'js>) -> rquickjs::Result<Promise<'js>> {
        let source = format!("import {:?};", format!("{ROOT}/{}", self.modules.entry()));
        self.state().tell("the main module", None);
        self.evaluate(ctx, By::Main, "node:main", source)
    }
}

fn place(file: Opt<String>, line: Opt<usize>, column: Opt<usize>) -> Option<Place> {
    Some(Place {
        file: file.0?,
        line: line.0?,
        column: column.0,
        source: None,
    })
}

/// An error that leaves what runs now; nobody sees it, for the run is over.
fn left(ctx: &Ctx<'_>) -> rquickjs::Error {
    Exception::throw_message(ctx, "the run is over")
}

/// Has the engine compile the module at the address, if it has not yet.
fn compiled(ctx: &Ctx<'_>, modules: &Modules, by: By, url: &str) -> rquickjs::Result<()> {
    let is_known = modules.compiled().contains_key(url);
    if !is_known {
        modules.linking(by, || modules::declare(ctx, modules, url))?;
    }
    Ok(())
}

/// What an import of the module at the address must say of its type.
fn attributes(url: &str) -> &'static str {
    match url.ends_with(".json") {
        true => " with { type: 'json' }",
        false => "",
    }
}

/// The namespace of the module, which is evaluated now if it was not; nothing where it waits at its top level.
fn evaluate_now<'js>(ctx: &Ctx<'js>, path: &str) -> rquickjs::Result<Option<Value<'js>>> {
    let source = format!(
        "import * as it from {path:?}{};\nexport default it;",
        attributes(path)
    );
    let around = Module::declare(ctx.clone(), format!("{ROOT}/\u{1}{path}"), source)?;
    let (around, evaluated) = around.eval()?;
    match evaluated.result::<Value<'js>>() {
        Some(Ok(_)) => around.get("default").map(Some),
        Some(Err(_)) => {
            // Whoever calls `require` is told; so somebody handles it.
            let reason = ctx.catch();
            let entries: Object = ctx.globals().get(ENTRIES)?;
            let rejected: Function = entries.get("rejected")?;
            rejected.call::<_, ()>((evaluated, reason.clone(), true))?;
            Err(ctx.throw(reason))
        }
        None => Ok(None),
    }
}

/// `['pending']`, `['fulfilled', value]` or `['rejected', reason]`; nothing for what is no promise.
fn promise_state<'js>(
    ctx: &Ctx<'js>,
    value: Value<'js>,
) -> rquickjs::Result<Option<Vec<Value<'js>>>> {
    let Some(promise) = value.into_promise() else {
        return Ok(None);
    };
    let word = |word: &str| rquickjs::String::from_str(ctx.clone(), word).map(Value::from);
    Ok(Some(match promise.result::<Value<'js>>() {
        None => vec![word("pending")?],
        Some(Ok(value)) => vec![word("fulfilled")?, value],
        Some(Err(_)) => vec![word("rejected")?, ctx.catch()],
    }))
}

/// Target and handler of a proxy, both null where it was revoked; nothing for what is no proxy.
fn proxy_parts<'js>(
    ctx: &Ctx<'js>,
    value: Value<'js>,
) -> rquickjs::Result<Option<Vec<Value<'js>>>> {
    let Some(proxy) = value.into_proxy() else {
        return Ok(None);
    };
    let part = |part: rquickjs::Result<Object<'js>>| match part {
        Ok(part) => part.into_value(),
        Err(_) => {
            ctx.catch();
            Value::new_null(ctx.clone())
        }
    };
    Ok(Some(vec![part(proxy.target()), part(proxy.handler())]))
}
