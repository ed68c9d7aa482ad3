//! A server that follows another one.

use super::{Postgres, SUPERUSER, printed};
use crate::{Error, Settings, place::Place};
use std::{fs, os::unix::process::CommandExt as _, process::Command};

impl Postgres {
    /// Starts a read replica of this server: a copy of all its data, which follows it for as long as both run. Its roles and passwords are
    /// this server's.
    pub fn replica(&self, settings: &Settings) -> Result<Self, Error> {
        let place = Place::of(&settings.folder)?;
        let room = place.room("replica")?;
        if !room.join("data").exists() {
            self.copy(&place, &room)?;
        }
        Self::serve(&self.programs, settings, &place, &room, &self.password)
    }

    fn copy(&self, place: &Place, room: &std::path::Path) -> Result<(), Error> {
        // An earlier attempt that was interrupted.
        let _ = fs::remove_dir_all(room.join("new"));
        let mut command = Command::new(self.programs.initdb.with_file_name("pg_basebackup"));
        command
            .args(["--pgdata=new", "--write-recovery-conf", "--checkpoint=fast", "--no-sync"])
            .args(["--host=127.0.0.1", &format!("--port={}", self.port), &format!("--username={SUPERUSER}")])
            .env_clear()
            .env("PGPASSWORD", &self.password)
            .current_dir(room);
        if let Some(account) = place.account {
            command.uid(account.uid).gid(account.gid);
        }
        printed("pg_basebackup", &mut command)?;
        fs::rename(room.join("new"), room.join("data")).map_err(Error::io("put the copy in its place"))
    }
}
