// Files of users, as they handed them in.

import type * as s3 from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { keptBucket } from "../kept-bucket.ts";

/** Where uploads rest. */
export class Uploads extends Construct {
  readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, accessLogs: s3.IBucket) {
    super(scope, id);
    this.bucket = keptBucket(this, "Bucket", accessLogs, "uploads");
  }
}
