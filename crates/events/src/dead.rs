//! `<queue>.dead`: where events rest that were given up, with the reason why, until someone puts them back to work.

use crate::broker::{Outgoing, PERSISTENT, text};
use lapin::{
    message::Delivery,
    types::{AMQPValue, FieldTable, ShortString},
};

/// Bytes of the cause that are kept: a header must fit into one frame.
const LONGEST_CAUSE: usize = 2_000;

const CAUSE: &str = "cause";
const ATTEMPTS: &str = "attempts";
const ORIGINAL_ROUTING_KEY: &str = "original-routing-key";

/// The delivery as it rests in `queue`: unchanged but for the headers `cause`, `attempts` and `original-routing-key`.
pub(crate) fn letter(queue: ShortString, delivery: &Delivery, cause: &str, attempts: i32) -> Outgoing {
    let mut headers = delivery.properties.headers().clone().unwrap_or_default();
    headers.insert(CAUSE.into(), text(shortened(cause)));
    headers.insert(ATTEMPTS.into(), AMQPValue::LongInt(attempts));
    if !headers.contains_key(ORIGINAL_ROUTING_KEY) {
        headers.insert(ORIGINAL_ROUTING_KEY.into(), text(delivery.routing_key.as_str()));
    }
    outgoing(queue, delivery, headers)
}

/// The delivery as it goes back to its consumer's queue, unchanged.
pub(crate) fn put_back(queue: ShortString, delivery: &Delivery) -> Outgoing {
    outgoing(queue, delivery, delivery.properties.headers().clone().unwrap_or_default())
}

fn shortened(cause: &str) -> &str {
    cause.get(..cause.floor_char_boundary(LONGEST_CAUSE)).unwrap_or(cause)
}

fn outgoing(queue: ShortString, delivery: &Delivery, headers: FieldTable) -> Outgoing {
    Outgoing {
        // The default exchange leads to the queue of that name.
        exchange: "".into(),
        routing_key: queue,
        payload: delivery.data.clone(),
        properties: delivery.properties.clone().with_delivery_mode(PERSISTENT).with_headers(headers),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_cause_is_shortened_between_two_characters() {
        let cause = format!("{}é", "x".repeat(LONGEST_CAUSE - 1));

        assert_eq!(shortened(&cause).len(), LONGEST_CAUSE - 1);
        assert_eq!(shortened("brief"), "brief");
    }
}
