//! `TradingView`, the orders of a paper or broker account: one row is an order.

use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, futures, numbers,
    reader::{Match, Reader},
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
use ledger::{Decimal, Side};

static DOC: Doc = Doc {
    id: "tradingview-orders",
    name: "TradingView orders",
    how: "In the trading panel choose Export data, then History (or Orders).",
    kind: RowKind::Order,
    carries: "Each filled order: side, quantity, average price, commission. English, German, Spanish and French headers; with or without a \
              status.",
    times: "The chart's zone, which stands nowhere in the file: read as UTC unless you name it. The closing time is the fill's.",
    fees: "Positive is charged.",
    identity: "`Order ID`.",
    limits: "An order's executions are averaged. The file names no account and no currency: a contract's or a pair's own, else the account's.",
};

const SYMBOL: &[&str] = &["symbol", "símbolo", "symbole"];
const SIDE: &[&str] = &["side", "seite", "lado", "côté"];
const QUANTITY: &[&str] = &[
    "filled qty",
    "erfüllungsmenge",
    "cantidad llenada",
    "cantidad ejecutada",
    "quantité remplie",
    "quantity",
    "qty",
    "anz.",
    "anzahl",
    "menge",
    "cantidad",
    "cant.",
    "quantité",
    "qté",
];
const PRICE: &[&str] = &[
    "fill price",
    "avg fill price",
    "durchschnittlicher erfüllungspreis",
    "durchschn. erfüllungspreis",
    "erfüllungspreis",
    "ausführungspreis",
    "precio de llenado",
    "precio promedio de llenado",
    "precio de ejecución",
    "prix de remplissage",
    "prix moyen de remplissage",
];
const STATUS: &[&str] = &["status", "estado", "statut"];
const COMMISSION: &[&str] = &["commission", "kommission", "provision", "gebühr", "comisión"];
const TIME: &[&str] = &[
    "closing time",
    "update time",
    "status time",
    "status zeit",
    "schlusszeit",
    "schließungszeit",
    "hora de cierre",
    "heure de clôture",
    "placing time",
    "platzierungszeit",
    "hora de colocación",
    "heure de placement",
];
const ID: &[&str] = &[
    "order id",
    "order-nummer",
    "order-id",
    "auftragsnummer",
    "número de orden",
    "id de la orden",
    "id de orden",
    "numéro de commande",
];
const REQUIRED: [&[&str]; 6] = [SYMBOL, SIDE, QUANTITY, PRICE, TIME, ID];
const FILLED: [&str; 8] =
    ["filled", "ausgeführt", "erfüllt", "gefüllt", "ejecutado", "ejecutada", "completado", "exécuté"];
const EXPECTED: &str = "it needs the columns Symbol, Side, Quantity, Fill price, Closing time and Order ID";

/// The reader.
pub(crate) struct Orders;

impl Reader for Orders {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let found = head.rows.iter().any(is_header);
        found.then(|| Match { confidence: 0.95, why: "it has TradingView's columns of orders".to_owned() })
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("UTC", DateRule::YearFirst)?;
        run.expect_newest_first();
        run.table(file, Encoding::Utf8, EXPECTED, is_header, |cells, out| row(cells, &clock, out))
    }

    fn sample(&self) -> &'static str {
        include_str!("../samples/tradingview-orders.csv")
    }
}

fn is_header(header: &Header) -> bool {
    REQUIRED.iter().all(|names| header.has_any(names))
}

fn row(cells: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let status = cells.any(STATUS);
    if cells.header.has_any(STATUS) && !FILLED.contains(&status.to_lowercase().as_str()) {
        return Outcome::skip("not-filled", format!("an order whose status is {}", quoted(status)));
    }
    let symbol = symbols::clean("symbol", cells.any(SYMBOL))?;
    let side = side(cells)?;
    let at = clock.read("closing time", cells.any(TIME))?;
    let quantity = cells.quantity_of("quantity", QUANTITY)?;
    let price = numbers::decimal("fill price", cells.any(PRICE), cells.point)?;
    let terms = futures::terms("symbol", &symbol, &at, None, &out.options.currency)?;
    let id = symbols::identifier("order id", cells.any(ID))?;
    let commission = commission(cells)?;
    let mut fill = ParsedFill::new(cells.line, at, symbol, side, quantity, price, "");
    futures::apply(&mut fill, terms);
    let fill = ParsedFill {
        // Order numbers grow with time: they order what happened in one second.
        sequence: id.parse().unwrap_or_default(),
        order_id: Some(id.clone()),
        execution_id: id,
        commission,
        ..fill
    };
    out.stated.add_charges(&fill);
    out.fill(fill)?;
    Ok(Outcome::Read)
}

fn side(cells: Cells<'_>) -> Result<Side, Fault> {
    match cells.any(SIDE).to_lowercase().as_str() {
        "buy" | "buy to cover" | "kauf" | "kaufen" | "compra" | "comprar" | "achat" | "acheter" => {
            Ok(Side::Buy)
        }
        "sell" | "sell short" | "short" | "verkauf" | "verkaufen" | "venta" | "vender" | "vente"
        | "vendre" => Ok(Side::Sell),
        _ => Err(Fault::new(
            "side",
            "bad-side",
            format!("{} is neither buy nor sell", quoted(cells.any(SIDE))),
        )),
    }
}

/// `0.50`, or with its currency behind it.
fn commission(cells: Cells<'_>) -> Result<Decimal, Fault> {
    let cell = cells.any(COMMISSION);
    if numbers::is_null(cell) {
        return Ok(Decimal::ZERO);
    }
    let split = numbers::split_unit(cell, None, cells.point);
    split.map(|(commission, _)| commission).ok_or_else(|| {
        Fault::new("commission", "bad-number", format!("{} is not a number such as 1234.50", quoted(cell)))
    })
}
