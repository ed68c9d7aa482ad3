//! The servers that the stack needs: found, or installed after asking.

use crate::{folder::Folder, progress::Step};
use anyhow::bail;
use servers::{Error, Installation, SearchPath};
use std::io::{IsTerminal as _, Write as _, stdin, stdout};

/// All three servers' programs. Missing ones are installed: after a yes on a terminal, else without asking.
pub(crate) fn ready(folder: &Folder, yes: bool) -> anyhow::Result<Installation> {
    let search = SearchPath::of_system();
    let packages = match Installation::find(&search) {
        Ok(installation) => return Ok(installation),
        Err(Error::Missing { packages }) => packages,
        Err(error) => return Err(error.into()),
    };
    println!("  Not on this machine: {}.", packages.join(", "));
    println!(
        "  They come from Debian's packages. Debian's own servers are not started: only private ones are used."
    );
    if !yes && stdin().is_terminal() && !confirmed("  Install them now?")? {
        bail!("not installed: {}", packages.join(", "));
    }
    let step = Step::announce(format!("Installing {}", packages.join(", ")));
    servers::install(&packages, &folder.log("install"))?;
    step.done(format!("Installed {}", packages.join(", ")));
    Ok(Installation::find(&search)?)
}

/// Asks a question that only `y` or `yes` answers with yes.
pub(crate) fn confirmed(question: &str) -> anyhow::Result<bool> {
    print!("{question} [y/N] ");
    stdout().flush()?;
    let mut answer = String::new();
    stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}
