//! `include_dir!` does not see that a file was added to a folder; this line makes Cargo look.
#![expect(clippy::print_stdout, reason = "this is how a build script speaks to Cargo")]

fn main() {
    println!("cargo:rerun-if-changed=.");
}
