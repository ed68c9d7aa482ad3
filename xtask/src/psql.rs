//! `cargo dev psql`: SQL on a service's database.

use crate::{
    folder::Folder,
    stack::databases::{DATABASES, owner, password},
    up,
};
use anyhow::Context as _;
use clap::{Args, builder::PossibleValuesParser};
use servers::{Installation, SearchPath};
use std::{
    os::unix::process::CommandExt as _,
    process::{Command, ExitCode},
};

/// Open psql on a service's database, as the role that owns it.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Whose database
    #[arg(value_parser = PossibleValuesParser::new(DATABASES))]
    service: String,
    /// Handed to psql, e.g. -- -c 'SELECT count(*) FROM fills'
    #[arg(last = true)]
    psql: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments, folder: &Folder) -> anyhow::Result<ExitCode> {
    let state = up::running(folder)?;
    let postgres = state.servers.iter().find(|server| server.name == "postgres");
    let port = postgres.context("PostgreSQL is not up yet: see cargo dev status")?.port;
    let psql = Installation::find(&SearchPath::of_system())?.postgres.psql;
    let role = owner(&arguments.service);
    // The environment, unlike arguments, shows in nobody's list of processes.
    let error = Command::new(&psql)
        .args(&arguments.psql)
        .env("PGHOST", "127.0.0.1")
        .env("PGPORT", port.to_string())
        .env("PGDATABASE", &arguments.service)
        .env("PGPASSWORD", password(folder, &role)?)
        .env("PGUSER", role)
        .exec();
    Err(error).context(format!("cannot run {}", psql.display()))
}
