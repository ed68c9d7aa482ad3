//! A filter as conditions: every value that a user gave is bound, every text is ours.

use super::{CLOCK, DAY};
use crate::domain::{Band, Filter};
use sqlx::{Encode, Postgres, QueryBuilder, Type, postgres::PgHasArrayType};
use uuid::Uuid;

type Query = QueryBuilder<Postgres>;

/// Columns of closed trades.
pub(super) fn closed(columns: &str, user_id: Uuid, filter: &Filter) -> Query {
    selected(columns, "closed", user_id, filter)
}

/// Columns of open trades.
pub(super) fn open(columns: &str, user_id: Uuid, filter: &Filter) -> Query {
    selected(columns, "open", user_id, filter)
}

fn selected(columns: &str, status: &'static str, user_id: Uuid, filter: &Filter) -> Query {
    let mut query = Query::new(format!(
        "SELECT {columns} FROM trades t LEFT JOIN accounts a ON a.user_id = t.user_id AND a.id = t.account_id
         WHERE t.status = '{status}' AND NOT t.removed AND a.deleted IS NOT TRUE AND t.user_id = "
    ));
    query.push_bind(user_id);
    narrow(&mut query, filter);
    query
}

/// Adds a filter to those that the query has.
pub(super) fn narrow(query: &mut Query, filter: &Filter) {
    what(query, filter);
    when(query, filter);
    if let Some(text) = &filter.text {
        let found = |column: &str| format!("strpos(lower({column}), lower(");
        query.push(" AND (").push(found("t.symbol")).push_bind(text.clone()).push(")) > 0 OR ");
        query.push(found("t.notes")).push_bind(text.clone()).push(")) > 0 OR ");
        query.push(found("array_to_string(t.tags, E'\\n')")).push_bind(text.clone()).push(")) > 0)");
    }
}

fn what(query: &mut Query, filter: &Filter) {
    any_of(query, "t.account_id", &filter.account_ids);
    any_of(query, "t.symbol", &filter.symbols);
    any_of(query, "t.asset_class", &filter.asset_classes);
    if let Some(side) = &filter.side {
        query.push(" AND t.side = ").push_bind(side.clone());
    }
    any_word_of(query, "t.tags", &filter.tags);
    any_word_of(query, "t.mistakes", &filter.mistakes);
    any_of(query, "t.rating", &filter.ratings);
    any_of(query, "t.playbook_id", &filter.playbook_ids);
    any_of(query, "sign(t.net_pnl)::int", &filter.outcomes);
    let text = |band: &Band<ledger::Decimal>| Band {
        min: band.min.map(|bound| bound.to_string()),
        max: band.max.map(|bound| bound.to_string()),
    };
    within(query, "t.size", text(&filter.size), "::numeric");
    within(query, "t.entry_price", text(&filter.price), "::numeric");
}

fn when(query: &mut Query, filter: &Filter) {
    within(query, "t.closed_at", Band { min: filter.from, max: filter.to }, "");
    within(query, "extract(epoch FROM t.closed_at - t.opened_at)", filter.hold.clone(), "");
    any_of(query, &format!("extract(hour FROM {CLOCK})::int"), &filter.hours);
    any_of(query, &format!("extract(isodow FROM {DAY})::int"), &filter.weekdays);
    any_of(query, &format!("extract(month FROM {DAY})::int"), &filter.months);
}

fn any_of<T>(query: &mut Query, column: &str, values: &[T])
where
    T: Clone + PgHasArrayType + for<'q> Encode<'q, Postgres> + Type<Postgres> + 'static,
{
    if !values.is_empty() {
        query.push(format!(" AND {column} = ANY(")).push_bind(values.to_vec()).push(")");
    }
}

/// `words` in lower case are sought among those of an array, whatever their capitals.
fn any_word_of(query: &mut Query, column: &str, words: &[String]) {
    if !words.is_empty() {
        query.push(format!(" AND EXISTS (SELECT FROM unnest({column}) AS word WHERE lower(word) = ANY("));
        query.push_bind(words.to_vec()).push("))");
    }
}

fn within<T>(query: &mut Query, column: &str, band: Band<T>, cast: &str)
where
    T: for<'q> Encode<'q, Postgres> + Type<Postgres> + 'static,
{
    if let Some(min) = band.min {
        query.push(format!(" AND {column} >= ")).push_bind(min).push(cast);
    }
    if let Some(max) = band.max {
        query.push(format!(" AND {column} < ")).push_bind(max).push(cast);
    }
}
