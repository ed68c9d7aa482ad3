//! What a call asks for, and the one currency that its answer is in.

use crate::{
    db::{accounts, selection},
    domain::{Filter, Measure},
    error::Error,
};
use journal_proto::analytics::v1::{self as proto, Coverage};
use selection::Selection;
use sqlx::PgConnection;
use uuid::Uuid;

/// A parsed question.
pub(super) struct Chosen {
    user_id: Uuid,
    pub filter: Filter,
    pub measure: Measure,
    pub currency: String,
    /// Currencies that the filter matches but the answer leaves out.
    pub others: Vec<String>,
}

impl Chosen {
    /// In the filter's currency, else the one with the most trades, else an account's, else USD.
    pub async fn parse(
        db: &mut PgConnection,
        user_id: Uuid,
        filter: Option<proto::Filter>,
        measure: Option<proto::Measure>,
    ) -> Result<Self, Error> {
        let (filter, measure) = (Filter::parse(filter)?, Measure::parse(measure)?);
        let mut others = selection::currencies(&mut *db, user_id, &filter).await?;
        let currency = match (&filter.currency, others.first()) {
            (Some(asked), _) => asked.clone(),
            (None, Some(most)) => most.clone(),
            (None, None) => {
                accounts::currency(&mut *db, user_id, &filter).await?.unwrap_or_else(|| "USD".to_owned())
            }
        };
        others.retain(|other| *other != currency);
        Ok(Self { user_id, filter, measure, currency, others })
    }

    /// The trades that it is about.
    pub fn selection(&self) -> Selection<'_> {
        Selection {
            user_id: self.user_id,
            filter: &self.filter,
            currency: &self.currency,
            unit: self.measure.unit,
        }
    }

    /// What stands where money has its currency.
    pub fn unit(&self) -> String {
        self.measure.unit.label(&self.currency).to_owned()
    }

    /// How many of the selected trades have an amount in the unit.
    pub async fn coverage(&self, db: &mut PgConnection) -> Result<Option<Coverage>, Error> {
        let (selected, measured) = selection::coverage(&mut *db, self.selection()).await?;
        Ok(Some(Coverage { selected, measured }))
    }
}
