//! Something played by keys on the whole screen of a terminal, which is given back as it was, however it ends.
//!
//! It does not know what is played.

use std::io::{self, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{
    self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode, KeyEvent, KeyEventKind,
    KeyModifiers,
};
use crossterm::terminal::{
    self, BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen,
};
use crossterm::{execute, queue};

use crate::report::Span;
use crate::sandbox;
use crate::session::{Key, Player, Then};

use super::page::{self, Because, Page, Scrolled};

/// So often it is looked whether somebody wants us to end.
const LOOK: Duration = Duration::from_millis(100);

/// How a play ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// At its end.
    AtTheEnd,
    /// Before it.
    InTheMiddle,
}

/// Plays by keys until the end, or until somebody stops; whenever there is something to keep it is kept.
///
/// Errors with what keeping, or the terminal, errors with; the screen is given back first.
pub fn play<P: Player, E: From<io::Error>>(
    player: &mut P,
    stop: impl Fn() -> bool,
    mut keep: impl FnMut(&P) -> Result<(), E>,
) -> Result<Left, E> {
    let screen = Screen::take()?;
    let mut scrolled = Scrolled::default();
    let mut because = Because::OfTheView;
    loop {
        let page = page::lay_out(&player.view(), size()?, scrolled, because);
        screen.draw(&page)?;
        scrolled = page.scrolled;
        because = Because::OfTheView;
        let then = match next(&stop)? {
            Happened::Resized => Then::GoOn,
            Happened::Scrolled(pages) => {
                let rows = page.height.saturating_sub(1).max(1) as isize;
                because = Because::OfScrolling(pages * rows);
                Then::GoOn
            }
            Happened::Pressed(key) => player.press(&key),
            Happened::Stopped => Then::Stop,
        };
        match then {
            Then::GoOn => {}
            Then::Save => keep(player)?,
            Then::End => {
                keep(player)?;
                return Ok(Left::AtTheEnd);
            }
            Then::Stop => {
                player.leave();
                keep(player)?;
                return Ok(Left::InTheMiddle);
            }
        }
    }
}

/// Columns and rows.
fn size() -> io::Result<(usize, usize)> {
    let (columns, rows) = terminal::size()?;
    Ok((columns.into(), rows.into()))
}

/// What happened while we waited.
enum Happened {
    Pressed(Key),
    /// So many pages down.
    Scrolled(isize),
    Resized,
    Stopped,
}

fn next(stop: &impl Fn() -> bool) -> io::Result<Happened> {
    let mut waited = Duration::ZERO;
    loop {
        // Crossterm, asked to wait for what a terminal sends that has gone, never comes back (its issue 793).
        if stop() || sandbox::input_has_gone(waited)? {
            return Ok(Happened::Stopped);
        }
        while event::poll(Duration::ZERO)? {
            if let Some(happened) = meant(event::read()?) {
                return Ok(happened);
            }
        }
        waited = LOOK;
    }
}

fn meant(event: Event) -> Option<Happened> {
    match event {
        Event::Resize(_, _) => Some(Happened::Resized),
        Event::Paste(text) => Some(Happened::Pressed(Key::Paste(text))),
        Event::Key(key) if key.kind != KeyEventKind::Release => pressed(key),
        Event::Key(_) | Event::Mouse(_) | Event::FocusGained | Event::FocusLost => None,
    }
}

fn pressed(key: KeyEvent) -> Option<Happened> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    let carrying = key
        .modifiers
        .intersects(KeyModifiers::ALT | KeyModifiers::SHIFT);
    let key = match key.code {
        KeyCode::PageUp => return Some(Happened::Scrolled(-1)),
        KeyCode::PageDown => return Some(Happened::Scrolled(1)),
        // Both together are the key that makes a third character, where it is told as that.
        KeyCode::Char(c) if control && !alt => return with_control(c),
        KeyCode::Char(_) if alt && !control => return None,
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Up if carrying => Key::CarryUp,
        KeyCode::Down if carrying => Key::CarryDown,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::Enter => Key::Enter,
        KeyCode::Tab => Key::Tab,
        KeyCode::Esc => Key::Escape,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        _ => return None,
    };
    Some(Happened::Pressed(key))
}

fn with_control(c: char) -> Option<Happened> {
    let key = match c {
        'c' => return Some(Happened::Stopped),
        'p' => Key::Back,
        'n' => Key::Next,
        'a' => Key::Home,
        'e' => Key::End,
        'h' => Key::Backspace,
        'd' => Key::Delete,
        'j' | 'm' => Key::Enter,
        _ => return None,
    };
    Some(Happened::Pressed(key))
}

/// Whether the screen is ours.
static OURS: AtomicBool = AtomicBool::new(false);

/// The screen while it is ours.
struct Screen {
    colored: bool,
}

impl Screen {
    fn take() -> io::Result<Self> {
        give_back_before_a_panic_is_told();
        let colored = match anstream::AutoStream::choice(&io::stdout()) {
            anstream::ColorChoice::Never => false,
            anstream::ColorChoice::Auto
            | anstream::ColorChoice::Always
            | anstream::ColorChoice::AlwaysAnsi => true,
        };
        OURS.store(true, Ordering::SeqCst);
        let screen = Screen { colored };
        terminal::enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        Ok(screen)
    }

    fn draw(&self, page: &Page) -> io::Result<()> {
        let mut out = Vec::new();
        queue!(out, BeginSynchronizedUpdate, Hide)?;
        for (at, row) in page.rows.iter().enumerate() {
            queue!(out, MoveTo(0, at as u16), Clear(ClearType::CurrentLine))?;
            out.extend(self.row(row).into_bytes());
        }
        queue!(out, Clear(ClearType::FromCursorDown))?;
        if let Some((row, column)) = page.cursor {
            queue!(out, MoveTo(column as u16, row as u16), Show)?;
        }
        queue!(out, EndSynchronizedUpdate)?;
        let mut terminal = io::stdout().lock();
        terminal.write_all(&out)?;
        terminal.flush()
    }

    fn row(&self, row: &[Span]) -> String {
        let mut out = String::new();
        super::push_row(&mut out, row);
        match self.colored {
            true => out,
            false => anstream::adapter::strip_str(&out).to_string(),
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the screen back, if it is ours.
pub fn give_back() {
    if OURS.swap(false, Ordering::SeqCst) {
        // Where the terminal has gone, there is nothing to give back.
        let _ = execute!(
            io::stdout(),
            DisableBracketedPaste,
            Show,
            LeaveAlternateScreen
        );
        let _ = terminal::disable_raw_mode();
    }
}

/// What is told of a panic would vanish with the screen.
fn give_back_before_a_panic_is_told() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let tell = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            tell(panic);
        }));
    });
}
