//! The generator of the bootstrap, the same on every machine.

/// The step of the state: odd, and near 2^64 divided by the golden ratio.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
pub(crate) struct SplitMix64(u64);

impl SplitMix64 {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The generator as it is after so many numbers.
    pub(crate) const fn after(seed: u64, numbers: u64) -> Self {
        Self(seed.wrapping_add(GAMMA.wrapping_mul(numbers)))
    }

    #[inline]
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GAMMA);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// An index below `length`: the high half of the 128-bit product (Lemire, "Fast random integer generation in an
    /// interval", 2019, without the rejection: a bias of `length / 2^64` does not matter here).
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the index is below a length that fits into usize")]
    pub(crate) const fn index_below(&mut self, length: usize) -> usize {
        ((self.next() as u128 * length as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::SplitMix64;

    #[test]
    fn the_stream_is_the_published_one() {
        // The first outputs of the author's reference program for this seed.
        let mut random = SplitMix64::new(1_234_567);

        let stream: Vec<u64> = (0..3).map(|_| random.next()).collect();

        assert_eq!(stream, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn the_stream_can_be_entered_anywhere() {
        assert_eq!(SplitMix64::after(1_234_567, 2).next(), 9_817_491_932_198_370_423);
    }

    #[test]
    fn an_index_stays_below_the_length() {
        let mut random = SplitMix64::new(42);

        assert!((0..1000).all(|_| random.index_below(7) < 7));
    }
}
