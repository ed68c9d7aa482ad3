import { useQuery } from "@tanstack/react-query";
import type { TradeDetail } from "@trading-journal/sdk";
import { lazy, Suspense, useMemo } from "react";
import { pricesQuery } from "~/api/bars";
import type { PriceBar, PriceFill, PriceLevel } from "~/charts/PriceChart";
import { Card } from "~/ui/Card";
import { Skeleton } from "~/ui/Skeleton";
import { rolesOf } from "./sources.ts";
import { stretchOf } from "./stretch.ts";

const PriceChart = lazy(() => import("~/charts/PriceChart").then((charts) => ({ default: charts.PriceChart })));

const HEIGHT = 320;
const NO_PRICES: readonly never[] = [];

export function PriceCard({ trade, zone }: { trade: TradeDetail; zone: string }) {
  const fills = useMemo(() => fillsOf(trade), [trade]);
  const levels = useMemo(() => levelsOf(trade), [trade]);
  // Until they are there, and where there are none, a line leads from fill to fill.
  const { data: prices = NO_PRICES } = useQuery(pricesQuery(stretchOf(trade)));
  const bars = useMemo<PriceBar[]>(() => prices.map(({ starts_at, open, high, low, close }) => ({ time: starts_at, open, high, low, close })), [prices]);
  return (
    <Card title="Price">
      <Suspense fallback={<Skeleton height={HEIGHT} />}>
        <PriceChart fills={fills} bars={bars} levels={levels} zone={zone} height={HEIGHT} />
      </Suspense>
    </Card>
  );
}

function fillsOf(trade: TradeDetail): PriceFill[] {
  const roles = rolesOf(trade);
  return trade.fills.map(({ execution_id, executed_at, price, quantity, side }) => ({
    time: executed_at,
    price,
    quantity,
    side: side === "buy" ? "buy" : "sell",
    role: roles.get(execution_id) ?? "entry",
  }));
}

function levelsOf(trade: TradeDetail): PriceLevel[] {
  const levels: PriceLevel[] = [];
  if (trade.planned_stop != null) levels.push({ price: trade.planned_stop, label: "Stop", kind: "stop" });
  if (trade.planned_target != null) levels.push({ price: trade.planned_target, label: "Target", kind: "target" });
  return levels;
}
