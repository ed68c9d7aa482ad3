// Rules of queues: each is looked at.

import { fault, unless, type Rule } from "../rule.ts";
import { all, text, type Found, type Json, type World } from "../world.ts";

/** Alarms of messages that stay. */
function stuck(world: World, service: string): Found[] {
  return all(world, "AWS::CloudWatch::Alarm").filter(({ has }) => new RegExp(`-QueueStuck-${service}(-\\d+)?$`).test(has.AlarmName ?? ""));
}

/** What alarms look at, by queue. */
function looked(alarms: readonly Found[]): ReadonlyMap<string, Json> {
  const stats = alarms.flatMap(({ has }) => has.Metrics.map(({ MetricStat }: Json) => MetricStat).filter(Boolean) as Json[]);
  return new Map(stats.map((stat) => [stat.Metric.Dimensions.find(({ Name }: Json) => Name === "Queue")?.Value, stat]));
}

const leaveOut = (alarm: Found | undefined, queue: string): void => {
  alarm!.has.Metrics = alarm!.has.Metrics.filter((metric: Json) => !text(metric).includes(`"${queue}"`));
};

export const queues: readonly Rule[] = [
  {
    says: "of each queue it is told when it was not empty once in ten minutes",
    broken: (world) =>
      world.services.flatMap(({ name, queues: wanted }) => {
        const alarms = stuck(world, name);
        const found = looked(alarms);
        return [
          ...unless(text([...found.keys()].sort()) === text([...wanted].sort()), `${name}: nobody looks at all of ${text(wanted)}`),
          ...unless([...found.values()].every(({ Stat, Period }) => Stat === "Minimum" && Period === 600), `${name}: not the fewest of ten minutes`),
          // Summed, or each minute's highest, queues that are emptied in turn would look like one that is not.
          ...unless(alarms.every(({ has }) => has.Metrics.some(({ Expression }: Json) => String(Expression).startsWith("MAX(["))), `${name}: not each queue by itself`),
        ];
      }),
    faults: [
      fault("the queue of mail is left out", (world) => leaveOut(stuck(world, "notifications")[1], "notifications.queue-account-mail")),
      fault("the most in ten minutes", (world) => {
        for (const { MetricStat } of stuck(world, "trades")[0]!.has.Metrics) if (MetricStat !== undefined) MetricStat.Stat = "Maximum";
      }),
      fault("all queues together", (world) => {
        for (const metric of stuck(world, "trades")[0]!.has.Metrics) if (metric.Expression !== undefined) metric.Expression = metric.Expression.replace("MAX", "SUM");
      }),
    ],
  },
];
