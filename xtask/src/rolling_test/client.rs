//! One signed-in client: it tries each request once, and tells the tally what came of it.

use super::tally::Tally;
use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use servers::secret;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use ureq::{Agent, Body, http::Response};

/// Before an access token (five minutes) ends.
const REFRESH_EVERY: Duration = Duration::from_secs(45);
/// Longer than any request may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// A user at one device.
#[derive(Debug)]
pub(crate) struct Client {
    agent: Agent,
    pub url: String,
    pub email: String,
    pub password: String,
    device_token: Option<String>,
    refresh_token: String,
    pub bearer: String,
    signed_in: Instant,
    tally: Arc<Tally>,
}

/// A successful answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub text: String,
    /// It is a repeat of an earlier answer.
    pub is_replayed: bool,
}

impl Answer {
    /// A text member of the JSON object that it is.
    pub fn member(&self, name: &str) -> Option<String> {
        let value: Value = serde_json::from_str(&self.text).ok()?;
        value.get(name)?.as_str().map(str::to_owned)
    }
}

impl Client {
    /// What it counts in.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Registers a new user and signs in.
    pub fn of_new_user(url: &str, name: &str, tally: &Arc<Tally>) -> anyhow::Result<Self> {
        let (email, password) = (format!("{name}@rolling.example"), secret::generate(12)?);
        let client = Self::new(url, &email, &password, tally);
        let user = json!({ "email": email, "password": password, "display_name": name });
        client.send("register", "POST", "/v1/auth/register", Some(&user), None);
        client.signed_in()
    }

    /// Signs in as a user who is registered.
    pub fn of_known_user(url: &str, email: &str, password: &str, tally: &Arc<Tally>) -> anyhow::Result<Self> {
        Self::new(url, email, password, tally).signed_in()
    }

    /// The same user at another device.
    pub fn elsewhere(&self) -> anyhow::Result<Self> {
        Self::new(&self.url, &self.email, &self.password, &self.tally).signed_in()
    }

    fn new(url: &str, email: &str, password: &str, tally: &Arc<Tally>) -> Self {
        let configuration = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(PATIENCE))
            .build();
        Self {
            agent: configuration.into(),
            url: url.to_owned(),
            email: email.to_owned(),
            password: password.to_owned(),
            device_token: None,
            refresh_token: String::new(),
            bearer: String::new(),
            signed_in: Instant::now(),
            tally: Arc::clone(tally),
        }
    }

    fn signed_in(mut self) -> anyhow::Result<Self> {
        ensure!(self.sign_in(), "{} cannot sign in: {:?}", self.email, self.tally.failures().last());
        Ok(self)
    }

    /// Signs in with the password. False: it failed.
    pub fn sign_in(&mut self) -> bool {
        let login = json!({
            "email": self.email, "password": self.password, "delivery": "body", "device_name": "rolling",
            "device_token": self.device_token,
        });
        let answer = self.send("sign in", "POST", "/v1/auth/login", Some(&login), None);
        answer.is_some_and(|answer| self.take_tokens(&answer))
    }

    /// Exchanges the refresh token. False: it failed.
    pub fn refresh(&mut self) -> bool {
        let token = json!({ "refresh_token": self.refresh_token });
        let answer = self.send("refresh", "POST", "/v1/auth/refresh", Some(&token), None);
        answer.is_some_and(|answer| self.take_tokens(&answer))
    }

    /// Refreshes when it is time.
    pub fn keep_signed_in(&mut self) -> bool {
        self.signed_in.elapsed() < REFRESH_EVERY || self.refresh()
    }

    /// Ends the session.
    pub fn sign_out(&self) {
        let token = json!({ "refresh_token": self.refresh_token });
        self.send("sign out", "POST", "/v1/auth/logout", Some(&token), None);
    }

    fn take_tokens(&mut self, answer: &Answer) -> bool {
        let (Some(access), Some(refresh)) = (answer.member("access_token"), answer.member("refresh_token"))
        else {
            self.tally.failure("sign in", "the answer has no tokens");
            return false;
        };
        self.bearer = format!("Bearer {access}");
        self.refresh_token = refresh;
        self.device_token = answer.member("device_token").or(self.device_token.take());
        self.signed_in = Instant::now();
        true
    }

    /// What a path answers.
    pub fn get(&self, kind: &'static str, path: &str) -> Option<Answer> {
        self.send(kind, "GET", path, None, None)
    }

    /// Sends a request once. Whatever is no success is a failure.
    pub fn send(
        &self,
        kind: &'static str,
        method: &str,
        path: &str,
        body: Option<&Value>,
        key: Option<&str>,
    ) -> Option<Answer> {
        let begin = Instant::now();
        let told = self.exchange(method, path, body, key).and_then(read);
        match told {
            Ok(answer) => {
                self.tally.success(kind, begin.elapsed());
                Some(answer)
            }
            Err(error) => {
                let took = begin.elapsed().as_secs_f64();
                self.tally.failure(kind, &format!("{method} {path} after {took:.3} s: {error:#}"));
                None
            }
        }
    }

    fn exchange(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        key: Option<&str>,
    ) -> anyhow::Result<Response<Body>> {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        if !self.bearer.is_empty() {
            request = request.header("Authorization", &self.bearer);
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        match body {
            Some(body) => {
                let request = request.header("Content-Type", "application/json").body(body.to_string())?;
                self.agent.run(request).context("no answer")
            }
            None => self.agent.run(request.body(())?).context("no answer"),
        }
    }
}

fn read(mut response: Response<Body>) -> anyhow::Result<Answer> {
    let status = response.status();
    let is_replayed = response.headers().contains_key("idempotent-replayed");
    let text = response.body_mut().read_to_string().context("half an answer")?;
    ensure!(status.is_success(), "{} {}", status.as_u16(), text.chars().take(300).collect::<String>());
    Ok(Answer { text, is_replayed })
}
