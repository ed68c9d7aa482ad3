//! `cargo dev status`: what runs, where, and whether it is well.

use crate::{
    folder::Folder,
    stack::{
        process::Process,
        services::{admin_agent, readiness},
        state::State,
    },
    table::{self, Align},
};
use clap::Args;
use std::process::ExitCode;

/// Show what runs, where, and whether it is well. Exits with 1 when it is not all up.
#[derive(Args, Debug)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let Some(state) = State::running(folder)? else {
        println!("  Nothing runs: start it with cargo dev up");
        return Ok(ExitCode::FAILURE);
    };
    match (&state.url, state.ready) {
        (Some(url), true) => println!("  Up: {url}   (process {})\n", state.owner.pid),
        _ => println!("  Starting or stopping (process {})\n", state.owner.pid),
    }
    let mut well = state.ready;
    let mut rows = Vec::new();
    for server in &state.servers {
        let runs = server.processes.iter().all(|process| process.is_alive());
        well &= runs;
        let condition = if runs { "running" } else { "ended" };
        rows.push(row(&server.name, &server.processes, server.port, String::new(), condition));
    }
    let agent = admin_agent();
    for service in &state.services {
        let condition = readiness(&agent, service.admin_port);
        well &= condition.is_ok();
        let condition = condition.err().unwrap_or_else(|| "ready".to_owned());
        rows.push(row(
            &service.name,
            &service.processes,
            service.port,
            service.admin_port.to_string(),
            &condition,
        ));
    }
    let heading = [
        ("name", Align::Left),
        ("process", Align::Right),
        ("memory", Align::Right),
        ("port", Align::Right),
        ("admin port", Align::Right),
        ("state", Align::Left),
    ];
    for line in table::lines(heading, &rows) {
        println!("{line}");
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn row(name: &str, processes: &[Process], port: u16, admin_port: String, condition: &str) -> [String; 6] {
    let process = processes.first();
    let pid = process.map(|process| process.pid.to_string()).unwrap_or_default();
    let memory = process.and_then(|process| process.memory());
    let memory = memory.map(|mebibytes| format!("{mebibytes} MiB")).unwrap_or_default();
    [name.to_owned(), pid, memory, port.to_string(), admin_port, condition.to_owned()]
}
