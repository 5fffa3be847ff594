//! Something played by lines from standard input, what it says on standard output, one after another.
//!
//! It does not know what is played.

use std::io::{self, BufRead, IsTerminal};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use crate::session::{Listener, Then};
use crate::words;

use super::{Left, Terminal};

/// So often it is looked whether somebody wants us to end.
const LOOK: Duration = Duration::from_millis(50);

/// The lines of standard input, while somebody may also want us to end.
#[derive(Debug)]
pub struct Lines {
    lines: Receiver<io::Result<String>>,
    echo: Echo,
}

/// Whether lines are shown that were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Echo {
    /// The terminal did it.
    Done,
    /// Nobody did; then questions and answers are to be read together.
    Needed,
}

/// What came in.
enum Came {
    Line(String),
    End,
    Stop,
}

impl Lines {
    /// Begins to read. Whatever is left of standard input belongs to this.
    pub fn read() -> Self {
        // No more than a line is read ahead, however much a file has.
        let (sender, lines) = sync_channel(0);
        std::thread::spawn(move || {
            let mut input = io::stdin().lock();
            loop {
                let mut line = Vec::new();
                let read = input.read_until(b'\n', &mut line);
                let line = read.map(|_| String::from_utf8_lossy(&line).into_owned());
                let ended = line.as_ref().map_or(true, String::is_empty);
                if sender.send(line).is_err() || ended {
                    return;
                }
            }
        });
        Lines {
            lines,
            echo: match io::stdin().is_terminal() {
                true => Echo::Done,
                false => Echo::Needed,
            },
        }
    }

    /// Plays by lines until the end, until somebody stops or no line is left; whenever there is something to keep it
    /// is kept.
    pub fn play<L: Listener, E: From<io::Error>>(
        &self,
        listener: &mut L,
        stop: impl Fn() -> bool,
        mut keep: impl FnMut(&L) -> Result<(), E>,
    ) -> Result<Left, E> {
        Terminal::Stdout.show(&listener.begin())?;
        loop {
            let prompt = words::visible(&listener.prompt());
            Terminal::Stdout.write(&format!("{prompt}: "))?;
            let line = match self.next(&stop)? {
                Came::Line(line) => line,
                Came::End | Came::Stop => {
                    Terminal::Stdout.write("\n")?;
                    return Ok(Left::InTheMiddle);
                }
            };
            let heard = listener.hear(&line);
            match heard.then {
                Then::GoOn | Then::Stop => {}
                Then::Save | Then::End => keep(listener)?,
            }
            Terminal::Stdout.show(&heard.says)?;
            match heard.then {
                Then::GoOn | Then::Save => {}
                Then::End => return Ok(Left::AtTheEnd),
                Then::Stop => return Ok(Left::InTheMiddle),
            }
        }
    }

    fn next(&self, stop: &impl Fn() -> bool) -> io::Result<Came> {
        loop {
            if stop() {
                return Ok(Came::Stop);
            }
            match self.lines.recv_timeout(LOOK) {
                Ok(line) => {
                    let line = line?;
                    if line.is_empty() {
                        return Ok(Came::End);
                    }
                    let line = line.trim_end_matches(['\n', '\r']);
                    if self.echo == Echo::Needed {
                        Terminal::Stdout.write(&format!("{}\n", words::visible(line)))?;
                    }
                    return Ok(Came::Line(line.to_owned()));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(Came::End),
            }
        }
    }
}
