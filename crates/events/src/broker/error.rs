//! Why RabbitMQ did not do what it was asked.

use lapin::ErrorKind;

/// What RabbitMQ answers to a wrong login (AMQP 0-9-1, `access-refused`).
const ACCESS_REFUSED: u16 = 403;

/// What went wrong between this process and RabbitMQ. Whatever it was, it is tried again on a fresh channel.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    /// No answer in time: the connection is given up.
    #[error("RabbitMQ did not {0} in time")]
    TimedOut(&'static str),
    /// Memory or disk is short over there; the connection stays, and works again when the alarm is over.
    #[error("RabbitMQ accepts no messages for now")]
    Blocked,
    /// A connection that is in use is down.
    #[error("there is no connection to RabbitMQ")]
    Disconnected,
    /// RabbitMQ ended the subscription: the queue was deleted or its node went away.
    #[error("RabbitMQ ended the subscription")]
    Unsubscribed,
    /// RabbitMQ could not store or route the message.
    #[error("RabbitMQ refused the message: {0}")]
    Refused(String),
    /// What replaced the URL of RabbitMQ is none.
    #[error("{0}")]
    NoUrl(String),
    /// Whatever else the connection failed with.
    #[error("RabbitMQ: {0}")]
    Protocol(#[from] lapin::Error),
}

impl BrokerError {
    /// True when RabbitMQ knows no such user, or not by this password.
    pub(super) fn is_refused_login(&self) -> bool {
        let Self::Protocol(error) = self else { return false };
        matches!(error.kind(), ErrorKind::ProtocolError(error) if error.get_id() == ACCESS_REFUSED)
    }
}
