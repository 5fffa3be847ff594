//! Quizzes in a real terminal and through pipes: what a student sees after each key (`tests/terminal/*.screen`), and what
//! is said line by line (`tests/terminal/*.lines`).
//!
//! `TICKMARK_ACCEPT=1 cargo test --test terminal` writes both anew; read them as the student would.
#![cfg(unix)]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};

/// So long a busy machine may take to show what it should.
const PATIENCE: Duration = Duration::from_secs(60);
/// Where the answer is not known beforehand: so long nothing may change until it is taken for one.
const QUIET: Duration = Duration::from_millis(1500);
const LOOK: Duration = Duration::from_millis(10);

fn accepting() -> bool {
    std::env::var_os("TICKMARK_ACCEPT").is_some()
}

/// A student's folder inside a small course.
fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().unwrap();
    let quizzes = desk.path().join("quizzes/loop");
    fs::create_dir_all(&quizzes).unwrap();
    fs::create_dir(desk.path().join("exercises")).unwrap();
    for quiz in ["tests/quiz/quiz.yaml", "tests/terminal/long.yaml"] {
        let quiz = Path::new(env!("CARGO_MANIFEST_DIR")).join(quiz);
        fs::copy(&quiz, quizzes.join(quiz.file_name().unwrap())).unwrap();
    }
    desk
}

/// The variables that decide how a terminal is used; a test sets them itself.
const VARIABLES: &[&str] = &[
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLORTERM",
    "CI",
    "TICKMARK_COURSE",
];

/// A program in a terminal of its own.
struct Stage {
    pty: Arc<Pty>,
    seen: Arc<Mutex<Seen>>,
    watching: Arc<AtomicBool>,
    watcher: Option<JoinHandle<()>>,
    /// None once the terminal was taken from it.
    child: Option<Child>,
}

/// What the terminal shows, what was written to it, and since when.
struct Seen {
    terminal: vt100::Parser,
    written: Vec<u8>,
    since: Instant,
}

impl Stage {
    fn enter(folder: &Path, size: (u16, u16), variables: &[(&str, &str)], arguments: &str) -> Self {
        let (pty, terminal) = open().unwrap();
        pty.resize(Size::new(size.1, size.0)).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_tickmark"))
            .args(arguments.split_whitespace())
            .current_dir(folder)
            .env("TERM", "xterm-256color");
        for variable in VARIABLES {
            command = command.env_remove(variable);
        }
        for (name, value) in variables {
            command = command.env(name, value);
        }
        let child = command.spawn(terminal).unwrap();
        let pty = Arc::new(pty);
        let seen = Arc::new(Mutex::new(Seen {
            terminal: parser(size),
            written: Vec::new(),
            since: Instant::now(),
        }));
        let watching = Arc::new(AtomicBool::new(true));
        let watcher = std::thread::spawn({
            let (pty, seen, watching) = (pty.clone(), seen.clone(), watching.clone());
            move || watch(&pty, &seen, &watching)
        });
        Stage {
            pty,
            seen,
            watching,
            watcher: Some(watcher),
            child: Some(child),
        }
    }

    /// Takes the terminal away from the program, which goes on without.
    fn vanish(mut self) -> Child {
        self.watching.store(false, Ordering::SeqCst);
        self.watcher.take().unwrap().join().unwrap();
        self.child.take().unwrap()
    }

    fn resize(&self, size: (u16, u16)) {
        let mut seen = self.seen.lock().unwrap();
        let (columns, rows) = (size.0.try_into().unwrap(), size.1.try_into().unwrap());
        seen.terminal.screen_mut().set_size(rows, columns);
        self.pty.resize(Size::new(size.1, size.0)).unwrap();
    }

    fn types(&self, bytes: &[u8]) {
        (&*self.pty).write_all(bytes).unwrap();
    }

    fn signal(&self, signal: Signal) {
        let id = Pid::from_raw(self.child.as_ref().unwrap().id() as i32).unwrap();
        kill_process(id, signal).unwrap();
    }

    fn exit(&mut self) -> i32 {
        let ended = exit(self.child.as_mut().unwrap());
        ended.unwrap_or_else(|| panic!("it does not end:\n{}", self.screen()))
    }

    /// The screen in a frame, and where its cursor is.
    fn screen(&self) -> String {
        framed(self.seen.lock().unwrap().terminal.screen())
    }

    /// Waits until the screen is as expected; gives what it is in the end.
    fn shows(&self, expected: &str) -> String {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let screen = self.screen();
            let quiet = self.seen.lock().unwrap().since.elapsed() > QUIET;
            if screen == expected || (accepting() && quiet && begun.elapsed() > QUIET) {
                return screen;
            }
            std::thread::sleep(LOOK);
        }
        self.screen()
    }

    /// Waits until a piece of the screen is there.
    #[track_caller]
    fn waits_for(&self, words: &str) {
        let begun = Instant::now();
        while !self.screen().contains(words) {
            assert!(
                begun.elapsed() < PATIENCE,
                "no {words:?} in\n{}",
                self.screen()
            );
            std::thread::sleep(LOOK);
        }
    }
}

/// The program's exit code, if it ends.
fn exit(child: &mut Child) -> Option<i32> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status.code().unwrap_or(-1));
        }
        std::thread::sleep(LOOK);
    }
    None
}

/// Takes in what the program shows, until it ends or nobody watches any longer.
fn watch(pty: &Pty, seen: &Mutex<Seen>, watching: &AtomicBool) {
    let mut bytes = [0; 4096];
    let wait = Timespec::try_from(LOOK).unwrap();
    while watching.load(Ordering::SeqCst) {
        let mut ready = [PollFd::new(pty, PollFlags::IN)];
        poll(&mut ready, Some(&wait)).unwrap();
        if ready[0].revents().is_empty() {
            continue;
        }
        let mut pty = pty;
        // Where the program has ended, reading fails.
        let Ok(read @ 1..) = pty.read(&mut bytes) else {
            return;
        };
        let mut seen = seen.lock().unwrap();
        seen.terminal.process(&bytes[..read]);
        seen.written.extend(&bytes[..read]);
        seen.since = Instant::now();
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn parser(size: (u16, u16)) -> vt100::Parser {
    vt100::Parser::new(size.1.try_into().unwrap(), size.0.try_into().unwrap(), 0)
}

fn framed(screen: &vt100::Screen) -> String {
    let (_, columns) = screen.size();
    let line = "─".repeat(usize::from(columns.get()));
    let mut framed = format!("┌{line}┐\n");
    for row in screen.rows(0, columns.get()) {
        let blanks = usize::from(columns.get()).saturating_sub(console::measure_text_width(&row));
        framed.push_str(&format!("│{row}{}│\n", " ".repeat(blanks)));
    }
    framed.push_str(&format!("└{line}┘\n"));
    let (row, column) = screen.cursor_position();
    framed.push_str(&match screen.hide_cursor() {
        true => "no cursor\n".to_owned(),
        false => format!("cursor in row {}, column {}\n", row + 1, column + 1),
    });
    framed
}

/// What keys send; words in quotes are typed.
fn bytes(keys: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (at, part) in keys.split('"').enumerate() {
        match at % 2 {
            0 => part
                .split_whitespace()
                .for_each(|key| bytes.extend(key_bytes(key))),
            _ => bytes.extend(part.as_bytes()),
        }
    }
    bytes
}

fn key_bytes(key: &str) -> Vec<u8> {
    let sent = match key {
        "up" => "\x1b[A",
        "down" => "\x1b[B",
        "right" => "\x1b[C",
        "left" => "\x1b[D",
        "home" => "\x1b[H",
        "end" => "\x1b[F",
        "page-up" => "\x1b[5~",
        "page-down" => "\x1b[6~",
        "delete" => "\x1b[3~",
        "alt-up" => "\x1b[1;3A",
        "alt-down" => "\x1b[1;3B",
        "enter" => "\r",
        "tab" => "\t",
        "space" => " ",
        "backspace" => "\x7f",
        "ctrl-c" => "\x03",
        "ctrl-d" => "\x04",
        "ctrl-n" => "\x0e",
        "ctrl-p" => "\x10",
        "paste-begins" => "\x1b[200~",
        "paste-ends" => "\x1b[201~",
        key if key.chars().count() == 1 => key,
        other => panic!("there is no key {other:?}"),
    };
    sent.into()
}

/// A case: a title, and steps, each a command and what is seen then.
struct Case {
    path: PathBuf,
    title: String,
    steps: Vec<(String, String)>,
}

impl Case {
    fn all(extension: &str) -> Vec<Case> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/terminal");
        let paths = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let mut paths: Vec<PathBuf> = paths
            .filter(|path| path.extension().is_some_and(|end| end == extension))
            .collect();
        paths.sort();
        paths.into_iter().map(Case::read).collect()
    }

    fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap();
        let mut parts = text.split("--- ");
        let title = parts.next().unwrap().to_owned();
        let step = |part: &str| {
            let (command, seen) = part.split_once('\n').unwrap();
            (command.to_owned(), seen.to_owned())
        };
        let steps = parts.map(step).collect();
        Case { path, title, steps }
    }

    /// Holds what was seen against the case, or takes it into it; what differs is told.
    fn judge(&self, seen: &[String]) -> String {
        let steps = self.steps.iter().zip(seen);
        if accepting() {
            let steps = steps.map(|((command, _), seen)| format!("--- {command}\n{seen}"));
            fs::write(&self.path, self.title.clone() + &steps.collect::<String>()).unwrap();
            return String::new();
        }
        let first = steps
            .into_iter()
            .find(|((_, expected), seen)| expected != *seen);
        first.map_or_else(String::new, |((command, expected), seen)| {
            let file = self.path.display();
            format!("{file}: after `{command}` it is\n{seen}and not\n{expected}")
        })
    }
}

/// Plays a case up to the first step that shows something else.
fn play(case: &Case) -> Vec<String> {
    let desk = desk();
    let mut stage: Option<Stage> = None;
    let mut seen = Vec::new();
    for (command, expected) in &case.steps {
        let (word, rest) = command.split_once(':').unwrap_or((command, ""));
        let mut words = word.split_whitespace();
        let shown = match (words.next().unwrap(), &mut stage) {
            ("run", _) => {
                let size = size(words.next().unwrap());
                let variables: Vec<_> = words.map(|pair| pair.split_once('=').unwrap()).collect();
                let new = stage.insert(Stage::enter(desk.path(), size, &variables, rest));
                new.shows(expected)
            }
            ("keys", Some(stage)) => {
                stage.types(&bytes(rest));
                stage.shows(expected)
            }
            ("resize", Some(stage)) => {
                stage.resize(size(rest.trim()));
                stage.shows(expected)
            }
            ("terminated", Some(stage)) => {
                stage.signal(Signal::TERM);
                stage.shows(expected)
            }
            ("interrupted", Some(stage)) => {
                stage.signal(Signal::INT);
                stage.shows(expected)
            }
            ("exit", Some(stage)) => format!("{}\n", stage.exit()),
            ("file", _) => {
                let file = desk.path().join(rest.trim());
                fs::read_to_string(file).unwrap_or_else(|_| "there is none\n".to_owned())
            }
            (word, _) => panic!("there is no step {word:?}"),
        };
        let goes_on = accepting() || shown == *expected;
        seen.push(shown);
        if !goes_on {
            break;
        }
    }
    seen
}

#[test]
fn programs_are_coloured_unless_somebody_wants_no_colour() {
    let colors = |variables: &[(&str, &str)], arguments: &str| {
        let desk = desk();
        let stage = Stage::enter(desk.path(), (60, 40), variables, arguments);
        stage.waits_for("enter next line");
        let seen = stage.seen.lock().unwrap();
        let screen = seen.terminal.screen();
        let at = |row, column| screen.cell(row, column).unwrap();
        let row = screen
            .rows(0, 60)
            .position(|row| row.contains("const later"));
        let row = row.unwrap() as u16;
        let title = screen.rows(0, 60).next().unwrap();
        let id = title.find("program").unwrap() as u16;
        let keyword = at(row, 4);
        assert_eq!(keyword.contents(), "c");
        (
            keyword.fgcolor() != vt100::Color::Default,
            at(row, 10).fgcolor() != vt100::Color::Default,
            at(0, id).bold(),
        )
    };
    let quiz = "quiz loop/long --seed 1";
    assert_eq!(colors(&[], quiz), (true, false, true));
    assert_eq!(colors(&[("NO_COLOR", "1")], quiz), (false, false, false));
    let never = "quiz loop/long --seed 1 --color never";
    assert_eq!(colors(&[], never), (false, false, false));
}

#[test]
fn plain_is_read_downwards_and_draws_nothing_again() {
    let desk = desk();
    let plain = "quiz loop/quiz --seed 1 --plain";
    let mut stage = Stage::enter(desk.path(), (60, 20), &[("NO_COLOR", "1")], plain);
    stage.waits_for("one number from 1 to 3:");
    stage.types(b"2\r");
    stage.waits_for("from 1 to 5:");
    stage.types(b"quit\r");
    assert_eq!(stage.exit(), 0, "{}", stage.screen());
    stage.waits_for("go on with: ");
    let seen = stage.seen.lock().unwrap();
    let written = String::from_utf8(seen.written.clone()).unwrap();
    let lines = written.replace("\r\n", "\n");
    let moves = |sign: char| sign.is_control() && sign != '\n';
    assert!(!lines.contains(moves), "{lines:?}");
}

#[test]
fn a_terminal_that_goes_away_ends_it_and_loses_nothing() {
    let desk = desk();
    let stage = Stage::enter(desk.path(), (60, 20), &[], "quiz loop/quiz --seed 1");
    stage.waits_for("enter answer");
    stage.types(b"2\r");
    stage.waits_for("enter go on");
    let mut child = stage.vanish();
    let ended = exit(&mut child);
    let _ = child.kill();
    assert!(ended.is_some(), "it goes on without a terminal");
    let kept = fs::read_to_string(desk.path().join("answers/loop/quiz.yaml")).unwrap();
    assert!(kept.contains("drain: After every callback"), "{kept}");
}

fn size(text: &str) -> (u16, u16) {
    let (columns, rows) = text.split_once('x').unwrap();
    (columns.parse().unwrap(), rows.parse().unwrap())
}

#[test]
fn a_student_sees_after_each_key_what_the_case_shows() {
    let cases = Case::all("screen");
    assert!(cases.len() >= 5, "the cases were not found");
    let told: String = std::thread::scope(|scope| {
        let played: Vec<_> = cases
            .iter()
            .map(|case| scope.spawn(|| case.judge(&play(case))))
            .collect();
        played
            .into_iter()
            .map(|told| told.join().unwrap())
            .collect()
    });
    assert!(told.is_empty(), "{told}");
}

#[test]
fn line_by_line_it_says_what_the_case_says() {
    let cases = Case::all("lines");
    assert!(cases.len() >= 3, "the cases were not found");
    let mut told = String::new();
    for case in &cases {
        let desk = desk();
        let mut seen: Vec<String> = Vec::new();
        let mut typed = "";
        let mut output: Option<std::process::Output> = None;
        let mut arguments = "";
        for (command, text) in &case.steps {
            let (word, rest) = command.split_once(':').unwrap_or((command, ""));
            let folder = desk.path().to_str().unwrap();
            let utf8 = |bytes: &[u8]| {
                let text = String::from_utf8(bytes.to_vec()).unwrap();
                text.replace(folder, "/desk")
            };
            seen.push(match word {
                "run" => {
                    arguments = rest;
                    output = None;
                    typed = text;
                    text.clone()
                }
                "says" | "complains" | "exit" => {
                    let output = output.get_or_insert_with(|| {
                        let mut tickmark = assert_cmd::Command::cargo_bin("tickmark").unwrap();
                        tickmark
                            .current_dir(&desk)
                            .args(arguments.split_whitespace());
                        for variable in VARIABLES {
                            tickmark.env_remove(variable);
                        }
                        tickmark.write_stdin(typed).output().unwrap()
                    });
                    match word {
                        "says" => utf8(&output.stdout),
                        "complains" => utf8(&output.stderr),
                        _ => format!("{}\n", output.status.code().unwrap()),
                    }
                }
                "write" => {
                    let file = desk.path().join(rest.trim());
                    fs::create_dir_all(file.parent().unwrap()).unwrap();
                    fs::write(file, text).unwrap();
                    text.clone()
                }
                "file" => {
                    let file = desk.path().join(rest.trim());
                    fs::read_to_string(file).unwrap_or_else(|_| "there is none\n".to_owned())
                }
                word => panic!("there is no step {word:?}"),
            });
        }
        told += &case.judge(&seen);
    }
    assert!(told.is_empty(), "{told}");
}

#[test]
fn grading_shows_how_far_it_is_and_leaves_only_the_table() {
    let desk = desk();
    let path = |name: &str| desk.path().join(name);
    let exercise = path("exercises/loop/says");
    let go = serde_json::to_string(&path("go")).unwrap();
    let right = "console.log('ok')\n";
    let waiting = format!(
        "const wait = setInterval(() => {{\n  if (!require('fs').existsSync({go})) return\n  clearInterval(wait)\n  \
         console.log('ok')\n}}, 9)\n"
    );
    for (file, text) in [
        (
            exercise.join("exercise.yaml"),
            "format: 1\ntitle: Says\nentry: main\ntests: [{ name: says ok, trace: ok }]\n",
        ),
        (exercise.join("task.md"), "Say `ok`."),
        (exercise.join("starter/main.cjs"), "console.log()\n"),
        (exercise.join("solution/main.cjs"), right),
        (path("class/amy/main.cjs"), right),
        (path("class/ben/main.cjs"), &waiting),
    ] {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let mut stage = Stage::enter(desk.path(), (80, 24), &[], "grade loop/says class");
    for words in [" 1/2, ", " left", "ben"] {
        stage.waits_for(words);
    }
    fs::write(path("go"), "").unwrap();
    assert_eq!(stage.exit(), 0, "{}", stage.screen());
    stage.waits_for("ben");
    let screen = stage.screen();
    assert!(!screen.contains(" left"), "{screen}");
}
