// Rules of what keeps state.

import { fault, unless, type Rule } from "../rule.ts";
import { all, only, referred, text, variablesOf, ourTasks, type Found, type Json, type World } from "../world.ts";

const INSTANCE = "AWS::RDS::DBInstance";
const main = (world: World): Found => only(world, INSTANCE, ({ has }) => has.SourceDBInstanceIdentifier === undefined);
const parameters = (world: World): Json => only(world, "AWS::RDS::DBParameterGroup").has.Parameters;
/** A statement's parameters, and the rows that an error quotes. */
const SILENT = { log_parameter_max_length: "0", log_parameter_max_length_on_error: "0", log_error_verbosity: "terse" } as const;
const logsOfRds = (world: World): Found[] => all(world, "AWS::Logs::LogGroup").filter(({ has }) => String(has.LogGroupName).startsWith("/aws/rds/"));
const isDev = ({ config }: World): boolean => config.name === "dev";

/** Resources whose addresses a value is put together from. */
const endpointsIn = (world: World, value: Json): (string | undefined)[] =>
  (value?.["Fn::Join"]?.[1] ?? []).filter((part: Json) => typeof part === "object").map((part: Json) => referred(world, part));

/** Properties that must have a value, with a fault for each. */
function must(says: string, of: (world: World) => Found, wanted: (world: World) => Record<string, unknown>, wrong: Record<string, unknown>): Rule {
  return {
    says,
    broken: (world) => {
      const { id, has } = of(world);
      return Object.entries(wanted(world)).flatMap(([key, value]) =>
        unless(text(has[key]) === text(value), `${id}: ${key} is ${text(has[key])}, not ${text(value)}`),
      );
    },
    faults: Object.entries(wrong).map(([key, value]) => fault(`${key} is ${text(value)}`, (world) => (of(world).has[key] = value))),
  };
}

export const data: readonly Rule[] = [
  must(
    "PostgreSQL stands by in another zone, keeps seven days, is not deleted, encrypted, not public, and RDS keeps its master's secret",
    main,
    (world) => ({
      Engine: "postgres",
      EngineVersion: "16.15",
      MultiAZ: !isDev(world),
      BackupRetentionPeriod: 7,
      DeletionProtection: true,
      StorageEncrypted: true,
      ManageMasterUserPassword: true,
      EnableIAMDatabaseAuthentication: true,
      CopyTagsToSnapshot: true,
      PubliclyAccessible: false,
      EnablePerformanceInsights: true,
      StorageType: "gp3",
      AllocatedStorage: String(world.config.database.storage),
      MaxAllocatedStorage: world.config.database.mostStorage,
    }),
    {
      EngineVersion: "13",
      MultiAZ: false,
      BackupRetentionPeriod: 0,
      DeletionProtection: false,
      StorageEncrypted: false,
      ManageMasterUserPassword: false,
      EnableIAMDatabaseAuthentication: false,
      PubliclyAccessible: true,
      MaxAllocatedStorage: 100_000,
    },
  ),
  {
    says: "PostgreSQL speaks TLS alone",
    broken: (world) => unless(parameters(world)["rds.force_ssl"] === "1", "rds.force_ssl is off"),
    faults: [fault("rds.force_ssl is 0", (world) => (parameters(world)["rds.force_ssl"] = "0"))],
  },
  {
    says: "PostgreSQL's log tells no values of users, and is kept for as long as configured",
    broken: (world) => [
      ...Object.entries(SILENT).flatMap(([name, value]) => unless(parameters(world)[name] === value, `${name} is ${parameters(world)[name]}`)),
      ...all(world, INSTANCE).flatMap(({ has, is }) =>
        (has.EnableCloudwatchLogsExports as string[]).flatMap((log) => {
          const group = all(world, "AWS::Logs::LogGroup").find((found) => found.has.LogGroupName === `/aws/rds/instance/${has.DBInstanceIdentifier}/${log}`);
          return [
            ...unless(group?.has.RetentionInDays === world.config.logDays, `${log} of ${has.DBInstanceIdentifier} is kept for ${group?.has.RetentionInDays ?? "ever"}`),
            // Else RDS would be there first, and make a group that is kept for ever.
            ...unless(is.DependsOn?.includes(group?.id ?? "") === true, `${has.DBInstanceIdentifier} does not wait for its ${log}`),
          ];
        }),
      ),
    ],
    faults: [
      ...Object.entries({ log_parameter_max_length: "-1", log_parameter_max_length_on_error: "100", log_error_verbosity: "default" }).map(([name, value]) =>
        fault(`${name} is ${value}`, (world) => (parameters(world)[name] = value)),
      ),
      fault("a log that is kept for ever", (world) => delete logsOfRds(world)[0]!.has.RetentionInDays),
      fault("a log whose group RDS makes", (world) => (logsOfRds(world)[0]!.has.LogGroupName = "/aws/rds/other")),
      fault("an instance that does not wait for its groups", (world) => delete main(world).is.DependsOn),
    ],
  },
  {
    says: "deleting the stack leaves databases as a snapshot, and buckets and keys as they are",
    broken: (world) => [
      ...unless(main(world).is.DeletionPolicy === "Snapshot", "the database goes with its stack"),
      ...["AWS::S3::Bucket", "AWS::ECR::Repository"].flatMap((type) =>
        all(world, type).flatMap(({ id, is }) => unless(is.DeletionPolicy === "Retain", `${id} goes with its stack`)),
      ),
    ],
    faults: [
      fault("the database is deleted", (world) => (main(world).is.DeletionPolicy = "Delete")),
      fault("uploads are deleted", (world) => (all(world, "AWS::S3::Bucket").find(({ id }) => id.startsWith("Uploads"))!.is.DeletionPolicy = "Delete")),
    ],
  },
  {
    says: "there is a read replica where one is configured",
    broken: (world) => unless(all(world, INSTANCE).length === (world.config.database.readReplica ? 2 : 1), "as many instances as configured"),
    faults: [
      fault("the replica is gone", ({ stacks }) => {
        for (const [id, { Properties }] of Object.entries(stacks["Data"]!.Resources)) {
          if (Properties?.SourceDBInstanceIdentifier !== undefined) delete stacks["Data"]!.Resources[id];
        }
      }),
    ],
  },
  {
    says: "statistics are read at the replica where there is one, by whoever can, and statements there are not cancelled for what goes on here",
    broken: (world) => {
      const replica = all(world, INSTANCE).find(({ has }) => has.SourceDBInstanceIdentifier !== undefined);
      return [
        ...ourTasks(world).flatMap(({ service, command, container }) => {
          const url = variablesOf(container).get("DATABASE_REPLICA_URL");
          if (replica === undefined || command !== "serve" || !service.readsReplica) return unless(url === undefined, `${service.name} ${command} is told of a replica`);
          return unless(endpointsIn(world, url).includes(replica.id), `${service.name} reads elsewhere: ${text(url ?? "nowhere")}`);
        }),
        ...unless(parameters(world)["hot_standby_feedback"] === "1", "hot_standby_feedback is off"),
      ];
    },
    faults: [
      fault("nobody is told of the replica", (world) => {
        const told = ourTasks(world).find(({ service, command }) => service.name === "analytics" && command === "serve")!.container;
        told.Environment = told.Environment.filter(({ Name }: { Name: string }) => Name !== "DATABASE_REPLICA_URL");
      }),
      fault("the instance is called its replica", (world) => {
        const { Environment } = ourTasks(world).find(({ service, command }) => service.name === "analytics" && command === "serve")!.container;
        const variable = (name: string): Json => Environment.find(({ Name }: { Name: string }) => Name === name);
        variable("DATABASE_REPLICA_URL").Value = variable("DATABASE_URL").Value;
      }),
      fault("hot_standby_feedback is 0", (world) => (parameters(world)["hot_standby_feedback"] = "0")),
    ],
  },
  {
    says: "each database has a login of its owner and one of its service, generated, and nobody is given the master's",
    broken: (world) => [
      ...world.services
        .filter(({ database }) => database)
        .flatMap(({ name }) =>
          ["owner", "app"].flatMap((role) => {
            const found = all(world, "AWS::SecretsManager::Secret").find(({ has }) => has.Name === `trading-journal-${world.config.name}/${name}/${role}-login`);
            const template = found?.has.GenerateSecretString?.SecretStringTemplate;
            return unless(template === JSON.stringify({ username: `${name}_${role}` }), `no login ${name}_${role}`);
          }),
        ),
      ...ourTasks(world).flatMap(({ service, container }) =>
        unless(!text(container).includes("MasterUserSecret"), `${service.name} is given the master's secret`),
      ),
    ],
    faults: [
      fault("a login under another name", (world) => {
        all(world, "AWS::SecretsManager::Secret").find(({ has }) => has.Name?.endsWith("/trades/app-login"))!.has.GenerateSecretString.SecretStringTemplate =
          '{"username":"platform"}';
      }),
      fault("the master's secret in a task", (world) => {
        const [task] = ourTasks(world);
        task!.container.Secrets = [{ Name: "X", ValueFrom: { "Fn::GetAtt": ["DatabaseInstance", "MasterUserSecret.SecretArn"] } }];
      }),
    ],
  },
  must(
    "Valkey asks for a token, encrypts, and is in two zones",
    (world) => only(world, "AWS::ElastiCache::ReplicationGroup"),
    (world) => ({
      Engine: "valkey",
      TransitEncryptionEnabled: true,
      TransitEncryptionMode: "required",
      AtRestEncryptionEnabled: true,
      AutomaticFailoverEnabled: !isDev(world),
      MultiAZEnabled: !isDev(world),
    }),
    { Engine: "redis", TransitEncryptionEnabled: false, TransitEncryptionMode: "preferred", AtRestEncryptionEnabled: false, MultiAZEnabled: false },
  ),
  must(
    "RabbitMQ is a cluster over zones, and private",
    (world) => only(world, "AWS::AmazonMQ::Broker"),
    (world) => ({
      EngineType: "RABBITMQ",
      DeploymentMode: isDev(world) ? "SINGLE_INSTANCE" : "CLUSTER_MULTI_AZ",
      PubliclyAccessible: false,
    }),
    { EngineType: "ACTIVEMQ", DeploymentMode: "SINGLE_INSTANCE", PubliclyAccessible: true },
  ),
  {
    says: "passwords of cache and broker are references that CloudFormation resolves",
    broken: (world) => {
      const token = text(only(world, "AWS::ElastiCache::ReplicationGroup").has.AuthToken);
      const [user] = only(world, "AWS::AmazonMQ::Broker").has.Users;
      const urls = all(world, "AWS::SecretsManager::Secret").filter(({ has }) => has.SecretString !== undefined);
      return [token, text(user.Password), ...urls.map(({ has }) => text(has.SecretString))].flatMap((value) =>
        unless(value.includes("{{resolve:secretsmanager:"), `a secret stands in the template: ${value.slice(0, 20)}`),
      );
    },
    faults: [
      fault("a token that somebody typed", (world) => (only(world, "AWS::ElastiCache::ReplicationGroup").has.AuthToken = "a-token-of-sixteen")),
      fault("a URL with its password", (world) => {
        all(world, "AWS::SecretsManager::Secret").find(({ has }) => has.Name?.endsWith("/broker/url"))!.has.SecretString = "amqps://journal:guest@broker:5671/%2f";
      }),
    ],
  },
  {
    says: "buckets are private, encrypted, versioned, reached by TLS alone, and tell who was there",
    broken: (world) =>
      all(world, "AWS::S3::Bucket").flatMap(({ id, has, stack }) => {
        const block = has.PublicAccessBlockConfiguration ?? {};
        const policy = all(world, "AWS::S3::BucketPolicy").find((found) => found.stack === stack && referred(world, found.has.Bucket) === id);
        return [
          ...unless(["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"].every((key) => block[key] === true), `${id} may be public`),
          ...unless(has.BucketEncryption !== undefined, `${id} is not encrypted`),
          ...unless(has.VersioningConfiguration?.Status === "Enabled", `${id} forgets`),
          ...unless(text(policy?.has.PolicyDocument).includes("aws:SecureTransport"), `${id} is reached without TLS`),
          ...unless(id.startsWith("AccessLogs") || has.LoggingConfiguration !== undefined, `${id} does not tell who was there`),
        ];
      }),
    faults: [
      fault("a bucket that may be public", (world) => delete all(world, "AWS::S3::Bucket")[0]!.has.PublicAccessBlockConfiguration.BlockPublicPolicy),
      fault("a bucket without versions", (world) => delete all(world, "AWS::S3::Bucket")[0]!.has.VersioningConfiguration),
      fault("a bucket without encryption", (world) => delete all(world, "AWS::S3::Bucket")[0]!.has.BucketEncryption),
      fault("a bucket reached without TLS", (world) => {
        const policy = all(world, "AWS::S3::BucketPolicy")[0]!;
        policy.has.PolicyDocument.Statement = [];
      }),
      fault("uploads without a log", (world) => delete all(world, "AWS::S3::Bucket").find(({ id }) => id.startsWith("Uploads"))!.has.LoggingConfiguration),
    ],
  },
  {
    says: "images cannot be replaced, are scanned, the last ten stay, and what has no tag goes after a week",
    broken: (world) => {
      const repositories = all(world, "AWS::ECR::Repository");
      return [
        ...unless(
          text(repositories.map(({ has }) => has.RepositoryName).sort()) === text(world.services.map(({ name }) => `trading-journal/${name}`).sort()),
          "not one repository for each service",
        ),
        ...repositories.flatMap(({ id, has }) => {
          const rules = (JSON.parse(has.LifecyclePolicy?.LifecyclePolicyText ?? '{"rules":[]}') as { rules: { selection: Record<string, unknown> }[] }).rules.map(({ selection }) => selection);
          return [
            ...unless(has.ImageTagMutability === "IMMUTABLE", `${id}: tags may move`),
            ...unless(has.ImageScanningConfiguration?.ScanOnPush === true, `${id} is not scanned`),
            ...unless(rules.some((rule) => rule["tagStatus"] === "any" && rule["countType"] === "imageCountMoreThan" && rule["countNumber"] === 10), `${id}: not the last ten`),
            ...unless(rules.some((rule) => rule["tagStatus"] === "untagged" && rule["countNumber"] === 7 && rule["countType"] === "sinceImagePushed"), `${id}: untagged images stay`),
          ];
        }),
      ];
    },
    faults: [
      fault("tags may move", (world) => (all(world, "AWS::ECR::Repository")[0]!.has.ImageTagMutability = "MUTABLE")),
      fault("no scan", (world) => (all(world, "AWS::ECR::Repository")[0]!.has.ImageScanningConfiguration.ScanOnPush = false)),
      fault("only one image is kept", (world) => {
        const { LifecyclePolicy } = all(world, "AWS::ECR::Repository")[0]!.has;
        LifecyclePolicy.LifecyclePolicyText = LifecyclePolicy.LifecyclePolicyText.replace('"countNumber":10', '"countNumber":1');
      }),
      fault("untagged images stay", (world) => {
        const { LifecyclePolicy } = all(world, "AWS::ECR::Repository")[0]!.has;
        LifecyclePolicy.LifecyclePolicyText = LifecyclePolicy.LifecyclePolicyText.replace('"countNumber":7', '"countNumber":700');
      }),
      fault("no repository for a service", (world) => (all(world, "AWS::ECR::Repository")[0]!.has.RepositoryName = "trading-journal/other")),
    ],
  },
  {
    says: "tasks open no more connections than the database takes, also while a deploy runs twice as many",
    broken: (world) => {
      // max_connections of RDS: memory / 9,531,392, of which a tenth is for people.
      const memory = { "t4g.micro": 1, "t4g.medium": 4, "m7g.large": 8 }[world.config.database.instance] ?? 0;
      const most = (0.9 * memory * 1024 ** 3) / 9_531_392;
      const opened = ourTasks(world)
        .filter(({ command, service }) => command === "serve" && service.database)
        .reduce((sum, { service, container }) => {
          const tasks = only(world, "AWS::ApplicationAutoScaling::ScalableTarget", ({ id }) => id.startsWith(service.name)).has.MaxCapacity as number;
          return sum + tasks * Number(variablesOf(container).get("DATABASE_MAX_CONNECTIONS"));
        }, 0);
      // A deploy starts new tasks before old ones end; all services are never at their most at once.
      return unless(opened <= most, `${opened} connections, ${Math.floor(most)} possible`);
    },
    faults: [
      fault("fifty connections a task", (world) => {
        for (const { container } of ourTasks(world)) for (const variable of container.Environment) if (variable.Name === "DATABASE_MAX_CONNECTIONS") variable.Value = "50";
      }),
    ],
  },
];
