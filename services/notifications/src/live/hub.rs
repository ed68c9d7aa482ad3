//! Who listens in this process, and the newest number that is known of each one's stream.

use identity::UserId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;

/// One channel for each user who listens here, however many of their screens do.
#[derive(Default)]
pub(super) struct Hub {
    users: Mutex<HashMap<UserId, watch::Sender<u64>>>,
}

/// Hears when a user's stream may hold more.
pub(super) struct Listener {
    hub: Arc<Hub>,
    pub user: UserId,
    newest: watch::Receiver<u64>,
}

impl Hub {
    pub fn listen(hub: &Arc<Self>, user: UserId) -> Listener {
        let newest = hub.users().entry(user).or_insert_with(|| watch::channel(0).0).subscribe();
        metrics::gauge!("live.subscriptions").increment(1);
        Listener { hub: Arc::clone(hub), user, newest }
    }

    /// There may be a message with this number. Hints come late, twice or never.
    pub fn hint(&self, user: UserId, seq: u64) {
        self.update(user, |known| seq > *known, seq);
    }

    /// The database says that this is the newest number: a wrong hint is corrected too.
    pub fn correct(&self, user: UserId, seq: u64) {
        self.update(user, |known| seq != *known, seq);
    }

    fn update(&self, user: UserId, is_news: impl FnOnce(&u64) -> bool, seq: u64) {
        if let Some(newest) = self.users().get(&user) {
            newest.send_if_modified(|known| {
                let news = is_news(known);
                if news {
                    *known = seq;
                }
                news
            });
        }
    }

    /// Everybody who listens here.
    pub fn listening(&self) -> Vec<UserId> {
        self.users().keys().copied().collect()
    }

    fn users(&self) -> MutexGuard<'_, HashMap<UserId, watch::Sender<u64>>> {
        self.users.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listener {
    /// Call it before reading the stream: what is hinted from here on makes [`Listener::news`] return.
    pub fn about_to_read(&mut self) {
        self.newest.mark_unchanged();
    }

    /// Waits for a hint that came after [`Listener::about_to_read`].
    pub async fn news(&mut self) {
        if self.newest.changed().await.is_err() {
            // The hub keeps the sender for as long as anybody listens.
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        metrics::gauge!("live.subscriptions").decrement(1);
        let mut users = self.hub.users();
        // This one still counts; nobody can join meanwhile.
        if users.get(&self.user).is_some_and(|newest| newest.receiver_count() <= 1) {
            users.remove(&self.user);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;
    use uuid::Uuid;

    fn hub_and_user() -> (Arc<Hub>, UserId) {
        (Arc::default(), UserId(Uuid::now_v7()))
    }

    #[test]
    fn a_hint_is_heard_once_by_every_listener_of_its_user() {
        let (hub, user) = hub_and_user();
        let mut listeners = [Hub::listen(&hub, user), Hub::listen(&hub, user)];
        let mut other = Hub::listen(&hub, UserId(Uuid::now_v7()));

        hub.hint(user, 3);
        hub.hint(user, 3);
        hub.hint(user, 2);

        for listener in &mut listeners {
            assert!(listener.news().now_or_never().is_some());
            assert!(listener.news().now_or_never().is_none());
        }
        assert!(other.news().now_or_never().is_none());
    }

    #[test]
    fn a_hint_from_before_reading_is_no_news_and_one_from_after_it_is() {
        let (hub, user) = hub_and_user();
        let mut listener = Hub::listen(&hub, user);

        hub.hint(user, 1);
        listener.about_to_read();
        assert!(listener.news().now_or_never().is_none());

        hub.hint(user, 2);
        assert!(listener.news().now_or_never().is_some());
    }

    #[test]
    fn a_wrong_hint_does_not_make_deaf_for_long() {
        let (hub, user) = hub_and_user();
        let mut listener = Hub::listen(&hub, user);
        hub.hint(user, u64::MAX);
        listener.about_to_read();

        hub.correct(user, 7);

        assert!(listener.news().now_or_never().is_some());
    }

    #[test]
    fn whoever_left_is_forgotten() {
        let (hub, user) = hub_and_user();
        let (first, second) = (Hub::listen(&hub, user), Hub::listen(&hub, user));

        drop(first);
        assert_eq!(hub.listening(), [user]);

        drop(second);
        assert_eq!(hub.listening(), []);
    }
}
