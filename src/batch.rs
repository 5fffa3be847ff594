//! Many pieces of work side by side, one after another given to whoever is free.
//!
//! It emits events and does not know how they are shown, nor what the work is.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// What happens while a batch is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The piece of work at this place was begun.
    Started(usize),
    /// It is done.
    Finished(usize),
}

/// Says that no new work shall be begun; what was begun is finished.
#[derive(Debug, Default)]
pub struct Stop(AtomicBool);

impl Stop {
    /// No stop was asked for.
    pub const fn new() -> Self {
        Stop(AtomicBool::new(false))
    }

    /// Asks for the stop.
    pub fn ask(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether it was asked for.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// How many pieces are worked on at once unless somebody says otherwise.
///
/// Twice the cores: a program that waits holds its place and needs no core, and which limit a program meets is decided
/// by the processor time that it used itself.
pub fn workers() -> NonZeroUsize {
    let cores = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    cores.saturating_mul(NonZeroUsize::MIN.saturating_add(1))
}

/// Does the work on every job, and answers with what came out, in the order of the jobs.
///
/// `None` for a job that was not begun because of a stop.
pub fn run<Job: Sync, Done: Send>(
    jobs: &[Job],
    workers: NonZeroUsize,
    stop: &Stop,
    work: impl Fn(&Job) -> Done + Sync,
    mut watch: impl FnMut(Event),
) -> Vec<Option<Done>> {
    let next = AtomicUsize::new(0);
    let mut done: Vec<Option<Done>> = jobs.iter().map(|_| None).collect();
    let (say, heard) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..workers.get().min(jobs.len()) {
            let (say, next, work) = (say.clone(), &next, &work);
            scope.spawn(move || {
                while !stop.is_asked() {
                    let at = next.fetch_add(1, Ordering::SeqCst);
                    let Some(job) = jobs.get(at) else { break };
                    // Nobody hears it only when the listener below has panicked; then there is nobody to work for.
                    let _ = say.send((at, None));
                    let _ = say.send((at, Some(work(job))));
                }
            });
        }
        drop(say);
        for (at, result) in heard {
            watch(if result.is_none() {
                Event::Started(at)
            } else {
                Event::Finished(at)
            });
            if result.is_some() {
                done[at] = result;
            }
        }
    });
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const TWO: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1);

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let jobs: Vec<u64> = (0..50).collect();
        let mut finished = 0;
        let slow_first = |job: &u64| {
            thread::sleep(Duration::from_millis(if *job == 0 { 50 } else { 0 }));
            job * 2
        };
        let done = run(&jobs, TWO, &Stop::new(), slow_first, |event| {
            finished += usize::from(matches!(event, Event::Finished(_)));
        });
        assert_eq!(
            done,
            jobs.iter().map(|job| Some(job * 2)).collect::<Vec<_>>()
        );
        assert_eq!(finished, 50);
    }

    #[test]
    fn one_slow_job_holds_nobody_back() {
        let (release, wait) = mpsc::channel();
        let wait = std::sync::Mutex::new(wait);
        let mut others = 0;
        let work = |job: &u32| {
            if *job == 0 {
                wait.lock().unwrap().recv().unwrap();
            }
        };
        // The first job waits until all others are done, so the batch ends only if they do not wait for it.
        run(&[0, 1, 2, 3, 4], TWO, &Stop::new(), work, |event| {
            if matches!(event, Event::Finished(at) if at > 0) {
                others += 1;
            }
            if others == 4 && matches!(event, Event::Finished(_)) {
                let _ = release.send(());
            }
        });
        assert_eq!(others, 4);
    }

    #[test]
    fn after_a_stop_nothing_new_is_begun() {
        let stop = Stop::new();
        let done = run(
            &[0, 1, 2, 3],
            NonZeroUsize::MIN,
            &stop,
            |job| {
                if *job == 1 {
                    stop.ask();
                }
                *job
            },
            |_| {},
        );
        assert_eq!(done, [Some(0), Some(1), None, None]);
    }
}
