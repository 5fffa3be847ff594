//! Rules of the loop's phases and of the two queues between its callbacks.
//!
//! To add a rule, add an entry to [`RULES`]: its programs print the same on every Node it is for, however loaded the
//! machine is, or their trace says what may differ. This file does not know who refers to a rule.

use super::{Rule, Shown};
use crate::program::ModuleSystem::{CommonJs, Esm};
use crate::program::Range;

/// The lines of Node that these rules were tried on, and the later ones.
const PROVEN: Range = Range { from: 18, to: None };

/// The rules of this topic.
pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "run-to-completion",
        sentence: "running code is never interrupted: callbacks and promises wait until it has ended",
        text: "JavaScript in one thread does one thing at a time. A function that has been called runs to its end, and \
               so does a main script; whatever was asked for meanwhile (a timeout, a read, a promise's `then`) gets its \
               turn afterwards, even if it has been due for long. That is why a long computation freezes everything \
               else.",
        source: "ECMAScript, section 9.5 \"Jobs and Host Operations to Enqueue Jobs\"; Node.js, guide \"Don't Block the \
                 Event Loop\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", BUSY)],
                trace: "[begin, end, promise, timeout]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", BUSY)],
                trace: "[begin, end, promise, timeout]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "main-commonjs",
        sentence: "after a CommonJS main script comes the nextTick queue, then the microtask queue, then the loop",
        text: "A CommonJS main script is an ordinary function call. When it has returned, Node empties the nextTick \
               queue, then the microtask queue, both again until nothing is left, and only then enters the event loop.",
        source: "Node.js, `process.nextTick()`, section \"When to use `queueMicrotask()` vs. `process.nextTick()`\"",
        node: PROVEN,
        shown: &[Shown {
            module: CommonJs,
            files: &[("main.cjs", QUEUES)],
            trace: "[main, tick, promise, timeout]",
            exit: 0,
        }],
    },
    Rule {
        id: "main-esm",
        sentence: "an ES module runs as a promise job, so after it come the other promise jobs, then the nextTick queue",
        text: "Node evaluates an ES module while it empties the microtask queue. So when its code ends, that queue is \
               emptied first, with every `then` and `await` the module began, and the nextTick queue comes after it: \
               the other way round than in CommonJS.",
        source: "Node.js, `process.nextTick()`, section \"When to use `queueMicrotask()` vs. `process.nextTick()`\": ES \
                 modules are already being processed as part of the microtask queue",
        node: PROVEN,
        shown: &[Shown {
            module: Esm,
            files: &[("main.mjs", QUEUES)],
            trace: "[main, promise, tick, timeout]",
            exit: 0,
        }],
    },
    Rule {
        id: "drain-after-callback",
        sentence: "after each callback both queues are emptied before the next callback runs, even in the same phase",
        text: "Many texts say that microtasks run *between the phases*. They run far more often: after every single \
               callback Node empties the nextTick queue and the microtask queue, before the next timeout, immediate or \
               read of the same phase gets its turn.",
        source: "Node.js, guide \"The Node.js Event Loop\", section \"`process.nextTick()`\"; `process.nextTick()`; since \
                 Node 11 between timers and immediates too",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", DRAIN)],
                trace: "[first, its tick, its promise, second]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", DRAIN)],
                trace: "[first, its tick, its promise, second]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "next-tick-first",
        sentence: "when a callback of the loop has ended, the nextTick queue is emptied before the microtask queue",
        text: "After a callback of the loop, Node looks into the nextTick queue first and turns to promises and \
               `queueMicrotask` when it is empty. It is no law of nature, though: code that itself runs as a promise \
               job, like an ES module or what follows an `await`, is in the middle of the microtask queue, and there \
               the ticks come last.",
        source: "Node.js, `process.nextTick()`, section \"When to use `queueMicrotask()` vs. `process.nextTick()`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", IN_A_CALLBACK)],
                trace: "[timeout, tick, promise]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", IN_A_CALLBACK)],
                trace: "[timeout, tick, promise]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "tick-after-jobs",
        sentence: "a tick asked for by a promise job waits until the microtask queue is empty",
        text: "`process.nextTick` does not interrupt a chain of promises. The microtask queue is emptied to its end, with \
               the jobs that are added meanwhile, and only then come the ticks that were asked for in it.",
        source: "Node.js, `process.nextTick()`; ECMAScript, section 9.5",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", CHAIN)],
                trace: "[one, two, three, tick]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", CHAIN)],
                trace: "[one, two, three, tick]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "queue-whole",
        sentence: "a queue is emptied whole, with what is added meanwhile, before the event loop goes on",
        text: "A tick that asks for another tick, or a promise job that starts another, keeps its queue from getting \
               empty, and so long the loop stands still: no timeout, no request, no file. To let others in between \
               pieces of work, use `setImmediate`.",
        source: "Node.js, guide \"The Node.js Event Loop\", section \"`process.nextTick()`\" (it can starve your I/O); \
                 `process.nextTick()`",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", STARVE)],
                trace: STARVED,
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", STARVE)],
                trace: STARVED,
                exit: 0,
            },
        ],
    },
    Rule {
        id: "await-gives-way",
        sentence: "what follows an `await` runs as a promise job, even if there was nothing to wait for",
        text: "`await` always lets the code around it go on first. The rest of the async function comes back through the \
               microtask queue, with a plain value too; but it comes back before the loop goes on, so no timeout and no \
               read gets in between.",
        source: "ECMAScript, section 27.7.5.3 \"Await\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", AWAIT)],
                trace: "[before, outside, after, timeout]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", AWAIT)],
                trace: "[before, outside, after, timeout]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "six-phases",
        sentence: "the loop goes round: timers, pending callbacks, idle and prepare, poll, check, close callbacks",
        text: "Each phase has its own callbacks. Timeouts and intervals run in *timers*; some errors of sockets in \
               *pending callbacks*; *idle, prepare* is Node's own; what has been read, written or received in *poll*; \
               immediates in *check*; and `close` events of handles in *close callbacks*. Then it starts again with \
               timers. The nextTick queue and the microtask queue are no phases.",
        source: "Node.js, guide \"The Node.js Event Loop\", section \"Phases Overview\"; libuv, \"Design overview\", \
                 section \"The I/O loop\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", PHASES_COMMONJS)],
                trace: "[poll, check, close callbacks, timers]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", PHASES_ESM)],
                trace: "[poll, check, close callbacks, timers]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "immediate-after-io",
        sentence: "inside an I/O callback the check phase comes next, so immediates run before any new timeout",
        text: "I/O callbacks run in the poll phase, and after poll comes check. A timeout that is asked for there must wait \
               for the timers phase of the next turn, even if its time is over long before.",
        source: "Node.js, guide \"The Node.js Event Loop\", section \"`setImmediate()` vs `setTimeout()`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", AFTER_IO_COMMONJS)],
                trace: "[read, immediate, timeout]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", AFTER_IO_ESM)],
                trace: "[read, immediate, timeout]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "timeout-or-immediate",
        sentence: "asked for in a main script, a timeout of 0 and an immediate may run in either order",
        text: "A delay of 0 counts as 1 ms. Whether that millisecond is over when the loop first looks at its timers \
               depends on the computer and on chance. Do not rely on an order here; ask for both in an I/O callback, or \
               for one in the other. (On Node 18 and 20 the main script of an ES module that imports no CommonJS file happens to be followed by \
               the check phase, so there the immediate comes first.)",
        source: "Node.js, guide \"The Node.js Event Loop\", section \"`setImmediate()` vs `setTimeout()`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", RACE)],
                trace: "any-order: [timeout, immediate]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", RACE)],
                trace: "variants: { 18-20: [immediate, timeout], otherwise: { any-order: [timeout, immediate] } }",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "immediate-next-turn",
        sentence: "an immediate that is asked for by an immediate runs in the next turn of the loop",
        text: "The check phase runs the immediates that were there when it began, in their order. One that is added \
               meanwhile waits a whole turn, so timeouts, reads and requests get in between. That makes `setImmediate` \
               the way to cut long work into pieces.",
        source: "Node.js, \"Timers\", section \"`setImmediate(callback[, ...args])`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", NESTED)],
                trace: "[first, second, timeout, nested]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", NESTED)],
                trace: "[first, second, timeout, nested]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "timers-not-before",
        sentence: "a timeout runs when its delay is over and the loop comes to the timers phase, not before",
        text: "The delay is the least time to wait, not the time it takes. A timeout that is due still waits for the \
               running code, for both queues and for its phase. (Node counts in whole milliseconds, so by a finer clock \
               it may seem to come up to a millisecond early.)",
        source: "Node.js, guide \"The Node.js Event Loop\", section \"timers\"; \"Timers\", section \
                 \"`setTimeout(callback[, delay[, ...args]])`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", LATE)],
                trace: "[asked, main ends, late]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", LATE)],
                trace: "[asked, main ends, late]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "timers-in-order",
        sentence: "timeouts of the same delay run in the order in which they were asked for, and 0 counts as 1 ms",
        text: "Node keeps one list for each delay. Within a list, first come, first served. A delay below 1, above \
               2147483647 or not a number counts as 1. Between timeouts of *different* delays that are near each other \
               there is no sure order: a computer that pauses for a few milliseconds may turn it round.",
        source: "Node.js, \"Timers\", section \"`setTimeout(callback[, delay[, ...args]])`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", SAME_DELAY)],
                trace: "[one, zero, none, half]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", SAME_DELAY)],
                trace: "[one, zero, none, half]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "thread-pool",
        sentence: "files are read by a pool of threads, so reads finish in any order, and what needs all must wait for all",
        text: "Your JavaScript runs in one thread, but `fs`, some of `crypto` and `zlib`, and `dns.lookup` are done by four \
               others (`UV_THREADPOOL_SIZE`). Which is done first, nobody knows. Two reads that are one after the other \
               (the second asked for in the first one's callback) keep their order; two that go on at the same time do \
               not.",
        source: "libuv, \"Thread pool work scheduling\"; Node.js, guide \"Don't Block the Event Loop\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[
                    ("main.cjs", READS_COMMONJS),
                    ("a.txt", "a\n"),
                    ("b.txt", "b\n"),
                ],
                trace: "[asked for both, { any-order: [a, b] }]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", READS_ESM), ("a.txt", "a\n"), ("b.txt", "b\n")],
                trace: "[asked for both, { any-order: [a, b] }]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "nothing-left",
        sentence: "Node ends when no timer, immediate, request or open handle is left; a waiting promise does not keep it",
        text: "After each turn the loop asks whether anything is still to come. A promise is no such thing: if nothing \
               that could fulfil it is under way, the program ends and what follows its `await` never runs.",
        source: "Node.js, \"Process\", section \"Event: 'beforeExit'\"; libuv, \"Design overview\", section \"The I/O loop\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", WAITING)],
                trace: "[waiting, timeout, exit 0]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", WAITING)],
                trace: "[waiting, timeout, exit 0]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "timer-clamp",
        sentence: "a delay below 1 ms, above 2147483647 ms or that is no number counts as 1 ms, and a fraction \
                   is cut off",
        text: "Node's timers count whole milliseconds and have 31 bits for them. A delay of 0, a negative one, \
               `NaN`, a word and anything above 2147483647 (about 24.8 days) becomes 1, so a timeout meant for \
               next month runs almost at once; of the large ones Node warns on stderr. Fractions are cut off: \
               2.9 is 2. That makes `setTimeout(f, 0)` the same as `setTimeout(f, 1)`: both wait in one list, \
               first come, first served.",
        source: "Node.js, \"Timers\", section \"`setTimeout(callback[, delay[, ...args]])`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", CLAMPED)],
                trace: "[a month, one, zero, minus five, soon]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", CLAMPED)],
                trace: "[a month, one, zero, minus five, soon]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "poll-waits",
        sentence: "when nothing else is due, the loop waits in the poll phase for I/O or for the next timer",
        text: "Most of a program's life passes in poll. When the loop comes there, it runs the callbacks of \
               everything that has been read, written or received. If there is nothing of the kind, it asks the \
               operating system to be woken when something comes, and when the next timer is due at the latest; \
               until then it sleeps, which costs no processor time. It does not sleep while an immediate waits, \
               since check comes next. And if there is nothing left to wait for, the program ends.",
        source: "Node.js, guide \"The Node.js Event Loop\", section \"poll\"; libuv, \"Design overview\", \
                 section \"The I/O loop\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", SLEEPING)],
                trace: "[main ends, 300 ms are over, it slept through most of them]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", SLEEPING)],
                trace: "[main ends, 300 ms are over, it slept through most of them]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "pending-callbacks",
        sentence: "an error that the system gave at once is told in the pending callbacks, between the timers \
                   and poll",
        text: "Sometimes the operating system refuses a connection on the spot, while Node has promised to \
               tell about it by an event. Node keeps such an error until the loop next comes to *pending \
               callbacks*, the second phase. Connecting to a socket file that is not there is the simplest \
               case. The name promises more than there is: promises, timers and ordinary reads never wait in \
               this phase; what has been read or received is told in poll.",
        source: "libuv, \"Design overview\", section \"The I/O loop\"; Node.js, guide \"The Node.js Event \
                 Loop\", section \"pending callbacks\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", PENDING_COMMONJS)],
                trace: "[timer, tick, ENOENT, immediate]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", PENDING_ESM)],
                trace: "[timer, tick, ENOENT, immediate]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "close-callbacks",
        sentence: "a handle that was closed says `close` in the close callbacks, after the check phase of the \
                   same turn",
        text: "A handle is something of the operating system's that Node holds open: a socket, a message port, \
               the pipe to a child. Closing one takes until the end of the turn, and its `close` event runs in \
               the last phase, after the immediates and before the next timers. Not every `close` event belongs \
               there: a stream that has no handle, such as a `PassThrough`, and a server that is closed while \
               nobody is connected, say it through the nextTick queue, before the loop goes on.",
        source: "Node.js, guide \"The Node.js Event Loop\", section \"close callbacks\"; libuv, `uv_close()`",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", CLOSING_COMMONJS)],
                trace: "[stream closed, immediate, port closed, timeout]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", CLOSING_ESM)],
                trace: "[stream closed, immediate, port closed, timeout]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "unref-holds-nothing",
        sentence: "a timer that was released with `unref()` does not keep Node running",
        text: "Node asks after each turn whether something is left that holds it. `unref()` takes a timer, an \
               immediate, a socket or a worker out of that count: it still works as long as something else \
               keeps the loop going, but when nothing else is left the program ends without it. `ref()` takes \
               it back. So an interval that only keeps an eye on things need not hold up the end of the \
               program.",
        source: "Node.js, \"Timers\", section \"`timeout.unref()`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", RELEASED)],
                trace: "[timeout, exit]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", RELEASED)],
                trace: "[timeout, exit]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "listeners-run-now",
        sentence: "`emit` calls the listeners at once, one after another, and returns when the last one has ended",
        text: "An event of an `EventEmitter` is no entry in a queue. `emit` is an ordinary function that calls \
               all listeners in the order in which they were added, each to its end, and then returns. As long \
               as it runs, no tick and no promise job gets in between. A listener that is added after `emit` \
               has missed the event. Where a listener seems to run later, the `emit` itself came later, for \
               instance in the callback of a read.",
        source: "Node.js, \"Events\", section \"Asynchronous vs. synchronous\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", LISTENERS_COMMONJS)],
                trace: "[first, second, emit has returned, tick, promise]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", LISTENERS_ESM)],
                trace: "[first, second, emit has returned, tick, promise]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "interval-no-catch-up",
        sentence: "an interval that was kept waiting runs once, not once for each period that it missed",
        text: "`setInterval` asks for its next run only when one begins. If the loop was blocked over ten \
               periods, the interval runs once when the loop is free again, and the next run comes a whole \
               period later: the nine others are lost. So do not count time by counting runs; look at the \
               clock.",
        source: "Node.js, \"Timers\", section \"`setInterval(callback[, delay[, ...args]])`\"; \
                 `lib/internal/timers.js`, `processTimers()`",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", MISSED)],
                trace: "[interval, stop]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", MISSED)],
                trace: "[interval, stop]",
                exit: 0,
            },
        ],
    },
];

const BUSY: &str = "\
console.log('begin')
setTimeout(() => console.log('timeout'), 0)
Promise.resolve().then(() => console.log('promise'))
const until = Date.now() + 5
while (Date.now() < until);
console.log('end')
";

const QUEUES: &str = "\
setTimeout(() => console.log('timeout'), 0)
Promise.resolve().then(() => console.log('promise'))
process.nextTick(() => console.log('tick'))
console.log('main')
";

const DRAIN: &str = "\
setImmediate(() => {
  console.log('first')
  Promise.resolve().then(() => console.log('its promise'))
  process.nextTick(() => console.log('its tick'))
})
setImmediate(() => console.log('second'))
";

const IN_A_CALLBACK: &str = "\
setTimeout(() => {
  Promise.resolve().then(() => console.log('promise'))
  process.nextTick(() => console.log('tick'))
  console.log('timeout')
}, 0)
";

const CHAIN: &str = "\
Promise.resolve()
  .then(() => {
    console.log('one')
    process.nextTick(() => console.log('tick'))
  })
  .then(() => console.log('two'))
  .then(() => console.log('three'))
";

const STARVE: &str = "\
setImmediate(() => console.log('immediate'))
function again(left) {
  console.log(`tick ${left}`)
  if (left > 0) process.nextTick(again, left - 1)
}
process.nextTick(again, 3)
";

const STARVED: &str = "[tick 3, tick 2, tick 1, tick 0, immediate]";

const AWAIT: &str = "\
async function wait() {
  console.log('before')
  await null
  console.log('after')
}
setTimeout(() => console.log('timeout'), 0)
wait()
console.log('outside')
";

const PHASES_COMMONJS: &str = "\
const fs = require('node:fs')

fs.stat('.', () => {
  console.log('poll')
  const { port1 } = new MessageChannel()
  port1.on('close', () => console.log('close callbacks'))
  setTimeout(() => console.log('timers'), 0)
  setImmediate(() => console.log('check'))
  port1.close()
})
";

const PHASES_ESM: &str = "\
import fs from 'node:fs'

fs.stat('.', () => {
  console.log('poll')
  const { port1 } = new MessageChannel()
  port1.on('close', () => console.log('close callbacks'))
  setTimeout(() => console.log('timers'), 0)
  setImmediate(() => console.log('check'))
  port1.close()
})
";

const AFTER_IO_COMMONJS: &str = "\
const fs = require('node:fs')

fs.stat('.', () => {
  console.log('read')
  setTimeout(() => console.log('timeout'), 0)
  setImmediate(() => console.log('immediate'))
  const until = Date.now() + 5
  while (Date.now() < until);
})
";

const AFTER_IO_ESM: &str = "\
import fs from 'node:fs'

fs.stat('.', () => {
  console.log('read')
  setTimeout(() => console.log('timeout'), 0)
  setImmediate(() => console.log('immediate'))
  const until = Date.now() + 5
  while (Date.now() < until);
})
";

const RACE: &str = "\
setTimeout(() => console.log('timeout'), 0)
setImmediate(() => console.log('immediate'))
";

const NESTED: &str = "\
setImmediate(() => {
  console.log('first')
  setImmediate(() => console.log('nested'))
  setTimeout(() => console.log('timeout'), 0)
  const until = Date.now() + 5
  while (Date.now() < until);
})
setImmediate(() => console.log('second'))
";

const LATE: &str = "\
setTimeout(() => console.log('late'), 1)
console.log('asked')
const until = Date.now() + 20
while (Date.now() < until);
console.log('main ends')
";

const SAME_DELAY: &str = "\
setTimeout(() => console.log('one'), 1)
setTimeout(() => console.log('zero'), 0)
setTimeout(() => console.log('none'))
setTimeout(() => console.log('half'), 0.5)
";

const READS_COMMONJS: &str = "\
const fs = require('node:fs')

fs.readFile('a.txt', () => console.log('a'))
fs.readFile('b.txt', () => console.log('b'))
console.log('asked for both')
";

const READS_ESM: &str = "\
import fs from 'node:fs'

fs.readFile('a.txt', () => console.log('a'))
fs.readFile('b.txt', () => console.log('b'))
console.log('asked for both')
";

const WAITING: &str = "\
async function wait() {
  console.log('waiting')
  await new Promise(() => {})
  console.log('never')
}
wait()
setTimeout(() => console.log('timeout'), 0)
process.on('exit', (code) => console.log(`exit ${code}`))
";

const CLAMPED: &str = "\
const month = 30 * 24 * 60 * 60 * 1000
setTimeout(() => console.log('a month'), month)
setTimeout(() => console.log('one'), 1)
setTimeout(() => console.log('zero'), 0)
setTimeout(() => console.log('minus five'), -5)
setTimeout(() => console.log('soon'), 'soon')
";

const SLEEPING: &str = "\
const before = process.cpuUsage()
setTimeout(() => {
  const { user, system } = process.cpuUsage(before)
  console.log('300 ms are over')
  const used = (user + system) / 1000
  if (used < 100) console.log('it slept through most of them')
}, 300)
console.log('main ends')
";

const PENDING_COMMONJS: &str = "\
const net = require('node:net')

setTimeout(() => {
  setImmediate(() => console.log('immediate'))
  process.nextTick(() => console.log('tick'))
  net.connect('no.socket').on('error', (error) => console.log(error.code))
  console.log('timer')
}, 0)
";

const PENDING_ESM: &str = "\
import net from 'node:net'

setTimeout(() => {
  setImmediate(() => console.log('immediate'))
  process.nextTick(() => console.log('tick'))
  net.connect('no.socket').on('error', (error) => console.log(error.code))
  console.log('timer')
}, 0)
";

const CLOSING_COMMONJS: &str = "\
const fs = require('node:fs')
const { PassThrough } = require('node:stream')

fs.stat('.', () => {
  const { port1 } = new MessageChannel()
  port1.on('close', () => console.log('port closed'))
  port1.close()
  const stream = new PassThrough()
  stream.on('close', () => console.log('stream closed'))
  stream.destroy()
  setTimeout(() => console.log('timeout'), 0)
  setImmediate(() => console.log('immediate'))
})
";

const CLOSING_ESM: &str = "\
import fs from 'node:fs'
import { PassThrough } from 'node:stream'

fs.stat('.', () => {
  const { port1 } = new MessageChannel()
  port1.on('close', () => console.log('port closed'))
  port1.close()
  const stream = new PassThrough()
  stream.on('close', () => console.log('stream closed'))
  stream.destroy()
  setTimeout(() => console.log('timeout'), 0)
  setImmediate(() => console.log('immediate'))
})
";

const RELEASED: &str = "\
setTimeout(() => console.log('never'), 60_000).unref()
setInterval(() => console.log('nor this'), 60_000).unref()
setTimeout(() => console.log('timeout'), 5)
process.on('exit', () => console.log('exit'))
";

const LISTENERS_COMMONJS: &str = "\
const { EventEmitter } = require('node:events')

const bell = new EventEmitter()
bell.on('ring', () => {
  console.log('first')
  process.nextTick(() => console.log('tick'))
  Promise.resolve().then(() => console.log('promise'))
})
bell.on('ring', () => console.log('second'))

setImmediate(() => {
  bell.emit('ring')
  console.log('emit has returned')
})
";

const LISTENERS_ESM: &str = "\
import { EventEmitter } from 'node:events'

const bell = new EventEmitter()
bell.on('ring', () => {
  console.log('first')
  process.nextTick(() => console.log('tick'))
  Promise.resolve().then(() => console.log('promise'))
})
bell.on('ring', () => console.log('second'))

setImmediate(() => {
  bell.emit('ring')
  console.log('emit has returned')
})
";

const MISSED: &str = "\
const interval = setInterval(() => console.log('interval'), 10)
const until = Date.now() + 105
while (Date.now() < until);
setTimeout(() => {
  console.log('stop')
  clearInterval(interval)
}, 1)
";
