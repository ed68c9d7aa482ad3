// Rules of who may do what.

import { fault, unless, type Rule } from "../rule.ts";
import { all, only, ourTasks, referred, taskOf, text, variablesOf, type Found, type Json, type World } from "../world.ts";

/** Actions that know no resources. */
const UNBOUND = new Set([
  "cloudformation:DescribeStacks",
  "ecr:GetAuthorizationToken",
  "ecs:DescribeTaskDefinition",
  "ecs:ListTasks",
  "ecs:RegisterTaskDefinition",
  "rds:StartExportTask",
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
]);

const list = (value: Json): Json[] => (Array.isArray(value) ? value : [value]);
const statementsOf = (policy: Found): Json[] => policy.has.PolicyDocument.Statement;
const policies = (world: World): Found[] => all(world, "AWS::IAM::Policy");

/** What a role may do. */
function powersOf(world: World, role: Json): Json[] {
  const id = referred(world, role);
  return policies(world)
    .filter(({ has }) => has.Roles.some((other: Json) => referred(world, other) === id))
    .flatMap(statementsOf);
}

/** The secrets that a role may read. */
function readable(world: World, role: Json): string[] {
  return powersOf(world, role)
    .filter(({ Action }) => list(Action).includes("secretsmanager:GetSecretValue"))
    .flatMap(({ Resource }) => list(Resource).map(text))
    .sort();
}

/** What schedules of one-off tasks may do. */
const scheduling = (world: World): Json[] => statementsOf(policies(world).find(({ stack, id }) => stack === "Services" && id.startsWith("Scheduler"))!);

const SUSPECT = /PASSWORD|TOKEN|SECRET|_KEY$|PEPPER|LOGIN/;

export const access: readonly Rule[] = [
  {
    says: "no variable holds a secret: those are given by their ARN",
    broken: (world) =>
      all(world, "AWS::ECS::TaskDefinition").flatMap(({ id, has }) =>
        has.ContainerDefinitions.flatMap((container: Json) =>
          [...variablesOf(container)].flatMap(([name, value]) => [
            ...unless(!SUSPECT.test(name) || name.startsWith("SECRETS_") || (name.endsWith("_ARN") && referred(world, value) !== undefined), `${id}: ${name} is given as it is`),
            ...unless(!name.endsWith("_ARN") || referred(world, value) !== undefined, `${id}: ${name} is no reference`),
            ...unless(!/:\/\/[^/\s"]*:[^/@\s"]+@/.test(text(value)), `${id}: ${name} has a password in its URL`),
            ...unless(!text(value).includes("{{resolve:"), `${id}: ${name} resolves a secret into the task`),
          ]),
        ),
      ),
    faults: [
      fault("a pepper as it is", (world) => containersOf(world, "auth")[0]!.Environment.push({ Name: "PASSWORD_PEPPER", Value: "1:abc" })),
      fault("a password in a URL", (world) => {
        for (const variable of containersOf(world, "auth")[0]!.Environment) if (variable.Name === "DATABASE_URL") variable.Value = "postgres://auth_app:secret@host/auth";
      }),
      fault("an ARN of somewhere else", (world) => {
        for (const variable of containersOf(world, "auth")[0]!.Environment) if (variable.Name === "VAULT_KEY_ARN") variable.Value = "arn:aws:secretsmanager:us-east-1:1:secret:x";
      }),
      fault("a secret resolved by CloudFormation", (world) =>
        containersOf(world, "auth")[0]!.Environment.push({ Name: "RUST_LOG", Value: "{{resolve:secretsmanager:x}}" }),
      ),
    ],
  },
  {
    says: "a service reads exactly the secrets that it is given, and its starter none",
    broken: (world) =>
      ourTasks(world).flatMap(({ service, command, task, container }) => {
        const given = [...variablesOf(container)].filter(([name]) => name.endsWith("_ARN")).map(([, arn]) => text(arn));
        return [
          ...unless(text(readable(world, task.has.TaskRoleArn)) === text([...new Set(given)].sort()), `${service.name} ${command} reads other secrets than its own`),
          ...unless(readable(world, task.has.ExecutionRoleArn).length === 0, `${service.name} ${command}: ECS reads secrets`),
        ];
      }),
    faults: [
      fault("a service reads another's login", (world) => {
        const role = taskOf(world, "gateway").has.TaskRoleArn;
        const other = powersOf(world, taskOf(world, "auth").has.TaskRoleArn);
        policies(world).find(({ has }) => has.Roles.some((one: Json) => referred(world, one) === referred(world, role)))!.has.PolicyDocument.Statement.push(...structuredClone(other));
      }),
      fault("a service may not read its own", (world) => {
        for (const policy of policies(world)) policy.has.PolicyDocument.Statement = statementsOf(policy).filter(({ Action }) => !list(Action).includes("secretsmanager:GetSecretValue"));
      }),
    ],
  },
  {
    says: "no role may do everything, nor anything to everything that has a name",
    broken: (world) =>
      policies(world).flatMap((policy) =>
        statementsOf(policy).flatMap(({ Action, Resource, Effect }) => {
          if (Effect !== "Allow") return [];
          const anything = list(Resource).some((resource: Json) => resource === "*");
          return list(Action).flatMap((action: string) => [
            ...unless(!action.includes("*"), `${policy.id}: ${action}`),
            ...unless(!anything || UNBOUND.has(action), `${policy.id}: ${action} on everything`),
          ]);
        }),
      ),
    faults: [
      fault("a role that may do everything", (world) => statementsOf(policies(world)[0]!).push({ Effect: "Allow", Action: "*", Resource: "*" })),
      fault("a role that reads every secret", (world) =>
        statementsOf(policies(world)[0]!).push({ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" }),
      ),
    ],
  },
  {
    says: "roles of tasks are for ECS in this account alone",
    broken: (world) =>
      ourTasks(world).flatMap(({ service, task }) =>
        ["TaskRoleArn", "ExecutionRoleArn"].flatMap((key) => {
          const role = all(world, "AWS::IAM::Role").find(({ id, stack }) => stack === "Services" && id === referred(world, task.has[key]));
          const [statement, ...others] = role?.has.AssumeRolePolicyDocument.Statement ?? [];
          return unless(
            others.length === 0 && text(statement?.Principal) === '{"Service":"ecs-tasks.amazonaws.com"}' && statement?.Condition?.StringEquals?.["aws:SourceAccount"] !== undefined,
            `${service.name}: others may be ${key}`,
          );
        }),
      ),
    faults: [
      fault("a role for everybody", (world) => {
        const role = all(world, "AWS::IAM::Role").find(({ id, stack }) => stack === "Services" && id === referred(world, taskOf(world, "auth").has.TaskRoleArn));
        role!.has.AssumeRolePolicyDocument.Statement[0].Principal = { AWS: "*" };
      }),
    ],
  },
  {
    says: "the uploads are kept by trades alone, and not read by others",
    broken: (world) => {
      const may = ourTasks(world).filter(({ task }) => powersOf(world, task.has.TaskRoleArn).some(({ Action }) => list(Action).includes("s3:GetObject")));
      return unless(text(may.map(({ service, command }) => `${service.name} ${command}`)) === text(["trades serve"]), "not trades alone");
    },
    faults: [
      fault("the gateway reads uploads", (world) => {
        const role = referred(world, taskOf(world, "gateway").has.TaskRoleArn);
        const policy = policies(world).find(({ has }) => has.Roles.some((one: Json) => referred(world, one) === role))!;
        statementsOf(policy).push({ Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::uploads/*" });
      }),
    ],
  },
  {
    says: "deployments come from one environment of one repository, by a role and no key",
    broken: (world) => {
      const role = only(world, "AWS::IAM::Role", ({ stack }) => stack === "Delivery");
      const [statement, ...others] = role.has.AssumeRolePolicyDocument.Statement;
      const wanted = {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": `repo:${world.config.repository ?? "no-owner/no-repository"}:environment:${world.config.name}`,
      };
      return [
        ...unless(others.length === 0 && statement.Action === "sts:AssumeRoleWithWebIdentity", "the role is taken in another way"),
        ...unless(text(statement.Condition) === text({ StringEquals: wanted }), "somebody else may deploy"),
        ...unless(text(only(world, "AWS::IAM::OIDCProvider").has.ClientIdList) === '["sts.amazonaws.com"]', "the provider is for others as well"),
        ...unless(all(world, "AWS::IAM::AccessKey").length + all(world, "AWS::IAM::User").length === 0, "there is a key that could be lost"),
      ];
    },
    faults: [
      fault("every branch of the repository deploys", (world) => {
        const role = only(world, "AWS::IAM::Role", ({ stack }) => stack === "Delivery");
        role.has.AssumeRolePolicyDocument.Statement[0].Condition = { StringLike: { "token.actions.githubusercontent.com:sub": "repo:owner/journal:*" } };
      }),
      fault("an access key", ({ stacks }) => (stacks["Delivery"]!.Resources["Key"] = { Type: "AWS::IAM::AccessKey", Properties: {} })),
    ],
  },
  {
    says: "who deploys hands tasks' roles to ECS alone, and runs one-off tasks alone",
    broken: (world) => {
      const statements = policies(world).filter(({ stack }) => stack === "Delivery").flatMap(statementsOf);
      const of = (action: string): Json => statements.find(({ Action }) => list(Action).includes(action)) ?? {};
      const once = [...world.services.filter(({ database }) => database).map(({ name }) => `${name}-migrate`), "database-setup"];
      return [
        ...unless(of("iam:PassRole").Condition?.StringEquals?.["iam:PassedToService"] === "ecs-tasks.amazonaws.com", "roles are handed to anybody"),
        ...unless(
          list(of("ecs:RunTask").Resource).length === once.length && once.every((task) => text(of("ecs:RunTask").Resource).includes(`-${task}:*`)),
          "other tasks than those that run once",
        ),
        ...unless(of("ecs:RunTask").Condition?.ArnEquals?.["ecs:cluster"] !== undefined, "tasks run in any cluster"),
      ];
    },
    faults: [
      fault("roles are handed to anybody", (world) => delete handing(world).Condition),
      fault("any task is run", (world) => {
        for (const policy of policies(world)) for (const statement of statementsOf(policy)) if (list(statement.Action).includes("ecs:RunTask")) statement.Resource = "*";
      }),
    ],
  },
  {
    says: "who deploys may hand exactly the roles of the tasks that it runs, whose names nobody makes up",
    broken: (world) => {
      const statements = policies(world).filter(({ stack }) => stack === "Delivery").flatMap(statementsOf);
      const of = (action: string): string[] => statements.filter(({ Action }) => list(Action).includes(action)).flatMap(({ Resource }) => list(Resource).map(text));
      const roles = tasksRunBy(world, of("ecs:RunTask")).flatMap(({ has }) =>
        ["TaskRoleArn", "ExecutionRoleArn"].map((key) => all(world, "AWS::IAM::Role").find(({ id, stack }) => stack === "Services" && id === referred(world, has[key]))),
      );
      const names = roles.map((role) => role?.has.RoleName as Json);
      const handed = of("iam:PassRole").map((arn) => /:role\/([^"/]+)/.exec(arn)?.[1] ?? arn);
      return [
        ...unless(roles.length === 2 * (world.services.filter(({ database }) => database).length + 1), `${roles.length} roles of one-off tasks`),
        ...roles.flatMap((role, at) => unless(typeof names[at] === "string", `${role?.id} has a name that CloudFormation makes up, cut off at 64 characters`)),
        // The most that IAM takes.
        ...unless(names.every((name) => typeof name !== "string" || name.length <= 64), "a name that is too long"),
        ...unless(text([...handed].sort()) === text([...names].sort()), `${text(handed)} are handed, ${text(names)} are needed`),
      ];
    },
    faults: [
      fault("a role with a generated name", (world) => delete roleOf(world, taskOf(world, "auth-migrate").has.TaskRoleArn).has.RoleName),
      fault("a role that starts a task, with a generated name", (world) => delete roleOf(world, taskOf(world, "database-setup").has.ExecutionRoleArn).has.RoleName),
      fault("every role of the stack, as it would be called", (world) => (handing(world).Resource = "arn:aws:iam::123456789012:role/TradingJournal-prod-Services-*")),
      fault("one role is forgotten", (world) => handing(world).Resource.pop()),
    ],
  },
  {
    says: "a schedule runs its one task in its one cluster, hands it its two roles alone, and is taken by AWS' scheduler of this account alone",
    broken: (world) =>
      all(world, "AWS::Scheduler::Schedule")
        .filter(({ has }) => has.Target.EcsParameters !== undefined)
        .flatMap(({ has }) => {
          const task = all(world, "AWS::ECS::TaskDefinition").find(({ id }) => id === referred(world, has.Target.EcsParameters.TaskDefinitionArn));
          const role = all(world, "AWS::IAM::Role").find(({ id, stack }) => stack === "Services" && id === referred(world, has.Target.RoleArn));
          const [statement, ...others] = role?.has.AssumeRolePolicyDocument.Statement ?? [];
          const powers = powersOf(world, has.Target.RoleArn);
          const of = (action: string): Json => powers.find(({ Action }) => text(Action) === action) ?? {};
          const handed = [task?.has.ExecutionRoleArn, task?.has.TaskRoleArn].map((one) => referred(world, one)).sort();
          return [
            ...unless(powers.length === 2, `${has.Name} may do something else`),
            ...unless(list(of("ecs:RunTask").Resource).length === 1 && referred(world, list(of("ecs:RunTask").Resource)[0]) === task?.id, `${has.Name} runs other tasks`),
            ...unless(text(list(of("iam:PassRole").Resource).map((one) => referred(world, one)).sort()) === text(handed), `${has.Name} hands other roles`),
            ...unless(text(of("iam:PassRole").Condition?.StringLike) === '{"iam:PassedToService":"ecs-tasks.amazonaws.com"}', `${has.Name} hands roles to anybody`),
            ...unless(
              others.length === 0 && text(statement?.Principal) === '{"Service":"scheduler.amazonaws.com"}' && statement?.Condition?.StringEquals?.["aws:SourceAccount"] !== undefined,
              `${has.Name}: others may be its role`,
            ),
          ];
        }),
    faults: [
      fault("any task is run", (world) => {
        for (const statement of scheduling(world)) if (statement.Action === "ecs:RunTask") statement.Resource = "*";
      }),
      fault("a role of another task", (world) => {
        for (const statement of scheduling(world)) if (statement.Action === "iam:PassRole") statement.Resource = [taskOf(world, "auth").has.TaskRoleArn];
      }),
      fault("roles are handed to anybody", (world) => {
        for (const statement of scheduling(world)) if (statement.Action === "iam:PassRole") delete statement.Condition;
      }),
      fault("a schedule that reads files", (world) => scheduling(world).push({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::uploads/*" })),
      fault("a role for everybody", (world) => {
        const role = all(world, "AWS::IAM::Role").find(({ stack, has }) => stack === "Services" && text(has.AssumeRolePolicyDocument).includes("scheduler.amazonaws.com"));
        role!.has.AssumeRolePolicyDocument.Statement[0].Principal = { AWS: "*" };
      }),
    ],
  },
  {
    says: "keys that people must put there are empty until they do",
    broken: (world) =>
      all(world, "AWS::SecretsManager::Secret")
        .filter(({ stack }) => stack === "Secrets")
        .flatMap(({ id, has, is }) => [
          ...unless(has.SecretString === undefined && has.GenerateSecretString === undefined, `${id} has a value that is none`),
          ...unless(is.DeletionPolicy === "Retain", `${id} goes with its stack`),
        ]),
    faults: [
      fault("a pepper made up", (world) => (all(world, "AWS::SecretsManager::Secret").find(({ stack }) => stack === "Secrets")!.has.GenerateSecretString = {})),
      fault("a pepper that goes with its stack", (world) => (all(world, "AWS::SecretsManager::Secret").find(({ stack }) => stack === "Secrets")!.is.DeletionPolicy = "Delete")),
    ],
  },
];

/** What who deploys may hand to tasks. */
function handing(world: World): Json {
  return policies(world).filter(({ stack }) => stack === "Delivery").flatMap(statementsOf).find(({ Action }) => list(Action).includes("iam:PassRole"));
}

/** The task definitions whose family is named by one of these ARNs. */
function tasksRunBy(world: World, arns: readonly string[]): Found[] {
  return all(world, "AWS::ECS::TaskDefinition").filter(({ has }) => arns.some((arn) => arn.includes(`:task-definition/${has.Family}:*`)));
}

/** The role that a task's ARN refers to. */
function roleOf(world: World, arn: Json): Found {
  return only(world, "AWS::IAM::Role", ({ id, stack }) => stack === "Services" && id === referred(world, arn));
}

function containersOf(world: World, service: string): Json[] {
  return taskOf(world, service).has.ContainerDefinitions;
}
