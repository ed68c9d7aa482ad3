// What CloudFront turns away before it reaches us.

import * as wafv2 from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";

/** Requests of one address in five minutes: far above the gateway's own quotas, which know users and classes. */
export const MOST_REQUESTS = 20_000;

/** AWS' own lists of what no browser sends. Bodies are not judged: notes of users may speak of anything, uploads are files. */
const LISTS = {
  AWSManagedRulesAmazonIpReputationList: [],
  AWSManagedRulesKnownBadInputsRuleSet: ["Log4JRCE_BODY", "JavaDeserializationRCE_BODY"],
  AWSManagedRulesCommonRuleSet: ["SizeRestrictions_BODY", "CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY", "EC2MetaDataSSRF_BODY"],
} as const;

/** The web access control list of a distribution. */
export class Firewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    const lists = Object.entries(LISTS).map(([list, counted], index): wafv2.CfnWebACL.RuleProperty => ({
      name: list,
      priority: index + 1,
      overrideAction: { none: {} },
      statement: {
        managedRuleGroupStatement: {
          vendorName: "AWS",
          name: list,
          ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        },
      },
      visibilityConfig: seenAs(list),
    }));
    const acl = new wafv2.CfnWebACL(this, "Acl", {
      name,
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      visibilityConfig: seenAs(name),
      rules: [
        {
          name: "too-many",
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: MOST_REQUESTS, evaluationWindowSec: 300 } },
          visibilityConfig: seenAs("too-many"),
        },
        ...lists,
      ],
    });
    this.arn = acl.attrArn;
  }
}

function seenAs(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
