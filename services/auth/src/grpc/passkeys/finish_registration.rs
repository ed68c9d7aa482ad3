//! Keeps the passkey that a browser made.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{passkey_ceremonies, passkeys},
    domain::{
        invalid::Invalid,
        mail::Notice,
        passkey::{MOST, PasskeyName},
        token::Token,
    },
    error::Error,
    mailing::notify,
    reauthentication, wire,
};
use identity::Caller;
use journal_proto::auth::v1::{FinishRegistrationRequest, Passkey};
use prost::Message as _;
use runtime::{
    idempotency::{self, Key},
    postgres, status,
};
use sqlx::PgConnection;
use tonic::{Request, Response, Status};
use webauthn_rs::prelude::RegisterPublicKeyCredential;

const CALL: &str = "FinishRegistration";
const OVER: Invalid =
    Invalid { field: "ceremony", expected: "was finished before, is older than five minutes, or not yours" };
const WRONG: Invalid = Invalid { field: "credential", expected: "is not the answer to what was begun here" };
const KNOWN: Invalid = Invalid { field: "credential", expected: "is known already" };

/// The ceremony is over, whatever comes of it; with an idempotency key, what came of it is told again.
pub(crate) async fn finish_registration(
    app: &App,
    caller: &Caller,
    request: Request<FinishRegistrationRequest>,
) -> Result<Response<Passkey>, Status> {
    let (key, user) = (Key::of(&request), caller.user_id.0);
    let mut tx = postgres::begin_for(&app.pool, user).await.map_err(Error::from)?;
    if let Some(key) = &key
        && let Some(done) = idempotency::claim(&mut tx, user, CALL, key).await?
    {
        let done = Passkey::decode(done.as_slice()).map_err(|error| status::internal(&error))?;
        let mut answer = Response::new(done);
        idempotency::mark_replayed(&mut answer);
        return Ok(answer);
    }
    let kept = keep(app, &mut tx, caller, request.get_ref()).await;
    if let (Ok(passkey), Some(key)) = (&kept, &key) {
        let answer = passkey.encode_to_vec();
        idempotency::keep(&mut tx, user, CALL, key, &answer).await.map_err(Error::from)?;
    }
    tx.commit().await.map_err(Error::from)?;
    Ok(Response::new(kept?))
}

async fn keep(
    app: &App,
    tx: &mut PgConnection,
    caller: &Caller,
    request: &FinishRegistrationRequest,
) -> Result<Passkey, Error> {
    let user_id = caller.user_id;
    // One after the other, so that the limit holds.
    reauthentication::hold_live(&mut *tx, user_id, caller.session_id).await?;
    let name = PasskeyName::parse(&request.name)?;
    let token = Token::parse(&request.ceremony).ok_or(OVER)?;
    let state = passkey_ceremonies::end_registration(&mut *tx, user_id, &token).await?.ok_or(OVER)?;
    let answer: RegisterPublicKeyCredential =
        serde_json::from_str(&request.credential_json).map_err(|_| WRONG)?;
    let credential = app.webauthn.finish_passkey_registration(&answer, &state).map_err(|error| {
        tracing::debug!(%error, "a passkey was refused");
        WRONG
    })?;
    if passkeys::count(&mut *tx, user_id).await? >= MOST {
        return Err(Error::TooManyPasskeys);
    }
    let passkey = passkeys::insert(&mut *tx, user_id, &name, &credential).await?.ok_or(KNOWN)?;
    let origin = Origin::Session(caller.session_id);
    audit::record(&mut *tx, user_id, Kind::PasskeyAdded, &passkey.name, origin).await?;
    notify(tx, user_id, Notice::PasskeyAdded).await?;
    Ok(wire::passkey(passkey))
}
