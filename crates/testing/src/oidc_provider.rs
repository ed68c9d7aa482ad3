//! A small OpenID Connect provider over real HTTP, honest or in one way not.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use runtime::Clock;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{net::TcpListener, task::JoinSet};

/// How we are known to it.
const CLIENT_ID: &str = "journal";
/// What it knows us by.
const CLIENT_SECRET: &str = "provider-secret";

const KEY_ID: &str = "key-1";

/// Whoever signs in there.
#[derive(Clone, Debug)]
pub struct Person {
    /// The provider's name for them.
    pub subject: String,
    /// If it tells one.
    pub email: Option<String>,
    /// Whether it vouches for it.
    pub email_verified: bool,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug)]
pub enum Lie {
    /// Nothing.
    None,
    /// The claims are edited before they are signed.
    Claims(fn(&mut Value)),
    /// The token says that it is not signed.
    Unsigned,
    /// It is signed with the public key as a shared secret.
    Symmetric,
    /// It is signed with another key of the same name.
    OtherKey,
    /// It names a key that there is not.
    UnknownKey,
    /// It is no token.
    Garbage,
    /// There is none.
    Missing,
    /// The token endpoint sends elsewhere.
    Redirect,
    /// It never stops to answer.
    Endless,
    /// It answers 500.
    Down,
}

struct Grant {
    nonce: String,
    challenge: String,
    redirect_uri: String,
    person: Person,
}

struct Inner {
    url: String,
    key: EcdsaKeyPair,
    lie: Mutex<Lie>,
    /// What the configuration says instead.
    configuration: Mutex<fn(&mut Value)>,
    grants: Mutex<HashMap<String, Grant>>,
    keys_asked: AtomicUsize,
}

/// Serves until it is dropped.
pub struct OidcProvider {
    inner: Arc<Inner>,
    _tasks: JoinSet<()>,
}

impl OidcProvider {
    /// On a free port, and honest.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let inner = Arc::new(Inner {
            url: format!("http://{}", listener.local_addr().unwrap()),
            key: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap(),
            lie: Mutex::new(Lie::None),
            configuration: Mutex::new(|_| ()),
            grants: Mutex::default(),
            keys_asked: AtomicUsize::new(0),
        });
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&inner));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { inner, _tasks: tasks }
    }

    /// What it calls itself.
    pub fn issuer(&self) -> &str {
        &self.inner.url
    }

    /// For `OIDC_PROVIDERS`, under the name "local".
    pub fn settings(&self) -> String {
        json!([{"name": "local", "issuer": self.inner.url, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET,
            "local": true}])
        .to_string()
    }

    /// From now on.
    pub fn tell(&self, lie: Lie) {
        *self.inner.lie.lock().unwrap() = lie;
    }

    /// From now on the configuration says something else.
    pub fn configure(&self, edit: fn(&mut Value)) {
        *self.inner.configuration.lock().unwrap() = edit;
    }

    /// How often its keys were asked for.
    pub fn keys_asked(&self) -> usize {
        self.inner.keys_asked.load(Ordering::Relaxed)
    }

    /// A person signs in on its page: the parameters that the browser brings back.
    pub fn consent(&self, authorization_url: &str, person: &Person) -> HashMap<String, String> {
        let url = reqwest::Url::parse(authorization_url).unwrap();
        assert!(
            authorization_url.starts_with(&format!("{}/authorize?", self.inner.url)),
            "{authorization_url}"
        );
        let asked: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", CLIENT_ID));
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid"));
        let code = uuid::Uuid::new_v4().to_string();
        let grant = Grant {
            nonce: asked["nonce"].clone(),
            challenge: asked["code_challenge"].clone(),
            redirect_uri: asked["redirect_uri"].clone(),
            person: person.clone(),
        };
        self.inner.grants.lock().unwrap().insert(code.clone(), grant);
        let brought = [("code", code), ("state", asked["state"].clone()), ("iss", self.inner.url.clone())];
        brought.map(|(name, value)| (name.to_owned(), value)).into()
    }
}

async fn configuration(State(inner): State<Arc<Inner>>) -> Json<Value> {
    let url = &inner.url;
    let mut document = json!({"issuer": url, "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"), "jwks_uri": format!("{url}/keys")});
    (inner.configuration.lock().unwrap())(&mut document);
    Json(document)
}

async fn keys(State(inner): State<Arc<Inner>>) -> Json<Value> {
    inner.keys_asked.fetch_add(1, Ordering::Relaxed);
    let (x, y) = inner.key.public_key().as_ref()[1..].split_at(32);
    let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
    Json(
        json!({"keys": [{"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": KEY_ID, "x": x, "y": y}]}),
    )
}

async fn token(
    State(inner): State<Arc<Inner>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let credentials = format!("Basic {}", STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}")));
    let lie = *inner.lie.lock().unwrap();
    let grant = inner.grants.lock().unwrap().remove(&form["code"]);
    let proven = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    let Some(grant) = grant.filter(|grant| {
        grant.challenge == proven
            && grant.redirect_uri == form["redirect_uri"]
            && form["grant_type"] == "authorization_code"
            && headers[header::AUTHORIZATION] == credentials
    }) else {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"}))).into_response();
    };
    match lie {
        Lie::Missing => Json(json!({"access_token": "x"})).into_response(),
        Lie::Garbage => Json(json!({"id_token": "garbage"})).into_response(),
        Lie::Redirect => Redirect::temporary("http://169.254.169.254/latest/meta-data").into_response(),
        Lie::Endless => vec![b' '; 1 << 20].into_response(),
        Lie::Down => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Lie::None | Lie::Claims(_) | Lie::Unsigned | Lie::Symmetric | Lie::OtherKey | Lie::UnknownKey => {
            Json(json!({"access_token": "x", "id_token": inner.id_token(&grant, lie)})).into_response()
        }
    }
}

impl Inner {
    fn id_token(&self, grant: &Grant, lie: Lie) -> String {
        let now = Clock::system().now().unix_timestamp();
        let mut claims = json!({"iss": self.url, "aud": CLIENT_ID, "sub": grant.person.subject, "iat": now,
            "exp": now + 300, "nonce": grant.nonce, "email": grant.person.email,
            "email_verified": grant.person.email_verified, "name": "Ada"});
        if let Lie::Claims(edit) = lie {
            edit(&mut claims);
        }
        let kid = if matches!(lie, Lie::UnknownKey) { "key-2" } else { KEY_ID };
        let mut header = Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::ES256) };
        let own = EncodingKey::from_ec_der(self.key.to_pkcs8v1().unwrap().as_ref());
        match lie {
            Lie::Unsigned => {
                let head = URL_SAFE_NO_PAD.encode(json!({"alg": "none", "kid": KEY_ID}).to_string());
                format!("{head}.{}.", URL_SAFE_NO_PAD.encode(claims.to_string()))
            }
            Lie::Symmetric => {
                header.alg = Algorithm::HS256;
                encode(&header, &claims, &EncodingKey::from_secret(self.key.public_key().as_ref())).unwrap()
            }
            Lie::OtherKey => {
                let other = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
                let other = EncodingKey::from_ec_der(other.to_pkcs8v1().unwrap().as_ref());
                encode(&header, &claims, &other).unwrap()
            }
            Lie::None
            | Lie::Claims(_)
            | Lie::UnknownKey
            | Lie::Garbage
            | Lie::Missing
            | Lie::Redirect
            | Lie::Endless
            | Lie::Down => encode(&header, &claims, &own).unwrap(),
        }
    }
}
