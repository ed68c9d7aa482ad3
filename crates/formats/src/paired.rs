//! Rows that hold two executions: what opened a position, and what closed it.

use crate::{
    AssetClass, Charge, Claims, Moment, MultiplierSource, ParsedFill, Severity, Stated, run::Out,
    tally::Fault,
};
use ledger::{Decimal, Effect, Side};

/// What was charged, each positive when charged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Charges {
    pub commission: Decimal,
    pub fees: Decimal,
    pub taxes: Decimal,
    /// Charged in another currency than the price's.
    pub foreign: Vec<Charge>,
}

/// One of the two executions.
#[derive(Clone, Debug)]
pub(crate) struct Half {
    pub price: Decimal,
    pub at: Moment,
    pub order_id: Option<String>,
    pub charges: Charges,
}

impl Half {
    /// An execution of which nothing else is known.
    pub fn new(price: Decimal, at: Moment) -> Self {
        Self { price, at, order_id: None, charges: Charges::default() }
    }
}

/// Both executions, and what they have in common.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub line: u64,
    /// What tells the row from all others of the account. When empty, its content does, and its turn among equals.
    pub id: String,
    pub account: Option<String>,
    pub symbol: String,
    pub asset_class: AssetClass,
    /// Bought to open, or sold.
    pub opened_by: Side,
    pub quantity: Decimal,
    pub currency: String,
    pub multiplier: Decimal,
    pub multiplier_source: MultiplierSource,
    pub entry: Half,
    pub exit: Half,
    pub claims: Claims,
}

impl Pair {
    /// Hands out the entry and the exit, and gives the exit back. Their ids derive from the row's: a row that comes again is the same two
    /// executions.
    pub fn hand_out(mut self, out: &mut Out<'_>) -> Result<ParsedFill, Fault> {
        if self.id.is_empty() {
            self.id = self.id_of_content(out);
        }
        self.reconcile(out);
        let [entry, exit] = self.fills();
        out.stated.add_charges(&entry);
        out.stated.add_charges(&exit);
        out.fill(entry)?;
        out.fill(exit.clone())?;
        Ok(exit)
    }

    fn fills(&self) -> [ParsedFill; 2] {
        let entry = self.half(&self.entry, format!("{}:entry", self.id), self.opened_by, Effect::Opens);
        let exit =
            self.half(&self.exit, format!("{}:exit", self.id), self.opened_by.opposite(), Effect::Closes);
        [entry, ParsedFill { claims: Some(Box::new(self.claims.clone())), ..exit }]
    }

    fn half(&self, half: &Half, id: String, side: Side, effect: Effect) -> ParsedFill {
        let (symbol, currency) = (self.symbol.clone(), self.currency.clone());
        let fill =
            ParsedFill::new(self.line, half.at.clone(), symbol, side, self.quantity, half.price, currency);
        ParsedFill {
            execution_id: id,
            order_id: half.order_id.clone(),
            account: self.account.clone(),
            asset_class: self.asset_class,
            effect: Some(effect),
            commission: half.charges.commission,
            fees: half.charges.fees,
            taxes: half.charges.taxes,
            foreign_charges: half.charges.foreign.clone(),
            multiplier: self.multiplier,
            multiplier_source: self.multiplier_source,
            ..fill
        }
    }

    fn id_of_content(&self, out: &mut Out<'_>) -> String {
        let charges = &self.exit.charges;
        let order = |half: &Half| half.order_id.clone().unwrap_or_default();
        out.ids.id_of(&[
            self.account.as_deref().unwrap_or_default(),
            &self.symbol,
            if self.opened_by == Side::Buy { "long" } else { "short" },
            &self.quantity.to_string(),
            &self.entry.at.at.0.to_string(),
            &self.exit.at.at.0.to_string(),
            &self.entry.price.to_string(),
            &self.exit.price.to_string(),
            &charges.commission.to_string(),
            &charges.fees.to_string(),
            &order(&self.entry),
            &order(&self.exit),
        ])
    }

    /// Says when the stated P&L is not what prices, multiplier and charges give, and adds it to the file's own figures.
    fn reconcile(&self, out: &mut Out<'_>) {
        let Some(stated) = self.claims.pnl else { return };
        let currency = self.claims.pnl_currency.as_ref().unwrap_or(&self.currency);
        let figure = if self.claims.pnl_is_net { &mut out.stated.net_pnl } else { &mut out.stated.gross_pnl };
        Stated::add(figure, currency, stated);
        if self.claims.pnl_currency.is_some() {
            return;
        }
        let ours = if self.claims.pnl_is_net { self.net() } else { self.gross() };
        let close =
            |ours: Decimal| ours.checked_sub(stated).is_some_and(|difference| difference.abs() <= cent());
        if !ours.is_some_and(close) {
            let ours = ours.map_or_else(|| "a number too large".to_owned(), |ours| ours.to_string());
            let message = format!(
                "the file states a P&L of {stated}, prices, multiplier {} and charges give {ours}",
                self.multiplier
            );
            out.remark(Severity::Warning, "pnl-mismatch", message);
        }
    }

    /// The P&L before any charge.
    fn gross(&self) -> Option<Decimal> {
        points(self.opened_by, self.entry.price, self.exit.price, self.quantity)?.checked_mul(self.multiplier)
    }

    fn net(&self) -> Option<Decimal> {
        [&self.entry, &self.exit].into_iter().try_fold(self.gross()?, |sum, half| {
            let charges = &half.charges;
            sum.checked_sub(charges.commission)?.checked_sub(charges.fees)?.checked_sub(charges.taxes)
        })
    }
}

/// Price difference times quantity, positive for a profit; `None` when that exceeds exact numbers.
pub(crate) fn points(opened_by: Side, entry: Decimal, exit: Decimal, quantity: Decimal) -> Option<Decimal> {
    let difference = match opened_by {
        Side::Buy => exit.checked_sub(entry),
        Side::Sell => entry.checked_sub(exit),
    };
    difference?.checked_mul(quantity)
}

/// A hundredth: platforms round the P&L they state.
pub(crate) fn cent() -> Decimal {
    Decimal::from_scaled(1, 2).unwrap_or_default()
}
