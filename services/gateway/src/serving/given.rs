//! What a client was given, and has to take.

use std::{collections::HashMap, num::NonZeroU32, time::Duration};
use tokio::time::Instant;

/// As much of what was given last as is remembered: more than hyper's own answers have.
pub(super) const TAIL: usize = 256;

/// What the answers of one connection gave out.
///
/// Over HTTP/1.1 a client that takes nothing is noticed when bytes cannot be written. Over HTTP/2 they can: the client says for each
/// stream how much it takes, and one that says nothing would keep its answers, and us, for ever.
#[derive(Debug, Default)]
pub(super) struct Given {
    answers: u64,
    /// Until when a stream's client must have asked for more.
    due: HashMap<u64, Instant>,
    /// The end of the last bytes.
    tail: Vec<u8>,
}

/// How long one waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    pub patience: Duration,
    /// Bytes a second.
    pub rate: NonZeroU32,
}

impl Given {
    /// A number for an answer.
    pub fn number(&mut self) -> u64 {
        self.answers += 1;
        self.answers
    }

    /// A stream was given so many bytes.
    pub fn gave(&mut self, answer: u64, bytes: usize, terms: Terms, now: Instant) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let time = Duration::from_secs(1).saturating_mul(bytes) / terms.rate.get();
        self.due.insert(answer, now + terms.patience + time);
    }

    /// A stream's client asked for more, or is gone.
    pub fn taken(&mut self, answer: u64) {
        self.due.remove(&answer);
    }

    /// True when a client does not take what it was given.
    pub fn is_overdue(&self, now: Instant) -> bool {
        self.due.values().any(|due| *due < now)
    }

    /// Remembers how the bytes of a body end.
    pub fn remember(&mut self, bytes: &[u8]) {
        let (kept, added) = (TAIL.saturating_sub(bytes.len()), bytes.len().saturating_sub(TAIL));
        self.tail.drain(..self.tail.len().saturating_sub(kept));
        self.tail.extend_from_slice(bytes.get(added..).unwrap_or_default());
    }

    /// True when these bytes are the end of a body.
    pub fn ends_with(&self, bytes: &[u8]) -> bool {
        // A chunk has a line end of its own.
        self.tail.trim_ascii_end().ends_with(bytes.trim_ascii_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMS: Terms = Terms { patience: Duration::from_secs(15), rate: NonZeroU32::new(1024).unwrap() };

    #[test]
    fn who_takes_a_kibibyte_a_second_has_time() {
        let mut given = Given::default();
        let begun = Instant::now();
        let after = |seconds| begun + Duration::from_secs(seconds);
        let (first, second) = (given.number(), given.number());
        given.gave(first, 0, TERMS, begun);
        given.gave(second, 10 * 1024, TERMS, begun);

        assert!(!given.is_overdue(after(14)));
        assert!(given.is_overdue(after(16)));
        given.taken(first);
        assert!(!given.is_overdue(after(24)));
        assert!(given.is_overdue(after(26)));
    }

    #[test]
    fn the_end_of_a_body_is_known_in_however_many_pieces_it_came() {
        let mut given = Given::default();
        for piece in [vec![b'a'; 1000], b"HTTP/1.1 400 x\r\n".to_vec(), b"content-length: 0\r\n\r\n".to_vec()]
        {
            given.remember(&piece);
        }

        assert!(given.ends_with(b"HTTP/1.1 400 x\r\ncontent-length: 0\r\n\r\n"));
        assert!(!given.ends_with(b"HTTP/1.1 400 y\r\ncontent-length: 0\r\n\r\n"));
        assert_eq!(given.tail.len(), TAIL);
    }
}
