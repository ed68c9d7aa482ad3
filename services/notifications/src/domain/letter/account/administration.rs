//! Mails about what whoever runs the product did to an account.

use super::{Letter, Link};

/// The mail of this kind; `None` when there is no such kind. `url` is where one signs in, `detail` the new role.
pub(super) fn about(kind: &str, url: &str, detail: &str) -> Option<Letter> {
    let (subject, told) = match kind {
        "account-disabled" => (
            "Your account was disabled",
            "Nobody can sign in to it any more, and all its sessions, API keys and mentors were ended. What you have recorded is kept. Ask \
             whoever runs this service why."
                .to_owned(),
        ),
        "account-enabled" => (
            "Your account is open again",
            "You can sign in as before. API keys and mentors have to be made and invited anew.".to_owned(),
        ),
        "role-changed" => (
            "Your account has another role",
            format!("From the next sign-in on its role is {detail}. All sessions were ended."),
        ),
        _ => return None,
    };
    Some(Letter::compose(
        subject,
        &[&told],
        &Link { label: "Sign in", url },
        "You get this mail because whoever runs this service changed something about your account.",
    ))
}
