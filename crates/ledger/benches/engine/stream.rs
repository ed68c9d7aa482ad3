//! The stream that is matched: the same bytes on every machine.

use ledger::fixed::FixedFill;
use ledger::{Side, Timestamp};

/// Digits of quantities and prices of the wide stream.
pub const WIDE_PLACES: u32 = 18;

/// One fill of the stream, in lots and cents.
#[derive(Clone, Copy)]
pub struct Trade {
    pub book: u32,
    pub time: Timestamp,
    pub side: Side,
    pub lots: i64,
    pub price_cents: i64,
    pub fee_cents: i64,
    /// What comes after the lots and cents in the wide stream: digits below one cent.
    pub dust: u64,
}

/// The `SplitMix64` generator.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least).unwrap_or_default() + 1;
        least + i64::try_from(self.next() % span).unwrap_or_default()
    }
}

/// Random books and sides, lots of 1 to 20, prices that walk; 15 % of the fills flatten, 5 % flip.
pub fn trades(count: usize, books: u32) -> Vec<Trade> {
    let mut random = Random(42);
    let mut positions = vec![(0_i64, 0_i64); usize::try_from(books).unwrap_or_default()];
    for (_, price) in &mut positions {
        *price = random.between(2_000, 40_000);
    }
    let mut time = 1_577_975_400_000_000_000;
    let mut trades = Vec::with_capacity(count);
    while trades.len() < count {
        let book = u32::try_from(random.between(0, i64::from(books) - 1)).unwrap_or_default();
        let Some((position, price)) = positions.get_mut(usize::try_from(book).unwrap_or_default()) else {
            break;
        };
        *price = (*price + random.between(-30, 30)).max(50);
        let lots = random.between(1, 20);
        let change = match random.between(0, 99) {
            0..15 if *position != 0 => -*position,
            15..20 if *position != 0 => -*position - position.signum() * lots,
            action if action % 2 == 0 => lots,
            _ => -lots,
        };
        *position += change;
        time += random.between(0, 240) * 1_000_000;
        trades.push(Trade {
            book,
            time: Timestamp(time),
            side: if change > 0 { Side::Buy } else { Side::Sell },
            lots: change.abs(),
            price_cents: *price,
            fee_cents: random.between(-20, 250),
            dust: random.next(),
        });
    }
    trades
}

/// The same fills in the same books, but each bought whole and sold whole, in turn: nothing for a processor to guess.
pub fn orderly(trades: &[Trade], books: u32) -> Vec<Trade> {
    let mut long = vec![false; usize::try_from(books).unwrap_or_default()];
    let next = |trade: &Trade| {
        let long = long.get_mut(usize::try_from(trade.book).ok()?)?;
        *long = !*long;
        Some(Trade { lots: 10, side: if *long { Side::Buy } else { Side::Sell }, ..*trade })
    };
    trades.iter().filter_map(next).collect()
}

impl Trade {
    /// Lots in units of 1, prices in cents, costs in units of 10^-8.
    pub fn narrow(&self) -> FixedFill<i64> {
        FixedFill {
            time: self.time,
            quantity: self.signed(self.lots),
            price: self.price_cents,
            commission: self.fee_cents * 1_000_000,
            fees: 0,
        }
    }

    /// Quantities and prices in units of 10^-18, costs in units of 10^-8. Prices have all of these digits.
    pub fn wide(&self) -> FixedFill<i128> {
        FixedFill {
            time: self.time,
            quantity: i128::from(self.signed(self.lots)) * 1_000_000_000_000_000_001,
            price: i128::from(self.price_cents) * 10_000_000_000_000_000
                + i128::from(self.dust % 10_000_000_000_000_000),
            commission: i128::from(self.fee_cents) * 1_000_000,
            fees: 0,
        }
    }

    fn signed(&self, lots: i64) -> i64 {
        match self.side {
            Side::Buy => lots,
            Side::Sell => -lots,
        }
    }
}
