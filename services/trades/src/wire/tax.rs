//! Rows of tax views.

use super::trade::told;
use crate::domain::tax::{LeftOut, Totals, View};
use journal_proto::trades::v1 as proto;
use ledger::tax::{
    uk::{self, Rule},
    us,
};

/// A piece of a lot that was sold.
pub fn us_disposal(disposal: &us::Disposal) -> proto::UsDisposal {
    proto::UsDisposal {
        day: disposal.day.to_string(),
        sale: disposal.sale.clone(),
        lot: disposal.lot.clone(),
        quantity: told(&disposal.quantity),
        proceeds: told(&disposal.proceeds),
        basis: told(&disposal.basis),
        gain: told(&disposal.gain),
        disallowed: told(&disposal.disallowed),
        allowed: told(&disposal.allowed),
        held_from: disposal.held_from.to_string(),
        long_term: disposal.long_term,
    }
}

/// What is still held of a purchase.
pub fn us_lot(lot: &us::HeldLot) -> proto::UsLot {
    proto::UsLot {
        lot: lot.id.clone(),
        quantity: told(&lot.quantity),
        basis: told(&lot.basis),
        held_from: lot.held_from.to_string(),
    }
}

/// The sales of a day, and what they were matched with.
pub fn uk_disposal(disposal: &uk::Disposal) -> proto::UkDisposal {
    let part = |part: &uk::Part| proto::UkPart {
        rule: match part.rule {
            Rule::SameDay => "same-day",
            Rule::ThirtyDays => "30-days",
            Rule::Pool => "pool",
        }
        .to_owned(),
        acquired: part.acquired.map(|day| day.to_string()).unwrap_or_default(),
        quantity: told(&part.quantity),
        cost: told(&part.cost),
    };
    proto::UkDisposal {
        day: disposal.day.to_string(),
        quantity: told(&disposal.quantity),
        proceeds: told(&disposal.proceeds),
        cost: told(&disposal.cost),
        gain: told(&disposal.gain),
        parts: disposal.parts.iter().map(part).collect(),
    }
}

/// The section 104 holding.
pub fn uk_pool(pool: &uk::Pool) -> proto::UkPool {
    proto::UkPool { quantity: told(&pool.quantity), cost: told(&pool.cost) }
}

/// The sums in one currency, as far as the view has them.
pub fn tax_total(view: View, currency: String, totals: &Totals) -> proto::TaxTotal {
    let of_us = |number| if view == View::UsWashSales { told(number) } else { String::new() };
    proto::TaxTotal {
        currency,
        proceeds: told(&totals.proceeds),
        cost: told(&totals.cost),
        gain: told(&totals.gain),
        disallowed: of_us(&totals.disallowed),
        allowed_short_term: of_us(&totals.allowed_short_term),
        allowed_long_term: of_us(&totals.allowed_long_term),
    }
}

/// A security that is not in the view.
pub fn tax_left_out(left_out: LeftOut) -> proto::TaxLeftOut {
    let LeftOut { book, reason } = left_out;
    proto::TaxLeftOut {
        symbol: book.symbol,
        currency: book.currency,
        code: reason.code().to_owned(),
        execution_id: reason.execution_id().unwrap_or_default().to_owned(),
        message: reason.to_string(),
    }
}
