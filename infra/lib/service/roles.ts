// Who a task is: one role starts it, one is what it may do.

import * as iam from "aws-cdk-lib/aws-iam";
import type * as s3 from "aws-cdk-lib/aws-s3";
import type * as logs from "aws-cdk-lib/aws-logs";
import { Stack } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Config } from "../config.ts";
import { nameOf } from "../stack.ts";

/** Names of the two roles of a task definition. */
export interface RoleNames {
  readonly start: string;
  readonly work: string;
}

/** What the roles of a one-off task are called. CloudFormation would make up names and cut them off: who may hand them on has to know them. */
export function roleNamesOf(config: Config, task: string): RoleNames {
  return { start: nameOf(config, `${task}-start`), work: nameOf(config, `${task}-work`) };
}

/** The two roles of a task definition. */
export class Roles extends Construct {
  /** ECS itself: fetches the image, writes the log. CDK adds exactly that. */
  readonly start: iam.Role;
  /** The program. */
  readonly work: iam.Role;

  constructor(scope: Construct, id: string, names?: RoleNames) {
    super(scope, id);
    const { account } = Stack.of(this);
    // Only tasks of this account: ECS acts for nobody else with them.
    const assumedBy = new iam.ServicePrincipal("ecs-tasks.amazonaws.com", { conditions: { StringEquals: { "aws:SourceAccount": account } } });
    this.start = new iam.Role(this, "Start", { assumedBy, ...(names && { roleName: names.start }) });
    this.work = new iam.Role(this, "Work", { assumedBy, ...(names && { roleName: names.work }) });
  }

  /** The program may read exactly these secrets. */
  readSecrets(arns: readonly string[]): void {
    if (arns.length === 0) return;
    this.work.addToPolicy(new iam.PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: [...arns] }));
  }

  /** The program keeps files in this bucket, and takes them away. */
  keepFiles(bucket: s3.IBucket): void {
    this.work.addToPolicy(
      new iam.PolicyStatement({
        actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
        resources: [bucket.arnForObjects("*")],
      }),
    );
    this.work.addToPolicy(new iam.PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }));
  }

  /** The collector beside the program sends traces to X-Ray, which knows no resources, and metrics as log lines. */
  sendTelemetry(metrics: logs.ILogGroup): void {
    this.work.addToPolicy(
      new iam.PolicyStatement({ actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources: ["*"] }),
    );
    this.work.addToPolicy(
      new iam.PolicyStatement({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        resources: [metrics.logGroupArn],
      }),
    );
  }
}
