//! Rules of blocking the loop, of cutting long work into pieces, and of worker threads.
//!
//! To add a rule, add an entry to [`RULES`]: its programs print the same on every Node it is for, however loaded the
//! machine is, or their trace says what may differ. So where two threads meet, the program itself makes one wait for
//! the other. This file does not know who refers to a rule.

use super::{Rule, Shown};
use crate::program::ModuleSystem::{CommonJs, Esm};
use crate::program::Range;

/// The lines of Node that these rules were tried on, and the later ones.
const PROVEN: Range = Range { from: 18, to: None };

/// The rules of this topic.
pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "async-is-no-thread",
        sentence: "`async` starts no thread: what an async function computes holds up the loop as any other code does",
        text: "The word `async` changes what a function returns, not where it runs. Its code runs in the one thread of \
               your JavaScript, and a loop in it that counts for two seconds stops every timeout and every request for \
               two seconds. `await` gives way only to what is *waited for*: a read, a timeout, a worker's answer. To \
               compute without holding up others, use a worker, or cut the work into pieces with `setImmediate`.",
        source: "Node.js, guide \"Don't Block the Event Loop (or the Worker Pool)\"; ECMAScript, section 27.7 \"Async \
                 Function Objects\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", ASYNC)],
                trace: "[count, counted, main, then, request]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", ASYNC)],
                trace: "[count, counted, main, then, request]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "microtasks-starve",
        sentence: "no request and no timeout comes in between promise jobs, so `await null` cuts no work into pieces",
        text: "`await` of a value, or of a promise that is already fulfilled, comes back through the microtask queue, and \
               that queue is emptied whole before the loop goes on. A long job with `await null` between its pieces holds \
               everybody up just as long as without. The same is true of `queueMicrotask`, of `process.nextTick` and of \
               chains of `then`. Only what makes the loop go round gives others a turn: `setImmediate`, a timeout, a read.",
        source: "Node.js, guide \"Don't Block the Event Loop (or the Worker Pool)\"; `process.nextTick()`; `queueMicrotask()`",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", AWAITS)],
                trace: "[piece 1, piece 2, piece 3, done, request]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", AWAITS)],
                trace: "[piece 1, piece 2, piece 3, done, request]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "slice-with-immediate",
        sentence: "a job whose pieces ask for each other with `setImmediate` gives others a turn between two pieces",
        text: "An immediate that is asked for in an immediate waits for the next turn of the loop. So a job that does a \
               piece, asks for its next piece with `setImmediate` and returns lets timeouts, reads and requests in between; \
               what asks from the poll phase, as a handler of a request does, has its next piece before those that come \
               later. \
               The job takes no less time, and each *piece* still holds everybody up, so keep pieces short. \
               `await setImmediate()` with the function from `node:timers/promises` does the same inside a loop. Mind that \
               pieces which are all asked for at once run all in one turn.",
        source: "Node.js, guide \"Don't Block the Event Loop (or the Worker Pool)\", section \"Partitioning\"; \"Timers\", \
                 section \"`setImmediate(callback[, ...args])`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", SLICES)],
                trace: "[piece 1, request 1, piece 2, request 2, piece 3, request 3]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", SLICES)],
                trace: "[piece 1, request 1, piece 2, request 2, piece 3, request 3]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "worker-own-loop",
        sentence: "a worker runs in a thread of its own, with its own event loop, and the main thread goes on meanwhile",
        text: "`new Worker(file)` returns at once; the file starts to run a little later, in another thread. There it has an \
               event loop of its own, its own global variables and its own copies of the modules it loads: a counter in a \
               module counts apart in each thread. Whatever the worker computes, the main thread's timeouts and requests \
               are not held up. It is still one process, with one process id, one working directory and one standard output. \
               Starting a worker costs about as much as starting a small program, so let a few of them do one job after \
               the other.",
        source: "Node.js, \"Worker threads\", section \"Class: `Worker`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", GATE_COMMONJS), ("worker.cjs", GATED_COMMONJS)],
                trace: "[the main thread goes on, the worker is done]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", GATE_ESM), ("worker.mjs", GATED_ESM)],
                trace: "[the main thread goes on, the worker is done]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "message-is-copy",
        sentence: "a message is copied at the moment it is posted, so what either side changes later the other does not see",
        text: "Threads do not share objects. `postMessage` makes a copy (a *structured clone*) before it returns, and the \
               other side gets an object of its own. The copy keeps arrays, plain objects, dates, maps, sets and even \
               cycles: what stands twice in a message is one object there too, but each message has copies of its own. An \
               instance of a class arrives as a plain object without its methods, a `Buffer` as a `Uint8Array`. \
               A function, a symbol or a promise cannot be copied: then `postMessage` throws a `DataCloneError`, in the \
               sender. `workerData` is copied in the same way.",
        source: "Node.js, \"Worker threads\", section \"`port.postMessage(value[, transferList])`\"; HTML, \"Safe passing of \
                 structured data\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", COPY)],
                trace: "[posted with 2, came with 1]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", COPY)],
                trace: "[posted with 2, came with 1]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "messages-in-order",
        sentence: "messages from one sender arrive one by one, in the order in which they were posted",
        text: "What is posted to a worker before it has started is kept until it listens with `parentPort.on('message', …)`. \
               Main should add its listener right after `new Worker`: a message that comes while nobody there listens is \
               lost. What a worker has posted arrives before its `exit` event, even if it calls `process.exit()` right \
               after. Between *two* workers there is no order, whatever was started first. And do not count on promise \
               jobs between two messages: when the worker ends, what is left is handed over in one go.",
        source: "Node.js, \"Worker threads\", sections \"Class: `MessagePort`\" and \"Event: 'exit'\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[
                    ("main.cjs", ANSWERS_COMMONJS),
                    ("worker.cjs", ANSWERING_COMMONJS),
                ],
                trace: "[posted, answer to one, answer to two, exit]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", ANSWERS_ESM), ("worker.mjs", ANSWERING_ESM)],
                trace: "[posted, answer to one, answer to two, exit]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "listener-keeps-alive",
        sentence: "a `message` listener keeps its thread alive: a worker ends only when its port is closed or it listens no more",
        text: "A worker that listens with `parentPort.on('message', …)` waits for the next message, for ever, and as long as \
               it lives the whole program does not end. So somebody must say that it is over: the worker by \
               `parentPort.close()`, by listening with `once`, or by `process.exit()`, which ends only the worker; or the \
               main thread by `worker.terminate()`, which stops it wherever it is and makes its exit code 1. The two ports \
               of a `MessageChannel` are the same: close one of them.",
        source: "Node.js, \"Worker threads\", sections \"`port.ref()`\", \"`port.close()`\" and \"`worker.terminate()`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[
                    ("main.cjs", ALIVE_COMMONJS),
                    ("worker.cjs", LISTENING_COMMONJS),
                ],
                trace: "[42, the worker still listens, the worker ends with 0]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", ALIVE_ESM), ("worker.mjs", LISTENING_ESM)],
                trace: "[42, the worker still listens, the worker ends with 0]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "transfer-empties",
        sentence: "what is transferred moves to the other side without a copy, and the sender's is empty at once",
        text: "The second argument of `postMessage` lists what is to be *moved*: the memory of an `ArrayBuffer`, a port. \
               Nothing is copied, however large it is, and as soon as `postMessage` has returned, the sender's typed array \
               has length 0. Transfer when you need the data no more; copy when you do. On Node 22 and later, transferring \
               the same buffer twice throws a `DataCloneError`; before that it sends an empty one without a word.",
        source: "Node.js, \"Worker threads\", section \"Considerations when transferring TypedArrays and Buffers\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", TRANSFER)],
                trace: "[0 bytes are left, 3 bytes came]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", TRANSFER)],
                trace: "[0 bytes are left, 3 bytes came]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "shared-memory",
        sentence: "a SharedArrayBuffer is one memory for all threads: what one of them writes, the others read",
        text: "A `SharedArrayBuffer` is the exception to the copying: posted or put into `workerData`, it is the same memory \
               on both sides. There is no order between threads unless you make one, and `cell[0] += 1` is a read and a \
               write between which another thread may write, so that counts get lost. `Atomics.add` does both in one; \
               `Atomics.wait` stands still until another thread calls `Atomics.notify`. In the main thread that wait \
               blocks the loop.",
        source: "ECMAScript, section 25.4 \"The Atomics Object\"; Node.js, \"Worker threads\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[
                    ("main.cjs", SHARED_COMMONJS),
                    ("worker.cjs", SHARING_COMMONJS),
                ],
                trace: "\"plain 0, shared 2000\"",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", SHARED_ESM), ("worker.mjs", SHARING_ESM)],
                trace: "\"plain 0, shared 2000\"",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "worker-error-event",
        sentence: "an uncaught error ends the worker and reaches the main thread as an `error` event, with `exit` after it",
        text: "A throw that nobody catches in a worker, and a rejection that nobody handles, end that worker alone. On the \
               main thread's `Worker` object comes `error`, then `exit` with code 1. The error is a copy: its message and \
               stack arrive, a class of your own does not. Without an `error` listener it is thrown in the main thread and \
               ends the program with code 1. There is *no* order between `error` and a message that the worker posted just \
               before: either may come first. `process.exit(n)` in a worker ends only the worker, without `error`.",
        source: "Node.js, \"Worker threads\", sections \"Event: 'error'\" and \"Event: 'exit'\"; \"Events\", section \"Error \
                 events\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", ERROR_COMMONJS), ("worker.cjs", BROKEN)],
                trace: "[\"error: no such job\", the worker ends with 1, the program ends with 0]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", ERROR_ESM), ("worker.mjs", BROKEN)],
                trace: "[\"error: no such job\", the worker ends with 1, the program ends with 0]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "worker-prints-late",
        sentence: "what a worker prints goes through the main thread, so it appears only when that thread has a turn to spare",
        text: "`console.log` in a worker sends its text to the main thread, which prints it when its loop comes to it. A main \
               thread that is busy, or stands still in `Atomics.wait`, prints nothing of its workers meanwhile. Therefore \
               the lines on the screen do not show who was first: between a worker's line and one of the main thread, or of \
               another worker, or even a message of the same worker, there is no sure order. To show an order, send \
               messages and let the main thread print.",
        source: "Node.js, \"Worker threads\", section \"Synchronous blocking of stdio\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[
                    ("main.cjs", PRINTS_COMMONJS),
                    ("worker.cjs", PRINTING_COMMONJS),
                ],
                trace: "[main, worker]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", PRINTS_ESM), ("worker.mjs", PRINTING_ESM)],
                trace: "[main, worker]",
                exit: 0,
            },
        ],
    },
];

const ASYNC: &str = "\
async function count() {
  console.log('count')
  for (let n = 0; n < 1e6; n += 1);
  console.log('counted')
}

setImmediate(() => console.log('request'))
count().then(() => console.log('then'))
console.log('main')
";

const AWAITS: &str = "\
async function job() {
  for (let piece = 1; piece <= 3; piece += 1) {
    console.log(`piece ${piece}`)
    await null
  }
  console.log('done')
}

setImmediate(() => console.log('request'))
job()
";

const SLICES: &str = "\
function job(piece) {
  console.log(`piece ${piece}`)
  if (piece < 3) setImmediate(job, piece + 1)
}

function requests(n) {
  console.log(`request ${n}`)
  if (n < 3) setImmediate(requests, n + 1)
}

setImmediate(job, 1)
setImmediate(requests, 1)
";

const GATE_COMMONJS: &str = "\
const { Worker } = require('node:worker_threads')

const gate = new Int32Array(new SharedArrayBuffer(4))
const worker = new Worker('./worker.cjs', { workerData: gate })
worker.on('message', (text) => console.log(text))
setTimeout(() => {
  console.log('the main thread goes on')
  Atomics.store(gate, 0, 1)
  Atomics.notify(gate, 0)
}, 0)
";

const GATED_COMMONJS: &str = "\
const { parentPort, workerData: gate } = require('node:worker_threads')

Atomics.wait(gate, 0, 0) // stands still until the gate is opened
parentPort.postMessage('the worker is done')
";

const GATE_ESM: &str = "\
import { Worker } from 'node:worker_threads'

const gate = new Int32Array(new SharedArrayBuffer(4))
const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: gate })
worker.on('message', (text) => console.log(text))
setTimeout(() => {
  console.log('the main thread goes on')
  Atomics.store(gate, 0, 1)
  Atomics.notify(gate, 0)
}, 0)
";

const GATED_ESM: &str = "\
import { parentPort, workerData as gate } from 'node:worker_threads'

Atomics.wait(gate, 0, 0) // stands still until the gate is opened
parentPort.postMessage('the worker is done')
";

const COPY: &str = "\
const { port1, port2 } = new MessageChannel()

port2.on('message', (order) => {
  console.log(`came with ${order.pieces}`)
  port2.close()
})

const order = { pieces: 1 }
port1.postMessage(order)
order.pieces = 2
console.log(`posted with ${order.pieces}`)
";

const ANSWERS_COMMONJS: &str = "\
const { Worker } = require('node:worker_threads')

const worker = new Worker('./worker.cjs')
worker.on('message', (answer) => console.log(answer))
worker.on('exit', () => console.log('exit'))
worker.postMessage('one')
worker.postMessage('two')
worker.postMessage('end')
console.log('posted')
";

const ANSWERING_COMMONJS: &str = "\
const { parentPort } = require('node:worker_threads')

parentPort.on('message', (text) => {
  if (text === 'end') parentPort.close()
  else parentPort.postMessage(`answer to ${text}`)
})
";

const ANSWERS_ESM: &str = "\
import { Worker } from 'node:worker_threads'

const worker = new Worker(new URL('./worker.mjs', import.meta.url))
worker.on('message', (answer) => console.log(answer))
worker.on('exit', () => console.log('exit'))
worker.postMessage('one')
worker.postMessage('two')
worker.postMessage('end')
console.log('posted')
";

const ANSWERING_ESM: &str = "\
import { parentPort } from 'node:worker_threads'

parentPort.on('message', (text) => {
  if (text === 'end') parentPort.close()
  else parentPort.postMessage(`answer to ${text}`)
})
";

const ALIVE_COMMONJS: &str = "\
const { Worker } = require('node:worker_threads')

const worker = new Worker('./worker.cjs')
worker.on('exit', (code) => console.log(`the worker ends with ${code}`))
worker.on('message', (answer) => {
  console.log(answer)
  setTimeout(() => {
    console.log('the worker still listens')
    worker.postMessage('end')
  }, 20)
})
worker.postMessage(21)
";

const LISTENING_COMMONJS: &str = "\
const { parentPort } = require('node:worker_threads')

parentPort.on('message', (message) => {
  if (message === 'end') parentPort.close()
  else parentPort.postMessage(message * 2)
})
";

const ALIVE_ESM: &str = "\
import { Worker } from 'node:worker_threads'

const worker = new Worker(new URL('./worker.mjs', import.meta.url))
worker.on('exit', (code) => console.log(`the worker ends with ${code}`))
worker.on('message', (answer) => {
  console.log(answer)
  setTimeout(() => {
    console.log('the worker still listens')
    worker.postMessage('end')
  }, 20)
})
worker.postMessage(21)
";

const LISTENING_ESM: &str = "\
import { parentPort } from 'node:worker_threads'

parentPort.on('message', (message) => {
  if (message === 'end') parentPort.close()
  else parentPort.postMessage(message * 2)
})
";

const TRANSFER: &str = "\
const { port1, port2 } = new MessageChannel()

port2.on('message', (bytes) => {
  console.log(`${bytes.length} bytes came`)
  port2.close()
})

const bytes = new Uint8Array([1, 2, 3])
port1.postMessage(bytes, [bytes.buffer])
console.log(`${bytes.length} bytes are left`)
";

const SHARED_COMMONJS: &str = "\
const { Worker } = require('node:worker_threads')

const plain = new Int32Array(1)
const shared = new Int32Array(new SharedArrayBuffer(4))
let running = 2

function ended() {
  running -= 1
  if (running === 0) console.log(`plain ${plain[0]}, shared ${shared[0]}`)
}

for (const workerData of [{ plain, shared }, { plain, shared }]) {
  new Worker('./worker.cjs', { workerData }).on('exit', ended)
}
";

const SHARING_COMMONJS: &str = "\
const { workerData } = require('node:worker_threads')

for (let n = 0; n < 1000; n += 1) {
  Atomics.add(workerData.plain, 0, 1)
  Atomics.add(workerData.shared, 0, 1)
}
";

const SHARED_ESM: &str = "\
import { Worker } from 'node:worker_threads'

const plain = new Int32Array(1)
const shared = new Int32Array(new SharedArrayBuffer(4))
let running = 2

function ended() {
  running -= 1
  if (running === 0) console.log(`plain ${plain[0]}, shared ${shared[0]}`)
}

for (const workerData of [{ plain, shared }, { plain, shared }]) {
  new Worker(new URL('./worker.mjs', import.meta.url), { workerData }).on('exit', ended)
}
";

const SHARING_ESM: &str = "\
import { workerData } from 'node:worker_threads'

for (let n = 0; n < 1000; n += 1) {
  Atomics.add(workerData.plain, 0, 1)
  Atomics.add(workerData.shared, 0, 1)
}
";

const ERROR_COMMONJS: &str = "\
const { Worker } = require('node:worker_threads')

const worker = new Worker('./worker.cjs')
worker.on('error', (error) => console.log(`error: ${error.message}`))
worker.on('exit', (code) => console.log(`the worker ends with ${code}`))
process.on('exit', (code) => console.log(`the program ends with ${code}`))
";

const ERROR_ESM: &str = "\
import { Worker } from 'node:worker_threads'

const worker = new Worker(new URL('./worker.mjs', import.meta.url))
worker.on('error', (error) => console.log(`error: ${error.message}`))
worker.on('exit', (code) => console.log(`the worker ends with ${code}`))
process.on('exit', (code) => console.log(`the program ends with ${code}`))
";

const BROKEN: &str = "\
throw new Error('no such job')
";

const PRINTS_COMMONJS: &str = "\
const { Worker } = require('node:worker_threads')

const printed = new Int32Array(new SharedArrayBuffer(4))
new Worker('./worker.cjs', { workerData: printed })
Atomics.wait(printed, 0, 0) // stands still until the worker has printed
console.log('main')
";

const PRINTING_COMMONJS: &str = "\
const { workerData: printed } = require('node:worker_threads')

console.log('worker')
Atomics.store(printed, 0, 1)
Atomics.notify(printed, 0)
";

const PRINTS_ESM: &str = "\
import { Worker } from 'node:worker_threads'

const printed = new Int32Array(new SharedArrayBuffer(4))
new Worker(new URL('./worker.mjs', import.meta.url), { workerData: printed })
Atomics.wait(printed, 0, 0) // stands still until the worker has printed
console.log('main')
";

const PRINTING_ESM: &str = "\
import { workerData as printed } from 'node:worker_threads'

console.log('worker')
Atomics.store(printed, 0, 1)
Atomics.notify(printed, 0)
";
