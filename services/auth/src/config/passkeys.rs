//! Whose passkeys are asked for, and on which pages.

use anyhow::{Context as _, bail};
use clap::Args;
use webauthn_rs::{Webauthn, WebauthnBuilder, prelude::Url};

/// Passkeys are bound to a domain and used on pages of it.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Passkeys")]
pub struct Passkeys {
    /// The domain that passkeys are bound to. With another one, all passkeys are lost.
    #[arg(long, env = "PASSKEY_DOMAIN", default_value = "localhost")]
    pub passkey_domain: String,
    /// Origins of the pages that may use them, exactly, such as `https://app.example.com`; separated by commas.
    #[arg(long, env = "PASSKEY_ORIGINS", value_delimiter = ',', default_value = "http://localhost:8080")]
    pub passkey_origins: Vec<String>,
}

impl Passkeys {
    /// What makes and checks challenges.
    pub(crate) fn load(&self) -> anyhow::Result<Webauthn> {
        let origins = self.passkey_origins.iter().map(|origin| parse(origin));
        let origins = origins.collect::<anyhow::Result<Vec<Url>>>()?;
        let Some((first, others)) = origins.split_first() else { bail!("PASSKEY_ORIGINS is empty") };
        let domain = &self.passkey_domain;
        let unfit = |origin| format!("PASSKEY_DOMAIN {domain} is not the domain of {origin}, nor above it");
        let mut builder =
            WebauthnBuilder::new(domain, first).with_context(|| unfit(first))?.rp_name("Trading Journal");
        for origin in others {
            // The builder looks at the first one only.
            WebauthnBuilder::new(domain, origin).with_context(|| unfit(origin))?;
            builder = builder.append_allowed_origin(origin);
        }
        builder.build().context("PASSKEY_ORIGINS and PASSKEY_DOMAIN do not fit")
    }
}

/// An origin and nothing else, over HTTPS unless it is this machine.
fn parse(text: &str) -> anyhow::Result<Url> {
    let url = Url::parse(text).with_context(|| format!("{text} of PASSKEY_ORIGINS is not a URL"))?;
    if url.origin().ascii_serialization() != text {
        bail!("{text} of PASSKEY_ORIGINS is not an origin such as https://app.example.com");
    }
    if url.scheme() != "https" && url.domain() != Some("localhost") {
        bail!("{text} of PASSKEY_ORIGINS is not https");
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(domain: &str, origins: &[&str]) -> anyhow::Result<Webauthn> {
        let passkey_origins = origins.iter().map(|origin| (*origin).to_owned()).collect();
        Passkeys { passkey_domain: domain.to_owned(), passkey_origins }.load()
    }

    #[test]
    fn origins_are_of_the_domain() {
        loaded("localhost", &["http://localhost:8080"]).unwrap();
        loaded("example.com", &["https://app.example.com", "https://example.com"]).unwrap();
        for (domain, origins) in [
            ("example.com", &["https://example.org"][..]),
            ("example.com", &["https://evilexample.com"]),
            ("example.com", &["https://example.com", "https://example.org"]),
            ("example.com", &["http://example.com"]),
            ("example.com", &["https://example.com/"]),
            ("example.com", &["https://example.com/app"]),
            ("127.0.0.1", &["http://127.0.0.1:8080"]),
            ("example.com", &["example.com"]),
            ("example.com", &[]),
        ] {
            assert!(loaded(domain, origins).is_err(), "{domain} {origins:?}");
        }
    }
}
