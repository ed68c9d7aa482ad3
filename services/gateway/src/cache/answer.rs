//! One finished answer: status 200, its bytes, and what is said of them.

use crate::problem::Problem;
use axum::{
    body::{Body, Bytes, to_bytes},
    response::{IntoResponse as _, Response},
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use time::OffsetDateTime;

const HEADERS: usize = 4;
/// What an answer says of its body. Everything else is of the request that it answers.
const TOLD: [HeaderName; HEADERS] =
    [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::ETAG, header::VARY];

/// A finished answer. Clones share its bytes.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// When it was given.
    pub at: OffsetDateTime,
    told: [Option<HeaderValue>; HEADERS],
    body: Bytes,
}

impl Answer {
    /// Of a response; what is no success is given back.
    pub async fn of(response: Response, at: OffsetDateTime) -> Result<Self, Response> {
        if response.status() != StatusCode::OK {
            return Err(response);
        }
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await;
        let body =
            body.map_err(|_| Problem::of_framework(StatusCode::INTERNAL_SERVER_ERROR).into_response())?;
        Ok(Self { at, told: TOLD.map(|name| head.headers.get(name).cloned()), body })
    }

    /// Bytes that it takes.
    pub fn size(&self) -> usize {
        let told = self.told.iter().flatten().map(HeaderValue::len);
        told.sum::<usize>() + self.body.len() + size_of::<Self>()
    }

    /// As it stands in Redis: milliseconds, each header with its length, the body.
    pub fn to_bytes(&self) -> Vec<u8> {
        let milliseconds = self.at.unix_timestamp_nanos().div_euclid(1_000_000);
        let mut bytes = i64::try_from(milliseconds).unwrap_or_default().to_be_bytes().to_vec();
        for value in &self.told {
            let value = value.as_ref().map(HeaderValue::as_bytes).unwrap_or_default();
            bytes.extend(u16::try_from(value.len()).unwrap_or_default().to_be_bytes());
            bytes.extend(value);
        }
        bytes.extend(&self.body);
        bytes
    }

    /// What [`to_bytes`](Self::to_bytes) wrote.
    pub fn parse(bytes: &Bytes) -> Option<Self> {
        let (milliseconds, mut rest) = bytes.split_first_chunk::<8>()?;
        let nanos = i128::from(i64::from_be_bytes(*milliseconds)) * 1_000_000;
        let mut told = [const { None }; HEADERS];
        for value in &mut told {
            let (length, behind) = rest.split_first_chunk::<2>()?;
            let (text, behind) = behind.split_at_checked(u16::from_be_bytes(*length).into())?;
            *value = HeaderValue::from_bytes(text).ok().filter(|text| !text.is_empty());
            rest = behind;
        }
        let at = OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()?;
        Some(Self { at, told, body: bytes.slice_ref(rest) })
    }
}

impl From<Answer> for Response {
    fn from(answer: Answer) -> Self {
        let mut response = Self::new(Body::from(answer.body));
        for (name, value) in TOLD.into_iter().zip(answer.told) {
            if let Some(value) = value {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_comes_back_from_redis_as_it_was() {
        let response = ([(header::ETAG, "W/\"x\""), (header::DATE, "gone")], "body").into_response();
        let at = OffsetDateTime::from_unix_timestamp(1_000).unwrap();
        let answer = Answer::of(response, at).await.unwrap();

        let back = Answer::parse(&answer.to_bytes().into()).unwrap();

        assert_eq!(back.at, at);
        let response = Response::from(back);
        assert_eq!(response.headers()["etag"], "W/\"x\"");
        assert!(!response.headers().contains_key("date"));
        assert_eq!(to_bytes(response.into_body(), 9).await.unwrap(), "body");
    }

    #[tokio::test]
    async fn errors_are_not_kept() {
        let refused = Problem::not_found().into_response();
        assert!(Answer::of(refused, OffsetDateTime::UNIX_EPOCH).await.is_err());
    }

    #[test]
    fn what_is_cut_is_no_answer() {
        for cut in [&b""[..], b"1234567", b"12345678\0", b"12345678\0\x09short"] {
            assert!(Answer::parse(&Bytes::from_static(cut)).is_none());
        }
    }
}
