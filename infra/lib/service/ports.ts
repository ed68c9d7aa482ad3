// Ports inside a task.

/** gRPC between services, HTTP from the load balancer, and what operators and health checks ask. */
export const PORTS_OF_TASKS = { grpc: 50_051, http: 8080, admin: 9464 } as const;
