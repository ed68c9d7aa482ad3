//! Facts that hold whatever the trades are.

use ledger::{Decimal, Fraction, Timestamp};
use proptest::prelude::*;
use statistics::{ClosedTrade, Options, ProfitFactor, Summary, wilson};

use crate::samples::measured;

fn cents(amount: i64) -> Fraction {
    Decimal::from_scaled(i128::from(amount), 2).unwrap().into()
}

/// Trades one after the other that net these cents.
fn rows(nets: &[i64]) -> Vec<ClosedTrade> {
    (0..)
        .zip(nets)
        .map(|(index, net)| ClosedTrade {
            net: cents(*net),
            gross: cents(*net + 150),
            commissions: cents(100),
            fees: cents(50),
            risk: Some(cents(10_000)),
            volume: Fraction::from(1),
            opened_at: Timestamp(index * 10),
            closed_at: Timestamp(index * 10 + 7),
        })
        .collect()
}

fn measure(nets: &[i64]) -> Summary {
    let options = Options { bootstrap_draws: 40, ..Options::default() };
    measured(&rows(nets), &options).unwrap()
}

/// Small amounts on purpose: ties and zeros come up often.
fn nets() -> impl Strategy<Value = Vec<i64>> {
    proptest::collection::vec(-500_i64..500, 0..60)
}

proptest! {
    #[test]
    fn every_trade_is_a_win_a_loss_or_a_scratch(nets in nets()) {
        let summary = measure(&nets);

        prop_assert_eq!(summary.wins + summary.losses + summary.scratches, summary.trades);
    }

    #[test]
    fn net_is_gross_less_costs_and_wins_less_losses(nets in nets()) {
        let summary = measure(&nets);

        let costs = summary.commissions + summary.fees;
        prop_assert_eq!(&summary.net, &(summary.gross - costs));
        prop_assert_eq!(summary.net, summary.gross_profit - summary.gross_loss);
    }

    #[test]
    fn expectancy_times_trades_is_net(nets in nets()) {
        let summary = measure(&nets);

        if let Ok(expectancy) = summary.expectancy {
            let trades = Fraction::from(i64::try_from(summary.trades).unwrap());
            prop_assert_eq!(expectancy.value * trades, summary.net);
        } else {
            prop_assert!(nets.is_empty());
        }
    }

    #[test]
    fn the_profit_factor_is_above_one_when_the_trades_made_money(nets in nets()) {
        let summary = measure(&nets);

        match summary.profit_factor {
            Ok(ProfitFactor::Finite(factor)) => {
                let above = (factor.exact() - Fraction::from(1)).signum();
                prop_assert_eq!(above, summary.net.signum());
            }
            Ok(ProfitFactor::Infinite) => prop_assert!(summary.net.is_positive()),
            Err(_) => prop_assert!(summary.net.is_zero()),
        }
    }

    #[test]
    fn the_kelly_fraction_has_the_sign_of_the_net_amount(nets in nets()) {
        let summary = measure(&nets);

        if let Ok(kelly) = summary.kelly {
            prop_assert_eq!(kelly.exact().signum(), summary.net.signum());
            prop_assert!(kelly.to_f64() < 1.0);
        }
    }

    #[test]
    fn mirrored_trades_swap_wins_and_losses(nets in nets()) {
        let mirrored: Vec<i64> = nets.iter().map(|net| -net).collect();
        let (one, other) = (measure(&nets), measure(&mirrored));

        prop_assert_eq!((one.wins, one.losses), (other.losses, other.wins));
        prop_assert_eq!(one.longest_win_streak, other.longest_loss_streak);
        prop_assert_eq!(one.standard_deviation, other.standard_deviation);
        prop_assert_eq!(one.z_score.ok(), other.z_score.ok());
        prop_assert_eq!(one.largest_win.ok(), other.largest_loss.ok().map(|loss| -loss));
    }

    #[test]
    fn the_order_of_trades_matters_only_to_curves_and_streaks(nets in nets()) {
        let reversed: Vec<i64> = nets.iter().rev().copied().collect();
        let (one, other) = (measure(&nets), measure(&reversed));

        prop_assert_eq!(one.net, other.net);
        prop_assert_eq!(one.win_rate, other.win_rate);
        prop_assert_eq!(one.profit_factor, other.profit_factor);
        prop_assert_eq!(one.payoff_ratio, other.payoff_ratio);
        prop_assert_eq!(one.longest_win_streak, other.longest_win_streak);
    }

    #[test]
    fn amounts_ten_times_as_large_change_money_but_no_ratio(nets in nets()) {
        let larger: Vec<i64> = nets.iter().map(|net| net * 10).collect();
        let (one, other) = (measure(&nets), measure(&larger));

        prop_assert_eq!(one.profit_factor, other.profit_factor);
        prop_assert_eq!(one.recovery_factor, other.recovery_factor);
        prop_assert_eq!(one.kelly, other.kelly);
        prop_assert_eq!(one.z_score, other.z_score);
        if let (Ok(one), Ok(other)) = (one.max_drawdown, other.max_drawdown) {
            prop_assert_eq!(one.amount * Fraction::from(10), other.amount);
            prop_assert_eq!((one.from, one.to, one.trades), (other.from, other.to, other.trades));
        }
    }

    #[test]
    fn a_drawdown_lies_between_the_largest_loss_and_all_losses(nets in nets()) {
        let summary = measure(&nets);

        match (summary.max_drawdown, summary.largest_loss) {
            (Ok(drawdown), Ok(largest)) => {
                prop_assert!(drawdown.amount >= -largest && drawdown.amount <= summary.gross_loss);
                prop_assert!(drawdown.from < drawdown.to);
                prop_assert!(drawdown.recovered_at.is_none_or(|recovered| recovered > drawdown.to));
                prop_assert!(drawdown.trades <= drawdown.longest_trades);
                prop_assert!(drawdown.longest_trades <= summary.trades);
            }
            (drawdown, largest) => prop_assert!(drawdown.is_err() && largest.is_err()),
        }
    }

    #[test]
    fn an_interval_of_means_lies_within_the_results(nets in nets()) {
        let summary = measure(&nets);

        if let Ok(expectancy) = summary.expectancy
            && let (Some(low), Some(high)) = (expectancy.low, expectancy.high)
        {
            prop_assert!(low <= high);
            prop_assert!(cents(*nets.iter().min().unwrap()) <= low);
            prop_assert!(high <= cents(*nets.iter().max().unwrap()));
        } else {
            prop_assert!(nets.len() < 2);
        }
    }

    #[test]
    fn trades_of_one_risk_have_the_quality_of_their_amounts(nets in nets()) {
        let summary = measure(&nets);

        match (summary.sqn, summary.sqn_r) {
            (Ok(one), Ok(other)) => prop_assert!((one - other).abs() <= 1e-12 * one.abs() + 1e-12),
            (one, other) => prop_assert_eq!(one, other),
        }
    }

    #[test]
    fn a_rate_lies_within_its_interval(n in 1_u64..1_000_000, share in 0.0_f64..=1.0) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of n")]
        let successes = (n as f64 * share) as u64;

        let rate = wilson(successes, n).unwrap();

        let (low, high) = (rate.low.unwrap(), rate.high.unwrap());
        prop_assert!((0.0..=rate.value).contains(&low), "{rate:?}");
        prop_assert!((rate.value..=1.0).contains(&high), "{rate:?}");
    }

    #[test]
    fn exposure_is_a_share(nets in nets()) {
        if let Ok(exposure) = measure(&nets).exposure {
            prop_assert!(exposure.to_f64() > 0.0 && exposure.to_f64() <= 1.0);
        } else {
            prop_assert!(nets.is_empty());
        }
    }
}
