//! A summary beside the `metrics` object of the reference: exact text where both are exact, 12 digits elsewhere.

use std::fmt::Display;

use ledger::Decimal;
use serde_json::{Value, json};
use statistics::{Metric, ProfitFactor, Summary};

/// Figures of the reference that this crate does not make.
const OTHERS: [&str; 1] = ["sqn_r_100"];

/// Checks every field of the reference; one that is neither compared nor listed above fails.
pub fn assert_agrees(summary: &Summary, reference: &Value, name: &str) {
    let mine = as_reference(summary);
    for (field, expected) in reference.as_object().unwrap() {
        if OTHERS.contains(&field.as_str()) {
            continue;
        }
        assert!(agrees(&mine[field], expected), "{name}.{field}: {} instead of {expected}", mine[field]);
    }
}

/// Equal, or both numbers of which one is a float and both are the same to 12 digits.
pub fn agrees(mine: &Value, expected: &Value) -> bool {
    match (mine, expected) {
        (Value::Array(mine), Value::Array(expected)) => {
            mine.len() == expected.len() && mine.iter().zip(expected).all(|(one, other)| agrees(one, other))
        }
        _ if mine == expected => true,
        _ if !mine.is_f64() && !expected.is_f64() => false,
        _ => close(number(mine), number(expected)),
    }
}

fn close(mine: Option<f64>, expected: Option<f64>) -> bool {
    match (mine, expected) {
        (Some(mine), Some(expected)) => (mine - expected).abs() <= 1e-12 * expected.abs(),
        _ => false,
    }
}

/// A JSON number, a decimal text or a text of the form n/d.
fn number(value: &Value) -> Option<f64> {
    let text = match value {
        Value::Number(number) => return number.as_f64(),
        Value::String(text) => text,
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    // Fractions of the reference may have any number of digits.
    Some(above.parse::<f64>().ok()? / below.parse::<f64>().ok()?)
}

fn text<T: Display>(metric: Metric<T>) -> Value {
    metric.map_or(Value::Null, |value| json!(value.to_string()))
}

fn float(metric: Metric<f64>) -> Value {
    metric.map_or(Value::Null, |value| json!(value))
}

fn as_reference(summary: &Summary) -> Value {
    let drawdown = summary.max_drawdown;
    let mut fields = json!({
        "n": summary.trades,
        "wins": summary.wins,
        "losses": summary.losses,
        "breakeven": summary.scratches,
        "net": summary.net.to_string(),
        "gross": summary.gross.to_string(),
        "fees": summary.commissions.checked_add(summary.fees).unwrap().to_string(),
        "gross_profit": summary.gross_profit.to_string(),
        "gross_loss": summary.gross_loss.to_string(),
        "win_rate": float(summary.win_rate.map(|rate| rate.value)),
        "win_rate_ex_be": text(summary.win_rate_without_scratches.clone()),
        "profit_factor": profit_factor(summary),
        "expectancy": text(summary.expectancy.clone().map(|mean| mean.value)),
        "expectancy_r": float(summary.expectancy_r.map(|mean| mean.value)),
        "avg_win": text(summary.average_win.clone()),
        "avg_loss": text(summary.average_loss.clone()),
        "payoff": text(summary.payoff_ratio.clone()),
        "largest_win": text(summary.largest_win.clone()),
        "largest_loss": text(summary.largest_loss.clone()),
        "max_wins_in_row": summary.longest_win_streak,
        "max_losses_in_row": summary.longest_loss_streak,
        "stdev": float(summary.standard_deviation),
        "sqn_pnl": float(summary.sqn),
        "sqn_r": float(summary.sqn_r),
        "kelly": text(summary.kelly.clone()),
        "z_score": float(summary.z_score),
        "max_dd": drawdown.map_or(Decimal::ZERO, |fall| fall.amount).to_string(),
        "max_dd_trades": drawdown.map_or(0, |fall| fall.longest_trades),
        "recovery_factor": text(summary.recovery_factor.clone()),
        "avg_hold_s": text(summary.average_hold_seconds.clone()),
        "exposure": text(summary.exposure.clone()),
    });
    fields["max_dd_frac"] = drawdown.map_or(Value::Null, |fall| float(fall.percent));
    fields["expectancy_ci95"] = summary.expectancy.clone().map_or(Value::Null, |mean| {
        let end = |end: Option<ledger::Fraction>| end.map(|fraction| fraction.to_string());
        json!([end(mean.low), end(mean.high)])
    });
    fields
}

fn profit_factor(summary: &Summary) -> Value {
    match &summary.profit_factor {
        Ok(ProfitFactor::Infinite) => json!("inf"),
        Ok(ProfitFactor::Finite(ratio)) => json!(ratio.to_string()),
        Err(_) => Value::Null,
    }
}
