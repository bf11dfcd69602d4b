//! `include_dir!` does not see that a file was added to a folder; this line makes Cargo look.

fn main() {
    println!("cargo:rerun-if-changed=.");
}
