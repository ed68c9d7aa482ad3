//! A user's own layout of a delimited file, as a plain value.

use crate::DateOrder;

/// Which column of a user's own CSV is which. A column that is `None` is looked for under its usual name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Date and time in one.
    pub timestamp: Option<String>,
    /// The date.
    pub date: Option<String>,
    /// The time of day.
    pub time: Option<String>,
    /// What was traded.
    pub symbol: Option<String>,
    /// Bought or sold.
    pub side: Option<String>,
    /// How much.
    pub quantity: Option<String>,
    /// The price of one unit.
    pub price: Option<String>,
    /// The commission.
    pub commission: Option<String>,
    /// All other fees.
    pub fees: Option<String>,
    /// The currency of price and fees.
    pub currency: Option<String>,
    /// Money per point and unit.
    pub multiplier: Option<String>,
    /// The broker's id of the execution.
    pub execution_id: Option<String>,
    /// The order that it belongs to.
    pub order_id: Option<String>,
    /// The broker's account.
    pub account: Option<String>,
    /// What 03/04/2026 is.
    pub date_order: Option<DateOrder>,
    /// `1.234,50` (true) or `1,234.50` (false); guessed from the file when absent.
    pub decimal_comma: Option<bool>,
    /// Words for buying beside the usual ones.
    pub buy_words: Vec<String>,
    /// Words for selling beside the usual ones.
    pub sell_words: Vec<String>,
    /// Without a side column: a negative quantity is a sale.
    pub side_by_sign: bool,
    /// A negative commission or fee is a charge (Interactive Brokers), not a rebate.
    pub negative_is_charge: bool,
}

impl Mapping {
    /// What the file calls each column, beside the usual name.
    pub(crate) const fn columns(&self) -> [(&'static str, Option<&String>); 14] {
        [
            ("timestamp", self.timestamp.as_ref()),
            ("date", self.date.as_ref()),
            ("time", self.time.as_ref()),
            ("symbol", self.symbol.as_ref()),
            ("side", self.side.as_ref()),
            ("quantity", self.quantity.as_ref()),
            ("price", self.price.as_ref()),
            ("commission", self.commission.as_ref()),
            ("fees", self.fees.as_ref()),
            ("currency", self.currency.as_ref()),
            ("multiplier", self.multiplier.as_ref()),
            ("execution_id", self.execution_id.as_ref()),
            ("order_id", self.order_id.as_ref()),
            ("account", self.account.as_ref()),
        ]
    }
}
