//! `github`: workflow commands that GitHub shows as annotations, and one line that sums up.
//!
//! The runner reads commands from what a step prints, so every line here is one of ours or holds nothing of a
//! student's: text goes only into commands, escaped as the runner unescapes it (`escapeData` and `escapeProperty` of
//! actions/toolkit, `command.ts`). GitHub shows few annotations of each kind for one step, so what was not answered and
//! what passed are each told once for a submission, after what was lost.

use crate::report::{Item, Options, Results, Row, Standing, Tally, Work, feedback};
use crate::words;

use super::Format;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "github",
    about: "annotations of a GitHub workflow",
    write,
};

fn write(results: &Results, options: &Options) -> String {
    let mut lines = Vec::new();
    for row in results.rows() {
        let items = || row.items(options.reader);
        let answered = items().filter(|item| !item.is_unanswered());
        lines.extend(answered.filter_map(|item| annotation(row, item)));
        lines.extend(unanswered(row, items().filter(|item| item.is_unanswered())));
        lines.extend(passed(row, options));
    }
    for one in results.unplaced() {
        let title = titled(one.student.as_deref(), "a problem");
        lines.push(command("error", None, &title, &one.problem.to_string()));
    }
    let unsettled = results.on().and_then(|on| feedback::unsettled(on.ran));
    lines.extend(unsettled.map(|why| command("warning", None, "provisional", &why)));
    lines.push(summary(results, options));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// What a test or a question that did not pass is shown as.
fn annotation(row: &Row, item: Item<'_>) -> Option<String> {
    let kind = match item.standing() {
        Standing::LeftOut | Standing::Passed => return None,
        Standing::Failed | Standing::Racy => "error",
        Standing::NotJudged => "warning",
    };
    let mut body = item.body();
    body.append(feedback::hint(item), 0);
    let what = format!("{}: {}: {}", row.name(), item.name(), item.came());
    let title = titled(row.student.as_deref(), &what);
    Some(command(
        kind,
        place(row, item).as_ref(),
        &title,
        &body.plain(),
    ))
}

/// All questions that a student gave no answer to.
fn unanswered<'a>(row: &Row, items: impl Iterator<Item = Item<'a>>) -> Option<String> {
    let items: Vec<Item<'_>> = items.collect();
    let most = items.iter().map(|item| item.most()).sum();
    let what = format!(
        "{}: {} not answered: 0 of {}",
        row.name(),
        words::count(items.len(), "question"),
        feedback::points(most)
    );
    let title = titled(row.student.as_deref(), &what);
    let names = words::and(items.iter().copied().map(named));
    (!items.is_empty()).then(|| command("error", of_answers(row).as_ref(), &title, &names))
}

fn named(item: Item<'_>) -> String {
    words::code(item.name())
}

fn passed(row: &Row, options: &Options) -> Option<String> {
    let names: Vec<String> = row
        .items(options.reader)
        .filter(|item| item.standing() == Standing::Passed)
        .map(named)
        .collect();
    let tally = Tally::of(row, options.reader);
    let what = format!(
        "{}: {} of {}",
        row.name(),
        tally.earned,
        feedback::points(tally.most)
    );
    let title = titled(row.student.as_deref(), &what);
    (!names.is_empty()).then(|| {
        command(
            "notice",
            None,
            &title,
            &format!("passed: {}", words::and(names)),
        )
    })
}

fn titled(student: Option<&str>, what: &str) -> String {
    match student {
        Some(student) => format!("{student}, {what}"),
        None => what.to_owned(),
    }
}

/// A file of the student's and the line in it.
struct Place {
    file: String,
    line: Option<usize>,
}

/// Where an uncaught error was thrown, else the entry file.
fn place(row: &Row, item: Item<'_>) -> Option<Place> {
    let thrown = item
        .run()
        .and_then(|run| run.ending.error())
        .and_then(|error| error.place.as_ref());
    let (file, line) = match (thrown, row.entry()) {
        (Some(place), _) => (place.file.as_str(), Some(place.line)),
        (None, Some((file, _))) => (file.as_str(), None),
        (None, None) => return of_answers(row),
    };
    let file = match row
        .folder
        .as_deref()
        .map(|folder| folder.trim_end_matches('/'))
    {
        Some(folder) if !folder.is_empty() => format!("{folder}/{file}"),
        Some(_) | None => file.to_owned(),
    };
    Some(Place { file, line })
}

/// The file of a student's answers.
fn of_answers(row: &Row) -> Option<Place> {
    match &row.work {
        Work::Exercise(_) => None,
        Work::Quiz(_) => Some(Place {
            file: row.folder.clone()?,
            line: None,
        }),
    }
}

/// `::error file=main.mjs,line=3,title=…::message`
fn command(kind: &str, place: Option<&Place>, title: &str, message: &str) -> String {
    let mut properties = Vec::new();
    if let Some(place) = place {
        properties.push(format!("file={}", property(&place.file)));
        properties.extend(place.line.map(|line| format!("line={line}")));
    }
    properties.push(format!("title={}", property(title)));
    format!(
        "::{kind} {}::{}",
        properties.join(","),
        data(message.trim_end())
    )
}

fn property(text: &str) -> String {
    escaped(&words::visible(text))
        .replace(':', "%3A")
        .replace(',', "%2C")
}

fn data(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| escaped(&words::visible(line)))
        .collect();
    lines.join("%0A")
}

/// The runner's escapes; lines end apart from this. `##[` would be a command of its older kind.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace("##[", "##\\u{5b}")
}

/// Numbers only: this line is no command.
fn summary(results: &Results, options: &Options) -> String {
    let tally = Tally::of_all(results.rows(), options.reader);
    let mut parts = vec![
        format!("{} of {}", tally.earned, feedback::points(tally.most)),
        format!("{} passed", words::count(tally.passed, "test")),
    ];
    let counted = [
        (tally.failed, "failed"),
        (tally.racy, "racy"),
        (tally.not_judged, "not judged"),
        (tally.left_out, "left out"),
        (tally.hidden, "hidden"),
    ];
    parts.extend(
        counted
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, what)| format!("{n} {what}")),
    );
    if !results.unplaced().is_empty() {
        parts.push(words::count(results.unplaced().len(), "problem"));
    }
    parts.extend(
        results
            .on()
            .map(|on| format!("sandbox: {}", on.tier.word())),
    );
    format!("tickmark: {}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the runner makes of a command's text (`ActionCommand.cs` of actions/runner).
    fn unescaped(text: &str) -> String {
        let escapes = [
            ("%0D", "\r"),
            ("%0A", "\n"),
            ("%3A", ":"),
            ("%2C", ","),
            ("%25", "%"),
        ];
        escapes
            .iter()
            .fold(text.to_owned(), |text, (escape, c)| text.replace(escape, c))
    }

    #[test]
    fn the_runner_reads_what_was_meant() {
        let place = Place {
            file: "a, b: 100%.mjs".into(),
            line: Some(3),
        };
        let line = command(
            "error",
            Some(&place),
            "x: 1, y",
            "100% %0A\n`::error::forged`\n",
        );
        assert_eq!(
            line,
            "::error file=a%2C b%3A 100%25.mjs,line=3,title=x%3A 1%2C y::100%25 %250A%0A`::error::forged`"
        );
        let message = line.splitn(3, "::").nth(2).map(unescaped);
        assert_eq!(message.as_deref(), Some("100% %0A\n`::error::forged`"));
    }
}
