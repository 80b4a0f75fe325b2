import type * as pulumi from "@pulumi/pulumi";

/**
 * The outputs that a class declares beyond those of the class that it extends, each with the type of its value. Pulumi
 * gives every output, so an optional one (`x?:`) is a {@link Mistake}, and so is one of type `any`, which fits every type.
 */
export type DeclaredOutputs<Class, Base> = {
  [Name in Exclude<keyof Class, keyof Base> as NonNullable<Class[Name]> extends pulumi.OutputInstance<unknown>
    ? Name
    : never]: Class[Name] extends pulumi.OutputInstance<infer Value>
    ? IsAny<Value> extends true
      ? Mistake<"declared with any value">
      : Value
    : Mistake<"declared as one that may be absent">;
};

/** What a component gives of each output that it declares. */
export type GivenOutputs<Declared> = { [Name in keyof Declared]: pulumi.Output<Declared[Name]> };

/**
 * Every output that a class declares or should declare, with its type where both agree. Elsewhere no value fits, and
 * the compiler's message says what is wrong.
 * @template Free what the class may declare or leave out; where it declares it, the types must agree all the same.
 */
export type Agreement<Declared, Meant, Free extends PropertyKey = never> = {
  [Name in keyof Declared | Exclude<keyof Meant, Free>]: Name extends keyof Declared
    ? Name extends keyof Meant
      ? IsSame<Declared[Name], Meant[Name]> extends true
        ? Meant[Name]
        : Mistake<"declared with another type">
      : Mistake<"declared by the class alone">
    : Mistake<"not declared by the class">;
};

/** Whether two types are one. `any` is assignable both ways to every other; as the bound of a condition it is only itself. */
type IsSame<One, Other> =
  (<Type>() => Type extends One ? 1 : 2) extends <Type>() => Type extends Other ? 1 : 2 ? true : false;

/** Only `any` has `0` within what is both itself and `1`. */
type IsAny<Type> = 0 extends 1 & Type ? true : false;

/** Of a type of its own, so that neither `undefined` nor a word is one. */
export interface Mistake<Text extends string> {
  readonly mistake: Text;
}

/** What Pulumi has to be given of each output, so that a program can use it: its name, as a property without a value. */
export type OutputProperties<Agreed> = {
  [Name in keyof Agreed]: Agreed[Name] extends Mistake<string> ? Agreed[Name] : undefined;
};
