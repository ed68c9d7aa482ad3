//! Trades as their owner sees them.

use super::row::{Row, beside, columns, select};
use crate::domain::{
    ids::{AccountId, TradeId},
    page::{TradePlace, TradeSort},
    tag::folded,
    trade::{self, Trade},
    trade_filter::{Outcome, TradeFilter},
};
use identity::UserId;
use sqlx::{PgConnection, PgExecutor, Postgres, QueryBuilder};
use uuid::Uuid;

/// One trade.
pub async fn find(db: impl PgExecutor<'_>, user: UserId, id: TradeId) -> sqlx::Result<Option<Trade>> {
    let row: Option<Row> = sqlx::query_as(concat!(select!(), "WHERE t.user_id = $1 AND t.id = $2"))
        .bind(user.0)
        .bind(id.0)
        .fetch_optional(db)
        .await?;
    row.map(Trade::try_from).transpose()
}

/// Lets nobody else change a trade, or what is written about it, until the transaction ends. Whoever calls this holds its account.
pub async fn lock(tx: &mut PgConnection, user: UserId, id: TradeId) -> sqlx::Result<()> {
    sqlx::query("SELECT FROM trades WHERE user_id = $1 AND id = $2 FOR UPDATE")
        .bind(user.0)
        .bind(id.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// Those of the given trades that exist, and their accounts: none of them goes until the transaction ends, so that a rebuild which removes
/// one comes before or after, and finds the entry to move.
pub async fn hold(
    db: impl PgExecutor<'_>,
    user: UserId,
    ids: &[TradeId],
) -> sqlx::Result<Vec<(TradeId, AccountId)>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT id, account_id FROM trades WHERE user_id = $1 AND id = ANY($2) ORDER BY id FOR KEY SHARE",
    )
    .bind(user.0)
    .bind(ids)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|(id, account)| (TradeId(id), AccountId(account))).collect())
}

/// Those of the given trades that exist.
pub async fn by_ids(db: impl PgExecutor<'_>, user: UserId, ids: &[TradeId]) -> sqlx::Result<Vec<Trade>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<Row> = sqlx::query_as(concat!(
        select!(),
        "WHERE t.user_id = $1 AND t.id = ANY($2) ORDER BY t.opened_at, t.opening_sequence, t.id"
    ))
    .bind(user.0)
    .bind(ids)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Trade::try_from).collect()
}

/// The closed trades in a symbol.
pub async fn closed_in(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    symbol: &str,
) -> sqlx::Result<Vec<TradeId>> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM trades
         WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND closed_at IS NOT NULL ORDER BY id",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(symbol)
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(TradeId).collect())
}

/// The next trades of a user by id, after `after`, until there are no more.
pub async fn export(
    db: impl PgExecutor<'_>,
    user: UserId,
    after: Option<TradeId>,
    limit: i64,
) -> sqlx::Result<Vec<Trade>> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        select!(),
        "WHERE t.user_id = $1 AND ($2::uuid IS NULL OR t.id > $2) ORDER BY t.id LIMIT $3"
    ))
    .bind(user.0)
    .bind(after.map(|id| id.0))
    .bind(limit)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Trade::try_from).collect()
}

/// A page of trades after `place`, and then only what is beside these. Without a filter it reads a range of one index, however many trades
/// there are.
pub async fn list(
    db: impl PgExecutor<'_>,
    user: UserId,
    filter: &TradeFilter,
    sort: TradeSort,
    place: Option<TradePlace>,
    limit: usize,
) -> sqlx::Result<Vec<Trade>> {
    let mut query =
        QueryBuilder::<Postgres>::new(concat!("SELECT ", columns!(), "FROM (SELECT t.* FROM trades AS t "));
    if filter.is_of_journal() {
        query.push("LEFT JOIN trade_journal AS j ON j.user_id = t.user_id AND j.trade_id = t.id ");
    }
    query.push("WHERE t.user_id = ").push_bind(user.0);
    push_filter(&mut query, filter);
    let (column, after, order) = match sort {
        TradeSort::ClosedDescending => ("sort_at", "<", "DESC"),
        TradeSort::ClosedAscending => ("sort_at", ">", "ASC"),
        TradeSort::OpenedDescending => ("opened_at", "<", "DESC"),
        TradeSort::OpenedAscending => ("opened_at", ">", "ASC"),
        TradeSort::NetDescending => ("net_pnl", "<", "DESC"),
        TradeSort::NetAscending => ("net_pnl", ">", "ASC"),
    };
    match place {
        None => {}
        Some(TradePlace::At(place)) => {
            query.push(" AND (t.").push(column).push(", t.id) ").push(after).push(" (");
            query.push_bind(place.at).push(", ").push_bind(place.id).push(")");
        }
        Some(TradePlace::Net { net, id }) => {
            query.push(" AND t.net_narrowed ").push(after).push("= ").push_bind(net.to_string());
            query.push("::text::numeric::double precision AND (t.net_pnl, t.id) ").push(after).push(" (");
            query.push_bind(net.to_string()).push("::text::numeric, ").push_bind(id).push(")");
        }
    }
    let narrowed = if column == "net_pnl" { format!("t.net_narrowed {order}, ") } else { String::new() };
    let order = format!(" ORDER BY {narrowed}t.{column} {order}, t.id {order}");
    // In the text: of a bound limit a generic plan assumes a tenth of all rows.
    query.push(&order).push(" LIMIT ").push(limit).push(concat!(") AS t ", beside!())).push(&order);
    let rows: Vec<Row> = query.build_query_as().fetch_all(db).await?;
    rows.into_iter().map(Trade::try_from).collect()
}

fn push_filter(query: &mut QueryBuilder<Postgres>, filter: &TradeFilter) {
    if let Some(account) = filter.account_id {
        query.push(" AND t.account_id = ").push_bind(account.0);
    }
    if let Some(symbol) = &filter.symbol {
        query.push(" AND t.symbol = ").push_bind(symbol.clone());
    }
    if let Some(side) = filter.side {
        query.push(" AND t.side = ").push_bind(trade::direction_name(side));
    }
    match filter.open {
        None => {}
        Some(true) => drop(query.push(" AND t.closed_at IS NULL")),
        Some(false) => drop(query.push(" AND t.closed_at IS NOT NULL")),
    }
    match filter.outcome {
        None => {}
        Some(Outcome::Win) => drop(query.push(" AND t.closed_at IS NOT NULL AND t.net_pnl > 0")),
        Some(Outcome::Loss) => drop(query.push(" AND t.closed_at IS NOT NULL AND t.net_pnl < 0")),
        Some(Outcome::Scratch) => drop(query.push(" AND t.closed_at IS NOT NULL AND t.net_pnl = 0")),
    }
    if let Some(tag) = &filter.tag {
        query.push(" AND j.tags && ARRAY(SELECT name FROM tags WHERE tags.user_id = t.user_id AND folded = ");
        query.push_bind(folded(tag)).push(")");
    }
    if let Some(mistake) = &filter.mistake {
        query.push(" AND EXISTS (SELECT 1 FROM unnest(j.mistakes) AS mistake WHERE lower(mistake) = lower(");
        query.push_bind(mistake.clone()).push("))");
    }
    if let Some(playbook) = filter.playbook {
        query.push(" AND j.playbook_id = ").push_bind(playbook.0);
    }
    if let Some(rating) = filter.rating {
        query.push(" AND j.rating = ").push_bind(rating);
    }
    if let Some(text) = &filter.text {
        query.push(" AND (strpos(lower(t.symbol), lower(").push_bind(text.clone());
        query.push(")) > 0 OR strpos(lower(j.notes), lower(").push_bind(text.clone());
        query.push(")) > 0 OR EXISTS (SELECT 1 FROM unnest(j.tags) AS tag WHERE strpos(lower(tag), lower(");
        query.push_bind(text.clone()).push(")) > 0))");
    }
    if let Some(from) = filter.from {
        query.push(" AND t.sort_at >= ").push_bind(from);
    }
    if let Some(to) = filter.to {
        query.push(" AND t.sort_at < ").push_bind(to);
    }
}
