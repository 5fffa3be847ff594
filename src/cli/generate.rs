//! `tickmark generate`: fresh questions as a quiz, one variant for each student.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::generated::{self, Which};
use super::written::to_file;
use super::{Common, Exit, Failure, could_not, folder};
use crate::generate;
use crate::node::Node;
use crate::problem::Problem;
use crate::words;

/// Write a quiz of fresh questions about the order in which programs print
///
/// Each program is put together by chance and needs one of the rules: the model of the event loop says that it has one order, the same on Node 18 to 26, and that who has the rule wrong would say another one, which is what there is to choose beside the right one. Each is run twice on the Node that is found before it is written down.
///
/// The same seed gives the same questions, in the same version of this program. With --student the seed is the student's own, made of this one and the name by BLAKE3; so a class gets a variant each, and each can be made again. Put into the folder `quizzes/generated` of a course, the files are ordinary quizzes: students answer them by `tickmark quiz`, and `tickmark grade` marks the answers.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tickmark generate next-tick-first,await-gives-way --seed 7
  tickmark generate --level 4 --count 10 --seed 7 --output exam.yaml
  tickmark generate --seed 7 --student ann --output ann.yaml
  tickmark generate --seed 7 --students names.txt --output my-course/quizzes/generated")]
pub(super) struct Generate {
    /// The rules to ask about, as `tickmark rules` names them; left out: all that can be asked about
    #[arg(value_name = "RULE", value_delimiter = ',', long_help = generated::rules_help())]
    rules: Vec<String>,
    /// The number that the questions come from; left out: by chance
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    #[command(flatten)]
    which: Which,
    /// The student's own variant
    #[arg(long, value_name = "NAME", conflicts_with = "students")]
    student: Option<String>,
    /// A variant for each: a file with a name on each line, or a class with a folder for each
    #[arg(long, value_name = "FILE", requires = "output")]
    students: Option<PathBuf>,
    /// The file to write to; with --students the folder; left out: standard output
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,
}

impl Generate {
    pub(super) fn run(self, common: &Common) -> Result<Exit, Failure> {
        let seed = self.seed.unwrap_or_else(generated::fresh_seed);
        let students = match &self.students {
            None => BTreeMap::new(),
            Some(path) => files(&names(path)?)?,
        };
        // What is wrong with the rules is said before anything is run.
        self.which.wanted(&self.rules, seed)?;
        let node = self.which.node(common)?;
        let mut left_out = 0;
        match (&self.students, &self.output) {
            (Some(_), Some(dir)) => {
                folder::make(dir)?;
                for (file, name) in &students {
                    let (quiz, missing) = self.quiz(seed, Some(name), node.as_ref())?;
                    to_file(&quiz, &dir.join(file))?;
                    left_out += missing;
                }
                let dir = words::visible(&dir.to_string_lossy());
                let variants = words::count(students.len(), "variant");
                writeln!(io::stdout(), "{variants} of seed {seed}: {dir}")?;
            }
            (_, output) => {
                let (quiz, missing) = self.quiz(seed, self.student.as_deref(), node.as_ref())?;
                left_out += missing;
                match output {
                    None => write!(io::stdout(), "{quiz}")?,
                    Some(file) => {
                        to_file(&quiz, file)?;
                        let file = words::visible(&file.to_string_lossy());
                        writeln!(io::stdout(), "seed {seed}: {file}")?;
                    }
                }
            }
        }
        Ok(match left_out {
            0 => Exit::Clean,
            _ => Exit::Trouble,
        })
    }

    /// The file of a quiz, and how many questions are left out of it.
    fn quiz(
        &self,
        seed: u64,
        student: Option<&str>,
        node: Option<&Node>,
    ) -> Result<(String, usize), Failure> {
        let own = student.map_or(seed, |name| generate::seed_of_student(seed, name));
        let wanted = self.which.wanted(&self.rules, own)?;
        let made = generated::make(&wanted, node)?;
        let yaml = generated::written(&wanted, &made.questions)?;
        generated::read(&generate::id(&wanted), &yaml)?;
        let head = format!(
            "# tickmark {} generate {} {}\n",
            env!("CARGO_PKG_VERSION"),
            generated::named(&wanted),
            self.which.again(&wanted)
        );
        Ok((head + &yaml, made.left_out))
    }
}

/// The students: the lines of a file, or the folders in a folder.
fn names(path: &Path) -> Result<Vec<String>, Failure> {
    let shown = words::code(&path.to_string_lossy());
    let names: Vec<String> = match path.is_dir() {
        true => {
            let entries = fs::read_dir(path).map_err(|error| could_not("read", path, &error))?;
            let entries = entries.collect::<io::Result<Vec<_>>>();
            let entries = entries.map_err(|error| could_not("read", path, &error))?;
            let folders = entries.iter().filter(|entry| entry.path().is_dir());
            let names = folders.map(|entry| entry.file_name().to_string_lossy().into_owned());
            names.filter(|name| !name.starts_with('.')).collect()
        }
        false => {
            let text = fs::read_to_string(path).map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => {
                    let problem = Problem::new(format!("there is no file or folder {shown}"));
                    Failure::from(problem.help("name a file with a student's name on each line"))
                }
                _ => could_not("read", path, &error),
            })?;
            let lines = text.lines().map(str::trim);
            let names = lines.filter(|line| !line.is_empty());
            names.map(str::to_owned).collect()
        }
    };
    match names.is_empty() {
        true => {
            let problem = Problem::new(format!("there are no students in {shown}"));
            Err(problem.help("write a name on each line").into())
        }
        false => Ok(names),
    }
}

/// The students by the names of their files.
fn files(names: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut problems = Vec::new();
    for name in names {
        let file = file_name(name);
        let shown = words::code(&file);
        if let Some(other) = files.insert(file, name.clone()) {
            let both = words::and([words::code(&other), words::code(name)]);
            let problem = Problem::new(format!("{both} would both have the file {shown}"));
            problems.push(problem.help("write one of them otherwise"));
        }
    }
    match problems.is_empty() {
        true => Ok(files),
        false => Err(Failure::Problems(problems)),
    }
}

/// The name as a quiz can have it: `Ann Lee` is `ann-lee.yaml`. What that cannot say is told by a number.
fn file_name(student: &str) -> String {
    let mut words: Vec<String> = vec![String::new()];
    let mut is_whole = true;
    for letter in student.chars() {
        match letter {
            letter if letter.is_ascii_alphanumeric() => {
                if let Some(word) = words.last_mut() {
                    word.push(letter.to_ascii_lowercase());
                }
            }
            letter => {
                is_whole &= letter.is_ascii();
                words.push(String::new());
            }
        }
    }
    words.retain(|word| !word.is_empty());
    let mut name = words.join("-");
    is_whole &= !name.is_empty() && name.len() <= 40;
    if !is_whole {
        name.truncate(40);
        let number = generate::seed_of_student(0, student);
        let parts = [name.trim_end_matches('-'), &format!("{number:x}")];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        name = parts.collect::<Vec<_>>().join("-");
    }
    format!("{name}.yaml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_student_has_a_file_that_a_course_can_have() {
        assert_eq!(file_name("Ann Lee"), "ann-lee.yaml");
        assert_eq!(file_name("s-123_4"), "s-123-4.yaml");
        assert_eq!(file_name("Zoë"), "zo-e1e79388.yaml");
        assert_ne!(file_name("明"), file_name("月"));
        let names = ["ann", "Ann"].map(str::to_owned);
        assert!(files(&names).is_err());
    }
}
