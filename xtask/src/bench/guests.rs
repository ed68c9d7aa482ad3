//! Users who only sign in, each time from another address.

use super::stage::Stage;
use crate::api::Api;
use serde_json::json;
use servers::secret;

/// So many that attempts on one account do not stand in one another's way.
const USERS: u32 = 20;
/// Sign-ins that differ.
const VARIETY: u32 = 2_000;

/// Registers users. Returns requests that sign them in, through a proxy that tells their addresses.
pub(super) fn sign_ins(stage: &Stage, name: &str) -> anyhow::Result<Vec<Vec<u8>>> {
    let password = secret::generate(12)?;
    let emails: Vec<String> = (0..USERS).map(|user| format!("{name}-{user}@bench.example")).collect();
    for email in &emails {
        Api::sign_up(&stage.url, email, &password, "Guest")?;
    }
    let mut addresses = 0..VARIETY;
    let requests = emails.iter().cycle().map_while(|email| {
        let [_, _, high, low] = addresses.next()?.to_be_bytes();
        let login =
            json!({ "email": email, "password": password, "delivery": "body", "device_name": "bench" });
        let body = login.to_string();
        Some(format!(
            "POST /v1/auth/login HTTP/1.1\r\nHost: bench\r\nX-Forwarded-For: 10.1.{high}.{low}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ))
    });
    Ok(requests.map(String::into_bytes).collect())
}
