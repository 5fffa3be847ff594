//! Each format: its text on a class with one submission of each kind, and that others read it back.

use std::collections::BTreeMap;

use tickmark::report::{self, FORMATS, Options, Reader, Results, Spending, table};

use crate::{cases, check};

pub const TEACHER: Options = Options {
    reader: Reader::Teacher,
    spending: Spending::Without,
    columns: 100,
};

const STUDENT: Options = Options {
    reader: Reader::Student,
    ..TEACHER
};

/// The results in the format of that name.
pub fn written(name: &str, results: &Results, options: &Options) -> String {
    let format: report::Format = name.parse().expect("a format");
    format.write(results, options)
}

#[test]
fn a_class_is_written_in_each_format() {
    let class = cases::class();
    let files: BTreeMap<&str, &str> = [
        ("csv", "class.csv"),
        ("github", "class.github.txt"),
        ("json", "class.json"),
        ("junit", "class.junit.xml"),
        ("table", "class.table.txt"),
    ]
    .into();
    for format in FORMATS {
        check(files[format.name], &format.write(&class, &TEACHER));
    }
}

#[test]
fn whatever_was_judged_on_the_model_is_provisional_in_each_format() {
    let results = cases::on_model();
    let feedback = report::feedback(&results, Reader::Student).plain();
    let mut text = format!("=== feedback\n{feedback}");
    for format in FORMATS {
        let written = format.write(&results, &TEACHER);
        assert!(
            written.contains("provisional") && written.contains("the model of Node 24"),
            "{written}"
        );
        if format.name != "json" {
            text.push_str(&format!("=== {}\n{written}", format.name));
        }
    }
    let json: serde_json::Value =
        serde_json::from_str(&written("json", &results, &TEACHER)).expect("JSON");
    validator()(&json).expect("by the schema");
    assert_eq!(json["node"], serde_json::Value::Null);
    assert_eq!(json["model"], 24);
    assert_eq!(
        json["rows"][0]["tests"][1]["runs"]["of"], "orders",
        "{json}"
    );
    check("model.txt", &text);
    let on_node = cases::results(vec![cases::hidden()], Vec::new());
    for format in FORMATS {
        let written = format.write(&on_node, &TEACHER);
        assert!(!written.contains("judged on the model"), "{written}");
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
            let table = tickmark::ui::render(&table(&results, &options), Some(columns));
            let table = anstream::adapter::strip_str(&table).to_string();
            for line in table.lines() {
                assert!(console::measure_text_width(line) <= columns, "{line}");
            }
            text.push_str(&table);
            text.push_str(&format!("{}\n", "=".repeat(columns)));
        }
    }
    check("narrow.table.txt", &text);
}

#[test]
fn the_order_in_which_results_come_changes_nothing() {
    let class = cases::class();
    let reversed = Results::new(
        class.course().clone(),
        class.on(),
        class.rows().iter().rev().cloned().collect(),
        class.unplaced().iter().rev().cloned().collect(),
    );
    for format in FORMATS {
        assert_eq!(
            format.write(&class, &TEACHER),
            format.write(&reversed, &TEACHER),
            "{}",
            format.name
        );
    }
}

#[test]
fn hidden_tests_are_in_no_format_for_students() {
    let results = cases::results(vec![cases::hidden()], Vec::new());
    for format in FORMATS {
        let (teacher, student) = (
            format.write(&results, &TEACHER),
            format.write(&results, &STUDENT),
        );
        assert!(
            !student.contains("y before x"),
            "{}: {student}",
            format.name
        );
        assert!(!student.contains("immediate"), "{}: {student}", format.name);
        assert!(teacher.contains("immediate"), "{}: {teacher}", format.name);
    }
}

#[test]
fn time_and_memory_are_written_only_where_asked() {
    let class = cases::class();
    let with = Options {
        spending: Spending::With,
        ..TEACHER
    };
    for (format, said) in [("json", "\"wall_ms\": 45"), ("junit", "time=\"0.045\"")] {
        assert!(
            !written(format, &class, &TEACHER).contains(said),
            "{format}"
        );
        assert!(written(format, &class, &with).contains(said), "{format}");
    }
}

#[test]
fn a_gradebook_gets_no_points_while_something_is_not_judged() {
    let csv = written("csv", &cases::class(), &TEACHER);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|cell| cell == name).expect(name);
    let mut seen = 0;
    for record in reader.records() {
        let record = record.expect("a record");
        let known = &record[column("not judged")] == "0";
        assert_eq!(!record[column("points")].is_empty(), known, "{record:?}");
        assert_eq!(!record[column("percent")].is_empty(), known, "{record:?}");
        seen += 1;
    }
    assert_eq!(
        seen,
        cases::class().rows().len() + cases::class().unplaced().len()
    );
}

#[test]
fn json_keeps_its_published_schema() {
    let validate = validator();
    for options in [
        TEACHER,
        STUDENT,
        Options {
            spending: Spending::With,
            ..TEACHER
        },
    ] {
        for results in [
            cases::class(),
            cases::one_exercise(),
            cases::results(Vec::new(), Vec::new()),
        ] {
            let json = serde_json::from_str(&written("json", &results, &options)).expect("JSON");
            validate(&json).unwrap();
        }
    }
    let mut broken: serde_json::Value =
        serde_json::from_str(&written("json", &cases::class(), &TEACHER)).expect("JSON");
    broken["rows"][0]["tests"][0]["verdict"] = "perfect".into();
    assert!(validate(&broken).is_err());
}

#[test]
fn every_field_of_the_schema_is_documented() {
    let schema = report::schema();
    let definitions = schema["$defs"].as_object().expect("definitions").values();
    for object in definitions.chain([&schema]) {
        for (name, field) in object["properties"].as_object().expect("an object") {
            assert!(field["description"].is_string(), "{name}");
        }
    }
    check("schema.json", &format!("{schema:#}\n"));
}

/// Validates against the published schema, with somebody else's validator.
pub fn validator() -> impl Fn(&serde_json::Value) -> Result<(), String> {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler
        .add_resource("results.json", report::schema())
        .expect("a resource");
    let index = compiler
        .compile("results.json", &mut schemas)
        .expect("a schema");
    move |json| {
        schemas
            .validate(json, index)
            .map_err(|error| error.to_string())
    }
}
