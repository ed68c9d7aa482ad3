//! What stands around every route: ids, spans, limits, time-outs, headers, and one shape of error.

mod arrival;
mod budget;
mod cached;
mod coding;
mod conditions;
mod cursors;
mod finish;
mod limit;
mod observe;
mod shape;
mod shed;
mod whole;

use crate::{
    App, Config,
    config::Browsers,
    journal_owner::JOURNAL_OWNER,
    web::{self, Pages},
};
use anyhow::anyhow;
use axum::{Router, extract::DefaultBodyLimit, middleware};
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use runtime::settings;
use tower_http::{catch_panic::CatchPanicLayer, cors::CorsLayer};

pub(crate) use budget::within;
pub(crate) use coding::compression;
pub(crate) use conditions::tagged;
pub(crate) use finish::{SECURITY_HEADERS, Sandboxed, as_problem};
pub(crate) use observe::request_id;
pub(crate) use whole::{MAX_STRANGERS_BYTES, memory};

/// Wraps the routes; the last layer added is the first a request meets.
pub(crate) fn around(routes: Router, app: &App, config: &Config) -> anyhow::Result<Router> {
    let pages = Pages::open(&config.web)?;
    let routes = routes
        .layer(DefaultBodyLimit::max(whole::MAX_JSON_BYTES))
        .layer(middleware::from_fn_with_state(app.clone(), cursors::sealed))
        .layer(middleware::from_fn(tagged))
        .layer(compression())
        .layer(middleware::from_fn_with_state((app.clone(), config.budgets.clone()), cached::answers))
        .layer(middleware::from_fn(conditions::checked))
        .layer(middleware::from_fn_with_state(app.clone(), shed::requests))
        .layer(middleware::from_fn_with_state(app.clone(), whole::bodies))
        .layer(middleware::from_fn_with_state(app.clone(), limit::requests))
        .layer(middleware::from_fn_with_state(app.clone(), shed::crowds))
        .layer(middleware::from_fn_with_state(config.connections.clone(), arrival::in_time))
        .layer(middleware::from_fn(shape::sound))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(finish::problems))
        .layer(compression())
        .layer(middleware::from_fn(coding::negotiated))
        .layer(cors(&config.browsers)?);
    let routes = match pages {
        Some(pages) => routes.layer(middleware::from_fn_with_state(pages, web::files)),
        None => routes,
    };
    Ok(routes
        .layer(middleware::from_fn(finish::security_headers))
        .layer(middleware::from_fn(observe::request)))
}

fn cors(browsers: &Browsers) -> anyhow::Result<CorsLayer> {
    // A variable that is set to nothing lists none.
    let listed = browsers.cors_origins.iter().filter(|origin| !origin.is_empty());
    let origins: anyhow::Result<Vec<HeaderValue>> = listed
        .map(|origin| {
            let known = settings::origin(origin)
                .map_err(|expected| anyhow!("CORS_ORIGINS: {origin:?}: {expected}"))?;
            Ok(known.parse()?)
        })
        .collect();
    Ok(CorsLayer::new()
        .allow_origin(origins?)
        .allow_credentials(true)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            HeaderName::from_static("idempotency-key"),
            HeaderName::from_static(runtime::propagation::TRACEPARENT),
            JOURNAL_OWNER,
            HeaderName::from_static("x-request-id"),
            HeaderName::from_static("x-requested-with"),
        ])
        .expose_headers([
            HeaderName::from_static("x-request-id"),
            HeaderName::from_static("idempotent-replayed"),
            header::ETAG,
            header::LOCATION,
            header::RETRY_AFTER,
            limit::RATELIMIT,
            limit::RATELIMIT_POLICY,
        ]))
}

#[expect(clippy::needless_pass_by_value, reason = "the signature that CatchPanicLayer wants")]
fn panicked(panic: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    let cause =
        panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(cause = cause.unwrap_or("unknown"), "a handler panicked");
    let mut response = axum::response::Response::default();
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(origins: &[&str]) -> anyhow::Result<CorsLayer> {
        let cors_origins = origins.iter().map(|origin| (*origin).to_owned()).collect();
        cors(&Browsers { cors_origins, cookie_secure: true })
    }

    #[test]
    fn what_no_browser_calls_its_origin_is_refused_by_its_name() {
        for well in [&["https://app.example.com", "http://localhost:5173"][..], &[""]] {
            assert!(listed(well).is_ok(), "{well:?}");
        }
        for wrong in
            ["https://app.example.com/", "https://app.example.com/app", "*", " https://app.example.com"]
        {
            let refusal = listed(&["https://app.example.com", wrong]).unwrap_err().to_string();
            assert!(
                refusal.contains("CORS_ORIGINS") && refusal.contains("an origin such as"),
                "{wrong}: {refusal}"
            );
        }
    }
}
