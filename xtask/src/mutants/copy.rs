//! A copy of the checkout that mutants are tried in: nobody's files are touched.

use super::{
    predicates::without_user_predicates,
    seeded::{Change, Edit},
};
use anyhow::{Context as _, bail, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The copy in `target/mutants`.
pub(super) struct Copy {
    root: PathBuf,
}

impl Copy {
    /// Brings it up to date; files that have not changed keep their time, so that little is built again.
    pub fn bring_up_to_date(checkout: &Path) -> anyhow::Result<Self> {
        let copy = Self { root: checkout.join("target/mutants") };
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(checkout)
            .output()
            .context("cannot run git")?;
        let names = String::from_utf8(listed.stdout)?;
        for name in names.split_terminator('\0').filter(|name| checkout.join(name).is_file()) {
            let to = copy.tree().join(name);
            let content = fs::read(checkout.join(name))?;
            if fs::read(&to).is_ok_and(|known| known == content) {
                continue;
            }
            fs::create_dir_all(to.parent().context("a file has a folder")?)?;
            fs::write(&to, content)?;
        }
        Ok(copy)
    }

    /// The checkout's files.
    pub fn tree(&self) -> PathBuf {
        self.root.join("tree")
    }

    /// What cargo builds.
    pub fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// What is printed about a mutant.
    pub fn log(&self, name: &str) -> PathBuf {
        self.root.join(format!("{name}.log"))
    }

    /// Makes a change that lasts until the answer is dropped.
    pub fn change(&self, change: &Change) -> anyhow::Result<Changed> {
        let mut changed = Changed { originals: Vec::new() };
        match change {
            Change::Edits(edits) => {
                for edit in *edits {
                    changed.rewrite(&self.tree().join(edit.file), |text| edit.applied_to(text))?;
                }
            }
            Change::NoUserPredicates => {
                let mut removed = 0;
                for file in self.sources_of_services()? {
                    changed.rewrite(&file, |text| {
                        let (count, text) = without_user_predicates(text);
                        removed += count;
                        Ok(text)
                    })?;
                }
                ensure!(
                    removed > 100,
                    "only {removed} predicates were found: are queries written otherwise now?"
                );
            }
        }
        Ok(changed)
    }

    fn sources_of_services(&self) -> anyhow::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for service in fs::read_dir(self.tree().join("services"))? {
            let mut folders = vec![service?.path().join("src")];
            while let Some(folder) = folders.pop() {
                for entry in fs::read_dir(folder)? {
                    let path = entry?.path();
                    if path.is_dir() {
                        folders.push(path);
                    } else {
                        found.push(path);
                    }
                }
            }
        }
        Ok(found)
    }
}

impl Edit {
    /// The file's text with the edit in it.
    pub fn applied_to(&self, text: &str) -> anyhow::Result<String> {
        match text.matches(self.from).count() {
            1 => Ok(text.replacen(self.from, self.to, 1)),
            times => bail!("{} holds {times} times what a mutant changes there:\n{}", self.file, self.from),
        }
    }
}

/// Files that get their text back when this is dropped.
pub(super) struct Changed {
    originals: Vec<(PathBuf, String)>,
}

impl Changed {
    fn rewrite(
        &mut self,
        file: &Path,
        change: impl FnOnce(&str) -> anyhow::Result<String>,
    ) -> anyhow::Result<()> {
        let original = fs::read_to_string(file)?;
        let text = change(&original)?;
        if text != original {
            fs::write(file, text)?;
            self.originals.push((file.to_owned(), original));
        }
        Ok(())
    }
}

impl Drop for Changed {
    fn drop(&mut self) {
        for (path, original) in self.originals.drain(..).rev() {
            if let Err(error) = fs::write(&path, original) {
                eprintln!("{} keeps a mutant: {error}", path.display());
            }
        }
    }
}
