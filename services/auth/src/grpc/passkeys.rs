//! The calls of `journal.auth.v1.PasskeyService`: each has a file of its own.

mod delete_passkey;
mod finish_login;
mod finish_registration;
mod list_passkeys;
mod start_login;
mod start_registration;

use super::Auth;
use crate::{
    domain::{passkey::CEREMONY_SECONDS, token::Token},
    error::Error,
};
use anyhow::Context as _;
use identity::{Verified, Verifier, caller};
use journal_proto::auth::v1::{
    Ceremony, DeletePasskeyRequest, DeletePasskeyResponse, FinishLoginRequest, FinishRegistrationRequest,
    ListPasskeysRequest, ListPasskeysResponse, LoginResponse, Passkey, StartLoginRequest,
    StartRegistrationRequest,
    passkey_service_server::{PasskeyService, PasskeyServiceServer},
};
use serde_json::Value;
use tonic::{Request, Response, Status};

/// How one comes to have an access token.
const PUBLIC: &[&str] =
    &["/journal.auth.v1.PasskeyService/StartLogin", "/journal.auth.v1.PasskeyService/FinishLogin"];

/// The service behind its door: every other call needs the access token of a session.
pub(super) fn service(auth: Auth, verifier: Verifier) -> Verified<PasskeyServiceServer<Auth>> {
    Verified::new(PasskeyServiceServer::new(auth), verifier)
        .public(PUBLIC)
        .sessions_only(&[])
        .without_actors()
}

#[tonic::async_trait]
impl PasskeyService for Auth {
    async fn start_registration(
        &self,
        request: Request<StartRegistrationRequest>,
    ) -> Result<Response<Ceremony>, Status> {
        let (caller, app) = (caller(&request)?, &self.app);
        let begun = start_registration::start_registration(app, &caller, request.into_inner()).await?;
        Ok(Response::new(begun))
    }

    async fn finish_registration(
        &self,
        request: Request<FinishRegistrationRequest>,
    ) -> Result<Response<Passkey>, Status> {
        let caller = caller(&request)?;
        finish_registration::finish_registration(&self.app, &caller, request).await
    }

    async fn list_passkeys(
        &self,
        request: Request<ListPasskeysRequest>,
    ) -> Result<Response<ListPasskeysResponse>, Status> {
        Ok(Response::new(list_passkeys::list_passkeys(&self.app, &caller(&request)?).await?))
    }

    async fn delete_passkey(
        &self,
        request: Request<DeletePasskeyRequest>,
    ) -> Result<Response<DeletePasskeyResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(delete_passkey::delete_passkey(&self.app, &caller, &request.into_inner()).await?))
    }

    async fn start_login(&self, _: Request<StartLoginRequest>) -> Result<Response<Ceremony>, Status> {
        Ok(Response::new(start_login::start_login(&self.app).await?))
    }

    async fn finish_login(
        &self,
        request: Request<FinishLoginRequest>,
    ) -> Result<Response<LoginResponse>, Status> {
        Ok(Response::new(finish_login::finish_login(&self.app, &request.into_inner()).await?))
    }
}

/// What has begun, as a browser takes it. `options` is WebAuthn's `{"publicKey": ...}`.
fn ceremony(token: &Token, options: &impl serde::Serialize) -> Result<Ceremony, Error> {
    let mut options = serde_json::to_value(options).context("WebAuthn options are no JSON")?;
    let mut options = options.get_mut("publicKey").map(Value::take).unwrap_or_default();
    if let Some(wanted) = options.get_mut("authenticatorSelection").and_then(Value::as_object_mut) {
        // Who signs in names nobody: the authenticator has to remember whose the passkey is.
        wanted.insert("residentKey".to_owned(), "required".into());
        wanted.insert("requireResidentKey".to_owned(), true.into());
    }
    Ok(Ceremony {
        ceremony: token.to_base64url(),
        options_json: options.to_string(),
        expires_in: CEREMONY_SECONDS,
    })
}
