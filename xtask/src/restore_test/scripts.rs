//! The scripts that a single server is backed up and restored with, run against the private PostgreSQL.

use super::site::Site;
use crate::{folder::workspace, progress::Step};
use anyhow::{Context as _, bail, ensure};
use servers::Installation;
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// How they find the database, the uploads and the backups.
pub(super) struct Scripts {
    folder: PathBuf,
    backups: PathBuf,
    environment: Vec<(&'static str, OsString)>,
}

impl Scripts {
    pub fn new(site: &Site, installation: &Installation) -> anyhow::Result<Self> {
        let (port, password) = site.superuser()?;
        let backups = site.folder.path().join("backups");
        let _ = fs::remove_dir_all(&backups);
        // The tools of the server's own version come first.
        let tools = installation.postgres.initdb.parent().context("initdb has no folder")?;
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths([tools.to_owned()].into_iter().chain(env::split_paths(&path)))?;
        let environment = vec![
            ("PATH", path),
            ("PGHOST", "127.0.0.1".into()),
            ("PGPORT", port.to_string().into()),
            ("PGUSER", "postgres".into()),
            ("PGPASSWORD", password.into()),
            ("BACKUPS", backups.clone().into()),
            ("UPLOADS", site.folder.objects().into()),
        ];
        Ok(Self { folder: workspace().join("docs/operations/single-server/bin"), backups, environment })
    }

    /// Takes a backup, and tells where it is.
    pub fn backup(&self, when: &str) -> anyhow::Result<PathBuf> {
        let step = Step::begin(format!("Backup: {when}"));
        self.run(Command::new(self.folder.join("backup")))?;
        let mut found: Vec<PathBuf> = fs::read_dir(&self.backups)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.join("SHA256SUMS").is_file())
            .collect();
        found.sort();
        step.done(format!("Backup: {when}"));
        found.pop().context("the script wrote no backup")
    }

    /// Restores it all, or only some databases.
    pub fn restore(&self, backup: &Path, databases: &[&str]) -> anyhow::Result<()> {
        let what = if databases.is_empty() { "everything".to_owned() } else { databases.join(", ") };
        let step = Step::begin(format!("Restoring {what}"));
        let mut command = Command::new(self.folder.join("restore"));
        command.arg(backup).args(databases);
        self.run(command)?;
        step.done(format!("Restored {what}"));
        Ok(())
    }

    /// Drops all four, and makes sure that they are gone.
    pub fn drop_databases(&self) -> anyhow::Result<()> {
        for database in crate::stack::databases::DATABASES {
            let mut command = Command::new("dropdb");
            command.args(["--force", database]);
            self.run(command)?;
        }
        let mut command = Command::new("psql");
        command.args([
            "-AtX",
            "-d",
            "postgres",
            "-c",
            "SELECT datname FROM pg_database WHERE NOT datistemplate",
        ]);
        let left = self.run(command)?;
        ensure!(left.trim() == "postgres", "databases are left: {left}");
        Ok(())
    }

    fn run(&self, mut command: Command) -> anyhow::Result<String> {
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        let output =
            command.output().with_context(|| format!("cannot run {}", command.get_program().display()))?;
        if !output.status.success() {
            bail!("{}: {}", command.get_program().display(), String::from_utf8_lossy(&output.stderr).trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}
