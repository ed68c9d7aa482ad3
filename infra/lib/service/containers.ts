// The containers of a task: our program, locked up as the image is made for, and the collector beside it.

import { readFileSync } from "node:fs";
import { Duration } from "aws-cdk-lib";
import * as ecs from "aws-cdk-lib/aws-ecs";
import type * as logs from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { START, STOP } from "../times.ts";

/** The user that images are made for (distroless' nonroot). */
export const NOBODY = "65532";
/** AWS' distribution of the OpenTelemetry collector. */
export const COLLECTOR_IMAGE = "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1";
/** Where the collector takes what the program measures. */
export const COLLECTOR_ADDRESS = "http://127.0.0.1:4317";

const COLLECTOR_SETTINGS = readFileSync(new URL("../../collector.yaml", import.meta.url), "utf8");

interface Program {
  readonly image: ecs.ContainerImage;
  readonly command: "serve" | "migrate";
  readonly environment: Readonly<Record<string, string>>;
  readonly log: logs.ILogGroup;
}

/** The container of one of our images. ECS looks at this health check only, never at the image's. */
export function addProgram(task: ecs.FargateTaskDefinition, { image, command, environment, log }: Program): ecs.ContainerDefinition {
  const container = task.addContainer("service", {
    containerName: "service",
    image,
    command: [command],
    environment: { ...environment },
    user: NOBODY,
    readonlyRootFilesystem: true,
    linuxParameters: nothingButItself(task),
    essential: true,
    stopTimeout: Duration.seconds(STOP),
    logging: ecs.LogDrivers.awsLogs({ logGroup: log, streamPrefix: command, mode: ecs.AwsLogDriverMode.NON_BLOCKING }),
    ...(command === "serve" && {
      healthCheck: {
        command: ["CMD", "/app/service", "healthcheck"],
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        retries: 3,
        startPeriod: Duration.seconds(START),
      },
    }),
  });
  container.addUlimits({ name: ecs.UlimitName.NOFILE, softLimit: 65_536, hardLimit: 65_536 });
  return container;
}

/** The collector. Without it the program goes on, unmeasured. */
export function addCollector(task: ecs.FargateTaskDefinition, service: string, environment: string, log: logs.ILogGroup): void {
  task.addContainer("collector", {
    containerName: "collector",
    image: ecs.ContainerImage.fromRegistry(COLLECTOR_IMAGE),
    environment: { AOT_CONFIG_CONTENT: COLLECTOR_SETTINGS.replaceAll("<service>", service).replaceAll("<environment>", environment) },
    readonlyRootFilesystem: true,
    essential: false,
    memoryReservationMiB: 64,
    memoryLimitMiB: 160,
    stopTimeout: Duration.seconds(STOP),
    logging: ecs.LogDrivers.awsLogs({ logGroup: log, streamPrefix: "collector", mode: ecs.AwsLogDriverMode.NON_BLOCKING }),
  });
}

function nothingButItself(scope: Construct): ecs.LinuxParameters {
  const parameters = new ecs.LinuxParameters(scope, "Linux");
  parameters.dropCapabilities(ecs.Capability.ALL);
  return parameters;
}
