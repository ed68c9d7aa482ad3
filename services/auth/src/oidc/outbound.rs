//! Requests to hosts that an operator has listed, and to no address inside.
//!
//! What a name resolves to is looked at when the connection is made, so that a name that changes its mind gains nothing. Redirects are not
//! followed, proxies are not asked, and answers are short and quick or none.

mod addresses;

use addresses::is_public;
use anyhow::{Context as _, ensure};
use reqwest::{
    Client, RequestBuilder, StatusCode, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use std::{net::IpAddr, time::Duration};

const CONNECT: Duration = Duration::from_secs(3);
const WHOLE: Duration = Duration::from_secs(8);
/// Keys and documents of providers have a few KiB.
const MAX_BYTES: usize = 256 * 1024;

/// A way to the hosts of one provider.
#[derive(Clone, Debug)]
pub(super) struct Outbound {
    client: Client,
    hosts: Vec<String>,
    local: bool,
}

impl Outbound {
    /// To these hosts, over HTTPS and to public addresses; `local`: a provider on this machine or network, also over HTTP.
    pub fn new(hosts: Vec<String>, local: bool) -> anyhow::Result<Self> {
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .https_only(!local)
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .dns_resolver(Resolver { local })
            .build()
            .context("cannot make an HTTP client")?;
        Ok(Self { client, hosts, local })
    }

    /// A URL of a listed host; others are refused before anything is sent.
    pub fn check(&self, url: &str) -> anyhow::Result<Url> {
        let url = Url::parse(url).context("is not a URL")?;
        let is_secure = url.scheme() == "https" || (self.local && url.scheme() == "http");
        ensure!(is_secure, "{url} is not https");
        ensure!(url.username().is_empty() && url.password().is_none(), "{url} carries credentials");
        let host = url.host_str().unwrap_or_default();
        ensure!(self.hosts.iter().any(|listed| listed == host), "{host} is not listed for this provider");
        // No name is resolved for an address.
        if let Ok(address) = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            ensure!(self.local || is_public(address), "{address} is not a public address");
        }
        Ok(url)
    }

    /// The document at a URL.
    pub async fn get(&self, url: Url) -> anyhow::Result<Vec<u8>> {
        let (status, body) = answer_to(self.client.get(url)).await?;
        ensure!(status.is_success(), "the answer is {status}");
        Ok(body)
    }

    /// The answer to a form.
    pub async fn post(
        &self,
        url: Url,
        form: &[(&str, &str)],
        basic: Option<(&str, &str)>,
    ) -> anyhow::Result<(StatusCode, Vec<u8>)> {
        let request = self.client.post(url).form(form);
        let request = match basic {
            Some((name, secret)) => request.basic_auth(name, Some(secret)),
            None => request,
        };
        answer_to(request).await
    }
}

async fn answer_to(request: RequestBuilder) -> anyhow::Result<(StatusCode, Vec<u8>)> {
    let mut answer = request.header("accept", "application/json").send().await?;
    let (status, mut body) = (answer.status(), Vec::new());
    while let Some(chunk) = answer.chunk().await? {
        ensure!(body.len() + chunk.len() <= MAX_BYTES, "the answer is too long");
        body.extend_from_slice(&chunk);
    }
    Ok((status, body))
}

struct Resolver {
    local: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let local = self.local;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<_> = found.filter(|address| local || is_public(address.ip())).collect();
            if allowed.is_empty() {
                return Err(format!("{} has no public address", name.as_str()).into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_hosts_over_https_are_asked() {
        let hosts = ["id.example.com", "127.0.0.1", "[::1]", "169.254.169.254"].map(str::to_owned).to_vec();
        let out = Outbound::new(hosts.clone(), false).unwrap();

        out.check("https://id.example.com/token").unwrap();
        for url in [
            "http://id.example.com/token",
            "https://evil.example/token",
            "https://id.example.com.evil.example/token",
            "https://id.example.com@evil.example/token",
            "https://user:secret@id.example.com/token",
            "https://127.0.0.1/token",
            "https://2130706433/token",
            "https://0x7f.1/token",
            "https://[::1]/token",
            "https://169.254.169.254/latest",
            "file:///etc/passwd",
            "id.example.com",
        ] {
            assert!(out.check(url).is_err(), "{url}");
        }
        Outbound::new(hosts, true).unwrap().check("http://127.0.0.1:8080/token").unwrap();
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_connected_to() {
        let out = Outbound::new(vec!["localhost".to_owned()], false).unwrap();
        let url = out.check("https://localhost:1/keys").unwrap();

        let refused = format!("{:?}", out.get(url).await.unwrap_err());

        assert!(refused.contains("no public address"), "{refused}");
    }
}
