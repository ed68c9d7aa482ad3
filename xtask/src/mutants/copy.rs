//! A copy of the checkout that mutants are tried in: nobody's files are touched.

use super::seeded::Edit;
use anyhow::{Context as _, bail};
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

    /// Makes edits that last until the answer is dropped.
    pub fn edit(&self, edits: &[Edit]) -> anyhow::Result<Edited> {
        let mut edited = Edited { originals: Vec::new() };
        for edit in edits {
            let path = self.tree().join(edit.file);
            let original = fs::read_to_string(&path)?;
            let changed = edit.applied_to(&original)?;
            edited.originals.push((path.clone(), original));
            fs::write(&path, changed)?;
        }
        Ok(edited)
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

/// Edits that are taken back when this is dropped.
pub(super) struct Edited {
    originals: Vec<(PathBuf, String)>,
}

impl Drop for Edited {
    fn drop(&mut self) {
        for (path, original) in self.originals.drain(..).rev() {
            if let Err(error) = fs::write(&path, original) {
                eprintln!("{} keeps a mutant: {error}", path.display());
            }
        }
    }
}
