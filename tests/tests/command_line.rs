//! The command line as a user meets it: arguments and files in, text and an exit code out. Everything runs in this
//! process, through `ketenspiegel::run`.

mod room;

mod bad_input;
mod beginning;
mod books;
mod changes;
mod checking;
mod comparing;
mod editors;
mod explaining;
mod folders;
mod forms;
mod frames;
mod guarding;
mod guide;
mod help;
mod joined;
mod labels;
mod packing;
mod reports;
mod recording;
mod repository;
mod schemas;
mod snapshots;
mod tailoring;
