// The figures that are looked at first, each with what it rests on.

import type { Summary } from "@trading-journal/sdk";
import { AmountEstimate, None, reasonOf, REstimate, ShareEstimate } from "~/figures/Estimate";
import { Figure, Figures } from "~/figures/Figure";
import { MetricName } from "~/figures/MetricName";
import { formatAmount, formatCount, formatNumber, formatShare, shortAmount } from "~/format";
import { Money } from "~/ui/Money";
import { between, fallText } from "./words";

interface KeyFiguresProps {
  /** Absent while it is on its way. */
  summary: Summary | undefined;
  net: boolean;
}

const TRADES = "Closed trades";

export function KeyFigures({ summary, net }: KeyFiguresProps) {
  const reason = (field: string) => summary && reasonOf(summary.notes, field);
  const unit = summary?.unit ?? "";
  return (
    <Figures label="Key figures">
      <Figure
        name={
          <MetricName id={net ? "net" : "gross"} section={TRADES}>
            {net ? "Net P&L" : "Gross P&L"}
          </MetricName>
        }
        value={summary && <Money amount={(net ? summary.net_pnl : summary.gross_pnl).amount} unit={unit} signed />}
        note={summary && formatCount(summary.trades, "trade")}
      />
      <Figure
        name={
          <MetricName id="win_rate" section={TRADES}>
            Win rate
          </MetricName>
        }
        value={summary && <ShareEstimate estimate={summary.win_rate} reason={reason("win_rate")} />}
        note={summary?.win_rate && between(summary.win_rate.low, summary.win_rate.high, (share) => formatShare(share))}
      />
      <Figure
        name={
          <MetricName id="expectancy" section={TRADES}>
            Expectancy
          </MetricName>
        }
        value={summary && <AmountEstimate estimate={summary.expectancy} reason={reason("expectancy")} unit={unit} />}
        note={
          summary?.expectancy &&
          between(summary.expectancy.low, summary.expectancy.high, (amount) => formatAmount(amount, unit, { signed: true }))
        }
      />
      <Figure
        name={
          <MetricName id="profit_factor" section={TRADES}>
            Profit factor
          </MetricName>
        }
        value={
          summary &&
          (summary.profit_factor == null ? <None reason={reason("profit_factor")} /> : <Ratio value={summary.profit_factor} />)
        }
        note={
          summary && `${shortAmount(summary.gross_profit.amount, unit)} won, ${shortAmount(summary.gross_loss.amount, unit)} lost`
        }
      />
      <Figure
        name={
          <MetricName id="expectancy_r" section={TRADES}>
            Expectancy in R
          </MetricName>
        }
        value={summary && <REstimate estimate={summary.expectancy_r} reason={reason("expectancy_r")} />}
        note={
          summary &&
          (summary.r_coverage == null ? undefined : `${formatShare(summary.r_coverage, { digits: 0 })} of trades have a risk`)
        }
      />
      <Figure
        name={
          <MetricName id="max_drawdown" section={TRADES}>
            Max drawdown
          </MetricName>
        }
        value={
          summary &&
          (summary.max_drawdown ? (
            <Money amount={summary.max_drawdown.amount.amount} unit={unit} />
          ) : (
            <None reason={reason("max_drawdown")} />
          ))
        }
        note={summary?.max_drawdown && fallText(summary.max_drawdown)}
      />
    </Figures>
  );
}

function Ratio({ value }: { value: string }) {
  return (
    <data value={value} title={value}>
      {formatNumber(value, value === "inf" ? {} : { digits: 2 })}
    </data>
  );
}
