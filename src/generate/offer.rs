//! The rules of which questions can be made: for each, at which levels, who has it wrong, and the scene that shows it.
//!
//! To add a rule, add it to [`ALL`] with its scene; the tests hold that it yields questions at each of its levels.

use super::program::{Asked, Block, Link, Statement};
use super::scene::Scene;
use super::vocabulary::By;
use crate::event_loop::Fault;
use crate::program::ModuleSystem;

/// A rule of which questions can be made.
#[derive(Debug)]
pub struct Offer {
    /// The rule's id.
    pub rule: &'static str,
    /// The levels at which it is asked about, both included.
    pub levels: (u8, u8),
    /// Who has the rule wrong. One of them must say another order, else a program does not need the rule.
    pub faults: &'static [Fault],
    /// How its programs are loaded.
    pub(super) module: ModuleSystem,
    /// What a program has because of it.
    pub(super) scene: fn(&mut Scene) -> Block,
}

const CJS: ModuleSystem = ModuleSystem::CommonJs;
const ESM: ModuleSystem = ModuleSystem::Esm;

macro_rules! offers {
    ($($rule:literal $from:literal..=$to:literal $module:ident $scene:ident [$($fault:ident),*];)*) => {
        &[$(Offer {
            rule: $rule,
            levels: ($from, $to),
            faults: &[$(Fault::$fault),*],
            module: $module,
            scene: $scene,
        },)*]
    };
}

/// Every rule that is offered, as the catalogue has them.
pub const ALL: &[Offer] = offers! {
    "run-to-completion" 1..=3 CJS run_to_completion [ZeroTimeoutRunsNow, TickRunsNow, ThenRunsNow, ImmediateRunsNow];
    "main-commonjs" 1..=5 CJS main_file [ScriptIsAJob, TicksAtEndOfTurn];
    "main-esm" 1..=5 ESM main_file [ModuleIsAScript];
    "drain-after-callback" 1..=5 CJS drain_after_callback [DrainsBetweenPhases];
    "next-tick-first" 1..=5 CJS next_tick_first [JobsBeforeTicks, TicksAreJobs, TicksAtEndOfTurn];
    "tick-after-jobs" 2..=5 CJS tick_after_jobs [TickInterruptsJobs];
    "queue-whole" 1..=5 CJS queue_whole [TicksInRounds, JobsInRounds];
    "await-gives-way" 1..=5 CJS await_gives_way [AwaitOfValueGoesOn, JobsInRounds];
    "immediate-after-io" 1..=5 CJS immediate_after_io [TimersAfterPoll];
    "immediate-next-turn" 2..=5 CJS immediate_next_turn [ImmediateRunsNext];
    "timers-not-before" 1..=5 CJS timers_not_before [DelaysIgnored, TimeoutBlocks];
    "timers-in-order" 1..=5 CJS timers_in_order [ZeroIsZero];
    "timer-clamp" 1..=5 CJS timer_clamp [ZeroIsZero];
    "unref-holds-nothing" 1..=4 CJS unref_holds_nothing [UnrefIgnored];
    "listeners-run-now" 1..=5 CJS listeners_run_now [ListenersRunLater];
    "executor-runs-now" 1..=5 CJS executor_runs_now [ExecutorRunsLater];
    "async-until-await" 1..=5 CJS async_until_await [AsyncRunsLater];
    "then-one-hop" 2..=5 CJS then_one_hop [ChainRunsWhole];
    "adopting-takes-jobs" 3..=5 CJS adopting_takes_jobs [AdoptingIsFree];
    "rejection-after-drain" 2..=5 CJS rejection_after_drain [RejectionsJudgedFirst];
};

/// The rule, if it is offered.
pub fn find(rule: &str) -> Option<&'static Offer> {
    ALL.iter().find(|offer| offer.rule == rule)
}

impl Offer {
    /// Whether it is asked about at this level.
    pub fn is_at(&self, level: u8) -> bool {
        (self.levels.0..=self.levels.1).contains(&level)
    }

    /// Whether it is about the main file, whose statements no callback can have.
    pub(super) fn is_of_main(&self) -> bool {
        self.rule.starts_with("main-")
    }
}

fn run_to_completion(scene: &mut Scene) -> Block {
    let mut main = vec![scene.print(By::Start)];
    let of_loop = scene.of_loop();
    let early = [of_loop, Asked::Tick, Asked::Microtask];
    for asked in scene.some(&early, 1 + usize::from(scene.level() > 1)) {
        main.push(scene.leaf(asked));
    }
    main.push(scene.print(By::End));
    main
}

fn main_file(scene: &mut Scene) -> Block {
    let of_loop = scene.of_loop();
    let all = [of_loop, Asked::Microtask, Asked::Tick];
    let mut main: Block = scene
        .shuffled(&all)
        .into_iter()
        .map(|asked| scene.leaf(asked))
        .collect();
    if scene.percent(60) {
        main.push(scene.print(By::End));
    }
    main
}

fn drain_after_callback(scene: &mut Scene) -> Block {
    let asked = scene.of_timers_or_check();
    let between = scene.queued();
    let mut first = vec![scene.print_of(asked), scene.leaf(between)];
    if scene.level() > 2 && scene.percent(50) {
        let more = scene.queued();
        first.push(scene.leaf(more));
    }
    let mut main = vec![Statement::Ask(asked, first), scene.leaf(asked)];
    if scene.level() > 3 && scene.percent(50) {
        main.push(scene.leaf(asked));
    }
    main
}

fn next_tick_first(scene: &mut Scene) -> Block {
    let asked = scene.of_loop();
    let mut body = vec![scene.print_of(asked)];
    let mut queued = vec![Asked::Microtask, Asked::Tick];
    if scene.level() > 2 {
        queued.push(scene.queued());
    }
    let queued = match scene.percent(75) {
        true => queued,
        false => scene.shuffled(&queued),
    };
    body.extend(queued.into_iter().map(|asked| scene.leaf(asked)));
    vec![Statement::Ask(asked, body)]
}

fn tick_after_jobs(scene: &mut Scene) -> Block {
    let tick = scene.leaf(Asked::Tick);
    if scene.level() > 2 && scene.percent(50) {
        let first = vec![scene.print(By::Function)];
        let second = vec![tick, scene.print(By::AfterAwait)];
        let third = vec![scene.print(By::AfterAwait)];
        return vec![Statement::Async(vec![first, second, third])];
    }
    let first = match scene.percent(50) {
        true => vec![tick, scene.print(By::Then)],
        false => vec![scene.print(By::Then), tick],
    };
    let mut links = vec![Link::Run(first)];
    for _ in 0..1 + usize::from(scene.level() > 2) {
        links.push(Link::Run(vec![scene.print(By::Then)]));
    }
    vec![Statement::Chain(links)]
}

fn queue_whole(scene: &mut Scene) -> Block {
    let of_loop = scene.of_loop();
    let mut main = vec![scene.leaf(of_loop)];
    if scene.percent(50) {
        let inner = scene.leaf(Asked::Tick);
        main.push(Statement::Ask(
            Asked::Tick,
            vec![scene.print(By::Tick), inner],
        ));
        main.push(scene.leaf(Asked::Microtask));
        return main;
    }
    let inner = scene.leaf(Asked::Microtask);
    let outer = vec![scene.print(By::Microtask), inner];
    main.push(Statement::Ask(Asked::Microtask, outer));
    if scene.percent(50) {
        main.push(scene.leaf(Asked::Tick));
    }
    main
}

fn await_gives_way(scene: &mut Scene) -> Block {
    let mut blocks = vec![vec![scene.print(By::Function)]];
    for _ in 0..1 + usize::from(scene.level() > 2) {
        blocks.push(vec![scene.print(By::AfterAwait)]);
    }
    let mut main = vec![Statement::Async(blocks)];
    if scene.percent(60) {
        let of_loop = scene.of_loop();
        main.insert(0, scene.leaf(of_loop));
    }
    main.push(scene.print(By::End));
    main
}

fn immediate_after_io(scene: &mut Scene) -> Block {
    scene.asks(Asked::Read);
    let asked = scene.of_loop();
    let both = [Asked::Timeout("0"), Asked::Immediate];
    let both = match scene.percent(75) {
        true => both.to_vec(),
        false => scene.shuffled(&both),
    };
    let mut body = match scene.level() > 1 || scene.percent(50) {
        true => vec![scene.print(By::Read)],
        false => Vec::new(),
    };
    body.extend(both.into_iter().map(|asked| scene.leaf(asked)));
    if scene.level() > 2 {
        let queued = scene.queued();
        body.push(scene.leaf(queued));
    }
    let mut main = vec![Statement::Ask(asked, body)];
    if scene.level() < 3 {
        main.push(scene.print(By::Main));
    }
    main
}

fn immediate_next_turn(scene: &mut Scene) -> Block {
    scene.asks(Asked::Immediate);
    let inner = scene.leaf(Asked::Immediate);
    let mut outer = vec![scene.print(By::Immediate), inner];
    if scene.level() > 2 {
        let queued = scene.queued();
        outer.push(scene.leaf(queued));
    }
    vec![
        Statement::Ask(Asked::Immediate, outer),
        scene.leaf(Asked::Immediate),
    ]
}

fn timers_not_before(scene: &mut Scene) -> Block {
    let delays: &[&'static str] = match scene.level() {
        1 | 2 => &["250", "10"],
        _ => &["500", "10", "250"],
    };
    let delays = match scene.percent(60) {
        true => delays.to_vec(),
        false => scene.shuffled(delays),
    };
    let mut main: Block = delays
        .into_iter()
        .map(|delay| scene.leaf(Asked::Timeout(delay)))
        .collect();
    main.push(scene.print(By::End));
    main
}

fn timers_in_order(scene: &mut Scene) -> Block {
    let mut delays = vec!["1", "0"];
    if scene.level() > 1 || scene.percent(50) {
        let more = scene.one(&["0", "1"]);
        delays.push(more);
    }
    timeouts(scene, &delays)
}

fn timer_clamp(scene: &mut Scene) -> Block {
    let first = scene.one(&["1", "1.9"]);
    let strange = ["-5", "0", "0.5", "2 ** 31", "NaN"];
    let mut delays = vec![first];
    delays.extend(scene.some(&strange, 1 + usize::from(scene.level() > 1)));
    timeouts(scene, &delays)
}

fn timeouts(scene: &mut Scene, delays: &[&'static str]) -> Block {
    scene.asks(Asked::Timeout("0"));
    let all = delays.iter();
    let mut main: Block = all.map(|delay| scene.leaf(Asked::Timeout(delay))).collect();
    if scene.level() > 2 {
        let queued = scene.queued();
        let asked = Asked::Timeout(delays[0]);
        main[0] = Statement::Ask(asked, vec![scene.print_of(asked), scene.leaf(queued)]);
    }
    main
}

fn unref_holds_nothing(scene: &mut Scene) -> Block {
    let of_loop = scene.of_loop();
    let released = Statement::Released(scene.says(By::Timeout));
    let mut main = vec![released, scene.leaf(of_loop)];
    if scene.level() > 1 {
        let queued = scene.queued();
        main.push(scene.leaf(queued));
    }
    main.push(scene.print(By::End));
    main
}

fn listeners_run_now(scene: &mut Scene) -> Block {
    let mut listeners = vec![vec![scene.print(By::Listener)]];
    if scene.level() > 1 {
        let queued = scene.queued();
        listeners.push(vec![scene.leaf(queued), scene.print(By::Listener)]);
    }
    vec![
        scene.print(By::Start),
        Statement::Emit(listeners),
        scene.print(By::End),
    ]
}

/// In half of the programs something is queued before all else.
fn perhaps_queued_first(scene: &mut Scene, main: &mut Block) {
    if scene.percent(50) {
        let queued = scene.queued();
        main.insert(0, scene.leaf(queued));
    }
}

fn executor_runs_now(scene: &mut Scene) -> Block {
    let mut inside = vec![scene.print(By::Executor)];
    if scene.level() > 2 {
        let queued = scene.queued();
        inside.push(scene.leaf(queued));
    }
    let then = vec![scene.print(By::Then)];
    let mut main = vec![Statement::Executor(inside, then)];
    perhaps_queued_first(scene, &mut main);
    main.push(scene.print(By::End));
    main
}

fn async_until_await(scene: &mut Scene) -> Block {
    let first = vec![scene.print(By::Function)];
    let second = vec![scene.print(By::AfterAwait)];
    let mut main = vec![Statement::Async(vec![first, second])];
    perhaps_queued_first(scene, &mut main);
    main.push(scene.print(By::End));
    main
}

fn then_one_hop(scene: &mut Scene) -> Block {
    let long = 2 + usize::from(scene.level() > 2);
    let chain = |scene: &mut Scene, links: usize| {
        let links = (0..links).map(|_| Link::Run(vec![scene.print(By::Then)]));
        Statement::Chain(links.collect())
    };
    vec![chain(scene, long), chain(scene, 2)]
}

fn adopting_takes_jobs(scene: &mut Scene) -> Block {
    let adopted = vec![scene.print(By::Then)];
    let adopting = Statement::Chain(vec![Link::Give, Link::Run(adopted)]);
    let hops = if scene.level() > 3 { 4 } else { 3 };
    let links = (0..hops).map(|_| Link::Run(vec![scene.print(By::Then)]));
    let chain = Statement::Chain(links.collect());
    match scene.percent(50) {
        true => vec![adopting, chain],
        false => vec![chain, adopting],
    }
}

fn rejection_after_drain(scene: &mut Scene) -> Block {
    let (caught, unhandled) = (scene.says(By::Caught), scene.says(By::Unhandled));
    let queued = scene.queued();
    let mut main = vec![scene.leaf(queued), Statement::Refused(caught, unhandled)];
    if scene.percent(50) {
        main.push(scene.print(By::End));
    }
    main
}
