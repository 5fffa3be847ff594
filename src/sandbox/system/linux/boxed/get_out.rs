//! What a process in a box must not be able to do, and what it must, tried by the process itself: for the model, as
//! `boxes/self-test.cjs` does it for a Node.

use std::env;
use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio, id};

use rustix::process::{Pid, Signal, getppid, kill_process};

/// Tries all of it; answers what is not as it must be. It is told the tier, a port on which somebody listens outside, and
/// files and folders out there.
pub(in crate::sandbox) fn get_out(told: &[String]) -> Vec<String> {
    let [tier, port, outside @ ..] = told else {
        return vec!["it was told too little".to_owned()];
    };
    let is_full = tier == "full";
    let mut wrong = seen(outside, is_full);
    wrong.extend(written());
    wrong.extend(others(is_full));
    wrong.extend(network(port, is_full));
    wrong
}

/// Names what could be done.
fn must_fail<T>(what: impl Into<String>, tried: io::Result<T>) -> Option<String> {
    tried.is_ok().then(|| what.into())
}

/// Names what could not be done, and why.
fn must_work<T>(what: &str, tried: io::Result<T>) -> Option<String> {
    tried.err().map(|error| format!("{what}: {error}"))
}

fn seen(outside: &[String], is_full: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for path in outside {
        wrong.extend(must_fail(format!("it can read {path}"), File::open(path)));
        if is_full {
            wrong.extend(must_fail(format!("it can see {path}"), fs::metadata(path)));
        }
    }
    wrong
}

fn written() -> Vec<String> {
    let mut wrong = Vec::new();
    for folder in ["/", "/var/tmp", "/usr", "/etc", "/dev/shm"] {
        let file = Path::new(folder).join("tickmark-self-test");
        wrong.extend(must_fail(
            format!("it can write in {folder}"),
            fs::write(file, ""),
        ));
    }
    let beside = env::current_exe().and_then(|own| fs::write(own.with_extension("new"), ""));
    wrong.extend(must_fail("it can write where the model is", beside));
    let own = fs::write("written", "here").and_then(|()| fs::read_to_string("written"));
    let own = own.and_then(|read| match read == "here" {
        true => Ok(()),
        false => Err(io::Error::other("something else stands there")),
    });
    wrong.extend(must_work("it cannot write in its own folder", own));
    wrong
}

fn others(is_full: bool) -> Vec<String> {
    let parent = Pid::as_raw(getppid());
    let environment = |process: i32| File::open(format!("/proc/{process}/environ"));
    let mut wrong = vec![
        must_fail("it can see whoever grades", strangers()),
        must_fail("it can read the first process", environment(1)),
        must_fail("it can read whoever started it", environment(parent)),
        must_fail("it can send a signal to whoever started it", wake(parent)),
        must_fail("it can start a shell", started(Path::new("/bin/sh"))),
        must_fail(
            "it can leave a process behind",
            env::current_exe().and_then(|own| started(&own)),
        ),
    ];
    if is_full && id() != 2 {
        wrong.push(Some(format!(
            "it is process {}, and knows how others are called",
            id()
        )));
    }
    wrong.into_iter().flatten().collect()
}

/// Finds a process that is neither itself nor its first one.
fn strangers() -> io::Result<()> {
    let numbers = fs::read_dir("/proc")?.flatten().filter_map(|entry| {
        let name = entry.file_name();
        name.to_str()?.parse::<u32>().ok()
    });
    match numbers.into_iter().any(|number| number > 2) {
        true => Ok(()),
        false => Err(io::ErrorKind::NotFound.into()),
    }
}

fn wake(process: i32) -> io::Result<()> {
    let process = Pid::from_raw(process).ok_or(io::ErrorKind::NotFound)?;
    Ok(kill_process(process, Signal::CONT)?)
}

fn started(program: &Path) -> io::Result<()> {
    let mut command = Command::new(program);
    let nowhere = Stdio::null;
    command.stdin(nowhere()).stdout(nowhere()).stderr(nowhere());
    command.spawn().map(|_| ())
}

fn network(port: &str, is_full: bool) -> Vec<String> {
    let here = Ipv4Addr::LOCALHOST;
    let port = port.parse::<u16>().map_err(io::Error::other);
    let outside = port.and_then(|port| TcpStream::connect((here, port)));
    let outside = must_fail("it can connect to the network outside", outside);
    let own = || {
        let listener = TcpListener::bind((here, 0))?;
        TcpStream::connect(listener.local_addr()?)
    };
    let own = is_full.then(own);
    let own = own.and_then(|own| must_work("it cannot connect to itself", own));
    outside.into_iter().chain(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What would change something here, or start this very test, is not tried.
    #[test]
    fn whoever_is_in_no_box_is_told_so() {
        let outside = ["/etc".to_owned(), "/no/such/file".to_owned()];
        let wrong = seen(&outside, true);
        assert_eq!(wrong, ["it can read /etc", "it can see /etc"]);
        assert_eq!(seen(&outside, false), ["it can read /etc"]);
        assert!(strangers().is_ok());
        assert!(started(Path::new("/bin/sh")).is_ok());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port().to_string();
        assert_eq!(
            network(&port, true),
            ["it can connect to the network outside"]
        );
    }
}
