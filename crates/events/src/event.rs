//! What an event is.

use prost::{Message, Name};

/// A past-tense protobuf message of its owner's `events.proto`. Its full name (`journal.trades.v1.TradesChanged`) is the
/// routing key: there is no other registry.
pub trait Event: Message + Name + Default + Send + Sync + 'static {}

impl<T: Message + Name + Default + Send + Sync + 'static> Event for T {}
