//! Asks a program that is a server, while it runs.
//!
//! # Theory of operation
//!
//! Whoever watches the program takes a [turn](Client::turn) whenever something came or some time has passed. Nothing
//! here waits, so the program's limits are watched as always.
//!
//! **When it is there.** It is knocked at until it opens, or until it has done nothing for so long, though it could, that
//! it never will. What opened is the first request's connection, so that the server sees no other.
//!
//! **What came first.** Events are taken in the order in which the system has them.
//!
//! **While it is at work.** How far a server is with a request is not told by the clock, which goes on while the machine
//! does something else. A request that is to come meanwhile is sent whenever the program has used [`WORK`] of processor
//! time since the one before, or has let [`PAUSE`] pass in which it could have; and at last once when the other was
//! answered, which shows what it takes alone. How long each has waited is told in the same way: by what the thread of the
//! event loop did meanwhile, and by the time that the machine gave it.
//!
//! **The end.** A program that is asked to end must do so itself. Any other is ended when everything was answered, all
//! connections have ended, its loop has been quiet for [`QUIET`], and it still holds its port, so that it is known to be
//! there. Where it does not, it has a while to end by itself, and to say why.

mod response;

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Registry, Token};

use super::{LOOK, Program, system};
use crate::program::{Answer, Due, Exchange, Listening, Moment, Request, Response, Sent, Served};
use response::Reader;

/// How much processor time says that a server is at work.
pub const WORK: Duration = Duration::from_millis(50);

/// How long a server may do nothing though it could, and still count as being at work.
const PAUSE: Duration = Duration::from_millis(300);

/// No more requests are sent while it is at work on another.
const MEANWHILE: usize = 200;

/// How often a closed door is knocked at.
pub(super) const KNOCK: Duration = Duration::from_millis(2);

/// How long a connection may stay open after its answer, and a program that opens no more may take to end.
const FAREWELL: Duration = Duration::from_millis(500);

/// After so many knocks it is looked whether the program listens elsewhere.
const NOW_AND_THEN: u32 = 20;

/// How long a program that listens elsewhere may do nothing, though it could, before it is given up,
const ELSEWHERE: Duration = Duration::from_secs(1);

/// and one that listens nowhere, as far as that can be seen.
const NOWHERE: Duration = Duration::from_secs(5);

/// How long its loop must have done nothing at the end, so that what its handlers still do is seen.
const QUIET: Duration = Duration::from_millis(5);

/// No more bytes of one answer are heard before others are looked at again,
const AT_ONCE: usize = 1 << 18;

/// and no more of all answers together.
const IN_ALL: usize = 16 << 20;

/// Ports to serve on: none that the system gives to who connects, which could then be connected to itself.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// A port that nobody who hands in a program can know.
pub(super) fn some_port() -> u16 {
    fastrand::u16(PORTS)
}

/// Such a port on which nobody listens here, and which no other run of ours was given just now.
pub(super) fn free_port() -> io::Result<u16> {
    static NEXT: LazyLock<AtomicU16> = LazyLock::new(|| AtomicU16::new(some_port()));
    let is_free = |port: &u16| {
        let loopbacks = [
            IpAddr::from(Ipv4Addr::LOCALHOST),
            Ipv6Addr::LOCALHOST.into(),
        ];
        let taken = |at: IpAddr| match TcpListener::bind((at, *port)) {
            Ok(_) => false,
            Err(error) => error.kind() == io::ErrorKind::AddrInUse,
        };
        !loopbacks.into_iter().any(taken)
    };
    let next = || PORTS.start + NEXT.fetch_add(1, Ordering::Relaxed) % (PORTS.end - PORTS.start);
    let mut ports = std::iter::repeat_with(next).take(100);
    ports
        .find(is_free)
        .ok_or_else(|| io::ErrorKind::AddrInUse.into())
}

/// What a program has done until now.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Effort {
    /// The processor time it has used.
    pub(super) cpu: Duration,
    /// What of it its first process's first thread has, where that can be seen.
    pub(super) main: Duration,
    /// How long that thread was ready to run while the machine did something else,
    pub(super) main_waited: Duration,
    /// whether it is now, or runs,
    pub(super) main_runs: bool,
    /// and how long the one was, of all that it has now, that waited longest.
    pub(super) waited: Duration,
}

/// The program that is asked, for whoever watches it.
pub(super) trait Watched {
    /// What it has done until now.
    fn effort(&mut self) -> Effort;

    /// Asks it to end, by the signal `SIGTERM`.
    fn terminate(&mut self) -> io::Result<()>;
}

/// Who asks.
#[derive(Debug)]
pub(super) struct Client {
    begun: Instant,
    requests: Vec<Request>,
    port: u16,
    poll: Poll,
    door: Door,
    /// The connection that opened the door, until something is sent on it.
    first: Option<TcpStream>,
    ports: fn() -> Vec<u16>,
    talks: Vec<Talk>,
    /// As it was at the last moment.
    effort: Effort,
    /// How long the machine has kept the program waiting until then.
    waited: Duration,
    /// How many moments there were.
    moments: u32,
    /// How long we had been kept waiting at the end of the last turn.
    kept_waiting: Duration,
    /// How many bytes came.
    heard: usize,
    farewell: Farewell,
}

/// Whether the server lets one in.
#[derive(Debug)]
enum Door {
    Closed {
        knocks: u32,
        knock: Option<(TcpStream, SocketAddr)>,
        /// Since when the program does nothing, and whether it listens elsewhere meanwhile.
        idle: Option<(Moment, bool)>,
    },
    Open(SocketAddr),
}

/// How far it is with leaving.
#[derive(Debug)]
enum Farewell {
    NotYet,
    Since {
        begun: Moment,
        /// Its main thread has done nothing since then.
        quiet: Moment,
    },
    Over,
}

/// A request on its connection.
#[derive(Debug)]
struct Talk {
    exchange: Exchange,
    /// None for a signal, and when it is over.
    stream: Option<TcpStream>,
    unsent: Vec<u8>,
    answer: Reader,
    /// How much came beyond an answer.
    beyond: usize,
    /// Nothing more comes.
    ended: bool,
    /// More is there already.
    more: bool,
}

impl Talk {
    fn new(request: usize, sent: Moment) -> Self {
        Talk {
            exchange: Exchange {
                request,
                sent,
                came: None,
            },
            stream: None,
            unsent: Vec::new(),
            answer: Reader::default(),
            beyond: 0,
            ended: true,
            more: false,
        }
    }

    /// Sends and receives what can be now, but not too much at once; answers how many bytes came.
    fn go_on(&mut self) -> usize {
        let mut came = 0;
        self.more = false;
        let Some(stream) = &mut self.stream else {
            return came;
        };
        while !self.unsent.is_empty() {
            match stream.write(&self.unsent) {
                Ok(sent) => drop(self.unsent.drain(..sent)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // Who does not read may answer all the same.
                Err(_) => break,
            }
        }
        let mut some = [0; 1 << 14];
        while !self.ended {
            if came >= AT_ONCE {
                self.more = true;
                break;
            }
            match stream.read(&mut some) {
                Ok(0) => self.ended = true,
                Ok(length) => {
                    came += length;
                    match self.exchange.came {
                        None => self.answer.take(&some[..length]),
                        Some(_) => self.beyond += length,
                    }
                    // Nobody listens to so much.
                    self.ended = self.answer.len().max(self.beyond) > Response::MOST;
                }
                Err(error) => match error.kind() {
                    io::ErrorKind::Interrupted => {}
                    io::ErrorKind::WouldBlock | io::ErrorKind::NotConnected => break,
                    _ => self.ended = true,
                },
            }
        }
        came
    }

    fn is_answered(&self) -> bool {
        self.exchange.came.is_some()
    }
}

impl Client {
    /// Whoever asks this program, if it is a server, on a port that is chosen so.
    pub(super) fn of(
        program: &Program,
        choose_port: impl FnOnce() -> io::Result<u16>,
    ) -> io::Result<Option<Self>> {
        match program.requests.as_slice() {
            [] => Ok(None),
            // Who else listens on this machine is none of our business.
            requests => Client::new(requests.to_vec(), choose_port()?, Vec::new).map(Some),
        }
    }

    /// Whoever asks these on this port; `ports` finds those on which the program listens, as far as it can be seen.
    pub(super) fn new(
        requests: Vec<Request>,
        port: u16,
        ports: fn() -> Vec<u16>,
    ) -> io::Result<Self> {
        Ok(Client {
            begun: Instant::now(),
            requests,
            port,
            poll: Poll::new()?,
            door: Door::Closed {
                knocks: 0,
                knock: None,
                idle: None,
            },
            first: None,
            ports,
            talks: Vec::new(),
            effort: Effort::default(),
            waited: Duration::ZERO,
            moments: 0,
            kept_waiting: system::kept_us_waiting(),
            heard: 0,
            farewell: Farewell::NotYet,
        })
    }

    /// Where the server should listen.
    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Whether everything was asked, and nothing is to be expected any more.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.farewell, Farewell::Over)
    }

    /// Where it is heard that something came.
    #[allow(dead_code, reason = "on other systems than Linux nobody waits for it")]
    pub(super) fn ear(&self) -> &Registry {
        self.poll.registry()
    }

    /// How long the next turn may be put off if nothing comes.
    pub(super) fn pace(&self) -> Duration {
        match (&self.door, &self.farewell) {
            _ if self.talks.iter().any(|talk| talk.more) => Duration::ZERO,
            (Door::Open(_), Farewell::NotYet) => LOOK,
            (Door::Closed { .. }, _) | (_, Farewell::Since { .. } | Farewell::Over) => KNOCK,
        }
    }

    /// Does all that can be done now.
    pub(super) fn turn(&mut self, program: &mut impl Watched) -> io::Result<()> {
        self.knock()?;
        self.give_up(program);
        self.hear(program)?;
        self.walk_out(program);
        self.ask(program)?;
        self.leave(program);
        self.kept_waiting = system::kept_us_waiting();
        Ok(())
    }

    /// Takes all that came before the program has ended; nothing more is asked.
    pub(super) fn finish(&mut self, program: &mut impl Watched) -> io::Result<()> {
        // Somebody that it started may go on sending.
        for _ in 0..IN_ALL / AT_ONCE {
            self.hear(program)?;
            if !self.talks.iter().any(|talk| talk.more) {
                break;
            }
        }
        for number in 0..self.talks.len() {
            self.talks[number].ended = true;
            self.hear_one(number, program);
        }
        Ok(())
    }

    /// What came of it.
    pub(super) fn served(self) -> Served {
        Served {
            over: self.is_over(),
            listening: match self.door {
                Door::Open(_) => Listening::Yes,
                Door::Closed { .. } => Listening::Never(self.other_ports()),
            },
            requests: self.requests,
            exchanges: self.talks.into_iter().map(|talk| talk.exchange).collect(),
        }
    }

    fn knock(&mut self) -> io::Result<()> {
        let Door::Closed { knocks, knock, .. } = &mut self.door else {
            return Ok(());
        };
        let (stream, at) = match knock.take() {
            Some(knock) => knock,
            None => {
                *knocks += 1;
                // Who listens at `localhost` may do so at either.
                let at = match *knocks % 2 {
                    0 => SocketAddr::from((Ipv6Addr::LOCALHOST, self.port)),
                    _ => SocketAddr::from((Ipv4Addr::LOCALHOST, self.port)),
                };
                match TcpStream::connect(at) {
                    Ok(stream) => (stream, at),
                    // There may be no such address here.
                    Err(_) => return Ok(()),
                }
            }
        };
        if stream.peer_addr().is_ok() {
            self.door = Door::Open(at);
            self.first = Some(stream);
            return Ok(());
        }
        if let Ok(None) = stream.take_error() {
            *knock = Some((stream, at));
        }
        Ok(())
    }

    /// Gives up on a program that does nothing more.
    fn give_up(&mut self, program: &mut impl Watched) {
        let Door::Closed { knocks, idle, .. } = &self.door else {
            return;
        };
        if knocks % NOW_AND_THEN != 0 {
            return;
        }
        let before = *idle;
        let elsewhere = !self.other_ports().is_empty();
        let now = self.moment(program);
        let patience = if elsewhere { ELSEWHERE } else { NOWHERE };
        match before {
            Some((since, same)) if same == elsewhere && since.worked_until(now) < WORK => {
                if since.given_until(now) >= patience {
                    self.farewell = Farewell::Over;
                }
            }
            Some(_) | None => {
                if let Door::Closed { idle, .. } = &mut self.door {
                    *idle = Some((now, elsewhere));
                }
            }
        }
    }

    /// The ports on which the program listens, but for its own.
    fn other_ports(&self) -> Vec<u16> {
        let mut ports = (self.ports)();
        ports.retain(|port| *port != self.port);
        ports
    }

    /// Takes what came, in the order in which it did.
    fn hear(&mut self, program: &mut impl Watched) -> io::Result<()> {
        const EVENTS: usize = 256;
        let talks = self.talks.iter().enumerate();
        let left: Vec<usize> = talks
            .filter(|(_, talk)| talk.more)
            .map(|(at, _)| at)
            .collect();
        left.into_iter()
            .for_each(|talk| self.hear_one(talk, program));
        let mut events = Events::with_capacity(EVENTS);
        loop {
            match self.poll.poll(&mut events, Some(Duration::ZERO)) {
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
                Ok(()) | Err(_) => {}
            }
            for event in &events {
                self.hear_one(event.token().0, program);
            }
            if events.iter().count() < EVENTS {
                return Ok(());
            }
        }
    }

    /// Breaks connections whose answer nobody waits for, once the server is at work on it.
    fn walk_out(&mut self, program: &mut impl Watched) {
        for number in 0..self.talks.len() {
            let talk = &self.talks[number];
            let sent = talk.exchange.sent;
            if talk.is_answered() || !self.requests[talk.exchange.request].leaves {
                continue;
            }
            let now = self.moment(program);
            if is_at_work(sent, now) {
                let talk = &mut self.talks[number];
                talk.exchange.came = Some((Answer::Nothing, now));
                talk.stream = None;
                talk.ended = true;
            }
        }
    }

    fn hear_one(&mut self, number: usize, program: &mut impl Watched) {
        let talk = &mut self.talks[number];
        self.heard += talk.go_on();
        if !talk.is_answered() {
            let sent = &self.requests[talk.exchange.request].what;
            let answer = match self.heard > IN_ALL {
                true => Some(Answer::TooLong),
                false => talk.answer.answer(sent, talk.ended),
            };
            if let Some(answer) = answer {
                let moment = self.moment(program);
                let talk = &mut self.talks[number];
                talk.exchange.came = Some((answer, moment));
                talk.answer = Reader::default();
            }
        }
        let talk = &mut self.talks[number];
        if talk.ended {
            // Some servers wait for the other side to end too.
            talk.stream = None;
        }
    }

    fn moment(&mut self, program: &mut impl Watched) -> Moment {
        let now = program.effort();
        let before = std::mem::replace(&mut self.effort, now);
        // Who waited longest may be gone.
        let longest = now.waited.saturating_sub(before.waited);
        self.waited += longest.max(now.main_waited.saturating_sub(before.main_waited));
        self.moments += 1;
        Moment {
            at: self.begun.elapsed(),
            cpu: now.cpu,
            main: now.main,
            waited: self.waited,
            late: system::kept_us_waiting().saturating_sub(self.kept_waiting),
            place: self.moments,
        }
    }

    /// Sends what is due.
    fn ask(&mut self, program: &mut impl Watched) -> io::Result<()> {
        if let Door::Closed { .. } = self.door {
            return Ok(());
        }
        for request in 0..self.requests.len() {
            for _ in 0..self.due(request, program) {
                self.start(request, program)?;
            }
        }
        Ok(())
    }

    /// How often a request is to be sent now.
    fn due(&mut self, request: usize, program: &mut impl Watched) -> u32 {
        let Request { due, times, .. } = self.requests[request];
        let sent = self.talks(request).count() as u32;
        let is_due = match due {
            Due::AtOnce => true,
            Due::After(other) => self.is_settled(other),
            Due::While(other) => return u32::from(self.is_due_while(request, other, program)),
        };
        if is_due {
            times.saturating_sub(sent)
        } else {
            0
        }
    }

    fn is_due_while(&mut self, request: usize, other: usize, program: &mut impl Watched) -> bool {
        let again = self.requests[request].what != Sent::Terminate;
        let last = self.talks(request).last();
        let sent = match last {
            Some(last) if !last.is_answered() || !again => return false,
            last => last.map(|last| last.exchange.sent),
        };
        if let Some(done) = self.done(other) {
            return sent.is_none_or(|sent| sent.place < done);
        }
        let begun = self.talks(other).next().map(|talk| talk.exchange.sent);
        let Some(since) = sent.or(begun) else {
            return false;
        };
        let now = self.moment(program);
        self.talks(request).count() < MEANWHILE && is_at_work(since, now)
    }

    fn talks(&self, request: usize) -> impl Iterator<Item = &Talk> {
        let is_of_it = move |talk: &&Talk| talk.exchange.request == request;
        self.talks.iter().filter(is_of_it)
    }

    /// When nothing was to be expected of a request any more, by its place among the moments, if that is so.
    fn done(&self, request: usize) -> Option<u32> {
        let came = |talk: &Talk| talk.exchange.came.as_ref().map(|(_, came)| came.place);
        let last = self.talks(request).filter_map(came).max();
        last.filter(|_| self.is_settled(request))
    }

    /// Whether nothing is to be expected of a request any more.
    fn is_settled(&self, request: usize) -> bool {
        let Request {
            due,
            times,
            ref what,
            ..
        } = self.requests[request];
        if !self.talks(request).all(Talk::is_answered) {
            return false;
        }
        match due {
            Due::While(other) if *what != Sent::Terminate => {
                let last = self
                    .talks(request)
                    .last()
                    .map(|talk| talk.exchange.sent.place);
                self.done(other).is_some_and(|done| last > Some(done))
            }
            Due::AtOnce | Due::After(_) | Due::While(_) => {
                self.talks(request).count() as u32 >= times
            }
        }
    }

    /// Sends a request.
    fn start(&mut self, request: usize, program: &mut impl Watched) -> io::Result<()> {
        let Door::Open(at) = self.door else {
            return Ok(());
        };
        let sent = self.moment(program);
        let mut talk = Talk::new(request, sent);
        let what = &self.requests[request].what;
        if *what == Sent::Terminate {
            program.terminate()?;
            talk.exchange.came = Some((Answer::Nothing, sent));
        } else {
            let first = self.first.take();
            match first.map_or_else(|| TcpStream::connect(at), Ok) {
                Ok(mut stream) => {
                    let token = Token(self.talks.len());
                    let all = Interest::READABLE | Interest::WRITABLE;
                    self.poll.registry().register(&mut stream, token, all)?;
                    talk.unsent = what.bytes();
                    talk.stream = Some(stream);
                    talk.ended = false;
                    self.heard += talk.go_on();
                    // Not before: somebody else may have had our core meanwhile.
                    talk.exchange.sent = self.moment(program);
                }
                // Some systems say at once that nobody is there.
                Err(_) => talk.exchange.came = Some((Answer::CutShort, sent)),
            }
        }
        self.talks.push(talk);
        Ok(())
    }

    fn leave(&mut self, program: &mut impl Watched) {
        if self.requests.iter().any(|one| one.what == Sent::Terminate) {
            // It is to end by itself.
            return;
        }
        let all_settled = || (0..self.requests.len()).all(|request| self.is_settled(request));
        let all_ended = self.talks.iter().all(|talk| talk.ended);
        let before = match self.farewell {
            Farewell::NotYet if all_settled() => None,
            Farewell::Since { begun, quiet } => Some((begun, quiet)),
            Farewell::NotYet | Farewell::Over => return,
        };
        let now = self.moment(program);
        let (begun, quiet) = before.unwrap_or((now, now));
        let rests = quiet.main == now.main && !self.effort.main_runs;
        let quiet = if rests { quiet } else { now };
        let is_quiet = all_ended && quiet.given_until(now) >= QUIET;
        let is_over = begun.given_until(now) >= FAREWELL || (is_quiet && self.listens());
        self.farewell = match is_over {
            true => Farewell::Over,
            false => Farewell::Since { begun, quiet },
        };
    }

    /// Whether it still holds its port, and so is there: as long as it listens, nobody else can.
    fn listens(&self) -> bool {
        let Door::Open(at) = self.door else {
            return false;
        };
        TcpListener::bind(at).is_err()
    }
}

/// Whether a program has been at work since a moment, or has nothing to do.
fn is_at_work(since: Moment, now: Moment) -> bool {
    since.worked_until(now) >= WORK || since.given_until(now) >= PAUSE
}
