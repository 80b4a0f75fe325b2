import type { EngineEvent } from "./events";
import type { PluginCommand } from "./plugins/registry";

/** What is to be done to a stack. */
export interface OperationRequest {
  /** The last two are `refresh --preview-only` and `destroy --preview-only`. */
  operation: "preview" | "up" | "refresh" | "destroy" | "preview-refresh" | "preview-destroy";
  /** The folder that holds Pulumi.yaml and Pulumi.<stack>.yaml. */
  projectDirectory: string;
  stack: string;
  /** The folder in which stacks are kept, as Pulumi's file backend lays them out. */
  backend: string;
  /** What protects the secrets of the stack's state and configuration. */
  passphrase: string;
  /** How many steps may run at the same time. @default 4 for each core */
  parallel?: number;
  /** For all but a refresh itself: refresh first. @default false */
  refresh?: boolean;
  /** For `preview` and `up`: URNs of resources to be replaced whatever their providers say; `*` and `**` as in Pulumi. @default none */
  replace?: string[];
  /** For `preview` and `up`: go on with what does not depend on what has failed. @default false */
  continueOnError?: boolean;
  /** For `destroy`: leave protected resources and what they depend on. @default false */
  excludeProtected?: boolean;
  /** For `refresh`: forget creates that an earlier run did not finish. @default false */
  clearPendingCreates?: boolean;
  /** By package name, for example `azuread`; dynamic providers need none. */
  plugins: Record<string, PluginCommand>;
  /**
   * For the program and the plugins; PULUMI_* is added. A function is called once the stack is locked and its files have been
   * read, so that what it starts is not started where the stack is locked or damaged.
   */
  environment: NodeJS.ProcessEnv | (() => Promise<NodeJS.ProcessEnv>);
  /** Once aborted, running steps are finished and saved, and nothing new begins. */
  interrupted?: AbortSignal;
  /** Once aborted, nothing is waited for: running steps stay in the state as pending operations. */
  terminated?: AbortSignal;
  /** Called with each event, in order, as Pulumi's event log has them. */
  onEvent(event: EngineEvent): void;
}

/** What came of an operation. */
export interface OperationResult {
  /** Whether everything was done that was to be done. */
  succeeded: boolean;
  /** As Pulumi's: 0; 1 where something failed or was cancelled; 8 where it was ended without waiting. */
  exitCode: number;
  /** The stack's outputs, secrets as `[secret]`, what a preview does not know as `[unknown]`. */
  outputs: Record<string, unknown>;
}
