//! Every order: the run is done again until everything that is open in it was taken.

use std::collections::HashSet;
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
    let mut known = HashSet::new();
    let mut callbacks = 0;
    let mut next = Some(Choices::default());
    while let Some(choices) = next {
        if found.runs == search.runs || callbacks > search.callbacks {
            found.bound = Some(Bound::Runs);
            break;
        }
        let state = run(program, search, choices, false);
        callbacks += state.ran;
        found.add(program, search, &state, &mut known)?;
        if found.orders.len() > search.orders {
            found.bound = Some(Bound::Orders);
            break;
        }
        next = state.choices.next();
    }
    if matches!(found.bound, Some(Bound::Runs | Bound::Orders)) {
        for seed in 0..search.samples as u64 {
            let state = run(program, search, Choices::by_chance(seed), false);
            found.add(program, search, &state, &mut known)?;
        }
    }
    Ok(found)
}

impl Orders {
    /// One more run, with its order if that is new.
    fn add(
        &mut self,
        program: &Program<'_>,
        search: &Search,
        state: &State,
        known: &mut HashSet<(String, i32, Option<String>)>,
    ) -> Result<(), Outside> {
        self.runs += 1;
        match &state.over {
            Some(Over::Ended(exit)) => {
                let key = (state.printed.clone(), *exit, state.threw.clone());
                if known.insert(key) {
                    self.orders.push(told(program, search, state, *exit));
                }
            }
            Some(Over::Outside(outside)) => return Err(outside.clone()),
            Some(Over::Bound(bound)) => self.bound = Some(*bound),
            Some(Over::Impossible) | None => {}
        }
        Ok(())
    }
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
