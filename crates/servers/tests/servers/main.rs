//! Real servers: started, asked, stopped, and gone.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a helper of a test fails by panicking, and a process announces itself on its output"
)]

mod killed_owner;
mod lifecycle;
mod postgres;
mod processes;
mod supervised;
mod support;
