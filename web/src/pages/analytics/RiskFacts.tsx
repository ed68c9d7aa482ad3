import type { Risk } from "@trading-journal/sdk";
import { Link } from "@tanstack/react-router";
import { FactList, type Fact } from "~/figures/FactList";
import { valuesOf } from "~/figures/values";
import { formatCount } from "~/format";
import styles from "./RiskFacts.module.css";

const DAILY = "Daily returns";

export function DailyFacts({ risk: { daily, notes, unit } }: { risk: Risk }) {
  const { amount, count, or, ratio, share } = valuesOf(notes, unit, "daily.");
  const facts: Fact[] = [
    { id: "max_drawdown", name: "Max drawdown", value: amount(daily.max_drawdown?.depth, "max_drawdown") },
    {
      id: "max_drawdown_share",
      name: "Max drawdown, of the index",
      value: share(toNumber(daily.max_drawdown_share?.depth), "max_drawdown_share"),
    },
    {
      id: "longest_drawdown_days",
      name: "Longest drawdown",
      value: or(daily.longest_drawdown_days, "longest_drawdown_days", (days) => formatCount(days, "day")),
    },
    { id: "recovery_factor", name: "Recovery factor", value: ratio(daily.recovery_factor, "recovery_factor") },
    { id: "twr", name: "Time-weighted return", value: share(daily.twr, "twr", true) },
    { id: "mwr", name: "Money-weighted return", value: share(daily.mwr, "mwr", true) },
    { id: "cagr", name: "Annual growth", value: share(daily.cagr, "cagr", true) },
    { id: "volatility", name: "Volatility", value: share(daily.volatility, "volatility") },
    { id: "sharpe", name: "Sharpe ratio", value: ratio(daily.sharpe, "sharpe") },
    { id: "sortino", name: "Sortino ratio", value: ratio(daily.sortino, "sortino") },
    { id: "calmar", name: "Calmar ratio", value: ratio(daily.calmar, "calmar") },
    { id: "omega", name: "Omega ratio", value: ratio(daily.omega, "omega") },
    { id: "ulcer", name: "Ulcer index", value: ratio(daily.ulcer, "ulcer") },
    { id: "upi", name: "Ulcer performance index", value: ratio(daily.upi, "upi") },
    { id: "value_at_risk", name: "Value at risk, 95 %", value: share(daily.value_at_risk, "value_at_risk") },
    { id: "expected_shortfall", name: "Expected shortfall, 95 %", value: share(daily.expected_shortfall, "expected_shortfall") },
    { id: "tail_ratio", name: "Tail ratio", value: ratio(daily.tail_ratio, "tail_ratio") },
    { id: "k_ratio_2013", name: "K-ratio of 2013", value: ratio(daily.k_ratio_2013, "k_ratio_2013") },
    { id: "days_won", name: "Days won", value: count(daily.days_won, "days_won") },
    { id: "days_lost", name: "Days lost", value: count(daily.days_lost, "days_lost") },
    { id: "days_flat", name: "Days flat", value: count(daily.days_flat, "days_flat") },
    { id: "best_day_share", name: "Best day, of all P&L", value: share(daily.best_day_share, "best_day_share") },
  ];
  const isBalanceMissing = notes["daily.twr"]?.code === "no-opening-equity" && unit !== "R" && unit !== "%";
  return (
    <>
      <FactList label="Risk and return" facts={facts.map((fact) => ({ ...fact, section: DAILY }))} />
      {isBalanceMissing && (
        <p className={styles.missing}>
          Returns need the opening balance of each account; 0 will do for one that began empty.{" "}
          <Link to="/accounts">Set it under accounts</Link>
        </p>
      )}
    </>
  );
}

export function LuckFacts({ risk }: { risk: Risk }) {
  const { notes, unit, longest_win_streak, longest_loss_streak, kelly, psr, dsr, dsr_trials, ruin, daily } = risk;
  const { or, ratio, share } = valuesOf(notes, unit);
  return (
    <FactList
      label="Skill or luck"
      facts={[
        { id: "longest_win_streak", name: "Most wins in a row", value: ratio(longest_win_streak, "longest_win_streak", 0) },
        { id: "longest_loss_streak", name: "Most losses in a row", value: ratio(longest_loss_streak, "longest_loss_streak", 0) },
        { id: "kelly", name: "Kelly fraction", value: share(kelly, "kelly") },
        { id: "psr", name: "Chance that the edge is real", value: share(psr, "psr") },
        {
          id: "dsr",
          name:
            dsr_trials === 0
              ? "The same, corrected for choice"
              : `The same, after looking at ${formatCount(dsr_trials, "symbol")}`,
          value: share(dsr, "dsr"),
        },
        {
          id: "probabilistic_sharpe",
          name: "Chance of skill by days",
          value: valuesOf(notes, unit, "daily.").share(daily.probabilistic_sharpe, "probabilistic_sharpe"),
        },
        {
          id: "ruin",
          section: "Luck",
          name: "Risk of losing the opening balance",
          value: or(ruin, "ruin", (chance) => share(chance, "ruin")),
        },
      ]}
    />
  );
}

function toNumber(text: string | null | undefined): number | null {
  return text == null ? null : Number(text);
}
