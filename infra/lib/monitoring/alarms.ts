// The alarms: each with what it means, when it rings, and where to read what to do.

import { Duration } from "aws-cdk-lib";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import * as actions from "aws-cdk-lib/aws-cloudwatch-actions";
import * as elb from "aws-cdk-lib/aws-elasticloadbalancingv2";
import type * as sns from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import type { Service } from "../catalogue.ts";
import { OWN, ofTasks, own, tens, waitingIn } from "../metrics.ts";
import type { Watched } from "../monitoring.ts";
import { nameOf } from "../stack.ts";
import { DEPLOYMENT_ALARM } from "./names.ts";

const { TreatMissingData, ComparisonOperator } = cloudwatch;

/** Where every alarm has a heading. */
export const INCIDENTS = "docs/operations/incidents.md";

/** An alarm before it is made. */
interface Told {
  /** Part of its name, and its heading in the incident guide: that of Prometheus' alert where there is one. */
  readonly heading: string;
  /** What it is about, where there are several with one heading. */
  readonly of?: string;
  readonly says: string;
  readonly metric: cloudwatch.IMetric;
  readonly threshold: number;
  readonly comparison?: cloudwatch.ComparisonOperator;
  /** How many periods of the metric in a row. */
  readonly periods: number;
  readonly missing: cloudwatch.TreatMissingData;
}

/** Makes them all; each tells `topic` when it begins and when it is over. */
export function addAlarms(scope: Construct, watched: Watched, topic: sns.ITopic): void {
  const told = [
    ...ofDoor(watched),
    ...ofDatabase(watched),
    ...ofExport(watched),
    ...watched.services.flatMap((service) => ofService(watched, service)),
  ];
  const action = new actions.SnsAction(topic);
  for (const { heading, of, says, metric, threshold, comparison, periods, missing } of told) {
    const name = [heading, of].filter((part) => part !== undefined).join("-");
    const alarm = new cloudwatch.Alarm(scope, name, {
      alarmName: nameOf(watched.config, name),
      alarmDescription: `${says} What to do: ${INCIDENTS}#${heading.toLowerCase()}`,
      metric,
      threshold,
      comparisonOperator: comparison ?? ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: missing,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
}

function ofDoor({ edge }: Watched): Told[] {
  const five = Duration.minutes(5);
  const { loadBalancer, targets } = edge;
  const ofTargets = loadBalancer.metrics.httpCodeTarget(elb.HttpCodeTarget.TARGET_5XX_COUNT, { period: five });
  const ofItself = loadBalancer.metrics.httpCodeElb(elb.HttpCodeElb.ELB_5XX_COUNT, { period: five });
  const requests = loadBalancer.metrics.requestCount({ period: five });
  // What was not counted was zero.
  const failed = { failed: ofTargets, unanswered: ofItself };
  return [
    {
      heading: DEPLOYMENT_ALARM,
      says: "More than 10 answers of 5xx in five minutes.",
      metric: new cloudwatch.MathExpression({ expression: "FILL(failed, 0) + FILL(unanswered, 0)", usingMetrics: failed, period: five, label: "5xx" }),
      threshold: 10,
      periods: 1,
      missing: TreatMissingData.NOT_BREACHING,
    },
    {
      heading: "ErrorRateHigh",
      says: "More than 1 % of requests fail for ten minutes.",
      metric: new cloudwatch.MathExpression({
        // A handful of requests is no rate.
        expression: "IF(requests > 100, 100 * (FILL(failed, 0) + FILL(unanswered, 0)) / requests, 0)",
        usingMetrics: { ...failed, requests },
        period: five,
        label: "failed, %",
      }),
      threshold: 1,
      periods: 2,
      missing: TreatMissingData.NOT_BREACHING,
    },
    {
      heading: "LatencyHigh",
      says: "One request in twenty takes longer than 200 ms, for fifteen minutes.",
      metric: loadBalancer.metrics.targetResponseTime({ period: five, statistic: "p95" }),
      threshold: 0.2,
      periods: 3,
      missing: TreatMissingData.NOT_BREACHING,
    },
    {
      heading: "NoHealthyTargets",
      says: "No gateway takes requests.",
      metric: targets.metrics.healthyHostCount({ period: Duration.minutes(1), statistic: cloudwatch.Stats.MINIMUM }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 2,
      missing: TreatMissingData.BREACHING,
    },
  ];
}

function ofDatabase({ config, data }: Watched): Told[] {
  const { instance } = data.database;
  const gib = 1024 ** 3;
  return [
    {
      heading: "DatabaseCpuHigh",
      says: "PostgreSQL has used more than 80 % of its processors for five minutes.",
      metric: instance.metricCPUUtilization({ period: Duration.minutes(1), statistic: cloudwatch.Stats.AVERAGE }),
      threshold: 80,
      periods: 5,
      missing: TreatMissingData.BREACHING,
    },
    {
      heading: "DatabaseStorageLow",
      says: `Less than 20 % of the database's ${config.database.storage} GiB are free.`,
      metric: instance.metricFreeStorageSpace({ period: Duration.minutes(5), statistic: cloudwatch.Stats.MINIMUM }),
      threshold: 0.2 * config.database.storage * gib,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 1,
      missing: TreatMissingData.BREACHING,
    },
  ];
}

function ofExport({ data }: Watched): Told[] {
  const day = Duration.days(1);
  const { machine } = data.export;
  return [
    {
      heading: "ExportFailed",
      says: "The weekly export of the databases did not begin.",
      metric: new cloudwatch.MathExpression({
        expression: "FILL(failed, 0) + FILL(late, 0)",
        usingMetrics: { failed: machine.metricFailed({ period: day }), late: machine.metricTimedOut({ period: day }) },
        period: day,
        label: "failed exports",
      }),
      threshold: 0,
      periods: 1,
      missing: TreatMissingData.NOT_BREACHING,
    },
  ];
}

function ofService({ config, data }: Watched, service: Service): Told[] {
  const cluster = nameOf(config);
  const minute = Duration.minutes(1);
  const told: Told[] = [
    {
      heading: "ServiceDown",
      of: service.name,
      says: `${service.name} has fewer tasks than it should, for three minutes.`,
      metric: new cloudwatch.MathExpression({
        expression: "desired - running",
        usingMetrics: {
          desired: ofTasks(cluster, service.name, "DesiredTaskCount"),
          running: ofTasks(cluster, service.name, "RunningTaskCount"),
        },
        period: minute,
        label: "missing tasks",
      }),
      threshold: 0,
      // A deploy has one more for a moment, and one that is just starting.
      periods: 3,
      missing: TreatMissingData.BREACHING,
    },
  ];
  if (!service.broker) return told;
  if (service.database) {
    told.push({
      heading: "OutboxLagging",
      of: service.name,
      says: `An event of ${service.name} has waited for more than a minute to leave its database, for five minutes.`,
      metric: own(config.name, service.name, OWN.outboxAge, cloudwatch.Stats.MAXIMUM),
      threshold: 60,
      periods: 5,
      missing: TreatMissingData.NOT_BREACHING,
    });
  }
  told.push({
    heading: "ConsumerLagging",
    of: service.name,
    says: `Events that ${service.name} handles are more than five minutes old, for five minutes.`,
    metric: own(config.name, service.name, OWN.eventLag, cloudwatch.Stats.MAXIMUM),
    threshold: 300,
    periods: 5,
    missing: TreatMissingData.NOT_BREACHING,
  });
  return [...told, ...ofQueues(data.broker.brokerName, service)];
}

function ofQueues(broker: string, service: Service): Told[] {
  const [minute, ten] = [Duration.minutes(1), Duration.minutes(10)];
  return tens(service.queues).flatMap((queues, index) => {
    const of = index === 0 ? service.name : `${service.name}-${index + 1}`;
    const dead = Object.fromEntries(queues.map((queue, at) => [`q${at}`, waitingIn(broker, `${queue}.dead`, minute)]));
    const fewest = Object.fromEntries(queues.map((queue, at) => [`q${at}`, waitingIn(broker, queue, ten, cloudwatch.Stats.MINIMUM)]));
    // Of a queue that nobody declared yet there is no count.
    const counts = (metrics: Readonly<Record<string, unknown>>): string => Object.keys(metrics).map((metric) => `FILL(${metric}, 0)`).join(", ");
    return [
      {
        heading: "DeadLetters",
        of,
        says: `An event rests in a dead letter queue of ${service.name}.`,
        metric: new cloudwatch.MathExpression({ expression: `SUM([${counts(dead)}])`, usingMetrics: dead, period: minute, label: "dead letters" }),
        threshold: 0,
        periods: 1,
        missing: TreatMissingData.NOT_BREACHING,
      },
      {
        heading: "QueueStuck",
        of,
        says: `A queue of ${service.name} was not empty once in ten minutes.`,
        // Each queue's fewest first: queues that are emptied in turn are not stuck.
        metric: new cloudwatch.MathExpression({ expression: `MAX([${counts(fewest)}])`, usingMetrics: fewest, period: ten, label: "messages that stay" }),
        threshold: 0,
        periods: 1,
        missing: TreatMissingData.NOT_BREACHING,
      },
    ];
  });
}
