// The services on ECS, and the tasks that run once.

import { CfnOutput, RemovalPolicy, type App } from "aws-cdk-lib";
import type * as ec2 from "aws-cdk-lib/aws-ec2";
import * as ecs from "aws-cdk-lib/aws-ecs";
import * as logs from "aws-cdk-lib/aws-logs";
import { callsOthers, type Service } from "./catalogue.ts";
import { TIERS } from "./network.ts";
import { DatabaseSetup } from "./service/database-setup.ts";
import { JournalService } from "./service/journal-service.ts";
import type { Cluster, Surroundings } from "./service/surroundings.ts";
import { JournalStack, nameOf } from "./stack.ts";

/** The cluster with everything that runs on it. */
export class Services extends JournalStack {
  readonly cluster: ecs.Cluster;
  readonly services = new Map<string, JournalService>();

  constructor(app: App, around: Surroundings, services: readonly Service[]) {
    super(app, around.config, "Services", "ECS services and one-off tasks");
    const { config, network } = around;
    this.cluster = new ecs.Cluster(this, "Cluster", {
      vpc: network.vpc,
      clusterName: nameOf(config),
      containerInsightsV2: ecs.ContainerInsights.ENHANCED,
      enableFargateCapacityProviders: true,
      defaultCloudMapNamespace: { name: nameOf(config), useForServiceConnect: true },
    });
    const metrics = new logs.LogGroup(this, "Metrics", {
      logGroupName: `/trading-journal/${config.name}/metrics`,
      retention: config.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const groups = new Map<string, ec2.SecurityGroup>();
    const into: Cluster = { ...around, cluster: this.cluster, metrics, groups };
    for (const service of services) {
      const made = new JournalService(this, service, into);
      // Tasks that run already do not learn of names that come later: servers first.
      for (const called of service.calls) made.service.node.addDependency(this.#made(called));
      this.services.set(service.name, made);
    }
    const setup = new DatabaseSetup(this, "Setup", into);
    this.#tell(setup, services);
  }

  #made(name: string): ecs.FargateService {
    const made = this.services.get(name);
    if (made === undefined) throw new Error(`there is no service ${name}`);
    return made.service;
  }

  /** What a deploy needs to run a task once. */
  #tell(setup: DatabaseSetup, services: readonly Service[]): void {
    const { vpc } = this.cluster;
    new CfnOutput(this, "ClusterName", { value: this.cluster.clusterName });
    new CfnOutput(this, "TaskSubnets", { value: vpc.selectSubnets({ subnetGroupName: TIERS.services }).subnetIds.join(",") });
    new CfnOutput(this, "TaskSecurityGroup", { value: setup.doors.group.securityGroupId });
    new CfnOutput(this, "ServiceNames", { value: services.map(({ name }) => name).join(",") });
    new CfnOutput(this, "Callers", { value: services.filter(callsOthers).map(({ name }) => name).join(",") });
  }
}
