//! The alert rules: promtool reads and tests them, each has a test and a way to deal with it, and asks for what is measured.

use super::{
    Verdict,
    promql::{Known, unknown_in},
    verdict_of,
};
use crate::folder::{Folder, workspace};
use anyhow::{Context as _, ensure};
use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

const RULES: &str = "docker/observability/alerts.yml";
const TESTS: &str = "docker/observability/alerts.test.yml";
const CONFIGURATION: &str = "docker/observability/prometheus.yml";
/// Has a heading for each alert.
const INCIDENTS: &str = "docs/operations/incidents.md";

/// Reads the rules, and runs their tests where promtool can be had.
pub(crate) fn check(folder: &Folder) -> anyhow::Result<Verdict> {
    let faults = faults()?;
    if !faults.is_empty() {
        return Ok(Verdict::Failed(faults.join("; ")));
    }
    let promtool = match promtool(folder) {
        Ok(promtool) => promtool,
        Err(error) => return Ok(Verdict::Skipped(format!("there is no promtool: {error:#}"))),
    };
    for arguments in [["check", "config", CONFIGURATION], ["check", "rules", RULES], ["test", "rules", TESTS]]
    {
        let verdict = verdict_of(Command::new(&promtool).args(arguments).current_dir(workspace()))?;
        if verdict != Verdict::Passed {
            return Ok(Verdict::Failed(format!("promtool {} fails", arguments.join(" "))));
        }
    }
    Ok(Verdict::Passed)
}

/// promtool of this machine, else out of Debian's package, which nothing is installed from.
pub(crate) fn promtool(folder: &Folder) -> anyhow::Result<PathBuf> {
    let paths = env::var_os("PATH").unwrap_or_default();
    if let Some(found) =
        env::split_paths(&paths).map(|path| path.join("promtool")).find(|path| path.is_file())
    {
        return Ok(found);
    }
    let home = folder.tools().join("prometheus");
    let promtool = home.join("usr/bin/promtool");
    if promtool.is_file() {
        return Ok(promtool);
    }
    fs::create_dir_all(&home)?;
    println!("Taking promtool out of Debian's package prometheus into .dev/tools (once)");
    let fetched =
        Command::new("apt-get").args(["download", "--quiet", "prometheus"]).current_dir(&home).status();
    ensure!(fetched.context("there is no apt-get")?.success(), "the package prometheus cannot be fetched");
    let package = fs::read_dir(&home)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|kind| kind == "deb"))
        .context("apt-get fetched no package")?;
    let unpacked = Command::new("dpkg-deb").arg("--extract").arg(&package).arg(&home).status()?;
    ensure!(unpacked.success(), "the package prometheus cannot be unpacked");
    fs::remove_file(package)?;
    Ok(promtool)
}

/// One rule, as far as its own lines tell.
#[derive(Debug, Default)]
struct Rule {
    name: String,
    query: String,
    lines: String,
}

fn rules(text: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.trim().strip_prefix("- alert: ") {
            rules.push(Rule { name: name.to_owned(), ..Rule::default() });
        }
        let Some(rule) = rules.last_mut() else { continue };
        rule.lines.push_str(line);
        rule.lines.push('\n');
    }
    for rule in &mut rules {
        let behind = rule.lines.split_once("expr: ").map_or("", |(_, behind)| behind);
        let query = behind.split_once("\n        for: ").map_or("", |(query, _)| query);
        rule.query = query.trim_start_matches('|').to_owned();
    }
    rules
}

fn faults() -> anyhow::Result<Vec<String>> {
    let read = |path: &str| {
        fs::read_to_string(workspace().join(path)).with_context(|| format!("cannot read {path}"))
    };
    let (rules, tests, known) = (rules(&read(RULES)?), read(TESTS)?, Known::of_page()?);
    let incidents = workspace().join(INCIDENTS);
    let headings = incidents.is_file().then(|| headings(&incidents)).transpose()?;
    let mut faults = Vec::new();
    for rule in &rules {
        faults.extend(faults_of(rule, &tests, &known));
        if headings.as_ref().is_some_and(|headings| !headings.contains(&rule.name.to_lowercase())) {
            faults.push(format!("{INCIDENTS} has no heading {}", rule.name));
        }
    }
    Ok(faults)
}

fn faults_of(rule: &Rule, tests: &str, known: &Known) -> Vec<String> {
    let name = &rule.name;
    let mut faults = Vec::new();
    let runbook = format!("runbook: {INCIDENTS}#{}\n", name.to_lowercase());
    for wanted in ["severity: ", "summary: ", "description: ", &runbook] {
        if !rule.lines.contains(wanted) {
            faults.push(format!("{name} has no {}", wanted.trim()));
        }
    }
    if rule.query.trim().is_empty() {
        faults.push(format!("{name} asks for nothing"));
    }
    faults.extend(
        unknown_in(&rule.query, known)
            .into_iter()
            .map(|what| format!("{name} asks for {what}: nobody measures it")),
    );
    // Once it must be silent, once it must fire.
    if tests.matches(&format!("alertname: {name}\n")).count() < 2 || !tests.contains(&runbook) {
        faults.push(format!("{name} has no test of silence and of fire"));
    }
    faults
}

/// What links to a page's headings end with.
fn headings(page: &Path) -> anyhow::Result<BTreeSet<String>> {
    let text = fs::read_to_string(page)?;
    let headings = text.lines().filter(|line| line.starts_with('#'));
    Ok(headings.map(|line| line.trim_start_matches('#').trim().trim_matches('`').to_lowercase()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alert_asks_for_what_is_measured_is_tested_and_tells_what_to_do() {
        assert_eq!(faults().unwrap(), <[String; 0]>::default());
    }

    #[test]
    fn a_rule_that_lacks_something_is_found() {
        let text = "      - alert: Broken\n        expr: rate(no_such_metric[5m]) > 0\n        for: 1m\n";
        let rules = rules(text);

        let faults = faults_of(&rules[0], "", &Known::of_page().unwrap());

        assert_eq!(faults.len(), 6, "{faults:?}");
        assert!(
            faults.contains(&"Broken asks for no_such_metric: nobody measures it".to_owned()),
            "{faults:?}"
        );
    }
}
