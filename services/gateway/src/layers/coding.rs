//! Bodies in fewer bytes: gzip, br or zstd, as the client likes best.

use crate::conditional::CODINGS;
use axum::{extract::Request, middleware::Next, response::Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer, Predicate,
        predicate::{NotForContentType, SizeAbove},
    },
};

/// Smaller bodies fit a packet or two as they are.
const WORTH_IT: u64 = 1024;

/// Compresses what is large enough, but neither what is compressed already nor streams, whose messages would wait in a buffer.
/// Level 4: the higher ones cost more time than the bytes that they save.
pub(crate) fn compression() -> CompressionLayer<impl Predicate> {
    let compressed = ["image/", "application/zip", "application/gzip", "application/pdf", "font/woff2"];
    let [image, zip, gzip, pdf, font] = compressed.map(NotForContentType::const_new);
    let worth_it = SizeAbove::new(WORTH_IT)
        .and(NotForContentType::SSE)
        .and(NotForContentType::GRPC)
        .and(image)
        .and(zip)
        .and(gzip)
        .and(pdf)
        .and(font);
    CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(worth_it)
}

/// Leaves one coding of those that a client accepts, and gives the strong tag of coded bytes their coding.
pub(super) async fn negotiated(mut request: Request, next: Next) -> Response {
    let coding = preferred(request.headers());
    request.headers_mut().remove(header::ACCEPT_ENCODING);
    if let Some(coding) = coding {
        request.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static(coding));
    }
    let mut response = next.run(request).await;
    if let Some(tag) = coded_tag(response.headers()) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    if response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().remove(header::CONTENT_ENCODING);
    }
    response
}

/// The tag of other bytes than before. A weak one means them as well.
fn coded_tag(headers: &HeaderMap) -> Option<HeaderValue> {
    let tag = headers.get(header::ETAG)?.to_str().ok()?;
    let coding = headers.get(header::CONTENT_ENCODING)?.to_str().ok()?;
    let strong = tag.strip_suffix('"').filter(|tag| tag.starts_with('"'))?;
    HeaderValue::from_str(&format!("{strong}+{coding}\"")).ok()
}

/// What a client likes best of what we have; of equals, what costs least. `None`: it takes bodies as they are.
fn preferred(headers: &HeaderMap) -> Option<&'static str> {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let accepted: Vec<(&str, u16)> = lines.flat_map(|line| line.split(',')).filter_map(weighed).collect();
    let weight = |coding: &str| {
        let told = |name: &str| accepted.iter().find(|(told, _)| told.eq_ignore_ascii_case(name));
        told(coding).or_else(|| told("*")).map_or(0, |(_, weight)| *weight)
    };
    // Of equals the last.
    CODINGS.into_iter().filter(|coding| weight(coding) > 0).max_by_key(|coding| weight(coding))
}

/// `gzip;q=0.5`: the coding, and its weight in thousandths. `None` for what cannot be read.
fn weighed(item: &str) -> Option<(&str, u16)> {
    let mut parts = item.split(';').map(str::trim);
    let coding = parts.next().filter(|coding| !coding.is_empty())?;
    let Some(weight) = parts.next() else { return Some((coding, 1_000)) };
    let weight = weight.strip_prefix("q=").or_else(|| weight.strip_prefix("Q="))?;
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok().filter(|_| decimals.len() <= 3)?;
    let weight = whole.parse::<u16>().ok()?.checked_mul(1_000)?.checked_add(thousandths)?;
    (weight <= 1_000).then_some((coding, weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_chooses_and_we_choose_between_equals() {
        for (accepted, coding) in [
            ("", None),
            ("identity", None),
            ("gzip", Some("gzip")),
            ("gzip, deflate, br", Some("br")),
            ("gzip, deflate, br, zstd", Some("zstd")),
            ("br;q=0.5, GZIP;q=0.8, zstd;q=0", Some("gzip")),
            ("*", Some("zstd")),
            ("*;q=0.1, zstd;q=0", Some("br")),
            ("gzip;q=0", None),
            ("identity;q=0", None),
            ("*;q=0", None),
            ("gzip;q=1.5, br;q=x, zstd;q=0.0001", None),
        ] {
            let headers =
                HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
            assert_eq!(preferred(&headers), coding, "{accepted}");
        }
    }

    #[test]
    fn coded_bytes_have_a_strong_tag_of_their_own() {
        let tag = |tag: &'static str, coding: Option<&'static str>| {
            let mut headers = HeaderMap::from_iter([(header::ETAG, HeaderValue::from_static(tag))]);
            if let Some(coding) = coding {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
            }
            coded_tag(&headers)
        };

        assert_eq!(tag("\"3-ab\"", Some("gzip")).unwrap(), "\"3-ab+gzip\"");
        assert_eq!(tag("W/\"ab\"", Some("gzip")), None);
        assert_eq!(tag("\"3-ab\"", None), None);
    }
}
