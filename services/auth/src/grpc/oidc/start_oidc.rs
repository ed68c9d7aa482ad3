//! Sends a browser to a provider.

use crate::{
    app::App,
    db::oidc_logins,
    domain::{browser_secret::BrowserSecret, return_path::ReturnPath, token::Token},
    error::Error,
    reauthentication,
};
use identity::Caller;
use journal_proto::auth::v1::{StartOidcRequest, StartOidcResponse};

/// `linking`: who wants an account elsewhere to sign him in from now on. That needs a session that is fresh.
pub(crate) async fn start_oidc(
    app: &App,
    linking: Option<&Caller>,
    request: &StartOidcRequest,
) -> Result<StartOidcResponse, Error> {
    if let Some(caller) = linking {
        reauthentication::insist(app, caller, String::new()).await?;
    }
    let providers = app.providers.current();
    let provider = providers.find(&request.provider).ok_or(Error::NoSuchProvider)?;
    let return_to = ReturnPath::parse(&request.return_to)?;
    let (state, browser) = (Token::generate(), BrowserSecret::generate());
    let url = provider.authorization_url(&state, &browser).await?;
    oidc_logins::begin(&app.pool, &state, &browser, &request.provider, &return_to, linking).await?;
    Ok(StartOidcResponse {
        authorization_url: url.into(),
        browser_secret: browser.to_text(),
        expires_in: oidc_logins::SECONDS,
    })
}
