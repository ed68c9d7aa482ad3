// Valkey, which services know as Redis: a cache and a loudspeaker, and nothing that would be missed.

import { RemovalPolicy, SecretValue } from "aws-cdk-lib";
import * as elasticache from "aws-cdk-lib/aws-elasticache";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Config } from "../config.ts";
import { PORTS, TIERS, type Network } from "../network.ts";
import { nameOf } from "../stack.ts";

/** The nodes, and the URL that leads there. */
export class Cache extends Construct {
  readonly group: elasticache.CfnReplicationGroup;
  readonly url: secretsmanager.Secret;

  constructor(scope: Construct, id: string, { config, network }: { config: Config; network: Network }) {
    super(scope, id);
    const token = new secretsmanager.Secret(this, "Token", {
      secretName: `${nameOf(config)}/cache/token`,
      description: "What Valkey asks for",
      generateSecretString: { excludePunctuation: true, passwordLength: 64 },
    });
    const subnets = new elasticache.CfnSubnetGroup(this, "Subnets", {
      description: "Trading Journal: Valkey",
      subnetIds: network.vpc.selectSubnets({ subnetGroupName: TIERS.state }).subnetIds,
    });
    const spread = config.cache.replicas > 0;
    this.group = new elasticache.CfnReplicationGroup(this, "Group", {
      replicationGroupDescription: `Trading Journal, ${config.name}`,
      replicationGroupId: nameOf(config),
      engine: "valkey",
      engineVersion: "8.0",
      cacheNodeType: config.cache.node,
      numCacheClusters: config.cache.replicas + 1,
      automaticFailoverEnabled: spread,
      multiAzEnabled: spread,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      authToken: token.secretValue.unsafeUnwrap(),
      cacheSubnetGroupName: subnets.ref,
      securityGroupIds: [network.cache.securityGroupId],
      autoMinorVersionUpgrade: true,
      port: PORTS.valkey,
      snapshotRetentionLimit: 0,
      preferredMaintenanceWindow: "sun:05:30-sun:06:30",
    });
    this.group.applyRemovalPolicy(RemovalPolicy.DESTROY);
    const address = this.group.attrPrimaryEndPointAddress;
    this.url = new secretsmanager.Secret(this, "Url", {
      secretName: `${nameOf(config)}/cache/url`,
      description: "Where Valkey is, and with what",
      // The template holds a reference; CloudFormation puts the token into its place.
      secretStringValue: SecretValue.unsafePlainText(`rediss://:${token.secretValue.unsafeUnwrap()}@${address}:${PORTS.valkey}`),
    });
  }
}
