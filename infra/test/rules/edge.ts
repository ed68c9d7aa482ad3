// Rules of the door.

import { MOST_REQUESTS } from "../../lib/edge/firewall.ts";
import { fault, unless, type Rule } from "../rule.ts";
import { all, only, referred, text, type Found, type Json, type World } from "../world.ts";

const balancer = (world: World): Found => only(world, "AWS::ElasticLoadBalancingV2::LoadBalancer");
const attributes = (world: World): Map<string, string> => new Map(balancer(world).has.LoadBalancerAttributes.map(({ Key, Value }: Json) => [Key, Value]));
const distribution = (world: World): Json => only(world, "AWS::CloudFront::Distribution").has.DistributionConfig;
const gatewayOf = (world: World): Json => distribution(world).Origins.find((origin: Json) => origin.VpcOriginConfig !== undefined);
const set = (world: World, key: string, value: string): void => {
  for (const attribute of balancer(world).has.LoadBalancerAttributes) if (attribute.Key === key) attribute.Value = value;
};
const acl = (world: World): Found => only(world, "AWS::WAFv2::WebACL");

export const edge: readonly Rule[] = [
  {
    says: "the load balancer is not on the internet: CloudFront reaches it from inside, and it goes to the gateway alone",
    broken: (world) => {
      const egress = all(world, "AWS::EC2::SecurityGroupEgress").filter(({ has }) => text(has.GroupId).includes("LoadBalancer"));
      return [
        ...unless(balancer(world).has.Scheme === "internal", "the load balancer is public"),
        ...unless(all(world, "AWS::CloudFront::VpcOrigin").length === 1 && gatewayOf(world) !== undefined, "CloudFront comes from outside"),
        ...unless(egress.length === 2 && egress.every(({ has }) => [8080, 9464].includes(has.FromPort)), "the load balancer goes elsewhere"),
      ];
    },
    faults: [
      fault("a public load balancer", (world) => (balancer(world).has.Scheme = "internet-facing")),
      fault("an origin on the internet", (world) => delete gatewayOf(world).VpcOriginConfig),
    ],
  },
  {
    says: "the load balancer drops what is no HTTP, keeps who asked as CloudFront wrote it, logs, and is not deleted",
    broken: (world) => {
      const has = attributes(world);
      return Object.entries({
        "routing.http.drop_invalid_header_fields.enabled": "true",
        "routing.http.xff_header_processing.mode": "preserve",
        "routing.http.desync_mitigation_mode": "strictest",
        "access_logs.s3.enabled": "true",
        "deletion_protection.enabled": "true",
      }).flatMap(([key, value]) => unless(has.get(key) === value, `${key} is ${has.get(key)}`));
    },
    faults: [
      fault("invalid headers pass", (world) => set(world, "routing.http.drop_invalid_header_fields.enabled", "false")),
      fault("CloudFront's address counts as the user's", (world) => set(world, "routing.http.xff_header_processing.mode", "append")),
      fault("no log", (world) => set(world, "access_logs.s3.enabled", "false")),
      fault("deleted by mistake", (world) => set(world, "deletion_protection.enabled", "false")),
    ],
  },
  {
    says: "the firewall stands before CloudFront: AWS' lists, and a limit for each address",
    broken: (world) => {
      const { has, id } = acl(world);
      const rules: Json[] = has.Rules;
      const lists = rules.map(({ Statement }) => Statement.ManagedRuleGroupStatement?.Name).filter(Boolean);
      const limit = rules.find(({ Statement }) => Statement.RateBasedStatement !== undefined);
      return [
        ...unless(has.Scope === "CLOUDFRONT" && referred(world, distribution(world).WebACLId) === id, "nobody asks the firewall"),
        ...["IpReputationList", "KnownBadInputsRuleSet", "CommonRuleSet"].flatMap((name) => unless(lists.some((list: string) => list.endsWith(name)), `no ${name}`)),
        ...unless(rules.every(({ OverrideAction }) => OverrideAction?.Count === undefined), "a list only counts"),
        ...unless(limit?.Statement.RateBasedStatement.Limit === MOST_REQUESTS && limit.Action.Block !== undefined, "no limit"),
      ];
    },
    faults: [
      fault("no firewall", (world) => delete distribution(world).WebACLId),
      fault("a list is gone", (world) => acl(world).has.Rules.pop()),
      fault("a limit that only counts", (world) => (acl(world).has.Rules.find((rule: Json) => rule.Statement.RateBasedStatement).Action = { Count: {} })),
    ],
  },
  {
    says: "CloudFront speaks TLS alone, 1.2 and newer, HTTP/2 and HTTP/3, and logs",
    broken: (world) => {
      const config = distribution(world);
      const behaviours = [config.DefaultCacheBehavior, ...(config.CacheBehaviors ?? [])];
      return [
        ...unless(behaviours.every(({ ViewerProtocolPolicy }: Json) => ViewerProtocolPolicy === "redirect-to-https"), "HTTP is answered"),
        ...unless(config.HttpVersion === "http2and3", "old HTTP"),
        ...unless(config.Logging?.Bucket !== undefined, "no log"),
        ...unless(world.config.domain === undefined || config.ViewerCertificate?.MinimumProtocolVersion === "TLSv1.2_2021", "old TLS"),
        ...unless(gatewayOf(world) === undefined || gatewayOf(world).VpcOriginConfig !== undefined, "no way in"),
        ...unless(
          only(world, "AWS::CloudFront::VpcOrigin").has.VpcOriginEndpointConfig.OriginProtocolPolicy === (world.config.domain === undefined ? "http-only" : "https-only"),
          "the way to the load balancer is open to read",
        ),
      ];
    },
    faults: [
      fault("HTTP is answered", (world) => (distribution(world).DefaultCacheBehavior.ViewerProtocolPolicy = "allow-all")),
      fault("TLS 1.0", (world) => (distribution(world).ViewerCertificate.MinimumProtocolVersion = "TLSv1")),
      fault("no log", (world) => delete distribution(world).Logging),
      fault("HTTP to the load balancer", (world) => (only(world, "AWS::CloudFront::VpcOrigin").has.VpcOriginEndpointConfig.OriginProtocolPolicy = "http-only")),
    ],
  },
  {
    says: "what the gateway answers is never kept, and all that browsers send reaches it",
    broken: (world) => {
      const { CachePolicyId, OriginRequestPolicyId, AllowedMethods } = distribution(world).DefaultCacheBehavior;
      return [
        // CachingDisabled and AllViewer, as AWS numbers them.
        ...unless(CachePolicyId === "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "answers of one user may be shown to another"),
        ...unless(OriginRequestPolicyId === "216adef6-5c7f-47e4-b989-5492eafa07d3", "headers are lost"),
        ...unless(AllowedMethods.length === 7, "not every method"),
      ];
    },
    faults: [
      fault("answers are kept", (world) => (distribution(world).DefaultCacheBehavior.CachePolicyId = "658327ea-f89d-4fab-a63d-7e88639e58f6")),
      fault("cookies are lost", (world) => delete distribution(world).DefaultCacheBehavior.OriginRequestPolicyId),
      fault("no POST", (world) => (distribution(world).DefaultCacheBehavior.AllowedMethods = ["GET", "HEAD"])),
    ],
  },
  {
    says: "files of the web client come from their bucket, which CloudFront alone reads, and else from the gateway",
    broken: (world) => {
      const [group] = distribution(world).OriginGroups?.Items ?? [];
      const files = distribution(world).CacheBehaviors?.find(({ PathPattern }: Json) => PathPattern === "/assets/*");
      const origin = distribution(world).Origins.find(({ Id }: Json) => Id === group?.Members.Items[0].OriginId);
      const policy = all(world, "AWS::S3::BucketPolicy").find(({ has, stack }) => stack === "Edge" && text(has.Bucket).includes("Web"));
      const readers = (policy?.has.PolicyDocument.Statement ?? []).filter(({ Effect }: Json) => Effect === "Allow");
      return [
        ...unless(files !== undefined && files.TargetOriginId === group?.Id, "files come from elsewhere"),
        ...unless(origin?.OriginAccessControlId !== undefined && group?.Members.Items[1].OriginId === gatewayOf(world)?.Id, "no way back to the gateway"),
        ...unless(readers.length === 1 && readers[0].Principal.Service === "cloudfront.amazonaws.com" && readers[0].Condition !== undefined, "others read the bucket"),
      ];
    },
    faults: [
      fault("the bucket without its lock", (world) => {
        for (const origin of distribution(world).Origins) delete origin.OriginAccessControlId;
      }),
      fault("everybody reads the bucket", (world) => {
        const policy = all(world, "AWS::S3::BucketPolicy").find(({ has, stack }) => stack === "Edge" && text(has.Bucket).includes("Web"));
        policy!.has.PolicyDocument.Statement.push({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" });
      }),
      fault("no way back to the gateway", (world) => (distribution(world).OriginGroups.Items[0].Members.Items[1].OriginId = "elsewhere")),
    ],
  },
  {
    says: "a domain has its certificate and its two records, and without one there are none",
    broken: (world) => {
      const { domain } = world.config;
      const records = all(world, "AWS::Route53::RecordSet");
      const certificates = all(world, "AWS::CertificateManager::Certificate");
      if (domain === undefined) return unless(records.length + certificates.length === 0, "records of no domain");
      return [
        ...unless(text(records.map(({ has }) => has.Type).sort()) === '["A","AAAA"]', "not both records"),
        ...unless(records.every(({ has }) => has.HostedZoneId === domain.hostedZone && has.Name === `${domain.name}.`), "records of another domain"),
        ...unless(certificates.length === 1 && certificates[0]?.has.DomainName === domain.name && certificates[0].has.ValidationMethod === "DNS", "no certificate"),
        ...unless(text(distribution(world).Aliases) === text([domain.name]), "CloudFront does not know the domain"),
      ];
    },
    faults: [
      fault("another domain's certificate", (world) => (only(world, "AWS::CertificateManager::Certificate").has.DomainName = "example.org")),
      fault("no IPv6", (world) => (all(world, "AWS::Route53::RecordSet").find(({ has }) => has.Type === "AAAA")!.has.Type = "A")),
      fault("CloudFront does not know the domain", (world) => delete distribution(world).Aliases),
    ],
  },
  {
    says: "prod is not deleted by mistake, and everything says whose it is",
    broken: (world) =>
      all(world, "AWS::EC2::VPC").flatMap(({ has }) =>
        unless(
          [["application", "trading-journal"], ["environment", world.config.name]].every(([key, value]) => has.Tags.some(({ Key, Value }: Json) => Key === key && Value === value)),
          "the network does not say whose it is",
        ),
      ),
    faults: [fault("a network of nobody", (world) => (only(world, "AWS::EC2::VPC").has.Tags = []))],
  },
];
