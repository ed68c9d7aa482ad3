//! The calls of `journal.auth.v1.OidcService`.

mod finish_oidc;
mod start_oidc;

use super::Auth;
use identity::{Verified, Verifier, caller};
use journal_proto::auth::v1::{
    FinishOidcRequest, FinishOidcResponse, StartOidcRequest, StartOidcResponse,
    oidc_service_server::{OidcService, OidcServiceServer},
};
use tonic::{Request, Response, Status};

/// How one comes to have an access token.
const PUBLIC: &[&str] =
    &["/journal.auth.v1.OidcService/StartOidc", "/journal.auth.v1.OidcService/FinishOidc"];

/// The service behind its door: every other call needs the access token of a session.
pub(super) fn service(auth: Auth, verifier: Verifier) -> Verified<OidcServiceServer<Auth>> {
    Verified::new(OidcServiceServer::new(auth), verifier).public(PUBLIC).sessions_only(&[]).without_actors()
}

#[tonic::async_trait]
impl OidcService for Auth {
    async fn start_oidc(
        &self,
        request: Request<StartOidcRequest>,
    ) -> Result<Response<StartOidcResponse>, Status> {
        Ok(Response::new(start_oidc::start_oidc(&self.app, None, &request.into_inner()).await?))
    }

    async fn start_oidc_link(
        &self,
        request: Request<StartOidcRequest>,
    ) -> Result<Response<StartOidcResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(start_oidc::start_oidc(&self.app, Some(&caller), &request.into_inner()).await?))
    }

    async fn finish_oidc(
        &self,
        request: Request<FinishOidcRequest>,
    ) -> Result<Response<FinishOidcResponse>, Status> {
        Ok(Response::new(finish_oidc::finish_oidc(&self.app, &request.into_inner()).await?))
    }
}
