//! An expectation as an automaton: which line may come next, and whether it may end here.
//!
//! A state is what is left of the tree. Choices (an optional step, which alternative, which member is next) are made
//! when a line is taken, never before, so that a state stands for all choices that are still open.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::{Expectation, PartialOrder, Pattern, Reason, Step};

/// A node of the tree, flattened; members are places in [`Tree::nodes`].
#[derive(Debug, Clone)]
pub(super) enum Node {
    Text {
        first: usize,
        lines: usize,
    },
    Pattern {
        leaf: usize,
    },
    Sequence(Vec<usize>),
    AnyOrder(Vec<usize>),
    Interleave(Vec<usize>),
    Either(Vec<usize>),
    Optional(usize),
    Repeat {
        body: usize,
        least: u32,
        most: Option<u32>,
    },
    Lines {
        first: usize,
        order: Order,
    },
}

/// A partial order with what it implies.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// For each line, whether it counts as taken from the start, since it is not seen.
    pub(super) at_start: Vec<bool>,
    /// For each line, the lines that must have come before it, directly.
    pub(super) after: Vec<Vec<usize>>,
    /// For each line, whether each other must come after it, directly or not.
    pub(super) before: Vec<Vec<bool>>,
    /// The demands, as written.
    pub(super) demands: Vec<super::Before>,
}

/// What one line of an expectation accepts.
#[derive(Debug)]
pub(super) enum Leaf {
    Text(String),
    Pattern(Pattern),
}

impl Leaf {
    pub(super) fn accepts(&self, line: &str) -> bool {
        match self {
            Leaf::Text(text) => text == line,
            Leaf::Pattern(pattern) => pattern.regex.is_match(line),
        }
    }

    /// A step that accepts just this line.
    pub(super) fn step(&self) -> Step {
        match self {
            Leaf::Text(text) => Step::Text(vec![text.clone()]),
            Leaf::Pattern(pattern) => Step::Pattern(pattern.clone()),
        }
    }

    /// The line, if there is only one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Leaf::Text(text) => Some(text),
            Leaf::Pattern(_) => None,
        }
    }

    /// The line as the author wrote it.
    pub(super) fn written(&self) -> &str {
        match self {
            Leaf::Text(text) => text,
            Leaf::Pattern(pattern) => &pattern.written,
        }
    }
}

/// A flattened expectation.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) reasons: Vec<Option<Reason>>,
    /// Node and place among its members of each node's parent; the root has none.
    pub(super) parents: Vec<Option<(usize, usize)>>,
    pub(super) leaves: Vec<Leaf>,
    /// The node of each leaf.
    pub(super) homes: Vec<usize>,
    /// The leaves below each node.
    pub(super) spans: Vec<Range<usize>>,
    ends: Vec<bool>,
    root: usize,
    /// The leaves of each literal line, and those that are patterns.
    texts: HashMap<String, Vec<usize>>,
    patterns: Vec<usize>,
}

/// One time that a leaf is taken: inside repeated steps, also in which round of each, outermost first.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Taken {
    pub(super) leaf: usize,
    pub(super) rounds: Vec<u32>,
}

/// What is left of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum State {
    /// Nothing.
    End,
    /// All of a node.
    Whole(usize),
    /// A text from this line on.
    Text(usize, usize),
    /// A member of a sequence, then the members from this place on.
    Sequence(usize, usize, Rc<State>),
    /// A member of a choice of orders, then those not marked.
    AnyOrder(usize, Rc<[bool]>, Rc<State>),
    /// What is left of every member.
    Interleave(usize, Rc<[State]>),
    /// This round, and how many were begun.
    Repeat(usize, u32, Rc<State>),
    /// Which lines were taken.
    Lines(usize, Rc<[bool]>),
}

impl Tree {
    pub(super) fn new(expectation: &Expectation) -> Self {
        let mut tree = Tree::default();
        tree.root = tree.add(expectation);
        for (at, leaf) in tree.leaves.iter().enumerate() {
            match leaf {
                Leaf::Text(text) => tree.texts.entry(text.clone()).or_default().push(at),
                Leaf::Pattern(_) => tree.patterns.push(at),
            }
        }
        tree
    }

    pub(super) fn root(&self) -> usize {
        self.root
    }

    pub(super) fn node(&self, at: usize) -> &Node {
        &self.nodes[at]
    }

    /// Whether something is to be chosen: whether or how often a step comes, which alternative, which whole member is next.
    pub(super) fn has_choices(&self) -> bool {
        self.nodes.iter().any(|node| match node {
            Node::Text { .. }
            | Node::Pattern { .. }
            | Node::Sequence(_)
            | Node::Interleave(_)
            | Node::Lines { .. } => false,
            Node::AnyOrder(members) | Node::Either(members) => members.len() > 1,
            Node::Optional(_) | Node::Repeat { .. } => true,
        })
    }

    /// Whether some of its lines come in a partial order.
    pub(super) fn has_partial_orders(&self) -> bool {
        let mut nodes = self.nodes.iter();
        nodes.any(|node| matches!(node, Node::Lines { .. }))
    }

    /// How many printed lines like this can be kept at most; `None` for any number.
    pub(super) fn most(&self, line: &str) -> Option<usize> {
        let accepting = self.accepting(line);
        let is_repeated = |leaf: &usize| {
            let above = std::iter::successors(Some(self.homes[*leaf]), |node| {
                self.parents[*node].map(|(above, _)| above)
            });
            above
                .into_iter()
                .any(|node| matches!(self.nodes[node], Node::Repeat { .. }))
        };
        (!accepting.iter().any(is_repeated)).then_some(accepting.len())
    }

    /// The fewest lines that complete what is left.
    pub(super) fn completion(&self, state: &State) -> Vec<Taken> {
        match state {
            State::End => Vec::new(),
            State::Whole(node) => self.shortest(*node),
            State::Text(node, at) => match &self.nodes[*node] {
                Node::Text { first, lines } => {
                    (first + at..first + lines).map(Taken::once).collect()
                }
                Node::Pattern { .. }
                | Node::Sequence(_)
                | Node::AnyOrder(_)
                | Node::Interleave(_)
                | Node::Either(_)
                | Node::Optional(_)
                | Node::Repeat { .. }
                | Node::Lines { .. } => Vec::new(),
            },
            State::Sequence(node, next, now) => {
                let rest = members(&self.nodes[*node])[*next..].iter();
                self.completion(now)
                    .into_iter()
                    .chain(rest.flat_map(|member| self.shortest(*member)))
                    .collect()
            }
            State::AnyOrder(node, done, now) => {
                let open = members(&self.nodes[*node])
                    .iter()
                    .zip(done.iter())
                    .filter(|(_, done)| !**done);
                let open = open.flat_map(|(member, _)| self.shortest(*member));
                self.completion(now).into_iter().chain(open).collect()
            }
            State::Interleave(_, left) => {
                left.iter().flat_map(|left| self.completion(left)).collect()
            }
            State::Repeat(node, begun, now) => {
                let now = self
                    .completion(now)
                    .into_iter()
                    .map(|taken| taken.inside(begun - 1));
                let rounds = *begun..self.least_rounds(*node);
                now.chain(rounds.flat_map(|round| self.round(*node, round)))
                    .collect()
            }
            State::Lines(node, taken) => self.remaining(*node, taken),
        }
    }

    /// The fewest lines that a node accepts.
    fn shortest(&self, node: usize) -> Vec<Taken> {
        match &self.nodes[node] {
            Node::Text { first, lines } => (*first..first + lines).map(Taken::once).collect(),
            Node::Pattern { leaf } => vec![Taken::once(*leaf)],
            Node::Sequence(members) | Node::AnyOrder(members) | Node::Interleave(members) => {
                members
                    .iter()
                    .flat_map(|member| self.shortest(*member))
                    .collect()
            }
            Node::Either(members) => members
                .iter()
                .map(|member| self.shortest(*member))
                .min_by_key(Vec::len)
                .unwrap_or_default(),
            Node::Optional(_) => Vec::new(),
            Node::Repeat { .. } => (0..self.least_rounds(node))
                .flat_map(|round| self.round(node, round))
                .collect(),
            Node::Lines { order, .. } => self.remaining(node, &order.at_start),
        }
    }

    fn round(&self, node: usize, round: u32) -> Vec<Taken> {
        let body = members(&self.nodes[node])
            .iter()
            .flat_map(|body| self.shortest(*body));
        body.map(|taken| taken.inside(round)).collect()
    }

    /// The lines of a partial order that were not taken, those first that must come first.
    fn remaining(&self, node: usize, taken: &[bool]) -> Vec<Taken> {
        let Node::Lines { first, order } = &self.nodes[node] else {
            return Vec::new();
        };
        let mut left: Vec<usize> = (0..taken.len()).filter(|line| !taken[*line]).collect();
        left.sort_by_key(|line| order.before.iter().filter(|before| before[*line]).count());
        left.into_iter()
            .map(|line| Taken::once(first + line))
            .collect()
    }

    /// Every leaf that accepts the line, in the order of the leaves.
    pub(super) fn accepting(&self, line: &str) -> Vec<usize> {
        let texts = self.texts.get(line).into_iter().flatten().copied();
        let patterns = self
            .patterns
            .iter()
            .copied()
            .filter(|leaf| self.leaves[*leaf].accepts(line));
        let mut accepting: Vec<usize> = texts.chain(patterns).collect();
        accepting.sort_unstable();
        accepting
    }

    pub(super) fn start(&self) -> State {
        State::Whole(self.root)
    }

    fn add(&mut self, expectation: &Expectation) -> usize {
        let first_leaf = self.leaves.len();
        let node = match &expectation.step {
            Step::Text(lines) => Node::Text {
                first: self.leaves(lines),
                lines: lines.len(),
            },
            Step::Pattern(pattern) => {
                self.leaves.push(Leaf::Pattern(pattern.clone()));
                Node::Pattern {
                    leaf: self.leaves.len() - 1,
                }
            }
            Step::Sequence(members) => Node::Sequence(self.all(members)),
            Step::AnyOrder(members) => Node::AnyOrder(self.all(members)),
            Step::Interleave(members) => Node::Interleave(self.all(members)),
            Step::Either(members) => Node::Either(self.all(members)),
            Step::Optional(body) => Node::Optional(self.add(body)),
            Step::Repeat(body, times) => Node::Repeat {
                body: self.add(body),
                least: times.least,
                most: times.most,
            },
            Step::Lines(order) => Node::Lines {
                first: self.leaves(&order.lines),
                order: Order::new(order),
            },
            Step::Variants(variants) => match variants.first() {
                // `Never` has no values: an expectation in force has no variants.
                Some((never, _)) => match *never {},
                None => Node::Sequence(Vec::new()),
            },
        };
        let ends = self.ends_empty(&node);
        let at = self.nodes.len();
        for (place, member) in members(&node).iter().enumerate() {
            self.parents[*member] = Some((at, place));
        }
        let leaves = match &node {
            Node::Text { first, lines } => *first..first + lines,
            Node::Pattern { leaf } => *leaf..leaf + 1,
            Node::Lines { first, order } => *first..first + order.after.len(),
            Node::Sequence(_)
            | Node::AnyOrder(_)
            | Node::Interleave(_)
            | Node::Either(_)
            | Node::Optional(_)
            | Node::Repeat { .. } => 0..0,
        };
        for leaf in leaves {
            self.homes[leaf] = at;
        }
        self.nodes.push(node);
        self.reasons.push(expectation.reason.clone());
        self.parents.push(None);
        self.spans.push(first_leaf..self.leaves.len());
        self.ends.push(ends);
        at
    }

    fn all(&mut self, members: &[Expectation]) -> Vec<usize> {
        members.iter().map(|member| self.add(member)).collect()
    }

    fn leaves(&mut self, lines: &[String]) -> usize {
        let first = self.leaves.len();
        self.leaves.extend(lines.iter().cloned().map(Leaf::Text));
        self.homes.resize(self.leaves.len(), 0);
        first
    }

    /// The tree without the leaves that are not seen; nodes and leaves keep their places.
    ///
    /// A text is seen wholly or not at all. It has no reasons, and accepts no lines: it is only for its states.
    pub(super) fn only(&self, seen: &[bool]) -> Tree {
        let mut tree = Tree {
            root: self.root,
            ..Tree::default()
        };
        for node in &self.nodes {
            let node = match node {
                Node::Text { first, lines } if !seen[*first..first + lines].contains(&true) => {
                    Node::Text {
                        first: *first,
                        lines: 0,
                    }
                }
                Node::Pattern { leaf } if !seen[*leaf] => Node::Text {
                    first: *leaf,
                    lines: 0,
                },
                Node::Lines { first, order } => Node::Lines {
                    first: *first,
                    order: order.only(&seen[*first..first + order.after.len()]),
                },
                Node::Text { .. }
                | Node::Pattern { .. }
                | Node::Sequence(_)
                | Node::AnyOrder(_)
                | Node::Interleave(_)
                | Node::Either(_)
                | Node::Optional(_)
                | Node::Repeat { .. } => node.clone(),
            };
            let ends = tree.ends_empty(&node);
            tree.ends.push(ends);
            tree.nodes.push(node);
        }
        tree.spans.clone_from(&self.spans);
        tree
    }

    fn ends_empty(&mut self, node: &Node) -> bool {
        self.homes.resize(self.leaves.len(), 0);
        match node {
            Node::Text { lines, .. } => *lines == 0,
            Node::Pattern { .. } => false,
            Node::Sequence(members) | Node::AnyOrder(members) | Node::Interleave(members) => {
                members.iter().all(|member| self.ends[*member])
            }
            Node::Either(members) => members.iter().any(|member| self.ends[*member]),
            Node::Optional(_) => true,
            Node::Repeat { body, least, .. } => *least == 0 || self.ends[*body],
            Node::Lines { order, .. } => order.at_start.iter().all(|taken| *taken),
        }
    }

    /// Whether nothing more need come.
    pub(super) fn may_end(&self, state: &State) -> bool {
        match state {
            State::End => true,
            State::Whole(node) => self.ends[*node],
            State::Text(..) => false,
            State::Sequence(node, next, now) => {
                self.may_end(now)
                    && members(&self.nodes[*node])[*next..]
                        .iter()
                        .all(|member| self.ends[*member])
            }
            State::AnyOrder(node, done, now) => {
                let mut open = members(&self.nodes[*node])
                    .iter()
                    .zip(done.iter())
                    .filter(|(_, done)| !**done);
                self.may_end(now) && open.all(|(member, _)| self.ends[*member])
            }
            State::Interleave(_, left) => left.iter().all(|left| self.may_end(left)),
            State::Repeat(node, begun, now) => {
                let least = self.least_rounds(*node);
                self.may_end(now) && *begun >= least
            }
            State::Lines(_, taken) => taken.iter().all(|taken| *taken),
        }
    }

    /// How many rounds of a repeated step there must be; one that may be empty need not come.
    fn least_rounds(&self, node: usize) -> u32 {
        match &self.nodes[node] {
            Node::Repeat { body, least, .. } if !self.ends[*body] => *least,
            Node::Repeat { .. }
            | Node::Text { .. }
            | Node::Pattern { .. }
            | Node::Sequence(_)
            | Node::AnyOrder(_)
            | Node::Interleave(_)
            | Node::Either(_)
            | Node::Optional(_)
            | Node::Lines { .. } => 0,
        }
    }

    /// Every line that may come next, and what is left after it.
    pub(super) fn next(&self, state: &State) -> Vec<(Taken, State)> {
        let mut found = Vec::new();
        self.add_next(state, &mut found);
        found
    }

    /// Whether a leaf may still be taken, now or later; where an alternative was taken, perhaps not even then.
    pub(super) fn may_come(&self, state: &State, leaf: usize) -> bool {
        let is_below = |node: &usize| self.spans[*node].contains(&leaf);
        match state {
            State::End => false,
            State::Whole(node) => is_below(node),
            State::Text(node, at) => is_below(node) && leaf >= self.spans[*node].start + at,
            State::Sequence(node, next, now) => {
                let mut rest = members(&self.nodes[*node])[*next..].iter();
                self.may_come(now, leaf) || rest.any(is_below)
            }
            State::AnyOrder(node, done, now) => {
                let mut open = members(&self.nodes[*node]).iter().zip(done.iter());
                self.may_come(now, leaf) || open.any(|(member, done)| !done && is_below(member))
            }
            State::Interleave(_, left) => left.iter().any(|left| self.may_come(left, leaf)),
            State::Repeat(node, begun, now) => {
                let is_last = matches!(self.nodes[*node], Node::Repeat { most: Some(most), .. } if most == *begun);
                self.may_come(now, leaf) || (!is_last && is_below(node))
            }
            State::Lines(node, taken) => is_below(node) && !taken[leaf - self.spans[*node].start],
        }
    }

    fn add_next(&self, state: &State, found: &mut Vec<(Taken, State)>) {
        match state {
            State::End => {}
            State::Whole(node) => self.next_whole(*node, found),
            State::Text(node, at) => {
                if let Node::Text { first, lines } = &self.nodes[*node]
                    && at < lines
                {
                    let left = if at + 1 == *lines {
                        State::End
                    } else {
                        State::Text(*node, at + 1)
                    };
                    found.push((
                        Taken {
                            leaf: first + at,
                            rounds: Vec::new(),
                        },
                        left,
                    ));
                }
            }
            State::Sequence(node, next, now) => {
                let wrap = |left: State| self.sequence(*node, *next, left);
                found.extend(
                    self.next(now)
                        .into_iter()
                        .map(|(taken, left)| (taken, wrap(left))),
                );
                if self.may_end(now) {
                    self.next_members(*node, *next, found);
                }
            }
            State::AnyOrder(node, done, now) => {
                let wrap = |left: State| State::AnyOrder(*node, done.clone(), Rc::new(left));
                found.extend(
                    self.next(now)
                        .into_iter()
                        .map(|(taken, left)| (taken, wrap(left))),
                );
                if self.may_end(now) {
                    self.next_open(*node, done, found);
                }
            }
            State::Interleave(node, left) => {
                for (at, member) in left.iter().enumerate() {
                    for (taken, after) in self.next(member) {
                        let mut all = left.to_vec();
                        all[at] = after;
                        found.push((taken, State::Interleave(*node, all.into())));
                    }
                }
            }
            State::Repeat(node, begun, now) => {
                let round = begun - 1;
                for (taken, left) in self.next(now) {
                    found.push((
                        taken.inside(round),
                        State::Repeat(*node, *begun, Rc::new(left)),
                    ));
                }
                if self.may_end(now) {
                    self.next_round(*node, *begun, found);
                }
            }
            State::Lines(node, taken) => self.next_lines(*node, taken, found),
        }
    }

    fn next_whole(&self, node: usize, found: &mut Vec<(Taken, State)>) {
        match &self.nodes[node] {
            Node::Text { .. } => self.add_next(&State::Text(node, 0), found),
            Node::Pattern { leaf } => found.push((
                Taken {
                    leaf: *leaf,
                    rounds: Vec::new(),
                },
                State::End,
            )),
            Node::Sequence(_) => self.next_members(node, 0, found),
            Node::AnyOrder(members) => self.next_open(node, &vec![false; members.len()], found),
            Node::Interleave(members) => {
                let left: Vec<State> = members.iter().map(|member| State::Whole(*member)).collect();
                self.add_next(&State::Interleave(node, left.into()), found);
            }
            Node::Either(members) => members
                .iter()
                .for_each(|member| self.next_whole(*member, found)),
            Node::Optional(body) => self.next_whole(*body, found),
            Node::Repeat { .. } => self.next_round(node, 0, found),
            Node::Lines { order, .. } => self.next_lines(node, &order.at_start, found),
        }
    }

    /// The members of a sequence from a place on, as long as those before may be left out.
    fn next_members(&self, node: usize, from: usize, found: &mut Vec<(Taken, State)>) {
        for (at, member) in members(&self.nodes[node]).iter().enumerate().skip(from) {
            let next = self.next(&State::Whole(*member)).into_iter();
            found.extend(next.map(|(taken, left)| (taken, self.sequence(node, at + 1, left))));
            if !self.ends[*member] {
                return;
            }
        }
    }

    pub(super) fn sequence(&self, node: usize, next: usize, now: State) -> State {
        if next == members(&self.nodes[node]).len() {
            now
        } else {
            State::Sequence(node, next, Rc::new(now))
        }
    }

    /// Any member of an any-order that did not come yet.
    fn next_open(&self, node: usize, done: &[bool], found: &mut Vec<(Taken, State)>) {
        for (at, member) in members(&self.nodes[node])
            .iter()
            .enumerate()
            .filter(|(at, _)| !done[*at])
        {
            let mut marked = done.to_vec();
            marked[at] = true;
            let marked: Rc<[bool]> = marked.into();
            for (taken, left) in self.next(&State::Whole(*member)) {
                found.push((taken, State::AnyOrder(node, marked.clone(), Rc::new(left))));
            }
        }
    }

    /// A new round.
    fn next_round(&self, node: usize, begun: u32, found: &mut Vec<(Taken, State)>) {
        if let Node::Repeat { body, least, most } = &self.nodes[node]
            && most.is_none_or(|most| begun < most)
        {
            // Beyond the least number, rounds without a most are all alike.
            let begun = if most.is_none() {
                begun.min((*least).max(1))
            } else {
                begun
            };
            for (taken, left) in self.next(&State::Whole(*body)) {
                found.push((
                    taken.inside(begun),
                    State::Repeat(node, begun + 1, Rc::new(left)),
                ));
            }
        }
    }

    fn next_lines(&self, node: usize, taken: &[bool], found: &mut Vec<(Taken, State)>) {
        let Node::Lines { first, order } = &self.nodes[node] else {
            return;
        };
        for line in (0..taken.len()).filter(|line| !taken[*line]) {
            if order.after[line].iter().all(|before| taken[*before]) {
                let mut more = taken.to_vec();
                more[line] = true;
                found.push((
                    Taken {
                        leaf: first + line,
                        rounds: Vec::new(),
                    },
                    State::Lines(node, more.into()),
                ));
            }
        }
    }
}

impl Taken {
    /// A leaf that is in no repeated step, or not yet seen in one.
    fn once(leaf: usize) -> Self {
        Taken {
            leaf,
            rounds: Vec::new(),
        }
    }

    fn inside(mut self, round: u32) -> Self {
        self.rounds.insert(0, round);
        self
    }
}

/// The members of a node that has members.
pub(super) fn members(node: &Node) -> &[usize] {
    match node {
        Node::Sequence(members)
        | Node::AnyOrder(members)
        | Node::Interleave(members)
        | Node::Either(members) => members,
        Node::Optional(body) | Node::Repeat { body, .. } => std::slice::from_ref(body),
        Node::Text { .. } | Node::Pattern { .. } | Node::Lines { .. } => &[],
    }
}

impl Order {
    fn new(written: &PartialOrder) -> Self {
        let lines = written.lines.len();
        let mut after = vec![Vec::new(); lines];
        for demand in &written.before {
            after[demand.then].push(demand.first);
        }
        Order {
            at_start: vec![false; lines],
            after,
            before: written.implied(),
            demands: written.before.clone(),
        }
    }

    /// The order of the lines that are seen; the demands that lead through others stay.
    fn only(&self, seen: &[bool]) -> Self {
        let lines = 0..self.after.len();
        let after = |then: usize| {
            let first = lines
                .clone()
                .filter(|first| seen[*first] && self.before[*first][then]);
            first.collect()
        };
        Order {
            at_start: seen.iter().map(|seen| !seen).collect(),
            after: lines.clone().map(after).collect(),
            ..self.clone()
        }
    }
}
