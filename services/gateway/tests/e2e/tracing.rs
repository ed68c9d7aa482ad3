//! One import is one trace: from the browser over the gateway, trades, the outbox and RabbitMQ to the last consumer.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use reqwest::{Client, StatusCode, header::HeaderMap};
use serde_json::Value;
use std::collections::BTreeMap;
use testing::{Collected, SpanData, collect, eventually};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const SPAN: &str = "b7ad6b7169203331";

/// What a page does that begins a trace of its own.
fn browser() -> Client {
    let traceparent = format!("00-{TRACE}-{SPAN}-01").parse().unwrap();
    let headers = HeaderMap::from_iter([("traceparent".parse().unwrap(), traceparent)]);
    Client::builder().default_headers(headers).build().unwrap()
}

/// The browser's trace so far, by the spans' ids.
fn trace(told: &Collected) -> BTreeMap<String, SpanData> {
    let ended = told.ended_spans().into_iter();
    let ours = ended.filter(|span| span.span_context.trace_id().to_string() == TRACE);
    ours.map(|span| (span.span_context.span_id().to_string(), span)).collect()
}

/// Names of a span and its ancestors, up to the browser.
fn ancestry(trace: &BTreeMap<String, SpanData>, leaf: &SpanData) -> Option<Vec<String>> {
    let mut span = leaf;
    let mut names = vec![span.name.to_string()];
    loop {
        let parent = span.parent_span_id.to_string();
        if parent == SPAN {
            return Some(names);
        }
        span = trace.get(&parent)?;
        names.push(span.name.to_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_one_trace_from_the_browser_to_the_last_consumer() {
    let told = collect("debug");
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;

    let page = User { client: browser(), ..user.clone() };
    let answer = page.upload(&account, "trips.csv", round_trips(3, "101")).await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    let import: Value = answer.json().await.unwrap();
    user.finished(import["id"].as_str().unwrap()).await;
    user.until_statistics(3).await;

    let upload = ["journal.trades.v1.TradesService/CreateImport", "POST /v1/imports"];
    let worker = [&["trades.run-import process"], &upload[..]].concat();
    let statistics = [&["analytics.update-statistics process"], &worker[..]].concat();
    for (last, before) in [
        ("notifications.announce-finished-import process", worker.clone()),
        ("notifications.announce-trades process", worker),
        ("notifications.announce-statistics process", statistics),
    ] {
        let expected = [&[last], &before[..]].concat();
        eventually(last, async || {
            let trace = trace(&told);
            trace
                .values()
                .any(|span| ancestry(&trace, span).is_some_and(|names| names == expected))
                .then_some(())
        })
        .await;
    }
    // Nothing of the trace hangs in the air.
    eventually("every span's parent", async || {
        let trace = trace(&told);
        let is_held = |span: &SpanData| {
            let parent = span.parent_span_id.to_string();
            parent == SPAN || trace.contains_key(&parent)
        };
        trace.values().all(is_held).then_some(())
    })
    .await;
    let lines = told.log_lines();
    let request = lines.iter().find(|line| line.contains("\"/v1/imports\"") && line.contains("\"request\""));
    assert!(request.is_some_and(|line| line.contains(TRACE)), "{request:?}");
}
