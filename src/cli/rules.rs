//! `tickmark rules`: the rules of Node that a wrong order breaks.

use std::io;

use super::list::columns;
use super::{Exit, Failure};
use crate::course;
use crate::problem::Problem;
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
  tickmark rules next-tick-first")]
pub(super) struct Rules {
    /// The rule, as feedback names it
    id: Option<String>,
}

impl Rules {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        match self.id {
            None => all()?,
            Some(id) => one(rules::find(&id).ok_or_else(|| unknown(&id))?)?,
        }
        Ok(Exit::Clean)
    }
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
    columns(
        &rules::all()
            .map(|rule| (rule.id, rule.sentence.to_owned()))
            .collect::<Vec<_>>(),
    )
}

fn one(rule: &Rule) -> io::Result<()> {
    let mut text = Text::new();
    text.push(
        Line::words(Style::Strong, rule.sentence).led_by(Style::Code, &format!("{}: ", rule.id)),
    );
    text.gap();
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
    for (path, source) in shown.files {
        text.gap();
        text.push(Line::words(
            Style::Plain,
            &format!("{path} ({})", shown.module),
        ));
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
