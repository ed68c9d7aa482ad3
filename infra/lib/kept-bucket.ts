// A private bucket that remembers what was deleted for as long as backups do.

import { Duration, RemovalPolicy } from "aws-cdk-lib";
import * as s3 from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { logAccessTo } from "./network.ts";

/** Makes one; `name` is its folder among the access logs. */
export function keptBucket(scope: Construct, id: string, accessLogs: s3.IBucket, name: string): s3.Bucket {
  const bucket = new s3.Bucket(scope, id, {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [
      { noncurrentVersionExpiration: Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  logAccessTo(accessLogs, bucket, name);
  return bucket;
}
