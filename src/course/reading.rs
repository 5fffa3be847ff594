//! Reading typed values out of a YAML tree, collecting every problem on the way.
//!
//! The keys of each mapping are one [`Table`]. What is read, what an unknown key is told, which keys may be missing
//! and what an editor knows of them (`schema`) all come from it.
//!
//! To add a key, add a [`Key`] to its table and read it with [`Fields::get`]. To add a mapping, add a table.

use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use super::shape::Shape;
use super::yaml::{Document, Entry, Kind, Node, Source, Style, Text, swallowed_lines};
use crate::problem::Problem;
use crate::words;

/// The keys that a mapping may have.
#[derive(Debug)]
pub(super) struct Table {
    /// What the mapping is: `a test`.
    pub what: &'static str,
    /// What it is for, in a sentence.
    pub about: &'static str,
    /// Its keys, in the order in which an author would write them.
    pub keys: &'static [Key],
    /// Those of them that say of which kind it is; it has exactly one of them, or comes in no kinds.
    pub kinds: &'static [Key],
    /// Those of them that go with some kinds only: with which, and whether those need them.
    pub partners: &'static [(Key, &'static [Key], Partner)],
}

/// Whether a kind needs a key that goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Partner {
    /// The kind cannot do without; an example.
    Needed(&'static str),
    /// The kind may have it.
    Allowed,
}

impl Table {
    /// A mapping that comes in no kinds.
    pub(super) const fn of(what: &'static str, about: &'static str, keys: &'static [Key]) -> Table {
        Table {
            what,
            about,
            keys,
            kinds: &[],
            partners: &[],
        }
    }
}

/// A key of a mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    /// As it is written.
    pub name: &'static str,
    /// The shape of what stands behind it, as far as an editor can hold it against that.
    pub shape: Shape,
    /// Whether it may be missing.
    pub needed: Needed,
    /// What must stand behind it, for messages: `a whole number`, `a list of texts`.
    pub holds: &'static str,
    /// What it says, in a sentence or two, for the author who meets it in an editor.
    pub about: &'static str,
}

/// Whether a key may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needed {
    /// It must be there; an example of it.
    Always(&'static str),
    /// It must be there unless one of these keys is; an example of it.
    Without(&'static str, &'static [&'static str]),
    /// It may be left out.
    No,
}

impl Key {
    /// A key that must be there.
    pub(super) const fn needed(
        name: &'static str,
        shape: Shape,
        holds: &'static str,
        example: &'static str,
        about: &'static str,
    ) -> Key {
        let needed = Needed::Always(example);
        Key {
            name,
            shape,
            needed,
            holds,
            about,
        }
    }

    /// A key that may be left out.
    pub(super) const fn optional(
        name: &'static str,
        shape: Shape,
        holds: &'static str,
        about: &'static str,
    ) -> Key {
        let needed = Needed::No;
        Key {
            name,
            shape,
            needed,
            holds,
            about,
        }
    }
}

/// A value, what it is called and what it should be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'n> {
    /// The name of the key that has it, in backticks or not: as messages say it.
    pub name: &'n str,
    /// What it should be.
    pub holds: &'n str,
    /// What it is.
    pub node: &'n Node,
}

/// The values of a mapping whose keys were checked.
#[derive(Debug)]
pub(super) struct Fields<'n> {
    entries: Vec<(&'static Key, &'n Entry)>,
    /// Where its first key stands.
    pub first: Range<usize>,
}

impl<'n> Fields<'n> {
    /// The value of a key, if it has one.
    pub(super) fn get(&self, key: &Key) -> Option<Field<'n>> {
        let (key, entry) = self
            .entries
            .iter()
            .find(|(known, _)| known.name == key.name)?;
        Some(Field {
            name: key.name,
            holds: key.holds,
            node: &entry.value,
        })
    }

    /// Where a key stands, if it does.
    pub(super) fn at(&self, key: &Key) -> Option<Range<usize>> {
        let (_, entry) = self
            .entries
            .iter()
            .find(|(known, _)| known.name == key.name)?;
        Some(entry.at.clone())
    }

    /// Those of the keys that are there, in the order in which they are written.
    pub(super) fn present(&self, keys: &[Key]) -> Vec<(&'static Key, Range<usize>)> {
        self.entries
            .iter()
            .filter(|(known, _)| keys.contains(known))
            .map(|(known, entry)| (*known, entry.at.clone()))
            .collect()
    }
}

/// A file being read.
#[derive(Debug)]
pub(super) struct Reading<'s> {
    source: &'s Source,
    /// The first of them, in the order in which they were found.
    problems: Vec<Problem>,
    /// How many were found.
    count: usize,
}

/// After so many problems in one file the others are only counted.
const MOST_PROBLEMS: usize = 100;

impl<'s> Reading<'s> {
    /// Nothing is wrong yet.
    pub(super) fn of(document: &'s Document) -> Self {
        Reading {
            source: &document.source,
            problems: Vec::new(),
            count: 0,
        }
    }

    /// Everything that was found.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        let more = self.count - self.problems.len();
        if more > 0 {
            let message = format!(
                "there are {} more in this file",
                words::count(more, "problem")
            );
            self.problems
                .push(Problem::new(message).at(self.source.whole()));
        }
        self.problems
    }

    /// How many problems there are so far.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Adds a problem at a place of the file.
    pub(super) fn say(&mut self, at: &Range<usize>, message: impl Into<String>) {
        self.add(at, Problem::new(message));
    }

    /// Adds a problem with its mend.
    pub(super) fn say_help(
        &mut self,
        at: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(at, Problem::new(message).help(help));
    }

    fn add(&mut self, at: &Range<usize>, problem: Problem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.keep(problem.at(self.source.place(at.clone())));
        } else {
            self.count += 1;
        }
    }

    fn keep(&mut self, problem: Problem) {
        self.count += 1;
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// The entries of a mapping with the table's keys; what else it holds is a problem.
    pub(super) fn fields<'n>(
        &mut self,
        field: Field<'n>,
        table: &'static Table,
    ) -> Option<Fields<'n>> {
        let entries = self.map(field)?;
        let first = entries.first().map_or(&field.node.span, |entry| &entry.at);
        let fields = self.known(entries, table, first.clone());
        for key in table.keys {
            let is_there = |name: &&str| entries.iter().any(|entry| entry.key == **name);
            let example = match key.needed {
                Needed::Always(example) => Some(example),
                Needed::Without(example, others) if !others.iter().any(is_there) => Some(example),
                Needed::Without(..) | Needed::No => None,
            };
            if let Some(example) = example
                && fields.at(key).is_none()
            {
                self.say_help(
                    first,
                    format!("{} needs {}", table.what, words::code(key.name)),
                    format!("add {}: `{example}`", key.holds),
                );
            }
        }
        Some(fields)
    }

    /// The one key of a mapping that says of which kind it is; `nothing` is said of one that has none.
    pub(super) fn kind(
        &mut self,
        fields: &Fields<'_>,
        table: &'static Table,
        nothing: &str,
    ) -> Option<&'static Key> {
        match fields.present(table.kinds).as_slice() {
            [(kind, _)] => Some(kind),
            [] => {
                let kinds = words::or(table.kinds.iter().map(|key| words::code(key.name)));
                self.say_help(&fields.first, nothing, format!("give it one of {kinds}"));
                None
            }
            [(first, _), (second, at), ..] => {
                let (what, first, second) = (table.what, first.name, second.name);
                self.say_help(
                    at,
                    format!("{what} cannot have both `{first}` and `{second}`"),
                    format!("make two {}s of it", what.trim_start_matches("a ")),
                );
                None
            }
        }
    }

    /// Says of keys that go with other kinds only that they do.
    pub(super) fn check_partners(
        &mut self,
        fields: &Fields<'_>,
        table: &'static Table,
        kind: &Key,
    ) {
        for (key, kinds, _) in table.partners {
            if let Some(at) = fields.at(key)
                && !kinds.contains(kind)
            {
                let kinds = words::or(kinds.iter().map(|key| words::code(key.name)));
                let message = format!("`{}` goes with {kinds}, not with `{}`", key.name, kind.name);
                self.say(&at, message);
            }
        }
    }

    fn known<'n>(
        &mut self,
        entries: &'n [Entry],
        table: &'static Table,
        first: Range<usize>,
    ) -> Fields<'n> {
        let mut known = Vec::new();
        for entry in entries {
            match table.keys.iter().find(|key| key.name == entry.key) {
                Some(key) => known.push((key, entry)),
                None => self.unknown_key(entry, table),
            }
        }
        Fields {
            entries: known,
            first,
        }
    }

    fn unknown_key(&mut self, entry: &Entry, table: &Table) {
        let message = format!("{} has no {}", table.what, words::code(&entry.key));
        let help = one_of_the(table.keys.iter().map(|key| key.name), &entry.key, "keys");
        self.say_help(&entry.at, message, help);
    }

    /// The entries of a mapping with the author's own keys.
    pub(super) fn map<'n>(&mut self, field: Field<'n>) -> Option<&'n [Entry]> {
        match &field.node.kind {
            Kind::Map(entries) => Some(entries),
            Kind::Text(_) | Kind::List(_) => self.wrong_kind(field),
        }
    }

    /// The members of a list.
    pub(super) fn list<'n>(&mut self, field: Field<'n>) -> Option<&'n [Node]> {
        match &field.node.kind {
            Kind::List(members) => Some(members),
            Kind::Text(_) | Kind::Map(_) => self.wrong_kind(field),
        }
    }

    /// A value that is written in one go: a number, a name, a word.
    pub(super) fn word<'n>(&mut self, field: Field<'n>) -> Option<&'n str> {
        self.scalar(field).map(|text| text.value.as_str())
    }

    /// A text for people, with something in it.
    pub(super) fn prose<'n>(&mut self, field: Field<'n>) -> Option<&'n str> {
        let text = self.scalar(field)?;
        self.check_comment(field, text, Comment::AtOneSpace);
        if text.value.trim().is_empty() {
            self.say(&field.node.span, format!("{} is empty", called(field.name)));
            return None;
        }
        Some(&text.value)
    }

    /// A text for people on one line.
    pub(super) fn title<'n>(&mut self, field: Field<'n>) -> Option<&'n str> {
        let text = self.prose(field)?;
        let line = text.strip_suffix('\n').unwrap_or(text);
        if words::visible(line) != line {
            self.say_help(
                &field.node.span,
                format!(
                    "{} must be one line of visible characters",
                    called(field.name)
                ),
                "leave out line breaks, tabs and characters that cannot be seen",
            );
            return None;
        }
        if line.trim() != line {
            self.say(
                &field.node.span,
                format!("{} begins or ends with a space", called(field.name)),
            );
            return None;
        }
        Some(line)
    }

    /// A text of which every character and line counts.
    pub(super) fn exact<'n>(&mut self, field: Field<'n>) -> Option<&'n str> {
        let text = self.scalar(field)?;
        self.check_comment(field, text, Comment::Any);
        self.check_folding(field, text);
        if text.style == Style::Literal
            && let Some(problem) = swallowed_lines(self.source, &field.node.span)
        {
            self.keep(problem);
        }
        Some(&text.value)
    }

    fn scalar<'n>(&mut self, field: Field<'n>) -> Option<&'n Text> {
        match &field.node.kind {
            Kind::Text(text) if text.style == Style::Absent => {
                self.say_help(
                    &field.node.span,
                    format!("{} has no value", called(field.name)),
                    format!("write {} behind it", field.holds),
                );
                None
            }
            Kind::Text(text) => Some(text),
            Kind::List(_) | Kind::Map(_) => self.wrong_kind(field),
        }
    }

    fn check_folding(&mut self, field: Field<'_>, text: &Text) {
        let (message, help) = match text.style {
            Style::Absent | Style::Literal => return,
            Style::Folded => (
                "`>` joins the lines of this text to one",
                "write `|` in its place: it keeps the lines",
            ),
            Style::Plain | Style::Quoted => {
                if !self.source.text()[field.node.span.clone()].contains(['\n', '\r']) {
                    return;
                }
                (
                    "this text goes over several lines, and YAML joins them to one",
                    "write `|` and the lines below it; to go on in one line, leave out the line break",
                )
            }
        };
        self.say_help(&field.node.span, message, help);
    }

    /// A plain text ends where ` #` begins a comment, which is easily overlooked.
    fn check_comment(&mut self, field: Field<'_>, text: &Text, comment: Comment) {
        if text.style != Style::Plain {
            return;
        }
        let end = field.node.span.end;
        let line = self.source.line(self.source.line_number(end));
        let rest = &self.source.text()[end.min(line.end)..line.end];
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let Some(after) = rest[spaces..].strip_prefix('#') else {
            return;
        };
        let meant = match comment {
            Comment::Any => true,
            Comment::AtOneSpace => {
                spaces == 1 && !after.is_empty() && !after.starts_with([' ', '#'])
            }
        };
        if meant {
            self.say_help(
                &(end + spaces..line.end),
                "the text ends before ` #`: YAML takes the rest for a comment",
                "put quotes around the whole text, or the comment on a line of its own",
            );
        }
    }

    /// Says what stands in the place of what should.
    pub(super) fn wrong_kind<T>(&mut self, field: Field<'_>) -> Option<T> {
        let found = match &field.node.kind {
            Kind::Text(text) if text.style == Style::Absent => "nothing".to_owned(),
            Kind::Text(text) => short(&text.value),
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "a mapping".to_owned(),
        };
        let message = format!(
            "{} must be {}, not {found}",
            called(field.name),
            field.holds
        );
        match unquoted(field.node) {
            Some(text) => self.say_help(
                &field.node.span,
                message,
                format!("put quotes around it: `\"{}\"`", words::visible(&text)),
            ),
            None => self.say(&field.node.span, message),
        }
        None
    }

    /// Says that a value of a possible kind is not what it should be.
    pub(super) fn wrong_text(&mut self, field: Field<'_>, help: Option<&str>) {
        let written = &self.source.text()[field.node.span.clone()];
        let found = match &field.node.kind {
            Kind::Text(text) => short(&text.value),
            Kind::List(_) | Kind::Map(_) if !written.contains('\n') && written.len() <= 40 => {
                words::code(written)
            }
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "a mapping".to_owned(),
        };
        let message = format!(
            "{} must be {}, not {found}",
            called(field.name),
            field.holds
        );
        match help {
            Some(help) => self.say_help(&field.node.span, message, help),
            None => self.say(&field.node.span, message),
        }
    }

    /// The whole number in this range that stands here.
    pub(super) fn whole<N: FromStr + PartialOrd>(
        &mut self,
        field: Field<'_>,
        range: &RangeInclusive<N>,
    ) -> Option<N> {
        let number = self.word(field)?.parse().ok();
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            self.wrong_text(field, None);
        }
        number
    }

    /// The word among those of a table that stands here.
    pub(super) fn choice<T: Clone>(&mut self, field: Field<'_>, of: &[(&str, T)]) -> Option<T> {
        let written = self.word(field)?;
        let found = of.iter().find(|(word, _)| *word == written);
        if found.is_none() {
            let near = words::nearest(written, of.iter().map(|(word, _)| *word));
            let help = near.map(|near| format!("did you mean {}?", words::code(near)));
            self.wrong_text(field, help.as_deref());
        }
        found.map(|(_, value)| value.clone())
    }
}

/// Which comments behind a plain text are suspicious.
#[derive(Clone, Copy)]
enum Comment {
    /// Every one.
    Any,
    /// One behind a single space and without a space after its `#`: ` #5`.
    AtOneSpace,
}

/// "did you mean", or all there are.
pub(super) fn one_of_the<'a>(
    known: impl Iterator<Item = &'a str> + Clone,
    written: &str,
    nouns: &str,
) -> String {
    // Every short word is near every other.
    let long = known.clone().filter(|word| word.chars().count() > 2);
    match words::nearest(written, long) {
        Some(near) => format!("did you mean {}?", words::code(near)),
        None => format!("the {nouns} are {}", words::and(known.map(words::code))),
    }
}

/// The name of a key in backticks; what is no key (`a line of …`) stays as it is.
fn called(name: &str) -> String {
    match name.contains(' ') {
        true => name.to_owned(),
        false => words::code(name),
    }
}

/// A text as it is quoted in a message: `"five"`, cut where it is long.
pub(super) fn short(text: &str) -> String {
    let mut shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("\"{}\"", words::visible(&shown))
}

/// `{any}` without quotes is a mapping for YAML: the text that was meant.
pub(super) fn unquoted(node: &Node) -> Option<String> {
    let Kind::Map(entries) = &node.kind else {
        return None;
    };
    let [entry] = entries.as_slice() else {
        return None;
    };
    match &entry.value.kind {
        // A flow mapping's brace stands before its first key.
        Kind::Text(text) if text.style == Style::Absent && node.span.start < entry.at.start => {
            Some(format!("{{{}}}", entry.key))
        }
        Kind::Text(text) if text.style == Style::Plain && node.span.start == entry.at.start => {
            Some(format!("{}: {}", entry.key, text.value))
        }
        Kind::Text(_) | Kind::List(_) | Kind::Map(_) => None,
    }
}
