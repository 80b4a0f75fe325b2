import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { type EngineEvent, runOperation } from "pulumi-local-engine";
import { Deployment } from "./deployment";

const CONSUMER = path.resolve(__dirname, "../../examples/consumer");

describe("a project that reads the stack's outputs", () => {
  let deployment: Deployment;
  let project: string;

  before(async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "root" });
    project = path.join(path.dirname(deployment.home), "consumer");
    mkdirSync(project);
    for (const file of ["index.ts", "Pulumi.yaml"]) cpSync(path.join(CONSUMER, file), path.join(project, file));
  });
  after(async () => {
    rmSync(project, { recursive: true, force: true });
    await deployment.end();
  });

  async function consume(stack: string) {
    const configuration = { config: { "exchange-consumer:exchangeStack": stack } };
    writeFileSync(path.join(project, "Pulumi.dev.yaml"), JSON.stringify(configuration));
    const events: EngineEvent[] = [];
    const result = await runOperation({
      operation: "up",
      projectDirectory: project,
      stack: "dev",
      backend: deployment.home,
      passphrase: Deployment.PASSPHRASE,
      plugins: {},
      environment: process.env,
      onEvent: (event) => events.push(event),
    });
    const errors = events.flatMap(({ diagnosticEvent }) =>
      diagnosticEvent?.severity === "error" ? [diagnosticEvent.message.trim()] : [],
    );
    return { ...result, errors: errors.join("\n") };
  }

  it("gets them typed, through the package's reference", async () => {
    await deployment.up();
    const { notAfter, certificatePem } = await deployment.outputsOf("push-notifications-certificate");
    const { outputs, errors } = await consume("organization/exchange-push-notifications/test");
    expect(errors).to.equal("");
    expect(outputs).to.deep.equal({
      certificateExpires: String(notAfter).slice(0, 10),
      certificatePem,
      isHybrid: false,
      serversToUpgrade: [],
      summary: "contoso.example sends notifications to https://outlook.office365.com/PushNotifications",
    });
  });

  it("is told within seconds which output of which stack is missing", async () => {
    await deployment.destroy();
    const { succeeded, errors } = await consume("organization/exchange-push-notifications/test");
    expect(succeeded).to.equal(false);
    expect(errors).to.contain(
      'The stack "organization/exchange-push-notifications/test" should have the output "certificateNotAfter" ' +
        "of type string, but it has none. Deploy a PushNotificationProxying there and export its outputs under their own names.",
    );
  });
});
