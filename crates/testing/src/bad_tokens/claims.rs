//! Well signed tokens that say something else than auth does.

use super::{BadToken, Forge};
use serde_json::{Value, json};
use uuid::Uuid;

pub(super) fn bad(forge: &Forge) -> Vec<BadToken> {
    let mut tokens = each_claim(forge);
    tokens.extend(times(forge));
    tokens.extend(names(forge));
    tokens.extend(rights(forge));
    tokens
}

/// Each claim missing, null, mistyped and twice.
fn each_claim(forge: &Forge) -> Vec<BadToken> {
    let mut tokens = Vec::new();
    for name in ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti"] {
        let mut claims = forge.claims();
        let value = claims.as_object_mut().unwrap().remove(name).unwrap();
        tokens.push(BadToken::new(&format!("{name} missing"), forge.sign(&claims)));
        let mistyped = if value.is_string() { json!(7) } else { json!(value.to_string()) };
        for wrong in [Value::Null, mistyped, json!([value]), json!({}), json!(true)] {
            let token = forge.sign(&forge.claims_with(name, wrong.clone()));
            tokens.push(BadToken::new(&format!("{name} {wrong}"), token));
        }
        let twice = forge.claims().to_string().replacen('{', &format!("{{\"{name}\":{value},"), 1);
        let token = forge.sign_text(&forge.header().to_string(), twice.as_bytes());
        tokens.push(BadToken::new(&format!("{name} twice"), token));
    }
    tokens
}

/// Times that are over, not yet, too long apart, or no times.
fn times(forge: &Forge) -> Vec<BadToken> {
    let now = forge.now;
    let mut tokens = Vec::new();
    for (name, iat, nbf, exp) in [
        ("expired 90 s ago", now - 390, now - 390, now - 90),
        ("valid in 90 s", now, now + 90, now + 300),
        ("issued in 90 s", now + 90, now, now + 300),
        ("a life of an hour", now, now, now + 3_600),
        ("a life of ten thousand years", now, now, now + 315_000_000_000),
        ("expires before it is issued", now + 20, now, now + 10),
        ("expires before the Big Bang", now, now, i64::MIN),
        ("never expires", now, now, i64::MAX),
        ("issued before the Big Bang", i64::MIN, now, now + 300),
        ("valid before the Big Bang, for ever", i64::MIN, i64::MIN, i64::MAX),
    ] {
        let mut claims = forge.claims();
        for (claim, value) in [("iat", iat), ("nbf", nbf), ("exp", exp)] {
            claims.as_object_mut().unwrap().insert(claim.to_owned(), json!(value));
        }
        tokens.push(BadToken::new(name, forge.sign(&claims)));
    }
    for claim in ["exp", "nbf", "iat"] {
        for number in
            ["1e400", "-1e400", "1.5", "1e3", "9223372036854775808", "NaN", "Infinity", "0x7fffffff"]
        {
            let good = forge.claims();
            let told = format!("\"{claim}\":{}", good.get(claim).unwrap());
            let text = good.to_string().replace(&told, &format!("\"{claim}\":{number}"));
            let token = forge.sign_text(&forge.header().to_string(), text.as_bytes());
            tokens.push(BadToken::new(&format!("{claim} {number}"), token));
        }
    }
    tokens
}

/// Somebody else's issuer or audience, look-alikes included.
fn names(forge: &Forge) -> Vec<BadToken> {
    let mut tokens = Vec::new();
    for (claim, value) in [
        ("iss", json!("someone-else")),
        ("iss", json!("journal-auth ")),
        ("iss", json!("Journal-Auth")),
        ("iss", json!("journal\u{2011}auth")),
        ("iss", json!("j\u{043e}urnal-auth")),
        ("iss", json!("journal-auth\u{0}")),
        ("aud", json!("trades")),
        ("aud", json!("journal-admin")),
        ("aud", json!("journ\u{0430}l")),
        ("aud", json!(["journal", "another-service"])),
        ("aud", json!("")),
        ("sub", json!("")),
        ("sub", json!("../admin")),
        ("sub", json!("' OR 1=1 --")),
        ("sid", json!("not-an-id")),
        ("jti", json!("not-an-id")),
    ] {
        let token = forge.sign(&forge.claims_with(claim, value.clone()));
        tokens.push(BadToken::new(&format!("{claim} {value}"), token));
    }
    tokens
}

/// Scopes, actors and roles that auth never writes.
fn rights(forge: &Forge) -> Vec<BadToken> {
    let mut tokens = Vec::new();
    for (claim, value) in [
        ("scope", Value::Null),
        ("scope", json!("")),
        ("scope", json!("admin")),
        ("scope", json!("READ")),
        ("scope", json!("read write")),
        ("scope", json!(["read"])),
        ("act", Value::Null),
        ("act", json!("")),
        ("act", json!({})),
        ("act", json!({"sub": 7})),
        ("act", json!({"sub": Uuid::now_v7(), "scope": "write"})),
        ("act", json!({"sub": Uuid::now_v7()})),
        ("role", Value::Null),
        ("role", json!("")),
        ("role", json!("root")),
        ("role", json!("ADMIN")),
        ("role", json!(["admin"])),
        ("role", json!(true)),
    ] {
        let token = forge.sign(&forge.claims_with(claim, value.clone()));
        tokens.push(BadToken::new(&format!("{claim} {value}"), token));
    }
    let mut writes = forge.claims_with("scope", json!("write"));
    writes.as_object_mut().unwrap().insert("act".to_owned(), json!({"sub": Uuid::now_v7()}));
    tokens.push(BadToken::new("an actor who writes", forge.sign(&writes)));
    let mut key = forge.claims_with("scope", json!("write"));
    key.as_object_mut().unwrap().insert("role".to_owned(), json!("admin"));
    tokens.push(BadToken::new("a key with a role", forge.sign(&key)));
    tokens
}
