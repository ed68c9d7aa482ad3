//! Finds out from a whole file whether 03/04/2026 is in March or in April: a Flex Query writes dates as its owner set them.

use crate::times::DateRule;

/// What the dates of a file allow.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    verdict: Option<DateRule>,
}

/// True for a date that starts with one or two digits and a slash.
pub(super) fn is_slashed(text: &str) -> bool {
    parts(text).is_some()
}

fn parts(text: &str) -> Option<(u8, u8)> {
    let (first, rest) = text.split_at_checked(text.find('/')?)?;
    let second = rest.get(1..)?;
    let second = second.get(..second.find('/')?)?;
    let number = |part: &str| -> Option<u8> {
        let sane = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        sane.then(|| part.parse().ok())?
    };
    Some((number(first)?, number(second)?))
}

impl Evidence {
    /// Takes a cell into account; what is no date with slashes says nothing.
    pub fn see(&mut self, text: &str) {
        if self.verdict.is_some() {
            return;
        }
        match parts(text) {
            Some((13.., _)) => self.verdict = Some(DateRule::DayFirst),
            Some((_, 13..)) => self.verdict = Some(DateRule::MonthFirst),
            Some(_) | None => {}
        }
    }

    /// The order of day and month, once a date allows only one.
    pub const fn verdict(self) -> Option<DateRule> {
        self.verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_allows_one_reading_decides() {
        for (texts, expected) in [
            (vec!["03/04/2026", "13/04/2026"], Some(DateRule::DayFirst)),
            (vec!["03/04/2026;093000", "04/13/26, 09:30:00"], Some(DateRule::MonthFirst)),
            (vec!["03/04/2026", "2026-04-13", "1/2", "20260413", ""], None),
        ] {
            let mut evidence = Evidence::default();
            for text in &texts {
                evidence.see(text);
            }
            assert_eq!(evidence.verdict(), expected, "{texts:?}");
        }
        assert!(is_slashed("3/4/26") && !is_slashed("2026/03/04") && !is_slashed("BRK/B"));
    }
}
