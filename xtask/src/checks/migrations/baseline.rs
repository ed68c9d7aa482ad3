//! Migrations that break a rule and stay as they are: a database remembers the checksum of what was applied to it.

/// Before the first release a database is made by all of them in one run: their tables are empty and nobody waits.
const BEFORE_THE_FIRST_RELEASE: &str =
    "applied to the empty tables of the same run, before the first release";

/// Each with the reason why it hurts nobody.
pub(super) const BASELINE: [(&str, &str); 16] = [
    ("services/analytics/migrations/0004_trading_days.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/auth/migrations/0006_mailed_tokens.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/auth/migrations/0007_refresh_successors.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/auth/migrations/0009_row_level_security.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/auth/migrations/0010_totp.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/auth/migrations/0016_api_keys.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/auth/migrations/0017_account.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/auth/migrations/0020_roles.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/trades/migrations/0005_matching_methods.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/trades/migrations/0006_account_events.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/trades/migrations/0007_fill_records.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/trades/migrations/0008_fills_by_hand.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/trades/migrations/0012_regroupings.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/trades/migrations/0014_told_flows.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/trades/migrations/0021_labels.sql", BEFORE_THE_FIRST_RELEASE),
    ("services/trades/migrations/0022_trades_by_net.sql", BEFORE_THE_FIRST_RELEASE),
];
