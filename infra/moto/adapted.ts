// A template as moto can take it: what it cannot make is left out, and what refers to that gets a word in its place.
// Every reference is looked up first, so one that leads nowhere still fails.

/** What moto's CloudFormation makes. */
const MAKES = new Set([
  "AWS::EC2::EIP",
  "AWS::EC2::FlowLog",
  "AWS::EC2::InternetGateway",
  "AWS::EC2::NatGateway",
  "AWS::EC2::Route",
  "AWS::EC2::RouteTable",
  "AWS::EC2::SecurityGroup",
  "AWS::EC2::SecurityGroupIngress",
  "AWS::EC2::Subnet",
  "AWS::EC2::SubnetRouteTableAssociation",
  "AWS::EC2::VPC",
  "AWS::EC2::VPCGatewayAttachment",
  "AWS::ECR::Repository",
  "AWS::ECS::Cluster",
  "AWS::ECS::Service",
  "AWS::ECS::TaskDefinition",
  "AWS::ElasticLoadBalancingV2::Listener",
  "AWS::ElasticLoadBalancingV2::LoadBalancer",
  "AWS::ElasticLoadBalancingV2::TargetGroup",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::KMS::Key",
  "AWS::Logs::LogGroup",
  "AWS::RDS::DBInstance",
  "AWS::RDS::DBSubnetGroup",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
]);

/** Attributes that moto's resources do not tell. */
const UNTOLD: readonly RegExp[] = [/^TargetGroup/, /MasterUserSecret/, /DbiResourceId|DBInstanceArn/];

/** Properties on which moto stumbles. */
const UNFIT: Readonly<Record<string, readonly string[]>> = {
  "AWS::KMS::Key": ["Tags"],
  "AWS::RDS::DBInstance": ["DBParameterGroupName"],
};

// A template is JSON of any shape.
type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any

/** A reference that leads nowhere. */
export class LeadsNowhere extends Error {}

/** A template for moto. */
export function adapted(template: Json): Json {
  const resources: Record<string, Json> = template.Resources;
  const parameters: Record<string, Json> = template.Parameters ?? {};
  const kept = Object.fromEntries(Object.entries(resources).filter(([, { Type }]) => MAKES.has(Type)));
  const look = (id: string): void => {
    if (!(id in resources) && !(id in parameters) && !id.startsWith("AWS::")) throw new LeadsNowhere(`there is no ${id}`);
  };
  const rewrite = (value: Json): Json => {
    if (typeof value === "string") return value.replaceAll(/\{\{resolve:[^}]*\}\}/g, "resolved");
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== "object" || value === null) return value;
    if (typeof value.Ref === "string") {
      look(value.Ref);
      return value.Ref in resources && !(value.Ref in kept) ? word(resources[value.Ref].Type, value.Ref) : value;
    }
    const got = value["Fn::GetAtt"];
    if (got !== undefined) {
      const [id, attribute] = (Array.isArray(got) ? got : String(got).split(/\.(.*)/)) as [string, string];
      look(id);
      const untold = !(id in kept) || UNTOLD.some((pattern) => pattern.test(attribute));
      return untold ? word(resources[id].Type, `${id}-${attribute}`) : value;
    }
    // What it splits is a word by now.
    const selected = value["Fn::Select"];
    if (Array.isArray(selected) && typeof rewrite(selected[1]) === "string") return "arn:aws:stand-in:us-east-1:123456789012:selected";
    const split = value["Fn::Split"];
    if (Array.isArray(split) && typeof rewrite(split[1]) === "string") return String(rewrite(split[1]));
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rewrite(inner)]));
  };
  for (const resource of Object.values(resources)) for (const id of resource.DependsOn ?? []) look(id);
  // Looked through in any case: what is left out must lead somewhere as well.
  for (const resource of Object.values(resources)) rewrite(resource.Properties ?? {});
  return {
    Resources: Object.fromEntries(
      Object.entries(kept).map(([id, { Type, Properties = {}, DependsOn = [] }]) => {
        const unfit = UNFIT[Type] ?? [];
        const properties = rewrite(Object.fromEntries(Object.entries(Properties).filter(([key]) => !unfit.includes(key))));
        const dependsOn = DependsOn.filter((other: string) => other in kept);
        return [id, { Type, Properties: properties, ...(dependsOn.length > 0 && { DependsOn: dependsOn }) }];
      }),
    ),
    Outputs: Object.fromEntries(Object.entries(template.Outputs ?? {}).map(([id, output]) => [id, rewrite(output)])),
  };
}

/** What stands for a resource that is left out. */
function word(type: string, id: string): string {
  return `arn:aws:stand-in:us-east-1:123456789012:${type.split("::").at(-1)}/${id}`.toLowerCase();
}
