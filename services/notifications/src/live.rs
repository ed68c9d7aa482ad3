//! From a committed message to every subscriber of its user, on whichever instance.
//!
//! Rows in PostgreSQL are the stream; everything else only says "look". A subscription reads the rows after the last one it
//! sent, so that nothing is lost, repeated or out of order, whatever happens to the hints:
//! - the [`announcer`] tells this process and, through Redis, the others, as soon as a message is committed;
//! - the [`loudspeaker`] hears what others announced;
//! - the [`lookout`] compares the newest numbers of all users who listen here once a second, with or without Redis.

mod announcer;
mod hub;
mod lookout;
mod loudspeaker;
mod subscription;

use crate::{db, domain::message::Message, error::Error};
use announcer::Announcer;
use futures_util::Stream;
use hub::Hub;
use identity::UserId;
use journal_proto::notifications::v1::LiveMessage;
use loudspeaker::Loudspeaker;
use runtime::{Service, postgres, settings};
use sqlx::{PgConnection, PgPool};
use std::sync::Arc;
use subscription::Subscription;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// The live streams of all users. Clones are the same.
#[derive(Clone)]
pub(crate) struct Live {
    pool: PgPool,
    hub: Arc<Hub>,
    announcer: Announcer,
    subscriptions: TaskTracker,
    stopping: CancellationToken,
}

impl Live {
    /// Starts what announces and hears, and what ends the subscriptions when the service stops.
    pub async fn start(
        service: &mut Service,
        pool: &PgPool,
        redis: &settings::Redis,
    ) -> anyhow::Result<Self> {
        let hub = Arc::new(Hub::default());
        let loudspeaker = Loudspeaker::connect(service, redis).await?;
        service.spawn("loudspeaker", loudspeaker.clone().hear(Arc::clone(&hub), service.stopping()));
        service.spawn("lookout", lookout::watch(pool.clone(), Arc::clone(&hub), service.stopping()));
        let announcer = Announcer::start(service, pool.clone(), Arc::clone(&hub), loudspeaker);
        let live = Self {
            pool: pool.clone(),
            hub,
            announcer,
            subscriptions: TaskTracker::new(),
            stopping: service.stopping(),
        };
        service.spawn("subscriptions", live.clone().end_subscriptions());
        Ok(live)
    }

    async fn end_subscriptions(self) -> anyhow::Result<()> {
        self.stopping.cancelled().await;
        self.subscriptions.close();
        self.subscriptions.wait().await;
        Ok(())
    }

    /// Appends messages to a user's stream. Subscribers hear of them when the transaction is committed, and never when it
    /// is not. Nobody else can append for this user until it ended: make it the last thing that a transaction does.
    pub async fn append(
        &self,
        tx: &mut PgConnection,
        user: UserId,
        messages: &[Message],
    ) -> sqlx::Result<()> {
        let newest = db::stream::append(tx, user, messages).await?;
        self.announcer.announce_when_committed(user, newest);
        Ok(())
    }

    /// A greeting, then the messages after `since` (without it: from now on), as they come, until an error says why no
    /// more do. Whoever cannot resume there (see [`crate::domain::resumption`]) starts now, as the greeting says.
    pub async fn subscribe(
        &self,
        user: UserId,
        since: Option<u64>,
    ) -> Result<impl Stream<Item = Result<LiveMessage, Error>> + Send + use<>, Error> {
        // Before the first look at the database: what is committed after that look is heard.
        let listener = Hub::listen(&self.hub, user);
        let mut tx = postgres::snapshot_for(&self.pool, user.0).await?;
        let kept = db::stream::kept(&mut *tx, user).await?;
        tx.commit().await?;
        let (subscription, messages) = Subscription::new(self.pool.clone(), listener, kept, since);
        self.subscriptions.spawn(subscription.run(self.stopping.clone()));
        Ok(messages)
    }
}
