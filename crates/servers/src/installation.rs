//! Which server programs this machine has, and which Debian packages would bring the missing ones.

use crate::Error;
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

/// Where programs are looked for.
#[derive(Clone, Debug)]
pub struct SearchPath {
    /// Folders of programs, in order of preference.
    pub programs: Vec<PathBuf>,
    /// Folders that hold one PostgreSQL each, as `<version>/bin`: Debian keeps them out of `PATH`.
    pub postgres_versions: Vec<PathBuf>,
    /// Folders with RabbitMQ's own scripts, which work for any user, unlike the wrapper that Debian puts into `PATH`.
    pub rabbitmq_scripts: Vec<PathBuf>,
}

impl SearchPath {
    /// `PATH`, the folders of system programs (which an ordinary user's `PATH` leaves out), and where Debian puts servers.
    pub fn of_system() -> Self {
        let path = env::var_os("PATH").unwrap_or_default();
        let system = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];
        Self {
            programs: env::split_paths(&path).chain(system.map(PathBuf::from)).collect(),
            postgres_versions: vec![PathBuf::from("/usr/lib/postgresql")],
            rabbitmq_scripts: vec![PathBuf::from("/usr/lib/rabbitmq/bin")],
        }
    }

    fn program(&self, name: &str) -> Option<PathBuf> {
        self.programs.iter().map(|folder| folder.join(name)).find(|file| file.is_file())
    }

    fn postgres(&self) -> Option<PostgresPrograms> {
        let in_path = self.program("initdb").and_then(|initdb| fs::canonicalize(initdb).ok());
        let in_path = in_path.and_then(|initdb| initdb.parent().map(Path::to_owned));
        let folders = in_path.into_iter().chain(self.newest_postgres());
        folders.filter(|folder| folder.join("initdb").is_file()).find_map(|folder| {
            let beside = |name: &str| Some(folder.join(name)).filter(|file| file.is_file());
            Some(PostgresPrograms {
                initdb: folder.join("initdb"),
                postgres: beside("postgres")?,
                psql: beside("psql").or_else(|| self.program("psql"))?,
                pg_isready: beside("pg_isready").or_else(|| self.program("pg_isready"))?,
            })
        })
    }

    fn newest_postgres(&self) -> Vec<PathBuf> {
        let entries =
            self.postgres_versions.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
        let mut versions: Vec<(u32, PathBuf)> = entries
            .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
            .collect();
        versions.sort_by(|left, right| right.cmp(left));
        versions.into_iter().map(|(_, folder)| folder).collect()
    }

    fn rabbitmq(&self) -> Option<RabbitMqPrograms> {
        let name = "rabbitmq-server";
        let scripts =
            self.rabbitmq_scripts.iter().map(|folder| folder.join(name)).find(|file| file.is_file());
        // Debian's wrapper insists on the system's rabbitmq user; without the scripts beside it, it is of no use.
        let in_path = || self.program(name).filter(|file| !is_debian_wrapper(file));
        let server = scripts.or_else(in_path)?;
        self.program("erl")?;
        Some(RabbitMqPrograms { server, epmd: self.program("epmd")?, path: self.variable() })
    }

    /// As the `PATH` of a child process.
    fn variable(&self) -> OsString {
        env::join_paths(&self.programs).unwrap_or_default()
    }
}

fn is_debian_wrapper(file: &Path) -> bool {
    fs::read_to_string(file)
        .is_ok_and(|script| script.contains("su rabbitmq") || script.contains("Only root or rabbitmq"))
}

/// PostgreSQL's programs, all of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostgresPrograms {
    /// Creates a data folder.
    pub initdb: PathBuf,
    /// The server.
    pub postgres: PathBuf,
    /// The client for SQL.
    pub psql: PathBuf,
    /// Asks whether the server accepts connections.
    pub pg_isready: PathBuf,
}

/// RabbitMQ's and Erlang's programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RabbitMqPrograms {
    /// The start script, usable by any user.
    pub server: PathBuf,
    /// Erlang's port mapper.
    pub epmd: PathBuf,
    /// `PATH` with which the start script finds `erl`.
    pub path: OsString,
}

/// The programs of all three servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// PostgreSQL's.
    pub postgres: PostgresPrograms,
    /// RabbitMQ's.
    pub rabbitmq: RabbitMqPrograms,
    /// Redis' server (or Valkey's).
    pub redis: PathBuf,
}

impl Installation {
    /// Looks for all three; [`Error::Missing`] names the packages of those that are not there.
    pub fn find(search: &SearchPath) -> Result<Self, Error> {
        let postgres = search.postgres();
        let redis = search.program("redis-server").or_else(|| search.program("valkey-server"));
        let rabbitmq = search.rabbitmq();
        let wanted = [
            (postgres.is_none(), "postgresql"),
            (redis.is_none(), "redis-server"),
            (rabbitmq.is_none(), "rabbitmq-server"),
        ];
        match (postgres, redis, rabbitmq) {
            (Some(postgres), Some(redis), Some(rabbitmq)) => Ok(Self { postgres, rabbitmq, redis }),
            _ => Err(Error::Missing {
                packages: wanted
                    .into_iter()
                    .filter_map(|(missing, package)| missing.then_some(package))
                    .collect(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    /// A machine whose programs are the given empty files.
    fn machine(files: &[&str]) -> (TempDir, SearchPath) {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let file = root.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        let search = SearchPath {
            programs: vec![root.path().join("bin")],
            postgres_versions: vec![root.path().join("lib/postgresql")],
            rabbitmq_scripts: vec![root.path().join("lib/rabbitmq/bin")],
        };
        (root, search)
    }

    fn missing(search: &SearchPath) -> Vec<&'static str> {
        match Installation::find(search) {
            Err(Error::Missing { packages }) => packages,
            found => panic!("{found:?}"),
        }
    }

    const POSTGRES: [&str; 4] = ["initdb", "postgres", "psql", "pg_isready"];

    #[test]
    fn on_a_bare_machine_every_package_is_missing() {
        let (_root, search) = machine(&[]);

        assert_eq!(missing(&search), ["postgresql", "redis-server", "rabbitmq-server"]);
    }

    #[test]
    fn only_what_is_not_there_is_missing() {
        let (_root, search) = machine(&["bin/valkey-server", "bin/rabbitmq-server", "bin/erl", "bin/epmd"]);

        assert_eq!(missing(&search), ["postgresql"]);
    }

    #[test]
    fn the_newest_of_debians_postgres_versions_is_taken() {
        let files: Vec<String> = ["9", "17", "15"]
            .iter()
            .flat_map(|v| POSTGRES.map(|p| format!("lib/postgresql/{v}/bin/{p}")))
            .collect();
        let (root, search) = machine(&files.iter().map(String::as_str).collect::<Vec<_>>());

        let found = search.postgres().unwrap();

        assert_eq!(found.postgres, root.path().join("lib/postgresql/17/bin/postgres"));
    }

    #[test]
    fn a_client_without_a_server_is_not_postgres() {
        let (_root, search) = machine(&["bin/psql", "bin/pg_isready"]);

        assert_eq!(search.postgres(), None);
    }

    #[test]
    fn debians_wrapper_alone_is_not_rabbitmq() {
        let (root, search) = machine(&["bin/erl", "bin/epmd"]);
        fs::write(root.path().join("bin/rabbitmq-server"), "exec su rabbitmq -s /bin/sh").unwrap();

        assert_eq!(search.rabbitmq(), None);
    }

    #[test]
    fn rabbitmq_without_erlang_is_of_no_use() {
        let (_root, search) = machine(&["lib/rabbitmq/bin/rabbitmq-server"]);

        assert_eq!(search.rabbitmq(), None);
    }
}
