//! The table `fill_excursions`: what files say of the trades that fills close.

use crate::domain::{
    excursion::ToldExcursion,
    ids::{AccountId, FillId, ImportId},
};
use identity::UserId;
use sqlx::PgExecutor;
use uuid::Uuid;

/// Keeps what a file says, the widest of what it says twice; gives the fills that it is about.
pub async fn tell(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    import: ImportId,
    told: &[ToldExcursion],
) -> sqlx::Result<Vec<FillId>> {
    let text = |number: Option<ledger::Decimal>| number.map(|number| number.to_string());
    let fills: Vec<Uuid> = sqlx::query_scalar(
        "INSERT INTO fill_excursions AS stored (user_id, fill_id, import_id, mae, mfe)
         SELECT $1, fill.id, $3, min(told.mae::numeric), max(told.mfe::numeric)
         FROM UNNEST($4::text[], $5::text[], $6::text[]) AS told (execution_id, mae, mfe)
         JOIN fills AS fill ON fill.user_id = $1 AND fill.account_id = $2
                           AND fill.execution_id = told.execution_id COLLATE \"C\"
         GROUP BY fill.id
         ON CONFLICT (user_id, fill_id, import_id) DO UPDATE
         SET mae = least(stored.mae, excluded.mae), mfe = greatest(stored.mfe, excluded.mfe)
         RETURNING fill_id",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(import.0)
    .bind(told.iter().map(|told| told.execution_id.as_str()).collect::<Vec<&str>>())
    .bind(told.iter().map(|told| text(told.excursion.mae)).collect::<Vec<Option<String>>>())
    .bind(told.iter().map(|told| text(told.excursion.mfe)).collect::<Vec<Option<String>>>())
    .fetch_all(db)
    .await?;
    Ok(fills.into_iter().map(FillId).collect())
}

/// Forgets what an import said; gives the fills that it was about.
pub async fn delete_of_import(
    db: impl PgExecutor<'_>,
    user: UserId,
    import: ImportId,
) -> sqlx::Result<Vec<FillId>> {
    let fills: Vec<Uuid> = sqlx::query_scalar(
        "DELETE FROM fill_excursions WHERE user_id = $1 AND import_id = $2 RETURNING fill_id",
    )
    .bind(user.0)
    .bind(import.0)
    .fetch_all(db)
    .await?;
    Ok(fills.into_iter().map(FillId).collect())
}
