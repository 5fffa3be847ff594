//! Printing the answer must not pay: the program that prints what the visible tests want, for their inputs.
//!
//! It is made from what a solution really printed, so that it passes every test whose answer can be seen.

use super::exercise::{graded, problem};
use crate::course::{Exercise, Test};
use crate::grading::{Graded, Outcome, Runs, Verdict};
use crate::node::Node;
use crate::problem::Problem;
use crate::program::{Files, RelPath, Run};
use crate::scoring::Points;

/// It knows a file by its length, and so many bytes at its beginning.
const BEGINNING: usize = 1 << 16;

/// Runs the answer printer made from a graded solution; a problem if it loses no points.
pub(super) fn prove(exercise: &Exercise, solved: &Graded, node: &Node) -> Option<Problem> {
    let answers =
        exercise
            .tests
            .iter()
            .zip(&solved.tests)
            .filter_map(|(test, result)| match &result.outcome {
                Outcome::Judged(Verdict::Passed { run, .. }) if !test.hidden => {
                    Some(answer(test, run))
                }
                Outcome::Judged(_) | Outcome::LeftOut { .. } => None,
            });
    let printer = program(&answers.collect::<Vec<_>>(), &exercise.entry)?;
    let graded = graded(exercise, &printer, node, Runs::Each(1));
    let what = "a program that prints the visible tests' lines for their inputs loses no points";
    // Where no test is for this Node, there is nothing to be lost.
    (graded.earned() >= graded.most() && graded.most() > Points::ZERO)
        .then(|| problem(exercise, "exercise.yaml", node, what, &graded))
}

/// What a program sees of a test, and what it must print.
fn answer(test: &Test, run: &Run) -> serde_json::Value {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut own = Files::default();
    test.files.lay_over(&mut own);
    let files = own.iter().map(|(path, content)| {
        let beginning = &content[..content.len().min(BEGINNING)];
        (path.as_str(), content.len(), text(beginning))
    });
    serde_json::json!({
        "driver": test.driver.as_ref().map(RelPath::as_str),
        "args": test.input.args,
        "stdin": text(&test.input.stdin),
        "env": test.input.env,
        "files": files.collect::<Vec<_>>(),
        "stdout": text(&run.stdout),
        "stderr": text(&run.stderr),
        "exit": run.ending.exit(),
    })
}

/// The program, in CommonJS: it finds the test that it is run for and prints its lines.
fn program(answers: &[serde_json::Value], entry: &str) -> Option<Files> {
    let table = serde_json::to_string(answers).ok()?;
    let source = format!(
        "const fs = require('node:fs'), path = require('node:path')
const read = file => {{ try {{ return fs.readFileSync(file, 'utf8') }} catch {{ return '' }} }}
const is = ([file, size, text]) => {{ try {{
  const bytes = Buffer.alloc({BEGINNING})
  return fs.statSync(file).size === size
    && bytes.toString('utf8', 0, fs.readSync(fs.openSync(file), bytes)) === text
}} catch {{ return false }} }}
const stdin = read(0), args = process.argv.slice(2), driver = path.basename(process.argv[1])
const seen = answer => answer.stdin === stdin && answer.args.join('\\0') === args.join('\\0')
  && (answer.driver === null ? driver === path.basename(__filename) : driver === path.basename(answer.driver))
  && answer.env.every(([name, value]) => process.env[name] === value)
  && answer.files.every(is)
const answer = {table}.find(seen)
if (answer) {{ fs.writeSync(1, answer.stdout); fs.writeSync(2, answer.stderr); process.exit(answer.exit) }}
"
    );
    let path = RelPath::new(&format!("{entry}.cjs")).ok()?;
    Some([(path, source.into_bytes().into())].into_iter().collect())
}
