//! The gRPC service `journal.trades.v1.RateService`: each call is one file.

mod delete_rates;
mod list_rates;
mod put_rates;

use super::{Answer, App, LARGEST_MESSAGE};
use identity::{Verified, Verifier, caller};
use journal_proto::trades::v1::{
    self as proto,
    rate_service_server::{RateService, RateServiceServer},
};
use tonic::{Request, Response};

/// The service behind its door: every call needs an access token.
pub(super) fn service(app: App, verifier: Verifier) -> Verified<RateServiceServer<App>> {
    Verified::new(RateServiceServer::new(app).max_decoding_message_size(LARGEST_MESSAGE), verifier)
}

#[tonic::async_trait]
impl RateService for App {
    async fn put_rates(&self, request: Request<proto::PutRatesRequest>) -> Answer<proto::PutRatesResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(put_rates::put_rates(self, user, request.into_inner()).await?))
    }

    async fn list_rates(
        &self,
        request: Request<proto::ListRatesRequest>,
    ) -> Answer<proto::ListRatesResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_rates::list_rates(self, user, request.into_inner()).await?))
    }

    async fn delete_rates(
        &self,
        request: Request<proto::DeleteRatesRequest>,
    ) -> Answer<proto::DeleteRatesResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(delete_rates::delete_rates(self, user, request.into_inner()).await?))
    }
}
