//! Tokens that are cut, padded, altered, nested or no tokens at all.

use super::{BadToken, Forge};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD},
};
use serde_json::json;

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(super) fn bad(forge: &Forge) -> Vec<BadToken> {
    let mut tokens = parts(forge);
    tokens.extend(spelling(forge));
    tokens.extend(garbage(forge));
    tokens
}

/// Parts that are missing, empty, too many or of another token.
fn parts(forge: &Forge) -> Vec<BadToken> {
    let good = forge.sign(&forge.claims());
    let (message, signature) = good.rsplit_once('.').unwrap();
    let (header, claims) = message.split_once('.').unwrap();
    let other = URL_SAFE_NO_PAD.encode(forge.claims().to_string());
    let nested = forge.sign_text(&forge.header().to_string(), good.as_bytes());
    [
        ("nothing", String::new()),
        ("one dot", ".".to_owned()),
        ("two dots", "..".to_owned()),
        ("no signature", message.to_owned()),
        ("an empty signature", format!("{message}.")),
        ("an empty header", format!(".{claims}.{signature}")),
        ("empty claims", format!("{header}..{signature}")),
        ("empty claims, signed", forge.sign_encoded(&format!("{header}."))),
        ("a fourth part", format!("{good}.{signature}")),
        ("five parts, as an encrypted token has", format!("{good}.{claims}.{signature}")),
        ("a dot behind it", format!("{good}.")),
        ("a dot before it", format!(".{good}")),
        ("the claims of another token", format!("{header}.{other}.{signature}")),
        ("half a signature", format!("{message}.{}", signature.get(..43).unwrap())),
        ("two signatures", format!("{good}{signature}")),
        ("a token within a token", nested),
        ("claims that are a list", forge.sign_text(&forge.header().to_string(), b"[]")),
        ("claims that are not JSON", forge.sign_text(&forge.header().to_string(), b"sub=me")),
        (
            "claims with something behind them",
            forge.sign_text(&forge.header().to_string(), format!("{} x", forge.claims()).as_bytes()),
        ),
        ("deep claims", forge.sign_text(&forge.header().to_string(), &b"[".repeat(2_000))),
    ]
    .map(|(name, token)| BadToken::new(name, token))
    .into()
}

/// The same token in another spelling.
fn spelling(forge: &Forge) -> Vec<BadToken> {
    let good = forge.sign(&forge.claims());
    let (message, signature) = good.rsplit_once('.').unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let mut tokens: Vec<BadToken> = [
        ("padding behind the signature", format!("{message}.{}", URL_SAFE.encode(&bytes))),
        ("a space before it", format!(" {good}")),
        ("a tab within it", good.replacen('.', ".\t", 1)),
        ("a space within it", good.replacen('.', ". ", 1)),
        ("a line feed within it", good.replacen('.', ".\n", 1)),
        ("NUL behind it", format!("{good}\0")),
        ("something behind it", format!("{good}x")),
        ("a comma and another token behind it", format!("{good},{good}")),
        ("a semicolon behind it", format!("{good};")),
        ("quotes around it", format!("\"{good}\"")),
        ("Bearer twice", format!("Bearer {good}")),
        ("percent-encoded dots", good.replace('.', "%2e")),
        ("full-width dots", good.replace('.', "\u{ff0e}")),
        ("a zero-width space within it", good.replacen('.', ".\u{200b}", 1)),
        ("upper case", good.to_uppercase()),
        ("lower case", good.to_lowercase()),
        ("padded parts, signed", forge.sign_encoded(&padded(forge))),
        ("claims in another alphabet, signed", forge.sign_encoded(&in_another_alphabet(forge))),
    ]
    .map(|(name, token)| BadToken::new(name, token))
    .into();
    // 86 letters carry 4 bits more than 64 bytes: they must be zero.
    let last = *signature.as_bytes().last().unwrap();
    let place = ALPHABET.iter().position(|letter| *letter == last).unwrap();
    let twin = char::from(*ALPHABET.get(place + 1).unwrap());
    let mut altered = good.clone();
    altered.pop();
    altered.push(twin);
    tokens.push(BadToken::new("unused bits of the signature set", altered));
    tokens
}

fn padded(forge: &Forge) -> String {
    // Lengths that need padding.
    let header = format!("{} ", forge.header());
    let header = if header.len().is_multiple_of(3) { format!("{header} ") } else { header };
    let claims = format!("{} ", forge.claims());
    let claims = if claims.len().is_multiple_of(3) { format!("{claims} ") } else { claims };
    format!("{}.{}", STANDARD.encode(header), STANDARD.encode(claims))
}

/// Claims whose base64 has a plus sign where base64url has a minus.
fn in_another_alphabet(forge: &Forge) -> String {
    let claims = forge.claims_with("more", json!("~~~~~~")).to_string();
    format!("{}.{}", URL_SAFE_NO_PAD.encode(forge.header().to_string()), STANDARD_NO_PAD.encode(claims))
}

/// No tokens.
fn garbage(forge: &Forge) -> Vec<BadToken> {
    let good = forge.sign(&forge.claims());
    let (message, signature) = good.rsplit_once('.').unwrap();
    let long = format!("{{\"padding\":\"{}\",", "a".repeat(6_000));
    let long = forge.claims().to_string().replacen('{', &long, 1);
    vec![
        BadToken::new("garbage", "garbage"),
        BadToken::new("dots and letters", "a.b.c"),
        BadToken::new("64 KiB of letters", "a".repeat(64 * 1024)),
        BadToken::new("64 KiB of dots", ".".repeat(64 * 1024)),
        BadToken::new(
            "8 KiB of claims, signed",
            forge.sign_text(&forge.header().to_string(), long.as_bytes()),
        ),
        BadToken::new("a signature of zeros", format!("{message}.{}", URL_SAFE_NO_PAD.encode([0; 64]))),
        BadToken::new("a signature of ones", format!("{message}.{}", URL_SAFE_NO_PAD.encode([0xff; 64]))),
        BadToken::new("the signature alone", signature),
        BadToken::new("an API key's look", "jrn_00000000000000000000000000000000"),
        BadToken::new("a refresh token's look", URL_SAFE_NO_PAD.encode([7; 32])),
        BadToken::new("not UTF-8", b"\xff\xfe.\x80.\xc3\x28".to_vec()),
        BadToken::new("not UTF-8 behind it", [good.as_bytes(), b"\xff"].concat()),
        BadToken::new(
            "claims that are not UTF-8, signed",
            forge.sign_text(&forge.header().to_string(), b"{\"iss\":\"\xff\"}"),
        ),
    ]
}
