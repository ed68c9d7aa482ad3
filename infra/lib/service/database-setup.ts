// The task that makes databases and roles: run once after the instance is new, and again when a service is.

import { readFileSync } from "node:fs";
import { RemovalPolicy } from "aws-cdk-lib";
import * as ecs from "aws-cdk-lib/aws-ecs";
import * as logs from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { DATABASE_SETUP } from "../catalogue.ts";
import { ROLES } from "../data/database.ts";
import { PORTS } from "../network.ts";
import { nameOf } from "../stack.ts";
import { Doors } from "./doors.ts";
import { Roles, roleNamesOf } from "./roles.ts";
import type { Cluster } from "./surroundings.ts";

/** psql of the same major version, which runs database.sql. */
export const PSQL_IMAGE = "public.ecr.aws/docker/library/postgres:16";

/** One database: its name stands for `:name`, and psql reads passwords from the environment. */
const SCRIPT = readFileSync(new URL("../../database.sql", import.meta.url), "utf8");

/** The script for all databases. */
export function scriptFor(databases: readonly string[]): string {
  return databases
    .map((name) => `\\connect postgres\n\\set name ${name}\n\\getenv owner_password ${variable(name, "owner")}\n\\getenv app_password ${variable(name, "app")}\n${SCRIPT}`)
    .join("\n");
}

/** The task definition, and the security group that one-off tasks share. */
export class DatabaseSetup extends Construct {
  readonly doors: Doors;

  constructor(scope: Construct, id: string, around: Cluster) {
    super(scope, id);
    const { config, data } = around;
    const only = { name: "one-off tasks", protocol: "grpc", calls: [], database: true, cache: false, broker: false } as const;
    this.doors = new Doors(this, "Doors", only, around);
    const log = new logs.LogGroup(this, "Log", {
      logGroupName: `/trading-journal/${config.name}/${DATABASE_SETUP}`,
      retention: config.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const roles = new Roles(this, "Roles", roleNamesOf(config, DATABASE_SETUP));
    const task = new ecs.FargateTaskDefinition(this, "Task", {
      family: nameOf(config, DATABASE_SETUP),
      cpu: 256,
      memoryLimitMiB: 512,
      runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.ARM64, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
      executionRole: roles.start,
      taskRole: roles.work,
    });
    const { instance, databases } = data.database;
    const master = instance.secret;
    if (master === undefined) throw new Error("the instance has no master secret");
    const secrets: Record<string, ecs.Secret> = {
      PGUSER: ecs.Secret.fromSecretsManager(master, "username"),
      PGPASSWORD: ecs.Secret.fromSecretsManager(master, "password"),
    };
    for (const database of databases) {
      for (const role of ROLES) {
        secrets[variable(database, role)] = ecs.Secret.fromSecretsManager(data.database.login(database, role), "password");
      }
    }
    const linuxParameters = new ecs.LinuxParameters(this, "Linux");
    linuxParameters.dropCapabilities(ecs.Capability.ALL);
    task.addContainer("psql", {
      containerName: "psql",
      image: ecs.ContainerImage.fromRegistry(PSQL_IMAGE),
      entryPoint: ["/bin/sh", "-c"],
      command: ['printf "%s" "$SCRIPT" | psql --no-psqlrc --set=ON_ERROR_STOP=1 --dbname=postgres'],
      environment: {
        SCRIPT: scriptFor(databases),
        PGHOST: instance.dbInstanceEndpointAddress,
        PGPORT: String(PORTS.postgres),
        PGSSLMODE: "require",
      },
      secrets,
      user: "65532",
      readonlyRootFilesystem: true,
      linuxParameters,
      logging: ecs.LogDrivers.awsLogs({ logGroup: log, streamPrefix: "setup" }),
    });
  }
}

function variable(database: string, role: string): string {
  return `${database}_${role}_password`.toUpperCase();
}
