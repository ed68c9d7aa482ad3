//! The service as a process of its own, which can be killed.

use crate::support::{Journal, User};
use secrecy::ExposeSecret as _;
use std::process::{Child, Command, Stdio};

/// The real binary, killed when dropped.
pub struct Process {
    child: Child,
    grpc: String,
}

impl Process {
    pub fn start(journal: &Journal) -> Self {
        Self::start_at(journal, free())
    }

    /// The next process, at the address of this one, which has died.
    pub fn restart(&mut self, journal: &Journal) {
        *self = Self::start_at(journal, self.grpc.clone());
    }

    fn start_at(journal: &Journal, grpc: String) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_trades"))
            .arg("serve")
            .env("GRPC_ADDRESS", &grpc)
            .env("ADMIN_ADDRESS", free())
            .env("DATABASE_URL", &journal.database.url)
            .env("AMQP_URL", journal.events.amqp_url.value().unwrap().expose_secret())
            .env("AMQP_PREFIX", &journal.events.amqp_prefix)
            .env("JWKS", testing::jwks())
            .env("SERVICE_KEY", testing::service_key("trades").expose_secret())
            .env("SERVICE_KEYS", testing::service_keys())
            .env("OBJECT_STORE_URL", journal.object_store_url())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, grpc }
    }

    /// SIGKILL: no chance to tidy up.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub async fn user(&self, like: &User) -> User {
        let url = format!("http://{}", self.grpc);
        testing::eventually("the process answers", async || {
            tokio::net::TcpStream::connect(&self.grpc).await.ok()
        })
        .await;
        let channel = testing::link("trades", &url);
        let client = journal_proto::trades::v1::trades_service_client::TradesServiceClient::new(channel);
        User { client, ..like.clone() }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free() -> String {
    runtime::Listen::on_free_port().unwrap().address().unwrap().to_string()
}
