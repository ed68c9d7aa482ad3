//! The calls of `journal.auth.v1.FactorService`: each has a file of its own.

mod confirm_totp;
mod disable_totp;
mod enroll_totp;
mod get_factors;
mod renew_recovery_codes;

use super::Auth;
use crate::domain::recovery_code::{self, RecoveryCode};
use identity::{Verified, Verifier, caller};
use journal_proto::auth::v1::{
    ConfirmTotpRequest, DisableTotpRequest, DisableTotpResponse, EnrollTotpRequest, EnrollTotpResponse,
    Factors, GetFactorsRequest, RecoveryCodes, RenewRecoveryCodesRequest,
    factor_service_server::{FactorService, FactorServiceServer},
};
use tonic::{Request, Response, Status};

/// The service behind its door: every call needs the access token of a session.
pub(super) fn service(auth: Auth, verifier: Verifier) -> Verified<FactorServiceServer<Auth>> {
    Verified::new(FactorServiceServer::new(auth), verifier).sessions_only(&[]).without_actors()
}

#[tonic::async_trait]
impl FactorService for Auth {
    async fn get_factors(&self, request: Request<GetFactorsRequest>) -> Result<Response<Factors>, Status> {
        Ok(Response::new(get_factors::get_factors(&self.app, &caller(&request)?).await?))
    }

    async fn enroll_totp(
        &self,
        request: Request<EnrollTotpRequest>,
    ) -> Result<Response<EnrollTotpResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(enroll_totp::enroll_totp(&self.app, &caller, request.into_inner()).await?))
    }

    async fn confirm_totp(
        &self,
        request: Request<ConfirmTotpRequest>,
    ) -> Result<Response<RecoveryCodes>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(confirm_totp::confirm_totp(&self.app, &caller, &request.into_inner()).await?))
    }

    async fn disable_totp(
        &self,
        request: Request<DisableTotpRequest>,
    ) -> Result<Response<DisableTotpResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(disable_totp::disable_totp(&self.app, &caller, request.into_inner()).await?))
    }

    async fn renew_recovery_codes(
        &self,
        request: Request<RenewRecoveryCodesRequest>,
    ) -> Result<Response<RecoveryCodes>, Status> {
        let (caller, app) = (caller(&request)?, &self.app);
        let renewed = renew_recovery_codes::renew_recovery_codes(app, &caller, request.into_inner()).await?;
        Ok(Response::new(renewed))
    }
}

/// As many codes as a user is given.
fn new_codes() -> Vec<RecoveryCode> {
    std::iter::repeat_with(RecoveryCode::generate).take(recovery_code::COUNT).collect()
}

/// Codes as their owner is shown them, once.
fn shown(codes: &[RecoveryCode]) -> RecoveryCodes {
    RecoveryCodes { codes: codes.iter().map(RecoveryCode::to_text).collect() }
}
