// A journal with something in it, and the address of every page that shows it.

import type { BrowserContext } from "playwright-core";
import { arrive, demoFile, get, importFile, openAccount, until } from "./person";

export interface Populated {
  readonly trade: string;
  readonly openTrade: string;
  readonly importId: string;
}

export async function populate(context: BrowserContext): Promise<Populated> {
  await arrive(context);
  const account = await openAccount(context, "Interactive Brokers");
  const importId = await importFile(context, account, "july.xml", demoFile("interactive-brokers.xml"));
  await until(async () => {
    const { trades } = (await get(context.request, "/v1/analytics/summary")) as { trades: number };
    return trades === 74 ? true : undefined;
  }, "the statistics are of all trades");
  const first = async (status: string) => {
    const { items } = (await get(context.request, `/v1/trades?status=${status}&limit=1`)) as { items: { id: string }[] };
    return items[0]?.id ?? "";
  };
  return { trade: await first("closed"), openTrade: await first("open"), importId };
}

export function everyPage({ trade, openTrade, importId }: Populated): readonly string[] {
  return [
    "/",
    "/trades",
    `/trade/${trade}`,
    `/trade/${openTrade}`,
    "/imports",
    `/import/${importId}`,
    "/journal/2026-09-25",
    "/analytics",
    "/analytics?tab=distribution",
    "/analytics?tab=risk",
    "/analytics?tab=excursions",
    "/analytics?tab=compare",
    "/accounts",
    "/inbox",
    "/settings/profile",
    "/settings/appearance",
    "/settings/security",
    "/settings/sessions",
    "/settings/api-keys",
    "/settings/labels",
    "/settings/mentors",
    "/settings/notifications",
    "/settings/activity",
    "/settings/data",
  ];
}
