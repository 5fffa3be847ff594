//! The order of the rooms in `src/lib.rs` is the architecture: nobody imports a room listed after his own.

use std::fs;
use std::path::{Path, PathBuf};

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

/// The rooms that a file names as `crate::room`, with comments left out.
fn named(file: &Path) -> Vec<String> {
    let source = fs::read_to_string(file).unwrap();
    let code: Vec<&str> = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    code.split("crate::")
        .skip(1)
        .flat_map(after_crate)
        .collect()
}

/// `room` of `room::thing`, or each of `{a::b, c}`.
fn after_crate(rest: &str) -> Vec<String> {
    let word = |text: &str| {
        text.trim()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    match rest.strip_prefix('{') {
        None => vec![word(rest)],
        Some(group) => group
            .split('}')
            .next()
            .unwrap()
            .split(',')
            .map(word)
            .collect(),
    }
}

#[test]
fn a_room_imports_only_rooms_listed_before_it() {
    let rooms = rooms();
    assert!(rooms.len() > 5, "the list of rooms was not found");
    let mut imports = 0;
    for (floor, room) in rooms.iter().enumerate() {
        for file in files_of(room) {
            for other in named(&file) {
                let Some(above) = rooms.iter().position(|known| *known == other) else {
                    continue;
                };
                assert!(
                    above <= floor,
                    "{} imports `{other}`, which is listed after `{room}`",
                    file.display()
                );
                imports += usize::from(above < floor);
            }
        }
    }
    assert!(imports > 10, "the imports were not found");
}

#[test]
fn every_room_is_on_the_map() {
    let map = fs::read_to_string("src/ARCHITECTURE.md").unwrap();
    for room in rooms() {
        assert!(
            map.contains(&format!("[`{room}`]")),
            "src/ARCHITECTURE.md does not mention `{room}`"
        );
    }
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
