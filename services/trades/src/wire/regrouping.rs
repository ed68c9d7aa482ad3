//! Merges and splits.

use super::timestamp;
use crate::domain::{
    ids::TradeId,
    regrouping::{Cut, Regrouping, Void, along_name, fault_name},
};
use journal_proto::trades::v1 as proto;

/// A merge or a split as callers see it, with the trades that it makes.
pub fn regrouping(regrouping: Regrouping, trades: &[TradeId]) -> proto::Regrouping {
    let (along, begins) = match &regrouping.cut {
        Cut::Merge(_) => (String::new(), Vec::new()),
        Cut::Split(split) => (along_name(split.along).to_owned(), split.begins.clone()),
    };
    proto::Regrouping {
        id: regrouping.id.to_string(),
        account_id: regrouping.account_id.to_string(),
        kind: regrouping.cut.name().to_owned(),
        openings: regrouping.cut.openings().to_vec(),
        along,
        begins,
        created_at: Some(timestamp(regrouping.created_at)),
        trade_ids: trades.iter().map(ToString::to_string).collect(),
        void: regrouping.void.map(void),
    }
}

fn void(void: Void) -> proto::RegroupingVoid {
    proto::RegroupingVoid {
        code: fault_name(void.fault).to_owned(),
        message: void.fault.to_string(),
        execution_id: void.execution_id,
    }
}
