//! Publishing in windows: many messages on their way, each certain once it is confirmed.

use super::{Broker, BrokerError, OpenChannel};
use futures_util::future::try_join_all;
use lapin::{
    BasicProperties, Confirmation,
    options::{BasicPublishOptions, ConfirmSelectOptions},
    types::ShortString,
};
use std::collections::HashMap;

/// Survives a restart of the broker.
pub(crate) const PERSISTENT: u8 = 2;

/// A message to publish.
pub(crate) struct Outgoing {
    pub exchange: ShortString,
    pub routing_key: ShortString,
    pub payload: Vec<u8>,
    /// Its message id tells the messages of a window apart.
    pub properties: BasicProperties,
}

/// What became of a message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Receipt {
    /// Stored in every queue it belongs to.
    Stored,
    /// Stored nowhere, and why.
    Refused(String),
}

/// A channel that confirms what is published on it. After an error it is of no more use.
pub(crate) struct Publisher {
    open: OpenChannel,
}

impl Publisher {
    pub async fn open(broker: &Broker) -> Result<Self, BrokerError> {
        let open = broker.publishing().open().await?;
        open.within("confirm", open.channel.confirm_select(ConfirmSelectOptions::default())).await?;
        Ok(Self { open })
    }

    pub fn channel(&self) -> &OpenChannel {
        &self.open
    }

    /// Publishes `window` and waits for all its confirms. The receipts are in the window's order.
    pub async fn publish(&self, window: &[Outgoing]) -> Result<Vec<Receipt>, BrokerError> {
        if self.open.is_blocked() {
            return Err(BrokerError::Blocked);
        }
        let sent = try_join_all(window.iter().map(|message| {
            self.open.channel.basic_publish(
                message.exchange.clone(),
                message.routing_key.clone(),
                // An unroutable message is confirmed all the same; mandatory makes it come back first.
                BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() },
                &message.payload,
                message.properties.clone(),
            )
        }));
        let confirms = self.open.within("take messages", sent).await?;
        let confirmations = self.open.within("confirm messages", try_join_all(confirms)).await?;
        Ok(receipts(window, confirmations))
    }

    /// Publishes one message, which must be stored.
    pub async fn publish_one(&self, message: Outgoing) -> Result<(), BrokerError> {
        match self.publish(&[message]).await?.pop() {
            Some(Receipt::Stored) => Ok(()),
            Some(Receipt::Refused(cause)) => Err(BrokerError::Refused(cause)),
            None => Err(BrokerError::Refused("it was not confirmed".to_owned())),
        }
    }
}

/// lapin hands a returned message to whichever confirm it completes next: only its id tells which one came back.
fn receipts(window: &[Outgoing], confirmations: Vec<Confirmation>) -> Vec<Receipt> {
    let nacked: Vec<bool> = confirmations.iter().map(|confirmation| !confirmation.is_ack()).collect();
    let returned: HashMap<Option<ShortString>, String> = confirmations
        .into_iter()
        .filter_map(Confirmation::take_message)
        .map(|message| (message.properties.message_id().clone(), message.reply_text.to_string()))
        .collect();
    window
        .iter()
        .zip(nacked)
        .map(|(message, nacked)| match returned.get(message.properties.message_id()) {
            Some(cause) => Receipt::Refused(cause.clone()),
            None if nacked => Receipt::Refused("not stored".to_owned()),
            None => Receipt::Stored,
        })
        .collect()
}
