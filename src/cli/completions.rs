//! `tickmark completions`: what a shell needs to complete our commands.

use std::io::{self, Write};

use clap::CommandFactory;

use super::{Arguments, Exit, Failure};

/// Print the completions of a shell
///
/// They are printed on stdout, to be kept where the shell looks for them.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark completions bash > ~/.local/share/bash-completion/completions/tickmark
  tickmark completions zsh > ~/.zfunc/_tickmark
  tickmark completions fish > ~/.config/fish/completions/tickmark.fish")]
pub(super) struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let mut completions = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut Arguments::command(),
            "tickmark",
            &mut completions,
        );
        io::stdout().write_all(&completions)?;
        Ok(Exit::Clean)
    }
}
