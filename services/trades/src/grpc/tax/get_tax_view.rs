//! Shows how a tax code would see the purchases and sales of an account.

use super::{
    super::parse,
    App,
    transactions::{refusal, transactions},
};
use crate::{
    db,
    domain::{
        ids::AccountId,
        tax::{LeftOut, Reason, Totals, View, Year},
        trade_filter,
    },
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, GetTaxViewRequest, TaxView};
use ledger::tax::{TaxError, Transaction, uk, us};
use std::collections::BTreeMap;

/// Disposals and lots of one answer: more are asked for by year and symbol.
const MOST_ROWS: usize = 20_000;

pub(super) async fn get_tax_view(app: &App, user: UserId, request: GetTaxViewRequest) -> Result<TaxView> {
    let id: AccountId = parse::id("account_id", &request.account_id)?;
    let view = View::parse(&request.view)?;
    let year = Year::parse(view, request.year)?;
    let symbol = trade_filter::sought("symbol", &request.symbol)?;
    let mut tx = app.snapshot(user).await?;
    let account = db::accounts::find(&mut *tx, user, id).await?.ok_or(Error::NotFound("account"))?;
    let mut found = Found { view, year, rows: 0, totals: BTreeMap::new(), securities: Vec::new() };
    let mut left_out = Vec::new();
    for security in db::fills::securities(&mut *tx, user, id, symbol.as_deref()).await? {
        let outcome = match refusal(view, &security) {
            Some(reason) => Err(reason),
            None => match transactions(&mut tx, user, &account, &security).await? {
                Ok(transactions) => {
                    found.add((&security.book.symbol, &security.book.currency), &transactions)
                }
                Err(reason) => Err(reason),
            },
        };
        if let Err(reason) = outcome {
            left_out.push(wire::tax_left_out(LeftOut { book: security.book, reason }));
        }
        if found.rows > MOST_ROWS {
            return Err(Error::TooManyRows { most: MOST_ROWS });
        }
    }
    tx.commit().await?;
    Ok(TaxView { account_id: id.to_string(), left_out, ..found.into_message() })
}

/// What a view has found so far.
struct Found {
    view: View,
    year: Year,
    rows: usize,
    totals: BTreeMap<String, Totals>,
    securities: Vec<proto::TaxSecurity>,
}

impl Found {
    fn add(&mut self, (symbol, currency): (&str, &str), all: &[Transaction]) -> Result<(), Reason> {
        let rows = match self.view {
            View::UsWashSales => self.us(currency, all),
            View::UkShareMatching => self.uk(currency, all),
        };
        let rows = rows.map_err(Reason::Rules)?;
        self.rows += rows.us_disposals.len() + rows.us_lots.len() + rows.uk_disposals.len();
        let (symbol, currency) = (symbol.to_owned(), currency.to_owned());
        self.securities.push(proto::TaxSecurity { symbol, currency, ..rows });
        Ok(())
    }

    fn us(&mut self, currency: &str, all: &[Transaction]) -> Result<proto::TaxSecurity, TaxError> {
        let us::WashSales { mut disposals, lots, .. } = us::wash_sales(all)?;
        disposals.retain(|disposal| self.year.holds(disposal.day));
        let totals = self.totals.entry(currency.to_owned()).or_default();
        for disposal in &disposals {
            totals.add_us(disposal);
        }
        Ok(proto::TaxSecurity {
            us_disposals: disposals.iter().map(wire::us_disposal).collect(),
            us_lots: lots.iter().map(wire::us_lot).collect(),
            ..proto::TaxSecurity::default()
        })
    }

    fn uk(&mut self, currency: &str, all: &[Transaction]) -> Result<proto::TaxSecurity, TaxError> {
        let uk::ShareMatching { mut disposals, pool, .. } = uk::share_matching(all)?;
        disposals.retain(|disposal| self.year.holds(disposal.day));
        let totals = self.totals.entry(currency.to_owned()).or_default();
        for disposal in &disposals {
            totals.add_uk(disposal);
        }
        Ok(proto::TaxSecurity {
            uk_disposals: disposals.iter().map(wire::uk_disposal).collect(),
            uk_pool: Some(wire::uk_pool(&pool)),
            ..proto::TaxSecurity::default()
        })
    }

    fn into_message(self) -> TaxView {
        let days = self.year.days().map(|(first, last)| (first.to_string(), last.to_string()));
        let (from, to) = days.unwrap_or_default();
        let total = |(currency, totals)| wire::tax_total(self.view, currency, &totals);
        TaxView {
            view: self.view.name().to_owned(),
            label: crate::domain::tax::LABEL.to_owned(),
            notice: self.view.notice().to_owned(),
            sources: self.view.sources().iter().map(|&source| source.to_owned()).collect(),
            from,
            to,
            totals: self.totals.into_iter().map(total).collect(),
            securities: self.securities,
            ..TaxView::default()
        }
    }
}
