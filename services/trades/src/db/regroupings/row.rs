//! How a merge or a split stands in its table.

use crate::db::unreadable::unreadable;
use crate::domain::{
    ids::{AccountId, RegroupingId},
    regrouping::{Cut, Regrouping, Void, along_of, fault_of},
};
use ledger::regroup::{Merge, Split};
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    account_id: Uuid,
    openings: Vec<String>,
    along: Option<String>,
    begins: Vec<String>,
    created_at: OffsetDateTime,
    void_fault: Option<String>,
    void_execution: Option<String>,
}

/// The columns of a [`Row`].
macro_rules! columns {
    () => {
        "id, account_id, openings, along, begins, created_at, void_fault, void_execution"
    };
}
pub(super) use columns;

impl TryFrom<Row> for Regrouping {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let cut = match row.along {
            None => Cut::Merge(Merge { trades: row.openings }),
            Some(along) => Cut::Split(Split {
                trade: row.openings.into_iter().next().unwrap_or_default(),
                along: along_of(&along).ok_or_else(|| unreadable("along", &along))?,
                begins: row.begins,
            }),
        };
        let void = match row.void_fault {
            None => None,
            Some(name) => Some(Void {
                execution_id: row.void_execution.unwrap_or_default(),
                fault: fault_of(&name).ok_or_else(|| unreadable("void_fault", &name))?,
            }),
        };
        Ok(Self {
            id: RegroupingId(row.id),
            account_id: AccountId(row.account_id),
            cut,
            created_at: row.created_at,
            void,
        })
    }
}
