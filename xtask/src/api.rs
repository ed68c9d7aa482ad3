//! The public API, as any client sees it.

mod multipart;
mod refused;
mod shapes;
#[cfg(test)]
pub(crate) mod stub;

pub(crate) use refused::Refused;
pub(crate) use shapes::{Account, Import, ImportStatus, Money, NewAccount, Summary};

use anyhow::{Context as _, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path, time::Duration};
use ureq::{Agent, Body, http::Response};

/// A signed-in client.
#[derive(Debug)]
pub(crate) struct Api {
    agent: Agent,
    url: String,
    email: String,
    password: String,
    token: String,
}

impl Api {
    /// Makes sure that the user exists, and signs in. Fails with [`Refused`] when the user exists and does not sign in like this.
    pub fn sign_up(url: &str, email: &str, password: &str, display_name: &str) -> anyhow::Result<Self> {
        let mut api = Self::anonymous(url, email, password);
        // The answer is the same whether the address was free or taken.
        let user = json!({ "email": email, "password": password, "display_name": display_name });
        let response = api.agent.post(api.at("/v1/auth/register")).send_json(user)?;
        answer::<Value>("POST /v1/auth/register", response)?;
        api.sign_in()?;
        Ok(api)
    }

    fn anonymous(url: &str, email: &str, password: &str) -> Self {
        let configuration = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(Duration::from_mins(2)))
            .build();
        Self {
            agent: configuration.into(),
            url: url.to_owned(),
            email: email.to_owned(),
            password: password.to_owned(),
            token: String::new(),
        }
    }

    fn sign_in(&mut self) -> anyhow::Result<()> {
        let login = json!({
            "email": self.email, "password": self.password, "delivery": "body", "device_name": "cargo dev",
        });
        let response = self.agent.post(self.at("/v1/auth/login")).send_json(login)?;
        let status = response.status().as_u16();
        let signed_in: Value = answer("POST /v1/auth/login", response).map_err(|error| {
            if Refused::STATUSES.contains(&status) { error.context(Refused) } else { error }
        })?;
        let token = signed_in.get("access_token").and_then(Value::as_str);
        token.context("the answer to the sign-in has no access token")?.clone_into(&mut self.token);
        Ok(())
    }

    /// The header `Authorization` with an access token that has just been given out.
    pub fn bearer(&mut self) -> anyhow::Result<String> {
        self.sign_in()?;
        Ok(format!("Bearer {}", self.token))
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// Sends a request; once more with a new access token when the old one has expired.
    fn call<T: DeserializeOwned>(
        &mut self,
        what: &str,
        send: impl Fn(&Agent, &str) -> Result<Response<Body>, ureq::Error>,
    ) -> anyhow::Result<T> {
        let attempt =
            |api: &Self| send(&api.agent, &format!("Bearer {}", api.token)).context(what.to_owned());
        let mut response = attempt(self)?;
        if response.status() == 401 {
            self.sign_in()?;
            response = attempt(self)?;
        }
        answer(what, response)
    }

    fn get<T: DeserializeOwned>(&mut self, path: &str) -> anyhow::Result<T> {
        let url = self.at(path);
        self.call(&format!("GET {path}"), |agent, bearer| {
            agent.get(&url).header("Authorization", bearer).call()
        })
    }

    /// The items of a list's first page, as they are.
    pub fn list(&mut self, path: &str) -> anyhow::Result<Vec<Value>> {
        Ok(self.get::<shapes::Page<Value>>(path)?.items)
    }

    /// Makes something, and answers what it is.
    pub fn create(&mut self, path: &str, wanted: &Value) -> anyhow::Result<Value> {
        let url = self.at(path);
        self.call(&format!("POST {path}"), |agent, bearer| {
            agent.post(&url).header("Authorization", bearer).send_json(wanted)
        })
    }

    /// The account of that name, created when there is none.
    pub fn account(&mut self, wanted: &NewAccount) -> anyhow::Result<Account> {
        let accounts: shapes::Page<Account> = self.get("/v1/accounts")?;
        if let Some(found) = accounts.items.into_iter().find(|account| account.name == wanted.name) {
            return Ok(found);
        }
        let url = self.at("/v1/accounts");
        self.call("POST /v1/accounts", |agent, bearer| {
            agent.post(&url).header("Authorization", bearer).send_json(wanted)
        })
    }

    /// Uploads a file into an account. `fields` are the optional fields of the form.
    pub fn upload(&mut self, account: &str, file: &Path, fields: &[(&str, &str)]) -> anyhow::Result<Import> {
        let form = multipart::form(account, file, fields)?;
        let url = self.at("/v1/imports");
        self.call("POST /v1/imports", |agent, bearer| {
            let request = agent.post(&url).header("Authorization", bearer);
            request.header("Content-Type", &form.content_type).send(form.body.as_slice())
        })
    }

    pub fn import(&mut self, id: &str) -> anyhow::Result<Import> {
        self.get(&format!("/v1/imports/{id}"))
    }

    /// Number of an account's trades of a status (`open`, `closed`), by currency.
    pub fn count_trades(&mut self, account: &str, status: &str) -> anyhow::Result<BTreeMap<String, u64>> {
        let mut counts = BTreeMap::new();
        let first = format!("/v1/trades?account_id={account}&status={status}&limit=200");
        let mut next = Some(first.clone());
        while let Some(path) = next {
            let page: shapes::Page<shapes::Trade> = self.get(&path)?;
            for trade in page.items {
                *counts.entry(trade.currency).or_default() += 1;
            }
            next = page.next_cursor.map(|cursor| format!("{first}&cursor={cursor}"));
        }
        Ok(counts)
    }

    /// Statistics of an account's closed trades in one currency.
    pub fn summary(&mut self, account: &str, currency: &str) -> anyhow::Result<Summary> {
        self.get(&format!("/v1/analytics/summary?account_id={account}&currency={currency}"))
    }
}

/// What was answered, or the problem in one line.
fn answer<T: DeserializeOwned>(what: &str, mut response: Response<Body>) -> anyhow::Result<T> {
    let status = response.status();
    let text = response.body_mut().with_config().limit(64 * 1024 * 1024).read_to_string()?;
    if !status.is_success() {
        bail!("{what}: {} {}", status.as_u16(), problem(&text));
    }
    serde_json::from_str(&text).with_context(|| format!("{what}: an answer of another shape than expected"))
}

/// The readable part of an `application/problem+json`.
fn problem(text: &str) -> String {
    let problem: Value = serde_json::from_str(text).unwrap_or_default();
    let member = |name: &str| problem.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let faults = problem.get("errors").and_then(Value::as_array).into_iter().flatten().map(|fault| {
        let part = |name: &str| fault.get(name).and_then(Value::as_str).unwrap_or_default();
        format!("{}: {}", part("field"), part("reason"))
    });
    let parts = [member("title"), member("detail")].into_iter().chain(faults);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_told_in_one_line() {
        let text =
            r#"{"type": "x", "title": "Invalid", "errors": [{"field": "name", "reason": "is too long"}]}"#;

        assert_eq!(problem(text), "Invalid; name: is too long");
        assert_eq!(problem("<html>"), "");
    }
}
