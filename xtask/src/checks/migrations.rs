//! Migrations that a running product survives: no table is locked for long, and the code of before still works on what they leave.

mod bare;
mod baseline;
mod rules;
mod squawk;
mod statements;

use super::Verdict;
use crate::folder::{Folder, workspace};
use anyhow::Context as _;
use baseline::BASELINE;
use rules::Reason;
use statements::Migration;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// What is wrong with a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    line: usize,
    rule: String,
    reason: Reason,
    /// A sentence that says what to do instead.
    instead: String,
}

/// Refuses every migration that is not on the list of those applied before, and that would hurt a product in use. Without squawk our own
/// rules still count.
pub(crate) fn check(folder: &Folder) -> anyhow::Result<Verdict> {
    let squawk = squawk::SQUAWK.installed(folder);
    let files = files(workspace())?;
    let new: Vec<&PathBuf> = files.iter().filter(|file| !is_known(file)).collect();
    let mut refused = doubles(&files);
    for (file, findings) in new.iter().zip(judged(squawk.as_deref().ok(), &new)?) {
        let name = name(file);
        refused.extend(
            findings
                .iter()
                .map(|finding| format!("{name}:{}: {}: {}", finding.line, finding.rule, finding.instead)),
        );
    }
    if refused.is_empty() {
        return Ok(squawk.err().map_or(Verdict::Passed, |error| {
            Verdict::Skipped(format!(
                "the rules of ours are kept, those of squawk were not looked at: {error:#}"
            ))
        }));
    }
    for refusal in &refused {
        println!("{refusal}");
    }
    Ok(Verdict::Failed(format!("{} findings; see docs/operations/migrations.md", refused.len())))
}

/// What is wrong with each of these files: without squawk, as far as it can be told.
fn judged(squawk: Option<&Path>, files: &[impl AsRef<Path>]) -> anyhow::Result<Vec<Vec<Finding>>> {
    let mut judged = Vec::new();
    for file in files {
        let file = file.as_ref();
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let migration = Migration::of(&text);
        let mut found = rules::findings(&migration);
        if let Some(squawk) = squawk {
            found.extend(squawk::findings(squawk, file, &migration)?);
        }
        found = accepted(&migration, &found, |rule| squawk.is_some() || rules::is_ours(rule));
        found.sort_by_key(|finding| finding.line);
        judged.push(found);
    }
    Ok(judged)
}

/// Leaves out what the migration accepts with a reason, and adds acceptances that are none, as far as somebody looked at their rule.
fn accepted(migration: &Migration, found: &[Finding], is_looked_at: impl Fn(&str) -> bool) -> Vec<Finding> {
    let mut left = found.to_owned();
    for acceptance in migration.acceptances.iter().filter(|acceptance| is_looked_at(&acceptance.rule)) {
        let is_meant = |finding: &Finding| finding.rule == acceptance.rule;
        let meant = found.iter().find(|finding| is_meant(finding));
        let fault = match meant {
            None => Some("nothing breaks this rule: take the acceptance away"),
            Some(finding) if finding.reason == Reason::Lock => {
                Some("a lock cannot be accepted: do what the rule says")
            }
            Some(_) if acceptance.why.is_empty() => {
                Some("say why nobody is hurt: `-- accepted: <rule>: <reason>`")
            }
            Some(_) => None,
        };
        match fault {
            None => left.retain(|finding| !is_meant(finding)),
            Some(instead) => left.push(Finding {
                line: acceptance.line,
                rule: format!("accepted: {}", acceptance.rule),
                reason: Reason::Lock,
                instead: instead.to_owned(),
            }),
        }
    }
    left
}

/// Migrations of one folder with the same number: only one of them would ever be applied.
fn doubles(files: &[PathBuf]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let number = |file: &Path| {
        let name = file.file_name()?.to_str()?;
        Some((file.parent()?.to_owned(), name.split('_').next()?.to_owned()))
    };
    let double = |file: &&PathBuf| !seen.insert(number(file));
    files
        .iter()
        .filter(double)
        .map(|file| format!("{}: its number is taken: take the next free one", name(file)))
        .collect()
}

/// Every migration in the checkout, by name.
fn files(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for group in ["crates", "services"] {
        for entry in fs::read_dir(root.join(group)).with_context(|| format!("cannot read {group}"))? {
            let Ok(migrations) = fs::read_dir(entry?.path().join("migrations")) else { continue };
            for file in migrations {
                found.push(file?.path());
            }
        }
    }
    found.retain(|file| file.extension().is_some_and(|kind| kind == "sql"));
    found.sort();
    Ok(found)
}

fn is_known(file: &Path) -> bool {
    BASELINE.iter().any(|(known, _)| *known == name(file))
}

fn name(file: &Path) -> String {
    file.strip_prefix(workspace()).unwrap_or(file).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;
