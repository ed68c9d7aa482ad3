// What policy checks complain of and why we keep it: every suppression of the project, each with its reason.

import { Validations, type App, type Stack } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import type { Config } from "./config.ts";

/** A finding that is kept. */
export interface Kept {
  /** The finding's id, with the bracket that names what it found. `<env>` is the environment. */
  readonly id: string;
  /** The stacks in which it is kept. */
  readonly in: readonly string[];
  readonly reason: string;
}

const OWN_NAMES = "Everything of a kind that this environment itself names; what comes after is a revision or an id that AWS gives.";

/** Of cdk-nag (`AwsSolutions-...`) and of CloudFormation's own checks in synth. */
export const KEPT: readonly Kept[] = [
  {
    id: "CloudFormation-Validate::W3010",
    in: ["Network"],
    reason: "Zones are written down: asking for them would need an account, and templates must be the same everywhere.",
  },
  {
    id: "AwsSolutions-EC23",
    in: ["Network"],
    reason: "The rule cannot read a reference to the network's own addresses, which is what the rules let in; no rule names 0.0.0.0/0, and a test of ours sees to it.",
  },
  { id: "AwsSolutions-S1", in: ["Network"], reason: "It is the bucket that access is logged to: its own log would grow by itself." },
  {
    id: "AwsSolutions-SMG4",
    in: ["Secrets", "Data"],
    reason: "Keys turn by an entry beside the old one (docs/operations, Keys), which Secrets Manager cannot do; logins, token and broker user change by a deploy or by two roles in turn. RDS rotates the master's itself.",
  },
  {
    id: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole]",
    in: ["Data"],
    reason: "AWS' own policy for exactly this: RDS writes what it measures into its log group.",
  },
  { id: "AwsSolutions-RDS11", in: ["Data"], reason: "Another port hides nothing: only the services' security groups reach it." },
  { id: "AwsSolutions-RDS2", in: ["Data"], reason: "The replica is encrypted under its source's key; CloudFormation refuses the property beside a source." },
  { id: "AwsSolutions-RDS3", in: ["Data"], reason: "A read replica may go: what it reads is in the instance. In dev there is no standby to save its price; a test asks for one elsewhere." },
  { id: "AwsSolutions-AEC5", in: ["Data"], reason: "Another port hides nothing: only the services' security groups reach it." },
  { id: "AwsSolutions-AEC4", in: ["Data"], reason: "In dev one node is enough, and the journal works without it; a test asks for two zones elsewhere." },
  { id: "AwsSolutions-IAM5[Resource::<ExportBucketFD42BCED.Arn>/*]", in: ["Data"], reason: "All files of the one bucket that RDS exports into." },
  { id: "AwsSolutions-IAM5[Resource::arn:aws:rds:us-east-1:<AWS::AccountId>:snapshot:*]", in: ["Data"], reason: "Snapshots are named by their time." },
  { id: "AwsSolutions-IAM5[Resource::*]", in: ["Data"], reason: "X-Ray, log delivery and rds:StartExportTask know no resources; a test refuses every other action on *." },
  { id: "AwsSolutions-CFR4", in: ["Edge"], reason: "Without a domain CloudFront's own certificate counts, which sets the policy. With a domain it is TLS 1.2 and newer, and a test sees to it." },
  { id: "AwsSolutions-CFR5", in: ["Edge"], reason: "Without a domain there is no certificate that CloudFront would accept at the load balancer; the way there is inside of AWS' network." },
  { id: "AwsSolutions-CFR1", in: ["Edge"], reason: "Traders travel: no country is turned away." },
  {
    id: "AwsSolutions-ECS2",
    in: ["Services"],
    reason: "Settings that are no secrets, and where secrets are. A test refuses every variable that could hold a secret.",
  },
  { id: "AwsSolutions-IAM5[Resource::*]", in: ["Services"], reason: "X-Ray and ecr:GetAuthorizationToken know no resources; a test refuses every other action on *." },
  {
    id: "AwsSolutions-IAM5[Resource::TradingJournal-<env>-Data:ExportsOutputFnGetAttUploadsBucketC4B27CC7Arn515ECA45/*]",
    in: ["Services"],
    reason: "All files of the one bucket that trades keeps them in.",
  },
  { id: "AwsSolutions-IAM5[Resource::*]", in: ["Delivery"], reason: "ecr:GetAuthorizationToken, task definitions and lists know no resources; a test refuses every other action on *." },
  ...[
    "arn:aws:iam::<AWS::AccountId>:role/cdk-*",
    "arn:aws:ecr:us-east-1:*:repository/trading-journal/*",
    "arn:aws:ssm:us-east-1:<AWS::AccountId>:parameter/trading-journal/<env>/delivery/*",
    "TradingJournal-<env>-Edge:ExportsOutputFnGetAttWeb3C8945DBArn1CBB3848/*",
    "arn:aws:ecs:us-east-1:<AWS::AccountId>:task/trading-journal-<env>/*",
    "arn:aws:ecs:us-east-1:<AWS::AccountId>:service/trading-journal-<env>/*",
    ...["auth-migrate", "trades-migrate", "analytics-migrate", "notifications-migrate", "database-setup"].map(
      (task) => `arn:aws:ecs:us-east-1:<AWS::AccountId>:task-definition/trading-journal-<env>-${task}:*`,
    ),
  ].map((resource) => ({ id: `AwsSolutions-IAM5[Resource::${resource}]`, in: ["Delivery"], reason: OWN_NAMES })),
  {
    id: "Annotation::@aws-cdk/aws-cloudfront:minimumProtocolVersionWithoutCertificate",
    in: ["Edge"],
    reason: "It counts as soon as there is a domain.",
  },
];

/** Says of each finding that is kept why it is. */
export function acknowledge(config: Config, stacks: readonly Stack[]): void {
  for (const kept of KEPT) {
    const id = kept.id.replaceAll("<env>", config.name);
    for (const stack of stacks) {
      if (kept.in.some((part) => stack.stackName === `TradingJournal-${config.name}-${part}`)) {
        Validations.of(stack).acknowledge({ id, reason: kept.reason });
      }
    }
  }
}

/** Lets AWS' solution checks look at everything that `app` makes. */
export function check(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
