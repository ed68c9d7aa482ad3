//! The gRPC face of analytics: each call is one file.

mod chosen;
mod compare_cohorts;
mod computing;
mod convert;
mod daily_figures;
mod funding;
mod get_breakdown;
mod get_calendar;
mod get_distribution;
mod get_equity;
mod get_excursions;
mod get_risk;
mod get_summary;
mod labels;
mod list_calendars;
mod list_metrics;
mod rebuild_statistics;

use computing::Computing;
use identity::caller;
use journal_proto::{
    analytics::v1::{
        Breakdown, Calendar, CompareCohortsRequest, Comparison, Distribution, Equity, Excursions,
        GetBreakdownRequest, GetCalendarRequest, GetDistributionRequest, GetEquityRequest,
        GetExcursionsRequest, GetRiskRequest, GetSummaryRequest, ListCalendarsRequest, ListCalendarsResponse,
        ListMetricsRequest, ListMetricsResponse, RebuildStatisticsRequest, RebuildStatisticsResponse, Risk,
        Summary, analytics_service_server::AnalyticsService,
    },
    trades::v1::trades_service_client::TradesServiceClient,
};
use labels::Question;
use runtime::{grpc::Link, postgres::Reads};
use sqlx::PgPool;
use tonic::{Request, Response, Status};
use uuid::Uuid;

/// What every call needs.
pub(crate) struct Analytics {
    pool: PgPool,
    reads: Reads,
    trades: TradesServiceClient<Link>,
    computing: Computing,
}

impl Analytics {
    pub fn new(pool: PgPool, reads: Reads, trades: TradesServiceClient<Link>) -> Self {
        Self { pool, reads, trades, computing: Computing::new() }
    }

    /// Who asks, once everything that the answer needs is there.
    async fn asker<T: Question>(&self, request: &Request<T>) -> Result<Uuid, Status> {
        let caller = caller(request)?;
        if request.get_ref().asks_labels() {
            labels::complete(&self.pool, &self.trades, &caller).await?;
        }
        Ok(caller.user_id.0)
    }
}

#[tonic::async_trait]
impl AnalyticsService for Analytics {
    async fn get_summary(&self, request: Request<GetSummaryRequest>) -> Result<Response<Summary>, Status> {
        let user_id = self.asker(&request).await?;
        Ok(Response::new(
            get_summary::get_summary(&self.reads, &self.computing, user_id, request.into_inner()).await?,
        ))
    }

    async fn get_equity(&self, request: Request<GetEquityRequest>) -> Result<Response<Equity>, Status> {
        let user_id = self.asker(&request).await?;
        Ok(Response::new(get_equity::get_equity(&self.reads, user_id, request.into_inner()).await?))
    }

    async fn get_calendar(&self, request: Request<GetCalendarRequest>) -> Result<Response<Calendar>, Status> {
        let user_id = self.asker(&request).await?;
        Ok(Response::new(get_calendar::get_calendar(&self.reads, user_id, request.into_inner()).await?))
    }

    async fn get_breakdown(
        &self,
        request: Request<GetBreakdownRequest>,
    ) -> Result<Response<Breakdown>, Status> {
        let user_id = self.asker(&request).await?;
        Ok(Response::new(
            get_breakdown::get_breakdown(&self.reads, &self.computing, user_id, request.into_inner()).await?,
        ))
    }

    async fn get_distribution(
        &self,
        request: Request<GetDistributionRequest>,
    ) -> Result<Response<Distribution>, Status> {
        let user_id = self.asker(&request).await?;
        Ok(Response::new(
            get_distribution::get_distribution(&self.reads, &self.computing, user_id, request.into_inner())
                .await?,
        ))
    }

    async fn get_risk(&self, request: Request<GetRiskRequest>) -> Result<Response<Risk>, Status> {
        let user_id = self.asker(&request).await?;
        Ok(Response::new(
            get_risk::get_risk(&self.reads, &self.computing, user_id, request.into_inner()).await?,
        ))
    }

    async fn get_excursions(
        &self,
        request: Request<GetExcursionsRequest>,
    ) -> Result<Response<Excursions>, Status> {
        let user_id = self.asker(&request).await?;
        Ok(Response::new(get_excursions::get_excursions(&self.reads, user_id, request.into_inner()).await?))
    }

    async fn compare_cohorts(
        &self,
        request: Request<CompareCohortsRequest>,
    ) -> Result<Response<Comparison>, Status> {
        let user_id = self.asker(&request).await?;
        Ok(Response::new(
            compare_cohorts::compare_cohorts(&self.reads, &self.computing, user_id, request.into_inner())
                .await?,
        ))
    }

    async fn list_calendars(
        &self,
        request: Request<ListCalendarsRequest>,
    ) -> Result<Response<ListCalendarsResponse>, Status> {
        caller(&request)?;
        Ok(Response::new(list_calendars::list_calendars()))
    }

    async fn list_metrics(
        &self,
        request: Request<ListMetricsRequest>,
    ) -> Result<Response<ListMetricsResponse>, Status> {
        caller(&request)?;
        Ok(Response::new(list_metrics::list_metrics()))
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
