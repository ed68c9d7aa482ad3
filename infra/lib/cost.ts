// What an environment costs while nobody uses it: counted in its templates, multiplied by prices.json.

import prices from "../prices.json" with { type: "json" };
import { OWN } from "./metrics.ts";
import type { Json, Resource, World } from "./templates.ts";

/** A line of the bill, in dollars a month. */
export interface Line {
  readonly what: string;
  /** How much of it, in words. */
  readonly much: string;
  readonly least: number;
  /** With as many tasks as there may be. */
  readonly most: number;
}

/** What costs nothing, or only as much as it is used. */
export const FREE = new Set([
  "AWS::AmazonMQ::Configuration",
  "AWS::ApplicationAutoScaling::ScalingPolicy",
  "AWS::CertificateManager::Certificate",
  "AWS::CloudFront::Distribution",
  "AWS::CloudFront::OriginAccessControl",
  "AWS::CloudFront::VpcOrigin",
  "AWS::EC2::FlowLog",
  "AWS::EC2::InternetGateway",
  "AWS::EC2::Route",
  "AWS::EC2::RouteTable",
  "AWS::EC2::SecurityGroup",
  "AWS::EC2::SecurityGroupEgress",
  "AWS::EC2::SecurityGroupIngress",
  "AWS::EC2::Subnet",
  "AWS::EC2::SubnetRouteTableAssociation",
  "AWS::EC2::VPC",
  "AWS::EC2::VPCGatewayAttachment",
  "AWS::ECR::Repository",
  "AWS::ECS::Cluster",
  "AWS::ECS::ClusterCapacityProviderAssociations",
  "AWS::ECS::Service",
  "AWS::ECS::TaskDefinition",
  "AWS::ElastiCache::SubnetGroup",
  "AWS::ElasticLoadBalancingV2::Listener",
  "AWS::ElasticLoadBalancingV2::TargetGroup",
  "AWS::IAM::OIDCProvider",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::Lambda::Function",
  "AWS::Logs::LogGroup",
  "AWS::RDS::DBParameterGroup",
  "AWS::RDS::DBSubnetGroup",
  "AWS::Route53::RecordSet",
  "AWS::S3::Bucket",
  "AWS::S3::BucketPolicy",
  "AWS::SNS::Subscription",
  "AWS::SNS::Topic",
  "AWS::SNS::TopicPolicy",
  "AWS::Scheduler::Schedule",
  "AWS::ServiceDiscovery::HttpNamespace",
  "AWS::ServiceDiscovery::PrivateDnsNamespace",
  "AWS::StepFunctions::StateMachine",
  "Custom::VpcRestrictDefaultSG",
]);

type Priced = (found: Resource[], world: World) => Line | undefined;

const month = (hourly: number): number => hourly * prices.hoursAMonth;
const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);
const fixed = (what: string, much: string, each: number): Line => ({ what, much, least: each, most: each });
const priceOf = (list: Readonly<Record<string, number>>, kind: string): number => {
  const price = list[kind];
  if (price === undefined) throw new Error(`prices.json has no price of ${kind}`);
  return price;
};

/** How each type of resource is paid for. */
const PRICED: Readonly<Record<string, Priced>> = {
  "AWS::ApplicationAutoScaling::ScalableTarget": (found, { stacks, config }) => {
    const tasks = Object.values(stacks).flatMap(({ Resources }) => Object.values(Resources)).filter(({ Type }) => Type === "AWS::ECS::TaskDefinition");
    const { vcpuHour, gibHour, spot } = prices.fargateArm64;
    const each = found.map(({ Properties }) => {
      const name = text(Properties.ResourceId).match(/(\w+)Service/)?.[1];
      const task = tasks.find(({ Properties: { Family } }) => Family === `trading-journal-${config.name}-${name}`);
      if (task === undefined) throw new Error(`no task of ${text(Properties.ResourceId)}`);
      const price = month((Number(task.Properties.Cpu) / 1024) * vcpuHour + (Number(task.Properties.Memory) / 1024) * gibHour);
      return { least: Properties.MinCapacity * price, most: Properties.MaxCapacity * price, tasks: Properties.MinCapacity as number };
    });
    const share = config.spot ? spot : 1;
    return {
      what: config.spot ? "Fargate Spot, arm64" : "Fargate, arm64",
      much: `${sum(each.map(({ tasks: count }) => count))} tasks and more`,
      least: share * sum(each.map(({ least }) => least)),
      most: share * sum(each.map(({ most }) => most)),
    };
  },
  "AWS::RDS::DBInstance": (found, { config }) => {
    const machines = found.map(({ Properties }) => ({ kind: Properties.DBInstanceClass as string, copies: Properties.MultiAZ === true ? 2 : 1 }));
    const hourly = sum(machines.map(({ kind, copies }) => copies * priceOf(prices.database, kind)));
    const gib = config.database.storage * sum(machines.map(({ copies }) => copies));
    return fixed("RDS for PostgreSQL", machines.map(({ kind, copies }) => `${copies} x ${kind}`).join(" and ") + `, ${gib} GiB`, month(hourly) + gib * prices.databaseGibMonth);
  },
  "AWS::ElastiCache::ReplicationGroup": ([group]) => {
    const { CacheNodeType: kind, NumCacheClusters: nodes } = group?.Properties ?? {};
    return fixed("ElastiCache for Valkey", `${nodes} x ${kind}`, nodes * month(priceOf(prices.cache, kind)));
  },
  "AWS::AmazonMQ::Broker": ([broker]) => {
    const { HostInstanceType: kind, DeploymentMode: mode } = broker?.Properties ?? {};
    const nodes = mode === "CLUSTER_MULTI_AZ" ? 3 : 1;
    return fixed("Amazon MQ for RabbitMQ", `${nodes} x ${kind}`, nodes * month(priceOf(prices.broker, kind)));
  },
  "AWS::EC2::NatGateway": (found) => fixed("NAT gateways", String(found.length), found.length * month(prices.natHour)),
  "AWS::EC2::EIP": (found) => fixed("Public addresses", String(found.length), found.length * month(prices.addressHour)),
  "AWS::EC2::VPCEndpoint": (found) => {
    const paid = found.filter(({ Properties }) => Properties.VpcEndpointType === "Interface");
    const zones = sum(paid.map(({ Properties }) => Properties.SubnetIds.length as number));
    return paid.length === 0 ? undefined : fixed("Interface endpoints", `${paid.length} in ${zones / paid.length} zones`, zones * month(prices.endpointZoneHour));
  },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": (found) => fixed("Load balancer", String(found.length), found.length * month(prices.loadBalancerHour)),
  "AWS::WAFv2::WebACL": ([acl]) => {
    const rules = (acl?.Properties.Rules as unknown[]).length;
    return fixed("Firewall of CloudFront", `${rules} rules`, prices.firewallMonth + rules * prices.firewallRuleMonth);
  },
  "AWS::CloudWatch::Alarm": (found) => {
    const looked = sum(found.map(({ Properties }) => (Properties.Metrics as Json[] | undefined)?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1));
    return fixed("Alarms", `${found.length} over ${looked} metrics`, looked * prices.alarmMetricMonth);
  },
  "AWS::CloudWatch::Dashboard": (found) => fixed("Dashboards", String(found.length), found.length * prices.dashboardMonth),
  "AWS::SecretsManager::Secret": (found) => fixed("Secrets", String(found.length), found.length * prices.secretMonth),
  "AWS::KMS::Key": (found) => fixed("Keys", String(found.length), found.length * prices.keyMonth),
};

/** The bill of an environment; refuses a type of resource of which it is not known what it costs. */
export function billOf(world: World): Line[] {
  const all = Object.values(world.stacks).flatMap(({ Resources }) => Object.values(Resources));
  const strangers = [...new Set(all.map(({ Type }) => Type))].filter((type) => !(type in PRICED) && !FREE.has(type));
  if (strangers.length > 0) throw new Error(`lib/cost.ts does not know what these cost: ${strangers.join(", ")}`);
  const priced = Object.entries(PRICED).flatMap(([type, price]) => {
    const found = all.filter(({ Type }) => Type === type);
    const line = found.length === 0 ? undefined : price(found, world);
    return line === undefined ? [] : [line];
  });
  const own = world.services.length * Object.keys(OWN).length;
  return [...priced, fixed("Metrics of our own", `${own} at most`, own * prices.ownMetricMonth)];
}

/** docs/operations/cost.md. */
export function pageOf(worlds: readonly World[]): string {
  const parts = worlds.map((world) => {
    const lines = billOf(world);
    const total = (of: "least" | "most"): number => sum(lines.map((line) => line[of]));
    const rows = lines.map(({ what, much, least, most }) => `| ${what} | ${much} | ${dollars(least)} | ${dollars(most)} |`);
    return [
      `## ${world.config.name}`,
      "",
      "| what | how much | at rest | all tasks |",
      "|---|---|--:|--:|",
      ...rows,
      `| **together** | | **${dollars(total("least"))}** | **${dollars(total("most"))}** |`,
      "",
    ].join("\n");
  });
  return `# Cost

Dollars a month in us-east-1, on demand, without tax. Written by \`npm run cost\` in \`infra/\` from the synthesized templates and
[prices.json](../../infra/prices.json) (${prices.date}; ${prices.source}); a test fails when it is stale. Look the prices up before you rely on them.

*At rest* is as many tasks as there are at least, *all tasks* as many as there may be. What depends on use comes on top: traffic (CloudFront, NAT, between zones,
load balancer units), log lines (0.50 a GiB), Container Insights, traces, files, requests to buckets and secrets, backups beyond the database's size, and the minutes of tasks that run once.

${parts.join("\n")}`;
}

function dollars(amount: number): string {
  return amount.toFixed(0);
}

function text(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
