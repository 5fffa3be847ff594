//! What is said from inside of the functions that a program calls (`calls.cjs`), put together again.

use super::heard::Said;
use super::root::WRITABLE;
use crate::program::{Call, Calls, Functions, SaidCall};

/// The longest text that is kept of a call; what says more is no honest witness.
const LONGEST: usize = 1000;

/// All that was heard until now.
#[derive(Debug)]
pub(super) struct SeenCalls {
    /// What is to be heard of.
    functions: Vec<Functions>,
    /// Whether functions are watched by now: from then on the program itself can say something.
    ready: bool,
    /// Whether the program serves by now.
    serving: bool,
    calls: Calls,
    /// The last call, and what was said of it so far.
    last: Option<(Functions, Vec<u16>)>,
}

impl SeenCalls {
    pub(super) fn of(functions: &[Functions]) -> Self {
        SeenCalls {
            functions: functions.to_vec(),
            ready: false,
            serving: false,
            calls: Calls::default(),
            last: None,
        }
    }

    /// A turn of its loop is over.
    pub(super) fn turn(&mut self, is_listening: fn() -> bool) {
        if !self.serving && self.functions.iter().any(|of| of.serving) {
            self.serving = is_listening();
        }
    }

    /// One more piece; answers whether more need be said of it.
    pub(super) fn hear(&mut self, said: Said) -> bool {
        match said {
            Said::Function(of) => {
                self.keep(None);
                let of = self.functions.get(of);
                let of = of.filter(|of| self.counts(of)).cloned();
                self.last = of.map(|of| (of, Vec::new()));
                self.last.is_some()
            }
            Said::Unit(unit) => {
                if let Some((_, text)) = &mut self.last
                    && text.len() < LONGEST
                {
                    text.push(unit);
                }
                true
            }
            Said::End => {
                let text = self.last.as_ref().map(|(_, text)| text.as_slice());
                let said = text.and_then(|text| witness(&String::from_utf16_lossy(text)));
                self.keep(said);
                true
            }
            Said::Unknown(of) => {
                let of = self.functions.get(of).filter(|_| !self.ready);
                self.calls.unknown.extend(of.cloned());
                true
            }
            Said::Ready => {
                self.ready = true;
                true
            }
        }
    }

    /// Whether one more call of them counts.
    fn counts(&self, of: &Functions) -> bool {
        let known = self.calls.calls.iter().filter(|call| call.of == *of);
        (self.serving || !of.serving) && known.count() < Calls::MOST
    }

    /// The last call is over, and this is what was said of it.
    fn keep(&mut self, said: Option<SaidCall>) {
        if let Some((of, _)) = self.last.take() {
            let call = Call { of, said };
            if !self.calls.calls.contains(&call) {
                self.calls.calls.push(call);
            }
        }
    }

    /// All of them; nothing if they were never watched.
    pub(super) fn all(mut self) -> Option<Calls> {
        self.keep(None);
        self.ready.then_some(self.calls)
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

    fn functions(names: &str, serving: bool) -> Functions {
        Functions {
            names: names.to_owned(),
            serving,
        }
    }

    fn seen() -> SeenCalls {
        let mut seen =
            SeenCalls::of(&[functions("fs.statSync", true), functions("fs.*Sync", false)]);
        seen.hear(Said::Ready);
        seen
    }

    fn all(seen: SeenCalls) -> Vec<Call> {
        seen.all().map(|all| all.calls).unwrap_or_default()
    }

    fn say(seen: &mut SeenCalls, of: usize, text: &str) -> bool {
        let counts = seen.hear(Said::Function(of));
        if counts {
            for unit in text.encode_utf16() {
                seen.hear(Said::Unit(unit));
            }
            seen.hear(Said::End);
        }
        counts
    }

    #[test]
    fn a_call_counts_whatever_is_said_of_it() {
        let heard = |text: &str| {
            let mut seen = seen();
            assert!(say(&mut seen, 1, text));
            all(seen)
        };
        let call = |said| Call {
            of: functions("fs.*Sync", false),
            said,
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
        let mut cut = seen();
        cut.hear(Said::Function(1));
        assert_eq!(all(cut), [call(None)]);
    }

    #[test]
    fn only_before_functions_are_watched_one_can_be_unknown() {
        let mut early = SeenCalls::of(&[functions("fs.statSink", false)]);
        early.hear(Said::Unknown(0));
        early.hear(Said::Ready);
        early.hear(Said::Unknown(0));
        let unknown = early.all().map(|all| all.unknown);
        assert_eq!(unknown, Some(vec![functions("fs.statSink", false)]));
        assert_eq!(SeenCalls::of(&[]).all(), None);
        let mut late = seen();
        late.hear(Said::Unknown(1));
        assert_eq!(late.all(), Some(Calls::default()));
    }

    #[test]
    fn however_often_something_is_called_nothing_else_is_lost() {
        let mut seen = seen();
        for line in 0..1000 {
            let text = format!("fs.statSync\n/program/a.cjs\n{line}");
            assert!(!say(&mut seen, 0, &text));
            assert_eq!(say(&mut seen, 1, &text), line < Calls::MOST);
        }
        seen.turn(|| false);
        assert!(!say(&mut seen, 0, ""));
        seen.turn(|| true);
        assert!(say(&mut seen, 0, ""));
        assert!(say(&mut seen, 0, ""));
        let calls = all(seen);
        let serving = calls.iter().filter(|call| call.of.serving).count();
        assert_eq!((calls.len(), serving), (Calls::MOST + 1, 1));
    }
}
