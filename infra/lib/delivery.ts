// Who may deploy: GitHub's runners, for one environment of one repository, without a key that could be lost.

import { CfnOutput, Duration, type App } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as s3 from "aws-cdk-lib/aws-s3";
import { oneOffTasks, type Service } from "./catalogue.ts";
import type { Config } from "./config.ts";
import { roleNamesOf } from "./service/roles.ts";
import { JournalStack, nameOf } from "./stack.ts";

const GITHUB = "token.actions.githubusercontent.com";

/** Stands for a repository until one is given: nobody has it. */
export const NO_REPOSITORY = "no-owner/no-repository";

/** For how long credentials of a job are good: longer than any job of .github/workflows may take. */
export const SESSION_HOURS = 2;

/** The role of deployments. An environment has an account of its own, and so an identity provider of its own. */
export class Delivery extends JournalStack {
  constructor(app: App, config: Config, services: readonly Service[], web: s3.IBucket) {
    super(app, config, "Delivery", "the role of deployments");
    const provider = new iam.CfnOIDCProvider(this, "GitHub", { url: `https://${GITHUB}`, clientIdList: ["sts.amazonaws.com"] });
    const role = new iam.Role(this, "Role", {
      roleName: nameOf(config, "deploy"),
      description: `Deploys Trading Journal to ${config.name}`,
      maxSessionDuration: Duration.hours(SESSION_HOURS),
      assumedBy: new iam.WebIdentityPrincipal(provider.attrArn, {
        StringEquals: {
          [`${GITHUB}:aud`]: "sts.amazonaws.com",
          [`${GITHUB}:sub`]: `repo:${config.repository ?? NO_REPOSITORY}:environment:${config.name}`,
        },
      }),
    });
    const { region, account, partition } = this;
    const arn = (service: string, resource: string): string => `arn:${partition}:${service}:${region}:${account}:${resource}`;
    const allow = (sid: string, actions: string[], resources: string[], conditions?: Record<string, Record<string, unknown>>): void => {
      role.addToPolicy(new iam.PolicyStatement({ sid, actions, resources, ...(conditions && { conditions }) }));
    };
    // CloudFormation does the work, with the roles that bootstrapping made.
    allow("Cdk", ["sts:AssumeRole"], [`arn:${partition}:iam::${account}:role/cdk-*`]);
    allow("Registry", ["ecr:GetAuthorizationToken"], ["*"]);
    allow(
      "Images",
      [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      services.map(({ name }) => arn("ecr", `repository/trading-journal/${name}`)),
    );
    // The same image in the next account: read where it was built, and its repository says who may.
    allow("Promote", ["ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"], [`arn:${partition}:ecr:${region}:*:repository/trading-journal/*`]);
    const cluster = arn("ecs", `cluster/${nameOf(config)}`);
    const within = { ArnEquals: { "ecs:cluster": cluster } };
    const once = oneOffTasks(services);
    const families = once.map((task) => nameOf(config, task));
    allow("RunOnce", ["ecs:RunTask"], families.map((family) => arn("ecs", `task-definition/${family}:*`)), within);
    allow("Find", ["ecs:ListTasks"], ["*"], within);
    allow("Watch", ["ecs:DescribeTasks", "ecs:StopTask"], [arn("ecs", `task/${nameOf(config)}/*`)], within);
    allow("Look", ["ecs:DescribeServices"], [arn("ecs", `service/${nameOf(config)}/*`)]);
    // A migration of a new version is a task definition like the one before, with another image.
    allow("Describe", ["ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition"], ["*"]);
    // Asked for all at once, which knows no resource.
    allow("Outputs", ["cloudformation:DescribeStacks"], ["*"]);
    allow("Releases", ["ssm:DeleteParameter", "ssm:GetParameter", "ssm:PutParameter"], [arn("ssm", `parameter/trading-journal/${config.name}/delivery/*`)]);
    allow("WebFiles", ["s3:PutObject"], [web.arnForObjects("*")]);
    allow("WebFolder", ["s3:ListBucket"], [web.bucketArn]);
    // Those of the tasks that it runs, and no others: services are CloudFormation's.
    const handed = once.map((task) => roleNamesOf(config, task)).flatMap(({ start, work }) => [start, work]);
    allow("Hand", ["iam:PassRole"], handed.map((name) => `arn:${partition}:iam::${account}:role/${name}`), {
      StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
    });
    new CfnOutput(this, "RoleArn", { value: role.roleArn });
  }
}
