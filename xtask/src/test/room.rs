//! Whether the disk has room for a run of the tests: what fills up in the middle fails with whatever came to need it.

use crate::folder::workspace;
use std::{env, path::Path, process::Command};

/// What a first run takes: programs and what they are made of, for the most part. Later ones find these there.
const FIRST_RUN_GB: u64 = 10;

/// Says so where there is less room than a first run takes.
pub(super) fn tell() {
    let temporary = env::temp_dir();
    let short = [workspace(), temporary.as_path()].into_iter().find_map(|folder| {
        let free = free_gb(folder).filter(|free| *free < FIRST_RUN_GB)?;
        Some((folder, free))
    });
    if let Some((folder, free)) = short {
        println!(
            "Only {free} GB are free at {}: a first run takes {FIRST_RUN_GB} GB, later ones less.",
            folder.display()
        );
    }
}

/// Gigabytes that are free where this folder is; `None`: nobody tells.
fn free_gb(folder: &Path) -> Option<u64> {
    let df = Command::new("df").args(["--block-size=1", "--output=avail"]).arg(folder).output().ok()?;
    let told = String::from_utf8(df.stdout).ok()?;
    Some(told.lines().nth(1)?.trim().parse::<u64>().ok()? / 1_000_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_tells_what_is_free_and_no_folder_tells_nothing() {
        assert!(free_gb(&env::temp_dir()).is_some());
        assert_eq!(free_gb(Path::new("/does/not/exist")), None);
    }
}
