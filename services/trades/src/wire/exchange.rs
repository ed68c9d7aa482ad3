//! Trades in the currency of their account.

use super::trade::told;
use crate::domain::{
    exchange::{Exchange, policy_name},
    instant,
    rate::Pair,
};
use journal_proto::trades::v1 as proto;
use ledger::Fraction;
use time::format_description::well_known::Rfc3339;

/// The net of a trade in its account's currency, or why there is none.
pub fn in_account_currency(exchange: Exchange, net: Fraction) -> proto::InAccountCurrency {
    let told_net = exchange.told(net);
    let Exchange { pair: Pair { from, to }, policy, .. } = exchange;
    let reason = told_net.as_ref().err().map(|&time| {
        let time = instant::from_ledger(time).format(&Rfc3339).unwrap_or_default();
        proto::NoAmount {
            code: "no-rate".to_owned(),
            message: format!("There is no rate from {from} to {to} at {time}: add one with PUT /v1/rates."),
        }
    });
    proto::InAccountCurrency {
        currency: to,
        rate_policy: policy_name(policy).to_owned(),
        net_pnl: told_net.map(|net| told(&net)).unwrap_or_default(),
        reason,
    }
}
