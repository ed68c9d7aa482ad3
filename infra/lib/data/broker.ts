// RabbitMQ, which carries events between services.

import { Fn, SecretValue } from "aws-cdk-lib";
import * as amazonmq from "aws-cdk-lib/aws-amazonmq";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Config } from "../config.ts";
import { TIERS, type Network } from "../network.ts";
import { nameOf } from "../stack.ts";

/** The broker, and the URL that leads there. */
export class Broker extends Construct {
  readonly broker: amazonmq.CfnBroker;
  /** As CloudWatch calls it. */
  readonly brokerName: string;
  readonly url: secretsmanager.Secret;

  constructor(scope: Construct, id: string, { config, network }: { config: Config; network: Network }) {
    super(scope, id);
    this.brokerName = nameOf(config);
    const login = new secretsmanager.Secret(this, "Login", {
      secretName: `${nameOf(config)}/broker/login`,
      description: "Who signs in to RabbitMQ",
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: "journal" }),
        generateStringKey: "password",
        excludePunctuation: true,
        passwordLength: 40,
      },
    });
    const [username, password] = ["username", "password"].map((key) => login.secretValueFromJson(key).unsafeUnwrap());
    const subnets = network.vpc.selectSubnets({ subnetGroupName: TIERS.state }).subnetIds;
    this.broker = new amazonmq.CfnBroker(this, "Broker", {
      brokerName: this.brokerName,
      engineType: "RABBITMQ",
      engineVersion: config.broker.version,
      hostInstanceType: config.broker.instance,
      deploymentMode: config.broker.cluster ? "CLUSTER_MULTI_AZ" : "SINGLE_INSTANCE",
      subnetIds: config.broker.cluster ? subnets : subnets.slice(0, 1),
      securityGroups: [network.broker.securityGroupId],
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      encryptionOptions: { useAwsOwnedKey: true },
      logs: { general: true },
      maintenanceWindowStartTime: { dayOfWeek: "SUNDAY", timeOfDay: "06:30", timeZone: "UTC" },
      users: [{ username: username ?? "", password: password ?? "" }],
    });
    // amqps://<host>:5671
    const endpoint = Fn.select(1, Fn.split("//", Fn.select(0, this.broker.attrAmqpEndpoints)));
    this.url = new secretsmanager.Secret(this, "Url", {
      secretName: `${nameOf(config)}/broker/url`,
      description: "Where RabbitMQ is, and with what",
      secretStringValue: SecretValue.unsafePlainText(`amqps://${username}:${password}@${endpoint}/%2f`),
    });
  }
}
