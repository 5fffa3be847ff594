//! `tickmark quiz`: a student's answers to a quiz, asked for in the terminal, or marked out of a file.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::generated::{self, Which};
use super::written::to_file;
use super::{Common, Exit, Failure, STOP, could_not, course_name, folder, no_quiz, quiz, say};
use crate::course::{self, Answers, Course};
use crate::generate;
use crate::marking;
use crate::problem::Problem;
use crate::report::{self, CourseName, Line, Reader, Row, Style, Text, Work};
use crate::session::{Feedback, Pick, Session, Spoken};
use crate::ui::{self, Left, Lines, Terminal};
use crate::words;

/// Answer a quiz
///
/// The questions come one by one; every screen names the keys that work. What you answer is kept after each question in
/// `answers/<topic>/<slug>.yaml`, the file that a teacher grades. Ctrl-C stops; starting again goes on there.
///
/// With `--generate` the questions are fresh: small programs put together by chance, each with one order that needs one of
/// the rules, proven by the model of the event loop and run on Node before it is shown. The seed, the rules, the number, the
/// level and the kind give the same questions again, in the same version of this program; so `--answers FILE` with the
/// same options marks the answers again.
///
/// The exit code is 1 when points were lost in what was marked, and 0 otherwise, also when you stop in the middle.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark quiz                                choose one of the course's quizzes
  tickmark quiz event-loop/phases              answer it, or go on where you stopped
  tickmark quiz event-loop/phases --feedback end
  tickmark quiz event-loop/phases --plain      line by line, for a screen reader
  tickmark quiz --generate all                 fresh questions, different each time
  tickmark quiz --generate next-tick-first,queue-whole --level 3 --count 8 --seed 7
  tickmark quiz --answers answers/event-loop/phases.yaml")]
pub(super) struct Quiz {
    /// The quiz, as `tickmark list` names it; left out: one to be chosen
    quiz: Option<String>,
    /// When to say what an answer is worth, and why
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    feedback: When,
    /// Fresh questions about these rules, as `tickmark rules` names them; or about `all`
    #[arg(
        long,
        value_name = "RULE",
        value_delimiter = ',',
        conflicts_with = "quiz",
        long_help = generated::rules_help()
    )]
    generate: Option<Vec<String>>,
    #[command(flatten)]
    which: Which,
    /// The number that decides in which order options stand, and which questions are generated; left out: by chance
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// The file that keeps the answers; left out: `answers/<topic>/<slug>.yaml`
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Ask and answer line by line, without drawing
    #[arg(long)]
    plain: bool,
    /// Ask nothing: mark the answers in this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["quiz", "feedback", "output", "plain"])]
    answers: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum When {
    /// After each question, which then cannot be changed
    #[default]
    Now,
    /// After the last question
    End,
    /// Not at all: only keep the answers
    None,
}

impl Quiz {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        if let Some(rules) = &self.generate {
            return self.generated(rules, common);
        }
        self.which.check_unused()?;
        let opened = common.open()?;
        if let Some(file) = &self.answers {
            if self.seed.is_some() {
                let problem = Problem::new("`--seed` has nothing to decide where nothing is asked");
                return Err(problem
                    .help("leave it out, or add `--generate RULE`")
                    .into());
            }
            return mark(&opened.course, Some(&course_name(&opened)), file);
        }
        let table = Table::of(self.plain);
        let quiz = match &self.quiz {
            Some(id) => quiz(&opened, id)?,
            None => match pick(&opened.course, &table)? {
                Some(quiz) => quiz,
                None => return Ok(Exit::Clean),
            },
        };
        let seed = self.seed.unwrap_or_else(|| fastrand::u64(1..10_000));
        let again = format!("tickmark quiz {}", quiz.id);
        let asked = Asked {
            quiz,
            course: &opened.course,
            again,
            same: None,
        };
        self.ask(&asked, &table, seed)
    }

    /// Fresh questions, or answers to them.
    fn generated(&self, rules: &[String], common: &Common) -> Result<Exit, Failure> {
        let seed = match (self.seed, &self.answers) {
            (Some(seed), _) => seed,
            (None, None) => generated::fresh_seed(),
            (None, Some(_)) => {
                let what = "which questions were generated is not known without their seed";
                let problem = Problem::new(what);
                let help = "add `--seed N`: the name of the answers' quiz holds level and seed";
                return Err(problem.help(help).into());
            }
        };
        let wanted = self.which.wanted(rules, seed)?;
        let node = match self.answers {
            Some(_) => None,
            None => self.which.node(common)?,
        };
        let made = generated::make(&wanted, node.as_ref())?;
        let id = generate::id(&wanted);
        let course = generated::read(&id, &generated::written(&wanted, &made.questions)?)?;
        if let Some(file) = &self.answers {
            return mark(&course, None, file);
        }
        let same = format!(
            "--generate {} {}",
            generated::named(&wanted),
            self.which.again(&wanted)
        );
        if self.seed.is_none() {
            say(format_args!(
                "the same questions come again with: tickmark quiz {same}"
            ));
        }
        let Some(quiz) = course.quiz(&id) else {
            return Err(Failure::Trouble("the questions were not kept".to_owned()));
        };
        let asked = Asked {
            quiz,
            course: &course,
            again: format!("tickmark quiz {same}"),
            same: Some(same),
        };
        let exit = self.ask(&asked, &Table::of(self.plain), seed)?;
        Ok(match made.left_out {
            0 => exit,
            _ => Exit::Trouble,
        })
    }

    /// Asks the questions.
    fn ask(&self, asked: &Asked<'_>, table: &Table, seed: u64) -> Result<Exit, Failure> {
        let quiz = asked.quiz;
        let path = self.output.clone();
        let path = path.unwrap_or_else(|| PathBuf::from(format!("answers/{}.yaml", quiz.id)));
        let sheet = Sheet::open(path, quiz, asked.course)?;
        let feedback = match self.feedback {
            When::Now => Feedback::Now,
            When::End => Feedback::End,
            When::None => Feedback::Never,
        };
        let session = Session::new(Arc::new(quiz.clone()), &sheet.kept, feedback, seed);
        let greeting = sheet.greeting(&session);
        let session = table.sit(session.saying(greeting), sheet)?;
        Terminal::Stdout.show(&self.farewell(&session, asked, seed))?;
        Ok(match session.session.lost_points() {
            true => Exit::LostPoints,
            false => Exit::Clean,
        })
    }

    /// What is said when it is over: the points, where the answers are, and how to go on.
    fn farewell(&self, sat: &Sat, asked: &Asked<'_>, seed: u64) -> Text {
        let Sat { session, sheet } = sat;
        let file = words::visible(&sheet.path.to_string_lossy());
        let mut text = Text::new();
        if let Some(marked) = session.marked() {
            let points = format!("{} of {}", marked.earned(), report::points(marked.most()));
            text.push(Line::words(Style::Strong, &points));
        }
        let mut say = |sentence: String| text.push(Line::words(Style::Plain, &sentence));
        let given = sheet.kept.given.iter();
        let answered = given.filter(|answer| answer.is_some()).count();
        match answered {
            0 => say("nothing was answered, so nothing was kept".to_owned()),
            _ => say(format!(
                "{} of {} answered: {file}",
                answered,
                words::count(sheet.kept.given.len(), "question")
            )),
        }
        match (session.has_ended(), session.marked()) {
            (false, _) => say(format!("go on with: {}", self.again(asked))),
            (true, Some(_)) if answered > 0 => {
                let same = asked.same.iter().map(|same| format!("{same} "));
                let same: String = same.collect();
                say(format!(
                    "all marks again: tickmark quiz {same}--answers {file}"
                ));
            }
            (true, _) => {}
        }
        if self.seed.is_none() && asked.same.is_none() {
            say(format!("the options in this order again: --seed {seed}"));
        }
        text
    }

    /// The command that goes on.
    fn again(&self, asked: &Asked<'_>) -> String {
        let mut command = asked.again.clone();
        match self.feedback {
            When::Now => {}
            When::End => command.push_str(" --feedback end"),
            When::None => command.push_str(" --feedback none"),
        }
        if let Some(output) = &self.output {
            let output = words::visible(&output.to_string_lossy());
            command.push_str(&format!(" --output {output}"));
        }
        if self.plain {
            command.push_str(" --plain");
        }
        command
    }
}

/// The quiz that is asked.
struct Asked<'a> {
    quiz: &'a course::Quiz,
    /// The course that it is in.
    course: &'a Course,
    /// The command that asks it again, without how.
    again: String,
    /// The options that generate its questions again, if they were generated.
    same: Option<String>,
}

/// How student and program talk.
enum Table {
    /// By keys, on the whole screen.
    Screen,
    /// By lines.
    Lines(Lines),
}

/// A session that is over, and its answers.
struct Sat {
    session: Session,
    sheet: Sheet,
}

impl Table {
    fn of(plain: bool) -> Self {
        match Terminal::takes_keys() && !plain {
            true => Table::Screen,
            false => Table::Lines(Lines::read()),
        }
    }

    /// The whole session.
    fn sit(&self, mut session: Session, mut sheet: Sheet) -> Result<Sat, Failure> {
        let stop = || STOP.is_asked();
        match self {
            Table::Screen => {
                ui::play(&mut session, stop, |session| sheet.keep(session))?;
                Ok(Sat { session, sheet })
            }
            Table::Lines(lines) => {
                let mut spoken = Spoken::new(session);
                lines.play(&mut spoken, stop, |spoken| sheet.keep(spoken.session()))?;
                let session = spoken.into_session();
                Ok(Sat { session, sheet })
            }
        }
    }
}

/// A quiz of the course that the student chooses; none if there is none to be chosen or the student goes.
fn pick<'a>(course: &'a Course, table: &Table) -> Result<Option<&'a course::Quiz>, Failure> {
    let Some(mut pick) = Pick::of(&course.quizzes) else {
        let problem = Problem::new("the course has no quizzes");
        return Err(problem.help("`tickmark list` names what it has").into());
    };
    if !io::stdin().is_terminal() {
        let ids = course
            .quizzes
            .iter()
            .map(|quiz| words::code(quiz.id.as_str()));
        let problem = Problem::new("no quiz is named, and without a terminal none can be chosen");
        return Err(problem.help(format!("name {}", words::or(ids))).into());
    }
    let stop = || STOP.is_asked();
    let left = match table {
        Table::Screen => ui::play(&mut pick, stop, |_| Ok::<_, Failure>(()))?,
        Table::Lines(lines) => lines.play(&mut pick, stop, |_| Ok::<_, Failure>(()))?,
    };
    Ok(match left {
        Left::AtTheEnd => pick.picked(),
        Left::InTheMiddle => None,
    })
}

/// The file that keeps a student's answers.
struct Sheet {
    path: PathBuf,
    /// What is in it; nothing, if there is no file.
    kept: Answers,
}

impl Sheet {
    /// What was answered before. A file that cannot be understood is a problem, and is left alone.
    fn open(path: PathBuf, quiz: &course::Quiz, course: &Course) -> Result<Self, Failure> {
        let shown = words::code(&path.to_string_lossy());
        let kept = match fs::read(&path) {
            Ok(bytes) => read(&path, &bytes, course).map_err(|mut problems| {
                let left = Problem::new(format!("{shown} is left as it is"));
                problems
                    .push(left.help("mend it, move it away, or name another file with `--output`"));
                problems
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Answers::none(quiz)),
            Err(error) => return Err(could_not("read", &path, &error)),
        };
        let kept = kept.map_err(Failure::Problems)?;
        if kept.quiz != quiz.id {
            let other = words::code(kept.quiz.as_str());
            let problem = Problem::new(format!("{shown} holds answers to another quiz, {other}"));
            return Err(problem.help("name another file with `--output`").into());
        }
        Ok(Sheet { path, kept })
    }

    /// Writes the answers down, if they are others than before.
    fn keep(&mut self, session: &Session) -> Result<(), Failure> {
        let answers = session.answers();
        if answers == self.kept {
            return Ok(());
        }
        if let Some(folder) = self.path.parent() {
            folder::make(folder)?;
        }
        to_file(&course::write_answers(session.quiz(), &answers), &self.path)?;
        self.kept = answers;
        Ok(())
    }

    /// What is said at the start.
    fn greeting(&self, session: &Session) -> String {
        let file = words::visible(&self.path.to_string_lossy());
        let all = self.kept.given.len();
        let any = self.kept.given.iter().any(Option::is_some);
        match (session.number(), any) {
            (_, false) => format!("your answers are kept in {file}"),
            (Some(number), true) => {
                format!("going on at question {number} of {all}; {file} holds what you answered")
            }
            (None, true) => format!("all is answered; {file} holds your answers"),
        }
    }
}

fn read(path: &Path, bytes: &[u8], course: &Course) -> Result<Answers, Vec<Problem>> {
    course::read_answers(&path.to_string_lossy(), bytes, course)
}

/// What is wrong with a file of answers; and what to do if its questions were generated, and not by this line.
fn unread(problems: Vec<Problem>, bytes: &[u8], course: &Course) -> Failure {
    let text = String::from_utf8_lossy(bytes);
    let mut ids = text.lines().filter_map(|line| line.strip_prefix("quiz: "));
    let is_of_others =
        |id: &str| id.starts_with("generated/level-") && course.quiz(id.trim_end()).is_none();
    Failure::Problems(match ids.any(is_of_others) {
        false => problems,
        // No other quiz is meant, however alike its name is.
        true => {
            let help = "its questions were generated: mark it by the line that did so, `tickmark quiz --generate RULE --seed N --answers FILE`";
            problems
                .into_iter()
                .map(|problem| problem.help(help))
                .collect()
        }
    })
}

/// Marks a file of answers.
fn mark(course: &Course, name: Option<&CourseName>, path: &Path) -> Result<Exit, Failure> {
    let bytes = fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            let shown = words::code(&path.to_string_lossy());
            let problem = Problem::new(format!("there is no file {shown}"));
            Failure::from(problem.help("`tickmark quiz` makes one"))
        }
        _ => could_not("read", path, &error),
    })?;
    let answers =
        read(path, &bytes, course).map_err(|problems| unread(problems, &bytes, course))?;
    let quiz = course.quiz(answers.quiz.as_str());
    let quiz = quiz.ok_or_else(|| no_quiz(course, answers.quiz.as_str()))?;
    let marked = marking::mark(&Arc::new(quiz.clone()), &answers);
    let lost = marked.questions.iter().any(|marked| !marked.is_right);
    let row = Row {
        student: None,
        folder: None,
        work: Work::Quiz(marked),
    };
    let mut text = report::submission(&row, Reader::Student);
    if let Some(name) = name {
        text.gap();
        text.append(report::course(name), 0);
    }
    Terminal::Stdout.show(&text)?;
    Ok(match lost {
        true => Exit::LostPoints,
        false => Exit::Clean,
    })
}
