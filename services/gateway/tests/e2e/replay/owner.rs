//! A user who has one of everything that has an id.

use crate::user::User;
use reqwest::{Method, StatusCode, header, multipart};
use serde_json::{Value, json};
use testing::SoftAuthenticator;
use uuid::Uuid;

const FILE: &str = "timestamp,symbol,side,quantity,price,execution_id\n\
    2026-01-05T14:30:00Z,AAPL,buy,10,100,a\n2026-01-05T14:40:00Z,AAPL,sell,10,104,b\n\
    2026-01-05T15:30:00Z,AAPL,buy,10,100,c\n2026-01-05T15:40:00Z,AAPL,sell,10,104,d\n\
    2026-01-06T14:30:00Z,SPY260320C00580000,buy,1,5,e\n2026-01-06T14:30:00Z,SPY260320C00590000,sell,1,3,f\n\
    2026-01-07T14:30:00Z,MSFT,buy,10,100,g\n2026-01-07T14:40:00Z,MSFT,sell,10,104,h\n";

/// An id of each kind.
#[derive(Clone, Debug)]
pub struct Ids {
    pub user: String,
    pub account: String,
    pub import: String,
    pub mapping: String,
    pub template: String,
    pub tag: String,
    pub attachment: String,
    pub saved_view: String,
    pub playbook: String,
    pub custom_field: String,
    pub fill: String,
    pub trade: String,
    pub other_trade: String,
    pub regrouping: String,
    pub strategy: String,
    pub session: String,
    pub passkey: String,
    pub notification: String,
    pub api_key: String,
    pub mentor: String,
    pub export: String,
}

impl Ids {
    /// Ids that nobody has; always the same, so that requests with them can be compared.
    pub fn missing() -> Self {
        let id = |n: u128| Uuid::from_u128(0x0190_aaaa_0000_7000_8000_0000_0000_0000 + n).to_string();
        Self {
            user: id(0),
            account: id(1),
            import: id(2),
            mapping: id(3),
            template: id(15),
            tag: id(16),
            attachment: id(20),
            saved_view: id(19),
            playbook: id(17),
            custom_field: id(18),
            fill: id(4),
            trade: id(5),
            other_trade: id(6),
            regrouping: id(7),
            strategy: id(8),
            session: id(9),
            passkey: id(13),
            notification: id(10),
            api_key: id(11),
            mentor: id(12),
            export: id(14),
        }
    }

    pub fn all(&self) -> [&str; 21] {
        [
            &self.user,
            &self.account,
            &self.import,
            &self.mapping,
            &self.template,
            &self.tag,
            &self.attachment,
            &self.saved_view,
            &self.playbook,
            &self.custom_field,
            &self.fill,
            &self.trade,
            &self.other_trade,
            &self.regrouping,
            &self.strategy,
            &self.session,
            &self.passkey,
            &self.notification,
            &self.api_key,
            &self.mentor,
            &self.export,
        ]
    }
}

async fn made(owner: &User, path: &str, body: Value) -> String {
    let answer = owner.send(Method::POST, path, Some(body)).await;
    let (status, body) = (answer.status(), answer.json::<Value>().await.unwrap());
    assert_eq!(status, StatusCode::CREATED, "{path}: {body}");
    body["id"].as_str().unwrap().to_owned()
}

fn ids(list: &Value) -> Vec<String> {
    list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// Makes a passkey.
async fn passkey(owner: &User) -> String {
    let begun = owner.send(Method::POST, "/v1/auth/passkeys/register/start", None).await;
    let begun: Value = begun.json().await.unwrap();
    let credential = SoftAuthenticator::new("http://localhost:8080").create(&begun["options"]);
    let finish = json!({"ceremony": begun["ceremony"], "credential": credential});
    made(owner, "/v1/auth/passkeys/register/finish", finish).await
}

/// Adds an image to a trade.
async fn attachment(owner: &User, trade: &str) -> String {
    let image = multipart::Part::bytes(&b"GIF89a image"[..]).file_name("chart.gif");
    let url = format!("{}/v1/trades/{trade}/attachments", owner.gateway);
    let request = owner.client.post(url).bearer_auth(&owner.access_token);
    let answer = request.multipart(multipart::Form::new().part("file", image)).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    answer.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned()
}

/// Makes one of everything, and waits until every service has heard of it.
pub async fn everything_of(owner: &User) -> Ids {
    let account = owner.create_account("Main").await;
    let import = owner.import(&account, "trips.csv", FILE).await;
    owner.until_statistics(3).await;
    let apple = ids(&owner.get("/v1/trades?symbol=AAPL").await);
    let options = ids(&owner.get("/v1/trades?status=open").await);
    let microsoft = ids(&owner.get("/v1/trades?symbol=MSFT").await);
    let regrouping = made(owner, "/v1/trades/merge", json!({"trade_ids": apple})).await;
    owner.until_statistics(2).await;
    let strategy = made(owner, "/v1/strategies", json!({"trade_ids": options})).await;
    let mapping = made(owner, "/v1/imports/mappings", json!({"name": "Bank"})).await;
    let template = made(owner, "/v1/journal-templates", json!({"name": "Mine", "body": "# Plan"})).await;
    let day = owner.send(Method::PUT, "/v1/journal/2026-01-05", Some(json!({"notes": "a good day"}))).await;
    assert_eq!(day.status(), StatusCode::OK);
    let saved_view =
        made(owner, "/v1/saved-views", json!({"name": "Mine", "page": "trades", "query": "a=b"})).await;
    let attachment = attachment(owner, &microsoft[0]).await;
    let tag = made(owner, "/v1/tags", json!({"name": "Gap"})).await;
    let playbook = made(owner, "/v1/playbooks", json!({"name": "Gap", "rules": [{"text": "wait"}]})).await;
    let custom_field = made(owner, "/v1/custom-fields", json!({"name": "Mood", "kind": "text"})).await;
    let labels =
        json!({"tags": ["gap"], "playbook_id": playbook, "rating": 3, "custom": {&custom_field: "calm"}});
    let labelled = owner.send(Method::PATCH, &format!("/v1/trades/{}", microsoft[0]), Some(labels)).await;
    assert_eq!(labelled.status(), StatusCode::OK);
    made(owner, &format!("/v1/accounts/{account}/cash"), json!({"kind": "deposit", "amount": "1000"})).await;
    let rates =
        json!({"rates": [{"from": "EUR", "to": "USD", "valid_from": "2026-01-05T00:00:00Z", "rate": "1.1"}]});
    assert_eq!(owner.send(Method::PUT, "/v1/rates", Some(rates)).await.status(), StatusCode::NO_CONTENT);
    let bars =
        "Date,Open,High,Low,Close\n2026-01-07 09:29:00,100,106,98,100\n2026-01-07 09:30:00,100,104,99,104\n";
    let request =
        owner.client.put(format!("{}/v1/bars?symbol=MSFT&time_zone=America/New_York", owner.gateway));
    let request = request.bearer_auth(&owner.access_token).header(header::CONTENT_TYPE, "text/csv");
    assert_eq!(request.body(bars).send().await.unwrap().status(), StatusCode::OK);
    let preferences = json!({"email_import_finished": true});
    let put = owner.send(Method::PUT, "/v1/notifications/preferences", Some(preferences)).await;
    assert_eq!(put.status(), StatusCode::OK);
    let notification = testing::eventually("a notification", async || {
        ids(&owner.get("/v1/notifications").await).into_iter().next()
    })
    .await;
    let export = owner.exported().await;
    Ids {
        user: owner.get("/v1/me").await["id"].as_str().unwrap().to_owned(),
        fill: ids(&owner.get("/v1/fills?symbol=MSFT").await)[0].clone(),
        import: import["id"].as_str().unwrap().to_owned(),
        trade: microsoft[0].clone(),
        other_trade: options[0].clone(),
        session: ids(&owner.get("/v1/auth/sessions").await)[0].clone(),
        passkey: passkey(owner).await,
        account,
        mapping,
        template,
        tag,
        attachment,
        saved_view,
        playbook,
        custom_field,
        regrouping,
        strategy,
        notification,
        export,
        api_key: made(owner, "/v1/auth/api-keys", json!({"name": "Sheet", "scope": "read"})).await,
        mentor: made(owner, "/v1/mentors", json!({"email": "mentor@journal.example"})).await,
    }
}
