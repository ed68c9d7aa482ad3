//! The gRPC service `journal.trades.v1.RegroupingService`: each call is one file.

mod list_regroupings;
mod merge_trades;
mod shown;
mod split_trade;
mod undo_regrouping;

use super::{Answer, App};
use identity::{Verified, Verifier, caller};
use journal_proto::trades::v1::{
    self as proto,
    regrouping_service_server::{RegroupingService, RegroupingServiceServer},
};
use runtime::idempotency::Once;
use tonic::{Request, Response};

/// The service behind its door: every call needs an access token.
pub(super) fn service(app: App, verifier: Verifier) -> Verified<RegroupingServiceServer<App>> {
    Verified::new(RegroupingServiceServer::new(app), verifier)
}

#[tonic::async_trait]
impl RegroupingService for App {
    async fn merge_trades(&self, request: Request<proto::MergeTradesRequest>) -> Answer<proto::Regrouping> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "MergeTrades", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let answer = merge_trades::merge_trades(self, &mut once.tx, user, request.into_inner()).await?;
        once.finish(answer).await
    }

    async fn split_trade(&self, request: Request<proto::SplitTradeRequest>) -> Answer<proto::Regrouping> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "SplitTrade", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let answer = split_trade::split_trade(self, &mut once.tx, user, request.into_inner()).await?;
        once.finish(answer).await
    }

    async fn list_regroupings(
        &self,
        request: Request<proto::ListRegroupingsRequest>,
    ) -> Answer<proto::ListRegroupingsResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_regroupings::list_regroupings(self, user, request.into_inner()).await?))
    }

    async fn undo_regrouping(
        &self,
        request: Request<proto::UndoRegroupingRequest>,
    ) -> Answer<proto::UndoRegroupingResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(undo_regrouping::undo_regrouping(self, user, request.into_inner()).await?))
    }
}
