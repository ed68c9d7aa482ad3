//! A made-up trader in a made-up market: integers only, from one seed.

/// `SplitMix64` (Steele, Lea, Flood 2014).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// low..=high.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = (high - low + 1).unsigned_abs();
        low + i64::try_from(self.next() % span).unwrap_or_default()
    }

    pub fn percent(&mut self, chance: i64) -> bool {
        self.between(1, 100) <= chance
    }
}

/// One execution: signed quantity, price in ticks of a hundredth.
pub struct Deal {
    pub day: i64,
    pub second: i64,
    pub symbol: &'static str,
    pub quantity: i64,
    pub price: i64,
}

/// Round trips of one symbol over a year: entries in one to three parts, exits in one or two, a little more often right than wrong.
pub struct Habits {
    pub symbol: &'static str,
    /// In hundredths.
    pub price: i64,
    /// Smallest price step, in hundredths.
    pub tick: i64,
    /// How far a trade goes, in ticks.
    pub swing: i64,
    pub lots: (i64, i64),
    /// Of 100 trades, how many are short.
    pub shorts: i64,
    pub trips: i64,
    /// Between trips.
    pub days: (i64, i64),
}

impl Habits {
    pub fn trade(&self, random: &mut Random, first_day: i64, last_day: i64) -> Vec<Deal> {
        let mut deals = Vec::new();
        let (mut day, mut price) = (first_day + random.between(0, 6), self.price);
        for _ in 0..self.trips {
            if day >= last_day {
                break;
            }
            price += random.between(-4, 4) * self.swing * self.tick / 4;
            let direction = if random.percent(self.shorts) { -1 } else { 1 };
            let won = random.percent(54);
            let edge = random.between(self.swing / 3, self.swing) * if won { 1 } else { -1 };
            let exit = price + direction * edge * self.tick;
            let parts = random.between(1, 3);
            let mut second = 9 * 3600 + 35 * 60 + random.between(0, 3 * 3600);
            let mut held = 0;
            for part in 0..parts {
                let quantity = random.between(self.lots.0, self.lots.1);
                held += quantity;
                let at = price - direction * part * self.tick * random.between(1, 3);
                deals.push(Deal {
                    day,
                    second,
                    symbol: self.symbol,
                    quantity: direction * quantity,
                    price: at,
                });
                second += random.between(20, 900);
            }
            let first = if held > 1 && random.percent(45) { held / 2 } else { held };
            for quantity in [first, held - first] {
                if quantity > 0 {
                    second += random.between(60, 5400);
                    let at = exit + random.between(-2, 2) * self.tick;
                    deals.push(Deal {
                        day,
                        second,
                        symbol: self.symbol,
                        quantity: -direction * quantity,
                        price: at,
                    });
                }
            }
            price = exit;
            day += random.between(self.days.0, self.days.1);
        }
        deals
    }
}

/// Days since 1970-01-01 as year, month, day (Howard Hinnant, "chrono-compatible low-level date algorithms").
pub fn date(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

/// The next day that is not on a weekend.
pub fn session(day: i64) -> i64 {
    // 1970-01-01 was a Thursday.
    match (day + 3).rem_euclid(7) {
        5 => day + 2,
        6 => day + 1,
        _ => day,
    }
}

/// Hundredths as text.
pub fn cents(amount: i64) -> String {
    format!("{}{}.{:02}", if amount < 0 { "-" } else { "" }, amount.abs() / 100, amount.abs() % 100)
}
