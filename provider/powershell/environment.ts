/**
 * What a far end has no business to know: Pulumi's configuration in clear text, its passphrase and tokens, the tenant's
 * credentials (azuread's ARM_ variables, the Azure SDKs', the token that GitHub Actions signs in with), and
 * node-powershell's own override of the executable.
 */
const WITHHELD = /^(PULUMI_|ARM_|AZURE_|ACTIONS_ID_TOKEN_REQUEST_|NODE_POWERSHELL)/i;

/** The environment of a child: `environment` without what is not its business, and with a terminal that has no escapes. */
export function childEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !WITHHELD.test(name) && name.toUpperCase() !== "TERM");
  // PowerShell writes escape sequences on its standard output for every other terminal.
  return { ...Object.fromEntries(kept), TERM: "dumb" };
}
