//! Threads that compute: so many at once, whoever asked and whether or not he still waits.

use crate::error::Error;
use std::{num::NonZero, sync::Arc, thread::available_parallelism};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Fewest computations at once: a long one leaves room for another.
const FEWEST: usize = 2;

/// Places to compute in. What has begun cannot be stopped: it keeps its place until it ends, also when its asker is gone.
pub(crate) struct Computing(Arc<Semaphore>);

impl Computing {
    /// A place for each core.
    pub fn new() -> Self {
        Self::of(available_parallelism().map_or(FEWEST, NonZero::get).max(FEWEST))
    }

    fn of(places: usize) -> Self {
        Self(Arc::new(Semaphore::new(places)))
    }

    /// What `work` comes to, once there is a place. Whoever goes away while he waits for one leaves nothing behind.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let failed = |error: &dyn std::error::Error| Error::Malformed(error.to_string());
        let place = self.0.clone().acquire_owned().await.map_err(|error| failed(&error))?;
        let computed = spawn_blocking(move || {
            let _place = place;
            work()
        });
        computed.await.map_err(|error| failed(&error))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{sync::mpsc, time::Duration};
    use tokio::time::timeout;

    const SOON: Duration = Duration::from_millis(50);

    #[tokio::test]
    async fn what_computes_keeps_its_place_when_its_asker_is_gone_and_what_waits_leaves_nothing() {
        let computing = Computing::of(1);
        let (begun, has_begun) = mpsc::channel();
        let (end, may_end) = mpsc::channel::<()>();
        let long = computing.run(move || {
            begun.send("long").unwrap();
            may_end.recv().unwrap();
            Ok(())
        });
        assert!(timeout(SOON, long).await.is_err(), "the asker goes away");
        assert_eq!(has_begun.recv(), Ok("long"));

        let (begun, has_begun) = mpsc::channel();
        let next = computing.run(move || {
            begun.send("next").unwrap();
            Ok(())
        });
        assert!(timeout(SOON, next).await.is_err(), "no second place");
        end.send(()).unwrap();

        assert_eq!(computing.run(|| Ok("last")).await.unwrap(), "last");
        assert!(has_begun.recv().is_err(), "who waited in vain was never computed for");
    }
}
