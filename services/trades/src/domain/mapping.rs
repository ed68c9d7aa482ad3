//! Mappings: how somebody's own CSV files are laid out.

mod validation;

use super::ids::MappingId;
use formats::DateOrder;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use time::OffsetDateTime;

pub use validation::{checked, dates, name};

/// A layout under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Its id.
    pub id: MappingId,
    /// What its owner calls it; unique among the owner's mappings.
    pub name: String,
    /// The layout.
    pub layout: Layout,
    /// When it was created.
    pub created_at: OffsetDateTime,
    /// Grows with every change.
    pub version: i64,
}

/// Which column of a CSV is which, and how its cells are written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    /// What the file calls its columns, by our name. One that is not here has our name.
    pub columns: BTreeMap<String, String>,
    /// What 03/04/2026 is; month first when absent.
    pub date_order: Option<Dates>,
    /// `1.234,50` (true) or `1,234.50` (false); guessed from the file when absent.
    pub decimal_comma: Option<bool>,
    /// Words for buying beside the usual ones.
    pub buy_words: Vec<String>,
    /// Words for selling beside the usual ones.
    pub sell_words: Vec<String>,
    /// Without a column of sides: a negative quantity is a sale.
    pub side_by_sign: bool,
    /// A negative commission or fee is a charge, not a rebate.
    pub negative_is_charge: bool,
}

/// The order of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dates {
    /// 03/04/2026 is March 4th.
    MonthFirst,
    /// It is the 3rd of April.
    DayFirst,
}

impl Dates {
    /// Its name: `month_first` or `day_first`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MonthFirst => "month_first",
            Self::DayFirst => "day_first",
        }
    }

    /// What readers of files call it.
    pub const fn to_formats(self) -> DateOrder {
        match self {
            Self::MonthFirst => DateOrder::MonthFirst,
            Self::DayFirst => DateOrder::DayFirst,
        }
    }
}

impl Layout {
    /// What the reader of generic CSV files needs of it.
    pub fn to_formats(&self) -> formats::Mapping {
        let column = |name: &str| self.columns.get(name).cloned();
        formats::Mapping {
            timestamp: column("timestamp"),
            date: column("date"),
            time: column("time"),
            symbol: column("symbol"),
            side: column("side"),
            quantity: column("quantity"),
            price: column("price"),
            commission: column("commission"),
            fees: column("fees"),
            currency: column("currency"),
            multiplier: column("multiplier"),
            execution_id: column("execution_id"),
            order_id: column("order_id"),
            account: column("account"),
            date_order: self.date_order.map(Dates::to_formats),
            decimal_comma: self.decimal_comma,
            buy_words: self.buy_words.clone(),
            sell_words: self.sell_words.clone(),
            side_by_sign: self.side_by_sign,
            negative_is_charge: self.negative_is_charge,
        }
    }

    /// The columns that are called otherwise, for people: `symbol "Ticker", price "Rate"`.
    pub fn renamed(&self) -> String {
        let told: Vec<String> =
            self.columns.iter().map(|(ours, theirs)| format!("{ours} \"{theirs}\"")).collect();
        told.join(", ")
    }
}
