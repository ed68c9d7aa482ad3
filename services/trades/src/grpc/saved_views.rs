//! The gRPC service `journal.trades.v1.ViewService`: each call is one file.

mod create_saved_view;
mod delete_saved_view;
mod get_saved_view;
mod list_saved_views;
mod update_saved_view;

use super::{Answer, App};
use identity::{Verified, Verifier, caller};
use journal_proto::trades::v1::{
    self as proto,
    view_service_server::{ViewService, ViewServiceServer},
};
use runtime::{idempotency::Once, precondition::Precondition};
use tonic::{Request, Response};

/// The service behind its door: every call needs an access token.
pub(super) fn service(app: App, verifier: Verifier) -> Verified<ViewServiceServer<App>> {
    Verified::new(ViewServiceServer::new(app), verifier)
}

#[tonic::async_trait]
impl ViewService for App {
    async fn create_saved_view(
        &self,
        request: Request<proto::CreateSavedViewRequest>,
    ) -> Answer<proto::SavedView> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "CreateSavedView", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let request = request.into_inner();
        let answer = create_saved_view::create_saved_view(self, &mut once.tx, user, &request).await?;
        once.finish(answer).await
    }

    async fn list_saved_views(
        &self,
        request: Request<proto::ListSavedViewsRequest>,
    ) -> Answer<proto::ListSavedViewsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_saved_views::list_saved_views(self, user, &request.into_inner()).await?))
    }

    async fn get_saved_view(&self, request: Request<proto::GetSavedViewRequest>) -> Answer<proto::SavedView> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_saved_view::get_saved_view(self, user, &request.into_inner()).await?))
    }

    async fn update_saved_view(
        &self,
        request: Request<proto::UpdateSavedViewRequest>,
    ) -> Answer<proto::SavedView> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(
            update_saved_view::update_saved_view(self, user, &seen, &request.into_inner()).await?,
        ))
    }

    async fn delete_saved_view(
        &self,
        request: Request<proto::DeleteSavedViewRequest>,
    ) -> Answer<proto::DeleteSavedViewResponse> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(
            delete_saved_view::delete_saved_view(self, user, &seen, &request.into_inner()).await?,
        ))
    }
}
