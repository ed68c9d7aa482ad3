//! The calls of `journal.auth.v1.OidcService`.

mod finish_oidc;
mod list_identities;
mod list_providers;
mod start_oidc;
mod unlink_identity;

use super::Auth;
use identity::{Verified, Verifier, caller};
use journal_proto::auth::v1::{
    FinishOidcRequest, FinishOidcResponse, ListIdentitiesRequest, ListIdentitiesResponse,
    ListProvidersRequest, ListProvidersResponse, StartOidcRequest, StartOidcResponse, UnlinkIdentityRequest,
    UnlinkIdentityResponse,
    oidc_service_server::{OidcService, OidcServiceServer},
};
use tonic::{Request, Response, Status};

/// How one comes to have an access token.
const PUBLIC: &[&str] = &[
    "/journal.auth.v1.OidcService/StartOidc",
    "/journal.auth.v1.OidcService/FinishOidc",
    "/journal.auth.v1.OidcService/ListProviders",
];

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

    async fn list_providers(
        &self,
        _: Request<ListProvidersRequest>,
    ) -> Result<Response<ListProvidersResponse>, Status> {
        Ok(Response::new(list_providers::list_providers(&self.app)))
    }

    async fn list_identities(
        &self,
        request: Request<ListIdentitiesRequest>,
    ) -> Result<Response<ListIdentitiesResponse>, Status> {
        Ok(Response::new(list_identities::list_identities(&self.app, &caller(&request)?).await?))
    }

    async fn unlink_identity(
        &self,
        request: Request<UnlinkIdentityRequest>,
    ) -> Result<Response<UnlinkIdentityResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(unlink_identity::unlink_identity(&self.app, &caller, &request.into_inner()).await?))
    }
}
