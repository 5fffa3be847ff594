//! The terminal: text in colours and at its width, the progress of a long batch, and what is played by keys or lines.
//!
//! What is said is made elsewhere; this room shows it. It does not know results or grades.

mod lines;
mod page;
mod progress;
mod screen;
mod wrap;

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::str::FromStr;

use anstyle::{AnsiColor, Style as Ansi};

use crate::report::{Flow, Line, Span, Style, Text, unlike_a_command};
use crate::sandbox;
use crate::words;

pub use lines::Lines;
pub use progress::Progress;
pub use screen::{Left, give_back, play};

/// When to colour: `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Color {
    /// Where a terminal shows it and nobody asked for none (`NO_COLOR`, `CLICOLOR`).
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Every choice.
    pub const ALL: [Color; 3] = [Color::Auto, Color::Always, Color::Never];

    /// What `--color` calls it.
    pub fn word(self) -> &'static str {
        match self {
            Color::Auto => "auto",
            Color::Always => "always",
            Color::Never => "never",
        }
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Color {
    type Err = String;

    /// Errors with a sentence that says what there is.
    fn from_str(text: &str) -> Result<Self, String> {
        let all = || Color::ALL.iter().map(|color| words::code(color.word()));
        Color::ALL
            .into_iter()
            .find(|color| color.word() == text)
            .ok_or_else(|| format!("it must be {}, not {}", words::or(all()), words::code(text)))
    }
}

/// Chooses colours for the whole program.
///
/// Two libraries write to the terminal, and each has a choice of its own; without this call both decide for themselves.
pub fn choose(color: Color) {
    let (ours, progress) = match color {
        Color::Auto => (anstream::ColorChoice::Auto, None),
        Color::Always => (anstream::ColorChoice::Always, Some(true)),
        Color::Never => (anstream::ColorChoice::Never, Some(false)),
    };
    ours.write_global();
    if let Some(colored) = progress {
        console::set_colors_enabled(colored);
        console::set_colors_enabled_stderr(colored);
    }
}

/// One of the program's two outputs, terminal or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terminal {
    /// Results.
    Stdout,
    /// Everything about how we got there.
    Stderr,
}

impl Terminal {
    /// How many columns it has; `None` if it is no terminal, so that nothing is wrapped for whoever reads a file.
    pub fn columns(self) -> Option<usize> {
        let term = match self {
            Terminal::Stdout => console::Term::stdout(),
            Terminal::Stderr => console::Term::stderr(),
        };
        term.is_term()
            .then(|| usize::from(term.size().1).max(LEAST))
    }

    /// Whether somebody sits before it who can press keys, and it can be drawn on anywhere.
    pub fn takes_keys() -> bool {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb" || term.is_empty());
        io::stdin().is_terminal() && io::stdout().is_terminal() && !(dumb && sandbox::TERM_IS_SET)
    }

    /// What the outputs are, in a few words.
    pub fn describe() -> String {
        let color = match anstream::stdout().current_choice() {
            anstream::ColorChoice::Never => "no colours",
            anstream::ColorChoice::Auto
            | anstream::ColorChoice::Always
            | anstream::ColorChoice::AlwaysAnsi => "colours",
        };
        match Terminal::Stdout.columns() {
            Some(columns) => format!("{columns} columns, {color}"),
            None => format!("output is no terminal, {color}"),
        }
    }

    /// Shows the text, wrapped and coloured as fits.
    pub fn show(self, text: &Text) -> io::Result<()> {
        let rendered = render(text, self.columns());
        match self {
            Terminal::Stdout => write_to(&mut anstream::stdout().lock(), &rendered),
            Terminal::Stderr => write_to(&mut anstream::stderr().lock(), &rendered),
        }
    }

    /// Writes bytes as they are, such as a report in a format for programs.
    pub fn write(self, text: &str) -> io::Result<()> {
        match self {
            Terminal::Stdout => write_to(&mut io::stdout().lock(), text),
            Terminal::Stderr => write_to(&mut io::stderr().lock(), text),
        }
    }
}

fn write_to(out: &mut impl Write, text: &str) -> io::Result<()> {
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Nothing is wrapped narrower than this.
const LEAST: usize = 20;

/// The text with escapes for its styles, wrapped to the columns if there are any; each line ended.
pub fn render(text: &Text, columns: Option<usize>) -> String {
    let mut out = String::new();
    for line in text.lines() {
        for row in wrap::rows(line, columns) {
            push_row(&mut out, &row);
            out.push('\n');
        }
    }
    out
}

/// A row of the terminal. Where its words could be a command to a system that reads along, it loses its styles.
fn push_row(out: &mut String, row: &[Span]) {
    let plain: String = row.iter().map(Span::text).collect();
    let plain = plain.trim_end();
    let safe = unlike_a_command(plain);
    if safe != plain {
        out.push_str(&safe);
        return;
    }
    let mut left = plain.len();
    for span in row {
        let text = &span.text()[..span.text().len().min(left)];
        left -= text.len();
        let style = ansi(span.style());
        if text.trim().is_empty() || style == Ansi::new() {
            out.push_str(text);
        } else {
            out.push_str(&format!("{style}{text}{style:#}"));
        }
    }
}

/// How a style looks. The terminal's own palette, so that it is legible on dark and light ground.
fn ansi(style: Style) -> Ansi {
    let colored = |color: AnsiColor| Ansi::new().fg_color(Some(color.into()));
    match style {
        Style::Plain => Ansi::new(),
        Style::Good => colored(AnsiColor::Green),
        Style::GoodMark => colored(AnsiColor::Green).bold().underline(),
        Style::Bad => colored(AnsiColor::Red),
        Style::BadMark => colored(AnsiColor::Red).bold().underline(),
        Style::Warn => colored(AnsiColor::Yellow),
        Style::Dim => Ansi::new().dimmed(),
        Style::Strong => Ansi::new().bold(),
        Style::Code => colored(AnsiColor::Cyan),
        Style::Keyword => colored(AnsiColor::Magenta),
        Style::Quoted => colored(AnsiColor::Green),
        Style::Comment => Ansi::new().dimmed(),
        Style::Cursor => Ansi::new(),
    }
}

/// How a line of text continues below itself.
fn hanging(line: &Line) -> Vec<Span> {
    let indent = Span::new(Style::Plain, &" ".repeat(line.indent()));
    let more = match line.flow() {
        Flow::Words | Flow::Verbatim => "",
        Flow::Code => "┆ ",
    };
    let lead = line.lead().iter().map(|span| match line.flow() {
        Flow::Words | Flow::Code => {
            let width = console::measure_text_width(span.text());
            Span::new(Style::Plain, &" ".repeat(width))
        }
        Flow::Verbatim => {
            let continued = span.text().chars().map(|c| match c {
                '│' => "┆".to_owned(),
                _ => " ".repeat(console::measure_text_width(c.encode_utf8(&mut [0; 4]))),
            });
            Span::new(Style::Dim, &continued.collect::<String>())
        }
    });
    let more = Span::new(Style::Dim, more);
    std::iter::once(indent).chain(lead).chain([more]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(line: Line, columns: usize) -> String {
        let mut text = Text::new();
        text.push(line);
        anstream::adapter::strip_str(&render(&text, Some(columns))).to_string()
    }

    #[test]
    fn a_sentence_is_wrapped_between_words_below_its_first() {
        let line = Line::words(
            Style::Plain,
            "let what must come later wait for `what must come` first",
        )
        .led_by(Style::Dim, "hint: ");
        let expected =
            "hint: let what must come\n      later wait for `what\n      must come` first\n";
        assert_eq!(rendered(line, 26), expected);
    }

    #[test]
    fn a_programs_line_is_broken_anywhere_and_keeps_its_blanks() {
        let line = Line::verbatim()
            .led_by(Style::Bad, "+ │ ")
            .exactly(Style::Bad, "a  b  c  d  e  f  g  h");
        assert_eq!(rendered(line, 20), "+ │ a  b  c  d  e  f\n  ┆   g  h\n");
    }

    #[test]
    fn a_program_to_be_read_is_broken_between_words_and_what_follows_is_marked() {
        let line = Line::code()
            .led_by(Style::Plain, "  ")
            .exactly(Style::Plain, "const a = call(first, second)");
        assert_eq!(
            rendered(line, 20),
            "  const a = call(\n  ┆ first, second)\n"
        );
        let line = Line::code().exactly(Style::Plain, &"x".repeat(30));
        let expected = format!("{}\n┆ {}\n", "x".repeat(20), "x".repeat(10));
        assert_eq!(rendered(line, 20), expected);
    }

    #[test]
    fn wide_characters_count_twice_and_long_words_break() {
        let line = Line::words(Style::Plain, "日本語日本語日本語日本語 ok");
        assert_eq!(rendered(line, 20), "日本語日本語日本語日\n本語 ok\n");
    }

    #[test]
    fn no_row_is_a_command_wherever_the_line_breaks() {
        let line = Line::words(
            Style::Plain,
            "`twenty columns are ::error::forged` ##[error]x",
        );
        for row in rendered(line, 20).lines() {
            assert!(
                !row.trim_start().starts_with("::") && !row.contains("##["),
                "{row}"
            );
        }
    }

    #[test]
    fn styles_are_escapes_and_nothing_without_colour_is_lost() {
        let mut text = Text::new();
        text.push(Line::words(Style::Good, "right").led_by(Style::Good, "✓ "));
        let ansi = render(&text, None);
        assert_eq!(ansi, "\u{1b}[32m✓ \u{1b}[0m\u{1b}[32mright\u{1b}[0m\n");
        assert_eq!(
            anstream::adapter::strip_str(&ansi).to_string(),
            text.plain()
        );
    }

    #[test]
    fn colour_is_read_as_it_is_written() {
        for color in Color::ALL {
            assert_eq!(color.word().parse(), Ok(color));
        }
        let error = "yes".parse::<Color>().unwrap_err();
        assert_eq!(error, "it must be `auto`, `always` or `never`, not `yes`");
    }
}
