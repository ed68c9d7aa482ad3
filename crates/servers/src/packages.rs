//! Installs Debian packages without letting Debian start their servers.

use crate::{Error, account::running_as_root};
use std::{
    fs::File,
    io::{IsTerminal as _, stdin},
    path::Path,
    process::{Command, Stdio},
};

const SCRIPT: &str = include_str!("packages/install.sh");
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// Installs `packages` with apt-get, as root or through sudo; what it prints goes to `log`.
///
/// Servers that the packages bring are not started: only private instances are used.
pub fn install(packages: &[&str], log: &Path) -> Result<(), Error> {
    let fail = |cause: String| Error::Install { packages: packages.join(", "), cause };
    let by_hand = format!("ask an administrator to run: apt-get install -y {}", packages.join(" "));
    if Command::new("apt-get").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err()
    {
        return Err(fail("this is not Debian (there is no apt-get): install the servers by hand".to_owned()));
    }
    let mut command = Command::new("sh");
    if !running_as_root()? {
        authorize().map_err(|cause| fail(format!("{cause}; {by_hand}")))?;
        command = Command::new("sudo");
        command.args(["-n", "sh"]);
    }
    run(command, Path::new(POLICY), packages, log)
}

/// Asks for sudo's password where somebody can type it.
fn authorize() -> Result<(), String> {
    let mut sudo = Command::new("sudo");
    if !stdin().is_terminal() {
        sudo.arg("-n");
    }
    match sudo.arg("-v").status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err("sudo does not let us".to_owned()),
        Err(_) => Err("it takes root, and there is no sudo".to_owned()),
    }
}

fn run(mut shell: Command, policy: &Path, packages: &[&str], log: &Path) -> Result<(), Error> {
    let write = || Error::io(format!("write {}", log.display()));
    let output = File::create(log).map_err(write())?;
    let status = shell
        .args(["-c", SCRIPT, "install"])
        .arg(policy)
        .args(packages)
        .stdin(Stdio::null())
        .stdout(output.try_clone().map_err(write())?)
        .stderr(output)
        .status()
        .map_err(Error::io("run the installer"))?;
    if status.success() {
        return Ok(());
    }
    let cause = format!("{} (log: {})", crate::readiness::last_words(log), log.display());
    Err(Error::Install { packages: packages.join(", "), cause })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf};
    use tempfile::TempDir;

    /// A machine whose apt-get is `script`, and its policy file.
    fn machine(script: &str) -> (TempDir, PathBuf) {
        let root = tempfile::tempdir().unwrap();
        let apt = root.path().join("apt-get");
        fs::write(&apt, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&apt, fs::Permissions::from_mode(0o755)).unwrap();
        let policy = root.path().join("policy-rc.d");
        (root, policy)
    }

    fn install_on(root: &TempDir, policy: &Path) -> (Result<(), Error>, String) {
        let mut shell = Command::new("sh");
        shell.env("PATH", format!("{}:/usr/bin:/bin", root.path().display())).env("POLICY", policy);
        let log = root.path().join("log");
        let outcome = run(shell, policy, &["redis-server"], &log);
        (outcome, fs::read_to_string(log).unwrap())
    }

    #[test]
    fn services_are_kept_from_starting_only_while_packages_are_installed() {
        let (root, policy) = machine(r#"echo "$@"; "$POLICY"; echo "policy says $?""#);

        let (outcome, log) = install_on(&root, &policy);

        outcome.unwrap();
        assert!(log.contains("install -y --no-install-recommends redis-server\npolicy says 101"), "{log}");
        assert!(!policy.exists());
    }

    #[test]
    fn the_policy_is_removed_when_the_installation_fails() {
        let (root, policy) =
            machine(r#"[ "$1" = update ] || { echo "E: Unable to locate package"; exit 100; }"#);

        let (outcome, _) = install_on(&root, &policy);

        let error = outcome.unwrap_err().to_string();
        assert!(
            error.starts_with("cannot install redis-server: E: Unable to locate package (log: "),
            "{error}"
        );
        assert!(!policy.exists());
    }

    #[test]
    fn a_policy_that_was_there_before_stays_as_it_is() {
        let (root, policy) = machine("true");
        fs::write(&policy, "the machine's own").unwrap();

        install_on(&root, &policy).0.unwrap();

        assert_eq!(fs::read_to_string(&policy).unwrap(), "the machine's own");
    }
}
