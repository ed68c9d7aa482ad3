//! The commission and the fees of a fill in integers, handed out in proportion to quantity.

use super::Number;
use crate::FeeRounding;

/// To which places the parts of a cost are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    /// Not at all: parts are worked out when somebody asks for them.
    Exact,
    /// To multiples of `10^exponent` units.
    Places(u8),
    /// To as many places as the cost itself has, or to multiples of `10^exponent` units if that is finer.
    AtLeast(u8),
}

impl Rounding {
    /// The rule for costs of `scale` digits behind the point; `None` when the rule asks for more.
    pub(super) fn of(rounding: FeeRounding, scale: u32) -> Option<Self> {
        let exponent = |places| u8::try_from(scale.checked_sub(places)?).ok();
        Some(match rounding {
            FeeRounding::Exact => Self::Exact,
            FeeRounding::Places(places) => Self::Places(exponent(places)?),
            FeeRounding::AtLeast(places) => Self::AtLeast(exponent(places)?),
        })
    }

    /// `cost * part / whole`, rounded half-even.
    #[inline]
    fn share<N: Number>(self, cost: N, part: N, whole: N) -> Option<N> {
        if cost.zero() {
            return Some(cost);
        }
        let exponent = match self {
            Self::Exact | Self::AtLeast(0) => 0,
            Self::Places(exponent) => exponent,
            Self::AtLeast(exponent) => cost.trailing_zeros(exponent),
        };
        cost.share(part, whole, exponent)
    }
}

/// What a fill, or the lot it opened, has to hand out of its costs.
///
/// The first parts together are their share of the cost, rounded half-even; each part is that less the parts
/// before it, so all parts add up to the cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Charges<N> {
    /// Commission and other fees.
    costs: [N; 2],
    handed_out: [N; 2],
    /// The quantity over which they are spread.
    whole: N,
}

impl<N: Number> Charges<N> {
    #[inline]
    pub(super) fn of(costs: [N; 2], whole: N) -> Self {
        Self { costs, handed_out: [N::default(); 2], whole }
    }

    /// The next part, which ends where `left` of the quantity is left.
    #[inline]
    pub(super) fn take(&mut self, left: N, rounding: Rounding) -> Option<[N; 2]> {
        let so_far = if left.zero() {
            self.costs
        } else {
            let [commission, fees] = self.costs;
            let taken = self.whole.minus(left)?;
            [rounding.share(commission, taken, self.whole)?, rounding.share(fees, taken, self.whole)?]
        };
        let part = difference(so_far, self.handed_out);
        self.handed_out = so_far;
        part
    }

    /// What is left to be handed out.
    #[inline]
    pub(super) fn left(&self) -> Option<[N; 2]> {
        difference(self.costs, self.handed_out)
    }
}

#[inline]
fn difference<N: Number>([commission, fees]: [N; 2], [less, fewer]: [N; 2]) -> Option<[N; 2]> {
    Some([commission.minus(less)?, fees.minus(fewer)?])
}
