//! What is told from inside of a module that was loaded (`module.cjs`), put together again.
//!
//! Who looks at the module says a key first, before anything of the program has run, and again before it tells. Everything
//! else that is said on this line was said by the program: then nothing is believed any more.

use super::heard::Tells;
use crate::program::{Found, Loaded};

/// No honest text is longer, in bytes.
const LONGEST: usize = 1 << 20;

/// So often loops ask for events until Node has ended, though nothing is left to do: twice to turn to its end, and once when
/// it takes everything down. That was so in thousands of runs of Node 18 to 26, however busy the machine.
const ASKS_AT_THE_END: u32 = 3;

/// All that was heard until now.
#[derive(Debug, Default)]
pub(super) struct Told {
    key: Option<u32>,
    text: Vec<u8>,
    progress: Progress,
    asks: u32,
    went_on: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Progress {
    /// Nothing is told yet.
    #[default]
    Before,
    /// It is being told.
    Telling,
    /// It was told.
    Done,
    /// Somebody else has said something.
    Forged,
}

impl Told {
    /// One more piece.
    pub(super) fn hear(&mut self, piece: Tells) {
        self.progress = match (self.progress, piece) {
            (Progress::Before, Tells::Key(key)) if self.key.is_none() => {
                self.key = Some(key);
                Progress::Before
            }
            (Progress::Before, Tells::Key(key)) if self.key == Some(key) => Progress::Telling,
            (Progress::Telling, Tells::Letters(letters)) if self.text.len() < LONGEST => {
                let letters = letters.into_iter().filter(|letter| *letter != 0);
                self.text.extend(letters);
                Progress::Telling
            }
            (Progress::Telling, Tells::End) => Progress::Done,
            (Progress::Before, _)
            | (Progress::Telling, Tells::Key(_) | Tells::Letters(_))
            | (Progress::Done | Progress::Forged, _) => Progress::Forged,
        };
    }

    /// A loop of the main thread asks for events, and waits for them or does not.
    pub(super) fn ask(&mut self, waits: bool) {
        if self.progress == Progress::Done {
            self.asks += 1;
            self.went_on |= waits || self.asks > ASKS_AT_THE_END;
        }
    }

    /// Whether its loop went on when it was loaded.
    pub(super) fn went_on(&self) -> bool {
        self.went_on
    }

    /// What came of it.
    pub(super) fn loaded(self) -> Loaded {
        match self.progress {
            Progress::Before | Progress::Telling => Loaded::Not,
            Progress::Forged => Loaded::Forged,
            Progress::Done => match serde_json::from_slice::<Found>(&self.text) {
                Ok(found) => Loaded::Found(Found {
                    went_on: self.went_on,
                    ..found
                }),
                Err(_) => Loaded::Forged,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUND: &str =
        r#"{"required":null,"imported":null,"is_same":true,"same":["a"],"left":[]}"#;

    fn hear(told: &mut Told, key: u32, text: &str) {
        told.hear(Tells::Key(key));
        for letters in text.as_bytes().chunks(3) {
            let letter = |at| letters.get(at).copied().unwrap_or_default();
            told.hear(Tells::Letters([letter(0), letter(1), letter(2)]));
        }
        told.hear(Tells::End);
    }

    fn ready() -> Told {
        let mut told = Told::default();
        told.hear(Tells::Key(7));
        told
    }

    fn found(went_on: bool) -> Loaded {
        Loaded::Found(Found {
            is_same: true,
            same: vec!["a".to_owned()],
            went_on,
            ..Found::default()
        })
    }

    #[test]
    fn what_is_told_with_the_key_is_believed() {
        let after = |asks: &[bool]| {
            let mut told = ready();
            told.ask(true);
            hear(&mut told, 7, FOUND);
            asks.iter().for_each(|waits| told.ask(*waits));
            told.loaded()
        };
        assert_eq!(after(&[]), found(false));
        assert_eq!(after(&[false; 3]), found(false));
        assert_eq!(after(&[false; 4]), found(true));
        assert_eq!(after(&[false, true]), found(true));
    }

    #[test]
    fn what_somebody_else_says_spoils_it() {
        type Says = fn(&mut Told);
        let says: [Says; 5] = [
            |told| hear(told, 8, FOUND),
            |told| told.hear(Tells::Letters(*b"{} ")),
            |told| told.hear(Tells::End),
            |told| {
                hear(told, 8, FOUND);
                hear(told, 7, FOUND);
            },
            |told| {
                hear(told, 7, FOUND);
                hear(told, 7, FOUND);
            },
        ];
        for (at, says) in says.into_iter().enumerate() {
            let mut told = ready();
            says(&mut told);
            assert_eq!(told.loaded(), Loaded::Forged, "{at}");
        }
    }

    #[test]
    fn who_is_cut_short_has_told_nothing() {
        assert_eq!(Told::default().loaded(), Loaded::Not);
        assert_eq!(ready().loaded(), Loaded::Not);
        let mut told = ready();
        told.hear(Tells::Key(7));
        told.hear(Tells::Letters(*b"{\"r"));
        assert_eq!(told.loaded(), Loaded::Not);
    }
}
