//! Rules of streams, of backpressure, and of files.
//!
//! To add a rule, add an entry to [`RULES`]: its programs print the same on every Node it is for, however loaded the
//! machine is, or their trace says what may differ. Streams of the programs' own stand for slow files and clients, since
//! the default marks are not the same on every Node. This file does not know who refers to a rule.

use super::{Rule, Shown};
use crate::program::ModuleSystem::{CommonJs, Esm};
use crate::program::Range;

/// The lines of Node that these rules were tried on, and the later ones.
const PROVEN: Range = Range { from: 18, to: None };

/// The rules of this topic.
pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "chunks-cut-anywhere",
        sentence: "a chunk ends where the buffer was full, in the middle of a line or even of a character",
        text: "A stream of bytes knows nothing of lines. A file comes in chunks of 64 KiB, a socket in whatever the \
               network brought, and the border falls anywhere: keep the unfinished rest of a chunk and put the next \
               chunk behind it. At the end that rest is the last line, if the file does not end with a newline. A \
               letter such as `ö` has two bytes, and a chunk may end between them, so `chunk.toString()` is right \
               only by luck. With `encoding: 'utf8'`, `setEncoding('utf8')` or a `TextDecoder` with `stream: true` \
               the bytes of an unfinished character wait for the next chunk. An empty file gives no chunk at all.",
        source: "Node.js, \"Stream\", section \"`readable.setEncoding(encoding)`\"; \"File system\", section \
                 \"`fs.createReadStream(path[, options])`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", CHUNKS_COMMONJS), ("town.txt", "Köln")],
                trace: "[\"each chunk for itself: broken\", \"with an encoding: whole\"]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", CHUNKS_ESM), ("town.txt", "Köln")],
                trace: "[\"each chunk for itself: broken\", \"with an encoding: whole\"]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "data-flows-on",
        sentence: "a `data` listener is called for chunk after chunk: the stream does not wait for what the listener \
                   awaits",
        text: "With a `data` listener a stream *flows*: it hands over every chunk as soon as it is there. If the \
               listener is an async function, the stream calls it, gets a promise, throws it away and goes on with \
               the next chunk. So the work on many chunks goes on at once, `end` may come before the first is done, \
               and an error in it is an unhandled rejection. To take one after the other, use `for await`, or \
               `pause()` before and `resume()` after the work.",
        source: "Node.js, \"Stream\", sections \"Event: 'data'\" and \"Two reading modes\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", FLOWS_COMMONJS)],
                trace: "[begin a, begin b, end a, end b]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", FLOWS_ESM)],
                trace: "[begin a, begin b, end a, end b]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "for-await-one-by-one",
        sentence: "`for await` takes the next chunk only when its body has ended, with all that the body awaits",
        text: "`for await (const chunk of stream)` reads a chunk, runs the body, waits for what the body awaits, and \
               only then asks for the next one. Meanwhile the stream fills its buffer and then stops reading: that \
               is backpressure, for nothing. An error of the stream is thrown by the loop, so `try` and `catch` see \
               it; leaving the loop with `break`, `return` or an error destroys the stream. That the stream has \
               *ended* may show before the body has done its last chunk.",
        source: "Node.js, \"Stream\", section \"`readable[Symbol.asyncIterator]()`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", FOR_AWAIT_COMMONJS)],
                trace: "[begin a, end a, begin b, end b, all read]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", FOR_AWAIT_ESM)],
                trace: "[begin a, end a, begin b, end b, all read]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "write-says-full",
        sentence: "`write()` answers false when as much waits as `highWaterMark` says, yet it has taken the chunk",
        text: "A writable stream keeps what cannot be written yet in a buffer. `write()` answers whether you may go \
               on: `true` as long as fewer bytes wait than `highWaterMark`, `false` from then on. It is an advice, \
               not a refusal: the chunk is in the buffer and must not be written again, and whoever goes on all the \
               same gets no error but a buffer that grows until memory is full. That is how a fast reader and a slow \
               client fill a server's memory. After false, wait for `drain`.",
        source: "Node.js, \"Stream\", sections \"`writable.write(chunk[, encoding][, callback])`\" and \"Buffering\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", FULL_COMMONJS)],
                trace: "[a true, b true, c false, d false, 4 bytes wait]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", FULL_ESM)],
                trace: "[a true, b true, c false, d false, 4 bytes wait]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "drain-after-empty",
        sentence: "`drain` comes when a stream that has answered false has written all that it held, once and not \
                   for each chunk",
        text: "`drain` says that writing may go on. It comes when the buffer is *empty*, not when it falls below \
               `highWaterMark`, and only if some `write()` answered false before. So whoever \
               awaits `drain` although nothing was answered false waits for ever, and after `end()` no `drain` comes any more. The usual shape is `if \
               (!target.write(chunk)) await once(target, 'drain')`.",
        source: "Node.js, \"Stream\", section \"Event: 'drain'\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", DRAIN_COMMONJS)],
                trace: "[a true, b false, c false, wrote a, wrote b, wrote c, drain]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", DRAIN_ESM)],
                trace: "[a true, b false, c false, wrote a, wrote b, wrote c, drain]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "finish-after-last",
        sentence: "`end()` only says that no more will come: `finish` comes when the last chunk is written, and \
                   `close` after it",
        text: "`end()` returns at once, while chunks still wait in the buffer. When the last of them is written the \
               stream emits `finish`, and when it has let go of its file or socket, `close`. Whatever needs the \
               whole result (the answer to a client, reading the file again, the end of the program) belongs behind \
               `finish` or behind a `pipeline` that is done, not behind `end()`. On the reading side the pair is \
               `end`, when nothing more can be read, and `close`.",
        source: "Node.js, \"Stream\", sections \"Event: 'finish'\", \"Event: 'close'\" and \"`writable.end([chunk[, \
                 encoding]][, callback])`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", FINISH_COMMONJS)],
                trace: "[end was called, wrote a, wrote b, finish, close]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", FINISH_ESM)],
                trace: "[end was called, wrote a, wrote b, finish, close]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "pipeline-cleans-up",
        sentence: "`pipeline` destroys all its streams when one of them fails, and reports the error once; `pipe` \
                   destroys no other",
        text: "`source.pipe(target)` passes on chunks, minds backpressure and ends the target after the source; \
               errors it does not pass on. If the source fails, the target stays open for ever, with its file or its \
               client; if the target fails, it is the source that stays open. And each of the two needs an `error` \
               listener of its own, without which the error ends the program. `pipeline` does all that: it destroys \
               every stream of the line and then calls its callback, or rejects its promise \
               (`node:stream/promises`), with the first error.",
        source: "Node.js, \"Stream\", sections \"`stream.pipeline(source[, ...transforms], destination, callback)`\" \
                 and \"`readable.pipe(destination[, options])`\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[("main.cjs", CLEAN_UP_COMMONJS)],
                trace: "[the source says torn, pipeline says torn, \"destroyed by pipe: false, by pipeline: true\"]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[("main.mjs", CLEAN_UP_ESM)],
                trace: "[the source says torn, pipeline says torn, \"destroyed by pipe: false, by pipeline: true\"]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "fs-paths-from-cwd",
        sentence: "a relative path given to `fs` starts at the folder the program was started in, not at the file \
                   that names it",
        text: "`fs.readFile('note.txt')` means the file in the *working directory* (`process.cwd()`): where the \
               shell stood when it called `node`. `./note.txt` means the same. `require('./x')` and `import './x'` \
               are different: they start at the file they stand in. To open what lies beside a module, write \
               `path.join(__dirname, 'note.txt')` in CommonJS and `new URL('note.txt', import.meta.url)` in an ES \
               module; `fs` takes both. A path given to `new Worker` is like one given to `fs`, not like one given \
               to `require`.",
        source: "Node.js, \"File system\", section \"File paths\"",
        node: PROVEN,
        shown: &[
            Shown {
                module: CommonJs,
                files: &[
                    ("main.cjs", PATHS_COMMONJS),
                    ("folder/reader.cjs", PATHS_READER_COMMONJS),
                    ("note.txt", "beside main"),
                    ("folder/note.txt", "beside reader"),
                ],
                trace: "[beside main, beside reader]",
                exit: 0,
            },
            Shown {
                module: Esm,
                files: &[
                    ("main.mjs", PATHS_ESM),
                    ("folder/reader.mjs", PATHS_READER_ESM),
                    ("note.txt", "beside main"),
                    ("folder/note.txt", "beside reader"),
                ],
                trace: "[beside main, beside reader]",
                exit: 0,
            },
        ],
    },
];

const CHUNKS_COMMONJS: &str = "\
const fs = require('node:fs')

function read(name, options, next) {
  let text = ''
  const town = fs.createReadStream('town.txt', { highWaterMark: 2, ...options })
  town.on('data', (chunk) => (text += chunk))
  town.on('end', () => {
    console.log(`${name}: ${text === 'Köln' ? 'whole' : 'broken'}`)
    next()
  })
}

read('each chunk for itself', {}, () => {
  read('with an encoding', { encoding: 'utf8' }, () => {})
})
";

const CHUNKS_ESM: &str = "\
import fs from 'node:fs'

function read(name, options, next) {
  let text = ''
  const town = fs.createReadStream('town.txt', { highWaterMark: 2, ...options })
  town.on('data', (chunk) => (text += chunk))
  town.on('end', () => {
    console.log(`${name}: ${text === 'Köln' ? 'whole' : 'broken'}`)
    next()
  })
}

read('each chunk for itself', {}, () => {
  read('with an encoding', { encoding: 'utf8' }, () => {})
})
";

const FLOWS_COMMONJS: &str = "\
const { Readable } = require('node:stream')

Readable.from(['a', 'b']).on('data', async (chunk) => {
  console.log(`begin ${chunk}`)
  await new Promise(setImmediate)
  console.log(`end ${chunk}`)
})
";

const FLOWS_ESM: &str = "\
import { Readable } from 'node:stream'

Readable.from(['a', 'b']).on('data', async (chunk) => {
  console.log(`begin ${chunk}`)
  await new Promise(setImmediate)
  console.log(`end ${chunk}`)
})
";

const FOR_AWAIT_COMMONJS: &str = "\
const { Readable } = require('node:stream')

async function main() {
  for await (const chunk of Readable.from(['a', 'b'])) {
    console.log(`begin ${chunk}`)
    await new Promise(setImmediate)
    console.log(`end ${chunk}`)
  }
  console.log('all read')
}

main()
";

const FOR_AWAIT_ESM: &str = "\
import { Readable } from 'node:stream'

for await (const chunk of Readable.from(['a', 'b'])) {
  console.log(`begin ${chunk}`)
  await new Promise(setImmediate)
  console.log(`end ${chunk}`)
}
console.log('all read')
";

const FULL_COMMONJS: &str = "\
const { Writable } = require('node:stream')

const slow = new Writable({
  highWaterMark: 3,
  write(chunk, encoding, done) {
    setImmediate(done)
  },
})

for (const text of ['a', 'b', 'c', 'd']) console.log(text, slow.write(text))
console.log(`${slow.writableLength} bytes wait`)
";

const FULL_ESM: &str = "\
import { Writable } from 'node:stream'

const slow = new Writable({
  highWaterMark: 3,
  write(chunk, encoding, done) {
    setImmediate(done)
  },
})

for (const text of ['a', 'b', 'c', 'd']) console.log(text, slow.write(text))
console.log(`${slow.writableLength} bytes wait`)
";

const DRAIN_COMMONJS: &str = "\
const { Writable } = require('node:stream')

const slow = new Writable({
  highWaterMark: 2,
  write(chunk, encoding, done) {
    setImmediate(() => {
      console.log(`wrote ${chunk}`)
      done()
    })
  },
})
slow.on('drain', () => console.log('drain'))

for (const text of ['a', 'b', 'c']) console.log(text, slow.write(text))
";

const DRAIN_ESM: &str = "\
import { Writable } from 'node:stream'

const slow = new Writable({
  highWaterMark: 2,
  write(chunk, encoding, done) {
    setImmediate(() => {
      console.log(`wrote ${chunk}`)
      done()
    })
  },
})
slow.on('drain', () => console.log('drain'))

for (const text of ['a', 'b', 'c']) console.log(text, slow.write(text))
";

const FINISH_COMMONJS: &str = "\
const { Writable } = require('node:stream')

const slow = new Writable({
  write(chunk, encoding, done) {
    setImmediate(() => {
      console.log(`wrote ${chunk}`)
      done()
    })
  },
})
slow.on('finish', () => console.log('finish'))
slow.on('close', () => console.log('close'))

slow.write('a')
slow.end('b')
console.log('end was called')
";

const FINISH_ESM: &str = "\
import { Writable } from 'node:stream'

const slow = new Writable({
  write(chunk, encoding, done) {
    setImmediate(() => {
      console.log(`wrote ${chunk}`)
      done()
    })
  },
})
slow.on('finish', () => console.log('finish'))
slow.on('close', () => console.log('close'))

slow.write('a')
slow.end('b')
console.log('end was called')
";

const CLEAN_UP_COMMONJS: &str = "\
const { PassThrough, Readable, pipeline } = require('node:stream')

function torn() {
  return new Readable({
    read() {
      this.destroy(new Error('torn'))
    },
  })
}

const piped = new PassThrough()
torn()
  .on('error', (error) => console.log(`the source says ${error.message}`))
  .pipe(piped)

const lined = new PassThrough()
pipeline(torn(), lined, (error) => console.log(`pipeline says ${error.message}`))

process.on('exit', () => {
  console.log(`destroyed by pipe: ${piped.destroyed}, by pipeline: ${lined.destroyed}`)
})
";

const CLEAN_UP_ESM: &str = "\
import { PassThrough, Readable, pipeline } from 'node:stream'

function torn() {
  return new Readable({
    read() {
      this.destroy(new Error('torn'))
    },
  })
}

const piped = new PassThrough()
torn()
  .on('error', (error) => console.log(`the source says ${error.message}`))
  .pipe(piped)

const lined = new PassThrough()
pipeline(torn(), lined, (error) => console.log(`pipeline says ${error.message}`))

process.on('exit', () => {
  console.log(`destroyed by pipe: ${piped.destroyed}, by pipeline: ${lined.destroyed}`)
})
";

const PATHS_COMMONJS: &str = "\
require('./folder/reader.cjs')
";

const PATHS_READER_COMMONJS: &str = "\
const fs = require('node:fs')
const path = require('node:path')

console.log(fs.readFileSync('note.txt', 'utf8'))
console.log(fs.readFileSync(path.join(__dirname, 'note.txt'), 'utf8'))
";

const PATHS_ESM: &str = "\
import './folder/reader.mjs'
";

const PATHS_READER_ESM: &str = "\
import fs from 'node:fs'

console.log(fs.readFileSync('note.txt', 'utf8'))
console.log(fs.readFileSync(new URL('note.txt', import.meta.url), 'utf8'))
";
