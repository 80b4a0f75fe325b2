/** What a resource that the state does not have yet is called beside its `declaredAs`, among what a program declares. */
export function newName(declaredAs: string): string {
  return `new ${declaredAs}`;
}
