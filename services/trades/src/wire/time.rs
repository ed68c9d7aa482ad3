//! Points in time.

use crate::domain::invalid::Invalid;
use journal_proto::Timestamp;
use time::{Duration, OffsetDateTime};

/// A time as protobuf writes it.
pub fn timestamp(time: OffsetDateTime) -> Timestamp {
    // Below a second, so it always fits.
    Timestamp { seconds: time.unix_timestamp(), nanos: time.nanosecond().cast_signed() }
}

/// The time that a caller means.
pub fn instant(field: &'static str, timestamp: Timestamp) -> Result<OffsetDateTime, Invalid> {
    let invalid = || Invalid::new(field, "must be a time between the years 1 and 9999");
    if !(0..1_000_000_000).contains(&timestamp.nanos) {
        return Err(invalid());
    }
    let seconds = OffsetDateTime::from_unix_timestamp(timestamp.seconds).map_err(|_| invalid())?;
    if !(1..=9_999).contains(&seconds.year()) {
        return Err(invalid());
    }
    Ok(seconds + Duration::nanoseconds(timestamp.nanos.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_comes_back_as_it_went() {
        let before_1970 = OffsetDateTime::UNIX_EPOCH - Duration::microseconds(1);

        assert_eq!(timestamp(before_1970), Timestamp { seconds: -1, nanos: 999_999_000 });
        assert_eq!(instant("from", timestamp(before_1970)), Ok(before_1970));
    }

    #[test]
    fn impossible_times_are_refused() {
        for (seconds, nanos) in
            [(i64::MAX, 0), (i64::MIN, 0), (0, -1), (0, 1_000_000_000), (253_402_300_800, 0)]
        {
            assert_eq!(instant("from", Timestamp { seconds, nanos }).unwrap_err().field, "from");
        }
    }
}
