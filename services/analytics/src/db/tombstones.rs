//! Rows that outlive what they were about, so that an older message cannot bring it back.

/// `bury`, `bury_others` and `delete_of_account` for a table of `user_id`, `id`, `account_id`, `version` and `removed`.
macro_rules! tombstones {
    ($table:literal) => {
        /// Leaves tombstones for what exists no more as of `revision`.
        pub(crate) async fn bury(
            db: impl sqlx::PgExecutor<'_>,
            user_id: uuid::Uuid,
            account_id: uuid::Uuid,
            ids: &[uuid::Uuid],
            revision: i64,
        ) -> sqlx::Result<()> {
            // In order of id, so that two transactions never wait for each other.
            let mut sorted = ids.to_vec();
            sorted.sort_unstable();
            sqlx::query(concat!(
                "INSERT INTO ",
                $table,
                " AS known (user_id, id, account_id, version, removed)
                 SELECT $1, id, $2, $4, true FROM UNNEST($3::uuid[]) AS gone (id)
                 ON CONFLICT (user_id, id) DO UPDATE SET version = excluded.version, removed = true
                 WHERE known.version <= excluded.version"
            ))
            .bind(user_id)
            .bind(account_id)
            .bind(sorted)
            .bind(revision)
            .execute(db)
            .await?;
            Ok(())
        }

        /// Buries all of an account that is not in `kept` and not newer than `revision`. For a rebuild.
        pub(crate) async fn bury_others(
            db: impl sqlx::PgExecutor<'_>,
            user_id: uuid::Uuid,
            account_id: uuid::Uuid,
            kept: &[uuid::Uuid],
            revision: i64,
        ) -> sqlx::Result<()> {
            sqlx::query(concat!(
                "UPDATE ",
                $table,
                " SET removed = true, version = $4
                 WHERE user_id = $1 AND account_id = $2 AND version <= $4 AND NOT removed AND NOT (id = ANY($3))"
            ))
            .bind(user_id)
            .bind(account_id)
            .bind(kept)
            .bind(revision)
            .execute(db)
            .await?;
            Ok(())
        }

        /// Deletes all of an account (whose tombstone then keeps late messages away).
        pub(crate) async fn delete_of_account(
            db: impl sqlx::PgExecutor<'_>,
            user_id: uuid::Uuid,
            account_id: uuid::Uuid,
        ) -> sqlx::Result<()> {
            sqlx::query(concat!("DELETE FROM ", $table, " WHERE user_id = $1 AND account_id = $2"))
                .bind(user_id)
                .bind(account_id)
                .execute(db)
                .await?;
            Ok(())
        }
    };
}
pub(super) use tombstones;
