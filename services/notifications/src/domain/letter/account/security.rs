//! Mails about how one signs in: whoever did not do that himself knows at once.

use super::{Letter, Link};

/// The mail of this kind; `None` when there is no such kind. `url` is where one sets a new password.
pub(super) fn about(kind: &str, url: &str) -> Option<Letter> {
    let (subject, told) = match kind {
        "totp-enabled" => (
            "Codes protect your account now",
            "From now on a sign-in asks for a code of your authenticator app. All other sessions were ended. Keep your recovery \
             codes where the app is not.",
        ),
        "totp-disabled" => (
            "Codes do not protect your account any more",
            "A sign-in asks for your password alone from now on. All other sessions were ended.",
        ),
        "recovery-code-used" => (
            "A recovery code was used",
            "Somebody signed in with your password and one of your recovery codes, which is good for nothing now. If few are left, \
             make new ones.",
        ),
        "recovery-codes-renewed" => (
            "You have new recovery codes",
            "New recovery codes were made for your account. All others are good for nothing now.",
        ),
        "passkey-added" => (
            "Your account has another passkey",
            "Whoever has its device can sign in as you with it, without your password.",
        ),
        "passkey-removed" => (
            "A passkey of your account was removed",
            "It signs nobody in any more. All other sessions were ended.",
        ),
        "identity-linked" => (
            "Another account signs you in",
            "You can sign in with your account elsewhere now, without your password.",
        ),
        "identity-unlinked" => (
            "An account elsewhere signs you in no more",
            "It was unlinked from your account. All other sessions were ended.",
        ),
        _ => return None,
    };
    Some(Letter::compose(
        subject,
        &[
            told,
            "If it was not you, set a new password at once, which ends all sessions, and see to it that nobody else reads your mail.",
        ],
        &Link { label: "Set a new password", url },
        "You get this mail whenever something changes about how you sign in.",
    ))
}
