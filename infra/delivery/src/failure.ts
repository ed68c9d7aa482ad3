// How a program ends, and what it says when it does not end well.

/** Exit codes. */
export const EXIT = {
  done: 0,
  /** The command line is wrong. */
  usage: 2,
  /** Refused: nothing that serves was changed. */
  refused: 3,
  /** The release failed, and the one before serves again. */
  returned: 4,
  /** The release failed, and somebody has to look at what serves now. */
  lost: 5,
  interrupted: 130,
} as const;

/** Ends the program with a sentence and a code. */
export class Failure extends Error {
  readonly code: number;

  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}

/** The command line is wrong. */
export const wrong = (message: string): Failure => new Failure(message, EXIT.usage);
/** Nothing that serves was changed. */
export const refused = (message: string): Failure => new Failure(message, EXIT.refused);

/** What an unknown error says. */
export function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "Error" || error instanceof Failure ? error.message : `${error.name}: ${error.message}`;
}
