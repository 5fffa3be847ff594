//! What readers get: each kind of result by hand, held against the text it makes (`tests/report/*.txt` and others).
//!
//! `TICKMARK_ACCEPT=1 cargo test --test report` writes the texts anew; read them as the student or teacher would.

mod cases;
mod formats;
mod hostile;

use std::path::Path;

use tickmark::report::{self, Reader};

/// Holds a text against the file under this name, or writes it there.
fn check(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/report")
        .join(name);
    if std::env::var_os("TICKMARK_ACCEPT").is_some() {
        std::fs::write(&path, text).expect("the text can be written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        expected, text,
        "{name}: TICKMARK_ACCEPT=1 accepts what is on the right"
    );
}

#[test]
fn students_read_why_a_test_did_not_pass() {
    for (name, row) in cases::submissions() {
        let results = cases::results(vec![row], Vec::new());
        check(
            &format!("{name}.txt"),
            &report::feedback(&results, Reader::Student).plain(),
        );
    }
}

#[test]
fn teachers_read_about_hidden_tests_too() {
    let results = cases::results(vec![cases::hidden()], Vec::new());
    check(
        "hidden-for-teachers.txt",
        &report::feedback(&results, Reader::Teacher).plain(),
    );
    check(
        "hidden-for-students.txt",
        &report::feedback(&results, Reader::Student).plain(),
    );
}
