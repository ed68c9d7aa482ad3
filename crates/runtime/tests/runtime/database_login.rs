//! The login of a database changes while its pool is in use.

use runtime::{
    Service, Shutdown, postgres,
    secrets::Given,
    settings::{Admin, Postgres, SecretsManager as Settings},
};
use sqlx::{AssertSqlSafe, PgConnection, PgPool};
use std::time::Duration;
use testing::{SecretsManager, TestDatabase, login};

/// A service's pool that signs in with the login at `arn`, which is looked for after an hour, or when it is refused.
async fn pool(database: &TestDatabase, arn: &str) -> PgPool {
    let secrets = Settings { secrets_refresh: Duration::from_hours(1), ..Settings::default() };
    let admin = Admin { secrets, ..testing::admin() };
    let mut service = Service::new("test", Shutdown::manual(), &admin);
    let settings = Postgres {
        database_url: database.place().into(),
        database_login: Given::in_secrets_manager(arn),
        database_max_connections: 5,
    };
    let pool =
        postgres::connect(&mut service, "test", &settings, postgres::Planning::ByValues).await.unwrap();
    tokio::spawn(service.run());
    pool
}

async fn who(connection: &mut PgConnection) -> String {
    sqlx::query_scalar("SELECT current_user::text").fetch_one(connection).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_password_is_looked_for_and_the_transaction_begins_all_the_same() {
    let Some(aws) = SecretsManager::of_tests().await else { return };
    let database = testing::database("runtime", &[]).await;
    let role = format!("{}_sole", database.role());
    let arn = aws.keep(&database.another_role(&role, "old").await).await;
    let pool = pool(&database, &arn).await;
    let mut before = postgres::begin(&pool).await.unwrap();

    let change = format!("ALTER ROLE {role} PASSWORD 'new'");
    sqlx::query(AssertSqlSafe(change)).execute(&database.every_row).await.unwrap();
    aws.replace(&arn, &login(&role, "new")).await;
    let mut others = Vec::new();
    for _ in 0..3 {
        others.push(postgres::begin(&pool).await.unwrap());
    }

    assert_eq!(who(&mut before).await, role);
    before.commit().await.unwrap();
    for mut tx in others {
        assert_eq!(who(&mut tx).await, role);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_nobody_replaced_is_refused_without_a_long_wait() {
    let Some(aws) = SecretsManager::of_tests().await else { return };
    let database = testing::database("runtime", &[]).await;
    let arn = aws.keep(&login(database.role(), "canary-4711")).await;
    let pool = pool(&database, &arn).await;

    let error = postgres::begin(&pool).await.unwrap_err();

    assert_eq!(error.as_database_error().unwrap().code().as_deref(), Some("28P01"));
    assert!(!format!("{error:?} {error}").contains("canary-4711"));
}
