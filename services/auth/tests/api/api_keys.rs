//! API keys where the service is called itself: what an exchange answers, and what a derived token may do here.

use crate::support::{Auth, auth, reason_of};
use identity::Scope;
use journal_proto::auth::v1::{
    AccountMailRequested, CreateApiKeyRequest, CreateApiKeyResponse, ExchangeApiKeyRequest, GetMeRequest,
    ListApiKeysRequest, ListSessionsRequest, api_key_service_client::ApiKeyServiceClient,
};
use runtime::Clock;
use runtime::grpc::Link;
use tonic::{Code, Status};

impl Auth {
    fn keys(&self) -> ApiKeyServiceClient<Link> {
        ApiKeyServiceClient::new(self.channel.clone())
    }

    async fn new_key(&self, access_token: &str) -> CreateApiKeyResponse {
        let request =
            CreateApiKeyRequest { name: "Sheet".to_owned(), scope: "read".to_owned(), expires_at: None };
        let request = testing::with_bearer(request, access_token);
        self.keys().create_api_key(request).await.unwrap().into_inner()
    }

    async fn exchange(&self, secret: &str) -> Result<String, Status> {
        let request = ExchangeApiKeyRequest { secret: secret.to_owned() };
        Ok(self.keys().exchange_api_key(request).await?.into_inner().access_token)
    }
}

#[tokio::test]
async fn a_key_is_exchanged_for_a_token_that_reads_and_does_nothing_with_the_account() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let created = auth.new_key(&tokens.access_token).await;

    let token = auth.exchange(&created.secret).await.unwrap();

    let issuer = identity::Issuer::from_pem(&auth.pem, Clock::system()).unwrap();
    let verifier = identity::Verifier::of_issuer(&issuer, Clock::system()).unwrap();
    let caller = verifier.verify(&token).await.unwrap();
    assert_eq!((caller.scope, caller.actor), (Some(Scope::Read), None));
    assert_eq!(caller.session_id.to_string(), created.api_key.unwrap().id);
    let mut client = auth.client.clone();
    client.get_me(testing::with_bearer(GetMeRequest {}, &token)).await.unwrap();
    let sessions = client.list_sessions(testing::with_bearer(ListSessionsRequest {}, &token)).await;
    let keys = auth.keys().list_api_keys(testing::with_bearer(ListApiKeysRequest {}, &token)).await;
    for refused in [sessions.map(|_| ()), keys.map(|_| ())] {
        assert_eq!(reason_of(&refused.unwrap_err(), Code::PermissionDenied), "session-required");
    }
    assert_eq!(auth.logged(&caller.user_id.to_string()).await, ["signed-in", "api-key-created"]);
    let mails: Vec<AccountMailRequested> = auth.told().await;
    let mail = mails.last().unwrap();
    assert_eq!((mail.kind.as_str(), mail.detail.as_str()), ("api-key-created", "Sheet"));
}

#[tokio::test]
async fn what_is_no_key_of_anybody_is_refused_in_the_same_words() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let good = auth.new_key(&tokens.access_token).await.secret;
    let unknown = identity::ApiKey::new(identity::UserId(uuid::Uuid::nil()), [7; 24]).to_text();

    for secret in ["", "jrn_", &good[..20], secrecy::ExposeSecret::expose_secret(&unknown)] {
        let refused = auth.exchange(secret).await.unwrap_err();
        assert_eq!(reason_of(&refused, Code::Unauthenticated), "invalid-api-key");
    }
}
