// Rules of queues: each is looked at, by who brings tasks and by who tells people.

import { fault, unless, type Rule } from "../rule.ts";
import { all, only, referred, text, type Found, type Json, type World } from "../world.ts";

const POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy";

/** Alarms by which the number of a service's tasks follows its queues. */
function scaling(world: World, service: string): Found[] {
  const target = only(world, "AWS::ApplicationAutoScaling::ScalableTarget", ({ id }) => id.startsWith(`${service}Service`)).id;
  const policies = all(world, POLICY).filter(({ has }) => has.PolicyType === "StepScaling" && referred(world, has.ScalingTargetId) === target);
  const grows = ({ has }: Found): boolean => has.StepScalingPolicyConfiguration.StepAdjustments.some(({ ScalingAdjustment }: Json) => ScalingAdjustment > 0);
  const growing = policies.filter(grows).map(({ id }) => id);
  return all(world, "AWS::CloudWatch::Alarm").filter(({ has }) => (has.AlarmActions ?? []).some((action: Json) => growing.includes(referred(world, action) ?? "")));
}

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
    says: "each queue of a service that grows brings tasks, by alarms of ten queues at most",
    broken: (world) =>
      world.services.flatMap(({ name, queues: wanted }) => {
        const alarms = scaling(world, name);
        return [
          ...unless(text([...looked(alarms).keys()].sort()) === text([...wanted].sort()), `${name} grows by ${text([...looked(alarms).keys()])}`),
          ...unless(alarms.every(({ has }) => has.Metrics.length <= 11 && has.Threshold === 500), `${name}: an alarm that CloudWatch refuses, or another depth`),
        ];
      }),
    faults: [
      fault("the queue of mail is left out", (world) => leaveOut(scaling(world, "notifications")[1], "notifications.queue-account-mail")),
      fault("only the first ten bring tasks", (world) => delete scaling(world, "notifications")[1]!.has.AlarmActions),
      fault("more than ten in an alarm", (world) => {
        const [first, second] = scaling(world, "notifications");
        first!.has.Metrics.push(...second!.has.Metrics.slice(1));
      }),
    ],
  },
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
