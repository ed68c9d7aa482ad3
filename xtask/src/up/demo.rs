//! The demo user and the demo files.

use crate::{
    api::{Api, NewAccount, Refused},
    delivery::Delivery,
    folder::{Folder, workspace},
    progress::Step,
};
use anyhow::Context as _;
use servers::secret;
use std::path::{Path, PathBuf};

/// The demo user's address.
pub(crate) const EMAIL: &str = "demo@journal.example";

/// Signs the demo user in, who is registered when there is none yet.
pub(crate) fn sign_in(url: &str, folder: &Folder) -> anyhow::Result<Api> {
    let step = Step::begin(format!("Signing in as {EMAIL}"));
    let api = Api::sign_up(url, EMAIL, &password(folder)?, "Demo").context("cannot sign the demo user in")?;
    step.done(format!("Signed in as {EMAIL}"));
    Ok(api)
}

/// The same. A user who does not let us in is no reason to stop everything: then it is said what can be done.
pub(super) fn sign_in_if_let(url: &str, folder: &Folder) -> anyhow::Result<Option<Api>> {
    match sign_in(url, folder) {
        Ok(api) => Ok(Some(api)),
        Err(error) if error.is::<Refused>() => {
            println!("  ! Nothing is imported: {error:#}");
            println!(
                "    Sign in at {url} as you set it up and import there, or begin anew with cargo dev reset"
            );
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Generated once; for this machine only.
pub(crate) fn password(folder: &Folder) -> Result<String, servers::Error> {
    secret::kept(&folder.secret("demo-password"), || secret::generate(10))
}

/// The checked-in files, each into an account like its broker's.
pub(crate) fn deliveries() -> Vec<Delivery> {
    deliveries_of(&workspace().join("xtask/demo"))
}

/// The same files, which lie in another folder.
pub(crate) fn deliveries_of(folder: &Path) -> Vec<Delivery> {
    let files = [
        ("interactive-brokers.xml", "Interactive Brokers", "America/New_York"),
        ("tradovate.csv", "Tradovate", "America/Chicago"),
        ("generic.csv", "Generic", "UTC"),
    ];
    files.map(|(file, name, time_zone)| delivery(folder.join(file), name, time_zone)).into()
}

fn delivery(file: PathBuf, name: &str, time_zone: &str) -> Delivery {
    let account = NewAccount {
        name: name.to_owned(),
        broker: name.to_owned(),
        currency: "USD".to_owned(),
        time_zone: time_zone.to_owned(),
    };
    Delivery { file, account, time_zone: None, format: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::stub;

    fn sign_in_where(status: u16) -> anyhow::Result<Option<Api>> {
        let folder = tempfile::tempdir().unwrap();
        sign_in_if_let(&stub::signing_in_is(status), &Folder::new(Some(folder.path().to_owned())).unwrap())
    }

    #[test]
    fn a_demo_user_who_signs_in_in_another_way_stops_nothing() {
        assert!(sign_in_where(401).unwrap().is_none());
    }

    #[test]
    fn a_journal_that_cannot_sign_anybody_in_is_a_failure() {
        let failure = sign_in_where(503).unwrap_err();

        assert!(format!("{failure:#}").contains("POST /v1/auth/login: 503"), "{failure:#}");
    }
}
