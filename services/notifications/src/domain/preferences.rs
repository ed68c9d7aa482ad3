//! What a user wants to be mailed about, besides the safety of the account.

use journal_proto::notifications::v1 as proto;

/// Nothing is wanted unless it was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Preferences {
    /// A mail when an import finished or failed.
    pub email_import_finished: bool,
    /// A mail each week about what came into the inbox.
    pub email_digest: bool,
}

impl Preferences {
    /// What is asked for, where these are stored: what a caller does not name, as it does not know of it, stays as it is.
    pub fn with(self, asked: proto::Preferences) -> Self {
        Self {
            email_import_finished: asked.email_import_finished,
            email_digest: asked.email_digest.unwrap_or(self.email_digest),
        }
    }

    /// There is nothing to preferences but what they say: a digit for all of them, which a precondition compares.
    pub fn state(self) -> u8 {
        u8::from(self.email_import_finished) + 2 * u8::from(self.email_digest)
    }
}

impl From<Preferences> for proto::Preferences {
    fn from(Preferences { email_import_finished, email_digest }: Preferences) -> Self {
        Self { email_import_finished, email_digest: Some(email_digest) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_combination_is_a_state_of_its_own() {
        let mut states = Vec::new();
        for (email_import_finished, email_digest) in
            [(false, false), (true, false), (false, true), (true, true)]
        {
            states.push(Preferences { email_import_finished, email_digest }.state());
        }

        assert_eq!(states, [0, 1, 2, 3]);
    }

    #[test]
    fn what_is_not_named_stays() {
        let stored = Preferences { email_import_finished: true, email_digest: true };
        let asked = |email_digest| proto::Preferences { email_import_finished: false, email_digest };

        assert_eq!(
            stored.with(asked(None)),
            Preferences { email_import_finished: false, email_digest: true }
        );
        assert_eq!(stored.with(asked(Some(false))), Preferences::default());
    }
}
