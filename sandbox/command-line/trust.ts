/** What stands in the way of a command that must trust the sandbox's tenant. */
export interface TrustObstacle {
  /** Whether the command cannot be run for it. */
  isFatal: boolean;
  text: string;
}

/**
 * Programs written in Go, Pulumi's plugins among them, take the authority named by SSL_CERT_FILE on Linux and other Unix
 * systems, but not on macOS and Windows. Source: Go's documentation of x509.SystemCertPool; azuread 6.9.1 is older than
 * the proposal golang/go#77865 that changes it.
 */
export function trustObstacle(platform: NodeJS.Platform, certificateAuthority: string): TrustObstacle | undefined {
  if (platform === "win32") {
    return {
      isFatal: true,
      text:
        '"with" does not work on Windows: Pulumi\'s azuread plugin is written in Go, which takes no SSL_CERT_FILE there, ' +
        "so it would refuse the certificate of the sandbox's tenant. Use npm run up, or Linux (WSL).",
    };
  }
  if (platform !== "darwin") return undefined;
  return {
    isFatal: false,
    text: [
      "warning: on macOS programs written in Go, Pulumi's azuread plugin among them, do not read SSL_CERT_FILE. Until you let",
      'them trust the sandbox\'s tenant, azuread fails with "certificate is not trusted"; everything else works. To trust it:',
      `  security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db "${certificateAuthority}"`,
      "and to take that back:",
      `  security remove-trusted-cert "${certificateAuthority}"`,
    ].join("\n"),
  };
}
