//! The gRPC service `journal.trades.v1.AttachmentService`: each call is one file.

mod add_attachment;
mod delete_attachment;
mod download_attachment;
mod list_attachments;
mod reception;

use super::{Answer, App};
use crate::{
    db,
    domain::{
        ids::TradeId,
        regrouping::{Cut, Regrouping},
    },
    error::{Error, Result},
};
use futures_util::stream::BoxStream;
use identity::{UserId, Verified, Verifier, caller};
use journal_proto::trades::v1::{
    self as proto,
    attachment_service_server::{AttachmentService, AttachmentServiceServer},
};
use runtime::idempotency::Key;
use sqlx::PgConnection;
use tonic::{Request, Response, Status, Streaming};

/// The service behind its door: every call needs an access token.
pub(super) fn service(app: App, verifier: Verifier) -> Verified<AttachmentServiceServer<App>> {
    Verified::new(AttachmentServiceServer::new(app), verifier).reads(&["DownloadAttachment"])
}

#[tonic::async_trait]
impl AttachmentService for App {
    type DownloadAttachmentStream =
        BoxStream<'static, std::result::Result<proto::DownloadAttachmentResponse, Status>>;

    async fn add_attachment(
        &self,
        request: Request<Streaming<proto::AddAttachmentRequest>>,
    ) -> Answer<proto::Attachment> {
        let user = caller(&request)?.user_id;
        let key = Key::of(&request);
        add_attachment::add_attachment(self, user, key, request.into_inner()).await
    }

    async fn list_attachments(
        &self,
        request: Request<proto::ListAttachmentsRequest>,
    ) -> Answer<proto::ListAttachmentsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_attachments::list_attachments(self, user, &request.into_inner()).await?))
    }

    async fn download_attachment(
        &self,
        request: Request<proto::DownloadAttachmentRequest>,
    ) -> Answer<Self::DownloadAttachmentStream> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(download_attachment::download_attachment(self, user, &request.into_inner()).await?))
    }

    async fn delete_attachment(
        &self,
        request: Request<proto::DeleteAttachmentRequest>,
    ) -> Answer<proto::DeleteAttachmentResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(delete_attachment::delete_attachment(self, user, &request.into_inner()).await?))
    }
}

/// The trades whose attachments a trade shows: itself, and those that a merge made it of.
async fn shown_by(tx: &mut PgConnection, user: UserId, id: TradeId) -> Result<Vec<TradeId>> {
    let trade = db::trades::find(&mut *tx, user, id).await?.ok_or(Error::NotFound("trade"))?;
    let mut shown = vec![id];
    let Some(regrouping) = trade.round_trip.regrouping else { return Ok(shown) };
    let regrouping = db::regroupings::find(tx, user, regrouping).await?;
    if let Some(Regrouping { cut: Cut::Merge(openings), .. }) = regrouping {
        shown.extend(openings.trades.iter().map(|opening| TradeId::opened_by(trade.account_id, opening)));
    }
    Ok(shown)
}
