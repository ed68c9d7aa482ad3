// One dashboard for the whole, and one for each service.

import { Duration } from "aws-cdk-lib";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import * as elb from "aws-cdk-lib/aws-elasticloadbalancingv2";
import type { Construct } from "constructs";
import type { Service } from "../catalogue.ts";
import { OWN, ofService, ofTasks, own, waitingIn } from "../metrics.ts";
import type { Watched } from "../monitoring.ts";
import { nameOf } from "../stack.ts";

/** Makes the dashboards. */
export function addDashboards(scope: Construct, watched: Watched): void {
  const overview = new cloudwatch.Dashboard(scope, "Overview", { dashboardName: nameOf(watched.config, "overview") });
  overview.addWidgets(...ofDoor(watched));
  overview.addWidgets(...ofState(watched));
  overview.addWidgets(...ofUse(watched));
  for (const service of watched.services) {
    const dashboard = new cloudwatch.Dashboard(scope, `Of-${service.name}`, { dashboardName: nameOf(watched.config, service.name) });
    for (const row of rowsOf(watched, service)) dashboard.addWidgets(...row);
  }
}

function graph(title: string, left: cloudwatch.IMetric[], label?: string): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, left, width: 8, height: 6, ...(label !== undefined && { leftYAxis: { label, min: 0 } }) });
}

function ofDoor({ edge }: Watched): cloudwatch.IWidget[] {
  const { metrics } = edge.loadBalancer;
  const minute = Duration.minutes(1);
  return [
    graph("Requests", [metrics.requestCount({ period: minute })], "a minute"),
    graph("Time of answers", ["p50", "p95", "p99"].map((statistic) => metrics.targetResponseTime({ period: minute, statistic })), "seconds"),
    graph("Failed answers", [
      metrics.httpCodeTarget(elb.HttpCodeTarget.TARGET_5XX_COUNT, { period: minute }),
      metrics.httpCodeElb(elb.HttpCodeElb.ELB_5XX_COUNT, { period: minute }),
    ]),
  ];
}

function ofState({ data, edge }: Watched): cloudwatch.IWidget[] {
  const { instance, replica } = data.database;
  return [
    graph("Gateways", [edge.targets.metrics.healthyHostCount(), edge.targets.metrics.unhealthyHostCount()]),
    graph("PostgreSQL", [instance.metricCPUUtilization(), ...(replica === undefined ? [] : [replica.metricCPUUtilization()])], "% of processors"),
    graph("PostgreSQL's connections", [instance.metricDatabaseConnections()]),
  ];
}

function ofUse({ config }: Watched): cloudwatch.IWidget[] {
  // Each task says how many it has several times a minute, so a sum would count them as often: the mean of a task, times tasks.
  const live = new cloudwatch.MathExpression({
    expression: "each * tasks",
    usingMetrics: {
      each: own(config.name, "gateway", OWN.webSockets, cloudwatch.Stats.AVERAGE),
      tasks: ofTasks(nameOf(config), "gateway", "RunningTaskCount"),
    },
    period: Duration.minutes(1),
    label: "open",
  });
  return [
    graph("Live connections", [live]),
    graph("Imports", [own(config.name, "trades", OWN.imports, cloudwatch.Stats.SUM)], "ended, a minute"),
  ];
}

function rowsOf({ config, data }: Watched, service: Service): cloudwatch.IWidget[][] {
  const cluster = nameOf(config);
  const rows: cloudwatch.IWidget[][] = [
    [
      graph("Tasks", ["DesiredTaskCount", "RunningTaskCount"].map((metric) => ofTasks(cluster, service.name, metric))),
      graph("Load", [ofService(cluster, service.name, "CPUUtilization"), ofService(cluster, service.name, "MemoryUtilization")], "%"),
    ],
  ];
  if (service.protocol === "grpc") {
    rows.push([graph("Time of calls", [own(config.name, service.name, OWN.callTime, cloudwatch.Stats.AVERAGE)], "seconds")]);
  }
  if (service.broker) {
    rows.push([
      graph("Waiting events", service.queues.map((queue) => waitingIn(data.broker.brokerName, queue, Duration.minutes(1)))),
      graph("Age of events", [own(config.name, service.name, OWN.eventLag, cloudwatch.Stats.MAXIMUM)], "seconds"),
      graph("Oldest in the outbox", [own(config.name, service.name, OWN.outboxAge, cloudwatch.Stats.MAXIMUM)], "seconds"),
    ]);
  }
  return rows;
}
