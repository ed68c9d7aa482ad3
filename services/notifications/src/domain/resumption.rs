//! Where a subscription starts: after the message it names, or now.

/// What is kept of a user's stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Number of the newest message; 0 before the first.
    pub newest: u64,
    /// Number of the oldest message still there, if any is.
    pub oldest: Option<u64>,
}

/// Where to start reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Start {
    /// The first message delivered is the next after this one.
    pub after: u64,
    /// True: the subscriber misses nothing of what followed the message that it named.
    pub resumed: bool,
}

impl Kept {
    /// Starts after `since` when all that followed is kept, else now.
    pub fn start(self, since: Option<u64>) -> Start {
        let oldest = self.oldest.unwrap_or(self.newest.saturating_add(1));
        match since {
            Some(since) if since <= self.newest && since.saturating_add(1) >= oldest => {
                Start { after: since, resumed: true }
            }
            Some(_) | None => Start { after: self.newest, resumed: false },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: Kept = Kept { newest: 9, oldest: Some(5) };
    const NOW: Start = Start { after: 9, resumed: false };

    #[test]
    fn a_newcomer_starts_now() {
        assert_eq!(KEPT.start(None), NOW);
    }

    #[test]
    fn whoever_missed_only_what_is_kept_resumes() {
        for since in 4..=9 {
            assert_eq!(KEPT.start(Some(since)), Start { after: since, resumed: true });
        }
    }

    #[test]
    fn whoever_missed_more_starts_now() {
        assert_eq!(KEPT.start(Some(3)), NOW);
        assert_eq!(KEPT.start(Some(0)), NOW);
    }

    #[test]
    fn a_number_that_was_never_given_starts_now() {
        assert_eq!(KEPT.start(Some(10)), NOW);
        assert_eq!(KEPT.start(Some(u64::MAX)), NOW);
    }

    #[test]
    fn nothing_kept_and_nothing_missed_resumes() {
        let idle = Kept { newest: 9, oldest: None };

        assert_eq!(idle.start(Some(9)), Start { after: 9, resumed: true });
        assert_eq!(idle.start(Some(8)), NOW);
    }

    #[test]
    fn an_empty_stream_resumes_from_nothing() {
        let empty = Kept { newest: 0, oldest: None };

        assert_eq!(empty.start(Some(0)), Start { after: 0, resumed: true });
    }
}
