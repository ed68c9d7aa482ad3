//! A worker that is killed in the middle: the import starts over and brings exactly the right fills.

use crate::support::{Journal, User, csv};
use journal_proto::trades::v1::ImportStatus;
use secrecy::ExposeSecret as _;
use std::{
    fmt::Write as _,
    process::{Child, Command, Stdio},
};

/// The real binary, killed when dropped.
struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(journal: &Journal) -> Self {
        let free = || runtime::Listen::on_free_port().unwrap().address().unwrap().to_string();
        let (grpc, admin) = (free(), free());
        let child = Command::new(env!("CARGO_BIN_EXE_trades"))
            .arg("serve")
            .env("GRPC_ADDRESS", &grpc)
            .env("ADMIN_ADDRESS", admin)
            .env("DATABASE_URL", &journal.database.url)
            .env("AMQP_URL", journal.events.amqp_url.expose_secret())
            .env("AMQP_PREFIX", &journal.events.amqp_prefix)
            .env("JWKS", testing::jwks())
            .env("OBJECT_STORE_URL", journal.object_store_url())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, url: format!("http://{grpc}") }
    }

    /// SIGKILL: no chance to tidy up.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    async fn user(&self, like: &User) -> User {
        let url = self.url.clone();
        let channel = testing::eventually("the process answers", async || {
            tonic::transport::Channel::from_shared(url.clone()).unwrap().connect().await.ok()
        })
        .await;
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

#[tokio::test]
async fn an_import_survives_the_death_of_its_worker() {
    let mut journal = Journal::start().await;
    let anybody = journal.user();
    journal.stop().await;
    let mut first = Process::start(&journal);
    let user = first.user(&anybody).await;
    let account = user.account("Main").await;
    let mut rows = String::new();
    for n in 0..20_000 {
        let side = if n % 2 == 0 { "buy" } else { "sell" };
        writeln!(rows, "e{n},{n},S{},{side},10,{},0.5", n / 2 % 50, 100 + n % 2).unwrap();
    }
    let import = user.upload(&account, "year.csv", csv(rows.lines()).as_bytes()).await.unwrap();
    testing::eventually("the import is under way", async || {
        let import = user.import_now(&import.id).await;
        (import.status() == ImportStatus::Running && import.progress > 0).then_some(())
    })
    .await;

    first.kill();

    assert_eq!(journal.count("SELECT count(*) FROM imports WHERE status = 'running'").await, 1);
    assert_eq!(journal.count("SELECT count(*) FROM fills").await, 0);
    let second = Process::start(&journal);
    let user = second.user(&anybody).await;
    let import = user.finished(&import.id).await;
    assert_eq!(import.status(), ImportStatus::Completed, "{}", import.failure);
    assert_eq!((import.fills.unwrap().new, import.trades.unwrap().closed), (20_000, 10_000));
    assert_eq!(journal.count("SELECT count(*) FROM fills").await, 20_000);
    assert_eq!(journal.count("SELECT count(*) FROM trades WHERE net_pnl = 9").await, 10_000);
}
