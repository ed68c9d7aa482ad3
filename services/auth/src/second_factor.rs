//! What a sign-in shows besides the password, where its user has set that up.
//!
//! A code is looked at before the transaction that opens the session, and used up in it: it is spent by the session that it opens and by
//! nothing else.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::{recovery_codes, totp_secrets},
    domain::{device::Device, mail::Notice, recovery_code::RecoveryCode, token::Token, totp::TotpSecret},
    error::Error,
    mailing::notify,
    throttle::Attempt,
};
use identity::UserId;
use runtime::postgres;
use secrecy::ExposeSecret as _;
use sqlx::PgConnection;
use uuid::Uuid;

/// What envelopes of these secrets are bound to.
pub(crate) const PURPOSE: &str = "totp";

/// What was shown, and has not been used up yet.
pub(crate) struct Shown {
    /// The secret that was asked for; `None`: none was.
    secret: Option<Uuid>,
    code: Option<Code>,
    attempt: Option<Attempt>,
}

enum Code {
    /// Of these 30 seconds since 1970.
    Step(i64),
    /// With this hash.
    Recovery([u8; 32]),
}

/// Whether whoever signs in must show a code as well. It stays so until the transaction is over, if the user's row is locked.
pub(crate) async fn is_asked_for(tx: &mut PgConnection, user_id: UserId) -> Result<bool, Error> {
    Ok(totp_secrets::confirmed(tx, user_id).await?.is_some())
}

/// Looks at the code of a sign-in whose password was right. `known` is the device, when it is trusted: strangers who know the password
/// and guess codes do not keep it out.
pub(crate) async fn look_at(
    app: &App,
    user_id: UserId,
    presented: &str,
    device: &Device,
    known: Option<&Token>,
) -> Result<Shown, Error> {
    let mut tx = postgres::begin_for(&app.pool, user_id.0).await?;
    let found = totp_secrets::find(&mut *tx, user_id).await?.filter(|found| found.confirmed_at.is_some());
    let Some(found) = found else { return Ok(Shown { secret: None, code: None, attempt: None }) };
    if presented.is_empty() {
        return Err(Error::TotpRequired);
    }
    let opened = app.vault.open(user_id, PURPOSE, &found.sealed)?;
    let secret = TotpSecret::stored(opened.expose_secret())?;
    if let Some(sealed) = app.vault.renewed(user_id, PURPOSE, &found.sealed)? {
        totp_secrets::renew_envelope(&mut *tx, user_id, found.id, &sealed).await?;
    }
    tx.commit().await?;

    let attempt = app.throttle.begin_code(user_id, known).await?;
    let code = match RecoveryCode::parse(presented) {
        Some(code) => Some(Code::Recovery(code.hash(user_id))),
        None => secret.step_of(presented.trim(), found.now)?.map(Code::Step),
    };
    let shown = Shown { secret: Some(found.id), code, attempt: Some(attempt) };
    if shown.code.is_some() { Ok(shown) } else { Err(shown.refuse(app, user_id, device).await) }
}

impl Shown {
    /// Uses up what was shown; false when it was used before, or something else is asked for meanwhile. The user's row is locked.
    pub async fn redeem(
        &self,
        tx: &mut PgConnection,
        user_id: UserId,
        device: &Device,
    ) -> Result<bool, Error> {
        if totp_secrets::confirmed(&mut *tx, user_id).await? != self.secret {
            return Ok(false);
        }
        let Some(id) = self.secret else { return Ok(true) };
        match &self.code {
            None => Ok(false),
            Some(Code::Step(step)) => Ok(totp_secrets::redeem(tx, user_id, id, *step).await?),
            Some(Code::Recovery(hash)) => {
                let redeemed = recovery_codes::redeem(&mut *tx, user_id, hash).await?;
                if redeemed {
                    let origin = Origin::Device(device);
                    audit::record(&mut *tx, user_id, Kind::RecoveryCodeUsed, "", origin).await?;
                    notify(tx, user_id, Notice::RecoveryCodeUsed).await?;
                }
                Ok(redeemed)
            }
        }
    }

    /// Counts a wrong code, and tells the owner of the account.
    pub async fn refuse(self, app: &App, user_id: UserId, device: &Device) -> Error {
        self.count(app, user_id, device).await.err().unwrap_or(Error::WrongCode)
    }

    async fn count(self, app: &App, user_id: UserId, device: &Device) -> Result<(), Error> {
        let mut tx = postgres::begin(&app.pool).await?;
        if let Some(attempt) = self.attempt {
            attempt.fail_within(&mut tx).await?;
        }
        audit::record(&mut tx, user_id, Kind::SignInFailed, "code", Origin::Device(device)).await?;
        Ok(tx.commit().await?)
    }

    /// Counts nothing: the code was right.
    pub async fn accept(self) -> Result<(), Error> {
        match self.attempt {
            Some(attempt) => attempt.give_back().await,
            None => Ok(()),
        }
    }
}
