//! The calls of `journal.notifications.v1.NotificationsService`, one file each.

mod get_preferences;
mod list_notifications;
mod mark_all_read;
mod mark_read;
mod put_preferences;
mod subscribe;

use crate::live::Live;
use identity::{Verified, Verifier, caller};
use journal_proto::notifications::v1::{
    GetPreferencesRequest, ListNotificationsRequest, ListNotificationsResponse, MarkAllReadRequest,
    MarkAllReadResponse, MarkReadRequest, MarkReadResponse, Preferences, SubscribeRequest,
    notifications_service_server::{NotificationsService, NotificationsServiceServer},
};
use runtime::precondition::Precondition;
use sqlx::PgPool;
use tonic::{Request, Response, Status, service::Routes};

struct Calls {
    pool: PgPool,
    live: Live,
}

/// Every call, behind the door that asks for an access token.
pub(crate) fn routes(pool: PgPool, live: Live, verifier: Verifier) -> Routes {
    let server = NotificationsServiceServer::new(Calls { pool, live });
    Routes::new(Verified::new(server, verifier).reads(&["Subscribe"]).without_actors())
}

#[tonic::async_trait]
impl NotificationsService for Calls {
    type SubscribeStream = subscribe::LiveMessages;

    async fn list_notifications(
        &self,
        request: Request<ListNotificationsRequest>,
    ) -> Result<Response<ListNotificationsResponse>, Status> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_notifications::answer(&self.pool, user, request.into_inner()).await?))
    }

    async fn mark_read(
        &self,
        request: Request<MarkReadRequest>,
    ) -> Result<Response<MarkReadResponse>, Status> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(mark_read::answer(&self.pool, user, request.get_ref()).await?))
    }

    async fn mark_all_read(
        &self,
        request: Request<MarkAllReadRequest>,
    ) -> Result<Response<MarkAllReadResponse>, Status> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(mark_all_read::answer(&self.pool, user).await?))
    }

    async fn get_preferences(
        &self,
        request: Request<GetPreferencesRequest>,
    ) -> Result<Response<Preferences>, Status> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_preferences::answer(&self.pool, user).await?))
    }

    async fn put_preferences(&self, request: Request<Preferences>) -> Result<Response<Preferences>, Status> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(put_preferences::answer(&self.pool, user, &seen, request.into_inner()).await?))
    }

    async fn subscribe(
        &self,
        request: Request<SubscribeRequest>,
    ) -> Result<Response<Self::SubscribeStream>, Status> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(subscribe::answer(&self.live, user, request.get_ref()).await?))
    }
}
