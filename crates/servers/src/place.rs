//! Where the servers write: the folder asked for, or a stand-in that root's unprivileged account can reach.

use crate::{Error, account::Account, secret};
use std::{
    fs::{self, DirBuilder, Permissions},
    io::ErrorKind,
    os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _, chown},
    path::{Path, PathBuf},
};

/// The log's name in a server's room.
pub(crate) const LOG: &str = "server.log";

/// A folder that exists and that the servers' account can enter.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub folder: PathBuf,
    pub account: Option<Account>,
}

impl Place {
    pub fn of(asked: &Path) -> Result<Self, Error> {
        let account = Account::for_servers()?;
        let folder = location(asked, account)?;
        let parent = folder.parent().unwrap_or(&folder);
        fs::create_dir_all(parent).map_err(Error::io(format!("create {}", parent.display())))?;
        let place = Self { folder, account };
        place.own_folder(&place.folder, 0o711)?;
        Ok(place)
    }

    /// The folder of one server, which only the servers' account may read.
    pub fn room(&self, server: &str) -> Result<PathBuf, Error> {
        let room = self.folder.join(server);
        self.own_folder(&room, 0o700)?;
        Ok(room)
    }

    fn own_folder(&self, folder: &Path, mode: u32) -> Result<(), Error> {
        let fail = || Error::io(format!("create {}", folder.display()));
        match DirBuilder::new().mode(mode).create(folder) {
            Ok(()) => {
                // The process's umask may have taken bits away.
                fs::set_permissions(folder, Permissions::from_mode(mode)).map_err(fail())?;
                self.give(folder)
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => self.refuse_foreign(folder),
            Err(error) => Err(fail()(error)),
        }
    }

    /// Below `/var/tmp` somebody else may have put a folder, or a link, of that name.
    fn refuse_foreign(&self, folder: &Path) -> Result<(), Error> {
        let action = format!("use {}", folder.display());
        let (found, ours) = fs::symlink_metadata(folder)
            .and_then(|found| Ok((found, fs::metadata("/proc/self")?.uid())))
            .map_err(Error::io(&action))?;
        if found.is_dir() && (found.uid() == ours || self.account.is_some_and(|it| it.uid == found.uid())) {
            return Ok(());
        }
        Err(Error::io(action)(std::io::Error::other("it is not a folder of ours")))
    }

    /// Writes a file that only the servers' account may read.
    pub fn write(&self, file: &Path, content: &str) -> Result<(), Error> {
        secret::write_private(file, content)?;
        self.give(file)
    }

    /// Makes the servers' account the owner of `path`.
    pub fn give(&self, path: &Path) -> Result<(), Error> {
        let Some(account) = self.account else { return Ok(()) };
        chown(path, Some(account.uid), Some(account.gid))
            .map_err(Error::io(format!("change the owner of {}", path.display())))
    }
}

/// The log of the server `server` ("postgres", "rabbitmq" or "redis") with this [`crate::Settings::folder`].
pub fn log(asked: &Path, server: &str) -> Result<PathBuf, Error> {
    Ok(location(asked, Account::for_servers()?)?.join(server).join(LOG))
}

/// Deletes what servers with this [`crate::Settings::folder`] wrote. They must be stopped.
pub fn remove(asked: &Path) -> Result<(), Error> {
    let stand_in = stand_in(asked)?;
    for folder in [asked, stand_in.as_path()] {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Error::io(format!("delete {}", folder.display()))(error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn location(asked: &Path, account: Option<Account>) -> Result<PathBuf, Error> {
    let folder = absolute(asked)?;
    match account {
        Some(account) if !folder.ancestors().skip(1).all(|parent| enters(account, parent)) => stand_in(asked),
        _ => Ok(folder),
    }
}

fn enters(account: Account, folder: &Path) -> bool {
    match fs::metadata(folder) {
        Ok(found) if found.uid() == account.uid => found.mode() & 0o100 != 0,
        Ok(found) => found.mode() & 0o001 != 0,
        // It will be created, readable as usual.
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}

fn stand_in(asked: &Path) -> Result<PathBuf, Error> {
    let name = absolute(asked)?;
    // FNV-1a: stable across Rust releases, unlike the standard library's hasher.
    let hash = name.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Ok(Path::new("/var/tmp").join(format!("trading-journal-{hash:016x}")))
}

fn absolute(path: &Path) -> Result<PathBuf, Error> {
    std::path::absolute(path).map_err(Error::io(format!("resolve {}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRANGER: Account = Account { uid: 54_321, gid: 54_321 };

    #[test]
    fn a_folder_that_the_account_can_reach_is_used_as_it_is() {
        let folder = Path::new("/usr/lib/does-not-exist/servers");

        assert_eq!(location(folder, Some(STRANGER)).unwrap(), folder);
    }

    #[test]
    fn below_a_closed_folder_a_stand_in_of_a_stable_name_is_used() {
        let closed = tempfile::tempdir().unwrap();
        fs::set_permissions(closed.path(), Permissions::from_mode(0o700)).unwrap();
        let folder = closed.path().join("checkout/.dev/servers");

        let first = location(&folder, Some(STRANGER)).unwrap();

        assert!(first.starts_with("/var/tmp"), "{first:?}");
        assert_eq!(location(&folder, Some(STRANGER)).unwrap(), first);
        assert_ne!(location(&closed.path().join("other/.dev/servers"), Some(STRANGER)).unwrap(), first);
    }

    #[test]
    fn whoever_is_not_root_uses_the_folder_as_it_is() {
        let closed = tempfile::tempdir().unwrap();

        assert_eq!(location(closed.path(), None).unwrap(), closed.path());
    }
}
