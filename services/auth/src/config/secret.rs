//! A secret that is given as a setting or in a file.

use anyhow::{Context as _, bail};
use secrecy::{ExposeSecret as _, SecretString};
use std::path::PathBuf;

/// The secret of the setting `name` or of the file that `<name>_FILE` names: one of the two. `advice` says how to come by one.
pub(super) fn load(
    name: &str,
    value: Option<&SecretString>,
    file: Option<&PathBuf>,
    advice: &str,
) -> anyhow::Result<SecretString> {
    load_if_set(name, value, file)?.with_context(|| format!("set {name} or {name}_FILE ({advice})"))
}

/// As [`load`], where it need not be given. An empty setting counts as absent, as deployment tools cannot always leave one out.
pub(super) fn load_if_set(
    name: &str,
    value: Option<&SecretString>,
    file: Option<&PathBuf>,
) -> anyhow::Result<Option<SecretString>> {
    let value = value.filter(|value| !value.expose_secret().trim().is_empty());
    let file = file.filter(|file| !file.as_os_str().is_empty());
    match (value, file) {
        (Some(value), None) => Ok(Some(value.clone())),
        (None, Some(file)) => {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("cannot read {name}_FILE {}", file.display()))?;
            Ok(Some(SecretString::from(text)))
        }
        (None, None) => Ok(None),
        (Some(_), Some(_)) => bail!("{name} and {name}_FILE are both set: set one of them"),
    }
}
