// Who looks: alarms that tell people, and dashboards that show why.

import { CfnOutput, type App } from "aws-cdk-lib";
import * as kms from "aws-cdk-lib/aws-kms";
import * as iam from "aws-cdk-lib/aws-iam";
import * as sns from "aws-cdk-lib/aws-sns";
import * as subscriptions from "aws-cdk-lib/aws-sns-subscriptions";
import type { Service } from "./catalogue.ts";
import type { Config } from "./config.ts";
import type { Data } from "./data.ts";
import type { Edge } from "./edge.ts";
import { addAlarms } from "./monitoring/alarms.ts";
import { addDashboards } from "./monitoring/dashboards.ts";
import { JournalStack, nameOf } from "./stack.ts";

/** What alarms and dashboards look at. */
export interface Watched {
  readonly config: Config;
  readonly data: Data;
  readonly edge: Edge;
  readonly services: readonly Service[];
}

/** Alarms and dashboards. Before the services: a deploy of theirs is taken back by one of these alarms. */
export class Monitoring extends JournalStack {
  readonly topic: sns.Topic;

  constructor(app: App, watched: Watched) {
    const { config } = watched;
    super(app, config, "Monitoring", "alarms and dashboards");
    const key = new kms.Key(this, "Key", { description: "Trading Journal: what alarms say", enableKeyRotation: true });
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: ["*"],
        conditions: { StringEquals: { "aws:SourceAccount": this.account } },
      }),
    );
    this.topic = new sns.Topic(this, "Alarms", { topicName: nameOf(config, "alarms"), masterKey: key, enforceSSL: true });
    if (config.alarmEmail !== undefined) this.topic.addSubscription(new subscriptions.EmailSubscription(config.alarmEmail));
    addAlarms(this, watched, this.topic);
    addDashboards(this, watched);
    new CfnOutput(this, "AlarmTopic", { value: this.topic.topicArn });
  }
}
