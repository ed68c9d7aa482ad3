// What calls and refusals of AWS' JSON interfaces look like.

export type Body = Readonly<Record<string, unknown>>;

/** An error of AWS. */
export class Refusal extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}
