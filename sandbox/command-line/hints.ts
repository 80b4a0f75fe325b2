/** How to look at what an operation has changed, by the type of a changed resource. */
const LOOKS: Readonly<Record<string, string>> = {
  "pulumi-nodejs:dynamic/exchange:OAuthCertificate": "exchange Get-AuthConfig",
  "pulumi-nodejs:dynamic/exchange:OAuthCertificateRollover": "exchange Get-AuthConfig",
  "pulumi-nodejs:dynamic/exchange:ExchangeAuthServer": "exchange Get-AuthServer",
  "pulumi-nodejs:dynamic/exchange:PartnerApplication": "exchange Get-PartnerApplication",
  "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate": "entra",
};

/** The commands that show what was changed. @param changedTypes types of the changed resources. */
export function hints(changedTypes: ReadonlySet<string>): string[] {
  const commands = new Set(
    Object.entries(LOOKS).flatMap(([type, command]) => (changedTypes.has(type) ? [command] : [])),
  );
  if (commands.size === 0) return [];
  return ["", "Look at what has changed:", ...[...commands].map((command) => `  npm run sandbox -- ${command}`)];
}
