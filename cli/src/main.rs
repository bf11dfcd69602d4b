//! The door: what only a process knows goes in, an exit code comes out. Everything else is in [`ketenspiegel::run`].

use ketenspiegel::{Terminal, end_at_a_fault, run};
use mimalloc::MiMalloc;
use std::io::{BufWriter, stderr, stdin, stdout};
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    end_at_a_fault();
    let mut out = BufWriter::new(stdout().lock());
    // the errors are not locked: a thread that panics must be able to say so
    ExitCode::from(run(std::env::args_os(), &Terminal::here(), &mut stdin().lock(), &mut out, &mut stderr()))
}
