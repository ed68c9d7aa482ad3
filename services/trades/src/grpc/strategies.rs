//! The gRPC service `journal.trades.v1.StrategyService`: each call is one file.

mod group_strategy;
mod holdings;
mod list_strategies;
mod ungroup_strategy;

use super::{Answer, App, LARGEST_MESSAGE};
use identity::{Verified, Verifier, caller};
use journal_proto::trades::v1::{
    self as proto,
    strategy_service_server::{StrategyService, StrategyServiceServer},
};
use runtime::idempotency::Once;
use tonic::{Request, Response};

/// The service behind its door: every call needs an access token.
pub(super) fn service(app: App, verifier: Verifier) -> Verified<StrategyServiceServer<App>> {
    Verified::new(StrategyServiceServer::new(app).max_encoding_message_size(LARGEST_MESSAGE), verifier)
}

#[tonic::async_trait]
impl StrategyService for App {
    async fn list_strategies(
        &self,
        request: Request<proto::ListStrategiesRequest>,
    ) -> Answer<proto::ListStrategiesResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(list_strategies::list_strategies(self, user, request.into_inner()).await?))
    }

    async fn group_strategy(
        &self,
        request: Request<proto::GroupStrategyRequest>,
    ) -> Answer<proto::StrategyGroup> {
        let user = caller(&request)?.user_id;
        let mut once = Once::begin(&self.pool, user.0, "GroupStrategy", &request).await?;
        if let Some(done) = once.replay()? {
            return Ok(done);
        }
        let answer = group_strategy::group_strategy(self, &mut once.tx, user, request.into_inner()).await?;
        once.finish(answer).await
    }

    async fn ungroup_strategy(
        &self,
        request: Request<proto::UngroupStrategyRequest>,
    ) -> Answer<proto::UngroupStrategyResponse> {
        let user = caller(&request)?.user_id;
        Ok(Response::new(ungroup_strategy::ungroup_strategy(self, user, request.into_inner()).await?))
    }
}
