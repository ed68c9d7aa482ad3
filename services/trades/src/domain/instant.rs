//! Between the ledger's nanoseconds and the microseconds that PostgreSQL keeps.

use jiff::tz::TimeZone;
use ledger::{Day, Timestamp};
use time::{Duration, OffsetDateTime};

/// The microsecond that `time` falls into. Fills of the same microsecond keep the order that their file gives them.
pub fn from_ledger(time: Timestamp) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::microseconds(time.0.div_euclid(1_000))
}

/// The microsecond that `time` falls into: what comes back when it is stored.
pub fn stored(time: OffsetDateTime) -> OffsetDateTime {
    from_ledger(to_ledger(time))
}

/// The ledger's time; what lies beyond the years 1677 to 2262 becomes the nearest that it can hold.
pub fn to_ledger(time: OffsetDateTime) -> Timestamp {
    let nanoseconds = time.unix_timestamp_nanos();
    let bounded = nanoseconds.clamp(i64::MIN.into(), i64::MAX.into());
    Timestamp(i64::try_from(bounded).unwrap_or_default())
}

/// The day on the clocks of `zone`.
pub fn day_in(zone: &TimeZone, time: Timestamp) -> Day {
    let instant = jiff::Timestamp::from_nanosecond(time.0.into()).unwrap_or_default();
    let date = zone.to_datetime(instant).date();
    Day::from_civil(date.year().into(), date.month().unsigned_abs().into(), date.day().unsigned_abs().into())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_that_of_the_clocks_in_the_zone() {
        let late_in_new_york = to_ledger(OffsetDateTime::from_unix_timestamp(1_767_574_800).unwrap());

        let day_of = |zone: &str| day_in(&TimeZone::get(zone).unwrap(), late_in_new_york).to_string();

        assert_eq!(["UTC", "America/New_York"].map(day_of), ["2026-01-05", "2026-01-04"]);
    }

    #[test]
    fn a_time_falls_into_its_microsecond_also_before_1970() {
        assert_eq!(to_ledger(from_ledger(Timestamp(1_999))), Timestamp(1_000));
        assert_eq!(to_ledger(from_ledger(Timestamp(-1))), Timestamp(-1_000));
    }

    #[test]
    fn times_that_the_ledger_cannot_hold_are_bounded() {
        assert_eq!(
            to_ledger(OffsetDateTime::from_unix_timestamp(253_402_300_799).unwrap()),
            Timestamp(i64::MAX)
        );
    }
}
