/** An operation could not be started or carried on; the message says what to do next. */
export class EngineError extends Error {
  override readonly name: string = "EngineError";
}

/** A project, its stack's configuration or the environment is wrong. */
export class ConfigurationError extends EngineError {
  override readonly name = "ConfigurationError";
}

/** The stack's state cannot be read, decrypted or written; the file is left as it is. */
export class StateError extends EngineError {
  override readonly name = "StateError";
}

/** The stack's secrets were encrypted with another passphrase. */
export class WrongPassphrase extends StateError {
  constructor(options?: ErrorOptions) {
    super("The passphrase does not fit the stack's encryption salt.", options);
  }
}

/** Another operation holds the stack's lock. */
export class LockError extends EngineError {
  override readonly name = "LockError";
}

/** Something that Pulumi's engine does and this one does not. */
export class NotSupportedError extends EngineError {
  override readonly name = "NotSupportedError";

  constructor(what: string) {
    super(`${what} is not supported by this engine. Use Pulumi's own CLI for it.`);
  }
}

/** A provider refused, failed or could not be reached. `initErrors` is set where the object exists all the same. */
export class ProviderError extends EngineError {
  override readonly name: string = "ProviderError";
}

/** A provider could not be started, or has exited. Pulumi's engine does not doubt the state for it. */
export class ProviderUnavailable extends ProviderError {
  override readonly name = "ProviderUnavailable";
}
