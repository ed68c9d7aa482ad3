// What is measured, and where CloudWatch keeps it.

import { Duration } from "aws-cdk-lib";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";

/** What alarms and dashboards read of what services measure themselves, as they call it over OTLP. Each is in collector.yaml. */
export const OWN = {
  /** Seconds that the oldest event has waited to leave the database. */
  outboxAge: "outbox.oldest",
  /** Seconds from an event to its handling. */
  eventLag: "event.lag",
  /** Seconds of a call that a service answers. */
  callTime: "rpc.server.call.duration",
  webSockets: "websockets.open",
  imports: "imports",
} as const;

/** A metric of a service's own. */
export function own(environment: string, service: string, metricName: (typeof OWN)[keyof typeof OWN], statistic: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: `TradingJournal/${environment}`,
    metricName,
    dimensionsMap: { "service.name": service },
    statistic,
    period: Duration.minutes(1),
  });
}

/** Messages in a queue, those in hand among them: the most in a period, or the fewest. */
export function waitingIn(broker: string, queue: string, period: Duration, statistic: string = cloudwatch.Stats.MAXIMUM): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: "AWS/AmazonMQ",
    metricName: "MessageCount",
    dimensionsMap: { Broker: broker, VirtualHost: "/", Queue: queue },
    statistic,
    period,
  });
}

/** An alarm looks at ten metrics at most. */
export function tens(queues: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(queues.length / 10) }, (_, index) => queues.slice(10 * index, 10 * (index + 1)));
}

/** What Container Insights says of a service. */
export function ofTasks(cluster: string, service: string, metricName: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: "ECS/ContainerInsights",
    metricName,
    dimensionsMap: { ClusterName: cluster, ServiceName: service },
    statistic: cloudwatch.Stats.AVERAGE,
    period: Duration.minutes(1),
  });
}

/** What ECS says of a service: percent of what its tasks have. */
export function ofService(cluster: string, service: string, metricName: "CPUUtilization" | "MemoryUtilization"): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: "AWS/ECS",
    metricName,
    dimensionsMap: { ClusterName: cluster, ServiceName: service },
    statistic: cloudwatch.Stats.AVERAGE,
    period: Duration.minutes(1),
  });
}
