//! Whose tokens a service believes.

use super::key::{TOKEN_SECONDS, is_name, said};
use crate::{Clock, secrets::Secret};
use anyhow::{Context as _, ensure};
use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::ExposeSecret as _;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Clocks of our machines may differ by this much.
const LEEWAY_SECONDS: i64 = 30;
/// Tokens that were checked lately: each caller has one or two.
const MOST_REMEMBERED: usize = 1024;

/// Knows the public keys of all services, and is asked about each call to one of them.
pub(crate) struct Doorkeeper {
    audience: &'static str,
    keys: Secret,
    clock: Clock,
    /// The caller and the end of tokens that were found to be good, by keys that were good then.
    known: Mutex<(String, HashMap<String, i64>)>,
}

impl Doorkeeper {
    /// Of the service `audience`. `keys`: entries `name:public`, separated by commas or white space; several of one name are fine.
    pub fn new(audience: &'static str, keys: Secret, clock: Clock) -> anyhow::Result<Self> {
        parse(keys.current().expose_secret())?;
        Ok(Self { audience, keys, clock, known: Mutex::default() })
    }

    /// The name of the service that signed this token for us; `None`: nobody that we know.
    pub fn identify(&self, token: &str) -> Option<String> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (name, rest) = signed.split_once('.')?;
        let (audience, expires) = rest.split_once('.')?;
        let (expires, now) = (expires.parse::<i64>().ok()?, self.clock.now().unix_timestamp());
        let is_ours = audience == self.audience && signed == said(name, audience, expires);
        let in_time = (now - LEEWAY_SECONDS..=now + TOKEN_SECONDS + LEEWAY_SECONDS).contains(&expires);
        if !is_ours || !in_time {
            return None;
        }
        let keys = self.keys.current();
        let keys = keys.expose_secret();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 != keys {
            // A key that was taken away is not believed any longer.
            *known = (keys.to_owned(), HashMap::new());
        }
        if !known.1.contains_key(token) {
            let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
            let mut of_caller = parse(keys).ok()?.into_iter().filter(|(owner, _)| *owner == name);
            if !of_caller.any(|(_, key)| key.verify(signed.as_bytes(), &signature).is_ok()) {
                return None;
            }
            known.1.retain(|_, end| *end >= now - LEEWAY_SECONDS);
            if known.1.len() < MOST_REMEMBERED {
                known.1.insert(token.to_owned(), expires);
            }
        }
        Some(name.to_owned())
    }
}

type Entry<'a> = (&'a str, UnparsedPublicKey<Vec<u8>>);

fn parse(text: &str) -> anyhow::Result<Vec<Entry<'_>>> {
    let entries = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|entry| !entry.is_empty());
    let parsed: Vec<Entry<'_>> = entries
        .map(|entry| {
            let (name, key) = entry.split_once(':').context("an entry is not name:public")?;
            let key = URL_SAFE_NO_PAD.decode(key).ok().filter(|key| key.len() == 32);
            ensure!(is_name(name), "the name {name} is not made of small letters and hyphens");
            let key =
                key.with_context(|| format!("the public key of {name} is not 32 bytes in base64url"))?;
            Ok((name, UnparsedPublicKey::new(&ED25519, key)))
        })
        .collect::<anyhow::Result<_>>()?;
    ensure!(!parsed.is_empty(), "there is no entry");
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use super::super::ServiceKey;
    use super::*;
    use time::{Duration, OffsetDateTime};

    const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn key(name: &str) -> ServiceKey {
        ServiceKey::parse(&ServiceKey::generate(name).unwrap()).unwrap()
    }

    fn doorkeeper(keys: &[&ServiceKey]) -> Doorkeeper {
        let entries = keys.iter().map(|key| key.public_entry()).collect::<Vec<_>>().join(",\n");
        Doorkeeper::new("trades", Secret::fixed(entries.into()), Clock::held_at(NOW)).unwrap()
    }

    #[test]
    fn a_token_of_a_known_service_for_us_is_believed_for_a_minute() {
        let (gateway, old) = (key("gateway"), key("gateway"));
        let doorkeeper = doorkeeper(&[&gateway, &old, &key("analytics")]);

        for (key, made, name) in [
            (&gateway, NOW, Some("gateway")),
            (&old, NOW, Some("gateway")),
            (&gateway, NOW - Duration::seconds(85), Some("gateway")),
            (&gateway, NOW - Duration::seconds(95), None),
            (&gateway, NOW + Duration::seconds(25), Some("gateway")),
            (&gateway, NOW + Duration::seconds(95), None),
        ] {
            let token = key.token("trades", made);
            // Twice: what is remembered is no more than what was checked.
            assert_eq!(
                [(); 2].map(|()| doorkeeper.identify(&token)),
                [name; 2].map(|n| n.map(str::to_owned))
            );
        }
    }

    #[test]
    fn nobody_else_is_believed() {
        let (gateway, stranger) = (key("gateway"), key("gateway"));
        let doorkeeper = doorkeeper(&[&gateway, &key("analytics")]);
        let good = gateway.token("trades", NOW);
        let parts: Vec<&str> = good.split('.').collect();

        for bad in [
            String::new(),
            "gateway".to_owned(),
            "...".to_owned(),
            stranger.token("trades", NOW),
            key("unknown").token("trades", NOW),
            gateway.token("analytics", NOW),
            good.replace("gateway", "analytics"),
            format!("gateway.trades.+60.{}", parts[3]),
            format!("gateway.trades.61.{}", parts[3]),
            format!("gateway.trades.60.{}", "A".repeat(86)),
            format!("{good}="),
            format!("x.{good}"),
        ] {
            assert_eq!(doorkeeper.identify(&bad), None, "{bad}");
        }
    }

    #[test]
    fn a_key_that_was_taken_away_is_not_believed_even_if_its_token_was() {
        let (old, new) = (key("gateway"), key("gateway"));
        let (sender, keys) = Secret::changing(old.public_entry().into());
        let doorkeeper = Doorkeeper::new("trades", keys, Clock::held_at(NOW)).unwrap();
        let token = old.token("trades", NOW);
        assert!(doorkeeper.identify(&token).is_some());

        sender.send_replace(new.public_entry().into());

        assert_eq!(doorkeeper.identify(&token), None);
        assert!(doorkeeper.identify(&new.token("trades", NOW)).is_some());
    }

    #[test]
    fn what_is_no_list_of_keys_is_refused() {
        for wrong in ["", "gateway", "gateway:abc", "Gateway:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
