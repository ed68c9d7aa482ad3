//! Compose v2: the client's own plugin, or the program from Debian's package, which needs neither apt nor the client's folders.

use super::told;
use crate::{folder::Folder, progress::Step};
use anyhow::{Context as _, bail, ensure};
use std::{
    env, fs,
    io::copy,
    path::{Path, PathBuf},
    process::Command,
};

const POOL: &str = "http://deb.debian.org/debian/pool/main/d/docker-compose";
const VERSION: &str = "2.40.3-3";
/// Its packages by machine, and their SHA-256.
const PACKAGES: [(&str, &str, &str); 2] = [
    ("x86_64", "amd64", "e7603d5e6df0f8404f7b03da478022b87d7b50644cffe68884b071e5cfc17fd3"),
    ("aarch64", "arm64", "a7c33f38d80c4fad61d426fd47e0b7f1e81ad4a643e4e4cee3401e6f8638d359"),
];

/// The words of a command that is `docker compose`.
pub(super) fn compose(docker: &Path, folder: &Folder) -> anyhow::Result<Vec<PathBuf>> {
    if told(Command::new(docker).args(["compose", "version"])).is_ok() {
        return Ok(vec![docker.to_owned(), "compose".into()]);
    }
    let home = folder.tools().join(format!("docker-compose-{VERSION}"));
    let program = home.join("usr/libexec/docker/cli-plugins/docker-compose");
    if !program.is_file() {
        let step = Step::begin(format!("Fetching Compose {VERSION} from Debian (once)"));
        unpack(&home).context("there is no `docker compose`, and Debian's could not be fetched")?;
        step.done(format!("Fetched Compose {VERSION}"));
    }
    Ok(vec![program])
}

fn unpack(home: &Path) -> anyhow::Result<()> {
    let Some((_, machine, sum)) = PACKAGES.iter().find(|(machine, ..)| *machine == env::consts::ARCH) else {
        bail!("none is known for {}", env::consts::ARCH);
    };
    fs::create_dir_all(home)?;
    let package = home.join("package.deb");
    let mut answer = ureq::get(format!("{POOL}/docker-compose_{VERSION}_{machine}.deb")).call()?;
    copy(&mut answer.body_mut().as_reader(), &mut fs::File::create(&package)?)?;
    let found = told(Command::new("sha256sum").arg(&package))?;
    ensure!(found.starts_with(sum), "the package is not the one that is expected: {found}");
    told(Command::new("dpkg-deb").arg("-x").arg(&package).arg(home))?;
    fs::remove_file(package)?;
    Ok(())
}
