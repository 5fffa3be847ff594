//! Rules of CommonJS and ES modules.
//!
//! It does not know which exercises name them. To add a rule, add an entry to [`RULES`], with a program for each module
//! system that it speaks about.

use super::{Rule, Shown};
use crate::program::{ModuleSystem, Range};

/// The lines of Node that these rules were tried on, and the later ones.
const PROVEN: Range = Range { from: 18, to: None };

/// The rules of this topic.
pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "two-systems",
        sentence: "\
            `.cjs` is CommonJS, `.mjs` is an ES module, and for `.js` the nearest `package.json` \
            decides",
        text: "\
Node has two module systems: CommonJS with `require` and `module.exports`, ES modules with
`import` and `export`. A file belongs to exactly one of them. The endings `.cjs` and `.mjs` settle
it. For `.js`, Node looks for the nearest `package.json`, from the file's folder upwards:
`\"type\": \"module\"` means ES module, `\"type\": \"commonjs\"` means CommonJS. Where there is no
`type`, the file is CommonJS; Node from 20.19 and 22.7 on takes it for an ES module if it does not
parse as CommonJS but does as an ES module.",
        source: "Node.js documentation, Modules: Packages, “Determining module system”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[(
                    "main.cjs",
                    "\
// At the top of a CommonJS file, `this` is its `module.exports`.
console.log(typeof this, typeof this?.url)
",
                )],
                trace: "[object undefined]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[(
                    "main.mjs",
                    "\
// At the top of an ES module, `this` is undefined; `import.meta` says where the file is.
console.log(typeof this, typeof import.meta.url)
",
                )],
                trace: "[undefined string]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "body-runs-once",
        sentence: "\
            a module's body runs once, when it is first loaded, and everybody who loads it gets \
            that one module",
        text: "\
The first `require` or `import` of a file runs its body, from top to bottom. Node keeps the
module, and whoever loads the same file later gets it at once: the same functions, the same
variables, and no line of the body runs again. So a module is a good place for something that all
its importers share.",
        source: "\
            Node.js documentation, Modules: CommonJS modules, “Caching”; ECMAScript, Cyclic Module \
            Records, “Evaluate”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[
                    (
                        "main.cjs",
                        "\
require('./left.cjs')
require('./right.cjs')
",
                    ),
                    (
                        "left.cjs",
                        "\
const { next } = require('./counter.cjs')
console.log('left', next())
",
                    ),
                    (
                        "right.cjs",
                        "\
const { next } = require('./counter.cjs')
console.log('right', next())
",
                    ),
                    (
                        "counter.cjs",
                        "\
console.log('counter runs')
let count = 0
exports.next = () => (count += 1)
",
                    ),
                ],
                trace: "[counter runs, left 1, right 2]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[
                    (
                        "main.mjs",
                        "\
import './left.mjs'
import './right.mjs'
",
                    ),
                    (
                        "left.mjs",
                        "\
import { next } from './counter.mjs'
console.log('left', next())
",
                    ),
                    (
                        "right.mjs",
                        "\
import { next } from './counter.mjs'
console.log('right', next())
",
                    ),
                    (
                        "counter.mjs",
                        "\
console.log('counter runs')
let count = 0
export const next = () => (count += 1)
",
                    ),
                ],
                trace: "[counter runs, left 1, right 2]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "import-before-body",
        sentence: "an imported module runs before the body of the module that imports it",
        text: "\
Node reads all `import` statements of an ES module before it runs anything, loads what they name,
and runs that first. It makes no difference on which line they stand: an `import` below a
`console.log` is still done before it. Only in a cycle is one of the modules too late; see
`esm-cycle`.",
        source: "\
            ECMAScript, Cyclic Module Records, “InnerModuleEvaluation”; Node.js documentation, \
            Modules: ECMAScript modules",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::Esm,
            files: &[
                (
                    "main.mjs",
                    "\
console.log('main starts')

import './menu.mjs'
",
                ),
                (
                    "menu.mjs",
                    "\
console.log('menu runs')
",
                ),
            ],
            trace: "[menu runs, main starts]",
            exit: 0,
        }],
    },
    Rule {
        id: "imports-in-order",
        sentence: "\
            imported modules run in the order of the `import` statements, each after what it \
            imports itself",
        text: "\
From the entry file Node goes down the `import` statements, depth first: a module runs when
everything that it imports has run, and what has run already is skipped. So the entry file comes
last. Modules with top-level `await` are the exception; see `top-level-await-waits`.",
        source: "ECMAScript, Cyclic Module Records, “InnerModuleEvaluation”",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::Esm,
            files: &[
                (
                    "main.mjs",
                    "\
console.log('main')

import './a.mjs'
import './c.mjs'
import './b.mjs'
",
                ),
                (
                    "a.mjs",
                    "\
import './b.mjs'
console.log('a')
",
                ),
                (
                    "b.mjs",
                    "\
console.log('b')
",
                ),
                (
                    "c.mjs",
                    "\
console.log('c')
",
                ),
            ],
            trace: "[b, a, c, main]",
            exit: 0,
        }],
    },
    Rule {
        id: "require-runs-now",
        sentence: "\
            `require` loads a module at the moment it is called, and returns when that module's \
            body has run",
        text: "\
`require` is an ordinary function. What stands above the call runs before the other module, what
stands below runs after it. A call inside an `if` that is not taken, or in a function that nobody
calls, loads nothing.",
        source: "Node.js documentation, Modules: CommonJS modules, “require(id)”",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::CommonJs,
            files: &[
                (
                    "main.cjs",
                    "\
console.log('main starts')
if (process.argv.length > 2) require('./report.cjs')
require('./menu.cjs')
console.log('main ends')
",
                ),
                (
                    "menu.cjs",
                    "\
console.log('menu runs')
",
                ),
                (
                    "report.cjs",
                    "\
console.log('report runs')
",
                ),
            ],
            trace: "[main starts, menu runs, main ends]",
            exit: 0,
        }],
    },
    Rule {
        id: "dynamic-import-later",
        sentence: "\
            `import()` gives a promise: whoever needs the module waits for it, with `await` or \
            `then`",
        text: "\
`import()` with parentheses works in both module systems and in the middle of any code. It loads a
module when the call is reached, but it never hands it over at once: the rest of the code goes on
until somebody awaits the promise. If the module cannot be loaded, or its body throws, the promise
is rejected.",
        source: "Node.js documentation, Modules: ECMAScript modules, “import() expressions”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[
                    (
                        "main.cjs",
                        "\
import('./report.cjs').then((report) => console.log('total', report.total))
console.log('asked')
",
                    ),
                    (
                        "report.cjs",
                        "\
console.log('report runs')
exports.total = 16
",
                    ),
                ],
                trace: "[asked, report runs, total 16]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[
                    (
                        "main.mjs",
                        "\
const loading = import('./report.mjs')
console.log('asked')
const report = await loading
console.log('total', report.total)
",
                    ),
                    (
                        "report.mjs",
                        "\
console.log('report runs')
export const total = 16
",
                    ),
                ],
                trace: "[asked, report runs, total 16]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "live-binding",
        sentence: "an imported name always shows the current value in the module that exports it",
        text: "\
`import { score }` copies nothing. The name stands for the variable itself in the other module:
when that module changes it, every importer sees the new value. The same holds for the names of
`import * as board`. `export default score` is different: it exports the value of that moment. A
live default is written `export { score as default }`.",
        source: "ECMAScript, Source Text Module Records, “CreateImportBinding”",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::Esm,
            files: &[
                (
                    "main.mjs",
                    "\
import atFirst, { score, goal } from './board.mjs'

console.log(score, atFirst)
goal()
console.log(score, atFirst)
",
                ),
                (
                    "board.mjs",
                    "\
export let score = 0
export default score
export function goal() {
  score += 1
}
",
                ),
            ],
            trace: "[0 0, 1 0]",
            exit: 0,
        }],
    },
    Rule {
        id: "imports-are-read-only",
        sentence: "\
            an imported name cannot be assigned; only the module that exports it can change it",
        text: "\
`score += 1` on an imported name ends in `TypeError: Assignment to constant variable.`, even if
the other module declared it with `let`. Export a function that changes the variable, and call
that. Properties of an imported object are no names: those anybody may change.",
        source: "\
            ECMAScript, Module Environment Records, “CreateImportBinding” (an immutable indirect \
            binding)",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::Esm,
            files: &[
                (
                    "main.mjs",
                    "\
import { score, goal } from './board.mjs'

try {
  score += 1
} catch (error) {
  console.log(error.name)
}
goal()
console.log(score)
",
                ),
                (
                    "board.mjs",
                    "\
export let score = 0
export function goal() {
  score += 1
}
",
                ),
            ],
            trace: "[TypeError, 1]",
            exit: 0,
        }],
    },
    Rule {
        id: "commonjs-copies",
        sentence: "\
            a number or text put into `module.exports`, or taken out of it, is a copy and does not \
            change later",
        text: "\
`module.exports` is an ordinary object. `module.exports = { score }` stores the number that
`score` has at that moment, and `const { score } = require(…)` takes the number that the property
has at that moment. Neither follows later changes. Change the property itself (`exports.score +=
1`) and read it through the object (`board.score`) whenever you need it. `import { score }` from a
CommonJS module is such a copy too, taken when its body has run.",
        source: "\
            Node.js documentation, Modules: CommonJS modules, “module.exports”; Modules: \
            ECMAScript modules, “CommonJS Namespaces”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[
                    (
                        "main.cjs",
                        "\
const board = require('./board.cjs')
const { score } = board

board.goal()
console.log(board.score, score)
",
                    ),
                    (
                        "board.cjs",
                        "\
exports.score = 0
exports.goal = () => {
  exports.score += 1
}
",
                    ),
                ],
                trace: "[1 0]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[
                    (
                        "main.mjs",
                        "\
import board, { score } from './board.cjs'

board.goal()
console.log(board.score, score)
",
                    ),
                    (
                        "board.cjs",
                        "\
exports.score = 0
exports.goal = () => {
  exports.score += 1
}
",
                    ),
                ],
                trace: "[1 0]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "exports-alias",
        sentence: "\
            `exports` is only a second name for `module.exports`, and `require` gives what \
            `module.exports` is",
        text: "\
Before a CommonJS body runs, Node makes one empty object and gives it two names. `exports.answer =
42` puts something into it. `exports = …` only points the short name elsewhere, and nothing is
exported. After `module.exports = …` the short name still means the old object, so what is put
there is lost.",
        source: "Node.js documentation, Modules: CommonJS modules, “exports shortcut”",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::CommonJs,
            files: &[
                (
                    "main.cjs",
                    "\
console.log(require('./lost.cjs').answer)
console.log(require('./found.cjs').answer)
",
                ),
                (
                    "lost.cjs",
                    "\
exports = { answer: 42 }
",
                ),
                (
                    "found.cjs",
                    "\
module.exports = { answer: 42 }
",
                ),
            ],
            trace: "[undefined, '42']",
            exit: 0,
        }],
    },
    Rule {
        id: "default-of-commonjs",
        sentence: "`import` gives a CommonJS module's `module.exports` as the default export",
        text: "\
An ES module may import a CommonJS module. Its default export is always `module.exports`, whatever
that is: an object, a function, a class. Names in braces work as well, where Node finds them; see
`named-from-commonjs`.",
        source: "Node.js documentation, Modules: ECMAScript modules, “CommonJS Namespaces”",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::Esm,
            files: &[
                (
                    "main.mjs",
                    "\
import greet from './greet.cjs'

console.log(greet('Ada'))
",
                ),
                (
                    "greet.cjs",
                    "\
module.exports = (name) => `Hello ${name}`
",
                ),
            ],
            trace: "[Hello Ada]",
            exit: 0,
        }],
    },
    Rule {
        id: "named-from-commonjs",
        sentence: "\
            `import` finds the names of a CommonJS module by reading its source, before it runs",
        text: "\
Imports are joined before any body runs, so Node has to find the names of a CommonJS module in its
text. It recognises `exports.goal = …`, `module.exports.goal = …` and `module.exports = { goal,
reset }`. It does not find names that are made while the program runs: `module.exports = board`,
`exports[name] = …`, `Object.assign(exports, …)`. In an object literal it reads on only as long as
each entry is a plain name, such as `goal` or `goal: kick`. The default export has everything in
any case.",
        source: "Node.js documentation, Modules: ECMAScript modules, “CommonJS Namespaces”",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::Esm,
            files: &[
                (
                    "main.mjs",
                    "\
import * as plain from './plain.cjs'
import * as hidden from './hidden.cjs'

console.log('goal' in plain, 'goal' in hidden)
console.log(plain.default.goal(), hidden.default.goal())
",
                ),
                (
                    "plain.cjs",
                    "\
exports.goal = () => 'goal'
",
                ),
                (
                    "hidden.cjs",
                    "\
const board = { goal: () => 'goal' }
module.exports = board
",
                ),
            ],
            trace: "[true false, goal goal]",
            exit: 0,
        }],
    },
    Rule {
        id: "commonjs-cycle",
        sentence: "in a cycle `require` gives what the other module has exported so far",
        text: "\
If `club` requires `member` and `member` requires `club`, Node does not run `club` a second time:
`member` gets the `module.exports` of `club` as it is by now, perhaps still empty. What is missing
reads as `undefined`, often with a warning on stderr. The mend: take nothing out of the object
while the modules load; keep the object and read its property when you need it. And fill `exports`
instead of replacing `module.exports`, or the other module keeps the old object.",
        source: "Node.js documentation, Modules: CommonJS modules, “Cycles”",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::CommonJs,
            files: &[
                (
                    "main.cjs",
                    "\
require('./club.cjs')
console.log('later', require('./member.cjs').title())
",
                ),
                (
                    "club.cjs",
                    "\
require('./member.cjs')
exports.title = 'Chess Club'
",
                ),
                (
                    "member.cjs",
                    "\
const club = require('./club.cjs')
console.log('too early', club.title)
exports.title = () => club.title
",
                ),
            ],
            trace: "[too early undefined, later Chess Club]",
            exit: 0,
        }],
    },
    Rule {
        id: "esm-cycle",
        sentence: "\
            in a cycle a `let`, `const` or `class` cannot be used before its own module has \
            reached that line",
        text: "\
In a cycle of ES modules one body has to run first, and what it imports from the others has not
run yet. A `let`, `const` or `class` from there ends in `ReferenceError: Cannot access 'title'
before initialization`. Function declarations work already, a `var` is `undefined`. The mend: read
the name inside a function that is called later. The import is live, so by then it has its value.",
        source: "\
            ECMAScript, Cyclic Module Records, “InnerModuleEvaluation”; Module Environment \
            Records, “GetBindingValue”",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::Esm,
            files: &[
                (
                    "main.mjs",
                    "\
import './club.mjs'
import { ending } from './member.mjs'

console.log('later', ending())
",
                ),
                (
                    "club.mjs",
                    "\
import './member.mjs'
export const title = 'Chess Club'
",
                ),
                (
                    "member.mjs",
                    "\
import { title } from './club.mjs'

export const ending = () => title

try {
  ending()
} catch (error) {
  console.log(error.name)
}
",
                ),
            ],
            trace: "[ReferenceError, later Chess Club]",
            exit: 0,
        }],
    },
    Rule {
        id: "url-is-key",
        sentence: "\
            Node knows an ES module by its URL: another `?query` makes another module, with its \
            own variables",
        text: "\
`./counter.mjs`, `./counter.mjs?fresh` and `./counter.mjs#two` are three URLs, so the body runs
three times and there are three counters. For `require` a module is its file, after symbolic links
are followed.",
        source: "Node.js documentation, Modules: ECMAScript modules, “URLs” (`file:` URLs)",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::Esm,
            files: &[
                (
                    "main.mjs",
                    "\
import { next } from './counter.mjs'
import { next as other } from './counter.mjs?fresh'

console.log(next(), other(), next())
",
                ),
                (
                    "counter.mjs",
                    "\
console.log('counter runs')
let count = 0
export const next = () => (count += 1)
",
                ),
            ],
            trace: "[counter runs, counter runs, 1 1 2]",
            exit: 0,
        }],
    },
    Rule {
        id: "link-before-run",
        sentence: "\
            ES modules are all found and joined before any body runs; if one file or name is \
            missing, nothing runs",
        text: "\
Node first reads the whole graph of `import` statements and joins every imported name to an
export. A missing file, a name that nobody exports or a syntax error in any ES module stops the
program before its first line. In CommonJS everything above the failing `require` has run by then.",
        source: "ECMAScript, Cyclic Module Records, “LoadRequestedModules” and “Link”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[
                    (
                        "main.cjs",
                        "\
try {
  require('./greeting.cjs')
  require('./missing.cjs')
} catch (error) {
  console.log(error.name)
}
",
                    ),
                    (
                        "greeting.cjs",
                        "\
console.log('greeting runs')
",
                    ),
                ],
                trace: "[greeting runs, Error]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[
                    (
                        "main.mjs",
                        "\
// `import()` tells us the error that an `import` statement would end with.
await import('./page.mjs').catch((error) => console.log(error.name))
",
                    ),
                    (
                        "page.mjs",
                        "\
import './greeting.mjs'
import { adress } from './contact.mjs'
",
                    ),
                    (
                        "greeting.mjs",
                        "\
console.log('greeting runs')
",
                    ),
                    (
                        "contact.mjs",
                        "\
export const address = 'Main Street 1'
",
                    ),
                ],
                trace: "[SyntaxError]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "no-require-in-esm",
        sentence: "an ES module has no `require`, `module`, `exports`, `__filename` or `__dirname`",
        text: "\
These five are given to each CommonJS module by the function that Node wraps around it; an ES
module has no such wrapper. Use `import`, `export` and `import.meta.url` instead. `import {
createRequire } from 'node:module'` makes a `require` where you really need one.",
        source: "\
            Node.js documentation, Modules: ECMAScript modules, “Differences between ES modules \
            and CommonJS”; Modules: CommonJS modules, “The module wrapper”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[(
                    "main.cjs",
                    "\
console.log(typeof require, typeof module, typeof exports, typeof __filename, typeof __dirname)
",
                )],
                trace: "[function object object string string]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[(
                    "main.mjs",
                    "\
console.log(typeof require, typeof module, typeof exports, typeof __filename, typeof __dirname)
",
                )],
                trace: "[undefined undefined undefined undefined undefined]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "top-level-await-waits",
        sentence: "\
            a module that waits at its top level holds back the modules that import it, but not \
            its siblings",
        text: "\
`await` outside of any function is allowed in ES modules only. Whoever imports such a module
starts when it has finished. Meanwhile other modules that do not need it go on loading and
running.",
        source: "\
            Node.js documentation, Modules: ECMAScript modules, “Top-level await”; ECMAScript, \
            Cyclic Module Records, “InnerModuleEvaluation”",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::Esm,
            files: &[
                (
                    "main.mjs",
                    "\
import './a.mjs'
import './b.mjs'

console.log('main')
",
                ),
                (
                    "a.mjs",
                    "\
console.log('a waits')
await null
console.log('a goes on')
",
                ),
                (
                    "b.mjs",
                    "\
console.log('b')
",
                ),
            ],
            trace: "[a waits, b, a goes on, main]",
            exit: 0,
        }],
    },
    Rule {
        id: "broken-body",
        sentence: "\
            a module whose body throws is not kept by `require`, but an ES module keeps its error \
            for everybody",
        text: "\
After a body has thrown, the next `require` of that file runs it again, from the top. An ES module
is not run again: each later `import()` of it is rejected with the same error.",
        source: "\
            Node.js documentation, Modules: CommonJS modules, “Caching”; ECMAScript, Cyclic Module \
            Records, “Evaluate”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[
                    (
                        "main.cjs",
                        "\
for (const attempt of [1, 2]) {
  try {
    require('./shaky.cjs')
  } catch (error) {
    console.log(error.message)
  }
}
",
                    ),
                    (
                        "shaky.cjs",
                        "\
console.log('body')
throw new Error('broken')
",
                    ),
                ],
                trace: "[body, broken, body, broken]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[
                    (
                        "main.mjs",
                        "\
for (const attempt of [1, 2]) {
  await import('./shaky.mjs').catch((error) => console.log(error.message))
}
",
                    ),
                    (
                        "shaky.mjs",
                        "\
console.log('body')
throw new Error('broken')
",
                    ),
                ],
                trace: "[body, broken, broken]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "type-decides",
        sentence: "\
            a `.js` file follows the nearest `package.json` and no other: one without `type` ends \
            the search",
        text: "\
For a `.js` file Node goes from the file's own folder upwards until it meets a `package.json`, and
there it stops. `\"type\": \"module\"` makes the file an ES module, `\"type\": \"commonjs\"` a CommonJS
module. So a folder can have a module system of its own: put a small `package.json` into it. One
that says nothing, a mere `{}`, does not pass the question on to the folder above. It leaves the
file without a `type`, and then it is CommonJS; Node from 20.19 and 22.7 on makes an exception where
the source can only be an ES module. A file in `node_modules` follows the package it belongs to, not
yours.",
        source: "\
            Node.js documentation, Modules: Packages, “package.json and file extensions” and \
            “Syntax detection”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[
                    (
                        "main.js",
                        "\
console.log('main', typeof require)
import('./new/page.js')
",
                    ),
                    (
                        "package.json",
                        "\
{ \"type\": \"commonjs\" }
",
                    ),
                    (
                        "new/page.js",
                        "\
console.log('page', typeof require)
",
                    ),
                    (
                        "new/package.json",
                        "\
{ \"type\": \"module\" }
",
                    ),
                ],
                trace: "[main function, page undefined]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[
                    (
                        "main.js",
                        "\
import './old/page.js'

console.log('main', typeof require)
",
                    ),
                    (
                        "package.json",
                        "\
{ \"type\": \"module\" }
",
                    ),
                    (
                        "old/page.js",
                        "\
console.log('page', typeof require)
",
                    ),
                    (
                        "old/package.json",
                        "\
{}
",
                    ),
                ],
                trace: "[page function, main undefined]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "strict-in-esm",
        sentence: "an ES module is always in strict mode, a CommonJS file only if it says so",
        text: "\
Strict mode turns silent slips into errors. A misspelt `totl = 1` makes a global variable in a
sloppy CommonJS file; in an ES module it ends in `ReferenceError: totl is not defined`. Writing to
a frozen object does nothing in the one and throws a `TypeError` in the other. `this` at the top is
`undefined` in an ES module and the first `module.exports` in CommonJS. A CommonJS file becomes
strict with `'use strict'` as its first statement.",
        source: "ECMAScript, “Strict Mode Code”: module code is always strict mode code",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[(
                    "main.cjs",
                    "\
totl = 1
console.log(globalThis.totl, this === module.exports)
",
                )],
                trace: "[1 true]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[(
                    "main.mjs",
                    "\
try {
  totl = 1
} catch (error) {
  console.log(error.name)
}
console.log(globalThis.totl, this)
",
                )],
                trace: "[ReferenceError, undefined undefined]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "whole-paths-in-esm",
        sentence: "\
            `import` wants a file's whole path with its ending; only `require` tries endings and \
            `index.js`",
        text: "\
`require('./menu')` looks for a file `menu`, then `menu.js`, `menu.json` and `menu.node`, and then
for a folder `menu` with an `index.js` in it. It never tries `.cjs` or `.mjs`. `import` takes the
path as a URL and guesses nothing: `./menu` ends in `ERR_MODULE_NOT_FOUND`, a folder in
`ERR_UNSUPPORTED_DIR_IMPORT`. The path begins with `./` or `../`: without it, `menu.js` is the name
of a package.",
        source: "\
            Node.js documentation, Modules: ECMAScript modules, “Mandatory file extensions”; \
            Modules: CommonJS modules, “File modules” and “Folders as modules”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[
                    (
                        "main.cjs",
                        "\
console.log(require('./menu'), require('./dishes'))
",
                    ),
                    (
                        "menu.js",
                        "\
module.exports = 'menu.js'
",
                    ),
                    (
                        "dishes/index.js",
                        "\
module.exports = 'dishes/index.js'
",
                    ),
                ],
                trace: "[menu.js dishes/index.js]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[
                    (
                        "main.mjs",
                        "\
await import('./menu').catch((error) => console.log(error.code))
await import('./dishes').catch((error) => console.log(error.code))
const menu = await import('./menu.js')
console.log(menu.default)
",
                    ),
                    (
                        "menu.js",
                        "\
module.exports = 'menu.js'
",
                    ),
                    (
                        "dishes/index.js",
                        "\
module.exports = 'dishes/index.js'
",
                    ),
                ],
                trace: "[ERR_MODULE_NOT_FOUND, ERR_UNSUPPORTED_DIR_IMPORT, menu.js]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "paths-from-here",
        sentence: "\
            `require`, `import`, `__dirname` and `import.meta.url` count from the file, `fs` counts \
            from the folder where Node was started",
        text: "\
`require('./menu.cjs')` finds the file beside the one in which it is written, wherever the program
was started. `fs.readFileSync('menu.txt')` looks into the current folder (`process.cwd()`), which
is another one as soon as somebody starts the program from elsewhere. To read a file that lies
beside your module, build its path from the module: `path.join(__dirname, 'menu.txt')` in CommonJS,
`new URL('menu.txt', import.meta.url)` in an ES module. From Node 20.11 on `import.meta.dirname` is
there as well.",
        source: "\
            Node.js documentation, File system, “File paths”; Modules: ECMAScript modules, \
            “import.meta.url”; Modules: CommonJS modules, “__dirname”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[
                    (
                        "main.cjs",
                        "\
const fs = require('node:fs')
const path = require('node:path')

process.chdir('elsewhere')
console.log(fs.readFileSync('note.txt', 'utf8'))
console.log(fs.readFileSync(path.join(__dirname, 'note.txt'), 'utf8'))
",
                    ),
                    ("note.txt", "beside the module"),
                    ("elsewhere/note.txt", "in the current folder"),
                ],
                trace: "[in the current folder, beside the module]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[
                    (
                        "main.mjs",
                        "\
import fs from 'node:fs'

process.chdir('elsewhere')
console.log(fs.readFileSync('note.txt', 'utf8'))
console.log(fs.readFileSync(new URL('note.txt', import.meta.url), 'utf8'))
",
                    ),
                    ("note.txt", "beside the module"),
                    ("elsewhere/note.txt", "in the current folder"),
                ],
                trace: "[in the current folder, beside the module]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "builtins-with-prefix",
        sentence: "\
            `node:` before a name always means Node's own module, and some modules have no other \
            name",
        text: "\
`require('fs')` and `require('node:fs')` give the same object, and no package called `fs` can take
its place. Newer modules, such as `node:test` and `node:sqlite`, are found with the prefix only:
`test` without it is a package from `node_modules`. The prefix also tells the reader at once that
nothing has to be installed, so write it always.",
        source: "\
            Node.js documentation, Modules: CommonJS modules, “Built-in modules” and “Built-in \
            modules with mandatory node: prefix”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[
                    (
                        "main.cjs",
                        "\
console.log(require('path') === require('node:path'))
console.log(require('test'), typeof require('node:test'))
",
                    ),
                    (
                        "node_modules/path/index.js",
                        "\
module.exports = 'a package'
",
                    ),
                    (
                        "node_modules/test/index.js",
                        "\
module.exports = 'a package'
",
                    ),
                ],
                trace: "['true', a package function]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[
                    (
                        "main.mjs",
                        "\
import path from 'path'
import samePath from 'node:path'
import test from 'test'
import nodeTest from 'node:test'

console.log(path === samePath)
console.log(test, typeof nodeTest)
",
                    ),
                    (
                        "node_modules/path/index.js",
                        "\
module.exports = 'a package'
",
                    ),
                    (
                        "node_modules/test/index.js",
                        "\
module.exports = 'a package'
",
                    ),
                ],
                trace: "['true', a package function]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "json-needs-attribute",
        sentence: "\
            an ES module imports JSON only with `with { type: 'json' }`, and gets it as the default \
            export",
        text: "\
`import menu from './menu.json' with { type: 'json' }` gives what the file holds. Without the
attribute the import is refused, so that a file from elsewhere cannot turn into a program unseen.
There are no names in braces: the whole value is the default export. The older spelling `assert {
type: 'json' }` is a syntax error from Node 22 on. `require('./menu.json')` needs no attribute.",
        source: "\
            Node.js documentation, Modules: ECMAScript modules, “Import attributes” and “JSON \
            modules”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[
                    (
                        "main.cjs",
                        "\
console.log(require('./menu.json').soup)
",
                    ),
                    (
                        "menu.json",
                        "\
{ \"soup\": 4 }
",
                    ),
                ],
                trace: "['4']",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[
                    (
                        "main.mjs",
                        "\
import menu, * as all from './menu.json' with { type: 'json' }

console.log(menu.soup, Object.keys(all).join())
await import('./menu.json').catch((error) => console.log(error.code))
",
                    ),
                    (
                        "menu.json",
                        "\
{ \"soup\": 4 }
",
                    ),
                ],
                trace: "\
- 4 default
- variants:
    18-20: ERR_IMPORT_ASSERTION_TYPE_MISSING
    otherwise: ERR_IMPORT_ATTRIBUTE_MISSING
",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "exports-field",
        sentence: "a package that has `exports` opens only the paths that it lists there",
        text: "\
`\"exports\": { \".\": \"./lib/main.js\", \"./extra\": \"./lib/extra.js\" }` lets others load `pal` and
`pal/extra`, and nothing else: `pal/lib/main.js` and even `pal/package.json` end in
`ERR_PACKAGE_PATH_NOT_EXPORTED`, with `require` as with `import`. A package without `exports` lets
everybody load any of its files. What is listed is a name, not a file: `pal/extra` works, and
`pal/extra.js` does not. The list guards the package's name only; a relative path
(`./node_modules/pal/lib/main.js`) goes past it.",
        source: "\
            Node.js documentation, Modules: Packages, “Package entry points” and “Subpath exports”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[
                    (
                        "main.cjs",
                        "\
console.log(require('pal'))
for (const path of ['pal/secret.js', 'pal/package.json']) {
  try {
    require(path)
  } catch (error) {
    console.log(error.code)
  }
}
",
                    ),
                    (
                        "node_modules/pal/package.json",
                        "\
{ \"name\": \"pal\", \"exports\": { \".\": \"./main.js\" } }
",
                    ),
                    (
                        "node_modules/pal/main.js",
                        "\
module.exports = require('./secret.js')
",
                    ),
                    (
                        "node_modules/pal/secret.js",
                        "\
module.exports = 'inside, every file is open'
",
                    ),
                ],
                trace: "\
- inside, every file is open
- ERR_PACKAGE_PATH_NOT_EXPORTED
- ERR_PACKAGE_PATH_NOT_EXPORTED
",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[
                    (
                        "main.mjs",
                        "\
import extra from 'pal/extra'

console.log(extra)
for (const path of ['pal', 'pal/lib/extra.js', 'pal/extra.js']) {
  await import(path).catch((error) => console.log(error.code))
}
",
                    ),
                    (
                        "node_modules/pal/package.json",
                        "\
{ \"name\": \"pal\", \"exports\": { \"./extra\": \"./lib/extra.js\" } }
",
                    ),
                    (
                        "node_modules/pal/lib/extra.js",
                        "\
module.exports = 'extra'
",
                    ),
                ],
                trace: "\
- extra
- ERR_PACKAGE_PATH_NOT_EXPORTED
- ERR_PACKAGE_PATH_NOT_EXPORTED
- ERR_PACKAGE_PATH_NOT_EXPORTED
",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "conditions-in-order",
        sentence: "\
            of the conditions in a package's `exports`, Node takes the first that fits, in the \
            order in which they are written",
        text: "\
`\"exports\": { \"import\": \"./new.mjs\", \"require\": \"./old.cjs\" }` gives one file to `import` and
another to `require`. Node reads the conditions from top to bottom and takes the first that fits,
and `default` always fits: put it last, or what stands below it is never reached. Whoever imports
*and* requires such a package in one program loads two modules, with two sets of variables and two
classes of the same name.",
        source: "\
            Node.js documentation, Modules: Packages, “Conditional exports” and “Dual CommonJS/ES \
            module packages”",
        node: PROVEN,
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[
                    (
                        "main.cjs",
                        "\
console.log(require('good'), require('hasty'))
",
                    ),
                    (
                        "node_modules/good/package.json",
                        "\
{ \"exports\": { \"require\": \"./required.cjs\", \"default\": \"./default.cjs\" } }
",
                    ),
                    (
                        "node_modules/good/required.cjs",
                        "\
module.exports = 'require'
",
                    ),
                    (
                        "node_modules/good/default.cjs",
                        "\
module.exports = 'default'
",
                    ),
                    (
                        "node_modules/hasty/package.json",
                        "\
{ \"exports\": { \"default\": \"./default.cjs\", \"require\": \"./required.cjs\" } }
",
                    ),
                    (
                        "node_modules/hasty/required.cjs",
                        "\
module.exports = 'require'
",
                    ),
                    (
                        "node_modules/hasty/default.cjs",
                        "\
module.exports = 'default'
",
                    ),
                ],
                trace: "[require default]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[
                    (
                        "main.mjs",
                        "\
import { createRequire } from 'node:module'
import { next } from 'counter'

const required = createRequire(import.meta.url)('counter')
next()
console.log(next(), required.next())
",
                    ),
                    (
                        "node_modules/counter/package.json",
                        "\
{ \"exports\": { \"import\": \"./counter.mjs\", \"require\": \"./counter.cjs\" } }
",
                    ),
                    (
                        "node_modules/counter/counter.mjs",
                        "\
let count = 0
export const next = () => (count += 1)
",
                    ),
                    (
                        "node_modules/counter/counter.cjs",
                        "\
let count = 0
exports.next = () => (count += 1)
",
                    ),
                ],
                trace: "[2 1]",
                exit: 0,
            },
        ],
    },
    Rule {
        id: "require-of-esm",
        sentence: "\
            from Node 20.19 and 22.12 on `require` of an ES module gives all its exports as one \
            object, and Node 18 refuses it",
        text: "\
The object is the module's namespace, so its names are live. A default export is not the object
itself but its `.default`; only a module that exports something under the name `'module.exports'`
makes `require` return just that. Node 18 throws `ERR_REQUIRE_ESM`. There, and wherever a module may
wait at its top level, a CommonJS file loads an ES module with `import()`, which gives a promise.",
        source: "\
            Node.js documentation, Modules: CommonJS modules, “Loading ECMAScript modules using \
            require()”",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::CommonJs,
            files: &[
                (
                    "main.cjs",
                    "\
try {
  const board = require('./board.mjs')
  board.goal()
  console.log(board.score, typeof board, typeof board.default)
} catch (error) {
  console.log(error.code)
}
",
                ),
                (
                    "board.mjs",
                    "\
export let score = 0
export const goal = () => {
  score += 1
}
export default function describe() {}
",
                ),
            ],
            trace: "variants: { 18: ERR_REQUIRE_ESM, otherwise: 1 object function }",
            exit: 0,
        }],
    },
    Rule {
        id: "tla-not-required",
        sentence: "\
            `require` cannot load an ES module that waits at its top level, or that imports one \
            which does",
        text: "\
`require` gives back the finished module at once. A module with an `await` outside of any function
cannot be finished at once, even if it waits for nothing that takes time. So Node refuses with
`ERR_REQUIRE_ASYNC_MODULE` before any of its code runs, and it looks at everything that the module
imports as well. `import()` loads it: a promise may take its time. It does not help to have
imported the module before.",
        source: "\
            Node.js documentation, Modules: CommonJS modules, “Loading ECMAScript modules using \
            require()”",
        node: Range { from: 20, to: None },
        shown: &[Shown {
            module: ModuleSystem::CommonJs,
            files: &[
                (
                    "main.cjs",
                    "\
try {
  require('./report.mjs')
} catch (error) {
  console.log(error.code)
}
import('./report.mjs').then((report) => console.log('total', report.total))
",
                ),
                (
                    "report.mjs",
                    "\
import { price } from './price.mjs'

console.log('report runs')
export const total = 4 * price
",
                ),
                (
                    "price.mjs",
                    "\
console.log('price runs')
export const price = await 4
",
                ),
            ],
            trace: "[ERR_REQUIRE_ASYNC_MODULE, price runs, report runs, total 16]",
            exit: 0,
        }],
    },
    Rule {
        id: "imports-at-once",
        sentence: "\
            two `import()` that go on at the same time may run their modules in either order: \
            await the first if the order matters",
        text: "\
`import()` only asks for a module. A second `import()` in the next line does not wait for the first.
Which module is ready first depends on how much each of them imports and, on Node 18 and 20, on the
thread pool that reads the files. Newer versions read two modules that import nothing in the order
of the calls; a module that imports others still comes later than a small one behind it. Nothing
promises any of this. `await import('./a.mjs')` before the next line does.",
        source: "\
            ECMAScript, “import()”: loading a module may finish at any time; Node.js documentation, \
            Modules: ECMAScript modules, “import() expressions”",
        node: PROVEN,
        shown: &[Shown {
            module: ModuleSystem::Esm,
            files: &[
                (
                    "main.mjs",
                    "\
await Promise.all([import('./left.mjs'), import('./right.mjs')])
await import('./first.mjs')
await import('./second.mjs')
",
                ),
                (
                    "left.mjs",
                    "\
console.log('left')
",
                ),
                (
                    "right.mjs",
                    "\
console.log('right')
",
                ),
                (
                    "first.mjs",
                    "\
console.log('first')
",
                ),
                (
                    "second.mjs",
                    "\
console.log('second')
",
                ),
            ],
            trace: "[{ any-order: [left, right] }, first, second]",
            exit: 0,
        }],
    },
    Rule {
        id: "types-are-stripped",
        sentence: "\
            from Node 22.18 on Node takes the types out of a TypeScript file and runs the rest, \
            without checking a single one",
        text: "\
Node replaces every type by spaces and runs what is left. It is no compiler: a `number` that holds
a text goes unnoticed, `tsconfig.json` is not read, and what would need new code, such as `enum` or
`constructor(public name: string)`, ends in `ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX`. An import names the
file that is there, `./user.ts`, and what is only a type is imported with `import type`. `.mts` is
an ES module, `.cts` is CommonJS, and for `.ts` the nearest `package.json` decides. Before that
version Node runs no types at all: compile first.",
        source: "Node.js documentation, Modules: TypeScript, “Type stripping”",
        node: Range { from: 22, to: None },
        shown: &[
            Shown {
                module: ModuleSystem::CommonJs,
                files: &[(
                    "main.cts",
                    "\
const path = require('node:path')

const answer: number = 'forty-two'
console.log(typeof answer, typeof path.join)
",
                )],
                trace: "[string function]",
                exit: 0,
            },
            Shown {
                module: ModuleSystem::Esm,
                files: &[
                    (
                        "main.mts",
                        "\
import type { User } from './user.mts'
import { greet } from './user.mts'

const ada: User = { name: 'Ada' }
console.log(greet(ada))
",
                    ),
                    (
                        "user.mts",
                        "\
export interface User {
  name: string
}
export const greet = (user: User): string => `Hello ${user.name}`
",
                    ),
                ],
                trace: "[Hello Ada]",
                exit: 0,
            },
        ],
    },
];
