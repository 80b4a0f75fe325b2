import type { Command, RawCommand } from "../command";
import { CANCEL } from "./cancel";
import { ENTRA } from "./entra";
import { EXCHANGE } from "./exchange";
import { OPERATIONS } from "./operation";
import { OUTPUTS } from "./outputs";
import { RESET } from "./reset";
import { STACK_EXPORT } from "./stack-export";
import { STACK_IMPORT } from "./stack-import";
import { WITH } from "./with";

/** Every command, in the order of the help. */
export const COMMANDS: readonly (Command | RawCommand)[] = [
  ...OPERATIONS,
  OUTPUTS,
  STACK_EXPORT,
  STACK_IMPORT,
  RESET,
  CANCEL,
  EXCHANGE,
  ENTRA,
  WITH,
];
