//! Events as the other services publish them.

use crate::support::User;
use journal_proto::{
    Timestamp,
    analytics::v1::StatisticsUpdated,
    auth::v1::{AccountMailRequested, SessionRevoked, UserRegistered},
    trades::v1::{
        Import, ImportFills, ImportFinished, ImportProgressed, ImportRows, ImportStatus, ImportTrades, Trade,
        TradesChanged,
    },
};
use uuid::Uuid;

pub fn id() -> String {
    Uuid::now_v7().to_string()
}

pub fn user_registered(user: &User, email: &str) -> UserRegistered {
    UserRegistered {
        user_id: user.id.to_string(),
        email: email.to_owned(),
        display_name: "Ada Trader".to_owned(),
        registered_at: None,
    }
}

pub fn session_revoked(user: &User, session_id: &str, reason: &str) -> SessionRevoked {
    SessionRevoked {
        user_id: user.id.to_string(),
        session_id: session_id.to_owned(),
        reason: reason.to_owned(),
        revoked_at: None,
        device_name: "Firefox on Linux".to_owned(),
    }
}

pub fn account_mail_requested(user: &User, kind: &str, token: &str) -> AccountMailRequested {
    AccountMailRequested {
        user_id: user.id.to_string(),
        mail_id: id(),
        kind: kind.to_owned(),
        token: token.to_owned(),
        ..AccountMailRequested::default()
    }
}

pub fn statistics_updated(user: &User, revision: i64) -> StatisticsUpdated {
    StatisticsUpdated {
        user_id: user.id.to_string(),
        account_id: Uuid::max().to_string(),
        revision,
        import_id: String::new(),
        updated_at: None,
    }
}

pub fn import_progressed(user: &User, import: &Import, progress: u32) -> ImportProgressed {
    ImportProgressed {
        user_id: user.id.to_string(),
        import_id: import.id.clone(),
        account_id: import.account_id.clone(),
        file_name: import.file_name.clone(),
        progress,
        rows_read: 1_200,
    }
}

pub fn import() -> Import {
    Import {
        id: id(),
        account_id: id(),
        status: ImportStatus::Completed.into(),
        format: "generic-csv".to_owned(),
        file_name: "july.csv".to_owned(),
        rows: Some(ImportRows { total: 354, read: 352, skipped: 2, rejected: 0 }),
        fills: Some(ImportFills { new: 12, known: 340, changed: 0 }),
        trades: Some(ImportTrades { opened: 3, closed: 4, changed: 1 }),
        ..Import::default()
    }
}

pub fn import_finished(user: &User, import: &Import) -> ImportFinished {
    ImportFinished {
        user_id: user.id.to_string(),
        import: Some(import.clone()),
        account_name: "Interactive Brokers".to_owned(),
    }
}

pub fn trade(symbol: &str, status: &str) -> Trade {
    let closed = status == "closed";
    Trade {
        id: id(),
        account_id: id(),
        symbol: symbol.to_owned(),
        asset_class: "stock".to_owned(),
        currency: "USD".to_owned(),
        side: "long".to_owned(),
        status: status.to_owned(),
        quantity: if closed { "0" } else { "10" }.to_owned(),
        average_entry: "100.5".to_owned(),
        average_exit: if closed { "102.25" } else { "" }.to_owned(),
        opened_at: Some(Timestamp { seconds: 1_767_623_400, nanos: 500_000_000 }),
        closed_at: closed.then_some(Timestamp { seconds: 1_767_627_000, nanos: 0 }),
        gross_pnl: if closed { "17.50" } else { "0" }.to_owned(),
        net_pnl: if closed { "16.123456789012345678" } else { "-1" }.to_owned(),
        commissions: "1".to_owned(),
        fees: "0.376543210987654322".to_owned(),
        notes: "a secret thought".to_owned(),
        version: 7,
        ..Trade::default()
    }
}

pub fn trades_changed(user: &User, changed: Vec<Trade>, changed_total: u64) -> TradesChanged {
    TradesChanged {
        user_id: user.id.to_string(),
        account_id: id(),
        revision: 7,
        changed,
        changed_total,
        last: true,
        ..TradesChanged::default()
    }
}
