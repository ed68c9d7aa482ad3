//! The gRPC service `journal.trades.v1.ExportService`: each call is one file.

mod download_export;
mod get_export;
mod list_exports;
mod start_export;

use super::{Answer, App};
use futures_util::stream::BoxStream;
use identity::{Verified, Verifier, caller};
use journal_proto::trades::v1::{
    self as proto,
    export_service_server::{ExportService, ExportServiceServer},
};
use runtime::idempotency::Once;
use tonic::{Request, Response, Status};

/// The service behind its door: an export tells more than a key opens, or a mentor may see.
pub(super) fn service(app: App, verifier: Verifier) -> Verified<ExportServiceServer<App>> {
    Verified::new(ExportServiceServer::new(app), verifier).sessions_only(&[])
}

#[tonic::async_trait]
impl ExportService for App {
    type DownloadExportStream = BoxStream<'static, Result<proto::DownloadExportResponse, Status>>;

    async fn start_export(&self, request: Request<proto::StartExportRequest>) -> Answer<proto::Export> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "StartExport", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let answer = start_export::start_export(&mut once.tx, user).await?;
        once.finish(answer).await
    }

    async fn get_export(&self, request: Request<proto::GetExportRequest>) -> Answer<proto::Export> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_export::get_export(self, user, &request.into_inner()).await?))
    }

    async fn list_exports(
        &self,
        request: Request<proto::ListExportsRequest>,
    ) -> Answer<proto::ListExportsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_exports::list_exports(self, user).await?))
    }

    async fn download_export(
        &self,
        request: Request<proto::DownloadExportRequest>,
    ) -> Answer<Self::DownloadExportStream> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(download_export::download_export(self, user, &request.into_inner()).await?))
    }
}
