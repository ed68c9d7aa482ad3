//! Everything that the API says about a user's journal, as the bytes that it says it in.

use crate::{interrupt::Interrupt, rolling_test::client::Client};
use anyhow::{Context as _, ensure};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

/// Events may be under way for so long.
const SETTLED_WITHIN: Duration = Duration::from_mins(2);
/// Nothing has changed between two looks so far apart.
const STILL: Duration = Duration::from_secs(2);

/// What each path answers to anybody whose journal it is.
const PATHS: [&str; 13] = [
    "/v1/accounts",
    "/v1/imports",
    "/v1/trades?limit=200",
    "/v1/tags",
    "/v1/notifications",
    "/v1/analytics/summary?currency=USD",
    "/v1/analytics/equity?currency=USD",
    "/v1/analytics/calendar?currency=USD",
    "/v1/analytics/breakdown?currency=USD&by=symbol",
    "/v1/analytics/distribution?currency=USD",
    "/v1/analytics/risk?currency=USD&seed=1",
    "/v1/auth/sessions",
    "/v1/me",
];

/// Answers by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures(BTreeMap<String, String>);

impl Figures {
    /// As they are now: every path, each import with the file it came from, and each trade.
    pub fn of(user: &Client) -> anyhow::Result<Self> {
        let mut figures = Self::default();
        for path in PATHS {
            let answer = figures.ask(user, path)?;
            for id in ids(&answer) {
                match path {
                    "/v1/imports" => drop(figures.ask(user, &format!("/v1/imports/{id}"))?),
                    "/v1/trades?limit=200" => drop(figures.ask(user, &format!("/v1/trades/{id}"))?),
                    _ => {}
                }
            }
        }
        Ok(figures)
    }

    /// The same, once nothing changes any more and the statistics count every closed trade.
    pub fn once_settled(user: &Client, interrupt: &Interrupt) -> anyhow::Result<Self> {
        let deadline = Instant::now() + SETTLED_WITHIN;
        let mut last = Self::of(user)?;
        loop {
            interrupt.pause(STILL)?;
            let now = Self::of(user)?;
            if now == last {
                return Ok(now);
            }
            ensure!(Instant::now() < deadline, "figures still change: {:?}", last.differing(&now));
            last = now;
        }
    }

    fn ask(&mut self, user: &Client, path: &str) -> anyhow::Result<String> {
        let answer = user.get("figures", path);
        let answer = answer.with_context(|| format!("GET {path}: {:?}", user.tally().failures().last()))?;
        let text = without_time_of_asking(path, answer.text);
        self.0.insert(path.to_owned(), text.clone());
        Ok(text)
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Paths whose answers are not the same.
    pub fn differing(&self, other: &Self) -> Vec<String> {
        let paths = self.0.keys().chain(other.0.keys().filter(|path| !self.0.contains_key(*path)));
        paths.filter(|path| self.0.get(*path) != other.0.get(*path)).cloned().collect()
    }

    /// Fails with the first answer that is another one.
    pub fn must_be(&self, other: &Self) -> anyhow::Result<()> {
        if let Some(path) = self.differing(other).first() {
            let [was, is] =
                [self, other].map(|figures| figures.0.get(path).map_or("nothing", String::as_str));
            anyhow::bail!("GET {path} answers\n{is}\nand not as before\n{was}");
        }
        Ok(())
    }
}

fn ids(answer: &str) -> Vec<String> {
    let answer: Value = serde_json::from_str(answer).unwrap_or_default();
    let items = answer.get("items").and_then(Value::as_array).into_iter().flatten();
    items.filter_map(|item| item.get("id")?.as_str().map(str::to_owned)).collect()
}

/// The list of sessions says when each was used last, which is this very question.
fn without_time_of_asking(path: &str, answer: String) -> String {
    if path != "/v1/auth/sessions" {
        return answer;
    }
    let mut value: Value = serde_json::from_str(&answer).unwrap_or_default();
    let sessions = value.get_mut("items").and_then(Value::as_array_mut).into_iter().flatten();
    sessions.filter_map(Value::as_object_mut).for_each(|session| {
        session.remove("last_used_at");
        session.remove("expires_at");
    });
    value.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_another_one_or_missing_is_told() {
        let figures = |answers: &[(&str, &str)]| {
            Figures(answers.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
        };
        let before = figures(&[("/a", "1"), ("/b", "2")]);

        assert_eq!(before.differing(&figures(&[("/a", "1"), ("/c", "2")])), ["/b", "/c"]);
        assert!(before.must_be(&before.clone()).is_ok());
        let error = before.must_be(&figures(&[("/a", "3"), ("/b", "2")])).unwrap_err().to_string();
        assert!(error.contains("GET /a answers\n3\nand not as before\n1"), "{error}");
    }
}
