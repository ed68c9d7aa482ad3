//! Tokens with another header than auth writes.

use super::{BadToken, Forge};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::Issuer;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};
use time::OffsetDateTime;

pub(super) fn bad(forge: &Forge) -> Vec<BadToken> {
    let mut tokens = algorithms(forge);
    tokens.extend(keys(forge));
    tokens.extend(members(forge));
    tokens
}

/// The token would like to choose how it is checked.
fn algorithms(forge: &Forge) -> Vec<BadToken> {
    let claims = forge.claims().to_string();
    let encode = |header: &Value| {
        format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(&claims))
    };
    let mut tokens = Vec::new();
    for alg in ["none", "None", "NONE", "nOnE", ""] {
        let message = encode(&forge.header_with("alg", json!(alg)));
        tokens.push(BadToken::new(&format!("alg {alg:?} and no signature"), format!("{message}.")));
        tokens.push(BadToken::new(&format!("alg {alg:?}, signed"), forge.sign_encoded(&message)));
    }
    let message = encode(&forge.header_with("alg", json!("HS256")));
    let public: Value = serde_json::from_str(&forge.jwks).unwrap();
    let x = public.pointer("/keys/0/x").and_then(Value::as_str).unwrap();
    let secrets: [(&str, Vec<u8>); 4] = [
        ("the public key's text", x.as_bytes().to_vec()),
        ("the public key's bytes", URL_SAFE_NO_PAD.decode(x).unwrap()),
        ("the key set's text", forge.jwks.as_bytes().to_vec()),
        ("nothing", Vec::new()),
    ];
    for (name, secret) in secrets {
        let key = EncodingKey::from_secret(&secret);
        let signature = crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
        tokens.push(BadToken::new(&format!("HS256 with {name} as secret"), format!("{message}.{signature}")));
    }
    for alg in ["HS256", "RS256", "ES256", "PS512", "Ed25519", "EdDSA ", "eddsa", "\u{0395}dDSA"] {
        let header = forge.header_with("alg", json!(alg)).to_string();
        tokens.push(BadToken::new(
            &format!("alg {alg:?}, signed"),
            forge.sign_text(&header, claims.as_bytes()),
        ));
    }
    tokens
}

/// The token would like to choose the key.
fn keys(forge: &Forge) -> Vec<BadToken> {
    let claims = forge.claims().to_string();
    let stranger = Forge::new(&Issuer::generate_pem().unwrap(), OffsetDateTime::UNIX_EPOCH);
    let jwk: Value = serde_json::from_str(&stranger.jwks).unwrap();
    let jwk = jwk.pointer("/keys/0").unwrap();
    let mut tokens = vec![
        BadToken::new(
            "another key under its own id",
            stranger.sign_text(&stranger.header().to_string(), claims.as_bytes()),
        ),
        BadToken::new(
            "another key under our id",
            stranger.sign_text(&forge.header().to_string(), claims.as_bytes()),
        ),
    ];
    for (name, value) in [
        ("jwk", jwk.clone()),
        ("jku", json!("https://evil.example/jwks.json")),
        ("x5u", json!("https://evil.example/cert.pem")),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("dGh1bWI")),
    ] {
        let header = forge.header_with(name, value).to_string();
        tokens.push(BadToken::new(
            &format!("{name} and another key"),
            stranger.sign_text(&header, claims.as_bytes()),
        ));
        tokens
            .push(BadToken::new(&format!("{name} and our key"), forge.sign_text(&header, claims.as_bytes())));
    }
    for kid in [
        json!("../../../../dev/null"),
        json!("/proc/sys/kernel/randomize_va_space"),
        json!("' UNION SELECT 'key' --"),
        json!("x' OR '1'='1"),
        json!("|/bin/true"),
        json!(""),
        json!(format!("{}\u{0}", forge.kid)),
        json!(format!(" {}", forge.kid)),
        json!(null),
        json!(0),
        json!([forge.kid]),
    ] {
        let header = forge.header_with("kid", kid.clone()).to_string();
        tokens.push(BadToken::new(&format!("kid {kid}"), forge.sign_text(&header, claims.as_bytes())));
    }
    tokens
}

/// Members that are missing, twice, of another kind or unknown.
fn members(forge: &Forge) -> Vec<BadToken> {
    let claims = forge.claims().to_string();
    let mut tokens = Vec::new();
    let mut push = |name: &str, header: &str| {
        tokens.push(BadToken::new(name, forge.sign_text(header, claims.as_bytes())));
    };
    for name in ["alg", "typ", "kid"] {
        let mut header = forge.header();
        let value = header.as_object_mut().unwrap().remove(name).unwrap();
        push(&format!("header without {name}"), &header.to_string());
        let twice = forge.header().to_string().replacen('{', &format!("{{\"{name}\":{value},"), 1);
        push(&format!("header with {name} twice"), &twice);
        push(&format!("header with {name} as a number"), &forge.header_with(name, json!(7)).to_string());
    }
    for typ in
        ["JWT", "rt+jwt", "refresh+jwt", "at+JWT", "application/at+jwt", "\u{0430}t+jwt", "at+jwt\u{200b}"]
    {
        push(&format!("typ {typ:?}"), &forge.header_with("typ", json!(typ)).to_string());
    }
    push("crit that is not understood", &forge.header_with("crit", json!(["b64"])).to_string());
    push("b64 false", &forge.header_with("b64", json!(false)).to_string());
    push("cty JWT", &forge.header_with("cty", json!("JWT")).to_string());
    push("zip DEF", &forge.header_with("zip", json!("DEF")).to_string());
    push("enc as of an encrypted token", &forge.header_with("enc", json!("A256GCM")).to_string());
    push("a header that is a list", "[]");
    push("a header that is null", "null");
    push("a header that is not JSON", "alg=EdDSA");
    push("a header with something behind it", &format!("{} x", forge.header()));
    push("a deep header", &"[".repeat(2_000));
    tokens
}
