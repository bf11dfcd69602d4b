//! A room to run the command line in.

use ketenspiegel::{Terminal, run};
use std::fs;
use std::path::Path;
use std::sync::Once;

/// The ruleset that these tests lean on.
pub(super) const KLEIN: &str = "fixtures/rulesets/klein";

/// A profile that answers all of it.
pub(super) const VOLLEDIG: &str = "fixtures/rulesets/klein/tests/volledig.json";

/// How a run ended.
pub(super) struct Ran {
    pub(super) code: u8,
    pub(super) out: String,
    pub(super) err: String,
}

impl Ran {
    /// Everything that there is to see, for a snapshot.
    pub(super) fn seen(&self) -> String {
        let part = |name: &str, text: &str| {
            if text.is_empty() { String::new() } else { format!("── {name} ──\n{text}") }
        };
        format!("exit {}\n{}{}", self.code, part("out", &self.out), part("err", &self.err))
    }
}

/// Runs in the folder of the workspace, so that paths in messages are the same everywhere.
pub(super) fn ran(args: &[&str]) -> Ran {
    ran_with(args, b"", &Terminal::default())
}

/// The same, with something on standard input and a terminal.
pub(super) fn ran_with(args: &[&str], mut stdin: &[u8], terminal: &Terminal) -> Ran {
    go_home();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = ["ketenspiegel"].iter().chain(args);
    let code = run(args, terminal, &mut stdin, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).expect("what is written is UTF-8");
    Ran { code, out: text(out), err: text(err) }
}

/// The same, with the ruleset `klein`.
pub(super) fn ran_klein(args: &[&str]) -> Ran {
    ran(&[args, &["--ruleset", KLEIN]].concat())
}

/// Makes the folder of the workspace the current one.
pub(super) fn go_home() {
    static HOME: Once = Once::new();
    HOME.call_once(|| {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate stands in the workspace");
        std::env::set_current_dir(home).expect("the workspace is there");
    });
}

/// The names of the files in a folder.
pub(super) fn names(folder: &Path) -> Vec<String> {
    go_home();
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Copies a folder with all that is in it.
pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("there is room");
    for name in names(from) {
        let (from, to) = (from.join(&name), to.join(&name));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("there is room");
        }
    }
}

/// Writes something else in a file, wherever it stands there.
pub(super) fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("it is there");
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).expect("there is room");
}
