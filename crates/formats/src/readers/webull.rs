//! Webull: orders of shares, orders of options, and the trades of its international branches.

mod international;
mod options;
mod orders;

pub(crate) use international::International;
pub(crate) use options::OptionOrders;
pub(crate) use orders::Orders;
