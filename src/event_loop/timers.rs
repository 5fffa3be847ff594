//! Timers as Node keeps them: one list for each duration, and one timer of the loop's own for all of them.
//!
//! Source: `lib/internal/timers.js`, `Environment::RunTimers` in `src/env.cc`.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::clock::{Moment, Reading};

/// The number of something that the loop calls.
pub(super) type Id = u32;

/// Every timer that waits.
#[derive(Debug, Default)]
pub(super) struct Timers {
    /// Each timer has a list of its own: a broken rule.
    pub alone: bool,
    /// By their duration.
    lists: BTreeMap<i64, List>,
    timers: HashMap<Id, Timer>,
    /// How many numbers were given to lists.
    numbered: u64,
    /// When the loop's own timer is due: when all moments of one of these have come.
    due: Vec<Vec<Moment>>,
}

/// Timers of one duration, the longest waiting first.
#[derive(Debug)]
struct List {
    waiting: VecDeque<Id>,
    expiry: Moment,
    /// Decides between lists that expire together.
    number: u64,
    /// Which list of this duration it is.
    made: u64,
}

#[derive(Debug, Clone, Copy)]
struct Timer {
    ms: i64,
    start: Reading,
    repeats: bool,
    refd: bool,
    waits: bool,
}

/// A list, even if another of the same duration comes in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListId {
    key: i64,
    made: u64,
}

/// What comes first in a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Front {
    /// The timer.
    pub id: Id,
    /// When its time has come.
    pub expiry: Moment,
}

impl Timers {
    /// A new timer.
    pub fn set(&mut self, id: Id, ms: i64, repeats: bool, refd: bool, now: Reading) {
        let timer = Timer {
            ms,
            start: now,
            repeats,
            refd,
            waits: false,
        };
        self.timers.insert(id, timer);
        self.insert(id, now);
    }

    fn insert(&mut self, id: Id, start: Reading) {
        let Some(ms) = self.timers.get(&id).map(|timer| timer.ms) else {
            return;
        };
        let key = self.key(id, ms);
        let Some(timer) = self.timers.get_mut(&id) else {
            return;
        };
        timer.start = start;
        timer.waits = true;
        let (numbered, due) = (&mut self.numbered, &mut self.due);
        let list = self.lists.entry(key).or_insert_with(|| {
            *numbered += 1;
            due.push(vec![start.plus(ms)]);
            List {
                waiting: VecDeque::new(),
                expiry: start.plus(ms),
                number: *numbered,
                made: *numbered,
            }
        });
        list.waiting.push_back(id);
    }

    /// Takes the timer away.
    pub fn clear(&mut self, id: Id) {
        let Some(timer) = self.timers.remove(&id) else {
            return;
        };
        let key = self.key(id, timer.ms);
        self.take_out(id, key);
        // Also while its last timer runs, a list in which nothing waits is gone.
        self.drop_if_empty(key);
    }

    /// Which list it is in.
    fn key(&self, id: Id, ms: i64) -> i64 {
        match self.alone {
            true => -i64::from(id),
            false => ms,
        }
    }

    fn drop_if_empty(&mut self, key: i64) {
        let list = self.lists.get(&key);
        if list.is_some_and(|list| list.waiting.is_empty()) {
            self.lists.remove(&key);
        }
    }

    /// Takes it out of its list, which stays as it is.
    fn take_out(&mut self, id: Id, key: i64) {
        if let Some(list) = self.lists.get_mut(&key) {
            list.waiting.retain(|waiting| *waiting != id);
        }
    }

    /// Starts it anew; whether it was still there.
    pub fn refresh(&mut self, id: Id, now: Reading) -> bool {
        let Some(timer) = self.timers.get(&id).copied() else {
            return false;
        };
        self.take_out(id, self.key(id, timer.ms));
        self.insert(id, now);
        true
    }

    /// Whether it keeps the program alive, from now on.
    pub fn set_refd(&mut self, id: Id, refd: bool) {
        if let Some(timer) = self.timers.get_mut(&id) {
            timer.refd = refd;
        }
    }

    /// Whether it keeps the program alive.
    pub fn is_refd(&self, id: Id) -> bool {
        self.timers.get(&id).is_some_and(|timer| timer.refd)
    }

    /// Whether one of them keeps the program alive.
    pub fn any_refd(&self) -> bool {
        self.timers.values().any(|timer| timer.refd)
    }

    /// Every reading that it asks for.
    pub fn readings(&self) -> impl Iterator<Item = Reading> {
        let starts = self.timers.values().map(|timer| timer.start);
        let expiries = self.lists.values().map(|list| list.expiry.reading);
        let due = self.due.iter().flatten().map(|moment| moment.reading);
        starts.chain(expiries).chain(due)
    }

    /// When the loop's own timer is due: when all moments of one of these have come; never if there are none.
    pub fn due(&self) -> &[Vec<Moment>] {
        &self.due
    }

    /// The pass over the lists begins: what is set from now on makes the loop's own timer anew.
    pub fn begin_pass(&mut self) {
        self.due.clear();
    }

    /// The pass is over, at this reading: the loop's own timer is due for the first of the lists, and not before the next
    /// millisecond.
    pub fn end_pass(&mut self, latest: Reading) {
        let lists = self.lists.values();
        self.due = lists
            .map(|list| vec![list.expiry, latest.plus(1)])
            .collect();
    }

    /// Every list, when it is due, and its number.
    pub fn lists(&self) -> Vec<(ListId, Moment, u64)> {
        let lists = self.lists.iter();
        lists
            .map(|(key, list)| {
                let id = ListId {
                    key: *key,
                    made: list.made,
                };
                (id, list.expiry, list.number)
            })
            .collect()
    }

    fn list(&mut self, id: ListId) -> Option<&mut List> {
        self.lists
            .get_mut(&id.key)
            .filter(|list| list.made == id.made)
    }

    /// What comes first in it.
    pub fn front(&mut self, id: ListId) -> Option<Front> {
        let first = *self.list(id)?.waiting.front()?;
        let timer = self.timers.get(&first)?;
        Some(Front {
            id: first,
            expiry: timer.start.plus(timer.ms),
        })
    }

    /// Its first is not due yet: it comes again when that is.
    pub fn postpone(&mut self, id: ListId, expiry: Moment) {
        self.numbered += 1;
        let number = self.numbered;
        if let Some(list) = self.list(id) {
            list.expiry = expiry;
            list.number = number;
        }
    }

    /// Takes the first out of its list to be run; whether it repeats.
    pub fn take(&mut self, id: ListId) -> bool {
        let first = self.list(id).and_then(|list| list.waiting.pop_front());
        let timer = first.and_then(|first| self.timers.get_mut(&first));
        timer.is_some_and(|timer| {
            timer.waits = false;
            timer.repeats
        })
    }

    /// It was run. If it repeats and was not cleared, it begins anew at that reading; if it was started anew meanwhile, it
    /// stays; otherwise it is gone.
    pub fn ran(&mut self, id: Id, again: Option<Reading>) {
        match (self.timers.get(&id), again) {
            (None, _) => {}
            (Some(timer), Some(start)) if timer.repeats => {
                if timer.waits {
                    self.take_out(id, self.key(id, timer.ms));
                }
                self.insert(id, start);
            }
            (Some(timer), _) if timer.waits => {}
            (Some(_), _) => {
                self.timers.remove(&id);
            }
        }
    }

    /// The list is through: it is gone if nothing waits in it.
    pub fn end_list(&mut self, id: ListId) {
        if self.list(id).is_some() {
            self.drop_if_empty(id.key);
        }
    }
}
