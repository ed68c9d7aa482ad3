//! Which list a cursor belongs to.

use http::Uri;
use uuid::Uuid;

/// Parameters that say where in a list one is, not which list it is.
const WHERE: [&str; 2] = ["cursor", "limit"];

/// A list of a user: its path, filters and order.
#[derive(Clone, Debug)]
pub(crate) struct List {
    user: Uuid,
    path: String,
    filters: Vec<(String, String)>,
}

impl List {
    /// The list that a URL asks for.
    pub fn of(user: Uuid, url: &Uri) -> Self {
        let mut filters: Vec<(String, String)> =
            form_urlencoded::parse(url.query().unwrap_or_default().as_bytes()).into_owned().collect();
        filters.retain(|(name, _)| !WHERE.contains(&name.as_str()));
        filters.sort_unstable();
        Self { user, path: url.path().to_owned(), filters }
    }

    /// All of it, so that no two lists have the same bytes.
    pub(super) fn context(&self) -> Vec<u8> {
        let texts = self.filters.iter().flat_map(|(name, value)| [name, value]);
        let mut context = self.user.as_bytes().to_vec();
        for text in [&self.path].into_iter().chain(texts) {
            context.extend((text.len() as u64).to_be_bytes());
            context.extend(text.as_bytes());
        }
        context
    }
}
