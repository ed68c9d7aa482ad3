//! AWS Secrets Manager: asked for a secret now and then, and remembered in between.

use super::reference::Reference;
use crate::settings::SecretsManager;
use anyhow::Context as _;
use aws_config::{BehaviorVersion, Region, timeout::TimeoutConfig};
use aws_sdk_secretsmanager::{
    Client,
    config::Config,
    error::{DisplayErrorContext, ProvideErrorMetadata as _, SdkError},
    operation::get_secret_value::{GetSecretValueError, GetSecretValueOutput},
};
use secrecy::SecretString;
use std::{
    collections::HashMap,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{sync::OnceCell, time::Instant};

const CONNECT_DEADLINE: Duration = Duration::from_secs(2);
const ATTEMPT_DEADLINE: Duration = Duration::from_secs(3);
/// With the attempts that the SDK makes by itself.
const DEADLINE: Duration = Duration::from_secs(8);
/// What was answered so lately is still true at start.
const SAME_START: Duration = Duration::from_secs(1);
/// Between two tries at start, at first and at most.
const PAUSES: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(3));

/// Secrets Manager. Clones share the client, which is made when it is first needed, and what it answered.
#[derive(Clone)]
pub struct Secrets {
    inner: Arc<Inner>,
}

struct Inner {
    settings: SecretsManager,
    client: OnceCell<Client>,
    known: Mutex<HashMap<String, Entry>>,
}

/// The last answer for one secret, and when it was asked for. Whoever asks for it as well waits for the same answer.
type Entry = Arc<tokio::sync::Mutex<Option<(Instant, Result<SecretString, Refusal>)>>>;

/// Why there is no answer.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{why}")]
pub(super) struct Refusal {
    why: String,
    /// Asking again may help.
    is_passing: bool,
}

impl Default for Secrets {
    fn default() -> Self {
        Self::new(&SecretsManager::default())
    }
}

impl Secrets {
    /// Connects to nothing yet. Region, credentials and endpoint are those of the AWS SDK's own environment variables.
    pub fn new(settings: &SecretsManager) -> Self {
        let inner = Inner { settings: settings.clone(), client: OnceCell::new(), known: Mutex::default() };
        Self { inner: Arc::new(inner) }
    }

    #[cfg(test)]
    fn through(client: Client, settings: SecretsManager) -> Self {
        let inner = Inner { settings, client: OnceCell::new_with(Some(client)), known: Mutex::default() };
        Self { inner: Arc::new(inner) }
    }

    /// How often a secret is asked for again.
    pub(super) fn refresh(&self) -> Duration {
        self.inner.settings.secrets_refresh
    }

    /// The secret at the start of a process: who comes before Secrets Manager can be reached tries again for a while.
    pub(super) async fn first(&self, id: &str) -> Result<SecretString, Refusal> {
        let give_up = Instant::now() + self.inner.settings.secrets_start;
        let (mut pause, longest) = PAUSES;
        // Several settings may be keys of one secret.
        let mut age = SAME_START;
        loop {
            match self.ask(id, age).await {
                Err(refusal) if refusal.is_passing && Instant::now() + pause < give_up => {
                    tracing::warn!(secret = id, error = %refusal, "Secrets Manager does not answer; trying again");
                }
                answer => return answer,
            }
            tokio::time::sleep(pause).await;
            age = Duration::ZERO;
            pause = (pause * 2).min(longest);
        }
    }

    /// The secret as it is, or was at most `age` ago.
    pub(super) async fn ask(&self, id: &str, age: Duration) -> Result<SecretString, Refusal> {
        let entry = {
            let mut known = self.inner.known.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(id.to_owned()).or_default())
        };
        let mut last = entry.lock().await;
        if let Some((asked, answer)) = &*last
            && asked.elapsed() < age
        {
            return answer.clone();
        }
        let asked = Instant::now();
        let answer = self.fetch(id).await;
        *last = Some((asked, answer.clone()));
        answer
    }

    /// Boxed, as the SDK's code would otherwise be compiled anew into whatever opens a secret.
    fn fetch<'call>(
        &'call self,
        id: &'call str,
    ) -> Pin<Box<dyn Future<Output = Result<SecretString, Refusal>> + Send + 'call>> {
        Box::pin(async move {
            let mut request = self.client().await.get_secret_value().secret_id(id).customize();
            if let Some(region) = Reference::region(id) {
                request = request.config_override(Config::builder().region(Region::new(region.to_owned())));
            }
            text_of(request.send().await.map_err(|error| Refusal::of(&error))?)
        })
    }

    async fn client(&self) -> &Client {
        self.inner
            .client
            .get_or_init(async || {
                let timeouts = TimeoutConfig::builder()
                    .connect_timeout(CONNECT_DEADLINE)
                    .operation_attempt_timeout(ATTEMPT_DEADLINE)
                    .operation_timeout(DEADLINE)
                    .build();
                let defaults = aws_config::defaults(BehaviorVersion::latest()).timeout_config(timeouts);
                Client::new(&defaults.load().await)
            })
            .await
    }
}

fn text_of(answer: GetSecretValueOutput) -> Result<SecretString, Refusal> {
    let text = answer.secret_string.context("it is binary, not text");
    text.map(SecretString::from).map_err(|error| Refusal { why: error.to_string(), is_passing: false })
}

impl Refusal {
    fn of(error: &SdkError<GetSecretValueError>) -> Self {
        let Some(service) = error.as_service_error() else {
            // What could not be sent may be sent later; what could not be made will never be.
            let is_passing = !matches!(error, SdkError::ConstructionFailure(_));
            return Self {
                why: format!("Secrets Manager cannot be asked: {}", DisplayErrorContext(error)),
                is_passing,
            };
        };
        let code = service.code().unwrap_or("unknown error");
        let is_ours = error.raw_response().is_some_and(|answer| answer.status().is_client_error());
        Self {
            why: format!("Secrets Manager says {code}: {}", service.message().unwrap_or("nothing more")),
            is_passing: !is_ours || code.contains("Throttl"),
        }
    }
}

#[cfg(test)]
mod tests;
