//! The one currency that an answer is in.

use crate::{db::selection, domain::Filter, error::Error};
use sqlx::PgPool;
use uuid::Uuid;

/// The currency of an answer, and those that the filter matches but the answer leaves out.
pub(super) struct Chosen {
    pub currency: String,
    pub others: Vec<String>,
}

/// The filter's currency, else the one with the most trades, else an account's, else USD.
pub(super) async fn choose(pool: &PgPool, user_id: Uuid, filter: &Filter) -> Result<Chosen, Error> {
    let mut others = selection::currencies(pool, user_id, filter).await?;
    let currency = match (&filter.currency, others.first()) {
        (Some(asked), _) => asked.clone(),
        (None, Some(most)) => most.clone(),
        (None, None) => {
            selection::account_currency(pool, user_id, filter).await?.unwrap_or_else(|| "USD".to_owned())
        }
    };
    others.retain(|other| *other != currency);
    Ok(Chosen { currency, others })
}
