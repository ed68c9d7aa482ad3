//! The gRPC service `journal.trades.v1.JournalService`: each call is one file.

mod create_template;
mod delete_template;
mod get_day;
mod get_template;
mod list_days;
mod list_templates;
mod put_day;
mod update_template;

use super::{Answer, App, LARGEST_MESSAGE};
use identity::{Verified, Verifier, caller};
use journal_proto::trades::v1::{
    self as proto,
    journal_service_server::{JournalService, JournalServiceServer},
};
use runtime::{idempotency::Once, precondition::Precondition};
use tonic::{Request, Response};

/// The service behind its door: every call needs an access token.
pub(super) fn service(app: App, verifier: Verifier) -> Verified<JournalServiceServer<App>> {
    Verified::new(JournalServiceServer::new(app).max_encoding_message_size(LARGEST_MESSAGE), verifier)
}

#[tonic::async_trait]
impl JournalService for App {
    async fn get_day(&self, request: Request<proto::GetDayRequest>) -> Answer<proto::Day> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_day::get_day(self, user, &request.into_inner()).await?))
    }

    async fn put_day(&self, request: Request<proto::PutDayRequest>) -> Answer<proto::Day> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(put_day::put_day(self, user, &seen, &request.into_inner()).await?))
    }

    async fn list_days(&self, request: Request<proto::ListDaysRequest>) -> Answer<proto::ListDaysResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_days::list_days(self, user, request.into_inner()).await?))
    }

    async fn create_template(
        &self,
        request: Request<proto::CreateTemplateRequest>,
    ) -> Answer<proto::Template> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "CreateTemplate", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let request = request.into_inner();
        let answer = create_template::create_template(self, &mut once.tx, user, &request).await?;
        once.finish(answer).await
    }

    async fn list_templates(
        &self,
        request: Request<proto::ListTemplatesRequest>,
    ) -> Answer<proto::ListTemplatesResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_templates::list_templates(self, user).await?))
    }

    async fn get_template(&self, request: Request<proto::GetTemplateRequest>) -> Answer<proto::Template> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_template::get_template(self, user, &request.into_inner()).await?))
    }

    async fn update_template(
        &self,
        request: Request<proto::UpdateTemplateRequest>,
    ) -> Answer<proto::Template> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(update_template::update_template(self, user, &seen, &request.into_inner()).await?))
    }

    async fn delete_template(
        &self,
        request: Request<proto::DeleteTemplateRequest>,
    ) -> Answer<proto::DeleteTemplateResponse> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(delete_template::delete_template(self, user, &seen, &request.into_inner()).await?))
    }
}
