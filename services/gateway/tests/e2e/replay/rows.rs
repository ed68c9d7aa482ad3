//! Every row of a user in every database.

use crate::fleet::Fleet;
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// What the machinery writes on its own time: who read which event, and what has been published.
const MACHINERY: [&str; 4] = ["inbox", "outbox", "processed", "leases"];

/// The rows that name `user`, by `database.table`; tables without any are left out.
pub async fn of(fleet: &Fleet, user: &str) -> BTreeMap<String, Vec<String>> {
    let mut rows = BTreeMap::new();
    let databases = [
        ("auth", &fleet.auth),
        ("trades", &fleet.trades),
        ("analytics", &fleet.analytics),
        ("notifications", &fleet.notifications),
    ];
    for (database, test) in databases {
        let pool = &test.every_row;
        let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";
        let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(pool).await.unwrap();
        for table in tables.into_iter().filter(|table| !MACHINERY.iter().any(|word| table.contains(word))) {
            let query =
                format!("SELECT t::text FROM \"{table}\" t WHERE t::text LIKE '%' || $1 || '%' ORDER BY 1");
            let found = sqlx::query_scalar(AssertSqlSafe(query)).bind(user).fetch_all(pool).await.unwrap();
            if !found.is_empty() {
                rows.insert(format!("{database}.{table}"), found);
            }
        }
    }
    rows
}
