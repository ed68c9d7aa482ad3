//! Reactions to what other services tell.

mod announce_finished_export;
mod announce_finished_import;
mod announce_import_progress;
mod announce_revoked_session;
mod announce_statistics;
mod announce_trades;
mod export_inbox;
mod follow_user;
mod forget_user;
mod keep_recipient;
mod queue_account_mail;

use crate::{live::Live, mail::Mail};
use announce_finished_export::AnnounceFinishedExport;
use announce_finished_import::AnnounceFinishedImport;
use announce_import_progress::AnnounceImportProgress;
use announce_revoked_session::AnnounceRevokedSession;
use announce_statistics::AnnounceStatistics;
use announce_trades::AnnounceTrades;
use events::{Broker, spawn_consumer};
use export_inbox::ExportInbox;
use follow_user::FollowUser;
use forget_user::ForgetUser;
use keep_recipient::KeepRecipient;
use queue_account_mail::QueueAccountMail;
use runtime::Service;
use sqlx::PgPool;

/// Starts one consumer for each kind of event.
pub(crate) fn spawn(service: &mut Service, pool: &PgPool, broker: &Broker, live: &Live, mail: &Mail) {
    spawn_consumer(service, pool, broker, KeepRecipient);
    spawn_consumer(service, pool, broker, FollowUser);
    spawn_consumer(service, pool, broker, ForgetUser);
    spawn_consumer(service, pool, broker, AnnounceImportProgress { live: live.clone() });
    spawn_consumer(service, pool, broker, AnnounceFinishedImport { live: live.clone(), mail: mail.clone() });
    spawn_consumer(service, pool, broker, AnnounceTrades { live: live.clone() });
    spawn_consumer(service, pool, broker, AnnounceStatistics { live: live.clone() });
    spawn_consumer(service, pool, broker, AnnounceRevokedSession { live: live.clone() });
    spawn_consumer(service, pool, broker, ExportInbox);
    spawn_consumer(service, pool, broker, AnnounceFinishedExport { live: live.clone() });
    spawn_consumer(service, pool, broker, QueueAccountMail { mail: mail.clone() });
}
