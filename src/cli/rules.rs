//! `tickmark rules`: the rules of Node that a wrong order breaks.

use std::io::{self, Write};

use super::{Exit, Failure};
use crate::problem::Problem;
use crate::rules::{self, Rule, Shown};
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
    let mut out = anstream::stdout();
    let width = rules::all().map(|rule| rule.id.len()).max().unwrap_or(0);
    for Rule { id, sentence, .. } in rules::all() {
        writeln!(out, "{id:width$}  {sentence}")?;
    }
    Ok(())
}

fn one(rule: &Rule) -> io::Result<()> {
    let mut out = anstream::stdout();
    writeln!(
        out,
        "{}: {}\n\n{}\n\nNode {}; source: {}",
        rule.id,
        rule.sentence,
        rule.text.trim(),
        rule.node,
        rule.source
    )?;
    rule.shown
        .iter()
        .try_for_each(|shown| program(&mut out, shown))
}

fn program(out: &mut impl Write, shown: &Shown) -> io::Result<()> {
    for (path, source) in shown.files {
        writeln!(out, "\n{path} ({})\n", shown.module)?;
        source
            .trim()
            .lines()
            .try_for_each(|line| writeln!(out, "    {line}"))?;
    }
    writeln!(out, "\nit prints\n")?;
    shown
        .trace
        .trim()
        .lines()
        .try_for_each(|line| writeln!(out, "    {line}"))
}
