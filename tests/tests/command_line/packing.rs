//! `ruleset lock` and `ruleset pack`, and loading from what they wrote.

use super::room::{KLEIN, VOLLEDIG, go_home, names, ran};
use std::fs;
use std::path::Path;

const OP_MAAT: &str = "fixtures/rulesets/op-maat";

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("there is room")
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

/// A copy of `from`, to change.
fn copied(from: &str, to: &Path) -> String {
    go_home();
    fs::create_dir(to).expect("there is room");
    super::checking::copy(Path::new(from), to);
    to.display().to_string()
}

fn packed(ruleset: &str, to: &str, others: &[&str]) -> String {
    let ran = ran(&[&["ruleset", "pack", ruleset, "-o", to], others].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    fs::read_to_string(to).expect("it was written")
}

#[test]
fn a_packed_ruleset_is_its_folder() {
    let folder = folder();
    let (one, other) = (path(folder.path(), "klein.ruleset"), path(folder.path(), "again.ruleset"));
    assert_eq!(packed(KLEIN, &one, &[]), packed(KLEIN, &other, &[]), "the same files give the same bytes");
    // from a packed one comes the same again
    assert_eq!(packed(&one, &other, &[]), fs::read_to_string(&one).expect("it is there"));
    let shown = |ruleset: &str| ran(&["ruleset", "show", ruleset]).out;
    assert_eq!(shown(&one), shown(KLEIN), "digest and all");
    let diagnosed = |ruleset: &str| ran(&["diagnose", VOLLEDIG, "--brief", "--ruleset", ruleset]).out;
    assert_eq!(diagnosed(&one), diagnosed(KLEIN));
    let tested = ran(&["ruleset", "test", &one]);
    assert_eq!((tested.code, tested.out.as_str()), (0, "klein: 2 cases, all hold\n2 passed, 0 failed\n"));
    let checked = ran(&["check", &one, VOLLEDIG]);
    assert_eq!((checked.code, checked.out.as_str()), (0, "1 ruleset and 1 profile: no problems\n"));
    let diff = ran(&["ruleset", "diff", KLEIN, &one]);
    assert_eq!(diff.code, 0, "{}{}", diff.out, diff.err);
    assert!(ran(&["ruleset", "list", "--ruleset", &one]).out.contains("klein"));
}

#[test]
fn a_pack_says_where_in_its_files_something_is_wrong() {
    let folder = folder();
    let file = path(folder.path(), "klein.ruleset");
    let text = packed(KLEIN, &file, &[]).replace("severity: \\\"major\\\"", "severity: \\\"erg\\\"");
    fs::write(&file, text).expect("there is room");
    let ran = ran(&["check", &file]);
    assert_eq!(ran.code, 3);
    assert!(ran.out.contains("klein.ruleset/rules/inrichting.rhai:4:15"), "{}", ran.out);
    assert!(ran.out.contains("severity: \"erg\""), "the line is shown: {}", ran.out);
}

#[test]
fn what_is_wrong_is_not_packed() {
    let folder = folder();
    let to = path(folder.path(), "fout.ruleset");
    let ran = ran(&["ruleset", "pack", "fixtures/rulesets/tien-fouten", "-o", &to]);
    assert_eq!(ran.code, 3);
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_hostile_pack_is_refused_and_says_why() {
    let folder = folder();
    let file = path(folder.path(), "kwaad.ruleset");
    let given = |bytes: &[u8]| {
        fs::write(&file, bytes).expect("there is room");
        let ran = ran(&["check", &file]);
        assert_eq!(ran.code, 3, "{}", ran.out);
        ran.out
    };
    let files =
        |inner: &str| given(format!("{{ \"format\": \"ruleset-pack/1\", \"files\": {{ {inner} }} }}").as_bytes());
    for (name, why) in [
        ("../ruleset.toml", "leads out of the folder"),
        ("rules/../../x.rhai", "leads out of the folder"),
        ("/etc/x.toml", "must say where it is in the folder"),
        ("C:x.toml", "must say where it is in the folder"),
        ("rules\\\\x.rhai", "must say where it is in the folder"),
        ("rules//x.rhai", "leads out of the folder"),
        ("./x.toml", "leads out of the folder"),
        (".hidden.toml", "a hidden file"),
        ("rules/x\\u0000.rhai", "a control character"),
        ("a/b/c/d/x.toml", "too deep"),
        ("run.sh", "no file of a kind"),
        ("", "empty or too long"),
    ] {
        let told = files(&format!("\"{name}\": []"));
        assert!(told.contains("K0109") && told.contains(why), "{name}: {told}");
    }
    assert!(files(&format!("\"{}.toml\": []", "x".repeat(300))).contains("empty or too long"));
    assert!(files("\"ruleset.toml\": [], \"ruleset.toml\": []").contains("K0104"), "a name that stands twice");
    assert!(files("\"ruleset.toml\": [\"a\\nb\"]").contains("a line has a line end in it"));
    assert!(files("\"ruleset.toml\": [1]").contains("K0201"));
    assert!(files("\"ruleset.toml\": \"text\"").contains("K0201"));
    assert!(files("").contains("has no ruleset.toml"));
    let many: Vec<String> = (0..2001).map(|at| format!("\"tests/a{at}.json\": []")).collect();
    assert!(files(&many.join(", ")).contains("a ruleset has at most 2000"));
    assert!(given(b"\xff\xfe").contains("K0106"), "no UTF-8");
    assert!(given(b"PK\x03\x04").contains("K0101"), "no JSON");
    assert!(given(b"{ \"format\": \"ruleset-pack/2\", \"files\": {} }").contains("K0301"));
    assert!(given(b"{ \"files\": {} }").contains("needs the field `format`"));
    assert!(given(b"[]").contains("must be a table"));
    assert!(given("[".repeat(100_000).as_bytes()).contains("K0105"), "too deep");
    let large = format!("{{ \"format\": \"{}\" }}", "x".repeat(9 * 1024 * 1024));
    assert!(given(large.as_bytes()).contains("K0107"));
}

#[test]
fn a_lock_says_what_moved_and_how_to_accept_it() {
    let folder = folder();
    let base = copied(KLEIN, &folder.path().join("klein"));
    let own = copied(OP_MAAT, &folder.path().join("op-maat"));
    let with = ["--ruleset", base.as_str()];
    let locked = || ran(&[&["ruleset", "lock", own.as_str()][..], &with].concat());
    let first = locked();
    assert_eq!((first.code, first.out.ends_with("ruleset.lock: 1 ruleset locked\n")), (0, true), "{}", first.err);
    let lock = path(folder.path(), "op-maat/ruleset.lock");
    let text = fs::read_to_string(&lock).expect("it was written");
    assert!(text.contains("id = \"klein\"\nversion = \"1.0.0\"\nsha256 = \""), "{text}");
    locked();
    assert_eq!(fs::read_to_string(&lock).expect("it is there"), text, "the same bytes");
    let checked = || ran(&[&["check", own.as_str()][..], &with].concat());
    assert_eq!(checked().code, 0, "{}", checked().out);
    // other contents under the same version
    let questions = path(folder.path(), "klein/questions.toml");
    let changed = fs::read_to_string(&questions).expect("it is there").replace("max = 50", "max = 60");
    fs::write(&questions, changed).expect("there is room");
    let told = checked();
    assert_eq!(told.code, 3);
    assert!(
        told.out.contains("`klein` is not what was locked: version 1.0.0 still, with other contents"),
        "{}",
        told.out
    );
    assert!(told.out.contains("op-maat/ruleset.lock:5:6"), "{}", told.out);
    assert!(told.out.contains("accept it with `ketenspiegel ruleset lock"), "{}", told.out);
    // another version
    let manifest = path(folder.path(), "klein/ruleset.toml");
    let newer = fs::read_to_string(&manifest).expect("it is there").replace("\"1.0.0\"", "\"1.1.0\"");
    fs::write(&manifest, newer).expect("there is room");
    let told = checked().out;
    assert!(told.contains("`klein` is not what was locked: version 1.0.0 then, 1.1.0 now"), "{told}");
    // it is packed as it is, and refused as it is
    let pack = ran(&[&["ruleset", "pack", own.as_str(), "-o", &path(folder.path(), "x.ruleset")][..], &with].concat());
    assert_eq!(pack.code, 3);
    assert_eq!(locked().code, 0);
    assert_eq!(checked().code, 0);
    // what is not there, and what is there for nothing
    fs::write(&lock, "format = 1\n[[ruleset]]\nid = \"adr\"\nversion = \"1.0.0\"\nsha256 = \"0\"\n")
        .expect("there is room");
    let told = checked().out;
    assert!(told.contains("`klein` is needed, and was not locked"), "{told}");
    assert!(told.contains("`adr` is locked, and nothing needs it any more"), "{told}");
}

#[test]
fn what_needs_nothing_has_no_lock() {
    let folder = folder();
    let own = copied(KLEIN, &folder.path().join("klein"));
    let ran = ran(&["ruleset", "lock", &own]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "klein 1.0.0 needs no other ruleset: there is nothing to lock\n"));
    assert!(!names(&folder.path().join("klein")).contains(&"ruleset.lock".to_owned()));
}

#[test]
fn a_ruleset_that_is_not_locked_is_packed_with_a_word_about_it() {
    let folder = folder();
    let to = path(folder.path(), "op-maat.ruleset");
    let ran_pack = ran(&["ruleset", "pack", OP_MAAT, "-o", &to, "--ruleset", KLEIN]);
    assert_eq!(ran_pack.code, 0);
    assert!(ran_pack.err.contains("does not say which ones it was made with"), "{}", ran_pack.err);
    // what it extends is not in it
    let alone = ran(&["check", &to]);
    assert!(alone.out.contains("`op-maat` extends the ruleset `klein`, which is not there"), "{}", alone.out);
    let both = ran(&["ruleset", "test", &to, KLEIN]);
    assert_eq!(both.code, 0, "{}", both.out);
}
