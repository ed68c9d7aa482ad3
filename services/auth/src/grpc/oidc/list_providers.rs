//! Where people may sign in instead.

use crate::app::App;
use journal_proto::auth::v1::ListProvidersResponse;

pub(crate) fn list_providers(app: &App) -> ListProvidersResponse {
    ListProvidersResponse { names: app.providers.current().names().map(str::to_owned).collect() }
}
