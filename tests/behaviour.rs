//! What programs do is judged, whatever they print: each kind of behaviour with programs that are right and wrong, and that
//! try to be taken for right, on every Node, with idle and with busy cores.
//!
//! Each is judged twice, and with `TICKMARK_LONG` set forty times.

#![cfg(target_os = "linux")]

mod support;

use std::env;
use std::thread;

use tickmark::course::{self, Exercise};
use tickmark::grading::{self, Failure, Misbehaved, Outcome, Policy, Runs, Verdict};
use tickmark::node::Node;
use tickmark::program::{Answer, Due, RelPath, Request, Sent};
use tickmark::prove::{self, Unit};
use tickmark::report;
use tickmark::sandbox::{self, Program, Tier};

fn nodes() -> Vec<Node> {
    sandbox::start_launchers_from(env!("CARGO_BIN_EXE_tickmark").into());
    support::nodes()
}

fn times() -> usize {
    match env::var_os("TICKMARK_LONG") {
        Some(_) => 40,
        None => 2,
    }
}

/// An exercise with one test.
fn exercise(test: &str, solution: &str) -> Exercise {
    let manifest =
        format!("format: 1\ntitle: Behave\nentry: main\ntests:\n  - name: behaves\n    {test}\n");
    let (course, problems) = course::read(&support::files(&[
        ("exercises/be/have/exercise.yaml", manifest.as_str()),
        ("exercises/be/have/task.md", "Behave."),
        ("exercises/be/have/starter/main.cjs", "console.log()\n"),
        ("exercises/be/have/solution/main.cjs", solution),
        ("quizzes/README.md", ""),
    ]));
    assert_eq!(problems, []);
    course.exercise("be/have").unwrap().clone()
}

/// What of the program's behaviour is wrong; it must print what it should.
fn misbehaved(exercise: &Exercise, program: &str, node: &Node) -> Vec<Misbehaved> {
    let policy = Policy {
        runs: Runs::Each(1),
        ..Policy::default()
    };
    let graded = grading::grade(
        exercise,
        &support::files(&[("main.cjs", program)]),
        node,
        policy,
    );
    match &graded.tests[0].outcome {
        Outcome::Judged(Verdict::Passed { .. }) => Vec::new(),
        Outcome::Judged(Verdict::Failed(Failure::Run {
            ended: None,
            stdout: None,
            misbehaved,
            ..
        })) => misbehaved.clone(),
        outcome => panic!("{program}\non Node {}: {outcome:?}", node.version),
    }
}

/// Every right program behaves and every wrong one does not, each time.
fn all_are_told_apart(exercise: &Exercise, right: &[&str], wrong: &[&str]) {
    let judge = |node: &Node| {
        for program in right {
            let misbehaved = misbehaved(exercise, program, node);
            assert_eq!(misbehaved, [], "{program}\non Node {}", node.version);
        }
        for program in wrong {
            let misbehaved = misbehaved(exercise, program, node);
            assert_ne!(misbehaved, [], "{program}\non Node {}", node.version);
        }
    };
    // Four to a core.
    let busy = 4 * thread::available_parallelism().unwrap().get();
    for node in nodes() {
        for time in 0..times() {
            match time % 2 {
                0 => judge(&node),
                _ => support::beside_spinning(busy, || judge(&node)),
            }
        }
    }
}

#[test]
fn memory_is_what_a_program_needs_beyond_an_idle_one() {
    let test = "trace: done\n    memory: 80 MB\n    limits: { memory: 600 MB, cpu: 20 s }";
    let exercise = exercise(test, "console.log('done')\n");
    let source = "const fs = require('fs')\nconst file = fs.openSync('big', 'w')\n\
         const rows = Buffer.alloc(1e6, 'a line\\n'.padStart(80))\n\
         for (let i = 0; i < 60; i++) fs.writeSync(file, rows)\n";
    let with = |rest: &str| format!("{source}{rest}");
    let lets_go = with(
        "fs.createReadStream('big').on('data', () => {}).on('end', () => console.log('done'))\n",
    );
    let by_line = with(
        "const lines = require('readline').createInterface({ input: fs.createReadStream('big') })\n\
         lines.on('line', () => {}).on('close', () => console.log('done'))\n",
    );
    let collects = with(
        "const all = []\nfs.createReadStream('big').on('data', chunk => all.push(chunk))\n  \
         .on('end', () => {\n    \
             globalThis.kept = (Buffer.concat(all) + '').split('\\n')\n    \
             setTimeout(() => console.log('done'), 300)\n  })\n",
    );
    let right = ["console.log('done')\n", &lets_go, &by_line];
    // Each keeps it for a while: what comes and goes between two looks is not seen.
    let wrong = [
        &collects,
        // On the heap.
        "const all = []\nfor (let i = 0; i < 1e6; i++) all.push(new Array(32).fill(i))\n\
         setTimeout(() => { console.log('done'); all.pop() }, 300)\n",
        // Elsewhere, and let go before the end.
        "const { Worker } = require('worker_threads')\n\
         new Worker('let kept = new Uint8Array(25e7).fill(1); setTimeout(() => kept = null, 300)', { eval: true })\n  \
           .on('exit', () => console.log('done'))\n",
        // Who looks from inside believes that it is little.
        "const none = () => ({ rss: 1, heapUsed: 1, heapTotal: 1, external: 1, arrayBuffers: 1 })\n\
         process.memoryUsage = Object.assign(none, { rss: () => 1 })\n\
         process.resourceUsage = () => ({ maxRSS: 1 })\n\
         globalThis.kept = Buffer.alloc(25e7, 1)\nsetTimeout(() => console.log('done'), 300)\n",
    ];
    all_are_told_apart(&exercise, &right, &wrong);

    let node = nodes().remove(0);
    let [Misbehaved::Memory { needed, most }] = misbehaved(&exercise, &collects, &node)[..] else {
        panic!("it collects everything")
    };
    assert_eq!(most, 80_000_000);
    assert!((140_000_000..450_000_000).contains(&needed), "{needed}");
}

/// A job that takes some time: how many primes there are below a number, the slow way.
const JOB: &str = "\
function count(from, to) {
  let found = 0
  for (let n = Math.max(from, 2); n < to; n++) {
    let prime = true
    for (let by = 2; by * by <= n; by++) if (n % by === 0) prime = false
    if (prime) found++
  }
  return found
}
";

/// The same server, that does its job so.
fn job_server(handler: &str) -> String {
    format!(
        "const http = require('http')\nconst {{ Worker, isMainThread, workerData, parentPort }} = require('worker_threads')\n\
         {JOB}\
         if (isMainThread) http.createServer((request, response) => {{\n\
           const url = new URL(request.url, 'http://localhost')\n\
           const below = Number(url.searchParams.get('below'))\n\
           if (url.pathname === '/quick') response.end('quick')\n\
           else {{ {handler} }}\n\
         }}).listen(process.env.PORT)\n"
    )
}

#[test]
fn a_server_that_holds_its_loop_is_told_from_one_that_does_not() {
    let test = "limits: { cpu: 10 s }\n    server:\n      \
        - { ask: GET /primes?below=500000, id: job, answer: \"41538\" }\n      \
        - { ask: GET /quick, while: job, answer: quick }";
    let holds = job_server("response.end(String(count(0, below)))");
    let exercise = exercise(test, &holds);
    let sliced = job_server(
        "let found = 0, at = 0\n\
         const step = () => {\n\
           if (at >= below) return response.end(String(found))\n\
           found += count(at, Math.min(at += 2000, below)), setImmediate(step)\n\
         }\n\
         step()",
    );
    let in_a_worker = job_server(
        "new Worker(__filename, { workerData: below }).on('message', found => response.end(String(found)))",
    ) + "else parentPort.postMessage(count(0, workerData))\n";
    let right = [sliced.as_str(), &in_a_worker];
    let wrong = [
        holds,
        // A promise or a microtask is no other thread.
        job_server(
            "Promise.resolve().then(() => count(0, below)).then(found => response.end(String(found)))",
        ),
        // It only begins later,
        job_server("setImmediate(() => response.end(String(count(0, below))))"),
        job_server("setTimeout(() => response.end(String(count(0, below))), 700)"),
        // or after it has pretended to be at work.
        job_server(
            "const end = Date.now() + 60\nwhile (Date.now() < end);\n\
             setTimeout(() => response.end(String(count(0, below))), 400)",
        ),
        // It lets others in only between two halves.
        job_server(
            "const half = count(0, below / 2 | 0)\n\
             setTimeout(() => response.end(String(half + count(below / 2 | 0, below))), 100)",
        ),
        // It answers the others first, but only when its work is done.
        job_server(
            "const found = count(0, below)\nsetTimeout(() => response.end(String(found)), 100)",
        ),
        // It makes the others look slow by themselves.
        job_server("response.end(String(count(0, below))), setImmediate(() => count(0, below))"),
        // It sleeps with its loop held.
        job_server(
            "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500), response.end(`41538`)",
        ),
    ];
    let wrong = wrong.each_ref().map(String::as_str);
    all_are_told_apart(&exercise, &right, &wrong);
}

/// A server whose handler is this.
fn server(handler: &str) -> String {
    format!(
        "require('http').createServer((request, response) => {{ {handler} }}).listen(process.env.PORT)\n"
    )
}

/// The one failure of a program that is asked this.
fn failure(script: &str, program: &str, node: &Node) -> Option<Failure> {
    failure_of(&format!("server: [{script}]"), program, node)
}

/// The one failure of a program in this test.
fn failure_of(test: &str, program: &str, node: &Node) -> Option<Failure> {
    let exercise = exercise(&format!("limits: {{ cpu: 1 s }}\n    {test}"), program);
    let files = support::files(&[("main.cjs", program)]);
    let graded = grading::grade(&exercise, &files, node, Policy::default());
    match &graded.tests[0].outcome {
        Outcome::Judged(Verdict::Passed { .. }) => None,
        Outcome::Judged(Verdict::Failed(failure)) => Some(failure.clone()),
        outcome => panic!("{program}\non Node {}: {outcome:?}", node.version),
    }
}

#[test]
fn what_is_wrong_with_a_server_has_its_sentence() {
    let ok = server("response.end('ok')");
    let cases: &[(&str, &str, &str)] = &[
        (
            "{ ask: GET / }",
            "console.log('listening')\n",
            "it did not listen on the port that it was given",
        ),
        (
            "{ ask: GET / }",
            "require('http').createServer().listen(4321)\n",
            "it did not listen on the port that it was given, but on 4321",
        ),
        (
            "{ ask: GET /, status: 201 }",
            &ok,
            "`GET /` was answered with status 200 instead of 201",
        ),
        (
            "{ ask: GET /, answer: no }",
            &ok,
            "the answer to `GET /` is another",
        ),
        (
            "{ ask: GET /, json: '{\"a\": 1}' }",
            &server("response.end('{\"a\": 2}')"),
            "the answer to `GET /` is another",
        ),
        ("{ ask: GET / }", &server(""), "`GET /` got no answer"),
        (
            "{ ask: GET / }",
            &server("response.write('half'); setTimeout(() => response.destroy(), 20)"),
            "the connection of `GET /` ended before its answer was whole",
        ),
        (
            "{ ask: GET / }",
            "require('net').createServer(socket => socket.end('hello\\n')).listen(process.env.PORT)\n",
            "what came for `GET /` is no HTTP",
        ),
        (
            "{ ask: GET / }",
            &server("response.end('x'.repeat(2 ** 20 + 1))"),
            "the answer to `GET /` is longer than 1048576 bytes",
        ),
        (
            "{ ask: GET / }",
            "require('net').createServer(socket => {\n\
               socket.on('error', () => {})\n\
               const more = () => { while (socket.write('HTTP/1.1 100 Continue\\r\\n\\r\\n'.repeat(1000))); }\n\
               socket.on('drain', more), more()\n\
             }).listen(process.env.PORT)\n",
            "the answer to `GET /` is longer than 1048576 bytes",
        ),
        (
            "{ ask: GET /, times: 40 }",
            &server("response.end('x'.repeat(900000))"),
            "the answer to `GET /` is longer than 1048576 bytes",
        ),
        (
            "{ ask: GET /, id: one }, { ask: GET /two, after: one }",
            "const server = require('http').createServer((request, response) => {\n\
               server.close()\n\
               response.end()\n\
             }).listen(process.env.PORT)\n\
             setTimeout(() => {}, 2000)\n",
            "the connection of `GET /two` ended before its answer was whole",
        ),
        (
            "{ ask: GET /, times: 3, answer: 1 }",
            &format!("let n = 0\n{}", server("response.end(String(++n))")),
            "the answer to `GET /` is another",
        ),
    ];
    for node in nodes() {
        for (script, program, says) in cases {
            let failure = failure(script, program, &node).expect(program);
            let told: Vec<String> = failure
                .misbehaved()
                .iter()
                .map(report::misbehaved)
                .collect();
            assert_eq!(told, [*says], "{program}");
        }
    }
}

#[test]
fn a_server_that_ends_fails_with_its_own_error() {
    let twice = server("response.end('once'); response.setHeader('a', 'b')");
    // In the next phase: a server that rests meanwhile may have been ended before.
    let later = server("response.end('once'); setImmediate(() => { throw new Error('late') })");
    for node in nodes() {
        for (program, error) in [(&twice, "ERR_HTTP_HEADERS_SENT"), (&later, "late")] {
            let failure = failure("{ ask: GET /, answer: once }", program, &node);
            let failure = failure.expect(program);
            let ending = &failure.run().unwrap().ending;
            let line = &ending.error().expect(program).line;
            assert!(line.contains(error), "{line}");
        }
    }
}

#[test]
fn a_server_is_found_wherever_it_listens_and_answers_as_it_likes() {
    let cases: &[(&str, &str)] = &[
        (
            "{ ask: GET / }",
            "require('http').createServer((_, response) => response.end()).listen(process.env.PORT, 'localhost')\n",
        ),
        (
            "{ ask: GET / }",
            "require('http').createServer((_, response) => response.end()).listen(process.env.PORT, '127.0.0.1')\n",
        ),
        (
            "{ ask: GET / }",
            "require('http').createServer((_, response) => response.end()).listen(process.env.PORT, '::1')\n",
        ),
        // It takes its time,
        (
            "{ ask: GET / }",
            "setTimeout(() => require('http').createServer((_, response) => response.end()).listen(process.env.PORT), 1500)\n",
        ),
        // and the answer too.
        (
            "{ ask: GET /, answer: [a, b] }",
            &server("response.write('a\\n'); setTimeout(() => response.end('b\\n'), 600)"),
        ),
        (
            "{ bytes: \"HELLO\\r\\n\\r\\n\", status: 400 }, { ask: GET /, answer: ok }",
            &server("response.end('ok')"),
        ),
        (
            "{ ask: POST /, body: 'a body', headers: { X-Own: yes }, json: '[\"a body\", \"yes\"]' }",
            &server(
                "let body = ''; request.on('data', data => body += data).on('end', () => response.end(JSON.stringify([body, request.headers['x-own']])))",
            ),
        ),
        ("{ ask: HEAD / }", &server("response.end('ok')")),
        (
            "{ ask: GET /, times: 100, answer: ok }",
            &server("response.end('ok')"),
        ),
        // It closes its side and waits for the other.
        (
            "{ ask: GET /, id: one }, { signal: SIGTERM, after: one }",
            "const server = require('net').createServer({ allowHalfOpen: true }, socket => {\n\
               socket.resume().on('error', () => {}).end('HTTP/1.1 200 OK\\r\\n\\r\\nok')\n\
             }).listen(process.env.PORT)\n\
             process.on('SIGTERM', () => server.close())\n",
        ),
        // It ends when it is asked to, or when all is done.
        (
            "{ ask: GET /, id: one }, { signal: SIGTERM, after: one }",
            "const server = require('http').createServer((_, response) => response.end()).listen(process.env.PORT)\n\
          process.on('SIGTERM', () => server.close())\n",
        ),
        (
            "{ ask: GET / }",
            "const server = require('http').createServer((_, response) => { server.close(); response.end() }).listen(process.env.PORT)\n",
        ),
    ];
    for node in nodes() {
        for (script, program) in cases {
            let failure = failure(script, program, &node);
            assert!(failure.is_none(), "{program}: {failure:?}");
        }
    }
}

/// Where there are limits alone, a server listens on this machine's loopback.
#[test]
fn a_server_is_asked_in_every_tier_that_has_a_loopback() {
    let exits = "require('http').createServer((_, response) => {\n\
                   response.end('x'.repeat(9e5), () => process.exit())\n\
                 }).listen(process.env.PORT)\n";
    let ok = server("response.end('ok')");
    let request = Request {
        what: Sent::Http {
            method: "GET".to_owned(),
            target: "/".to_owned(),
            headers: Vec::new(),
            body: String::new(),
        },
        due: Due::AtOnce,
        times: 1,
        leaves: false,
    };
    let entry = RelPath::new("main.cjs").unwrap();
    for node in nodes() {
        for tier in [Tier::Full, Tier::Limits] {
            for (program, length) in [(exits, 900_000), (&ok, 2)] {
                let program = Program {
                    requests: vec![request.clone()],
                    ..Program::new(support::files(&[("main.cjs", program)]), entry.clone())
                };
                let served = sandbox::run_at_most(tier, &program, &node).unwrap().served;
                let served = served.unwrap();
                let [exchange] = &served.exchanges[..] else {
                    panic!("{served:?}")
                };
                let Some((Answer::Whole(response), _)) = &exchange.came else {
                    panic!("{:?}", exchange.came)
                };
                assert_eq!((response.status, response.body.len()), (200, length));
            }
        }
    }
}

/// A program that has two jobs done so, and says that it is done.
fn jobs(main: &str, worker: &str) -> String {
    format!(
        "const {{ Worker, isMainThread, parentPort, workerData }} = require('worker_threads')\n{JOB}\
         const work = () => count(0, 250000)\n\
         const done = () => console.log('done')\n\
         if (isMainThread) {{ {main} }} else {{ {worker} }}\n"
    )
}

#[test]
fn work_is_told_by_the_threads_that_do_it() {
    let test = "trace: done\n    limits: { cpu: 10 s }\n    threads: { main: 100 ms, workers: 2 }";
    let start_two = "let ended = 0\n\
         for (let n = 0; n < 2; n++) new Worker(__filename).on('exit', () => ++ended === 2 && done())";
    let two = jobs(start_two, "work()");
    let exercise = exercise(test, &two);
    let in_a_row = jobs(
        "const next = left => left ? new Worker(__filename).on('exit', () => next(left - 1)) : done()\nnext(2)",
        "work()",
    );
    let right = [two.as_str(), &in_a_row];
    let wrong = [
        jobs("work(), work(), done()", ""),
        jobs("new Worker(__filename).on('exit', done)", "work(), work()"),
        jobs(
            "let ended = 0\n\
             for (let n = 0; n < 3; n++) new Worker(__filename).on('exit', () => ++ended === 3 && done())",
            "work()",
        ),
        // Workers that wait while the main thread works.
        jobs(
            "new Worker(__filename), new Worker(__filename), work(), work(), done()",
            "setTimeout(() => {}, 500)",
        ),
        // Workers that work for show.
        jobs(
            "new Worker(__filename), new Worker(__filename), work(), work(), done()",
            "work()",
        ),
        // The work is done by others' hands: by the thread pool of Node's own.
        jobs(
            "const { pbkdf2 } = require('crypto')\n\
             pbkdf2('a', 'b', 500000, 64, 'sha512', done)",
            "",
        ),
        // Who looks from inside believes that it does nothing.
        format!(
            "process.cpuUsage = () => ({{ user: 0, system: 0 }})\n\
             performance.eventLoopUtilization = () => ({{ idle: 1, active: 0, utilization: 0 }})\n{}",
            jobs("work(), work(), done()", "")
        ),
    ];
    let wrong = wrong.each_ref().map(String::as_str);
    all_are_told_apart(&exercise, &right, &wrong);
}

/// A program that counts a lot so, and says that it is done.
fn counting(how: &str) -> String {
    format!(
        "{JOB}const done = () => console.log('done')\n\
         const pieces = 70, piece = n => count(n * 5000, (n + 1) * 5000)\n\
         const all = () => {{ for (let n = 0; n < pieces; n++) piece(n) }}\n\
         {how}\n"
    )
}

#[test]
fn whoever_holds_the_loop_is_found_by_what_runs_between_two_turns() {
    let test = "trace: done\n    limits: { cpu: 10 s }\n    responsive: 3";
    let by_immediates = counting(
        "let n = 0; (function next() { piece(n++); n < pieces ? setImmediate(next) : done() })()",
    );
    let exercise = exercise(test, &by_immediates);
    let right = [
        by_immediates.clone(),
        counting(
            "let n = 0; (function next() { piece(n++); n < pieces ? setTimeout(next) : done() })()",
        ),
        counting(
            "const { setImmediate: turn } = require('timers/promises')\n\
             ;(async () => { for (let n = 0; n < pieces; n++) { piece(n); await turn() } done() })()",
        ),
        // Each piece waits for a file.
        counting(
            "const fs = require('fs'); let n = 0\n\
             ;(function next() { piece(n++); n < pieces ? fs.stat('.', next) : done() })()",
        ),
        // In a worker, whose loop may be held.
        counting(
            "const { Worker, isMainThread } = require('worker_threads')\n\
             if (isMainThread) new Worker(__filename).on('exit', done)\n\
             else all()",
        ),
        "console.log('done')\n".to_owned(),
        "setTimeout(() => console.log('done'), 100)\n".to_owned(),
    ];
    let wrong = [
        counting("all(), done()"),
        counting("setTimeout(() => { all(), done() }, 20)"),
        counting("setImmediate(() => setImmediate(() => { all(), done() }))"),
        // In pieces, but in one turn.
        counting(
            "(async () => { for (let n = 0; n < pieces; n++) { piece(n); await null } done() })()",
        ),
        counting(
            "let n = 0; (function next() { piece(n++); n < pieces ? process.nextTick(next) : done() })()",
        ),
        counting(
            "let n = 0; (function next() { piece(n++); n < pieces ? queueMicrotask(next) : done() })()",
        ),
        // In two halves.
        counting(
            "for (let n = 0; n < 45; n++) piece(n)\n\
             setImmediate(() => { for (let n = 45; n < pieces; n++) piece(n); done() })",
        ),
        // At its end, when there is no loop any more.
        counting("done(); process.on('exit', all)"),
        // Node turns another loop in the middle of it.
        counting(
            "globalThis.piece = piece; const vm = require('vm')\n\
             for (let n = 0; n < pieces; n++) vm.runInThisContext(`piece(${n})`, { timeout: 20000 })\n\
             done()",
        ),
        counting(
            "globalThis.piece = piece; const vm = require('vm')\n\
             for (let n = 0; n < pieces; n++) vm.runInThisContext(`piece(${n})`, { timeout: 20000 })\n\
             done(), process.exit()",
        ),
        counting(
            "globalThis.piece = piece; const vm = require('vm'); require('fs').closeSync(5)\n\
             for (let n = 0; n < pieces; n++) vm.runInThisContext(`piece(${n})`, { timeout: 20000 })\n\
             done()",
        ),
        // It believes that it is always free.
        counting(
            "performance.now = () => 0; process.hrtime.bigint = () => 0n; Date.now = () => 0\n\
             performance.eventLoopUtilization = () => ({ idle: 1, active: 0, utilization: 0 })\n\
             process.cpuUsage = () => ({ user: 0, system: 0 })\n\
             setImmediate(() => { all(), done() })",
        ),
        // Turns for show, before and after.
        counting(
            "let turns = 0; (function turn() {\n\
               if (turns++ === 100) all()\n\
               turns < 200 ? setImmediate(turn) : done()\n\
             })()",
        ),
    ];
    let right = right.each_ref().map(String::as_str);
    let wrong = wrong.each_ref().map(String::as_str);
    all_are_told_apart(&exercise, &right, &wrong);
}

/// While a child is waited for in the middle of a turn, Node turns another loop.
#[test]
fn waiting_for_a_child_is_no_turn() {
    let test = "trace: done\n    needs: [children]\n    limits: { cpu: 10 s }\n    responsive: 3";
    let waits = "const { spawnSync } = require('child_process')\n";
    let right = counting(&format!(
        "{waits}let n = 0; (function next() {{ piece(n++); n < pieces ? setImmediate(next) : done() }})()\n\
         spawnSync('true')"
    ));
    let wrong = counting(&format!(
        "{waits}setImmediate(() => {{ for (let n = 0; n < pieces; n++) {{ piece(n), n % 15 || spawnSync('true') }} done() }})"
    ));
    let exercise = exercise(test, &right);
    all_are_told_apart(&exercise, &[&right], &[&wrong]);
}

/// Whatever it is called by, and whatever the program has changed before; what Node does for itself does not count.
#[test]
fn a_function_that_must_not_be_called_is_seen_when_it_is() {
    let test = "trace: done\n    never: [\"fs.*Sync\", child_process.spawnSync]";
    let right = [
        "const { readFile } = require('fs/promises')\n\
         readFile(__filename).then(() => console.log('done'))\n",
        "require('fs').createReadStream(__filename).on('data', () => console.log('done'))\n",
        // Node reads a module.
        "const { writeFile } = require('fs/promises')\n\
         writeFile('own.cjs', 'exports.word = `done`').then(() => console.log(require('./own.cjs').word))\n",
        "const { writeFile } = require('fs/promises')\n\
         writeFile('own.mjs', 'export default `done`').then(async () => console.log((await import('./own.mjs')).default))\n",
        // It must not be called: it may be there.
        "const { readFileSync } = require('fs')\nconsole.log(readFileSync.length === 2 && readFileSync.name ? 'done' : readFileSync)\n",
        // A worker's thread is its own.
        "const { Worker, isMainThread } = require('worker_threads')\n\
         if (isMainThread) new Worker(__filename).on('exit', () => console.log('done'))\n\
         else require('fs').readFileSync(__filename)\n",
        "require('os').setPriority(0, 0), console.log('done')\n",
    ];
    let first = "const fs = require('fs')\n";
    let wrong = [
        "fs.readFileSync(__filename)",
        "const { existsSync } = require('node:fs'); existsSync('a')",
        "import('fs').then(({ statSync }) => statSync('.'))",
        "import('fs').then((fs) => fs.default.readdirSync('.'))",
        "(process.getBuiltinModule?.('fs') ?? fs).mkdirSync('a')",
        "require('module').createRequire(__filename)('fs').accessSync('.')",
        "setTimeout(() => fs.writeFileSync('a', 'b'), 20)",
        "Promise.resolve().then(() => fs.openSync('.'))",
        "process.on('exit', () => fs.readFileSync(__filename))",
        "try { require('child_process').spawnSync('true') } catch {}",
        // By others' hands.
        "['a'].map(fs.existsSync)",
        "setTimeout(fs.existsSync, 1, 'a')",
        "new (require('async_hooks').AsyncLocalStorage)().run(1, fs.existsSync, 'a')",
        "require('util').deprecate(fs.existsSync, 'a')('a')",
        "Reflect.apply(fs.existsSync, fs, ['a'])",
        "fs.existsSync.call(fs, 'a')",
        "fs.existsSync.bind(fs, 'a')()",
        "new Proxy(fs.existsSync, {})('a')",
        "new Function('fs', 'fs.existsSync(`a`)')(fs)",
        // Nobody sees it, they think.
        "Object.defineProperty(Error, 'stackTraceLimit', { value: 0 }); fs.existsSync('a')",
        "Error.prepareStackTrace = () => { throw 1 }; Error.captureStackTrace = null; fs.existsSync('a')",
        "require('os').setPriority = null; require('module').syncBuiltinESMExports(); fs.existsSync('a')",
        "Reflect.apply = Reflect.construct = String.prototype.charCodeAt = Array.prototype.map = null; fs.existsSync('a')",
        "String.prototype.startsWith = () => true; RegExp.prototype.exec = () => null; fs.existsSync('a')",
        "process.env.TICKMARK_CALLS = ''; fs.existsSync('a')",
        "process.binding('fs')",
        // It says that there is no such function.
        "for (let n = 0; n < 5; n++) require('os').setPriority(0x43000000 + n, 0)\nfs.existsSync('a')",
        "fs.realpathSync.native('.')",
        // Node calls them for it.
        "fs.access('.', fs.existsSync.bind(fs, 'a'))",
        "fs.stat('.', eval('() => fs.existsSync(`a`)'))",
        "process.on('exit', fs.existsSync.bind(fs, 'a'))",
        "require('http').createServer().on('close', fs.existsSync.bind(fs, 'a')).listen(0).close()",
        // So deep in the stack that there is no room to look who calls.
        "let found, tries = 0\n\
         function dig() { try { dig() } catch {\n\
           if (found || ++tries > 50) throw 0\n\
           try { fs.existsSync('a') } catch (error) { if (!(error instanceof Error)) found = error }\n\
           throw 0\n\
         } }\n\
         try { dig() } catch {}\n\
         if (found) Object.getPrototypeOf(found.constructor).prepareStackTrace = () => [{ file: 'node:fs', line: 1 }]\n\
         fs.existsSync('a')",
    ];
    let wrong = wrong.map(|line| format!("{first}console.log('done');\n{line}\n"));
    let exercise = exercise(test, right[0]);
    let wrong = wrong.each_ref().map(String::as_str);
    all_are_told_apart(&exercise, &right, &wrong);

    let in_few_words = |program: &str| {
        let misbehaved = misbehaved(&exercise, program, &nodes()[0]);
        misbehaved
            .iter()
            .map(report::misbehaved)
            .collect::<Vec<_>>()
    };
    let twice = "const fs = require('fs')\nfor (const _ of 'ab') fs.readFileSync(__filename)\n\
                 const read = () =>\n  fs.statSync('.')\nread()\nconsole.log('done')\n";
    assert_eq!(
        in_few_words(twice),
        [
            "`fs.readFileSync` is called in line 2 of `main.cjs`, and never may be",
            "`fs.statSync` is called in line 4 of `main.cjs`, and never may be",
        ]
    );
}

/// Also where a function is forbidden in several ways, and with whatever names every Node has.
#[test]
fn what_node_calls_for_itself_is_no_call_of_the_program() {
    let test = "trace: done\n    never: [\"fs.*Sync\", fs.readFileSync, \"crypto.*Sync\", \"zlib.*Sync\", \
                \"child_process.*Sync\", worker_threads.Worker]\n    \
                never-serving: [fs.readFileSync, \"vm.*Context\"]";
    let loads = "const { writeFile } = require('fs/promises')\n\
         require('http'), require('https'), require('crypto'), require('zlib')\n\
         writeFile('own.cjs', 'exports.word = `done`')\n\
           .then(() => writeFile('own.json', '{}'))\n\
           .then(() => (require('./own.json'), console.log(require('./own.cjs').word)))\n";
    let exercise = exercise(test, loads);
    all_are_told_apart(
        &exercise,
        &[loads],
        &["require('fs').statSync('.'), console.log('done')"],
    );
}

/// What of a program with these files is wrong in a test, in a few words each.
fn loaded(test: &str, program: &[(&str, &str)], node: &Node) -> Vec<String> {
    let exercise = exercise(test, "");
    let policy = Policy {
        runs: Runs::Each(1),
        ..Policy::default()
    };
    let graded = grading::grade(&exercise, &support::files(program), node, policy);
    match &graded.tests[0].outcome {
        Outcome::Judged(Verdict::Passed { .. }) => Vec::new(),
        Outcome::Judged(Verdict::Failed(failure)) => {
            let told = failure.misbehaved().iter().map(report::misbehaved);
            match failure.run().unwrap().ending.error() {
                Some(error) => told.chain([error.line.clone()]).collect(),
                None => told.collect(),
            }
        }
        outcome => panic!("{program:?}\non Node {}: {outcome:?}", node.version),
    }
}

/// A module that gives all that a test asks for, whichever way; and some that do not.
#[test]
fn a_module_is_what_it_gives_to_whoever_loads_it() {
    let test = "module:\n      \
                require: { add: function, Sum: class, list: { json: '[1, 2.0]' }, version: { text: 1.0.0 }, own: missing }\n      \
                import: { add: function, Sum: class }\n      \
                same: [add, Sum]\n      quiet: true";
    let right = [
        (
            "main.cjs",
            "exports.add = (a, b) => a + b\nexports.Sum = class {}\nexports.list = [1, 2]\nexports.version = '1.0.0'\n",
        ),
        (
            "main.mjs",
            "export const add = (a, b) => a + b, list = [1, 2], version = '1.0.0'\nexport class Sum {}\n",
        ),
        // Found by Node, or said by a class.
        (
            "main.js",
            "class Sum {}\nconst add = () => 1\nmodule.exports = { add, Sum, list: [1, 2] }\n\
             Object.defineProperty(exports = module.exports, 'version', { get: () => '1.0.0' })\n",
        ),
        (
            "main.mjs",
            "export { add, Sum } from './own.cjs'\nexport * from './own.cjs'\nimport own from './own.cjs'\n\
             export const { list, version } = own\n",
        ),
    ];
    let own = "class Module { add() {} get list() { return [1, 2] } }\nmodule.exports = new Module()\n\
               exports = module.exports\nexports.add = exports.add\nexports.Sum = class {}\nexports.version = '1.0.0'\n";
    let add = "exports.add = (a, b) => a + b\nexports.list = [1, 2]\nexports.version = '1.0.0'\n";
    let sum = "exports.Sum = class {}\n";
    let wrong: [(String, &[&str]); 9] = [
        (
            format!("{add}exports.Sum = function () {{}}\n"),
            &[
                "`require` finds `Sum` in it, which is a function and should be a class",
                "`import` finds `Sum` in it, which is a function and should be a class",
            ],
        ),
        (
            format!("{add}{sum}exports.version = '1.0.1'\nexports.own = null\n"),
            &[
                "`require` finds `version` in it, which is `\"1.0.1\"` and should be `\"1.0.0\"`",
                "`require` finds `own` in it, which should not be there",
            ],
        ),
        (
            format!("{add}{sum}exports.list = () => [1, 2]\nexports.add = Promise.resolve(exports.add)\n"),
            &[
                "`require` finds `add` in it, which is a promise and should be a function",
                "`require` finds `list` in it, which is a function and should be `[1,2.0]`",
                "`import` finds `add` in it, which is a promise and should be a function",
            ],
        ),
        (
            format!("{add}{sum}module.exports = {{ ...exports }}\n"),
            &[],
        ),
        (
            "const all = {}\nfor (const name of ['add', 'Sum']) all[name] = name === 'add' ? () => 1 : class {}\n\
             module.exports = Object.assign(all, { list: [1, 2], version: '1.0.0' })\n".to_owned(),
            &[
                "`import` finds no `add` in it",
                "`import` finds no `Sum` in it",
            ],
        ),
        (
            format!("{add}{sum}Object.defineProperties(exports, {{ add: {{ get: () => () => 1 }} }})\n"),
            &["`require` and `import` give two different `add`"],
        ),
        (
            format!("{add}{sum}delete require.cache[__filename]\n"),
            &[
                "`require` and `import` give two different `add`",
                "`require` and `import` give two different `Sum`",
            ],
        ),
        (
            format!("{add}{sum}console.error('ready')\n"),
            &["it prints `ready` when it is loaded, and should print nothing"],
        ),
        (
            format!("{add}{sum}setInterval(() => {{}}, 1000)\n"),
            &["when it was loaded, something kept the program alive (a timer)"],
        ),
    ];
    for node in nodes() {
        for program in right {
            let told = loaded(test, &[program, ("own.cjs", own)], &node);
            if program.0 == "main.mjs" && node.version.major < 20 {
                assert!(told.concat().contains("[ERR_REQUIRE_ESM]"), "{told:?}");
                continue;
            }
            assert_eq!(
                told,
                [] as [String; 0],
                "{program:?}\non Node {}",
                node.version
            );
        }
        for (program, says) in &wrong {
            let told = loaded(test, &[("main.cjs", program)], &node);
            assert_eq!(told, *says, "{program}\non Node {}", node.version);
        }
    }
}

/// Nothing that it prints, changes, says itself or hides makes it what it is not.
#[test]
fn a_module_cannot_pretend_to_give_what_it_does_not() {
    let test = "module:\n      require: { add: function, Sum: class, list: { json: '[1]' } }\n      \
                import: { add: function }\n      same: [add]\n      quiet: true";
    let forged = "'{\"required\":{\"kind\":\"object\",\"names\":[{\"name\":\"add\",\"kind\":\"function\",\"json\":null},'\n\
                  + '{\"name\":\"Sum\",\"kind\":\"class\",\"json\":null},{\"name\":\"list\",\"kind\":\"array\",\"json\":\"[1]\"}]},'\n\
                  + '\"imported\":{\"kind\":\"object\",\"names\":[{\"name\":\"add\",\"kind\":\"function\",\"json\":null}]},'\n\
                  + '\"is_same\":true,\"same\":[\"add\"],\"left\":[]}'";
    let says = format!(
        "const {{ setPriority }} = require('os')\nconst send = (kind, payload) => setPriority((0x40 + kind) * 0x1000000 + payload, 0)\n\
         const text = {forged}\nconst say = (key) => {{\n  send(8, key)\n  \
         for (let at = 0; at < text.length; at += 3) send(9, (text.charCodeAt(at) << 16) | ((text.charCodeAt(at + 1) || 0) << 8) | (text.charCodeAt(at + 2) || 0))\n  \
         send(10, 0)\n}}\n"
    );
    let all = "exports.add = () => 1\nexports.Sum = class {}\nexports.list = [1]\n";
    let by = |what: &str| format!("{says}{what}\n");
    let with = |what: &str| format!("{all}{what}\n");
    let own_loader = "process.env.TICKMARK_MODULE = JSON.stringify({ entry: 'main.cjs', specifier: './good.cjs', require: true, import: true })\n\
                      delete require.cache['/node/module.cjs']\nrequire('/node/module.cjs')\n";
    let wrong = [
        // It says that all is well.
        "console.log('ok'), process.exit(0)".to_owned(),
        by("say(0), process.exit(0)"),
        by("for (let key = 0; key < 3; key++) say(key)"),
        by("setImmediate(() => say(1))"),
        by("process.on('exit', () => say(2))"),
        by("new (require('worker_threads').Worker)(__filename)"),
        by("say(require('fs').readFileSync('/proc/self/environ').length), process.exit(0)"),
        // It has our loader say it of another module.
        own_loader.to_owned(),
        format!("{own_loader}setImmediate(() => setImmediate(process.exit))\n"),
        // Every object has it.
        "Object.prototype.add = () => 1; Object.prototype.Sum = class {}; Object.prototype.list = [1]".to_owned(),
        "Function.prototype.add = () => 1; Function.prototype.Sum = class {}; module.exports = () => 1".to_owned(),
        // Nothing is any more what it was.
        "Reflect.ownKeys = Object.keys = Object.getOwnPropertyNames = () => ['add', 'Sum', 'list']\n\
         Reflect.get = () => class {}; Object.is = () => true; Array.isArray = () => true".to_owned(),
        format!("JSON.stringify = () => {forged}; String.prototype.charCodeAt = () => 32"),
        format!("Object.prototype.toJSON = String.prototype.toJSON = () => JSON.parse({forged})"),
        "Map.prototype.has = () => true; Set.prototype.has = () => true; Array.prototype.includes = () => true".to_owned(),
        "Function.prototype.toString = () => 'class Sum {}'; exports.add = exports.Sum = () => 1; exports.list = [1]".to_owned(),
        "Object.defineProperty(Symbol, 'hasInstance', {}); Function.prototype[Symbol.hasInstance] = () => true".to_owned(),
        "exports.add = exports.Sum = exports.list = new Proxy(class {}, { get: () => 'function' })".to_owned(),
        // What is imported is not what it was promised to be.
        format!(
            "{all}delete exports.add\n\
             Object.defineProperty(Promise.prototype, 'constructor', {{ get: () => class {{ static [Symbol.species] = Promise }} }})\n\
             Promise.prototype.then = function (done) {{ done({{ add: exports.add }}) }}\n"
        ),
        "const all = { add: () => 1, Sum: class {}, list: [1] }\nmodule.exports = all\nconst { then } = Promise.prototype\n\
         Promise.prototype.then = function (done, ...more) { return then.call(this, (value) => done(value?.default === all ? all : value), ...more) }".to_owned(),
        "const all = { add: () => 1, Sum: class {}, list: [1] }\nmodule.exports = all\n\
         require('async_hooks').createHook({ init(id, type, by, promise) { if (type === 'PROMISE') {\n  \
           const { then } = promise\n  \
           promise.then = (done, ...more) => then.call(promise, (value) => done(value?.default === all ? all : value), ...more)\n\
         } } }).enable()".to_owned(),
        // It looks who asks.
        "const known = []\nError.prepareStackTrace = (_, frames) => frames\n\
         Object.defineProperty(exports, 'add', { enumerable: true, get() {\n  \
           for (const frame of new Error().stack) known.push(frame.getThis(), frame.getFunction())\n  \
           for (const one of known) try { one?.see?.('require', { add() {}, Sum: class {}, list: [1] }) } catch {}\n\
         } })".to_owned(),
        "Object.defineProperty(exports, 'add', { get: function add() { return add.caller ?? arguments.callee.caller } })".to_owned(),
        // It is loaded, and takes the whole program with it.
        with("process.nextTick(process.exit, 0)"),
        with("process.nextTick(() => process.reallyExit(0))"),
        with("setImmediate(() => process.exit(0))"),
        with("queueMicrotask(() => process.kill(process.pid))"),
        // It is not as quiet as it seems.
        with("console.log = console.error; console.log('x')"),
        with("process.on('exit', () => require('fs').writeSync(1, 'x'))"),
        with("process.on('beforeExit', () => process._rawDebug('x'))"),
        with("setTimeout(() => {}, 5000)"),
        with("process.getActiveResourcesInfo = () => []; setInterval(() => {}, 1000)"),
        with("require('http').createServer().listen(0)"),
        with("require('http').createServer().listen(0); setTimeout(() => process.exit(0), 300).unref()"),
        with("require('crypto').pbkdf2('a', 'b', 100_000_000, 64, 'sha512', () => {})"),
        with("require('crypto').pbkdf2('a', 'b', 100_000_000, 64, 'sha512', () => process.exit(0))"),
        with("new (require('worker_threads').Worker)('setTimeout(() => {}, 200)', { eval: true })"),
        with("require('fs').watch('.')"),
        with("require('async_hooks').createHook({ init(id, type, by, immediate) { if (type === 'Immediate') immediate._onImmediate = () => {} } }).enable()"),
        with("const { freeze } = Object; const seen = []; for (const of of [Array.prototype, Map.prototype, Set.prototype, String.prototype]) for (const name of Object.getOwnPropertyNames(of)) try { const old = of[name]; if (typeof old === 'function') of[name] = function (...all) { seen.push(all); return Reflect.apply(old, this, all) } } catch {}\nsetTimeout(() => {}, 5000)"),
        // It calls back whoever tells, where there is no room for it.
        "let tell, error\n\
         require('async_hooks').createHook({ init(id, type, by, immediate) { if (type === 'Immediate') process.nextTick(() => { tell = immediate._onImmediate }) } }).enable()\n\
         process.on('uncaughtException', (thrown) => { error = thrown })\n\
         const dig = () => { try { dig() } catch { try { tell?.() } catch (thrown) { error = thrown } } }\n\
         process.nextTick(() => process.nextTick(() => {\n  \
           dig()\n  \
           if (!error) return\n  \
           const realm = error.constructor.constructor('return globalThis')()\n  \
           realm.Reflect.ownKeys = () => ['add', 'Sum', 'list']\n  \
           realm.Array.prototype.map = () => []\n  \
           realm.JSON.stringify = () => text\n\
         }))".to_owned(),
        with("globalThis.setImmediate = () => {}; clearImmediate = () => {}; (function turn() { setTimeout(turn) })()"),
    ];
    let right = [
        all.to_owned(),
        with("setTimeout(() => {}, 1000).unref()"),
        with("Object.freeze(Object.prototype); Object.freeze(Promise.prototype)"),
    ];
    let good = ("good.cjs", all);
    for node in nodes() {
        for program in &right {
            let told = loaded(test, &[("main.cjs", program), good], &node);
            assert_eq!(
                told,
                [] as [String; 0],
                "{program}\non Node {}",
                node.version
            );
        }
        for program in &wrong {
            let told = loads_badly(test, &[("main.cjs", program), good], &node);
            assert!(told, "{program}\non Node {}", node.version);
        }
    }
}

/// Also where somebody else has the cores.
#[test]
fn a_module_is_quiet_if_its_loop_has_nothing_to_wait_for() {
    let exercise = exercise(
        "module: { import: { add: function }, quiet: true }",
        "exports.add = 1\n",
    );
    let add = "exports.add = () => 1\n";
    let with = |what: &str| format!("{add}{what}\n");
    let right = [
        add.to_owned(),
        with("setTimeout(() => {}, 1000).unref()"),
        with("require('http'), require('worker_threads'), require('crypto').randomBytes(8)"),
        with(
            "Promise.resolve().then(() => {}), process.nextTick(() => {}), queueMicrotask(() => {})",
        ),
        with("process.on('SIGTERM', () => {}), process.once('exit', () => {})"),
        with("new (require('events'))().on('a', () => {}), process.stdout.on('error', () => {})"),
        with(
            "new (require('worker_threads').MessageChannel)(), new (require('http').Agent)({ keepAlive: true })",
        ),
    ];
    let wrong = [
        with("setTimeout(() => {}, 20)"),
        with("let turns = 0; (function turn() { if (turns++ < 20) setTimeout(turn, 1) })()"),
        with("require('fs').createReadStream(__filename).resume()"),
        with("require('http').createServer().listen(0)"),
        with("require('net').createServer().listen(0, '127.0.0.1')"),
        with("require('crypto').pbkdf2('a', 'b', 100_000_000, 64, 'sha512', () => {})"),
        with("new (require('worker_threads').Worker)('0', { eval: true })"),
    ];
    let right = right.each_ref().map(String::as_str);
    let wrong = wrong.each_ref().map(String::as_str);
    all_are_told_apart(&exercise, &right, &wrong);

    let test = "module: { import: { text: string }, quiet: true }";
    let waits = "import fs from 'fs/promises'\nexport const text = await fs.readFile('main.mjs', 'utf8')\n\
                 await new Promise((done) => setTimeout(done, 20))\n";
    let does_not_wait = "import { setTimeout } from 'timers/promises'\nexport let text = ''\n\
                         setTimeout(20, 'later').then((come) => { text = come })\n";
    for node in nodes() {
        assert_eq!(
            loaded(test, &[("main.mjs", waits)], &node),
            [] as [String; 0]
        );
        assert!(loads_badly(test, &[("main.mjs", does_not_wait)], &node));
    }
}

/// What can be asked of any module, in a test each.
#[test]
fn a_module_is_asked_by_its_system_its_package_and_itself() {
    let package = |doors: &str| format!("{{ \"name\": \"sums\", \"exports\": {doors} }}");
    let one_door = package("\"./lib/sum.cjs\"");
    let two_doors = package("{ \"import\": \"./lib/sum.mjs\", \"require\": \"./lib/sum.cjs\" }");
    let sum = ("lib/sum.cjs", "exports.add = (a, b) => a + b\n");
    let again = ("lib/sum.mjs", "export const add = (a, b) => a + b\n");
    let wraps = ("lib/sum.mjs", "export * from './sum.cjs'\n");
    let main = ("main.cjs", "");
    let esm = ("package.json", "{ \"type\": \"module\" }");
    let package_test = "module: { load: sums, require: { add: function }, import: { add: function }, same: [add] }";
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);
    let cases: [Case<'_>; 17] = [
        ("module: { is: esm }", &[("main.mjs", "")], &[]),
        ("module: { is: commonjs }", &[("main.js", "")], &[]),
        ("module: { is: esm }", &[("main.js", ""), esm], &[]),
        (
            "module: { is: esm }",
            &[("main.cjs", "throw new Error('x')")],
            &[
                "Node takes it for CommonJS, and it should be an ES module",
                "Error: x",
            ],
        ),
        (
            "module: { is: commonjs }",
            &[("main.js", ""), esm],
            &["Node takes it for an ES module, and it should be CommonJS"],
        ),
        (
            "module: { require: class }",
            &[("main.cjs", "module.exports = class {}")],
            &[],
        ),
        (
            "module: { require: class }",
            &[("main.cjs", "module.exports = () => {}")],
            &["`require` gives a function, and should give a class"],
        ),
        (
            "module: { require: { of: function } }",
            &[("main.cjs", "module.exports = class { static of() {} }")],
            &[],
        ),
        (
            "module: { require: { name: { json: null }, n: null, u: undefined, s: { text: '1' } } }",
            &[(
                "main.cjs",
                "module.exports = { name: null, n: null, u: undefined, get s() { throw 1 } }",
            )],
            &["`require` finds `s` in it, and whoever reads that gets an error"],
        ),
        (
            "module: { require: { a: number, b: { json: '[[]]' } } }",
            &[(
                "main.cjs",
                "const b = []; b.push(b); module.exports = { b, a: NaN, c: 'x'.repeat(1e6), '\\ud800ß': 1 }",
            )],
            &["`require` finds `b` in it, which is an array and should be `[[]]`"],
        ),
        (
            "module: { same: true }",
            &[("main.cjs", "module.exports = { a: 1 }")],
            &[],
        ),
        (
            "module: { same: true }",
            &[(
                "main.cjs",
                "delete require.cache[__filename]; module.exports = {}",
            )],
            &["`require` and `import` give two different modules"],
        ),
        (package_test, &[main, ("package.json", &one_door), sum], &[]),
        (
            package_test,
            &[main, ("package.json", &two_doors), sum, wraps],
            &[],
        ),
        (
            package_test,
            &[main, ("package.json", &two_doors), sum, again],
            &["`require` and `import` give two different `add`"],
        ),
        (
            "module: { load: ./lib/sum.mjs, import: { add: function, sub: function } }",
            &[main, again],
            &["`import` finds no `sub` in it"],
        ),
        (
            "module: { import: { add: function } }\n    trace: [hi]",
            &[(
                "main.cjs",
                "exports.add = () => 1\nrequire.main === module || console.log('hi')",
            )],
            &[],
        ),
    ];
    for node in nodes() {
        for (test, program, says) in cases {
            let told = loaded(test, program, &node);
            assert_eq!(told, says, "{test}: {program:?}\non Node {}", node.version);
        }
    }
}

/// What whoever loads it calls is not called by the module.
#[test]
fn a_module_may_be_kept_from_calling_functions() {
    let test = "module: { require: { add: function }, import: { add: function } }\n    \
                never: [\"fs.*Sync\", \"vm.*Context\", \"crypto.*Sync\"]";
    let add = "exports.add = () => 1\n";
    let exercise = exercise(test, add);
    let with = |what: &str| format!("{add}{what}\n");
    let wrong = [
        with("require('fs').existsSync('a')"),
        with("require('vm').runInNewContext('1')"),
        with(
            "Object.defineProperty(exports, 'text', { enumerable: true, get: () => require('fs').readFileSync(__filename) })",
        ),
    ];
    let wrong = wrong.each_ref().map(String::as_str);
    all_are_told_apart(&exercise, &[add], &wrong);
}

/// Whether a program with these files fails a test.
fn loads_badly(test: &str, program: &[(&str, &str)], node: &Node) -> bool {
    let graded = grading::grade(
        &exercise(test, ""),
        &support::files(program),
        node,
        Policy::default(),
    );
    match &graded.tests[0].outcome {
        Outcome::Judged(Verdict::Failed(_)) => true,
        Outcome::Judged(Verdict::Passed { .. }) => false,
        outcome => panic!("{program:?}\non Node {}: {outcome:?}", node.version),
    }
}

/// It is nobody's fault, and no test that everybody passes.
#[test]
fn a_function_that_node_does_not_have_cannot_be_watched() {
    let exercise = exercise(
        "trace: done\n    never: [fs.readFileSink]",
        "console.log('done')\n",
    );
    for node in nodes() {
        let files = support::files(&[("main.cjs", "console.log('done')\n")]);
        let graded = grading::grade(&exercise, &files, &node, Policy::default());
        let outcome = format!("{:?}", graded.tests[0].outcome);
        assert!(
            outcome.contains("no function `fs.readFileSink`"),
            "{outcome}"
        );
        let proof = format!(
            "{:?}",
            prove::keys(&Unit::Exercise(&exercise), &node, 0..1).trouble
        );
        assert!(proof.contains("no function `fs.readFileSink`"), "{proof}");
    }
}

#[test]
fn a_server_may_call_while_it_starts_what_it_may_not_while_it_serves() {
    let at_start = "const fs = require('fs'), text = fs.readFileSync(__filename, 'utf8')\n";
    let failure = |handler: &str, node: &Node| {
        let program = format!("{at_start}{}", server(handler));
        let test = "never-serving: [fs.readFileSync]\n    server: [{ ask: GET /, answer: ok }]";
        let failure = failure_of(test, &program, node);
        failure.map(|failure| failure.misbehaved().len())
    };
    for node in nodes() {
        assert_eq!(failure("response.end('ok')", &node), None);
        let reads = "fs.readFile(__filename, () => response.end('ok'))";
        assert_eq!(failure(reads, &node), None);
        let reads = "fs.readFileSync(__filename), response.end('ok')";
        assert_eq!(failure(reads, &node), Some(1));
        let later = "setTimeout(() => { fs.readFileSync(__filename), response.end('ok') })";
        assert_eq!(failure(later, &node), Some(1));
    }
}

/// An idle program needs nothing beyond itself, whether Node is started from its file or from a copy in large pages.
#[test]
fn the_baseline_holds_for_every_run_of_a_batch() {
    let exercise = exercise("trace: done\n    memory: 50 MB", "console.log('done')\n");
    for node in nodes() {
        let idle = sandbox::idle(&node).unwrap().memory;
        for _ in 0..25 {
            assert_eq!(misbehaved(&exercise, "console.log('done')\n", &node), []);
            assert_eq!(
                misbehaved(
                    &exercise,
                    "setTimeout(() => console.log('done'), 50)\n",
                    &node
                ),
                []
            );
        }
        let again = sandbox::idle_again(&node).unwrap().memory;
        assert!(again < idle + 5_000_000, "{idle}, then {again}");
        assert!((2_000_000..60_000_000).contains(&idle), "{idle}");
    }
}

/// Also where it prints what it should: each run of a key is held to all that a test asks for.
#[test]
fn a_solution_that_misbehaves_is_a_problem() {
    let keeps =
        "globalThis.kept = Buffer.alloc(92e6, 1)\nsetTimeout(() => console.log('done'), 100)\n";
    let exercise = exercise("trace: done\n    memory: 50 MB", keeps);
    let node = nodes().remove(0);
    let proof = prove::keys(&Unit::Exercise(&exercise), &node, 0..2);
    let told = tickmark::words::lines(&proof.problems);
    let says = "behaves: its program behaves otherwise: about 9";
    assert!(told.contains(says), "{told}");
    assert!(
        told.contains(" MB more memory than an idle program, where 50 MB is allowed"),
        "{told}"
    );
}
