//! What the system lets a worker do: memory and processor time by resource limits, files and network by Landlock, its end
//! with that of its parent. An adapter: all of it asks the kernel, nothing of it knows what a call is. Where a system
//! cannot do a thing, the worker goes on without it and says so.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::PathBuf;

use crate::call::worker::Confinement;

/// What a process may open. All else is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Files and folders to read; `/` for all.
    pub read: Vec<PathBuf>,
    /// Folders that are there, in which it reads, makes, replaces and removes files; none for a worker.
    pub write: Vec<PathBuf>,
}

impl Reach {
    /// This and one file more.
    pub fn with(&self, path: PathBuf) -> Self {
        let mut read = self.read.clone();
        read.push(path);
        Self { read, write: self.write.clone() }
    }
}

/// Keeps the calling thread, and the threads and processes that it will start, from all files but those of `reach` and
/// from TCP. Threads that run already stay as they are. It cannot be undone, only narrowed further.
pub fn confine(reach: &Reach) -> Confinement {
    system::confine(reach)
}

/// What [`confine`] can do here, tried on a thread of its own.
pub fn probe() -> Confinement {
    std::thread::spawn(|| confine(&Reach::default())).join().unwrap_or_default()
}

/// How much memory this process has taken. Made before [`confine`], which keeps it from the file that tells.
#[derive(Debug)]
pub struct Meter(Option<File>);

impl Meter {
    /// Of this process.
    pub fn open() -> Self {
        Self(if cfg!(target_os = "linux") { File::open("/proc/self/status").ok() } else { None })
    }

    /// Bytes that it can write to, and of its whole address space; 0 where that is not known.
    fn taken(&mut self) -> (u64, u64) {
        let mut text = String::new();
        if let Some(file) = &mut self.0 {
            let _ = file.rewind().and_then(|()| file.read_to_string(&mut text));
        }
        let bytes = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().trim_end_matches(" kB").parse().ok().and_then(|kb: u64| kb.checked_mul(1024))
        };
        (bytes("VmData:").unwrap_or(0), bytes("VmSize:").unwrap_or(0))
    }
}

/// Holds this process to so many bytes of memory more than it has, and keeps the memory of a crash, with voices in it,
/// from the disk. False where the system does not do it.
pub fn limit_memory(meter: &mut Meter, bytes: u64) -> bool {
    let (data, all) = meter.taken();
    system::limit_memory(data.saturating_add(bytes), all.saturating_add(bytes))
}

/// Lets this process use so many seconds of processor time from now on; beyond them the kernel ends it. The backstop for
/// what no deadline inside the process can end.
pub fn allow_cpu_s(seconds: f64) {
    system::allow_cpu_s(seconds);
}

/// Asks the kernel to end this process when the thread that started it ends. False if it has ended already: the process
/// has another parent then.
pub fn die_with_parent(parent: u32) -> bool {
    system::die_with_parent(parent)
}

/// Makes the kernel, if it runs out of memory, end this process rather than another.
pub fn volunteer_for_oom() {
    // 0 is what all have, 1000 means always. Half way: large strangers go first.
    #[cfg(target_os = "linux")]
    let _ = std::fs::write("/proc/self/oom_score_adj", "500");
}

/// Standard output for our lines alone: what else is printed there, by C code for example, goes to standard error.
///
/// # Errors
/// Those of the system, such as no file descriptors.
pub fn take_stdout() -> io::Result<File> {
    system::take_stdout()
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::io;
    use std::os::fd::AsFd;

    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};

    #[cfg(target_os = "linux")]
    pub use super::linux::{confine, die_with_parent};

    #[cfg(not(target_os = "linux"))]
    pub fn confine(_: &super::Reach) -> super::Confinement {
        super::Confinement::None
    }

    /// No signal for that: a closed standard input has to do.
    #[cfg(not(target_os = "linux"))]
    pub fn die_with_parent(_: u32) -> bool {
        true
    }

    /// Address space beside the memory that is used: reserved arenas of the allocator (64 MiB a thread), stacks, and the
    /// program itself.
    const RESERVED_BYTES: u64 = 4 << 30;

    pub fn limit_memory(data_bytes: u64, all_bytes: u64) -> bool {
        let _ = lower(Resource::Core, 0);
        // A graphics processor's driver reserves address space by the terabyte.
        let is_address_space_real = !crate::models::HAS_GPU;
        // RLIMIT_DATA counts what a process can write to; elsewhere than on Linux it counts next to nothing.
        let data = lower(Resource::Data, data_bytes);
        let all = !is_address_space_real || lower(Resource::As, all_bytes.saturating_add(RESERVED_BYTES));
        data && all && cfg!(target_os = "linux")
    }

    /// Never raises a limit that the administrator set.
    fn lower(resource: Resource, to: u64) -> bool {
        let now = getrlimit(resource);
        let to = now.maximum.map_or(to, |most| most.min(to));
        setrlimit(resource, Rlimit { current: Some(to), maximum: Some(to) }).is_ok()
    }

    pub fn allow_cpu_s(seconds: f64) {
        let used_s = clock_gettime(ClockId::ProcessCPUTime).tv_sec.max(0) as f64;
        // To whole seconds, upwards; a float beyond what the type holds becomes its largest value.
        let current = (used_s + seconds).ceil() as u64 + 1;
        let maximum = getrlimit(Resource::Cpu).maximum;
        let current = maximum.map_or(current, |most| most.min(current));
        // Only the soft limit, so that the next job can move it on.
        let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(current), maximum });
    }

    pub fn take_stdout() -> io::Result<File> {
        let ours = io::stdout().as_fd().try_clone_to_owned()?;
        rustix::stdio::dup2_stdout(io::stderr().as_fd())?;
        Ok(File::from(ours))
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::File;
    use std::io;

    pub fn confine(_: &super::Reach) -> super::Confinement {
        super::Confinement::None
    }

    pub fn limit_memory(_: u64, _: u64) -> bool {
        false
    }

    pub fn allow_cpu_s(_: f64) {}

    pub fn die_with_parent(_: u32) -> bool {
        true
    }

    pub fn take_stdout() -> io::Result<File> {
        use std::os::windows::io::{AsHandle, OwnedHandle};
        let ours: OwnedHandle = io::stdout().as_handle().try_clone_to_owned()?;
        Ok(File::from(ours))
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::ffi::OsStr;
    use std::path::{Path, PathBuf};

    use landlock::{
        ABI, Access, AccessFs, AccessNet, BitFlags, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError,
        RulesetStatus, Scope, make_bitflags, path_beneath_rules,
    };
    use rustix::process::{Signal, getppid, set_parent_process_death_signal};

    use super::{Confinement, Reach};

    /// Linux 6.12: files, devices, TCP, signals and abstract sockets. Older kernels do what they know of it.
    const KNOWN: ABI = ABI::V6;

    /// Programs and what they load: for a decoder that is a program of its own. Nobody's data.
    const SYSTEM: [&str; 9] = [
        "/usr",
        "/bin",
        "/lib",
        "/lib32",
        "/lib64",
        "/nix/store",
        "/gnu/store",
        "/etc/ld.so.cache",
        "/etc/alternatives",
    ];

    /// Devices without memory.
    const DEVICES: [&str; 4] = ["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"];

    /// Programs that decode what this one does not.
    const HELPERS: [&str; 2] = ["ffmpeg", "ffprobe"];

    pub fn confine(reach: &Reach) -> Confinement {
        // A graphics processor's driver opens devices and caches that no list holds.
        if crate::models::HAS_GPU {
            return Confinement::None;
        }
        match restrict(reach) {
            Ok(RulesetStatus::FullyEnforced) => Confinement::Full,
            Ok(RulesetStatus::PartiallyEnforced) => Confinement::Partial,
            Ok(RulesetStatus::NotEnforced) | Err(_) => Confinement::None,
        }
    }

    fn restrict(reach: &Reach) -> Result<RulesetStatus, RulesetError> {
        let read: BitFlags<AccessFs> = make_bitflags!(AccessFs::{ReadFile | ReadDir});
        let run: BitFlags<AccessFs> = make_bitflags!(AccessFs::{ReadFile | ReadDir | Execute});
        let device: BitFlags<AccessFs> = make_bitflags!(AccessFs::{ReadFile | WriteFile});
        let write: BitFlags<AccessFs> = make_bitflags!(AccessFs::{
            ReadFile | ReadDir | WriteFile | Truncate | MakeReg | MakeDir | RemoveFile
        });
        let status = Ruleset::default()
            .handle_access(AccessFs::from_all(KNOWN))?
            .handle_access(AccessNet::from_all(KNOWN))?
            .scope(Scope::from_all(KNOWN))?
            .create()?
            // Paths that are not there are left out.
            .add_rules(path_beneath_rules(&reach.read, read))?
            .add_rules(path_beneath_rules(&reach.write, write))?
            .add_rules(path_beneath_rules(SYSTEM, run))?
            .add_rules(path_beneath_rules(helpers(std::env::var_os("PATH").as_deref()), run))?
            .add_rules(path_beneath_rules(DEVICES, device))?
            .restrict_self()?;
        Ok(status.ruleset)
    }

    /// The programs of [`HELPERS`] that a PATH leads to, links followed.
    fn helpers(path: Option<&OsStr>) -> Vec<PathBuf> {
        let folders = path.map(std::env::split_paths).into_iter().flatten();
        folders.flat_map(|folder| HELPERS.map(|name| folder.join(name))).filter_map(|file| resolved(&file)).collect()
    }

    fn resolved(file: &Path) -> Option<PathBuf> {
        file.canonicalize().ok().filter(|file| file.is_file())
    }

    pub fn die_with_parent(parent: u32) -> bool {
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
        // It may have ended before the kernel was asked.
        getppid().is_some_and(|pid| pid.as_raw_nonzero().get().cast_unsigned() == parent)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn helpers_are_those_on_the_path_and_no_folders() {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let (one, two) = (folder.path().join("one"), folder.path().join("two"));
            std::fs::create_dir_all(one.join("ffmpeg")).expect("writable");
            std::fs::create_dir_all(&two).expect("writable");
            std::fs::write(two.join("real"), b"").expect("writable");
            std::os::unix::fs::symlink(two.join("real"), two.join("ffmpeg")).expect("writable");
            let path = std::env::join_paths([&one, &two, &folder.path().join("nowhere")]).expect("plain names");
            let real = two.join("real").canonicalize().expect("it is there");
            assert_eq!(helpers(Some(&path)), [real]);
            assert!(helpers(None).is_empty());
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    /// What a confined thread can and cannot do.
    fn tried(reach: Reach, work: impl FnOnce() -> bool + Send + 'static) -> Option<bool> {
        let confined = std::thread::spawn(move || (confine(&reach), work())).join().expect("no panic");
        // A kernel without Landlock: nothing to see.
        (confined.0 != Confinement::None).then_some(confined.1)
    }

    #[test]
    fn a_confined_thread_reads_and_writes_what_it_may_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("calls")).expect("writable");
        std::fs::write(at("calls/a.wav"), b"sound").expect("writable");
        std::fs::write(at("secret"), b"secret").expect("writable");
        let reach = || Reach { read: vec![at("calls")], write: Vec::new() };
        let (allowed, secret, new) = (at("calls/a.wav"), at("secret"), at("calls/new"));
        let append = allowed.clone();
        assert_ne!(tried(reach(), move || std::fs::read(allowed).is_ok()), Some(false));
        assert_ne!(tried(reach(), move || std::fs::read(secret).is_err()), Some(false));
        assert_ne!(tried(reach(), move || std::fs::write(new, b"x").is_err()), Some(false));
        assert_ne!(tried(reach(), move || File::options().append(true).open(append).is_err()), Some(false));
        let (old, inside, outside) = (at("out/old"), at("out/new"), at("calls/new"));
        std::fs::create_dir(at("out")).expect("writable");
        std::fs::write(&old, b"x").expect("writable");
        let writes = move || {
            std::fs::write(&inside, b"x").is_ok()
                && std::fs::rename(&inside, &old).is_ok()
                && std::fs::remove_file(&old).is_ok()
                && std::fs::write(outside, b"x").is_err()
        };
        assert_ne!(tried(Reach { write: vec![at("out")], ..reach() }, writes), Some(false));
        // The thread of the test is as free as before.
        assert!(std::fs::read(at("secret")).is_ok());
    }
}
