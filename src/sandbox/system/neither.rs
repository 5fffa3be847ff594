//! Systems that are neither a Unix nor Windows: nothing is known there by which all that a program has started can be
//! ended, so no program is run.

use std::io;
use std::process::{Child, Command};

/// There is none.
#[derive(Debug)]
pub(in super::super) enum Hold {}

impl Hold {
    /// Leaves it as it is.
    pub(in super::super) fn prepare(_command: &mut Command) {}

    /// Answers that there is none.
    pub(in super::super) fn of(_leader: &Child) -> io::Result<Self> {
        let why = "this system has nothing that holds a program and what it starts together";
        Err(io::Error::new(io::ErrorKind::Unsupported, why))
    }

    /// Never asked for.
    pub(in super::super) fn kill(&self) {
        match *self {}
    }
}
