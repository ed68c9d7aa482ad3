//! Fewer points of a curve, without losing its highs and lows.

use super::Point;

/// At most `most` points (but no fewer than five): the first, the last and the deepest one below a peak, and of equal
/// stretches the lowest and the highest value, so that no peak and no drawdown is smoothed away. P&L, flows and trades of
/// a point that goes count in the next one that stays. 0 keeps all.
pub(crate) fn thin(points: Vec<Point>, most: usize) -> Vec<Point> {
    if most == 0 || points.len() <= most.max(5) {
        return points;
    }
    let last = points.len() - 1;
    let stretches = (most.max(5) - 3) / 2;
    let mut kept = vec![0, last];
    for stretch in 0..stretches {
        let begin = 1 + stretch * (last - 1) / stretches;
        let end = 1 + (stretch + 1) * (last - 1) / stretches;
        let inside = || points.iter().enumerate().skip(begin).take(end - begin);
        kept.extend(inside().min_by_key(|(_, point)| &point.day.cumulative).map(|(index, _)| index));
        kept.extend(inside().max_by_key(|(_, point)| &point.day.cumulative).map(|(index, _)| index));
    }
    let deepest = points.iter().enumerate().max_by_key(|(_, point)| &point.day.drawdown);
    kept.extend(deepest.map(|(index, _)| index));
    kept.sort_unstable();
    kept.dedup();
    merge(points, &kept)
}

fn merge(points: Vec<Point>, kept: &[usize]) -> Vec<Point> {
    let mut stays = kept.iter().peekable();
    let (mut merged, mut waiting) = (Vec::with_capacity(kept.len()), None::<Point>);
    for (index, mut point) in points.into_iter().enumerate() {
        if let Some(before) = waiting.take() {
            point.day.pnl += before.day.pnl;
            point.day.flow += before.day.flow;
            point.trades += before.trades;
        }
        if stays.next_if_eq(&&index).is_some() {
            merged.push(point);
        } else {
            waiting = Some(point);
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::{super::points as all_points, *};
    use ledger::Fraction;
    use statistics::{DailyAccount, equity_curve};
    use std::collections::BTreeMap;
    use time::{Date, Duration};

    fn points(amounts: &[i64]) -> Vec<Point> {
        let first = Date::from_calendar_date(2026, time::Month::January, 1).unwrap();
        let days = (0..).map(|day| first + Duration::days(day));
        let pnl: BTreeMap<Date, Fraction> = days.zip(amounts.iter().copied().map(Fraction::from)).collect();
        let trades = pnl.keys().map(|day| (*day, 1)).collect();
        all_points(equity_curve(&DailyAccount::new(None, &pnl)), &trades)
    }

    #[test]
    fn highs_lows_and_sums_stay() {
        let mut amounts = vec![1; 1000];
        amounts[400] = -900;
        amounts[401] = 900;
        amounts[700] = 5000;
        amounts[701] = -5000;
        let all = points(&amounts);
        let extremes = |points: &[Point]| {
            let values = || points.iter().map(|point| point.day.cumulative.clone());
            let deepest = points.iter().map(|point| point.day.drawdown.clone()).max();
            (values().min(), values().max(), deepest)
        };

        let thinned = thin(all.clone(), 50);

        assert!(thinned.len() <= 50, "{}", thinned.len());
        assert_eq!(extremes(&thinned), extremes(&all));
        assert_eq!(thinned.iter().map(|point| point.trades).sum::<u64>(), 1000);
        let total: Fraction = thinned.iter().map(|point| &point.day.pnl).sum();
        assert_eq!(total.to_string(), "996");
        assert_eq!(thinned.last().unwrap().day.cumulative, all.last().unwrap().day.cumulative);
    }

    #[test]
    fn a_short_curve_is_left_alone() {
        assert_eq!(thin(points(&[1, 2, 3]), 4).len(), 3);
        assert_eq!(thin(points(&[1; 90]), 0).len(), 90);
        assert_eq!(thin(Vec::new(), 10).len(), 0);
    }
}
