//! A book of the fixed-point engine: takes fills, matches them, and answers in the types of the general engine.

mod filling;

use super::costs::Rounding;
use super::fill::multiplier;
use super::report::Report;
use super::track::Track;
use super::{FixedError, FixedFault, Rows, Scales};
use crate::{Fill, Matched, Method, Terms, Valuation};

/// What matching writes down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Detail {
    /// Round trips, legs and open lots.
    #[default]
    Legs,
    /// Round trips only. What is open at the end is matched with lots when it is asked for.
    Trips,
}

/// The fills of one instrument in one account, as integers.
///
/// ```
/// use ledger::fixed::{Detail, FixedBook};
/// use ledger::{Decimal, FeeRounding, Fill, Method, Side, Terms, Timestamp, Valuation};
///
/// let terms = Terms {
///     multiplier: Decimal::ONE,
///     valuation: Valuation::Linear,
///     method: Method::Fifo,
///     fee_rounding: FeeRounding::AtLeast(8),
/// };
/// let fill = |second: i64, side, price: &str| {
///     Ok::<_, Box<dyn std::error::Error>>(Fill {
///         execution_id: format!("E{second}"),
///         time: Timestamp(second * 1_000_000_000),
///         sequence: 0,
///         side,
///         quantity: Decimal::from(100),
///         price: price.parse()?,
///         commission: Decimal::ONE,
///         fees: Decimal::ZERO,
///     })
/// };
/// let mut book = FixedBook::of(terms, Detail::Legs, &[fill(1, Side::Buy, "9.95")?])?;
/// book.append(&[fill(2, Side::Sell, "10.20")?])?;
/// book.run()?;
/// assert_eq!(book.matched()?.round_trips[0].net.to_string(), "23");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct FixedBook {
    terms: Terms,
    detail: Detail,
    scales: Scales,
    tracks: Tracks,
    failure: Option<FixedError>,
}

#[derive(Debug, Clone)]
enum Tracks {
    Narrow(Track<i64>),
    Wide(Track<i128>),
}

impl FixedBook {
    /// A book without fills. A fault for average cost and inverse contracts, when the multiplier or a product at these scales is beyond the engine, or
    /// when the costs have fewer digits than [`Terms::fee_rounding`] asks for.
    pub fn new(terms: Terms, detail: Detail, scales: Scales) -> Result<Self, FixedFault> {
        if terms.method == Method::Average || terms.valuation == Valuation::Inverse {
            return Err(FixedFault::Unsupported);
        }
        let rounding = Rounding::of(terms.fee_rounding, scales.costs).ok_or(FixedFault::TooWide)?;
        scales.money(terms.multiplier).ok_or(FixedFault::TooWide)?;
        let multiplier = multiplier(terms).ok_or(FixedFault::TooWide)?;
        let tracks = match i64::try_from(multiplier) {
            Ok(multiplier) => Tracks::Narrow(Track::new(Vec::new(), rounding, multiplier)),
            Err(_) => Tracks::Wide(Track::new(Vec::new(), rounding, multiplier)),
        };
        Ok(Self { terms, detail, scales, tracks, failure: None })
    }

    /// A book with these fills, which must be in [`order`](crate::order), at the scales that they need.
    pub fn of(terms: Terms, detail: Detail, fills: &[Fill]) -> Result<Self, FixedError> {
        let scales = Scales::of(terms.fee_rounding, fills);
        let mut book = Self::new(terms, detail, scales).map_err(|fault| fault.at(0))?;
        book.append(fills)?;
        Ok(book)
    }

    /// How many digits its integers have behind the point.
    pub const fn scales(&self) -> Scales {
        self.scales
    }

    /// The number of fills.
    pub fn len(&self) -> usize {
        match &self.tracks {
            Tracks::Narrow(track) => track.fills.len(),
            Tracks::Wide(track) => track.fills.len(),
        }
    }

    /// Whether it has no fills.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of fills that wait for [`run`](Self::run).
    pub fn waiting(&self) -> usize {
        match &self.tracks {
            Tracks::Narrow(track) => track.waiting(),
            Tracks::Wide(track) => track.waiting(),
        }
    }

    /// Makes room for so many more fills.
    pub fn reserve(&mut self, more: usize) {
        match &mut self.tracks {
            Tracks::Narrow(track) => track.fills.reserve(more),
            Tracks::Wide(track) => track.fills.reserve(more),
        }
    }

    /// Matches the fills that wait. After an error the book only repeats it.
    pub fn run(&mut self) -> Result<(), FixedError> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let (method, detail) = (self.terms.method, self.detail);
        if let Tracks::Narrow(track) = &mut self.tracks
            && track.run(method, detail).is_ok()
        {
            return Ok(());
        }
        let outcome = match self.widen() {
            Some(track) => track.run(method, detail),
            None => Err(0),
        };
        outcome.map_err(|fill| {
            let failure = FixedFault::Overflow.at(usize::try_from(fill).unwrap_or(usize::MAX));
            self.failure = Some(failure);
            failure
        })
    }

    /// Matches from the first fill again at the next [`run`](Self::run), with the memory it has.
    pub fn restart(&mut self) {
        self.failure = None;
        match &mut self.tracks {
            Tracks::Narrow(track) => track.restart(),
            Tracks::Wide(track) => track.restart(),
        }
    }

    /// What [`run`](Self::run) failed with.
    pub const fn failure(&self) -> Option<FixedError> {
        self.failure
    }

    /// Its closed round trips and its legs in 64-bit integers; `None` when the book is wide.
    pub fn narrow_rows(&self) -> Option<Rows<'_, i64>> {
        match &self.tracks {
            Tracks::Narrow(track) => Some(track.rows()),
            Tracks::Wide(_) => None,
        }
    }

    /// Its closed round trips and its legs in 128-bit integers; `None` when the book is narrow.
    pub fn wide_rows(&self) -> Option<Rows<'_, i128>> {
        match &self.tracks {
            Tracks::Narrow(_) => None,
            Tracks::Wide(track) => Some(track.rows()),
        }
    }

    /// What was matched so far, as the general engine puts it. Without legs under [`Detail::Trips`].
    pub fn matched(&self) -> Result<Matched, FixedError> {
        self.matched_from(0)
    }

    /// The same without the first `trip` round trips and their legs. Legs count round trips from there.
    pub fn matched_from(&self, trip: usize) -> Result<Matched, FixedError> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let (terms, detail, scales) = (self.terms, self.detail, self.scales);
        let matched = match &self.tracks {
            Tracks::Narrow(track) => Report::of(terms, detail, scales, track).and_then(|it| it.from(trip)),
            Tracks::Wide(track) => Report::of(terms, detail, scales, track).and_then(|it| it.from(trip)),
        };
        matched.ok_or_else(|| FixedFault::Overflow.at(self.len().saturating_sub(1)))
    }
}
