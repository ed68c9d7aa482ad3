//! Takes a browser back from a provider.

mod link;
mod register;

use crate::{
    app::App,
    db::{oidc_identities, oidc_logins, users},
    domain::{browser_secret::BrowserSecret, device::Device, token::Token},
    error::Error,
    oidc::{Claims, Provider},
    signing_in,
};
use identity::UserId;
use journal_proto::auth::v1::{FinishOidcRequest, FinishOidcResponse, LoginResponse};
use runtime::postgres;
use sqlx::PgConnection;

/// What was begun is over, whatever comes of it.
pub(crate) async fn finish_oidc(app: &App, request: &FinishOidcRequest) -> Result<FinishOidcResponse, Error> {
    let providers = app.providers.current();
    let provider = providers.find(&request.provider).ok_or(Error::NoSuchProvider)?;
    let state = Token::parse(&request.state).ok_or(Error::OidcFailed)?;
    let browser = BrowserSecret::parse(&request.browser_secret).ok_or(Error::OidcFailed)?;
    let begun = oidc_logins::end(&app.pool, &state, &browser, &request.provider).await?;
    let begun = begun.ok_or(Error::OidcFailed)?;
    if !request.issuer.is_empty() && request.issuer != provider.issuer() {
        return Err(Error::OidcFailed);
    }
    let claims = provider.redeem(&request.code, &browser).await?;
    let login = if let Some((user, session)) = begun.linking {
        link::link(app, user, session, provider, &request.provider, &claims).await?;
        None
    } else {
        Some(sign_in(app, request, provider, &claims).await?)
    };
    Ok(FinishOidcResponse { login, return_to: begun.return_to })
}

/// By issuer and subject alone: an address is no proof of whose an account here is.
async fn sign_in(
    app: &App,
    request: &FinishOidcRequest,
    provider: &Provider,
    claims: &Claims,
) -> Result<LoginResponse, Error> {
    let mut tx = postgres::begin(&app.pool).await?;
    let owner = oidc_identities::owner(&mut tx, provider.issuer(), &claims.subject).await?;
    let owner = if let Some(owner) = owner {
        // Whoever unlinks it, or disables the user, waits and ends this session as well; or was first.
        postgres::act_for(&mut tx, owner.0).await?;
        users::enabled(&mut tx, owner).await?.ok_or(Error::AccountDisabled)?;
        if oidc_identities::owner(&mut tx, provider.issuer(), &claims.subject).await? != Some(owner) {
            return Err(Error::OidcFailed);
        }
        owner
    } else {
        // No connection is held while a password is hashed.
        tx.rollback().await?;
        let password = register::no_password(app).await?;
        tx = postgres::begin(&app.pool).await?;
        register::register(&mut tx, provider, claims, &password).await?
    };
    let response = open(app, &mut tx, request, owner).await?;
    tx.commit().await?;
    metrics::counter!("auth.logins", "outcome" => "accepted").increment(1);
    Ok(response)
}

async fn open(
    app: &App,
    tx: &mut PgConnection,
    request: &FinishOidcRequest,
    owner: UserId,
) -> Result<LoginResponse, Error> {
    postgres::act_for(&mut *tx, owner.0).await?;
    let user = users::find(&mut *tx, owner).await?.ok_or(Error::OidcFailed)?;
    if app.require_verified_email && !user.email_verified {
        return Err(Error::EmailNotVerified);
    }
    let device = Device::new(&request.device_name, &request.ip_address);
    let known = signing_in::known_device(&mut *tx, &user, &request.device_token).await?;
    signing_in::open(app, tx, user, &device, known, &request.provider).await
}
