//! What is exported of this service's tables; what follows from it (sightings, excursions) is not.

use events::portions::File;

/// Name in the export, and rows.
pub(super) const TABLES: [File; 20] = [
    ("accounts", "SELECT * FROM accounts WHERE user_id = acting_user() ORDER BY id"),
    (
        "imports",
        "SELECT id, account_id, file_name, file_bytes, format, requested_format, time_zone, source_account, status, rows_total,
                rows_read, rows_skipped, rows_rejected, fills_new, fills_known, fills_changed, diagnostics, reconciliation, failure,
                created_at, finished_at
         FROM imports WHERE user_id = acting_user() ORDER BY id",
    ),
    (
        "fills",
        "SELECT * FROM fills WHERE user_id = acting_user() ORDER BY account_id, executed_at, sequence, execution_id",
    ),
    ("fill-records", "SELECT * FROM fill_records WHERE user_id = acting_user() ORDER BY id"),
    ("account-events", "SELECT * FROM account_events WHERE user_id = acting_user() ORDER BY id"),
    ("trades", "SELECT * FROM trades WHERE user_id = acting_user() ORDER BY id"),
    ("trade-notes-and-tags", "SELECT * FROM trade_journal WHERE user_id = acting_user() ORDER BY trade_id"),
    ("attachments", "SELECT * FROM trade_attachments WHERE user_id = acting_user() ORDER BY id"),
    ("trade-plans", "SELECT * FROM trade_plans WHERE user_id = acting_user() ORDER BY trade_id"),
    ("tags", "SELECT * FROM tags WHERE user_id = acting_user() ORDER BY folded"),
    ("playbooks", "SELECT * FROM playbooks WHERE user_id = acting_user() ORDER BY id"),
    ("custom-fields", "SELECT * FROM custom_fields WHERE user_id = acting_user() ORDER BY id"),
    ("saved-views", "SELECT * FROM saved_views WHERE user_id = acting_user() ORDER BY id"),
    ("days", "SELECT * FROM journal_days WHERE user_id = acting_user() ORDER BY day"),
    ("templates", "SELECT * FROM journal_templates WHERE user_id = acting_user() ORDER BY id"),
    ("regroupings", "SELECT * FROM regroupings WHERE user_id = acting_user() ORDER BY id"),
    ("strategies", "SELECT * FROM strategy_groups WHERE user_id = acting_user() ORDER BY id"),
    ("import-mappings", "SELECT * FROM import_mappings WHERE user_id = acting_user() ORDER BY id"),
    (
        "exchange-rates",
        "SELECT * FROM exchange_rates WHERE user_id = acting_user() ORDER BY from_currency, to_currency, valid_from",
    ),
    ("price-bars", "SELECT * FROM price_bars WHERE user_id = acting_user() ORDER BY symbol, starts_at"),
];
