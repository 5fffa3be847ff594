//! The progress of many things done side by side: how many are done, how long the rest may take, and what runs longest.
//!
//! It is drawn on standard error, on a terminal only, and gone when it ends. It does not know what is being done.

use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::words;

/// So often the picture is drawn anew.
const REDRAW: Duration = Duration::from_millis(120);
/// So many of what runs longest are named.
const NAMED: usize = 2;
/// Nothing is named that has not run for so long: quick things would only flicker.
const LONG: Duration = Duration::from_millis(600);

/// What stands before the names takes no more columns.
const BEFORE_NAMES: usize = 46;

/// What is running, in the order of its start.
type Running = Arc<Mutex<Vec<(String, Instant)>>>;

/// Progress shown; share it between threads by reference.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    running: Running,
}

impl Progress {
    /// Shows that of so many things none is done. Nothing is shown where standard error is no terminal.
    pub fn new(total: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
        let running = Running::default();
        bar.set_style(style(running.clone()));
        if !bar.is_hidden() {
            bar.enable_steady_tick(REDRAW);
        }
        Progress { bar, running }
    }

    /// One of them was begun.
    pub fn started(&self, name: &str) {
        self.with_running(|running| running.push((words::visible(name), Instant::now())));
    }

    /// It is done.
    pub fn finished(&self, name: &str) {
        let name = words::visible(name);
        self.with_running(|running| {
            if let Some(at) = running.iter().position(|(running, _)| *running == name) {
                running.remove(at);
            }
        });
        self.bar.inc(1);
    }

    /// Takes the picture away.
    pub fn end(self) {
        drop(self);
    }

    /// Runs something that writes to the terminal while the picture is away.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    fn with_running(&self, change: impl FnOnce(&mut Vec<(String, Instant)>)) {
        change(&mut lock(&self.running));
    }
}

/// The names; after a panic elsewhere they are still good enough for a picture.
fn lock(running: &Running) -> std::sync::MutexGuard<'_, Vec<(String, Instant)>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// What has run longest, the oldest first.
fn longest(running: &[(String, Instant)], now: Instant) -> String {
    let names = running
        .iter()
        .filter(|(_, since)| now.duration_since(*since) >= LONG)
        .take(NAMED)
        .map(|(name, _)| name.as_str());
    words::and(names)
}

/// The names are looked up whenever the picture is drawn, since what runs long does so without telling.
fn style(running: Running) -> ProgressStyle {
    let names = move |_: &ProgressState, out: &mut dyn Write| {
        let (_, columns) = console::Term::stderr().size();
        let room = usize::from(columns).saturating_sub(BEFORE_NAMES);
        let names = longest(&lock(&running), Instant::now());
        // Whoever draws has nowhere to report to; a picture without names is still one.
        let _ = out.write_str(&console::truncate_str(&names, room, "…"));
    };
    ProgressStyle::with_template("{bar:20} {pos}/{len}, {eta} left  {names:.dim}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .with_key("names", names)
        .progress_chars("━╸─")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_longest_is_named_first() {
        let now = Instant::now();
        let since = |ms| now.checked_sub(Duration::from_millis(ms)).unwrap();
        let running = [
            ("slow".to_owned(), since(9000)),
            ("slower than most".to_owned(), since(2000)),
            ("third".to_owned(), since(1000)),
            ("new".to_owned(), since(10)),
        ];
        assert_eq!(longest(&running, now), "slow and slower than most");
        assert_eq!(longest(&running[3..], now), "");
    }

    #[test]
    fn threads_share_it_and_nothing_is_left_running() {
        let progress = Progress::new(8);
        std::thread::scope(|scope| {
            for n in 0..8 {
                let progress = &progress;
                scope.spawn(move || {
                    progress.started(&format!("student {n}"));
                    progress.finished(&format!("student {n}"));
                });
            }
        });
        assert!(progress.running.lock().unwrap().is_empty());
        assert_eq!(progress.bar.position(), 8);
        progress.end();
    }
}
