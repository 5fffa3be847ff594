//! The work on many units: in small pieces, so that no core waits for a long one, and on some units at a time, so that
//! little is lost where it is broken off.

use std::num::NonZeroUsize;
use std::ops::Range;

use super::load::{self, Load};
use super::{Claim, Key, Proof, Unit};
use crate::batch::{self, Event, Stop};
use crate::node::Node;

/// A unit to be proven on a Node.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The unit.
    pub unit: Unit<'a>,
    /// The Node.
    pub node: &'a Node,
}

/// What is to be run for several jobs.
#[derive(Debug)]
pub struct Plan<'a> {
    work: Vec<Work<'a>>,
    runs: u32,
}

/// What is to be run for one of them.
#[derive(Debug)]
struct Work<'a> {
    node: &'a Node,
    claims: Vec<Claim<'a>>,
    keys: Vec<Key>,
    /// What could not be had of them.
    missing: Proof,
}

/// A piece of the work.
#[derive(Debug, Clone, Copy)]
enum Piece<'w> {
    Claim(Claim<'w>),
    Key(&'w Key),
}

/// So many units are proven together.
const TOGETHER: usize = 44;

/// While all cores are busy so many programs share one.
const BUSY: NonZeroUsize = NonZeroUsize::MIN.saturating_add(2);

impl<'a> Plan<'a> {
    /// The claims of each job, and its keys, each to be run so often.
    pub fn new(jobs: &[Job<'a>], runs: u32) -> Self {
        let work = jobs.iter().map(|job| {
            let (keys, missing) = match job.unit.keys(job.node) {
                Ok(keys) => (keys, Proof::default()),
                Err(why) => (Vec::new(), Proof::trouble(why)),
            };
            Work {
                node: job.node,
                claims: job.unit.claims(),
                keys,
                missing,
            }
        });
        Plan {
            work: work.collect(),
            runs,
        }
    }

    /// How many pieces will be begun and finished: each claim once, each key once in either half of its runs.
    pub fn pieces(&self) -> usize {
        let pieces = |work: &Work<'_>| work.claims.len() + 2 * work.keys.len();
        self.work.iter().map(pieces).sum()
    }

    /// Does the work, and hands over each job's proof when it is whole; after a stop what is not whole is left out.
    ///
    /// `watch` hears of which job, by its place, a piece was begun or finished.
    pub fn carry_out(
        &self,
        stop: &Stop,
        mut watch: impl FnMut(Event),
        mut proven: impl FnMut(usize, Proof),
    ) {
        for first in (0..self.work.len()).step_by(TOGETHER) {
            let last = self.work.len().min(first + TOGETHER);
            let proofs = self.together(first..last, stop, &mut watch);
            for (job, proof) in (first..last).zip(proofs) {
                if let Some(proof) = proof {
                    proven(job, proof);
                }
            }
        }
    }

    /// First each key with a core of its own, then with all cores busy, if need be with threads that only spin.
    fn together(
        &self,
        jobs: Range<usize>,
        stop: &Stop,
        watch: &mut impl FnMut(Event),
    ) -> Vec<Option<Proof>> {
        let first = jobs.start;
        let work = || jobs.clone().zip(&self.work[jobs.clone()]);
        let mut proofs: Vec<_> = work().map(|(_, work)| Some(work.missing.clone())).collect();
        let mut half = |workers: NonZeroUsize,
                        spinning: usize,
                        pieces: &[(usize, Piece<'_>)],
                        runs: Range<u32>| {
            let done = Load::beside(spinning, workers, load::spin, |load| {
                batch::run(
                    pieces,
                    workers,
                    stop,
                    |(job, piece)| load.run(|| piece.prove(self.work[*job].node, runs.clone())),
                    |event| {
                        watch(match event {
                            Event::Started(at) => Event::Started(pieces[at].0),
                            Event::Finished(at) => Event::Finished(pieces[at].0),
                        });
                    },
                )
            });
            for ((job, _), more) in pieces.iter().zip(done) {
                let proof = &mut proofs[job - first];
                *proof = proof.take().zip(more).map(|(known, more)| known.and(more));
            }
        };
        let keys: Vec<_> = work()
            .flat_map(|(job, work)| work.keys.iter().map(move |key| (job, Piece::Key(key))))
            .collect();
        // A verdict does not depend on how busy the machine is, and some programs wait long.
        let claims = work().flat_map(|(job, work)| {
            let claims = work.claims.iter();
            claims.map(move |claim| (job, Piece::Claim(*claim)))
        });
        let all: Vec<_> = claims.chain(keys.iter().copied()).collect();
        let cores = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let busy = cores.saturating_mul(BUSY);
        half(cores, 0, &keys, 0..self.runs / 2);
        half(busy, cores.get(), &all, self.runs / 2..self.runs);
        proofs
    }
}

impl Piece<'_> {
    fn prove(self, node: &Node, runs: Range<u32>) -> Proof {
        match self {
            Piece::Claim(claim) => claim.observe(node),
            Piece::Key(key) => key.observe(node, runs),
        }
    }
}
