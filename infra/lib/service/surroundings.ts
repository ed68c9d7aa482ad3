// What a service is put into.

import type * as ec2 from "aws-cdk-lib/aws-ec2";
import type * as ecs from "aws-cdk-lib/aws-ecs";
import type * as logs from "aws-cdk-lib/aws-logs";
import type { Config } from "../config.ts";
import type { Data } from "../data.ts";
import type { Edge } from "../edge.ts";
import type { Network } from "../network.ts";
import type { Registry } from "../registry.ts";
import type { Secrets } from "../secrets.ts";

/** The stacks below the services, which a service takes what it needs from. */
export interface Surroundings {
  readonly config: Config;
  readonly network: Network;
  readonly registry: Registry;
  readonly secrets: Secrets;
  readonly data: Data;
  readonly edge: Edge;
}

/** What all services share. */
export interface Cluster extends Surroundings {
  readonly cluster: ecs.Cluster;
  readonly metrics: logs.ILogGroup;
  /** Security groups of the services made so far. */
  readonly groups: Map<string, ec2.SecurityGroup>;
}
