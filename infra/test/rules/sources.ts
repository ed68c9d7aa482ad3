// Rules that bind templates to what the programs really know.

import { commandsOf, metrics, queuesOf, settingsOf, type Setting } from "../sources.ts";
import { fault, unless, type Rule } from "../rule.ts";
import { all, containerOf, ourTasks, serviceOf, taskOf, text, variablesOf, type Json, type World } from "../world.ts";
import { OWN } from "../../lib/metrics.ts";
import { TEMPORALITY } from "../../lib/service/settings.ts";

/** A variable's setting: secrets are given in one of three ways. */
function settingNamed(known: ReadonlyMap<string, Setting>, variable: string): string | undefined {
  if (known.has(variable) || OF_LIBRARIES.has(variable)) return variable;
  const [, name] = /^(.+)_(?:ARN|FILE)$/.exec(variable) ?? [];
  return name !== undefined && known.get(name)?.secret === true ? name : undefined;
}

/** Variables that a library of the programs reads by itself. */
const OF_LIBRARIES = new Set([TEMPORALITY]);

export const sources: readonly Rule[] = [
  {
    says: "every variable is one that the program knows, or its C library",
    broken: (world) =>
      ourTasks(world).flatMap(({ service, command, container }) => {
        const known = settingsOf(service.name, command);
        return [...variablesOf(container).keys()].flatMap((name) => unless(name === "GLIBC_TUNABLES" || settingNamed(known, name) !== undefined, `${service.name} ${command} knows no ${name}`));
      }),
    faults: [
      fault("a typing error", (world) => {
        for (const variable of containerOf(taskOf(world, "trades"), "service").Environment) if (variable.Name === "OBJECT_STORE_URL") variable.Name = "OBJECTSTORE_URL";
      }),
      fault("a variable of another service", (world) => containerOf(taskOf(world, "trades"), "service").Environment.push({ Name: "WEB_DIR", Value: "/app/web" })),
      fault("an ARN of what is no secret", (world) => containerOf(taskOf(world, "gateway"), "service").Environment.push({ Name: "WEB_DIR_ARN", Value: "x" })),
    ],
  },
  {
    says: "every variable that a program cannot start without is there, and so is every one whose default is for a developer's machine",
    broken: (world) =>
      ourTasks(world).flatMap(({ service, command, container }) => {
        const known = settingsOf(service.name, command);
        const given = new Set([...variablesOf(container).keys()].map((variable) => settingNamed(known, variable)));
        return [...known.values()].flatMap(({ name, required, local }) =>
          unless(given.has(name) || !(required || (local && !FINE_LOCALLY.has(name))), `${service.name} ${command} lacks ${name}`),
        );
      }),
    faults: [
      ...["OBJECT_STORE_URL", "DATABASE_URL", "AMQP_URL_ARN", "AUTH_URL", "SERVICE_KEYS_ARN", "GRPC_ADDRESS"].map((name) =>
        fault(`trades without ${name}`, (world: World) => {
          const container = containerOf(taskOf(world, "trades"), "service");
          container.Environment = container.Environment.filter(({ Name }: Json) => Name !== name);
        }),
      ),
      fault("a migration without its database", (world) => (containerOf(taskOf(world, "auth-migrate"), "service").Environment = [])),
    ],
  },
  {
    says: "no setting is given in two ways",
    broken: (world) =>
      ourTasks(world).flatMap(({ service, command, container }) => {
        const known = settingsOf(service.name, command);
        const names = [...variablesOf(container).keys()].map((variable) => settingNamed(known, variable));
        return unless(new Set(names).size === names.length, `${service.name} ${command} is told something twice`);
      }),
    faults: [
      fault("a URL and its ARN", (world) => containerOf(taskOf(world, "gateway"), "service").Environment.push({ Name: "REDIS_URL", Value: "redis://127.0.0.1" })),
    ],
  },
  {
    says: "every command is one that the program knows, the health check's too",
    broken: (world) =>
      ourTasks(world).flatMap(({ service, container }) => {
        const known = commandsOf(service.name);
        const called = [container.Command?.[0], ...(container.HealthCheck === undefined ? [] : [container.HealthCheck.Command[2]])];
        return called.flatMap((command: string) => unless(known.includes(command), `${service.name} knows no ${command}`));
      }),
    faults: [
      fault("a command that nobody wrote", (world) => (containerOf(taskOf(world, "auth-migrate"), "service").Command = ["clean-up"])),
      fault("a health check that nobody wrote", (world) => (containerOf(taskOf(world, "auth"), "service").HealthCheck.Command[2] = "probe")),
    ],
  },
  {
    says: "the queues are those that the programs consume",
    broken: (world) => world.services.flatMap(({ name, queues }) => unless(text([...queues].sort()) === text(queuesOf(name)), `${name} consumes ${text(queuesOf(name))}`)),
    faults: [fault("a service with a queue more", (world) => ((world as { services: unknown }).services = world.services.map((service) => ({ ...service, queues: [...service.queues, "other"] }))))],
  },
  {
    says: "alarms of dead letters look at every queue's",
    broken: (world) => {
      const looked = text(all(world, "AWS::CloudWatch::Alarm").filter(({ has }) => has.AlarmName?.includes("-DeadLetters-")).map(({ has }) => has.Metrics));
      return world.services.flatMap(({ name }) => queuesOf(name).flatMap((queue) => unless(looked.includes(`"${queue}.dead"`), `nobody looks at ${queue}.dead`)));
    },
    faults: [
      fault("an alarm looks at one queue less", (world) => {
        const alarm = all(world, "AWS::CloudWatch::Alarm").find(({ has }) => has.AlarmName?.endsWith("-DeadLetters-trades"));
        alarm!.has.Metrics = alarm!.has.Metrics.filter((metric: Json) => !text(metric).includes("trades.run-import"));
      }),
    ],
  },
  {
    says: "metrics that alarms read are those that the programs measure",
    broken: (world) =>
      all(world, "AWS::CloudWatch::Alarm")
        .filter(({ has }) => String(has.Namespace).startsWith("TradingJournal/"))
        .flatMap(({ has }) => unless(measured().has(has.MetricName), `nobody measures ${has.MetricName}`)),
    faults: [
      fault("a metric that nobody measures", (world) => {
        all(world, "AWS::CloudWatch::Alarm").find(({ has }) => has.MetricName === OWN.outboxAge)!.has.MetricName = "outbox.age";
      }),
    ],
  },
  {
    says: "the program in a service's image is asked for by the service's name",
    broken: (world) => world.services.flatMap(({ name }) => unless(commandsOf(name).length > 0 && serviceOf(world, name) !== undefined, `there is no program ${name}`)),
    faults: [fault("a service that nobody wrote", (world) => ((world as { services: unknown }).services = world.services.map((service) => ({ ...service, name: service.name === "auth" ? "users" : service.name })))) ],
  },
];

/** Names as OTLP has them, also of what is still measured for Prometheus alone: `outbox_oldest_seconds` is `outbox.oldest`. */
function measured(): Set<string> {
  return new Set([...metrics()].map((name) => (name.includes(".") ? name : name.replace(/_(seconds|total)$/, "").replaceAll("_", "."))));
}

/** Settings whose default names this machine, and rightly: operators and health checks ask from inside of the task. */
const FINE_LOCALLY = new Set(["ADMIN_ADDRESS"]);
