//! The calls of `journal.auth.v1.ApiKeyService`.

mod create_api_key;
mod exchange_api_key;
mod list_api_keys;
mod revoke_api_key;

use crate::app::App;
use identity::{Verified, Verifier, caller};
use journal_proto::auth::v1::{
    CreateApiKeyRequest, CreateApiKeyResponse, ExchangeApiKeyRequest, ExchangeApiKeyResponse,
    ListApiKeysRequest, ListApiKeysResponse, RevokeApiKeyRequest, RevokeApiKeyResponse,
    api_key_service_server::{ApiKeyService, ApiKeyServiceServer},
};
use std::sync::Arc;
use tonic::{Request, Response, Status};

const PUBLIC: &[&str] = &["/journal.auth.v1.ApiKeyService/ExchangeApiKey"];

/// The service, behind its door.
pub(super) fn service(app: Arc<App>, verifier: Verifier) -> Verified<ApiKeyServiceServer<ApiKeys>> {
    Verified::new(ApiKeyServiceServer::new(ApiKeys { app }), verifier).public(PUBLIC).sessions_only(&[])
}

pub(super) struct ApiKeys {
    app: Arc<App>,
}

#[tonic::async_trait]
impl ApiKeyService for ApiKeys {
    async fn create_api_key(
        &self,
        request: Request<CreateApiKeyRequest>,
    ) -> Result<Response<CreateApiKeyResponse>, Status> {
        create_api_key::create_api_key(&self.app, &caller(&request)?, request).await
    }

    async fn list_api_keys(
        &self,
        request: Request<ListApiKeysRequest>,
    ) -> Result<Response<ListApiKeysResponse>, Status> {
        Ok(Response::new(list_api_keys::list_api_keys(&self.app, &caller(&request)?).await?))
    }

    async fn revoke_api_key(
        &self,
        request: Request<RevokeApiKeyRequest>,
    ) -> Result<Response<RevokeApiKeyResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(revoke_api_key::revoke_api_key(&self.app, &caller, &request.into_inner()).await?))
    }

    async fn exchange_api_key(
        &self,
        request: Request<ExchangeApiKeyRequest>,
    ) -> Result<Response<ExchangeApiKeyResponse>, Status> {
        Ok(Response::new(exchange_api_key::exchange_api_key(&self.app, &request.into_inner()).await?))
    }
}
