import type * as pulumi from "@pulumi/pulumi";

/** The outputs that a class declares beyond those of the class that it extends, each with the type of its value. */
export type DeclaredOutputs<Class, Base> = {
  [Name in Exclude<keyof Class, keyof Base> as Class[Name] extends pulumi.OutputInstance<unknown>
    ? Name
    : never]: Class[Name] extends pulumi.OutputInstance<infer Value> ? Value : never;
};

/**
 * Every output that a class declares or should declare, with its type where both agree. Elsewhere no value fits, and
 * the compiler's message says what is wrong.
 * @template Free what the class may declare or leave out; where it declares it, the types must agree all the same.
 */
export type Agreement<Declared, Meant, Free extends PropertyKey = never> = {
  [Name in keyof Declared | Exclude<keyof Meant, Free>]: Name extends keyof Declared
    ? Name extends keyof Meant
      ? [Declared[Name], Meant[Name]] extends [Meant[Name], Declared[Name]]
        ? Meant[Name]
        : Mistake<"declared with another type">
      : Mistake<"declared by the class alone">
    : Mistake<"not declared by the class">;
};

/** Of a type of its own, so that neither `undefined` nor a word is one. */
export interface Mistake<Text extends string> {
  readonly mistake: Text;
}

/** What Pulumi has to be given of each output, so that a program can use it: its name, as a property without a value. */
export type OutputProperties<Agreed> = {
  [Name in keyof Agreed]: Agreed[Name] extends Mistake<string> ? Agreed[Name] : undefined;
};
