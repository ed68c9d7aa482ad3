//! Times as brokers write them, and the zone that makes them points in time.

mod clock;
mod date;
mod iso;
mod order;
mod time_of_day;
mod zones;

pub(crate) use clock::Clock;
pub(crate) use date::{DateRule, date};
pub(crate) use order::{shown, user_ordered};

#[cfg(test)]
mod tests;
