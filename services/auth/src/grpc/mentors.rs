//! The calls of `journal.auth.v1.MentorService`.

mod accept_invitation;
mod end_mentor;
mod invite_mentor;
mod leave_mentored;
mod list_mentored;
mod list_mentors;
mod read_as;

use crate::app::App;
use identity::{Verified, Verifier, caller};
use journal_proto::auth::v1::{
    AcceptInvitationRequest, EndMentorRequest, EndMentorResponse, InviteMentorRequest, LeaveMentoredRequest,
    LeaveMentoredResponse, ListMentoredRequest, ListMentoredResponse, ListMentorsRequest,
    ListMentorsResponse, Mentor, Mentored, ReadAsRequest, ReadAsResponse,
    mentor_service_server::{MentorService, MentorServiceServer},
};
use runtime::idempotency::Once;
use std::sync::Arc;
use tonic::{Request, Response, Status};

/// The service, behind its door.
pub(super) fn service(app: Arc<App>, verifier: Verifier) -> Verified<MentorServiceServer<Mentors>> {
    Verified::new(MentorServiceServer::new(Mentors { app }), verifier).sessions_only(&[])
}

pub(super) struct Mentors {
    app: Arc<App>,
}

#[tonic::async_trait]
impl MentorService for Mentors {
    async fn invite_mentor(&self, request: Request<InviteMentorRequest>) -> Result<Response<Mentor>, Status> {
        let caller = caller(&request)?;
        let mut once = Once::begin(&self.app.pool, caller.user_id.0, "InviteMentor", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let request = request.into_inner();
        let mentor = invite_mentor::invite_mentor(&self.app, &mut once.tx, &caller, &request).await?;
        once.finish(mentor).await
    }

    async fn list_mentors(
        &self,
        request: Request<ListMentorsRequest>,
    ) -> Result<Response<ListMentorsResponse>, Status> {
        Ok(Response::new(list_mentors::list_mentors(&self.app, &caller(&request)?).await?))
    }

    async fn end_mentor(
        &self,
        request: Request<EndMentorRequest>,
    ) -> Result<Response<EndMentorResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(end_mentor::end_mentor(&self.app, &caller, &request.into_inner()).await?))
    }

    async fn accept_invitation(
        &self,
        request: Request<AcceptInvitationRequest>,
    ) -> Result<Response<Mentored>, Status> {
        let caller = caller(&request)?;
        let request = request.into_inner();
        Ok(Response::new(accept_invitation::accept_invitation(&self.app, &caller, &request).await?))
    }

    async fn list_mentored(
        &self,
        request: Request<ListMentoredRequest>,
    ) -> Result<Response<ListMentoredResponse>, Status> {
        Ok(Response::new(list_mentored::list_mentored(&self.app, &caller(&request)?).await?))
    }

    async fn leave_mentored(
        &self,
        request: Request<LeaveMentoredRequest>,
    ) -> Result<Response<LeaveMentoredResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(leave_mentored::leave_mentored(&self.app, &caller, &request.into_inner()).await?))
    }

    async fn read_as(&self, request: Request<ReadAsRequest>) -> Result<Response<ReadAsResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(read_as::read_as(&self.app, &caller, &request.into_inner()).await?))
    }
}
