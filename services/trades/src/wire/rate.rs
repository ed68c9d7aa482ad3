//! Exchange rates.

use super::timestamp;
use crate::domain::rate::Rate;
use journal_proto::trades::v1 as proto;

/// A rate as callers see it.
pub fn rate(rate: Rate) -> proto::Rate {
    proto::Rate {
        from: rate.key.pair.from,
        to: rate.key.pair.to,
        valid_from: Some(timestamp(rate.key.valid_from)),
        rate: rate.rate.to_string(),
        source: rate.source.name().to_owned(),
    }
}
