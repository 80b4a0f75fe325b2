import { isProviderType } from "../plan/urn";
import type { ProviderRegistry } from "../plugins/registry";
import {
  type Configuration,
  decryptSettings,
  hasSecrets,
  type Project,
  readStackSettings,
  type StackSettings,
} from "../state/configuration";
import { type DeploymentDocument, DeploymentWriter, readDeployment } from "../state/deployment-format";
import { type Crypter, crypterOf } from "../state/passphrase";
import { StackSaver } from "../state/saver";
import { Snapshot } from "../state/snapshot";
import { readStackFile, stackFilePath } from "../state/stack-file";

/** A stack's files, read; what is encrypted in them comes when the key has been derived, a second later. */
export class OpenedStack {
  readonly #file: string;
  readonly #document: DeploymentDocument | undefined;
  readonly #settings: StackSettings;
  readonly #crypter: Promise<Crypter>;
  /** The stack's configuration; at once where nothing in it is secret. */
  readonly configuration: Promise<Configuration>;

  private constructor(
    private readonly project: Project,
    private readonly stack: string,
    file: string,
    files: { document: DeploymentDocument | undefined; settings: StackSettings },
    passphrase: string,
  ) {
    this.#file = file;
    this.#document = files.document;
    this.#settings = files.settings;
    const { salt } = this.#settings;
    this.#crypter = crypterOf(passphrase, this.#document?.secrets_providers?.state.salt ?? salt);
    this.configuration = this.#decryptSettings(salt === undefined ? undefined : crypterOf(passphrase, salt));
    // Both are awaited a little later.
    this.#crypter.catch(() => undefined);
    this.configuration.catch(() => undefined);
  }

  static async open(backend: string, project: Project, stack: string, passphrase: string): Promise<OpenedStack> {
    const file = stackFilePath(backend, project.name, stack);
    const [document, settings] = await Promise.all([readStackFile(file), readStackSettings(project, stack)]);
    return new OpenedStack(project, stack, file, { document, settings }, passphrase);
  }

  async #decryptSettings(crypter: Promise<Crypter> | undefined): Promise<Configuration> {
    return decryptSettings(this.#settings, this.project, hasSecrets(this.#settings) ? await crypter : undefined);
  }

  /** Whether nothing is deployed. */
  get isEmpty(): boolean {
    return this.#resources.length === 0;
  }

  /** Packages whose providers the state names. */
  get packages(): string[] {
    const types = this.#resources.map(({ type }) => type).filter(isProviderType);
    return [...new Set(types.map((type) => type.split(":").at(-1) ?? ""))];
  }

  get #resources() {
    return this.#document?.resources ?? [];
  }

  /** The state, its providers made known; changes are written unless they are those of a preview. */
  async snapshot(providers: ProviderRegistry, isPreview: boolean): Promise<Snapshot> {
    const crypter = await this.#crypter;
    const former = this.#document
      ? readDeployment(this.#document, crypter.decrypt)
      : { resources: [], pendingOperations: [] };
    for (const state of former.resources) if (isProviderType(state.type)) providers.declare(state);
    if (isPreview) return new Snapshot(former, async () => undefined);
    const name = `organization/${this.project.name}/${this.stack}`;
    const saver = new StackSaver(this.#file, name, new DeploymentWriter(crypter));
    return new Snapshot(former, (deployment) => saver.save(deployment));
  }
}
