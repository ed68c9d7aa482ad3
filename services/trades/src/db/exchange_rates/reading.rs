//! Rates as they were stored.

use crate::{
    db::{exact::Exact, unreadable::unreadable},
    domain::rate::{Pair, Rate, RateKey, Source},
};
use identity::UserId;
use sqlx::{PgExecutor, Postgres, QueryBuilder};
use time::OffsetDateTime;

/// Which rates a list shows; `None` means any.
#[derive(Clone, Debug, Default)]
pub struct RateFilter {
    /// From this currency.
    pub from: Option<String>,
    /// To this one.
    pub to: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    from_currency: String,
    to_currency: String,
    valid_from: OffsetDateTime,
    rate: Exact,
    source: String,
}

/// All columns of a [`Row`].
macro_rules! columns {
    () => {
        "from_currency, to_currency, valid_from, rate::text, source"
    };
}

impl TryFrom<Row> for Rate {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let source = Source::of(&row.source).ok_or_else(|| unreadable("source", row.source))?;
        let pair = Pair { from: row.from_currency, to: row.to_currency };
        Ok(Self { key: RateKey { pair, valid_from: row.valid_from }, rate: row.rate.0, source })
    }
}

/// A page of a user's rates after `place`: by currencies, oldest first.
pub async fn list(
    db: impl PgExecutor<'_>,
    user: UserId,
    filter: &RateFilter,
    place: Option<&RateKey>,
    limit: usize,
) -> sqlx::Result<Vec<Rate>> {
    let start = concat!("SELECT ", columns!(), " FROM exchange_rates WHERE user_id = ");
    let mut query = QueryBuilder::<Postgres>::new(start);
    query.push_bind(user.0);
    if let Some(from) = &filter.from {
        query.push(" AND from_currency = ").push_bind(from);
    }
    if let Some(to) = &filter.to {
        query.push(" AND to_currency = ").push_bind(to);
    }
    if let Some(RateKey { pair, valid_from }) = place {
        query.push(" AND (from_currency, to_currency, valid_from) > (").push_bind(&pair.from);
        query.push(", ").push_bind(&pair.to).push(", ").push_bind(valid_from).push(")");
    }
    query.push(" ORDER BY from_currency, to_currency, valid_from LIMIT ");
    query.push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let rows: Vec<Row> = query.build_query_as().fetch_all(db).await?;
    rows.into_iter().map(Rate::try_from).collect()
}

/// The rates of a pair, in this direction, that are valid at some time from `first` to `last` (`None`: from then on).
pub async fn of_pair(
    db: impl PgExecutor<'_>,
    user: UserId,
    pair: &Pair,
    first: OffsetDateTime,
    last: Option<OffsetDateTime>,
) -> sqlx::Result<Vec<Rate>> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM exchange_rates
         WHERE user_id = $1 AND from_currency = $2 AND to_currency = $3
           AND valid_from >= coalesce((SELECT max(valid_from) FROM exchange_rates
                                       WHERE user_id = $1 AND from_currency = $2 AND to_currency = $3
                                         AND valid_from <= $4), '-infinity')
           AND ($5::timestamptz IS NULL OR valid_from <= $5)
         ORDER BY valid_from"
    ))
    .bind(user.0)
    .bind(&pair.from)
    .bind(&pair.to)
    .bind(first)
    .bind(last)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Rate::try_from).collect()
}

/// Whether there is a rate between the two currencies at a time, in either direction.
pub async fn is_known(
    db: impl PgExecutor<'_>,
    user: UserId,
    pair: &Pair,
    at: OffsetDateTime,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM exchange_rates
                        WHERE user_id = $1 AND from_currency = $2 AND to_currency = $3 AND valid_from <= $4)
             OR EXISTS (SELECT 1 FROM exchange_rates
                        WHERE user_id = $1 AND from_currency = $3 AND to_currency = $2 AND valid_from <= $4)",
    )
    .bind(user.0)
    .bind(&pair.from)
    .bind(&pair.to)
    .bind(at)
    .fetch_one(db)
    .await
}

/// How many rates a user has.
pub async fn count(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM exchange_rates WHERE user_id = $1")
        .bind(user.0)
        .fetch_one(db)
        .await
}
