//! What was planned for a trade, what it was entered at, and how far it went, as they stand beside its row.

use crate::db::exact::Exact;
use crate::domain::{
    excursion::Excursion,
    plan::{Entry, Plan},
};
use ledger::{Decimal, Direction, Fraction};

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    stop: Option<Exact>,
    target: Option<Exact>,
    risk: Option<Exact>,
    mae: Option<Exact>,
    mfe: Option<Exact>,
    low: Option<Exact>,
    high: Option<Exact>,
    bars_mae: Option<Exact>,
    bars_mfe: Option<Exact>,
    /// The price of the fill that opened the trade; `None`: an exercise did, or nothing was planned.
    first_price: Option<Exact>,
    /// What the fills of the opening time on its side bought or sold, and what that was worth.
    entered: Option<Exact>,
    entered_value: Option<Exact>,
}

impl Row {
    pub(super) fn plan(&self) -> Plan {
        Plan { stop: exact(self.stop), target: exact(self.target), risk: exact(self.risk) }
    }

    /// What the broker tells counts before what bars say.
    pub(super) fn excursion(&self) -> Excursion {
        if self.mae.or(self.mfe).is_some() {
            return Excursion { mae: exact(self.mae), mfe: exact(self.mfe), ..Excursion::default() };
        }
        Excursion {
            mae: exact(self.bars_mae),
            mfe: exact(self.bars_mfe),
            low: exact(self.low),
            high: exact(self.high),
        }
    }

    /// What was entered at the opening: a fill that flipped the position entered what it did not close.
    pub(super) fn entry(
        &self,
        closed_before: &Fraction,
        multiplier: Decimal,
        direction: Direction,
    ) -> Option<Entry> {
        let [price, entered, value] = [self.first_price, self.entered, self.entered_value]
            .map(|number| Some(Fraction::from(exact(number)?)));
        Some(Entry {
            quantity: entered? - closed_before,
            value: value? - &price? * closed_before,
            multiplier,
            direction,
        })
    }
}

fn exact(number: Option<Exact>) -> Option<Decimal> {
    number.map(|exact| exact.0)
}
