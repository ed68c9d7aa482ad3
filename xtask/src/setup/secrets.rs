//! The secrets of a fresh installation: a folder for each service, with what this service alone may read.

use crate::stack::{
    binaries::Binaries,
    databases::{DATABASES, owner},
    services::{SERVICES, generated_by},
};
use anyhow::Context as _;
use clap::Args;
use servers::secret;
use std::{
    env, fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

/// Write what is missing of all secrets into files: a folder for each service, with what it alone may read.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Holds a folder for each service afterwards
    into: PathBuf,
    /// Folder of `auth` and `gateway`, which make keys [default: beside this program]
    #[arg(long, value_name = "FOLDER")]
    programs: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let own = env::current_exe().context("cannot find this program")?;
    let programs = arguments.programs.as_deref().or(own.parent()).context("this program lies nowhere")?;
    let secrets = Secrets { root: &arguments.into, binaries: Binaries::named_in(programs, &[]) };
    secrets.databases()?;
    secrets.broker()?;
    secrets.cache()?;
    secrets.keys()?;
    secrets.service_keys()?;
    secrets.kept("demo", "password", || secret::generate(10))?;
    println!("  The secrets are in {}.", arguments.into.display());
    Ok(())
}

struct Secrets<'a> {
    root: &'a Path,
    binaries: Binaries,
}

impl Secrets<'_> {
    /// Two roles for each database: migrations get the owner's login, the service that of the other one.
    fn databases(&self) -> anyhow::Result<()> {
        let password = || secret::generate(16);
        self.kept("postgres", "password", password)?;
        for name in DATABASES {
            let url =
                |role: &str, password: &str| format!("postgres://{role}:{password}@postgres:5432/{name}");
            let of_owner = self.kept("postgres", &format!("{name}-owner"), password)?;
            let of_app = self.kept("postgres", &format!("{name}-app"), password)?;
            self.written("migrate", name, &url(&owner(name), &of_owner))?;
            self.written(name, "database-url", &url(&format!("{name}_app"), &of_app))?;
        }
        Ok(())
    }

    fn broker(&self) -> anyhow::Result<()> {
        let password = self.kept("rabbitmq", "password", || secret::generate(16))?;
        let settings = format!("default_user = journal\ndefault_pass = {password}\nloopback_users = none\n");
        self.written("rabbitmq", "rabbitmq.conf", &settings)?;
        for name in DATABASES {
            self.written(name, "amqp-url", &format!("amqp://journal:{password}@rabbitmq:5672/%2f"))?;
        }
        Ok(())
    }

    /// A cache: nothing of it is kept on disk, and what was used least makes room.
    fn cache(&self) -> anyhow::Result<()> {
        let password = self.kept("redis", "password", || secret::generate(16))?;
        let settings = "save \"\"\nappendonly no\nmaxmemory 64mb\nmaxmemory-policy allkeys-lru\n";
        self.written("redis", "redis.conf", &format!("requirepass {password}\n{settings}"))?;
        for name in ["gateway", "notifications"] {
            self.written(name, "redis-url", &format!("redis://:{password}@redis:6379"))?;
        }
        Ok(())
    }

    fn keys(&self) -> anyhow::Result<()> {
        for (service, file, command) in [
            ("auth", "signing-key", "generate-key"),
            ("auth", "password-pepper", "generate-pepper"),
            ("auth", "vault-key", "generate-vault-key"),
            ("gateway", "cursor-keys", "generate-cursor-key"),
        ] {
            self.kept(service, file, || generated_by(&self.binaries, service, &[command]))?;
        }
        Ok(())
    }

    /// A key for each service, and for all the names and public halves of all.
    fn service_keys(&self) -> anyhow::Result<()> {
        let mut public = Vec::new();
        for name in SERVICES {
            let make = || generated_by(&self.binaries, "auth", &["generate-service-key", name]);
            let key = self.kept(name, "service-key", make)?;
            let (entry, _) = key.rsplit_once(':').context("a service key is not name:public:private")?;
            public.push(entry.to_owned());
        }
        for name in SERVICES {
            self.written(name, "service-keys", &public.join(","))?;
        }
        Ok(())
    }

    fn kept(
        &self,
        service: &str,
        name: &str,
        make: impl FnOnce() -> Result<String, servers::Error>,
    ) -> anyhow::Result<String> {
        let file = self.file(service, name)?;
        let kept = secret::kept(&file, make)?;
        readable(&file)?;
        Ok(kept)
    }

    fn written(&self, service: &str, name: &str, content: &str) -> anyhow::Result<()> {
        let file = self.file(service, name)?;
        secret::write_private(&file, content)?;
        readable(&file)
    }

    fn file(&self, service: &str, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.root.join(service);
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(folder.join(name))
    }
}

/// Servers read as users of their own. Nobody sees a folder besides the container that it is mounted into.
fn readable(file: &Path) -> anyhow::Result<()> {
    fs::set_permissions(file, fs::Permissions::from_mode(0o444))
        .with_context(|| format!("cannot let {} be read", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Programs that print a key as the real ones do, another one each time.
    fn programs(folder: &Path) {
        let script = "#!/bin/sh\necho \"${2:-id}:public-$$:private-$$\"\n";
        for name in ["auth", "gateway"] {
            fs::write(folder.join(name), script).unwrap();
            fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
    }

    fn all(root: &Path) -> Vec<(String, String)> {
        let mut files: Vec<_> = fs::read_dir(root)
            .unwrap()
            .flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap())
            .map(|file| file.unwrap().path())
            .map(|file| {
                let name = file.strip_prefix(root).unwrap().display().to_string();
                (name, fs::read_to_string(file).unwrap())
            })
            .collect();
        files.sort();
        files
    }

    #[test]
    fn each_service_finds_its_own_secrets_and_nothing_changes_when_they_are_made_again() {
        let (root, tools) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        programs(tools.path());
        let arguments = Arguments { into: root.path().to_owned(), programs: Some(tools.path().to_owned()) };

        run(&arguments).unwrap();
        let first = all(root.path());
        run(&arguments).unwrap();

        assert_eq!(all(root.path()), first);
        let of = |name: &str| &first.iter().find(|(file, _)| file == name).unwrap().1;
        let (owner, app) = (of("postgres/trades-owner"), of("postgres/trades-app"));
        assert_eq!(*of("migrate/trades"), format!("postgres://trades_owner:{owner}@postgres:5432/trades"));
        assert_eq!(*of("trades/database-url"), format!("postgres://trades_app:{app}@postgres:5432/trades"));
        assert!(of("analytics/service-keys").split(',').all(|entry| entry.split(':').count() == 2));
        assert!(!of("analytics/service-keys").contains("private"), "a private key is for its service alone");
        assert!(!first.iter().any(|(file, text)| file.starts_with("trades/") && text.contains(owner)));
        let mode = fs::metadata(root.path().join("auth/vault-key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o444);
    }
}
