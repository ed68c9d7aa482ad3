//! Files of uploads that came to nothing.

use super::App;
use crate::{
    db,
    domain::ids::{AttachmentId, ImportId},
    files::Files,
};
use identity::UserId;
use std::time::Duration;
use tonic::{Code, Status};
use tracing::Instrument as _;

/// When one looks whether it came to nothing.
const LOOKS: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4)];

/// What a stored file belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Row {
    Import(ImportId),
    Attachment(AttachmentId),
}

impl Row {
    fn object_key(self, user: UserId) -> String {
        match self {
            Self::Import(id) => Files::key(user, id),
            Self::Attachment(id) => Files::attachment_key(user, id),
        }
    }

    async fn is_there(self, app: &App, user: UserId) -> sqlx::Result<bool> {
        let mut tx = app.begin(user).await?;
        match self {
            Self::Import(id) => Ok(db::imports::find(&mut *tx, user, id).await?.is_some()),
            Self::Attachment(id) => Ok(db::trade_attachments::all(&mut *tx, user).await?.contains(&id)),
        }
    }
}

/// Removes the file of an upload that failed. Of a commit whose answer was lost nobody knows whether it was made: a moment later
/// the row tells, and if nobody can look for it, the file stays.
pub(super) async fn remove(app: &App, user: UserId, row: Row, error: &Status) {
    let key = row.object_key(user);
    if !may_be_committed(error) {
        return app.files.remove(&key).await;
    }
    let (app, tasks) = (app.clone(), app.files.receiving().clone());
    let looking = async move {
        let mut is_needless = false;
        for pause in LOOKS {
            tokio::time::sleep(pause).await;
            match row.is_there(&app, user).await {
                Ok(true) => return,
                // Unless the commit is still under way: the last look counts.
                Ok(false) => is_needless = true,
                Err(_) => is_needless = false,
            }
        }
        if is_needless {
            return app.files.remove(&key).await;
        }
        tracing::warn!(key, "a file was left: nobody knows whether it is needed");
    };
    tasks.spawn(looking.in_current_span());
}

/// What we refuse is not committed; what fails otherwise may be.
fn may_be_committed(error: &Status) -> bool {
    matches!(
        error.code(),
        Code::Unavailable | Code::DeadlineExceeded | Code::Internal | Code::Unknown | Code::Cancelled
    )
}
