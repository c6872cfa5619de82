/** Executions as the service describes them, and its errors. */

/** An error of the service, by the name the SDK knows it by. */
export class ServiceError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";
export interface Execution {
  readonly executionArn: string;
  readonly machineArn: string;
  readonly name: string;
  /** JSON. */
  readonly input: string;
  /** Business time, milliseconds since the epoch. */
  readonly startedAt: number;
  status: ExecutionStatus;
  stoppedAt: number | undefined;
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  /** States entered, in order: their number is what the cloud charges for. */
  readonly states: string[];
}

export const newExecution = (
  machineArn: string,
  name: string,
  input: string,
  startedAt: number,
): Execution => ({
  executionArn: executionArnOf(machineArn, name),
  machineArn,
  name,
  input,
  startedAt,
  status: "RUNNING",
  stoppedAt: undefined,
  output: undefined,
  error: undefined,
  cause: undefined,
  states: [],
});

export const executionArnOf = (machineArn: string, name: string): string =>
  `${machineArn.replace(":stateMachine:", ":execution:")}:${name}`;
