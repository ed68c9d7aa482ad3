// The network: two zones, three tiers, what may talk to what, and where access is logged.

import { Duration, RemovalPolicy, type App } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as logs from "aws-cdk-lib/aws-logs";
import * as s3 from "aws-cdk-lib/aws-s3";
import type { Config } from "./config.ts";
import { JournalStack, nameOf } from "./stack.ts";

/** Ports of what services talk to. */
export const PORTS = { postgres: 5432, valkey: 6379, amqps: 5671, brokerConsole: 443 } as const;

/** Tiers: doors and ways out; services; what keeps state and reaches nothing. */
export const TIERS = { open: "open", services: "services", state: "state" } as const;

/** The network of an environment. */
export class Network extends JournalStack {
  readonly vpc: ec2.Vpc;
  readonly database: ec2.SecurityGroup;
  readonly cache: ec2.SecurityGroup;
  readonly broker: ec2.SecurityGroup;
  readonly loadBalancer: ec2.SecurityGroup;
  /** Who was let in where: of the load balancer, CloudFront and buckets. */
  readonly accessLogs: s3.Bucket;

  constructor(app: App, config: Config) {
    super(app, config, "Network", "network, firewalls, access logs");
    this.vpc = new ec2.Vpc(this, "Vpc", {
      vpcName: nameOf(config),
      ipAddresses: ec2.IpAddresses.cidr(`10.${config.network}.0.0/16`),
      availabilityZones: [...config.zones],
      natGateways: config.natGateways,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [
        { name: TIERS.open, subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: TIERS.services, subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
        { name: TIERS.state, subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
    });
    this.#logFlows();
    this.#addEndpoints();
    this.database = this.#group("Database", "PostgreSQL");
    this.cache = this.#group("Cache", "Valkey");
    this.broker = this.#group("Broker", "RabbitMQ");
    this.loadBalancer = this.#group("LoadBalancer", "load balancer");
    for (const port of [80, 443]) {
      this.loadBalancer.addIngressRule(
        ec2.Peer.ipv4(this.vpc.vpcCidrBlock),
        ec2.Port.tcp(port),
        "CloudFront, through its interfaces in our subnets",
      );
    }
    this.accessLogs = this.#logAccess();
  }

  #group(id: string, of: string): ec2.SecurityGroup {
    return new ec2.SecurityGroup(this, id, { vpc: this.vpc, description: `Trading Journal: ${of}`, allowAllOutbound: false });
  }

  #logFlows(): void {
    const group = new logs.LogGroup(this, "Flows", {
      logGroupName: `/trading-journal/${this.config.name}/flows`,
      retention: this.config.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.vpc.addFlowLog("FlowLog", { destination: ec2.FlowLogDestination.toCloudWatchLogs(group) });
  }

  #addEndpoints(): void {
    this.vpc.addGatewayEndpoint("S3", { service: ec2.GatewayVpcEndpointAwsService.S3 });
    if (!this.config.endpoints) return;
    const wanted = {
      EcrApi: ec2.InterfaceVpcEndpointAwsService.ECR,
      EcrDocker: ec2.InterfaceVpcEndpointAwsService.ECR_DOCKER,
      Logs: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
      SecretsManager: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
    };
    const securityGroups = [this.#group("Endpoints", "interfaces of AWS")];
    for (const [id, service] of Object.entries(wanted)) {
      this.vpc.addInterfaceEndpoint(id, { service, securityGroups, subnets: { subnetGroupName: TIERS.services } });
    }
  }

  #logAccess(): s3.Bucket {
    const bucket = new s3.Bucket(this, "AccessLogs", {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      // CloudFront writes as an owner of its own.
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        {
          expiration: Duration.days(this.config.logDays),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Named by the account, not by each bucket: those are of later stacks.
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal("logging.s3.amazonaws.com")],
        actions: ["s3:PutObject"],
        resources: [bucket.arnForObjects("buckets/*")],
        conditions: { StringEquals: { "aws:SourceAccount": this.account } },
      }),
    );
    return bucket;
  }
}

/** A bucket's accesses are logged below `buckets/<name>/`. */
export function logAccessTo(accessLogs: s3.IBucket, bucket: s3.Bucket, name: string): void {
  const resource = bucket.node.defaultChild as s3.CfnBucket;
  resource.loggingConfiguration = { destinationBucketName: accessLogs.bucketName, logFilePrefix: `buckets/${name}/` };
}
