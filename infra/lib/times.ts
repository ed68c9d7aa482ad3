// Time-outs, in seconds, which only make sense together.

/** From "not ready" to the end of accepting: load balancers and proxies have noticed by then. */
export const DRAIN = 5;
/** What a service takes at most from SIGTERM to its end, without draining (docs/operations, "SIGTERM"). */
export const ENDING = 20;
/** ECS kills what has not ended by then. */
export const STOP = 45;
/** The load balancer sends nothing new and lets what is under way finish. */
export const DEREGISTRATION = 30;
/** CloudFront waits so long for the first byte of an answer, and of a quiet answer for the next. */
export const CLOUDFRONT_READ = 60;
/** What reads a whole file: shorter than CloudFront's patience, so that clients get our 504 and not CloudFront's. */
export const FILE = 55;
/** A quiet connection through the load balancer; WebSockets are kept awake by pings. */
export const LOAD_BALANCER_IDLE = 120;
/** The gateway's own idle time: longer, so that the load balancer is the one who hangs up. */
export const GATEWAY_IDLE = 130;
/** A gRPC call, unless its caller gave it less: what a service allows a call without a time-out. */
export const CALL = 120;
/** From a container's start to the first health check that counts. */
export const START = 30;
