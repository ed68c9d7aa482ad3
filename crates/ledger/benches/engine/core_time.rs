//! Time that a thread spends on a core, so that other work on the machine is not counted.

use std::fs;
use std::time::{Duration, Instant};

use criterion::measurement::{Measurement, ValueFormatter, WallTime};

/// Time that the measuring thread spends on a core, where Linux tells it (to a few milliseconds); else wall time.
pub struct CoreTime {
    start: Instant,
}

impl CoreTime {
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }

    fn now(&self) -> Duration {
        let spent = fs::read_to_string("/proc/thread-self/schedstat").ok();
        let nanoseconds = spent.and_then(|text| text.split_whitespace().next()?.parse().ok());
        nanoseconds.map_or_else(|| self.start.elapsed(), Duration::from_nanos)
    }
}

impl Measurement for CoreTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        self.now()
    }

    fn end(&self, start: Duration) -> Duration {
        self.now().saturating_sub(start)
    }

    fn add(&self, left: &Duration, right: &Duration) -> Duration {
        *left + *right
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}
