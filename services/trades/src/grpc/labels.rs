//! The gRPC service `journal.trades.v1.LabelService`: each call is one file.

mod create_custom_field;
mod create_playbook;
mod create_tag;
mod delete_custom_field;
mod delete_playbook;
mod delete_tag;
mod get_custom_field;
mod get_playbook;
mod get_tag;
mod list_custom_fields;
mod list_playbooks;
mod list_tags;
mod update_custom_field;
mod update_playbook;
mod update_tag;

use super::{Answer, App, LARGEST_MESSAGE};
use identity::{Verified, Verifier, caller};
use journal_proto::trades::v1::{
    self as proto,
    label_service_server::{LabelService, LabelServiceServer},
};
use runtime::{idempotency::Once, precondition::Precondition};
use tonic::{Request, Response};

/// The service behind its door: every call needs an access token.
pub(super) fn service(app: App, verifier: Verifier) -> Verified<LabelServiceServer<App>> {
    Verified::new(LabelServiceServer::new(app).max_encoding_message_size(LARGEST_MESSAGE), verifier)
}

/// Ids and texts of rules as a caller states them.
fn asked(rules: &[proto::Rule]) -> impl Iterator<Item = (&str, &str)> {
    rules.iter().map(|rule| (rule.id.as_str(), rule.text.as_str()))
}

#[tonic::async_trait]
impl LabelService for App {
    async fn create_tag(&self, request: Request<proto::CreateTagRequest>) -> Answer<proto::Tag> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "CreateTag", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let request = request.into_inner();
        let answer = create_tag::create_tag(self, &mut once.tx, user, &request).await?;
        once.finish(answer).await
    }

    async fn list_tags(&self, request: Request<proto::ListTagsRequest>) -> Answer<proto::ListTagsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_tags::list_tags(self, user).await?))
    }

    async fn get_tag(&self, request: Request<proto::GetTagRequest>) -> Answer<proto::Tag> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_tag::get_tag(self, user, &request.into_inner()).await?))
    }

    async fn update_tag(&self, request: Request<proto::UpdateTagRequest>) -> Answer<proto::Tag> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(update_tag::update_tag(self, user, &seen, &request.into_inner()).await?))
    }

    async fn delete_tag(
        &self,
        request: Request<proto::DeleteTagRequest>,
    ) -> Answer<proto::DeleteTagResponse> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(delete_tag::delete_tag(self, user, &seen, &request.into_inner()).await?))
    }

    async fn create_playbook(
        &self,
        request: Request<proto::CreatePlaybookRequest>,
    ) -> Answer<proto::Playbook> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "CreatePlaybook", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let request = request.into_inner();
        let answer = create_playbook::create_playbook(self, &mut once.tx, user, &request).await?;
        once.finish(answer).await
    }

    async fn list_playbooks(
        &self,
        request: Request<proto::ListPlaybooksRequest>,
    ) -> Answer<proto::ListPlaybooksResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_playbooks::list_playbooks(self, user).await?))
    }

    async fn get_playbook(&self, request: Request<proto::GetPlaybookRequest>) -> Answer<proto::Playbook> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_playbook::get_playbook(self, user, &request.into_inner()).await?))
    }

    async fn update_playbook(
        &self,
        request: Request<proto::UpdatePlaybookRequest>,
    ) -> Answer<proto::Playbook> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(update_playbook::update_playbook(self, user, &seen, &request.into_inner()).await?))
    }

    async fn delete_playbook(
        &self,
        request: Request<proto::DeletePlaybookRequest>,
    ) -> Answer<proto::DeletePlaybookResponse> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(delete_playbook::delete_playbook(self, user, &seen, &request.into_inner()).await?))
    }

    async fn create_custom_field(
        &self,
        request: Request<proto::CreateCustomFieldRequest>,
    ) -> Answer<proto::CustomField> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "CreateCustomField", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let request = request.into_inner();
        let answer = create_custom_field::create_custom_field(self, &mut once.tx, user, &request).await?;
        once.finish(answer).await
    }

    async fn list_custom_fields(
        &self,
        request: Request<proto::ListCustomFieldsRequest>,
    ) -> Answer<proto::ListCustomFieldsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_custom_fields::list_custom_fields(self, user).await?))
    }

    async fn get_custom_field(
        &self,
        request: Request<proto::GetCustomFieldRequest>,
    ) -> Answer<proto::CustomField> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_custom_field::get_custom_field(self, user, &request.into_inner()).await?))
    }

    async fn update_custom_field(
        &self,
        request: Request<proto::UpdateCustomFieldRequest>,
    ) -> Answer<proto::CustomField> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(
            update_custom_field::update_custom_field(self, user, &seen, &request.into_inner()).await?,
        ))
    }

    async fn delete_custom_field(
        &self,
        request: Request<proto::DeleteCustomFieldRequest>,
    ) -> Answer<proto::DeleteCustomFieldResponse> {
        let (user, seen) = (caller(&request)?.user_id, Precondition::of(&request));
        Ok(Response::new(
            delete_custom_field::delete_custom_field(self, user, &seen, &request.into_inner()).await?,
        ))
    }
}
