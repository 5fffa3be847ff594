//! What the model of the event loop says of a key: whether its program can print what is not accepted, or never prints
//! what is.
//!
//! Runs show what a program prints, and miss what is rare. The model knows every order, or says what it does not know.

use serde::{Deserialize, Serialize};

use super::key::{Key, lines};
use crate::event_loop::{self, Order, Orders, Search};
use crate::node::Node;
use crate::problem::Problem;
use crate::sandbox::{self, Program};
use crate::trace::{self, Answer, Expectation, Extra, Printed};

/// What the model says of a key on one Node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Predicted {
    /// Every order was looked at.
    Every {
        /// Accepted orders, of few, that no program of the key can print.
        impossible: Vec<Vec<String>>,
    },
    /// There are more orders than were looked at, or the program needs more than is followed.
    Some,
    /// The program does what the model does not know: what is known rests on runs alone.
    Outside(String),
}

impl Key {
    /// What the model says of it; a problem where one of its programs can print what is not accepted.
    pub fn predict(&self, node: &Node) -> Result<Predicted, Problem> {
        let mut impossible = trace::orders(&self.expected, super::key::LISTED).unwrap_or_default();
        let mut is_whole = true;
        for claimed in &self.programs {
            let found = match orders(&claimed.program, node) {
                Err(what) => return Ok(Predicted::Outside(what)),
                Ok(found) => found,
            };
            for order in &found.orders {
                let printed = printed(order);
                if is_rejected(&printed, &self.expected, self.extra) {
                    let what = format!("its program can also print {}", lines(&printed.lines));
                    return Err(self.at(Problem::new(what), claimed, node));
                }
                if self.exit.is_some_and(|exit| exit != order.exit) {
                    let what = format!("its program can end with exit code {}", order.exit);
                    return Err(self.at(Problem::new(what), claimed, node));
                }
                impossible.retain(|accepted| *accepted != printed.lines);
            }
            is_whole &= found.bound.is_none();
        }
        Ok(match is_whole {
            true => Predicted::Every { impossible },
            false => Predicted::Some,
        })
    }
}

/// What a program can print on the Node although it is not accepted, as far as the model knows: one such order, its lines in
/// one.
pub fn also_prints(
    program: &Program,
    expected: &Expectation,
    extra: Extra,
    node: &Node,
) -> Option<String> {
    let program = modelled(program, node).ok()?;
    // It may be anybody's.
    let found = sandbox::orders(&program, &Search::usual()).ok()?.ok()?;
    let mut printed = found.orders.iter().map(printed);
    let other = printed.find(|printed| is_rejected(printed, expected, extra));
    other.map(|printed| lines(&printed.lines))
}

fn printed(order: &Order) -> Printed {
    Printed::from_bytes(order.printed.as_bytes())
}

fn is_rejected(printed: &Printed, expected: &Expectation, extra: Extra) -> bool {
    let judged = trace::judge(expected, printed, extra);
    matches!(judged.answer, Answer::Rejected(_))
}

/// Every order of the program; the error says what is outside the model.
fn orders(program: &Program, node: &Node) -> Result<Orders, String> {
    let program = modelled(program, node)?;
    event_loop::orders(&program, &Search::usual()).map_err(|outside| outside.what)
}

fn modelled<'p>(program: &'p Program, node: &Node) -> Result<event_loop::Program<'p>, String> {
    if !program.requests.is_empty() || program.looks.loading.is_some() {
        return Err("what is asked of the program".to_owned());
    }
    let module = node.module_system(&program.files, &program.entry);
    Ok(event_loop::Program {
        files: &program.files,
        entry: &program.entry,
        input: &program.input,
        module: module.map_err(|_| "its module system".to_owned())?,
        node: node.version,
    })
}
