//! The gRPC face of analytics: each call is one file.

mod chosen;
mod convert;
mod get_breakdown;
mod get_calendar;
mod get_equity;
mod get_summary;
mod rebuild_statistics;

use identity::caller;
use journal_proto::{
    analytics::v1::{
        Breakdown, Calendar, Equity, GetBreakdownRequest, GetCalendarRequest, GetEquityRequest,
        GetSummaryRequest, RebuildStatisticsRequest, RebuildStatisticsResponse, Summary,
        analytics_service_server::AnalyticsService,
    },
    trades::v1::trades_service_client::TradesServiceClient,
};
use runtime::grpc::Link;
use sqlx::PgPool;
use tonic::{Request, Response, Status};

/// What every call needs.
pub(crate) struct Analytics {
    pool: PgPool,
    trades: TradesServiceClient<Link>,
}

impl Analytics {
    pub fn new(pool: PgPool, trades: TradesServiceClient<Link>) -> Self {
        Self { pool, trades }
    }
}

#[tonic::async_trait]
impl AnalyticsService for Analytics {
    async fn get_summary(&self, request: Request<GetSummaryRequest>) -> Result<Response<Summary>, Status> {
        let user_id = caller(&request)?.user_id.0;
        Ok(Response::new(get_summary::get_summary(&self.pool, user_id, request.into_inner()).await?))
    }

    async fn get_equity(&self, request: Request<GetEquityRequest>) -> Result<Response<Equity>, Status> {
        let user_id = caller(&request)?.user_id.0;
        Ok(Response::new(get_equity::get_equity(&self.pool, user_id, request.into_inner()).await?))
    }

    async fn get_calendar(&self, request: Request<GetCalendarRequest>) -> Result<Response<Calendar>, Status> {
        let user_id = caller(&request)?.user_id.0;
        Ok(Response::new(get_calendar::get_calendar(&self.pool, user_id, request.into_inner()).await?))
    }

    async fn get_breakdown(
        &self,
        request: Request<GetBreakdownRequest>,
    ) -> Result<Response<Breakdown>, Status> {
        let user_id = caller(&request)?.user_id.0;
        Ok(Response::new(get_breakdown::get_breakdown(&self.pool, user_id, request.into_inner()).await?))
    }

    async fn rebuild_statistics(
        &self,
        request: Request<RebuildStatisticsRequest>,
    ) -> Result<Response<RebuildStatisticsResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(
            rebuild_statistics::rebuild_statistics(&self.pool, self.trades.clone(), &caller).await?,
        ))
    }
}
