//! `table`: one line for each submission, for people.
//!
//! Columns are as wide as what stands in them; where that is more than the page has, names are shortened and the
//! reason takes what is left.

use crate::report::text::{Line, Style, Text};
use crate::report::{Options, Reader, Results, Row, Tally, feedback};
use crate::words;

use super::Format;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "table",
    about: "one line for each submission, to read",
    write: |results, options| table(results, options).plain(),
};

/// Names are never shortened below this.
const NAME: usize = 12;
/// A reason is not shown in fewer columns: it stands below its row then.
const REASON: usize = 24;
/// Between two columns.
const GAP: usize = 2;

/// The table as text with styles.
pub fn table(results: &Results, options: &Options) -> Text {
    let mut text = Text::new();
    if !results.rows().is_empty() {
        let columns = Columns::of(results, options);
        text.append(columns.title(results), 0);
        text.push(columns.header());
        for row in results.rows() {
            text.append(columns.row(row), 0);
        }
        text.gap();
        text.append(columns.legend(options.reader), 0);
        text.gap();
    }
    text.append(total(results, options.reader), 0);
    text.append(problems(results), 0);
    text.gap();
    text.append(feedback::sandbox(results), 0);
    text.append(feedback::provisional(results), 0);
    text
}

/// What the columns are and how wide.
struct Columns<'a> {
    reader: Reader,
    /// The row whose tests have a column each, where all rows are of one exercise.
    tests_of: Option<&'a Row>,
    student: usize,
    exercise: usize,
    points: usize,
    verdicts: usize,
    page: usize,
}

impl<'a> Columns<'a> {
    fn of(results: &'a Results, options: &Options) -> Self {
        let reader = options.reader;
        let rows = results.rows();
        let tests_of = rows
            .first()
            .filter(|first| rows.iter().all(|row| same_tests(row, first)));
        let widest = |of: &dyn Fn(&Row) -> String, title: &str| {
            rows.iter()
                .map(|row| width(&of(row)))
                .chain([width(title)])
                .max()
                .unwrap_or(0)
        };
        let named = rows.iter().any(|row| row.student.is_some());
        let mut columns = Columns {
            reader,
            tests_of,
            student: if named {
                widest(&student, "student")
            } else {
                0
            },
            exercise: match tests_of {
                Some(_) => 0,
                None => widest(&Row::name, "exercise"),
            },
            points: widest(&|row| points(&Tally::of(row, reader)), "points"),
            verdicts: match tests_of {
                Some(row) => marks_width(row.items(reader).count()),
                None => widest(&|row| counts(&Tally::of(row, reader)), "tests"),
            },
            page: options.columns,
        };
        columns.shorten();
        columns
    }

    /// Takes from the names what the page does not have: enough for a reason beside them if that can be, else only
    /// for themselves.
    fn shorten(&mut self) {
        let spare = self.exercise.saturating_sub(NAME) + self.student.saturating_sub(NAME);
        let over = |room: usize| (self.before_reason() + room).saturating_sub(self.page);
        let over = if over(REASON) <= spare {
            over(REASON)
        } else {
            over(0)
        };
        let from_exercise = over.min(self.exercise.saturating_sub(NAME));
        self.exercise -= from_exercise;
        let from_student = (over - from_exercise).min(self.student.saturating_sub(NAME));
        self.student -= from_student;
    }

    fn before_reason(&self) -> usize {
        [self.student, self.exercise, self.points, self.verdicts]
            .into_iter()
            .filter(|width| *width > 0)
            .map(|width| width + GAP)
            .sum()
    }

    fn title(&self, results: &Results) -> Text {
        let mut text = Text::new();
        if let Some(row) = self.tests_of {
            let on = results.on().map(|on| format!(" on {}", on.ran));
            text.push(
                Line::words(Style::Strong, &row.name()).and(Style::Plain, &on.unwrap_or_default()),
            );
            text.gap();
        }
        text
    }

    fn header(&self) -> Line {
        let verdicts = match self.tests_of {
            Some(row) => marks(1..=row.items(self.reader).count(), |number| {
                number.to_string()
            }),
            None => "tests".to_owned(),
        };
        self.cells("student", "exercise")
            .exactly(Style::Dim, &cell("points", self.points))
            .exactly(Style::Dim, &cell(&verdicts, self.verdicts))
            .exactly(Style::Dim, "first reason")
    }

    fn cells(&self, student: &str, exercise: &str) -> Line {
        let line = Line::verbatim().exactly(Style::Plain, &cell(student, self.student));
        let exercise = match width(exercise) > self.exercise {
            true => exercise.rsplit_once('/').map_or(exercise, |(_, slug)| slug),
            false => exercise,
        };
        line.exactly(Style::Plain, &cell(exercise, self.exercise))
    }

    fn row(&self, row: &Row) -> Text {
        let tally = Tally::of(row, self.reader);
        let line = self
            .cells(&student(row), &row.name())
            .exactly(style(&tally), &cell(&points(&tally), self.points));
        let line = match self.tests_of {
            Some(_) => self.signs(line, row),
            None => line.exactly(Style::Plain, &cell(&counts(&tally), self.verdicts)),
        };
        self.with_reason(line, feedback::first_reason(row, self.reader))
    }

    fn signs(&self, line: Line, row: &Row) -> Line {
        let items = row.items(self.reader).enumerate();
        let line = items.fold(line, |line, (at, item)| {
            let standing = item.standing();
            line.exactly(
                standing.style(),
                &marks([at + 1], |_| standing.sign().to_owned()),
            )
        });
        let used = marks_width(row.items(self.reader).count()) + 1;
        line.exactly(
            Style::Plain,
            &" ".repeat((self.verdicts + GAP).saturating_sub(used)),
        )
    }

    /// The reason at the end of the row, or below it where there is no room.
    fn with_reason(&self, line: Line, reason: Option<String>) -> Text {
        let mut text = Text::new();
        let Some(reason) = reason else {
            text.push(line);
            return text;
        };
        let room = self.page.saturating_sub(self.before_reason());
        if room >= REASON {
            text.push(line.exactly(Style::Plain, &short(&reason, room)));
        } else {
            text.push(line);
            let below = short(&reason, self.page.saturating_sub(4).max(NAME));
            text.push(
                Line::verbatim()
                    .led_by(Style::Plain, "    ")
                    .exactly(Style::Dim, &below),
            );
        }
        text
    }

    /// What the numbers above the tests stand for.
    fn legend(&self, reader: Reader) -> Text {
        let mut text = Text::new();
        text.gap();
        for (at, item) in self
            .tests_of
            .iter()
            .flat_map(|row| row.items(reader))
            .enumerate()
        {
            let hidden = if item.is_hidden() { ", hidden" } else { "" };
            let line = Line::words(Style::Plain, "")
                .led_by(Style::Dim, &format!("{:>2} ", at + 1))
                .exactly(Style::Plain, item.name())
                .exactly(
                    Style::Dim,
                    &format!(" ({}{hidden})", feedback::points(item.worth())),
                );
            text.push(line);
        }
        text
    }
}

/// Whether two rows are of the same exercise and list the same tests.
fn same_tests(a: &Row, b: &Row) -> bool {
    let names = |row: &Row| {
        row.all()
            .map(|item| item.name().to_owned())
            .collect::<Vec<_>>()
    };
    a.name() == b.name() && names(a) == names(b)
}

fn student(row: &Row) -> String {
    row.student
        .as_deref()
        .map(words::visible)
        .unwrap_or_default()
}

/// `5/8`; with a `?` while something is not judged.
fn points(tally: &Tally) -> String {
    let open = if tally.not_judged > 0 { " ?" } else { "" };
    format!("{}/{}{open}", tally.earned, tally.most)
}

/// `3✓ 1✗`
fn counts(tally: &Tally) -> String {
    let counts = [
        (tally.passed, "✓"),
        (tally.failed, "✗"),
        (tally.racy, "~"),
        (tally.not_judged, "?"),
        (tally.left_out, "-"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, sign)| format!("{n}{sign}"))
        .collect();
    counts.join(" ")
}

fn style(tally: &Tally) -> Style {
    if tally.failed > 0 {
        Style::Bad
    } else if tally.racy + tally.not_judged > 0 {
        Style::Warn
    } else {
        Style::Good
    }
}

/// Marks of tests side by side, each as wide as its test's number, with a blank between two.
fn marks(numbers: impl IntoIterator<Item = usize>, mark: impl Fn(usize) -> String) -> String {
    numbers
        .into_iter()
        .map(|number| format!("{:>1$} ", mark(number), digits(number)))
        .collect()
}

fn marks_width(tests: usize) -> usize {
    (1..=tests)
        .map(|number| digits(number) + 1)
        .sum::<usize>()
        .saturating_sub(1)
}

fn digits(number: usize) -> usize {
    number.to_string().len()
}

/// The text in a column of the width, with the gap after it; nothing for a column without width.
fn cell(text: &str, column: usize) -> String {
    if column == 0 {
        return String::new();
    }
    let text = short(text.trim_end(), column);
    let fill = (column + GAP).saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(fill))
}

/// The text in at most so many columns, with `…` where something is left out.
fn short(text: &str, columns: usize) -> String {
    console::truncate_str(&words::visible(text), columns, "…").into_owned()
}

fn width(text: &str) -> usize {
    console::measure_text_width(&words::visible(text))
}

/// One line for all of them.
fn total(results: &Results, reader: Reader) -> Text {
    let rows = results.rows();
    let tally = Tally::of_all(rows, reader);
    let mut text = Text::new();
    let students = rows
        .chunk_by(|a, b| a.student == b.student)
        .filter(|rows| rows[0].student.is_some());
    let students = match students.count() {
        0 => String::new(),
        n => format!(" of {}", words::count(n, "student")),
    };
    let verdicts = [
        (tally.passed, "passed"),
        (tally.failed, "failed"),
        (tally.racy, "racy"),
        (tally.not_judged, "not judged"),
        (tally.left_out, "left out"),
        (tally.hidden, "hidden"),
    ];
    let verdicts: Vec<String> = verdicts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, verdict)| format!("{n} {verdict}"))
        .collect();
    let open = match tally.not_judged {
        0 => String::new(),
        _ => format!(" ({} still open)", tally.open),
    };
    let line = format!(
        "{}{students}: {} of {}{open}",
        words::count(rows.len(), "submission"),
        tally.earned,
        feedback::points(tally.most)
    );
    let tests = match verdicts.is_empty() {
        true => String::new(),
        false => format!("; tests: {}", verdicts.join(", ")),
    };
    text.push(Line::words(Style::Strong, &line).and(Style::Plain, &tests));
    text
}

/// What belongs to no exercise.
fn problems(results: &Results) -> Text {
    let mut text = Text::new();
    if results.unplaced().is_empty() {
        return text;
    }
    text.push(Line::words(Style::Plain, ""));
    let n = results.unplaced().len();
    let title = format!("{}, counted nowhere above:", words::count(n, "problem"));
    text.push(Line::words(Style::Bad, &title));
    for one in results.unplaced() {
        text.append(feedback::unplaced(one), 2);
    }
    text
}
