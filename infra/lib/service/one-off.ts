// A command of a service's own program that a schedule runs now and then, in a task that ends by itself: not in the tasks that serve.

import { Duration, TimeZone } from "aws-cdk-lib";
import type * as ec2 from "aws-cdk-lib/aws-ec2";
import type * as ecs from "aws-cdk-lib/aws-ecs";
import * as scheduler from "aws-cdk-lib/aws-scheduler";
import * as targets from "aws-cdk-lib/aws-scheduler-targets";
import { Construct } from "constructs";
import type { Scheduled } from "../catalogue.ts";
import type { Config } from "../config.ts";
import { TIERS } from "../network.ts";
import { nameOf } from "../stack.ts";

interface Props {
  readonly config: Config;
  readonly cluster: ecs.ICluster;
  /** What the service serves with: the same image, settings, secrets and roles. */
  readonly task: ecs.FargateTaskDefinition;
  readonly group: ec2.ISecurityGroup;
}

/** The schedule; it may run the one task, and hand it its two roles. A command is such that running it twice does no harm: AWS may. */
export class OneOff extends Construct {
  constructor(scope: Construct, service: string, { command, says, at }: Scheduled, { config, cluster, task, group }: Props) {
    super(scope, `Once-${command}`);
    new scheduler.Schedule(this, "Schedule", {
      scheduleName: nameOf(config, `${service}-${command}`),
      description: says,
      schedule: scheduler.ScheduleExpression.cron({ ...at, timeZone: TimeZone.ETC_UTC }),
      // There are no databases yet.
      enabled: !config.asleep,
      target: new targets.EcsRunFargateTask(cluster, {
        taskDefinition: task,
        input: scheduler.ScheduleTargetInput.fromObject({ containerOverrides: [{ name: "service", command: [command] }] }),
        vpcSubnets: { subnetGroupName: TIERS.services },
        securityGroups: [group],
        assignPublicIp: false,
        retryAttempts: 3,
        maxEventAge: Duration.hours(1),
      }),
    });
  }
}
