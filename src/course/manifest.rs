//! `exercise.yaml`: an exercise's title, its entry and its tests.
//!
//! It is told which files lie beside the student's, and knows nothing of the other folders of an exercise.
//!
//! To add a key of a test, add it to [`TEST`] and read it in [`Manifest::test`].

use std::time::Duration;

use super::behaviour::{self, Behaviour};
use super::exercise::{Exit, Expected, Need, Test};
use super::made::{self, OwnFiles};
use super::reach::Reach;
use super::reading::{Field, Fields, Key, Needed, Reading, Table, one_of_the};
use super::shape::Shape;
use super::traces::{self, Dialect};
use super::values::{self, Holes};
use super::yaml::{Document, Entry, Kind, Node};
use crate::program::{BadPath, Files, Input, Limits, Range, RelPath};
use crate::scoring::Points;
use crate::trace::{Expectation, Extra, Step};
use crate::words;

pub(super) const FORMAT: Key = Key::needed(
    "format",
    Shape::Format,
    "the number of the format, 1",
    "format: 1",
    "The number of this format, so that a later tickmark knows how to read the file.",
);
pub(super) const TITLE: Key = Key::needed(
    "title",
    Shape::Title,
    "a title",
    "title: Read both, then report",
    "One line, as lists and reports show it.",
);
const ENTRY: Key = Key::needed(
    "entry",
    Shape::Stem,
    "the name of the student's file without its ending",
    "entry: main",
    "The student's program without its ending: for `main`, exactly one of `main.mjs`, `main.cjs` and `main.js` is handed \
     in. The ending is the student's choice, and Node decides by it how the file is loaded.",
);
const TESTS: Key = Key::needed(
    "tests",
    Shape::Tests,
    "a list of tests",
    "tests: […]",
    "Each runs the student's program once and passes or does not. To grade in steps, write several.",
);
const EXTRA: Key = Key::optional(
    "extra",
    Shape::Extra,
    "`warn`, `ignore` or `fail`",
    "What becomes of printed lines that nothing in the trace matches: `warn` shows them and costs nothing, `ignore` \
     does not show them, `fail` fails the test. A test's own goes before the exercise's. Left out: `warn`.",
);

pub(super) static EXERCISE: Table = Table::of(
    "an exercise",
    "An exercise: what students are to write is in `task.md` beside this file; here is how it is judged.",
    &[FORMAT, TITLE, ENTRY, EXTRA, TESTS],
);

const NAME: Key = Key::needed(
    "name",
    Shape::Title,
    "a name",
    "name: prints in the right order",
    "What the test is about, as students read it. No other test of the exercise has the same, and programs under \
     `wrong/` name it in a comment `// loses: …`.",
);
pub(super) const POINTS: Key = Key::optional(
    "points",
    Shape::Points,
    "a number up to 1000 with at most two digits after the dot",
    "What it is worth. Left out: 1.",
);
const HIDDEN: Key = Key::optional(
    "hidden",
    Shape::Truth,
    "`true` or `false`",
    "Whether students see only that the test exists. What it feeds in belongs into its own `args`, `stdin`, `env` or \
     `files`: students are given the folder `files/`. At least one test is not hidden.",
);
const RUN: Key = Key::optional(
    "run",
    Shape::Driver,
    "a program from `files/`",
    "A program to start in place of the student's. It finds theirs in the variable `TICKMARK_ENTRY`, as `./main.cjs`, \
     and can import it.",
);
const ARGS: Key = Key::optional(
    "args",
    Shape::Texts,
    "a list of texts",
    "Arguments: `process.argv` from 2 on.",
);
const STDIN: Key = Key::optional(
    "stdin",
    Shape::Text,
    "a text",
    "What the program reads from `process.stdin`, byte for byte. Left out: nothing.",
);
const ENV: Key = Key::optional(
    "env",
    Shape::Variables,
    "a mapping of names to texts",
    "Variables of the environment, beside the few that every program is given.",
);
const FILES: Key = Key::optional(
    "files",
    Shape::Files,
    "a mapping of paths to texts, or to a mapping of `line` and `lines`",
    "Files beside the program for this test alone: a text, byte for byte, or how many lines are made after which pattern. \
     They lie over those of the folder `files/`, which lie over the student's.",
);
pub(super) const NODE: Key = Key::optional(
    "node",
    Shape::Versions,
    "versions of Node such as `20`, `18-20` or `20+`",
    "The versions of Node it is for. A test that is not for the Node at hand counts neither for nor against anybody; \
     a question shows them.",
);
const NEEDS: Key = Key::optional(
    "needs",
    Shape::Needs,
    "a list of `loopback` and `children`",
    "What the machine must be able to give: `loopback` is a network of the program's own, `children` are child \
     processes. Where it cannot, the test is not judged.",
);
const LIMITS: Key = Key::optional(
    "limits",
    Shape::Limits,
    "a mapping of `cpu`, `memory` and `output`",
    "What the program may use before it is stopped.",
);
const TRACE: Key = Key {
    needed: Needed::Without(
        "trace: \"\"",
        &[behaviour::server::KEY.name, behaviour::module::KEY.name],
    ),
    ..Key::optional(
        "trace",
        Shape::Trace,
        "what the program prints (`\"\"` for nothing)",
        "What the program prints on stdout, in every order that is right: a text (its lines), a step, or a list of both, \
         one after the other. Beside `server` or `module` it may be left out: then it prints what it \
         likes.",
    )
};
const EXIT: Key = Key::optional(
    "exit",
    Shape::ExitCode,
    "a whole number from 0 to 255",
    "The exit code that the program ends with. Left out: 0, or 1 beside `throws`.",
);
const THROWS: Key = Key::optional(
    "throws",
    Shape::Line,
    "the first line of an error",
    "The first line of the uncaught error that the program ends with, as Node prints it. It may have holes: `{number}`, \
     `{word}`, `{path}`, `{any}`.",
);
const STDERR: Key = Key::optional(
    "stderr",
    Shape::Trace,
    "a trace",
    "What the program prints on stderr: a trace like that of stdout, and never mixed into it. Left out: anything.",
);
pub(super) const HINT: Key = Key::optional(
    "hint",
    Shape::Prose,
    "a text",
    "What to tell somebody who loses it.",
);

pub(super) static TEST: Table = Table::of(
    "a test",
    "A test runs the student's program once, on input of its own, and passes or does not.",
    &[
        NAME,
        POINTS,
        HIDDEN,
        RUN,
        ARGS,
        STDIN,
        ENV,
        FILES,
        NODE,
        NEEDS,
        LIMITS,
        TRACE,
        EXIT,
        THROWS,
        STDERR,
        behaviour::memory::KEY,
        behaviour::threads::KEY,
        behaviour::responsive::KEY,
        behaviour::never::KEY,
        behaviour::never::SERVING,
        behaviour::server::KEY,
        behaviour::module::KEY,
        EXTRA,
        HINT,
    ],
);

const CPU: Key = Key::optional(
    "cpu",
    Shape::Time,
    "a time from 100 ms to 60 s such as `2 s` or `500 ms`",
    "Processor time of all its processes and threads together; it may wait five times as long. Left out: 2 s.",
);
const MEMORY: Key = Key::optional(
    "memory",
    Shape::Size,
    "a size from 64 MB to 2 GB such as `256 MB`",
    "Memory of all its processes together; Node alone needs about 50 MB. Left out: 256 MB.",
);
const OUTPUT: Key = Key::optional(
    "output",
    Shape::Size,
    "a size from 1 KB to 1 MB such as `64 KB`",
    "What it prints on stdout and stderr together. Left out: 1 MB.",
);

pub(super) static LIMITS_TABLE: Table = Table::of(
    "`limits`",
    "What the program may use before it is stopped.",
    &[CPU, MEMORY, OUTPUT],
);

pub(super) const NEED_WORDS: &[(&str, Need)] =
    &[("loopback", Need::Loopback), ("children", Need::Children)];
pub(super) const EXTRA_WORDS: &[(&str, Extra)] = &[
    ("warn", Extra::Warn),
    ("ignore", Extra::Ignore),
    ("fail", Extra::Fail),
];
pub(super) const TRUTH_WORDS: &[(&str, bool)] = &[("true", true), ("false", false)];

/// The endings of an entry file.
pub(super) const ENDINGS: [&str; 3] = [".mjs", ".cjs", ".js"];

/// What `exercise.yaml` says, as far as it can be read.
#[derive(Debug)]
pub(super) struct Manifest {
    pub title: Option<String>,
    pub entry: Option<String>,
    /// Those that can be read.
    pub tests: Vec<Test>,
    /// The names of the tests, also of those that cannot be read otherwise.
    pub names: Vec<String>,
    /// How many tests there are, if that can be told.
    pub count: Option<usize>,
}

impl Manifest {
    /// Reads a file whose exercise puts `files` beside the student's.
    pub(super) fn read(
        document: &Document,
        files: &Files,
    ) -> (Manifest, Vec<crate::problem::Problem>) {
        let mut reading = Reading::of(document);
        let manifest = Manifest::fill(&mut reading, &document.root, files);
        (manifest, reading.into_problems())
    }

    fn fill(reading: &mut Reading<'_>, root: &Node, files: &Files) -> Manifest {
        let mut manifest = Manifest {
            title: None,
            entry: None,
            tests: Vec::new(),
            names: Vec::new(),
            count: None,
        };
        let whole = Field {
            name: "an exercise",
            holds: "a mapping of keys such as `title: …`",
            node: root,
        };
        if !is_our_format(reading, root) {
            return manifest;
        }
        let Some(fields) = reading.fields(whole, &EXERCISE) else {
            return manifest;
        };
        manifest.title = title(reading, &fields);
        manifest.entry = entry(reading, &fields);
        let extra = extra(reading, &fields).unwrap_or_default();
        if let Some(tests) = fields.get(&TESTS) {
            manifest.tests(reading, tests, extra, files);
        }
        manifest
    }

    /// The names of all tests, if each of them has one.
    pub(super) fn all_names(&self) -> Option<&[String]> {
        (self.count == Some(self.names.len())).then_some(&self.names)
    }

    fn tests(&mut self, reading: &mut Reading<'_>, field: Field<'_>, extra: Extra, files: &Files) {
        let Some(nodes) = reading.list(field) else {
            return;
        };
        if nodes.is_empty() {
            reading.say_help(
                &field.node.span,
                "an exercise needs at least one test",
                "add one with a `name` and a `trace`",
            );
            return;
        }
        self.count = Some(nodes.len());
        for node in nodes {
            let before = reading.count();
            let test = self.test(reading, node, extra, files);
            self.tests
                .extend(test.filter(|_| reading.count() == before));
        }
        if self.tests.len() == nodes.len() {
            self.check_together(reading, field);
        }
    }

    /// What no single test can say.
    fn check_together(&self, reading: &mut Reading<'_>, field: Field<'_>) {
        let first = first_line(field);
        if self.tests.iter().all(|test| test.hidden) {
            reading.say_help(
                &first,
                "all tests are hidden, so students see nothing of what is expected",
                "leave `hidden` out of at least one test",
            );
        }
        if self.tests.iter().all(|test| test.points == Points::ZERO) {
            reading.say_help(
                &first,
                "all tests together are worth nothing",
                "give at least one of them `points`",
            );
        }
    }

    fn test(
        &mut self,
        reading: &mut Reading<'_>,
        node: &Node,
        extra_of_all: Extra,
        files: &Files,
    ) -> Option<Test> {
        let whole = Field {
            name: "a test",
            holds: "a mapping of keys such as `name: …`",
            node,
        };
        let fields = reading.fields(whole, &TEST)?;
        let name = self.name(reading, &fields);
        let points = points(reading, &fields);
        let hidden = fields
            .get(&HIDDEN)
            .and_then(|field| reading.choice(field, TRUTH_WORDS));
        let driver = fields
            .get(&RUN)
            .and_then(|field| driver(reading, field, files));
        let input = input(reading, &fields);
        let own = fields
            .get(&FILES)
            .and_then(|field| self.files(reading, field));
        let node = node_versions(reading, &fields);
        let needs = fields.get(&NEEDS).and_then(|field| needs(reading, field));
        let limits = fields.get(&LIMITS).map(|field| limits(reading, field));
        let extra = extra(reading, &fields);
        let hint = fields
            .get(&HINT)
            .and_then(|field| reading.prose(field))
            .map(|hint| hint.trim_end().to_owned());
        let limits = limits.unwrap_or_default();
        let expected = expected(reading, &fields, Reach::of(node), &limits);
        let expected = expected?;
        check_beside_module(reading, &fields, &expected);
        let implied = expected.behaviour.iter().map(Behaviour::need);
        let extra_of_all = match fields.get(&TRACE) {
            Some(_) => extra_of_all,
            None => Extra::Ignore,
        };
        Some(Test {
            name: name?,
            points,
            hidden: hidden == Some(true),
            driver,
            input,
            files: own.unwrap_or_default(),
            node,
            needs: needs.into_iter().flatten().chain(implied).collect(),
            limits,
            expected,
            extra: extra.unwrap_or(extra_of_all),
            hint,
        })
    }

    fn name(&mut self, reading: &mut Reading<'_>, fields: &Fields<'_>) -> Option<String> {
        let field = fields.get(&NAME)?;
        let name = reading.title(field)?;
        if self.names.iter().any(|other| other == name) {
            reading.say_help(
                &field.node.span,
                format!("there is another test {}", words::code(name)),
                "give each test a name of its own",
            );
            return None;
        }
        self.names.push(name.to_owned());
        Some(name.to_owned())
    }

    fn files(&self, reading: &mut Reading<'_>, field: Field<'_>) -> Option<OwnFiles> {
        let entries = reading.map(field)?;
        let mut files = OwnFiles::default();
        for entry in entries {
            let path = self.path(reading, entry, &files);
            let field = Field {
                name: &format!("the file {}", words::code(&entry.key)),
                holds: "a text, or a mapping of `line` and `lines`",
                node: &entry.value,
            };
            if let Kind::Map(_) = entry.value.kind {
                let made = made::read(reading, field);
                if let (Some(path), Some(made)) = (path, made) {
                    files.make(path, made);
                }
            } else if let (Some(text), Some(path)) = (reading.exact(field), path) {
                files.write(path, text);
            }
        }
        Some(files)
    }

    fn path(&self, reading: &mut Reading<'_>, entry: &Entry, before: &OwnFiles) -> Option<RelPath> {
        let path = match RelPath::new(&entry.key) {
            Ok(path) => path,
            Err(bad) => {
                reading.say_help(
                    &entry.at,
                    format!("the path {} {bad}", words::code(&entry.key)),
                    mend_path(bad),
                );
                return None;
            }
        };
        if let Some(entry_name) = &self.entry
            && is_entry(path.as_str(), entry_name)
        {
            reading.say_help(
                &entry.at,
                format!("{} would replace the student's program", words::code(path.as_str())),
                "give the file another name; a program that drives the student's belongs into `files/` and behind `run:`",
            );
            return None;
        }
        if let Some(other) = before.paths().find(|other| collides(other, &path)) {
            reading.say_help(
                &entry.at,
                format!(
                    "{} and {} cannot both be there on every system",
                    words::code(other.as_str()),
                    words::code(path.as_str())
                ),
                "let names differ by more than capitals, and let no file be another's folder",
            );
            return None;
        }
        Some(path)
    }
}

/// Whether the path is a student's entry file.
pub(super) fn is_entry(path: &str, entry: &str) -> bool {
    path.strip_prefix(entry)
        .is_some_and(|ending| ENDINGS.contains(&ending))
}

/// What to write in place of a bad path.
fn mend_path(bad: BadPath) -> &'static str {
    match bad {
        BadPath::Empty => "write a path such as `data/x.txt`",
        BadPath::Absolute | BadPath::Dots => {
            "write a path inside the program's folder such as `data/x.txt`"
        }
        BadPath::Character => "use letters, digits, `-`, `_`, `.` and `/` between folders",
        BadPath::TooLong => "use a shorter name",
    }
}

/// Whether two files cannot lie in one folder: one is the other's folder, or only capitals differ.
fn collides(one: &RelPath, other: &RelPath) -> bool {
    let (one, other) = (one.as_str().to_lowercase(), other.as_str().to_lowercase());
    let is_folder_of = |folder: &str, path: &str| {
        path.strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    one == other || is_folder_of(&one, &other) || is_folder_of(&other, &one)
}

/// Whether the file is in the format we know, or does not say. In another one its keys may mean other things.
pub(super) fn is_our_format(reading: &mut Reading<'_>, root: &Node) -> bool {
    let Kind::Map(entries) = &root.kind else {
        return true;
    };
    let Some(entry) = entries.iter().find(|entry| entry.key == FORMAT.name) else {
        return true;
    };
    let field = Field {
        name: FORMAT.name,
        holds: FORMAT.holds,
        node: &entry.value,
    };
    match reading.word(field) {
        Some("1") => return true,
        Some(other) if other.parse::<u32>().is_ok_and(|number| number > 1) => {
            reading.say_help(
                &field.node.span,
                format!(
                    "format {} is newer than this tickmark",
                    words::visible(other)
                ),
                "update tickmark, or write the file in format 1",
            );
        }
        Some(_) => reading.wrong_text(field, Some("write `format: 1`")),
        None => {}
    }
    false
}

/// The title of an exercise or a quiz.
pub(super) fn title(reading: &mut Reading<'_>, fields: &Fields<'_>) -> Option<String> {
    fields
        .get(&TITLE)
        .and_then(|field| reading.title(field))
        .map(str::to_owned)
}

fn entry(reading: &mut Reading<'_>, fields: &Fields<'_>) -> Option<String> {
    let field = fields.get(&ENTRY)?;
    let entry = reading.title(field)?;
    let stem = ENDINGS.iter().find_map(|ending| entry.strip_suffix(ending));
    if let Some(stem) = stem {
        reading.wrong_text(
            field,
            Some(&format!(
                "write `entry: {}`; students choose the ending",
                words::visible(stem)
            )),
        );
        return None;
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !entry.chars().all(is_name) || entry.starts_with('-') {
        reading.wrong_text(
            field,
            Some("use letters, digits, `-` and `_`: `entry: main`"),
        );
        return None;
    }
    Some(entry.to_owned())
}

/// What it is worth; one point where nothing is said or nothing sensible.
pub(super) fn points(reading: &mut Reading<'_>, fields: &Fields<'_>) -> Points {
    let Some(field) = fields.get(&POINTS) else {
        return Points::ONE;
    };
    let Some(text) = reading.word(field) else {
        return Points::ONE;
    };
    text.parse().unwrap_or_else(|()| {
        reading.wrong_text(field, Some("write digits: `points: 5` or `points: 2.5`"));
        Points::ONE
    })
}

/// The versions it is for.
pub(super) fn node_versions(reading: &mut Reading<'_>, fields: &Fields<'_>) -> Range {
    let Some(field) = fields.get(&NODE) else {
        return Range::ALL;
    };
    let Some(text) = reading.word(field) else {
        return Range::ALL;
    };
    values::versions(text).unwrap_or_else(|| {
        let help = format!(
            "release lines from {} on, without a second number",
            values::OLDEST
        );
        reading.wrong_text(field, Some(&help));
        Range::ALL
    })
}

fn extra(reading: &mut Reading<'_>, fields: &Fields<'_>) -> Option<Extra> {
    fields
        .get(&EXTRA)
        .and_then(|field| reading.choice(field, EXTRA_WORDS))
}

fn driver(reading: &mut Reading<'_>, field: Field<'_>, files: &Files) -> Option<RelPath> {
    let written = reading.title(field)?;
    let path = match RelPath::new(written) {
        Ok(path) => path,
        Err(bad) => {
            reading.say_help(
                &field.node.span,
                format!("the path {} {bad}", words::code(written)),
                mend_path(bad),
            );
            return None;
        }
    };
    if !ENDINGS.iter().any(|ending| path.as_str().ends_with(ending)) {
        reading.wrong_text(field, Some("its name ends in `.mjs`, `.cjs` or `.js`"));
        return None;
    }
    if !files.contains(path.as_str()) {
        let help = match words::nearest(written, files.paths().map(RelPath::as_str)) {
            Some(near) => format!("did you mean {}?", words::code(near)),
            None => "put it into the exercise's `files/`".to_owned(),
        };
        reading.say_help(
            &field.node.span,
            format!("`files/` has no {}", words::code(written)),
            help,
        );
        return None;
    }
    Some(path)
}

fn input(reading: &mut Reading<'_>, fields: &Fields<'_>) -> Input {
    Input {
        args: fields
            .get(&ARGS)
            .map(|field| args(reading, field))
            .unwrap_or_default(),
        stdin: fields
            .get(&STDIN)
            .and_then(|field| reading.exact(field))
            .map(|text| text.as_bytes().to_vec())
            .unwrap_or_default(),
        env: fields
            .get(&ENV)
            .map(|field| env(reading, field))
            .unwrap_or_default(),
    }
}

fn args(reading: &mut Reading<'_>, field: Field<'_>) -> Vec<String> {
    let nodes = reading.list(field).unwrap_or_default();
    nodes
        .iter()
        .filter_map(|node| {
            let field = Field {
                name: "an argument",
                holds: "a text",
                node,
            };
            handed_over(reading, field)
        })
        .collect()
}

fn env(reading: &mut Reading<'_>, field: Field<'_>) -> Vec<(String, String)> {
    let entries = reading.map(field).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| {
            check_variable(reading, entry);
            let name = format!("the variable {}", words::code(&entry.key));
            let field = Field {
                name: &name,
                holds: "a text",
                node: &entry.value,
            };
            Some((entry.key.clone(), handed_over(reading, field)?))
        })
        .collect()
}

fn check_variable(reading: &mut Reading<'_>, entry: &Entry) {
    let name = &entry.key;
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !name.chars().all(fits) || name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit())
    {
        reading.say_help(
            &entry.at,
            format!("{} is no name of a variable", words::code(name)),
            "use letters, digits and `_`, not a digit first",
        );
    } else if name.to_ascii_uppercase().starts_with("TICKMARK_") {
        reading.say_help(
            &entry.at,
            format!("{} is set by tickmark itself", words::code(name)),
            "use another name",
        );
    }
}

/// A text that the system hands to a program: it cannot hold a NUL.
fn handed_over(reading: &mut Reading<'_>, field: Field<'_>) -> Option<String> {
    let text = reading.exact(field)?;
    if text.contains('\0') {
        reading.say_help(
            &field.node.span,
            format!("{} has a NUL in it, which no system hands over", field.name),
            "feed it in by `stdin:` or `files:`",
        );
        return None;
    }
    Some(text.to_owned())
}

fn needs(reading: &mut Reading<'_>, field: Field<'_>) -> Option<Vec<Need>> {
    let mut needs = Vec::new();
    for node in reading.list(field)? {
        let field = Field {
            name: "a member of `needs`",
            holds: "`loopback` or `children`",
            node,
        };
        let Some(need) = reading.choice(field, NEED_WORDS) else {
            continue;
        };
        if needs.contains(&need) {
            reading.say(&node.span, "this stands in `needs` twice");
        }
        needs.push(need);
    }
    Some(needs)
}

fn limits(reading: &mut Reading<'_>, field: Field<'_>) -> Limits {
    let default = Limits::default();
    let Some(fields) = reading.fields(field, &LIMITS_TABLE) else {
        return default;
    };
    let ms = |time: Duration| time.as_millis() as u64;
    let cpu = limit(reading, fields.get(&CPU), None, |text| {
        let time = values::duration(text)?;
        Limits::CPU.contains(&time).then(|| ms(time))
    });
    let memory = limit(reading, fields.get(&MEMORY), Some(values::BYTES), |text| {
        values::size(text).filter(|size| Limits::MEMORY.contains(size))
    });
    let output = limit(reading, fields.get(&OUTPUT), Some(values::BYTES), |text| {
        values::size(text).filter(|size| Limits::OUTPUT.contains(size))
    });
    Limits {
        cpu: cpu.map_or(default.cpu, Duration::from_millis),
        memory: memory.unwrap_or(default.memory),
        output: output.unwrap_or(default.output),
        ..default
    }
}

fn limit(
    reading: &mut Reading<'_>,
    field: Option<Field<'_>>,
    help: Option<&str>,
    read: impl Fn(&str) -> Option<u64>,
) -> Option<u64> {
    let field = field?;
    let value = read(reading.word(field)?);
    if value.is_none() {
        reading.wrong_text(field, help);
    }
    value
}

fn expected(
    reading: &mut Reading<'_>,
    fields: &Fields<'_>,
    reach: Reach,
    limits: &Limits,
) -> Option<Expected> {
    let stderr_field = fields.get(&STDERR);
    let trace = match fields.get(&TRACE) {
        Some(field) => traces::read(reading, field, reach, Dialect::Test),
        None => Some(Expectation::new(Step::Sequence(Vec::new()))),
    };
    let stderr = stderr_field.and_then(|field| traces::read(reading, field, reach, Dialect::Test));
    let exit = exit(reading, fields)?;
    if stderr_field.is_some() && stderr.is_none() {
        return None;
    }
    Some(Expected {
        trace: trace?,
        stderr,
        exit,
        behaviour: behaviour::read(reading, fields, limits),
    })
}

/// What makes no sense beside a module, which is loaded in place of being started.
fn check_beside_module(reading: &mut Reading<'_>, fields: &Fields<'_>, expected: &Expected) {
    let Some(module) = expected.module() else {
        return;
    };
    let never = [
        (RUN, "it is loaded by nobody's driver"),
        (behaviour::server::KEY, "nobody asks what is only loaded"),
        (THROWS, "what throws while it is loaded gives nothing"),
    ];
    let quiet = [
        (TRACE, "what is `quiet` prints nothing"),
        (STDERR, "what is `quiet` prints nothing"),
    ];
    let quiet = quiet.into_iter().filter(|_| module.quiet);
    for (key, why) in never.into_iter().chain(quiet) {
        if let Some(at) = fields.at(&key) {
            let message = format!("`{}` has no use beside this `module`: {why}", key.name);
            reading.say_help(
                &at,
                message,
                "leave one of them out, or make two tests of it",
            );
        }
    }
}

fn exit(reading: &mut Reading<'_>, fields: &Fields<'_>) -> Option<Exit> {
    let throws = fields.get(&THROWS).map(|field| {
        traces::line_pattern(reading, field, |text| values::like(text, Holes::Allowed))
    });
    let code = match fields.get(&EXIT) {
        None => None,
        Some(field) => Some((field, exit_code(reading, field)?)),
    };
    match (throws, code) {
        (None, None) => Some(Exit::Code(0)),
        (None, Some((_, code))) => Some(Exit::Code(code)),
        (Some(error), None) => Some(Exit::Throws(error?, 1)),
        (Some(_), Some((field, 0))) => {
            reading.say_help(
                &field.node.span,
                "a program that ends with an uncaught error never exits with 0",
                "leave `exit` out, or leave `throws` out",
            );
            None
        }
        (Some(error), Some((_, code))) => Some(Exit::Throws(error?, code)),
    }
}

fn exit_code(reading: &mut Reading<'_>, field: Field<'_>) -> Option<i32> {
    let text = reading.word(field)?;
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let code = digits.then(|| text.parse::<u8>().ok()).flatten();
    if code.is_none() {
        reading.wrong_text(field, None);
    }
    code.map(i32::from)
}

/// The first line of a list.
fn first_line(field: Field<'_>) -> std::ops::Range<usize> {
    match &field.node.kind {
        Kind::List(members) => members
            .first()
            .map_or(field.node.span.clone(), |member| member.span.clone()),
        Kind::Text(_) | Kind::Map(_) => field.node.span.clone(),
    }
}

/// The names of tests near a written one, for messages.
pub(super) fn meant_test(names: &[String], written: &str) -> String {
    one_of_the(names.iter().map(String::as_str), written, "tests")
}
