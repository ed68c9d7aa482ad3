//! The web client: the files that its build made, and one page for all of its addresses.

use crate::{layers, problem::Problem};
use anyhow::ensure;
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use clap::Args;
use http::{HeaderValue, Method, StatusCode, header};
use std::path::PathBuf;
use tower::ServiceExt as _;
use tower_http::services::{ServeDir, ServeFile};

/// Where the web client is.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Web client")]
pub struct WebClient {
    /// Folder of the built web client (`web/dist`). Without it the gateway serves the API alone.
    #[arg(long, env = "WEB_DIR")]
    pub web_dir: Option<PathBuf>,
}

/// The files, each with `.br` and `.gz` beside it where that is smaller.
#[derive(Clone)]
pub(crate) struct Pages {
    files: ServeDir,
    /// The one page; the address says what it shows.
    page: ServeFile,
}

/// Marks an answer that is a file of the web client.
#[derive(Clone, Copy)]
pub(crate) struct WebFile;

/// Everything is from this origin and nothing is inline, but for styles: the component library sets those of open dialogs.
pub(crate) const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The build names these after their content.
const NAMED_BY_CONTENT: &str = "/assets/";
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
/// Paths of the API, of its documentation, and of probes.
const NOT_OURS: [&str; 5] = ["/v1", "/docs", "/health", "/ready", "/.well-known"];

impl Pages {
    /// `None` without a folder.
    ///
    /// # Errors
    /// When the folder holds no built client.
    pub fn open(client: &WebClient) -> anyhow::Result<Option<Self>> {
        let Some(folder) = &client.web_dir else { return Ok(None) };
        let page = folder.join("index.html");
        ensure!(
            page.is_file(),
            "WEB_DIR: there is no {}; `npm run build` in web/ makes it, and without WEB_DIR the API is served alone",
            page.display()
        );
        let files = ServeDir::new(folder).append_index_html_on_directories(false);
        Ok(Some(Self {
            files: files.precompressed_br().precompressed_gzip(),
            page: ServeFile::new(page).precompressed_br().precompressed_gzip(),
        }))
    }

    /// The file at the asked path. `None`: there is none.
    async fn file(&self, asked: Request) -> Option<Response> {
        let keep = if asked.uri().path().starts_with(NAMED_BY_CONTENT) { FOR_EVER } else { ASK_AGAIN };
        let file = self.files.clone().oneshot(asked).await.ok()?.map(Body::new);
        is_of_a_file(file.status()).then(|| kept(file, keep))
    }

    /// The one page, whatever the path.
    async fn page(&self, asked: Request) -> Option<Response> {
        let page = self.page.clone().oneshot(asked).await.ok()?.map(Body::new);
        Some(kept(page, ASK_AGAIN))
    }
}

/// Answers what the web client is asked for; everything else goes on to the API.
pub(crate) async fn files(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_read && let Some(provider) = elsewhere(&request) {
        return in_words(next.run(request).await, &provider);
    }
    if !is_read || is_of_the_api(request.uri().path()) {
        return next.run(request).await;
    }
    let asked = bare(&request);
    let mut found = pages.file(bare(&request)).await;
    if found.is_none() && navigates(&request) {
        found = pages.page(bare(&request)).await;
    }
    match found {
        Some(refusal) if refusal.status().is_client_error() => refused(&asked, &refusal),
        Some(file) => file,
        None => next.run(request).await,
    }
}

fn is_of_the_api(path: &str) -> bool {
    NOT_OURS
        .iter()
        .any(|ours| path.strip_prefix(ours).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// True for a browser that opens an address, not for a script or picture that is missing. The root is the page for everybody: a service
/// worker that keeps it does not say what it accepts.
fn navigates(request: &Request) -> bool {
    if request.uri().path() == "/" {
        return true;
    }
    let accepted = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accepted.is_some_and(|accept| accept.contains("text/html"))
}

/// The provider, when a browser goes there to sign in, or comes back.
fn elsewhere(request: &Request) -> Option<String> {
    let (provider, step) = request.uri().path().strip_prefix("/v1/auth/oidc/")?.split_once('/')?;
    let is_name = provider.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (is_name && matches!(step, "start" | "callback") && navigates(request)).then(|| provider.to_owned())
}

/// A browser would show a problem as it is, and nobody could go on from there: the page where people sign in says it in words.
fn in_words(answer: Response, provider: &str) -> Response {
    let Some(problem) = answer.extensions().get::<Problem>() else { return answer };
    let page = format!("/sign-in?problem={}&provider={provider}", problem.reason());
    let Ok(location) = HeaderValue::from_str(&page) else { return answer };
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// Says in our shape that a condition does not hold, or that there is no such part of a file.
fn refused(asked: &Request, refusal: &Response) -> Response {
    let mut answer = layers::as_problem(Problem::of_framework(refusal.status()).into_response(), asked);
    if let Some(range) = refusal.headers().get(header::CONTENT_RANGE) {
        answer.headers_mut().insert(header::CONTENT_RANGE, range.clone());
    }
    answer
}

/// Not of a path that is no name of a file, such as one that is too long: for the file system that is an error.
fn is_of_a_file(status: StatusCode) -> bool {
    let conditional =
        [StatusCode::NOT_MODIFIED, StatusCode::PRECONDITION_FAILED, StatusCode::RANGE_NOT_SATISFIABLE];
    status.is_success() || conditional.contains(&status)
}

/// Method, path and headers.
fn bare(request: &Request) -> Request {
    let mut bare = Request::new(Body::empty());
    *bare.method_mut() = request.method().clone();
    *bare.uri_mut() = request.uri().clone();
    *bare.headers_mut() = request.headers().clone();
    bare
}

fn kept(mut answer: Response, how: HeaderValue) -> Response {
    if answer.status().is_success() || answer.status() == StatusCode::NOT_MODIFIED {
        answer.headers_mut().insert(header::CACHE_CONTROL, how);
    }
    answer.extensions_mut().insert(WebFile);
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, middleware};
    use std::fs;

    /// What an address answers: status, how long it is kept, body.
    async fn asked(path: &str, lines: &[(&'static str, &'static str)]) -> (StatusCode, String, String) {
        let folder = tempfile::tempdir().unwrap();
        let built = folder.path().join("built");
        fs::create_dir_all(built.join("assets")).unwrap();
        fs::write(built.join("index.html"), "the page").unwrap();
        fs::write(built.join("assets/app-1a2b.js"), "script").unwrap();
        fs::write(built.join("assets/app-1a2b.js.br"), "shorter").unwrap();
        fs::write(folder.path().join("secret"), "outside").unwrap();
        let pages = Pages::open(&WebClient { web_dir: Some(built) }).unwrap().unwrap();
        let router = Router::new()
            .fallback(|| async { (StatusCode::IM_A_TEAPOT, "the API") })
            .layer(middleware::from_fn_with_state(pages, files));
        let mut request = Request::get(path);
        for (name, value) in lines {
            request = request.header(*name, *value);
        }
        let answer = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let keep = answer
            .headers()
            .get(header::CACHE_CONTROL)
            .map_or("", |value| value.to_str().unwrap())
            .to_owned();
        let status = answer.status();
        let body = axum::body::to_bytes(answer.into_body(), 1_000).await.unwrap();
        (status, keep, String::from_utf8(body.to_vec()).unwrap())
    }

    const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml");

    #[tokio::test]
    async fn files_named_by_their_content_are_kept_for_ever_and_sent_compressed() {
        let (status, keep, body) = asked("/assets/app-1a2b.js", &[("accept-encoding", "gzip, br")]).await;

        assert_eq!((status, body.as_str()), (StatusCode::OK, "shorter"));
        assert_eq!(keep, "public, max-age=31536000, immutable");
    }

    #[tokio::test]
    async fn every_address_that_a_browser_opens_is_the_one_page() {
        for path in ["/", "/trades", "/journal/2026-01-05", "/trades/a.b"] {
            let (status, keep, body) = asked(path, &[BROWSER]).await;

            assert_eq!(
                (status, keep.as_str(), body.as_str()),
                (StatusCode::OK, "no-cache", "the page"),
                "{path}"
            );
        }
    }

    #[tokio::test]
    async fn the_api_and_missing_files_are_not_the_page() {
        for path in ["/v1", "/v1/trades", "/docs/", "/health", "/ready", "/.well-known/jwks.json"] {
            assert_eq!(asked(path, &[BROWSER]).await.2, "the API", "{path}");
        }
        assert_eq!(asked("/assets/gone.js", &[("accept", "*/*")]).await.2, "the API");
        assert_eq!(asked("/v12", &[BROWSER]).await.2, "the page");
        assert_eq!(asked("/", &[("accept", "*/*")]).await.2, "the page");
    }

    #[tokio::test]
    async fn no_path_leads_out_of_the_folder() {
        for path in [
            "/../secret",
            "/assets/../../secret",
            "/%2e%2e/secret",
            "/assets%2f..%2f..%2fetc/passwd",
            "/\\etc",
        ] {
            let (_, _, body) = asked(path, &[]).await;

            assert_eq!(body, "the API", "{path}");
        }
    }

    #[tokio::test]
    async fn paths_that_no_file_can_have_are_no_error() {
        for path in [format!("/{}", "a".repeat(5_000)), "/%00".to_owned(), "/%ff%fe".to_owned()] {
            assert_eq!(asked(&path, &[]).await.2, "the API", "{path}");
            assert_eq!(asked(&path, &[BROWSER]).await.0, StatusCode::OK, "{path}");
        }
        assert_eq!(asked("/index.html/more", &[]).await.2, "the API");
    }

    #[tokio::test]
    async fn a_sign_in_elsewhere_that_failed_is_told_on_a_page_to_browsers_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("index.html"), "the page").unwrap();
        let pages = Pages::open(&WebClient { web_dir: Some(folder.path().to_owned()) }).unwrap().unwrap();
        let router = Router::new()
            .fallback(|| async { Problem::new(StatusCode::UNAUTHORIZED, "oidc-failed", "no") })
            .layer(middleware::from_fn_with_state(pages, files));
        let told = async |path: &str, accept: &str| {
            let request = Request::get(path).header("accept", accept).body(Body::empty()).unwrap();
            let answer = router.clone().oneshot(request).await.unwrap();
            let location = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
            (answer.status(), location)
        };

        for step in ["start?link=true", "callback?error=access_denied"] {
            let (path, page) = (
                format!("/v1/auth/oidc/my-school/{step}"),
                "/sign-in?problem=oidc-failed&provider=my-school".to_owned(),
            );
            assert_eq!(told(&path, BROWSER.1).await, (StatusCode::SEE_OTHER, Some(page)), "{path}");
            assert_eq!(told(&path, "*/*").await, (StatusCode::UNAUTHORIZED, None), "{path}");
        }
        for path in ["/v1/me", "/v1/auth/oidc/my-school/other", "/v1/auth/oidc/a%0ab/start"] {
            assert_eq!(told(path, BROWSER.1).await, (StatusCode::UNAUTHORIZED, None), "{path}");
        }
    }

    #[test]
    fn a_folder_without_a_client_is_refused_by_the_name_of_its_setting() {
        let folder = tempfile::tempdir().unwrap();

        let refused = Pages::open(&WebClient { web_dir: Some(folder.path().to_owned()) }).err().unwrap();

        assert!(refused.to_string().starts_with("WEB_DIR: "), "{refused}");
    }
}
