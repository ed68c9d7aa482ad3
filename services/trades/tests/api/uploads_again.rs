//! Uploads that are sent again: with a key they are done once, whatever has become of what they name, and of the first answer.

use crate::support::{Journal, User, csv, upload_messages};
use journal_proto::trades::v1::{
    Account, CreateMappingRequest, DeleteAccountRequest, DeleteMappingRequest, Import, ImportHeader,
    ImportStatus, MappingContent, ReplaceMappingRequest,
};
use runtime::idempotency::{Key, is_replayed};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use testing::eventually;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tonic::{Code, Response, Status};

fn header(account: &Account, mapping: &str) -> ImportHeader {
    ImportHeader {
        account_id: account.id.clone(),
        file_name: "january.csv".to_owned(),
        mapping_id: mapping.to_owned(),
        ..ImportHeader::default()
    }
}

async fn upload(user: &User, header: ImportHeader, key: &str) -> Result<Response<Import>, Status> {
    let rows = csv(["a,1,AAPL,buy,10,100,1"]);
    let mut request = user.request(tokio_stream::iter(upload_messages(header, rows.as_bytes())));
    Key::new(key, Vec::new()).unwrap().carry(&mut request);
    user.client.clone().create_import(request).await
}

#[tokio::test]
async fn a_key_is_answered_again_when_what_the_upload_names_is_another_or_gone() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let content = |commission: &str| MappingContent {
        name: "Mine".to_owned(),
        columns: [("commission".to_owned(), commission.to_owned())].into(),
        ..MappingContent::default()
    };
    let create = user.request(CreateMappingRequest { content: Some(content("commission")) });
    let mapping = user.client.clone().create_mapping(create).await.unwrap().into_inner();
    let first = upload(&user, header(&account, &mapping.id), "k").await.unwrap().into_inner();
    user.finished(&first.id).await;

    let replace = ReplaceMappingRequest { mapping_id: mapping.id.clone(), content: Some(content("costs")) };
    let replace = user.request(replace);
    user.client.clone().replace_mapping(replace).await.unwrap();
    let again = upload(&user, header(&account, &mapping.id), "k").await.unwrap();
    assert!(is_replayed(again.metadata()));
    assert_eq!(again.into_inner().id, first.id);

    let delete = user.request(DeleteMappingRequest { mapping_id: mapping.id.clone() });
    user.client.clone().delete_mapping(delete).await.unwrap();
    let delete = user.request(DeleteAccountRequest { account_id: account.id.clone() });
    user.client.clone().delete_account(delete).await.unwrap();
    let again = upload(&user, header(&account, &mapping.id), "k").await.unwrap();
    assert!(is_replayed(again.metadata()));
    assert_eq!(again.into_inner().id, first.id);

    let other = upload(&user, header(&account, ""), "k").await.unwrap_err();
    assert_eq!(other.code(), Code::InvalidArgument);
    let new = upload(&user, header(&account, &mapping.id), "l").await.unwrap_err();
    assert_eq!(new.code(), Code::NotFound);
    eventually("the files of what was not done to be gone", async || {
        journal.stored_files().is_empty().then_some(())
    })
    .await;
}

/// Stands before PostgreSQL. Of the first transaction that keeps a key it hands the COMMIT on, and cuts the connection before
/// the answer.
struct Cutting(TcpListener);

impl Cutting {
    async fn before(self, database: String) {
        let (is_cut, mut connections) = (Arc::new(AtomicBool::new(false)), JoinSet::new());
        while let Ok((client, _)) = self.0.accept().await {
            let server = TcpStream::connect(&database).await.unwrap();
            connections.spawn(Self::pass_on(client, server, is_cut.clone()));
        }
    }

    async fn pass_on(mut client: TcpStream, mut server: TcpStream, is_cut: Arc<AtomicBool>) {
        let (mut asked, mut answered) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
        let mut keeps_key = false;
        loop {
            tokio::select! {
                read = client.read(&mut asked) => {
                    let Ok(length @ 1..) = read else { return };
                    if server.write_all(&asked[..length]).await.is_err() {
                        return;
                    }
                    let asked = String::from_utf8_lossy(&asked[..length]);
                    keeps_key |= asked.contains("INSERT INTO idempotency_keys");
                    if keeps_key && asked.contains("COMMIT") && !is_cut.swap(true, Ordering::Relaxed) {
                        // It is done when its answer is there, which the client never gets.
                        let _ = server.read(&mut answered).await;
                        return;
                    }
                }
                read = server.read(&mut answered) => {
                    let Ok(length @ 1..) = read else { return };
                    if client.write_all(&answered[..length]).await.is_err() {
                        return;
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn a_file_whose_commit_was_made_and_not_told_is_imported() {
    let mut journal = Journal::start().await;
    journal.stop().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = listener.local_addr().unwrap().to_string();
    let (login, server) = journal.database.url.split_once('@').unwrap();
    let (server, name) = server.split_once('/').unwrap();
    let mut cutting = JoinSet::new();
    cutting.spawn(Cutting(listener).before(server.to_owned()));
    journal.database.url = format!("{login}@{proxy}/{name}");
    journal.run();
    let user = journal.user();
    let account = user.account("Main").await;

    // Whoever calls may have tried once more by himself.
    let again = match upload(&user, header(&account, ""), "k").await {
        Ok(again) => again,
        Err(_) => upload(&user, header(&account, ""), "k").await.unwrap(),
    };

    assert!(is_replayed(again.metadata()), "the first one was committed");
    let import = user.finished(&again.into_inner().id).await;
    assert_eq!(import.status(), ImportStatus::Completed);
    eventually("the one file", async || (journal.stored_files() == [import.id.clone()]).then_some(())).await;
}
