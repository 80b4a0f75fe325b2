import { expect } from "chai";
import { trustObstacle } from "../../../sandbox/command-line/trust";

describe("the trust of Go programs in the sandbox's tenant", () => {
  it("is a matter of the environment on Linux", () => {
    expect(trustObstacle("linux", "/home/me/authority.pem")).to.equal(undefined);
  });

  it("is the user's to give on macOS", () => {
    expect(trustObstacle("darwin", "/home/me/authority.pem")).to.deep.equal({
      isFatal: false,
      text: [
        "warning: on macOS programs written in Go, Pulumi's azuread plugin among them, do not read SSL_CERT_FILE. Until you let",
        'them trust the sandbox\'s tenant, azuread fails with "certificate is not trusted"; everything else works. To trust it:',
        '  security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db "/home/me/authority.pem"',
        "and to take that back:",
        '  security remove-trusted-cert "/home/me/authority.pem"',
      ].join("\n"),
    });
  });

  it("is refused on Windows with a message", () => {
    expect(trustObstacle("win32", "C:\\authority.pem")).to.deep.equal({
      isFatal: true,
      text:
        '"with" does not work on Windows: Pulumi\'s azuread plugin is written in Go, which takes no SSL_CERT_FILE there, ' +
        "so it would refuse the certificate of the sandbox's tenant. Use npm run up, or Linux (WSL).",
    });
  });
});
