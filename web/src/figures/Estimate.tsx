// A figure that a sample only estimates, or that does not exist: always with how sure it is, or why there is none.

import type { Estimate as Share, MoneyEstimate, Note } from "@trading-journal/sdk";
import { formatAmount, formatCount, formatNumber, formatShare, NONE, signOf } from "~/format";
import { cx } from "~/ui/cx";
import { Hint } from "~/ui/Hint";
import { sentence } from "~/ui/sentence";
import styles from "./Estimate.module.css";

type Notes = Readonly<Record<string, Note>>;

/** A dash, with the API's reason on hover and focus. */
export function None({ reason }: { reason: string | undefined }) {
  return (
    <Hint text={reason === undefined ? "There is no such figure here." : sentence(reason)}>
      <button type="button" className={cx(styles.value, styles.none)} aria-label={`None: ${reason ?? "not defined here"}`}>
        {NONE}
      </button>
    </Hint>
  );
}

/** Why the field is null, by the notes of the answer. */
export function reasonOf(notes: Notes, field: string): string | undefined {
  return notes[field]?.reason;
}

interface EstimateTextProps {
  /** As the API tells it. */
  exact: string | number;
  text: string;
  sign?: -1 | 0 | 1;
  low: string | undefined;
  high: string | undefined;
  n: number;
  of?: string;
}

function EstimateText({ exact, text, sign = 0, low, high, n, of = "trade" }: EstimateTextProps) {
  const interval = low === undefined || high === undefined ? "No interval can be told" : `95 % interval: ${low} to ${high}`;
  const rest = `from ${formatCount(n, of)}`;
  return (
    <Hint text={`${interval}, ${rest}.`}>
      <button
        type="button"
        className={cx(styles.value, sign > 0 && styles.gain, sign < 0 && styles.loss)}
        aria-label={`${text}. ${interval}, ${rest}.`}
      >
        <data value={exact}>{text}</data>
      </button>
    </Hint>
  );
}

interface EstimateProps<T> {
  estimate: T | null | undefined;
  reason: string | undefined;
}

export function AmountEstimate({ estimate, reason, unit }: EstimateProps<MoneyEstimate> & { unit: string }) {
  if (!estimate) return <None reason={reason} />;
  const amount = (text: string | null | undefined) => (text == null ? undefined : formatAmount(text, unit, { signed: true }));
  return (
    <EstimateText
      exact={estimate.value}
      text={formatAmount(estimate.value, unit, { signed: true })}
      sign={signOf(estimate.value)}
      low={amount(estimate.low)}
      high={amount(estimate.high)}
      n={estimate.n}
    />
  );
}

export function ShareEstimate({ estimate, reason, of = "trade" }: EstimateProps<Share> & { of?: string }) {
  if (!estimate) return <None reason={reason} />;
  const share = (value: number | null | undefined) => (value == null ? undefined : formatShare(value));
  return (
    <EstimateText
      exact={estimate.value}
      text={formatShare(estimate.value)}
      low={share(estimate.low)}
      high={share(estimate.high)}
      n={estimate.n}
      of={of}
    />
  );
}

export function REstimate({ estimate, reason }: EstimateProps<Share>) {
  if (!estimate) return <None reason={reason} />;
  const inR = (value: number | null | undefined) =>
    value == null ? undefined : `${formatNumber(value, { digits: 2, signed: true })}R`;
  const sign = Math.sign(estimate.value) as -1 | 0 | 1;
  return (
    <EstimateText
      exact={estimate.value}
      text={inR(estimate.value) ?? NONE}
      sign={sign}
      low={inR(estimate.low)}
      high={inR(estimate.high)}
      n={estimate.n}
    />
  );
}

/** `52.7% to 66.5%` in small, for where the interval is seen without pointing at anything. */
export function interval(low: string | undefined, high: string | undefined): string {
  return low === undefined || high === undefined ? "No interval" : `${low} to ${high}`;
}
