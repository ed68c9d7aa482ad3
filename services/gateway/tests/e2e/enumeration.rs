//! Whether an address has an account shows neither in an answer nor in how long it takes.

use crate::{
    fleet::{Fleet, Plan},
    user::{PASSWORD, User},
};
use gateway::Proxies;
use reqwest::{Client, Response, StatusCode, header};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    net::Ipv4Addr,
    time::{Duration, Instant},
};
use testing::long_form;
use uuid::Uuid;

/// Wrong passwords on one account, below what the throttle allows in its window.
const GUESSES: usize = 8;

/// Answers of either kind that a classifier learns from, in the long form.
const EACH: usize = 1_000;

/// Requests from as many addresses as needed, so that no limit for an address comes in between.
struct Strangers<'a> {
    fleet: &'a Fleet,
    client: Client,
    next: u32,
}

impl<'a> Strangers<'a> {
    fn at(fleet: &'a Fleet) -> Self {
        Self { fleet, client: Client::new(), next: u32::from(Ipv4Addr::new(100, 64, 0, 1)) }
    }

    async fn ask(&mut self, door: &str, email: &str) -> Response {
        let body = match door {
            "login" => json!({"email": email, "password": "a wrong one, but long"}),
            "register" => json!({"email": email, "password": PASSWORD, "display_name": "Ada"}),
            _ => json!({"email": email}),
        };
        self.next += 1;
        let request = self.client.post(format!("{}/v1/auth/{door}", self.fleet.gateway()));
        request
            .header("x-forwarded-for", Ipv4Addr::from(self.next).to_string())
            .json(&body)
            .send()
            .await
            .unwrap()
    }
}

async fn fleet() -> Fleet {
    let proxies = Proxies { trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()] };
    Fleet::start(Plan { proxies, ..Plan::default() }).await
}

fn unknown() -> String {
    format!("{}@journal.example", Uuid::now_v7().simple())
}

/// All that a stranger can see of an answer, without what differs each time.
async fn seen(answer: Response) -> (StatusCode, BTreeMap<String, String>, Value) {
    let passing = [header::DATE.as_str(), "x-request-id", "ratelimit", "retry-after"];
    let headers = answer
        .headers()
        .iter()
        .filter(|(name, _)| !passing.contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    let status = answer.status();
    let mut body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default();
    if let Some(body) = body.as_object_mut() {
        body.remove("trace_id");
    }
    (status, headers, body)
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_to_known_and_unknown_addresses_are_the_same() {
    let fleet = fleet().await;
    let known = User::new(fleet.gateway()).await.email;
    let unknown = unknown();
    let mut strangers = Strangers::at(&fleet);

    for door in ["password/forgot", "login"] {
        // Far enough for the throttle to begin.
        for _ in 0..14 {
            let answers = [strangers.ask(door, &known).await, strangers.ask(door, &unknown).await];
            let [to_known, to_unknown] = answers.map(seen);
            assert_eq!(to_known.await, to_unknown.await, "{door}");
        }
    }
    let answers = [strangers.ask("register", &known).await, strangers.ask("register", &unknown).await];
    let [to_known, to_unknown] = answers.map(seen);
    assert_eq!(to_known.await, to_unknown.await);
    let throttled = strangers.ask("login", &unknown).await.status();
    assert_eq!(throttled, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_takes_as_long_for_known_as_for_unknown_addresses() {
    classify("login").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_up_takes_as_long_for_known_as_for_unknown_addresses() {
    classify("register").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_takes_as_long_for_known_as_for_unknown_addresses() {
    classify("password/forgot").await;
}

/// The long form: a classifier by time is no better than a coin. Its AUC is the share of pairs (one answer to a known, one to an
/// unknown address) in which the known one took longer: Mann and Whitney's U over the number of pairs.
#[expect(clippy::print_stderr, reason = "the figures of a long form are told")]
async fn classify(door: &str) {
    if !long_form() {
        eprintln!("skipped: the times of 6,000 answers are of the long form");
        return;
    }
    let fleet = fleet().await;
    let mut strangers = Strangers::at(&fleet);
    let mut users = Vec::new();
    for _ in 0..3 * EACH.div_ceil(GUESSES) {
        users.push(unknown());
        strangers.ask("register", users.last().unwrap()).await;
    }
    let mut victims = users.iter().flat_map(|email| std::iter::repeat_n(email, GUESSES));

    for run in 1..=3 {
        let (mut known, mut unknown_ones) = (Vec::new(), Vec::new());
        for nth in 0..100 + EACH {
            let victim = match door {
                "login" if nth >= 100 => victims.next().unwrap().clone(),
                _ => users[nth % users.len()].clone(),
            };
            let mut pair = [(victim, true), (unknown(), false)];
            if nth % 2 == 1 {
                pair.reverse();
            }
            for (email, is_known) in pair {
                let asked = Instant::now();
                strangers.ask(door, &email).await.bytes().await.unwrap();
                if nth >= 100 {
                    if is_known { &mut known } else { &mut unknown_ones }.push(asked.elapsed());
                }
            }
        }
        let auc = auc(&known, &unknown_ones);
        eprintln!("{door}, run {run}: AUC {auc:.3} of {EACH} pairs");
        assert!((0.45..=0.55).contains(&auc), "{door}, run {run}: AUC {auc:.3}");
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a million are exact")]
fn auc(longer: &[Duration], shorter: &[Duration]) -> f64 {
    let pairs = longer.iter().flat_map(|a| shorter.iter().map(move |b| a.cmp(b)));
    let halves: usize = pairs.map(|order| 1 + order as i8).map(|won| usize::try_from(won).unwrap()).sum();
    halves as f64 / 2.0 / (longer.len() * shorter.len()) as f64
}
