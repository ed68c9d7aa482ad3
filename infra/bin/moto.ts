// Deploys the synthesized stacks of an environment into moto, in order: references resolve across stacks, and nothing is needed
// before it is there. What moto keeps of properties is little: those are judged by rules (test/), not here.

import { readFileSync } from "node:fs";
import { adapted } from "../moto/adapted.ts";

const [url, folder] = process.argv.slice(2);
if (url === undefined || folder === undefined) {
  console.error("usage: tsx bin/moto.ts <URL of moto> <folder of an environment's templates>");
  process.exit(2);
}

const ORDER = ["Registry", "Network", "Secrets", "Data", "Edge", "Monitoring", "Services", "Delivery"];

/** Asks moto's CloudFormation; the answer is XML. */
async function ask(action: string, parameters: Record<string, string>): Promise<string> {
  const answer = await fetch(url ?? "", {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/cloudformation/aws4_request, SignedHeaders=host, Signature=test",
    },
    body: new URLSearchParams({ Action: action, Version: "2010-05-15", ...parameters }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${action}: ${answer.status} ${/<Message>([^<]*)/.exec(text)?.[1] ?? text.slice(0, 500)}`);
  return text;
}

interface Manifest {
  readonly artifacts: Record<string, { readonly type: string; readonly properties?: { readonly templateFile?: string } }>;
}

const manifest = JSON.parse(readFileSync(`${folder}/manifest.json`, "utf8")) as Manifest;
const stacks = Object.entries(manifest.artifacts).filter(([, { type }]) => type === "aws:cloudformation:stack");
const part = (name: string): number => ORDER.indexOf(name.split("-").at(-1) ?? "");
const inOrder = stacks.sort(([one], [other]) => part(one) - part(other));
if (inOrder.some(([name]) => part(name) < 0)) throw new Error(`a stack without its place in ${ORDER.join(", ")}`);

await fetch(`${url}/moto-api/reset`, { method: "POST" });
for (const [name, { properties }] of inOrder) {
  const started = performance.now();
  const template = adapted(JSON.parse(readFileSync(`${folder}/${properties?.templateFile}`, "utf8")));
  await ask("CreateStack", { StackName: name, TemplateBody: JSON.stringify(template), "Capabilities.member.1": "CAPABILITY_NAMED_IAM" });
  const [, status] = /<StackStatus>([A-Z_]+)/.exec(await ask("DescribeStacks", { StackName: name })) ?? [];
  if (status !== "CREATE_COMPLETE") throw new Error(`${name} is ${status}`);
  const count = Object.keys(template.Resources as object).length;
  console.log(`  ${name}: ${count} resources, ${Math.round(performance.now() - started)} ms`);
}
