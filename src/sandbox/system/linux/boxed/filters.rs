//! What a program in the box may still ask the kernel: filters of system calls (seccomp).

use std::collections::BTreeMap;

use rustix::process::getpid;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, sock_filter,
};

use super::heard::{self, Heard, Refusal};
use super::raw::Listener;
use super::wire::Walls;
use crate::program::Looks;

/// The filters that are the same for every program of a launcher, compiled once.
#[derive(Debug)]
pub(super) struct Filters {
    /// What only a launcher and its first processes may.
    no_namespaces: BpfProgram,
    /// Where no namespaces keep a program by itself: from all other processes, and from what belongs to files without
    /// being in them.
    no_others: BpfProgram,
    /// Answers as if it had been done: Node must believe that a file which it copied is as open as the first.
    believed: BpfProgram,
    /// No sockets but those that the walls let be.
    no_sockets: Heard,
    /// The same, and no children.
    no_children: Heard,
    /// What the latter two refuse.
    refused: [(Refusal, Rules); 2],
    /// The address at which the name of the one program must stand that may be started without children.
    pub(super) program_at: usize,
}

impl Filters {
    /// Puts those on this process that it can live with itself, for all that it starts, since the longest of them takes
    /// the kernel a while; answers the others.
    pub(super) fn begin(walls: Walls, program_at: usize) -> Result<Self, seccompiler::Error> {
        let always = compiled(refusals()?, Some(libc::EPERM))?;
        // There is no such call, for whoever then does it another way that can be looked into.
        let clone3 = compiled(alone([libc::SYS_clone3]), Some(libc::ENOSYS))?;
        let refused = [
            (heard::SOCKETS, sockets(walls)?),
            (heard::CHILDREN, children(program_at)?),
        ];
        let rest = Filters {
            no_namespaces: compiled(namespaces()?, Some(libc::EPERM))?,
            no_others: compiled(others()?, Some(libc::EPERM))?,
            believed: compiled(alone([libc::SYS_fchmod]), None)?,
            no_sockets: Heard::new(&refused[..1], Rules::new())?,
            no_children: Heard::new(&refused, Rules::new())?,
            refused,
            program_at,
        };
        seccompiler::apply_filter(&always)?;
        seccompiler::apply_filter(&clone3)?;
        Ok(rest)
    }

    /// Puts those on this process whose refusals are heard, and hears what else is to be seen; answers where, if the kernel
    /// lets anybody hear them here.
    pub(super) fn apply_heard(
        &self,
        children: bool,
        looks: &Looks,
    ) -> Result<Option<Listener>, seccompiler::Error> {
        if !looks.turns && looks.calls.is_empty() && looks.loading.is_none() {
            return match children {
                true => self.no_sockets.apply(),
                false => self.no_children.apply(),
            };
        }
        let mut more = Rules::new();
        let rests = looks.loading.as_ref().is_some_and(|how| how.rests);
        if looks.turns || rests || looks.calls.iter().any(|of| of.serving) {
            more.extend(alone(heard::EVENTS.iter().copied()));
        }
        if !looks.calls.is_empty() || looks.loading.is_some() {
            more.insert(libc::SYS_setpriority, vec![says()?]);
        }
        let refused = match children {
            true => &self.refused[..1],
            false => &self.refused,
        };
        Heard::new(refused, more)?.apply()
    }

    /// Puts the others on this process, as its walls need them.
    pub(super) fn apply(&self, walls: Walls) -> Result<(), seccompiler::Error> {
        if walls == Walls::Guards {
            let no_other = compiled(itself()?, Some(libc::EPERM))?;
            for filter in [&self.no_others, &self.believed, &no_other] {
                seccompiler::apply_filter(filter)?;
            }
        }
        seccompiler::apply_filter(&self.no_namespaces)
    }
}

pub(super) type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// The calls, whatever their arguments.
fn alone(calls: impl IntoIterator<Item = i64>) -> Rules {
    let calls = calls.into_iter();
    calls.map(|call| (call, Vec::new())).collect()
}

/// A filter that answers with this error, or as if it had been done.
pub(super) fn compiled(rules: Rules, error: Option<i32>) -> Result<BpfProgram, seccompiler::Error> {
    answering(
        rules,
        SeccompAction::Errno(error.map_or(0, i32::unsigned_abs)),
    )
}

/// A filter that does this with the calls.
pub(super) fn answering(
    rules: Rules,
    action: SeccompAction,
) -> Result<BpfProgram, seccompiler::Error> {
    let architecture = TargetArch::try_from(std::env::consts::ARCH)?;
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, action, architecture)?;
    let filter = BpfProgram::try_from(filter)?;
    Ok(match cfg!(target_arch = "x86_64") {
        true => other_numbers().into_iter().chain(filter).collect(),
        false => filter,
    })
}

/// On x86-64 every call has a second number for programs of another kind (x32), which no rule would meet.
fn other_numbers() -> [sock_filter; 3] {
    let instruction = |code: u32, jf, k| sock_filter {
        code: code as u16,
        jt: 0,
        jf,
        k,
    };
    [
        instruction(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0),
        instruction(libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K, 1, 0x4000_0000),
        instruction(
            libc::BPF_RET | libc::BPF_K,
            0,
            libc::SECCOMP_RET_ERRNO | libc::EPERM.unsigned_abs(),
        ),
    ]
}

// What the C library does not know yet.
const FCHMODAT2: i64 = 452;
const SETXATTRAT: i64 = 463;
const GETXATTRAT: i64 = 464;
const LISTXATTRAT: i64 = 465;
const REMOVEXATTRAT: i64 = 466;
const OPEN_TREE_ATTR: i64 = 467;
const FILE_SETATTR: i64 = 469;

// Of `<fcntl.h>`, `<asm/ioctls.h>` and `<linux/fs.h>`.
const F_SETPIPE_SZ: u64 = 1031;
const F_SETLEASE: u64 = 1024;
const F_NOTIFY: u64 = 1026;
const F_SETOWN: u64 = 8;
const F_SETOWN_EX: u64 = 15;
const FICLONE: u64 = 0x4004_9409;

/// Calls that no program of a course needs, and that reach for the kernel, other processes or what outlives a run.
fn refusals() -> Result<Rules, seccompiler::Error> {
    let mut rules = alone([
        // The kernel itself.
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_io_uring_setup,
        libc::SYS_io_uring_enter,
        libc::SYS_io_uring_register,
        libc::SYS_init_module,
        libc::SYS_finit_module,
        libc::SYS_delete_module,
        libc::SYS_kexec_load,
        libc::SYS_reboot,
        libc::SYS_syslog,
        libc::SYS_swapon,
        libc::SYS_swapoff,
        libc::SYS_settimeofday,
        libc::SYS_clock_settime,
        libc::SYS_clock_adjtime,
        libc::SYS_adjtimex,
        libc::SYS_fanotify_init,
        libc::SYS_open_by_handle_at,
        libc::SYS_name_to_handle_at,
        libc::SYS_vhangup,
        // Mounts and namespaces, as far as a launcher needs none any more.
        libc::SYS_umount2,
        libc::SYS_pivot_root,
        libc::SYS_chroot,
        libc::SYS_setns,
        libc::SYS_fsopen,
        libc::SYS_fsconfig,
        libc::SYS_fsmount,
        libc::SYS_fspick,
        libc::SYS_move_mount,
        libc::SYS_open_tree,
        libc::SYS_mount_setattr,
        OPEN_TREE_ATTR,
        libc::SYS_sethostname,
        libc::SYS_setdomainname,
        // Other processes.
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_process_madvise,
        libc::SYS_kcmp,
        libc::SYS_pidfd_getfd,
        libc::SYS_move_pages,
        libc::SYS_migrate_pages,
        // What would be there for the next run.
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_keyctl,
        libc::SYS_shmget,
        libc::SYS_shmat,
        libc::SYS_shmctl,
        libc::SYS_shmdt,
        libc::SYS_semget,
        libc::SYS_semop,
        libc::SYS_semctl,
        libc::SYS_semtimedop,
        libc::SYS_msgget,
        libc::SYS_msgsnd,
        libc::SYS_msgrcv,
        libc::SYS_msgctl,
        libc::SYS_mq_open,
        libc::SYS_mq_unlink,
        libc::SYS_mq_timedsend,
        libc::SYS_mq_timedreceive,
        libc::SYS_mq_notify,
        libc::SYS_mq_getsetattr,
        // Programs out of memory that no guard of files sees.
        libc::SYS_memfd_create,
        libc::SYS_memfd_secret,
        libc::SYS_execveat,
        // More of the machine than its share.
        libc::SYS_ioprio_set,
        libc::SYS_sched_setscheduler,
        libc::SYS_sched_setattr,
        libc::SYS_sched_setparam,
    ]);
    rules.extend([
        // A user's pipes have one allowance together.
        (libc::SYS_fcntl, one_of(1, [F_SETPIPE_SZ])?),
        (libc::SYS_prlimit64, vec![of_another()?]),
    ]);
    Ok(rules)
}

/// Mounts and namespaces, as far as a launcher makes some for each run.
fn namespaces() -> Result<Rules, seccompiler::Error> {
    Ok(Rules::from([
        (libc::SYS_mount, Vec::new()),
        (libc::SYS_unshare, Vec::new()),
        (libc::SYS_clone, own_namespaces()?),
    ]))
}

/// What reaches others of the same user, or their files, and no guard of files sees.
fn others() -> Result<Rules, seccompiler::Error> {
    let mut rules = alone([
        libc::SYS_tkill,
        libc::SYS_pidfd_send_signal,
        libc::SYS_fchmodat,
        FCHMODAT2,
        libc::SYS_fchown,
        libc::SYS_fchownat,
        libc::SYS_utimensat,
        libc::SYS_getxattr,
        libc::SYS_lgetxattr,
        libc::SYS_fgetxattr,
        GETXATTRAT,
        libc::SYS_listxattr,
        libc::SYS_llistxattr,
        libc::SYS_flistxattr,
        LISTXATTRAT,
        libc::SYS_setxattr,
        libc::SYS_lsetxattr,
        libc::SYS_fsetxattr,
        SETXATTRAT,
        libc::SYS_removexattr,
        libc::SYS_lremovexattr,
        libc::SYS_fremovexattr,
        REMOVEXATTRAT,
        FILE_SETATTR,
    ]);
    #[cfg(target_arch = "x86_64")]
    rules.extend(alone([
        libc::SYS_chmod,
        libc::SYS_chown,
        libc::SYS_lchown,
        libc::SYS_utime,
        libc::SYS_utimes,
        libc::SYS_futimesat,
    ]));
    // It ends with whoever watches it, and can be watched.
    let hide = [libc::PR_SET_PDEATHSIG, libc::PR_SET_DUMPABLE];
    let hide = hide.map(|option| option.unsigned_abs().into());
    // Every file system has some that change a file which is open for reading only.
    let harmless = [
        libc::TCGETS,
        libc::TIOCGWINSZ,
        libc::FIONREAD,
        libc::FIONBIO,
        libc::FIOCLEX,
        libc::FIONCLEX,
        FICLONE,
    ];
    // Signals for another, or when another uses a file.
    let wake = [F_SETOWN, F_SETOWN_EX, F_SETLEASE, F_NOTIFY];
    rules.extend([
        (libc::SYS_sched_setaffinity, vec![of_another()?]),
        (libc::SYS_prctl, one_of(0, hide)?),
        (libc::SYS_ioctl, vec![none_of(1, &harmless)?]),
        (libc::SYS_fcntl, one_of(1, wake)?),
    ]);
    Ok(rules)
}

/// What this process may do to itself, and to no other.
fn itself() -> Result<Rules, seccompiler::Error> {
    let own = u64::from(getpid().as_raw_pid().unsigned_abs());
    let signals = [
        libc::SYS_kill,
        libc::SYS_tgkill,
        libc::SYS_rt_sigqueueinfo,
        libc::SYS_rt_tgsigqueueinfo,
    ];
    let mut rules = Rules::new();
    for call in signals {
        rules.insert(call, vec![none_of(0, &[own])?]);
    }
    let others_priority = [
        none_of(0, &[libc::PRIO_PROCESS.into()])?,
        none_of(1, &[0, own])?,
    ];
    rules.insert(libc::SYS_setpriority, others_priority.into());
    Ok(rules)
}

type Condition = Result<SeccompCondition, seccompiler::Error>;

/// That an argument, of which only the lower half counts, is to this as it says.
fn lower(argument: u8, so: SeccompCmpOp, value: u64) -> Condition {
    let length = SeccompCmpArgLen::Dword;
    Ok(SeccompCondition::new(argument, length, so, value)?)
}

/// A rule that all of this holds.
fn all(conditions: impl IntoIterator<Item = Condition>) -> Result<SeccompRule, seccompiler::Error> {
    let conditions: Result<Vec<_>, _> = conditions.into_iter().collect();
    Ok(SeccompRule::new(conditions?)?)
}

/// Rules that an argument is one of these.
fn one_of<const N: usize>(
    argument: u8,
    values: [u64; N],
) -> Result<Vec<SeccompRule>, seccompiler::Error> {
    let rules = values.map(|value| all([lower(argument, SeccompCmpOp::Eq, value)]));
    rules.into_iter().collect()
}

/// A rule that an argument is none of these.
fn none_of(argument: u8, values: &[u64]) -> Result<SeccompRule, seccompiler::Error> {
    all(unlike(argument, values))
}

fn unlike(argument: u8, values: &[u64]) -> impl Iterator<Item = Condition> {
    let values = values.iter();
    values.map(move |value| lower(argument, SeccompCmpOp::Ne, *value))
}

/// A rule about the whole of the first argument.
fn first_is(so: SeccompCmpOp, value: u64) -> Result<SeccompRule, seccompiler::Error> {
    let length = SeccompCmpArgLen::Qword;
    all([SeccompCondition::new(0, length, so, value).map_err(Into::into)])
}

/// The priority of a process that cannot be.
fn says() -> Result<SeccompRule, seccompiler::Error> {
    all([
        lower(0, SeccompCmpOp::Eq, libc::PRIO_PROCESS.into()),
        lower(1, SeccompCmpOp::Ge, heard::SAYS.start),
        lower(1, SeccompCmpOp::Lt, heard::SAYS.end),
    ])
}

/// A call about a process that is not the one which makes it: some have the same user.
fn of_another() -> Result<SeccompRule, seccompiler::Error> {
    none_of(0, &[0])
}

/// A child in namespaces of its own, where it would be privileged.
fn own_namespaces() -> Result<Vec<SeccompRule>, seccompiler::Error> {
    let flags = [
        libc::CLONE_NEWUSER,
        libc::CLONE_NEWNS,
        libc::CLONE_NEWPID,
        libc::CLONE_NEWNET,
        libc::CLONE_NEWIPC,
        libc::CLONE_NEWUTS,
        libc::CLONE_NEWCGROUP,
    ];
    let rules = flags.map(|flag| {
        let flag = u64::from(flag.unsigned_abs());
        first_is(SeccompCmpOp::MaskedEq(flag), flag)
    });
    rules.into_iter().collect()
}

/// The sockets that programs may not have: without a loopback of their own, every one.
fn sockets(walls: Walls) -> Result<Rules, seccompiler::Error> {
    Ok(match walls {
        Walls::Namespaces => Rules::from([
            (libc::SYS_socket, other_sockets()?),
            (libc::SYS_socketpair, other_sockets()?),
        ]),
        Walls::Guards => alone([libc::SYS_socket, libc::SYS_socketpair]),
    })
}

/// Sockets of another kind than those that the box's own loopback knows.
fn other_sockets() -> Result<Vec<SeccompRule>, seccompiler::Error> {
    let [unix, four, six, netlink] = [
        libc::AF_UNIX,
        libc::AF_INET,
        libc::AF_INET6,
        libc::AF_NETLINK,
    ]
    .map(|family| u64::from(family.unsigned_abs()));
    let mut rules = vec![none_of(0, &[unix, four, six, netlink])?];
    // Of other protocols the kernel may have to load what knows them.
    let usual = [
        0,
        libc::IPPROTO_TCP,
        libc::IPPROTO_UDP,
        libc::IPPROTO_ICMP,
        libc::IPPROTO_ICMPV6,
    ];
    let usual = usual.map(|protocol| u64::from(protocol.unsigned_abs()));
    // The first protocol of netlink is about interfaces and routes.
    for (family, protocols) in [(four, &usual[..]), (six, &usual[..]), (netlink, &[0][..])] {
        let of_family = std::iter::once(lower(0, SeccompCmpOp::Eq, family));
        rules.push(all(of_family.chain(unlike(2, protocols)))?);
    }
    Ok(rules)
}

/// All ways to have another process, or to become another program; threads are none.
fn children(program_at: usize) -> Result<Rules, seccompiler::Error> {
    let thread = SeccompCmpOp::MaskedEq(libc::CLONE_THREAD as u64);
    let no_thread = first_is(thread, 0)?;
    // The loader of any program would start any other; only what is said here, and by nobody who does not know where, is
    // started.
    let elsewhere = first_is(SeccompCmpOp::Ne, program_at as u64)?;
    let mut rules: Rules = [
        (libc::SYS_clone, vec![no_thread]),
        (libc::SYS_execve, vec![elsewhere]),
    ]
    .into();
    #[cfg(target_arch = "x86_64")]
    rules.extend(alone([libc::SYS_fork, libc::SYS_vfork]));
    Ok(rules)
}
