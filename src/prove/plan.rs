//! The work on many units: in small pieces, so that no core waits for a long one, and on some units at a time, so that
//! little is lost where it is broken off.

use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

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
    keys: Vec<Tried>,
    /// What could not be had of them.
    missing: Proof,
}

/// A key, which is run until it does not hold.
#[derive(Debug)]
struct Tried {
    key: Key,
    broken: AtomicBool,
}

/// A piece of the work.
#[derive(Debug, Clone, Copy)]
enum Piece<'w> {
    Claim(Claim<'w>),
    /// One run of a key.
    Run(&'w Tried, u32),
}

/// So many units are proven together.
const TOGETHER: usize = 88;

/// While all cores are busy so many programs share one.
const BUSY: NonZeroUsize = NonZeroUsize::MIN.saturating_add(2);

impl<'a> Plan<'a> {
    /// The claims of each job, and its keys, each to be run so often.
    pub fn new(jobs: &[Job<'a>], runs: u32) -> Self {
        let work = jobs.iter().map(|job| {
            let (keys, missing) = match job.unit.keys(job.node) {
                Ok(keys) => (keys.into_iter().map(Tried::new).collect(), Proof::default()),
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

    /// How many pieces will be begun and finished: each claim, and each run of a key.
    pub fn pieces(&self) -> usize {
        let runs = self.runs as usize;
        let pieces = |work: &Work<'_>| work.claims.len() + runs * work.keys.len();
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
        let mut half = |workers: NonZeroUsize, spinning: usize, pieces: &[(usize, Piece<'_>)]| {
            let done = Load::beside(spinning, workers, load::spin, |load| {
                batch::run(
                    pieces,
                    workers,
                    stop,
                    |(job, piece)| load.run(|| piece.prove(self.work[*job].node)),
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
        let runs = |runs: Range<u32>| {
            let keys = work().flat_map(|(job, work)| work.keys.iter().map(move |key| (job, key)));
            keys.flat_map(move |(job, key)| {
                runs.clone().map(move |run| (job, Piece::Run(key, run)))
            })
        };
        // A verdict does not depend on how busy the machine is, and some programs wait long.
        let claims = work().flat_map(|(job, work)| {
            let claims = work.claims.iter();
            claims.map(move |claim| (job, Piece::Claim(*claim)))
        });
        let quiet: Vec<_> = runs(0..self.runs / 2).collect();
        let busy: Vec<_> = claims.chain(runs(self.runs / 2..self.runs)).collect();
        let cores = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        half(cores, 0, &quiet);
        half(cores.saturating_mul(BUSY), cores.get(), &busy);
        proofs
    }
}

impl Tried {
    fn new(key: Key) -> Self {
        Tried {
            key,
            broken: AtomicBool::new(false),
        }
    }

    /// What one run shows; nothing more once one has shown that the key does not hold.
    fn run(&self, node: &Node, run: u32) -> Proof {
        if self.broken.load(Ordering::SeqCst) {
            return Proof::default();
        }
        let proof = self.key.observe(node, run..run + 1);
        if proof.holds() || !self.broken.swap(true, Ordering::SeqCst) {
            proof
        } else {
            Proof::default()
        }
    }
}

impl Piece<'_> {
    fn prove(self, node: &Node) -> Proof {
        match self {
            Piece::Claim(claim) => claim.observe(node),
            Piece::Run(key, run) => key.run(node, run),
        }
    }
}
