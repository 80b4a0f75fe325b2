import type { Context } from "./context";

/** Tells of what an earlier run has left unfinished, in the words of Pulumi's engine (recorded: golden/kill.json). */
export function warnOfInterrupted({ snapshot, events }: Context): void {
  const { interrupted } = snapshot;
  if (interrupted.length === 0) return;
  const lines = interrupted.map(({ type, resource }) => `  * ${resource.urn}, interrupted while ${type}`);
  const message = [
    `Attempting to deploy or update resources with ${interrupted.length} pending operations from previous deployment.`,
    ...lines,
    "These resources are in an unknown state because the Pulumi CLI was interrupted while waiting for changes to these resources to complete. You should confirm whether or not the operations listed completed successfully by checking the state of the appropriate provider. For example, if you are using AWS, you can confirm using the AWS Console.",
    "",
    "Once you have confirmed the status of the interrupted operations, you can repair your stack using `pulumi refresh` which will refresh the state from the provider you are using and clear the pending operations if there are any.",
    "",
    "Note that `pulumi refresh` will need to be run interactively to clear pending CREATE operations.",
  ];
  events.diagnose("warning", message.join("\n"));
}
