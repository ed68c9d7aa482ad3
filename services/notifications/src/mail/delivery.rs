//! Hands one mail to the SMTP server.

use super::Settings;
use crate::db::emails::DueMail;
use anyhow::Context as _;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{self, response::Category},
};
use runtime::secrets::{Parsed, Secrets};
use secrecy::{ExposeSecret as _, SecretString};
use std::time::Duration;
use tokio::time::timeout;

/// For each step of the dialogue with the server.
const STEP_DEADLINE: Duration = Duration::from_secs(8);
/// For all of it: less than a stopping process has.
const DEADLINE: Duration = Duration::from_secs(15);

/// The way to the SMTP server; connections are kept and shared.
pub(super) struct Delivery {
    server: Parsed<Server>,
    from: Mailbox,
}

type Server = AsyncSmtpTransport<Tokio1Executor>;

/// What came of a mail.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The server took it.
    Sent,
    /// It will never be taken: the address is not one, or its mailbox does not exist.
    Refused(String),
    /// Later it may be.
    Postponed(String),
}

impl Outcome {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Refused(_) => "refused",
            Self::Postponed(_) => "postponed",
        }
    }
}

impl Delivery {
    /// `None` without a server. Connects when the first mail is sent.
    pub async fn connect(settings: &Settings, secrets: &Secrets) -> anyhow::Result<Option<Self>> {
        let Some(url) = settings.smtp_url.open_if_set(secrets).await? else { return Ok(None) };
        let from = settings.mail_from.clone().context("MAIL_FROM is needed to send mail")?;
        Ok(Some(Self { server: Parsed::new("SMTP_URL", &url, server)?, from }))
    }

    /// Tries once.
    pub async fn send(&self, mail: &DueMail) -> Outcome {
        let message = match self.compose(mail) {
            Ok(message) => message,
            Err(error) => return Outcome::Refused(format!("{error:#}")),
        };
        match timeout(DEADLINE, self.server.current().send(message)).await {
            Ok(Ok(_)) => Outcome::Sent,
            Ok(Err(error)) if is_final(&error) => Outcome::Refused(error.to_string()),
            Ok(Err(error)) => Outcome::Postponed(error.to_string()),
            Err(_) => Outcome::Postponed("the server did not answer in time".to_owned()),
        }
    }

    fn compose(&self, mail: &DueMail) -> anyhow::Result<Message> {
        let address: Address = mail.email.parse().context("the address is malformed")?;
        let name = Some(mail.display_name.clone()).filter(|name| !name.trim().is_empty());
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name, address))
            .subject(&mail.subject)
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            // RFC 3834: nobody's absence note shall answer.
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .multipart(MultiPart::alternative_plain_html(mail.body_text.clone(), mail.body_html.clone()))
            .context("the mail cannot be composed")
    }
}

/// No error repeats the URL.
fn server(url: &SecretString) -> anyhow::Result<Server> {
    let server = Server::from_url(url.expose_secret());
    let server = server.map_err(|_| anyhow::anyhow!("SMTP_URL is not an smtp:// or smtps:// URL"))?;
    Ok(server.timeout(Some(STEP_DEADLINE)).build())
}

/// True for "no such mailbox" and its like (55x). Other permanent answers (no authentication, no such command) are about
/// our configuration, which an operator may mend within the day.
fn is_final(error: &smtp::Error) -> bool {
    error.is_permanent() && error.status().is_some_and(|code| code.category == Category::MailSystem)
}
