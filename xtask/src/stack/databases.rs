//! One database per service, its roles' passwords, and its migrations.

use super::{binaries::Binaries, side_by_side};
use crate::{folder::Folder, progress::Step};
use anyhow::{Context as _, bail};
use servers::{Database, Passwords, Postgres, secret};
use std::{collections::BTreeMap, fs, process::Command};

/// Services that have a database of their own, of the same name.
pub(crate) const DATABASES: [&str; 4] = ["auth", "trades", "analytics", "notifications"];

/// Makes sure that every database and role exists. By service.
pub(crate) fn create(
    postgres: &Postgres,
    folder: &Folder,
) -> anyhow::Result<BTreeMap<&'static str, Database>> {
    let step = Step::begin("Creating databases and roles");
    let created = side_by_side(DATABASES.to_vec(), |name| {
        let passwords = Passwords {
            owner: password(folder, &owner(name))?,
            app: password(folder, &format!("{name}_app"))?,
        };
        Ok::<_, servers::Error>((name, postgres.create_database(name, &passwords)?))
    });
    let databases = created.into_iter().collect::<Result<_, _>>()?;
    step.done("Databases auth, trades, analytics, notifications with two roles each");
    Ok(databases)
}

/// The role that owns a service's database.
pub(crate) fn owner(database: &str) -> String {
    format!("{database}_owner")
}

/// A role's password, generated when there is none yet.
pub(crate) fn password(folder: &Folder, role: &str) -> Result<String, servers::Error> {
    secret::kept(&folder.secret(role), || secret::generate(16))
}

/// Brings every database up to date, with the owner's role.
pub(crate) fn migrate(
    binaries: &Binaries,
    databases: &BTreeMap<&'static str, Database>,
    folder: &Folder,
) -> anyhow::Result<()> {
    let step = Step::begin("Migrating the databases");
    let work = databases.iter().map(|(name, database)| Ok((*name, database, binaries.of(name)?)));
    let work = work.collect::<anyhow::Result<Vec<_>>>()?;
    for migrated in side_by_side(work, |(name, database, program)| {
        let mut command = Command::new(program);
        command.arg("migrate").env("MIGRATION_DATABASE_URL", &database.owner_url).env("LOG_FORMAT", "text");
        let output = command.output().with_context(|| format!("cannot run {}", program.display()))?;
        let log = folder.log(&format!("{name}-migrate"));
        fs::write(&log, [output.stdout.as_slice(), &output.stderr].concat())?;
        if output.status.success() {
            return Ok(());
        }
        let complaint = String::from_utf8_lossy(&output.stderr);
        let cause = complaint.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
        bail!("{name} cannot migrate its database: {cause} (log: {})", log.display());
    }) {
        migrated?;
    }
    step.done("Databases are up to date");
    Ok(())
}
