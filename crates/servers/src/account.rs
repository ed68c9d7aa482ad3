//! Whose rights the servers run with: PostgreSQL refuses root, and none of them needs it.

use crate::Error;
use std::{fs, os::unix::fs::MetadataExt as _};

/// An unprivileged user of this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    pub uid: u32,
    pub gid: u32,
}

impl Account {
    /// The account that root's servers run as; `None` for anyone else: they run with the owner's own rights.
    pub fn for_servers() -> Result<Option<Self>, Error> {
        if !running_as_root()? {
            return Ok(None);
        }
        let users = fs::read_to_string("/etc/passwd").map_err(Error::io("read /etc/passwd"))?;
        Self::choose(&users).map(Some).ok_or(Error::NoAccount)
    }

    fn choose(users: &str) -> Option<Self> {
        ["postgres", "nobody"].into_iter().find_map(|wanted| {
            let line = users.lines().find(|line| line.split(':').next() == Some(wanted))?;
            let mut fields = line.split(':').skip(2);
            let account = Self { uid: fields.next()?.parse().ok()?, gid: fields.next()?.parse().ok()? };
            (account.uid != 0).then_some(account)
        })
    }
}

/// True when this process may do everything.
pub(crate) fn running_as_root() -> Result<bool, Error> {
    fs::metadata("/proc/self").map(|process| process.uid() == 0).map_err(Error::io("read /proc/self"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_postgres_user_is_preferred_to_nobody() {
        let users =
            "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\npostgres:x:101:104::/:/bin/sh\n";

        assert_eq!(Account::choose(users), Some(Account { uid: 101, gid: 104 }));
    }

    #[test]
    fn a_machine_without_either_has_no_account() {
        assert_eq!(Account::choose("root:x:0:0::/root:/bin/sh\n"), None);
    }
}
