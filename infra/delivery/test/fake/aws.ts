// A small fake of AWS, and of the journal behind its door, on one port.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ecr } from "./ecr.ts";
import { ecs } from "./ecs.ts";
import { BUCKET, answerAsBucket } from "./bucket.ts";
import { answerAtTheDoor } from "./journal.ts";
import { Refusal, type Body } from "./protocol.ts";
import { ssm } from "./ssm.ts";
import { State } from "./state.ts";

const INTERFACES = {
  AmazonEC2ContainerServiceV20141113: ecs,
  AmazonEC2ContainerRegistry_V20150921: ecr,
  AmazonSSM: ssm,
} as const;

export class FakeAws {
  readonly state = new State();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>((ready) => this.#server.listen(0, "127.0.0.1", ready));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((ended) => this.#server.close(ended));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const target = request.headers["x-amz-target"];
    const path = new URL(request.url ?? "/", this.url).pathname;
    if (typeof target === "string") this.#json(target, JSON.parse(text) as Body, response);
    else if (path === "/cdk") response.end(String(this.state.created ? this.state.cdk(text) : await this.state.cdkFirst(text)));
    else if (path.startsWith(`/${BUCKET}`)) answerAsBucket(this.state, request, path, text, response);
    else if (path.startsWith("/blobs/")) response.end(this.state.bytes.get(path.slice("/blobs/".length)));
    else if (text.startsWith("Action=")) this.#query(new URLSearchParams(text), response);
    else answerAtTheDoor(this.state, request.method ?? "GET", path, text, response);
  }

  #json(target: string, body: Body, response: ServerResponse): void {
    const [name = "", call = ""] = target.split(".");
    this.state.calls.push(call);
    response.setHeader("content-type", "application/x-amz-json-1.1");
    try {
      this.#throttle(call);
      const handler = INTERFACES[name as keyof typeof INTERFACES][call];
      if (handler === undefined) throw new Refusal("UnknownOperationException", target);
      response.end(JSON.stringify(handler(this.state, body, this.url)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      response.statusCode = 400;
      response.end(JSON.stringify({ __type: error.type, message: error.message }));
    }
  }

  #throttle(call: string): void {
    const left = this.state.throttled.get(call) ?? 0;
    if (left === 0) return;
    this.state.throttled.set(call, left - 1);
    throw new Refusal("ThrottlingException", "Rate exceeded");
  }

  /** CloudFormation speaks XML. */
  #query(asked: URLSearchParams, response: ServerResponse): void {
    this.state.calls.push(asked.get("Action") ?? "");
    const busy = this.state.busyLooks > 0;
    this.state.busyLooks = Math.max(0, this.state.busyLooks - 1);
    const stack = (part: string, outputs: Record<string, string>): string =>
      `<member><StackName>TradingJournal-dev-${part}</StackName><StackStatus>${busy ? "UPDATE_IN_PROGRESS" : "UPDATE_COMPLETE"}</StackStatus><Outputs>${Object.entries(
        outputs,
      )
        .map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`)
        .join("")}</Outputs></member>`;
    const services = stack("Services", {
      ClusterName: "trading-journal-dev",
      ServiceNames: [...this.state.services.keys()].join(","),
      TaskSubnets: "subnet-1,subnet-2",
      TaskSecurityGroup: "sg-1",
    });
    response.setHeader("content-type", "text/xml");
    response.end(
      `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks>${this.state.created ? services : ""}${stack("Edge", { Url: this.url, ...(this.state.objects && { WebBucket: BUCKET }) })}</Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    );
  }
}
