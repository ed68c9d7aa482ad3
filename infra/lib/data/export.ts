// Every Sunday the last snapshot of the databases goes to S3, as Parquet: a copy that outlives the instance and its backups.
// AWS does it by itself: a schedule starts a machine of two steps, and no program of ours runs.

import { ArnFormat, Duration, RemovalPolicy, Stack, TimeZone } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as logs from "aws-cdk-lib/aws-logs";
import type * as rds from "aws-cdk-lib/aws-rds";
import * as s3 from "aws-cdk-lib/aws-s3";
import * as scheduler from "aws-cdk-lib/aws-scheduler";
import * as targets from "aws-cdk-lib/aws-scheduler-targets";
import * as sfn from "aws-cdk-lib/aws-stepfunctions";
import * as tasks from "aws-cdk-lib/aws-stepfunctions-tasks";
import { Construct } from "constructs";
import type { Config } from "../config.ts";
import { logAccessTo, type Network } from "../network.ts";
import { nameOf } from "../stack.ts";

/** How long an export is kept. */
export const EXPORT_DAYS = 90;

interface Props {
  readonly config: Config;
  readonly network: Network;
  readonly key: kms.Key;
  readonly instance: rds.DatabaseInstance;
}

/** The schedule, its machine, and the bucket. */
export class Export extends Construct {
  readonly bucket: s3.Bucket;
  readonly machine: sfn.StateMachine;

  constructor(scope: Construct, id: string, { config, network, key, instance }: Props) {
    super(scope, id);
    this.bucket = this.#bucket(network);
    const role = this.#writer(key);
    this.machine = new sfn.StateMachine(this, "Machine", {
      stateMachineName: nameOf(config, "export"),
      comment: "The last snapshot of the databases, to S3",
      queryLanguage: sfn.QueryLanguage.JSONATA,
      definitionBody: sfn.DefinitionBody.fromChainable(this.#steps(instance, role, key)),
      timeout: Duration.minutes(5),
      tracingEnabled: true,
      logs: {
        destination: new logs.LogGroup(this, "Log", {
          logGroupName: `/trading-journal/${config.name}/export`,
          retention: config.logDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: sfn.LogLevel.ALL,
      },
    });
    new scheduler.Schedule(this, "Weekly", {
      scheduleName: nameOf(config, "export"),
      description: "The last snapshot of the databases, to S3",
      // After the night's backup.
      schedule: scheduler.ScheduleExpression.cron({ weekDay: "SUN", hour: "6", minute: "0", timeZone: TimeZone.ETC_UTC }),
      target: new targets.StepFunctionsStartExecution(this.machine, { retryAttempts: 3, maxEventAge: Duration.hours(1) }),
    });
  }

  #bucket(network: Network): s3.Bucket {
    const bucket = new s3.Bucket(this, "Bucket", {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        {
          expiration: Duration.days(EXPORT_DAYS),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    logAccessTo(network.accessLogs, bucket, "exports");
    return bucket;
  }

  /** Who writes into the bucket: RDS itself. */
  #writer(key: kms.Key): iam.Role {
    const role = new iam.Role(this, "Writer", { assumedBy: new iam.ServicePrincipal("export.rds.amazonaws.com") });
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"],
        resources: [this.bucket.arnForObjects("*")],
      }),
    );
    role.addToPolicy(new iam.PolicyStatement({ actions: ["s3:ListBucket", "s3:GetBucketLocation"], resources: [this.bucket.bucketArn] }));
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey", "kms:CreateGrant"],
        resources: [key.keyArn],
      }),
    );
    return role;
  }

  #steps(instance: rds.DatabaseInstance, role: iam.Role, key: kms.Key): sfn.IChainable {
    const stack = Stack.of(this);
    const rdsArn = (resource: string): string => stack.formatArn({ service: "rds", resource, resourceName: "*", arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    const find = tasks.CallAwsService.jsonata(this, "Find", {
      comment: "The newest automatic snapshot",
      service: "rds",
      action: "describeDBSnapshots",
      iamAction: "rds:DescribeDBSnapshots",
      iamResources: [instance.instanceArn, rdsArn("snapshot")],
      parameters: { DbInstanceIdentifier: instance.instanceIdentifier, SnapshotType: "automated" },
      assign: {
        snapshot: "{% $sort($states.result.DbSnapshots[Status = 'available'], function($a, $b) { $a.SnapshotCreateTime < $b.SnapshotCreateTime })[0].DbSnapshotArn %}",
      },
    });
    const start = tasks.CallAwsService.jsonata(this, "Start", {
      comment: "RDS goes on by itself",
      service: "rds",
      action: "startExportTask",
      iamAction: "rds:StartExportTask",
      iamResources: ["*"],
      parameters: {
        ExportTaskIdentifier: "{% 'journal-' & $substringBefore($states.context.State.EnteredTime, 'T') %}",
        SourceArn: "{% $snapshot %}",
        S3BucketName: this.bucket.bucketName,
        IamRoleArn: role.roleArn,
        KmsKeyId: key.keyArn,
      },
      additionalIamStatements: [
        new iam.PolicyStatement({
          actions: ["iam:PassRole"],
          resources: [role.roleArn],
          conditions: { StringEquals: { "iam:PassedToService": "export.rds.amazonaws.com" } },
        }),
        new iam.PolicyStatement({ actions: ["kms:DescribeKey", "kms:CreateGrant"], resources: [key.keyArn] }),
      ],
    });
    return find.next(start);
  }
}
