//! What a delivery says: which event it is, and whether it can be read.

use crate::Event;
use lapin::message::Delivery;
use runtime::{Clock, propagation::TRACEPARENT};
use std::marker::PhantomData;
use time::OffsetDateTime;
use uuid::Uuid;

/// A readable delivery of an event.
pub(super) struct Letter<'a, E> {
    pub event_id: Uuid,
    pub delivery: &'a Delivery,
    event: PhantomData<E>,
}

impl<'a, E: Event> Letter<'a, E> {
    /// Checks that the delivery names an event of this kind and holds it. The error says what is wrong with it.
    pub fn open(delivery: &'a Delivery) -> Result<Self, String> {
        let properties = &delivery.properties;
        let event_id = properties
            .message_id()
            .as_ref()
            .and_then(|id| id.as_str().parse().ok())
            .ok_or("the message id is not a UUID")?;
        if let Some(kind) = properties.kind()
            && kind.as_str() != E::full_name()
        {
            return Err(format!("it is a {kind}, not a {}", E::full_name()));
        }
        let letter = Self { event_id, delivery, event: PhantomData };
        letter.event().map_err(|error| format!("it cannot be decoded: {error}"))?;
        Ok(letter)
    }

    /// The event itself, anew for each attempt.
    pub fn event(&self) -> Result<E, prost::DecodeError> {
        E::decode(self.delivery.data.as_slice())
    }

    /// Seconds since the event was appended.
    pub fn age(&self) -> Option<f64> {
        let appended = self.event_id.get_timestamp()?;
        let (seconds, nanoseconds) = appended.to_unix();
        let appended = OffsetDateTime::from_unix_timestamp(i64::try_from(seconds).ok()?).ok()?
            + time::Duration::nanoseconds(nanoseconds.into());
        Some((Clock::system().now() - appended).as_seconds_f64().max(0.0))
    }
}

/// The trace that the delivery's cause belongs to.
pub(super) fn traceparent(delivery: &Delivery) -> Option<String> {
    let headers = delivery.properties.headers().as_ref()?;
    let value = headers.inner().get(TRACEPARENT)?.as_long_string()?;
    String::from_utf8(value.as_bytes().to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lapin::BasicProperties;
    use prost::Name as _;

    type Event = prost_types::Timestamp;

    fn delivery(id: &str, kind: &str, data: &[u8]) -> Delivery {
        let mut delivery = Delivery::mock(1, "".into(), "".into(), false, data.to_vec());
        delivery.properties = BasicProperties::default().with_message_id(id.into()).with_type(kind.into());
        delivery
    }

    #[test]
    fn a_delivery_without_a_usable_id_cannot_be_read() {
        let delivery = delivery("seven", &Event::full_name(), b"");

        let error = Letter::<Event>::open(&delivery).err().unwrap();

        assert_eq!(error, "the message id is not a UUID");
    }

    #[test]
    fn an_event_of_another_kind_cannot_be_read() {
        let delivery = delivery(&Uuid::now_v7().to_string(), "journal.trades.v1.TradesChanged", b"");

        let error = Letter::<Event>::open(&delivery).err().unwrap();

        assert_eq!(error, "it is a journal.trades.v1.TradesChanged, not a google.protobuf.Timestamp");
    }

    #[test]
    fn an_events_age_is_told_by_its_id() {
        let delivery = delivery(&Uuid::now_v7().to_string(), &Event::full_name(), b"");

        let age = Letter::<Event>::open(&delivery).ok().unwrap().age().unwrap();

        assert!((0.0..5.0).contains(&age), "{age} s");
    }
}
