//! Rules of errors and of the end: who catches what, and what still runs when a process ends.
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
        id: "uncaught-ends",
        sentence: "an error that nobody catches ends the process with exit code 1: no other callback runs after it",
        text: "If an error is thrown in a callback of the loop and no `try` is around it there, Node prints it \
               on stderr and ends the process. Whatever was still waiting is lost, in both queues and in all \
               phases; only the listeners of `exit` are called, and those of `uncaughtException` if there are \
               any, which keep the process alive. Use that last one to write down what happened and to end: \
               after it nobody knows what state the program is in.",
        source: "Node.js, \"Process\", section \"Event: 'uncaughtException'\" and section \"Exit codes\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", UNCAUGHT)],
                trace: "[one, exit 1]",
                exit: 1,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", UNCAUGHT)],
                trace: "[one, exit 1]",
                exit: 1,
            },
        ],
    },
    Rule {
        id: "try-misses-callbacks",
        sentence: "`try` catches what is thrown while it runs, not what a callback throws later",
        text: "When the callback runs, the function with the `try` in it has long returned: the callback was \
               called by the loop, and so its error goes to the loop, where nobody catches it. Put the `try` \
               into the callback, or use an API that gives a promise and `await` it inside the `try`. Callbacks \
               in Node's style get their error as first argument instead: look at it, each time.",
        source: "Node.js, \"Errors\", section \"Error propagation and interception\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", TOO_LATE)],
                trace: "[asked, timeout, exit 1]",
                exit: 1,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", TOO_LATE)],
                trace: "[asked, timeout, exit 1]",
                exit: 1,
            },
        ],
    },
    Rule {
        id: "return-leaves-try",
        sentence: "`try` catches the rejection of a promise only where the promise is awaited inside it",
        text: "A rejection is thrown by `await`, at the place where that stands. `return promise` hands the \
               promise over and leaves the `try`, so its rejection reaches the caller and the `catch` beside it \
               never runs; the same is true of a promise that is only started. Inside `try`, write `return \
               await promise`. It costs nothing: it never takes more promise jobs than `return promise`.",
        source: "ECMAScript, section 27.7.5.3 \"Await\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", LEAVING)],
                trace: "[caught outside, caught inside]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", LEAVING)],
                trace: "[caught outside, caught inside]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "rejection-after-drain",
        sentence: "a rejection counts as unhandled if it has no handler when both queues have become empty",
        text: "Node does not judge at once. A promise may be rejected first and get its `catch` afterwards, as \
               long as that happens before the loop goes on: in the same callback, or in a tick or a promise \
               job that follows it. Once both queues are empty, a rejection without a handler is reported as \
               `unhandledRejection`; without a listener for that, it is an uncaught error and ends the process \
               with exit code 1. A handler that is added in a later callback comes too late. So start a promise \
               and wait for another one first, and an error of the first may end your program although you were \
               going to await it.",
        source: "Node.js, \"Process\", section \"Event: 'unhandledRejection'\"; `--unhandled-rejections`",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", REJECTED)],
                trace: "[\"early: caught\", \"unhandled: late\", \"late: caught\"]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", REJECTED)],
                trace: "[\"early: caught\", \"unhandled: late\", \"late: caught\"]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "exit-is-now",
        sentence: "`process.exit()` ends the process where it is called: nothing that waits gets its turn",
        text: "No tick, no promise job, no timeout and no `finally` block runs after `process.exit()`, and \
               `beforeExit` is not emitted. Only the listeners of `exit` are called, and they can do nothing \
               that takes time. What was written to a pipe but has not left the process is lost. To end in good \
               order, set `process.exitCode` and stop what keeps the loop going.",
        source: "Node.js, \"Process\", section \"`process.exit([code])`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", EXIT)],
                trace: "[main, exit 3]",
                exit: 3,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", EXIT)],
                trace: "[main, exit 3]",
                exit: 3,
            },
        ],
    },
    Rule {
        id: "before-exit-revives",
        sentence: "`beforeExit` is emitted when nothing is left; if it starts something, the loop goes on and \
                   it is emitted again",
        text: "When the loop has nothing more to wait for, Node emits `beforeExit`. A listener may start \
               something there, a timeout or a write, and then the loop runs on and the event comes again at \
               its next end: a listener that always starts something never lets the program end. If nothing was \
               started, `exit` follows, whose listeners can start nothing any more. Neither `process.exit()` \
               nor an uncaught error emits `beforeExit`.",
        source: "Node.js, \"Process\", section \"Event: 'beforeExit'\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", REVIVED)],
                trace: "[before exit, one more thing, before exit, exit]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", REVIVED)],
                trace: "[before exit, one more thing, before exit, exit]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "unsettled-await",
        sentence: "an ES module that still awaits when nothing is left ends with exit code 13, and the rest of \
                   it never runs",
        text: "A promise holds nothing. If the loop has nothing left while a top-level `await` still waits, \
               nobody can settle that promise any more, and Node ends the program with exit code 13; from Node \
               22 on it also warns on stderr and shows the line. The usual cause is a promise whose `resolve` \
               is never called, or a stream that never says `end`. In an async function that is awaited by \
               nobody the same mistake goes unnoticed: exit code 0.",
        source: "Node.js, \"Process\", section \"Exit codes\": 13, unsettled top-level await",
        node: PROVEN,
        shown: &[Shown {
            module: Esm,
            files: &[("main.mjs", UNSETTLED)],
            trace: "[before, timeout, exit]",
            exit: 13,
        }],
    },
];

const UNCAUGHT: &str = "\
process.on('exit', (code) => console.log(`exit ${code}`))
setTimeout(() => {
  process.nextTick(() => console.log('never'))
  console.log('one')
  throw new Error('nobody catches me')
}, 0)
setTimeout(() => console.log('two'), 0)
";

const TOO_LATE: &str = "\
process.on('exit', (code) => console.log(`exit ${code}`))
try {
  setTimeout(() => {
    console.log('timeout')
    throw new Error('too late')
  }, 0)
  console.log('asked')
} catch {
  console.log('caught')
}
";

const LEAVING: &str = "\
const broken = () => Promise.reject(new Error('broken'))

async function hands() {
  try {
    return broken()
  } catch {
    console.log('caught inside')
  }
}
async function waits() {
  try {
    return await broken()
  } catch {
    console.log('caught inside')
  }
}

async function main() {
  await hands().catch(() => console.log('caught outside'))
  await waits().catch(() => console.log('caught outside'))
}
main()
";

const REJECTED: &str = "\
process.on('unhandledRejection', (error) => console.log(`unhandled: ${error.message}`))
const early = Promise.reject(new Error('early'))
const late = Promise.reject(new Error('late'))

process.nextTick(() => {
  queueMicrotask(() => early.catch(() => console.log('early: caught')))
})
setImmediate(() => late.catch(() => console.log('late: caught')))
";

const EXIT: &str = "\
process.on('exit', (code) => console.log(`exit ${code}`))
process.on('beforeExit', () => console.log('before exit'))
process.nextTick(() => console.log('tick'))
Promise.resolve().then(() => console.log('promise'))
try {
  console.log('main')
  process.exit(3)
} finally {
  console.log('finally')
}
";

const REVIVED: &str = "\
let left = 1
process.on('beforeExit', () => {
  console.log('before exit')
  if (left > 0) setImmediate(() => console.log('one more thing'))
  left -= 1
})
process.on('exit', () => {
  console.log('exit')
  setImmediate(() => console.log('never'))
})
";

const UNSETTLED: &str = "\
process.on('exit', () => console.log('exit'))
setTimeout(() => console.log('timeout'), 0)
console.log('before')
await new Promise(() => {})
console.log('after')
";
