//! A secret that is given as a setting or in a file: one of the two.

use anyhow::{Context as _, bail};
use secrecy::{ExposeSecret as _, SecretString};
use std::path::{Path, PathBuf};

/// Where a secret is.
pub(super) enum Given<'a> {
    Setting(&'a SecretString),
    File(&'a Path),
}

/// The setting `name`, or the file that `<name>_FILE` names; `None`: neither is given. An empty one counts as absent, as deployment
/// tools cannot always leave one out.
pub(super) fn given<'a>(
    name: &str,
    value: Option<&'a SecretString>,
    file: Option<&'a PathBuf>,
) -> anyhow::Result<Option<Given<'a>>> {
    let value = value.filter(|value| !value.expose_secret().trim().is_empty());
    let file = file.filter(|file| !file.as_os_str().is_empty());
    match (value, file) {
        (Some(value), None) => Ok(Some(Given::Setting(value))),
        (None, Some(file)) => Ok(Some(Given::File(file))),
        (None, None) => Ok(None),
        (Some(_), Some(_)) => bail!("{name} and {name}_FILE are both set: set one of them"),
    }
}

pub(super) fn missing(name: &str, advice: &str) -> anyhow::Error {
    anyhow::anyhow!("set {name} or {name}_FILE ({advice})")
}

pub(super) fn read(name: &str, file: &Path) -> anyhow::Result<SecretString> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("cannot read {name}_FILE {}", file.display()))?;
    Ok(text.into())
}

/// The secret of the setting `name` or of the file that `<name>_FILE` names, as it is now. `advice` says how to come by one.
///
/// # Errors
/// None is given, or both are, or the file cannot be read.
pub fn load(
    name: &str,
    value: Option<&SecretString>,
    file: Option<&PathBuf>,
    advice: &str,
) -> anyhow::Result<SecretString> {
    load_if_set(name, value, file)?.ok_or_else(|| missing(name, advice))
}

/// As [`load`], where it need not be given.
///
/// # Errors
/// Both are given, or the file cannot be read.
pub fn load_if_set(
    name: &str,
    value: Option<&SecretString>,
    file: Option<&PathBuf>,
) -> anyhow::Result<Option<SecretString>> {
    match given(name, value, file)? {
        Some(Given::Setting(value)) => Ok(Some(value.clone())),
        Some(Given::File(file)) => read(name, file).map(Some),
        None => Ok(None),
    }
}
