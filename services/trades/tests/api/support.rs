//! The service with its database, RabbitMQ and folder of files, and its callers.

use identity::UserId;
use journal_proto::trades::v1::{
    Account, CreateAccountRequest, CreateImportRequest, GetImportRequest, GetTradeRequest, Import, ImportEnd,
    ImportHeader, ImportStatus, ListTradesRequest, Trade, TradeDetail, TradeFilter,
    create_import_request::Part, trades_service_client::TradesServiceClient,
};
use runtime::grpc::Link;
use sqlx::{Postgres, Transaction};
use std::{fmt::Write as _, path::Path};
use tempfile::TempDir;
use testing::{Running, TestDatabase, eventually, with_bearer};
use tonic::{Code, Request, Status};
use tonic_types::StatusExt as _;
use uuid::Uuid;

/// The whole service in this process.
pub struct Journal {
    pub database: TestDatabase,
    pub events: events::Settings,
    pub files: TempDir,
    url: String,
    running: Option<Running>,
}

impl Journal {
    /// Starts it on a database and under queue names of its own.
    pub async fn start() -> Self {
        let database = testing::database("trades", &trades::migrators()).await;
        let mut journal = Self {
            database,
            events: testing::events_settings(),
            files: tempfile::tempdir().unwrap(),
            url: String::new(),
            running: None,
        };
        journal.run();
        journal
    }

    /// Starts it (again) in this process.
    pub fn run(&mut self) {
        let (grpc, url) = testing::grpc();
        let config = trades::Config {
            telemetry: testing::telemetry(),
            admin: testing::admin(),
            grpc,
            postgres: self.database.settings(),
            events: self.events.clone(),
            identity: testing::identity_settings(),
            uploads: trades::config::Uploads {
                object_store_url: self.object_store_url(),
                max_upload_bytes: 10 * 1024 * 1024,
            },
        };
        self.url = url;
        self.running = Some(testing::start(|shutdown| trades::run(config, shutdown)));
    }

    /// Stops what [`Journal::run`] started.
    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    pub fn object_store_url(&self) -> String {
        format!("file://{}", self.files.path().join("files").display())
    }

    /// Somebody new.
    pub fn user(&self) -> User {
        let id = UserId(Uuid::now_v7());
        User { id, token: testing::token(id), client: self.client() }
    }

    pub fn channel(&self) -> Link {
        testing::link("trades", &self.url)
    }

    pub fn client(&self) -> TradesServiceClient<Link> {
        TradesServiceClient::new(self.channel()).max_decoding_message_size(16 * 1024 * 1024)
    }

    /// All stored files, also unfinished ones.
    pub fn stored_files(&self) -> Vec<String> {
        fn visit(folder: &Path, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    visit(&path, found);
                } else {
                    found.push(path.file_name().unwrap().to_string_lossy().into_owned());
                }
            }
        }
        let mut found = Vec::new();
        visit(self.files.path(), &mut found);
        found
    }

    /// A number that a query of the owner gives.
    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.database.every_row).await.unwrap()
    }

    /// Has an account as an import has it.
    pub async fn hold(&self, account: &Account) -> Transaction<'static, Postgres> {
        let mut holding = self.database.every_row.begin().await.unwrap();
        sqlx::query("SELECT FROM accounts WHERE id = $1::uuid FOR NO KEY UPDATE")
            .bind(&account.id)
            .execute(&mut *holding)
            .await
            .unwrap();
        holding
    }

    /// Until somebody waits for a row that another one has.
    pub async fn somebody_waits(&self) {
        eventually("somebody who waits", async || {
            let waiting = "SELECT count(*) FROM pg_stat_activity
                           WHERE datname = current_database() AND wait_event_type = 'Lock'";
            (self.count(waiting).await > 0).then_some(())
        })
        .await;
    }
}

/// A caller with an access token.
#[derive(Clone)]
pub struct User {
    pub id: UserId,
    pub token: String,
    pub client: TradesServiceClient<Link>,
}

impl User {
    /// `message` with this user's token on it.
    pub fn request<T>(&self, message: T) -> Request<T> {
        with_bearer(message, &self.token)
    }

    /// A new account in USD, with days in New York.
    pub async fn account(&self, name: &str) -> Account {
        let request = self.request(CreateAccountRequest {
            name: name.to_owned(),
            broker: "Interactive Brokers".to_owned(),
            currency: "USD".to_owned(),
            time_zone: "America/New_York".to_owned(),
            ..CreateAccountRequest::default()
        });
        self.client.clone().create_account(request).await.unwrap().into_inner()
    }

    /// Sends a file in chunks of 64 KiB, as `header` says.
    pub async fn upload_as(&self, header: ImportHeader, bytes: &[u8]) -> Result<Import, Status> {
        let messages = tokio_stream::iter(upload_messages(header, bytes));
        let answer = self.client.clone().create_import(self.request(messages)).await?;
        Ok(answer.into_inner())
    }

    /// Sends a file whose format is to be recognised.
    pub async fn upload(&self, account: &Account, file_name: &str, bytes: &[u8]) -> Result<Import, Status> {
        let header = ImportHeader {
            account_id: account.id.clone(),
            file_name: file_name.to_owned(),
            ..ImportHeader::default()
        };
        self.upload_as(header, bytes).await
    }

    /// Sends a file and waits until its import is finished.
    pub async fn import(&self, account: &Account, bytes: impl AsRef<[u8]>) -> Import {
        let import = self.upload(account, "fills.csv", bytes.as_ref()).await.unwrap();
        self.finished(&import.id).await
    }

    /// Sends a file and insists that it is imported.
    pub async fn imported(&self, account: &Account, bytes: impl AsRef<[u8]>) -> Import {
        let import = self.import(account, bytes).await;
        assert_eq!(import.status(), ImportStatus::Completed, "{}", import.failure);
        import
    }

    /// The import when it is finished.
    pub async fn finished(&self, import_id: &str) -> Import {
        eventually("the import is finished", async || {
            let import = self.import_now(import_id).await;
            (!matches!(import.status(), ImportStatus::Queued | ImportStatus::Running)).then_some(import)
        })
        .await
    }

    /// The import as it is now.
    pub async fn import_now(&self, import_id: &str) -> Import {
        let request = self.request(GetImportRequest { import_id: import_id.to_owned() });
        self.client.clone().get_import(request).await.unwrap().into_inner()
    }

    /// All trades, up to 200, in the order in which they opened.
    pub async fn trades(&self) -> Vec<Trade> {
        self.trades_of(TradeFilter::default()).await
    }

    /// The trades that pass a filter.
    pub async fn trades_of(&self, filter: TradeFilter) -> Vec<Trade> {
        let request = self.request(ListTradesRequest {
            page: Some(page(200, "")),
            filter: Some(filter),
            sort: "opened_at".to_owned(),
        });
        self.client.clone().list_trades(request).await.unwrap().into_inner().trades
    }

    pub async fn trade(&self, trade_id: &str) -> Result<TradeDetail, Status> {
        let request =
            self.request(GetTradeRequest { trade_id: trade_id.to_owned(), ..GetTradeRequest::default() });
        Ok(self.client.clone().get_trade(request).await?.into_inner())
    }
}

/// The messages of a file, in chunks of 64 KiB.
pub fn upload_messages(header: ImportHeader, bytes: &[u8]) -> Vec<CreateImportRequest> {
    let chunk = |chunk: &[u8]| CreateImportRequest { part: Some(Part::Chunk(chunk.to_vec().into())) };
    let mut messages = vec![CreateImportRequest { part: Some(Part::Header(header)) }];
    messages.extend(bytes.chunks(64 * 1024).map(chunk));
    messages.push(end(bytes.len()));
    messages
}

/// The last message of a file of so many bytes.
pub fn end(bytes: usize) -> CreateImportRequest {
    CreateImportRequest { part: Some(Part::End(ImportEnd { file_bytes: bytes as u64 })) }
}

/// `limit` rows after `cursor`.
pub fn page(limit: u32, cursor: &str) -> journal_proto::trades::v1::Page {
    journal_proto::trades::v1::Page { limit, cursor: cursor.to_owned() }
}

/// A generic CSV of rows `execution_id,minute,symbol,side,quantity,price`; minutes count from 2026-01-05 00:00 UTC.
pub fn csv<'a>(rows: impl IntoIterator<Item = &'a str>) -> String {
    let mut csv = "execution_id,timestamp,symbol,side,quantity,price,commission\n".to_owned();
    for row in rows {
        let cells: Vec<&str> = row.split(',').collect();
        let [id, minute, rest @ ..] = cells.as_slice() else { panic!("{row} has too few cells") };
        let minute: u32 = minute.parse().unwrap();
        let (day, hour, minute) = (5 + minute / 1_440, minute / 60 % 24, minute % 60);
        writeln!(csv, "{id},2026-01-{day:02}T{hour:02}:{minute:02}:00Z,{}", rest.join(",")).unwrap();
    }
    csv
}

/// The reason of an error, such as `file-too-large`.
pub fn reason(status: &Status) -> String {
    status.get_details_error_info().map(|info| info.reason).unwrap_or_default()
}

/// Insists that `status` refuses `field`.
pub fn assert_field(status: &Status, field: &str) {
    assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
    let details = status.get_details_bad_request().unwrap();
    let fields: Vec<&str> =
        details.field_violations.iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, [field]);
}

/// Insists that `status` knows of no such `noun`.
pub fn assert_not_found(status: &Status, noun: &str) {
    assert_eq!((status.code(), status.message()), (Code::NotFound, format!("no such {noun}").as_str()));
}

/// So many minutes after 2026-01-05 00:00 UTC, as in [`csv`].
pub fn time_of(minute: i64) -> journal_proto::Timestamp {
    journal_proto::Timestamp { seconds: 1_767_571_200 + minute * 60, nanos: 0 }
}
