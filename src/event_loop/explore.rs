//! Every order: the run is done again until everything that is open in it was taken.

use std::collections::HashMap;
use std::thread;

use super::choices::Choices;
use super::engine;
use super::state::{Over, State};
use super::{Bound, Order, Orders, Outside, Program, Search};

/// Every order in which the program can print its lines, up to the bounds of the search.
///
/// # Errors
///
/// What it does that is not modelled, if it does in one of its runs; a Node that is not one of [`LINES`](super::LINES).
pub fn orders(program: &Program<'_>, search: &Search) -> Result<Orders, Outside> {
    let line = program.node.major;
    if !super::LINES.contains(&line) {
        let what = format!("Node {line}");
        return Err(Outside { what, place: None });
    }
    thread::scope(|scope| {
        let search = move || explore(program, search);
        let thread = thread::Builder::new().stack_size(engine::STACK);
        match thread
            .spawn_scoped(scope, search)
            .map(|thread| thread.join())
        {
            Ok(Ok(found)) => found,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => Err(Outside {
                what: format!("no thread can be started: {error}"),
                place: None,
            }),
        }
    })
}

fn explore(program: &Program<'_>, search: &Search) -> Result<Orders, Outside> {
    let mut found = Orders {
        orders: Vec::new(),
        bound: None,
        runs: 0,
    };
    let mut known = HashMap::new();
    let mut callbacks = 0;
    let mut next = Some(Choices::default());
    while let Some(choices) = next {
        if found.runs == search.runs {
            found.bound = Some(Bound::Runs);
            break;
        }
        if callbacks > search.callbacks {
            found.bound = Some(Bound::Runs);
            break;
        }
        found.runs += 1;
        let state = run(program, search, choices, false);
        callbacks += state.ran;
        match state.over.clone() {
            Some(Over::Ended(exit)) => {
                let key = (state.printed.clone(), exit, state.threw.clone());
                if known.insert(key, ()).is_none() {
                    if found.orders.len() == search.orders {
                        found.bound = Some(Bound::Orders);
                        break;
                    }
                    found.orders.push(told(program, search, &state, exit));
                }
            }
            Some(Over::Outside(outside)) => return Err(outside),
            Some(Over::Bound(bound)) => {
                found.bound = Some(bound);
            }
            Some(Over::Impossible) | None => {}
        }
        next = state.choices.next();
    }
    Ok(found)
}

fn run(program: &Program<'_>, search: &Search, choices: Choices, story: bool) -> State {
    let within = search.callbacks_within.map(i64::from);
    engine::run(program, search.fault, State::new(choices, within, story))
}

/// The order, with its story where that is asked for: the run is done once more.
fn told(program: &Program<'_>, search: &Search, state: &State, exit: i32) -> Order {
    let story = search.stories.then(|| {
        let told = run(program, search, state.choices.clone().again(), true);
        told.story.unwrap_or_default()
    });
    Order {
        printed: state.printed.clone(),
        exit,
        threw: state.threw.clone(),
        story: story.unwrap_or_default(),
    }
}
