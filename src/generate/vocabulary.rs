//! What programs print, and what their functions are called.
//!
//! Either each line says what prints it (`tick`, `timeout`), which helps a beginner; or the words are of some part of life,
//! and do not say when they come.

use std::collections::HashMap;

use super::chance::Chance;

/// Something that is printed: its number in the program, and what prints it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Says {
    pub number: usize,
    pub by: By,
}

/// What prints it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum By {
    Start,
    Main,
    End,
    Timeout,
    Immediate,
    Read,
    Tick,
    Microtask,
    Then,
    Function,
    AfterAwait,
    Executor,
    Listener,
    Caught,
    Unhandled,
}

impl By {
    fn word(self) -> &'static str {
        match self {
            By::Start => "start",
            By::Main => "main",
            By::End => "end",
            By::Timeout => "timeout",
            By::Immediate => "immediate",
            By::Read => "read",
            By::Tick => "tick",
            By::Microtask => "microtask",
            By::Then => "then",
            By::Function => "function",
            By::AfterAwait => "after await",
            By::Executor => "executor",
            By::Listener => "listener",
            By::Caught => "caught",
            By::Unhandled => "unhandled",
        }
    }
}

/// Stand around the number of what is not spoken yet.
const OPEN: char = '\u{1}';
const BETWEEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

impl Says {
    /// What stands in its place until the whole program is written.
    pub fn unspoken(self) -> String {
        format!("{OPEN}{}{BETWEEN}{}{CLOSE}", self.number, self.by.word())
    }
}

/// Words that go together.
#[derive(Debug)]
struct Theme {
    words: [&'static str; 14],
    functions: [&'static str; 4],
    emitter: (&'static str, &'static str),
}

const PLAIN_FUNCTIONS: [&str; 4] = ["work", "load", "report", "check"];

static THEMES: [Theme; 6] = [
    Theme {
        words: [
            "soup", "bread", "salad", "tea", "menu", "bill", "salt", "pasta", "cake", "water",
            "plate", "spoon", "lemon", "rice",
        ],
        functions: ["serve", "cook", "bake", "taste"],
        emitter: ("kitchen", "order"),
    },
    Theme {
        words: [
            "letter", "stamp", "parcel", "postcard", "envelope", "ribbon", "label", "scales",
            "van", "bag", "pen", "ink", "paper", "glue",
        ],
        functions: ["sort", "deliver", "pack", "weigh"],
        emitter: ("office", "mail"),
    },
    Theme {
        words: [
            "rose", "tulip", "fern", "ivy", "moss", "oak", "birch", "pine", "daisy", "poppy",
            "clover", "reed", "thyme", "mint",
        ],
        functions: ["plant", "prune", "sow", "rake"],
        emitter: ("garden", "rain"),
    },
    Theme {
        words: [
            "anchor", "rope", "sail", "mast", "buoy", "pier", "gull", "crane", "net", "lamp",
            "oar", "hull", "tide", "chart",
        ],
        functions: ["moor", "hoist", "steer", "signal"],
        emitter: ("harbour", "storm"),
    },
    Theme {
        words: [
            "novel", "atlas", "poem", "essay", "diary", "comic", "map", "index", "fable", "play",
            "song", "sonnet", "satire", "saga",
        ],
        functions: ["lend", "shelve", "copy", "bind"],
        emitter: ("library", "closing"),
    },
    Theme {
        words: [
            "red", "green", "blue", "white", "black", "yellow", "brown", "pink", "grey", "orange",
            "violet", "silver", "gold", "teal",
        ],
        functions: ["paint", "mix", "dry", "frame"],
        emitter: ("studio", "light"),
    },
];

/// The words of a program.
#[derive(Debug)]
pub(super) struct Vocabulary {
    theme: Option<&'static Theme>,
    words: Vec<&'static str>,
    functions: Vec<&'static str>,
}

impl Vocabulary {
    /// Each line says what prints it.
    pub fn plain(chance: &mut Chance) -> Self {
        Vocabulary {
            theme: None,
            words: Vec::new(),
            functions: chance.shuffled(&PLAIN_FUNCTIONS),
        }
    }

    /// Words of some part of life.
    pub fn themed(chance: &mut Chance) -> Self {
        let theme = &THEMES[chance.below(THEMES.len())];
        Vocabulary {
            theme: Some(theme),
            words: chance.shuffled(&theme.words),
            functions: chance.shuffled(&theme.functions),
        }
    }

    /// The name of one of the functions.
    pub fn function(&self, number: usize) -> &'static str {
        self.functions[number % self.functions.len()]
    }

    /// An emitter, and its event.
    pub fn emitter(&self) -> (&'static str, &'static str) {
        self.theme.map_or(("door", "open"), |theme| theme.emitter)
    }

    /// How many different words it has.
    pub fn most(&self) -> usize {
        self.theme.map_or(usize::MAX, |theme| theme.words.len())
    }

    /// The program, with words in it. Those that would be the same are numbered as they stand.
    pub fn spoken(&self, written: &str) -> String {
        let mut all: HashMap<&str, usize> = HashMap::new();
        let unspoken = |part: &str| {
            let (inside, rest) = part.split_once(CLOSE)?;
            let (_, word) = inside.split_once(BETWEEN)?;
            Some((word.to_owned(), rest.to_owned()))
        };
        for part in written.split(OPEN).skip(1) {
            let word = part
                .split(BETWEEN)
                .nth(1)
                .and_then(|rest| rest.split(CLOSE).next());
            *all.entry(word.unwrap_or_default()).or_default() += 1;
        }
        let mut parts = written.split(OPEN);
        let mut spoken = parts.next().unwrap_or_default().to_owned();
        let mut times: HashMap<String, usize> = HashMap::new();
        for (at, part) in parts.enumerate() {
            let Some((word, rest)) = unspoken(part) else {
                continue;
            };
            let time = times.entry(word.clone()).or_default();
            *time += 1;
            let said = match self.words.get(at) {
                Some(themed) => (*themed).to_owned(),
                None if all.get(word.as_str()) == Some(&1) => word,
                None => format!("{word} {time}"),
            };
            spoken.push_str(&said);
            spoken.push_str(&rest);
        }
        spoken
    }
}
