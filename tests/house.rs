//! The order of the rooms in `src/lib.rs` is the architecture: nobody imports a room listed after his own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The rooms in the order of `src/lib.rs`.
fn rooms() -> Vec<String> {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

fn files_of(room: &str) -> Vec<PathBuf> {
    let mut files = vec![PathBuf::from(format!("src/{room}.rs"))];
    let mut folders = vec![PathBuf::from(format!("src/{room}"))];
    while let Some(folder) = folders.pop().filter(|folder| folder.is_dir()) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                Some(ending) if ending == "rs" => files.push(path),
                Some(_) => {}
                None => folders.push(path),
            }
        }
    }
    files
}

/// A file's code without comments: its own, and that of its unit tests.
fn code_of(file: &Path) -> (String, String) {
    let source = fs::read_to_string(file).unwrap();
    let code: Vec<&str> = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    match code.split_once("\n#[cfg(test)]\nmod tests {") {
        Some((own, tests)) => (own.to_owned(), tests.to_owned()),
        None => (code, String::new()),
    }
}

/// The rooms that a file names, whichever way its paths begin; `*` where it names all of them.
fn named(file: &Path) -> Vec<String> {
    let (own, tests) = code_of(file);
    // `src/room/part.rs` is two modules below the crate, and its unit tests are three.
    let depth = file.components().count() - 1;
    [(own, depth), (tests, depth + 1)]
        .iter()
        .flat_map(|(code, depth)| named_in(code, *depth))
        .collect()
}

/// The rooms that code names which stands so many modules below the crate.
fn named_in(code: &str, depth: usize) -> Vec<String> {
    let code: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let code = code
        .replace(&"super::".repeat(depth), "crate::")
        .replace("tickmark::", "crate::");
    code.split("crate::").skip(1).flat_map(heads).collect()
}

/// `room` of `room::thing`, or each of `{a::{b, c}, d}`.
fn heads(rest: &str) -> Vec<String> {
    let head = |text: &str| {
        let text = text.trim_start();
        let is_part = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '*');
        text.chars().take_while(is_part).collect::<String>()
    };
    let Some(group) = rest.strip_prefix('{') else {
        return vec![head(rest)];
    };
    let mut open = 1;
    let mut heads = vec![head(group)];
    for (at, c) in group.char_indices() {
        match c {
            '{' => open += 1,
            '}' => open -= 1,
            ',' if open == 1 => heads.push(head(&group[at + 1..])),
            _ => {}
        }
        if open == 0 {
            break;
        }
    }
    // After the last comma of a list that takes several lines.
    heads.retain(|head| !head.is_empty());
    heads
}

#[test]
fn a_room_imports_only_rooms_listed_before_it() {
    let rooms = rooms();
    assert!(rooms.len() > 5, "the list of rooms was not found");
    let mut imports = 0;
    for (floor, room) in rooms.iter().enumerate() {
        for file in files_of(room) {
            for other in named(&file) {
                let shown = file.display();
                assert_ne!(other, "*", "{shown} imports every room");
                let Some(above) = rooms.iter().position(|known| *known == other) else {
                    continue;
                };
                assert!(
                    above <= floor,
                    "{shown} imports `{other}`, which is listed after `{room}`"
                );
                imports += usize::from(above < floor);
            }
        }
    }
    assert!(imports > 10, "the imports were not found");
}

#[test]
fn no_path_hides_a_room() {
    let cases: &[(&str, usize, &[&str])] = &[
        ("use crate::ui::Terminal;", 1, &["ui"]),
        (
            "use crate::{\n    course::{self, Course},\n    ui,\n};\nuse crate::cli;",
            1,
            &["course", "ui", "cli"],
        ),
        ("use super::ui;", 1, &["ui"]),
        ("use super::ui;", 2, &[]),
        ("use super::super::{ui, cli};", 2, &["ui", "cli"]),
        (
            "tickmark::cli::main(); pub(in crate::ui) fn a() {}",
            1,
            &["cli", "ui"],
        ),
        ("use crate::*;", 1, &["*"]),
        ("use super::*;", 1, &["*"]),
        ("use super::*;", 2, &[]),
    ];
    for (code, depth, rooms) in cases {
        assert_eq!(named_in(code, *depth), *rooms, "{code}");
    }
}

/// The rooms that may know which operating system this is.
const NEAR_THE_SYSTEM: [&str; 2] = ["node", "sandbox"];

/// How code asks for an operating system, or speaks to one.
const SYSTEM: [&str; 13] = [
    "cfg(unix",
    "cfg(not(unix",
    "cfg!(unix",
    "cfg(windows",
    "cfg(not(windows",
    "cfg!(windows",
    "target_os",
    "target_family",
    "std::os::",
    "rustix::",
    "nix::",
    "libc::",
    "/proc/",
];

#[test]
fn what_systems_do_differently_is_known_in_two_rooms() {
    let mut seen = 0;
    for room in rooms() {
        for file in files_of(&room) {
            // Unit tests may make what only some systems have, such as links.
            let (code, _) = code_of(&file);
            let Some(word) = SYSTEM.iter().find(|word| code.contains(**word)) else {
                continue;
            };
            let may = NEAR_THE_SYSTEM.contains(&room.as_str());
            assert!(may, "{} has `{word}`", file.display());
            seen += 1;
        }
    }
    assert!(seen > 2, "the code for systems was not found");
}

#[test]
fn every_room_is_on_the_map_in_its_order() {
    let map = fs::read_to_string("src/ARCHITECTURE.md").unwrap();
    let places: Vec<usize> = rooms()
        .iter()
        .map(|room| {
            map.find(&format!("| [`{room}`] |"))
                .unwrap_or_else(|| panic!("src/ARCHITECTURE.md does not list `{room}`"))
        })
        .collect();
    assert!(
        places.is_sorted(),
        "src/ARCHITECTURE.md lists the rooms in another order"
    );
}

#[test]
fn every_file_says_what_it_owns() {
    for room in rooms() {
        for file in files_of(&room) {
            let source = fs::read_to_string(&file).unwrap();
            assert!(
                source.starts_with("//!"),
                "{} does not open with what it owns",
                file.display()
            );
        }
    }
}

/// What the house was given, and what tools want beside it.
const TOP: [&str; 9] = [
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "benches",
    "exercises",
    "quizzes",
    "src",
    "tests",
];

#[test]
fn unsafe_code_stands_in_three_files_and_each_block_has_its_argument() {
    let mut seen = Vec::new();
    for room in rooms() {
        for file in files_of(&room) {
            let (code, _) = code_of(&file);
            let unsafe_blocks = code.matches("unsafe {").count();
            if unsafe_blocks == 0 {
                assert!(!code.contains("allow(unsafe_code)"), "{}", file.display());
                continue;
            }
            let text = fs::read_to_string(&file).unwrap();
            assert_eq!(
                text.matches("// SAFETY: ").count(),
                unsafe_blocks,
                "{}",
                file.display()
            );
            seen.push(file);
        }
    }
    let allowed = [
        "src/event_loop/engine/parts.rs",
        "src/sandbox/system/linux/boxed/raw.rs",
        "src/sandbox/system/windows/raw.rs",
    ];
    seen.sort();
    assert_eq!(seen, allowed.map(Path::new));
}

#[test]
fn nothing_else_stands_at_the_top() {
    // What a build or an editor leaves here is not the house's; without git nobody can tell them apart.
    let Ok(files) = Command::new("git").args(["ls-files", "-z"]).output() else {
        return;
    };
    let files = String::from_utf8(files.stdout).unwrap();
    let names = files.split('\0').filter_map(|file| file.split('/').next());
    for name in names.filter(|name| !name.is_empty() && !name.starts_with('.')) {
        assert!(TOP.contains(&name), "`{name}` belongs into a folder");
    }
}

#[test]
fn the_two_commands_of_the_readme_name_what_is_there() {
    let readme = fs::read_to_string("README.md").unwrap();
    for (command, file) in [
        ("cargo run --release -- grade tests/class", "tests/class"),
        ("tests/run", "tests/run"),
    ] {
        let block = format!("```sh\n{command}\n```\n");
        assert!(readme.contains(&block), "README.md does not show {command}");
        assert!(Path::new(file).exists(), "{file}");
    }
    let ci = fs::read_to_string(".ci/run").unwrap();
    assert!(ci.contains("tests/run\n"), "CI calls another command");
}
