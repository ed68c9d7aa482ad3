//! API keys: exchanged at auth for access tokens that may do less, which are kept for a minute.

use crate::{
    app::App,
    limits::{Asker, Class},
    problem::Problem,
};
use identity::{ApiKey, Caller};
use journal_proto::auth::v1::ExchangeApiKeyRequest;
use moka::sync::Cache;
use std::{sync::Arc, time::Duration};
use tokio::sync::OnceCell;

/// A token is kept for so long: far less than it lives.
const KEPT: Duration = Duration::from_mins(1);
const MOST: u64 = 50_000;

/// Callers by the hash of their key. Whoever comes while a key is being exchanged waits for that one exchange.
#[derive(Clone)]
pub(crate) struct KeyExchange {
    callers: Cache<[u8; 32], Arc<OnceCell<Caller>>>,
}

impl KeyExchange {
    pub fn new() -> Self {
        Self { callers: Cache::builder().time_to_live(KEPT).max_capacity(MOST).build() }
    }

    /// The caller of a key. A typo is refused without asking anybody; what nobody has exchanged lately counts for the address that sends
    /// it, so that guessing is slow.
    pub async fn caller(&self, app: &App, text: &str, address: Asker) -> Result<Caller, Problem> {
        let key = ApiKey::parse(text).ok_or_else(refused)?;
        let cell = self.callers.get_with(key.hash(), Arc::default);
        let caller = cell.get_or_try_init(|| exchange(app, text, address)).await?;
        if app.revocations.contains(caller.session_id) || caller.expires_at <= app.clock.now() {
            return Err(refused());
        }
        Ok(caller.clone())
    }
}

async fn exchange(app: &App, secret: &str, address: Asker) -> Result<Caller, Problem> {
    let verdict = app.limits.take(Class::Anonymous, address).await;
    if !verdict.allowed {
        return Err(verdict.refusal());
    }
    let request = app.anonymous(ExchangeApiKeyRequest { secret: secret.to_owned() });
    let token = app.api_keys.clone().exchange_api_key(request).await?.into_inner().access_token;
    app.verifier.verify(&token).await.map_err(|_| refused())
}

fn refused() -> Problem {
    Problem::unauthenticated("the API key is not valid")
}
