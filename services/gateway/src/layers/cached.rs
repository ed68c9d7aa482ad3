//! Reads that were answered before, writes after which they are not, and news that come with none from before.

use crate::{
    app::App,
    cache::{Question, tells_news},
    config::Budgets,
    limits::Class,
    problem::Problem,
};
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use identity::Caller;

/// Answers a read from the cache, if it may. Whoever is not signed in is none of its business.
pub(super) async fn answers(
    State((app, budgets)): State<(App, Budgets)>,
    request: Request,
    next: Next,
) -> Response {
    let Some(user) = request.extensions().get::<Caller>().map(|caller| caller.user_id.0) else {
        return next.run(request).await;
    };
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let class = Class::of(request.method(), route);
    if !request.method().is_safe() {
        let takes_long = matches!(class, Some(Class::File | Class::Statistics));
        let longest = if takes_long { app.writes.longest_of_files } else { app.writes.longest };
        return app.cache.during_write(user, longest, next.run(request)).await;
    }
    if let Some(question) = Question::of(&request) {
        let time = match class {
            Some(Class::Statistics) => budgets.statistics_time,
            _ if Class::is_of_files(route) => budgets.file_time,
            _ => budgets.request_time,
        };
        // Whoever waits for what another one asks has no more time than that one.
        let answer = app.cache.answer(&question, next.run(request));
        return runtime::deadline::within(time, answer)
            .await
            .unwrap_or_else(|_| Problem::of_framework(StatusCode::GATEWAY_TIMEOUT).into_response());
    }
    let is_news = tells_news(&request);
    let response = next.run(request).await;
    if is_news && response.status() == StatusCode::OK {
        app.cache.renew(user).await;
    }
    response
}
