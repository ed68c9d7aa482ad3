//! Saved views as JSON.

use super::{Time, required_time};
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A page of a client as you set it up.
#[derive(Serialize, ToSchema)]
pub(crate) struct SavedView {
    pub id: String,
    pub name: String,
    /// The client's word for the page.
    pub page: String,
    /// The query of its URL.
    pub query: String,
    pub created_at: Time,
    /// Grows with every change.
    pub version: i64,
}

impl From<proto::SavedView> for SavedView {
    fn from(view: proto::SavedView) -> Self {
        Self {
            id: view.id,
            name: view.name,
            page: view.page,
            query: view.query,
            created_at: required_time(view.created_at),
            version: view.version,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSavedView {
    /// 1 to 100 characters, unique among your views of the page.
    #[schema(example = "Losers of this month")]
    pub name: String,
    /// A word of small letters, digits and hyphens, up to 40; it never changes.
    #[schema(example = "trades")]
    pub page: String,
    /// One line of at most 2 KiB.
    #[schema(example = "outcome=loss&sort=net_pnl")]
    pub query: String,
}

/// Only what is present changes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedViewChange {
    pub name: Option<String>,
    pub query: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SavedViewFilter {
    /// Views of this page alone.
    pub page: Option<String>,
}
