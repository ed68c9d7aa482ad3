//! Where a request comes from, seen through the proxies that we trust.

use clap::Args;
use http::{HeaderMap, HeaderName};
use ipnet::IpNet;
use std::net::{IpAddr, Ipv6Addr};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Whose word counts.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Proxies")]
pub struct Proxies {
    /// Networks of proxies whose X-Forwarded-For is believed, such as `10.0.0.0/8`; separated by commas. Others' is ignored.
    #[arg(long, env = "TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpNet>,
}

impl Proxies {
    /// The last address in the chain that no trusted proxy has: what stands before it, anybody may have written.
    pub(crate) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let told = headers.get_all(X_FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
        let chain: Vec<&str> = told.flat_map(|value| value.split(',')).map(str::trim).collect();
        let mut client = peer.to_canonical();
        for told in chain.into_iter().rev() {
            if !self.trusts(client) {
                break;
            }
            let Ok(address) = told.parse::<IpAddr>() else { break };
            client = address.to_canonical();
        }
        client
    }

    /// True when a proxy of ours has this address.
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(&address))
    }
}

/// The address that stands for whoever has this one: of IPv6, who has one address has a network of 2^64 of them.
pub(crate) fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, lines: &[&str]) -> String {
        let trusted_proxies = ["10.0.0.0/8", "::1/128"].map(|network| network.parse().unwrap()).to_vec();
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(X_FORWARDED_FOR, line.parse().unwrap());
        }
        Proxies { trusted_proxies }.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        for (peer, lines, expected) in [
            ("192.0.2.1", &[] as &[&str], "192.0.2.1"),
            ("192.0.2.1", &["198.51.100.1"], "192.0.2.1"),
            ("10.1.1.1", &["198.51.100.1"], "198.51.100.1"),
            // The client claims to be 203.0.113.9: the proxy says who he is.
            ("10.1.1.1", &["203.0.113.9, 198.51.100.1"], "198.51.100.1"),
            ("10.1.1.1", &["203.0.113.9", "198.51.100.1, 10.2.2.2"], "198.51.100.1"),
            ("10.1.1.1", &["10.3.3.3, 10.2.2.2"], "10.3.3.3"),
            ("10.1.1.1", &["198.51.100.1, nonsense"], "10.1.1.1"),
            ("10.1.1.1", &[""], "10.1.1.1"),
            ("::ffff:10.1.1.1", &["2001:db8::1"], "2001:db8::1"),
        ] {
            assert_eq!(client(peer, lines), expected, "{peer} {lines:?}");
        }
    }
}
