//! The gRPC service `journal.trades.v1.TaxService`: each call is one file.

mod get_tax_view;
mod transactions;

use super::{Answer, App, LARGEST_MESSAGE};
use identity::{Verified, Verifier, caller};
use journal_proto::trades::v1::{
    self as proto,
    tax_service_server::{TaxService, TaxServiceServer},
};
use tonic::{Request, Response};

/// The service behind its door: every call needs an access token.
pub(super) fn service(app: App, verifier: Verifier) -> Verified<TaxServiceServer<App>> {
    Verified::new(TaxServiceServer::new(app).max_encoding_message_size(LARGEST_MESSAGE), verifier)
}

#[tonic::async_trait]
impl TaxService for App {
    async fn get_tax_view(&self, request: Request<proto::GetTaxViewRequest>) -> Answer<proto::TaxView> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(get_tax_view::get_tax_view(self, user, request.into_inner()).await?))
    }
}
