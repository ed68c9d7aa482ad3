// What every step works with: AWS, the environment, how fast, and where it says what it does.

import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { ECRClient } from "@aws-sdk/client-ecr";
import { ECSClient } from "@aws-sdk/client-ecs";
import { S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { Environment } from "./names.ts";

/** How long things take, in milliseconds. */
export interface Pace {
  /** Between two looks at something that changes by itself. */
  readonly look: number;
  /** A migration that has not ended by then has failed. */
  readonly migration: number;
  /** Task definitions that are not there by then will never come: a database takes half an hour. */
  readonly creation: number;
  /** A service that is not stable by then has failed. */
  readonly stability: number;
  /** Between two tries of a smoke test. */
  readonly smokePause: number;
  readonly smokeTries: number;
  /** Who delivers says at least so often that it still does. */
  readonly lease: number;
}

export const PACE: Pace = {
  look: 5_000,
  migration: 20 * 60_000,
  creation: 60 * 60_000,
  stability: 15 * 60_000,
  smokePause: 5_000,
  smokeTries: 6,
  lease: 120_000,
};

/** AWS, as the surroundings say: region, credentials and endpoints are those of the SDK's own variables. */
export interface Aws {
  readonly cloudFormation: CloudFormationClient;
  readonly ecr: ECRClient;
  readonly ecs: ECSClient;
  readonly s3: S3Client;
  readonly ssm: SSMClient;
}

/** Refusals for being asked too often are repeated, ever more slowly. */
const PATIENT = { maxAttempts: 8 };

export function connect(): Aws {
  return {
    cloudFormation: new CloudFormationClient(PATIENT),
    ecr: new ECRClient(PATIENT),
    ecs: new ECSClient(PATIENT),
    s3: new S3Client(PATIENT),
    ssm: new SSMClient(PATIENT),
  };
}

export interface Context {
  readonly aws: Aws;
  readonly environment: Environment;
  readonly pace: Pace;
  /** Only looks, and says what it would do. */
  readonly dryRun: boolean;
  /** Prints a line. */
  readonly say: (line: string) => void;
  /** Aborted when the program is told to stop. */
  readonly stop: AbortSignal;
}
