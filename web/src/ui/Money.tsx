import { formatAmount, isRounded, NONE, signOf } from "~/format";
import { cx } from "./cx";
import styles from "./Money.module.css";

interface MoneyProps {
  /** Exact, as the API tells it. */
  amount: string | null | undefined;
  /** A currency, `R` or `%`. */
  unit: string;
  /** With `+` and in the colours of gains and losses. */
  signed?: boolean;
  /** Why there is none. */
  reason?: string | undefined;
  className?: string;
}

/** An amount with the usual digits of its unit. What they hide is in the title, and always in the markup. */
export function Money({ amount, unit, signed = false, reason, className }: MoneyProps) {
  if (amount == null) {
    return (
      <span className={cx(styles.none, className)} title={reason}>
        {NONE}
      </span>
    );
  }
  const sign = signed ? signOf(amount) : 0;
  return (
    <data
      value={amount}
      className={cx(styles.money, sign > 0 && styles.gain, sign < 0 && styles.loss, className)}
      title={isRounded(amount, unit) ? formatAmount(amount, unit, { exact: true, signed }) : undefined}
    >
      {formatAmount(amount, unit, { signed })}
    </data>
  );
}
