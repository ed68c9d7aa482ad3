import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { isReason } from "~/api/problem";
import { tradeQuery } from "~/api/trades.ts";
import { toSearch, useFilters } from "~/search/index.ts";
import { ErrorState } from "~/ui/ErrorState";
import { Page } from "~/ui/Page";
import { useAccounts } from "../trades/useAccounts.ts";
import { FactsCard } from "./FactsCard.tsx";
import { FillsCard } from "./FillsCard.tsx";
import { GoneTrade } from "./GoneTrade.tsx";
import { Neighbours } from "./Neighbours.tsx";
import { NotesCard } from "./NotesCard.tsx";
import { PlanCard } from "./PlanCard.tsx";
import { PriceCard } from "./PriceCard.tsx";
import { Regrouping } from "./Regrouping.tsx";
import { ReviewCard } from "./ReviewCard.tsx";
import { ScreenshotsCard } from "./ScreenshotsCard.tsx";
import { TradeHeadline } from "./TradeHeadline.tsx";
import styles from "./TradePage.module.css";
import { TradeSkeleton } from "./TradeSkeleton.tsx";

export function TradePage() {
  const { id } = useParams({ from: "/app/trade/$id" });
  const query = useQuery(tradeQuery(id));
  const { zoneOf, nameOf } = useAccounts();
  const search = toSearch(useFilters());
  const trade = query.data?.trade;

  const before = (
    <div className={styles.before}>
      <Link to="/trades" search={search} className={styles.back}>
        <ArrowLeft aria-hidden />
        Trades
      </Link>
      <Neighbours id={id} />
    </div>
  );
  if (!trade) {
    return (
      <Page title="Trade" before={before}>
        {query.isPending ? <TradeSkeleton /> : isReason(query.error, "not-found") ? <GoneTrade /> : <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      </Page>
    );
  }

  const zone = zoneOf(trade.account_id);
  return (
    <Page
      title={trade.symbol}
      before={before}
      description={<TradeHeadline trade={trade} zone={zone} account={nameOf(trade.account_id)} />}
      actions={<Regrouping trade={trade} />}
    >
      {/* Another trade is another page: drafts, forms and open dialogs are not carried over. */}
      <div className={styles.columns} key={id}>
        <div className={styles.main}>
          <PriceCard trade={trade} zone={zone} />
          <NotesCard trade={trade} />
          <ReviewCard trade={trade} />
          <ScreenshotsCard trade={id} />
        </div>
        <div className={styles.side}>
          <FactsCard trade={trade} />
          <PlanCard trade={trade} />
        </div>
        <div className={styles.whole}>
          <FillsCard trade={trade} zone={zone} />
        </div>
      </div>
    </Page>
  );
}
