//! The engine that runs the program's JavaScript, and what of Node's own modules it is given.
//!
//! QuickJS, through `rquickjs`: its order of promise jobs is V8's, hop for hop (`tests/event_loop` holds both to it), it
//! counts memory, stack and work itself, so that no program makes us wait or grow, and it is small. It is written in C,
//! and no proof against a program that looks for its faults: who runs the programs of people he does not know runs them in
//! the sandbox.
//!
//! Node's modules are JavaScript as well, under `engine/`: a file each, an expression whose value is a function of the
//! loop's side (`host`), of what loads other parts, and of what they share. Each is evaluated when it is first
//! needed.

mod host;
mod imports;
mod modules;
mod parts;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rquickjs::{Context, Ctx, Function, Object, Runtime};

use self::host::Host;
use self::modules::Modules;
use super::state::{Over, State};
use super::timers::Id;
use super::turn::{Script, Turn};
use super::versions::Ways;
use super::{Bound, Fault, Outside, Program};
use crate::program::ModuleSystem;

/// Where the program's folder is said to be.
pub(super) const ROOT: &str = "/program";

/// No more memory is given, in bytes.
const MOST_MEMORY: usize = 64_000_000;
/// No deeper stack, in bytes.
const MOST_STACK: usize = 12_000_000;
/// The stack of the thread that runs it: more than that, and enough that whatever V8 can recurse into, this can.
pub(super) const STACK: usize = 64_000_000;
/// A callback may work until the engine has asked so often whether it shall go on: every 10,000 calls and turns of loops.
const MOST_WORK: u32 = 1_000;

/// Runs the program once; the state says how it went.
pub(super) fn run(program: &Program<'_>, fault: Option<Fault>, state: State) -> State {
    let state = Rc::new(RefCell::new(state));
    if let Err(error) = begin(program, fault, &state) {
        let what = format!("the model cannot begin: {error}");
        state
            .borrow_mut()
            .end(Over::Outside(Outside { what, place: None }));
    }
    // Whatever of the engine still holds the state is gone with it.
    state.replace(State::new(Default::default(), None, false))
}

fn begin(
    program: &Program<'_>,
    fault: Option<Fault>,
    state: &Rc<RefCell<State>>,
) -> rquickjs::Result<()> {
    let runtime = Runtime::new()?;
    runtime.set_memory_limit(MOST_MEMORY);
    runtime.set_max_stack_size(MOST_STACK);
    let work = Rc::new(Cell::new(0));
    runtime.set_interrupt_handler(Some(interrupt(state, &work)));
    runtime.set_host_promise_rejection_tracker(Some(tracker()));
    let modules = Rc::new(Modules::new(program, fault, state));
    runtime.set_loader(
        modules::Resolver(modules.clone()),
        modules::Loader(modules.clone()),
    );
    let context = Context::full(&runtime)?;
    context.with(|ctx| {
        let ways = Ways::of(program.node, program.module, fault);
        {
            let mut state = state.borrow_mut();
            state.ticks_wait = ways.has(Fault::TicksAtEndOfTurn);
            state.timers.alone = ways.has(Fault::TimersByDueTime);
        }
        let host = Host {
            state: state.clone(),
            modules,
            ways,
        };
        let script = Engine::new(ctx, host, work, program)?;
        Turn {
            state,
            script: &script,
            ways,
        }
        .run();
        Ok(())
    })
}

/// Ends what works for too long, and what goes on after the run has ended.
fn interrupt(state: &Rc<RefCell<State>>, work: &Rc<Cell<u32>>) -> Box<dyn FnMut() -> bool> {
    let (state, work) = (state.clone(), work.clone());
    Box::new(move || {
        work.set(work.get() + 1);
        if work.get() > MOST_WORK
            && let Ok(mut state) = state.try_borrow_mut()
        {
            state.end(Over::Bound(Bound::Work));
        }
        state.try_borrow().is_ok_and(|state| state.is_over())
    })
}

/// Tells the program's side which promises were rejected.
fn tracker() -> rquickjs::runtime::RejectionTracker {
    Box::new(|ctx, promise, reason, handled| {
        let told = ctx.globals().get::<_, Object>(ENTRIES);
        if let Ok(told) = told.and_then(|entries| entries.get::<_, Function>("rejected")) {
            let _ = told.call::<_, ()>((promise, reason, handled));
        }
    })
}

/// Where the entries of `core.js` are kept for who has only a context.
const ENTRIES: &str = "\u{1}tickmark";

/// A program in the engine.
struct Engine<'js> {
    ctx: Ctx<'js>,
    state: Rc<RefCell<State>>,
    work: Rc<Cell<u32>>,
    entries: Object<'js>,
    module: ModuleSystem,
    ways: Ways,
}

impl<'js> Engine<'js> {
    fn new(
        ctx: Ctx<'js>,
        host: Host,
        work: Rc<Cell<u32>>,
        program: &Program<'_>,
    ) -> rquickjs::Result<Self> {
        let core = parts::part(&ctx, "core")?;
        let entries: Object = core.call((host.side(&ctx, program)?,))?;
        ctx.globals()
            .prop(ENTRIES, rquickjs::object::Property::from(entries.clone()))?;
        Ok(Engine {
            ctx,
            ways: host.ways,
            state: host.state,
            work,
            entries,
            module: program.module,
        })
    }

    fn entry(&self, name: &str) -> rquickjs::Result<Function<'js>> {
        self.entries.get(name)
    }

    /// Whether promise jobs are run on.
    fn more_jobs(&self) -> bool {
        let state = self.state.borrow();
        let interrupted = self.ways.has(Fault::TickInterruptsJobs) && !state.ticks.is_empty();
        !state.is_over() && !interrupted && !state.round_has_ended
    }

    /// What the program's side throws here is a fault of ours, or the end of the run.
    fn checked<T>(&self, result: rquickjs::Result<T>) -> Option<T> {
        result
            .inspect_err(|error| {
                let thrown = self.ctx.catch();
                let what = match thrown.as_exception() {
                    Some(thrown) => format!("the model fails: {thrown}"),
                    None => format!("the model fails: {error}"),
                };
                let place = None;
                let outside = Outside { what, place };
                self.state.borrow_mut().end(Over::Outside(outside));
            })
            .ok()
    }
}

impl Script for Engine<'_> {
    fn start(&self) {
        self.work.set(0);
        if self.module == ModuleSystem::CommonJs {
            self.state.borrow_mut().tell("the main script", None);
        }
        let main = self.entries.get::<_, Object>("start");
        let main = main.and_then(|start| start.get::<_, Function>(self.module.word()));
        self.checked(main.and_then(|main| main.call::<_, ()>(())));
    }

    fn call(&self, id: Id) -> bool {
        self.work.set(0);
        let run = self.entry("run");
        let threw = self.checked(run.and_then(|run| run.call((id,))));
        threw.unwrap_or(true)
    }

    fn run_jobs(&self) {
        let before = self.state.borrow_mut().tell_of_jobs();
        let mut jobs = 0;
        let in_rounds = self.ways.has(Fault::JobsInRounds);
        if in_rounds {
            let end = self.entry("endOfRound");
            self.checked(end.and_then(|end| end.call::<_, ()>(())));
        }
        while self.more_jobs() && self.ctx.execute_pending_job() {
            self.work.set(0);
            jobs += 1;
            if jobs > super::state::MOST_CALLBACKS {
                self.state.borrow_mut().end(Over::Bound(Bound::Callbacks));
            }
        }
        // The end of a round is no job of the program's.
        if jobs == usize::from(in_rounds) {
            self.state.borrow_mut().take_back(before);
        }
        if in_rounds {
            let mut state = self.state.borrow_mut();
            state.jobs_may_wait = jobs > 1;
            state.round_has_ended = false;
        }
    }

    fn judge_rejections(&self) -> bool {
        let judge = self.entry("rejections");
        let some = self.checked(judge.and_then(|judge| judge.call(())));
        some.unwrap_or(false)
    }

    fn before_exit(&self) {
        let emit = self.entry("beforeExit");
        self.checked(emit.and_then(|emit| emit.call::<_, ()>(())));
    }

    fn emit_exit(&self) {
        let unsettled = !self.state.borrow().main_is_done;
        let emit = self.entry("emitExit");
        self.checked(emit.and_then(|emit| emit.call::<_, ()>((unsettled,))));
    }

    fn leave(&self) {
        let leave = self.entry("leave");
        self.checked(leave.and_then(|leave| leave.call::<_, ()>(())));
    }
}
