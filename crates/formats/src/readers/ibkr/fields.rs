//! The fields of a Flex Query: attributes of its XML, and columns of its CSV.

use crate::{Cells, numbers, xml::Element};

/// A field by all its names; the first attribute names it in diagnostics.
pub(super) struct Field {
    attributes: &'static [&'static str],
    columns: &'static [&'static str],
}

impl Field {
    /// The name for diagnostics.
    pub fn name(&self) -> &'static str {
        self.attributes.first().copied().unwrap_or_default()
    }
}

/// A row that has fields.
pub(super) trait Fields {
    /// The file's line.
    fn line(&self) -> u64;

    /// What a field says; empty when it says nothing.
    fn field(&self, field: &Field) -> &str;
}

impl Fields for Element {
    fn line(&self) -> u64 {
        self.line
    }

    fn field(&self, field: &Field) -> &str {
        self.any(field.attributes)
    }
}

impl Fields for Cells<'_> {
    fn line(&self) -> u64 {
        self.line
    }

    fn field(&self, field: &Field) -> &str {
        let cells = field.columns.iter().map(|column| self.get(column));
        cells.into_iter().find(|cell| !numbers::is_null(cell)).unwrap_or_default()
    }
}

macro_rules! fields {
    ($($name:ident: [$($attribute:literal),+] [$($column:literal),+];)+) => {
        $(pub(super) const $name: Field = Field { attributes: &[$($attribute),+], columns: &[$($column),+] };)+
    };
}

fields! {
    ACCOUNT: ["accountId"] ["clientaccountid", "accountid", "account id"];
    ASSET_CATEGORY: ["assetCategory"] ["assetclass", "asset class", "assetcategory"];
    BUY_SELL: ["buySell"] ["buy/sell", "buysell"];
    COMMISSION: ["ibCommission", "commission"] ["ibcommission", "commission"];
    COMMISSION_CURRENCY: ["ibCommissionCurrency", "commissionCurrency"] ["ibcommissioncurrency", "commissioncurrency"];
    CURRENCY: ["currency"] ["currencyprimary", "currency"];
    DATE: ["tradeDate", "reportDate"] ["tradedate", "trade date", "reportdate"];
    DATE_TIME: ["dateTime"] ["datetime", "date/time", "tradedatetime"];
    EXECUTION_ID: ["ibExecID", "execID", "transactionID", "tradeID"] ["ibexecid", "execid", "transactionid", "tradeid", "trade id"];
    RATE_TO_BASE: ["fxRateToBase"] ["fxratetobase"];
    EXPIRY: ["expiry"] ["expiry"];
    LEVEL: ["levelOfDetail"] ["levelofdetail"];
    MULTIPLIER: ["multiplier"] ["multiplier"];
    NOTES: ["notes", "code"] ["notes/codes", "notes", "code"];
    OPEN_CLOSE: ["openCloseIndicator"] ["open/closeindicator", "opencloseindicator"];
    ORDER_ID: ["ibOrderID", "orderID"] ["iborderid", "orderid"];
    ORIGINAL: ["origTradeID"] ["origtradeid"];
    PRICE: ["tradePrice", "price"] ["tradeprice", "price"];
    PROCEEDS: ["proceeds", "tradeMoney"] ["proceeds", "trademoney", "amount"];
    PUT_CALL: ["putCall"] ["put/call", "putcall"];
    QUANTITY: ["quantity"] ["quantity"];
    REALIZED: ["fifoPnlRealized"] ["fifopnlrealized"];
    STRIKE: ["strike"] ["strike"];
    SYMBOL: ["symbol"] ["symbol", "isin"];
    TAXES: ["taxes", "tax"] ["taxes", "tax"];
    TIME: ["tradeTime"] ["tradetime", "trade time"];
    TRADE_ID: ["tradeID"] ["tradeid", "trade id"];
    TRANSACTION_TYPE: ["transactionType"] ["transactiontype"];
    UNDERLYING: ["underlyingSymbol"] ["underlyingsymbol"];
}
