//! One import is one trace: from the HTTP request to the last consumer.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use std::collections::BTreeSet;
use testing::{collect, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_one_trace_from_the_request_to_the_last_consumer() {
    let told = collect("debug");
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;

    user.import(&account, "trips.csv", round_trips(3, "101")).await;
    user.until_statistics(3).await;

    let expected = [
        "POST /v1/imports",
        "journal.trades.v1.TradesService/CreateImport",
        "trades.run-import process",
        "analytics.update-statistics process",
        "notifications.",
    ];
    eventually("spans of every stage in one trace", async || {
        let ended = told.ended_spans();
        let upload = ended.iter().find(|span| span.name == expected[0])?;
        let names: BTreeSet<String> = ended
            .iter()
            .filter(|span| span.span_context.trace_id() == upload.span_context.trace_id())
            .map(|span| span.name.to_string())
            .collect();
        expected.iter().all(|stage| names.iter().any(|name| name.starts_with(stage))).then_some(())
    })
    .await;
}
