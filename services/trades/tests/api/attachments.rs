//! Images stay with what is written about a trade.

use crate::support::{Journal, User, csv};
use journal_proto::trades::v1::{
    AddAttachmentRequest, Attachment, AttachmentEnd, AttachmentHeader, DeleteAccountRequest,
    ListAttachmentsRequest, MergeTradesRequest, Trade, UndoImportRequest, UndoRegroupingRequest,
    add_attachment_request::Part, attachment_service_client::AttachmentServiceClient,
    regrouping_service_client::RegroupingServiceClient,
};
use runtime::grpc::Link;
use tonic::{Code, Status};

const TWO: [&str; 4] =
    ["a,1,AAPL,buy,10,100,1", "b,2,AAPL,sell,10,101,1", "c,5,AAPL,buy,10,100,1", "d,6,AAPL,sell,10,101,1"];

fn client(journal: &Journal) -> AttachmentServiceClient<Link> {
    AttachmentServiceClient::new(journal.channel())
}

async fn send(journal: &Journal, user: &User, parts: Vec<Part>) -> Result<Attachment, Status> {
    let messages = parts.into_iter().map(|part| AddAttachmentRequest { part: Some(part) });
    let request = user.request(tokio_stream::iter(messages.collect::<Vec<_>>()));
    Ok(client(journal).add_attachment(request).await?.into_inner())
}

fn header(trade: &Trade) -> Part {
    Part::Header(AttachmentHeader { trade_id: trade.id.clone(), file_name: "chart.png".to_owned() })
}

async fn add(journal: &Journal, user: &User, trade: &Trade) -> Attachment {
    // What it is may come in pieces.
    let chunks = [&b"\x89PN"[..], b"G\r\n\x1a", b"\n and more"].map(|chunk| Part::Chunk(chunk.into()));
    let end = Part::End(AttachmentEnd { file_bytes: 17 });
    let parts = [header(trade)].into_iter().chain(chunks).chain([end]).collect();
    send(journal, user, parts).await.unwrap()
}

async fn of(journal: &Journal, user: &User, trade: &Trade) -> Vec<String> {
    let request = user.request(ListAttachmentsRequest { trade_id: trade.id.clone() });
    let attachments = client(journal).list_attachments(request).await.unwrap().into_inner().attachments;
    attachments.into_iter().map(|attachment| attachment.id).collect()
}

#[tokio::test]
async fn images_outlive_undone_imports_and_merges_and_go_with_their_account() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let import = user.imported(&account, csv(TWO)).await;
    let trades = user.trades().await;
    let one = add(&journal, &user, &trades[0]).await.id;
    let two = add(&journal, &user, &trades[1]).await.id;

    let merge = MergeTradesRequest { trade_ids: trades.iter().map(|trade| trade.id.clone()).collect() };
    let mut regroupings = RegroupingServiceClient::new(journal.channel());
    let merge = regroupings.merge_trades(user.request(merge)).await.unwrap().into_inner();
    let merged = user.trades().await.remove(0);
    assert_eq!(of(&journal, &user, &merged).await, [one.clone(), two.clone()]);
    let undo = UndoRegroupingRequest { regrouping_id: merge.id };
    regroupings.undo_regrouping(user.request(undo)).await.unwrap();
    assert_eq!(of(&journal, &user, &trades[0]).await, std::slice::from_ref(&one));
    assert_eq!(of(&journal, &user, &trades[1]).await, std::slice::from_ref(&two));

    // An earlier fill makes the second trade begin elsewhere: what is beside it follows.
    user.imported(&account, csv(["z,4,AAPL,buy,5,100,1"])).await;
    let holder = user.trades().await.into_iter().find(|trade| trade.status == "open").unwrap();
    assert_eq!(of(&journal, &user, &holder).await, [two]);
    let undo = user.request(UndoImportRequest { import_id: import.id });
    user.client.clone().undo_import(undo).await.unwrap();
    user.imported(&account, csv(TWO)).await;
    assert_eq!(of(&journal, &user, &trades[0]).await, [one]);

    let delete = user.request(DeleteAccountRequest { account_id: account.id });
    user.client.clone().delete_account(delete).await.unwrap();
    assert_eq!(journal.count("SELECT count(*) FROM trade_attachments").await, 0);
    assert_eq!(journal.stored_files(), Vec::<String>::new());
}

#[tokio::test]
async fn an_image_that_is_cut_off_leaves_nothing() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(TWO)).await;
    let trade = user.trades().await.remove(0);
    let chunk = || Part::Chunk(b"GIF89a and more"[..].into());

    for (parts, code) in [
        (vec![header(&trade), chunk()], Code::Cancelled),
        (vec![header(&trade), chunk(), Part::End(AttachmentEnd { file_bytes: 7 })], Code::Cancelled),
        (vec![chunk()], Code::InvalidArgument),
        (vec![header(&trade), header(&trade)], Code::InvalidArgument),
        (vec![], Code::InvalidArgument),
    ] {
        assert_eq!(send(&journal, &user, parts).await.unwrap_err().code(), code);
    }

    assert!(of(&journal, &user, &trade).await.is_empty());
    assert_eq!(journal.stored_files().len(), 1, "the imported file alone");
}
