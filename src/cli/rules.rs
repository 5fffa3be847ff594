//! `tickmark rules`: the rules of Node that a wrong order breaks.

use std::io;

use super::list::columns;
use super::{Common, Exit, Failure};
use crate::course;
use crate::node::Node;
use crate::problem::Problem;
use crate::prove::{self, Unit};
use crate::report::{Line, Style, Text, prose};
use crate::rules::{self, Rule, Shown};
use crate::ui::Terminal;
use crate::words;

/// Show the rules of Node that orders follow from
///
/// Without an id, every rule with its sentence. With one, its text, its source, and a program that shows it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark rules
  tickmark rules next-tick-first
  tickmark rules --try next-tick-first")]
pub(super) struct Rules {
    /// The rule, as feedback names it
    id: Option<String>,
    /// Run the rule's programs here, and show what they print
    #[arg(long = "try", requires = "id")]
    try_here: bool,
}

impl Rules {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        let Some(id) = self.id else {
            all()?;
            return Ok(Exit::Clean);
        };
        let rule = rules::find(&id).ok_or_else(|| unknown(&id))?;
        match self.try_here {
            false => {
                one(rule)?;
                Ok(Exit::Clean)
            }
            true => try_here(rule, &common.node()?),
        }
    }
}

/// So often a rule's program is run where somebody wants to see it.
const TRIED: u32 = 10;

/// Runs the rule's programs, and shows them with what they printed.
fn try_here(rule: &'static Rule, node: &Node) -> Result<Exit, Failure> {
    let mut text = title(rule);
    if !rule.node.holds(node.version) {
        let line = format!("it is for Node {}, and this is {}", rule.node, node.version);
        text.push(Line::words(Style::Warn, &line));
        Terminal::Stdout.show(&text)?;
        return Ok(Exit::Clean);
    }
    for shown in rule.shown {
        program(&mut text, shown);
    }
    let proof = prove::keys(&Unit::Rule(rule), node, 0..TRIED);
    text.gap();
    for seen in &proof.seen {
        let runs = words::count(seen.runs() as usize, "run");
        let line = format!(
            "in {runs} as {} on Node {} it printed",
            seen.key, node.version
        );
        text.push(Line::words(Style::Strong, &line));
        for (order, times) in &seen.orders {
            let line = format!("{times} times");
            text.push(Line::words(Style::Plain, &line).indented(2));
            code(&mut text, &order.join("\n"));
        }
        text.gap();
    }
    let problems = proof.problems.iter().map(ToString::to_string);
    for line in problems.chain(proof.trouble.iter().cloned()) {
        text.push(Line::words(Style::Bad, &line));
    }
    Terminal::Stdout.show(&text)?;
    Ok(
        match (proof.trouble.is_empty(), proof.problems.is_empty()) {
            (false, _) => Exit::Trouble,
            (true, false) => Exit::Problem,
            (true, true) => Exit::Clean,
        },
    )
}

fn unknown(id: &str) -> Failure {
    let problem = Problem::new(format!("there is no rule {}", words::code(id)));
    match words::nearest(id, rules::all().map(|rule| rule.id)) {
        Some(near) => problem.help(format!("did you mean {}?", words::code(near))),
        None => problem.help("`tickmark rules` names all rules"),
    }
    .into()
}

fn all() -> io::Result<()> {
    let rules = rules::all().map(|rule| (rule.id, rule.sentence.to_owned()));
    Terminal::Stdout.show(&columns(&rules.collect::<Vec<_>>()))
}

fn title(rule: &Rule) -> Text {
    let mut text = Text::new();
    let id = format!("{}: ", rule.id);
    text.push(Line::words(Style::Strong, rule.sentence).led_by(Style::Code, &id));
    text.gap();
    text
}

fn one(rule: &Rule) -> io::Result<()> {
    let mut text = title(rule);
    text.append(prose(rule.text), 0);
    text.gap();
    text.push(Line::words(
        Style::Dim,
        &format!("Node {}; source: {}", rule.node, rule.source),
    ));
    for shown in rule.shown {
        program(&mut text, shown);
    }
    Terminal::Stdout.show(&text)
}

fn program(text: &mut Text, shown: &Shown) {
    for (at, (path, source)) in shown.files.iter().enumerate() {
        text.gap();
        let loaded = match at {
            0 => format!(" ({})", shown.module),
            _ => String::new(),
        };
        text.push(Line::words(Style::Plain, &format!("{path}{loaded}")));
        code(text, source);
    }
    text.gap();
    text.push(Line::words(Style::Plain, "it prints"));
    let only_order = course::read_trace(shown.trace)
        .ok()
        .and_then(|trace| trace.only_order());
    code(
        text,
        &only_order.map_or(shown.trace.to_owned(), |lines| lines.join("\n")),
    );
}

fn code(text: &mut Text, source: &str) {
    text.append(prose(&format!("```\n{}\n```", source.trim())), 0);
}
