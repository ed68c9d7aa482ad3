//! One subscription, from its channel's opening to its end: a stop, or anything that breaks the channel.

use super::{Consumer, depth, worker::Worker};
use crate::{BrokerError, broker::OpenChannel};
use futures_util::StreamExt as _;
use lapin::{
    options::{BasicCancelOptions, BasicConsumeOptions, BasicQosOptions},
    types::FieldTable,
};
use prost::Name as _;
use std::{sync::Arc, time::Duration};
use tokio::{task::JoinSet, time::timeout};
use tokio_util::sync::CancellationToken;

/// Fewest events that one instance holds: those that wait for another attempt must not keep the next ones away.
const FEWEST_HELD: usize = 16;
/// What handlers may still take when the service stops; then they are rolled back.
const GRACE: Duration = Duration::from_secs(13);
/// What deliveries may take that were on their way when the subscription ended.
const LAST_DELIVERIES: Duration = Duration::from_secs(1);

/// Handles deliveries until `stopping`, or until the channel breaks. Sets `subscribed` once deliveries can arrive.
///
/// A handler that is at work when the channel breaks stays in `tasks` and finishes what it does: its event is delivered
/// again, and found in the inbox then.
pub(super) async fn consume<C: Consumer>(
    worker: &Arc<Worker<C>>,
    stopping: &CancellationToken,
    tasks: &mut JoinSet<()>,
    subscribed: &mut bool,
) -> Result<(), BrokerError> {
    let (open, mut deliveries) = tokio::select! {
        subscription = subscribe(worker) => subscription?,
        () = stopping.cancelled() => return Ok(()),
    };
    *subscribed = true;
    tracing::info!(queue = C::QUEUE, "consuming events");
    let over = stopping.child_token();
    let _ended = over.clone().drop_guard();
    {
        let depths = depth::watch::<C>(&worker.broker, &open);
        tokio::pin!(depths);
        loop {
            tokio::select! {
                () = stopping.cancelled() => break,
                Err(error) = &mut depths => return Err(error),
                Some(task) = tasks.join_next(), if !tasks.is_empty() => {
                    if let Err(error) = task {
                        tracing::error!(queue = C::QUEUE, error = runtime::report::chain(&error), "a delivery's task failed");
                        // Its delivery is neither acknowledged nor given back until the channel closes.
                        return Err(BrokerError::Unsubscribed);
                    }
                }
                delivery = deliveries.next() => {
                    let delivery = delivery.ok_or(BrokerError::Unsubscribed)??;
                    tasks.spawn(Arc::clone(worker).settle(delivery, over.clone()));
                }
            }
        }
    }
    cancel(&open, &deliveries).await;
    give_back(worker, &mut deliveries, tasks, &over).await;
    finish(tasks).await;
    open.close().await;
    Ok(())
}

async fn subscribe<C: Consumer>(worker: &Worker<C>) -> Result<(OpenChannel, lapin::Consumer), BrokerError> {
    let open = worker.broker.consuming().open().await?;
    worker.broker.declare_queue(&open, C::QUEUE, &C::Event::full_name()).await?;
    let held = u16::try_from(C::CONCURRENCY.max(FEWEST_HELD)).unwrap_or(u16::MAX);
    open.within("set the prefetch", open.channel.basic_qos(held, BasicQosOptions::default())).await?;
    let deliveries = open.channel.basic_consume(
        worker.broker.queue(C::QUEUE),
        "".into(),
        BasicConsumeOptions::default(),
        FieldTable::default(),
    );
    let deliveries = open.within("subscribe", deliveries).await?;
    Ok((open, deliveries))
}

async fn cancel(open: &OpenChannel, deliveries: &lapin::Consumer) {
    let cancelled = open.channel.basic_cancel(deliveries.tag(), BasicCancelOptions::default());
    if let Err(error) = open.within("cancel the subscription", cancelled).await {
        tracing::debug!(%error, "a subscription was not cancelled properly");
    }
}

/// What was on its way when the subscription ended goes back to the broker at once: another instance need not wait until the handlers
/// here are done.
async fn give_back<C: Consumer>(
    worker: &Arc<Worker<C>>,
    deliveries: &mut lapin::Consumer,
    tasks: &mut JoinSet<()>,
    over: &CancellationToken,
) {
    let rest = async {
        while let Some(Ok(delivery)) = deliveries.next().await {
            tasks.spawn(Arc::clone(worker).settle(delivery, over.clone()));
        }
    };
    // They end with the cancellation, unless that failed: then the channel is closed in a moment.
    let _ = timeout(LAST_DELIVERIES, rest).await;
}

/// Lets handlers finish what they hold, within their grace.
pub(super) async fn finish(tasks: &mut JoinSet<()>) {
    let all = async { while tasks.join_next().await.is_some() {} };
    if timeout(GRACE, all).await.is_err() {
        tracing::warn!("handlers were still running at the end of their grace: they are rolled back");
        tasks.shutdown().await;
    }
}
