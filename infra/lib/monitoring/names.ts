// Names of alarms that others refer to.

/** While this one rings, a deploy is taken back. */
export const DEPLOYMENT_ALARM = "ServerErrors";
