//! Keeps every core busy where the work itself does not: beside a single program, and at the end of a batch.
//!
//! A program that shares its core with others waits for it at other moments than one that has it for itself; so an
//! order may be seen that never comes on an idle machine.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How many programs are being run, of how many that keep the cores busy by themselves.
#[derive(Debug)]
pub(super) struct Load {
    running: AtomicUsize,
    enough: NonZeroUsize,
    over: AtomicBool,
}

/// So long one look at who is running is trusted.
const LOOK: Duration = Duration::from_millis(1);

impl Load {
    /// Does the work while so many threads repeat `round`, each whenever fewer than `enough` programs are run.
    pub(super) fn beside<T>(
        threads: usize,
        enough: NonZeroUsize,
        round: impl Fn() + Sync,
        work: impl FnOnce(&Load) -> T,
    ) -> T {
        let load = Load {
            running: AtomicUsize::new(0),
            enough,
            over: AtomicBool::new(false),
        };
        thread::scope(|scope| {
            let _end = End(&load);
            for _ in 0..threads {
                let thread = thread::Builder::new().name("busy core".to_owned());
                // Where no thread can be had, the programs that are run have to do.
                drop(thread.spawn_scoped(scope, || load.keep_busy(&round)));
            }
            work(&load)
        })
    }

    /// Runs one program, so that it is counted.
    pub(super) fn run<T>(&self, program: impl FnOnce() -> T) -> T {
        self.running.fetch_add(1, Ordering::SeqCst);
        let done = program();
        self.running.fetch_sub(1, Ordering::SeqCst);
        done
    }

    fn keep_busy(&self, round: &impl Fn()) {
        while !self.over.load(Ordering::SeqCst) {
            if self.running.load(Ordering::SeqCst) < self.enough.get() {
                round();
            } else {
                thread::sleep(LOOK);
            }
        }
    }
}

/// Ends the threads with the work, even if it panics.
struct End<'l>(&'l Load);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.over.store(true, Ordering::SeqCst);
    }
}

/// A round that takes a core for a moment.
pub(super) fn spin() {
    let begin = Instant::now();
    while begin.elapsed() < LOOK {
        std::hint::spin_loop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    const TWO: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1);

    #[test]
    fn cores_are_kept_busy_until_enough_programs_are_run() {
        let (say, heard) = mpsc::channel();
        let round = move || say.send(thread::current().id()).unwrap_or_default();
        let after = Load::beside(2, TWO, round, |load| {
            load.run(|| {
                // One program is not enough: this ends only once both threads have taken a turn beside it.
                let first = heard.recv().unwrap();
                while heard.recv().unwrap() == first {}
                load.run(|| {
                    thread::sleep(20 * LOOK);
                    heard.try_iter().for_each(drop);
                    thread::sleep(20 * LOOK);
                    heard.try_iter().count()
                })
            })
        });
        // A thread that looked just before goes one more round at most.
        assert!(after <= 2, "{after} rounds beside two programs");
    }

    #[test]
    fn the_threads_end_with_the_work_even_if_it_panics() {
        let work = |_: &Load| panic!("as it is meant here");
        let ended = std::panic::catch_unwind(|| Load::beside(2, TWO, spin, work));
        assert!(ended.is_err());
    }
}
