//! A user who registers, signs in and calls the public API.

use futures_util::StreamExt as _;
use reqwest::{Client, Method, Response, StatusCode, multipart};
use serde_json::{Value, json};
use testing::eventually;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest as _},
};
use uuid::Uuid;

pub const PASSWORD: &str = "correct horse battery staple";

/// A signed-in user at one gateway.
#[derive(Clone)]
pub struct User {
    pub client: Client,
    pub gateway: String,
    pub email: String,
    pub access_token: String,
    pub refresh_token: String,
}

impl User {
    /// Registers a new user and signs in.
    pub async fn new(gateway: &str) -> Self {
        let email = format!("{}@journal.example", Uuid::now_v7().simple());
        let client = Client::new();
        let body = json!({"email": email, "password": PASSWORD, "display_name": "Ada"});
        let answer = client.post(format!("{gateway}/v1/auth/register")).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::ACCEPTED);
        Self::sign_in(gateway, &email).await
    }

    pub async fn sign_in(gateway: &str, email: &str) -> Self {
        let client = Client::new();
        let body = json!({"email": email, "password": PASSWORD, "delivery": "body"});
        let answer = client.post(format!("{gateway}/v1/auth/login")).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let tokens: Value = answer.json().await.unwrap();
        Self {
            client,
            gateway: gateway.to_owned(),
            email: email.to_owned(),
            access_token: tokens["access_token"].as_str().unwrap().to_owned(),
            refresh_token: tokens["refresh_token"].as_str().unwrap().to_owned(),
        }
    }

    /// The same session at another gateway.
    pub fn at(&self, gateway: &str) -> Self {
        Self { gateway: gateway.to_owned(), ..self.clone() }
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        let request =
            self.client.request(method, format!("{}{path}", self.gateway)).bearer_auth(&self.access_token);
        match body {
            Some(body) => request.json(&body),
            None => request,
        }
        .send()
        .await
        .unwrap()
    }

    /// A successful GET's body.
    pub async fn get(&self, path: &str) -> Value {
        let answer = self.send(Method::GET, path, None).await;
        let (status, body) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "GET {path}: {status} {body}");
        serde_json::from_str(&body).unwrap()
    }

    pub async fn create_account(&self, name: &str) -> String {
        let body =
            json!({"name": name, "broker": "Test", "currency": "USD", "time_zone": "America/New_York"});
        let answer = self.send(Method::POST, "/v1/accounts", Some(body)).await;
        assert_eq!(answer.status(), StatusCode::CREATED);
        answer.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned()
    }

    pub async fn upload(&self, account: &str, name: &str, bytes: impl Into<Vec<u8>>) -> Response {
        let file = multipart::Part::bytes(bytes.into()).file_name(name.to_owned());
        let form = multipart::Form::new().text("account_id", account.to_owned()).part("file", file);
        let request = self.client.post(format!("{}/v1/imports", self.gateway));
        request.bearer_auth(&self.access_token).multipart(form).send().await.unwrap()
    }

    /// Uploads and waits for the import's end.
    pub async fn import(&self, account: &str, name: &str, bytes: impl Into<Vec<u8>>) -> Value {
        let answer = self.upload(account, name, bytes).await;
        let (status, body) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(status, StatusCode::ACCEPTED, "{body}");
        let import: Value = serde_json::from_str(&body).unwrap();
        self.finished(import["id"].as_str().unwrap()).await
    }

    pub async fn finished(&self, import: &str) -> Value {
        eventually("the import's end", async || {
            let import = self.get(&format!("/v1/imports/{import}")).await;
            let ended = ["completed", "failed"].contains(&import["status"].as_str()?);
            ended.then_some(import)
        })
        .await
    }

    /// Asks for an export and waits for its end: its id.
    pub async fn exported(&self) -> String {
        let begun = self.send(Method::POST, "/v1/me/export", None).await;
        assert_eq!(begun.status(), StatusCode::ACCEPTED);
        let begun: Value = begun.json().await.unwrap();
        let id = begun["id"].as_str().unwrap().to_owned();
        eventually("the export", async || {
            let export = self.get(&format!("/v1/me/exports/{id}")).await;
            (export["status"] == "completed").then_some(())
        })
        .await;
        eventually("the notice of the export", async || {
            let inbox = self.get("/v1/notifications").await;
            inbox["items"].as_array()?.iter().any(|item| item["subject_id"] == id.as_str()).then_some(())
        })
        .await;
        id
    }

    /// Waits until statistics count this many closed trades.
    pub async fn until_statistics(&self, trades: u64) -> Value {
        eventually("the statistics", async || {
            let summary = self.get("/v1/analytics/summary").await;
            (summary["trades"] == trades).then_some(summary)
        })
        .await
    }

    pub async fn live(&self, query: &str) -> Live {
        let url = format!("{}/v1/stream{query}", self.gateway.replacen("http", "ws", 1));
        let mut request = url.into_client_request().unwrap();
        let authorization = format!("Bearer {}", self.access_token).parse().unwrap();
        request.headers_mut().insert("authorization", authorization);
        Live { socket: connect_async(request).await.unwrap().0 }
    }
}

/// An open live stream.
pub struct Live {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Live {
    /// The next message, or the code that the stream was closed with.
    pub async fn next(&mut self) -> Result<Value, u16> {
        loop {
            let message = tokio::time::timeout(std::time::Duration::from_mins(1), self.socket.next()).await;
            match message.unwrap() {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(Some(frame)))) => return Err(frame.code.into()),
                Some(Ok(Message::Close(None)) | Err(_)) | None => return Err(0),
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Binary(_) | Message::Frame(_))) => {}
            }
        }
    }

    /// Reads until a message of this type.
    pub async fn until(&mut self, kind: &str) -> Value {
        loop {
            let message = self.next().await.unwrap();
            if message["type"] == kind {
                return message;
            }
        }
    }

    /// Reads until a message of each type was there, in any order.
    pub async fn until_each<const N: usize>(&mut self, kinds: [&str; N]) -> [Value; N] {
        let mut found = [const { Value::Null }; N];
        while found.contains(&Value::Null) {
            let message = self.next().await.unwrap();
            if let Some(place) = kinds.iter().position(|kind| message["type"] == *kind) {
                found[place] = message;
            }
        }
        found
    }

    /// Reads until the stream is closed.
    pub async fn closed(&mut self) -> u16 {
        loop {
            if let Err(code) = self.next().await {
                return code;
            }
        }
    }
}

/// A generic CSV of closed round trips: `trips` times one share bought and sold a minute later for `gain` more.
pub fn round_trips(trips: usize, gain: &str) -> String {
    use std::fmt::Write as _;
    let mut text = "timestamp,symbol,side,quantity,price,execution_id\n".to_owned();
    for n in 0..trips {
        let (day, minute) = (1 + n / 700 % 28, n % 700);
        let (hour, minute) = (10 + minute / 60, minute % 60);
        let symbol = format!("S{:03}", n % 150);
        writeln!(text, "2026-02-{day:02}T{hour:02}:{minute:02}:00Z,{symbol},buy,1,100,B{n}").unwrap();
        writeln!(text, "2026-02-{day:02}T{hour:02}:{minute:02}:30Z,{symbol},sell,1,{gain},S{n}").unwrap();
    }
    text
}
