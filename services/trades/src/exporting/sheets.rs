//! Fills and trades as CSV.

use crate::{db, error::Result, files::Archive};
use formats::export::{FILLS_HEADER, FillLine, text};
use identity::UserId;
use sqlx::{PgConnection, prelude::FromRow};
use std::fmt::Write as _;
use uuid::Uuid;

/// Rows of one statement.
const ROWS: &str = "FETCH 1000 FROM sheet";

#[derive(FromRow)]
struct Fill {
    executed_at: String,
    symbol: String,
    side: String,
    quantity: String,
    price: String,
    commission: String,
    fees: String,
    currency: String,
    multiplier: String,
    execution_id: String,
}

/// A file for each account: as the importer takes them, in the order in which they were booked.
pub(super) async fn fills(tx: &mut PgConnection, archive: &mut Archive, user: UserId) -> Result<()> {
    for account in db::accounts::list(&mut *tx, user).await? {
        archive.file(&format!("journal/fills/{}.csv", account.id)).await?;
        archive.write(FILLS_HEADER.as_bytes()).await?;
        sqlx::query("SELECT set_config('app.sheet', $1, true)")
            .bind(account.id.to_string())
            .execute(&mut *tx)
            .await?;
        // A cursor takes no parameters.
        sqlx::query(
            "DECLARE sheet NO SCROLL CURSOR FOR
             SELECT to_char(executed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS executed_at, symbol, side,
                    quantity::text, price::text, commission::text, fees::text, currency, multiplier::text, execution_id
             FROM fills WHERE user_id = acting_user() AND NOT voided AND account_id = current_setting('app.sheet')::uuid
             ORDER BY fills.executed_at, sequence, execution_id",
        )
        .persistent(false)
        .execute(&mut *tx)
        .await?;
        loop {
            let rows: Vec<Fill> = sqlx::query_as(ROWS).persistent(false).fetch_all(&mut *tx).await?;
            if rows.is_empty() {
                break;
            }
            let mut lines = String::new();
            for row in &rows {
                line(row).write_to(&mut lines);
            }
            archive.write(lines.as_bytes()).await?;
        }
        sqlx::query("CLOSE sheet").persistent(false).execute(&mut *tx).await?;
    }
    Ok(())
}

fn line(row: &Fill) -> FillLine<'_> {
    FillLine {
        timestamp: &row.executed_at,
        symbol: &row.symbol,
        side: &row.side,
        quantity: &row.quantity,
        price: &row.price,
        commission: &row.commission,
        fees: &row.fees,
        currency: &row.currency,
        multiplier: &row.multiplier,
        execution_id: &row.execution_id,
    }
}

#[derive(FromRow)]
struct Trade {
    id: Uuid,
    account_id: Uuid,
    symbol: String,
    side: String,
    numbers: String,
    currency: String,
    times: String,
    tags: String,
    notes: String,
}

/// One file, the oldest first.
pub(super) async fn trades(tx: &mut PgConnection, archive: &mut Archive) -> Result<()> {
    archive.file("journal/trades.csv").await?;
    archive.write(b"id,account_id,symbol,side,peak_quantity,average_entry,average_exit,gross_pnl,net_pnl,commissions,fees,currency,opened_at,closed_at,tags,notes\r\n").await?;
    sqlx::query(
        "DECLARE sheet NO SCROLL CURSOR FOR
         SELECT trades.id, trades.account_id, symbol, side,
                concat_ws(',', peak_quantity, average_entry, COALESCE(average_exit::text, ''), gross_pnl, net_pnl, commissions, fees)
                    AS numbers,
                currency,
                concat_ws(',', to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'),
                          COALESCE(to_char(closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), '')) AS times,
                COALESCE(array_to_string(tags, ';'), '') AS tags, COALESCE(notes, '') AS notes
         FROM trades LEFT JOIN trade_journal AS journal
           ON journal.user_id = trades.user_id AND journal.trade_id = trades.id
         WHERE trades.user_id = acting_user() ORDER BY opened_at, trades.id",
    )
    .persistent(false)
    .execute(&mut *tx)
    .await?;
    loop {
        let rows: Vec<Trade> = sqlx::query_as(ROWS).persistent(false).fetch_all(&mut *tx).await?;
        if rows.is_empty() {
            break;
        }
        let mut lines = String::new();
        for row in rows {
            let Trade { id, account_id, symbol, side, numbers, currency, times, tags, notes } = row;
            let (symbol, currency, tags, notes) = (text(&symbol), text(&currency), text(&tags), text(&notes));
            let _ = write!(
                lines,
                "{id},{account_id},{symbol},{side},{numbers},{currency},{times},{tags},{notes}\r\n"
            );
        }
        archive.write(lines.as_bytes()).await?;
    }
    sqlx::query("CLOSE sheet").persistent(false).execute(&mut *tx).await?;
    Ok(())
}
