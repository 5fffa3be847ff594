//! Random programs, as a tree that can be made smaller.

use fastrand::Rng;
use tickmark::program::ModuleSystem;

/// A program.
#[derive(Debug, Clone)]
pub struct Random {
    /// How it is loaded.
    pub module: ModuleSystem,
    /// An error that nobody catches is told, and the program goes on.
    pub forgives: bool,
    /// What it does.
    pub body: Vec<Act>,
}

/// Something that a program does, and what is done in its callback.
#[derive(Debug, Clone)]
pub struct Act {
    kind: Kind,
    /// What it prints begins with this.
    label: usize,
    inner: Vec<Act>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Log,
    Timeout(u32),
    Immediate,
    Tick,
    Microtask,
    Then,
    Async(Awaited),
    ForAwait,
    Read,
    ReadPromise,
    Stat,
    Interval(u32),
    /// Clears the timeout of another one.
    Clear(usize),
    Throw,
    Reject,
    RejectLate,
    Dispatch,
    Emit,
    Unref(u32),
    Executor,
    Adopt,
    Import(Imported),
    TopLevelAwait(Awaited),
}

impl Kind {
    /// Whether what it does is a callback, which comes later.
    fn asks(self) -> bool {
        !matches!(
            self,
            Kind::Log
                | Kind::Clear(_)
                | Kind::Throw
                | Kind::RejectLate
                | Kind::Dispatch
                | Kind::Emit
                | Kind::Executor
                | Kind::Async(_)
                | Kind::TopLevelAwait(_)
        )
    }
}

/// What is loaded on the way: files of [`Random::FILES`].
#[derive(Debug, Clone, Copy)]
enum Imported {
    Module,
    Graph,
    CommonJs,
    Builtin,
    Nothing,
}

#[derive(Debug, Clone, Copy)]
enum Awaited {
    Nothing,
    Promise,
    Thenable,
    AsyncFunction,
    AsyncOfPromise,
    Both,
    First,
    Timeout(u32),
    Immediate,
}

impl Random {
    /// What it may load beside its main file.
    pub const FILES: [(&str, &str); 3] = [
        (
            "part.mjs",
            "console.log('part');\nprocess.nextTick(() => console.log('part tick'));\n",
        ),
        (
            "graph.mjs",
            "import './part.mjs';\nawait null;\nconsole.log('graph');\n",
        ),
        (
            "old.cjs",
            "console.log('old');\nPromise.resolve().then(() => console.log('old then'));\n",
        ),
    ];

    /// One with about so many acts.
    pub fn new(chance: &mut Rng, size: usize) -> Random {
        let module = match chance.bool() {
            true => ModuleSystem::CommonJs,
            false => ModuleSystem::Esm,
        };
        let mut maker = Maker {
            chance,
            left: size,
            labels: 0,
            reads: 3,
            module,
        };
        let body = maker.block(0);
        Random {
            module,
            forgives: maker.chance.u8(0..3) > 0,
            body,
        }
    }

    /// Its source.
    pub fn source(&self) -> String {
        let mut source = match self.module {
            ModuleSystem::CommonJs => {
                "const fs = require('fs');\nconst EventEmitter = require('events');\nconst file = __filename;\n"
            }
            ModuleSystem::Esm => {
                "import fs from 'fs';\nimport EventEmitter from 'events';\nconst file = new URL(import.meta.url);\n"
            }
        }
        .to_owned();
        source.push_str("const timers = {};\n");
        if self.forgives {
            source.push_str("process.on('uncaughtException', (error) => console.log('caught ' + error.message));\n");
            source.push_str("process.on('unhandledRejection', (error) => console.log('unhandled ' + error.message));\n");
        }
        write(&self.body, 0, &mut source);
        source
    }

    /// In how many orders its callbacks could run if each only had to come after what asks for it: as a power of ten.
    pub fn interleavings_log10(&self) -> f64 {
        let mut sizes = Vec::new();
        let all = asked(&self.body, &mut sizes);
        // Of a forest: the factorial of all, divided by how many there are at and below each.
        let factorial: f64 = (1..=all).map(|number| (number as f64).log10()).sum();
        let below: f64 = sizes.iter().map(|size| (*size as f64).log10()).sum();
        factorial - below
    }

    /// Each program that is smaller by one act, which is gone with its callback or only in its place.
    pub fn smaller(&self) -> Vec<Random> {
        let bodies = smaller(&self.body);
        let with = |body| Random {
            body,
            ..self.clone()
        };
        bodies.into_iter().map(with).collect()
    }
}

/// How many callbacks are asked for in these acts and what they run; for each of them the same, with itself.
fn asked(acts: &[Act], sizes: &mut Vec<usize>) -> usize {
    let mut all = 0;
    for act in acts {
        let below = asked(&act.inner, sizes);
        let own = usize::from(act.kind.asks());
        if own > 0 {
            sizes.push(below + own);
        }
        all += below + own;
    }
    all
}

fn smaller(acts: &[Act]) -> Vec<Vec<Act>> {
    let mut all = Vec::new();
    for (at, act) in acts.iter().enumerate() {
        let around = |with: Vec<Act>| {
            let mut around = acts[..at].to_vec();
            around.extend(with);
            around.extend_from_slice(&acts[at + 1..]);
            around
        };
        all.push(around(Vec::new()));
        if !act.inner.is_empty() {
            all.push(around(act.inner.clone()));
        }
        for inner in smaller(&act.inner) {
            let act = Act {
                inner,
                ..act.clone()
            };
            all.push(around(vec![act]));
        }
    }
    all
}

struct Maker<'a> {
    chance: &'a mut Rng,
    left: usize,
    labels: usize,
    reads: usize,
    module: ModuleSystem,
}

impl Maker<'_> {
    fn block(&mut self, depth: usize) -> Vec<Act> {
        let most = if depth == 0 { 6 } else { 3 };
        let least = if depth == 0 { 2 } else { 0 };
        let acts = self.chance.usize(least..=most);
        let mut block = Vec::new();
        for _ in 0..acts {
            if self.left == 0 {
                break;
            }
            self.left -= 1;
            block.push(self.act(depth));
        }
        block
    }

    fn act(&mut self, depth: usize) -> Act {
        self.labels += 1;
        let label = self.labels;
        let kind = self.kind(depth);
        let is_leaf = matches!(
            kind,
            Kind::Log | Kind::Clear(_) | Kind::Throw | Kind::RejectLate
        );
        let inner = match is_leaf || depth > 3 {
            true => Vec::new(),
            false => self.block(depth + 1),
        };
        Act { kind, label, inner }
    }

    fn kind(&mut self, depth: usize) -> Kind {
        let kind = match self.chance.u8(0..48) {
            0..3 => Kind::Log,
            3..9 => Kind::Timeout(self.delay()),
            9..14 => Kind::Immediate,
            14..18 => Kind::Tick,
            18..20 => Kind::Microtask,
            20..23 => Kind::Then,
            23..27 => Kind::Async(self.awaited()),
            27 => Kind::ForAwait,
            28..30 => Kind::Read,
            30 => Kind::ReadPromise,
            31 => Kind::Stat,
            32 => Kind::Interval(self.delay()),
            33 => Kind::Clear(self.chance.usize(1..=self.labels)),
            34 => Kind::Throw,
            35 => Kind::Reject,
            36 => Kind::RejectLate,
            37 => Kind::Dispatch,
            38 => Kind::Emit,
            39 => Kind::Unref(self.delay()),
            40 => Kind::Executor,
            41 => Kind::Adopt,
            42..45 => Kind::Import(self.imported()),
            _ if depth == 0 && self.module == ModuleSystem::Esm => {
                Kind::TopLevelAwait(self.awaited())
            }
            _ => Kind::Immediate,
        };
        let reads = matches!(
            kind,
            Kind::Read | Kind::ReadPromise | Kind::Stat | Kind::Import(_)
        );
        match (reads, self.reads) {
            (true, 0) => Kind::Tick,
            (true, _) => {
                self.reads -= 1;
                kind
            }
            (false, _) => kind,
        }
    }

    fn imported(&mut self) -> Imported {
        match self.chance.u8(0..8) {
            0..3 => Imported::Module,
            3 | 4 => Imported::Graph,
            5 => Imported::CommonJs,
            6 => Imported::Builtin,
            _ => Imported::Nothing,
        }
    }

    fn delay(&mut self) -> u32 {
        [0, 0, 0, 1, 1, 2, 5, 10][self.chance.usize(0..8)]
    }

    fn awaited(&mut self) -> Awaited {
        match self.chance.u8(0..10) {
            0 | 1 => Awaited::Nothing,
            2 => Awaited::Promise,
            3 => Awaited::Thenable,
            4 => Awaited::AsyncFunction,
            5 => Awaited::AsyncOfPromise,
            6 => Awaited::Both,
            7 => Awaited::First,
            8 => Awaited::Timeout(self.delay()),
            _ => Awaited::Immediate,
        }
    }
}

impl Imported {
    fn name(self) -> &'static str {
        match self {
            Imported::Module => "./part.mjs",
            Imported::Graph => "./graph.mjs",
            Imported::CommonJs => "./old.cjs",
            Imported::Builtin => "node:path",
            Imported::Nothing => "./nowhere.mjs",
        }
    }
}

impl Awaited {
    fn source(self) -> String {
        match self {
            Awaited::Nothing => "null".to_owned(),
            Awaited::Promise => "Promise.resolve()".to_owned(),
            Awaited::Thenable => "{ then(done) { done(); } }".to_owned(),
            Awaited::AsyncFunction => "(async () => {})()".to_owned(),
            Awaited::AsyncOfPromise => "(async () => Promise.resolve())()".to_owned(),
            Awaited::Both => "Promise.all([null, (async () => {})()])".to_owned(),
            Awaited::First => {
                "Promise.race([Promise.resolve().then(() => {}), (async () => {})()])".to_owned()
            }
            Awaited::Timeout(ms) => format!("new Promise((done) => setTimeout(done, {ms}))"),
            Awaited::Immediate => "new Promise((done) => setImmediate(done))".to_owned(),
        }
    }
}

fn write(acts: &[Act], depth: usize, source: &mut String) {
    for act in acts {
        act.write(depth, source);
    }
}

impl Act {
    fn write(&self, depth: usize, source: &mut String) {
        let pad = "  ".repeat(depth);
        let label = self.label;
        let said = format!("console.log('{label}');");
        let (open, close) = match self.kind {
            Kind::Log => (said, String::new()),
            Kind::Timeout(ms) => (
                format!("timers[{label}] = setTimeout(() => {{ {said}"),
                format!("}}, {ms});"),
            ),
            Kind::Immediate => (format!("setImmediate(() => {{ {said}"), "});".to_owned()),
            Kind::Tick => (
                format!("process.nextTick(() => {{ {said}"),
                "});".to_owned(),
            ),
            Kind::Microtask => (format!("queueMicrotask(() => {{ {said}"), "});".to_owned()),
            Kind::Then => (
                format!("Promise.resolve().then(() => {{ {said}"),
                format!(
                    "}}).then(() => console.log('{label} then')).finally(() => console.log('{label} finally')).then(() => console.log('{label} end'));"
                ),
            ),
            Kind::Async(awaited) => (
                format!(
                    "(async () => {{ {said} await {}; console.log('{label} goes on');",
                    awaited.source()
                ),
                "})();".to_owned(),
            ),
            Kind::ForAwait => (
                format!(
                    "(async () => {{ for await (const each of (async function* () {{ yield 1; yield 2; }})()) console.log('{label} ' + each);"
                ),
                "})();".to_owned(),
            ),
            Kind::Read => (
                format!("fs.readFile(file, () => {{ {said}"),
                "});".to_owned(),
            ),
            Kind::ReadPromise => (
                format!("fs.promises.readFile(file).then(() => {{ {said}"),
                "});".to_owned(),
            ),
            Kind::Stat => (format!("fs.stat(file, () => {{ {said}"), "});".to_owned()),
            Kind::Interval(ms) => (
                format!(
                    "{{ let times = 0; const interval = setInterval(() => {{ times += 1; console.log('{label} ' + times); if (times === 2) clearInterval(interval);"
                ),
                format!("}}, {ms}); }}"),
            ),
            Kind::Clear(other) => (format!("clearTimeout(timers[{other}]);"), String::new()),
            Kind::Throw => (format!("throw new Error('{label}');"), String::new()),
            Kind::Reject => (
                format!("Promise.reject(new Error('{label}')).catch(() => {{ {said}"),
                "});".to_owned(),
            ),
            Kind::RejectLate => (
                format!(
                    "{{ const late = Promise.reject(new Error('{label}')); process.nextTick(() => late.catch(() => console.log('{label} late'))); }}"
                ),
                String::new(),
            ),
            Kind::Emit => (
                format!(
                    "{{ const emitter = new EventEmitter(); emitter.on('ring', () => {{ {said}"
                ),
                "}); emitter.emit('ring'); }".to_owned(),
            ),
            Kind::Unref(ms) => (
                format!("setTimeout(() => {{ {said}"),
                format!("}}, {ms}).unref();"),
            ),
            Kind::Executor => (
                format!("new Promise((done) => {{ {said} done();"),
                format!("}}).then(() => console.log('{label} then'));"),
            ),
            Kind::Adopt => (
                format!("Promise.resolve().then(() => {{ {said}"),
                format!("return Promise.resolve(); }}).then(() => console.log('{label} then'));"),
            ),
            Kind::Import(imported) => (
                format!(
                    "import('{}').then(() => console.log('{label} loaded'), (error) => console.log('{label} ' + error.code)).then(() => {{ {said}",
                    imported.name()
                ),
                "});".to_owned(),
            ),
            Kind::Dispatch => (
                format!(
                    "{{ const target = new EventTarget(); target.addEventListener('ring', () => {{ {said}"
                ),
                "}); target.dispatchEvent(new Event('ring')); }".to_owned(),
            ),
            Kind::TopLevelAwait(awaited) => {
                (format!("await {}; {said}", awaited.source()), String::new())
            }
        };
        source.push_str(&format!("{pad}{open}\n"));
        if matches!(self.kind, Kind::TopLevelAwait(_)) {
            write(&self.inner, depth, source);
            return;
        }
        write(&self.inner, depth + 1, source);
        if !close.is_empty() {
            source.push_str(&format!("{pad}{close}\n"));
        }
    }
}
