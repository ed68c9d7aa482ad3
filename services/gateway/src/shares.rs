//! What there is only so much of for all, and of which nobody gets more than his share.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::Notify, time::timeout};

/// Who has how much. Clones share it.
pub(crate) struct Shares<K>(Arc<Ledger<K>>);

struct Ledger<K> {
    /// For all of them together.
    all: usize,
    /// For each of them.
    of_one: usize,
    taken: Mutex<Taken<K>>,
    given_back: Notify,
}

struct Taken<K> {
    all: usize,
    by_one: HashMap<K, usize>,
}

/// There is not enough left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// For nobody.
    Full,
    /// For this one, who has his share.
    TooMuchOfOne,
}

/// What somebody has, given back when it is dropped.
pub(crate) struct Share<K: Clone + Eq + Hash> {
    ledger: Arc<Ledger<K>>,
    /// `None`: somebody who speaks for many, and counts for all alone.
    who: Option<K>,
    amount: usize,
}

impl<K> Clone for Shares<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K: Clone + Eq + Hash> Shares<K> {
    /// So much for all, and for each.
    pub fn new(all: usize, of_one: usize) -> Self {
        let taken = Mutex::new(Taken { all: 0, by_one: HashMap::new() });
        Self(Arc::new(Ledger { all, of_one, taken, given_back: Notify::new() }))
    }

    /// So much of it, at once or not at all. `None` speaks for many: only what there is for all bounds him.
    pub fn take(&self, who: Option<K>, amount: usize) -> Result<Share<K>, Refused> {
        let mut share = Share { ledger: self.0.clone(), who, amount: 0 };
        share.grow(amount)?;
        Ok(share)
    }

    /// So much of it, as soon as there is: within `patience`.
    pub async fn take_within(&self, who: K, amount: usize, patience: Duration) -> Result<Share<K>, Refused> {
        let taking = async {
            loop {
                // Whoever gives back between the two is heard.
                let given_back = self.0.given_back.notified();
                match self.take(Some(who.clone()), amount) {
                    Ok(share) => return share,
                    Err(_) => given_back.await,
                }
            }
        };
        match timeout(patience, taking).await {
            Ok(share) => Ok(share),
            Err(_) => self.take(Some(who.clone()), amount),
        }
    }
}

impl<K: Clone + Eq + Hash> Share<K> {
    /// So much more.
    pub fn grow(&mut self, amount: usize) -> Result<(), Refused> {
        let Ledger { all, of_one, .. } = *self.ledger;
        let mut taken = self.ledger.taken();
        if amount > all - taken.all.min(all) {
            return Err(Refused::Full);
        }
        if let Some(who) = &self.who {
            let his = taken.by_one.get(who).copied().unwrap_or_default();
            if amount > of_one - his.min(of_one) {
                return Err(Refused::TooMuchOfOne);
            }
            taken.by_one.insert(who.clone(), his + amount);
        }
        taken.all += amount;
        self.amount += amount;
        Ok(())
    }
}

impl<K: Clone + Eq + Hash> Drop for Share<K> {
    fn drop(&mut self) {
        if self.amount == 0 {
            return;
        }
        let mut taken = self.ledger.taken();
        taken.all -= self.amount;
        if let Some(who) = &self.who
            && let Some(his) = taken.by_one.get_mut(who)
        {
            *his -= self.amount;
            if *his == 0 {
                taken.by_one.remove(who);
            }
        }
        drop(taken);
        self.ledger.given_back.notify_waiters();
    }
}

impl<K> Ledger<K> {
    fn taken(&self) -> MutexGuard<'_, Taken<K>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(shares: &Shares<&'static str>, who: Option<&'static str>, amount: usize) -> Option<Refused> {
        shares.take(who, amount).err()
    }

    #[test]
    fn each_gets_his_share_and_all_together_what_there_is() {
        let shares = Shares::new(5, 2);
        let mut mine = shares.take(Some("a"), 1).ok().unwrap();
        mine.grow(1).unwrap();

        assert_eq!(mine.grow(1), Err(Refused::TooMuchOfOne));
        assert_eq!(refused(&shares, Some("b"), 3), Some(Refused::TooMuchOfOne));
        let _many = shares.take(None, 2).ok().unwrap();
        assert_eq!(refused(&shares, None, 2), Some(Refused::Full));
        assert_eq!(refused(&shares, Some("b"), 1), None);
    }

    #[test]
    fn what_was_refused_takes_nothing_and_what_is_dropped_is_free_again() {
        let shares = Shares::new(5, 2);
        let mine = shares.take(Some("a"), 2).ok().unwrap();
        assert_eq!(refused(&shares, Some("a"), 1), Some(Refused::TooMuchOfOne));
        drop(mine);

        let taken = shares.0.taken();
        assert_eq!((taken.all, taken.by_one.len()), (0, 0));
    }

    #[tokio::test]
    async fn who_waits_gets_what_is_given_back_and_else_hears_that_there_is_none() {
        let shares = Shares::new(5, 1);
        let mine = shares.take(Some("a"), 1).ok().unwrap();
        let soon = Duration::from_millis(1);
        assert_eq!(shares.take_within("a", 1, soon).await.err(), Some(Refused::TooMuchOfOne));

        let waiting = shares.take_within("a", 1, Duration::from_mins(1));
        let (next, ()) = tokio::join!(waiting, async move { drop(mine) });
        assert!(next.is_ok());
    }
}
