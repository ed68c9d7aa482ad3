//! What can be set about bulkheads.

use clap::Args;
use std::{str::FromStr, time::Duration};

/// So many requests at once, so many more that wait, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Requests at once.
    pub places: u32,
    /// Requests that may wait for a place.
    pub queue: u32,
    /// How long they wait at most; where somebody always waits, a third of it.
    pub wait: Duration,
}

/// `64/128/250`: 64 at once, 128 more wait, for 250 ms at most.
impl FromStr for Room {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let expected = "must be places/queue/milliseconds, such as 64/128/250";
        let mut numbers = text.split('/').map(str::parse::<u32>);
        let mut next = || numbers.next().and_then(Result::ok).ok_or(expected);
        let (places, queue, millis) = (next()?, next()?, next()?);
        if places == 0 || numbers.next().is_some() {
            return Err(expected);
        }
        Ok(Self { places, queue, wait: Duration::from_millis(millis.into()) })
    }
}

/// How many requests of each kind one gateway works on, each as places/queue/milliseconds. One more is answered with 503.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Bulkheads")]
pub struct Bulkheads {
    /// Signing in, registering, recovering: what hashes passwords.
    #[arg(long, env = "BULKHEAD_SIGN_IN", default_value = "32/32/1000")]
    pub bulkhead_sign_in: Room,
    /// Files.
    #[arg(long, env = "BULKHEAD_FILES", default_value = "16/16/1000")]
    pub bulkhead_files: Room,
    /// Statistics.
    #[arg(long, env = "BULKHEAD_STATISTICS", default_value = "16/32/500")]
    pub bulkhead_statistics: Room,
    /// Everything else.
    #[arg(long, env = "BULKHEAD_RECORDS", default_value = "16/128/400")]
    pub bulkhead_records: Room,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_is_places_a_queue_and_milliseconds() {
        let room: Room = "64/128/250".parse().unwrap();
        assert_eq!(room, Room { places: 64, queue: 128, wait: Duration::from_millis(250) });
        for wrong in ["", "64", "64/128", "0/1/1", "1/1/1/1", "-1/1/1", "1/1/x"] {
            assert!(wrong.parse::<Room>().is_err(), "{wrong}");
        }
    }
}
