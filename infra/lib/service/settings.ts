// The variables of a task: what its needs imply, and what is written down for it.

import { PORTS_OF_TASKS } from "./ports.ts";
import { COLLECTOR_ADDRESS } from "./containers.ts";
import type { Known, Service } from "../catalogue.ts";
import { sendsMail, sizeOf, type Config } from "../config.ts";
import { DRAIN, FILE, GATEWAY_IDLE } from "../times.ts";
import type { Surroundings } from "./surroundings.ts";

/** Plain variables, and secrets by the setting's name: `<NAME>_ARN` carries where it is, never what it is. */
export interface Settings {
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: ReadonlyMap<string, string>;
}

/**
 * Read by OpenTelemetry's exporter itself. CloudWatch takes what comes as what happened since the last time: a histogram that is never
 * emptied would keep its highest value until the task ends. `lowmemory` empties histograms and counters, and keeps saying gauges, which
 * `delta` would fall silent about while they do not change.
 */
export const TEMPORALITY = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE";

/** What `serve` is told. */
export function settingsToServe(service: Service, around: Surroundings): Settings {
  const { config, data } = around;
  const secrets = new Map(around.secrets.of(service));
  const variables: Record<string, string> = {
    OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR_ADDRESS,
    [TEMPORALITY]: "lowmemory",
    DRAIN_SECONDS: String(DRAIN),
  };
  if (service.protocol === "grpc") {
    variables["GRPC_ADDRESS"] = `0.0.0.0:${PORTS_OF_TASKS.grpc}`;
  } else {
    variables["HTTP_ADDRESS"] = `0.0.0.0:${PORTS_OF_TASKS.http}`;
    // The load balancer asks there whether this task is ready.
    variables["ADMIN_ADDRESS"] = `0.0.0.0:${PORTS_OF_TASKS.admin}`;
    variables["FILE_SECONDS"] = String(FILE);
    variables["IDLE_SECONDS"] = String(GATEWAY_IDLE);
  }
  for (const called of service.calls) variables[`${called.toUpperCase()}_URL`] = `http://${called}:${PORTS_OF_TASKS.grpc}`;
  if (service.database) {
    variables["DATABASE_URL"] = data.database.url(service.name);
    const replica = service.readsReplica ? data.database.replicaUrl(service.name) : undefined;
    if (replica !== undefined) variables["DATABASE_REPLICA_URL"] = replica;
    variables["DATABASE_MAX_CONNECTIONS"] = String(config.database.connections);
    secrets.set("DATABASE_LOGIN", data.database.login(service.name, "app").secretArn);
  }
  if (service.cache) secrets.set("REDIS_URL", data.cache.url.secretArn);
  if (service.broker) secrets.set("AMQP_URL", data.broker.url.secretArn);
  if (service.uploads) variables["OBJECT_STORE_URL"] = `s3://${data.uploads.bucketName}`;
  for (const [name, value] of Object.entries(service.variables)) {
    const told = typeof value === "string" ? value : toldBy(value.known, service, around);
    if (told !== undefined) variables[name] = told;
  }
  return { variables: { ...variables, ...byArn(secrets) }, secrets };
}

/** What `migrate` is told: it signs in as the owner. */
export function settingsToMigrate(service: Service, around: Surroundings): Settings {
  const login = around.data.database.login(service.name, "owner").secretArn;
  const secrets = new Map([["MIGRATION_DATABASE_LOGIN", login]]);
  return { variables: { MIGRATION_DATABASE_URL: around.data.database.url(service.name), ...byArn(secrets) }, secrets };
}

function byArn(secrets: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...secrets].map(([name, arn]) => [`${name}_ARN`, arn]));
}

function toldBy(word: Known["known"], service: Service, { config, edge }: Surroundings): string | undefined {
  switch (word) {
    case "publicUrl":
      return `https://${edge.host}`;
    case "publicHost":
      return edge.host;
    case "mailFrom":
      return sendsMail(config) ? `Trading Journal <journal@${config.domain?.name}>` : undefined;
    case "verifiesMail":
      return String(sendsMail(config));
    case "trustedProxies":
      return networkOf(config);
    case "instances":
      return String(sizeOf(config, service.name).least);
  }
}

/** The load balancer lives somewhere in it. */
function networkOf({ network }: Config): string {
  return `10.${network}.0.0/16`;
}
