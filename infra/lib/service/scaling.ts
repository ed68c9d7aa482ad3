// How many tasks a service has: as many as its load asks for.

import { Duration } from "aws-cdk-lib";
import * as appscaling from "aws-cdk-lib/aws-applicationautoscaling";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import type * as ecs from "aws-cdk-lib/aws-ecs";
import type { Service } from "../catalogue.ts";
import type { Size } from "../config.ts";
import { tens, waitingIn } from "../metrics.ts";

/** Percent of what tasks have. */
export const TARGETS = { cpu: 70, memory: 80 } as const;
/** Seconds between two changes in the same direction. */
export const COOLDOWN = 300;
/** Events that wait in a service's queues: from here on more tasks are worth their start. */
export const BACKLOG = { some: 500, many: 5000 } as const;

/** Lets `service` grow and shrink between its sizes. */
export function scale(service: ecs.FargateService, { least, most }: Pick<Size, "least" | "most">, { queues }: Pick<Service, "queues">, broker: string): void {
  const scaling = service.autoScaleTaskCount({ minCapacity: least, maxCapacity: most });
  const cooldown = Duration.seconds(COOLDOWN);
  const cooldowns = { scaleInCooldown: cooldown, scaleOutCooldown: cooldown };
  scaling.scaleOnCpuUtilization("Cpu", { targetUtilizationPercent: TARGETS.cpu, ...cooldowns });
  scaling.scaleOnMemoryUtilization("Memory", { targetUtilizationPercent: TARGETS.memory, ...cooldowns });
  tens(queues).forEach((looked, index) => {
    scaling.scaleOnMetric(index === 0 ? "Queues" : `Queues${index + 1}`, {
      metric: deepest(looked, broker),
      // Outwards alone: that all of its queues are empty, one of several alarms cannot know. Inwards go processors and memory.
      scalingSteps: [
        { lower: BACKLOG.some, upper: BACKLOG.many, change: +1 },
        { lower: BACKLOG.many, change: +3 },
      ],
      adjustmentType: appscaling.AdjustmentType.CHANGE_IN_CAPACITY,
      cooldown,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
    });
  });
}

/** The queue that grows is the one with the most in it. */
function deepest(queues: readonly string[], broker: string): cloudwatch.IMetric {
  const metrics = Object.fromEntries(queues.map((queue, index) => [`q${index}`, waitingIn(broker, queue, Duration.minutes(1))]));
  return new cloudwatch.MathExpression({
    expression: `MAX([${Object.keys(metrics).join(", ")}])`,
    usingMetrics: metrics,
    period: Duration.minutes(1),
    label: "deepest queue",
  });
}
