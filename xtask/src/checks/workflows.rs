//! The workflows of GitHub: well formed, pinned, without keys that last, and without programs of their own.

use super::{Checks, Verdict};
use crate::{
    folder::{Folder, workspace},
    tools::Tool,
};
use anyhow::Context as _;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const FOLDER: &str = ".github";
const ZIZMOR: Tool = Tool { package: "zizmor", extras: "", version: "1.32.0", program: "zizmor" };
const SCHEMAS: Tool =
    Tool { package: "check-jsonschema", extras: "", version: "0.39.0", program: "check-jsonschema" };

/// What has no place in a workflow, with the reason.
const BANNED: [(&str, &str); 6] = [
    ("aws-access-key-id", "a key that lasts: sign in by OIDC (role-to-assume)"),
    ("aws-secret-access-key", "a key that lasts: sign in by OIDC (role-to-assume)"),
    ("AWS_SECRET_ACCESS_KEY", "a key that lasts: sign in by OIDC (role-to-assume)"),
    ("AKIA", "an access key of AWS"),
    ("pull_request_target", "it runs with our rights what a stranger wrote"),
    ("secrets: inherit", "hand on each secret by its name"),
];

/// Makes all checks of the workflows.
pub(crate) fn check(checks: &mut Checks, folder: &Folder) {
    checks.make("workflows: pins and keys", || own_rules(&workspace().join(FOLDER)));
    checks.make("workflows: zizmor", || {
        with(&ZIZMOR, folder, |zizmor| {
            zizmor.args(["--offline", "--no-progress", "--persona=pedantic", FOLDER])
        })
    });
    checks.make("workflows: schema", || {
        let workflows = workflows(&workspace().join(FOLDER))?;
        with(&SCHEMAS, folder, |schemas| {
            schemas.args(["--builtin-schema", "vendor.github-workflows"]).args(&workflows)
        })
    });
    checks.make("actions: schema", || {
        let actions = actions(&workspace().join(FOLDER))?;
        with(&SCHEMAS, folder, |schemas| {
            schemas.args(["--builtin-schema", "vendor.github-actions"]).args(&actions)
        })
    });
    checks.make("dependabot: schema", || {
        let file = workspace().join(FOLDER).join("dependabot.yml");
        with(&SCHEMAS, folder, |schemas| schemas.args(["--builtin-schema", "vendor.dependabot"]).arg(file))
    });
}

/// Runs a tool in the checkout; left out where it cannot be installed.
fn with(
    tool: &Tool,
    folder: &Folder,
    asked: impl FnOnce(&mut Command) -> &mut Command,
) -> anyhow::Result<Verdict> {
    match tool.installed(folder) {
        Ok(program) => super::verdict_of(asked(Command::new(program).current_dir(workspace()))),
        Err(error) => Ok(Verdict::Skipped(format!("{error:#}"))),
    }
}

fn own_rules(folder: &Path) -> anyhow::Result<Verdict> {
    let mut faults = Vec::new();
    for (files, of) in
        [(workflows(folder)?, faults_of as fn(&str) -> Vec<String>), (actions(folder)?, faults_of_steps)]
    {
        for file in files {
            let text = fs::read_to_string(&file)?;
            let name = file.strip_prefix(folder)?.display();
            faults.extend(of(&text).into_iter().map(|fault| format!("{name}{fault}")));
        }
    }
    Ok(if faults.is_empty() { Verdict::Passed } else { Verdict::Failed(faults.join("; ")) })
}

/// Steps that several jobs share.
fn actions(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder.join("actions"))? {
        found.push(entry?.path().join("action.yml"));
    }
    found.sort();
    Ok(found)
}

fn workflows(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let workflows = folder.join("workflows");
    for entry in fs::read_dir(&workflows).with_context(|| format!("cannot read {}", workflows.display()))? {
        found.push(entry?.path());
    }
    found.sort();
    Ok(found)
}

/// What is wrong with a workflow, each with its line.
fn faults_of(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !text.lines().any(|line| line == "permissions: {}") {
        faults.push(": has no `permissions: {}` at the top: each job asks for what it needs".to_owned());
    }
    faults.extend(faults_of_steps(text));
    faults
}

fn faults_of_steps(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let code = line.split(" #").next().unwrap_or_default();
        let step = line.trim().trim_start_matches("- ");
        let mut fault = |what: &str| faults.push(format!(":{number}: {what}"));
        for (_, reason) in BANNED.iter().filter(|(word, _)| code.contains(word)) {
            fault(reason);
        }
        if let Some(action) = step.strip_prefix("uses:")
            && !is_pinned(action.trim())
        {
            fault("an action is pinned by its whole commit, with its version behind (`@<sha> # v1.2.3`)");
        }
        if let Some(command) = step.strip_prefix("run:") {
            if matches!(command.trim(), "" | "|" | ">" | "|-" | ">-") {
                fault("a program belongs into the repository, with tests: `run` calls it in one line");
            }
            if command.contains("${{") {
                fault("an expression in a command is text of the command: hand it on by `env`");
            }
        }
    }
    faults
}

/// `owner/action@<40 hex digits> # v1.2.3`, or an action of this repository.
fn is_pinned(action: &str) -> bool {
    let Some((name, version)) = action.split_once(" # v") else { return action.starts_with("$/") };
    let commit = name.split_once('@').map(|(_, commit)| commit.trim()).unwrap_or_default();
    commit.len() == 40
        && commit.chars().all(|c| c.is_ascii_hexdigit())
        && version.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIN: &str = "3d3c42e5aac5ba805825da76410c181273ba90b1";

    #[test]
    fn each_planted_fault_is_found() {
        for (line, expected) in [
            ("      - uses: actions/checkout@v7", "whole commit"),
            ("      - uses: actions/checkout@3d3c42e # v7.0.1", "whole commit"),
            (&format!("      - uses: actions/checkout@{PIN}"), "whole commit"),
            ("          aws-access-key-id: ${{ secrets.KEY }}", "OIDC"),
            ("          AWS_SECRET_ACCESS_KEY: ${{ secrets.KEY }}", "OIDC"),
            ("          key: AKIAIOSFODNN7EXAMPLE", "access key"),
            ("  pull_request_target:", "stranger"),
            ("    secrets: inherit", "by its name"),
            ("      - run: |", "one line"),
            ("        run: echo ${{ github.event.issue.title }}", "`env`"),
        ] {
            let faults = faults_of(&format!("permissions: {{}}\n{line}\n"));
            assert!(
                matches!(faults.as_slice(), [fault] if fault.starts_with(":2: ") && fault.contains(expected)),
                "{faults:?}"
            );
        }
        assert_eq!(faults_of("on: push\n").len(), 1);
    }

    #[test]
    fn a_good_workflow_has_no_fault() {
        let text = format!(
            "permissions: {{}}\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@{PIN} # v7.0.1\n      - uses: $/.github/actions/x\n      - run: cargo dev lint\n"
        );

        assert_eq!(faults_of(&text), [""; 0]);
    }

    #[test]
    fn the_workflows_of_this_checkout_have_no_fault() {
        assert_eq!(own_rules(&workspace().join(FOLDER)).unwrap(), Verdict::Passed);
    }
}
