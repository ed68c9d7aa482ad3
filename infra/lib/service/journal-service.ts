// One service on ECS: its task, its doors, its names, its numbers, and its way back when a deploy fails.

import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import * as ecs from "aws-cdk-lib/aws-ecs";
import * as logs from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { migrationOf, type Service } from "../catalogue.ts";
import { sizeOf, type Config } from "../config.ts";
import { DEPLOYMENT_ALARM } from "../monitoring/names.ts";
import { TIERS } from "../network.ts";
import { nameOf } from "../stack.ts";
import { CALL } from "../times.ts";
import { addCollector, addProgram } from "./containers.ts";
import { Doors } from "./doors.ts";
import { OneOff } from "./one-off.ts";
import { PORTS_OF_TASKS } from "./ports.ts";
import { Roles, roleNamesOf } from "./roles.ts";
import { scale } from "./scaling.ts";
import { settingsToMigrate, settingsToServe } from "./settings.ts";
import type { Cluster } from "./surroundings.ts";

/** Fargate on Graviton: a fifth cheaper. */
const PLATFORM: ecs.RuntimePlatform = {
  cpuArchitecture: ecs.CpuArchitecture.ARM64,
  operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
};

/** Everything that a service is on AWS. */
export class JournalService extends Construct {
  readonly service: ecs.FargateService;
  readonly doors: Doors;
  readonly migration?: ecs.FargateTaskDefinition;

  constructor(scope: Construct, service: Service, around: Cluster) {
    super(scope, service.name);
    const { config } = around;
    const log = new logs.LogGroup(this, "Log", {
      logGroupName: `/trading-journal/${config.name}/${service.name}`,
      retention: config.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.doors = new Doors(this, "Doors", service, around);
    around.groups.set(service.name, this.doors.group);
    const task = this.#task(service, around, log);
    this.service = this.#serve(service, task, around);
    scale(this.service, config.asleep ? { least: 0, most: 0 } : sizeOf(config, service.name), service, around.data.broker.brokerName);
    if (service.database) this.migration = this.#migrate(service, around, log);
    for (const scheduled of service.scheduled) {
      new OneOff(this, service.name, scheduled, { config, cluster: around.cluster, task, group: this.doors.group });
    }
  }

  #task(service: Service, around: Cluster, log: logs.ILogGroup): ecs.FargateTaskDefinition {
    const { config, registry, metrics, data } = around;
    const roles = new Roles(this, "Roles");
    const { variables, secrets } = settingsToServe(service, around);
    roles.readSecrets([...secrets.values()]);
    roles.sendTelemetry(metrics);
    const task = taskOf(this, "Task", nameOf(config, service.name), sizeOf(config, service.name), roles);
    const container = addProgram(task, { image: imageOf(service, around), command: "serve", environment: variables, log });
    container.addPortMappings(
      service.protocol === "grpc"
        ? { name: "grpc", containerPort: PORTS_OF_TASKS.grpc, appProtocol: ecs.AppProtocol.grpc }
        : { name: "http", containerPort: PORTS_OF_TASKS.http, appProtocol: ecs.AppProtocol.http },
    );
    addCollector(task, service.name, config.name, log);
    registry.repository(service.name).grantPull(roles.start);
    if (service.uploads) roles.keepFiles(data.uploads);
    return task;
  }

  #serve(service: Service, task: ecs.FargateTaskDefinition, { config, cluster, edge }: Cluster): ecs.FargateService {
    const made = new ecs.FargateService(this, "Service", {
      cluster,
      serviceName: service.name,
      taskDefinition: task,
      vpcSubnets: { subnetGroupName: TIERS.services },
      securityGroups: [this.doors.group],
      assignPublicIp: false,
      // Else their number is autoscaling's: a deploy would set it back.
      ...(config.asleep && { desiredCount: 0 }),
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      deploymentAlarms: { alarmNames: [nameOf(config, DEPLOYMENT_ALARM)], behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM },
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
      capacityProviderStrategies: [{ capacityProvider: config.spot ? "FARGATE_SPOT" : "FARGATE", weight: 1 }],
      enableECSManagedTags: true,
      propagateTags: ecs.PropagatedTagSource.SERVICE,
      enableExecuteCommand: false,
    });
    made.enableServiceConnect(connectionOf(service, cluster));
    if (service.protocol === "http") {
      // By the group's ARN: attaching it would write rules into the load balancer's stack.
      const resource = made.node.defaultChild as ecs.CfnService;
      resource.healthCheckGracePeriodSeconds = 30;
      resource.loadBalancers = [
        { containerName: "service", containerPort: PORTS_OF_TASKS.http, targetGroupArn: edge.targets.targetGroupArn },
      ];
    }
    return made;
  }

  /** A one-off task, which a deploy runs before anything of the new version starts. */
  #migrate(service: Service, around: Cluster, log: logs.ILogGroup): ecs.FargateTaskDefinition {
    const name = migrationOf(service);
    const roles = new Roles(this, "MigrationRoles", roleNamesOf(around.config, name));
    const { variables, secrets } = settingsToMigrate(service, around);
    roles.readSecrets([...secrets.values()]);
    const task = taskOf(this, "Migration", nameOf(around.config, name), { cpu: 256, memory: 512 }, roles);
    addProgram(task, { image: imageOf(service, around), command: "migrate", environment: variables, log });
    around.registry.repository(service.name).grantPull(roles.start);
    return task;
  }
}

function taskOf(scope: Construct, id: string, family: string, { cpu, memory }: { cpu: number; memory: number }, roles: Roles): ecs.FargateTaskDefinition {
  return new ecs.FargateTaskDefinition(scope, id, {
    family,
    cpu,
    memoryLimitMiB: memory,
    runtimePlatform: PLATFORM,
    executionRole: roles.start,
    taskRole: roles.work,
  });
}

function imageOf({ name }: Service, { config, registry }: { config: Config; registry: Cluster["registry"] }): ecs.ContainerImage {
  return ecs.ContainerImage.fromEcrRepository(registry.repository(name), config.imageTag);
}

/** Service Connect: each call of a connection goes to the next task. A stream must not end because time has passed. */
function connectionOf(service: Service, cluster: ecs.Cluster): ecs.ServiceConnectProps {
  const namespace = cluster.defaultCloudMapNamespace?.namespaceArn ?? Stack.of(cluster).stackName;
  if (service.protocol === "http") return { namespace };
  return {
    namespace,
    services: [
      {
        portMappingName: "grpc",
        discoveryName: service.name,
        dnsName: service.name,
        port: PORTS_OF_TASKS.grpc,
        perRequestTimeout: Duration.seconds(service.streams ? 0 : CALL),
        idleTimeout: Duration.seconds(service.streams ? 0 : CALL),
      },
    ],
  };
}
