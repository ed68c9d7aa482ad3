//! Node.js: this machine's own where it is new enough, else one below `.dev/tools`.

use crate::{
    folder::{Folder, workspace},
    progress::Step,
};
use anyhow::{Context as _, bail, ensure};
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What is fetched where the machine's own is too old, as that of Debian 12 is. Both come as packages of npm's index.
const NODE: &str = "22.23.3";
const NPM: &str = "11.21.2";

/// Node.js and npm that can build the web client.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The `PATH` under which they are found first.
    path: OsString,
}

impl Node {
    /// Found, or installed: `nodejs` and `npm` of Debian, and with these a newer one when they are too old.
    pub fn ready(folder: &Folder) -> anyhow::Result<Self> {
        let own = Self { path: env::var_os("PATH").unwrap_or_default() };
        if own.is_new_enough() && own.has_npm() {
            return Ok(own);
        }
        let home = folder.tools().join(format!("node-{NODE}"));
        let fetched = Self { path: first_in_path(&home, &own.path)? };
        if fetched.is_new_enough() {
            return Ok(fetched);
        }
        if !own.has_npm() {
            servers::install(&["nodejs", "npm"], &folder.log("install-node")).context(
                "Node.js is not on this machine, and could not be installed (packages nodejs and npm)",
            )?;
            if own.is_new_enough() {
                return Ok(own);
            }
        }
        let step = Step::announce(format!("Fetching Node.js {NODE} into .dev/tools (once)"));
        own.fetch(&home)
            .context("this machine's Node.js is older than 20.19, and a newer one could not be fetched")?;
        ensure!(fetched.is_new_enough(), "the Node.js in {} does not run", home.display());
        step.done(format!("Fetched Node.js {NODE}"));
        Ok(fetched)
    }

    /// A program of Node.js' world, in a folder of the checkout.
    pub fn command(&self, program: &str, folder: impl AsRef<Path>) -> Command {
        // Found by our own PATH: a child's does not count for where it is looked for.
        let found =
            env::split_paths(&self.path).map(|folder| folder.join(program)).find(|file| file.is_file());
        let mut command = Command::new(found.unwrap_or_else(|| program.into()));
        command.current_dir(workspace().join(folder)).env("PATH", &self.path);
        command
    }

    /// Fetches the packages of a folder's lock file, when they are not there.
    pub fn packages(&self, folder: &str) -> anyhow::Result<()> {
        let home = workspace().join(folder);
        let (locked, there) = (home.join("package-lock.json"), home.join("node_modules/.package-lock.json"));
        let modified = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
        if modified(&there).is_none_or(|there| modified(&locked).is_some_and(|locked| locked > there)) {
            complete(self.command("npm", folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
                .with_context(|| format!("the packages of {folder} could not be fetched"))?;
        }
        Ok(())
    }

    fn fetch(&self, home: &Path) -> anyhow::Result<()> {
        let machine = match env::consts::ARCH {
            "x86_64" => "x64",
            "aarch64" => "arm64",
            other => bail!("there is no Node.js for {other} to fetch: install version 20.19 or newer"),
        };
        fs::create_dir_all(home)?;
        let wanted = [format!("node-linux-{machine}@{NODE}"), format!("npm@{NPM}")];
        let mut install = self.command("npm", home);
        install.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]);
        complete(install.arg(home).args(wanted))
    }

    /// What Vite asks for: 20.19, or 22.12 and newer.
    fn is_new_enough(&self) -> bool {
        let output = self.command("node", "").arg("--version").stderr(Stdio::null()).output();
        let version = output.ok().and_then(|output| String::from_utf8(output.stdout).ok());
        version.and_then(|version| parsed(&version)).is_some_and(is_new_enough)
    }

    fn has_npm(&self) -> bool {
        let mut asked = self.command("npm", "");
        let status = asked.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    }
}

/// Runs a command to its end; what it says is told only when it fails.
pub(crate) fn complete(command: &mut Command) -> anyhow::Result<()> {
    let output =
        command.output().with_context(|| format!("cannot run {}", command.get_program().display()))?;
    let told = [output.stdout, output.stderr].concat();
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&told).trim());
    Ok(())
}

/// The programs of the packages in `home`, then those of `path`.
fn first_in_path(home: &Path, path: &OsString) -> anyhow::Result<OsString> {
    let packages = home.join("node_modules");
    let node = |machine: &str| packages.join(format!("node-linux-{machine}/bin"));
    let ours: Vec<PathBuf> = vec![node("x64"), node("arm64"), packages.join(".bin")];
    env::join_paths(ours.into_iter().chain(env::split_paths(path))).context("PATH cannot be put together")
}

/// `v20.19.4`: major and minor.
fn parsed(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim().strip_prefix('v')?.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

const fn is_new_enough((major, minor): (u32, u32)) -> bool {
    (major == 20 && minor >= 19) || (major == 22 && minor >= 12) || major > 22
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_old_or_new_enough_as_vite_says() {
        let judged =
            ["v18.20.4\n", "v20.18.0", "v20.19.0", "v21.7.0", "v22.11.0", "v22.12.0", "v24.0.0", "?"];

        let enough = judged.map(|version| parsed(version).is_some_and(is_new_enough));

        assert_eq!(enough, [false, false, true, false, false, true, true, false]);
    }
}
