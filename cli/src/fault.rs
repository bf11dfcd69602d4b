//! A fault of ours: a panic, in whatever thread.

use crate::Exit;
use std::io::{Write, stderr};
use std::panic::{set_hook, take_hook};
use std::process::exit;

/// Lets a panic end the process from now on, with [`Exit::Fault`] and words that say whose fault it is; what stands
/// ready to be written is not written.
pub fn end_at_a_fault() {
    let where_it_was = take_hook();
    set_hook(Box::new(move |panic| {
        where_it_was(panic);
        let _ = writeln!(
            stderr(),
            "\nketenspiegel {} came upon a fault of its own; nothing is wrong with your input.\n\
             Please report it with the command and the lines above. The profile itself need not be shared.",
            env!("CARGO_PKG_VERSION")
        );
        exit(Exit::Fault.code().into());
    }));
}
