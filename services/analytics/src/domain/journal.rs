//! What a trader wrote about a trade, as the trades service tells it.

use super::Malformed;
use journal_proto::trades::v1::TradeLabels;
use uuid::Uuid;

/// The whole entry. It has a version of its own, as it changes without the trade's money.
pub(crate) struct Journal {
    pub version: i64,
    pub tags: Vec<String>,
    pub notes: String,
    /// `None`: told by a release that did not tell them.
    pub labels: Option<Labels>,
}

/// What a trade is sorted by beside its tags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Labels {
    pub mistakes: Vec<String>,
    /// From 1 to 5.
    pub rating: Option<i16>,
    pub playbook_id: Option<Uuid>,
}

/// Of labels that nobody told: older than any that somebody tells.
const UNTOLD: i64 = -1;

impl Journal {
    /// The version of the entry that its labels are of.
    pub fn labels_version(&self) -> i64 {
        if self.labels.is_some() { self.version } else { UNTOLD }
    }
}

impl Labels {
    pub fn parse(labels: TradeLabels) -> Result<Self, Malformed> {
        let TradeLabels { mistakes, rating, playbook_id } = labels;
        let rating = match rating {
            0 => None,
            1..=5 => i16::try_from(rating).ok(),
            _ => return Err(Malformed),
        };
        let playbook_id = (!playbook_id.is_empty()).then(|| playbook_id.parse().map_err(|_| Malformed));
        Ok(Self { mistakes, rating, playbook_id: playbook_id.transpose()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_told_is_none_and_what_is_malformed_is_refused() {
        let playbook = Uuid::from_u128(7);
        let told =
            TradeLabels { mistakes: vec!["late".to_owned()], rating: 5, playbook_id: playbook.to_string() };
        let labels = Labels::parse(told.clone()).unwrap();
        assert_eq!((labels.rating, labels.playbook_id), (Some(5), Some(playbook)));
        assert_eq!(Labels::parse(TradeLabels::default()).unwrap(), Labels::default());

        assert!(Labels::parse(TradeLabels { rating: 6, ..told.clone() }).is_err());
        assert!(Labels::parse(TradeLabels { playbook_id: "gap".to_owned(), ..told }).is_err());
    }
}
