import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PropertyMap } from "./property";

/** The properties as a protobuf struct. */
export function toStruct(map: PropertyMap): Struct {
  return Struct.fromJavaScript(map as { [key: string]: JavaScriptValue });
}

/** The properties of a protobuf struct; none if there is no struct. */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  return (struct?.toJavaScript() ?? {}) as PropertyMap;
}
