//! What is said from inside of the functions that a program calls (`calls.cjs`), put together again.

use super::heard::Said;
use super::root::WRITABLE;
use crate::program::{Call, SaidCall};

/// The longest text that is kept of a call; what says more is no honest witness.
const LONGEST: usize = 1000;

/// All that was heard until now.
#[derive(Debug)]
pub(super) struct SeenCalls {
    /// What is to be heard of.
    functions: Vec<String>,
    calls: Vec<Call>,
    /// What was said so far of the last of them.
    text: Vec<u16>,
}

impl SeenCalls {
    pub(super) fn of(functions: &[String]) -> Self {
        SeenCalls {
            functions: functions.to_vec(),
            calls: Vec::new(),
            text: Vec::new(),
        }
    }

    /// One more piece. As long as it is not answered, the program's thread does nothing else.
    pub(super) fn hear(&mut self, said: Said, is_listening: fn() -> bool) {
        match said {
            Said::Function(of) => {
                self.text.clear();
                let of = self.functions.get(of).cloned();
                let of = of.filter(|_| self.calls.len() < Call::MOST);
                self.calls.extend(of.map(|of| Call {
                    of,
                    said: None,
                    listening: is_listening(),
                }));
            }
            Said::Unit(unit) if self.text.len() < LONGEST => self.text.push(unit),
            Said::Unit(_) => {}
            Said::End => {
                let text = String::from_utf16_lossy(&self.text);
                if let Some(call) = self.calls.last_mut().filter(|call| call.said.is_none()) {
                    call.said = witness(&text);
                }
            }
        }
    }

    /// All of them.
    pub(super) fn all(self) -> Vec<Call> {
        self.calls
    }
}

/// A name, a file of the program's folder and a line, each on a line of its own.
fn witness(text: &str) -> Option<SaidCall> {
    let mut parts = text.split('\n');
    let (name, file, line) = (parts.next()?, parts.next()?, parts.next()?);
    let file = file.strip_prefix(WRITABLE[0])?.strip_prefix('/')?;
    Some(SaidCall {
        name: name.to_owned(),
        file: file.to_owned(),
        line: line.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str) -> Vec<Call> {
        let functions = ["fs.statSync", "fs.*Sync"].map(str::to_owned);
        let mut seen = SeenCalls::of(&functions);
        seen.hear(Said::Function(1), || true);
        for unit in text.encode_utf16() {
            seen.hear(Said::Unit(unit), || false);
        }
        seen.hear(Said::End, || false);
        seen.all()
    }

    #[test]
    fn a_call_counts_whatever_is_said_of_it() {
        let call = |said| Call {
            of: "fs.*Sync".to_owned(),
            said,
            listening: true,
        };
        let said = |file: &str| {
            Some(SaidCall {
                name: "fs.statSync".to_owned(),
                file: file.to_owned(),
                line: 7,
            })
        };
        let at = |file: &str| heard(&format!("fs.statSync\n{file}\n7"));
        assert_eq!(at("/program/größe.cjs"), [call(said("größe.cjs"))]);
        assert_eq!(at("/program/a/b.mjs"), [call(said("a/b.mjs"))]);
        assert_eq!(at("/tmp/a.cjs"), [call(None)]);
        for text in ["", "fs.statSync", "a\nb\nc", &"x\n".repeat(5000)] {
            assert_eq!(heard(text), [call(None)], "{text:?}");
        }
    }
}
