//! Makes an API key.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{api_keys, sessions},
    domain::{
        api_key::{self, ApiKeyEntry, MOST},
        invalid::Invalid,
        mail::Notice,
    },
    error::Error,
    key_sealing::Seed,
    mailing::notify_of,
    wire,
};
use identity::{Caller, Scope};
use journal_proto::auth::v1::{CreateApiKeyRequest, CreateApiKeyResponse};
use runtime::idempotency::Once;
use secrecy::ExposeSecret as _;
use sqlx::PgConnection;
use tonic::{Request, Response, Status};

/// What is kept with an idempotency key holds the seed where the secret stands, so that the secret is stored nowhere.
pub(crate) async fn create_api_key(
    app: &App,
    caller: &Caller,
    request: Request<CreateApiKeyRequest>,
) -> Result<Response<CreateApiKeyResponse>, Status> {
    let mut once = Once::begin(&app.pool, caller.user_id.0, "CreateApiKey", &request).await?;
    if let Some(mut done) = once.replay::<CreateApiKeyResponse>()? {
        unseal(app, &mut once.tx, caller, done.get_mut()).await?;
        return Ok(done);
    }
    let sealed = create(app, &mut once.tx, caller, request.into_inner()).await?;
    let mut answer = once.finish(sealed).await?;
    let seed = Seed::parse(&answer.get_ref().secret).ok_or(Error::SecretGone)?;
    let key = app.key_sealer.derive(caller.user_id, &seed).map_err(Error::from)?;
    key.to_text().expose_secret().clone_into(&mut answer.get_mut().secret);
    Ok(answer)
}

async fn create(
    app: &App,
    tx: &mut PgConnection,
    caller: &Caller,
    request: CreateApiKeyRequest,
) -> Result<CreateApiKeyResponse, Error> {
    let name = api_key::name(&request.name)?;
    let scope: Scope = request.scope.parse().map_err(|expected| Invalid { field: "scope", expected })?;
    let expires_at = request.expires_at.map(|at| wire::point_in_time("expires_at", at)).transpose()?;
    // First: whoever ends all sessions holds the row that this waits for.
    let count = api_keys::count(&mut *tx, caller.user_id).await?;
    if !sessions::is_live(&mut *tx, caller.user_id, caller.session_id).await? {
        return Err(Error::SessionEnded);
    }
    if count >= MOST {
        return Err(Error::TooManyApiKeys);
    }
    let seed = Seed::generate();
    let key = app.key_sealer.derive(caller.user_id, &seed)?;
    let new = api_keys::New { key: &key, name: &name, scope, expires_at };
    let expected = "must be in the future";
    let entry = api_keys::insert(&mut *tx, &new).await?;
    let entry = entry.ok_or(Invalid { field: "expires_at", expected })?;
    tell(tx, caller, &entry).await?;
    Ok(CreateApiKeyResponse { api_key: Some(wire::api_key(entry)), secret: seed.to_text() })
}

async fn tell(tx: &mut PgConnection, caller: &Caller, entry: &ApiKeyEntry) -> sqlx::Result<()> {
    let origin = Origin::Session(caller.session_id);
    audit::record(&mut *tx, caller.user_id, Kind::ApiKeyCreated, &entry.name, origin).await?;
    notify_of(tx, caller.user_id, Notice::ApiKeyCreated, &entry.name).await
}

/// Puts the secret where the seed stands. With another pepper than then, it is gone.
async fn unseal(
    app: &App,
    tx: &mut PgConnection,
    caller: &Caller,
    answer: &mut CreateApiKeyResponse,
) -> Result<(), Error> {
    let seed = Seed::parse(&answer.secret).ok_or(Error::SecretGone)?;
    let key = app.key_sealer.derive(caller.user_id, &seed)?;
    if !api_keys::exists(tx, &key).await? {
        return Err(Error::SecretGone);
    }
    key.to_text().expose_secret().clone_into(&mut answer.secret);
    Ok(())
}
