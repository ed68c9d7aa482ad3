//! Reads that were answered before, writes after which they are not, and news that come with none from before.

use crate::{
    app::App,
    cache::{Question, tells_news},
    limits::Class,
};
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use http::StatusCode;
use identity::Caller;

/// Answers a read from the cache, if it may. Whoever is not signed in is none of its business.
pub(super) async fn answers(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(user) = request.extensions().get::<Caller>().map(|caller| caller.user_id.0) else {
        return next.run(request).await;
    };
    if !request.method().is_safe() {
        let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let takes_long = matches!(Class::of(request.method(), route), Some(Class::File | Class::Statistics));
        let longest = if takes_long { app.writes.longest_of_files } else { app.writes.longest };
        return app.cache.during_write(user, longest, next.run(request)).await;
    }
    if let Some(question) = Question::of(&request) {
        return app.cache.answer(&question, next.run(request)).await;
    }
    let is_news = tells_news(&request);
    let response = next.run(request).await;
    if is_news && response.status() == StatusCode::OK {
        app.cache.renew(user).await;
    }
    response
}
