import type { TradeDetail } from "@trading-journal/sdk";
import type { ReactNode } from "react";
import { formatAmount, formatNumber, formatShare, NONE, signOf } from "~/format/index.ts";
import { formatPrice } from "~/format/price.ts";
import { Card } from "~/ui/Card";
import { Hint } from "~/ui/Hint";
import { Amount } from "../trades/cells.tsx";
import { efficiencyOf } from "./efficiency.ts";
import styles from "./FactsCard.module.css";
import { Sourced } from "./Sourced.tsx";

/** The figures of the trade; each that a file told leads to its lines. */
export function FactsCard({ trade }: { trade: TradeDetail }) {
  const { currency } = trade;
  const other = signOf(trade.other) !== 0 || trade.events.some((event) => event.kind === "cash");
  return (
    <Card title="Figures">
      <dl className={styles.facts}>
        <Fact label="Size">{formatNumber(trade.peak_quantity)}</Fact>
        {trade.status === "open" && <Fact label="Still open">{formatNumber(trade.quantity)}</Fact>}
        {trade.instrument.multiplier !== "1" && <Fact label="Multiplier">{formatNumber(trade.instrument.multiplier)}</Fact>}
        <Fact label="Average entry">
          <Sourced figure="entry" trade={trade}>
            {formatPrice(trade.average_entry)}
          </Sourced>
        </Fact>
        <Fact label="Average exit">
          {trade.average_exit == null ? (
            <Undefined reason="Nothing of it is closed yet" />
          ) : (
            <Sourced figure="exit" trade={trade}>
              {formatPrice(trade.average_exit)}
            </Sourced>
          )}
        </Fact>
      </dl>
      <dl className={styles.facts}>
        <Fact label="Gross P&L">
          <Sourced figure="result" trade={trade}>
            <Amount amount={trade.gross_pnl} unit={currency} />
          </Sourced>
        </Fact>
        <Fact label="Commissions">
          <Sourced figure="costs" trade={trade}>
            {formatAmount(trade.commissions, currency)}
          </Sourced>
        </Fact>
        <Fact label="Fees">
          <Sourced figure="costs" trade={trade}>
            {formatAmount(trade.fees, currency)}
          </Sourced>
        </Fact>
        {other && (
          <Fact label="Funding, dividends">
            <Sourced figure="other" trade={trade}>
              <Amount amount={trade.other} unit={currency} />
            </Sourced>
          </Fact>
        )}
        <Fact label="Net P&L" strong>
          <Amount amount={trade.net_pnl} unit={currency} />
        </Fact>
        <Converted trade={trade} />
        <Fact label="R">
          {trade.r_multiple == null ? (
            <Undefined reason={trade.status === "open" ? "The trade is still open" : "No risk is planned: enter a stop or a risk"} />
          ) : (
            <Amount amount={trade.r_multiple} unit="R" />
          )}
        </Fact>
      </dl>
      <dl className={styles.facts}>
        <Excursions trade={trade} />
      </dl>
    </Card>
  );
}

function Converted({ trade }: { trade: TradeDetail }) {
  const converted = trade.in_account_currency;
  if (converted == null) return null;
  return (
    <Fact label={`Net in ${converted.currency}`}>
      {converted.net_pnl == null ? (
        <Undefined reason={converted.reason?.message ?? "There is no exchange rate"} />
      ) : (
        <Amount amount={converted.net_pnl} unit={converted.currency} />
      )}
    </Fact>
  );
}

function Excursions({ trade }: { trade: TradeDetail }) {
  const efficiency = efficiencyOf(trade);
  const untold = "Neither the broker's file nor price bars tell it";
  const amount = (value: string | null | undefined) =>
    value == null ? <Undefined reason={untold} /> : <Amount amount={value} unit={trade.currency} />;
  const share = (value: number | null) => (value === null ? <Undefined reason={efficiency.reason ?? untold} /> : formatShare(value));
  return (
    <>
      <Fact label="MAE" title="The lowest gross profit while it was open">
        {amount(trade.mae)}
      </Fact>
      <Fact label="MFE" title="The highest gross profit while it was open">
        {amount(trade.mfe)}
      </Fact>
      <Fact label="Entry efficiency">{share(efficiency.entry)}</Fact>
      <Fact label="Exit efficiency">{share(efficiency.exit)}</Fact>
      <Fact label="Total efficiency">{share(efficiency.total)}</Fact>
    </>
  );
}

interface FactProps {
  label: string;
  title?: string;
  strong?: boolean;
  children: ReactNode;
}

function Fact({ label, title, strong = false, children }: FactProps) {
  return (
    <div className={styles.fact} data-strong={strong || undefined}>
      <dt title={title}>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A figure that there is not, and why. */
function Undefined({ reason }: { reason: string }) {
  return (
    <Hint text={reason}>
      <button type="button" className={styles.none} aria-label={`None: ${reason}`}>
        {NONE}
      </button>
    </Hint>
  );
}
