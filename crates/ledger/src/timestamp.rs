//! A point in time, as fine as any broker reports it.

/// Nanoseconds since 1970-01-01T00:00:00Z, without leap seconds (years 1677 to 2262).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);
