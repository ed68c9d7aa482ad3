//! Too many requests are told so, and do nothing.

use crate::{
    fleet::{Fleet, Plan, rate_limits},
    user::{PASSWORD, User},
};
use gateway::RateLimits;
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use std::num::NonZeroU32;
use tokio::task::JoinSet;

fn few_reads(quota: &str) -> RateLimits {
    RateLimits { rate_limit_read: quota.parse().unwrap(), ..rate_limits("100000/60") }
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

async fn read(user: &User, gateway: &str) -> Response {
    user.at(gateway).send(reqwest::Method::GET, "/v1/accounts", None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quota_is_counted_across_gateways_and_for_each_user_alone() {
    let plan = Plan { instances: 2, rate_limits: few_reads("4/3600"), ..Plan::default() };
    let fleet = Fleet::start(plan).await;
    let (user, other) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);

    for (nth, left) in (0..4).zip([3, 2, 1, 0]) {
        let answer = read(&user, &fleet.gateways[nth % 2]).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(header(&answer, "ratelimit-policy"), "\"read\";q=4;w=3600");
        let told = format!("\"read\";r={left};t=");
        assert!(header(&answer, "ratelimit").starts_with(&told), "{:?}", answer.headers());
    }
    for gateway in &fleet.gateways {
        let refused = read(&user, gateway).await;
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
        let wait: u64 = header(&refused, "retry-after").parse().unwrap();
        assert!((3_000..=4_000).contains(&wait), "{wait}");
        assert_eq!(header(&refused, "content-type"), "application/problem+json");
        let problem: Value = refused.json().await.unwrap();
        assert_eq!(problem["type"], "urn:journal:problem:rate-limited", "{problem}");
    }
    assert_eq!(read(&other, fleet.gateway()).await.status(), StatusCode::OK);
    // Another kind of request has a quota of its own.
    user.create_account("Main").await;
    // Probes are never counted.
    let health = reqwest::get(format!("{}/health", fleet.gateway())).await.unwrap();
    assert_eq!((health.status(), header(&health, "ratelimit")), (StatusCode::OK, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_as_the_quota_pass_however_many_come_at_once() {
    let plan = Plan { instances: 2, rate_limits: few_reads("20/3600"), ..Plan::default() };
    let fleet = Fleet::start(plan).await;
    let user = User::new(fleet.gateway()).await;

    let mut calls = JoinSet::new();
    for nth in 0..60 {
        let (user, gateway) = (user.clone(), fleet.gateways[nth % 2].clone());
        calls.spawn(async move { read(&user, &gateway).await.status() });
    }
    let answers = calls.join_all().await;

    let of = |status| answers.iter().filter(|answer| **answer == status).count();
    assert_eq!((of(StatusCode::OK), of(StatusCode::TOO_MANY_REQUESTS)), (20, 40));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_redis_each_gateway_allows_its_part_and_not_more() {
    let rate_limits = RateLimits { gateway_instances: NonZeroU32::new(2).unwrap(), ..few_reads("8/3600") };
    let redis = testing::unreachable_redis();
    let fleet = Fleet::start(Plan { instances: 2, rate_limits, redis, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;

    for gateway in &fleet.gateways {
        let mut allowed = 0;
        for _ in 0..8 {
            allowed += usize::from(read(&user, gateway).await.status() == StatusCode::OK);
        }
        assert_eq!(allowed, 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_in_is_counted_by_address_and_nobody_is_believed_to_have_another() {
    let rate_limits = RateLimits { rate_limit_sign_in: "3/900".parse().unwrap(), ..rate_limits("100000/60") };
    let fleet = Fleet::start(Plan { rate_limits, ..Plan::default() }).await;
    let body = json!({"email": "nobody@journal.example", "password": PASSWORD});

    let mut statuses = Vec::new();
    for nth in 0..4 {
        let request = Client::new().post(format!("{}/v1/auth/login", fleet.gateway())).json(&body);
        let answer = request.header("x-forwarded-for", format!("198.51.100.{nth}")).send().await.unwrap();
        statuses.push(answer.status().as_u16());
    }

    assert_eq!(statuses, [401, 401, 401, 429]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_any_page_can_have_a_browser_ask_for_keeps_nobody_from_signing_in() {
    let limits = RateLimits { rate_limit_sign_in: "6/3600".parse().unwrap(), ..rate_limits("100000/60") };
    let fleet = Fleet::start(Plan { rate_limits: limits, ..Plan::default() }).await;
    let user = User::new(fleet.gateway()).await;

    for path in ["start", "callback?state=x&code=y"].repeat(5) {
        let url = format!("{}/v1/auth/oidc/nowhere/{path}", fleet.gateway());
        let _ = reqwest::get(url).await.unwrap();
    }

    let url = format!("{}/v1/auth/oidc/nowhere/start", fleet.gateway());
    assert_eq!(reqwest::get(url).await.unwrap().status(), StatusCode::TOO_MANY_REQUESTS);
    User::sign_in(fleet.gateway(), &user.email).await;
}
