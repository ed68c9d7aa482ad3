//! The ids of what this service keeps.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($(#[$meaning:meta])* $name:ident) => {
        $(#[$meaning])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// An account's id, a `UUIDv7`.
    AccountId
);
id!(
    /// An import's id, a `UUIDv7`: later imports have greater ids.
    ImportId
);
id!(
    /// An export's id, a `UUIDv7`.
    ExportId
);
id!(
    /// A fill's id, a `UUIDv7`.
    FillId
);
id!(
    /// The id of an event beside the fills, a `UUIDv7`.
    EventId
);
id!(
    /// A mapping's id, a `UUIDv7`.
    MappingId
);
id!(
    /// A tag's id, a `UUIDv7`, or a random one of a tag that is older than tags' ids.
    TagId
);
id!(
    /// A playbook's id, a `UUIDv7`.
    PlaybookId
);
id!(
    /// The id of a rule of a playbook, a `UUIDv7`.
    RuleId
);
id!(
    /// A custom field's id, a `UUIDv7`.
    CustomFieldId
);
id!(
    /// A saved view's id, a `UUIDv7`.
    SavedViewId
);
id!(
    /// An attachment's id, a `UUIDv7`.
    AttachmentId
);
id!(
    /// A template's id, a `UUIDv7`.
    TemplateId
);
id!(
    /// A trade's id, a `UUIDv8` that depends on nothing but the trade's account and opening execution.
    TradeId
);

id!(
    /// The id of a merge or a split that the owner made, a `UUIDv7`.
    RegroupingId
);

id!(
    /// The id of trades that the owner made one strategy of, a `UUIDv7`.
    GroupId
);

impl TradeId {
    /// The id of the trade that the execution `execution_id` of `account` opens: `SHA-256(account id || 0x00 ||
    /// execution id)`, cut to a `UUIDv8`. So a trade that comes back after an undo finds its notes again.
    pub fn opened_by(account: AccountId, execution_id: &str) -> Self {
        Self::made_from(account, &[execution_id])
    }

    /// The id of the part of that trade which begins with the execution `begins`: likewise, with `0x00 || begins` behind.
    pub fn part_of(account: AccountId, execution_id: &str, begins: &str) -> Self {
        Self::made_from(account, &[execution_id, begins])
    }

    fn made_from(account: AccountId, names: &[&str]) -> Self {
        let mut hash = Sha256::new();
        hash.update(account.0.as_bytes());
        for name in names {
            hash.update([0]);
            hash.update(name.as_bytes());
        }
        let mut bytes = [0; 16];
        for (byte, hashed) in bytes.iter_mut().zip(hash.finalize()) {
            *byte = hashed;
        }
        Self(Uuid::new_v8(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trade_id_depends_on_account_and_opening_execution_only() {
        let (one, two) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));

        assert_eq!(TradeId::opened_by(one, "EXEC1"), TradeId::opened_by(one, "EXEC1"));
        assert_ne!(TradeId::opened_by(one, "EXEC1"), TradeId::opened_by(one, "EXEC2"));
        assert_ne!(TradeId::opened_by(one, "EXEC1"), TradeId::opened_by(two, "EXEC1"));
        assert_ne!(TradeId::opened_by(one, "EXEC1"), TradeId::part_of(one, "EXEC1", "EXEC2"));
        assert_eq!(TradeId::opened_by(one, "EXEC1").0.get_version_num(), 8);
    }

    #[test]
    fn a_trade_id_never_changes_between_releases() {
        let account = AccountId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001));

        let id = TradeId::opened_by(account, "EXEC00001");

        assert_eq!(id.to_string(), "d54925a1-4a2b-80a7-90e8-b2de1087308e");
    }
}
