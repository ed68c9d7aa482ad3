//! A file's content for programs: one JSON document.

use super::{Recognised, collected::Collected, people::instant};
use formats::{
    Cause, Diagnostic, MultiplierSource, OptionEventKind, ParsedEvent, ParsedFill, Report, Stated,
};
use ledger::{Decimal, Effect, Side};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// All of it; exact numbers are texts.
pub(super) fn document(recognised: &Recognised, report: &Report, collected: &Collected) -> Value {
    json!({
        "format": recognised.format.id(),
        "confidence": recognised.confidence,
        "recognised_by": recognised.why,
        "rows": {
            "total": report.rows.total,
            "read": report.rows.read,
            "skipped": report.rows.skipped,
            "rejected": report.rows.rejected,
            "structure": report.rows.structure,
        },
        "accounts": report.accounts,
        "fills": collected.fills.iter().map(fill).collect::<Vec<_>>(),
        "events": collected.events.iter().map(event).collect::<Vec<_>>(),
        "stated": stated(&report.stated),
        "diagnostics": collected.diagnostics.iter().map(diagnostic).collect::<Vec<_>>(),
    })
}

fn fill(fill: &ParsedFill) -> Value {
    let charges = fill.foreign_charges.iter();
    json!({
        "line": fill.line,
        "row": fill.kind.as_text(),
        "execution_id": fill.execution_id,
        "order_id": fill.order_id,
        "account": fill.account,
        "symbol": fill.symbol,
        "asset_class": fill.asset_class.as_text(),
        "side": match fill.side { Side::Buy => "buy", Side::Sell => "sell" },
        "effect": fill.effect.map(|effect| match effect { Effect::Opens => "open", Effect::Closes => "close" }),
        "cause": cause(fill.cause),
        "quantity": fill.quantity.to_string(),
        "price": fill.price.to_string(),
        "multiplier": fill.multiplier.to_string(),
        "multiplier_source": multiplier_source(fill.multiplier_source),
        "commission": fill.commission.to_string(),
        "fees": fill.fees.to_string(),
        "taxes": fill.taxes.to_string(),
        "foreign_charges": charges
            .map(|charge| json!({"amount": charge.amount.to_string(), "currency": charge.currency}))
            .collect::<Vec<_>>(),
        "currency": fill.currency,
        "executed_at": instant(&fill.executed_at),
        "time_text": fill.executed_at.text,
        "time_source": fill.executed_at.source.as_text(),
        "sequence": fill.sequence,
        "stated_pnl": fill.claims.as_ref().and_then(|claims| claims.pnl).map(|pnl| pnl.to_string()),
    })
}

fn event(event: &ParsedEvent) -> Value {
    match event {
        ParsedEvent::Cash(cash) => json!({
            "line": cash.line,
            "kind": cash.kind.as_text(),
            "id": cash.id,
            "account": cash.account,
            "amount": cash.amount.to_string(),
            "currency": cash.currency,
            "symbol": cash.symbol,
            "execution_id": cash.execution_id,
            "booked_at": instant(&cash.booked_at),
            "time_text": cash.booked_at.text,
            "description": cash.description,
        }),
        ParsedEvent::Split(split) => json!({
            "line": split.line,
            "kind": "split",
            "id": split.id,
            "account": split.account,
            "symbol": split.symbol,
            "ratio": split.ratio.to_string(),
            "effective_at": instant(&split.effective_at),
            "description": split.description,
        }),
        ParsedEvent::Option(option) => json!({
            "line": option.line,
            "kind": option_event(option.kind),
            "id": option.id,
            "account": option.account,
            "symbol": option.symbol,
            "quantity": option.quantity.to_string(),
            "happened_at": instant(&option.happened_at),
        }),
        ParsedEvent::Bust(bust) => json!({
            "line": bust.line,
            "kind": "bust",
            "id": bust.id,
            "account": bust.account,
            "refers_to": bust.refers_to,
            "busted_at": instant(&bust.busted_at),
        }),
        ParsedEvent::Rate(rate) => json!({
            "line": rate.line,
            "kind": "rate",
            "from": rate.from,
            "rate": rate.rate.to_string(),
            "at": instant(&rate.at),
        }),
    }
}

fn stated(stated: &Stated) -> Value {
    let open = stated.positions.iter();
    json!({
        "gross_pnl": by_currency(&stated.gross_pnl),
        "net_pnl": by_currency(&stated.net_pnl),
        "commissions": by_currency(&stated.commissions),
        "fees": by_currency(&stated.fees),
        "balances": by_currency(&stated.balances),
        "base_currency": stated.base_currency,
        "positions": open
            .map(|open| json!({"symbol": open.symbol, "quantity": open.quantity.to_string()}))
            .collect::<Vec<_>>(),
    })
}

fn diagnostic(remark: &Diagnostic) -> Value {
    json!({
        "line": remark.line,
        "column": remark.column,
        "severity": remark.severity.as_text(),
        "code": remark.code,
        "message": remark.message,
    })
}

fn by_currency(figure: &BTreeMap<String, Decimal>) -> Value {
    figure.iter().map(|(currency, amount)| (currency.clone(), Value::from(amount.to_string()))).collect()
}

/// The word for how an option ended.
pub(super) const fn option_event(kind: OptionEventKind) -> &'static str {
    match kind {
        OptionEventKind::Expiry => "expiry",
        OptionEventKind::Assignment => "assignment",
        OptionEventKind::Exercise => "exercise",
    }
}

const fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Trade => "trade",
        Cause::Assignment => "assignment",
        Cause::Exercise => "exercise",
        Cause::Expiry => "expiry",
        Cause::Liquidation => "liquidation",
    }
}

const fn multiplier_source(source: MultiplierSource) -> &'static str {
    match source {
        MultiplierSource::Stated => "stated",
        MultiplierSource::Table => "table",
        MultiplierSource::Derived => "derived",
        MultiplierSource::Usual => "usual",
    }
}
