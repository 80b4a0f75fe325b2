import { nameOf, type StackName, typeOf } from "../plan/urn";
import { type DeploymentDocument, VERSION } from "../state/deployment-format";
import { dependenciesOf, type ResourceState, splitReference } from "../state/resource";
import { isObject, isSecret, type PropertyValue } from "../values/property";
import type { ExportedStack } from "./exported";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Why something cannot be taken for the deployment of a stack; empty if it can, and then it is an ExportedStack. The
 * conditions are those of `pulumi stack import` (its source), and that the secrets can be decrypted here.
 */
export function importProblems(exported: unknown, name: StackName): string[] {
  const problem = formProblem(exported);
  if (problem !== undefined) return [problem];
  const { deployment } = exported as ExportedStack;
  const resources = deployment.resources ?? [];
  return [
    ...providerProblems(deployment),
    ...resources.flatMap((each) => ownerProblems(each, name)),
    ...integrityProblems(resources),
  ];
}

function formProblem(exported: unknown): string | undefined {
  if (!isRecord(exported) || !("version" in exported) || !isRecord(exported.deployment)) {
    return 'it is not an exported stack, which has a "version" and a "deployment"';
  }
  const { version, deployment } = exported;
  if (version !== VERSION)
    return `its version is ${JSON.stringify(version)}, and this engine reads only version ${VERSION}`;
  const { resources = [], pending_operations: operations = [] } = deployment;
  if (!Array.isArray(resources) || !Array.isArray(operations))
    return "its resources or pending operations are not a list";
  const pending = operations.map((operation) => (isRecord(operation) ? operation.resource : undefined));
  const isResource = (value: unknown) =>
    isRecord(value) && typeof value.urn === "string" && typeof value.type === "string";
  return [...resources, ...pending].every(isResource) ? undefined : "a resource has no URN or no type";
}

/** What is encrypted must be so by a passphrase; where nothing is, it does not matter who would do it. */
function providerProblems({ secrets_providers: provider, ...document }: DeploymentDocument): string[] {
  const { type, state } = (provider ?? {}) as { type?: unknown; state?: { salt?: unknown } };
  if (type === "passphrase" && typeof state?.salt === "string") return [];
  if (!hasCiphertext((document.resources ?? []) as unknown as PropertyValue)) return [];
  const by = type === undefined ? "a provider that it does not name" : `"${String(type)}"`;
  return [
    `its secrets are encrypted by ${by}, and this engine decrypts only those of a passphrase: export it with --show-secrets`,
  ];
}

function hasCiphertext(value: PropertyValue): boolean {
  if (isSecret(value)) return typeof value.ciphertext === "string";
  if (Array.isArray(value)) return value.some(hasCiphertext);
  return isObject(value) && Object.values(value).some(hasCiphertext);
}

function ownerProblems({ urn }: ResourceState, { project, stack }: StackName): string[] {
  const [prefix = "", owner = ""] = urn.split("::");
  const other = prefix.replace(/^urn:pulumi:/, "");
  if (other === prefix || owner === "") return [`"${urn}" is not a URN`];
  if (other !== stack) return [`resource '${urn}' is from a different stack (${other} != ${stack})`];
  return owner === project ? [] : [`resource '${urn}' is from a different project (${owner} != ${project})`];
}

/** Every resource must come after all those that it depends on, and be there once, but for those that were replaced. */
function integrityProblems(resources: readonly ResourceState[]): string[] {
  const before = new Set<string>();
  const living = new Set<string>();
  const providers = new Set<string>();
  return resources.flatMap((state) => {
    const problems: string[] = [];
    const subject = `${typeOf(state.urn)} '${nameOf(state.urn)}'`;
    if (!state.delete && living.has(state.urn)) problems.push(`${subject} appears twice`);
    if (state.provider && !providers.has(state.provider)) {
      problems.push(`${subject} has the provider ${state.provider}, which does not come before it`);
    }
    const providerUrn = state.provider && splitReference(state.provider).urn;
    for (const urn of dependenciesOf(state)) {
      if (urn !== providerUrn && !before.has(urn))
        problems.push(`${subject} depends on ${urn}, which does not come before it`);
    }
    before.add(state.urn);
    providers.add(`${state.urn}::${state.id ?? ""}`);
    if (!state.delete) living.add(state.urn);
    return problems;
  });
}
