//! `junit`: JUnit's XML, as GitLab, Jenkins and others read it; <https://github.com/testmoapp/junitxml>.
//!
//! A suite is a student, a case a test or a question. Some readers show neither suites nor a failure's message, so the class name
//! says student and exercise as the submission's folder does, and the difference stands in the failure's body.
//! Written by hand: the writers we know let characters through that XML 1.0 forbids.

use crate::report::text::unlike_a_command;
use crate::report::{Item, On, Options, Results, Row, Spending, Standing, Tally, Text, feedback};
use crate::words;

use super::Format;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "junit",
    about: "JUnit's XML, for CI systems",
    write,
};

/// The suite of what has no student.
const NOBODY: &str = "submission";

fn write(results: &Results, options: &Options) -> String {
    let tally = Tally::of_all(results.rows(), options.reader);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let problems = results.unplaced().len();
    xml.push_str(&format!(
        "<testsuites name=\"tickmark\" {}>\n",
        counts(&tally, problems)
    ));
    for rows in results.rows().chunk_by(|a, b| a.student == b.student) {
        suite(&mut xml, rows, results.on(), options);
    }
    if problems > 0 {
        unplaced(&mut xml, results);
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn counts(tally: &Tally, problems: usize) -> String {
    let tests =
        tally.passed + tally.failed + tally.racy + tally.not_judged + tally.left_out + problems;
    format!(
        "tests=\"{tests}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"",
        tally.failed + tally.racy,
        tally.not_judged + problems,
        tally.left_out
    )
}

/// All submissions of one student.
fn suite(xml: &mut String, rows: &[Row], on: Option<On>, options: &Options) {
    let tally = Tally::of_all(rows, options.reader);
    let student = rows.first().and_then(|row| row.student.as_deref());
    xml.push_str(&format!(
        "  <testsuite name=\"{}\" {}>\n    <properties>\n",
        attribute(student.unwrap_or(NOBODY)),
        counts(&tally, 0)
    ));
    property(xml, "    ", "points", &tally.earned.to_string());
    property(xml, "    ", "max", &tally.most.to_string());
    if tally.hidden > 0 {
        property(xml, "    ", "hidden tests", &tally.hidden.to_string());
        property(
            xml,
            "    ",
            "points of hidden tests",
            &tally.hidden_points.to_string(),
        );
    }
    if let Some(On { tier, ran }) = on {
        property(xml, "    ", "sandbox", tier.word());
        if let Some(why) = feedback::unsettled(ran) {
            property(xml, "    ", "provisional", &attribute(&why));
        }
    }
    xml.push_str("    </properties>\n");
    for row in rows {
        for item in row.items(options.reader) {
            case(xml, row, item, options.spending);
        }
    }
    xml.push_str("  </testsuite>\n");
}

fn case(xml: &mut String, row: &Row, item: Item<'_>, spending: Spending) {
    let class = match &row.student {
        Some(student) => format!("{student}/{}", row.name()),
        None => row.name(),
    };
    xml.push_str(&format!(
        "    <testcase classname=\"{}\" name=\"{}\"{}>\n      <properties>\n",
        attribute(&class),
        attribute(item.name()),
        time(item, spending)
    ));
    property(xml, "      ", "points", &item.earned().to_string());
    property(xml, "      ", "max", &item.most().to_string());
    xml.push_str("      </properties>\n");
    let mut body = item.body();
    body.append(feedback::hint(item), 0);
    result(xml, item, &body);
    xml.push_str("    </testcase>\n");
}

fn result(xml: &mut String, item: Item<'_>, body: &Text) {
    let why = item.in_few_words().unwrap_or_default();
    let element = match item.standing() {
        Standing::LeftOut => {
            let message = body.plain();
            xml.push_str(&format!(
                "      <skipped message=\"{}\"/>\n",
                attribute(message.trim_end())
            ));
            return;
        }
        Standing::Passed if body.is_empty() => return,
        Standing::Passed => {
            xml.push_str(&format!(
                "      <system-out>{}</system-out>\n",
                content(&body.plain())
            ));
            return;
        }
        Standing::Failed | Standing::Racy => "failure",
        Standing::NotJudged => "error",
    };
    xml.push_str(&format!(
        "      <{element} type=\"{}\" message=\"{}\">{}</{element}>\n",
        item.standing().word(),
        attribute(&why),
        content(&body.plain())
    ));
}

/// ` time="0.031"`, in seconds.
fn time(item: Item<'_>, spending: Spending) -> String {
    match (spending, item.run()) {
        (Spending::With, Some(run)) => format!(" time=\"{:.3}\"", run.spent.wall.as_secs_f64()),
        (Spending::With, None) | (Spending::Without, _) => String::new(),
    }
}

/// What belongs to no exercise: cases that could not be carried out.
fn unplaced(xml: &mut String, results: &Results) {
    let n = results.unplaced().len();
    xml.push_str(&format!(
        "  <testsuite name=\"problems\" tests=\"{n}\" failures=\"0\" errors=\"{n}\" skipped=\"0\">\n"
    ));
    for one in results.unplaced() {
        xml.push_str(&format!(
            "    <testcase classname=\"{}\" name=\"{}\">\n      <error type=\"problem\" message=\"{}\">{}</error>\n    \
             </testcase>\n",
            attribute(one.student.as_deref().unwrap_or(NOBODY)),
            attribute(&one.problem.message),
            attribute(&one.problem.message),
            content(&lines(&one.problem.to_string()))
        ));
    }
    xml.push_str("  </testsuite>\n");
}

fn property(xml: &mut String, indent: &str, name: &str, value: &str) {
    xml.push_str(&format!(
        "{indent}  <property name=\"{name}\" value=\"{value}\"/>\n"
    ));
}

fn lines(text: &str) -> String {
    text.lines()
        .map(|line| format!("{}\n", unlike_a_command(&words::visible(line))))
        .collect()
}

/// One line of text in an attribute.
fn attribute(text: &str) -> String {
    escaped(&unlike_a_command(&words::visible(text))).replace('"', "&quot;")
}

/// Lines of text between tags, the first on a line of its own.
fn content(text: &str) -> String {
    format!("\n{}", escaped(text))
}

/// XML 1.0 allows no character that [`words::visible`] lets through and this does not name; `##[` would be a command.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace("##[", "##&#91;")
}
