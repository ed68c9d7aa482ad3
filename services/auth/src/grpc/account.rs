//! The calls of `journal.auth.v1.AccountService`.

mod delete_me;
mod list_audit;
mod undo_deletion;
mod update_me;

use crate::app::App;
use identity::{Verified, Verifier, caller};
use journal_proto::auth::v1::{
    DeleteMeRequest, DeleteMeResponse, ListAuditRequest, ListAuditResponse, UndoDeletionRequest,
    UndoDeletionResponse, UpdateMeRequest, User,
    account_service_server::{AccountService, AccountServiceServer},
};
use std::sync::Arc;
use tonic::{Request, Response, Status};

const PUBLIC: &[&str] = &["/journal.auth.v1.AccountService/UndoDeletion"];

/// The service, behind its door.
pub(super) fn service(app: Arc<App>, verifier: Verifier) -> Verified<AccountServiceServer<Account>> {
    Verified::new(AccountServiceServer::new(Account { app }), verifier).public(PUBLIC).sessions_only(&[])
}

pub(super) struct Account {
    app: Arc<App>,
}

#[tonic::async_trait]
impl AccountService for Account {
    async fn update_me(&self, request: Request<UpdateMeRequest>) -> Result<Response<User>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(update_me::update_me(&self.app, &caller, request.into_inner()).await?))
    }

    async fn list_audit(
        &self,
        request: Request<ListAuditRequest>,
    ) -> Result<Response<ListAuditResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(list_audit::list_audit(&self.app, &caller, &request.into_inner()).await?))
    }

    async fn delete_me(
        &self,
        request: Request<DeleteMeRequest>,
    ) -> Result<Response<DeleteMeResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(delete_me::delete_me(&self.app, &caller, request.into_inner()).await?))
    }

    async fn undo_deletion(
        &self,
        request: Request<UndoDeletionRequest>,
    ) -> Result<Response<UndoDeletionResponse>, Status> {
        Ok(Response::new(undo_deletion::undo_deletion(&self.app, &request.into_inner()).await?))
    }
}
