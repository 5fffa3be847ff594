//! A launcher: a small process with one thread that makes one run after another, in namespaces of its own where it can.
//!
//! It is the program itself, started anew before it has read anything, so neither it nor what it starts has ever held
//! an expected line.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;

use rustix::process::{
    DumpableBehavior, Gid, Uid, WaitOptions, getegid, geteuid, set_dumpable_behavior, wait,
};
use rustix::thread::{UnshareFlags, set_thread_groups, set_thread_res_gid, set_thread_res_uid};

use super::around::Around;
use super::confine::Guard;
use super::filters::Filters;
use super::init::{self, Given};
use super::network::Network;
use super::wire::{self, Lacking, Ready, Report, Setup, Walls};
use super::{large_pages, raw, root};
use crate::sandbox::Layer;

/// The user inside.
const STUDENT: u32 = 1000;

/// What each run has for itself, beside a network that no run before it has used.
const OF_A_RUN: UnshareFlags = UnshareFlags::NEWPID.union(UnshareFlags::NEWNS);

/// Serves until nobody asks any more. The line to the grader is the standard input.
pub(super) fn serve() -> io::Result<()> {
    let line = io::stdin();
    let Some((setup, _)) = wire::receive::<Setup>(&line)? else {
        return Ok(());
    };
    let (ready, mut around, large_node): (Ready, _, _) = match set_up(&setup) {
        Ok((layers, around, large_node)) => (Ok(layers), Some(around), large_node),
        Err(off) => (Err(off), None, None),
    };
    wire::send(&line, &ready, large_node.as_slice())?;
    drop(large_node);
    let Some(around) = &mut around else {
        return Ok(());
    };
    while let Some(((), mut beside)) = wire::receive(&line)? {
        let large_node = beside.split_off(beside.len().min(5)).pop();
        let [request, stdin, stdout, stderr, its_line] = <[OwnedFd; 5]>::try_from(beside)
            .map_err(|_| io::Error::other("an order without what belongs to it"))?;
        let given = Given {
            request,
            streams: [stdin, stdout, stderr],
            large_node,
        };
        let report = run(given, &its_line, around)?;
        if let Err(error) = wire::send_report(&its_line, report) {
            let failed = Report::Failed(Lacking::new("report", &error));
            // If nobody hears it, nobody wants to know.
            let _ = wire::send_report(&its_line, failed);
        }
        // Those of runs that are over, whom nobody else waits for.
        while let Ok(Some(_)) = wait(WaitOptions::NOHANG) {}
    }
    Ok(())
}

/// Makes one run; an error says that nothing can be said of it, and this process is not to be used again.
fn run(given: Given, line: &OwnedFd, around: &mut Around) -> io::Result<Report> {
    let renewed = around.network.as_mut().map(Network::renew);
    if let Some(Err(error)) = renewed {
        return Ok(Report::Failed(Lacking::new("network", &error)));
    }
    let around = &*around;
    let run = || init::run(given, line, around).unwrap_or_else(|report| report);
    if around.walls != Walls::Namespaces {
        return Ok(run());
    }
    let mut report = None;
    if let Err(error) = raw::start(OF_A_RUN, || report = Some(run())) {
        return Ok(Report::Failed(Lacking::new("first process", &error)));
    }
    report.ok_or_else(|| io::Error::other("the first process was ended"))
}

/// Does what a layer needs, or says why it is off.
fn layer<T>(name: &str, done: io::Result<T>) -> Result<T, Lacking> {
    done.map_err(|error| Lacking::new(name, &error))
}

fn on(name: &str) -> Layer {
    Layer {
        name: name.to_owned(),
        off: None,
    }
}

/// Puts on all that holds for every run; answers the copy of Node too, if it was to make one and could.
fn set_up(setup: &Setup) -> Result<(Vec<Layer>, Around, Option<OwnedFd>), Lacking> {
    layer("closed descriptors", raw::close_others_on_exec())?;
    let mut layers = Vec::new();
    let mut own_network = None;
    let mut large_node = None;
    let guarded = |guard: Guard| guard.can_be_had().map_err(io::Error::other);
    match setup.walls {
        Walls::Namespaces => {
            own_network = Some(enter_namespaces(setup, &mut layers)?);
            if setup.copies_node {
                // It is faster with one, and right without.
                large_node = large_pages::copy(root::NODE.as_ref()).ok();
            }
            // The mounts guard the files without it.
            layers.push(Layer {
                off: guarded(Guard::Second).err().map(|error| error.to_string()),
                ..on("guarded files")
            });
        }
        Walls::Guards => {
            layer("guarded files", guarded(Guard::Only))?;
            layers.push(on("guarded files"));
        }
    }
    let filters = raw::Program::somewhere()
        .and_then(|program_at| Filters::begin(setup.walls, program_at).map_err(io::Error::other));
    let filters = layer("filter of system calls", filters)?;
    layers.push(on("filter of system calls"));
    // Nor may anybody look into it, or into what shares its memory.
    let closed = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    layer("closed memory", closed.map_err(Into::into))?;
    let around = Around {
        walls: setup.walls,
        node: Around::node(setup.walls, &setup.node),
        filters,
        network: own_network,
    };
    Ok((layers, around, large_node))
}

fn enter_namespaces(setup: &Setup, layers: &mut Vec<Layer>) -> Result<Network, Lacking> {
    let own = UnshareFlags::NEWUSER | UnshareFlags::NEWNS;
    let own = own | UnshareFlags::NEWUTS | UnshareFlags::NEWCGROUP;
    // Inside a new namespace of users nobody has a name until it is said.
    let mut outside = (geteuid().as_raw(), getegid().as_raw());
    if geteuid().is_root() {
        // With all its privileges it can show a Node that its programs' user could not reach by its path.
        layer("mount namespace", raw::unshare(UnshareFlags::NEWNS))?;
        layer("own root", root::change(&setup.node))?;
        layer("other user", become_user(setup.user))?;
        outside = (setup.user, setup.user);
        layer("user namespace", raw::unshare(own))?;
        layer("user namespace", map_user(outside))?;
        layers.push(on("other user"));
    } else {
        layer("user namespace", raw::unshare(own))?;
        layer("user namespace", map_user(outside))?;
        layer("own root", root::change(&setup.node))?;
    }
    layers.push(on("user namespace"));
    layers.push(on("mount namespace"));
    layers.push(on("own root"));
    layer("own processes", raw::start(OF_A_RUN, || {}))?;
    layers.push(on("own processes"));
    let network = layer("own network", Network::new())?;
    layers.push(on("own network"));
    // No program may ask for what would be in it, so all can have the same.
    let own = raw::unshare(UnshareFlags::NEWIPC);
    layer("own shared memory", own)?;
    layers.push(on("own shared memory"));
    let named = rustix::system::sethostname(b"box");
    layer("own host name", named.map_err(Into::into))?;
    layers.push(on("own host name"));
    Ok(network)
}

/// Takes on a user that owns nothing on this machine.
fn become_user(user: u32) -> io::Result<()> {
    set_thread_groups(&[])?;
    let group = Gid::from_raw(user);
    set_thread_res_gid(group, group, group)?;
    let user = Uid::from_raw(user);
    set_thread_res_uid(user, user, user)?;
    // Whoever changes the user becomes undumpable, and then cannot say who is who in its own namespace.
    set_dumpable_behavior(DumpableBehavior::Dumpable)?;
    Ok(())
}

/// Says who the one user of the namespace is outside.
fn map_user((user, group): (u32, u32)) -> io::Result<()> {
    fs::write("/proc/self/setgroups", "deny")?;
    fs::write("/proc/self/gid_map", format!("{STUDENT} {group} 1"))?;
    fs::write("/proc/self/uid_map", format!("{STUDENT} {user} 1"))?;
    Ok(())
}
