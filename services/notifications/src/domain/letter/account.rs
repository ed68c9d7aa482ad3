//! Mails about the account itself. Auth asks for them, and whether they are wanted is not asked.

mod administration;
mod security;

use super::{Letter, Link};

/// What a mail about an account holds besides its words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Content<'a> {
    /// The secret that it carries; may be empty.
    pub token: &'a str,
    /// What it is about, such as the name of a key; may be empty.
    pub detail: &'a str,
}

impl Letter {
    /// The mail of this kind; `None` when there is no such kind. A link's secret stands behind a `#`, which browsers tell no server.
    pub fn about_account(kind: &str, content: &Content<'_>, journal_url: &str) -> Option<Self> {
        let Content { token, detail } = content;
        let url = |path: &str| format!("{}/{path}", journal_url.trim_end_matches('/'));
        match kind {
            "verify-email" => Some(verify_email(&url(&format!("verify-email#token={token}")), token)),
            "reset-password" => Some(reset_password(&url(&format!("reset-password#token={token}")), token)),
            "already-registered" => Some(already_registered(&url("forgot-password"))),
            "password-changed" => Some(password_changed(&url("forgot-password"))),
            "refresh-token-reused" => Some(refresh_token_reused(&url("forgot-password"))),
            "api-key-created" => Some(api_key_created(&url("api-keys"), detail)),
            "change-email" => Some(change_email(&url(&format!("verify-email#token={token}")), token)),
            "email-change-requested" => Some(email_change_requested(&url("forgot-password"), detail)),
            "email-changed" => Some(email_changed(&url("sign-in"), detail)),
            "undo-deletion" => Some(undo_deletion(&url(&format!("keep-account#token={token}")), token)),
            "mentor-invitation" => {
                Some(mentor_invitation(&url(&format!("accept-invitation#token={token}")), token, detail))
            }
            "mentor-accepted" => Some(mentor_accepted(&url("settings/mentors"), detail)),
            "deletion-undone" => Some(deletion_undone(&url("sign-in"))),
            "account-disabled" | "account-enabled" | "role-changed" => {
                administration::about(kind, &url("sign-in"), detail)
            }
            _ => security::about(kind, &url("forgot-password")),
        }
    }
}

fn verify_email(url: &str, token: &str) -> Letter {
    let token = format!("Where the link does not work, this is the code: {token}");
    Letter::compose(
        "Confirm your e-mail address",
        &["Welcome to your trading journal. Confirm within 24 hours that this address is yours.", &token],
        &Link { label: "Confirm the address", url },
        "You get this mail because somebody registered with this address. If it was not you, do nothing.",
    )
}

fn reset_password(url: &str, token: &str) -> Letter {
    let token = format!("Where the link does not work, this is the code: {token}");
    Letter::compose(
        "Reset your password",
        &["Within the next hour, and once, you can set a new password. It signs you out everywhere.", &token],
        &Link { label: "Set a new password", url },
        "You get this mail because somebody asked for it. If it was not you, do nothing: your password stays as it is.",
    )
}

fn already_registered(url: &str) -> Letter {
    Letter::compose(
        "You have an account already",
        &[
            "Somebody, perhaps you, tried to register with this address, which is registered. Nothing has changed: \
           sign in as always, or set a new password if you do not know it any more.",
        ],
        &Link { label: "Set a new password", url },
        "You get this mail so that you know who uses your address.",
    )
}

fn password_changed(url: &str) -> Letter {
    Letter::compose(
        "Your password was changed",
        &[
            "Your password is another one now, and all other sessions were ended. If it was not you, set a new one at once, \
           and see to it that nobody else reads your mail.",
        ],
        &Link { label: "Set a new password", url },
        "You get this mail whenever your password changes.",
    )
}

fn refresh_token_reused(url: &str) -> Letter {
    Letter::compose(
        "One of your sessions was ended",
        &[
            "The key that keeps one of your devices signed in was used twice, as if somebody had a copy of it. So we ended that \
           session, for whoever holds it: sign in again on the device. Other sessions go on. If this happens again, set a new \
           password, which signs you out everywhere.",
        ],
        &Link { label: "Set a new password", url },
        "You get this mail because it is about the safety of your account.",
    )
}

fn api_key_created(url: &str, name: &str) -> Letter {
    let told = format!(
        "There is a new API key for your journal: {name}. If it was not you who made it, revoke it and set a new password."
    );
    Letter::compose(
        "An API key was created",
        &[&told],
        &Link { label: "See your API keys", url },
        "You get this mail whenever an API key is created.",
    )
}

fn change_email(url: &str, token: &str) -> Letter {
    let token = format!("Where the link does not work, this is the code: {token}");
    Letter::compose(
        "Confirm your new e-mail address",
        &["Confirm within 24 hours that your trading journal is to use this address from now on.", &token],
        &Link { label: "Confirm the address", url },
        "You get this mail because somebody named this address as his new one. If it was not you, do nothing.",
    )
}

fn email_change_requested(url: &str, email: &str) -> Letter {
    let told = format!(
        "Your trading journal is to use another address: {email}. It does once that is confirmed there. If it was not you who asked for it, \
         set a new password at once."
    );
    Letter::compose(
        "Another e-mail address was asked for",
        &[&told],
        &Link { label: "Set a new password", url },
        "You get this mail whenever another address is asked for.",
    )
}

fn email_changed(url: &str, email: &str) -> Letter {
    let told = format!(
        "Your trading journal uses another address now: {email}. You sign in with that, and no other mail comes here. If it was not you who \
         confirmed it, sign in by a passkey or an account elsewhere and set things right, or ask whoever runs this service for help at once."
    );
    Letter::compose(
        "Your e-mail address was changed",
        &[&told],
        &Link { label: "Sign in", url },
        "You get this mail because this was the address of your account.",
    )
}

fn undo_deletion(url: &str, token: &str) -> Letter {
    let token = format!("Where the link does not work, this is the code: {token}");
    Letter::compose(
        "Your account will be deleted in seven days",
        &[
            "You are signed out everywhere, and in seven days everything of yours is deleted for good. Until then you can keep the account: \
             by this link, or by signing in.",
            &token,
        ],
        &Link { label: "Keep the account", url },
        "You get this mail because somebody who was signed in asked for it. If it was not you, keep the account and set a new password.",
    )
}

fn mentor_invitation(url: &str, token: &str, owner: &str) -> Letter {
    let told = format!(
        "{owner} invites you to read a trading journal: the trades, notes and statistics, without changing any. Accept within 14 days, signed \
         in to an account of yours."
    );
    let token = format!("Where the link does not work, this is the code: {token}");
    Letter::compose(
        "You are invited to read a trading journal",
        &[&told, &token],
        &Link { label: "Accept the invitation", url },
        "You get this mail because a user of Trading Journal named your address. If you do not know why, do nothing.",
    )
}

fn mentor_accepted(url: &str, mentor: &str) -> Letter {
    let told = format!(
        "{mentor} accepted your invitation and reads your trading journal from now on: the trades, notes and statistics, without changing \
         any. If it was not you who invited, end it and set a new password."
    );
    Letter::compose(
        "Your invitation was accepted",
        &[&told],
        &Link { label: "See who reads your journal", url },
        "You get this mail whenever somebody accepts an invitation of yours.",
    )
}

fn deletion_undone(url: &str) -> Letter {
    Letter::compose(
        "Your account stays",
        &[
            "Your account is not deleted. API keys that you had are revoked: make new ones where you need them.",
        ],
        &Link { label: "Sign in", url },
        "You get this mail because your account was to be deleted.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://journal.example.com/";

    #[test]
    fn a_mail_with_a_secret_has_it_in_its_link_and_as_text() {
        for (kind, link) in [
            ("verify-email", "https://journal.example.com/verify-email#token=c3VwZXI"),
            ("reset-password", "https://journal.example.com/reset-password#token=c3VwZXI"),
        ] {
            let letter = Letter::about_account(kind, &Content { token: "c3VwZXI", detail: "" }, URL).unwrap();

            assert!(letter.text.contains(&format!(": {link}\n")), "{}", letter.text);
            assert!(letter.text.contains("the code: c3VwZXI\n"), "{}", letter.text);
            assert!(letter.html.contains(&format!("href=\"{link}\"")), "{}", letter.html);
            assert!(!letter.subject.contains("c3VwZXI"));
        }
    }

    #[test]
    fn a_mail_that_only_tells_links_to_where_one_can_act() {
        for kind in [
            "already-registered",
            "password-changed",
            "refresh-token-reused",
            "totp-enabled",
            "totp-disabled",
            "recovery-code-used",
            "recovery-codes-renewed",
            "passkey-added",
            "passkey-removed",
            "identity-linked",
            "identity-unlinked",
        ] {
            let letter = Letter::about_account(kind, &Content::default(), URL).unwrap();

            assert!(
                letter.html.contains("href=\"https://journal.example.com/forgot-password\""),
                "{}",
                letter.html
            );
        }
        for kind in ["account-disabled", "account-enabled", "role-changed"] {
            let content = Content { detail: "mentor", ..Content::default() };
            let letter = Letter::about_account(kind, &content, URL).unwrap();
            assert!(letter.html.contains("href=\"https://journal.example.com/sign-in\""), "{}", letter.html);
            assert_eq!(letter.text.contains("its role is mentor"), kind == "role-changed");
        }
        let content = Content { detail: "<new>@example.com", ..Content::default() };
        let letter = Letter::about_account("email-changed", &content, URL).unwrap();
        assert!(letter.text.contains("another address now: <new>@example.com."), "{}", letter.text);
        assert!(letter.html.contains("another address now: &lt;new&gt;@example.com."), "{}", letter.html);
        let content = Content { detail: "grace@example.com", ..Content::default() };
        let letter = Letter::about_account("mentor-accepted", &content, URL).unwrap();
        assert!(letter.text.starts_with("grace@example.com accepted your invitation"), "{}", letter.text);
        assert!(
            letter.html.contains("href=\"https://journal.example.com/settings/mentors\""),
            "{}",
            letter.html
        );
        assert_eq!(Letter::about_account("greeting", &Content::default(), URL), None);
    }
}
