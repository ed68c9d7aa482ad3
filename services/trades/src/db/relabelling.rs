//! Entries in `trade_journal` whose label changes.

use crate::{domain::ids::TradeId, relabel::Relabelling};
use identity::UserId;
use sqlx::{PgConnection, Postgres, postgres::PgArguments, query::QueryScalar};
use uuid::Uuid;

/// Changes all entries that have the label; the trades that they are about.
pub async fn apply(
    tx: &mut PgConnection,
    user: UserId,
    change: Relabelling<'_>,
) -> sqlx::Result<Vec<TradeId>> {
    let query: QueryScalar<'_, Postgres, Uuid, PgArguments> = match change {
        Relabelling::RenameTag { from, to } => sqlx::query_scalar(
            "UPDATE trade_journal SET tags = array_replace(tags, $2, $3), version = version + 1
             WHERE user_id = $1 AND $2 = ANY(tags) RETURNING trade_id",
        )
        .bind(user.0)
        .bind(from)
        .bind(to),
        Relabelling::DropTag(name) => sqlx::query_scalar(
            "UPDATE trade_journal SET tags = array_remove(tags, $2), version = version + 1
             WHERE user_id = $1 AND $2 = ANY(tags) RETURNING trade_id",
        )
        .bind(user.0)
        .bind(name),
        Relabelling::DropPlaybook(id) => sqlx::query_scalar(
            "UPDATE trade_journal SET playbook_id = NULL, followed_rules = '{}', version = version + 1
             WHERE user_id = $1 AND playbook_id = $2 RETURNING trade_id",
        )
        .bind(user.0)
        .bind(id.0),
        Relabelling::DropRules { playbook, rules } => sqlx::query_scalar(
            "UPDATE trade_journal
             SET followed_rules = ARRAY(SELECT rule FROM unnest(followed_rules) WITH ORDINALITY AS kept (rule, place)
                                        WHERE rule <> ALL($3) ORDER BY place),
                 version = version + 1
             WHERE user_id = $1 AND playbook_id = $2 AND followed_rules && $3 RETURNING trade_id",
        )
        .bind(user.0)
        .bind(playbook.0)
        .bind(rules.iter().map(|rule| rule.0).collect::<Vec<Uuid>>()),
        Relabelling::DropField(id) => sqlx::query_scalar(
            "UPDATE trade_journal SET custom = custom - $2, version = version + 1
             WHERE user_id = $1 AND custom ? $2 RETURNING trade_id",
        )
        .bind(user.0)
        .bind(id.to_string()),
    };
    Ok(query.fetch_all(tx).await?.into_iter().map(TradeId).collect())
}
