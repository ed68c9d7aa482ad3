// Rules of who looks.

import { existsSync, readFileSync } from "node:fs";
import { fault, unless, type Rule } from "../rule.ts";
import { all, only, ourTasks, containerOf, referred, taskOf, text, variablesOf, type Found, type Json, type World } from "../world.ts";
import { OWN } from "../../lib/metrics.ts";
import { TEMPORALITY } from "../../lib/service/settings.ts";

const ALARM = "AWS::CloudWatch::Alarm";
/** Alarms of ours: autoscaling brings its own. */
const alarms = (world: World): Found[] => all(world, ALARM).filter(({ stack }) => stack === "Monitoring");
const named = (world: World, name: string): Found => only(world, ALARM, ({ has }) => has.AlarmName === `trading-journal-${world.config.name}-${name}`);

const INCIDENTS = new URL("../../../docs/operations/incidents.md", import.meta.url);
/** The headings of the incident guide, as links name them. */
const headings = (): string[] =>
  existsSync(INCIDENTS)
    ? [...readFileSync(INCIDENTS, "utf8").matchAll(/^#+ +(.+)$/gm)].map(([, heading]) => (heading ?? "").toLowerCase().replaceAll(/[^\w\- ]/g, "").replaceAll(" ", "-"))
    : [];

/** Alarms of the plan: how often looked at, how many times in a row, beyond what, and what silence means. */
const PLAN: Readonly<Record<string, { period: number; times: number; threshold: (world: World) => number; comparison: string; missing: string; metrics: readonly string[] }>> = {
  ServerErrors: { period: 300, times: 1, threshold: () => 10, comparison: "GreaterThanThreshold", missing: "notBreaching", metrics: ["HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"] },
  ErrorRateHigh: { period: 300, times: 2, threshold: () => 1, comparison: "GreaterThanThreshold", missing: "notBreaching", metrics: ["HTTPCode_Target_5XX_Count", "RequestCount"] },
  LatencyHigh: { period: 300, times: 3, threshold: () => 0.2, comparison: "GreaterThanThreshold", missing: "notBreaching", metrics: ["TargetResponseTime"] },
  NoHealthyTargets: { period: 60, times: 2, threshold: () => 1, comparison: "LessThanThreshold", missing: "breaching", metrics: ["HealthyHostCount"] },
  DatabaseCpuHigh: { period: 60, times: 5, threshold: () => 80, comparison: "GreaterThanThreshold", missing: "breaching", metrics: ["CPUUtilization"] },
  DatabaseStorageLow: {
    period: 300,
    times: 1,
    threshold: ({ config }) => 0.2 * config.database.storage * 1024 ** 3,
    comparison: "LessThanThreshold",
    missing: "breaching",
    metrics: ["FreeStorageSpace"],
  },
  ExportFailed: { period: 86_400, times: 1, threshold: () => 0, comparison: "GreaterThanThreshold", missing: "notBreaching", metrics: ["ExecutionsFailed"] },
};

const OF_SERVICES = {
  ServiceDown: { period: 60, times: 3, threshold: () => 0, comparison: "GreaterThanThreshold", missing: "breaching", metrics: ["DesiredTaskCount", "RunningTaskCount"] },
  OutboxLagging: { period: 60, times: 5, threshold: () => 60, comparison: "GreaterThanThreshold", missing: "notBreaching", metrics: ["outbox.oldest"] },
  ConsumerLagging: { period: 60, times: 5, threshold: () => 300, comparison: "GreaterThanThreshold", missing: "notBreaching", metrics: ["event.lag"] },
  DeadLetters: { period: 60, times: 1, threshold: () => 0, comparison: "GreaterThanThreshold", missing: "notBreaching", metrics: ["MessageCount"] },
  QueueStuck: { period: 600, times: 1, threshold: () => 0, comparison: "GreaterThanThreshold", missing: "notBreaching", metrics: ["MessageCount"] },
} as const satisfies typeof PLAN;

/** Every alarm of the plan that `world` must have, by name. */
function planned(world: World): Record<string, (typeof PLAN)[string]> {
  const wanted: Record<string, (typeof PLAN)[string]> = { ...PLAN };
  for (const { name, broker, queues } of world.services) {
    wanted[`ServiceDown-${name}`] = OF_SERVICES.ServiceDown;
    if (!broker) continue;
    wanted[`OutboxLagging-${name}`] = OF_SERVICES.OutboxLagging;
    wanted[`ConsumerLagging-${name}`] = OF_SERVICES.ConsumerLagging;
    for (let at = 0; 10 * at < queues.length; at += 1) {
      for (const alarm of ["DeadLetters", "QueueStuck"] as const) wanted[`${alarm}-${name}${at === 0 ? "" : `-${at + 1}`}`] = OF_SERVICES[alarm];
    }
  }
  return wanted;
}

const metricsOf = ({ has }: Found): Json[] => (has.Metrics === undefined ? [has] : has.Metrics.map(({ MetricStat }: Json) => MetricStat && { ...MetricStat.Metric, Period: MetricStat.Period }).filter(Boolean));

/** What is so, rather than what happened. */
const GAUGES: ReadonlySet<string> = new Set([OWN.outboxAge, OWN.webSockets]);

/** Changes what dashboards show, which is JSON within the template's. */
function replaceInDashboards(world: World, from: string, to: string): void {
  const [before, after] = [from, to].map((part) => JSON.stringify(part).slice(1, -1)) as [string, string];
  for (const { has } of all(world, "AWS::CloudWatch::Dashboard")) has.DashboardBody = JSON.parse(JSON.stringify(has.DashboardBody).replaceAll(before, after));
}

function setTemporality(world: World, value: string): void {
  for (const variable of containerOf(taskOf(world, "trades"), "service").Environment) if (variable.Name === TEMPORALITY) variable.Value = value;
}

/** The schedule of the export. */
const weekly = (world: World): Found => only(world, "AWS::Scheduler::Schedule", ({ stack }) => stack === "Data");

export const monitoring: readonly Rule[] = [
  {
    says: "every alarm of the plan is there, with its metric, period, threshold and what silence means",
    broken: (world) => {
      const wanted = planned(world);
      const names = alarms(world).map(({ has }) => String(has.AlarmName).replace(`trading-journal-${world.config.name}-`, ""));
      return [
        ...unless(text(names.sort()) === text(Object.keys(wanted).sort()), `alarms ${text(names)}`),
        ...Object.entries(wanted)
          .filter(([name]) => names.includes(name))
          .flatMap(([name, { period, times, threshold, comparison, missing, metrics }]) => {
            const alarm = named(world, name);
            const looked = metricsOf(alarm);
            return [
              ...unless(looked.every(({ Period }) => Period === period) && alarm.has.EvaluationPeriods === times && alarm.has.DatapointsToAlarm === times, `${name}: other times`),
              ...unless(alarm.has.Threshold === threshold(world) && alarm.has.ComparisonOperator === comparison, `${name}: beyond ${alarm.has.Threshold}`),
              ...unless(alarm.has.TreatMissingData === missing, `${name}: silence is ${alarm.has.TreatMissingData}`),
              ...metrics.flatMap((metric) => unless(looked.some(({ MetricName }) => MetricName === metric), `${name} does not look at ${metric}`)),
            ];
          }),
      ];
    },
    faults: [
      ...Object.keys(PLAN).map((name) => fault(`${name} rings too late`, (world) => (named(world, name).has.Threshold = name === "NoHealthyTargets" || name === "DatabaseStorageLow" ? 0 : 1e12))),
      ...Object.keys(OF_SERVICES).map((name) => fault(`${name} is gone`, ({ stacks }) => {
        const { Resources } = stacks["Monitoring"]!;
        for (const [id, { Type, Properties }] of Object.entries(Resources)) if (Type === ALARM && String(Properties.AlarmName).includes(`-${name}-`)) delete Resources[id];
      })),
      fault("another metric", (world) => (named(world, "DatabaseCpuHigh").has.MetricName = "CPUCreditBalance")),
      fault("looked at every hour", (world) => (named(world, "DatabaseCpuHigh").has.Period = 3600)),
      fault("silence is well", (world) => (named(world, "NoHealthyTargets").has.TreatMissingData = "notBreaching")),
      fault("it rings at once", (world) => (named(world, "ServiceDown-auth").has.EvaluationPeriods = 1)),
    ],
  },
  {
    says: "every alarm tells the topic when it begins and when it is over, and where to read what to do",
    broken: (world) => {
      const topic = only(world, "AWS::SNS::Topic").id;
      const known = headings();
      return alarms(world).flatMap(({ has }) => {
        const [, anchor] = /docs\/operations\/incidents\.md#([\w-]+)$/.exec(has.AlarmDescription ?? "") ?? [];
        return [
          ...unless([has.AlarmActions, has.OKActions].every((actions) => actions?.length === 1 && referred(world, actions[0]) === topic), `${has.AlarmName} tells nobody`),
          ...unless(has.ActionsEnabled !== false, `${has.AlarmName} is silent`),
          ...unless(anchor !== undefined && known.includes(anchor), `${has.AlarmName}: the incident guide has no heading ${anchor}`),
        ];
      });
    },
    faults: [
      fault("an alarm that nobody hears", (world) => delete alarms(world)[0]!.has.AlarmActions),
      fault("an alarm that never says it is over", (world) => delete alarms(world)[0]!.has.OKActions),
      fault("an alarm that is silent", (world) => (alarms(world)[0]!.has.ActionsEnabled = false)),
      fault("an alarm that nobody explains", (world) => (alarms(world)[0]!.has.AlarmDescription = "See docs/operations/incidents.md#nothing")),
    ],
  },
  {
    says: "what alarms say is encrypted, and told to who is named",
    broken: (world) => {
      const { has } = only(world, "AWS::SNS::Topic");
      const subscriptions = all(world, "AWS::SNS::Subscription").map((subscription) => subscription.has.Endpoint);
      const key = only(world, "AWS::KMS::Key", ({ stack }) => stack === "Monitoring");
      return [
        ...unless(has.KmsMasterKeyId !== undefined, "the topic is open to read"),
        // Without it alarms would be silent: CloudWatch could not encrypt what it says.
        ...unless(text(key.has.KeyPolicy).includes("cloudwatch.amazonaws.com"), "CloudWatch may not write"),
        ...unless(text(subscriptions) === text(world.config.alarmEmail === undefined ? [] : [world.config.alarmEmail]), "somebody else is told"),
      ];
    },
    faults: [
      fault("a topic open to read", (world) => delete only(world, "AWS::SNS::Topic").has.KmsMasterKeyId),
      fault("a key that CloudWatch may not use", (world) => (only(world, "AWS::KMS::Key", ({ stack }) => stack === "Monitoring").has.KeyPolicy.Statement = [])),
      fault("nobody is told", ({ stacks }) => {
        const { Resources } = stacks["Monitoring"]!;
        for (const [id, { Type }] of Object.entries(Resources)) if (Type === "AWS::SNS::Subscription") delete Resources[id];
      }),
    ],
  },
  {
    says: "there is a dashboard of the whole and one of each service",
    broken: (world) => {
      const names = all(world, "AWS::CloudWatch::Dashboard").map(({ has }) => has.DashboardName).sort();
      const wanted = ["overview", ...world.services.map(({ name }) => name)].map((name) => `trading-journal-${world.config.name}-${name}`).sort();
      return unless(text(names) === text(wanted), `dashboards ${text(names)}`);
    },
    faults: [
      fault("a service without a dashboard", (world) => (all(world, "AWS::CloudWatch::Dashboard").find(({ has }) => has.DashboardName.endsWith("trades"))!.has.DashboardName = "other")),
    ],
  },
  {
    says: "what services measure is on a dashboard, and what a task says several times a minute is never summed",
    broken: (world) => {
      const bodies = all(world, "AWS::CloudWatch::Dashboard").map(({ has }) => text(has.DashboardBody).replaceAll("\\", ""));
      return Object.values(OWN).flatMap((name) => {
        const shown = bodies.flatMap((body) => [...body.matchAll(new RegExp(`"${name.replaceAll(".", "\\.")}","service.name","\\w+",(\\{[^}]*\\})`, "g"))].map(([, how = ""]) => how));
        return [
          ...unless(shown.length > 0, `nobody sees ${name}`),
          ...unless(!GAUGES.has(name) || shown.every((how) => !how.includes('"stat":"Sum"')), `${name} is summed`),
        ];
      });
    },
    faults: [
      fault("nobody sees imports", (world) => replaceInDashboards(world, '"imports"', '"other"')),
      fault("live connections, each as often as it was told", (world) => replaceInDashboards(world, '"id":"each"', '"id":"each","stat":"Sum"')),
    ],
  },
  {
    says: "what happened is told once, as what happened since the last time, and what is so is told as long as it is so",
    broken: (world) =>
      ourTasks(world)
        .filter(({ command }) => command === "serve")
        .flatMap(({ service, container }) => unless(variablesOf(container).get(TEMPORALITY) === "lowmemory", `${service.name} tells ${variablesOf(container).get(TEMPORALITY) ?? "all since its start"}`)),
    faults: [
      fault("all since the start, of which the highest never falls", (world) => setTemporality(world, "cumulative")),
      fault("nothing of what does not change", (world) => setTemporality(world, "delta")),
    ],
  },
  {
    says: "what alarms read of services' own metrics, the collector sends, under the labels that they read",
    broken: (world) => {
      const collector = text(variablesOf(containerOf(taskOf(world, "auth"), "collector")).get("AOT_CONFIG_CONTENT"));
      const read = alarms(world).flatMap(metricsOf).filter(({ Namespace }) => Namespace.startsWith("TradingJournal/"));
      return [
        ...unless(read.every(({ Namespace }) => collector.includes(`namespace: ${Namespace}\n`)), "another namespace"),
        ...unless(read.every(({ Dimensions }) => text(Dimensions.map(({ Name }: Json) => Name)) === '["service.name"]') && collector.includes("dimensions: [[service.name]]"), "other labels"),
        ...Object.values(OWN).flatMap((name) => unless(collector.includes(`- ^${name.replaceAll(".", "\\.")}$`), `the collector drops ${name}`)),
      ];
    },
    faults: [
      fault("a metric that the collector drops", (world) => {
        for (const { task } of ourTasks(world)) {
          for (const variable of containerOf(task, "collector").Environment ?? []) variable.Value = variable.Value.replace("- ^outbox", "- ^other");
        }
      }),
      fault("another namespace", (world) => (alarms(world).find(({ has }) => has.Namespace?.startsWith("TradingJournal/"))!.has.Namespace = "TradingJournal/other")),
    ],
  },
  {
    says: "every Sunday the last snapshot goes to S3, encrypted, by AWS alone",
    broken: (world) => {
      const schedule = weekly(world).has;
      const machine = only(world, "AWS::StepFunctions::StateMachine");
      const steps = text(machine.has.DefinitionString);
      return [
        ...unless(schedule.ScheduleExpression === "cron(0 6 ? * SUN *)" && schedule.State === "ENABLED", "not every Sunday"),
        ...unless(referred(world, schedule.Target.Arn) === machine.id, "the schedule starts something else"),
        ...unless(["rds:describeDBSnapshots", "rds:startExportTask", "KmsKeyId", "S3BucketName"].every((word) => steps.includes(word)), "it exports nothing"),
      ];
    },
    faults: [
      fault("a schedule that is off", (world) => (weekly(world).has.State = "DISABLED")),
      fault("once a year", (world) => (weekly(world).has.ScheduleExpression = "cron(0 6 1 1 ? *)")),
      fault("a machine that exports nothing", (world) => (only(world, "AWS::StepFunctions::StateMachine").has.DefinitionString = "{}")),
    ],
  },
];
