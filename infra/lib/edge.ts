// The door: CloudFront with its firewall, and the load balancer that CloudFront alone reaches.

import { CfnOutput, Duration, type App } from "aws-cdk-lib";
import * as acm from "aws-cdk-lib/aws-certificatemanager";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as origins from "aws-cdk-lib/aws-cloudfront-origins";
import * as elb from "aws-cdk-lib/aws-elasticloadbalancingv2";
import * as route53 from "aws-cdk-lib/aws-route53";
import * as targets from "aws-cdk-lib/aws-route53-targets";
import type * as s3 from "aws-cdk-lib/aws-s3";
import type { Config } from "./config.ts";
import { Firewall } from "./edge/firewall.ts";
import { keptBucket } from "./kept-bucket.ts";
import { TIERS, type Network } from "./network.ts";
import { PORTS_OF_TASKS } from "./service/ports.ts";
import { JournalStack, nameOf } from "./stack.ts";
import { CLOUDFRONT_READ, DEREGISTRATION, LOAD_BALANCER_IDLE } from "./times.ts";

/** What people reach. */
export class Edge extends JournalStack {
  readonly loadBalancer: elb.ApplicationLoadBalancer;
  readonly targets: elb.ApplicationTargetGroup;
  readonly distribution: cloudfront.Distribution;
  /** Built files of the web client, those of former releases beside the new ones. */
  readonly web: s3.Bucket;
  /** Without `https://`. */
  readonly host: string;

  constructor(app: App, config: Config, network: Network) {
    super(app, config, "Edge", "load balancer, CloudFront, firewall, web client");
    this.loadBalancer = new elb.ApplicationLoadBalancer(this, "LoadBalancer", {
      loadBalancerName: nameOf(config),
      vpc: network.vpc,
      internetFacing: false,
      vpcSubnets: { subnetGroupName: TIERS.services },
      securityGroup: network.loadBalancer,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: elb.DesyncMitigationMode.STRICTEST,
      deletionProtection: true,
      idleTimeout: Duration.seconds(LOAD_BALANCER_IDLE),
      // CloudFront has written down who asked; the load balancer would put CloudFront's address behind it.
      xffHeaderProcessingMode: elb.XffHeaderProcessingMode.PRESERVE,
    });
    this.loadBalancer.logAccessLogs(network.accessLogs, "load-balancer");
    this.targets = new elb.ApplicationTargetGroup(this, "Gateway", {
      targetGroupName: nameOf(config, "gateway"),
      vpc: network.vpc,
      targetType: elb.TargetType.IP,
      protocol: elb.ApplicationProtocol.HTTP,
      port: PORTS_OF_TASKS.http,
      deregistrationDelay: Duration.seconds(DEREGISTRATION),
      loadBalancingAlgorithmType: elb.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
      healthCheck: {
        port: String(PORTS_OF_TASKS.admin),
        path: "/ready",
        healthyHttpCodes: "200",
        interval: Duration.seconds(5),
        timeout: Duration.seconds(3),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
    });
    const zone = config.domain && this.#zone(config.domain);
    const certificate = config.domain && this.#certificate(config.domain.name, zone);
    this.#listen(certificate);
    this.web = keptBucket(this, "Web", network.accessLogs, "web");
    this.distribution = this.#distribution(network.accessLogs, certificate);
    this.host = config.domain?.name ?? this.distribution.distributionDomainName;
    if (config.domain !== undefined && zone !== undefined) this.#name(config.domain.name, zone);
    new CfnOutput(this, "Url", { value: `https://${this.host}`, description: "Where users find the journal" });
    new CfnOutput(this, "WebBucket", { value: this.web.bucketName, description: "Where files of the web client go" });
    new CfnOutput(this, "DistributionId", { value: this.distribution.distributionId });
  }

  #zone({ name, hostedZone }: NonNullable<Config["domain"]>): route53.IHostedZone {
    return route53.HostedZone.fromHostedZoneAttributes(this, "Zone", { hostedZoneId: hostedZone, zoneName: name });
  }

  #certificate(domainName: string, zone: route53.IHostedZone | undefined): acm.Certificate {
    return new acm.Certificate(this, "Certificate", {
      domainName,
      validation: acm.CertificateValidation.fromDns(zone),
      keyAlgorithm: acm.KeyAlgorithm.EC_PRIME256V1,
    });
  }

  /** With a domain over TLS; else there is no certificate that CloudFront would take, and the way is AWS' own network. */
  #listen(certificate: acm.ICertificate | undefined): void {
    const defaultAction = elb.ListenerAction.forward([this.targets]);
    if (certificate === undefined) {
      this.loadBalancer.addListener("Http", { port: 80, protocol: elb.ApplicationProtocol.HTTP, open: false, defaultAction });
      return;
    }
    this.loadBalancer.addListener("Https", {
      port: 443,
      protocol: elb.ApplicationProtocol.HTTPS,
      sslPolicy: elb.SslPolicy.TLS13_RES,
      certificates: [certificate],
      open: false,
      defaultAction,
    });
  }

  #distribution(accessLogs: s3.IBucket, certificate: acm.ICertificate | undefined): cloudfront.Distribution {
    const gateway = origins.VpcOrigin.withApplicationLoadBalancer(this.loadBalancer, {
      vpcOriginName: nameOf(this.config),
      httpPort: 80,
      httpsPort: 443,
      protocolPolicy:
        certificate === undefined ? cloudfront.OriginProtocolPolicy.HTTP_ONLY : cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
      readTimeout: Duration.seconds(CLOUDFRONT_READ),
      keepaliveTimeout: Duration.seconds(CLOUDFRONT_READ),
      ...(this.config.domain && { domainName: this.config.domain.name }),
    });
    const files = origins.S3BucketOrigin.withOriginAccessControl(this.web);
    const firewall = new Firewall(this, "Firewall", nameOf(this.config));
    return new cloudfront.Distribution(this, "Distribution", {
      comment: nameOf(this.config),
      webAclId: firewall.arn,
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
      logBucket: accessLogs,
      logFilePrefix: "cloudfront/",
      ...(certificate && this.config.domain && { certificate, domainNames: [this.config.domain.name] }),
      defaultBehavior: {
        origin: gateway,
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        // Answers belong to one user, and the gateway compresses and validates them itself.
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER,
        compress: false,
      },
      additionalBehaviors: {
        // Named by their content: old pages find theirs during a rolling deploy, and what is not in the bucket the gateway has.
        "/assets/*": {
          origin: new origins.OriginGroup({
            primaryOrigin: files,
            fallbackOrigin: gateway,
            fallbackStatusCodes: [403, 404, 500, 502, 503, 504],
          }),
          viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
          allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD,
          cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
          responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
          compress: true,
        },
      },
    });
  }

  #name(recordName: string, zone: route53.IHostedZone): void {
    const target = route53.RecordTarget.fromAlias(new targets.CloudFrontTarget(this.distribution));
    new route53.ARecord(this, "Ipv4", { zone, recordName, target });
    new route53.AaaaRecord(this, "Ipv6", { zone, recordName, target });
  }
}
