//! The shapes of values: what can be told of a value without the rest of the file.
//!
//! To add a shape, add it here and say in `schema` what an editor may accept for it.

/// What stands behind a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The number of our format.
    Format,
    /// A text of which every character counts; it may be empty.
    Text,
    /// The same, with something in it.
    SomeText,
    /// A text for people.
    Prose,
    /// A text for people on one line.
    Title,
    /// One line.
    Line,
    /// One line with holes.
    Like,
    /// A text with blanks.
    Fill,
    /// The name of an entry file without its ending.
    Stem,
    /// The path of a program in `files/`.
    Driver,
    /// The path of a quiz in the course.
    QuizId,
    /// The id of a rule of Node.
    Rule,
    /// `true` or `false`.
    Truth,
    /// What becomes of extra lines.
    Extra,
    /// How a question's program is loaded.
    Modules,
    /// Points.
    Points,
    /// An exit code.
    ExitCode,
    /// Versions of Node.
    Versions,
    /// How often something is repeated.
    Times,
    /// A time with its unit.
    Time,
    /// A size with its unit.
    Size,
    /// What a program may use.
    Limits,
    /// What the machine must give.
    Needs,
    /// Texts of which every character counts.
    Texts,
    /// Variables of the environment.
    Variables,
    /// Files by their paths.
    Files,
    /// The tests of an exercise.
    Tests,
    /// Which threads do the work.
    Threads,
    /// What a server is asked.
    Requests,
    /// A method and a path.
    Ask,
    /// A signal.
    Signal,
    /// How many.
    Many,
    /// Functions of Node's modules.
    Calls,
    /// What a program is as a module.
    Module,
    /// A module system.
    System,
    /// What can be loaded.
    Specifier,
    /// What `require` gives.
    Required,
    /// Exports by name.
    Exports,
    /// What is the same however it is loaded.
    Same,
    /// How many, of many.
    Count,
    /// The status of an answer.
    Status,
    /// Headers of a request.
    Headers,
    /// A trace; `""` is one that prints nothing.
    Trace,
    /// A trace that prints something.
    SomeTrace,
    /// Traces that print something, at least two.
    Traces,
    /// Traces, at least two; one may print nothing.
    Alternatives,
    /// Lines by their ids.
    Lines,
    /// Chains of the ids of lines.
    Chains,
    /// Ids of lines.
    Chain,
    /// Traces by module systems and versions.
    Variants,
    /// The questions of a quiz.
    Questions,
    /// A choice, or choices.
    RightChoices,
    /// Choices.
    Choices,
    /// Different texts, at least two.
    Order,
    /// Different texts, at least one.
    Distractors,
    /// What each blank accepts, by its name.
    Blanks,
    /// Texts with what belongs to each.
    Pairs,
    /// Answers by the ids of their questions.
    Answers,
}
