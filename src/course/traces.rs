//! Traces as authors write them: texts, steps, and lists of both.
//!
//! To add a kind of step, add its key to [`KINDS`] and its reading to [`Traces::step`].

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::exercise::When;
use super::reach::Reach;
use super::reading::{Field, Fields, Key, Partner, Reading, Table, one_of_the, unquoted};
use super::shape::Shape;
use super::values::{self, BadPattern, Holes};
use super::yaml::{Entry, Kind, Node, Text};
use crate::program::{ModuleSystem, Version};
use crate::rules;
use crate::trace::{
    self, Before, Expectation, PartialOrder, Pattern, Reason, Step, Times, lines_of,
};
use crate::words;

const TEXT: Key = Key::optional(
    "text",
    Shape::SomeText,
    "a text",
    "Its lines, exactly. As a step, so that it can carry a `rule` or `because`.",
);
const LIKE: Key = Key::optional(
    "like",
    Shape::Like,
    "a line with holes",
    "One line with holes: `{number}`, `{word}` and `{path}` accept what they say, `{any}` everything.",
);
const MATCHES: Key = Key::optional(
    "matches",
    Shape::Line,
    "a regular expression",
    "One line that matches this regular expression from its beginning to its end.",
);
const ANY_ORDER: Key = Key::optional(
    "any-order",
    Shape::Traces,
    "a list of traces",
    "All of these in any order, each of them whole.",
);
const INTERLEAVE: Key = Key::optional(
    "interleave",
    Shape::Traces,
    "a list of traces",
    "All of these at once: their lines mix in any way, and each keeps its own order.",
);
const EITHER: Key = Key::optional(
    "either",
    Shape::Alternatives,
    "a list of traces",
    "One of these.",
);
const OPTIONAL: Key = Key::optional("optional", Shape::SomeTrace, "a trace", "This, or nothing.");
const REPEAT: Key = Key::optional(
    "repeat",
    Shape::SomeTrace,
    "a trace",
    "This over and over, as often as `times` says.",
);
pub(super) const LINES: Key = Key::optional(
    "lines",
    Shape::Lines,
    "a mapping of ids to lines",
    "Lines in every order that keeps `before`, each with an id of its own.",
);
const VARIANTS: Key = Key::optional(
    "variants",
    Shape::Variants,
    "a mapping of module systems and versions to traces",
    "One of these, by how Node loads the student's program and by the version of Node: `commonjs`, `esm`, `20`, \
     `18-20`, `22+`, `esm 22+`, `otherwise`. The first that fits is taken.",
);
const TIMES: Key = Key::optional(
    "times",
    Shape::Times,
    "a number such as `3`, or `[1, 5]` or `[1, any]`",
    "How often the trace behind `repeat` comes.",
);
pub(super) const BEFORE: Key = Key::optional(
    "before",
    Shape::Chains,
    "a list of chains of ids, `[[a, b, c], [b, d]]`",
    "Which of the `lines` come before which: in each chain, each before the next. A chain that is to carry a reason is \
     `{ chain: [a, b], rule: … }`.",
);
pub(super) const RULE: Key = Key::optional(
    "rule",
    Shape::Rule,
    "the id of a rule",
    "Why it is so, as the id of one of Node's rules. Whoever is wrong there is told the rule; `tickmark rules` lists \
     them.",
);
pub(super) const BECAUSE: Key = Key::optional(
    "because",
    Shape::Prose,
    "a text",
    "Why it is so, in own words, where no rule says it.",
);

/// The keys that say the kind of a step; it has exactly one.
const KINDS: [Key; 10] = [
    TEXT, LIKE, MATCHES, ANY_ORDER, INTERLEAVE, EITHER, OPTIONAL, REPEAT, LINES, VARIANTS,
];

pub(super) static STEP: Table = Table {
    kinds: &KINDS,
    partners: &[
        (TIMES, &[REPEAT], Partner::Needed("times: 3")),
        (BEFORE, &[LINES], Partner::Allowed),
    ],
    ..Table::of(
        "a step",
        "What is printed, in every order that is right: a text (its lines), a step, or a list of both, one after the \
         other.",
        &[
            TEXT, LIKE, MATCHES, ANY_ORDER, INTERLEAVE, EITHER, OPTIONAL, REPEAT, TIMES, LINES,
            BEFORE, VARIANTS, RULE, BECAUSE,
        ],
    )
};

/// The kinds of step that no question can have.
pub(super) const NOT_ASKED: [Key; 4] = [LIKE, MATCHES, REPEAT, VARIANTS];

const CHAIN: Key = Key::needed(
    "chain",
    Shape::Chain,
    "a list of ids",
    "chain: [a, b]",
    "Ids of `lines`, each before the next.",
);

pub(super) static BEFORE_ENTRY: Table = Table::of(
    "an entry of `before`",
    "Ids of `lines`, each before the next; with a reason it is a mapping.",
    &[CHAIN, RULE, BECAUSE],
);

/// What an expectation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// A test judges a program by it: everything is allowed.
    Test,
    /// A question is answered by it: no `like`, no `matches`, no `repeat`, and no `variants`, since a question has one
    /// answer for all programs and versions that it names.
    Question,
    /// What a server answers is judged by it: no `variants`, since that is for programs.
    Answer,
}

/// Whether nothing is a meaningful trace at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nothing {
    /// "prints nothing"
    Means,
    /// It changes nothing, so something else was meant.
    IsNothing,
}

/// Reads the trace of a field for a program that may be any of `reach`.
pub(super) fn read(
    reading: &mut Reading<'_>,
    field: Field<'_>,
    reach: Reach,
    dialect: Dialect,
) -> Option<Expectation<When>> {
    let before = reading.count();
    let mut traces = Traces { reading, dialect };
    let trace = traces.trace(field, reach, Nothing::Means);
    let trace = trace.filter(|_| reading.count() == before)?;
    if !is_decidable(&trace) {
        reading.say_help(
            &field.node.span,
            "so many of these lines are alike that it cannot be decided in time which orders are accepted",
            "give the lines different texts",
        );
        return None;
    }
    Some(trace)
}

/// Whether the trace can be decided for every program and every version of Node.
fn is_decidable(trace: &Expectation<When>) -> bool {
    let modules = [ModuleSystem::CommonJs, ModuleSystem::Esm];
    let lines = values::OLDEST..=values::LATEST;
    let programs = modules
        .into_iter()
        .flat_map(|module| lines.clone().map(move |line| (module, line)));
    let mut in_force = programs.filter_map(|(module, major)| {
        let node = Version {
            major,
            minor: 0,
            patch: 0,
        };
        trace.in_force(&|when: &When| when.fits(module, node))
    });
    match trace.has_variants() {
        true => in_force.all(|trace| trace::is_decidable(&trace)),
        false => in_force
            .next()
            .is_none_or(|trace| trace::is_decidable(&trace)),
    }
}

/// Reads `lines` and `before` where they are the keys of a question.
pub(super) fn partial_order(
    reading: &mut Reading<'_>,
    fields: &Fields<'_>,
    dialect: Dialect,
) -> Option<PartialOrder> {
    let field = fields.get(&LINES)?;
    Traces { reading, dialect }.lines(field, fields)
}

/// The reason beside something, if it has one.
pub(super) fn reason(reading: &mut Reading<'_>, fields: &Fields<'_>) -> Option<Reason> {
    match (fields.get(&RULE), fields.get(&BECAUSE)) {
        (None, None) => None,
        (Some(rule), None) => rule_reason(reading, rule),
        (None, Some(because)) => Some(Reason {
            rule: None,
            words: reading.prose(because)?.trim_end().to_owned(),
        }),
        (Some(_), Some(because)) => {
            let at = fields.at(&BECAUSE).unwrap_or(because.node.span.clone());
            reading.say_help(
                &at,
                "`rule` and `because` stand together",
                "keep one of them: `because` is for what no rule says",
            );
            None
        }
    }
}

fn rule_reason(reading: &mut Reading<'_>, field: Field<'_>) -> Option<Reason> {
    let id = rule_id(reading, field)?;
    let rule = rules::find(id)?;
    Some(Reason {
        rule: Some(rule.id.to_owned()),
        words: rule.sentence.to_owned(),
    })
}

/// The id of a rule that there is.
pub(super) fn rule_id<'n>(reading: &mut Reading<'_>, field: Field<'n>) -> Option<&'n str> {
    let id = reading.word(field)?;
    if rules::find(id).is_none() {
        let help = match words::nearest(id, rules::all().map(|rule| rule.id)) {
            Some(near) => format!("did you mean {}?", words::code(near)),
            None => "`tickmark rules` lists them; own words belong behind `because:`".to_owned(),
        };
        reading.say_help(
            &field.node.span,
            format!("there is no rule {}", words::code(id)),
            help,
        );
        return None;
    }
    Some(id)
}

struct Traces<'r, 's> {
    reading: &'r mut Reading<'s>,
    dialect: Dialect,
}

impl Traces<'_, '_> {
    fn trace(
        &mut self,
        field: Field<'_>,
        reach: Reach,
        nothing: Nothing,
    ) -> Option<Expectation<When>> {
        match &field.node.kind {
            Kind::Text(_) => self.text(field, nothing).map(Expectation::new),
            Kind::List(members) => self.sequence(field, members, reach),
            Kind::Map(entries) => self.mapping(field, entries, reach),
        }
    }

    fn text(&mut self, field: Field<'_>, nothing: Nothing) -> Option<Step<When>> {
        let text = self.reading.exact(field)?;
        if text.is_empty() && nothing == Nothing::IsNothing {
            self.reading.say_help(
                &field.node.span,
                "`\"\"` is no line at all, so it means nothing here",
                "write `\"\\n\"` for an empty line, or leave it out",
            );
            return None;
        }
        Some(Step::Text(lines_of(text)))
    }

    fn sequence(
        &mut self,
        field: Field<'_>,
        members: &[Node],
        reach: Reach,
    ) -> Option<Expectation<When>> {
        if members.is_empty() {
            self.reading.say_help(
                &field.node.span,
                "an empty list is no trace",
                "write `\"\"` for a program that prints nothing",
            );
            return None;
        }
        let members = self.members(members, reach, Nothing::IsNothing)?;
        Some(Expectation::new(Step::Sequence(members)))
    }

    /// All members, if all of them can be read.
    fn members(
        &mut self,
        members: &[Node],
        reach: Reach,
        nothing: Nothing,
    ) -> Option<Vec<Expectation<When>>> {
        let members: Vec<_> = members
            .iter()
            .map(|node| self.trace(member(node), reach, nothing))
            .collect();
        members.into_iter().collect()
    }

    fn mapping(
        &mut self,
        field: Field<'_>,
        entries: &[Entry],
        reach: Reach,
    ) -> Option<Expectation<When>> {
        if self.is_probably_a_text(field, entries) {
            return None;
        }
        let before = self.reading.count();
        let fields = self.reading.fields(field, &STEP)?;
        if self.reading.count() > before && fields.present(&KINDS).is_empty() {
            // The unknown key was probably meant to say the kind.
            return None;
        }
        let kind = self.kind(field, &fields)?;
        self.check_partners(&fields, kind);
        let reason = reason(self.reading, &fields);
        let step = self.step(kind, &fields, reach)?;
        Some(Expectation { step, reason })
    }

    /// Whether a line was written that YAML takes for a mapping: `slow: begin`, `{any}`.
    fn is_probably_a_text(&mut self, field: Field<'_>, entries: &[Entry]) -> bool {
        let is_known = entries
            .iter()
            .any(|entry| STEP.keys.iter().any(|key| key.name == entry.key));
        let Some(text) = unquoted(field.node).filter(|_| !is_known) else {
            return false;
        };
        let Some(entry) = entries.first() else {
            return false;
        };
        let quoted = format!(
            "put quotes around a line of the output: `\"{}\"`",
            words::visible(&text)
        );
        let help = match words::nearest(&entry.key, KINDS.iter().map(|key| key.name)) {
            Some(near) => format!("did you mean {}? otherwise {quoted}", words::code(near)),
            None => quoted,
        };
        self.reading.say_help(
            &entry.at,
            format!("a step has no {}", words::code(&entry.key)),
            help,
        );
        true
    }

    /// The only key of a step that says its kind.
    fn kind(&mut self, field: Field<'_>, fields: &Fields<'_>) -> Option<&'static Key> {
        let present = fields.present(&KINDS);
        match present.as_slice() {
            [(kind, _)] => Some(kind),
            [] => {
                let kinds = words::or(KINDS.iter().map(|key| words::code(key.name)));
                let forgotten = STEP
                    .partners
                    .iter()
                    .find(|(key, ..)| fields.at(key).is_some());
                match forgotten {
                    Some((key, kinds, _)) => {
                        let kinds = words::or(kinds.iter().map(|key| words::code(key.name)));
                        self.reading.say(
                            &fields.at(key).unwrap_or(field.node.span.clone()),
                            format!("`{}` needs {kinds} beside it", key.name),
                        );
                    }
                    None => self.reading.say_help(
                        &fields.first,
                        "this step does not say what it accepts",
                        format!("give it one of {kinds}"),
                    ),
                }
                None
            }
            [(first, _), (second, at), ..] => {
                self.reading.say_help(
                    at,
                    format!(
                        "a step cannot be both `{}` and `{}`",
                        first.name, second.name
                    ),
                    "make two steps of it, each with a `-` of its own",
                );
                None
            }
        }
    }

    /// `times` goes with `repeat` alone, `before` with `lines`.
    fn check_partners(&mut self, fields: &Fields<'_>, kind: &Key) {
        self.reading.check_partners(fields, &STEP, kind);
        match self.dialect {
            Dialect::Test => {}
            Dialect::Question => self.check_question(fields, kind),
            Dialect::Answer if *kind == VARIANTS => self.reading.say_help(
                &fields.at(kind).unwrap_or(fields.first.clone()),
                "what a server answers does not depend on how Node loads it",
                "make two tests of it, each with its `node:`",
            ),
            Dialect::Answer => {}
        }
    }

    fn check_question(&mut self, fields: &Fields<'_>, kind: &Key) {
        if !NOT_ASKED.contains(kind) {
            return;
        }
        let help = match *kind {
            VARIANTS => {
                "a question has one answer: say with `module:` and `node:` for which programs it is right"
            }
            _ => "let the program print the same lines at every run",
        };
        self.reading.say_help(
            &fields.at(kind).unwrap_or(fields.first.clone()),
            format!("`{}` cannot be answered in a question", kind.name),
            help,
        );
    }

    fn step(&mut self, kind: &Key, fields: &Fields<'_>, reach: Reach) -> Option<Step<When>> {
        let field = fields.get(kind)?;
        match *kind {
            TEXT => match &field.node.kind {
                Kind::Text(_) => self.text(field, Nothing::IsNothing),
                Kind::List(_) | Kind::Map(_) => self.reading.wrong_kind(field),
            },
            LIKE => self
                .pattern(field, |text| values::like(text, Holes::Needed))
                .map(Step::Pattern),
            MATCHES => self.pattern(field, values::matches).map(Step::Pattern),
            ANY_ORDER => self
                .group(field, reach, Nothing::IsNothing)
                .map(Step::AnyOrder),
            INTERLEAVE => self
                .group(field, reach, Nothing::IsNothing)
                .map(Step::Interleave),
            EITHER => self.group(field, reach, Nothing::Means).map(Step::Either),
            OPTIONAL => {
                let body = self.trace(field, reach, Nothing::IsNothing)?;
                Some(Step::Optional(Box::new(body)))
            }
            REPEAT => {
                let times = self.times(fields);
                let body = self.trace(field, reach, Nothing::IsNothing)?;
                Some(Step::Repeat(Box::new(body), times?))
            }
            LINES => self.lines(field, fields).map(Step::Lines),
            VARIANTS => self.variants(field, reach).map(Step::Variants),
            _ => None,
        }
    }

    fn pattern(
        &mut self,
        field: Field<'_>,
        read: impl Fn(&str) -> Result<Pattern, BadPattern>,
    ) -> Option<Pattern> {
        line_pattern(self.reading, field, read)
    }

    fn group(
        &mut self,
        field: Field<'_>,
        reach: Reach,
        nothing: Nothing,
    ) -> Option<Vec<Expectation<When>>> {
        let members = self.reading.list(field)?;
        if members.len() < 2 {
            self.reading.say_help(
                &field.node.span,
                format!("`{}` needs at least two members", field.name),
                format!("write `{}: [first, second]`", field.name),
            );
            return None;
        }
        self.members(members, reach, nothing)
    }

    fn times(&mut self, fields: &Fields<'_>) -> Option<Times> {
        let Some(field) = fields.get(&TIMES) else {
            self.reading.say_help(
                &fields.at(&REPEAT).unwrap_or(fields.first.clone()),
                "`repeat` needs `times`",
                "add how often: `times: 3`, `times: [1, 5]` or `times: [1, any]`",
            );
            return None;
        };
        times(self.reading, field)
    }

    fn lines(&mut self, field: Field<'_>, fields: &Fields<'_>) -> Option<PartialOrder> {
        let entries = self.reading.map(field)?;
        let ids: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        if ids.len() < 2 {
            self.reading
                .say(&field.node.span, "`lines` needs at least two lines");
            return None;
        }
        let lines: Vec<_> = entries.iter().map(|entry| self.line(entry)).collect();
        let before = self.before(&ids, fields);
        Some(PartialOrder {
            lines: lines.into_iter().collect::<Option<_>>()?,
            before: before?,
        })
    }

    fn line(&mut self, entry: &Entry) -> Option<String> {
        let field = Field {
            name: &format!("line {}", words::code(&entry.key)),
            holds: "one line",
            node: &entry.value,
        };
        let mut lines = lines_of(self.reading.exact(field)?);
        if lines.len() != 1 {
            self.reading.say_help(
                &entry.value.span,
                format!(
                    "{} must be one line, not {}",
                    field.name,
                    words::count(lines.len(), "line")
                ),
                "give each line an id of its own; an empty line is `\"\\n\"`",
            );
            return None;
        }
        lines.pop()
    }

    fn before(&mut self, ids: &[&str], fields: &Fields<'_>) -> Option<Vec<Before>> {
        let Some(field) = fields.get(&BEFORE) else {
            return Some(Vec::new());
        };
        let entries = self.reading.list(field)?;
        if entries.is_empty() {
            self.reading.say_help(
                &field.node.span,
                "`before` is empty",
                "leave it out where every order is right, or write chains: `[[a, b]]`",
            );
            return None;
        }
        let mut demands = Demands {
            ids,
            places: ids
                .iter()
                .zip(0..)
                .map(|(id, place)| (*id, place))
                .collect(),
            seen: BTreeSet::new(),
            pairs: Vec::new(),
        };
        if let Some(first) = entries.first().and_then(text_of) {
            self.reading.say_help(
                &field.node.span,
                format!("`before` must be {}, not a list of ids", BEFORE.holds),
                format!(
                    "put a second pair of brackets around it: `[[{}, …]]`",
                    words::visible(first)
                ),
            );
            return None;
        }
        let read: Vec<_> = entries
            .iter()
            .map(|entry| self.chain(entry, &mut demands))
            .collect();
        read.into_iter().collect::<Option<Vec<()>>>()?;
        if let Some(cycle) = demands.cycle() {
            self.reading.say_help(
                &field.node.span,
                format!("`before` goes round in a circle: {cycle}"),
                "leave one of these out: no order keeps all of them",
            );
            return None;
        }
        Some(demands.pairs)
    }

    fn chain(&mut self, entry: &Node, demands: &mut Demands<'_>) -> Option<()> {
        let (chain, reason) = match &entry.kind {
            Kind::Map(_) => {
                let fields = self.reading.fields(an_entry(entry), &BEFORE_ENTRY)?;
                let reason = reason(self.reading, &fields);
                (fields.get(&CHAIN)?, reason)
            }
            Kind::Text(_) | Kind::List(_) => (an_entry(entry), None),
        };
        let links = self.reading.list(chain)?;
        if links.len() < 2 {
            self.reading.say_help(
                &chain.node.span,
                "a chain needs at least two ids",
                "write which line comes before which: `[a, b]`",
            );
            return None;
        }
        let places: Vec<_> = links.iter().map(|link| self.id(link, demands)).collect();
        let places: Vec<usize> = places.into_iter().collect::<Option<_>>()?;
        for (pair, node) in places.windows(2).zip(&links[1..]) {
            let (first, then) = (pair[0], pair[1]);
            if !demands.seen.insert((first, then)) {
                let [a, b] = [first, then].map(|place| words::code(demands.ids[place]));
                self.reading.say_help(
                    &node.span,
                    format!("that {a} comes before {b} is said twice"),
                    "leave one of them out, so that it has one reason",
                );
                return None;
            }
            demands.pairs.push(Before {
                first,
                then,
                reason: reason.clone(),
            });
        }
        Some(())
    }

    fn id(&mut self, link: &Node, demands: &Demands<'_>) -> Option<usize> {
        let field = Field {
            name: "a member of a chain",
            holds: "an id of `lines`",
            node: link,
        };
        let id = self.reading.word(field)?;
        let place = demands.places.get(id).copied();
        if place.is_none() {
            self.reading.say_help(
                &link.span,
                format!("`lines` has no {}", words::code(id)),
                one_of_the(demands.ids.iter().copied(), id, "ids"),
            );
        }
        place
    }

    fn variants(
        &mut self,
        field: Field<'_>,
        reach: Reach,
    ) -> Option<Vec<(When, Expectation<When>)>> {
        let entries = self.reading.map(field)?;
        if entries.is_empty() {
            self.reading.say_help(
                &field.node.span,
                "`variants` is empty",
                "write `commonjs:` and `esm:` with a trace each",
            );
            return None;
        }
        let mut left = reach;
        let read: Vec<_> = entries
            .iter()
            .map(|entry| {
                let when = self.when(entry)?;
                let fits = left.and(Reach::fits(&when));
                let is_twin = entries
                    .iter()
                    .take_while(|other| other.at.start < entry.at.start)
                    .any(|other| other.key == entry.key);
                if fits.is_empty() && !is_twin {
                    self.unreachable(entry, reach.and(Reach::fits(&when)));
                }
                left = left.without(fits);
                // What cannot be reached is read all the same, for its own problems.
                let reach = if fits.is_empty() { reach } else { fits };
                let name = words::code(&entry.key);
                let body = Field {
                    name: &format!("the variant {name}"),
                    holds: "a trace",
                    node: &entry.value,
                };
                Some((when, self.trace(body, reach, Nothing::Means)?))
            })
            .collect();
        let read: Vec<_> = read.into_iter().collect::<Option<_>>()?;
        if !left.is_empty() {
            self.reading.say_help(
                &fields_start(entries, field),
                format!("no variant fits {}", left.example()),
                "add `otherwise:` with a trace as the last one, or say with the test's `node:` for which versions it is",
            );
        }
        Some(read)
    }

    fn when(&mut self, entry: &Entry) -> Option<When> {
        let when = values::when(&entry.key);
        if when.is_none() {
            let help = match words::nearest(&entry.key, ["commonjs", "esm", "otherwise"]) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "write `commonjs`, `esm`, versions from {} on such as `20`, `18-20` or `22+`, both as in `esm 22+`, or `otherwise`",
                    values::OLDEST
                ),
            };
            self.reading.say_help(
                &entry.at,
                format!(
                    "{} says neither a module system nor versions of Node",
                    words::code(&entry.key)
                ),
                help,
            );
        }
        when
    }

    /// Says that a variant is never chosen, of which without the others `alone` would be left.
    fn unreachable(&mut self, entry: &Entry, alone: Reach) {
        let why = match alone.is_empty() {
            true => "what is around it leaves none of these programs",
            false => "the variants before it fit all of these programs",
        };
        self.reading.say_help(
            &entry.at,
            format!(
                "the variant {} can never be chosen",
                words::code(&entry.key)
            ),
            format!("{why}; the first one that fits is taken"),
        );
    }
}

/// One line with a meaning of its own: `like`, `matches`, `throws`.
pub(super) fn line_pattern(
    reading: &mut Reading<'_>,
    field: Field<'_>,
    read: impl Fn(&str) -> Result<Pattern, BadPattern>,
) -> Option<Pattern> {
    let text = reading.exact(field)?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    if line.is_empty() || line.contains(['\n', '\r']) {
        let found = lines_of(text).len();
        let message = match line.is_empty() {
            true => format!("`{}` is empty", field.name),
            false => format!("`{}` must be one line, not {found}", field.name),
        };
        reading.say(&field.node.span, message);
        return None;
    }
    read(line)
        .map_err(|bad| reading.say_help(&field.node.span, bad.message, bad.help))
        .ok()
}

/// The pairs that `before` demands, while they are read.
struct Demands<'i> {
    ids: &'i [&'i str],
    /// Where each id stands among them.
    places: BTreeMap<&'i str, usize>,
    seen: BTreeSet<(usize, usize)>,
    pairs: Vec<Before>,
}

impl Demands<'_> {
    /// A circle among the pairs, in words: `` `a`, `b`, `a` ``.
    fn cycle(&self) -> Option<String> {
        let mut after: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for pair in &self.pairs {
            after.entry(pair.first).or_default().push(pair.then);
        }
        // What has nothing left that must come before it is taken away, until only circles are left.
        let mut waiting = vec![0_usize; self.ids.len()];
        self.pairs.iter().for_each(|pair| waiting[pair.then] += 1);
        let mut free: Vec<usize> = (0..waiting.len()).filter(|&id| waiting[id] == 0).collect();
        while let Some(id) = free.pop() {
            for &then in after.get(&id).into_iter().flatten() {
                waiting[then] -= 1;
                if waiting[then] == 0 {
                    free.push(then);
                }
            }
        }
        let stuck = (0..waiting.len()).find(|&id| waiting[id] > 0)?;
        // Backwards, whatever is stuck has something stuck before it: so we come round.
        let stuck_before: BTreeMap<usize, usize> = self
            .pairs
            .iter()
            .filter(|pair| waiting[pair.first] > 0)
            .map(|pair| (pair.then, pair.first))
            .collect();
        let mut path = vec![stuck];
        let mut steps = BTreeMap::from([(stuck, 0)]);
        loop {
            let before = *stuck_before.get(path.last()?)?;
            path.push(before);
            if let Some(start) = steps.insert(before, path.len() - 1) {
                path.drain(..start);
                break;
            }
        }
        let mut names: Vec<String> = path
            .iter()
            .rev()
            .map(|&id| words::code(self.ids[id]))
            .collect();
        if names.len() > 8 {
            names.splice(4..names.len() - 2, ["…".to_owned()]);
        }
        Some(names.join(" before "))
    }
}

fn member(node: &Node) -> Field<'_> {
    Field {
        name: "a member of a list of traces",
        holds: "a trace",
        node,
    }
}

fn an_entry(node: &Node) -> Field<'_> {
    Field {
        name: "an entry of `before`",
        holds: "a list of ids",
        node,
    }
}

fn fields_start(entries: &[Entry], field: Field<'_>) -> Range<usize> {
    entries
        .first()
        .map_or(field.node.span.clone(), |entry| entry.at.clone())
}

fn text_of(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Text(Text { value, .. }) => Some(value),
        Kind::List(_) | Kind::Map(_) => None,
    }
}

/// `3`, `[1, 5]`, `[1, any]`
pub(super) fn times(reading: &mut Reading<'_>, field: Field<'_>) -> Option<Times> {
    let words: Option<Vec<&str>> = match &field.node.kind {
        Kind::Text(text) => Some(vec![&text.value]),
        Kind::List(members) => members.iter().map(text_of).collect(),
        Kind::Map(_) => None,
    };
    let times = match words.as_deref() {
        Some([times]) if matches!(field.node.kind, Kind::Text(_)) => values::times(times, times),
        Some([least, most]) => values::times(least, most),
        Some(_) | None => None,
    };
    if times.is_none() {
        let help = format!(
            "whole numbers up to {}, the smaller one first and the greater one not 0",
            values::MOST_TIMES
        );
        reading.wrong_text(field, Some(&help));
    }
    times
}
