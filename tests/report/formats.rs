//! Each format, on a class with one submission of each kind.

use tickmark::report::{FORMATS, Options, Reader, Spending, table};

use crate::{cases, check};

const TEACHER: Options = Options {
    reader: Reader::Teacher,
    spending: Spending::Without,
    columns: 100,
};

#[test]
fn a_class_is_written_in_each_format() {
    let class = cases::class();
    for format in FORMATS {
        let file = match format.name {
            "json" => "class.json",
            "csv" => "class.csv",
            "junit" => "class.junit.xml",
            "github" => "class.github.txt",
            "table" => "class.table.txt",
            other => panic!("no file for {other}"),
        };
        check(file, &format.write(&class, &TEACHER));
    }
}

#[test]
fn a_table_fits_a_narrow_page() {
    let mut text = String::new();
    for results in [cases::class(), cases::one_exercise()] {
        for (reader, columns) in [(Reader::Teacher, 60), (Reader::Student, 100)] {
            let options = Options {
                reader,
                columns,
                ..TEACHER
            };
            let table = table(&results, &options).plain();
            text.push_str(&table);
            text.push_str(&format!("{}\n", "=".repeat(columns)));
        }
    }
    check("narrow.table.txt", &text);
}
