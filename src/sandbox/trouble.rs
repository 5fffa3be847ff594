//! What can go wrong with a run that is not the program's doing.

use std::io;
use std::path::PathBuf;

use crate::program::RelPath;

/// Why a run could not be made or not be trusted. Never the program's fault, so never a verdict.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// [`super::end_all`] was called: it was ended, or is not started any more.
    #[error("the run was ended because the whole program is ending")]
    Ended,
    /// There is no folder for the run.
    #[error("cannot make a folder for the run in `{}`", within.display())]
    Folder {
        /// Where it should have been.
        within: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file of the program could not be put into the run's folder.
    #[error("cannot write `{file}` into the run's folder")]
    Write {
        /// The file.
        file: RelPath,
        /// What the system said.
        source: io::Error,
    },
    /// The program's standard input or one of its pipes could not be made.
    #[error("cannot make the program's streams")]
    Streams(#[source] io::Error),
    /// Node could not be started.
    #[error("cannot start `{}`", node.display())]
    Start {
        /// Node's binary.
        node: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A layer of the box could not be set up.
    #[error("cannot set up the box: {why}")]
    Box {
        /// What, and what the system said.
        why: String,
        /// Whether the machine, or what its user may have of it, is only used up now.
        passing: bool,
    },
    /// A thread that a run needs could not be started, or broke.
    #[error("cannot follow the program's run")]
    Follow(#[source] io::Error),
    /// The program got so little of the machine that its wall clock says nothing about it.
    #[error("the machine is too busy to tell whether the program waits")]
    Overloaded,
    /// A program that does nothing did not end by itself, or was not seen.
    #[error("what an idle program needs could not be measured")]
    Idle,
    /// It printed more, just before its end, than the system lets a pipe hold: some of it may be lost.
    #[error("the system's pipes are too small for what the program printed")]
    SmallPipe,
    /// Node's permission model, which the environment asks for, refused the program something: without it, it might have
    /// gone on otherwise.
    #[error("Node's permission model, which the environment asks for, refused the program {what}")]
    Refused {
        /// What the program wanted.
        what: String,
    },
    /// The system ran out of memory while the program ran, and the program was what it ended.
    #[error("the machine ran out of memory")]
    OutOfMemory,
}
