//! What a service's name stands for.

use anyhow::{Context as _, bail};
use http::Uri;
use std::{future::Future, io, net::SocketAddr};

/// Tells the addresses of a service's instances.
pub trait Resolve: Send + Sync + 'static {
    /// All of them, as of now.
    fn resolve(&self) -> impl Future<Output = io::Result<Vec<SocketAddr>>> + Send;
}

/// Names that the system looks up, such as DNS names with an address for each instance.
#[derive(Clone, Debug)]
pub(super) struct Names(Vec<(String, u16)>);

impl Names {
    /// The host and port of each URL.
    pub fn of(urls: &[Uri]) -> anyhow::Result<Self> {
        let place = |url: &Uri| {
            let host = url.host().with_context(|| format!("{url} has no host"))?;
            // As URLs write IPv6 addresses.
            let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
            let port = match (url.port_u16(), url.scheme_str()) {
                (Some(port), Some("http")) => port,
                (None, Some("http")) => 80,
                _ => bail!("{url} is not an http:// URL"),
            };
            Ok((host, port))
        };
        urls.iter().map(place).collect::<anyhow::Result<_>>().map(Self)
    }
}

impl Resolve for Names {
    async fn resolve(&self) -> io::Result<Vec<SocketAddr>> {
        let (mut found, mut failed) = (Vec::new(), None);
        for (host, port) in &self.0 {
            match tokio::net::lookup_host((host.as_str(), *port)).await {
                Ok(addresses) => found.extend(addresses),
                Err(error) => failed = Some(error),
            }
        }
        match failed {
            Some(error) if found.is_empty() => Err(error),
            Some(_) | None => Ok(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_url_adds_its_addresses() {
        let urls = ["http://127.0.0.1:1", "http://[::1]:2"].map(|url| url.parse().unwrap());

        let found = Names::of(&urls).unwrap().resolve().await.unwrap();

        assert_eq!(found, ["127.0.0.1:1".parse().unwrap(), "[::1]:2".parse().unwrap()]);
    }

    #[test]
    fn what_is_no_http_url_is_refused() {
        for url in ["https://auth:1", "auth:50051", "/auth"] {
            assert!(Names::of(&[url.parse().unwrap()]).is_err(), "{url}");
        }
    }
}
