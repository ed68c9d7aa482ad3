//! A migrated database of each kind, which the databases of tests are copies of: PostgreSQL copies one faster than migrations make it.

use crate::database::with_login;
use sqlx::{AssertSqlSafe, Executor as _, PgConnection, migrate::Migrator};

/// Holds back whoever wants the same template while it is made, in all processes.
const LOCK: i64 = 0x7465_6d70_6c61_7465;

/// The template of these migrations; made now, if it is not there yet.
pub(crate) async fn of(admin: &mut PgConnection, admin_url: &str, migrators: &[&Migrator]) -> String {
    let template = name(migrators);
    let there = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)";
    let is_there = sqlx::query_scalar(there).bind(&template).fetch_one(&mut *admin).await.unwrap();
    if is_there {
        return template;
    }
    sqlx::query("SELECT pg_advisory_lock($1)").bind(LOCK).execute(&mut *admin).await.unwrap();
    let is_there: bool = sqlx::query_scalar(there).bind(&template).fetch_one(&mut *admin).await.unwrap();
    if !is_there {
        make(admin, admin_url, &template, migrators).await;
    }
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(LOCK).execute(&mut *admin).await.unwrap();
    template
}

/// The owner of all that is in a template, and in a copy at first.
pub(crate) fn owner(template: &str) -> String {
    format!("{template}_owner")
}

/// Under another name until it is whole: whoever is killed here leaves nothing that could be taken for a template.
async fn make(admin: &mut PgConnection, admin_url: &str, template: &str, migrators: &[&Migrator]) {
    let (unfinished, owner) = (format!("{template}_unfinished"), owner(template));
    for statement in [
        format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)"),
        format!("DROP ROLE IF EXISTS {owner}"),
        format!("CREATE ROLE {owner} LOGIN PASSWORD 'test' NOSUPERUSER NOBYPASSRLS"),
        format!("CREATE DATABASE {unfinished} OWNER {owner} TEMPLATE template0"),
    ] {
        admin.execute(AssertSqlSafe(statement)).await.expect("cannot begin a template");
    }
    let url = with_login(admin_url, &owner, &unfinished);
    runtime::postgres::migrate(&url, migrators).await.expect("cannot migrate the template");
    for statement in [
        // Whoever is still saying goodbye would keep it from being copied.
        format!("ALTER DATABASE {unfinished} ALLOW_CONNECTIONS false"),
        format!(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{unfinished}'"
        ),
        // The tables of a copy are given to another owner, and with them whatever else this one has: the template is not his.
        format!("ALTER DATABASE {unfinished} OWNER TO CURRENT_USER"),
        format!("ALTER DATABASE {unfinished} RENAME TO {template}"),
    ] {
        admin.execute(AssertSqlSafe(statement)).await.expect("cannot finish a template");
    }
}

/// By what the migrations are: one that changes makes another template.
fn name(migrators: &[&Migrator]) -> String {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    for migration in migrators.iter().flat_map(|migrator| migrator.iter()) {
        (migration.version, &migration.checksum).hash(&mut hasher);
    }
    format!("template_{:016x}", hasher.finish())
}
