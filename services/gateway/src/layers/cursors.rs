//! Opens the cursor of a request, and has those of its answer sealed.

use crate::{
    app::App,
    cursors::{List, Reading},
    problem::Problem,
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{
    Method, Uri,
    uri::{Parts, PathAndQuery},
};
use identity::Caller;

/// Only reads of a user have pages; of a HEAD everything but the page is told.
pub(super) async fn sealed(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<Caller>();
    let Some(caller) = caller.filter(|_| matches!(*request.method(), Method::GET | Method::HEAD)) else {
        return next.run(request).await;
    };
    let reading = Reading::new(app.cursor_keys.current(), List::of(caller.user_id.0, request.uri()));
    match opened(&reading, request.uri()) {
        Ok(None) => {}
        Ok(Some(url)) => *request.uri_mut() = url,
        Err(problem) => return problem.into_response(),
    }
    reading.during(next.run(request)).await
}

/// The URL with the place that its cursor stands for; `None`: it has no cursor.
fn opened(reading: &Reading, url: &Uri) -> Result<Option<Uri>, Problem> {
    let Some(query) = url.query().filter(|query| query.contains("cursor") || query.contains('%')) else {
        return Ok(None);
    };
    let mut rewritten = form_urlencoded::Serializer::new(String::new());
    let mut has_cursor = false;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name != "cursor" || value.is_empty() {
            rewritten.append_pair(&name, &value);
            continue;
        }
        has_cursor = true;
        let expected = "must be the next_cursor of the same list with the same filters and order";
        let place = reading.open(&value).ok_or_else(|| Problem::invalid_field("cursor", expected))?;
        rewritten.append_pair("cursor", &place);
    }
    if !has_cursor {
        return Ok(None);
    }
    let path_and_query = format!("{}?{}", url.path(), rewritten.finish());
    let mut parts: Parts = url.clone().into_parts();
    parts.path_and_query = PathAndQuery::try_from(path_and_query).ok();
    Uri::from_parts(parts).map(Some).map_err(|_| Problem::not_found())
}
