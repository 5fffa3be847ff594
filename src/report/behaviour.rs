//! What a program did that it should not, in sentences.

mod module;
mod server;

use std::time::Duration;

use super::ending::{bytes, time};
use super::text::{Line, Style, Text};
use crate::grading::Misbehaved;
use crate::program::{Call, Run, SaidCall};
use crate::trace::Times;
use crate::words;

/// So many calls that must not be are listed.
const CALLS: usize = 4;

/// What a run did that it should not, and what to think of.
pub fn text(misbehaved: &[Misbehaved], run: &Run) -> Text {
    let mut text = Text::new();
    let mut calls = Vec::new();
    let mut faults = Vec::new();
    for one in misbehaved {
        match one {
            Misbehaved::Memory { needed, most } => {
                text.push(Line::words(Style::Plain, &memory(*needed, *most)));
            }
            Misbehaved::MainThread { .. } => {
                let sentence = format!(
                    "{}: whatever runs there keeps the event loop from everything else",
                    in_few_words(one)
                );
                text.push(Line::words(Style::Plain, &sentence));
            }
            Misbehaved::Held { .. } => {
                let sentence = format!(
                    "{}: until a callback returns, and all that it has settled has run, nothing else can. Who has much to \
                     do does a little of it in each turn, or leaves it to a worker",
                    in_few_words(one)
                );
                text.push(Line::words(Style::Plain, &sentence));
            }
            Misbehaved::Called(_) => {
                let sentence = in_few_words(one);
                // It may be forbidden twice.
                if !calls.contains(&sentence) {
                    calls.push(sentence);
                }
            }
            Misbehaved::Workers { .. } => {
                text.push(Line::words(Style::Plain, &in_few_words(one)));
            }
            Misbehaved::Module(fault) => faults.push(fault),
            Misbehaved::Server(fault) => text.append(server::text(fault), 0),
        }
    }
    text.append(module::text(&faults), 0);
    for call in calls.iter().take(CALLS) {
        text.push(Line::words(Style::Plain, call));
    }
    if calls.len() > CALLS {
        let more = words::count(calls.len() - CALLS, "more place");
        let sentence = format!("such functions are called in {more}");
        text.push(Line::words(Style::Plain, &sentence));
    }
    let is_server = |one: &Misbehaved| matches!(one, Misbehaved::Server(_));
    if let Some(served) = run
        .served
        .as_ref()
        .filter(|_| misbehaved.iter().any(is_server))
    {
        text.append(server::picture(served), 2);
    }
    text
}

fn memory(needed: u64, most: u64) -> String {
    format!(
        "at its peak it needed about {} more memory than an idle program, and {} more is allowed: does it hold \
             everything at once? Who reads, works and lets go piece by piece needs little, however much there is",
        bytes(rough(needed)),
        bytes(most)
    )
}

/// The same in a few words.
pub fn in_few_words(misbehaved: &Misbehaved) -> String {
    match misbehaved {
        Misbehaved::Memory { needed, most } => format!(
            "about {} more memory than an idle program, where {} is allowed",
            bytes(rough(*needed)),
            bytes(*most)
        ),
        Misbehaved::MainThread { used, most } => format!(
            "its main thread worked about {} more than an idle program's, where {} is allowed",
            time(Duration::from_millis(rough(used.as_millis() as u64))),
            time(*most)
        ),
        Misbehaved::Called(Call { of, said }) => {
            let never = words::code(&of.names);
            let when = match of.serving {
                true => " while it serves",
                false => "",
            };
            match said {
                Some(SaidCall { name, file, line }) => {
                    let place = format!("in line {line} of {}", words::code(file));
                    let name = words::code(name);
                    match name == "`process.binding`" {
                        true => format!(
                            "{name} is called {place}, a way to {never}, which never may be{when}"
                        ),
                        false => format!("{name} is called {place}, and never may be{when}"),
                    }
                }
                None => format!("{never} is called, and never may be{when}"),
            }
        }
        Misbehaved::Held { held, most, times } => format!(
            "its event loop was held for about {} of processor time in one turn, where {} is allowed, {times} times what \
             Node needs to start",
            time(Duration::from_millis(rough(held.as_millis() as u64))),
            time(Duration::from_millis(rough(most.as_millis() as u64)))
        ),
        Misbehaved::Workers {
            found, expected, ..
        } => {
            let found = match found {
                0 => "no other thread than the main one did the work".to_owned(),
                1 => "the work was done by 1 other thread".to_owned(),
                found => format!("the work was done by {found} other threads"),
            };
            let expected = match expected {
                Times {
                    least,
                    most: Some(most),
                } if least == most => format!("{least}"),
                Times {
                    least,
                    most: Some(most),
                } => format!("{least} to {most}"),
                Times { least, most: None } => format!("{least} or more"),
            };
            format!("{found}, where it should be {expected}")
        }
        Misbehaved::Module(fault) => module::in_few_words(fault),
        Misbehaved::Server(fault) => server::in_few_words(fault),
    }
}

/// Two digits of it, rounded up, so that it is still more than it may be: no two runs need the same.
fn rough(number: u64) -> u64 {
    let digits = number.checked_ilog10().unwrap_or_default();
    let unit = 10_u64.pow(digits.saturating_sub(1));
    number.div_ceil(unit) * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_are_kept() {
        let roughly = [0, 7, 99, 101, 110, 991, 50_400_000, 214_748_364].map(rough);
        assert_eq!(roughly, [0, 7, 99, 110, 110, 1000, 51_000_000, 220_000_000]);
    }
}
