import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

/** Property values as they travel: JSON, where a secret is an object with a signature and an unknown a certain text. */
export type Properties = Record<string, unknown>;

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Stands for a value that is not known before the update has run. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value that the engine is to keep secret. */
export function secret(value: unknown): Properties {
  return { [SIGNATURE]: SECRET, value };
}

/** The properties of a message, with secrets in plain text and without those that are null. */
export function readProperties(struct: Struct | undefined): Properties {
  const properties = (struct?.toJavaScript() ?? {}) as Properties;
  return Object.fromEntries(
    Object.entries(properties)
      .map(([name, value]) => [name, reveal(value)] as const)
      .filter(([, value]) => value !== null),
  );
}

/** The properties as a message; those that are undefined are left out. */
export function writeProperties(properties: Properties): Struct {
  const present = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Struct.fromJavaScript(Object.fromEntries(present) as Record<string, JavaScriptValue>);
}

function reveal(value: unknown): unknown {
  if (typeof value === "object" && value !== null && (value as Properties)[SIGNATURE] === SECRET) {
    return (value as Properties).value;
  }
  return value;
}
