//! What remains of many small p-values when one counts how many were looked at.

use crate::undefined::Metric;
use crate::wilson::approximate;

/// A p-value after the correction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Discovery {
    /// The smallest false discovery rate at which the row would survive (probability).
    pub adjusted: f64,
    /// Whether it survives at the chosen rate.
    pub survives: bool,
}

/// The adjusted p of every row, in the order given, and whether it survives at the false discovery rate `rate`:
/// of the rows that survive, on average at most that share is there by luck.
///
/// adjusted(k) = min over j >= k of p(j) x m / j, with the m values sorted ascending. Pass the p of **every** row that
/// the person could have sorted, those filtered away too: leaving them out makes luck look like skill. A row without a
/// p was looked at as well and counts as p = 1.
///
/// Source: Benjamini and Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995); it holds for independent
/// and for positively dependent rows (Benjamini and Yekutieli 2001).
pub fn benjamini_hochberg(rows: &[Metric<f64>], rate: f64) -> Vec<Discovery> {
    let count = approximate(u64::try_from(rows.len()).unwrap_or(u64::MAX));
    let mut ranked: Vec<(usize, f64)> = rows.iter().map(|row| row.unwrap_or(1.0)).enumerate().collect();
    ranked.sort_by(|(_, left), (_, right)| left.total_cmp(right));
    let mut smallest = 1.0_f64;
    let mut adjusted: Vec<(usize, f64)> = Vec::with_capacity(rows.len());
    for (rank, (row, p)) in (1_u64..).zip(&ranked).collect::<Vec<_>>().into_iter().rev() {
        smallest = smallest.min(p * count / approximate(rank));
        adjusted.push((*row, smallest));
    }
    adjusted.sort_unstable_by_key(|(row, _)| *row);
    adjusted.into_iter().map(|(_, adjusted)| Discovery { adjusted, survives: adjusted <= rate }).collect()
}
