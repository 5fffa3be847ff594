//! Lines that patterns have in common: found in their automata, side by side.

use std::collections::{HashSet, VecDeque};

use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::{Anchored, Input, MatchKind};

use super::Pattern;

/// So many steps of an automaton take less than a second.
const STEPS: usize = 10_000_000;

/// For each pattern a line of its own that as many of the others match as could be found, one after another.
///
/// A pattern that matches no line has none, nor has one whose automaton is too large, or does not know where a word
/// begins (`\b` beside letters outside ASCII).
pub(super) fn lines(patterns: &[&Pattern]) -> Vec<String> {
    let mut automata: Vec<Option<Automaton>> = patterns
        .iter()
        .map(|pattern| Automaton::of(pattern))
        .collect();
    let mut steps = STEPS;
    let line_of = |own: usize| {
        let mut together = vec![own];
        let mut line = common(&mut automata, &together, &mut steps)?;
        for (other, pattern) in patterns
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != own)
        {
            together.push(other);
            if pattern.regex.is_match(&line) {
                continue;
            }
            match common(&mut automata, &together, &mut steps) {
                Some(more) => line = more,
                None => drop(together.pop()),
            }
        }
        Some(line)
    };
    (0..patterns.len()).filter_map(line_of).collect()
}

/// A pattern's automaton, built while it is walked.
struct Automaton {
    dfa: DFA,
    cache: Cache,
}

impl Automaton {
    fn of(pattern: &Pattern) -> Option<Self> {
        // States keep their names only as long as the cache is not cleared: then it rather gives up.
        let config = DFA::config()
            .match_kind(MatchKind::All)
            .unicode_word_boundary(true)
            .minimum_cache_clear_count(Some(0));
        let dfa = DFA::builder()
            .configure(config)
            .build(pattern.regex.as_str());
        let dfa = dfa.ok()?;
        let cache = dfa.create_cache();
        Some(Automaton { dfa, cache })
    }

    fn start(&mut self) -> Option<LazyStateID> {
        let input = Input::new("").anchored(Anchored::Yes);
        self.dfa.start_state_forward(&mut self.cache, &input).ok()
    }

    /// The state after a byte, if a match is still possible.
    fn next(&mut self, state: LazyStateID, byte: u8) -> Option<LazyStateID> {
        let next = self.dfa.next_state(&mut self.cache, state, byte).ok()?;
        (!next.is_dead() && !next.is_quit()).then_some(next)
    }

    fn may_end(&mut self, state: LazyStateID) -> bool {
        let end = self.dfa.next_eoi_state(&mut self.cache, state);
        end.is_ok_and(|end| end.is_match())
    }
}

/// The shortest line that all of these match.
fn common(
    automata: &mut [Option<Automaton>],
    together: &[usize],
    steps: &mut usize,
) -> Option<String> {
    let mut each = |act: &mut dyn FnMut(usize, &mut Automaton) -> Option<LazyStateID>| {
        let all = together.iter().enumerate();
        all.map(|(at, automaton)| act(at, automata[*automaton].as_mut()?))
            .collect::<Option<Vec<LazyStateID>>>()
    };
    let start = each(&mut |_, automaton| automaton.start())?;
    // Each place that was reached, with the place before it and the byte between them.
    let mut reached: Vec<(_, Option<(usize, u8)>)> = vec![(start.clone(), None)];
    let mut known = HashSet::from([start]);
    let mut open = VecDeque::from([0]);
    while let Some(at) = open.pop_front() {
        let states = reached[at].0.clone();
        let ends = each(&mut |at, automaton| automaton.may_end(states[at]).then_some(states[at]));
        if ends.is_some() {
            let back = std::iter::successors(reached[at].1, |(before, _)| reached[*before].1);
            let mut line: Vec<u8> = back.map(|(_, byte)| byte).collect();
            line.reverse();
            return String::from_utf8(line).ok();
        }
        for byte in (0..=u8::MAX).filter(|byte| !b"\r\n".contains(byte)) {
            *steps = steps.checked_sub(together.len())?;
            let Some(next) = each(&mut |at, automaton| automaton.next(states[at], byte)) else {
                continue;
            };
            if known.insert(next.clone()) {
                open.push_back(reached.len());
                reached.push((next, Some((at, byte))));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(patterns: &[&str]) -> Vec<String> {
        let pattern = |written: &&str| Pattern {
            written: (*written).to_owned(),
            regex: regex::Regex::new(&format!(r"\A(?:{written})\z")).unwrap(),
        };
        let patterns: Vec<Pattern> = patterns.iter().map(pattern).collect();
        lines(&patterns.iter().collect::<Vec<_>>())
    }

    #[test]
    fn one_line_for_all_is_found_where_there_is_one() {
        assert_eq!(found(&["a.*", ".*b", r"\w{3}"]).concat().len(), 9);
        assert_eq!(found(&["a.*", ".*b"]), ["ab", "ab"]);
        assert_eq!(found(&[r"\d+ ms", "x", r"\b(é|ü|u)\b.*"]).len(), 3);
        assert_eq!(found(&["(?i)k", "[^a-z]", "\u{212a}"]), ["\u{212a}"; 3]);
    }

    #[test]
    fn where_there_is_none_each_has_its_own() {
        assert_eq!(found(&["a+", "b{2}"]), ["a", "bb"]);
        assert_eq!(found(&[r"[^\s\S]", "a"]), ["a"]);
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(found(&[r"\s"]), ["\t"]);
    }
}
