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
everything that it imports has run, and what has run already is skipped. So the deepest module
speaks first and the entry file last. Modules with top-level `await` are the exception; see
`top-level-await-waits`.",
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
];
