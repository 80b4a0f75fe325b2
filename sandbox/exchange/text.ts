/** Whether two texts are the same to Exchange and PowerShell, which compare names without regard to case. */
export function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
