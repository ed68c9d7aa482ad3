//! One database per service, with the two roles it is used by.

use super::{Postgres, SUPERUSER};
use crate::Error;
use std::{
    io::Write as _,
    process::{Command, Stdio},
};

const SCRIPT: &str = include_str!("database.sql");

/// Passwords of a database's two roles: letters and digits.
#[derive(Clone, Debug)]
pub struct Passwords {
    /// Of the owner.
    pub owner: String,
    /// Of the application role.
    pub app: String,
}

/// A database and how to reach it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    /// URL of `<name>_owner`, which owns the database: for migrations.
    pub owner_url: String,
    /// URL of `<name>_app`, which may read and write rows and nothing else: for the service.
    pub app_url: String,
}

impl Postgres {
    /// Makes sure that a database exists and that exactly its two roles can use it. Doing it again changes passwords only.
    pub fn create_database(&self, name: &str, passwords: &Passwords) -> Result<Database, Error> {
        let plain =
            |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        for text in [name, &passwords.owner, &passwords.app] {
            if text.is_empty() || text.len() > 50 || !plain(text) {
                return Err(Error::Name { name: name.to_owned() });
            }
        }
        let script = SCRIPT
            .replace("{name}", name)
            .replace("{owner_password}", &passwords.owner)
            .replace("{app_password}", &passwords.app);
        self.run(&script)?;
        Ok(Database {
            owner_url: self.url(&format!("{name}_owner"), &passwords.owner, name),
            app_url: self.url(&format!("{name}_app"), &passwords.app, name),
        })
    }

    /// Runs SQL as the superuser, through standard input: passwords must not show among a process's arguments. Returns the rows, a line
    /// each.
    pub(super) fn run(&self, script: &str) -> Result<String, Error> {
        let mut psql = Command::new(&self.programs.psql)
            .args(["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"])
            .arg("--host=127.0.0.1")
            .args([&format!("--port={}", self.port), &format!("--username={SUPERUSER}"), "--dbname=postgres"])
            .env("PGPASSWORD", &self.password)
            .env_remove("PGOPTIONS")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(Error::io("run psql"))?;
        if let Some(mut input) = psql.stdin.take() {
            // When psql gave up early, its own words say why.
            let _ = input.write_all(script.as_bytes());
        }
        let output = psql.wait_with_output().map_err(Error::io("run psql"))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(Error::Tool { tool: "psql", cause: String::from_utf8_lossy(&output.stderr).trim().to_owned() })
    }
}
