//! Databases of tests: thousands in a run, some 10 MB each, and none is looked at again once its test is over.
//!
//! A test that is killed tidies nothing up, so the server's owner does it, and a name tells which process a database is of.

use super::Postgres;
use crate::{Error, secret};
use std::{fmt::Write as _, path::Path, process};

const PREFIX: &str = "test_";

/// A new name for a database of this process that is there for `purpose`: up to 20 small letters, so that there is room for a role's
/// `_owner` in PostgreSQL's 63 bytes.
pub fn test_database(purpose: &str) -> Result<String, Error> {
    Ok(format!("{PREFIX}{}_{purpose}_{}", process::id(), secret::generate(8)?))
}

impl Postgres {
    /// Drops every [`test_database`] of a process that is gone, and its two roles, `<name>_owner` and `<name>_app`. Returns how many.
    pub fn drop_databases_of_ended_tests(&self) -> Result<usize, Error> {
        if !Path::new("/proc/self").exists() {
            // Nobody tells which processes there are.
            return Ok(0);
        }
        let names =
            self.run(&format!("SELECT datname FROM pg_database WHERE starts_with(datname, '{PREFIX}')"))?;
        let ended: Vec<_> =
            names.lines().filter(|name| owner(name).is_some_and(|pid| !is_there(pid))).collect();
        // Whatever else keeps a role must not keep the next database.
        let mut script = "\\set ON_ERROR_STOP 0\n".to_owned();
        for name in &ended {
            let _ = writeln!(
                script,
                "DROP DATABASE IF EXISTS {name} WITH (FORCE); DROP ROLE IF EXISTS {name}_owner, {name}_app;"
            );
        }
        self.run(&script)?;
        Ok(ended.len())
    }
}

/// The process that a database is of.
fn owner(name: &str) -> Option<u32> {
    name.strip_prefix(PREFIX)?.split_once('_')?.0.parse().ok()
}

fn is_there(pid: u32) -> bool {
    Path::new("/proc").join(pid.to_string()).exists()
}
