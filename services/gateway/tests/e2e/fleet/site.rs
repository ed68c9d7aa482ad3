//! What all instances of a fleet share: databases, secrets, uploads.

use secrecy::SecretString;
use tempfile::TempDir;
use testing::TestDatabase;

/// The state of a product, whatever processes serve it.
pub struct Site {
    /// What access tokens are signed with.
    pub signing_key: SecretString,
    pub(super) password_pepper: SecretString,
    pub(super) vault_key: SecretString,
    pub(super) cursor_key: SecretString,
    pub auth: TestDatabase,
    pub trades: TestDatabase,
    pub analytics: TestDatabase,
    pub notifications: TestDatabase,
    pub(super) uploads: TempDir,
}

impl Site {
    /// Empty databases, fresh secrets.
    pub async fn prepare() -> Self {
        let (of_auth, of_trades) = (auth::migrators(), trades::migrators());
        let (of_analytics, of_notifications) = (analytics::migrators(), notifications::migrators());
        let (auth, trades, analytics, notifications) = tokio::join!(
            testing::database("auth", &of_auth),
            testing::database("trades", &of_trades),
            testing::database("analytics", &of_analytics),
            testing::database("notifications", &of_notifications),
        );
        Self {
            signing_key: identity::Issuer::generate_pem().unwrap(),
            password_pepper: auth::generate_pepper(),
            vault_key: auth::generate_vault_key(),
            cursor_key: gateway::generate_cursor_key(),
            auth,
            trades,
            analytics,
            notifications,
            uploads: tempfile::tempdir().unwrap(),
        }
    }
}
