//! The calls of `journal.auth.v1.AuthService`: each has a file of its own.

mod account;
mod admin;
mod api_keys;
mod change_password;
mod factors;
mod forgot_password;
mod get_jwks;
mod get_me;
mod list_revocations;
mod list_sessions;
mod login;
mod logout;
mod mentors;
mod oidc;
mod passkeys;
mod refresh;
mod register;
mod resend_verification;
mod reset_password;
mod revoke_session;
mod verify_email;

use crate::app::App;
use identity::{Verified, Verifier, caller};
use journal_proto::auth::v1::{
    ChangePasswordRequest, ChangePasswordResponse, ForgotPasswordRequest, ForgotPasswordResponse,
    GetJwksRequest, GetJwksResponse, GetMeRequest, ListRevocationsRequest, ListRevocationsResponse,
    ListSessionsRequest, ListSessionsResponse, LoginRequest, LoginResponse, LogoutRequest, LogoutResponse,
    RefreshRequest, RefreshResponse, RegisterRequest, RegisterResponse, ResendVerificationRequest,
    ResendVerificationResponse, ResetPasswordRequest, ResetPasswordResponse, RevokeSessionRequest,
    RevokeSessionResponse, User, VerifyEmailRequest, VerifyEmailResponse,
    auth_service_server::{AuthService, AuthServiceServer},
};
use std::sync::Arc;
use tonic::{Request, Response, Status, service::Routes};

/// What needs no access token: it is how one comes to have one.
const PUBLIC: &[&str] = &[
    "/journal.auth.v1.AuthService/Register",
    "/journal.auth.v1.AuthService/Login",
    "/journal.auth.v1.AuthService/Refresh",
    "/journal.auth.v1.AuthService/Logout",
    "/journal.auth.v1.AuthService/VerifyEmail",
    "/journal.auth.v1.AuthService/ResendVerification",
    "/journal.auth.v1.AuthService/ForgotPassword",
    "/journal.auth.v1.AuthService/ResetPassword",
];

/// What every service asks, to check access tokens.
const PUBLIC_TO_SERVICES: &[&str] =
    &["/journal.auth.v1.AuthService/GetJwks", "/journal.auth.v1.AuthService/ListRevocations"];

/// The gRPC service, behind its door.
pub(crate) fn routes(app: Arc<App>, verifier: Verifier) -> Routes {
    let auth = Auth { app: app.clone(), verifier: verifier.clone() };
    let door = Verified::new(AuthServiceServer::new(auth.clone()), verifier.clone());
    let door = door.public(PUBLIC).public_to_services(PUBLIC_TO_SERVICES);
    Routes::new(door.sessions_only(&["GetMe"]).without_actors())
        .add_service(factors::service(auth.clone(), verifier.clone()))
        .add_service(passkeys::service(auth.clone(), verifier.clone()))
        .add_service(oidc::service(auth, verifier.clone()))
        .add_service(api_keys::service(app.clone(), verifier.clone()))
        .add_service(account::service(app.clone(), verifier.clone()))
        .add_service(admin::service(app.clone(), verifier.clone()))
        .add_service(mentors::service(app, verifier))
}

#[derive(Clone)]
struct Auth {
    app: Arc<App>,
    verifier: Verifier,
}

#[tonic::async_trait]
impl AuthService for Auth {
    async fn register(
        &self,
        request: Request<RegisterRequest>,
    ) -> Result<Response<RegisterResponse>, Status> {
        Ok(Response::new(register::register(&self.app, request.into_inner()).await?))
    }

    async fn login(&self, request: Request<LoginRequest>) -> Result<Response<LoginResponse>, Status> {
        Ok(Response::new(login::login(&self.app, request.into_inner()).await?))
    }

    async fn refresh(&self, request: Request<RefreshRequest>) -> Result<Response<RefreshResponse>, Status> {
        Ok(Response::new(refresh::refresh(&self.app, &request.into_inner()).await?))
    }

    async fn logout(&self, request: Request<LogoutRequest>) -> Result<Response<LogoutResponse>, Status> {
        Ok(Response::new(logout::logout(&self.app, &self.verifier, &request.into_inner()).await?))
    }

    async fn verify_email(
        &self,
        request: Request<VerifyEmailRequest>,
    ) -> Result<Response<VerifyEmailResponse>, Status> {
        Ok(Response::new(verify_email::verify_email(&self.app, &request.into_inner()).await?))
    }

    async fn resend_verification(
        &self,
        request: Request<ResendVerificationRequest>,
    ) -> Result<Response<ResendVerificationResponse>, Status> {
        let request = request.into_inner();
        Ok(Response::new(resend_verification::resend_verification(&self.app, &request).await?))
    }

    async fn forgot_password(
        &self,
        request: Request<ForgotPasswordRequest>,
    ) -> Result<Response<ForgotPasswordResponse>, Status> {
        Ok(Response::new(forgot_password::forgot_password(&self.app, &request.into_inner()).await?))
    }

    async fn reset_password(
        &self,
        request: Request<ResetPasswordRequest>,
    ) -> Result<Response<ResetPasswordResponse>, Status> {
        Ok(Response::new(reset_password::reset_password(&self.app, request.into_inner()).await?))
    }

    async fn change_password(
        &self,
        request: Request<ChangePasswordRequest>,
    ) -> Result<Response<ChangePasswordResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(change_password::change_password(&self.app, &caller, request.into_inner()).await?))
    }

    async fn get_me(&self, request: Request<GetMeRequest>) -> Result<Response<User>, Status> {
        Ok(Response::new(get_me::get_me(&self.app, &caller(&request)?).await?))
    }

    async fn list_sessions(
        &self,
        request: Request<ListSessionsRequest>,
    ) -> Result<Response<ListSessionsResponse>, Status> {
        Ok(Response::new(list_sessions::list_sessions(&self.app, &caller(&request)?).await?))
    }

    async fn revoke_session(
        &self,
        request: Request<RevokeSessionRequest>,
    ) -> Result<Response<RevokeSessionResponse>, Status> {
        let caller = caller(&request)?;
        Ok(Response::new(revoke_session::revoke_session(&self.app, &caller, &request.into_inner()).await?))
    }

    async fn get_jwks(&self, _: Request<GetJwksRequest>) -> Result<Response<GetJwksResponse>, Status> {
        Ok(Response::new(get_jwks::get_jwks(&self.app).await?))
    }

    async fn list_revocations(
        &self,
        request: Request<ListRevocationsRequest>,
    ) -> Result<Response<ListRevocationsResponse>, Status> {
        Ok(Response::new(list_revocations::list_revocations(&self.app, request.into_inner()).await?))
    }
}
