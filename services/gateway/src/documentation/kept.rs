//! Answers that are the same for everybody until the process ends: tagged and compressed once, not for each who asks. Everybody may ask, and
//! nobody is counted.

use crate::layers;
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{MatchedPath, RawPathParams, Request, State},
    middleware::{self, Next},
    response::Response,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use std::{
    collections::HashMap,
    iter,
    sync::{Arc, PoisonError, RwLock},
};

/// Some files, each in some codings.
const MOST: usize = 100;

/// Keeps what these routes answer, and nothing of what is not found beside them.
pub(super) fn for_good(routes: Router) -> Router {
    routes
        .route_layer(middleware::from_fn(layers::tagged))
        .route_layer(layers::compression())
        .route_layer(middleware::from_fn_with_state(Kept::default(), kept))
}

#[derive(Clone, Default)]
struct Kept(Arc<RwLock<HashMap<Asked, Answer>>>);

/// What is asked for, however its path is escaped: else whoever writes one name in a hundred ways would have it made each time, and
/// all of them kept. And the one coding that the client is given.
type Asked = (Vec<String>, Option<String>);

#[derive(Clone)]
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

async fn kept(
    State(Kept(answers)): State<Kept>,
    (route, names): (MatchedPath, RawPathParams),
    mut request: Request,
    next: Next,
) -> Response {
    let (is_get, is_head) = (request.method() == Method::GET, request.method() == Method::HEAD);
    if !is_get && !is_head {
        return next.run(request).await;
    }
    // What is told of a body is told without it: the body has to be made all the same.
    *request.method_mut() = Method::GET;
    let coding = request.headers().get(header::ACCEPT_ENCODING).and_then(|coding| coding.to_str().ok());
    let names = names.iter().map(|(_, name)| name.to_owned());
    let asked = (iter::once(route.as_str().to_owned()).chain(names).collect(), coding.map(str::to_owned));
    let known = answers.read().unwrap_or_else(PoisonError::into_inner).get(&asked).cloned();
    if let Some(answer) = known {
        return answer.told(is_head);
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let (head, body) = response.into_parts();
    // They are in this program: they cannot break off.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let answer = Answer { headers: head.headers, body };
    let mut answers = answers.write().unwrap_or_else(PoisonError::into_inner);
    if answers.len() < MOST {
        answers.insert(asked, answer.clone());
    }
    answer.told(is_head)
}

impl Answer {
    /// All of it, or only its head.
    fn told(self, is_head: bool) -> Response {
        let length = HeaderValue::from(self.body.len());
        let mut response = Response::new(if is_head { Body::empty() } else { Body::from(self.body) });
        *response.headers_mut() = self.headers;
        response.headers_mut().insert(header::CONTENT_LENGTH, length);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tower::ServiceExt as _;

    async fn ask(routes: &Router, path: &str, coding: &'static str) -> (StatusCode, HeaderMap, Bytes) {
        let request = http::Request::get(path).header(header::ACCEPT_ENCODING, coding).body(Body::empty());
        let (head, body) = routes.clone().oneshot(request.unwrap()).await.unwrap().into_parts();
        (head.status, head.headers, to_bytes(body, usize::MAX).await.unwrap())
    }

    #[tokio::test]
    async fn a_name_that_is_escaped_is_the_same_name() {
        let made = Arc::new(AtomicUsize::new(0));
        let count = made.clone();
        let file = get(async move || {
            count.fetch_add(1, Ordering::Relaxed);
            "a file"
        });
        let routes = for_good(Router::new().route("/docs/{*rest}", file));

        for path in ["/docs/a.js", "/docs/%61.js", "/docs/a%2Ejs", "/docs/%61%2e%6A%73", "/docs/a.js?x=1"] {
            assert_eq!(ask(&routes, path, "gzip").await.0, StatusCode::OK, "{path}");
        }
        assert_eq!(made.load(Ordering::Relaxed), 1);
        ask(&routes, "/docs/b.js", "gzip").await;
        assert_eq!(made.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn an_answer_is_made_once_for_each_coding_and_a_refusal_each_time() {
        let made = Arc::new(AtomicUsize::new(0));
        let count = made.clone();
        let long = get(async move || {
            count.fetch_add(1, Ordering::Relaxed);
            "answer ".repeat(1_000)
        });
        let count = made.clone();
        let refused = get(async move || {
            count.fetch_add(1, Ordering::Relaxed);
            StatusCode::NOT_FOUND
        });
        let routes = for_good(Router::new().route("/long", long).route("/refused", refused));

        for _ in 0..3 {
            let (plain, coded) =
                (ask(&routes, "/long", "identity").await, ask(&routes, "/long", "gzip").await);
            assert_eq!((plain.2.len(), plain.1.get(header::CONTENT_ENCODING)), (7_000, None));
            assert_eq!(coded.1[header::CONTENT_ENCODING], "gzip");
            assert!(coded.2.len() < 1_000 && plain.1[header::ETAG] == coded.1[header::ETAG]);
        }
        let head = http::Request::head("/long").body(Body::empty()).unwrap();
        let head = routes.clone().oneshot(head).await.unwrap();
        assert_eq!(head.headers()[header::CONTENT_LENGTH], "7000");
        assert_eq!(to_bytes(head.into_body(), usize::MAX).await.unwrap(), "");
        assert_eq!(
            made.load(Ordering::Relaxed),
            3,
            "once without, once with an Accept-Encoding, once in gzip"
        );

        for _ in 0..3 {
            assert_eq!(ask(&routes, "/refused", "gzip").await.0, StatusCode::NOT_FOUND);
        }
        assert_eq!(made.load(Ordering::Relaxed), 6);
    }
}
