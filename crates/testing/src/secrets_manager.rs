//! Secrets in the Secrets Manager of moto's server.

use crate::shared_servers;
use aws_config::BehaviorVersion;
use aws_sdk_secretsmanager::Client;
use uuid::Uuid;

/// Keeps secrets as AWS does, for this test alone.
pub struct SecretsManager {
    client: Client,
}

impl SecretsManager {
    /// Where the SDK's own variables point to, as for services under test; `None`, said on the terminal, where `cargo dev test` could
    /// not install moto.
    pub async fn of_tests() -> Option<Self> {
        if !shared_servers::has_aws() {
            eprintln!(
                "skipped: there is no TEST_AWS_URL (`cargo dev test` installs moto's server where pip reaches an index)"
            );
            return None;
        }
        Some(Self { client: Client::new(&aws_config::load_defaults(BehaviorVersion::latest()).await) })
    }

    /// Keeps a new secret; returns its ARN.
    pub async fn keep(&self, text: &str) -> String {
        let name = format!("test/{}", Uuid::now_v7().simple());
        let kept = self.client.create_secret().name(name).secret_string(text).send().await.unwrap();
        kept.arn.unwrap()
    }

    /// Replaces a secret.
    pub async fn replace(&self, arn: &str, text: &str) {
        self.client.put_secret_value().secret_id(arn).secret_string(text).send().await.unwrap();
    }

    /// Forgets a secret at once.
    pub async fn forget(&self, arn: &str) {
        let deleting = self.client.delete_secret().secret_id(arn).force_delete_without_recovery(true);
        deleting.send().await.unwrap();
    }
}
