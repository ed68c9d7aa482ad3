// Rules of the network.

import { fault, unless, type Rule } from "../rule.ts";
import { all, only, referred, text, type Found, type World } from "../world.ts";

const SUBNET = "AWS::EC2::Subnet";
const tierOf = ({ has }: Found): string => has.Tags.find(({ Key }: { Key: string }) => Key === "aws-cdk:subnet-name").Value as string;
const tier = (world: World, name: string): Found[] => all(world, SUBNET).filter((subnet) => tierOf(subnet) === name);

/** Ways out of a subnet's route table. */
function routesOf(world: World, subnet: Found): Found[] {
  const table = all(world, "AWS::EC2::SubnetRouteTableAssociation").find(({ has }) => referred(world, has.SubnetId) === subnet.id);
  return all(world, "AWS::EC2::Route").filter(({ has }) => referred(world, has.RouteTableId) === referred(world, table?.has.RouteTableId));
}

function groupNamed(world: World, id: string): Found {
  return only(world, "AWS::EC2::SecurityGroup", (group) => group.stack === "Network" && group.id.startsWith(id));
}

/** Who reaches a group on which port, wherever the rule stands. */
function ways(world: World, into: Found): Found[] {
  return all(world, "AWS::EC2::SecurityGroupIngress").filter(({ has }) => referred(world, has.GroupId) === into.id);
}

const OPEN_EGRESS = [443, 465, 587];

export const network: readonly Rule[] = [
  {
    says: "three tiers, each in two zones",
    broken: (world) =>
      ["open", "services", "state"].flatMap((name) =>
        unless(new Set(tier(world, name).map(({ has }) => has.AvailabilityZone)).size === 2, `${name} is not in two zones`),
      ),
    faults: [
      fault("both subnets of a tier in one zone", (world) => tier(world, "state").forEach(({ has }) => (has.AvailabilityZone = "us-east-1a"))),
    ],
  },
  {
    says: "what keeps state has no way out, services go out through NAT, and no subnet gives public addresses",
    broken: (world) => [
      ...tier(world, "state").flatMap((subnet) => unless(routesOf(world, subnet).length === 0, `${subnet.id} has a way out`)),
      ...tier(world, "services").flatMap((subnet) =>
        unless(routesOf(world, subnet).every(({ has }) => has.NatGatewayId !== undefined && has.GatewayId === undefined), `${subnet.id} is open`),
      ),
      ...all(world, SUBNET).flatMap(({ id, has }) => unless(has.MapPublicIpOnLaunch === false, `${id} gives public addresses`)),
      ...unless(all(world, "AWS::EC2::NatGateway").length === world.config.natGateways, "as many NAT gateways as configured"),
    ],
    faults: [
      fault("a route from the databases to the internet", (world) => {
        const [subnet] = tier(world, "state");
        const [route] = all(world, "AWS::EC2::Route");
        const table = all(world, "AWS::EC2::SubnetRouteTableAssociation").find(({ has }) => referred(world, has.SubnetId) === subnet?.id);
        if (route && table) route.has.RouteTableId = table.has.RouteTableId;
      }),
      fault("a public address for whatever starts", (world) => all(world, SUBNET).forEach(({ has }) => (has.MapPublicIpOnLaunch = true))),
    ],
  },
  {
    says: "S3 is reached inside of the network, and where endpoints are configured images, logs and secrets too",
    broken: (world) => {
      const wanted = world.config.endpoints ? ["s3", "ecr.api", "ecr.dkr", "logs", "secretsmanager"] : ["s3"];
      const there = all(world, "AWS::EC2::VPCEndpoint").map(({ has }) => text(has.ServiceName));
      return wanted.flatMap((name) => unless(there.some((service) => service.includes(`.${name}`)), `no endpoint for ${name}`));
    },
    faults: [
      fault("an endpoint is gone", ({ stacks }) => {
        const { Resources } = stacks["Network"]!;
        const id = Object.keys(Resources).find((key) => Resources[key]!.Type === "AWS::EC2::VPCEndpoint" && text(Resources[key]!.Properties.ServiceName).includes("secretsmanager"));
        delete Resources[id ?? ""];
      }),
    ],
  },
  {
    says: "all traffic is logged",
    broken: (world) => unless(all(world, "AWS::EC2::FlowLog").some(({ has }) => has.TrafficType === "ALL" && has.ResourceType === "VPC"), "no flow log"),
    faults: [fault("only what was refused is logged", (world) => all(world, "AWS::EC2::FlowLog").forEach(({ has }) => (has.TrafficType = "REJECT")))],
  },
  {
    says: "nobody is let in from everywhere, and services go everywhere by TLS and mail alone",
    broken: (world) => {
      const open = (rule: { CidrIp?: unknown; CidrIpv6?: unknown }): boolean => rule.CidrIp === "0.0.0.0/0" || rule.CidrIpv6 === "::/0";
      const inline = all(world, "AWS::EC2::SecurityGroup");
      const inward = [...inline.flatMap(({ has }) => has.SecurityGroupIngress ?? []), ...all(world, "AWS::EC2::SecurityGroupIngress").map(({ has }) => has)];
      const outward = inline.flatMap(({ has }) => has.SecurityGroupEgress ?? []).filter(open);
      return [
        ...unless(!inward.some(open), "a group lets everybody in"),
        ...unless(outward.every(({ FromPort, ToPort }) => FromPort === ToPort && OPEN_EGRESS.includes(FromPort)), "a group goes everywhere by any port"),
      ];
    },
    faults: [
      fault("PostgreSQL for everybody", (world) => {
        groupNamed(world, "Database").has.SecurityGroupIngress = [{ CidrIp: "0.0.0.0/0", IpProtocol: "tcp", FromPort: 5432, ToPort: 5432 }];
      }),
      fault("a service that goes anywhere", (world) => {
        const group = all(world, "AWS::EC2::SecurityGroup").find(({ id }) => id.startsWith("authDoors"));
        group!.has.SecurityGroupEgress = [{ CidrIp: "0.0.0.0/0", IpProtocol: "-1" }];
      }),
    ],
  },
  {
    says: "databases, cache and broker let in exactly the services that use them, each on its port",
    broken: (world) => {
      const users = (uses: (service: World["services"][number]) => boolean): number => world.services.filter(uses).length;
      // Tasks that run once reach the databases as well.
      const wanted = [
        ["Database", 5432, users(({ database }) => database) + 1],
        ["Cache", 6379, users(({ cache }) => cache)],
        ["Broker", 5671, users(({ broker }) => broker)],
      ] as const;
      return wanted.flatMap(([name, port, count]) => {
        const group = groupNamed(world, name);
        const rules = ways(world, group);
        return [
          ...unless(rules.length === count, `${rules.length} reach ${name}, not ${count}`),
          ...unless(rules.every(({ has }) => has.FromPort === port && has.ToPort === port && has.SourceSecurityGroupId !== undefined), `${name} is reached on another port`),
          ...unless(group.has.SecurityGroupIngress === undefined, `${name} lets in by address`),
        ];
      });
    },
    faults: [
      fault("the gateway reaches the databases", (world) => {
        const [rule] = ways(world, groupNamed(world, "Database"));
        world.stacks["Services"]!.Resources["Planted"] = structuredClone(rule!.is);
      }),
      fault("a port more than PostgreSQL's", (world) => ways(world, groupNamed(world, "Database")).forEach(({ has }) => (has.ToPort = 6000))),
    ],
  },
  {
    says: "the default security group lets nobody in or out",
    broken: (world) => unless(all(world, "Custom::VpcRestrictDefaultSG").length === 1, "the default group is as AWS makes it"),
    faults: [
      fault("the default group is left alone", ({ stacks }) => {
        const { Resources } = stacks["Network"]!;
        for (const [id, { Type }] of Object.entries(Resources)) if (Type === "Custom::VpcRestrictDefaultSG") delete Resources[id];
      }),
    ],
  },
];
