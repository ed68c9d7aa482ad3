//! The gRPC service `journal.trades.v1.BarService`: each call is one file.

mod changing;
mod delete_bars;
mod list_bars;
mod list_prices;
mod put_bars;

use super::{Answer, App, LARGEST_MESSAGE};
use identity::{Verified, Verifier, caller};
use journal_proto::trades::v1::{
    self as proto,
    bar_service_server::{BarService, BarServiceServer},
};
use tonic::{Request, Response};

/// The service behind its door: every call needs an access token.
pub(super) fn service(app: App, verifier: Verifier) -> Verified<BarServiceServer<App>> {
    Verified::new(BarServiceServer::new(app).max_decoding_message_size(LARGEST_MESSAGE), verifier)
}

#[tonic::async_trait]
impl BarService for App {
    async fn put_bars(&self, request: Request<proto::PutBarsRequest>) -> Answer<proto::PutBarsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(put_bars::put_bars(self, user, request.into_inner()).await?))
    }

    async fn list_bars(&self, request: Request<proto::ListBarsRequest>) -> Answer<proto::ListBarsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_bars::list_bars(self, user).await?))
    }

    async fn list_prices(
        &self,
        request: Request<proto::ListPricesRequest>,
    ) -> Answer<proto::ListPricesResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_prices::list_prices(self, user, request.into_inner()).await?))
    }

    async fn delete_bars(
        &self,
        request: Request<proto::DeleteBarsRequest>,
    ) -> Answer<proto::DeleteBarsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(delete_bars::delete_bars(self, user, request.into_inner()).await?))
    }
}
