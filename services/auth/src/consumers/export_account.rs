//! Hands in what auth has of a user, for an export: no secret, nor the hash of one.

use anyhow::Context as _;
use events::{Consumer, Failure, departures, portions};
use journal_proto::trades::v1::{ExportPartWritten, ExportRequested};
use sqlx::PgConnection;

pub(crate) struct ExportAccount;

const FILES: [portions::File; 8] = [
    (
        "account/profile",
        "SELECT id, email, display_name, role, email_verified_at, created_at FROM users WHERE id = acting_user()",
    ),
    (
        "account/sessions",
        "SELECT id, kind, device_name, ip_address, created_at, last_used_at, expires_at, revoked_at, revoke_reason
         FROM sessions WHERE user_id = acting_user() ORDER BY id",
    ),
    (
        "account/audit-log",
        "SELECT id, at, kind, detail, ip_address, device_name FROM audit_log WHERE user_id = acting_user() ORDER BY id",
    ),
    (
        "account/api-keys",
        "SELECT id, name, scope, created_at, last_used_at, expires_at FROM api_keys WHERE user_id = acting_user() ORDER BY id",
    ),
    (
        "account/passkeys",
        "SELECT id, name, created_at, last_used_at FROM passkeys WHERE user_id = acting_user() ORDER BY id",
    ),
    (
        "account/linked-identities",
        "SELECT issuer, subject, created_at FROM oidc_identities WHERE user_id = acting_user() ORDER BY created_at",
    ),
    (
        "account/mentors",
        "SELECT id, email, created_at, expires_at, accepted_at, ended_at FROM mentors
         WHERE user_id = acting_user() ORDER BY id",
    ),
    (
        "account/mentored",
        "SELECT id, user_id AS owner_id, accepted_at, ended_at FROM mentors
         WHERE mentor_id = acting_user() ORDER BY id",
    ),
];

impl Consumer for ExportAccount {
    const QUEUE: &'static str = "auth.export-account";
    type Event = ExportRequested;

    async fn handle(&self, event: ExportRequested, tx: &mut PgConnection) -> Result<(), Failure> {
        let user = event.user_id.parse().context("user_id is not a UUID").map_err(Failure::Reject)?;
        if !departures::act_for_present(&mut *tx, user).await? {
            return Ok(());
        }
        portions::hand_in(tx, &FILES, |portion| ExportPartWritten {
            user_id: event.user_id.clone(),
            export_id: event.export_id.clone(),
            part: "account".to_owned(),
            sequence: portion.sequence,
            last: portion.is_last,
            file: portion.file.to_owned(),
            lines: portion.lines,
        })
        .await?;
        Ok(())
    }
}
