// Parameters of Systems Manager that hold JSON.

import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import type { Aws } from "./context.ts";

/** The value, or undefined when there is no such parameter. */
export async function readParameter(aws: Aws, name: string): Promise<unknown> {
  try {
    const { Parameter } = await aws.ssm.send(new GetParameterCommand({ Name: name }));
    return JSON.parse(Parameter?.Value ?? "null") as unknown;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}

export async function writeParameter(aws: Aws, name: string, value: unknown): Promise<void> {
  await aws.ssm.send(new PutParameterCommand({ Name: name, Type: "String", Value: JSON.stringify(value), Overwrite: true }));
}

/** False when it is there already: of several that create it at once, one gets true. */
export async function createParameter(aws: Aws, name: string, value: unknown): Promise<boolean> {
  try {
    await aws.ssm.send(new PutParameterCommand({ Name: name, Type: "String", Value: JSON.stringify(value), Overwrite: false }));
    return true;
  } catch (error) {
    if (error instanceof ParameterAlreadyExists) return false;
    throw error;
  }
}

export async function deleteParameter(aws: Aws, name: string): Promise<void> {
  try {
    await aws.ssm.send(new DeleteParameterCommand({ Name: name }));
  } catch (error) {
    if (!(error instanceof ParameterNotFound)) throw error;
  }
}
