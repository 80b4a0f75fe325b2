import * as pulumi from "@pulumi/pulumi";

const KEY = "exchange:password";
const told = new Set<string>();

/**
 * Warns once a stack of a password that its configuration holds in plain text. Only the program's process knows which keys
 * are secret; refresh and destroy run no program, so nothing is said there.
 */
export function warnOfClearPassword(): void {
  // Pulumi has this function in every version, and keeps it out of its types.
  const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
  if (!pulumi.runtime.getConfig(KEY) || isConfigSecret?.(KEY) !== false) return;
  const stack = `${pulumi.getProject()}/${pulumi.getStack()}`;
  if (told.has(stack)) return;
  told.add(stack);
  void pulumi.log.warn(
    `${KEY} is stored in plain text in the configuration of the stack ${stack}: anyone who can read the ` +
      `file can use the account. Set it again as a secret, \`pulumi config set --secret ${KEY}\`, and change ` +
      "the password if the file was shared.",
  );
}
