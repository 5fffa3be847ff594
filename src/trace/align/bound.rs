//! What the way from a place to the end costs at least: the tree is taken apart, and each part is aligned alone.
//!
//! The costs are shared out among the parts so that their sum is never too much. A printed line has a *price*. Who keeps
//! it pays that, and it brings in as much, whoever keeps it and even if nobody does: so a line that only one part accepts
//! has no price, and to leave it costs that part one; and whatever the prices of the others are, since no line is kept
//! twice, what the parts pay in all is no more than the least distance (Lagrange's relaxation of just that demand).
//! Prices are raised for lines that several parts would keep, and lowered for those that none would, as long as that
//! raises the sum. In a leaf that several parts see, each pays its share.

use super::kinds::Kinds;
use super::parts::parts;
use super::table::Table;
use crate::trace::tree::{State, Tree};

/// One insertion or deletion, in the units of prices: many parts can have an equal share of it.
pub(super) const ONE: i32 = 960;

/// So often the prices are mended at most; the costs of all tables together are computed no more than so many times.
const ROUNDS: usize = 40;
/// Of a price, so much is tried at first,
const FIRST_STEP: f64 = ONE as f64 / 2.0;
/// and so much of that each time after.
const STEP_SHRINKS: f64 = 0.93;

/// At this price it is as well to insert a line as to keep it.
const HIGHEST: f64 = 2.0 * ONE as f64;

/// With more printed lines than this the numbers would become too great.
const MOST_LINES: usize = 300_000;

/// The bound of all parts.
pub(super) struct Bound {
    tables: Vec<Table>,
    /// What the printed lines from each place on bring in.
    brought: Vec<i32>,
}

/// Who may want a printed line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Parts that see all leaves that accept it.
    ByItsOwn,
    /// Parts of which each sees only some of the leaves that accept it.
    ByOthers,
    /// A leaf that no part sees. It pays nothing, so the line must not bring in anything.
    Unseen,
}

impl Wanted {
    fn first_price(self) -> i32 {
        match self {
            Wanted::ByItsOwn => 0,
            // At this price it costs nothing to leave it to others.
            Wanted::ByOthers | Wanted::Unseen => ONE,
        }
    }
}

/// The number of the state that each part sees.
pub(super) type Seen = Box<[u32]>;

impl Bound {
    /// The bound for these lines, of which the leaves that accept each are given, with at most so many numbers.
    pub(super) fn new(tree: &Tree, lines: &Kinds, room: usize) -> Self {
        let parts = match lines.lines() <= MOST_LINES {
            true => parts(tree, lines, room),
            false => Vec::new(),
        };
        let mut shares = vec![0; tree.leaves.len()];
        parts.iter().flatten().for_each(|leaf| shares[*leaf] += 1);
        let tables = parts
            .iter()
            .map(|leaves| Table::new(tree, leaves, lines, &shares));
        let mut bound = Bound {
            tables: tables.collect(),
            brought: Vec::new(),
        };
        let wanted = lines.each(|leaves| bound.wanted(leaves));
        let prices = bound.mended(lines, &wanted, room);
        bound.fill(lines, &prices);
        bound.brought = vec![0; prices.len() + 1];
        for (line, price) in prices.iter().enumerate().rev() {
            bound.brought[line] = bound.brought[line + 1] + ONE - price;
        }
        bound
    }

    /// Who may want a line that these leaves accept.
    fn wanted(&self, leaves: &[usize]) -> Wanted {
        let seeing = |leaf: &usize| -> Vec<usize> {
            let tables = self.tables.iter().enumerate();
            let seeing = tables.filter(|(_, table)| table.sees(*leaf));
            seeing.map(|(part, _)| part).collect()
        };
        let seeing: Vec<Vec<usize>> = leaves.iter().map(seeing).collect();
        if seeing.iter().any(Vec::is_empty) {
            Wanted::Unseen
        } else if seeing.windows(2).any(|pair| pair[0] != pair[1]) {
            Wanted::ByOthers
        } else {
            Wanted::ByItsOwn
        }
    }

    fn fill(&mut self, lines: &Kinds, prices: &[i32]) {
        self.tables
            .iter_mut()
            .for_each(|table| table.fill(lines, prices));
    }

    /// The prices at which the parts cost most in all, of those that were tried.
    fn mended(&mut self, lines: &Kinds, wanted: &[Wanted], room: usize) -> Vec<i32> {
        let mut prices: Vec<i32> = wanted.iter().map(|wanted| wanted.first_price()).collect();
        let cells: usize = self.tables.iter().map(Table::cells).sum();
        let rounds = match wanted.contains(&Wanted::ByOthers) {
            true => ROUNDS.min(2 * room / cells.max(1)),
            false => 0,
        };
        let mut exact: Vec<f64> = prices.iter().copied().map(f64::from).collect();
        let mut best = (i64::MIN, prices.clone());
        let mut step = FIRST_STEP;
        for _ in 0..rounds {
            self.fill(lines, &prices);
            let all = self.all(&prices);
            if all > best.0 {
                best = (all, prices.clone());
            }
            let mut kept = vec![0.0; prices.len()];
            self.tables
                .iter()
                .for_each(|table| table.count_kept(&mut kept));
            for line in 0..prices.len() {
                let changed = exact[line] + step * (kept[line] - 1.0);
                exact[line] = match wanted[line] {
                    Wanted::ByItsOwn => continue,
                    Wanted::ByOthers => changed.clamp(0.0, HIGHEST),
                    Wanted::Unseen => changed.clamp(f64::from(ONE), HIGHEST),
                };
                prices[line] = exact[line].round() as i32;
            }
            step *= STEP_SHRINKS;
        }
        best.1
    }

    /// What everything costs at least.
    fn all(&self, prices: &[i32]) -> i64 {
        let brought = prices.iter().map(|price| i64::from(ONE - price));
        let paid = self.tables.iter().map(|table| i64::from(table.whole()));
        brought.chain(paid).sum()
    }

    /// What each part sees of a state.
    pub(super) fn see(&mut self, state: &State) -> Seen {
        self.tables
            .iter_mut()
            .map(|table| table.number_of(state))
            .collect()
    }

    /// What the rest costs at least, where so many lines were read.
    pub(super) fn rest(&self, read: usize, seen: &Seen) -> usize {
        let tables = self.tables.iter().zip(seen.iter());
        let paid = tables.map(|(table, state)| i64::from(table.rest(*state, read)));
        let all = i64::from(self.brought[read]) + paid.sum::<i64>();
        (all.max(0) as usize).div_ceil(ONE as usize)
    }
}
