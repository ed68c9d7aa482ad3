// Rules of the services on ECS.

import { callsOthers } from "../../lib/catalogue.ts";
import { sizeOf } from "../../lib/config.ts";
import { CALL, CLOUDFRONT_READ, DEREGISTRATION, DRAIN, ENDING, FILE, GATEWAY_IDLE, LOAD_BALANCER_IDLE, STOP } from "../../lib/times.ts";
import { fault, unless, type Rule } from "../rule.ts";
import { commandsOf } from "../sources.ts";
import { all, containerOf, only, ourTasks, referred, serviceOf, taskOf, text, variablesOf, type Found, type Json, type World } from "../world.ts";

const services = (world: World): Found[] => world.services.map(({ name }) => serviceOf(world, name));
const SCHEDULE = "AWS::Scheduler::Schedule";
const schedules = (world: World): Found[] => all(world, SCHEDULE).filter(({ stack }) => stack === "Services");
const scheduleOf = (world: World, service: string, command: string): Found =>
  schedules(world).find(({ has }) => has.Name === `trading-journal-${world.config.name}-${service}-${command}`) ?? { stack: "", id: "", is: {} as Found["is"], has: { Target: {} } };
const digest = (world: World): Found => scheduleOf(world, "notifications", "digest");
const POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy";
const TARGET = "AWS::ApplicationAutoScaling::ScalableTarget";

const connection = (world: World, service: string): Json => serviceOf(world, service).has.ServiceConnectConfiguration;
const programOf = (world: World, service: string): Json => containerOf(taskOf(world, service), "service");
const setVariable = (container: Json, name: string, value: string): void => {
  for (const variable of container.Environment) if (variable.Name === name) variable.Value = value;
};

export const running: readonly Rule[] = [
  {
    says: "each service has its tasks: 2 to 10 (dev 1 to 2), and no deploy sets their number",
    broken: (world) =>
      world.services.flatMap(({ name }) => {
        const { has } = only(world, TARGET, ({ id }) => id.startsWith(`${name}Service`));
        const [least, most] = world.config.name === "dev" ? [1, 2] : [2, 10];
        return [
          ...unless(has.MinCapacity === least && has.MaxCapacity === most, `${name} has ${has.MinCapacity} to ${has.MaxCapacity} tasks`),
          ...unless(serviceOf(world, name).has.DesiredCount === undefined, `a deploy sets how many ${name} has`),
        ];
      }),
    faults: [
      fault("a service of one task", (world) => (all(world, TARGET)[0]!.has.MinCapacity = 1)),
      fault("a service of a hundred", (world) => (all(world, TARGET)[0]!.has.MaxCapacity = 100)),
      fault("a deploy that resets the number", (world) => (serviceOf(world, "trades").has.DesiredCount = 2)),
    ],
  },
  {
    says: "services grow at 70 % of processors and 80 % of memory, every 300 s at most, and consumers by the depth of their queues",
    broken: (world) =>
      world.services.flatMap(({ name, queues }) => {
        const target = only(world, TARGET, ({ id }) => id.startsWith(`${name}Service`)).id;
        const of = all(world, POLICY).filter(({ has }) => referred(world, has.ScalingTargetId) === target);
        const tracked = of.map(({ has }) => has.TargetTrackingScalingPolicyConfiguration).filter((policy) => policy !== undefined);
        const goal = (metric: string): Json => tracked.find((policy) => policy.PredefinedMetricSpecification?.PredefinedMetricType === metric) ?? {};
        const steps = of.filter(({ has }) => has.PolicyType === "StepScaling");
        return [
          ...unless(goal("ECSServiceAverageCPUUtilization").TargetValue === 70, `${name} does not grow at 70 % of its processors`),
          ...unless(goal("ECSServiceAverageMemoryUtilization").TargetValue === 80, `${name} does not grow at 80 % of its memory`),
          ...unless(tracked.every((policy) => policy.ScaleInCooldown === 300 && policy.ScaleOutCooldown === 300), `${name} changes more often than every 300 s`),
          ...unless(steps.length === Math.ceil(queues.length / 10), `${name} does not look at its queues`),
          ...unless(steps.every(({ has }) => has.StepScalingPolicyConfiguration.Cooldown === 300), `${name} follows its queues more often than every 300 s`),
        ];
      }),
    faults: [
      fault("90 % of processors", (world) => {
        for (const { has } of all(world, POLICY)) if (has.TargetTrackingScalingPolicyConfiguration?.TargetValue === 70) has.TargetTrackingScalingPolicyConfiguration.TargetValue = 90;
      }),
      fault("90 % of memory", (world) => {
        for (const { has } of all(world, POLICY)) if (has.TargetTrackingScalingPolicyConfiguration?.TargetValue === 80) has.TargetTrackingScalingPolicyConfiguration.TargetValue = 90;
      }),
      fault("a cool-down of ten seconds", (world) => {
        for (const { has } of all(world, POLICY)) if (has.TargetTrackingScalingPolicyConfiguration) has.TargetTrackingScalingPolicyConfiguration.ScaleInCooldown = 10;
      }),
      fault("nobody looks at the queues", ({ stacks }) => {
        const { Resources } = stacks["Services"]!;
        for (const [id, { Type, Properties }] of Object.entries(Resources)) if (Type === POLICY && Properties.PolicyType === "StepScaling") delete Resources[id];
      }),
    ],
  },
  {
    says: "a deploy that fails is taken back: by the circuit breaker, and by an alarm that exists",
    broken: (world) =>
      services(world).flatMap(({ has }) => {
        const { DeploymentCircuitBreaker: breaker, Alarms: alarms } = has.DeploymentConfiguration;
        const known = all(world, "AWS::CloudWatch::Alarm").map((alarm) => alarm.has.AlarmName);
        return [
          ...unless(breaker?.Enable === true && breaker.Rollback === true, `${has.ServiceName}: no breaker`),
          ...unless(alarms?.Enable === true && alarms.Rollback === true, `${has.ServiceName}: no alarm takes it back`),
          ...unless(alarms?.AlarmNames.length > 0 && alarms.AlarmNames.every((name: string) => known.includes(name)), `${has.ServiceName}: its alarm does not exist`),
        ];
      }),
    faults: [
      fault("a breaker that does not go back", (world) => (services(world)[0]!.has.DeploymentConfiguration.DeploymentCircuitBreaker.Rollback = false)),
      fault("no alarm", (world) => delete services(world)[0]!.has.DeploymentConfiguration.Alarms),
      fault("an alarm that nobody made", (world) => (services(world)[0]!.has.DeploymentConfiguration.Alarms.AlarmNames = ["other"])),
    ],
  },
  {
    says: "a deploy starts new tasks before it ends old ones, over both zones",
    broken: (world) =>
      services(world).flatMap(({ has }) => [
        ...unless(has.DeploymentConfiguration.MinimumHealthyPercent === 100, `${has.ServiceName} has fewer tasks during a deploy`),
        ...unless(has.DeploymentConfiguration.MaximumPercent === 200, `${has.ServiceName} has no room for new tasks`),
        ...unless(has.AvailabilityZoneRebalancing === "ENABLED", `${has.ServiceName} stays in one zone`),
        ...unless(has.NetworkConfiguration.AwsvpcConfiguration.Subnets.length === 2, `${has.ServiceName} is in one zone`),
      ]),
    faults: [
      fault("half of the tasks are enough", (world) => (services(world)[0]!.has.DeploymentConfiguration.MinimumHealthyPercent = 50)),
      fault("no room for new tasks", (world) => (services(world)[0]!.has.DeploymentConfiguration.MaximumPercent = 100)),
      fault("tasks stay where they are", (world) => (services(world)[0]!.has.AvailabilityZoneRebalancing = "DISABLED")),
      fault("one zone", (world) => services(world)[0]!.has.NetworkConfiguration.AwsvpcConfiguration.Subnets.pop()),
    ],
  },
  {
    says: "gRPC goes over Service Connect by the names that callers use, with explicit time-outs, and streams have none",
    broken: (world) =>
      world.services.flatMap(({ name, protocol, streams, calls }) => {
        const { Enabled, Namespace, Services = [] } = connection(world, name) ?? {};
        const [port] = programOf(world, name).PortMappings;
        const variables = variablesOf(programOf(world, name));
        const common = [
          ...unless(Enabled === true && text(Namespace).includes("Arn"), `${name} is not connected by its namespace's ARN`),
          ...calls.flatMap((called) => {
            const alias = connection(world, called)?.Services?.[0]?.ClientAliases?.[0];
            return unless(variables.get(`${called.toUpperCase()}_URL`) === `http://${alias?.DnsName}:${alias?.Port}`, `${name} does not find ${called}`);
          }),
        ];
        if (protocol === "http") return [...common, ...unless(Services.length === 0, `${name} is called by nobody`)];
        const [{ PortName, Timeout } = { PortName: undefined, Timeout: undefined }] = Services;
        const seconds = streams ? 0 : CALL;
        return [
          ...common,
          ...unless(port.AppProtocol === "grpc" && PortName === port.Name, `${name} is not known to speak gRPC`),
          ...unless(Timeout?.PerRequestTimeoutSeconds === seconds && Timeout.IdleTimeoutSeconds === seconds, `${name}: calls end after ${text(Timeout ?? "15 s")}`),
        ];
      }),
    faults: [
      fault("Envoy's own time-out", (world) => delete connection(world, "auth").Services[0].Timeout),
      fault("streams that end", (world) => (connection(world, "notifications").Services[0].Timeout.PerRequestTimeoutSeconds = 15)),
      fault("HTTP/1 between services", (world) => (programOf(world, "trades").PortMappings[0].AppProtocol = "http")),
      fault("a namespace by its name", (world) => (connection(world, "auth").Namespace = "journal")),
      fault("another name than callers use", (world) => (connection(world, "auth").Services[0].ClientAliases[0].DnsName = "users")),
    ],
  },
  {
    says: "servers are there before their clients",
    broken: (world) =>
      world.services.flatMap(({ name, calls }) => {
        const dependencies = serviceOf(world, name).is.DependsOn ?? [];
        return calls.flatMap((called) => unless(dependencies.includes(serviceOf(world, called).id), `${name} does not wait for ${called}`));
      }),
    faults: [fault("the gateway does not wait", (world) => delete serviceOf(world, "gateway").is.DependsOn)],
  },
  {
    says: "each task asks itself whether it is well, by the program's own command",
    broken: (world) =>
      ourTasks(world)
        .filter(({ command }) => command === "serve")
        .flatMap(({ service, container }) => {
          const check = container.HealthCheck ?? {};
          return [
            ...unless(text(check.Command) === text(["CMD", "/app/service", "healthcheck"]), `${service.name} is not asked`),
            ...unless(check.StartPeriod === 30 && check.Interval <= 10 && check.Retries === 3, `${service.name} is asked at other times`),
          ];
        }),
    faults: [
      fault("no health check", (world) => delete programOf(world, "auth").HealthCheck),
      fault("a check by a shell, which there is none", (world) => (programOf(world, "auth").HealthCheck.Command = ["CMD-SHELL", "curl -f http://localhost"])),
    ],
  },
  {
    says: "programs run as nobody, on a read-only disk, without capabilities, on arm64, in private",
    broken: (world) => [
      ...all(world, "AWS::ECS::TaskDefinition").flatMap(({ has }) => [
        ...unless(has.RuntimePlatform?.CpuArchitecture === "ARM64", `${has.Family} is not arm64`),
        ...unless(has.NetworkMode === "awsvpc" && text(has.RequiresCompatibilities) === '["FARGATE"]', `${has.Family} is not Fargate's`),
        ...has.ContainerDefinitions.flatMap((container: Json) => unless(container.ReadonlyRootFilesystem === true && container.Privileged !== true, `${has.Family}: ${container.Name} writes`)),
      ]),
      ...ourTasks(world).flatMap(({ task, container }) => [
        ...unless(container.User === "65532", `${task.has.Family} runs as somebody`),
        ...unless(text(container.LinuxParameters?.Capabilities) === '{"Drop":["ALL"]}', `${task.has.Family} has capabilities`),
      ]),
      ...services(world).flatMap(({ has }) => [
        ...unless(has.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp === "DISABLED", `${has.ServiceName} is public`),
        ...unless(has.EnableExecuteCommand !== true, `${has.ServiceName} lets people in`),
      ]),
    ],
    faults: [
      fault("Intel", (world) => (taskOf(world, "auth").has.RuntimePlatform.CpuArchitecture = "X86_64")),
      fault("a disk that is written", (world) => (programOf(world, "auth").ReadonlyRootFilesystem = false)),
      fault("root", (world) => delete programOf(world, "auth").User),
      fault("capabilities", (world) => delete programOf(world, "auth").LinuxParameters),
      fault("a public address", (world) => (serviceOf(world, "auth").has.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp = "ENABLED")),
      fault("a door into containers", (world) => (serviceOf(world, "auth").has.EnableExecuteCommand = true)),
    ],
  },
  {
    says: "each task runs its own service's image of the release, in its configured size",
    broken: (world) =>
      ourTasks(world).flatMap(({ service, command, task, container }) => {
        const image = text(container.Image);
        const size = command === "serve" ? sizeOf(world.config, service.name) : { cpu: 256, memory: 512 };
        const repository = only(world, "AWS::ECR::Repository", ({ has }) => has.RepositoryName === `trading-journal/${service.name}`);
        return [
          ...unless(image.includes(repository.id) && image.includes(`:${world.config.imageTag}`), `${task.has.Family} runs ${image}`),
          ...unless(text(container.Command) === text([command]), `${task.has.Family} runs ${text(container.Command)}`),
          ...unless(Number(task.has.Cpu) === size.cpu && Number(task.has.Memory) === size.memory, `${task.has.Family} has another size`),
        ];
      }),
    faults: [
      fault("the latest image", (world) => (programOf(world, "auth").Image = "trading-journal/auth:latest")),
      fault("another service's image", (world) => (programOf(world, "auth").Image = programOf(world, "trades").Image)),
      fault("another command", (world) => (programOf(world, "auth").Command = ["migrate"])),
    ],
  },
  {
    says: "who stops has time: draining and ending fit into ECS' patience and the load balancer's",
    broken: (world) => {
      const [group] = all(world, "AWS::ElasticLoadBalancingV2::TargetGroup");
      const attributes = new Map((group?.has.TargetGroupAttributes ?? []).map(({ Key, Value }: Json) => [Key, Value]));
      const deregistration = Number(attributes.get("deregistration_delay.timeout_seconds"));
      return [
        ...unless(deregistration === DEREGISTRATION && deregistration >= DRAIN + ENDING, `the load balancer waits ${deregistration} s`),
        ...ourTasks(world).flatMap(({ service, command, container }) => [
          ...unless(container.StopTimeout === STOP && STOP > DRAIN + ENDING && STOP <= 120, `${service.name} ${command} is killed after ${container.StopTimeout} s`),
          ...unless(command !== "serve" || variablesOf(container).get("DRAIN_SECONDS") === String(DRAIN), `${service.name} drains for another time`),
        ]),
      ];
    },
    faults: [
      fault("killed after ten seconds", (world) => (programOf(world, "trades").StopTimeout = 10)),
      fault("the load balancer cuts at once", (world) => {
        const [group] = all(world, "AWS::ElasticLoadBalancingV2::TargetGroup");
        for (const attribute of group!.has.TargetGroupAttributes) if (attribute.Key === "deregistration_delay.timeout_seconds") attribute.Value = "0";
      }),
      fault("no draining", (world) => setVariable(programOf(world, "gateway"), "DRAIN_SECONDS", "0")),
    ],
  },
  {
    says: "time-outs rise towards us: the gateway's budget, CloudFront, the load balancer, the gateway's idle connections",
    broken: (world) => {
      const variables = variablesOf(programOf(world, "gateway"));
      const balancer = only(world, "AWS::ElasticLoadBalancingV2::LoadBalancer").has.LoadBalancerAttributes as Json[];
      const idle = Number(balancer.find(({ Key }) => Key === "idle_timeout.timeout_seconds")?.Value);
      const origin = only(world, "AWS::CloudFront::Distribution").has.DistributionConfig.Origins.find((one: Json) => one.VpcOriginConfig !== undefined);
      const read = origin?.VpcOriginConfig.OriginReadTimeout;
      const ladder = [Number(variables.get("FILE_SECONDS")), read, idle, Number(variables.get("IDLE_SECONDS"))];
      return unless(text(ladder) === text([FILE, CLOUDFRONT_READ, LOAD_BALANCER_IDLE, GATEWAY_IDLE]) && ladder.every((seconds, at) => at === 0 || seconds > ladder[at - 1]), `time-outs ${text(ladder)}`);
    },
    faults: [
      fault("a budget beyond CloudFront's patience", (world) => setVariable(programOf(world, "gateway"), "FILE_SECONDS", "100")),
      fault("the gateway hangs up first", (world) => setVariable(programOf(world, "gateway"), "IDLE_SECONDS", "60")),
    ],
  },
  {
    says: "the gateway's tasks are the load balancer's targets, asked on the admin port whether they are ready",
    broken: (world) => {
      const { has } = only(world, "AWS::ElasticLoadBalancingV2::TargetGroup");
      const [target] = serviceOf(world, "gateway").has.LoadBalancers ?? [];
      return [
        ...unless(has.HealthCheckPath === "/ready" && has.HealthCheckPort === "9464" && has.TargetType === "ip", "targets are asked elsewhere"),
        ...unless(target?.ContainerName === "service" && target.ContainerPort === 8080 && target.TargetGroupArn !== undefined, "the gateway is no target"),
        ...unless(serviceOf(world, "gateway").has.HealthCheckGracePeriodSeconds === 30, "no grace"),
        ...world.services.filter(({ protocol }) => protocol === "grpc").flatMap(({ name }) => unless((serviceOf(world, name).has.LoadBalancers ?? []).length === 0, `${name} is public`)),
      ];
    },
    faults: [
      fault("targets are never asked whether they are ready", (world) => (only(world, "AWS::ElasticLoadBalancingV2::TargetGroup").has.HealthCheckPath = "/")),
      fault("no targets", (world) => delete serviceOf(world, "gateway").has.LoadBalancers),
    ],
  },
  {
    says: "spot capacity in dev alone",
    broken: (world) => {
      const wanted = world.config.name === "dev" ? "FARGATE_SPOT" : "FARGATE";
      return services(world).flatMap(({ has }) => unless(has.CapacityProviderStrategy?.[0]?.CapacityProvider === wanted, `${has.ServiceName} runs on other capacity`));
    },
    faults: [fault("spot in prod", (world) => (services(world)[0]!.has.CapacityProviderStrategy[0].CapacityProvider = "FARGATE_SPOT"))],
  },
  {
    says: "each task has a collector beside it, without which it goes on",
    broken: (world) =>
      world.services.flatMap(({ name }) => {
        const collector = containerOf(taskOf(world, name), "collector");
        return [
          ...unless(collector.Essential === false, `${name} ends with its collector, or has none`),
          ...unless(text(variablesOf(collector).get("AOT_CONFIG_CONTENT")).includes(`TradingJournal/${world.config.name}`), `${name} measures for another environment`),
          ...unless(variablesOf(programOf(world, name)).get("OTEL_EXPORTER_OTLP_ENDPOINT") === "http://127.0.0.1:4317", `${name} tells nobody`),
        ];
      }),
    faults: [
      fault("a collector that takes its service along", (world) => (containerOf(taskOf(world, "auth"), "collector").Essential = true)),
      fault("no collector", (world) => taskOf(world, "auth").has.ContainerDefinitions.pop()),
    ],
  },
  {
    says: "logs are kept for as long as configured, and do not hold a service up",
    broken: (world) => [
      ...all(world, "AWS::Logs::LogGroup").flatMap(({ id, has }) => unless(has.RetentionInDays === world.config.logDays, `${id} is kept for ${has.RetentionInDays} days`)),
      ...ourTasks(world).flatMap(({ service, container }) => unless(container.LogConfiguration?.Options?.mode === "non-blocking", `${service.name} waits for its log`)),
    ],
    faults: [
      fault("a log for ever", (world) => delete all(world, "AWS::Logs::LogGroup")[0]!.has.RetentionInDays),
      fault("a log that blocks", (world) => delete programOf(world, "auth").LogConfiguration.Options.mode),
    ],
  },
  {
    says: "each database is migrated by a task of its own, as its owner",
    broken: (world) =>
      ourTasks(world)
        .filter(({ command }) => command === "migrate")
        .flatMap(({ service, container }) => {
          const login = referred(world, variablesOf(container).get("MIGRATION_DATABASE_LOGIN_ARN"));
          const secret = all(world, "AWS::SecretsManager::Secret").find(({ id, stack }) => stack === "Data" && id === login);
          return unless(secret?.has.Name.endsWith(`/${service.name}/owner-login`) === true, `${service.name} is migrated by another role`);
        }),
    faults: [
      fault("migrated as the service", (world) => {
        const migration = containerOf(taskOf(world, "trades-migrate"), "service");
        const app = variablesOf(programOf(world, "trades")).get("DATABASE_LOGIN_ARN");
        setVariable(migration, "MIGRATION_DATABASE_LOGIN_ARN", app);
      }),
    ],
  },
  {
    says: "commands that run now and then are their program's own, each once, at its time, and run as the service does",
    broken: (world) => [
      ...unless(schedules(world).length === world.services.flatMap(({ scheduled }) => scheduled).length, "something else is run by a schedule"),
      ...world.services.flatMap((service) =>
        service.scheduled.flatMap(({ command, at }) => {
          const what = `${service.name} ${command}`;
          const { has } = scheduleOf(world, service.name, command);
          const { EcsParameters: how = {}, Input, Arn } = has.Target;
          const network = how.NetworkConfiguration?.AwsvpcConfiguration ?? {};
          const serving = serviceOf(world, service.name).has.NetworkConfiguration.AwsvpcConfiguration;
          const wanted = `cron(${at.minute} ${at.hour} ${at.day ?? (at.weekDay === undefined ? "*" : "?")} * ${at.weekDay ?? (at.day === undefined ? "*" : "?")} *)`;
          return [
            ...unless(commandsOf(service.name).includes(command), `${service.name} knows no ${command}`),
            ...unless(has.State === "ENABLED" && has.ScheduleExpression === wanted && has.ScheduleExpressionTimezone === "Etc/UTC", `${what} runs at another time`),
            ...unless(referred(world, Arn) === only(world, "AWS::ECS::Cluster").id, `${what} runs elsewhere`),
            ...unless(referred(world, how.TaskDefinitionArn) === taskOf(world, service.name).id && (how.TaskCount ?? 1) === 1, `${what} runs another task, or several`),
            ...unless(text(Input) === text(JSON.stringify({ containerOverrides: [{ name: "service", command: [command] }] })), `${what} is not what runs`),
            ...unless(how.LaunchType === "FARGATE" && how.EnableExecuteCommand !== true, `${what} runs on other machines`),
            ...unless(network.AssignPublicIp === "DISABLED", `${what} is public`),
            ...unless(text([network.Subnets, network.SecurityGroups]) === text([serving.Subnets, serving.SecurityGroups]), `${what} has other doors than ${service.name}`),
            ...unless(text(has.Target.RetryPolicy) === text({ MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 3 }), `${what} is tried for another time`),
          ];
        }),
      ),
    ],
    faults: [
      fault("a schedule that is gone", ({ stacks }) => {
        const { Resources } = stacks["Services"]!;
        for (const [id, { Type }] of Object.entries(Resources)) if (Type === SCHEDULE) delete Resources[id];
      }),
      fault("a schedule of somebody else", ({ stacks }) => {
        const { Resources } = stacks["Services"]!;
        Resources["Planted"] = structuredClone(Object.values(Resources).find(({ Type }) => Type === SCHEDULE)!);
        Resources["Planted"].Properties.Name = "other";
      }),
      fault("a schedule that is off", (world) => (digest(world).has.State = "DISABLED")),
      fault("every day", (world) => (digest(world).has.ScheduleExpression = "cron(0 7 * * ? *)")),
      fault("another time zone", (world) => (digest(world).has.ScheduleExpressionTimezone = "America/New_York")),
      fault("the task that migrates", (world) => (digest(world).has.Target.EcsParameters.TaskDefinitionArn = { Ref: taskOf(world, "notifications-migrate").id })),
      fault("two tasks", (world) => (digest(world).has.Target.EcsParameters.TaskCount = 2)),
      fault("one more that serves", (world) => delete digest(world).has.Target.Input),
      fault("a command that nobody wrote", (world) => {
        (world as { services: unknown }).services = world.services.map((service) => ({
          ...service,
          scheduled: service.scheduled.map((scheduled) => ({ ...scheduled, command: "digests" })),
        }));
        const { has } = only(world, SCHEDULE, ({ stack }) => stack === "Services");
        has.Name = has.Name.replace("-digest", "-digests");
        has.Target.Input = has.Target.Input.replace('"digest"', '"digests"');
      }),
      fault("a public address", (world) => (digest(world).has.Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp = "ENABLED")),
      fault("another service's doors", (world) => {
        const other = serviceOf(world, "auth").has.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups;
        digest(world).has.Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups = other;
      }),
      fault("tried for a day", (world) => (digest(world).has.Target.RetryPolicy.MaximumEventAgeInSeconds = 86_400)),
    ],
  },
  {
    says: "databases and roles are made by a task with the master's secret, from the script that is tested",
    broken: (world) => {
      const container = containerOf(taskOf(world, "database-setup"), "psql");
      const secrets = new Map<string, Json>((container.Secrets ?? []).map(({ Name, ValueFrom }: Json) => [Name, ValueFrom]));
      const script = text(variablesOf(container).get("SCRIPT"));
      return [
        ...unless(text(secrets.get("PGPASSWORD")).includes("password"), "nobody signs in"),
        ...world.services
          .filter(({ database }) => database)
          .flatMap(({ name }) => [
            ...unless(script.includes(`\\set name ${name}\n`), `${name} is not made`),
            ...unless(["OWNER", "APP"].every((role) => secrets.has(`${name.toUpperCase()}_${role}_PASSWORD`)), `${name} has no passwords`),
          ]),
      ];
    },
    faults: [
      fault("a database that is not made", (world) => setVariable(containerOf(taskOf(world, "database-setup"), "psql"), "SCRIPT", "SELECT 1")),
      fault("a role without a password", (world) => containerOf(taskOf(world, "database-setup"), "psql").Secrets.pop()),
    ],
  },
  {
    says: "services that call others show who they are",
    broken: (world) =>
      world.services.filter(callsOthers).flatMap(({ name }) => unless(variablesOf(programOf(world, name)).has("SERVICE_KEY_ARN"), `${name} calls as a stranger`)),
    faults: [fault("a stranger", (world) => (programOf(world, "gateway").Environment = programOf(world, "gateway").Environment.filter(({ Name }: Json) => Name !== "SERVICE_KEY_ARN")))],
  },
];

