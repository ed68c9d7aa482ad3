// What a service may reach, and who may reach it. Rules stand beside the service, so that no stack below depends on it.

import * as ec2 from "aws-cdk-lib/aws-ec2";
import { Construct } from "constructs";
import type { Service } from "../catalogue.ts";
import { PORTS } from "../network.ts";
import { PORTS_OF_TASKS } from "./ports.ts";
import type { Cluster } from "./surroundings.ts";

/** AWS' interfaces, image registries, providers of sign-ins: TLS to wherever names lead. */
const ANYWHERE = ec2.Peer.anyIpv4();

/** The security group of one service, with its rules at both ends. */
export class Doors extends Construct {
  readonly group: ec2.SecurityGroup;

  constructor(scope: Construct, id: string, service: Pick<Service, "name" | "protocol" | "calls" | "database" | "cache" | "broker">, around: Cluster) {
    super(scope, id);
    const { network } = around;
    this.group = new ec2.SecurityGroup(this, "Group", {
      vpc: network.vpc,
      description: `Trading Journal: ${service.name}`,
      allowAllOutbound: false,
    });
    this.group.addEgressRule(ANYWHERE, ec2.Port.tcp(443), "AWS and other services over TLS");
    if (service.name === "notifications") {
      for (const port of [465, 587]) this.group.addEgressRule(ANYWHERE, ec2.Port.tcp(port), "mail servers");
    }
    if (service.database) this.#reach("Database", network.database, PORTS.postgres);
    if (service.cache) this.#reach("Cache", network.cache, PORTS.valkey);
    if (service.broker) this.#reach("Broker", network.broker, PORTS.amqps);
    for (const called of service.calls) {
      const group = around.groups.get(called);
      if (group === undefined) throw new Error(`${service.name} calls ${called}, which is not there yet`);
      this.#reach(called, group, PORTS_OF_TASKS.grpc);
    }
    if (service.protocol === "http") {
      for (const port of [PORTS_OF_TASKS.http, PORTS_OF_TASKS.admin]) this.#letIn(`From${port}`, network.loadBalancer, port);
    }
  }

  /** This service may open connections to `other`, and `other` takes them. */
  #reach(id: string, other: ec2.ISecurityGroup, port: number): void {
    rule(this, `To${id}`, this.group, other, port);
  }

  #letIn(id: string, other: ec2.ISecurityGroup, port: number): void {
    rule(this, id, other, this.group, port);
  }
}

function rule(scope: Construct, id: string, from: ec2.ISecurityGroup, to: ec2.ISecurityGroup, port: number): void {
  const ports = { ipProtocol: "tcp", fromPort: port, toPort: port, description: `port ${port}, between these two alone` };
  new ec2.CfnSecurityGroupEgress(scope, `${id}Out`, {
    ...ports,
    groupId: from.securityGroupId,
    destinationSecurityGroupId: to.securityGroupId,
  });
  new ec2.CfnSecurityGroupIngress(scope, `${id}In`, {
    ...ports,
    groupId: to.securityGroupId,
    sourceSecurityGroupId: from.securityGroupId,
  });
}
