//! A setting that is a secret: given as an environment variable, in a file, or in Secrets Manager.

use super::{Secret, Secrets, keeper::Source, reference::Reference};
use anyhow::{Context as _, bail};
use clap::{
    Arg, ArgMatches, Args, Command, FromArgMatches, error::ErrorKind, parser::ValueSource, value_parser,
};
use secrecy::{ExposeSecret as _, SecretString};
use std::{fmt, marker::PhantomData, path::PathBuf};

/// What a secret is called, and what it is.
pub trait Named: 'static {
    /// The environment variable that holds it. `<NAME>_FILE` names a file that does, `<NAME>_ARN` a secret of Secrets Manager.
    const NAME: &'static str;
    /// What it is, for `--help`.
    const MEANING: &'static str;
    /// How to come by one, for whoever gave none.
    const ADVICE: &'static str;
    /// What counts where none is given: only ever right on a developer's machine.
    const DEFAULT: Option<&'static str> = None;
}

/// Where the secret `S` is given: in one of three ways, or not at all. To be flattened into a group of settings.
pub struct Given<S> {
    value: Option<SecretString>,
    file: Option<PathBuf>,
    arn: Option<String>,
    what: PhantomData<fn() -> S>,
}

impl<S: Named> Given<S> {
    /// As `<NAME>_FILE` gives it.
    pub fn in_file(file: impl Into<PathBuf>) -> Self {
        Self { file: Some(file.into()), ..Self::default() }
    }

    /// As `<NAME>_ARN` gives it: the ARN or the name of a secret, and perhaps `#` and a key.
    pub fn in_secrets_manager(arn: impl Into<String>) -> Self {
        Self { arn: Some(arn.into()), ..Self::default() }
    }

    /// What is given as `<NAME>` itself.
    pub fn value(&self) -> Option<&SecretString> {
        self.value.as_ref()
    }

    /// The secret, which changes where it is given; it must be given. Needs a tokio runtime.
    ///
    /// # Errors
    /// None is given, or more than one is; or it cannot be had.
    pub async fn open(&self, secrets: &Secrets) -> anyhow::Result<Secret> {
        self.open_if_set(secrets).await?.with_context(|| {
            let (name, advice) = (S::NAME, S::ADVICE);
            format!("set {name}, {name}_FILE or {name}_ARN ({advice})")
        })
    }

    /// As [`Given::open`], where it need not be given.
    ///
    /// # Errors
    /// More than one is given, or it cannot be had.
    pub async fn open_if_set(&self, secrets: &Secrets) -> anyhow::Result<Option<Secret>> {
        // An empty one counts as absent, as deployment tools cannot always leave one out.
        let value = self.value.as_ref().filter(|value| !value.expose_secret().trim().is_empty());
        let file = self.file.as_ref().filter(|file| !file.as_os_str().is_empty());
        let arn = self.arn.as_ref().filter(|arn| !arn.trim().is_empty());
        match (value, file, arn) {
            (Some(value), None, None) => Ok(Some(Secret::fixed(trimmed(value.expose_secret())))),
            (None, Some(file), None) => Secret::kept(S::NAME, Source::File(file.clone())).await.map(Some),
            (None, None, Some(arn)) => {
                let reference = Reference::parse(arn).with_context(|| format!("{}_ARN", S::NAME))?;
                Secret::kept(S::NAME, Source::Store(secrets.clone(), reference)).await.map(Some)
            }
            (None, None, None) => Ok(S::DEFAULT.map(|value| Secret::fixed(value.into()))),
            _ => bail!("more than one of {0}, {0}_FILE and {0}_ARN is set: set one of them", S::NAME),
        }
    }
}

/// Files and editors like to end with a line break, which no secret of ours does.
pub(super) fn trimmed(text: &str) -> SecretString {
    text.trim().into()
}

fn file_of(name: &str) -> String {
    format!("{name}_FILE")
}

fn arn_of(name: &str) -> String {
    format!("{name}_ARN")
}

fn flag(variable: &str) -> String {
    variable.to_lowercase().replace('_', "-")
}

fn argument(variable: String, kind: &'static str, help: impl Into<String>) -> Arg {
    Arg::new(variable.clone()).long(flag(&variable)).env(variable).value_name(kind).help(help.into())
}

impl<S: Named> Args for Given<S> {
    fn augment_args(command: Command) -> Command {
        let default = S::DEFAULT.map_or_else(String::new, |value| format!(" [default: {value}]"));
        let help = format!(
            "{}. Only as an environment variable: arguments are for everybody to see{default}",
            S::MEANING
        );
        let (file, arn) = (file_of(S::NAME), arn_of(S::NAME));
        command
            .arg(
                argument(S::NAME.to_owned(), "SECRET", help)
                    .hide_env_values(true)
                    .value_parser(value_parser!(String)),
            )
            .arg(
                argument(file, "PATH", "File that holds it; it is read again when it changes")
                    .value_parser(value_parser!(PathBuf)),
            )
            .arg(
                argument(
                    arn,
                    "ARN",
                    "ARN or name of it in AWS Secrets Manager, and `#key` for one key of a JSON secret",
                )
                .value_parser(value_parser!(String)),
            )
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<S: Named> FromArgMatches for Given<S> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        if matches.value_source(S::NAME) == Some(ValueSource::CommandLine) {
            let message = format!(
                "{0} is a secret, and arguments are for everybody to see: set it in the environment, or {0}_FILE, or {0}_ARN\n",
                S::NAME
            );
            return Err(clap::Error::raw(ErrorKind::ArgumentConflict, message));
        }
        Ok(Self {
            value: matches.get_one::<String>(S::NAME).map(|value| value.as_str().into()),
            file: matches.get_one::<PathBuf>(&file_of(S::NAME)).cloned(),
            arn: matches.get_one::<String>(&arn_of(S::NAME)).cloned(),
            what: PhantomData,
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl<S> Default for Given<S> {
    fn default() -> Self {
        Self { value: None, file: None, arn: None, what: PhantomData }
    }
}

impl<S> Clone for Given<S> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), file: self.file.clone(), arn: self.arn.clone(), what: PhantomData }
    }
}

impl<S: Named> fmt::Debug for Given<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct(S::NAME);
        shown.field("value", &self.value).field("file", &self.file).field("arn", &self.arn).finish()
    }
}

impl<S> From<SecretString> for Given<S> {
    fn from(value: SecretString) -> Self {
        Self { value: Some(value), ..Self::default() }
    }
}

impl<S> From<String> for Given<S> {
    fn from(value: String) -> Self {
        SecretString::from(value).into()
    }
}

impl<S> From<&str> for Given<S> {
    fn from(value: &str) -> Self {
        SecretString::from(value).into()
    }
}

impl<S> From<Option<String>> for Given<S> {
    fn from(value: Option<String>) -> Self {
        value.map_or_else(Self::default, Into::into)
    }
}

#[cfg(test)]
mod tests;
