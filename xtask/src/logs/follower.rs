//! Reads a log while it grows, also across the restarts that begin a new file.

use std::{
    fs::{self, File},
    io::{Read as _, Seek as _, SeekFrom},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

/// A place in a log.
#[derive(Debug)]
pub(crate) struct Follower {
    name: String,
    path: PathBuf,
    /// The open file, and which one it is.
    file: Option<(File, u64)>,
    /// The beginning of a line whose end is not written yet.
    begun: Vec<u8>,
    /// Complete lines not handed out yet.
    pending: Vec<String>,
}

impl Follower {
    /// Everything, from the first line on.
    pub fn at_start(name: &str, path: &Path) -> Self {
        let (name, path) = (name.to_owned(), path.to_owned());
        Self { name, path, file: None, begun: Vec::new(), pending: Vec::new() }
    }

    /// Only what is written from now on.
    pub fn at_end(name: &str, path: &Path) -> Self {
        Self::near_end(name, path, 0)
    }

    /// The last `count` lines, and what is written from now on.
    pub fn near_end(name: &str, path: &Path, count: usize) -> Self {
        let mut follower = Self::at_start(name, path);
        let mut lines = follower.lines();
        follower.pending = lines.split_off(lines.len().saturating_sub(count));
        follower
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Lines that were completed since the last call.
    pub fn lines(&mut self) -> Vec<String> {
        let mut lines = std::mem::take(&mut self.pending);
        self.read(&mut lines);
        let current = fs::metadata(&self.path).map(|file| file.ino()).ok();
        if current.is_some() && current != self.file.as_ref().map(|(_, inode)| *inode) {
            self.file = File::open(&self.path).ok().zip(current);
            self.read(&mut lines);
        }
        lines
    }

    fn read(&mut self, lines: &mut Vec<String>) {
        let Some((file, _)) = &mut self.file else { return };
        let length = file.metadata().map(|file| file.len()).unwrap_or_default();
        if file.stream_position().is_ok_and(|position| position > length) {
            // Somebody emptied it.
            let _ = file.seek(SeekFrom::Start(0));
        }
        if file.read_to_end(&mut self.begun).is_err() {
            return;
        }
        while let Some(end) = self.begun.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.begun.drain(..=end).collect();
            lines.push(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn log() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.log");
        (folder, path)
    }

    #[test]
    fn only_complete_lines_are_handed_out_and_each_once() {
        let (_folder, path) = log();
        let mut follower = Follower::at_start("a", &path);
        assert!(follower.lines().is_empty());
        let mut file = File::create(&path).unwrap();

        file.write_all(b"one\ntw").unwrap();
        assert_eq!(follower.lines(), ["one"]);
        file.write_all(b"o\n").unwrap();
        assert_eq!(follower.lines(), ["two"]);
        assert!(follower.lines().is_empty());
    }

    #[test]
    fn reading_near_the_end_begins_with_the_last_lines() {
        let (_folder, path) = log();
        fs::write(&path, "one\ntwo\nthree\n").unwrap();

        assert_eq!(Follower::near_end("a", &path, 2).lines(), ["two", "three"]);
        assert!(Follower::at_end("a", &path).lines().is_empty());
    }

    #[test]
    fn a_restart_that_begins_a_new_file_is_followed() {
        let (folder, path) = log();
        fs::write(&path, "first run\n").unwrap();
        let mut follower = Follower::at_start("a", &path);
        assert_eq!(follower.lines(), ["first run"]);

        fs::rename(&path, folder.path().join("a.log.old")).unwrap();
        fs::write(&path, "second run\n").unwrap();

        assert_eq!(follower.lines(), ["second run"]);
    }
}
