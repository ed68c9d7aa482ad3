//! A signed-in user of the product under measurement.

use super::{stage::Stage, wire};
use crate::api::{Api, NewAccount};
use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use servers::secret;
use std::{net::SocketAddr, time::Duration};
use ureq::Agent;

/// A user with one account.
#[derive(Debug)]
pub(super) struct Session {
    pub api: Api,
    /// The `Authorization` header.
    pub bearer: String,
    pub url: String,
    /// The id of the account.
    pub account: String,
    agent: Agent,
    email: String,
    password: String,
}

impl Session {
    /// Registers a new user, who has one empty account.
    pub fn of_new_user(stage: &Stage, name: &str) -> anyhow::Result<Self> {
        let (email, password) = (format!("{name}@bench.example"), secret::generate(12)?);
        let mut api = Api::sign_up(&stage.url, &email, &password, "Bench")?;
        let account = NewAccount {
            name: "Bench".to_owned(),
            broker: "Generic".to_owned(),
            currency: "USD".to_owned(),
            time_zone: "UTC".to_owned(),
        };
        let account = api.account(&account)?.id;
        let agent = agent();
        let bearer = sign_in(&agent, &stage.url, &email, &password)?;
        Ok(Self { api, bearer, url: stage.url.clone(), account, agent, email, password })
    }

    /// Signs in again: access tokens do not live long.
    pub fn renew(&mut self) -> anyhow::Result<()> {
        self.bearer = sign_in(&self.agent, &self.url, &self.email, &self.password)?;
        Ok(())
    }

    /// Where the gateway listens.
    pub fn address(&self) -> anyhow::Result<SocketAddr> {
        address(&self.url)
    }

    /// A whole request as it goes over the wire.
    pub fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Vec<u8> {
        wire::request(method, path, &format!("Authorization: {}", self.bearer), body)
    }

    /// What a path answers.
    pub fn get(&self, path: &str) -> anyhow::Result<Value> {
        let request = self.agent.get(format!("{}{path}", self.url)).header("Authorization", &self.bearer);
        let mut response = request.call().with_context(|| format!("GET {path}"))?;
        ensure!(response.status() == 200, "GET {path} answers {}", response.status());
        response
            .body_mut()
            .read_json()
            .with_context(|| format!("GET {path} answers something else than JSON"))
    }
}

/// Where a gateway of this URL listens.
pub(super) fn address(url: &str) -> anyhow::Result<SocketAddr> {
    url.trim_start_matches("http://").parse().with_context(|| format!("{url} is no address"))
}

/// A client that keeps its connection.
fn agent() -> Agent {
    let limit = Some(Duration::from_secs(30));
    Agent::config_builder().http_status_as_error(false).proxy(None).timeout_global(limit).build().into()
}

fn sign_in(agent: &Agent, url: &str, email: &str, password: &str) -> anyhow::Result<String> {
    let login = json!({ "email": email, "password": password, "delivery": "body", "device_name": "bench" });
    let mut response = agent.post(format!("{url}/v1/auth/login")).send_json(login)?;
    let answer: Value = response.body_mut().read_json()?;
    let token = answer.get("access_token").and_then(Value::as_str);
    Ok(format!("Bearer {}", token.context("the answer to the sign-in has no access token")?))
}
