//! Which column is which.

use crate::{Header, Mapping, header};

/// The positions of the columns; what is absent is `None`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    pub timestamp: Option<usize>,
    pub date: Option<usize>,
    pub time: Option<usize>,
    pub symbol: Option<usize>,
    pub side: Option<usize>,
    pub quantity: Option<usize>,
    pub price: Option<usize>,
    pub commission: Option<usize>,
    pub fees: Option<usize>,
    pub currency: Option<usize>,
    pub multiplier: Option<usize>,
    pub execution_id: Option<usize>,
    pub order_id: Option<usize>,
    pub account: Option<usize>,
}

impl Columns {
    /// The columns of a header that has at least time, symbol, side, quantity and price, and all that the mapping names: without
    /// one of them, a commission would be lost in silence.
    pub fn of(header: &Header, mapping: &Mapping) -> Option<Self> {
        let find = |mapped: &Option<String>, usual: &str| match mapped {
            Some(column) => header.index(&header::name(column)),
            None => header.index(usual),
        };
        let columns = Self {
            timestamp: find(&mapping.timestamp, "timestamp"),
            date: find(&mapping.date, "date"),
            time: find(&mapping.time, "time"),
            symbol: find(&mapping.symbol, "symbol"),
            side: find(&mapping.side, "side"),
            quantity: find(&mapping.quantity, "quantity"),
            price: find(&mapping.price, "price"),
            commission: find(&mapping.commission, "commission"),
            fees: find(&mapping.fees, "fees"),
            currency: find(&mapping.currency, "currency"),
            multiplier: find(&mapping.multiplier, "multiplier"),
            execution_id: find(&mapping.execution_id, "execution_id"),
            order_id: find(&mapping.order_id, "order_id"),
            account: find(&mapping.account, "account"),
        };
        let has_time = columns.timestamp.is_some() || columns.date.is_some();
        let has_side = columns.side.is_some() || mapping.side_by_sign;
        let others = [columns.symbol, columns.quantity, columns.price];
        let is_there = |column: &String| header.index(&header::name(column)).is_some();
        let has_named = mapping.columns().into_iter().filter_map(|(_, column)| column).all(is_there);
        (has_time && has_side && has_named && others.iter().all(Option::is_some)).then_some(columns)
    }
}
