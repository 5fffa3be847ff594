//! Rules of promises: when their callbacks run, what becomes of errors, and how several are combined.
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
        id: "executor-runs-now",
        sentence: "the function given to `new Promise` runs at once, before `new Promise` returns",
        text: "`new Promise(f)` calls `f` on the spot, with the two functions `resolve` and `reject`. Nothing \
               in it is put off by the promise: a long computation in `f` blocks as it would anywhere else. \
               Only the callbacks of `then`, `catch` and `finally` run later, as promise jobs, and they do so \
               even if the promise was settled long before they were added.",
        source: "ECMAScript, section 27.2.3.1 \"Promise ( executor )\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", EXECUTOR)],
                trace: "[before, executor, main ends, then]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", EXECUTOR)],
                trace: "[before, executor, main ends, then]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "async-until-await",
        sentence: "an async function runs like any other up to its first `await`; there its caller goes on",
        text: "Calling an async function starts it at once. It runs until it meets an `await`, or to its end \
               if there is none; then its caller gets a promise and goes on. So `async` alone makes nothing run \
               later and nothing run in another thread. What it changes is the result: always a promise, \
               fulfilled with what the function returns, or rejected with what it throws. Such an error is \
               never thrown at the caller, not even if it comes before the first `await`.",
        source: "ECMAScript, section 27.7.5.1 \"AsyncFunctionStart\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", STARTED)],
                trace: "[before, work begins, main goes on, work ends, done]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", STARTED)],
                trace: "[before, work begins, main goes on, work ends, done]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "then-one-hop",
        sentence: "each `then` is a promise job of its own, asked for when the one before it has ended",
        text: "The callback of the first `then` is put into the microtask queue as soon as the promise is \
               settled; that of the second when the first has returned, and so on. So a chain comes forward one \
               job at a time. Two chains that begin together take turns, and three `then` callbacks are three \
               jobs, between which other jobs run. What is given to `then` must be a function: `then(log())` \
               calls `log` at once, and the value just passes through.",
        source: "ECMAScript, section 27.2.2.1 \"NewPromiseReactionJob\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", TWO_CHAINS)],
                trace: "[a1, b1, a2, b2, a3, b3]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", TWO_CHAINS)],
                trace: "[a1, b1, a2, b2, a3, b3]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "adopting-takes-jobs",
        sentence: "a fulfilled promise that is returned, from a `then` or an async function, arrives two jobs \
                   later than a value",
        text: "A promise cannot be fulfilled with another promise: it takes over what becomes of it. To do so \
               it calls the other one's `then`, which is a job, and the callback of that `then` is another. \
               `await promise` does without the first, if it is one of JavaScript's own promises, so `return \
               await promise` is one job faster than `return promise` where the promise is settled already. \
               Where it still waits for something the two take equally long. Never build on such counts, \
               though: if one thing must come after another, await it.",
        source: "ECMAScript, sections 27.2.1.3.2 \"Promise Resolve Functions\" and 27.2.2.2 \
                 \"NewPromiseResolveThenableJob\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", RETURNED)],
                trace: "[return value, return await ready, return ready]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", RETURNED)],
                trace: "[return value, return await ready, return ready]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "settled-once",
        sentence: "only the first `resolve` or `reject` counts, and it does not end the function that calls it",
        text: "A promise is settled once and for all. Every later `resolve` or `reject`, and an error thrown \
               afterwards in the executor, is ignored without a word. Both are ordinary functions: the code \
               behind a call goes on, so write `return resolve(value)` where it should not.",
        source: "ECMAScript, section 27.2.1.3 \"CreateResolvingFunctions\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", SETTLED)],
                trace: "[the executor goes on, first]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", SETTLED)],
                trace: "[the executor goes on, first]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "rejection-skips",
        sentence: "a rejection passes over every `then` to the next `catch`, and behind that the chain goes on \
                   as usual",
        text: "An error in a chain of promises, thrown or rejected, skips the callbacks of `then` until a \
               `catch` (or the second callback of a `then`) takes it. What that returns is an ordinary value \
               again, and the next `then` gets it. To keep the chain rejected, throw in the `catch`. Each \
               skipped `then` still costs its promise job.",
        source: "ECMAScript, sections 27.2.5.1 \"Promise.prototype.catch\" and 27.2.5.4 \"Promise.prototype.then\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", SKIPPED)],
                trace: "[no bread, cake]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", SKIPPED)],
                trace: "[no bread, cake]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "finally-passes-on",
        sentence: "`finally` is told nothing and passes on what came, unless it throws itself",
        text: "The callback of `finally` runs whether the promise was fulfilled or rejected, and gets no \
               argument, so it cannot tell which. What it returns is thrown away: the next in the chain gets \
               the value or the error that came in. Two things do have an effect: if it returns a promise, the \
               chain waits for that, and if it throws, the chain goes on with its error.",
        source: "ECMAScript, section 27.2.5.3 \"Promise.prototype.finally\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", FINALLY)],
                trace: "[told 0 things, bread]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", FINALLY)],
                trace: "[told 0 things, bread]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "all-keeps-input-order",
        sentence: "`Promise.all` gives its results in the order of its input, whichever was ready first",
        text: "`Promise.all` takes a list of promises that are under way already and waits for all of them. \
               Its array of results has the order of the list, so the first result belongs to the first \
               promise, even if that was the last to be ready. The same is true of `Promise.allSettled`. It \
               starts nothing itself: what runs at the same time was started by whoever made the promises.",
        source: "ECMAScript, section 27.2.4.1 \"Promise.all\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", ALL_IN_ORDER)],
                trace: "[fast is ready, slow is ready, \"slow, fast\"]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", ALL_IN_ORDER)],
                trace: "[fast is ready, slow is ready, \"slow, fast\"]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "all-stops-nothing",
        sentence: "`Promise.all` is rejected by the first rejection, and what else was started goes on",
        text: "As soon as one of its promises is rejected, `Promise.all` is rejected with that error and the \
               other results are lost. But a promise cannot be stopped: the reads, timeouts and requests behind \
               the others run to their end, and their later rejections are ignored (they count as handled). Use \
               `Promise.allSettled` to get every result and every error. To really stop work, hand an \
               `AbortSignal` to it.",
        source: "ECMAScript, section 27.2.4.1 \"Promise.all\"; Node.js, \"Global objects\", class `AbortController`",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", ALL_GO_ON)],
                trace: "[broken, the other one ends]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", ALL_GO_ON)],
                trace: "[broken, the other one ends]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "first-to-settle",
        sentence: "`Promise.race` takes the first promise that settles, `Promise.any` the first that is fulfilled",
        text: "`Promise.race` does as the first of its promises does, be that a value or an error. \
               `Promise.any` passes over rejections and takes the first value; only if all are rejected is it \
               rejected itself, with an `AggregateError` whose `errors` holds them all. Of an empty list, \
               `race` waits for ever and `any` is rejected. Neither stops the losers: they run on, and only \
               nobody hears of them.",
        source: "ECMAScript, sections 27.2.4.3 \"Promise.any\" and 27.2.4.5 \"Promise.race\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", FIRST)],
                trace: "[\"race: broken\", \"any: slow\"]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", FIRST)],
                trace: "[\"race: broken\", \"any: slow\"]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "await-in-loop",
        sentence: "a loop that awaits in its body starts the next piece of work only when the one before it is done",
        text: "`await` in a `for` loop stops the loop, so the pieces of work follow one another. That is right \
               where each needs the one before it, and a waste where they do not: `await \
               Promise.all(items.map(work))` starts them all, then waits for all. `forEach` is neither: it \
               throws away the promises it gets and returns at once, so nobody waits and nobody catches. If \
               there may be thousands, start a few and the next whenever one is done.",
        source: "ECMAScript, section 27.7.5.3 \"Await\"; section 23.1.3.15 \"Array.prototype.forEach\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", IN_LOOPS)],
                trace: "[a begins, a ends, b begins, b ends, c begins, d begins, c ends, d ends]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", IN_LOOPS)],
                trace: "[a begins, a ends, b begins, b ends, c begins, d begins, c ends, d ends]",
                exit: 0,
            },
        ],
    },
];

const EXECUTOR: &str = "\
console.log('before')
const promise = new Promise((resolve) => {
  console.log('executor')
  resolve()
})
promise.then(() => console.log('then'))
console.log('main ends')
";

const STARTED: &str = "\
async function work() {
  console.log('work begins')
  await null
  console.log('work ends')
}

console.log('before')
const promise = work()
console.log('main goes on')
promise.then(() => console.log('done'))
";

const TWO_CHAINS: &str = "\
const ready = Promise.resolve()
ready
  .then(() => console.log('a1'))
  .then(() => console.log('a2'))
  .then(() => console.log('a3'))
ready
  .then(() => console.log('b1'))
  .then(() => console.log('b2'))
  .then(() => console.log('b3'))
";

const RETURNED: &str = "\
const ready = Promise.resolve()
async function returnsPromise() {
  return ready
}
async function returnsAwaited() {
  return await ready
}
async function returnsValue() {
  return 'value'
}

returnsPromise().then(() => console.log('return ready'))
returnsAwaited().then(() => console.log('return await ready'))
returnsValue().then(() => console.log('return value'))
";

const SETTLED: &str = "\
const promise = new Promise((resolve, reject) => {
  resolve('first')
  reject(new Error('second'))
  console.log('the executor goes on')
  resolve('third')
})
promise.then(
  (value) => console.log(value),
  (error) => console.log(error.message),
)
";

const SKIPPED: &str = "\
Promise.reject(new Error('no bread'))
  .then(() => console.log('skipped'))
  .catch((error) => {
    console.log(error.message)
    return 'cake'
  })
  .then((value) => console.log(value))
";

const FINALLY: &str = "\
Promise.resolve('bread')
  .finally((...told) => {
    console.log(`told ${told.length} things`)
    return 'cake'
  })
  .then((value) => console.log(value))
";

const ALL_IN_ORDER: &str = "\
let finish
const slow = new Promise((resolve) => {
  finish = resolve
})
const fast = Promise.resolve('fast')

slow.then(() => console.log('slow is ready'))
fast.then(() => {
  console.log('fast is ready')
  finish('slow')
})
Promise.all([slow, fast]).then((values) => console.log(values.join(', ')))
";

const ALL_GO_ON: &str = "\
const broken = Promise.reject(new Error('broken'))
const other = new Promise((resolve) => {
  setImmediate(() => {
    console.log('the other one ends')
    resolve()
  })
})
Promise.all([broken, other]).catch((error) => console.log(error.message))
";

const FIRST: &str = "\
const broken = () => Promise.reject(new Error('broken'))
const slow = () => new Promise((resolve) => setImmediate(resolve, 'slow'))

Promise.race([slow(), broken()]).catch((error) => console.log(`race: ${error.message}`))
Promise.any([slow(), broken()]).then((value) => console.log(`any: ${value}`))
";

const IN_LOOPS: &str = "\
async function work(name) {
  console.log(`${name} begins`)
  await null
  console.log(`${name} ends`)
}

async function main() {
  for (const name of ['a', 'b']) await work(name)
  await Promise.all(['c', 'd'].map(work))
}
main()
";
