//! What comes in and goes out at the product's doors, besides the API.

use crate::{api::Api, interrupt::Interrupt};
use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use ureq::Agent;

const PATIENCE: Duration = Duration::from_mins(1);

/// A client that takes every status for an answer.
pub(super) fn client() -> Agent {
    let limit = Some(Duration::from_secs(30));
    Agent::config_builder().http_status_as_error(false).proxy(None).timeout_global(limit).build().into()
}

/// The web client is in the gateway's image.
pub(super) fn serves_pages(url: &str) -> anyhow::Result<()> {
    let mut page = client().get(format!("{url}/trades")).header("Accept", "text/html").call()?;
    let text = page.body_mut().read_to_string()?;
    ensure!(page.status() == 200 && text.contains("<script"), "a page is answered with {}", page.status());
    Ok(())
}

/// The door tells gateways the address that it sees, whatever a client says of itself.
pub(super) fn believes_no_claim(url: &str, email: &str, password: &str, api: &mut Api) -> anyhow::Result<()> {
    const CLAIMED: &str = "6.6.6.6";
    let login = json!({ "email": email, "password": password, "delivery": "body" });
    let request = client().post(format!("{url}/v1/auth/login")).header("X-Forwarded-For", CLAIMED);
    let status = request.send_json(login)?.status();
    ensure!(status == 200, "a sign-in is answered with {status}");
    let sessions = api.list("/v1/auth/sessions")?;
    let addresses: Vec<_> =
        sessions.iter().filter_map(|session| session.get("ip_address")?.as_str()).collect();
    let is_sound = addresses.len() > 1 && !addresses.contains(&CLAIMED);
    ensure!(is_sound, "the addresses of two sessions are {addresses:?}");
    Ok(())
}

/// The mail that asks a new user to verify the address, on its way through the outbox, RabbitMQ and SMTP.
pub(super) fn mail_arrives(url: &str, address: &str, interrupt: &Interrupt) -> anyhow::Result<()> {
    let give_up = Instant::now() + PATIENCE;
    loop {
        let told: Value = client().get(format!("{url}/api/v1/messages")).call()?.body_mut().read_json()?;
        let mails =
            told.get("messages").and_then(Value::as_array).context("the mail sink tells no messages")?;
        if mails.iter().any(|mail| mail.to_string().contains(address)) {
            return Ok(());
        }
        ensure!(Instant::now() < give_up, "no mail to {address} has left within a minute");
        interrupt.pause(Duration::from_millis(200))?;
    }
}
