//! What a process tells its operators of slow statements and of failures.

use runtime::{Service, Shutdown, postgres, settings::Postgres, status};
use serde_json::Value;
use sqlx::PgPool;
use std::io;
use testing::{Collected, TestDatabase, collect, eventually};
use tonic::Code;

async fn pool(database: &TestDatabase) -> PgPool {
    let mut service = Service::new("test", Shutdown::manual(), &testing::admin());
    let settings = Postgres { database_max_connections: 2, ..database.settings() };
    let pool =
        postgres::connect(&mut service, "test", &settings, postgres::Planning::ByValues).await.unwrap();
    tokio::spawn(service.run());
    pool
}

fn lines(told: &Collected, message: &str) -> Vec<Value> {
    let lines = told.log_lines();
    let lines = lines.iter().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["message"] == message).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_statement_is_told_by_its_name_and_a_fast_one_is_not() {
    let told = collect("debug");
    runtime::telemetry::install_metrics().unwrap();
    let database = testing::database("runtime", &[]).await;
    let pool = pool(&database).await;
    let span = tracing::info_span!(target: "runtime", "request", trace_id = tracing::field::Empty);
    runtime::propagation::continue_trace(&span, None);

    let work = async {
        for seconds in [0.0, 0.12] {
            sqlx::query("SELECT pg_sleep($1), $2::text FROM pg_class LIMIT 1")
                .bind(seconds)
                .bind("canary-4711")
                .fetch_all(&pool)
                .await
                .unwrap();
        }
    };
    tracing::Instrument::instrument(work, span).await;

    let slow = lines(&told, "slow query");
    assert!(!slow.is_empty(), "{:?}", told.log_lines());
    for line in slow {
        assert!(line["seconds"].as_f64().unwrap() >= 0.1, "{line}");
        assert_eq!((&line["db.query.summary"], &line["level"]), (&"SELECT pg_class".into(), &"WARN".into()));
        assert_eq!(line["span"]["trace_id"].as_str().map(str::len), Some(32), "{line}");
    }
    let all = told.log_lines().join("\n");
    assert!(!all.contains("canary-4711") && !all.contains("pg_sleep"), "{all}");
    let records = format!("{:?}", told.log_records());
    assert!(records.contains("SELECT pg_class") && !records.contains("canary-4711"), "{records}");
    let count = r#"db_client_slow_queries_total{db_query_summary="SELECT pg_class"} "#;
    assert!(runtime::telemetry::render_metrics().contains(count));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_tells_its_connections_and_who_waits_for_one() {
    runtime::telemetry::install_metrics().unwrap();
    let database = testing::database("runtime", &[]).await;
    let pool = pool(&database).await;
    let name = r#"db_client_connection_pool_name="test""#;
    let told = async |line: &str| {
        eventually(line, async || runtime::telemetry::render_metrics().contains(line).then_some(())).await;
    };

    let held = [postgres::begin(&pool).await.unwrap(), postgres::begin(&pool).await.unwrap()];
    let waiting = tokio::spawn({
        let pool = pool.clone();
        async move { postgres::begin(&pool).await.unwrap().rollback().await }
    });

    told(&format!("db_client_connection_max{{{name}}} 2")).await;
    told(&format!("db_client_connection_pending_requests{{{name}}} 1")).await;
    told(&format!(r#"db_client_connection_count{{{name},db_client_connection_state="used"}} 2"#)).await;
    drop(held);
    waiting.await.unwrap().unwrap();
    told(&format!("db_client_connection_pending_requests{{{name}}} 0")).await;
    told(&format!("db_transaction_begin_duration_seconds_count{{{name}}} 3")).await;
}

#[tokio::test]
async fn a_failure_is_told_once_with_all_its_causes_and_its_caller_hears_none_of_them() {
    let told = collect("debug");
    let failure = sqlx::Error::Configuration(Box::new(io::Error::other("disk full")));

    let answer = status::from_sqlx(&failure);

    let reports = lines(&told, "request failed");
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0]["cause"], "error with configuration: disk full");
    assert_eq!((answer.code(), answer.message()), (Code::Internal, "an internal error occurred"));
}
