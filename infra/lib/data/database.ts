// PostgreSQL: one instance, one database for each service, two roles for each database.

import { Duration, RemovalPolicy } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as logs from "aws-cdk-lib/aws-logs";
import * as rds from "aws-cdk-lib/aws-rds";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Config } from "../config.ts";
import { PORTS, TIERS, type Network } from "../network.ts";
import { nameOf } from "../stack.ts";

interface Props {
  readonly config: Config;
  readonly network: Network;
  readonly key: kms.Key;
  readonly databases: readonly string[];
}

/** Who signs in to a database: its owner migrates, the other one serves. */
export type Role = "owner" | "app";
export const ROLES: readonly Role[] = ["owner", "app"];

/** What RDS hands to CloudWatch. */
const LOGS = ["postgresql", "upgrade"] as const;
const REPLICA = "replica";

/** The instance, its read replica where there is one, and the logins. */
export class Database extends Construct {
  readonly instance: rds.DatabaseInstance;
  readonly replica?: rds.DatabaseInstanceReadReplica;
  readonly databases: readonly string[];
  readonly #logins = new Map<string, secretsmanager.Secret>();

  constructor(scope: Construct, id: string, { config, network, key, databases }: Props) {
    super(scope, id);
    this.databases = databases;
    const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.of("16.15", "16") });
    const monitoringRole = new iam.Role(this, "MonitoringRole", {
      assumedBy: new iam.ServicePrincipal("monitoring.rds.amazonaws.com"),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName("service-role/AmazonRDSEnhancedMonitoringRole")],
    });
    const place = {
      instanceType: new ec2.InstanceType(config.database.instance),
      vpc: network.vpc,
      vpcSubnets: { subnetGroupName: TIERS.state },
      securityGroups: [network.database],
      deletionProtection: true,
      iamAuthentication: true,
      copyTagsToSnapshot: true,
      autoMinorVersionUpgrade: true,
      monitoringInterval: Duration.minutes(1),
      monitoringRole,
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: key,
      caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,
      cloudwatchLogsExports: [...LOGS],
    };
    const parameterGroup = new rds.ParameterGroup(this, "Parameters", {
      engine,
      description: "Trading Journal: TLS alone, statements counted",
      parameters: {
        "rds.force_ssl": "1",
        shared_preload_libraries: "pg_stat_statements",
        log_min_duration_statement: "1000",
        // Statements without what they carry: values are users' own, and a DETAIL shows whole rows.
        log_parameter_max_length: "0",
        log_parameter_max_length_on_error: "0",
        log_error_verbosity: "terse",
        log_lock_waits: "1",
        idle_in_transaction_session_timeout: "60000",
        // The instance keeps rows that a statement at the replica still reads, rather than have that statement cancelled.
        hot_standby_feedback: "1",
      },
    });
    this.instance = new rds.DatabaseInstance(this, "Instance", {
      ...place,
      instanceIdentifier: nameOf(config),
      engine,
      parameterGroup,
      credentials: rds.Credentials.fromUsername("platform"),
      // RDS keeps it and changes it; only the task that makes databases and roles may read it.
      manageMasterUserPassword: true,
      storageEncrypted: true,
      multiAz: config.database.standby,
      storageType: rds.StorageType.GP3,
      storageEncryptionKey: key,
      allocatedStorage: config.database.storage,
      maxAllocatedStorage: config.database.mostStorage,
      backupRetention: Duration.days(config.database.backupDays),
      preferredBackupWindow: "03:00-04:00",
      preferredMaintenanceWindow: "sun:04:30-sun:05:30",
      deleteAutomatedBackups: false,
      removalPolicy: RemovalPolicy.SNAPSHOT,
    });
    // Encrypted under the key of its source.
    if (config.database.readReplica) {
      this.replica = new rds.DatabaseInstanceReadReplica(this, "Replica", {
        ...place,
        instanceIdentifier: nameOf(config, REPLICA),
        sourceDatabaseInstance: this.instance,
        parameterGroup,
        removalPolicy: RemovalPolicy.DESTROY,
      });
    }
    this.#keepLogs(config);
    for (const database of databases) {
      for (const role of ROLES) this.#logins.set(`${database}_${role}`, this.#login(config, database, role));
    }
  }

  /** Where a database is, without who signs in. The certificate is RDS' own, which no system store knows: it is not checked. */
  url(database: string): string {
    return urlAt(this.instance, database);
  }

  /** The same at the read replica, where there is one: its logins are those of the instance. */
  replicaUrl(database: string): string | undefined {
    return this.replica === undefined ? undefined : urlAt(this.replica, database);
  }

  /** `{"username", "password"}` of a role. */
  login(database: string, role: Role): secretsmanager.Secret {
    const login = this.#logins.get(`${database}_${role}`);
    if (login === undefined) throw new Error(`there is no role ${database}_${role}`);
    return login;
  }

  /** RDS would make the groups of its logs by itself, and keep them for ever. */
  #keepLogs(config: Config): void {
    const servers = [this.instance, ...(this.replica === undefined ? [] : [this.replica])];
    for (const server of servers) {
      const identifier = server === this.instance ? nameOf(config) : nameOf(config, REPLICA);
      for (const log of LOGS) {
        const group = new logs.LogGroup(this, `${server.node.id}-${log}`, {
          logGroupName: `/aws/rds/instance/${identifier}/${log}`,
          retention: config.logDays,
          removalPolicy: RemovalPolicy.DESTROY,
        });
        server.node.addDependency(group);
      }
    }
  }

  #login(config: Config, database: string, role: Role): secretsmanager.Secret {
    return new secretsmanager.Secret(this, `${database}-${role}`, {
      secretName: `${nameOf(config)}/${database}/${role}-login`,
      description: `Who signs in to the database ${database}: its ${role === "owner" ? "owner, for migrations" : "application role"}`,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: `${database}_${role}` }),
        generateStringKey: "password",
        excludePunctuation: true,
        passwordLength: 40,
      },
    });
  }
}

function urlAt(server: rds.IDatabaseInstance, database: string): string {
  return `postgres://${server.dbInstanceEndpointAddress}:${PORTS.postgres}/${database}?sslmode=require`;
}
