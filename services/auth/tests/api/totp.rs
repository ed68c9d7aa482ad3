//! Codes of an authenticator app, and recovery codes: asked for after a right password, good once.

mod changing;
mod signing_in;
mod storing;

use crate::support::{Auth, auth, login_of};
use journal_proto::auth::v1::{
    AccountMailRequested, ConfirmTotpRequest, DisableTotpRequest, EnrollTotpRequest, EnrollTotpResponse,
    Factors, GetFactorsRequest, LoginRequest, LoginResponse, RenewRecoveryCodesRequest, Tokens,
    factor_service_client::FactorServiceClient,
};
use runtime::grpc::Link;
use std::time::SystemTime;
use tonic::Status;
use totp_rs::{Builder, Secret};

/// An authenticator app.
pub(crate) struct App {
    secret: String,
}

impl App {
    /// The code of now. It is good for half a minute at least.
    pub(crate) fn code(&self) -> String {
        self.code_of(0)
    }

    /// The code that comes after it, which is good already: clocks differ.
    pub(crate) fn next_code(&self) -> String {
        self.code_of(1)
    }

    fn code_of(&self, step: u64) -> String {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        let secret = Secret::try_from_base32(&self.secret).unwrap();
        Builder::new().with_secret(secret).build_noncompliant().generate(now + 30 * step).to_string()
    }

    /// Never the code of now or one beside it.
    fn wrong_code(&self) -> String {
        let good: Vec<String> = (0..3).map(|step| self.code_of(step)).collect();
        let mut wrong = (100_000..).map(|code: u32| code.to_string());
        wrong.find(|code| !good.contains(code) && *code != self.before()).unwrap()
    }

    fn before(&self) -> String {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        let secret = Secret::try_from_base32(&self.secret).unwrap();
        Builder::new().with_secret(secret).build_noncompliant().generate(now - 30).to_string()
    }
}

impl Auth {
    pub(crate) fn factors(&self) -> FactorServiceClient<Link> {
        FactorServiceClient::new(self.channel.clone())
    }

    async fn enroll(&self, access_token: &str, password: &str) -> Result<EnrollTotpResponse, Status> {
        let request = EnrollTotpRequest { password: password.to_owned() };
        let request = testing::with_bearer(request, access_token);
        Ok(self.factors().enroll_totp(request).await?.into_inner())
    }

    async fn confirm(&self, access_token: &str, code: &str) -> Result<Vec<String>, Status> {
        let request = testing::with_bearer(ConfirmTotpRequest { code: code.to_owned() }, access_token);
        Ok(self.factors().confirm_totp(request).await?.into_inner().codes)
    }

    async fn disable(&self, access_token: &str, password: &str) -> Result<(), Status> {
        let request = DisableTotpRequest { password: password.to_owned() };
        let request = testing::with_bearer(request, access_token);
        self.factors().disable_totp(request).await.map(|_| ())
    }

    async fn renew_codes(&self, access_token: &str, password: &str) -> Result<Vec<String>, Status> {
        let request = RenewRecoveryCodesRequest { password: password.to_owned() };
        let request = testing::with_bearer(request, access_token);
        Ok(self.factors().renew_recovery_codes(request).await?.into_inner().codes)
    }

    pub(crate) async fn factors_of(&self, access_token: &str) -> Factors {
        let request = testing::with_bearer(GetFactorsRequest {}, access_token);
        self.factors().get_factors(request).await.unwrap().into_inner()
    }

    /// Lets codes be asked for: the app, and the recovery codes.
    pub(crate) async fn enabled(&self, tokens: &Tokens) -> (App, Vec<String>) {
        let app = App { secret: self.enroll(&tokens.access_token, "").await.unwrap().secret };
        let codes = self.confirm(&tokens.access_token, &app.code()).await.unwrap();
        (app, codes)
    }

    /// Signs in with a code.
    pub(crate) async fn login_by_code(&self, email: &str, code: &str) -> Result<LoginResponse, Status> {
        self.answer_to(LoginRequest { totp: code.to_owned(), ..login_of(email) }).await
    }

    /// Kinds of the mails that went out.
    async fn kinds(&self) -> Vec<String> {
        self.told::<AccountMailRequested>().await.into_iter().map(|mail| mail.kind).collect()
    }

    /// As if all codes so far were of long ago.
    async fn forget_used_codes(&self) {
        sqlx::query("UPDATE totp_secrets SET last_step = 0").execute(&self.database.every_row).await.unwrap();
    }
}

/// A user whom codes are asked of, with one session.
async fn guarded() -> (Auth, Tokens, App, Vec<String>) {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let (app, codes) = auth.enabled(&tokens).await;
    (auth, tokens, app, codes)
}
