//! Passkeys: made by an authenticator, and asked for instead of a password.

mod registering;
mod signing_in;

use crate::support::Auth;
use journal_proto::auth::v1::{
    Ceremony, DeletePasskeyRequest, FinishLoginRequest, FinishRegistrationRequest, ListPasskeysRequest,
    LoginResponse, Passkey, StartLoginRequest, StartRegistrationRequest,
    passkey_service_client::PasskeyServiceClient,
};
use runtime::grpc::Link;
use serde_json::Value;
use testing::SoftAuthenticator;
use tonic::Status;

const EMAIL: &str = "ada@example.com";
/// As by default.
const ORIGIN: &str = "http://localhost:8080";

fn options(ceremony: &Ceremony) -> Value {
    serde_json::from_str(&ceremony.options_json).unwrap()
}

impl Auth {
    fn passkeys(&self) -> PasskeyServiceClient<Link> {
        PasskeyServiceClient::new(self.channel.clone())
    }

    async fn start(&self, access_token: &str, password: &str) -> Result<Ceremony, Status> {
        let request = StartRegistrationRequest { password: password.to_owned() };
        let request = testing::with_bearer(request, access_token);
        Ok(self.passkeys().start_registration(request).await?.into_inner())
    }

    async fn finish(&self, access_token: &str, begun: &Ceremony, answer: &Value) -> Result<Passkey, Status> {
        let request = FinishRegistrationRequest {
            ceremony: begun.ceremony.clone(),
            name: "Phone".to_owned(),
            credential_json: answer.to_string(),
        };
        let request = testing::with_bearer(request, access_token);
        Ok(self.passkeys().finish_registration(request).await?.into_inner())
    }

    /// A passkey of whoever holds this access token.
    pub(crate) async fn passkey(&self, access_token: &str) -> (SoftAuthenticator, Passkey) {
        let mut authenticator = SoftAuthenticator::new(ORIGIN);
        let begun = self.start(access_token, "").await.unwrap();
        let answer = authenticator.create(&options(&begun));
        (authenticator, self.finish(access_token, &begun, &answer).await.unwrap())
    }

    async fn list(&self, access_token: &str) -> Vec<Passkey> {
        let request = testing::with_bearer(ListPasskeysRequest {}, access_token);
        self.passkeys().list_passkeys(request).await.unwrap().into_inner().passkeys
    }

    async fn delete_passkey(&self, access_token: &str, id: &str) -> Result<(), Status> {
        let request = testing::with_bearer(DeletePasskeyRequest { passkey_id: id.to_owned() }, access_token);
        self.passkeys().delete_passkey(request).await.map(|_| ())
    }

    async fn start_login(&self) -> Ceremony {
        self.passkeys().start_login(StartLoginRequest {}).await.unwrap().into_inner()
    }

    async fn finish_login(&self, begun: &Ceremony, answer: &Value) -> Result<LoginResponse, Status> {
        let request = FinishLoginRequest {
            ceremony: begun.ceremony.clone(),
            credential_json: answer.to_string(),
            device_name: "Firefox on Linux".to_owned(),
            ip_address: "192.0.2.7".to_owned(),
            device_token: String::new(),
        };
        Ok(self.passkeys().finish_login(request).await?.into_inner())
    }

    /// What signs in with a passkey, on a device that is not known.
    pub(crate) async fn login_request(&self, authenticator: &mut SoftAuthenticator) -> FinishLoginRequest {
        let begun = self.start_login().await;
        FinishLoginRequest {
            credential_json: authenticator.get(&options(&begun)).to_string(),
            ceremony: begun.ceremony,
            device_token: "A".repeat(43),
            ..FinishLoginRequest::default()
        }
    }

    async fn login_on(&self, authenticator: &mut SoftAuthenticator) -> Result<LoginResponse, Status> {
        let begun = self.start_login().await;
        self.finish_login(&begun, &authenticator.get(&options(&begun))).await
    }
}
