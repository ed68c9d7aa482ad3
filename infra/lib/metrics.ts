// What is measured, and where CloudWatch keeps it.

import { Duration } from "aws-cdk-lib";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";

/** What alarms and dashboards read of what services measure themselves: each is in collector.yaml, under these labels. */
export const OWN = {
  outboxAge: { name: "outbox_oldest_seconds", labels: [] },
  eventLag: { name: "event_lag_seconds", labels: [] },
  imports: { name: "imports_total", labels: ["outcome"] },
  events: { name: "events_handled_total", labels: ["outcome"] },
  calls: { name: "rpc_server_calls_total", labels: ["code"] },
  callTime: { name: "rpc_server_duration_seconds", labels: [] },
  webSockets: { name: "websockets_open", labels: [] },
} as const;

/** A metric of a service's own. */
export function own(environment: string, service: string, metric: { readonly name: string }, statistic: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: `TradingJournal/${environment}`,
    metricName: metric.name,
    dimensionsMap: { "service.name": service },
    statistic,
    period: Duration.minutes(1),
  });
}

/** Messages in a queue, those in hand among them. */
export function waitingIn(broker: string, queue: string, period: Duration): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: "AWS/AmazonMQ",
    metricName: "MessageCount",
    dimensionsMap: { Broker: broker, VirtualHost: "/", Queue: queue },
    statistic: cloudwatch.Stats.MAXIMUM,
    period,
  });
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
