//! Legs of hand-written positions, and what recognition makes of them in short.

use ledger::strategy::{
    Contract, Kind, Moment, OptionContract, Rules, StrategyLeg, StrategyTrade, recognise,
};
use ledger::{Day, Decimal, Right, Timestamp};

/// Expiries of the tests' options.
pub const NEAR: Day = Day(20_000);
pub const FAR: Day = Day(20_030);

pub fn at(second: i64) -> Timestamp {
    Timestamp(second * 1_000_000_000)
}

fn leg(id: &str, contract: Contract, quantity: i64, multiplier: i64, price: &str) -> StrategyLeg {
    StrategyLeg {
        id: id.to_owned(),
        underlying: "XYZ".to_owned(),
        contract,
        quantity: quantity.into(),
        multiplier: multiplier.into(),
        price: price.parse().unwrap(),
        opened: Moment { at: at(0), order: None },
        exits: Vec::new(),
    }
}

/// An option on 100 units, opened at second 0 by an unknown order, that expires on [`NEAR`].
pub fn option(id: &str, right: Right, strike: i64, quantity: i64, price: &str) -> StrategyLeg {
    let contract = OptionContract { expiry: NEAR, right, strike: strike.into() };
    leg(id, Contract::Option(contract), quantity, 100, price)
}

pub fn call(id: &str, strike: i64, quantity: i64, price: &str) -> StrategyLeg {
    option(id, Right::Call, strike, quantity, price)
}

pub fn put(id: &str, strike: i64, quantity: i64, price: &str) -> StrategyLeg {
    option(id, Right::Put, strike, quantity, price)
}

pub fn shares(id: &str, quantity: i64, price: &str) -> StrategyLeg {
    leg(id, Contract::Underlying, quantity, 1, price)
}

/// The same option with a later expiry.
pub fn far(leg: StrategyLeg) -> StrategyLeg {
    let contract = Contract::Option(OptionContract { expiry: FAR, ..leg.option().unwrap() });
    StrategyLeg { contract, ..leg }
}

/// The same leg opened at another second.
pub fn opened(second: i64, leg: StrategyLeg) -> StrategyLeg {
    StrategyLeg { opened: Moment { at: at(second), ..leg.opened }, ..leg }
}

/// The same leg opened by an order.
pub fn ordered(order: &str, leg: StrategyLeg) -> StrategyLeg {
    StrategyLeg { opened: Moment { order: Some(order.to_owned()), ..leg.opened }, ..leg }
}

/// The same leg with its last exit at a second.
pub fn closed(second: i64, leg: StrategyLeg) -> StrategyLeg {
    StrategyLeg { exits: vec![Moment { at: at(second), order: None }], ..leg }
}

pub fn trades(legs: &[StrategyLeg]) -> Vec<StrategyTrade> {
    recognise(legs, &Rules::default()).unwrap().trades
}

/// The only trade.
pub fn trade(legs: &[StrategyLeg]) -> StrategyTrade {
    let [trade] = <[_; 1]>::try_from(trades(legs)).unwrap();
    trade
}

/// Kind, and the parts as text such as `a+2 b-2`.
pub fn outline(trades: &[StrategyTrade]) -> Vec<(Kind, String)> {
    let sign = |quantity: Decimal| if quantity.is_positive() { "+" } else { "" };
    let text = |trade: &StrategyTrade| {
        let parts =
            trade.parts.iter().map(|part| format!("{}{}{}", part.leg, sign(part.quantity), part.quantity));
        parts.collect::<Vec<_>>().join(" ")
    };
    trades.iter().map(|trade| (trade.kind, text(trade))).collect()
}
